"""Whom we tell about new terms."""

from accounts.queries import people_for
from records import notices
from records import queries as record
from records.enums import Audience, ObligationKind
from records.words import day_in_words


def _tell(change, people, *, rule, heading, body, at, paper=None, sets=None):
    notices.tell(
        people=people,
        rule=rule,
        subject=change,
        heading=f"{change.award.reference}: {heading}",
        body=body,
        link=change.get_absolute_url(),
        paper=paper,
        sets_dates_of=[sets],
        at=at,
    )


def _payee_side(award):
    """The payee's signatories and the recipient's leads."""
    return [*people_for(Audience.SIGNATORY, award.payee), *people_for(Audience.LEAD, award.recipient)]


def terms_proposed(change, *, paper, at):
    """Payee and recipient: new terms, why, and the day to answer by."""
    award = change.award
    _tell(
        change,
        _payee_side(award),
        rule="terms_proposed",
        heading="new terms to answer",
        body=f"The office asks {award.payee.name} to accept {change.terms} in place of {change.was}. "
        f"Why: {change.reason} An authorised signatory can answer until {day_in_words(change.answer_by)}. "
        "Until then the terms accepted before hold.",
        paper=paper,
        sets=record.owed_about(award, ObligationKind.TERMS_CONSENT, period=f"terms {change.number}"),
        at=at,
    )


def terms_answered(change, *, at):
    """Officers and the recipient's leads: how the payee answered."""
    people = [*people_for(Audience.OFFICER), *people_for(Audience.LEAD, change.award.recipient)]
    reason = f" Reason: {change.answer}" if change.answer else ""
    word = change.get_status_display().lower()
    _tell(
        change,
        people,
        rule="terms_answered",
        heading=f"new terms {word}",
        body=f"{change.award.payee.name} {word} {change.terms}.{reason}",
        at=at,
    )


def terms_withdrawn(change, *, reason, at):
    """Payee and recipient: nothing needs to be answered any more."""
    _tell(
        change,
        _payee_side(change.award),
        rule="terms_withdrawn",
        heading="new terms taken back",
        body=f"The office has taken back {change.terms}. The terms accepted before hold. Reason: {reason}",
        at=at,
    )
