"""Uploads: what comes in, what is refused and how, what is kept and where."""

import hashlib
import os
import stat
import time
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from records import documents, uploads
from records.models import Document, Event
from records.refusals import Refused
from tests.make import accounts as make
from tests.records import files

AT = datetime(2020, 4, 7, 9, 0, tzinfo=UTC)
NOT_REAL = "is not a real"


@pytest.fixture(autouse=True)
def private_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


HONEST = [
    ("Evidence of need.pdf", files.PDF),
    ("CAPITALS.PDF", files.PDF),
    ("plan v1.2 final.docx", files.office()),
    ("budget.xlsx", files.workbook()),
    ("real budget.xlsx", files.real_workbook()),
    ("map.png", files.png()),
    ("photo.jpg", files.JPG),
    ("photo.jpeg", files.JPG),
    ("rows.csv", "heading,amount\nSalaries,£12,500\n".encode()),
    ("rows.csv", "heading;amount\nCafé;£5\n".encode("cp1252")),
    ("rows.csv", "heading\tamount\n".encode("utf-16")),
    ("note.txt", b"\xef\xbb\xbfPlain words\r\n"),
]


@pytest.mark.parametrize(
    ("name", "content"), HONEST, ids=[f"{name}-{number}" for number, (name, _) in enumerate(HONEST)]
)
def test_why_not_upload_lets_honest_files_in(name, content):
    assert uploads.why_not_upload(files.upload(name, content)) == ""


