"""What is to change because of a complaint, and whether it did (P2)."""

from django.db import transaction

from records import obligations
from records.actions import log
from records.calendar import london_day
from records.enums import ObligationKind
from records.refusals import refuse_if

from ...models import ConcernLearning
from ...notices import concerns as notices
from ...rules import concerns as rules
from .owing import locked, owe_learning


@transaction.atomic
def agree_learning(*, concern, action, by_office, due_on, by, at):
    """Agree what the organisation, or the office, changes by a day."""
    concern = locked(concern)
    facts = {"by_office": by_office, "due_on": due_on}
    refuse_if(rules.why_not_agree_learning(concern, user=by, on=london_day(at), **facts), concern)
    number = concern.learning.count() + 1
    learning = ConcernLearning.objects.create(concern=concern, number=number, action=action.strip(), **facts)
    log(concern, "learning_agreed", by=by, at=at, summary=f"Change agreed: {learning.action}"[:500])
    owe_learning(learning)
    notices.learning_agreed(learning, at=at)
    return learning


@transaction.atomic
def complete_learning(*, learning, result, by, at):
    """Say that a change was made, and what came of it."""
    concern = locked(learning.concern)
    learning = ConcernLearning.objects.select_for_update().get(pk=learning.pk)
    learning.concern = concern
    refuse_if(rules.why_not_complete_learning(learning, user=by, on=london_day(at), result=result), concern)
    learning.done_on, learning.result = london_day(at), result.strip()
    learning.save(update_fields=["done_on", "result"])
    log(concern, "learning_done", by=by, at=at, summary=f"Change made: {learning.action}"[:500], reason=learning.result)
    obligations.close(learning, ObligationKind.COMPLAINT_LEARNING, at=at, by=by, closing="Done")
    return learning
