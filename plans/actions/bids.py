"""Writes in the workspace of a bid: partners, tasks with their reminders, documents (O2)."""

from django.db import transaction

from records import documents, obligations
from records.actions import log
from records.calendar import london_day
from records.models import Obligation
from records.refusals import refuse_if
from records.words import day_in_words, pounds

from ..enums import OpportunityStatus as Status
from ..models import OpportunityPartner, OpportunityTask
from ..queries.opportunities import SECTION
from ..rules import opportunities as rules
from .opportunities import DEADLINE, TASK, lock, owe_deadline


@transaction.atomic
def save_partner(*, opportunity, organisation, name, part, brings, agreed_on, by, at, partner=None):
    """Add who bids with the office, or change what they bring; `brings` in pounds, None where not known."""
    opportunity = lock(opportunity)
    refuse_if(rules.why_not_work_on(opportunity, user=by), opportunity)
    refuse_if(rules.why_not_partner_so(organisation=organisation, name=name), opportunity)
    fields = {
        "organisation": organisation,
        "name": organisation.name if organisation else name,
        "part": part,
        "brings": brings,
        "agreed_on": agreed_on,
    }
    if partner is None:
        partner = OpportunityPartner.objects.create(opportunity=opportunity, **fields)
    else:
        OpportunityPartner.objects.filter(pk=partner.pk).update(**fields)
        partner.refresh_from_db()
    money = f", brings {pounds(brings)}" if brings is not None else ""
    agreed = f", agreed on {day_in_words(agreed_on)}" if agreed_on else ""
    log(opportunity, "partner_saved", by=by, at=at, summary=f"Partner: {partner.name}{money}{agreed}"[:500])
    return partner


@transaction.atomic
def remove_partner(*, partner, by, at):
    """Take a partner off the bid."""
    opportunity = lock(partner.opportunity)
    refuse_if(rules.why_not_work_on(opportunity, user=by), opportunity)
    log(opportunity, "partner_removed", by=by, at=at, summary=f"No longer a partner: {partner.name}")
    partner.delete()
    return opportunity


@transaction.atomic
def save_task(*, opportunity, task, owner, due_on, by, at, row=None):
    """Add a task of the bid, or change one; its reminders follow its day."""
    opportunity = lock(opportunity)
    refuse_if(rules.why_not_work_on(opportunity, user=by), opportunity)
    refuse_if(rules.why_not_task_so(opportunity, due_on=due_on), opportunity)
    fields = {"task": task, "owner": owner, "due_on": due_on}
    if row is None:
        last = opportunity.tasks.order_by("-number").values_list("number", flat=True).first() or 0
        row = OpportunityTask.objects.create(opportunity=opportunity, number=last + 1, **fields)
        _owe(opportunity, row)
        log(opportunity, "task_added", by=by, at=at, summary=f"Task by {day_in_words(due_on)}: {task}"[:500])
        return row
    refuse_if(rules.why_not_finish_task(opportunity, row, user=by), opportunity)
    was = f"{row.task}, by {day_in_words(row.due_on)}"
    OpportunityTask.objects.filter(pk=row.pk).update(**fields)
    row.refresh_from_db()
    changes = {"task": [was, f"{row.task}, by {day_in_words(row.due_on)}"]}
    log(opportunity, "task_changed", by=by, at=at, summary=f"Task changed: {task}"[:500], changes=changes)
    for owed in Obligation.objects.open().about(opportunity).filter(kind=TASK, period=_period(row)):
        if owed.due_on != due_on:
            obligations.move_due(owed, due_on=due_on, by=by, at=at, reason="The task was changed")
    return row


def _period(row):
    return f"TASK:{row.number}"


def _owe(opportunity, row):
    obligations.owe(
        opportunity,
        TASK,
        title=f"{row.task} ({opportunity.fund})"[:300],
        due_on=row.due_on,
        link=opportunity.get_absolute_url(),
        period=_period(row),
    )


@transaction.atomic
def finish_task(*, row, done_on, result, by, at):
    """Mark a task as done, with what came of it; its reminders stop."""
    opportunity = lock(row.opportunity)
    row.refresh_from_db()
    refuse_if(rules.why_not_finish_task(opportunity, row, user=by), opportunity)
    OpportunityTask.objects.filter(pk=row.pk).update(done_on=done_on, result=result)
    row.refresh_from_db()
    obligations.close(opportunity, TASK, by=by, at=at, closing="Done", period=_period(row))
    log(opportunity, "task_done", by=by, at=at, reason=result, summary=f"Task done: {row.task}"[:500])
    return row


@transaction.atomic
def add_document(*, opportunity, upload, by, at):
    """Keep a file of the bid; the one that was sent is kept after it was sent, too."""
    opportunity = lock(opportunity)
    refuse_if(_why_not_keep(opportunity, by), opportunity)
    return documents.store(upload=upload, subject=opportunity, section=SECTION, by=by, at=at)


def _why_not_keep(opportunity, user):
    """Letters of the outcome come in afterwards, so a bid that was won or lost still takes files."""
    return rules.why_not_enter(user) if opportunity.status != Status.NOT_PURSUED else rules.why_not_work_on(
        opportunity, user=user
    )  # fmt: skip


@transaction.atomic
def remove_document(*, opportunity, document, by, at):
    """Take a file off the bid while it is being written; the history keeps it."""
    opportunity = lock(opportunity)
    refuse_if(rules.why_not_work_on(opportunity, user=by), opportunity)
    documents.remove(document=document, by=by, at=at)
    return opportunity


@transaction.atomic
def owe_what_is_ahead(*, opportunity, at):
    """Owe the last day and the open tasks of an opportunity that came with a plan file; what is over owes nothing."""
    opportunity, on = lock(opportunity), london_day(at)
    ahead = opportunity.status in (Status.HORIZON, Status.BIDDING)
    for kind in (DEADLINE, TASK):
        obligations.close(opportunity, kind, at=at, closing="Written anew by the plan file")
    if ahead and opportunity.closes_on and opportunity.closes_on >= on:
        owe_deadline(opportunity)
    for row in opportunity.tasks.filter(done_on=None, due_on__gte=on) if ahead else ():
        _owe(opportunity, row)
    return opportunity
