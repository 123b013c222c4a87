"""Reads about schedules of days delivered: what was promised, what came of it, what to expect (E1)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts import access
from accounts.roles import Permission

from ..enums import AwardStatus, SessionStatus
from ..models import DeliverySchedule

S = SessionStatus
IN_FORCE = (AwardStatus.LIVE, AwardStatus.SUSPENDED, AwardStatus.RECORDED)


@dataclass(frozen=True)
class Progress:
    """How a schedule, or one block of it, stands on a day. `promised` None: not said for the block.

    `ahead` are planned days to come, `silent` planned days that have passed and of which nothing is known.
    `people` is the sum of those counted, `uncounted` how many delivered days nobody counted on.
    """

    name: str
    promised: int | None
    delivered: int
    ahead: int
    silent: int
    rearranged: int
    cancelled: int
    people: int
    uncounted: int
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def planned(self):
        return self.ahead + self.silent

    @property
    def forecast(self):
        """What will have been delivered if every planned day takes place."""
        return self.delivered + self.planned

    @property
    def to_plan(self):
        """How many of those promised have no day yet."""
        return None if self.promised is None else max(self.promised - self.forecast, 0)


def progress_of(name, promised, sessions, *, on, starts_on=None, ends_on=None):
    """Count the sessions of a schedule or block as they stand on a day."""
    counted = {status: [row for row in sessions if row.status == status] for status in S}
    delivered = counted[S.DELIVERED]
    return Progress(
        name,
        promised,
        len(delivered),
        sum(row.on >= on for row in counted[S.PLANNED]),
        sum(row.on < on for row in counted[S.PLANNED]),
        len(counted[S.REARRANGED]),
        len(counted[S.CANCELLED]),
        sum(row.people or 0 for row in delivered),
        sum(row.people is None for row in delivered),
        starts_on,
        ends_on,
    )


def blocks_of(schedule, sessions, *, on):
    """Progress of each block, and of what belongs to none where there is any."""
    found = [
        progress_of(
            block.name,
            block.promised,
            [row for row in sessions if row.block_id == block.pk],
            on=on,
            starts_on=block.starts_on,
            ends_on=block.ends_on,
        )
        for block in schedule.blocks.all()
    ]
    loose = [row for row in sessions if row.block_id is None]
    return found + ([progress_of("In no block", None, loose, on=on)] if loose and found else [])


def at_this_pace(whole, *, starts_on, ends_on, on):
    """How many will be delivered by the end if it goes on as so far; None before anything can be said."""
    if not (starts_on and ends_on and whole.delivered and starts_on < on <= ends_on):
        return None
    share = Decimal((on - starts_on).days) / Decimal((ends_on - starts_on).days + 1)
    return max(int(whole.delivered / share), whole.delivered)


def forecast_in_words(whole, unit, *, pace=None):
    """The forecast against the promise in one or two sentences."""
    many = f"{whole.promised} {unit}{'' if whole.promised == 1 else 's'}"
    told = f"{whole.delivered} of {many} delivered"
    if whole.silent:
        told += f", {whole.silent} passed without a report"
    if whole.ahead:
        told += f", {whole.ahead} planned"
    if whole.forecast >= whole.promised:
        told += ". The promise is kept if every planned day takes place."
    else:
        told += f". {whole.to_plan} still need{'s' if whole.to_plan == 1 else ''} a day."
    if pace is not None and pace < whole.promised and whole.delivered < whole.promised:
        told += f" At the pace so far it would be {pace} by the end."
    return told


def span_of(schedule):
    """First and last day of delivery: of the blocks where they are known, else of the award."""
    blocks = list(schedule.blocks.all())
    first, last = [b.starts_on for b in blocks], [b.ends_on for b in blocks]
    if blocks and all(first) and all(last):
        return min(first), max(last)
    return schedule.award.starts_on, schedule.award.ends_on


def sessions_of(schedule):
    """The days of a schedule in order, each with its block and with what came in its place."""
    rows = schedule.sessions.select_related("block", "school", "instead_of", "replaced_by")
    return list(rows.order_by("on", "number"))


def standing_of(schedule, sessions, *, on):
    """(progress, sentence) of a whole schedule."""
    whole = progress_of("All", schedule.promised, sessions, on=on)
    starts_on, ends_on = span_of(schedule)
    pace = at_this_pace(whole, starts_on=starts_on, ends_on=ends_on, on=on)
    return whole, forecast_in_words(whole, schedule.unit, pace=pace)


def schedule_of(award):
    """The schedule of the award with its blocks, or None."""
    rows = DeliverySchedule.objects.filter(award=award).prefetch_related("blocks")
    schedule = rows.first()
    if schedule:
        schedule.award = award
    return schedule


def block_for(schedule, on):
    """The block a day falls into, or None."""
    inside = (
        block
        for block in schedule.blocks.all()
        if block.starts_on and block.ends_on and block.starts_on <= on <= block.ends_on
    )
    return next(inside, None)


def summary_of(award, user):
    """What stands on the page of the award, or nothing. It counts planned days without asking which have passed."""
    schedule = getattr(award, "schedule", None)
    may_write = access.may(user, Permission.AWARD_OFFER) and award.status in IN_FORCE
    if schedule is None:
        return {"may_write": True} if may_write and award.status != AwardStatus.RECORDED else {}
    whole = progress_of("All", schedule.promised, sessions_of(schedule), on=date.min)
    return {"schedule": schedule, "whole": whole, "may_write": may_write}
