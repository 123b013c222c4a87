"""The returns before and after help, side by side; that one follows the other says nothing of the cause (B1)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, IntegerField, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Organisation
from records.calendar import london_day, working_days_between

from ..enums import SignUpStatus, Verdict
from ..models import CapacityOffer, MonitoringReturn, ReturnQuery, ReturnVersion, SignUp, SpendLine, WarningReason


@dataclass(frozen=True)
class Sent:
    """One return as it was first sent: how late, how many questions and figures that stood out, evidence of spend."""

    reference: str
    url: str
    sent_on: date
    due_on: date
    questions: int
    stood_out: int
    spend_lines: int
    with_evidence: int
    verdict: str

    @property
    def days_late(self):
        """Working days after the due day; 0 when it was in time."""
        return working_days_between(self.due_on, self.sent_on) if self.sent_on > self.due_on else 0

    @property
    def late_words(self):
        if self.sent_on <= self.due_on:
            return "In time"
        days = self.days_late
        return f"{days} working day{'' if days == 1 else 's'} late" if days else "Late"

    @property
    def evidence_words(self):
        """How many lines with spend name their evidence."""
        return f"{self.with_evidence} of {self.spend_lines}" if self.spend_lines else "No spend yet"

    @property
    def verdict_words(self):
        return Verdict(self.verdict).label if self.verdict else "Not reviewed yet"


@dataclass(frozen=True)
class Effect:
    """One organisation that came to one offer, with its last return before and its first one after."""

    offer: CapacityOffer
    organisation: Organisation
    came_at: datetime
    people: int
    before: Sent | None
    after: Sent | None


MEASURES = (
    ("Sent", "late_words"),
    ("Questions asked", "questions"),
    ("Figures that had to be explained", "stood_out"),
    ("Spend lines with evidence", "evidence_words"),
    ("Verdict", "verdict_words"),
)


def effects(*, offer=None, organisations=None):
    """Every organisation that came to an offer, in the order of its first time there; in three questions."""
    came = SignUp.objects.filter(attended=True, status=SignUpStatus.BOOKED)
    if offer is not None:
        came = came.filter(session__offer=offer)
    if organisations is not None:
        came = came.filter(organisation__in=organisations)
    grouped = (
        came.values("session__offer_id", "organisation_id")
        .annotate(first=Min("session__starts_at"), people=Count("person", distinct=True))
        .order_by("first", "session__offer_id", "organisation_id")
    )
    pairs = list(grouped)
    bodies = Organisation.objects.in_bulk({pair["organisation_id"] for pair in pairs})
    offers = CapacityOffer.objects.in_bulk({pair["session__offer_id"] for pair in pairs})
    sent = returns_of(list(bodies)) if pairs else {}
    return [
        Effect(
            offer=offers[pair["session__offer_id"]],
            organisation=bodies[pair["organisation_id"]],
            came_at=pair["first"],
            people=pair["people"],
            before=around(sent.get(pair["organisation_id"], []), pair["first"])[0],
            after=around(sent.get(pair["organisation_id"], []), pair["first"])[1],
        )
        for pair in pairs
    ]


def around(sent, moment):
    """The last return first sent before the moment and the first after; `sent` is [(moment, Sent)], oldest first."""
    before = [row for at, row in sent if at < moment]
    after = [row for at, row in sent if at >= moment]
    return (before[-1] if before else None), (after[0] if after else None)


def returns_of(organisation_ids):
    """{organisation: [(first sent, Sent)]}, oldest first, in one question."""
    whose = Coalesce("award__recipient_id", "contract__provider_id")
    first = ReturnVersion.objects.filter(monitoring_return=OuterRef("pk"), number=1)
    spent = Q(spent__gt=0)
    rows = (
        MonitoringReturn.objects.annotate(
            whose=whose,
            first_at=Subquery(first.values("at")[:1]),
            questions=_count(ReturnQuery.objects.all()),
            stood_out=_count(WarningReason.objects.all()),
            spend=_count(SpendLine.objects.filter(spent)),
            proven=_count(SpendLine.objects.filter(spent).exclude(evidence="")),
            due=F("obligation__due_on"),
        )
        .filter(whose__in=organisation_ids, first_at__isnull=False)
        .order_by("first_at", "pk")
    )
    found = defaultdict(list)
    for row in rows:
        found[row.whose].append((row.first_at, _sent(row)))
    return found


def _count(rows):
    of_return = rows.filter(monitoring_return=OuterRef("pk")).order_by().values("monitoring_return")
    return Coalesce(Subquery(of_return.annotate(n=Count("pk")).values("n")), 0, output_field=IntegerField())


def _sent(row):
    return Sent(
        reference=row.reference,
        url=row.get_absolute_url(),
        sent_on=london_day(row.first_at),
        due_on=row.due,
        questions=row.questions,
        stood_out=row.stood_out,
        spend_lines=row.spend,
        with_evidence=row.proven,
        verdict=row.verdict,
    )


def table(effect):
    """Rows for the page: (measure, before, after); an empty word where there is no return."""
    return [
        (
            label,
            getattr(effect.before, name) if effect.before else "",
            getattr(effect.after, name) if effect.after else "",
        )
        for label, name in MEASURES
    ]
