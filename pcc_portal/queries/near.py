"""What is funded near something else, by plain facts: provider, stream, purpose, area, in the same days (R3, S2).

Similar words are not looked at: that is the work of the overlap finder.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from accounts.models import Organisation
from grants.enums import AwardStatus
from grants.models import Award
from plans.enums import StreamPurpose
from plans.models import CommitmentLine, Stream
from services import queries as services_queries
from services.enums import ContractStatus, OversightStatus
from services.models import Contract, OversightActivity

MOST = 25
FUNDED = (AwardStatus.OFFERED, AwardStatus.LIVE, AwardStatus.SUSPENDED, AwardStatus.RECORDED)
PLANNED = (OversightStatus.PROPOSED, OversightStatus.LIVE)


@dataclass(frozen=True)
class Near:
    """One thing that is funded near, why it is listed, and how strong the reasons are. `amount` None is unknown."""

    kind: str
    key: str
    reference: str
    name: str
    organisation: Organisation | None
    starts_on: date | None
    ends_on: date | None
    amount: Decimal | None
    url: str
    reasons: tuple[str, ...]

    @property
    def who(self):
        return self.organisation.name if self.organisation else ""

    @property
    def why(self):
        said = ", ".join(self.reasons)
        return said[:1].upper() + said[1:]

    @property
    def weight(self):
        """The same provider counts most, then the same stream, then each further reason."""
        return 4 * ("same provider" in self.reasons) + 2 * ("same funding stream" in self.reasons) + len(self.reasons)


@dataclass(frozen=True)
class Nearby:
    """The nearest ones and how many there are."""

    rows: tuple[Near, ...]
    count: int

    @property
    def as_record(self):
        return [[row.reference, row.name, row.why] for row in self.rows]


@dataclass(frozen=True)
class Place:
    """Where to look from: a stream and who delivers. Streams for other purposes have nothing in common by purpose."""

    stream: Stream | None
    provider: Organisation | None
    areas: frozenset[str] = field(init=False)

    def __post_init__(self):
        object.__setattr__(self, "areas", frozenset(self.provider.areas if self.provider else ()))

    @property
    def purpose(self):
        if self.stream is None or self.stream.purpose == StreamPurpose.OTHER:
            return None
        return self.stream.purpose

    def kin(self, who):
        """Rows with something in common; `who` is the field that names the organisation."""
        found = Q(pk__in=[])
        if self.provider:
            found |= Q(**{who: self.provider})
        if self.stream:
            found |= Q(stream=self.stream)
        if self.purpose:
            found |= Q(stream__purpose=self.purpose)
        if self.areas:
            found |= Q(**{f"{who}__areas__overlap": sorted(self.areas)})
        return found

    def reasons(self, stream, organisation):
        """What something of this stream and organisation has in common with the place, the strongest first."""
        found = []
        if self.provider and organisation and organisation.pk == self.provider.pk:
            found.append("same provider")
        if self.stream and stream and stream.pk == self.stream.pk:
            found.append("same funding stream")
        elif self.purpose and stream and stream.purpose == self.purpose:
            found.append(f"same purpose ({stream.get_purpose_display().lower()})")
        if organisation and (shared := self.areas & set(organisation.areas)):
            found.append(f"same area ({', '.join(sorted(shared))})")
        return tuple(found)


def near(place, *, starts_on, ends_on, leave_out=(), most=MOST):
    """What is funded on a day of the period and has something in common with the place, the nearest first.

    `ends_on` None means that no end is known. `leave_out` are the references of what it is asked for.
    """
    last = ends_on or date.max
    rows = [*awards(place), *contracts(place), *activities(place), *commitments(place)]
    rows = [row for row in rows if row.reference not in leave_out and _meets(row, starts_on, last)]
    rows.sort(key=lambda row: (-row.weight, row.reference, row.key))
    return Nearby(tuple(rows[:most]), len(rows))


def _meets(row, starts_on, last):
    return (row.starts_on or date.min) <= last and (row.ends_on or date.max) >= starts_on


def awards(place):
    """Awards in force; one whose days are not published counts for its plan's."""
    rows = Award.objects.filter(place.kin("recipient"), status__in=FUNDED)
    rows = rows.select_related("stream__plan", "recipient").annotate(lines_total=Sum("lines__amount"))
    for row in rows.order_by("reference"):
        plan, amount = row.stream.plan, row.recorded_amount if row.is_recorded else row.lines_total or Decimal(0)
        days = (row.starts_on or plan.starts_on, row.ends_on or plan.ends_on)
        yield _near(place, "award", row, row.title, row.stream, row.recipient, days, amount)


def contracts(place):
    """Contracts that run, with what they are worth a year."""
    rows = Contract.objects.filter(place.kin("provider"), status=ContractStatus.LIVE)
    rows = rows.select_related("stream", "provider").prefetch_related("options", "variations")
    for row in rows.order_by("reference"):
        days = (row.starts_on, services_queries.term(row).ends_on)
        yield _near(place, "contract", row, row.name, row.stream, row.provider, days, row.annual_value)


def activities(place):
    """Activities of the oversight register that are proposed or live."""
    rows = OversightActivity.objects.filter(place.kin("provider"), status__in=PLANNED)
    for row in rows.select_related("stream", "provider").order_by("reference"):
        days = (row.starts_on, row.ends_on)
        yield _near(place, "activity", row, row.name, row.stream, row.provider, days, row.amount)


def commitments(place):
    """Money promised without an award, for the days of its plan."""
    rows = CommitmentLine.objects.filter(place.kin("recipient")).select_related("stream__plan", "recipient")
    for row in rows.order_by("title", "pk"):
        plan, reasons = row.stream.plan, place.reasons(row.stream, row.recipient)
        yield Near(
            kind="commitment",
            key=row.key,
            reference=row.stream.number,
            name=row.title,
            organisation=row.recipient,
            starts_on=plan.starts_on,
            ends_on=plan.ends_on,
            amount=row.amount,
            url=row.stream.get_absolute_url(),
            reasons=reasons,
        )


def _near(place, kind, row, name, stream, organisation, days, amount):
    return Near(
        kind=kind,
        key=row.reference,
        reference=row.reference,
        name=name,
        organisation=organisation,
        starts_on=days[0],
        ends_on=days[1],
        amount=amount,
        url=row.get_absolute_url(),
        reasons=place.reasons(stream, organisation),
    )
