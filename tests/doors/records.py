"""Doors to papers, documents, the log of notices and the mail of a demonstration."""

from datetime import UTC, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from records import delivery, documents, notices, papers
from records.enums import PaperKind
from records.models import Message, Notice

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


def notice(world, status="SENT"):
    """What a lead was told, and the mail of it."""
    person = world.cast.maidstone_lead
    notices.tell(
        people=[person], rule="test", subject=world.cast.maidstone, heading=f"Told {status}", body="Words", at=AT,
        occurrence=status,
    )  # fmt: skip
    delivery.compose(at=AT)
    found = Notice.objects.get(heading=f"Told {status}")
    Message.objects.filter(notices=found).update(status=status, sent_at=AT if status == "SENT" else None)
    return found


WORLD = {
    "paper": paper,
    "document": document,
    "notice": notice,
    "failed_notice": lambda world: notice(world, "FAILED"),
}
DOORS = [
    door("paper_show", lambda world: {"pk": world.paper.pk}, "page: office maidstone; 404: *"),
    door("paper_pdf", lambda world: {"pk": world.paper.pk}, "page: office maidstone; 404: *"),
    door("notice_list", "", "page: office; 403: *; 403: reader"),
    door("notice_show", lambda world: {"pk": world.notice.pk}, "page: office; 403: *; 403: reader"),
    door("notice_try_again", lambda world: {"pk": world.failed_notice.pk}, "moved: officers; 403: *", method="POST"),
    door(
        "notice_try_again",
        lambda world: {"pk": world.notice.pk},
        "sentence: officers; 403: *",
        method="POST",
        note="already sent",
    ),
    door("mail_list", "", "404: *", note="not a demonstration"),
    door("mail_show", lambda world: {"file": "a.log", "number": 1}, "404: *", note="not a demonstration"),
    door("document_download", lambda world: {"pk": world.document.pk}, "page: office maidstone; 404: *"),
]
