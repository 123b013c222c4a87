"""Whom we tell what about a variation of a contract."""

from accounts.queries import people_for
from records import notices
from records.enums import Audience
from records.words import day_in_words

from ..enums import VariationStatus


def _tell(variation, audiences, rule, heading, body, *, at, paper=None, organisations=(None,)):
    people = [
        person
        for organisation in organisations
        for audience in audiences
        for person in people_for(audience, organisation)
    ]
    notices.tell(
        people=people,
        rule=rule,
        subject=variation,
        heading=f"{variation.contract.reference}: {heading}"[:300],
        body=body,
        link=variation.get_absolute_url(),
        paper=paper,
        at=at,
    )


def variation_submitted(variation, *, at):
    """Who may decide: a variation waits for them."""
    body = f"{variation.title}\n\nWhy: {variation.reason}"
    deciders = (Audience.HEAD, Audience.COMMISSIONER, Audience.CHIEF_FINANCE)
    _tell(variation, deciders, "variation_submitted", "a variation waits for your decision", body, at=at)


def variation_decided(variation, providers, *, at):
    """The officers, what was decided; the provider, and who takes its place, what was agreed, with the letter."""
    agreed = variation.status == VariationStatus.APPROVED
    words = "variation agreed" if agreed else "variation declined"
    body = f"{variation.title}\n\nWhy: {variation.decision.reason}"
    _tell(variation, (Audience.OFFICER,), "variation_decided", words, body, at=at)
    if agreed:
        since = f"It takes effect on {day_in_words(variation.takes_effect_on)}."
        told = f"The contract {variation.contract.name} is varied: {variation.title}. {since} The letter says it all."
        theirs = {"organisations": providers, "paper": variation.letter}
        _tell(variation, (Audience.LEAD, Audience.SIGNATORY), "variation_agreed", words, told, **theirs, at=at)
