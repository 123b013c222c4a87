"""The rounds of a year carried into the next: in draft, a year on, with those they call and what they set aside."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from plans.enums import MoneySetBy
from records.actions import log

from ..models import Allocation, AllocationFactor, Round, RoundInvitation, RoundSource
from ..queries import roll_over as queries
from . import rounds

SAME, AFRESH, NOTHING = "SAME", "AFRESH", "NOTHING"


@dataclass(frozen=True)
class RoundChoice:
    """What becomes of one round: its new days, and whether its sums are copied, worked out afresh or left open."""

    round: Round
    opens_on: date
    deadline_on: date
    money: str = SAME


@transaction.atomic
def roll_over_round(*, choice, carried, months, by, at):
    """Start the round that follows in the new plan; None where its stream or its rules did not go along."""
    was = choice.round
    stream, rule_set = carried.streams.get(was.stream_id), carried.rule_sets.get(was.rule_set_id)
    if stream is None or rule_set is None:
        return None
    made = rounds.start_round(
        stream=stream,
        rule_set=rule_set,
        funding_source=carried.sources.get(was.funding_source_id),
        name=queries.relabelled(was.name, months),
        starts_on=queries.moved(was.starts_on, months),
        ends_on=queries.moved_end(was.ends_on, months),
        opens_on=choice.opens_on,
        deadline_on=choice.deadline_on,
        tactical_opens_on=queries.moved_to_work(was.tactical_opens_on, months),
        tactical_closes_on=queries.moved_to_work(was.tactical_closes_on, months),
        guidance=was.guidance,
        budget=was.budget if choice.money == SAME else None,
        is_example=was.is_example,
        follows=was,
        by=by,
        at=at,
    )
    _copy_shares(was, made, carried)
    _copy_invitations(was, made, by=by, at=at)
    _copy_money(was, made, choice, by=by, at=at)
    log(made, "carried_over", by=by, at=at, summary=f"Carried over from {was.name} ({was.reference})"[:500])
    return made


def _copy_shares(was, made, carried):
    for share in was.shares.all():
        if source := carried.sources.get(share.funding_source_id):
            RoundSource.objects.create(round=made, funding_source=source, share_percent=share.share_percent)


def _copy_invitations(was, made, *, by, at):
    """Those who were invited and still exist, each with the award that a renewal would continue."""
    for row in queries.invited(was):
        if not row.organisation.closed_on:
            award = queries.last_award(was, row.organisation)
            RoundInvitation.objects.create(round=made, organisation=row.organisation, continues=award, at=at, by=by)


def _copy_money(was, made, choice, *, by, at):
    """The same sums as last year with where they came from, or rows without a sum for the formula to fill."""
    if choice.money == SAME:
        rounds.copy_allocations(round=made, from_round=was, by=by, at=at)
    elif choice.money == AFRESH and made.rule_set.money_set_by == MoneySetBy.FORMULA:
        for row in queries.allocations_of(was):
            if not row.organisation.closed_on:
                copy = rounds.set_allocation(
                    round=made,
                    organisation=row.organisation,
                    amount=None,
                    last_year_amount=row.amount,
                    copied_from=row,
                    provenance=f"To be worked out afresh; last year {was.name} ({was.reference})"[:300],
                    by=by,
                    at=at,
                )
                _copy_factors(row, copy, made)


def _copy_factors(was, made, round_):
    """The values that went into last year's formula, for the same factors of this year's, to be brought up to date."""
    formula = round_.rule_set.formulas.order_by("-number").first()
    weights = {weight.key: weight for weight in formula.weights.all()} if formula else {}
    for factor in AllocationFactor.objects.filter(allocation=was).select_related("weight"):
        if weight := weights.get(factor.weight.key):
            AllocationFactor.objects.create(
                allocation=Allocation(pk=made.pk), weight=weight, value=factor.value, source=factor.source
            )
