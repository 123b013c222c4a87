"""What an approved line sets in motion: instalments to the penny, and the returns that are owed (C4, C6)."""

import logging
from dataclasses import replace

from django.db import transaction

from plans.actions import owing
from plans.enums import ConditionKind, ContinuationPolicy
from plans.queries import events
from records.actions import log
from records.calendar import london_day
from records.enums import ObligationKind
from records.models import Obligation

from ..enums import AwardStatus, Direction, InstalmentStatus, Window
from ..models import Instalment, InstalmentLine, TermsAcceptance
from ..notices import schedules as notices
from ..queries import payments
from ..queries import schedules as queries
from ..queries.schedules import BY_RETURN
from .locks import lock_award

logger = logging.getLogger(__name__)
EVENT_MOVED = "The event the day is counted from has moved"
MAY_OWE = frozenset({AwardStatus.LIVE, AwardStatus.SUSPENDED})


def parts_for(line):
    """The planned payments of an award line; a tactical line without rules of its own is paid whole."""
    award = line.award
    rules = queries.instalment_rules(award.rule_set, tactical=line.window == Window.TACTICAL)
    time = payments.Time(
        award_starts_on=award.starts_on,
        starts_on=line.starts_on or award.starts_on,
        ends_on=line.ends_on or award.ends_on,
        own_days=line.starts_on is not None,
    )
    if not rules:
        own = (time.starts_on, time.ends_on) if time.own_days else (None, None)
        return [payments.Part(line.amount, ConditionKind.TERMS_ACCEPTED, time.starts_on, *own)]
    continuation = award.rule_set.continuation if line.window == Window.MAIN else ContinuationPolicy.NONE
    return payments.planned(
        line.amount, rules, time, continuation=continuation, profile=queries.profile_of(line.project_id)
    )


def schedule_instalments(line, *, at):
    """Plan the instalments that pay the line; returns those that are new.

    Until the award is offered, main lines share instalments; everything later gets its own, so
    that what was offered or released stays as it was. What is paid on receipts is never shared.
    """
    award, on = line.award, london_day(at)
    sharable = award.status == AwardStatus.MADE and line.window == Window.MAIN
    used, made = [], []
    for part in parts_for(line):
        shared = _shared(award, part, used) if sharable else None
        if shared:
            shared.amount += part.amount
            shared.save(update_fields=["amount"])
            instalment = shared
        else:
            instalment = new_instalment(award, part if sharable else replace(part, due_on=max(part.due_on, on)), at=at)
            made.append(instalment)
        used.append(instalment.pk)
        InstalmentLine.objects.create(instalment=instalment, award_line=line, amount=part.amount)
    return made


def pay_at_once(line, *, at):
    """One instalment pays the whole line from its first day, under the terms already accepted (V6)."""
    award = line.award
    day = max(line.starts_on or award.starts_on, london_day(at))
    part = payments.Part(line.amount, ConditionKind.TERMS_ACCEPTED, day, line.starts_on, line.ends_on)
    instalment = new_instalment(award, part, at=at)
    InstalmentLine.objects.create(instalment=instalment, award_line=line, amount=line.amount)
    return instalment


def _shared(award, part, used):
    """The award's main instalment of the same day, condition and time, or None."""
    if part.condition == ConditionKind.RECEIPTS_ACCEPTED:
        return None
    rows = award.instalments.filter(
        direction=Direction.OUT,
        status=InstalmentStatus.SCHEDULED,
        condition=part.condition,
        due_on=part.due_on,
        covers_from=part.covers_from,
        covers_to=part.covers_to,
        event=part.event,
        lines__award_line__window=Window.MAIN,
    )
    return rows.exclude(pk__in=used).order_by("number").first()


