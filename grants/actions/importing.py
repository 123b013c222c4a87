"""Rounds and allocations that come from a plan file, past ones and ones still to open (house.md, part 7).

A recorded round is a fact of the past: it is over, tells nobody and is owed nothing. Any other round
of a plan file is an ordinary draft, which an officer opens.
"""

from django.db import transaction

from records.actions import log, next_reference
from records.words import pounds

from ..enums import RoundStatus
from ..models import Allocation, Round
from . import rounds


@transaction.atomic
def import_round(*, key, stream, rule_set, name, starts_on, ends_on, is_recorded, at, by=None, **details):
    """Write one round of a plan file; `details` as for `start_round`, days a recorded one may lack included."""
    if not is_recorded:
        return rounds.start_round(
            key=key,
            stream=stream,
            rule_set=rule_set,
            name=name,
            starts_on=starts_on,
            ends_on=ends_on,
            by=by,
            at=at,
            **details,
        )
    round_ = Round.objects.create(
        reference=next_reference("FR", starts_on.year),
        key=key,
        stream=stream,
        rule_set=rule_set,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        status=RoundStatus.DECIDED,
        is_recorded=True,
        **details,
    )
    log(round_, "recorded", by=by, at=at, summary=f"Past round recorded: {name}")
    return round_


@transaction.atomic
def import_allocation(*, round, organisation, amount, main_amount, tactical_amount, at, by=None, **details):
    """Write one allocation of a plan file; the sum of a past one is also its sum as opened (C5)."""
    if not round.is_recorded:
        return rounds.set_allocation(
            round=round,
            organisation=organisation,
            amount=amount,
            main_amount=main_amount,
            tactical_amount=tactical_amount,
            by=by,
            at=at,
            **details,
        )
    allocation = Allocation.objects.create(
        round=round,
        organisation=organisation,
        amount=amount,
        opened_amount=amount,
        main_amount=main_amount,
        tactical_amount=tactical_amount,
        **details,
    )
    summary = f"Past allocation recorded: {organisation}, {pounds(amount)}"
    log(round, "allocation_recorded", by=by, at=at, summary=summary)
    return allocation
