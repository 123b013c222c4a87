"""What the schedule of returns of an award is counted from."""

from datetime import date

from django.db.models import Q

from plans import queries as reporting
from plans.enums import Anchor, ReportKind
from plans.queries import redating
from records.calendar import london_day

from ..enums import Direction, InstalmentStatus
from ..models import Award, Variation

END_MOVED = "END_MOVED"


def ends_of(award):
    """The last day of the award as first agreed, then after each variation."""
    moved = list(
        Variation.objects.filter(award=award, kind=END_MOVED).order_by("number").values_list("before", "after")
    )
    if not moved:
        return [award.ends_on]
    return [date.fromisoformat(day["ends_on"]) for day in [moved[0][0], *(after for _before, after in moved)]]


def returns_wanted(award, *, on, ends=None):
    """What the pattern of the award asks for, counted from its days, or as if it ended as `ends` says.

    Nobody is given less time than the rules say, counted from `on` at the earliest.
    """
    return reporting.owed_under(
        reporting.patterns_kept(award),
        starts_on=award.starts_on,
        ends=ends or ends_of(award),
        made_on=london_day(award.made_at),
        not_before=on,
    )


def returns_if_ends(award, *, on, ends_on):
    """What would become of each return, had the award another end; nothing is written (V7)."""
    wanted = returns_wanted(award, on=on, ends=[*ends_of(award), ends_on])
    rows = list(redating.returns_owed(award))
    return redating.foreseen(rows, wanted, home=award.get_absolute_url(), name=award.title)


def instalments_after(award, ends_on):
    """What is not released yet and pays for time after a day, or is due after it where it pays for the whole."""
    open_rows = award.instalments.filter(
        direction=Direction.OUT, status__in=[InstalmentStatus.SCHEDULED, InstalmentStatus.WITHHELD]
    )
    later = Q(covers_from__gt=ends_on) | Q(covers_from__isnull=True, due_on__gt=ends_on)
    return open_rows.filter(later).order_by("number")


def counting_from_events():
    """Awards in force whose reporting pattern counts from an event."""
    return Award.objects.in_force().filter(reporting__contains=[{"anchor": Anchor.EVENT.value}]).order_by("pk")


def returns_after(award):
    """What moving the end does to each kind of return of the award, as (kind, sentence)."""
    return [
        (ReportKind(pattern.kind).label, reporting.at_an_extension(pattern))
        for pattern in reporting.patterns_kept(award)
    ]
