"""The mail of a demonstration, read back from the folder it was written to instead of being sent."""

import email
import email.policy
import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

FILES_READ = 300
FILE_NAME = re.compile(r"[\w-]+\.log")
BETWEEN = re.compile(rb"^-{79}\n(?=Content-Type: |\Z)", re.MULTILINE)


@dataclass(frozen=True)
class Letter:
    """One letter of a file: where it stands, its envelope and, when read whole, its text."""

    file: str
    number: int
    to: str
    subject: str
    sent_at: object
    text: str
    attachments: tuple

    @property
    def address(self):
        return f"/mail/{self.file}/{self.number}/"


def letters():
    """Every letter of the newest files, newest first."""
    folder = Path(settings.MAIL_FOLDER)
    files = [path for path in folder.glob("*.log") if FILE_NAME.fullmatch(path.name)] if folder.is_dir() else []
    files.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    found = [letter for path in files[:FILES_READ] for letter in reversed(_letters_of(path))]
    return sorted(found, key=lambda letter: letter.sent_at.timestamp() if letter.sent_at else 0, reverse=True)


def letter(file, number):
    """One letter by file and place, or None."""
    path = Path(settings.MAIL_FOLDER) / file
    if not FILE_NAME.fullmatch(file) or not path.is_file():
        return None
    return next((letter for letter in _letters_of(path) if letter.number == number), None)


def _letters_of(path):
    """The letters of a file that anybody may read: what is about a sealed subject is not among them, nor counted."""
    contents = [content for content in BETWEEN.split(path.read_bytes()) if content.strip()]
    messages = [email.message_from_bytes(content, policy=email.policy.default) for content in contents]
    open_ones = [message for message in messages if not message["Sensitivity"]]
    return [_read(path.name, number, message) for number, message in enumerate(open_ones, start=1)]


def _read(file, number, message):
    try:
        sent_at = parsedate_to_datetime(message["Date"])
    except (TypeError, ValueError):
        sent_at = None
    body = message.get_body(("plain", "html"))
    names = tuple(part.get_filename() or "file" for part in message.iter_attachments())
    text = body.get_content() if body else ""
    return Letter(file, number, str(message["To"] or ""), str(message["Subject"] or ""), sent_at, text, names)
