"""The text of a message, what is attached to it, and the line to the mail server with the meaning of its answers."""

import contextlib
import re
import smtplib
from dataclasses import dataclass
from datetime import date
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.template.loader import render_to_string

from . import ical, papers

# Enhanced codes (RFC 3463) that speak of the mailbox, where a server says so only after the letter.
OF_THE_ADDRESS = re.compile(r"\b5\.(?:1\.\d+|2\.1)\b")
HANDED_OVER = "Handed over; this way of sending gives no answer"
BUSY = 421


def soonest_first(notice):
    """The order of reminders in a mail: by due day."""
    return (notice.due_on if notice.obligation_id and notice.due_on else date.min, notice.pk)


def heading(notices):
    """The subject of the mail: the notice's own, or how many there are."""
    text = notices[0].heading
    if len(notices) > 1:
        only_reminders = all(notice.obligation_id for notice in notices)
        text = f"{len(notices)} {'reminders' if only_reminders else 'things to know'}: {text}"
    return re.sub(r"\s+", " ", text).strip()[:300]


def body(notices, person):
    """The text of the mail: each notice under its heading, with where to go."""
    return render_to_string(
        "emails/message.txt",
        {
            "name": person.full_name,
            "notices": [
                {
                    "heading": notice.heading,
                    "body": notice.body,
                    "address": f"{settings.BASE_URL}{notice.link}" if notice.link else "",
                    "paper_address": f"{settings.BASE_URL}/papers/{notice.paper_id}/" if notice.paper_id else "",
                }
                for notice in notices
            ],
            "several": len(notices) > 1,
            "office_name": parseaddr(settings.DEFAULT_FROM_EMAIL)[0],
        },
    )


def attachments(notices):
    """The PDFs of the papers told of, each once (a paper without one is reached by its address in the
    text), and the days that were set, each as a calendar file."""
    told = {notice.paper_id: notice.paper for notice in notices if notice.paper_id}
    drawn = [(paper, papers.pdf_of(paper)) for paper in told.values()]
    pdfs = [(_file_name(paper), content, "application/pdf") for paper, content in drawn if content]
    return [*pdfs, *ical.attachments(notices)]


def enclosed(paper):
    """The PDF of the paper that a letter carries by itself; nothing where there is none."""
    content = papers.pdf_of(paper) if paper is not None else None
    return [(_file_name(paper), content, "application/pdf")] if content else []


def _file_name(paper):
    return re.sub(r"[^\w.-]+", "-", f"{paper.reference}-{paper.get_kind_display()}") + ".pdf"


@dataclass(frozen=True)
class Outcome:
    """The mail server's answer: sent, refused for good, or to be tried again.

    `of_the_address`: it spoke of the mailbox. `may_have_arrived`: the line broke with the letter on it,
    before the answer came.
    """

    answer: str = ""
    sent: bool = False
    final: bool = False
    line_is_down: bool = False
    of_the_address: bool = False
    may_have_arrived: bool = False


class Line:
    """One connection to the mail server, opened when first needed and again after it broke."""

    def __init__(self):
        self.connection: Any = None  # a mail backend of Django's
        self.answer = ""
        self.letter_is_out = False

    @property
    def is_open(self):
        return self.connection is not None

    def open(self):
        """Reach the mail server; what went wrong, or empty."""
        connection = get_connection()
        try:
            connection.open()
        except (smtplib.SMTPException, OSError) as error:
            return _said(error)
        self.connection = connection
        smtp = getattr(connection, "connection", None)
        if isinstance(smtp, smtplib.SMTP):
            self._listen(smtp)
        return ""

    def _listen(self, smtp):
        """Keep the server's words of acceptance, which smtplib throws away, and whether they are awaited."""
        hand_over = smtp.data

        def data(letter):
            self.letter_is_out = True
            code, words = hand_over(letter)
            self.letter_is_out = False
            self.answer = f"{code} {_text(words)}"
            return code, words

        smtp.data = data

    def send(self, letter):
        """Send one letter; whatever happens is an Outcome."""
        self.answer, self.letter_is_out = "", False
        try:
            self.connection.send_messages([letter])
        except (smtplib.SMTPException, OSError, ValueError) as error:
            return self._meaning(error)
        return Outcome(self.answer or HANDED_OVER, sent=True)

    def _meaning(self, error):
        """What a refusal means: 5xx to the recipient or the letter is final, all else is tried again."""
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            codes = [code for code, _ in error.recipients.values()]
            if BUSY in codes:  # the server is closing the line: it says nothing of the address
                return self._broken(error)
            return Outcome(_said(error), final=all(500 <= code < 600 for code in codes), of_the_address=True)
        if isinstance(error, smtplib.SMTPDataError) and error.smtp_code != BUSY:
            refusal = _said(error)
            final = 500 <= error.smtp_code < 600
            return Outcome(refusal, final=final, of_the_address=bool(OF_THE_ADDRESS.search(refusal)))
        if isinstance(error, ValueError):
            return Outcome(f"The letter cannot be written: {error}", final=True)
        return self._broken(error)

    def _broken(self, error):
        """Hang up. With an answer the letter has not arrived; without one, while it was out, it may have."""
        unanswered = not isinstance(error, (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused))
        may_have_arrived = self.letter_is_out and unanswered
        self.close()
        return Outcome(_said(error), line_is_down=True, may_have_arrived=may_have_arrived)

    def close(self):
        """Hang up; a line that is already dead is no mishap."""
        if self.connection is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self.connection.close()
            self.connection = None


def _said(error):
    """The server's words, readable."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {_text(words)}" for code, words in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return str(error) or type(error).__name__


def _text(words):
    return words.decode(errors="replace") if isinstance(words, bytes) else str(words)
