"""Every write about rounds and allocations (C1, C3, C5, M1)."""

from decimal import Decimal

from django.db import transaction

from plans.actions import freeze_rules
from plans.enums import MoneySetBy
from records import obligations, workflow
from records.actions import log, next_reference
from records.calendar import london_day
from records.refusals import refuse_if
from records.words import day_in_words, pounds

from ..enums import ROUND_MOVES, MovementKind, RoundStatus, Window
from ..models import Allocation, AllocationMovement, LateAcceptance, Round
from ..notices import rounds as notices
from ..queries import bidding
from ..queries import rounds as queries
from ..rules import rounds as rules
from .case_owing import close_all, owe_business_case

ROUND_FIELDS = (
    "stream",
    "rule_set",
    "funding_source",
    "budget",
    "name",
    "starts_on",
    "ends_on",
    "opens_on",
    "deadline_on",
    "tactical_opens_on",
    "tactical_closes_on",
    "guidance",
    "source",
)
KEEP = object()


@transaction.atomic
def start_round(*, stream, rule_set, name, starts_on, ends_on, opens_on, deadline_on, by, at, key="", **details):
    """Start a round in draft; `details`: funding source, tactical window, guidance, and marks of data."""
    refuse_if(rules.why_not_start_round(stream, rule_set=rule_set, user=by, on=london_day(at)), stream)
    reference = next_reference("FR", starts_on.year)
    round_ = Round.objects.create(
        reference=reference,
        key=key or reference.lower(),
        stream=stream,
        rule_set=rule_set,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        opens_on=opens_on,
        deadline_on=deadline_on,
        **details,
    )
    log(round_, "started", by=by, at=at, summary=f"Round started: {name}")
    return round_


@transaction.atomic
def save_round(*, round, by, at, **details):
    """Change what a round in draft says; only the fields given."""
    refuse_if(rules.why_not_edit_round(round, user=by, on=london_day(at)), round)
    changes = {
        name: [str(getattr(round, name) or ""), str(value or "")]
        for name, value in details.items()
        if name in ROUND_FIELDS and getattr(round, name) != value
    }
    for name in changes:
        setattr(round, name, details[name])
    if changes:
        round.save(update_fields=sorted(changes))
        log(round, "saved", by=by, at=at, summary="Round changed", changes=changes)
    return round


@transaction.atomic
def set_allocation(
    *, round, organisation, amount, by, at, main_amount=KEEP, tactical_amount=KEEP, formula_amount=None, **details
):
    """Set what one organisation is allocated; parts not given follow the rule set (C5).

    `details`: last_year_amount, adjustment, basis, provenance, source, copied_from. The adjustment
    is what leads from the formula result (or else last year's sum) to the final amount (C1).
    """
    refuse_if(rules.why_not_set_allocation(round, user=by, on=london_day(at)), round)
    main, tactical = queries.default_split(amount, round.rule_set)
    main = main if main_amount is KEEP else main_amount
    tactical = tactical if tactical_amount is KEEP else tactical_amount
    refuse_if(rules.why_not_amounts(round.rule_set, amount=amount, main=main, tactical=tactical), round)
    known = queries.allocation_for(round, organisation)
    last_year = details.get("last_year_amount", known.last_year_amount if known else None)
    if formula_amount is None and round.rule_set.money_set_by == MoneySetBy.FORMULA:
        formula_amount = known.formula_amount if known else None
    said = details.get("provenance", known.provenance if known else "")
    wrong = rules.why_not_this_sum(
        round.rule_set, amount=amount, last_year=last_year, formula=formula_amount, reason=said
    )
    refuse_if(wrong, round)
    start = formula_amount if formula_amount is not None else last_year
    if amount is not None and start is not None:
        details.setdefault("adjustment", amount - start)
    fields = {
        **details,
        "amount": amount,
        "main_amount": main,
        "tactical_amount": tactical,
        "formula_amount": formula_amount,
    }
    allocation, _ = Allocation.objects.update_or_create(round=round, organisation=organisation, defaults=fields)
    log(
        round,
        "allocation_set",
        by=by,
        at=at,
        summary=f"{organisation}: {pounds(amount)} (main {pounds(main)}, tactical {pounds(tactical)})",
        reason=details.get("provenance", ""),
    )
    return allocation


