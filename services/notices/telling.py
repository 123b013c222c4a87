"""The two sides of a contract that are told: people of its provider, and commissioning officers."""

from accounts.queries import people_for
from records import notices
from records.enums import Audience

WRITERS = (Audience.CONTRIBUTOR, Audience.LEAD)


def tell_provider(contract, rule, subject, heading, body, *, at, sets=(), audiences=WRITERS):
    """Tell people of the provider; `sets` are the obligations whose days this sets."""
    if contract.provider_id:
        told = [person for audience in audiences for person in people_for(audience, contract.provider)]
        _tell(told, rule, subject, heading, body, at=at, sets=sets)


def tell_officers(rule, subject, heading, body, *, at, sets=()):
    """Tell commissioning officers."""
    _tell(people_for(Audience.OFFICER), rule, subject, heading, body, at=at, sets=sets)


def _tell(people, rule, subject, heading, body, *, at, sets):
    notices.tell(
        people=people,
        rule=rule,
        subject=subject,
        heading=heading[:200],
        body=body,
        link=subject.get_absolute_url(),
        sets_dates_of=sets,
        at=at,
    )
