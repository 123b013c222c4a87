"""The decision on a commitment line, held against what its source can still promise (V8, X2)."""

from django.db import transaction

from grants.rules import sources as source_rules
from plans.actions import commitments
from plans.actions.sources import lock_sources
from plans.queries import sources as plan_sources
from records.enums import APPROVING

from ..queries import money_sources


@transaction.atomic
def decide_commitment(*, commitment, outcome, amount, reason, by, at):
    """Decide on the line; its source is locked first, and asked whether it can promise the sum."""
    above = ""
    source = commitment.funding_source
    if source is not None and outcome in APPROVING and amount is not None:
        [source] = lock_sources(source)
        held = plan_sources.held(source)
        if held is not None:
            counted = plan_sources.standing().filter(pk=commitment.pk).exists()
            used = money_sources.used(source) - ((counted and commitment.amount) or money_sources.NOUGHT)
            above = source_rules.why_not_above(source, amount=amount, held_now=held, used=used)
    return commitments.decide_commitment(
        commitment=commitment, outcome=outcome, amount=amount, reason=reason, by=by, at=at, above=above
    )
