"""Doors to papers and documents."""

from datetime import UTC, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from records import documents, papers
from records.enums import PaperKind

from . import door

AT = datetime(2020, 4, 7, 9, 0, tzinfo=UTC)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def paper(world):
    """A receipt of one partnership."""
    return papers.make_paper(
        kind=PaperKind.SUBMISSION_RECEIPT,
        subject=world.cast.maidstone,
        title="Receipt",
        template="papers/base.html",
        context={"office": {"name": "Office"}, "reference": "BC-2020-001"},
        by=world.cast.officer,
        at=AT,
    )


def document(world):
    """An uploaded file of one partnership, kept in the folder of the tests."""
    upload = SimpleUploadedFile("Evidence.pdf", PDF)
    return documents.store(upload=upload, subject=world.cast.maidstone, by=world.cast.maidstone_lead, at=AT)


WORLD = {"paper": paper, "document": document}
DOORS = [
    door("paper_show", lambda world: {"pk": world.paper.pk}, "page: office maidstone; 404: *"),
    door("paper_pdf", lambda world: {"pk": world.paper.pk}, "page: office maidstone; 404: *"),
    door("document_download", lambda world: {"pk": world.document.pk}, "page: office maidstone; 404: *"),
]
