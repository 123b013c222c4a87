"""Ladders of reminders as the office writes them. What was told under an old step stays told."""

from django.db import transaction

from .. import rules
from ..ladders import delivered
from ..models import LadderStep
from ..refusals import refuse_if
from .recording import log

FIELDS = ("working_days", "audiences", "heading", "wording")


def _locked(kind):
    """The steps of a kind, ours until the transaction ends, from the earliest."""
    return list(LadderStep.objects.select_for_update().filter(kind=kind).order_by("working_days"))


def _ours(step, steps, seen):
    """The step as it stands now; refused when it is gone or is not what the person had before them."""
    now = next((row for row in steps if row.pk == step.pk), None)
    refuse_if(rules.why_not_touch(now, seen=seen), step)
    return now


@transaction.atomic
def add_step(*, kind, working_days, audiences, heading, wording, by, at):
    """Add a step to the ladder of a kind. If its day is past, only those are told whose newest step it is."""
    steps = _locked(kind)
    step = LadderStep(kind=kind, working_days=working_days, audiences=audiences, heading=heading, wording=wording)
    refuse_if(rules.why_not_write(step, others=steps), step)
    return _put_on(step, by=by, at=at)


def _put_on(step, *, by, at):
    step.save()
    log(
        step,
        "ladder_step_added",
        by=by,
        at=at,
        summary=f"Reminder added. {step}",
        changes={name: [None, value] for name, value in step.content.items()},
    )
    return step


@transaction.atomic
def change_step(*, step, working_days, audiences, heading, wording, by, at, seen=""):
    """Change when a step goes out, to whom, or its words. `seen` is its mark when the person read it."""
    steps = _locked(step.kind)
    step = _ours(step, steps, seen)
    was = step.content
    step.working_days, step.audiences, step.heading, step.wording = working_days, audiences, heading, wording
    refuse_if(rules.why_not_write(step, others=[row for row in steps if row is not step]), step)
    return _save(step, was, "ladder_step_changed", "Reminder changed", by=by, at=at)


def _save(step, was, verb, words, *, by, at):
    changes = {name: [was[name], value] for name, value in step.content.items() if was[name] != value}
    if changes:
        step.save(update_fields=FIELDS)
        log(step, verb, by=by, at=at, summary=f"{words}. {step}", changes=changes)
    return step


@transaction.atomic
def remove_step(*, step, by, at, seen=""):
    """Take a step off its ladder; who was told by it stays told."""
    steps = _locked(step.kind)
    step = _ours(step, steps, seen)
    refuse_if(rules.why_not_remove(step, others=[row for row in steps if row is not step]), step)
    return _take_off(step, by=by, at=at)


def _take_off(step, *, by, at):
    log(
        step,
        "ladder_step_removed",
        by=by,
        at=at,
        summary=f"Reminder removed. {step}",
        changes={name: [value, None] for name, value in step.content.items()},
    )
    LadderStep.objects.filter(pk=step.pk).delete()
    return step


@transaction.atomic
def restore_step(*, step, by, at):
    """Back to the audiences, the subject and the wording delivered with the portal for the step's day."""
    step = _ours(step, _locked(step.kind), "")
    refuse_if(rules.why_not_restore(step), step)
    was = step.content
    step.audiences, step.heading, step.wording = delivered(step.kind)[step.working_days]
    return _save(step, was, "ladder_step_restored", "Back to the wording delivered with the portal", by=by, at=at)


@transaction.atomic
def restore_ladder(*, kind, by, at):
    """The whole ladder of a kind as delivered: steps added go, steps removed come back, words as they were."""
    steps = {step.working_days: step for step in _locked(kind)}
    wanted = delivered(kind)
    for days, step in steps.items():
        if days not in wanted:
            _take_off(step, by=by, at=at)
    for days, (audiences, heading, wording) in wanted.items():
        if days in steps:
            restore_step(step=steps[days], by=by, at=at)
        else:
            step = LadderStep(kind=kind, working_days=days, audiences=audiences, heading=heading, wording=wording)
            _put_on(step, by=by, at=at)
    return list(LadderStep.objects.filter(kind=kind).order_by("working_days"))
