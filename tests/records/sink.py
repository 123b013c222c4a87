"""A mail server that keeps what it is given and answers as it is told. A real one: SMTP on a socket.

Run by itself (`python -m tests.records.sink PORT FILE [PAUSE [marks]]`) it writes a line for each letter it
accepted: Message-ID, Date and recipient, flushed before it answers 250; with `marks` also the moment it came
and every [[mark]] in its text.
"""

import email
import re
import socket
import sys
import threading
import time
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

SMTP.line_length_limit = 4000


class Keeper:
    """Keeps letters; `answers` maps an address to what is said to it at RCPT or after DATA."""

    def __init__(self, file=None, pause=0.0, marks=False):
        self.letters, self.refusals, self.data_answers, self.marks = [], {}, {}, marks
        self.file, self.pause, self.lock = file, pause, threading.Lock()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        answer = self.data_answers.get(envelope.rcpt_tos[0])
        if answer:
            return answer
        letter = email.message_from_bytes(envelope.content)
        with self.lock:
            self.letters.append((envelope.rcpt_tos[0], letter))
            if self.file:
                more = f"\t{time.time()}\t{';'.join(marks_in(letter))}" if self.marks else ""
                self.file.write(f"{letter['Message-ID']}\t{letter['Date']}\t{envelope.rcpt_tos[0]}{more}\n")
                self.file.flush()
        time.sleep(self.pause)
        return "250 Kept"

    @property
    def addresses(self):
        return [address for address, _ in self.letters]


def marks_in(letter):
    """What stands in double brackets in the text of a letter."""
    texts = [
        part.get_payload(decode=True).decode() for part in letter.walk() if part.get_content_type() == "text/plain"
    ]
    return re.findall(r"\[\[(.+?)\]\]", re.sub(r"\s+", " ", " ".join(texts)))


@contextmanager
def listening(settings, **wishes):
    """A keeper on a free port, with Django's mail led to it."""
    keeper = Keeper(**wishes)
    controller = Controller(keeper, hostname="127.0.0.1", port=0)
    controller.port = free_port()
    controller.start()
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
        yield keeper
    finally:
        controller.stop()


def free_port():
    """A port nobody listens on at the moment."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


if __name__ == "__main__":
    with open(sys.argv[2], "a") as file:
        pause = float(sys.argv[3]) if len(sys.argv) > 3 else 0.0
        keeper = Keeper(file=file, pause=pause, marks="marks" in sys.argv[4:])
        controller = Controller(keeper, hostname="127.0.0.1", port=int(sys.argv[1]))
        controller.start()
        print("listening", flush=True)
        sys.stdin.read()
        controller.stop()
