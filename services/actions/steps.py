"""The steps of an extension decision: owed, met, moved. None is closed but by the act that meets it."""

from records import obligations
from records.actions import log
from records.calendar import london_day
from records.enums import ObligationKind
from records.models import Obligation
from records.words import day_in_words

from .. import queries
from ..enums import ExtensionStepKind
from ..models import ExtensionCase, ExtensionStep
from ..queries import extensions
from ..queries import steps as dating

K = ExtensionStepKind
KIND_OF = {K.FINANCE: ObligationKind.EXTENSION_FINANCE}


def kind_of(step):
    """The kind of obligation a step is, with its ladder."""
    return KIND_OF.get(K(step.kind), ObligationKind.EXTENSION_STEP)


def owe_steps(case, *, on, evidence_by=None):
    """Write the steps of a new case and owe each by its day."""
    for plan in dating.planned(case.decide_by, on=on, evidence_by=evidence_by):
        step = ExtensionStep.objects.create(
            case=case, kind=plan.kind, due_on=plan.due_on, note=dating.SQUEEZED if plan.squeezed else ""
        )
        _owe(case, step)


def _owe(case, step):
    what = f"option {case.option.number}" if case.option else "outside the original terms"
    obligations.owe(
        step,
        kind_of(step),
        title=f"{step.get_kind_display()}: extension of {case.contract.name} ({what})"[:300],
        due_on=step.due_on,
        link=case.get_absolute_url(),
        period=step.kind,
        anchor=f"Counted back from {day_in_words(case.decide_by)}",
    )


def meet(case, *kinds, by, at, note):
    """Close these steps, where they are still open, by the act described in `note`."""
    for step in _open(case).filter(kind__in=kinds):
        ExtensionStep.objects.filter(pk=step.pk).update(done_at=at, done_by=by, note=note)
        obligations.close(step, kind_of(step), at=at, by=by, closing=note[:200])


def drop(case, *kinds, by, at, note):
    """Nobody need take these steps any more; they stay on the page as not taken, with the reason."""
    for step in _open(case).filter(kind__in=kinds or K.values):
        ExtensionStep.objects.filter(pk=step.pk).update(dropped=True, note=note)
        obligations.close(step, kind_of(step), at=at, by=by, closing=note[:200])


def reopen(case, *kinds, on):
    """Owe these steps again, by the days counted from today."""
    plans = dating.planned(case.decide_by, on=on, kinds=kinds)
    for plan in plans:
        step = ExtensionStep.objects.get(case=case, kind=plan.kind)
        if step.done_at is None and not step.dropped:
            continue
        ExtensionStep.objects.filter(pk=step.pk).update(
            due_on=plan.due_on, done_at=None, done_by=None, dropped=False, note=dating.SQUEEZED if plan.squeezed else ""
        )
        step.refresh_from_db()
        _owe(case, step)


def _open(case):
    return ExtensionStep.objects.filter(case=case, done_at__isnull=True, dropped=False)


def move_step(case, step, due_on, *, by, at, reason, note=""):
    """Move the day of an open step; its reminders follow."""
    if step.due_on != due_on or step.note != note:
        ExtensionStep.objects.filter(pk=step.pk).update(due_on=due_on, note=note)
    for owed in Obligation.objects.open().about(step).filter(kind=kind_of(step)):
        if owed.due_on != due_on:
            obligations.move_due(owed, due_on=due_on, by=by, at=at, reason=reason)


def redate(contract, *, by=None, at, reason, anew=False):
    """Count the steps of the contract's open case back from its decide-by day again, where that has moved.

    `anew`: also where it has not, since something else about the time of the decision has changed.
    """
    case = extensions.open_case_of(contract)
    if case is None or case.option_id is None:
        return None
    ahead = next((term for term in queries.term(contract).options if term.option.pk == case.option_id), None)
    if ahead is None or ahead.decide_by is None or (ahead.decide_by == case.decide_by and not anew):
        return None
    was = case.decide_by
    _move_case(case, ahead.decide_by, at=at)
    rows = {K(step.kind): step for step in _open(case)}
    for plan in dating.planned(case.decide_by, on=london_day(at), evidence_by=ahead.evidence_by, kinds=list(rows)):
        deferred = plan.kind == K.DECISION and case.deferred_until
        due_on = case.deferred_until if deferred else plan.due_on
        note = dating.SQUEEZED if plan.squeezed and not deferred else ""
        move_step(case, rows[plan.kind], due_on, by=by, at=at, reason=reason, note=note)
    changes = {"decide_by": [was.isoformat() if was else None, case.decide_by.isoformat()]}
    summary = f"{case}: steps counted back from {day_in_words(case.decide_by)}"
    log(case, "date_moved", by=by, at=at, reason=reason, summary=summary, changes=changes)
    return case


def _move_case(case, decide_by, *, at):
    """A decision put off may not be left for later than the new decide-by day allows."""
    case.decide_by = decide_by
    if case.deferred_until:
        safe = dating.last_safe_day(decide_by, notice_needed=case.notice_needed)
        case.deferred_until = min(case.deferred_until, safe)
    ExtensionCase.objects.filter(pk=case.pk).update(decide_by=decide_by, deferred_until=case.deferred_until)
