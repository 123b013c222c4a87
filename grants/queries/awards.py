"""Reads about awards, their instalments and the payments that are due."""

from django.db.models import (
    Aggregate,
    Count,
    DecimalField,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Sum,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce

from plans.enums import ConditionKind, ContinuationPolicy
from records.enums import ObligationKind
from records.models import Event, Obligation

from ..enums import AwardStatus, Direction, InstalmentStatus
from ..models import Award, AwardLine, Instalment, InstalmentLine
from . import standards
from .money import LET_GO, ZERO

SUM = DecimalField(max_digits=12, decimal_places=2)
YEARLY = ContinuationPolicy.YEARLY
MET_BY = {
    ConditionKind.OFFICER_CONFIRMED: "an officer’s confirmation (see the history)",
    ConditionKind.MATCH_CONFIRMED: "an officer’s confirmation of the match funding (see the history)",
    ConditionKind.DAY_REACHED: "its day",
    ConditionKind.EVENT_HAPPENED: "the event",
    ConditionKind.RECEIPTS_ACCEPTED: "accepted receipts",
    ConditionKind.CONTINUATION_APPROVED: "the decision to go on",
}
STATES = [
    ("ready", "Ready to release"),
    ("waiting", "Waiting"),
    ("withheld", "Withheld"),
    ("released", "Released, to be paid"),
    ("paid", "Paid"),
    ("repayment", "Repayments"),
]


def _sum_of(rows, of="award"):
    """A subquery that sums `amount` of the rows of the outer award."""
    return Subquery(
        rows.filter(award=OuterRef("pk")).order_by().values(of).annotate(total=Sum("amount")).values("total")
    )


def for_list(awards):
    """Awards with what was awarded, released and returned beside them."""
    out = Instalment.objects.filter(direction=Direction.OUT, status__in=LET_GO)
    back = Instalment.objects.filter(direction=Direction.IN, status=InstalmentStatus.PAID)
    return awards.select_related("recipient", "payee", "stream", "round").annotate(
        awarded=Coalesce("recorded_amount", _sum_of(AwardLine.objects.all()), output_field=SUM),
        released=_sum_of(out),
        returned=Coalesce("recorded_returned", _sum_of(back), output_field=SUM),
    )


def with_joins(awards):
    """Awards with all that the award page reads from them."""
    return awards.select_related(
        "recipient", "payee", "stream__plan__body", "round", "rule_set", "terms", "allocation", "offered_by",
        "acceptance__by", "acceptance__terms", "proposal", "schedule", "sustainability",
    ).annotate(**standards.OF_THE_AWARD)  # fmt: skip


def lines_of(award):
    """The award's lines with their decisions and projects."""
    return award.lines.select_related("decision", "project__case").order_by("number")


def instalments_of(award):
    """The award's instalments with the lines each pays."""
    parts = InstalmentLine.objects.select_related("award_line").order_by("award_line__number")
    return (
        award.instalments.select_related("released_by", "paid_by", "event")
        .prefetch_related(Prefetch("lines", parts))
        .order_by("number")
    )


def read_years(awards):
    """Read, in one query, what was decided on the years of those awards whose rules want each year decided."""
    yearly = [award for award in awards if award.rule_set and award.rule_set.continuation == YEARLY]
    prefetch_related_objects(yearly, "continuations")


def met_by(instalment):
    """What met the condition of an instalment, in words."""
    award, kind = instalment.award, instalment.condition_row_type
    if kind == "grants.TermsAcceptance":
        return f"{award.acceptance.by.full_name}, {award.acceptance.position}"
    return MET_BY.get(instalment.condition) or "a satisfactory return"


def returns_owed(award):
    """The schedule of returns, from the obligations written when the award was made."""
    return Obligation.objects.about(award).filter(kind=ObligationKind.RETURN).order_by("due_on", "pk")


def owed_by_recipient(award):
    """Everything else that is open about the award: acceptance, repayments."""
    return Obligation.objects.open().about(award).exclude(kind=ObligationKind.RETURN).order_by("due_on", "pk")


def history(award):
    """What happened to the award and its instalments, newest first."""
    ids = Instalment.objects.filter(award=award).values("pk")
    own = Q(subject_type=Award._meta.label, subject_id=award.pk)
    parts = Q(subject_type=Instalment._meta.label, subject_id__in=ids)
    return Event.objects.filter(own | parts).order_by("-at", "-pk")


def payments(*, on, state=""):
    """Instalments of live business in one state, the earliest first; `state` empty gives all that are not over."""
    rows = Instalment.objects.select_related("award__recipient", "award__payee", "award__stream", "award__rule_set")
    rows = rows.exclude(status=InstalmentStatus.CANCELLED).annotate(held_back=standards.held_back(on))
    if state:
        rows = rows.filter(condition_of(state, on))
    return rows


def condition_of(state, on):
    """The filter of one state of a payment on a day."""
    out, scheduled = Q(direction=Direction.OUT), Q(status=InstalmentStatus.SCHEDULED)
    ready = (
        out
        & scheduled
        & Q(award__status=AwardStatus.LIVE, condition_met_at__isnull=False, due_on__lte=on, held_back=False)
    )
    return {
        "ready": ready,
        "waiting": out & scheduled & ~ready,
        "withheld": out & Q(status=InstalmentStatus.WITHHELD),
        "released": out & Q(status=InstalmentStatus.RELEASED),
        "paid": out & Q(status=InstalmentStatus.PAID),
        "repayment": Q(direction=Direction.IN),
    }[state]


def payment_counts(on):
    """How many instalments and how much money is in each state, as rows for figures; one query."""
    wanted: dict[str, Aggregate] = {}
    for state, _ in STATES:
        wanted[f"{state}_count"] = Count("pk", filter=condition_of(state, on))
        wanted[f"{state}_total"] = Sum("amount", filter=condition_of(state, on))
    found = payments(on=on).aggregate(**wanted)
    return [
        {
            "state": state,
            "label": label,
            "count": (count := found[f"{state}_count"]),
            "total": found[f"{state}_total"] or ZERO,
            "note": f"{count} payment{'' if count == 1 else 's'}",
            "url": f"?state={state}",
        }
        for state, label in STATES
    ]
