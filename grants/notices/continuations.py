"""Whom we tell about the next year of an award, and about what follows its end."""

from accounts.queries import people_for
from records import notices
from records import queries as record
from records.enums import Audience, ObligationKind
from records.words import day_in_words, pounds


def _writers(row):
    """Contributors and lead of the recipient."""
    recipient = row.award.recipient
    return [*people_for(Audience.CONTRIBUTOR, recipient), *people_for(Audience.LEAD, recipient)]


def _officers(row):
    return list(people_for(Audience.OFFICER))


def _tell(row, people, *, rule, heading, body, at, paper=None, sets=()):
    notices.tell(
        people=people,
        rule=rule,
        subject=row,
        heading=f"{row.reference}: {heading}",
        body=body,
        link=row.get_absolute_url(),
        paper=paper,
        sets_dates_of=sets,
        at=at,
    )


def case_opened(row, *, at):
    """Those who write for the recipient: the business case for the next period is open."""
    _tell(
        row,
        _writers(row),
        rule="continuation_opened",
        heading="write the business case for the next period",
        body=f"{row.award.title} may go on from {day_in_words(row.starts_on)}. Write why it is still needed, what is "
        f"planned and what it costs. A lead sends it by {day_in_words(row.case_due_on)}.",
        sets=[record.owed_about(row, ObligationKind.CONTINUATION_CASE)],
        at=at,
    )


def case_submitted(row, *, at):
    """Officers, and a receipt for the recipient's lead: the business case is in."""
    asked = f" It asks for {pounds(row.asked_amount)}." if row.asked_amount is not None else ""
    _tell(
        row,
        [*_officers(row), *people_for(Audience.LEAD, row.award.recipient)],
        rule="continuation_submitted",
        heading="business case sent in",
        body=f"{row.award.recipient.name} has sent its business case for the time from "
        f"{day_in_words(row.starts_on)}.{asked}",
        at=at,
    )


def case_returned(row, *, reason, at):
    """Those who write for the recipient: the business case needs changes."""
    _tell(
        row,
        _writers(row),
        rule="continuation_returned",
        heading="business case sent back to be changed",
        body=f"The office asks for changes:\n\n{reason}",
        at=at,
    )


def advised(row, *, at):
    """The chief finance officer, who comments, and the commissioner's office, which decides."""
    _tell(
        row,
        [*people_for(Audience.CHIEF_FINANCE), *people_for(Audience.COMMISSIONER)],
        rule="continuation_advised",
        heading="advice is given",
        body=f"Officers have advised on {row.award.title}. The chief finance officer comments on the money; "
        f"the decision is due by {day_in_words(row.due_on)}.",
        at=at,
    )


def taken_back(row, *, reason, at):
    """The commissioner's office: there is nothing to decide for now."""
    _tell(
        row,
        [*people_for(Audience.CHIEF_FINANCE), *people_for(Audience.COMMISSIONER)],
        rule="continuation_taken_back",
        heading="advice taken back",
        body=f"The advice on {row.award.title} is being prepared again. Reason: {reason}",
        at=at,
    )


def days_moved(row, *, was, at):
    """Officers and the recipient's lead: the decision is expected on another day; no other day moves."""
    _tell(
        row,
        [*_officers(row), *people_for(Audience.LEAD, row.award.recipient)],
        rule="continuation_days_moved",
        heading="the decision is due on another day",
        body=f"What follows {row.award.title} was to be decided by {day_in_words(was)}. It is now due by "
        f"{day_in_words(row.due_on)}. The latest safe day is {day_in_words(row.safe_by)}. The end of the award, its "
        "money and its returns stay as they are.",
        sets=[record.owed_about(row, ObligationKind.CONTINUATION_DECISION)],
        at=at,
    )


def event_after_safe_day(row, *, sentence, at):
    """Officers, head and commissioner's office: decide without waiting for the event (V5)."""
    people = [*_officers(row), *people_for(Audience.HEAD), *people_for(Audience.COMMISSIONER)]
    _tell(
        row,
        people,
        rule="continuation_event_too_late",
        heading="decide without waiting",
        body=f"{row.award.title}, {row.award.recipient.name}. {sentence}",
        sets=[record.owed_about(row, ObligationKind.CONTINUATION_DECISION)],
        at=at,
    )


def decided(row, *, paper, words, at):
    """The recipient's lead and the payee's signatories, in confidence, with the letter; finance hears of it too."""
    people = [
        *people_for(Audience.LEAD, row.award.recipient),
        *people_for(Audience.SIGNATORY, row.award.payee),
        *people_for(Audience.FINANCE),
        *_officers(row),
    ]
    _tell(
        row,
        people,
        rule="continuation_decided",
        heading="what follows is decided",
        body=f"In confidence: {words}",
        paper=paper,
        at=at,
    )
