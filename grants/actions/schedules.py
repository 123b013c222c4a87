"""What an approved line sets in motion: instalments to the penny, and the returns that are owed (C4, C6)."""

import logging
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction

from plans.actions import owing
from plans.enums import ConditionKind
from records.actions import log
from records.calendar import london_day
from records.enums import ObligationKind
from records.models import Obligation

from ..enums import AwardStatus, Direction, InstalmentStatus, Window
from ..models import Instalment, InstalmentLine, TermsAcceptance
from ..notices import schedules as notices
from ..queries import schedules as queries
from .locks import lock_award

logger = logging.getLogger(__name__)
PENNY = Decimal("0.01")
EVENT_MOVED = "The event the day is counted from has moved"
MAY_OWE = frozenset({AwardStatus.LIVE, AwardStatus.SUSPENDED})


@dataclass(frozen=True)
class Share:
    """One share of a line: how much, on which condition, how many days after the award begins."""

    amount: Decimal
    condition: str
    due_days: int


def shares_of(amount, rules):
    """Divide a sum by the percentages of the rules, each to the penny; the last takes the remainder."""
    shares, left = [], amount
    for rule in rules[:-1]:
        part = min((amount * rule.share_percent / 100).quantize(PENNY, ROUND_HALF_UP), left)
        shares.append(Share(part, rule.condition, rule.due_days))
        left -= part
    last = rules[-1]
    shares.append(Share(left, last.condition, last.due_days))
    return [share for share in shares if share.amount > 0]


def shares_for(line):
    """The shares of an award line; a tactical line without rules of its own is paid whole."""
    tactical = line.window == Window.TACTICAL
    rules = list(line.award.rule_set.instalment_rules.filter(for_tactical=tactical).order_by("number"))
    if not rules:
        return [Share(line.amount, ConditionKind.TERMS_ACCEPTED, 0)]
    return shares_of(line.amount, rules)


def schedule_instalments(line, *, at):
    """Plan the instalments that pay the line; returns those that are new.

    Until the award is offered, main lines share instalments; everything later gets its own, so
    that what was offered or released stays as it was.
    """
    award, on = line.award, london_day(at)
    sharable = award.status == AwardStatus.MADE and line.window == Window.MAIN
    used, made = [], []
    for share in shares_for(line):
        due_on = award.starts_on + timedelta(days=share.due_days)
        shared = _shared(award, share, due_on, used) if sharable else None
        if shared:
            shared.amount += share.amount
            shared.save(update_fields=["amount"])
            instalment = shared
        else:
            instalment = _new(award, share, due_on if sharable else max(due_on, on), at=at)
            made.append(instalment)
        used.append(instalment.pk)
        InstalmentLine.objects.create(instalment=instalment, award_line=line, amount=share.amount)
    return made


def _shared(award, share, due_on, used):
    """The award's main instalment on the same day and condition, or None."""
    rows = award.instalments.filter(
        direction=Direction.OUT,
        status=InstalmentStatus.SCHEDULED,
        condition=share.condition,
        due_on=due_on,
        lines__award_line__window=Window.MAIN,
    )
    return rows.exclude(pk__in=used).order_by("number").first()


def next_number(award):
    """The next free number among the award's instalments."""
    last = award.instalments.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _new(award, share, due_on, *, at):
    """A new instalment; where the award has already met its condition, it names that same row."""
    met_type, met_id = _row_that_met(award, share.condition)
    return Instalment.objects.create(
        award=award,
        number=next_number(award),
        amount=share.amount,
        due_on=due_on,
        condition=share.condition,
        condition_met_at=at if met_id else None,
        condition_row_type=met_type,
        condition_row_id=met_id,
    )


def _row_that_met(award, condition):
    """The (type, id) of the row by which the award already met the condition, or ("", None)."""
    if condition == ConditionKind.TERMS_ACCEPTED:
        row = TermsAcceptance.objects.filter(award=award).first()
        return (row._meta.label, row.pk) if row else ("", None)
    if condition == ConditionKind.OFFICER_CONFIRMED:
        return "", None
    met = award.instalments.filter(condition=condition, condition_row_id__isnull=False).order_by("number").first()
    return (met.condition_row_type, met.condition_row_id) if met else ("", None)


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
    changes = owing.redate(
        award,
        queries.returns_wanted(award, on=london_day(at)),
        name=award.title,
        organisation=award.recipient,
        by=by,
        at=at,
        reason=reason,
    )
    if changes:
        told = {change.obligation.period: [_day(change.was), _day(change.now)] for change in changes}
        summary = f"Returns moved: {'; '.join(map(str, changes))}"[:500]
        log(award, "returns_moved", by=by, at=at, reason=reason, summary=summary, changes=told)
        notices.returns_moved(award, changes, reason=reason, at=at)
    return changes


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
