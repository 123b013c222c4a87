"""Reads of the horizon: opportunities, their bids and what is still missing (O1, O2)."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Prefetch, Q

from records import documents
from records.calendar import DAY

from ..enums import OpportunityStatus as Status
from ..models import Opportunity, OpportunityPartner, OpportunityTask

SECTION = "bid"
SOON = 28 * DAY


@dataclass(frozen=True)
class Bid:
    """The workspace of one opportunity: who bids with us, what is to be done, what the match comes to."""

    partners: tuple
    tasks: tuple
    documents: tuple
    match_agreed: Decimal
    match_missing: Decimal | None

    @property
    def open_tasks(self):
        return tuple(task for task in self.tasks if not task.done_on)


def opportunities():
    """Every opportunity with what a row of the list shows, the soonest to close first."""
    undone = Count("tasks", filter=Q(tasks__done_on__isnull=True), distinct=True)
    rows = Opportunity.objects.select_related("stream", "lead", "plan", "funding_source")
    rows = rows.annotate(open_tasks=undone, partner_count=Count("partners", distinct=True))
    return rows.order_by(F("closes_on").asc(nulls_last=True), "reference")


def one(reference):
    """The opportunity of that reference with all its page shows, as a queryset."""
    partners = OpportunityPartner.objects.select_related("organisation").order_by("pk")
    return opportunities().filter(reference=reference).prefetch_related("priorities", Prefetch("partners", partners))


def match_agreed(partners):
    """What partners who have agreed bring, in pounds."""
    return sum((row.brings for row in partners if row.agreed_on and row.brings is not None), Decimal("0.00"))


def bid_of(opportunity):
    """The workspace; three queries at most."""
    partners = tuple(opportunity.partners.all())
    agreed = match_agreed(partners)
    missing = None if opportunity.match_needed is None else max(opportunity.match_needed - agreed, Decimal("0.00"))
    return Bid(
        partners,
        tuple(OpportunityTask.objects.filter(opportunity=opportunity).order_by("done_on", "due_on", "number")),
        tuple(documents.about(opportunity, SECTION)),
        agreed,
        missing,
    )


def counts():
    """How many opportunities stand where, in the order of the statuses: [(status, label, number)]."""
    found = dict(Opportunity.objects.order_by().values("status").annotate(n=Count("pk")).values_list("status", "n"))
    return [(status.value, status.label, found.get(status.value, 0)) for status in Status]


def closing_soon(on):
    """Opportunities looked at or bid for whose last day falls within four weeks."""
    return opportunities().filter(
        status__in=[Status.HORIZON, Status.BIDDING], closes_on__gte=on, closes_on__lte=on + SOON
    )
