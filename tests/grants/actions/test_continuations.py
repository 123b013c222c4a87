"""Decisions on time to come, walked by the real actions: who may do what, when, and what follows."""

from copy import deepcopy
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from grants.actions import awards as award_actions
from grants.actions import continuation_days, instalments, variations
from grants.actions import continuations as actions
from grants.enums import InstalmentStatus
from grants.models import Award, Continuation, Variation
from grants.queries import continuations as queries
from grants.queries import results
from grants.rules import continuations as rules
from monitoring.actions import reopen_return
from monitoring.enums import Verdict
from plans.actions import move_event
from plans.enums import Purpose
from records.enums import ObligationKind
from records.models import Event, Notice, Obligation, Paper
from records.refusals import Refused
from tests.kept import kept
from tests.make import continuations as make

pytestmark = pytest.mark.django_db
CASE, DECISION = ObligationKind.CONTINUATION_CASE, ObligationKind.CONTINUATION_DECISION


@pytest.fixture(scope="module")
def kept_awards(django_db_setup, django_db_blocker):
    """A three-year award whose first half year was found satisfactory, and a six-month one that waits for an event."""
    with kept(django_db_blocker):
        world = make.world()
        world.yearly, world.six = make.three_years(world), make.six_months(world)
        make.reported(world, world.yearly, on=date(2020, 9, 30))
        yield world


@pytest.fixture
def world(kept_awards, db):
    """The cast, the plan and the award of three years."""
    world = deepcopy(kept_awards)
    world.award = world.yearly
    return world


@pytest.fixture
def extension(kept_awards, db):
    """The same with the award of six months."""
    world = deepcopy(kept_awards)
    world.award = world.six
    return world


def owed(row, kind):
    return Obligation.objects.open().about(row).filter(kind=kind).first()


def told(row, rule):
    """Who was told what by a rule, by e-mail address."""
    rows = Notice.objects.filter(rule=rule, subject_type=row._meta.label, subject_id=row.pk)
    return sorted(rows.values_list("person__email", flat=True))


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.reason


