"""What the schedule of returns of an award is counted from."""

from datetime import date

from django.db.models import Q

from plans import queries as reporting
from plans.enums import Anchor, ConditionKind, ReportKind
from plans.queries import redating
from records.calendar import london_day
from records.enums import ObligationKind
from records.models import Obligation

from ..enums import ContinuationChoice, ContinuationStatus, Direction, InstalmentStatus
from ..models import Award, ProfileLine, Variation
from . import periods

END_MOVED = "END_MOVED"
# The kinds of return that meet a condition.
BY_RETURN = {
    ConditionKind.MID_YEAR_SATISFACTORY: frozenset({ReportKind.MID_YEAR}),
    ConditionKind.YEAR_END_SATISFACTORY: frozenset({ReportKind.YEAR_END, ReportKind.END_OF_AWARD}),
    ConditionKind.QUARTERLY_SATISFACTORY: frozenset({ReportKind.QUARTERLY}),
}


def instalment_rules(rule_set, *, tactical=False):
    """The instalment rules of main or tactical lines, in order, with their events."""
    rows = rule_set.instalment_rules.filter(for_tactical=tactical).select_related("event")
    return list(rows.order_by("number"))


def profile_of(project_id):
    """[(first day, pounds)] of the periods a project asked for its money by."""
    return list(ProfileLine.objects.filter(project_id=project_id).values_list("starts_on", "amount"))


def approved_year(award, day):
    """The continuation by which the time of an award from `day` was approved, or None (R2)."""
    went_on = (ContinuationStatus.DECIDED, ContinuationChoice.GO_ON)
    rows = [row for row in award.continuations.all() if (row.status, row.choice) == went_on] if day else []
    return next((row for row in rows if row.starts_on <= day <= row.ends_on), None)


def is_approved(award, day):
    """Whether it was decided that the award goes on into the time from `day`."""
    return approved_year(award, day) is not None


def year_from(award, day):
    """The first day of the year of the award that a day falls in."""
    return periods.year_of(day, award.starts_on)


def period_waited_for(award, condition, due_on):
    """The last day of the period whose return an instalment waits for, or None where none is owed.

    It is the last one that ended by the day of the instalment, or the first there is.
    """
    return period_among(periods_owed(award, condition), due_on)


def period_among(ends, due_on):
    """The same, among the last days of periods."""
    before = [day for day in ends if day <= due_on]
    return max(before) if before else min(ends, default=None)


def periods_owed(award, condition):
    """The last days of the periods of the returns that meet a condition, owed or sent."""
    rows = Obligation.objects.about(award).filter(kind=ObligationKind.RETURN, period_ends_on__isnull=False)
    rows = rows.exclude(closing__startswith=redating.NO_LONGER).values_list("period", "period_ends_on")
    return sorted({ends for period, ends in rows if period.partition(":")[0] in BY_RETURN[condition]})


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
