"""Uploaded files: allowed by what they are, kept outside the web root under a random name."""

import contextlib
import hashlib
import os
import uuid
from datetime import timedelta
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.files.storage import storages

from . import calendar, uploads
from .actions import log, rows_about, seal
from .models import Document
from .refusals import refuse_if

ORPHANS_AFTER = timedelta(hours=24)

why_not_upload = uploads.why_not_upload


def store(*, upload, subject, section="", by, at):
    """Keep an uploaded file about `subject`: checked, written whole, and only then given its row.

    The bytes go to a temporary name, are flushed to the disk and renamed; a crash at any moment
    leaves a row with its whole file, or no row at all.
    """
    refuse_if(why_not_upload(upload), subject)
    name = uploads.clean_name(upload.name)
    day = calendar.london_day(at)
    stored = f"documents/{day:%Y/%m}/{uuid.uuid4().hex}"
    size, sha256 = _write(upload, Path(storages["default"].path(stored)))
    document = Document.everything.create(
        **seal(subject),
        subject_type=subject._meta.label,
        subject_id=subject.pk,
        section=section,
        name=name,
        content_type=uploads.content_type(name),
        size=size,
        sha256=sha256,
        file=stored,
        uploaded_at=at,
        uploaded_by=by,
    )
    log(subject, "document_added", by=by, at=at, summary=f"Document added: {name}")
    return document


def _write(upload, path):
    """Write the upload to `path` in one step as others see it; returns its size and SHA-256."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(f".{path.name}.part")
    digest, size = hashlib.sha256(), 0
    upload.seek(0)
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
                digest.update(chunk)
                size += len(chunk)
            file.flush()
            os.fsync(file.fileno())
        os.rename(temporary, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            temporary.unlink()
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return size, digest.hexdigest()


def remove(*, document, by, at, reason=""):
    """Take a document off its subject; row and file stay, so that the history can be read."""
    if Document.everything.filter(pk=document.pk, removed_at__isnull=True).update(removed_at=at):
        model = apps.get_model(document.subject_type)
        subject = model._base_manager.filter(pk=document.subject_id).first() or document
        log(subject, "document_removed", by=by, at=at, reason=reason, summary=f"Document removed: {document.name}")
    document.refresh_from_db()
    return document


def about(subject, section=None):
    """The documents of a subject, or of one section of it, oldest first."""
    rows = (
        rows_about(Document, subject)
        .filter(subject_type=subject._meta.label, subject_id=subject.pk, removed_at__isnull=True)
        .select_related("uploaded_by")
    )
    return (rows if section is None else rows.filter(section=section)).order_by("uploaded_at", "pk")


def remove_orphans(*, at):
    """Delete files that have had no row for a day: an upload that was cut off or rolled back."""
    root = Path(settings.MEDIA_ROOT)
    gone = 0
    for path in sorted((root / "documents").rglob("*")):
        if not path.is_file() or path.stat().st_mtime > (at - ORPHANS_AFTER).timestamp():
            continue
        if not Document.everything.filter(file=path.relative_to(root).as_posix()).exists():
            path.unlink()
            gone += 1
    return gone