@transaction.atomic
def remove_allocation(*, allocation, by, at):
    """Take an organisation out of a round that is still being prepared."""
    round_ = allocation.round
    refuse_if(rules.why_not_set_allocation(round_, user=by, on=london_day(at)), round_)
    log(round_, "allocation_removed", by=by, at=at, summary=f"{allocation.organisation} taken out of the round")
    allocation.delete()
    return round_


@transaction.atomic
def copy_allocations(*, round, from_round, by, at):
    """Award the same as last year (C1): copy each sum with where it came from; none is overwritten.

    Where a formula sets the money, last year's sums are what it starts from and the sums themselves stay open.
    """
    by_formula = round.rule_set.money_set_by == MoneySetBy.FORMULA
    refuse_if(rules.why_not_copy(round, from_round=from_round, user=by, on=london_day(at)), round)
    invited = set(round.allocations.values_list("organisation_id", flat=True))
    made = []
    for last in queries.allocations_of(from_round):
        if last.organisation_id in invited or last.organisation.closed_on:
            continue
        made.append(
            set_allocation(
                round=round,
                organisation=last.organisation,
                amount=None if by_formula else last.amount,
                formula_amount=None if by_formula else last.formula_amount,
                last_year_amount=last.amount,
                copied_from=last,
                basis=last.basis,
                provenance="" if by_formula else f"{rules.SAME}{from_round.name} ({from_round.reference})",
                source=last.source,
                by=by,
                at=at,
            )
        )
    summary = f"{len(made)} allocation{'' if len(made) == 1 else 's'} copied from {from_round.name}"
    log(round, "allocations_copied", by=by, at=at, summary=summary)
    return made


@transaction.atomic
def open_round(*, round, by, at):
    """Show the round to those it is for: rules and sums are frozen, each invited owes a business case (C5, X1, X4)."""
    allocations = list(queries.allocations_of(round).select_for_update(of=("self",)))
    refuse_if(rules.why_not_open(round, user=by, on=london_day(at)), round)
    workflow.move(
        round,
        RoundStatus.OPEN,
        moves=ROUND_MOVES,
        verb="opened",
        by=by,
        at=at,
        summary="Round opened",
        opened_at=at,
        opened_by=by,
    )
    freeze_rules(rule_set=round.rule_set, by=by, at=at)
    for allocation in allocations:
        allocation.opened_amount = allocation.amount
        allocation.save(update_fields=["opened_amount"])
        owe_business_case(allocation, due_on=round.deadline_on)
        notices.round_opened(round, allocation=allocation, at=at)
    for invitation in bidding.invitations_of(round):
        owe_business_case(invitation, due_on=round.deadline_on)
        notices.invited(round, invitation=invitation, at=at)
    return round


@transaction.atomic
def close_round(*, round, by, at):
    """Take no more cases; what was never sent in is no longer owed."""
    refuse_if(rules.why_not_close(round, user=by, on=london_day(at)), round)
    workflow.move(round, RoundStatus.CLOSED, moves=ROUND_MOVES, verb="closed", by=by, at=at, summary="Round closed")
    close_all(round, at=at, by=by, closing="The round was closed without a case")
    return round


@transaction.atomic
def reopen_round(*, round, reason, by, at):
    """Open a closed round again, with the reason; those without a case owe one again."""
    refuse_if(rules.why_not_reopen(round, user=by, on=london_day(at), reason=reason), round)
    workflow.move(
        round,
        RoundStatus.OPEN,
        moves=ROUND_MOVES,
        verb="reopened",
        by=by,
        at=at,
        reason=reason,
        summary="Round opened again",
    )
    for subject in bidding.owers_without_a_case(round):
        owe_business_case(subject, due_on=max(round.deadline_on, london_day(at)))
    return round


@transaction.atomic
def finish_round(*, round, by, at):
    """Record that everything in the round is decided."""
    refuse_if(rules.why_not_finish(round, user=by, on=london_day(at)), round)
    return workflow.move(
        round, RoundStatus.DECIDED, moves=ROUND_MOVES, verb="decided", by=by, at=at, summary="Round decided"
    )