def next_number(award):
    """The next free number among the award's instalments."""
    last = award.instalments.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def new_instalment(award, part, *, at):
    """A new instalment; where the award has already met its condition, it names that same row."""
    met_type, met_id = _row_that_met(award, part)
    return Instalment.objects.create(
        award=award,
        number=next_number(award),
        amount=part.amount,
        due_on=part.due_on,
        covers_from=part.covers_from,
        covers_to=part.covers_to,
        event_id=part.event,
        event_days=part.event_days,
        condition=part.condition,
        condition_met_at=at if met_id else None,
        condition_row_type=met_type,
        condition_row_id=met_id,
    )


def _row_that_met(award, part):
    """The (type, id) of the row by which the award already met the condition, or ("", None)."""
    if part.condition == ConditionKind.TERMS_ACCEPTED:
        row = TermsAcceptance.objects.filter(award=award).first()
    elif part.condition == ConditionKind.EVENT_HAPPENED:
        row = events.happening_of(part.event)
    elif part.condition == ConditionKind.CONTINUATION_APPROVED:
        row = queries.approved_year(award, part.covers_from)
    elif part.condition in BY_RETURN:
        return _return_that_met(award, part)
    else:
        row = None
    return (row._meta.label, row.pk) if row else ("", None)


def _return_that_met(award, part):
    """A return meets what is added later too, where it is the return of the same period."""
    waits_for = queries.period_waited_for(award, part.condition, part.due_on)
    met = award.instalments.filter(condition=part.condition, condition_row_id__isnull=False).order_by("number")
    for row in met:
        if queries.period_waited_for(award, part.condition, row.due_on) == waits_for:
            return row.condition_row_type, row.condition_row_id
    return "", None


def owe_returns(award, *, window, at):
    """Owe the returns of the rule set that the award does not owe yet (C6, C8).

    Tactical money approved after a period has ended owes only what ends later. Main money always
    owes every return, but never in less time than the rule set gives.
    """
    on = london_day(at)
    owed = set(Obligation.objects.about(award).filter(kind=ObligationKind.RETURN).values_list("period", flat=True))
    for row in queries.returns_wanted(award, on=on):
        if row.period in owed or (window == Window.TACTICAL and row.ends_on < award.ends_on and row.ends_on < on):
            continue
        owing.owe_return(award, row, name=award.title, organisation=award.recipient)


def redate_returns(award, *, by, at, reason):
    """Bring the returns of a locked award to its days as they now are; those who write them are told (X4).

    Only awards in force have returns to move. Gives the changes.
    """
    if award.status not in MAY_OWE:
        return []
    changes = follow_days(award, by=by, at=at, reason=reason)
    if changes:
        told = {change.obligation.period: [_day(change.was), _day(change.now)] for change in changes}
        summary = f"Returns moved: {'; '.join(map(str, changes))}"[:500]
        log(award, "returns_moved", by=by, at=at, reason=reason, summary=summary, changes=told)
        notices.returns_moved(award, changes, reason=reason, at=at)
    return changes


def follow_days(award, *, by, at, reason):
    """Bring the returns of a locked award to its days; before its offer nobody has to be told. Gives the changes."""
    return owing.redate(
        award,
        queries.returns_wanted(award, on=london_day(at)),
        name=award.title,
        organisation=award.recipient,
        by=by,
        at=at,
        reason=reason,
    )


def _day(day):
    return day.isoformat() if day else ""


def redate_event_returns(*, at):
    """Move what is counted from an event whose day has moved; gives the awards whose returns moved.

    Moving an event is an act of the plan, which knows no awards: the morning sweep walks them. An
    award whose returns stand as its pattern wants them is left alone, so a second sweep does nothing.
    """
    moved = []
    for pk in list(queries.counting_from_events().values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                award = lock_award(queries.counting_from_events().get(pk=pk))
                changes = redate_returns(award, by=None, at=at, reason=EVENT_MOVED)
        except Exception:  # whatever is wrong with one award, the others are owed their days
            logger.exception("The returns of award %s could not follow an event; it is tried again tomorrow.", pk)
            continue
        moved += [award] if changes else []
    return moved
