"""The decisions on time to come that an award needs: written down, moved, opened, no longer needed (R2, V5, X4)."""

import logging

from django.db import transaction

from records import obligations, workflow
from records.actions import log, next_reference
from records.calendar import london_day
from records.enums import ObligationKind
from records.models import Obligation
from records.words import day_in_words

from ..enums import CONTINUATION_MOVES, AwardStatus, ContinuationKind, ContinuationStatus
from ..models import Continuation
from ..notices import continuations as notices
from ..queries import continuations as queries
from ..rules import continuations as rules
from .locks import lock_award

logger = logging.getLogger(__name__)
IN_FORCE = frozenset({AwardStatus.LIVE, AwardStatus.SUSPENDED})
CASE, DECISION = ObligationKind.CONTINUATION_CASE, ObligationKind.CONTINUATION_DECISION
NOT_NEEDED = "The award does not run that far any more"
EVENT_MOVED, END_MOVED = "The event it waits for has moved", "The end of the award has moved"
MAY_STILL_CHANGE = frozenset({ContinuationStatus.WAITING, ContinuationStatus.OPEN})


def bring_to_date(award, *, at, by=None):
    """Write down, move or cancel what is to be decided about a locked award, as its rules and days ask now.

    Done twice, it does nothing the second time; what has been decided stays. Gives the rows it touched.
    """
    wanted = {}
    if award.status in IN_FORCE:
        wanted = {(time.kind, time.number): time for time in queries.times_to_come(award)}
    rows = award.continuations.select_for_update(of=("self",)).select_related("event").order_by("pk")
    known = {(row.kind, row.number): row for row in rows}
    touched = [_write_down(award, time, at=at) for key, time in wanted.items() if key not in known]
    for key, row in known.items():
        row.award = award
        if not row.is_undecided:
            continue
        if key not in wanted:
            touched.append(cancel(row, reason=NOT_NEEDED, by=by, at=at))
        elif _move(row, wanted[key], by=by, at=at):
            touched.append(row)
    return touched


def _write_down(award, time, *, at):
    row = Continuation.objects.create(
        reference=next_reference("CN", time.starts_on.year),
        award=award,
        kind=time.kind,
        number=time.number,
        amount=queries.planned_for(award, time),
        **_days(time),
    )
    log(row, "planned", by=None, at=at, summary=f"To be decided by {day_in_words(row.due_on)}: {title_of(row)}"[:500])
    _owe(row)
    _tell_if_too_late(row, at=at)
    return row


def _days(time):
    """What a row keeps of the days its rules ask for."""
    return {
        "starts_on": time.starts_on,
        "ends_on": time.ends_on,
        "event": time.event,
        "case_due_on": time.case_due_on,
        "expected_on": time.expected_on,
        "safe_by": time.safe_by,
    }


def title_of(row):
    """What is to be decided, in words."""
    if row.is_extension:
        return f"What follows the end of {row.award.title}"
    return f"Year {row.number} of {row.award.title}"


def _owe(row):
    if row.case_due_on:
        owe_case(row)
    obligations.owe(
        row,
        DECISION,
        title=f"Decide: {title_of(row)}"[:300],
        due_on=row.due_on,
        link=row.get_absolute_url(),
        anchor=_anchor(row),
    )


def owe_case(row):
    """The recipient owes its business case for the time to come."""
    obligations.owe(
        row,
        CASE,
        title=f"Business case: {title_of(row)}"[:300],
        organisation=row.award.recipient,
        due_on=row.case_due_on,
        opens_on=queries.opens_on(row),
        link=row.get_absolute_url(),
        anchor=f"before {day_in_words(row.starts_on)}",
    )


def _anchor(row):
    """What the day of the decision is counted from, in words."""
    if row.event and not row.is_event_too_late:
        return f"{row.event.name[:80]}, {day_in_words(row.expected_on)}"
    return "the latest safe day"


