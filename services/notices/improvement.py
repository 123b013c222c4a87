"""Whom we tell what about an improvement plan (S4)."""

from records.words import day_in_words

from .telling import tell_officers, tell_provider


def plan_asked(plan, *, due_on, owed=None, at):
    """The provider learns that a plan is asked of it, why, and by when."""
    body = (
        f"{plan.because}\n\nWrite what the cause is and what you will do, step by step, with who does it and by "
        f"when. It is due by {day_in_words(due_on)}."
    )
    heading = f"An improvement plan is asked for: {plan.kpi.name}"
    tell_provider(plan.contract, "improvement_plan_asked", plan, heading, body, sets=[owed], at=at)


def plan_proposed(plan, *, at):
    """Officers learn that the plan came."""
    steps = "\n".join(f"- {step.does}, by {day_in_words(step.due_on)}" for step in plan.steps.all())
    body = f"{plan.contract.provider} has sent its plan.\n\nThe cause: {plan.cause}\n\n{steps}"
    tell_officers("improvement_plan_proposed", plan, f"{plan.reference}: the improvement plan has come", body, at=at)


def plan_sent_back(plan, *, reason, due_on, owed=None, at):
    """The provider learns what the plan lacks, and by when it is due again."""
    body = f"{reason}\n\nChange the plan and send it again by {day_in_words(due_on)}."
    heading = f"{plan.reference}: the office asks for more"
    tell_provider(plan.contract, "improvement_plan_sent_back", plan, heading, body, sets=[owed], at=at)


def plan_agreed(plan, *, owed=(), at):
    """The provider learns that the plan stands."""
    body = f"The plan for {plan.kpi.name} is agreed. Mark each step as done on the day it is."
    heading = f"{plan.reference}: the plan is agreed"
    tell_provider(plan.contract, "improvement_plan_agreed", plan, heading, body, sets=owed, at=at)


def plan_closed(plan, *, at):
    """The provider learns what came of it."""
    heading = f"{plan.reference}: the improvement plan is closed"
    tell_provider(plan.contract, "improvement_plan_closed", plan, heading, plan.closing, at=at)
