"""Corrections of submitted and reviewed returns, and a later return in place of a failed one."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from grants.models import Instalment, ReportedSpend
from monitoring import actions, queries
from monitoring.enums import ReturnSection, ReturnStatus, Verdict
from records.models import Event, Notice, Obligation
from records.refusals import Refused
from tests.make import awards as make_awards
from tests.make import monitoring

from .test_returns import events, told

pytestmark = pytest.mark.django_db
AFTER = monitoring.REVIEWED + timedelta(days=1)
AGAIN = AFTER + timedelta(days=2)
LATER = AFTER + timedelta(days=30)
WHY = "An invoice was counted twice."


@pytest.fixture
def _django_db_helper(world):
    """The rows of the module stand in a transaction of their own, so no test opens another."""


@pytest.fixture
def cast(world):
    return world.cast


def correct(row, cast, **more):
    return actions.correct_return(
        monitoring_return=row, **{"reason": WHY, "by": cast.maidstone_lead, "at": AFTER, **more}
    )


def reopen(row, cast, **more):
    given = {"reason": WHY, "due_on": AFTER.date() + timedelta(days=9), "by": cast.officer, "at": AFTER, **more}
    return actions.reopen_return(monitoring_return=row, **given)


def sent_again(row, cast, *, at=AGAIN, spent=Decimal("4800")):
    """The return corrected, certified and submitted once more."""
    line = row.spend_lines.order_by("pk").first()
    entries = {ReturnSection.SPEND: {line.pk: {"spent": spent}}}
    actions.save_return(monitoring_return=row, entries=entries, by=cast.maidstone_lead, at=at)
    actions.send_for_certification(monitoring_return=row, by=cast.maidstone_lead, at=at)
    actions.certify_return(monitoring_return=row, by=cast.maidstone_certifier, at=at)
    return actions.submit_return(monitoring_return=row, by=cast.maidstone_lead, at=at)


def owed(row, kind):
    return Obligation.objects.open().about(row).filter(kind=kind)


def test_correct_return_opens_it_again_and_stops_the_clock(world, cast):
    row = correct(world.row("SUBMITTED"), cast)

    assert (row.status, row.correction_reason, row.certified_by) == (ReturnStatus.OPEN, WHY, None)
    event = Event.objects.get(subject_id=row.pk, verb="correction_begun")
    assert (event.reason, event.by, event.changes["status"]) == (WHY, cast.maidstone_lead, ["SUBMITTED", "OPEN"])
    assert list(owed(row, "RETURN_REVIEW")) == []
    again = owed(row, "RETURN").get()
    assert (again.organisation, again.due_on) == (cast.maidstone, max(row.obligation.due_on, date(2020, 10, 29)))
    assert again in queries.who_owes(AFTER.date())
    notices = Notice.objects.filter(rule="correction_begun", subject_id=row.pk)
    assert {notice.person.full_name for notice in notices} >= {"Lee Lead", "Mo Contributor", cast.officer.full_name}


def test_correct_return_is_certified_again_and_its_reason_stands_in_the_version(world, cast):
    row = correct(world.row("SUBMITTED"), cast)
    actions.send_for_certification(monitoring_return=row, by=cast.maidstone_lead, at=AGAIN)
    actions.decline_certification(monitoring_return=row, reason="Not yet.", by=cast.maidstone_certifier, at=AGAIN)
    assert row.status == ReturnStatus.OPEN

    sent_again(row, cast)

    second = row.versions.get(number=2)
    assert (row.status, row.correction_reason, second.reason) == (ReturnStatus.SUBMITTED, "", WHY)
    assert second.content["totals"]["spent"] == "4850"
    assert row.versions.get(number=1).content["totals"]["spent"] == "5000"
    assert (owed(row, "RETURN").count(), owed(row, "RETURN_REVIEW").count()) == (0, 1)
    assert ReportedSpend.objects.get(reference=row.reference).spent == Decimal("4850")
    assert (
        Event.objects.filter(subject_id=row.pk, verb="resubmitted").get().summary
        == "Submitted again after a correction"
    )


@pytest.mark.parametrize(
    ("status", "who", "reason", "sentence"),
    [
        ("SUBMITTED", "maidstone_lead", " ", "Give a reason"),
        ("SUBMITTED", "maidstone_contributor", WHY, "Ask a lead there"),
        ("REVIEWED", "maidstone_lead", WHY, "Ask the office to open it again"),
        ("QUERIED", "maidstone_lead", WHY, "Answer them to send it back"),
    ],
)
def test_correct_return_is_refused(world, cast, status, who, reason, sentence):
    row = world.row(status)

    with pytest.raises(Refused, match=sentence):
        correct(row, cast, by=getattr(cast, who), reason=reason)

    assert (row.status, owed(row, "RETURN").count()) == (status, 0)


def test_reopen_return_keeps_the_verdict_so_far_and_what_it_met(world, cast):
    row = world.row("REVIEWED")
    second = Instalment.objects.get(award=row.award, number=2)

    reopen(row, cast)

    assert (row.status, row.verdict, row.reply, row.reviewed_by) == (ReturnStatus.OPEN, "", "", None)
    (kept,) = queries.reviews_of(row)
    assert (kept.verdict, kept.version.number, kept.by) == (Verdict.SATISFACTORY, 1, cast.officer)
    assert Event.objects.get(subject_id=row.pk, verb="reopened").summary == (
        "Opened again by the office; it had been found satisfactory"
    )
    second.refresh_from_db()
    assert (second.condition_row_id, list(queries.met_by(row))) == (row.pk, [second])
    assert told("return_reopened") == ["Cy Certifier", "Lee Lead", "Mo Contributor"]
    assert owed(row, "RETURN").get().due_on == AFTER.date() + timedelta(days=9)
    released = make_awards.instalments.release_instalment(instalment=second, by=cast.finance, at=LATER)
    assert released.status == "RELEASED"

    sent_again(row, cast)
    monitoring.reviewed(row, by=cast.officer, at=LATER, verdict=Verdict.UNSATISFACTORY, reply="Worse than thought.")

    assert [(review.version.number, review.verdict) for review in queries.reviews_of(row)] == [
        (2, "UNSATISFACTORY"),
        (1, "SATISFACTORY"),
    ]
    assert events(row)[-1] == "reviewed"


def test_reopen_return_that_failed_lets_its_correction_meet_the_condition(world, cast):
    row = world.row("SUBMITTED")
    monitoring.reviewed(row, by=cast.officer, verdict=Verdict.UNSATISFACTORY, reply="Too little.")
    second = Instalment.objects.get(award=row.award, number=2)
    assert (second.condition_met_at, list(queries.waiting_for_a_return(row.award))) == (None, [second])

    reopen(row, cast)
    sent_again(row, cast)
    monitoring.reviewed(row, by=cast.officer, at=LATER)

    second.refresh_from_db()
    assert (second.condition_row_id, second.condition_met_at) == (row.pk, LATER)


@pytest.mark.parametrize(
    ("status", "who", "more", "sentence"),
    [
        ("REVIEWED", "officer", {"reason": ""}, "Give a reason"),
        ("REVIEWED", "maidstone_lead", {}, "Only a commissioning officer"),
        ("REVIEWED", "officer", {"due_on": AFTER.date() - timedelta(days=1)}, "must not have passed"),
        ("SUBMITTED", "officer", {}, "Only a reviewed return is opened again"),
        ("WAIVED", "officer", {}, "Only a reviewed return is opened again"),
    ],
)
def test_reopen_return_is_refused(world, cast, status, who, more, sentence):
    row = world.row(status)

    with pytest.raises(Refused, match=sentence):
        reopen(row, cast, by=getattr(cast, who), **more)

    assert row.status == status


def a_later_return(world, cast, award):
    """An ad hoc return of the award, found satisfactory long after the mid-year one was read."""
    made = actions.ask_for_return(
        award=award, starts_on=date(2020, 4, 1), ends_on=date(2020, 10, 31), due_on=LATER.date(),
        reason="To see it again.", by=cast.officer, at=AFTER,
    )  # fmt: skip
    monitoring.fill_in(made, by=cast.maidstone_lead, at=AGAIN)
    actions.send_for_certification(monitoring_return=made, by=cast.maidstone_lead, at=AGAIN)
    actions.certify_return(monitoring_return=made, by=cast.maidstone_certifier, at=AGAIN)
    actions.submit_return(monitoring_return=made, by=cast.maidstone_lead, at=AGAIN)
    return monitoring.reviewed(made, by=cast.officer, at=LATER)


def test_meet_instead_lets_a_later_return_meet_the_condition_with_a_reason(world, cast):
    failed = world.row("SUBMITTED")
    monitoring.reviewed(failed, by=cast.officer, verdict=Verdict.UNSATISFACTORY, reply="Too little.")
    later = a_later_return(world, cast, failed.award)
    (second,) = queries.waiting_for_a_return(failed.award)

    with pytest.raises(Refused, match="Say why this return"):
        actions.meet_instead(monitoring_return=later, instalment=second, reason=" ", by=cast.officer, at=LATER)
    actions.meet_instead(
        monitoring_return=later, instalment=second, reason="The half year was made good.", by=cast.officer, at=LATER
    )

    second.refresh_from_db()
    assert (second.condition_row_type, second.condition_row_id) == ("monitoring.MonitoringReturn", later.pk)
    event = Event.objects.get(verb="condition_met_instead")
    assert (event.subject_id, event.reason, event.by) == (second.pk, "The half year was made good.", cast.officer)
    assert not Event.objects.filter(
        subject_type="grants.Instalment", subject_id=second.pk, verb="condition_met"
    ).exists()
    released = make_awards.instalments.release_instalment(instalment=second, by=cast.finance, at=LATER)
    assert released.status == "RELEASED"


def test_meet_instead_needs_an_earlier_return_that_failed(world, cast):
    award = world.row("OPEN").award
    later = a_later_return(world, cast, award)
    (second,) = queries.waiting_for_a_return(award)
    given = {"monitoring_return": later, "instalment": second, "reason": WHY, "at": LATER}

    with pytest.raises(Refused, match="No earlier return"):
        actions.meet_instead(by=cast.officer, **given)
    actions.waive_return(monitoring_return=world.row("OPEN"), reason="Not needed.", by=cast.officer, at=LATER)
    for who, sentence in (
        (cast.finance, "Only officers who review"),
        (cast.maidstone_lead, "Only officers who review"),
    ):
        with pytest.raises(Refused, match=sentence):
            actions.meet_instead(by=who, **given)
    both = monitoring.with_role(cast.officer, "CONTRIBUTOR", cast.maidstone)
    with pytest.raises(Refused, match="You belong to"):
        actions.meet_instead(by=both, **given)
    actions.meet_instead(by=cast.head, **given)

    second.refresh_from_db()
    assert second.condition_row_id == later.pk
