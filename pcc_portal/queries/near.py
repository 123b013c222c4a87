"""What is funded near something else, by plain facts: the same provider, stream or purpose in the same days (R3, S2).

Similar words are not looked at: that is the work of the overlap finder.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from accounts.models import Organisation
from grants.enums import AwardStatus
from grants.models import Award
from plans.models import Stream
from services import queries as services_queries
from services.enums import ContractStatus, OversightStatus
from services.models import Contract, OversightActivity

MOST = 25
FUNDED = (AwardStatus.OFFERED, AwardStatus.LIVE, AwardStatus.SUSPENDED, AwardStatus.RECORDED)
ENDLESS = date.max


@dataclass(frozen=True)
class Near:
    """One thing that is funded near, and why it is listed."""

    reference: str
    name: str
    who: str
    url: str
    why: str
    weight: int


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
    """Where to look from: a stream, who delivers, and the days."""

    stream: Stream | None
    provider: Organisation | None
    starts_on: date
    ends_on: date | None

    def reasons(self, stream, provider):
        """Why something of this stream and provider is near, the strongest reason first; empty when it is not."""
        found = []
        if self.provider and provider and self.provider.pk == provider.pk:
            found.append("the same provider")
        if self.stream and stream:
            if stream.pk == self.stream.pk:
                found.append("the same funding stream")
            elif stream.purpose == self.stream.purpose:
                found.append(f"the same purpose ({stream.get_purpose_display().lower()})")
        return found


def near(place, *, leave_out=()):
    """What is funded in the same days with the same provider, stream or purpose, the nearest first.

    `leave_out` are the references of what it is asked for.
    """
    last = place.ends_on or ENDLESS
    together = {"starts_on__lte": last}
    rows = [*_awards(place, together), *_contracts(place, last), *_activities(place, together)]
    rows = [row for row in rows if row.reference not in leave_out]
    rows.sort(key=lambda row: (-row.weight, row.reference))
    return Nearby(tuple(rows[:MOST]), len(rows))


def _kin(place, provider):
    kin = Q(**{provider: place.provider}) if place.provider else Q()
    return kin | Q(stream__purpose=place.stream.purpose) if place.stream else kin


def _near(row, place, stream, provider):
    reasons = place.reasons(stream, provider)
    weight = 4 * (reasons[:1] == ["the same provider"]) + 2 * ("the same funding stream" in reasons) + len(reasons)
    who = provider.name if provider else ""
    name = getattr(row, "title", "") or row.name
    return Near(row.reference, name, who, row.get_absolute_url(), " and ".join(reasons), weight) if reasons else None


def _awards(place, together):
    rows = Award.objects.filter(_kin(place, "recipient"), status__in=FUNDED, **together)
    rows = rows.filter(Q(ends_on__gte=place.starts_on) | Q(ends_on__isnull=True)).select_related("stream", "recipient")
    return [found for row in rows if (found := _near(row, place, row.stream, row.recipient))]


def _contracts(place, last):
    rows = Contract.objects.filter(_kin(place, "provider"), status=ContractStatus.LIVE, starts_on__lte=last)
    rows = rows.select_related("stream", "provider").prefetch_related("options", "variations")
    running = [row for row in rows if services_queries.term(row).ends_on >= place.starts_on]
    return [found for row in running if (found := _near(row, place, row.stream, row.provider))]


def _activities(place, together):
    rows = OversightActivity.objects.filter(
        _kin(place, "provider"), status__in=[OversightStatus.PROPOSED, OversightStatus.LIVE], **together
    )
    rows = rows.filter(Q(ends_on__gte=place.starts_on) | Q(ends_on__isnull=True)).order_by(F("starts_on").asc())
    rows = rows.select_related("stream", "provider")
    return [found for row in rows if (found := _near(row, place, row.stream, row.provider))]
