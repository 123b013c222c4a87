"""Whom we tell what about a contract."""

from accounts.queries import people_for
from records import notices
from records.enums import Audience
from records.words import day_in_words

WRITERS = (Audience.CONTRIBUTOR, Audience.LEAD)


def returns_owed(contract, changes, *, reason, at):
    """Those who write the provider's returns: what is owed by when, and what has moved, in one notice."""
    if not changes:
        return
    listed = "\n".join(f"- {change}" for change in changes)
    notices.tell(
        people=[*people_for(Audience.CONTRIBUTOR, contract.provider), *people_for(Audience.LEAD, contract.provider)],
        rule="contract_returns_owed",
        subject=contract,
        heading=f"{contract.reference}: days of monitoring returns",
        body=f"Under the contract {contract.name} these days are new or have changed:\n\n{listed}\n\nWhy: {reason}",
        link=contract.get_absolute_url(),
        sets_dates_of=[change.obligation for change in changes if change.now],
        at=at,
    )


def _provider(contract, audiences, rule, subject, heading, body, at, sets=()):
    """Tell people of the provider; `sets` are the obligations whose days this sets."""
    if not contract.provider_id:
        return
    notices.tell(
        people=[person for audience in audiences for person in people_for(audience, contract.provider)],
        rule=rule,
        subject=subject,
        heading=heading,
        body=body,
        link=subject.get_absolute_url(),
        sets_dates_of=sets,
        at=at,
    )


def plan_asked(plan, *, due_on, at):
    """The provider learns that a plan is asked of it, why, and by when."""
    _provider(
        plan.contract,
        WRITERS,
        "improvement_plan_asked",
        plan,
        f"An improvement plan is asked for: {plan.kpi.name}",
        f"{plan.because}\n\nWrite what the cause is and what you will do, step by step, with who does it and by "
        f"when. It is due by {day_in_words(due_on)}.",
        at,
    )
