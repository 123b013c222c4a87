"""Clocks of complaints: what is owed at each stage, by whom, and to whom lateness is told (P2, X4)."""

from plans.enums import StageAnsweredBy
from records import obligations
from records.enums import ObligationKind

from ...models import Concern
from ...queries import concerns as queries

K = ObligationKind
ANSWERS = {
    StageAnsweredBy.PROVIDER: K.COMPLAINT_STAGE,
    StageAnsweredBy.OFFICER: K.COMPLAINT_OFFICER,
    StageAnsweredBy.HEAD: K.COMPLAINT_HEAD,
    StageAnsweredBy.COMMISSIONER: K.COMPLAINT_COMMISSIONER,
}
RECEIPT = "receipt"


def locked(concern):
    """The complaint as it stands, ours until the transaction ends, with its stages."""
    Concern.objects.select_for_update(of=("self",)).get(pk=concern.pk)
    wanted = ("named_officer", "deputy", "about_person")
    return queries.with_stages(Concern.objects.filter(pk=concern.pk)).select_related(
        *wanted, "organisation", "award__payee", "award__recipient", "contract__provider"
    )[0]


def _only_for(concern):
    handlers = queries.handlers_of(concern)
    return None if handlers is None else [person.pk for person in handlers]


def owe_receipt(concern, *, due_on):
    """The office owes an acknowledgement of what came in."""
    obligations.owe(
        concern,
        K.COMPLAINT_ACKNOWLEDGE,
        title=f"Acknowledge complaint {concern.reference}",
        due_on=due_on,
        link=concern.get_absolute_url(),
        period=RECEIPT,
        only_for=_only_for(concern),
    )


def owe_stage(concern, stage):
    """Whoever stands at the stage owes its answer, and the office its acknowledgement while that is outstanding."""
    period = f"stage {stage.number}"
    whose = StageAnsweredBy(stage.level.answered_by)
    obligations.owe(
        concern,
        ANSWERS[whose],
        title=f"Answer complaint {concern.reference}, stage “{stage.level.name}”"[:300],
        due_on=stage.answer_by,
        organisation=concern.organisation if whose == StageAnsweredBy.PROVIDER else None,
        link=concern.get_absolute_url(),
        period=period,
        only_for=_only_for(concern),
    )
    if stage.acknowledged_at is None:
        obligations.owe(
            concern,
            K.COMPLAINT_ACKNOWLEDGE,
            title=f"Acknowledge that complaint {concern.reference} went to the stage “{stage.level.name}”"[:300],
            due_on=stage.acknowledge_by,
            link=concern.get_absolute_url(),
            period=period,
            only_for=_only_for(concern),
        )


def owe_learning(learning):
    """The organisation or the office owes a change."""
    concern = learning.concern
    obligations.owe(
        learning,
        K.COMPLAINT_LEARNING,
        title=f"{concern.reference}: {learning.action}"[:300],
        due_on=learning.due_on,
        organisation=None if learning.by_office else concern.organisation,
        link=concern.get_absolute_url(),
        only_for=_only_for(concern),
    )


def settle_receipt(concern, *, by, at, closing):
    """The acknowledgement of what came in is owed no more."""
    obligations.close(concern, K.COMPLAINT_ACKNOWLEDGE, period=RECEIPT, at=at, by=by, closing=closing)


def settle_acknowledgement(concern, stage, *, by, at, closing):
    """The acknowledgement of a stage is owed no more."""
    period = f"stage {stage.number}"
    obligations.close(concern, K.COMPLAINT_ACKNOWLEDGE, period=period, at=at, by=by, closing=closing)


def settle(concern, *, by, at, closing):
    """Nothing is owed on the complaint itself any more; changes agreed stay owed."""
    for kind in (*ANSWERS.values(), K.COMPLAINT_ACKNOWLEDGE):
        obligations.close(concern, kind, at=at, by=by, closing=closing)


def owe_afresh(concern, *, due_on, by, at):
    """What is owed is owed to the eyes of the present handlers: closed and written again with the same days."""
    settle(concern, by=by, at=at, closing="Given to other people")
    stage = queries.stage_of(concern)
    if stage is None:
        owe_receipt(concern, due_on=due_on)
    elif stage.is_open:
        owe_stage(concern, stage)
    for learning in concern.learning.filter(done_on__isnull=True).select_related("concern__organisation"):
        obligations.close(learning, K.COMPLAINT_LEARNING, at=at, by=by, closing="Given to other people")
        learning.concern = concern
        owe_learning(learning)