@transaction.atomic
def move_deadline(*, round, deadline_on, reason, by, at):
    """Move the deadline of an open round for everybody; reminders start afresh (C3, X4)."""
    refuse_if(
        rules.why_not_move_deadline(round, user=by, on=london_day(at), deadline_on=deadline_on, reason=reason), round
    )
    was, round.deadline_on = round.deadline_on, deadline_on
    round.save(update_fields=["deadline_on"])
    for obligation in queries.case_obligations(round).filter(due_on=was):
        obligations.move_due(obligation, due_on=deadline_on, by=by, at=at, reason=reason)
    log(
        round,
        "deadline_moved",
        by=by,
        at=at,
        reason=reason,
        summary=f"Deadline moved from {day_in_words(was)} to {day_in_words(deadline_on)}",
        changes={"deadline_on": [was.isoformat(), deadline_on.isoformat()]},
    )
    notices.deadline_moved(round, reason=reason, at=at)
    return round


@transaction.atomic
def accept_late(*, round, organisation, until, reason, by, at):
    """Let one organisation send its case after the deadline, until a day and for a reason (C3)."""
    refuse_if(
        rules.why_not_accept_late(
            round, user=by, on=london_day(at), organisation=organisation, until=until, reason=reason
        ),
        round,
    )
    acceptance, _ = LateAcceptance.objects.update_or_create(
        round=round, organisation=organisation, defaults={"until": until, "reason": reason, "by": by, "at": at}
    )
    mine = [subject for subject in bidding.owers_without_a_case(round) if subject.organisation_id == organisation.pk]
    owed = queries.case_obligations(round).filter(organisation=organisation).first()
    if owed and owed.due_on != until:
        obligations.move_due(owed, due_on=until, by=by, at=at, reason=reason)
    elif not owed and mine:
        owe_business_case(mine[0], due_on=until)
    log(
        round,
        "late_accepted",
        by=by,
        at=at,
        reason=reason,
        summary=f"A late business case of {organisation} is accepted until {day_in_words(until)}",
    )
    notices.late_accepted(round, organisation=organisation, until=until, reason=reason, at=at)
    return acceptance


def _locked(allocation):
    return (
        Allocation.objects.select_for_update(of=("self",))
        .select_related("round__rule_set", "organisation")
        .get(pk=allocation.pk)
    )


@transaction.atomic
def cut_allocation(*, allocation, amount, reason, by, at, window=Window.MAIN):
    """Take money out of one part of an allocation; past cases stand, new tactical ones may be blocked (C5)."""
    allocation = _locked(allocation)
    refuse_if(
        rules.why_not_cut(allocation, user=by, on=london_day(at), amount=amount, window=window, reason=reason),
        allocation.round,
    )
    part = "main_amount" if window == Window.MAIN else "tactical_amount"
    allocation.amount -= amount
    setattr(allocation, part, getattr(allocation, part) - amount)
    allocation.save(update_fields=["amount", part])
    return _moved(allocation, MovementKind.CUT, window=window, amount=amount, reason=reason, by=by, at=at)


@transaction.atomic
def record_exception(*, allocation, window, amount, reason, by, at):
    """Record that one part of an allocation may be exceeded by a sum, and why."""
    allocation = _locked(allocation)
    refuse_if(
        rules.why_not_record_exception(
            allocation, user=by, on=london_day(at), amount=amount, window=window, reason=reason
        ),
        allocation.round,
    )
    return _moved(allocation, MovementKind.EXCEPTION, window=window, amount=amount, reason=reason, by=by, at=at)


def _moved(allocation, kind, *, window, amount, reason, by, at):
    """The row, the event and the notice of a changed allocation."""
    AllocationMovement.objects.create(
        allocation=allocation, kind=kind, window=window, amount=amount, reason=reason, by=by, at=at
    )
    verb = "cut" if kind == MovementKind.CUT else "exception_recorded"
    what = "cut by" if kind == MovementKind.CUT else "may be exceeded by"
    part = "Main part" if window == Window.MAIN else "Tactical pot"
    summary = f"{part} of {allocation.organisation} {what} {pounds(Decimal(amount))}"
    log(allocation.round, verb, by=by, at=at, reason=reason, summary=summary)
    notices.allocation_changed(allocation, summary=summary, reason=reason, at=at)
    return allocation
