"""Doors to papers, documents, the log of notices and the mail of a demonstration."""

from datetime import UTC, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from records import delivery, documents, notices, obligations, papers
from records.enums import PaperKind
from records.models import LadderStep, Message, Notice
from tests.make import records as make

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


def obligation(world):
    """A return the partnership owes in a while."""
    return make.obligation(world.cast, due_on=world.today + timedelta(days=100))


def held_obligation(world):
    """One whose reminders are held."""
    owed = make.obligation(world.cast, due_on=world.today + timedelta(days=100), period="held")
    until = world.today + timedelta(days=9)
    return obligations.hold(owed, until=until, reason="Flood", by=world.cast.officer, at=world.now)


def ladder_step(world):
    """A step of the ladder of returns."""
    make.ladders()
    return LadderStep.objects.get(kind="RETURN", working_days=-28)


def step(world):
    return {"kind": "RETURN", "pk": world.ladder_step.pk}


STEP = {"timing": "before", "days": "7", "audiences": ["LEAD"], "heading": "H", "wording": "W"}


WORLD = {
    "obligation": obligation,
    "held_obligation": held_obligation,
    "ladder_step": ladder_step,
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
    door("reminder_list", "", "page: office; 403: *; 403: reader"),
    door("reminder_failed", "", "page: office; 403: *; 403: reader"),
    door("reminder_held", "", "page: office; 403: *; 403: reader"),
    door("reminder_show", lambda world: {"pk": world.obligation.pk}, "page: office; 403: *; 403: reader"),
    door("reminder_send", lambda world: {"pk": world.obligation.pk}, "moved: officers; 403: *", method="POST"),
    door(
        "reminder_send",
        lambda world: {"pk": world.held_obligation.pk},
        "sentence: officers; 403: *",
        method="POST",
        note="held",
    ),
    door("reminder_hold", lambda world: {"pk": world.obligation.pk}, "page: officers; 403: *"),
    door(
        "reminder_hold",
        lambda world: {"pk": world.obligation.pk},
        "moved: officers; 403: *",
        method="POST",
        data=lambda world: {"until": (world.today + timedelta(days=9)).isoformat(), "reason": "Flood"},
    ),
    door("reminder_let_go", lambda world: {"pk": world.held_obligation.pk}, "moved: officers; 403: *", method="POST"),
    door(
        "reminder_let_go",
        lambda world: {"pk": world.obligation.pk},
        "sentence: officers; 403: *",
        method="POST",
        note="not held",
    ),
    door("ladder_list", "", "page: office; 403: *"),
    door("ladder_show", lambda world: {"kind": "RETURN"}, "page: office; 403: *"),
    door("ladder_step_new", lambda world: {"kind": "RETURN"}, "page: officers; 403: *"),
    door("ladder_step_new", lambda world: {"kind": "RETURN"}, "moved: officers; 403: *", method="POST", data=STEP),
    door("ladder_step_edit", step, "page: officers; 403: *"),
    door("ladder_step_edit", step, "moved: officers; 403: *", method="POST", data=STEP),
    door("ladder_step_remove", step, "page: officers; 403: *"),
    door("ladder_step_remove", step, "moved: officers; 403: *", method="POST"),
    door("ladder_step_restore", step, "moved: officers; 403: *", method="POST"),
    door("ladder_restore", lambda world: {"kind": "RETURN"}, "page: officers; 403: *"),
    door("ladder_restore", lambda world: {"kind": "RETURN"}, "moved: officers; 403: *", method="POST"),
    door("mail_list", "", "404: *", note="not a demonstration"),
    door("mail_show", lambda world: {"file": "a.log", "number": 1}, "404: *", note="not a demonstration"),
    door("document_download", lambda world: {"pk": world.document.pk}, "page: office maidstone; 404: *"),
]
