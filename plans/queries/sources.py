"""What a source of funds holds: as first given, and every movement since, in pounds (X2)."""

from decimal import ROUND_DOWN, Decimal

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.fields import DecimalField
from django.db.models.functions import Coalesce

from records.models import Event

from ..enums import SourceChange
from ..models import CommitmentCost, CommitmentLine, FundingSource, SourceMovement

NOUGHT = Decimal("0.00")
PENNY = Decimal("0.01")
POUNDS = DecimalField(max_digits=14, decimal_places=2)
ENTERED = "added"
COMES_IN = (SourceChange.INCREASED, SourceChange.CARRIED_IN)


def signed():
    """The amount of a movement: what comes in is positive, what goes out negative."""
    return Case(When(kind__in=COMES_IN, then=F("amount")), default=-F("amount"), output_field=POUNDS)


def with_held(rows, *, by=None):
    """Sources with `moved` and `held`, which is null where nobody has published what was given; `by` a day."""
    moves = SourceMovement.objects.filter(funding_source=OuterRef("pk"))
    if by is not None:
        moves = moves.filter(on__lte=by)
    total = moves.order_by().values("funding_source").annotate(total=Sum(signed())).values("total")
    moved = Coalesce(Subquery(total, output_field=POUNDS), Value(NOUGHT), output_field=POUNDS)
    return rows.annotate(moved=moved).annotate(held=F("amount") + F("moved"))


def sources(plan=None):
    """Sources of funds with what they hold, in the order of the plan page."""
    rows = FundingSource.objects.select_related("plan", "follows")
    rows = rows.filter(plan=plan) if plan else rows
    return with_held(rows).order_by("is_example", "funder", "starts_on", "pk")


def held(funding_source):
    """What the source holds now, in pounds; None where it is not known."""
    return with_held(FundingSource.objects.filter(pk=funding_source.pk)).values_list("held", flat=True).get()


def ceiling(funding_source, held):
    """What promises from the source may come to, with the over-commitment it allows; None where nothing is known."""
    if held is None:
        return None
    more = held * funding_source.over_commitment_percent / 100
    return held + more.quantize(PENNY, ROUND_DOWN)


def movements_of(funding_source):
    """Every movement of the source, newest first."""
    rows = SourceMovement.objects.filter(funding_source=funding_source).select_related("other", "by")
    return rows.order_by("-on", "-pk")


def carried_out(funding_source):
    """What was carried over from the source already, in pounds."""
    rows = SourceMovement.objects.filter(funding_source=funding_source, kind=SourceChange.CARRIED_OUT)
    return rows.aggregate(total=Sum("amount"))["total"] or NOUGHT


def followers_of(funding_source):
    """Sources that money of this one may be carried over into: what follows it, or the same funder's later ones."""
    rows = FundingSource.objects.filter(purpose=funding_source.purpose, is_example=funding_source.is_example)
    later = rows.filter(funder=funding_source.funder, starts_on__gt=funding_source.starts_on)
    named = rows.filter(follows=funding_source)
    return (later | named).exclude(pk=funding_source.pk).order_by("starts_on", "pk")


def standing():
    """Commitment lines that count: decided, or loaded as published. One entered on screen counts once it is decided."""
    label = CommitmentLine._meta.label
    entered = Event.objects.filter(subject_type=label, subject_id=OuterRef("pk"), verb=ENTERED)
    return CommitmentLine.objects.filter(Q(decision__isnull=False) | ~Exists(entered))


def promised_in_lines(funding_source):
    """What commitment lines take from the source: their sum, or their costs so far where no sum is known."""
    rows = with_costs(standing().filter(funding_source=funding_source))
    return rows.aggregate(total=Sum(Coalesce("amount", "costs_total")))["total"] or NOUGHT


def with_costs(rows):
    """Commitment lines with `costs_total`, what has arisen case by case so far; null where nothing has."""
    costs = CommitmentCost.objects.filter(commitment=OuterRef("pk")).order_by().values("commitment")
    return rows.annotate(costs_total=Subquery(costs.annotate(total=Sum("amount")).values("total"), output_field=POUNDS))