def agrees_with_database():
    """What is checked at the end of a transaction, checked now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


# Written down, moved, opened


def test_award_live_plans_each_later_year(world):
    rows = world.award.continuations.order_by("number")

    assert [(row.number, row.starts_on, row.ends_on, row.amount) for row in rows] == [
        (2, date(2021, 4, 1), date(2022, 3, 31), make.YEARLY_SUM),
        (3, date(2022, 4, 1), date(2023, 3, 31), make.YEARLY_SUM),
    ]
    assert [(row.case_due_on, row.safe_by) for row in rows] == [
        (date(2021, 1, 30), date(2021, 3, 3)),
        (date(2022, 1, 30), date(2022, 3, 3)),
    ]
    second = rows[0]
    assert (owed(second, CASE).due_on, owed(second, CASE).opens_on) == (date(2021, 1, 30), date(2020, 12, 19))
    assert owed(second, CASE).organisation_id == world.cast.maidstone.pk
    assert (owed(second, DECISION).due_on, owed(second, DECISION).organisation_id) == (date(2021, 3, 3), None)


def test_carry_on_opens_on_the_day_and_once(world):
    make.swept(date(2020, 12, 18))
    assert make.row(world.award, 2).status == "WAITING"

    make.swept(date(2020, 12, 19))
    make.swept(date(2020, 12, 20))

    row = make.row(world.award, 2)
    assert (row.status, make.row(world.award, 3).status) == ("OPEN", "WAITING")
    assert told(row, "continuation_opened") == ["contributor@maidstone.example.org", "lead@maidstone.example.org"]
    assert Event.objects.filter(subject_type="grants.Continuation", subject_id=row.pk, verb="opened").count() == 1


def test_event_moved_moves_only_the_expected_day(extension):
    row = make.row(extension.award)
    before = (extension.award.ends_on, row.safe_by, row.starts_on)
    assert (row.expected_on, row.safe_by, owed(row, DECISION).due_on) == (
        date(2020, 5, 7),
        date(2020, 9, 2),
        date(2020, 5, 7),
    )

    move_event(
        event=row.event,
        expected_on=date(2020, 8, 6),
        reason="Postponed",
        by=extension.cast.officer,
        at=make.at(2020, 4, 15),
    )
    make.swept(date(2020, 4, 16))

    row = make.row(extension.award)
    assert (Award.objects.get(pk=extension.award.pk).ends_on, row.safe_by, row.starts_on) == before
    assert (row.expected_on, owed(row, DECISION).due_on) == (date(2020, 8, 6), date(2020, 8, 6))
    assert (rules.event_too_late(row), told(row, "continuation_event_too_late")) == ("", [])
    assert told(row, "continuation_days_moved") == [
        "lead@maidstone.example.org",
        "officer2@opcc.example.org",
        "officer@opcc.example.org",
    ]


def test_event_after_the_safe_day_is_said_and_not_waited_for(extension):
    row = make.row(extension.award)
    move_event(
        event=row.event,
        expected_on=date(2021, 5, 6),
        reason="Postponed by law",
        by=extension.cast.officer,
        at=make.at(2020, 4, 15),
    )

    make.swept(date(2020, 4, 16))
    make.swept(date(2020, 4, 17))

    row = make.row(extension.award)
    assert (row.due_on, owed(row, DECISION).due_on) == (date(2020, 9, 2), date(2020, 9, 2))
    assert rules.event_too_late(row) == (
        "The election is expected on 6 May 2021. That is after the latest safe day for this decision. "
        "Decide by 2 September 2020, without waiting for it."
    )
    assert told(row, "continuation_event_too_late") == [
        "ce@opcc.example.org",
        "head@opcc.example.org",
        "officer2@opcc.example.org",
        "officer@opcc.example.org",
        "pcc@opcc.example.org",
    ]


def test_safe_day_moves_with_the_end_of_the_award(extension):
    variations.vary_award_end(
        award=extension.award,
        ends_on=date(2020, 10, 31),
        reason="A late start",
        by=extension.cast.officer,
        at=make.at(2020, 5, 1),
    )

    row = make.row(extension.award)
    assert (row.safe_by, row.starts_on, row.ends_on) == (date(2020, 10, 5), date(2020, 11, 1), date(2021, 4, 30))


def test_award_that_ends_early_needs_no_decisions(world):
    award_actions.end_award_early(
        award=world.award, reason="Closed down", by=world.cast.officer, at=make.at(2020, 11, 2)
    )

    make.swept(date(2020, 11, 3))

    rows = world.award.continuations.all()
    assert {row.status for row in rows} == {"CANCELLED"}
    assert [owed(row, kind) for row in rows for kind in (CASE, DECISION)] == [None] * 4


def test_close_waits_for_what_follows(extension):
    assert rules.why_not_close(extension.award) == "What follows has not been decided: CN-2020-001."

    make.decided_extension(extension, "END")

    assert rules.why_not_close(extension.award) == ""


# The business case


def test_submit_freezes_what_accepted_returns_say(world):
    row = make.submitted(world, world.award)

    assert (row.status, row.submitted_by, row.asked_amount) == ("SUBMITTED", world.cast.maidstone_lead, 35000)
    assert [(part["reference"], part["kind"]) for part in row.results] == [("MR-2020-001", "Quarterly return")]
    outcome = next(told for told in row.results[0]["rows"] if told["key"].startswith("outcome/"))
    assert (outcome["what"], outcome["target"], outcome["result"], outcome["met"]) == (
        "Fewer assaults at night",
        "100",
        "105",
        False,
    )
    assert owed(row, CASE) is None
    assert told(row, "continuation_submitted") == [
        "lead@maidstone.example.org",
        "officer2@opcc.example.org",
        "officer@opcc.example.org",
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"need": " "}, "Say why the work is still needed."),
        ({"plans_for_year": ""}, "Say what is planned."),
        ({"asked_amount": None}, "Give the sum that is needed."),
        ({"asked_amount": Decimal(0)}, "Give a sum above nought."),
        ({"asked_amount": Decimal(36000)}, "The award sets £35,000 apart. Say what changed, so that more is needed."),
        ({}, ""),
    ],
)
def test_submit_says_what_is_missing(world, words, sentence):
    make.swept(date(2021, 1, 4))
    row = make.row(world.award, 2)
    for name, value in {**make.WRITTEN, "asked_amount": make.YEARLY_SUM, **words}.items():
        setattr(row, name, value)

    assert rules.why_not_submit(row, user=world.cast.maidstone_lead, on=date(2021, 1, 4)) == sentence


def test_save_refuses_a_stale_copy(world):
    make.swept(date(2021, 1, 4))
    row = make.row(world.award, 2)
    given = {"asked_amount": None, "by": world.cast.maidstone_lead, "at": make.at(2021, 1, 4), **make.WRITTEN}
    actions.save_continuation(continuation=row, version=1, **given)

    assert refusal(actions.save_continuation, continuation=row, version=1, **given) == actions.STALE


def test_return_opens_it_again_and_what_was_frozen_goes(world):
    row = make.submitted(world, world.award)

    row = actions.return_continuation(
        continuation=row, reason="Say which schools.", by=world.cast.officer, at=make.at(2021, 1, 18)
    )

    assert (row.status, row.submitted_at, row.results) == ("OPEN", None, [])
    assert owed(row, CASE).due_on == date(2021, 1, 30)
    assert Notice.objects.filter(rule="continuation_returned").first().body.endswith("Say which schools.")


def test_advise_without_a_business_case_only_once_it_is_late(world):
    make.swept(date(2021, 1, 4))
    row = make.row(world.award, 2)
    asked = {"user": world.cast.officer}

    assert rules.why_not_advise(row, on=date(2021, 1, 30), **asked) == (
        "Safer Maidstone Partnership has not sent its business case."
    )
    assert rules.why_not_advise(row, on=date(2021, 1, 31), **asked) == ""
    assert rules.why_not_advise_so(row, recommended="GO_ON", amount=make.YEARLY_SUM, advice="Go on") == (
        "Safer Maidstone Partnership has sent no business case, so going on cannot be recommended."
    )


def test_take_back_returns_it_to_where_it_was(world):
    row = make.advised(world, make.submitted(world, world.award))
    assert (row.status, row.recommended_amount, row.cfo_comment) == ("AWAITING_DECISION", 35000, "Affordable.")

    row = actions.take_back_continuation(
        continuation=row, reason="A figure is wrong", by=world.cast.officer, at=make.at(2021, 2, 4)
    )

    assert (row.status, row.recommended, row.recommended_amount, row.cfo_comment, row.cfo_at) == (
        "SUBMITTED",
        "",
        None,
        "",
        None,
    )


# The decision


def test_go_on_lets_the_money_of_that_year_flow_alone(world):
    row = make.advised(world, make.submitted(world, world.award))
    _first, second, third = world.award.instalments.order_by("number")

    decision = make.decided(world, row)

    row.refresh_from_db()
    assert (row.status, row.choice, decision.outcome, decision.amount) == ("DECIDED", "GO_ON", "APPROVED", 35000)
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.condition_row_type, second.condition_row_id) == ("grants.Continuation", row.pk)
    assert third.condition_met_at is None
    assert owed(row, DECISION) is None
    paper = Paper.objects.get(kind="CONTINUATION_LETTER")
    assert "goes on from <strong>1 April 2021</strong> to <strong>31 March 2022</strong>" in paper.html
    assert told(row, "continuation_decided") == [
        "finance@opcc.example.org",
        "lead@maidstone.example.org",
        "officer2@opcc.example.org",
        "officer@opcc.example.org",
        "signatory@maidstone.example.org",
    ]
    assert decision.offered_at == make.at(2021, 2, 10)
    agrees_with_database()


def test_go_on_lower_puts_smaller_instalments_in_place(world):
    row = make.advised(world, make.submitted(world, world.award))

    decision = make.decided(world, row, amount=Decimal("30000.01"))

    assert decision.outcome == "APPROVED_LOWER"
    rows = world.award.instalments.filter(covers_from=date(2021, 4, 1)).order_by("number")
    assert [(part.amount, part.status, part.condition_met_at is not None) for part in rows] == [
        (make.YEARLY_SUM, InstalmentStatus.CANCELLED, False),
        (Decimal("30000.01"), InstalmentStatus.SCHEDULED, True),
    ]
    assert Variation.objects.get(award=world.award).after == {"year 2": "30000.01"}
    agrees_with_database()


def test_end_ends_the_award_with_the_year(world):
    row = make.advised(world, make.submitted(world, world.award), recommended="END")

    decision = make.decided(world, row, "END")

    award = Award.objects.get(pk=world.award.pk)
    assert (award.ends_on, award.status, decision.outcome) == (date(2021, 3, 31), "LIVE", "DECLINED")
    assert list(award.instalments.order_by("number").values_list("status", flat=True)) == [
        "SCHEDULED",
        "CANCELLED",
        "CANCELLED",
    ]
    assert make.row(award, 3).status == "CANCELLED"
    later = Obligation.objects.open().about(award).filter(kind="RETURN", period_ends_on__gt=award.ends_on)
    assert not later.exists()
    assert "What is not paid any more" in Paper.objects.get(kind="CONTINUATION_LETTER").html
    make.swept(date(2021, 2, 11))
    assert make.row(award, 3).status == "CANCELLED"
    agrees_with_database()


def test_continuation_needs_satisfactory_bites_on_an_unsatisfactory_return(world):
    make.reported(world, world.award, on=date(2021, 4, 1), verdict=Verdict.UNSATISFACTORY)
    row = make.advised(world, make.submitted(world, world.award, on=date(2021, 4, 12)), at=make.at(2021, 4, 13))

    assert refusal(make.decided, world, row, at=make.at(2021, 4, 20)) == (
        "The next year cannot be approved: Quarterly return to 31 March 2021 for Round of Three-year rules: Safer "
        "Maidstone Partnership (MR-2021-001) is not satisfactory. It stands as: unsatisfactory."
    )
    assert make.decided(world, row, "END", at=make.at(2021, 4, 20)).outcome == "DECLINED"


def test_continuation_needs_satisfactory_bites_on_a_missing_return(world):
    row = make.advised(world, make.submitted(world, world.award), at=make.at(2021, 2, 1))

    assert refusal(make.decided, world, row, at=make.at(2021, 5, 1)) == (
        "The next year cannot be approved: Quarterly return to 31 March 2021 for Round of Three-year rules: Safer "
        "Maidstone Partnership was due on 30 April 2021 and has not been sent."
    )
    assert make.decided(world, row, at=make.at(2021, 4, 29)).outcome == "APPROVED"


def test_continuation_needs_satisfactory_bites_where_nothing_was_reviewed(world):
    Obligation.objects.about(world.award).filter(kind="RETURN").update(due_on=date(2023, 1, 1))
    reviewed = results.ReviewedReturn.objects.get(award=world.award)
    monitoring_return = make.MonitoringReturn.objects.get(reference=reviewed.reference)
    row = make.advised(world, make.submitted(world, world.award))
    reopen_return(
        monitoring_return=monitoring_return,
        reason="A figure was wrong",
        due_on=date(2021, 3, 1),
        by=world.cast.officer,
        at=make.at(2021, 2, 5),
    )

    assert "is not satisfactory. It stands as: opened again, not reviewed yet." in refusal(make.decided, world, row)

    results.ReviewedReturn.objects.all().delete()
    Obligation.objects.about(world.award).filter(kind="RETURN", closed_at__isnull=False).update(closing="Waived")
    assert refusal(make.decided, world, row) == (
        "The next year cannot be approved: no return of this award has been found satisfactory yet. Ask for one."
    )


def test_continuation_that_needs_no_monitoring_goes_on_without(world):
    award = make.three_years(world, key="unwatched-rules", continuation_needs_satisfactory=False)
    row = make.advised(world, make.submitted(world, award))

    assert make.decided(world, row).outcome == "APPROVED"


def test_limit_on_a_year_bites_until_an_exception(world):
    row = make.submitted(world, world.award, asked=Decimal("36814"), changes="Two more schools cost more.")
    row = make.advised(world, row)
    sentence = "£36,814 is £1,814 over the limit of £35,000: a project in any one year."

    assert rules.warnings(row, row.asked_amount) == [f"{sentence} It needs an exception."]
    assert refusal(make.decided, world, row) == f"{sentence} It needs an exception first, or a lower sum."

    (given,) = actions.except_continuation(
        continuation=row, reason="The schools are in the worst area.", by=world.cast.head, at=make.at(2021, 2, 5)
    )
    decision = make.decided(world, row)

    assert (given.amount, given.on, given.continuation_id) == (Decimal("1814"), "PROJECT_YEAR", row.pk)
    assert (decision.outcome, decision.amount) == ("APPROVED", Decimal("36814"))
    row.refresh_from_db()
    assert (row.line.amount, row.line.starts_on, row.line.ends_on) == (1814, date(2021, 4, 1), date(2022, 3, 31))
    paying = queries.paying_for(world.award, row)
    assert [(part.amount, part.condition_met_at is not None) for part in paying] == [(35000, True), (1814, True)]
    assert [share.amount for share in world.award.sources.all()] == [Decimal("106814")]
    agrees_with_database()


def test_limit_on_a_year_bites_on_the_penny_and_by_severity(world):
    row = make.row(world.award, 2)
    limit = world.award.rule_set.limits.get()

    assert rules.why_not_within(row, make.YEARLY_SUM) == ""
    assert rules.why_not_within(row, make.YEARLY_SUM + Decimal("0.01")).endswith("or a lower sum.")
    limit.severity = "BLOCK"
    over = queries.OverLimit(limit, Decimal(36000), Decimal(5000))
    assert over.is_allowed is False
    limit.severity = "WARN"
    assert over.is_allowed is True


def test_exception_is_given_by_few_and_where_it_is_needed(world):
    row = make.submitted(world, world.award)
    asked = {"on": date(2021, 2, 1)}

    assert rules.why_not_except(row, user=world.cast.head, **asked) == "The sum asked for needs no exception."
    assert rules.why_not_except(row, user=world.cast.officer, **asked) == (
        "Only the head of commissioning, the chief executive or the commissioner allows a sum above a limit."
    )


def test_decide_by_somebody_else_than_who_advised(world):
    row = make.advised(world, make.submitted(world, world.award))
    on = date(2021, 2, 10)
    row.advised_by_id = world.cast.pcc.pk

    assert rules.why_not_decide(row, user=world.cast.pcc, on=on) == (
        "You evaluated or advised on this, so somebody else decides it."
    )
    assert rules.why_not_decide(row, user=world.cast.head, on=on) == (
        "No delegation is recorded for your post on this day, so the commissioner decides."
    )
    row.cfo_at = None
    assert rules.why_not_decide(row, user=world.cast.pcc, on=on) == (
        "The chief finance officer’s comment is needed first."
    )


def test_release_waits_for_the_decision_on_the_year(world):
    second = world.award.instalments.get(number=2)
    finance = {"instalment": second, "by": world.cast.finance}

    assert "continuation into the year approved" in refusal(
        instalments.release_instalment, at=make.at(2021, 4, 1), **finance
    )
    make.decided(world, make.advised(world, make.submitted(world, world.award)))
    instalments.release_instalment(at=make.at(2021, 4, 1), **finance)

    second.refresh_from_db()
    assert second.status == InstalmentStatus.RELEASED


# What follows the end


def test_extend_adds_line_instalment_end_and_return(extension):
    decision = make.decided_extension(extension, "GO_ON", amount=Decimal("20000"))

    award = Award.objects.get(pk=extension.award.pk)
    row = make.row(award)
    assert (award.ends_on, row.choice, decision.amount) == (date(2021, 3, 31), "GO_ON", Decimal("20000"))
    assert [(line.amount, line.starts_on, line.decision_id) for line in award.lines.order_by("number")][1] == (
        Decimal("20000"),
        date(2020, 10, 1),
        decision.pk,
    )
    (paying,) = queries.paying_for(award, row)
    assert (paying.amount, paying.due_on, paying.condition, paying.condition_row_id) == (
        Decimal("20000"),
        date(2020, 10, 1),
        "CONTINUATION_APPROVED",
        row.pk,
    )
    returns = Obligation.objects.about(award).filter(kind="RETURN").order_by("due_on")
    assert [(owed.period.partition(":")[0], owed.due_on) for owed in returns] == [
        ("END_OF_AWARD", date(2020, 10, 30)),
        ("EXTENSION", date(2021, 4, 30)),
    ]
    assert Variation.objects.filter(award=award, decision=decision).count() == 2
    agrees_with_database()


def test_extend_is_too_late_once_the_award_has_ended(extension):
    row = make.advised(extension, make.row(extension.award), amount=Decimal(20000), at=make.at(2020, 9, 1))

    assert refusal(make.decided, extension, row, at=make.at(2020, 10, 1)) == (
        "The award ended on 30 September 2020, so it can no longer be extended. Its recipient can apply again."
    )


def test_extend_from_a_source_that_may_not_pay(extension):
    row = make.advised(extension, make.row(extension.award), amount=Decimal(20000), at=make.at(2020, 8, 3))
    source = extension.award.sources.get().funding_source
    source.carry_over_allowed, source.ends_on = False, date(2020, 9, 30)
    source.save(update_fields=["carry_over_allowed", "ends_on"])

    assert refusal(make.decided, extension, row, at=make.at(2020, 8, 20)) == (
        "Own budget ends on 30 September 2020 and may not be carried over, so it cannot pay for that time."
    )
    source.ends_on, source.purpose = date(2021, 3, 31), Purpose.VICTIMS
    source.save(update_fields=["ends_on", "purpose"])
    assert "may not be spent on" in refusal(make.decided, extension, row, at=make.at(2020, 8, 20))


@pytest.mark.parametrize("named", [True, False])
def test_reapply_names_the_round_or_says_it_is_to_come(extension, named):
    round_ = make.cases.round_(extension.cast, extension.plan, allocate=False, status="DRAFT", name="Next year")

    make.decided_extension(extension, "REAPPLY", round=round_ if named else None)

    row = make.row(extension.award)
    assert (row.choice, row.reapply_round) == ("REAPPLY", round_ if named else None)
    words = Notice.objects.filter(rule="continuation_decided").first().body
    assert ("can apply again in Next year." if named else "in a round that is to come") in words
    assert Award.objects.get(pk=extension.award.pk).ends_on == date(2020, 9, 30)


def test_reapply_not_in_a_round_that_is_over(extension):
    round_ = make.cases.round_(extension.cast, extension.plan, allocate=False, status="DRAFT", name="This year")
    round_.status = "CLOSED"

    assert rules.why_not_apply_again(make.row(extension.award), round_) == (
        "This year takes no business cases any more. Choose another round, or none yet."
    )


def test_ask_for_a_business_case_of_an_extension(extension):
    row = actions.ask_continuation(
        continuation=make.row(extension.award),
        due_on=date(2020, 8, 14),
        reason="The need has changed",
        by=extension.cast.officer,
        at=make.at(2020, 7, 1),
    )

    assert (row.status, owed(row, CASE).due_on) == ("OPEN", date(2020, 8, 14))
    assert (
        rules.why_not_ask(make.row(extension.award), user=extension.cast.officer, on=date(2020, 7, 1))
        == "The recipient has been asked already."
    )
    make.swept(date(2020, 7, 2))
    assert make.row(extension.award).case_due_on == date(2020, 8, 14)


def test_bring_to_date_twice_does_nothing(world):
    before = Event.objects.count()

    assert continuation_days.bring_to_date(Award.objects.get(pk=world.award.pk), at=make.at(2020, 11, 2)) == []
    assert Event.objects.count() == before


def test_decided_never_changes_in_the_database(extension):
    make.decided_extension(extension, "END")

    with pytest.raises(Exception, match="never changes"):
        Continuation.objects.filter(award=extension.award).update(choice="GO_ON")
