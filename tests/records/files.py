"""Files to upload, honest and hostile, made in memory."""

import io
import struct
import zipfile
import zlib

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
JPG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b080010001001011100ffd9")
TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def png(width=2, height=2):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\x00" * 6)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def office(main="word/document.xml", parts=None, types=TYPES, **options):
    """A Word or Excel file of the fewest parts, with more parts where a test wants them."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        if types is not None:
            archive.writestr("[Content_Types].xml", types)
        if main:
            archive.writestr(main, options.get("body", '<?xml version="1.0"?><w:document xmlns:w="w"/>'))
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return target.getvalue()


def workbook(**options):
    return office("xl/workbook.xml", **options)


def real_workbook():
    """A workbook as a spreadsheet program writes it."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        book.add_worksheet("Budget").write_row(0, 0, ["Heading", 12500])
    return target.getvalue()


def linked():
    """An office file with a part that is a symbolic link."""
    member = zipfile.ZipInfo("word/link.xml")
    member.external_attr = 0o120777 << 16
    target = io.BytesIO(office())
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(member, "/etc/passwd")
    return target.getvalue()


def scrambled(method=zipfile.ZIP_DEFLATED):
    """A document whose first part says it is packed by `method`, and is not."""
    content = bytearray(office())
    head, entry = content.find(b"PK\x03\x04"), content.find(b"PK\x01\x02")
    content[head + 8] = content[entry + 10] = method
    start = head + 30 + int.from_bytes(content[head + 26 : head + 28], "little")
    content[start : start + 12] = b"\x07" * 12
    return bytes(content)


def many_parts(count=2_500):
    return office(parts={f"word/part{number}.bin": b"" for number in range(count)})


def upload(name, content, content_type="application/octet-stream"):
    return SimpleUploadedFile(name, content, content_type)
