"""A mail server that goes wrong where it is told to: it drops the line, hangs, or answers what it likes.

`faults` is a list with one mapping for each connection, in order: {verb: fault}; later connections go well.
Verbs are "HELLO" (the greeting), EHLO, MAIL, RCPT, DATA and "END" (after the letter). A fault is DROP, HANG or a
line to answer; after a 421 the server hangs up, as servers do.
"""

import email
import socket
import threading
from contextlib import contextmanager, suppress

DROP, HANG = object(), object()


class Server:
    """Keeps every letter that came whole, answered for or not."""

    def __init__(self, faults):
        self.faults, self.letters, self.connections = list(faults), [], 0
        self.over = threading.Event()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with suppress(OSError):
            while True:
                line, _ = self.socket.accept()
                faults = self.faults.pop(0) if self.faults else {}
                self.connections += 1
                threading.Thread(target=self.talk, args=(line, faults), daemon=True).start()

    def talk(self, line, faults):
        with suppress(OSError), line, line.makefile("rb") as lines:
            going_on = self.answer(line, faults, "HELLO", "220 here")
            while going_on and (words := lines.readline()):
                verb = words[:4].decode().upper().strip()
                if verb == "DATA":
                    if not self.answer(line, faults, "DATA", "354 go on"):
                        return
                    content = b"".join(iter(lines.readline, b".\r\n"))
                    self.letters.append(email.message_from_bytes(content))
                    verb = "END"
                going_on = self.answer(line, faults, verb, "250 kept" if verb == "END" else "250 OK")

    def answer(self, line, faults, verb, usual):
        """Answer as told; False when the line is gone."""
        fault = faults.get(verb, usual)
        if fault is HANG:
            self.over.wait(30)
        if fault in (DROP, HANG):
            return False
        line.sendall(f"{fault}\r\n".encode())
        return not fault.startswith("421")


@contextmanager
def mail_server(settings, *faults):
    """Such a server, with Django's mail led to it."""
    server = Server(faults)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 0.5
    try:
        yield server
    finally:
        server.over.set()
        server.socket.close()
