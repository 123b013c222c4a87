"""May this file be opened at all? Names what a file really is, before anything is unpacked."""

import io
import zipfile

from records import uploads

from ..enums import FaultClass
from .findings import fault

OLD_KIND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
PASSWORD = "The workbook is protected by a password, so it cannot be read"
MACROS = "Save it as an Excel workbook (.xlsx), which has no macros, then upload that"
SAVE = "Open it in Excel, save it as an Excel workbook (.xlsx), then upload that"
REMOVE = "Open the file, choose File, Info, Protect Workbook, Encrypt with Password, and empty the password"
OURS = "Upload the workbook you downloaded from the page of this return"
STARTS = (
    (b"%PDF", "pdf", "a PDF"),
    (b"{\\rtf", "rtf", "a text document (RTF)"),
    (b"\x89PNG", "picture", "a picture"),
    (b"\xff\xd8\xff", "picture", "a picture"),
)


class _Named(io.BytesIO):
    """Bytes as the shared check of uploads takes them."""

    name = "return.xlsx"

    def __init__(self, content):
        super().__init__(content)
        self.size = len(content)


def why_not_open(content):
    """The fault that keeps this file shut, or None."""
    if not content:
        return _file("empty", "The file is empty", OURS)
    if content.startswith(OLD_KIND):
        if ENCRYPTED in content:
            return _file("password", PASSWORD, REMOVE)
        return _file("old", "The file is an Excel workbook of the old kind (.xls), whatever its name says", SAVE)
    if not content.startswith(b"PK"):
        return _not_a_zip(content)
    return _archive(content) or _shared(content)


def _file(code, sentence, mend):
    return fault(FaultClass.FILE, sentence, mend, code=f"file:{code}")


def _not_a_zip(content):
    for start, code, words in STARTS:
        if content.startswith(start):
            return _file(code, f"The file is {words}, not an Excel workbook", OURS)
    head = content[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<html", b"<!doctype html", b"<table")):
        return _file("html", "The file is a web page, not an Excel workbook", SAVE)
    if head.startswith(b"<?xml"):
        return _file("xml", "The file is XML, not an Excel workbook", SAVE)
    if b"\0" not in content[:4096] and any(mark in content[:4096] for mark in (b",", b";", b"\t", b"\n")):
        return _file("csv", "The file is a text file (CSV), not an Excel workbook", OURS)
    return _file("unknown", "The file is not an Excel workbook", OURS)


def _archive(content):
    """What a zip turns out to be by the names of its parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if any(member.flag_bits & 0x1 for member in archive.infolist()):
                return _file("password", PASSWORD, REMOVE)
            names = {name.lower() for name in archive.namelist()}
            kinds = _head(archive, "[Content_Types].xml")
            main = _head(archive, "xl/workbook.xml")
            made_by = _head(archive, "mimetype")
    except uploads.BROKEN_ZIP:
        return _file("damaged", "The file is damaged or was cut short on its way", f"{SAVE}. If that fails: {OURS}")
    if b"opendocument.spreadsheet" in made_by:
        return _file("ods", "The file is an OpenDocument spreadsheet (.ods)", "Save it as an Excel workbook (.xlsx)")
    if "xl/workbook.bin" in names:
        return _file("binary", "The file is a binary Excel workbook (.xlsb)", SAVE)
    if "word/document.xml" in names:
        return _file("word", "The file is a Word document, not an Excel workbook", OURS)
    if any("vbaproject" in name for name in names) or b"macroenabled" in kinds.lower():
        return _file("macros", "The workbook holds macros", MACROS)
    if b"purl.oclc.org/ooxml" in main:
        return _file(
            "strict",
            "The workbook was saved as “Strict Open XML Spreadsheet”",
            "Save it as “Excel Workbook (.xlsx)”, then upload that",
        )
    return None


def _head(archive, name):
    """The first bytes of a part; nothing where it is missing."""
    if name not in archive.namelist():
        return b""
    with archive.open(name) as part:
        return part.read(64 * 1024)


def _shared(content):
    """What every upload is judged by; its first sentence says what is wrong, the rest how to mend it."""
    if not (why := uploads.why_not_upload(_Named(content))):
        return None
    sentence, _stop, mend = why.rstrip(".").partition(". ")
    return _file("guard", sentence.replace("The selected file", "The workbook"), mend or SAVE)
