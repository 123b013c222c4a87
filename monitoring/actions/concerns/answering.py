"""A stage is acknowledged, answered, and followed by the next: on request, or by an officer's decision (P2)."""

from django.db import transaction

from records import obligations, workflow
from records.actions import log
from records.calendar import london_day
from records.refusals import refuse_if
from records.words import day_in_words

from ...enums import CONCERN_MOVES, ConcernStatus, MovedBy
from ...letters import concerns as letters
from ...models import ConcernStage
from ...notices import concerns as notices
from ...queries import concerns as queries
from ...rules import concerns as rules
from .owing import ANSWERS, locked, settle, settle_acknowledgement
from .receiving import begin_stage, write_acknowledgement


@transaction.atomic
def acknowledge_stage(*, concern, words, by, at):
    """Tell the complainant that the stage they asked for has begun, and by when it is answered."""
    concern = locked(concern)
    refuse_if(rules.why_not_acknowledge(concern, user=by, on=london_day(at), words=words), concern)
    stage = queries.stage_of(concern)
    stage.acknowledged_at = at
    stage.save(update_fields=["acknowledged_at"])
    log(concern, "acknowledged", by=by, at=at, summary=f"Stage “{stage.level.name}” acknowledged")
    settle_acknowledgement(concern, stage, by=by, at=at, closing="Acknowledged")
    write_acknowledgement(concern, stage, words=words, by=by, at=at)
    return concern


@transaction.atomic
def answer_stage(*, concern, answer, outcome, by, at):
    """Answer the stage a complaint is at; the complainant gets the answer and can ask for the next stage."""
    concern = locked(concern)
    refuse_if(rules.why_not_answer(concern, user=by, on=london_day(at), answer=answer, outcome=outcome), concern)
    stage = queries.stage_of(concern)
    stage.answer, stage.outcome = answer.strip(), outcome
    stage.answered_at, stage.answered_by = at, by
    stage.save(update_fields=["answer", "outcome", "answered_at", "answered_by"])
    found = stage.get_outcome_display().lower()
    workflow.move(
        concern,
        ConcernStatus.ANSWERED,
        moves=CONCERN_MOVES,
        verb="answered",
        by=by,
        at=at,
        summary=f"Answered at the stage “{stage.level.name}”: {found}",
        outcome=outcome,
    )
    settle(concern, by=by, at=at, closing="Answered")
    concern = locked(concern)
    further = queries.next_level(concern)
    paper = letters.outcome(concern, stage, next_level=further, by=by, at=at)
    more = " You can ask for the next stage." if further else ""
    notices.to_complainant(
        concern,
        heading=f"{paper.title}: {concern.reference}",
        body=f"Your complaint has been answered: {found}. The letter is attached.{more}",
        paper=paper,
        at=at,
    )
    notices.concern_answered(concern, stage, at=at)
    return concern


@transaction.atomic
def ask_next_stage(*, concern, reason, at):
    """The complainant takes it to the next stage, after an answer or when one is late."""
    concern = locked(concern)
    refuse_if(rules.why_not_ask_next(concern, on=london_day(at), reason=reason), concern)
    stage = _go_on(concern, moved_by=MovedBy.REQUEST, reason=reason.strip(), by=None, at=at, acknowledged=False)
    notices.stage_asked_for(concern, stage, at=at)
    return concern


@transaction.atomic
def move_on(*, concern, reason, by, at):
    """An officer decides that the next stage begins; lateness alone never does."""
    concern = locked(concern)
    refuse_if(rules.why_not_move_on(concern, user=by, on=london_day(at), reason=reason), concern)
    stage = _go_on(concern, moved_by=MovedBy.OFFICER, reason=reason.strip(), by=by, at=at, acknowledged=True)
    write_acknowledgement(concern, stage, words="", by=by, at=at)
    return concern


def _go_on(concern, *, moved_by, reason, by, at, acknowledged):
    level, stage = queries.next_level(concern), queries.stage_of(concern)
    if stage.is_open:
        ConcernStage.objects.filter(pk=stage.pk).update(moved_on_at=at)
        due = day_in_words(stage.answer_by)
        for kind in ANSWERS.values():
            obligations.close(concern, kind, at=at, by=by, closing=f"Went to the next stage unanswered; due {due}")
        settle_acknowledgement(concern, stage, by=by, at=at, closing="Went to the next stage")
    return begin_stage(concern, level, moved_by=moved_by, by=by, at=at, reason=reason, acknowledged=acknowledged)
