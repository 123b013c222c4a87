"""What each morning does to instalments: days that follow an event, days reached, events that happened (V5, X2)."""

import logging
from datetime import timedelta

from django.db import transaction

from plans.enums import ConditionKind
from plans.queries import events
from records.actions import log
from records.calendar import london_day
from records.words import day_in_words

from ..enums import AwardStatus, Direction
from ..models import Award, Instalment
from ..notices import schedules as notices
from ..rules import instalments as rules
from . import instalments
from .locks import lock_award

logger = logging.getLogger(__name__)
ENDED = (AwardStatus.LAPSED, AwardStatus.DECLINED, AwardStatus.TERMINATED, AwardStatus.CLOSED, AwardStatus.RECORDED)


def meet_conditions_of_the_day(*, at):
    """Bring every instalment not released yet to the day; gives the awards in which something changed.

    One award that fails leaves the others to be done. A second sweep of the day changes nothing.
    """
    changed = []
    for pk in list(awards_concerned(london_day(at))):
        try:
            with transaction.atomic():
                award = lock_award(Award.objects.get(pk=pk))
                done = [*_follow_events(award, at=at), *_meet_days(award, at=at), *_meet_events(award, at=at)]
        except Exception:  # whatever is wrong with one award, the others are owed their day
            logger.exception("The instalments of award %s could not be brought to the day; tried again tomorrow.", pk)
            continue
        changed += [award] if done else []
    return changed


def awards_concerned(on):
    """Awards with an instalment whose day has come, whose event has happened, or whose event has moved."""
    rows = waiting(Instalment.objects.all()).exclude(award__status__in=ENDED)
    unmet = rows.filter(condition_met_at__isnull=True, award__status__in=[AwardStatus.LIVE, AwardStatus.SUSPENDED])
    reached = unmet.filter(condition=ConditionKind.DAY_REACHED, due_on__lte=on)
    happened = unmet.filter(condition=ConditionKind.EVENT_HAPPENED, event__in=list(events.happenings()))
    counted = rows.filter(event_days__isnull=False).select_related("event")
    moved = {row.award_id for row in counted if row.due_on != day_after_event(row)}
    return sorted({*moved, *(row.award_id for rows in (reached, happened) for row in rows)})


def day_after_event(instalment):
    """The day an instalment counted from an event falls due."""
    return instalment.event.expected_on + timedelta(days=instalment.event_days)


def waiting(rows):
    """Payments not let go yet."""
    return rows.filter(direction=Direction.OUT, status__in=instalments.UNRELEASED)


def _follow_events(award, *, at):
    """An instalment counted from an event falls due with it; recipient and payee are told."""
    moved = []
    rows = waiting(award.instalments).filter(event_days__isnull=False).select_related("event")
    for row in rows.select_for_update(of=("self",)).order_by("number"):
        due_on = day_after_event(row)
        if due_on == row.due_on:
            continue
        was, row.due_on = row.due_on, due_on
        row.save(update_fields=["due_on"])
        summary = f"Instalment {row.number}: due on {day_in_words(due_on)}, not on {day_in_words(was)}"
        days = [was.isoformat(), due_on.isoformat()]
        log(row, "due_day_moved", by=None, at=at, reason=f"{row.event.name} moved", summary=summary,
            changes={"due_on": days})  # fmt: skip
        row.award = award
        moved.append((row, was))
    if moved and award.status in (AwardStatus.LIVE, AwardStatus.SUSPENDED, AwardStatus.OFFERED):
        notices.instalments_moved(award, moved, at=at)
    return moved


def _meet_days(award, *, at):
    """The day itself is written down as the row that meets the condition."""
    met = []
    for row in waiting(award.instalments).filter(condition=ConditionKind.DAY_REACHED).order_by("number"):
        row.award = award
        if rules.why_not_reach(row, on=london_day(at)):
            continue
        line = log(row, "day_reached", by=None, at=at, summary=f"Instalment {row.number}: its day has come")
        met.append(instalments.stamp(row, line, at=at))
    return met


def _meet_events(award, *, at):
    """The record that an event has happened meets what waits for it."""
    if award.status not in (AwardStatus.LIVE, AwardStatus.SUSPENDED):
        return []
    rows = waiting(award.instalments).filter(condition=ConditionKind.EVENT_HAPPENED, condition_met_at__isnull=True)
    met = []
    for event_id in sorted(set(rows.values_list("event_id", flat=True))):
        if happened := events.happening_of(event_id):
            told = {"row": happened, "by": None, "at": at}
            met += instalments.meet_condition(award=award, condition=ConditionKind.EVENT_HAPPENED, **told)
    return met