BOMB = files.office(parts={"word/media/zero.bin": b"\0" * 30_000_000})
HUGE = files.office(parts={f"word/media/{number}.bin": os.urandom(1000) + b"\0" * 900_000 for number in range(250)})
HOSTILE = [
    ("program", "setup.exe", b"MZ\x90\x00", uploads.MUST_BE),
    ("no ending", "README", b"words", uploads.MUST_BE),
    ("page", "page.html", b"<html>", uploads.MUST_BE),
    ("drawing with scripts", "drawing.svg", b"<svg onload='x'/>", uploads.MUST_BE),
    ("macro ending", "form.docm", files.office(), uploads.MUST_BE),
    ("two endings", "invoice.exe.pdf", files.PDF, "two endings"),
    ("two endings, spaced", "invoice.js .pdf", files.PDF, "two endings"),
    ("ends in a program", "invoice.pdf.exe", files.PDF, uploads.MUST_BE),
    ("direction mark", "invoice\u202efdp.exe.pdf", files.PDF, "hidden marks"),
    ("isolate", "in\u2066voice.pdf", files.PDF, "hidden marks"),
    ("empty", "empty.pdf", b"", "is empty"),
    ("program named pdf", "a.pdf", b"MZ\x90\x00" + b"\0" * 100, NOT_REAL),
    ("page named pdf", "a.pdf", b"<html><script>x</script>%PDF-1.4 %%EOF", NOT_REAL),
    ("cut off pdf", "a.pdf", b"%PDF-1.4\n1 0 obj", NOT_REAL),
    ("zip named pdf", "a.pdf", files.office(), NOT_REAL),
    ("pdf named png", "a.png", files.PDF, NOT_REAL),
    ("png with a tail", "a.png", files.png() + b"<?php system('x') ?>", NOT_REAL),
    ("flood of pixels", "a.png", files.png(60_000, 60_000), "too large"),
    ("picture of nothing", "a.png", files.png(0, 5), "empty"),
    ("png named jpg", "a.jpg", files.png(), NOT_REAL),
    ("cut off jpg", "a.jpg", b"\xff\xd8\xff\xe0\x00\x10JF", NOT_REAL),
    ("program named csv", "a.csv", b"MZ\x90\x00\x03\x00\x00", NOT_REAL),
    ("zip named csv", "a.csv", files.office(), NOT_REAL),
    ("pdf named txt", "a.txt", files.PDF, NOT_REAL),
    ("zeros in text", "a.txt", b"abc\x00def", NOT_REAL),
    ("escape in text", "a.txt", b"abc\x1b[2Jdef", NOT_REAL),
    ("not a zip", "a.docx", b"PK\x03\x04 nothing", NOT_REAL),
    ("scrambled", "a.docx", files.scrambled(), NOT_REAL),
    ("scrambled bzip2", "a.docx", files.scrambled(zipfile.ZIP_BZIP2), NOT_REAL),
    ("scrambled lzma", "a.docx", files.scrambled(zipfile.ZIP_LZMA), NOT_REAL),
    ("plain zip", "a.docx", files.office(main="", types=None, parts={"a.txt": "a"}), NOT_REAL),
    ("workbook named docx", "a.docx", files.workbook(), NOT_REAL),
    ("document named xlsx", "a.xlsx", files.office(), NOT_REAL),
    ("password", "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
    ("bomb", "a.docx", BOMB, "unpacks to far more"),
    ("many bombs", "a.xlsx", HUGE, "unpacks to far more"),
    ("too many parts", "a.docx", files.many_parts(), "unpacks to far more"),
    ("macros", "a.docx", files.office(parts={"word/vbaProject.bin": b"x"}), "macros"),
    ("macros, other case", "a.xlsx", files.workbook(parts={"xl/VBAPROJECT.bin": b"x"}), "macros"),
    ("macro type", "a.xlsx", files.workbook(types=b'<Types>x.sheet.macroEnabled.main+xml</Types>'), NOT_REAL),
    ("links out", "a.xlsx", files.workbook(parts={"xl/externalLinks/externalLink1.xml": "<a/>"}), "links to other"),
    ("object", "a.docx", files.office(parts={"word/embeddings/oleObject1.bin": b"x"}), "embedded"),
    ("activex", "a.docx", files.office(parts={"word/activeX/activeX1.xml": "<a/>"}), "ActiveX"),
    ("entity bomb", "a.xlsx", files.workbook(body='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "document type"),
    ("entity in wide letters", "a.docx", files.office(body='<!DOCTYPE a><a/>'.encode("utf-16")), "document type"),
    ("entity far down", "a.docx", files.office(body="<!--" + "x" * 70_000 + '--><!DOCTYPE a><a/>'), NOT_REAL),
    ("path out", "a.docx", files.office(parts={"../../etc/cron.d/x": "x"}), NOT_REAL),
    ("absolute path", "a.docx", files.office(parts={"/etc/passwd": "x"}), NOT_REAL),
    ("symbolic link", "a.docx", files.linked(), NOT_REAL),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "said"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_why_not_upload_refuses_with_a_sentence(name, content, said):
    started = time.monotonic()

    why = uploads.why_not_upload(files.upload(name, content))

    assert said in why
    assert why.endswith(".") and "\n" not in why
    assert time.monotonic() - started < 1


def test_why_not_upload_names_the_size_limit(settings):
    settings.MAX_UPLOAD_BYTES = 1_048_576

    why = uploads.why_not_upload(files.upload("big.pdf", files.PDF + b" " * 1_048_576))

    assert why == "The selected file must be smaller than 1 MB."


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\report.pdf", "report.pdf"),
        ("re\x00po\nrt.pdf", "report.pdf"),
        ("a" * 300 + ".pdf", "a" * 110 + ".pdf"),
        ("  spaced   out .pdf", "spaced out .pdf"),
        ("", "document"),
        ("...", "document"),
        ("Cafe\u0301.pdf", "Café.pdf"),
    ],
)
def test_clean_name(given, kept):
    assert uploads.clean_name(given) == kept


@pytest.mark.django_db
def test_store_keeps_the_bytes_under_a_random_name(private_folder):
    cast = make.cast()

    document = documents.store(
        upload=files.upload("Evidence.pdf", files.PDF, "text/html"),
        subject=cast.maidstone,
        section="need",
        by=cast.maidstone_lead,
        at=AT,
    )

    path = Path(document.file.path)
    assert path.read_bytes() == files.PDF
    assert path.parent == private_folder / "documents/2020/04"
    assert "Evidence" not in path.name and path.suffix == ""
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (document.name, document.content_type, document.size) == ("Evidence.pdf", "application/pdf", len(files.PDF))
    assert document.sha256 == hashlib.sha256(files.PDF).hexdigest()
    assert list(documents.about(cast.maidstone, "need")) == [document]
    assert list(documents.about(cast.maidstone, "budget")) == []
    assert Event.objects.get().summary == "Document added: Evidence.pdf"


@pytest.mark.django_db
def test_store_refuses_what_the_rule_refuses_and_leaves_nothing(private_folder):
    cast = make.cast()

    with pytest.raises(Refused) as refused:
        documents.store(upload=files.upload("a.exe", b"MZ"), subject=cast.maidstone, by=cast.maidstone_lead, at=AT)

    assert refused.value.reason == uploads.MUST_BE
    assert not Document.objects.exists()
    assert not private_folder.exists()


@pytest.mark.django_db
def test_store_cut_off_leaves_neither_row_nor_file(private_folder):
    cast = make.cast()
    upload = files.upload("a.pdf", files.PDF)

    def cut():
        yield files.PDF[:10]
        raise OSError("the line went dead")

    upload.chunks = cut
    with pytest.raises(OSError, match="line went dead"):
        documents.store(upload=upload, subject=cast.maidstone, by=cast.maidstone_lead, at=AT)

    assert not Document.objects.exists()
    assert [path for path in private_folder.rglob("*") if path.is_file()] == []


@pytest.mark.django_db
def test_remove_marks_once_and_keeps_the_file():
    cast = make.cast()
    document = documents.store(
        upload=files.upload("a.pdf", files.PDF), subject=cast.maidstone, by=cast.maidstone_lead, at=AT
    )

    documents.remove(document=document, by=cast.maidstone_lead, at=AT + timedelta(hours=1))
    documents.remove(document=document, by=cast.officer, at=AT + timedelta(hours=2))

    assert document.removed_at == AT + timedelta(hours=1)
    assert Path(document.file.path).exists()
    assert list(documents.about(cast.maidstone)) == []
    told = Event.objects.get(verb="document_removed")
    assert (told.subject_type, told.subject_id, told.by) == (
        "accounts.Organisation",
        cast.maidstone.pk,
        cast.maidstone_lead,
    )


@pytest.mark.django_db
def test_remove_orphans_takes_only_old_files_without_a_row(private_folder):
    cast = make.cast()
    kept = documents.store(
        upload=files.upload("a.pdf", files.PDF), subject=cast.maidstone, by=cast.maidstone_lead, at=AT
    )
    old, new = private_folder / "documents/2020/04/old", private_folder / "documents/2020/04/.new.part"
    now = datetime(2026, 1, 5, tzinfo=UTC)
    for path, age in ((old, 25), (new, 1), (Path(kept.file.path), 100)):
        path.touch()
        moment = (now - timedelta(hours=age)).timestamp()
        os.utime(path, (moment, moment))

    assert documents.remove_orphans(at=now) == 1
    assert (old.exists(), new.exists(), Path(kept.file.path).exists()) == (False, True, True)