def _move(row, time, *, by, at):
    """Bring the days of one undecided row to what they are now; says whether anything moved.

    A day an officer set for a business case of an extension stays; the sum stays once the case is sent.
    """
    fresh = _days(time)
    if row.is_extension:
        fresh["case_due_on"] = row.case_due_on
    if row.status in MAY_STILL_CHANGE:
        fresh["amount"] = queries.planned_for(row.award, time)
    was = {name: getattr(row, name) for name in fresh}
    if was == fresh:
        return False
    due_was = row.due_on
    ends_moved = was["safe_by"] != fresh["safe_by"]
    for name, value in fresh.items():
        setattr(row, name, value)
    row.save(update_fields=sorted(fresh))
    changes = {name: [_told(was[name]), _told(value)] for name, value in fresh.items() if was[name] != value}
    reason = END_MOVED if ends_moved else EVENT_MOVED
    log(row, "days_moved", by=by, at=at, reason=reason, summary=f"Days moved: {title_of(row)}"[:500], changes=changes)
    _move_owed(row, by=by, at=at, reason=reason)
    if row.due_on != due_was:
        notices.days_moved(row, was=due_was, at=at)
    _tell_if_too_late(row, at=at)
    return True


def _told(value):
    return None if value is None else str(value)


def _move_owed(row, *, by, at, reason):
    """Move the days of what is owed; ladders start afresh only where a day has really moved."""
    for owed in Obligation.objects.open().about(row).filter(kind__in=(CASE, DECISION)):
        due_on = row.due_on if owed.kind == DECISION else row.case_due_on
        if owed.due_on != due_on:
            obligations.move_due(owed, due_on=due_on, by=by, at=at, reason=reason)
        fresh = {"anchor": _anchor(row)} if owed.kind == DECISION else {"opens_on": queries.opens_on(row)}
        Obligation.objects.filter(pk=owed.pk).update(**fresh)


def _tell_if_too_late(row, *, at):
    if sentence := rules.event_too_late(row):
        notices.event_after_safe_day(row, sentence=sentence, at=at)


def cancel(row, *, reason, at, by=None):
    """Nothing is to be decided here any more."""
    workflow.move(
        row,
        ContinuationStatus.CANCELLED,
        moves=CONTINUATION_MOVES,
        verb="cancelled",
        by=by,
        at=at,
        reason=reason,
        summary=f"No longer needed: {title_of(row)}"[:500],
    )
    close_owed(row, closing=reason, by=by, at=at)
    return row


def close_owed(row, *, closing, by, at):
    """Neither a business case nor a decision is owed any more."""
    for kind in (CASE, DECISION):
        obligations.close(row, kind, at=at, by=by, closing=closing)


def carry_on(*, at):
    """The morning's work: days brought up to date, business cases opened. One award's trouble leaves the others."""
    on = london_day(at)
    _each(queries.to_follow().values_list("pk", flat=True), lambda pk: _follow(pk, at=at))
    _each(queries.no_longer_followed().values_list("pk", flat=True), lambda pk: _drop(pk, at=at))
    due = Continuation.objects.filter(
        kind=ContinuationKind.CONTINUATION,
        status=ContinuationStatus.WAITING,
        case_due_on__lte=on + queries.OPENS_BEFORE_DUE,
        award__status=AwardStatus.LIVE,
    )
    _each(due.order_by("case_due_on", "pk").values_list("pk", flat=True), lambda pk: _open(pk, at=at))


def _each(ids, act):
    for pk in list(ids):
        try:
            with transaction.atomic():
                act(pk)
        except Exception:  # whatever is wrong with one award, the others are owed their days
            logger.exception("What follows an award (row %s) could not be brought to date; it is tried again.", pk)


def _follow(pk, *, at):
    bring_to_date(lock_award(queries.to_follow().get(pk=pk)), at=at)


def _drop(pk, *, at):
    cancel(queries.no_longer_followed().select_for_update(of=("self",)).get(pk=pk), reason=NOT_NEEDED, at=at)


def _open(pk, *, at):
    row = Continuation.objects.select_related("award__recipient").get(pk=pk)
    return open_case(row, at=at)


def open_case(row, *, at, by=None, reason=""):
    """Open the business case to those who write for the recipient, and tell them."""
    workflow.move(
        row,
        ContinuationStatus.OPEN,
        moves=CONTINUATION_MOVES,
        verb="opened",
        by=by,
        at=at,
        reason=reason,
        summary=f"Business case opened, due {day_in_words(row.case_due_on)}",
    )
    notices.case_opened(row, at=at)
    return row
