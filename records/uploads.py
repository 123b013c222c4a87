"""May this file come in? Judged by its name, its size and above all by what it really is.

Every refusal is a sentence that says what to do. Nothing is unpacked: Word and Excel files are
judged by the directory of their zip and the first bytes of each part.
"""

import lzma
import re
import struct
import unicodedata
import zipfile
import zlib
from pathlib import PurePosixPath

import filetype
from django.conf import settings

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "csv": "text/csv",
    "txt": "text/plain",
}
RUNNABLE = frozenset({
    "exe", "com", "bat", "cmd", "scr", "pif", "msi", "dll", "js", "jse", "vbs", "vbe", "wsf", "hta", "ps1", "sh", "jar",
    "lnk", "html", "htm", "xhtml", "svg", "php", "py", "docm", "xlsm", "dotm", "xltm", "iso", "app", "apk",
})  # fmt: skip
DIRECTION_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
MUST_BE = "The selected file must be a PDF, Word (docx), Excel (xlsx), PNG, JPG, CSV or text file."
NOT_WHAT_IT_SAYS = "The selected file is not a real {kind} file. Open it, save it again as {kind}, then upload that."
MAX_MEMBERS = 2000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 200
MAX_PIXELS = 60_000_000
PROLOG = 64 * 1024
FIRST_ELEMENT = re.compile(rb"<[A-Za-z_\x80-\xff]")
# All that reading a zip somebody broke is known to raise.
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
)
NEVER_INSIDE = {
    "vbaproject": "macros. Save it without macros",
    "externallinks": "links to other workbooks. Break the links (Data, then Edit Links)",
    "oleobject": "embedded objects. Remove them",
    "activex": "ActiveX controls. Remove them",
}


def clean_name(name):
    """The name people will see: no folders, no control or direction marks, at most 120 characters."""
    base = PurePosixPath(str(name).replace("\\", "/")).name
    base = DIRECTION_MARKS.sub("", unicodedata.normalize("NFC", base))
    base = re.sub(r"\s+", " ", "".join(letter for letter in base if unicodedata.category(letter)[0] != "C"))
    base = base.strip(" .") or "document"
    stem, dot, suffix = base.rpartition(".")
    return f"{stem[:110]}{dot}{suffix[:9]}" if dot and stem else base[:120]


def suffix_of(name):
    return PurePosixPath(name).suffix.lower().lstrip(".")


def content_type(name):
    """The content type under which a file of this name is handed out."""
    return KINDS.get(suffix_of(name), "application/octet-stream")


def why_not_upload(upload):
    """Say why this uploaded file cannot come in and what to do, or "" when it can."""
    name = str(upload.name)
    if why := _why_not_name(name) or _why_not_size(upload.size):
        return why
    kind = suffix_of(clean_name(name))
    upload.seek(0)
    try:
        return CHECKS[kind](upload, kind)
    finally:
        upload.seek(0)


def _why_not_name(name):
    if DIRECTION_MARKS.search(name):
        return "The name of the selected file holds hidden marks. Rename the file, then upload it again."
    parts = [part.strip().lower() for part in clean_name(name).split(".")]
    if parts[-1] not in KINDS or len(parts) < 2:
        return MUST_BE
    if set(parts[1:-1]) & RUNNABLE:
        return "The name of the selected file has two endings. Rename the file with one ending, then upload it again."
    return ""


def _why_not_size(size):
    limit = settings.MAX_UPLOAD_BYTES
    if size > limit:
        return f"The selected file must be smaller than {limit // 1_048_576} MB."
    return "" if size else "The selected file is empty."


def _tail(upload, length):
    upload.seek(max(0, upload.size - length))
    return upload.read(length)


def _pdf(upload, kind):
    whole = upload.read(5) == b"%PDF-" and b"%%EOF" in _tail(upload, 2048)
    return "" if whole else NOT_WHAT_IT_SAYS.format(kind="PDF")


def _png(upload, kind):
    head = upload.read(24)
    if not head.startswith(b"\x89PNG\r\n\x1a\n") or head[12:16] != b"IHDR" or _tail(upload, 12)[4:8] != b"IEND":
        return NOT_WHAT_IT_SAYS.format(kind="PNG")
    width, height = struct.unpack(">II", head[16:24])
    return _why_not_pixels(width, height)


