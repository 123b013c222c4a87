"""Writes about rounds: row, event, obligation, notice."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from grants.actions import rounds as actions
from grants.enums import MovementKind, RoundStatus, Window
from grants.models import Allocation, Round
from grants.queries import rounds as queries
from records.models import Event, Notice, Obligation
from records.refusals import Refused
from tests.make import accounts, cases, plans

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return accounts.cast()


@pytest.fixture
def plan(cast):
    return plans.plan(cast)


def verbs(subject):
    rows = Event.objects.filter(subject_type=subject._meta.label, subject_id=subject.pk).order_by("pk")
    return list(rows.values_list("verb", flat=True))


def owed(round_):
    rows = queries.case_obligations(round_).order_by("organisation__name")
    return [(row.organisation.key, row.due_on) for row in rows]


def told(rule):
    return sorted(Notice.objects.filter(rule=rule).values_list("person__email", flat=True))


def test_start_round_writes_a_draft_and_an_event(cast, plan):
    round_ = cases.round_(cast, plan, status=RoundStatus.DRAFT, allocate=False)

    assert (round_.status, round_.reference, round_.key) == ("DRAFT", "FR-2020-001", "fr-2020-001")
    assert verbs(round_) == ["started"]
    assert Notice.objects.count() == 0


def test_start_round_refuses_a_discontinued_stream(cast, plan):
    plan.csps.standing = "DISCONTINUED"
    plan.csps.save()
    with pytest.raises(Refused, match="is discontinued"):
        cases.round_(cast, plan, status=RoundStatus.DRAFT)
    assert Round.objects.count() == 0


def test_save_round_keeps_before_and_after(cast, plan):
    round_ = cases.round_(cast, plan, status=RoundStatus.DRAFT, allocate=False)
    actions.save_round(round=round_, name="New name", by=cast.officer, at=cases.OPENED)

    event = Event.objects.filter(verb="saved").get()
    assert event.changes == {"name": ["Crime reduction grants 2020/21", "New name"]}
    round_.refresh_from_db()
    assert round_.name == "New name"


@pytest.mark.parametrize(
    "amount, main, tactical",
    [(39661, 26441, 13220), (300, 200, 100), (100, 67, 33), (0, 0, 0), (None, None, None)],
)
def test_set_allocation_splits_by_the_rule_set(cast, plan, amount, main, tactical):
    round_ = cases.round_(cast, plan, status=RoundStatus.DRAFT, allocate=False)
    row = actions.set_allocation(
        round=round_,
        organisation=cast.maidstone,
        amount=None if amount is None else Decimal(amount),
        by=cast.officer,
        at=cases.OPENED,
    )
    assert (row.main_amount, row.tactical_amount) == (main, tactical)


def test_set_allocation_keeps_formula_adjustment_and_final_apart(cast, plan):
    round_ = cases.round_(cast, plan, status=RoundStatus.DRAFT, allocate=False)
    row = actions.set_allocation(
        round=round_,
        organisation=cast.maidstone,
        amount=Decimal("39661"),
        formula_amount=Decimal("40000"),
        last_year_amount=Decimal("39661"),
        by=cast.officer,
        at=cases.OPENED,
    )
    assert (row.formula_amount, row.adjustment, row.amount, row.last_year_amount) == (40000, -339, 39661, 39661)


def test_set_allocation_refuses_more_than_a_third_for_the_tactical_pot(cast, plan):
    round_ = cases.round_(cast, plan, status=RoundStatus.DRAFT, allocate=False)
    with pytest.raises(Refused, match="more than its share"):
        cases.allocation(
            round_, cast.maidstone, by=cast.officer, main_amount=Decimal("20000"), tactical_amount=Decimal("13221")
        )
    assert Allocation.objects.count() == 0


def test_copy_allocations_keeps_provenance_and_overwrites_none(cast, plan):
    last = cases.round_(cast, plan)
    new = cases.round_(cast, plan, status=RoundStatus.DRAFT, allocate=False, name="Next year")
    kept = cases.allocation(new, cast.swale, by=cast.officer, amount=Decimal("900"))
    actions.copy_allocations(round=new, from_round=last, by=cast.officer, at=cases.SENT)

    copied = new.allocations.get(organisation=cast.maidstone)
    assert copied.copied_from == last.allocations.get(organisation=cast.maidstone)
    assert (copied.last_year_amount, copied.amount, copied.adjustment) == (39661, 39661, 0)
    assert copied.provenance == "Same as last year: copied from Crime reduction grants 2020/21 (FR-2020-001)"
    kept.refresh_from_db()
    assert (kept.amount, kept.copied_from) == (900, None)
    assert verbs(new)[-1] == "allocations_copied"


def test_copy_allocations_copies_unknown_as_unknown(cast, plan):
    last = cases.round_(cast, plan, status=RoundStatus.DRAFT, allocate=False, is_recorded=True)
    actions.set_allocation(round=last, organisation=cast.maidstone, amount=None, by=cast.officer, at=cases.OPENED)
    new = cases.round_(cast, plan, status=RoundStatus.DRAFT, allocate=False, name="Next year")
    (copied,) = actions.copy_allocations(round=new, from_round=last, by=cast.officer, at=cases.SENT)

    assert (copied.amount, copied.main_amount, copied.tactical_amount) == (None, None, None)
    with pytest.raises(Refused, match="The amount is not known for Safer Maidstone Partnership"):
        actions.open_round(round=new, by=cast.officer, at=cases.SENT)


def test_open_round_freezes_owes_and_tells(cast, plan):
    round_ = cases.round_(cast, plan)

    assert list(round_.allocations.values_list("opened_amount", flat=True)) == [39661, 39661]
    assert (round_.status, round_.opened_at, round_.opened_by) == ("OPEN", cases.OPENED, cast.officer)
    assert owed(round_) == [("csp-maidstone", cases.DEADLINE), ("csp-swale", cases.DEADLINE)]
    assert told("round_opened") == [
        "contributor@maidstone.example.org",
        "lead@maidstone.example.org",
        "lead@swale.example.org",
    ]
    assert "£39,661, of which £26,440" in Notice.objects.first().body
    assert verbs(round_)[-1] == "opened"


def test_open_round_twice_is_refused(cast, plan):
    round_ = cases.round_(cast, plan)
    with pytest.raises(Refused, match="This round is open already"):
        actions.open_round(round=round_, by=cast.officer, at=cases.OPENED)
    assert len(owed(round_)) == 2


def test_close_and_reopen_round(cast, plan):
    round_ = cases.round_(cast, plan)
    cases.business_case(cast, round_)
    actions.close_round(round=round_, by=cast.officer, at=cases.SENT)
    assert owed(round_) == []
    closed = Obligation.objects.get(organisation=cast.swale)
    assert closed.closing == "The round was closed without a case"

    actions.reopen_round(round=round_, reason="Too early.", by=cast.officer, at=cases.SENT)
    assert owed(round_) == [("csp-swale", cases.DEADLINE)]
    assert Event.objects.get(verb="reopened").reason == "Too early."


def test_finish_round(cast, plan):
    round_ = cases.round_(cast, plan, status=RoundStatus.CLOSED)
    actions.finish_round(round=round_, by=cast.officer, at=cases.SENT)
    assert (round_.status, verbs(round_)[-1]) == ("DECIDED", "decided")


def test_move_deadline_moves_what_is_owed(cast, plan):
    round_ = cases.round_(cast, plan)
    day = date(2020, 5, 9)
    actions.move_deadline(round=round_, deadline_on=day, reason="As last year.", by=cast.officer, at=cases.SENT)

    assert owed(round_) == [("csp-maidstone", day), ("csp-swale", day)]
    assert Obligation.objects.first().first_due_on == cases.DEADLINE
    assert len(told("deadline_moved")) == 3


def test_accept_late_moves_one_deadline(cast, plan):
    round_ = cases.round_(cast, plan)
    until = date(2020, 4, 10)
    given = {"round": round_, "organisation": cast.swale, "by": cast.officer}
    actions.accept_late(**given, until=until, reason="Staff were ill.", at=cases.SENT)

    assert owed(round_) == [("csp-maidstone", cases.DEADLINE), ("csp-swale", until)]
    assert told("late_accepted") == ["lead@swale.example.org"]
    later = until + timedelta(days=5)
    actions.accept_late(**given, until=later, reason="Still ill.", at=cases.RETURNED)
    assert round_.late_acceptances.get().until == later
    assert owed(round_)[1] == ("csp-swale", later)


def test_accept_late_owes_again_after_the_round_was_closed(cast, plan):
    round_ = cases.round_(cast, plan, status=RoundStatus.CLOSED)
    at = cases.SENT + timedelta(days=61)
    until = at.date() + timedelta(days=5)
    actions.accept_late(
        round=round_, organisation=cast.swale, until=until, reason="Asked by letter.", by=cast.officer, at=at
    )
    assert owed(round_) == [("csp-swale", until)]


def test_cut_allocation_shows_the_excess_and_keeps_the_sum_as_opened(cast, plan):
    round_ = cases.round_(cast, plan)
    row = round_.allocations.get(organisation=cast.maidstone)
    row = actions.cut_allocation(
        allocation=row, amount=Decimal("6000"), reason="Less money.", by=cast.officer, at=cases.SENT
    )

    assert (row.amount, row.main_amount, row.tactical_amount, row.opened_amount) == (33661, 20440, 13220, 39661)
    assert queries.tactical_excess(row, plan.csp_rules) == Decimal("1999.67")
    movement = row.movements.get()
    assert (movement.kind, movement.amount, movement.by) == (MovementKind.CUT, 6000, cast.officer)
    assert len(told("allocation_changed")) == 2

    row = actions.cut_allocation(
        allocation=row,
        amount=Decimal("3000"),
        window=Window.TACTICAL,
        reason="Set right.",
        by=cast.officer,
        at=cases.SENT + timedelta(minutes=1),
    )
    assert queries.tactical_excess(row, plan.csp_rules) == 0


def test_record_exception_changes_the_pot_not_the_allocation(cast, plan):
    round_ = cases.round_(cast, plan)
    row = round_.allocations.get(organisation=cast.maidstone)
    actions.record_exception(
        allocation=row, window=Window.MAIN, amount=Decimal("500"), reason="Agreed.", by=cast.officer, at=cases.SENT
    )
    row.refresh_from_db()
    assert (row.amount, row.main_amount) == (39661, 26440)
    assert queries.pot(row, Window.MAIN) == 26940
    assert verbs(round_)[-1] == "exception_recorded"


def test_remove_allocation(cast, plan):
    round_ = cases.round_(cast, plan, status=RoundStatus.DRAFT)
    actions.remove_allocation(allocation=round_.allocations.first(), by=cast.officer, at=cases.OPENED)
    assert (round_.allocations.count(), verbs(round_)[-1]) == (1, "allocation_removed")
