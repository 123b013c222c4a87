"""What the record keeps about a sealed subject stands apart: no page meets it, and no number tells of it (P2)."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from accounts.queries import people_for
from records import delivery, documents, notices, obligations, papers, queries
from records.actions import log
from records.enums import ObligationKind, PaperKind
from records.models import BadAddress, Document, Event, Message, Notice, Obligation, Paper
from tests.make import accounts as make_accounts
from tests.make import records as make
from tests.records import files, sink

pytestmark = pytest.mark.django_db
DAY = make.DUE
AT = make.moment(DAY, hour=9)
KEPT = (Event, Obligation, Notice, Message, Document, Paper)
OFFICE = SimpleNamespace(name="Office", address_lines=[], commissioner_title="", brand_colour="#1d2b53")


@pytest.fixture
def cast(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return make_accounts.cast()


@pytest.fixture
def keeper(settings):
    with sink.listening(settings) as keeper:
        yield keeper


def sealed(organisation):
    """Any row can be the subject; this one says that what is kept about it is sealed."""
    organisation.sealed = True
    return organisation


def write_everything(cast, subject):
    """One row of each kind of the record about a subject, made by the record's own writers."""
    paper = papers.make_paper(
        kind=PaperKind.AWARD_LETTER,
        subject=subject,
        title="A letter",
        template="papers/base.html",
        context={"office": OFFICE},
        by=cast.officer,
        at=AT,
    )
    documents.store(upload=files.upload("a.pdf", files.PDF), subject=subject, by=cast.officer, at=AT)
    make.obligation(cast, subject=subject)
    notices.tell(people=[cast.officer], rule="test", subject=subject, heading="A thing", body="Words.", at=AT)
    delivery.compose(at=AT)
    log(subject, "saved", by=cast.officer, at=AT)
    return paper


def last_numbers():
    return {model: model.objects.order_by("-pk").values_list("pk", flat=True).first() for model in KEPT}


def test_sealed_rows_are_met_by_no_page_and_leave_no_gap(cast):
    write_everything(cast, cast.maidstone)
    before, counts = last_numbers(), {model: model.objects.count() for model in KEPT}

    write_everything(cast, sealed(cast.swale))

    assert {model: model.objects.count() for model in KEPT} == counts
    assert all(model.everything.filter(sealed=True).exists() for model in KEPT)
    written = {model: model.everything.count() - counts[model] for model in KEPT}
    assert written == {Event: 3, Obligation: 1, Notice: 1, Message: 1, Document: 1, Paper: 1}
    write_everything(cast, cast.council)
    after = last_numbers()
    assert {model: after[model] - before[model] for model in KEPT} == written


def test_whoever_holds_the_sealed_subject_reads_what_is_kept_about_it(cast):
    subject = sealed(cast.swale)
    paper = write_everything(cast, subject)

    assert [event.verb for event in queries.history(subject)] == ["saved", "document_added", "paper_made"]
    assert [notice.heading for notice in queries.notices_about(subject)] == ["A thing"]
    assert queries.owed_about(subject, ObligationKind.RETURN).sealed
    assert [row.name for row in documents.about(subject)] == ["a.pdf"]
    assert list(papers.about(subject)) == [paper]
    subject.sealed = False
    assert not queries.history(subject).exists() and not documents.about(subject).exists()


def test_files_of_sealed_subjects_are_no_orphans(cast):
    write_everything(cast, sealed(cast.swale))

    assert documents.remove_orphans(at=AT + timedelta(days=400)) == 0


def test_reminders_of_a_sealed_duty_go_to_those_named_alone_in_letters_of_their_own(cast, keeper):
    ordinary = make.obligation(cast, kind=ObligationKind.RETURN_REVIEW, organisation=None, title="Review a return")
    obligations.owe(
        sealed(cast.swale),
        ObligationKind.COMPLAINT_OFFICER,
        title="Answer it",
        due_on=DAY,
        only_for=[cast.head.pk],
    )

    obligations.climb_ladders(on=DAY, at=AT, people_for=people_for)
    delivery.compose(at=AT)
    delivery.deliver(at=AT)

    [told] = Notice.everything.filter(sealed=True)
    assert (told.person, told.heading) == (cast.head, told.message.heading)
    assert told.message.digest_on is None
    assert cast.head not in {row.person for row in Notice.objects.all()}
    assert {row.obligation for row in Notice.objects.all()} == {ordinary}
    letters = {letter["To"]: letter for _, letter in keeper.letters}
    assert letters[cast.head.email]["Sensitivity"] == "Personal"
    assert letters[cast.officer.email]["Sensitivity"] is None


def test_a_sealed_reminder_is_not_sent_once_its_duty_is_done(cast, keeper):
    subject = sealed(cast.swale)
    obligations.owe(subject, ObligationKind.COMPLAINT_OFFICER, title="It", due_on=DAY, only_for=[cast.head.pk])
    obligations.climb_ladders(on=DAY, at=AT, people_for=people_for)
    delivery.compose(at=AT)

    assert obligations.close(subject, ObligationKind.COMPLAINT_OFFICER, at=AT, closing="Answered") == 1
    delivery.deliver(at=AT)

    assert keeper.letters == []
    assert Message.everything.get().status == "WITHDRAWN"


def test_write_to_carries_a_paper_to_somebody_without_an_account(cast, keeper):
    subject = sealed(cast.swale)
    paper = write_everything(cast, subject)

    message = notices.write_to(
        address="ann@example.org", subject=subject, heading="Your complaint", body="Dear Ann", paper=paper, at=AT
    )
    delivery.deliver(at=AT)

    message.refresh_from_db()
    assert (message.status, message.person, message.sealed) == ("SENT", None, True)
    letter = next(letter for _, letter in keeper.letters if letter["To"] == "ann@example.org")
    assert letter["Subject"] == "Your complaint"
    assert not Message.objects.filter(to="ann@example.org").exists()


def test_write_to_an_address_that_refuses_marks_no_address_and_tells_nobody(cast, keeper):
    keeper.refusals["gone@example.org"] = "550 5.1.1 User unknown"
    message = notices.write_to(
        address="gone@example.org", subject=sealed(cast.swale), heading="Your complaint", body="Dear", at=AT
    )

    delivery.deliver(at=AT)

    message.refresh_from_db()
    assert (message.status, message.answer[:3]) == ("FAILED", "550")
    assert not BadAddress.objects.exists()
    assert delivery.alert_failures(at=AT, people_for=people_for) == 0
