"""The rounds of a plan's year, whom they called, and what each becomes in the next."""

from plans.enums import StreamStanding
from plans.queries.roll_over import moved, moved_end, moved_to_work, relabelled

from ..models import Allocation, Award, Round, RoundInvitation
from .rounds import allocations_of

__all__ = [
    "allocations_of",
    "invited",
    "last_award",
    "moved",
    "moved_end",
    "moved_to_work",
    "organisations_that_ended",
    "relabelled",
    "rounds_to_carry",
]


def rounds_to_carry(plan):
    """Rounds of the plan's own year whose stream goes on and that nothing follows yet."""
    rows = Round.objects.filter(
        stream__plan=plan, stream__standing=StreamStanding.CURRENT, followed_by__isnull=True,
        starts_on__gte=plan.starts_on, starts_on__lte=plan.ends_on,
    )  # fmt: skip
    return rows.select_related("stream", "rule_set", "funding_source").order_by("stream__order", "starts_on", "pk")


def invited(round):
    return RoundInvitation.objects.filter(round=round).select_related("organisation").order_by("organisation__name")


def last_award(round, organisation):
    """The award an organisation has of a round, which a renewal would continue."""
    rows = Award.objects.filter(round=round, recipient=organisation, is_recorded=False)
    return rows.order_by("-made_at", "-pk").first()


def organisations_that_ended(plan):
    """Organisations with an allocation or an invitation of the year that are closed, with those that follow them."""
    rounds = rounds_to_carry(plan)
    rows = Allocation.objects.filter(round__in=rounds, organisation__closed_on__isnull=False)
    called = RoundInvitation.objects.filter(round__in=rounds, organisation__closed_on__isnull=False)
    found = [row.organisation for row in rows.select_related("organisation")]
    found += [row.organisation for row in called.select_related("organisation")]
    return list(dict.fromkeys(found))
