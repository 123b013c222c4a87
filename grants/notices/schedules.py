"""Whom we tell when days of an award move."""

from accounts.queries import people_for
from records import notices
from records.enums import Audience
from records.words import day_in_words


def returns_moved(award, changes, *, reason, at):
    """Those who write the recipient's returns: each return with its old and its new day, in one notice."""
    _tell(
        award,
        [*people_for(Audience.CONTRIBUTOR, award.recipient), *people_for(Audience.LEAD, award.recipient)],
        rule="returns_moved",
        heading="days of monitoring returns have moved",
        body="These days have changed:\n\n" + "\n".join(f"- {change}" for change in changes) + f"\n\nWhy: {reason}",
        sets_dates_of=[change.obligation for change in changes if change.now],
        at=at,
    )


def instalments_moved(award, moved, *, at):
    """Recipient and payee: payments that follow an event, each with its old and its new day."""
    days = [
        f"- Instalment {row.number}: due on {day_in_words(row.due_on)}, not on {day_in_words(was)}"
        for row, was in moved
    ]
    why = " and ".join(sorted({row.event.name for row, _ in moved}))
    _tell(
        award,
        [*people_for(Audience.LEAD, award.recipient), *people_for(Audience.SIGNATORY, award.payee)],
        rule="instalments_moved",
        heading="days of payments have moved",
        body="These days have changed:\n\n" + "\n".join(days) + f"\n\nWhy: they follow {why}, whose day has moved.",
        at=at,
    )


def award_end_moved(award, *, was, reason, at):
    """The recipient's lead and the payee's signatories: the award ends on another day."""
    _tell(
        award,
        [*people_for(Audience.LEAD, award.recipient), *people_for(Audience.SIGNATORY, award.payee)],
        rule="award_end_moved",
        heading=f"the award now ends on {day_in_words(award.ends_on)}",
        body=f"The award {award.title} was to end on {day_in_words(was)}. It now ends on "
        f"{day_in_words(award.ends_on)}. Its sum and its terms stay as they are.\n\nWhy: {reason}",
        at=at,
    )


def _tell(award, people, *, rule, heading, body, at, sets_dates_of=()):
    notices.tell(
        people=people,
        rule=rule,
        subject=award,
        heading=f"{award.reference}: {heading}",
        body=body,
        link=award.get_absolute_url(),
        sets_dates_of=sets_dates_of,
        at=at,
    )
