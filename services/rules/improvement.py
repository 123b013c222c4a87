"""What may be done with improvement plans, and when not (S4)."""

from accounts import access
from accounts.roles import Permission
from records.words import day_in_words

from ..enums import PlanStatus

NOT_THE_PROVIDER = "Only people of the provider who submit its returns write the plan."
NOT_THE_OFFICE = "Only commissioning officers and the head of commissioning answer a plan."
SETTLED = "This improvement plan is closed."


def why_not_propose(plan, *, user, on, cause=None, steps=None):
    """Why the provider cannot send its plan now; "" when it can. `steps` are {does, owner, due_on}."""
    if not access.may(user, Permission.RETURN_SUBMIT, plan.contract.provider) or access.is_office(user):
        return NOT_THE_PROVIDER
    if plan.status != PlanStatus.ASKED:
        return f"This plan is {plan.get_status_display().lower()}, so it is not written now."
    if cause is not None and not cause.strip():
        return "Say what the cause is."
    if steps is None:
        return ""
    if not steps:
        return "Add at least one step: what you will do, who does it and by when."
    late = [step for step in steps if step["due_on"] < on]
    if late:
        return f"“{late[0]['does']}” is due on {day_in_words(late[0]['due_on'])}, which has passed. Enter a later day."
    return ""


def _why_not_answer(plan, user):
    if not access.may(user, Permission.CONTRACT_MANAGE):
        return NOT_THE_OFFICE
    if plan.status == PlanStatus.CLOSED:
        return SETTLED
    return "" if plan.status == PlanStatus.PROPOSED else f"This plan is {plan.get_status_display().lower()}."


def why_not_agree(plan, *, user, on):
    """Why the office cannot agree the plan now; "" when it can."""
    return _why_not_answer(plan, user)


def why_not_send_back(plan, *, user, on, reason=None, due_on=None):
    """Why the plan cannot be sent back to the provider; "" when it can."""
    if why := _why_not_answer(plan, user):
        return why
    if reason is not None and not reason.strip():
        return "Say what the plan lacks. The provider reads these words."
    if due_on is not None and due_on <= on:
        return "Enter a day after today by which the plan should come again."
    return ""


def why_not_tick(step, *, user, on, done_on=None):
    """Why the step cannot be marked as done; "" when it can."""
    plan = step.plan
    theirs = access.may(user, Permission.RETURN_WRITE, plan.contract.provider)
    if not (theirs or access.may(user, Permission.CONTRACT_MANAGE)):
        return "Only people of the provider who write its returns, or commissioning officers, mark a step as done."
    if plan.status != PlanStatus.AGREED:
        return f"This plan is {plan.get_status_display().lower()}, so its steps are not marked as done now."
    if step.done_on:
        return f"This step was done on {day_in_words(step.done_on)} already."
    if done_on is not None and done_on > on:
        return "That day is still to come. Enter the day it was done."
    return ""


def why_not_close(plan, *, user, on, closing=None):
    """Why the plan cannot be closed now; "" when it can."""
    if not access.may(user, Permission.CONTRACT_MANAGE):
        return NOT_THE_OFFICE
    if plan.status == PlanStatus.CLOSED:
        return SETTLED
    if closing is not None and not closing.strip():
        return "Say what came of it. The provider reads these words."
    return ""