def _jpg(upload, kind):
    size = _jpg_size(upload)
    return _why_not_pixels(*size) if size else NOT_WHAT_IT_SAYS.format(kind="JPG")


def _jpg_size(upload):
    """Width and height from the frame header of a JPEG, or None when there is none."""
    if upload.read(2) != b"\xff\xd8":
        return None
    for _ in range(200):
        marker = upload.read(4)
        if len(marker) < 4 or marker[0] != 0xFF:
            return None
        length = struct.unpack(">H", marker[2:])[0]
        if 0xC0 <= marker[1] <= 0xCF and marker[1] not in (0xC4, 0xC8, 0xCC):
            frame = upload.read(5)
            return struct.unpack(">HH", frame[1:])[::-1] if len(frame) == 5 else None
        upload.seek(length - 2, 1)
    return None


def _why_not_pixels(width, height):
    if not width or not height:
        return "The selected picture is empty. Save it again, then upload that."
    if width * height > MAX_PIXELS:
        return "The selected picture is too large. Make it smaller than 60 million dots, then upload it again."
    return ""


def _text(upload, kind):
    content = upload.read()
    known = filetype.guess(content[:8192])
    text = _decoded(content)
    if known or text is None or any(unicodedata.category(letter) == "Cc" for letter in set(text) - set("\t\r\n\f")):
        return NOT_WHAT_IT_SAYS.format(kind="CSV" if kind == "csv" else "text")
    return ""


def _decoded(content):
    encodings = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _office(upload, kind):
    """Word and Excel: the zip guard first, then the parts a real file has."""
    word = "Word (docx)" if kind == "docx" else "Excel (xlsx)"
    if upload.read(8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return f"The selected file has a password or is of an old kind. Save it as {word} without a password."
    try:
        upload.seek(0)
        with zipfile.ZipFile(upload) as archive:
            return _why_not_archive(archive, kind, word)
    except BROKEN_ZIP:
        return NOT_WHAT_IT_SAYS.format(kind=word)


def _why_not_archive(archive, kind, word):
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    swollen = any(member.file_size > MAX_RATIO * max(member.compress_size, 5_000) for member in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or swollen:
        return "The selected file unpacks to far more than it should. Copy its content to a new file and upload that."
    names = [member.filename for member in members]
    if len(set(names)) < len(names) or any(_strange(member) for member in members):
        return NOT_WHAT_IT_SAYS.format(kind=word)
    joined = "\n".join(names).lower()
    for inside, what in NEVER_INSIDE.items():
        if inside in joined:
            return f"The selected file holds {what}, then upload it again."
    main = "word/document.xml" if kind == "docx" else "xl/workbook.xml"
    if main not in names or "[Content_Types].xml" not in names:
        return NOT_WHAT_IT_SAYS.format(kind=word)
    return _why_not_parts(archive, members, word)


def _strange(member):
    """A path that leaves the archive, a link, or a part under a password."""
    path = member.filename
    leaves = path.startswith(("/", "\\")) or "\\" in path or ".." in PurePosixPath(path).parts or ":" in path
    return leaves or (member.external_attr >> 16) & 0o170000 == 0o120000 or member.flag_bits & 0x1


def _why_not_parts(archive, members, word):
    """No XML part may declare a document type: that is where entity bombs live."""
    for member in members:
        if not member.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        with archive.open(member) as part:
            head = part.read(PROLOG).replace(b"\0", b"")
        if re.search(rb"<!DOCTYPE|<!ENTITY", head, re.IGNORECASE):
            return "The selected file declares a document type. Copy its content to a new file and upload that."
        if b"macroenabled" in head.lower() or (head.strip() and not FIRST_ELEMENT.search(head)):
            return NOT_WHAT_IT_SAYS.format(kind=word)
    return ""


CHECKS = {
    "pdf": _pdf,
    "docx": _office,
    "xlsx": _office,
    "png": _png,
    "jpg": _jpg,
    "jpeg": _jpg,
    "csv": _text,
    "txt": _text,
}
