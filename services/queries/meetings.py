"""Reads of contract meetings: planned, held, and the actions still to do (S4)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q

from accounts import access
from accounts.roles import Permission
from records.calendar import add_months, add_working_days, is_working_day

from ..enums import ActionStatus, MeetingKind, MeetingStatus
from ..models import ContractMeeting, MeetingAction

MONTHS = {MeetingKind.MONTHLY: 1, MeetingKind.QUARTERLY: 3}


@dataclass(frozen=True)
class PlannedDay:
    """A day of a series: the one the months give, and the working day the meeting is on."""

    wanted: date
    on: date

    @property
    def moved(self):
        return self.wanted != self.on


def series(first_on, *, kind, count):
    """The days of `count` meetings, each so many months from the first day; never a weekend or bank holiday."""
    days = [add_months(first_on, number * MONTHS.get(MeetingKind(kind), 1)) for number in range(count)]
    return [PlannedDay(day, next_working_day(day)) for day in days]


def next_working_day(day):
    """The day itself where people work on it, else the next one they do."""
    return day if is_working_day(day) else add_working_days(day, 1)


def meetings_of(contract):
    """All meetings of a contract, newest day first, with their actions."""
    actions = MeetingAction.objects.select_related("organisation").order_by("number")
    rows = ContractMeeting.objects.filter(contract=contract).select_related("contract")
    return rows.prefetch_related(Prefetch("actions", actions)).order_by("-planned_on", "-number")


def actions_open(contract):
    """Actions still to do under a contract, the most urgent first."""
    rows = MeetingAction.objects.filter(meeting__contract=contract, status=ActionStatus.OPEN)
    return rows.select_related("meeting__contract", "organisation").order_by("due_on", "pk")


def carried_to(meeting):
    """Actions of earlier meetings that were still to do when this one was held, or are now if it was not yet."""
    day = meeting.held_on or meeting.planned_on
    earlier = MeetingAction.objects.filter(
        Q(meeting__planned_on__lt=meeting.planned_on)
        | Q(meeting__planned_on=meeting.planned_on, meeting__pk__lt=meeting.pk),
        meeting__contract=meeting.contract_id,
    )
    if meeting.status == MeetingStatus.HELD:
        still = Q(settled_on__isnull=True) | Q(settled_on__gte=day)
    else:
        still = Q(status=ActionStatus.OPEN)
    return earlier.filter(still).select_related("meeting__contract", "organisation").order_by("due_on", "pk")


@dataclass(frozen=True)
class MeetingSummary:
    """What the page of a contract says of meetings."""

    next: ContractMeeting | None
    last: ContractMeeting | None
    actions: tuple[MeetingAction, ...]
    count: int
    manages: bool


def summary_of(contract, user):
    """The meeting to come, the last one held and the actions still to do; two queries."""
    rows = list(ContractMeeting.objects.filter(contract=contract).order_by("planned_on", "number"))
    for row in rows:
        row.contract = contract
    planned = [row for row in rows if row.status == MeetingStatus.PLANNED]
    held = sorted(
        (row for row in rows if row.status == MeetingStatus.HELD), key=lambda row: row.held_on or row.planned_on
    )
    return MeetingSummary(
        planned[0] if planned else None,
        held[-1] if held else None,
        tuple(actions_open(contract)),
        len(rows),
        access.may(user, Permission.CONTRACT_MANAGE),
    )
