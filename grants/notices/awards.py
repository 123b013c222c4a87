"""Whom we tell about awards, instalments and repayments."""

from accounts.queries import people_for
from records import notices
from records import queries as record
from records.enums import Audience, ObligationKind
from records.words import day_in_words, pounds


def _recipient_side(award):
    """The recipient's lead and the payee's signatories."""
    return [*people_for(Audience.LEAD, award.recipient), *people_for(Audience.SIGNATORY, award.payee)]


def _tell(award, people, *, rule, heading, body, at, paper=None, sets=None):
    """`sets`: the obligation whose day this sets."""
    notices.tell(
        people=people,
        rule=rule,
        subject=award,
        heading=f"{award.reference}: {heading}",
        body=body,
        link=award.get_absolute_url(),
        paper=paper,
        sets_dates_of=[sets],
        at=at,
    )


def award_offered(award, *, amount, due_on, paper, at):
    """Recipient and payee, in confidence: the offer, its sum and the day to accept by."""
    _tell(
        award,
        _recipient_side(award),
        rule="award_offered",
        heading="your award",
        body=f"In confidence: {award.recipient.name} is offered {pounds(amount)} for {award.title}. "
        f"An authorised signatory of {award.payee.name} can accept the terms until {day_in_words(due_on)}. "
        "Please do not make the award public before the office does.",
        paper=paper,
        sets=record.owed_about(award, ObligationKind.ACCEPTANCE),
        at=at,
    )


def award_line_added(award, line, *, paper, at):
    """Recipient and payee, in confidence: one more project, under the terms already offered."""
    _tell(
        award,
        _recipient_side(award),
        rule="award_line_added",
        heading="one more project approved",
        body=f"In confidence: {line.title} was approved with {pounds(line.amount)} and added to this award "
        "under the same terms.",
        paper=paper,
        at=at,
    )


def award_accepted(award, *, by, at):
    """Officers, finance and the recipient's lead: the terms are accepted."""
    people = [
        *people_for(Audience.OFFICER),
        *people_for(Audience.FINANCE),
        *people_for(Audience.LEAD, award.recipient),
    ]
    _tell(
        award,
        people,
        rule="award_accepted",
        heading="terms accepted",
        body=f"{by.full_name} accepted the terms for {award.payee.name}. The award is live.",
        at=at,
    )


def award_declined(award, *, reason, at):
    """Officers: the recipient does not want the award."""
    _tell(
        award,
        people_for(Audience.OFFICER),
        rule="award_declined",
        heading="declined by the recipient",
        body=f"{award.payee.name} declined the award of {award.recipient.name}. Reason: {reason}",
        at=at,
    )


def award_ended(award, *, word, reason, at):
    """Recipient and payee: the offer lapsed, or the award was suspended, resumed, closed or ended early."""
    _tell(
        award,
        _recipient_side(award),
        rule=f"award_{word.replace(' ', '_')}",
        heading=word,
        body=f"The award {award.title} is {word}." + (f" Reason: {reason}" if reason else ""),
        at=at,
    )


def condition_met(instalment, *, at):
    """Finance: the condition of an instalment is met."""
    _tell(
        instalment.award,
        people_for(Audience.FINANCE),
        rule=f"condition_met_{instalment.number}",
        heading=f"condition of instalment {instalment.number} met",
        body=f"{pounds(instalment.amount)} can be released from {day_in_words(instalment.due_on)}.",
        at=at,
    )


def instalment_released(instalment, *, at):
    """Recipient and payee: money is on its way."""
    _tell(
        instalment.award,
        _recipient_side(instalment.award),
        rule=f"instalment_released_{instalment.number}",
        heading=f"instalment {instalment.number} released",
        body=f"{pounds(instalment.amount)} has been released to {instalment.award.payee.name}.",
        at=at,
    )


def instalment_withheld(instalment, *, reason, at):
    """Recipient and payee: money is held back, and why."""
    _tell(
        instalment.award,
        _recipient_side(instalment.award),
        rule=f"instalment_withheld_{instalment.number}",
        heading=f"instalment {instalment.number} withheld",
        body=f"{pounds(instalment.amount)} is withheld for now. Reason: {reason}",
        at=at,
    )


def repayment_requested(instalment, *, reason, at):
    """Recipient and payee: unspent money is asked back."""
    _tell(
        instalment.award,
        _recipient_side(instalment.award),
        rule=f"repayment_requested_{instalment.number}",
        heading="repayment of unspent money",
        body=f"Please repay {pounds(instalment.amount)} by {day_in_words(instalment.due_on)}. Reason: {reason}",
        sets=record.owed_about(instalment.award, ObligationKind.REPAYMENT, period=f"repayment {instalment.number}"),
        at=at,
    )


def repayment_received(instalment, *, remaining, at):
    """Recipient and payee: thank you, it arrived; and what is still to come."""
    more = f" {pounds(remaining)} is still to come, due by {day_in_words(instalment.due_on)}." if remaining else ""
    _tell(
        instalment.award,
        _recipient_side(instalment.award),
        rule=f"repayment_received_{instalment.number}",
        heading="repayment received",
        body=f"{pounds(instalment.amount)} was received on {day_in_words(instalment.paid_on)}.{more}",
        at=at,
    )
