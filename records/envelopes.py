"""The text of a message, and the line to the mail server with the meaning of its answers."""

import contextlib
import re
import smtplib
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import get_connection
from django.template.loader import render_to_string

from . import papers


def heading(notices):
    """The subject of the mail: the notice's own, or how many there are."""
    text = notices[0].heading if len(notices) == 1 else f"{len(notices)} things to know: {notices[0].heading}"
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


def attachments(told):
    """The PDFs of the papers told of, each once; a paper without one is reached by its address in the text."""
    drawn = [(paper, papers.pdf_of(paper)) for paper in {paper.pk: paper for paper in told}.values()]
    return [(_file_name(paper), content, "application/pdf") for paper, content in drawn if content]


def _file_name(paper):
    return re.sub(r"[^\w.-]+", "-", f"{paper.reference}-{paper.get_kind_display()}") + ".pdf"


@dataclass(frozen=True)
class Outcome:
    """The mail server's answer: sent, refused for good, or to be tried again."""

    answer: str = ""
    sent: bool = False
    final: bool = False
    line_is_down: bool = False
    nobody_answers: bool = False


class Line:
    """One connection to the mail server, opened when first needed and again after it broke."""

    def __init__(self):
        self.connection = None

    def send(self, letter):
        """Send one letter; whatever happens is an Outcome."""
        try:
            if self.connection is None:
                connection = get_connection()
                connection.open()
                self.connection = connection
        except (smtplib.SMTPException, OSError) as error:
            return Outcome(f"The mail server cannot be reached: {_said(error)}", line_is_down=True, nobody_answers=True)
        try:
            self.connection.send_messages([letter])
        except (smtplib.SMTPException, OSError, ValueError) as error:
            return self._meaning(error)
        return Outcome(sent=True)

    def _meaning(self, error):
        """What a refusal means: 5xx to the recipient or the letter is final, all else is tried again."""
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            codes = [code for code, _ in error.recipients.values()]
            return Outcome(_said(error), final=all(500 <= code < 600 for code in codes))
        if isinstance(error, smtplib.SMTPDataError):
            return Outcome(_said(error), final=500 <= error.smtp_code < 600)
        if isinstance(error, ValueError):
            return Outcome(f"The letter cannot be written: {error}", final=True)
        self.close()
        return Outcome(_said(error), line_is_down=True)

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
