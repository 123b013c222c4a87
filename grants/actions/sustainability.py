"""What follows the funding: recipients informed, contacts, actions with reminders, outcome (M1)."""

from django.db import transaction

from records import obligations, workflow
from records.actions import log
from records.calendar import london_day
from records.enums import ObligationKind
from records.models import Obligation
from records.refusals import refuse_if
from records.words import day_in_words

from ..enums import SUSTAINABILITY_MOVES, SustainabilityOutcome, SustainabilityStatus
from ..models import SustainabilityAction, SustainabilityContact, SustainabilityPlan
from ..queries import sustainability as queries
from ..rules import sustainability as rules
from .locks import lock_award

KIND = ObligationKind.SUSTAINABILITY_ACTION


def _lock(plan):
    fresh = SustainabilityPlan.objects.select_for_update(of=("self",)).select_related("award__recipient")
    return fresh.get(pk=plan.pk)


@transaction.atomic
def inform_recipients(*, stream, told_on, by, at):
    """Record the day on which the recipients of a stream that ends were informed; each gets a plan.

    Those told before keep their day. Gives the plans that have this day now.
    """
    refuse_if(rules.why_not_inform(stream, user=by, on=london_day(at), told_on=told_on), stream)
    told = []
    for award in queries.funded_by(stream).order_by("pk"):
        plan = SustainabilityPlan.objects.filter(award=award).first() or _start(award, by=by, at=at)
        if plan.told_on is None:
            _tell(plan, told_on, by=by, at=at)
            told.append(plan)
    return told


def _start(award, *, by, at):
    plan = SustainabilityPlan.objects.create(award=award)
    log(plan, "started", by=by, at=at, summary=f"Plan begun for what follows {award.reference}")
    return plan


def _tell(plan, told_on, *, by, at):
    plan.told_on = told_on
    plan.save(update_fields=["told_on"])
    summary = f"{plan.award.recipient.name} was informed on {day_in_words(told_on)} that the funding ends"
    log(plan, "recipient_informed", by=by, at=at, summary=summary, changes={"told_on": [None, told_on.isoformat()]})


@transaction.atomic
def start_plan(*, award, by, at):
    """Begin a plan for one award."""
    award = lock_award(award)
    refuse_if(rules.why_not_start(award, user=by), award)
    return SustainabilityPlan.objects.filter(award=award).first() or _start(award, by=by, at=at)


@transaction.atomic
def write_plan(*, plan, told_on, summary, by, at):
    """How the project is to go on, and when its recipient was informed."""
    plan = _lock(plan)
    on = london_day(at)
    refuse_if(rules.why_not_write(plan, user=by) or rules.why_not_past(told_on, on), plan)
    was = [plan.told_on and plan.told_on.isoformat(), plan.summary]
    plan.told_on, plan.summary = told_on, summary.strip()
    plan.save(update_fields=["told_on", "summary"])
    now = [told_on and told_on.isoformat(), plan.summary]
    names = ("told_on", "summary")
    changes = {name: [old, new] for name, old, new in zip(names, was, now, strict=True) if old != new}
    log(plan, "written", by=by, at=at, summary="Plan written", changes=changes)
    return plan


@transaction.atomic
def add_contact(*, plan, on, who, note, by, at):
    """Record one contact with the recipient; it is never edited."""
    plan = _lock(plan)
    said = {"contact_on": on, "who": who, "note": note}
    refuse_if(rules.why_not_contact(plan, user=by, on=london_day(at), **said), plan)
    row = SustainabilityContact.objects.create(plan=plan, on=on, who=who.strip(), note=note.strip(), by=by, at=at)
    log(plan, "contacted", by=by, at=at, summary=f"Contact on {day_in_words(on)}")
    return row


@transaction.atomic
def add_action(*, plan, action, due_on, by_office=False, by, at):
    """Agree on something to be done; reminders go to those who owe it."""
    plan = _lock(plan)
    refuse_if(rules.why_not_add(plan, user=by, action=action, due_on=due_on, on=london_day(at)), plan)
    last = plan.actions.order_by("-number").values_list("number", flat=True).first()
    row = SustainabilityAction.objects.create(
        plan=plan, number=(last or 0) + 1, action=action.strip(), by_office=by_office, due_on=due_on
    )
    obligations.owe(
        row,
        KIND,
        title=f"{row.action} ({plan.award.recipient.name})"[:300],
        organisation=None if by_office else plan.award.recipient,
        due_on=due_on,
        link=plan.get_absolute_url(),
        anchor="agreed",
    )
    log(plan, "action_added", by=by, at=at, summary=f"To be done by {day_in_words(due_on)}: {row.action}"[:500])
    return row


def _lock_action(action):
    plan = _lock(action.plan)
    row = SustainabilityAction.objects.select_for_update(of=("self",)).get(pk=action.pk)
    row.plan = plan
    return row


@transaction.atomic
def move_action(*, action, due_on, reason, by, at):
    """Give an action another day; its reminders start afresh."""
    action = _lock_action(action)
    refuse_if(rules.why_not_move(action, user=by, due_on=due_on, reason=reason), action.plan)
    action.due_on = due_on
    action.save(update_fields=["due_on"])
    for owed in Obligation.objects.open().about(action).filter(kind=KIND):
        obligations.move_due(owed, due_on=due_on, by=by, at=at, reason=reason.strip())
    summary = f"Now to be done by {day_in_words(due_on)}: {action.action}"[:500]
    log(action.plan, "action_moved", by=by, at=at, reason=reason.strip(), summary=summary)
    return action


@transaction.atomic
def finish_action(*, action, done_on, result, by, at):
    """Record that an action is done, and what came of it."""
    action = _lock_action(action)
    wrong = rules.why_not_finish(action, user=by, on=london_day(at), done_on=done_on, result=result)
    refuse_if(wrong, action.plan)
    action.done_on, action.result = done_on, result.strip()
    action.save(update_fields=["done_on", "result"])
    obligations.close(action, KIND, by=by, at=at, closing="Done")
    log(action.plan, "action_done", by=by, at=at, reason=action.result, summary=f"Done: {action.action}"[:500])
    return action


@transaction.atomic
def close_plan(*, plan, outcome, outcome_words="", closed_on, by, at):
    """Close the plan with how the project stands now."""
    plan = _lock(plan)
    wrong = rules.why_not_close(plan, user=by, on=london_day(at), outcome=outcome, closed_on=closed_on)
    refuse_if(wrong, plan)
    return workflow.move(
        plan,
        SustainabilityStatus.CLOSED,
        moves=SUSTAINABILITY_MOVES,
        verb="closed",
        by=by,
        at=at,
        summary=f"Closed: {SustainabilityOutcome(outcome).label.lower()}",
        outcome=outcome,
        outcome_words=outcome_words.strip(),
        closed_on=closed_on,
    )


@transaction.atomic
def reopen_plan(*, plan, reason, by, at):
    """Go on with a plan that was closed."""
    plan = _lock(plan)
    refuse_if(rules.why_not_reopen(plan, user=by, reason=reason), plan)
    return workflow.move(
        plan,
        SustainabilityStatus.OPEN,
        moves=SUSTAINABILITY_MOVES,
        verb="reopened",
        by=by,
        at=at,
        reason=reason.strip(),
        summary="Opened again",
        outcome="",
        closed_on=None,
    )
