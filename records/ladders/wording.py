"""The words of a step about one obligation: what fills the braces, and what is added of itself."""

import string
from dataclasses import dataclass
from datetime import date

from ..enums import Audience

# What may stand in braces, and what takes its place.
PLACEHOLDERS = {
    "title": "what is owed, as its page calls it",
    "due": "the day it is due, such as 7 April 2020",
    "days": "how far away that is: in 3 days, today, 2 days ago",
    "organisation": "who owes it; “the office” where we do",
    "reference": "the number of the award, case or return",
}
HEADING_LENGTH = 300


class Plainly(string.Formatter):
    """Fills {title} and its like; reaches no attribute, and leaves what it does not know as it stands."""

    def get_field(self, field_name, args, kwargs):
        return (kwargs[field_name] if field_name in kwargs else "{" + field_name + "}"), field_name

    def convert_field(self, value, conversion):
        return value

    def format_field(self, value, format_spec):
        return str(value)

    def parse(self, format_string):
        try:
            return list(super().parse(format_string))
        except ValueError:
            return [(format_string, None, None, None)]


def wrong_in(template):
    """What is wrong with the braces of a wording: a sentence, or empty."""
    known = listed(["{" + name + "}" for name in PLACEHOLDERS])
    try:
        fields = [field for _, field, _, _ in string.Formatter().parse(template) if field is not None]
    except ValueError:
        return f"A brace stands alone. Write {known}, each with both its braces, or leave the brace out."
    for field in fields:
        if field not in PLACEHOLDERS:
            return f"Nothing takes the place of {{{field}}}. You can use {known}."
    return ""


def say(day):
    """7 April 2020."""
    return f"{day.day} {day:%B %Y}"


def listed(words):
    """One; one and two; one, two and three."""
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def how_long(due_on, on):
    """today, in 3 days, 2 days ago."""
    days = (due_on - on).days
    if not days:
        return "today"
    count = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"in {count}" if days > 0 else f"{count} ago"


def words(template, obligation, on):
    """The wording of a step about one obligation."""
    organisation = obligation.organisation
    return Plainly().format(
        template,
        title=obligation.title,
        due=say(obligation.due_on),
        days=how_long(obligation.due_on, on),
        organisation=organisation.name if organisation else "the office",
        reference=obligation.reference,
    )


def body_of(step, obligation, on, missed: list[date], *, instead=False):
    """The whole text of a reminder: the wording, a moved date, and what we failed to send before."""
    parts = [words(step.wording, obligation, on)]
    if obligation.due_on != obligation.first_due_on:
        parts.append(f"The day was moved; it was first due on {say(obligation.first_due_on)}.")
    if missed:
        parts.append(f"We could not remind you on {listed([say(day) for day in missed])}. We are sorry.")
    if instead:
        parts.append(f"Nobody at {obligation.organisation.name} has an account that could be told, so you are.")
    return "\n\n".join(parts)


@dataclass(frozen=True)
class Reminder:
    """One step about one obligation, ready to be told: to whom, and in which words."""

    people: list
    heading: str
    body: str


def to_whom(step, obligation, people):
    """(the people a step goes to, whether the officers stand in because the organisation has nobody)."""
    if obligation.only_for is not None:
        return people.only(obligation.only_for), False
    to = people.of(step.audiences, obligation.organisation, obligation.recipient)
    instead = not to and obligation.organisation is not None
    return (people.of([Audience.OFFICER], None) if instead else to), instead


def reminder(step, obligation, on, people, missed=()):
    """The reminder of a step as it goes out on a day; to the officers where the organisation has nobody."""
    to, instead = to_whom(step, obligation, people)
    heading = words(step.heading, obligation, on)[:HEADING_LENGTH]
    return Reminder(to, heading, body_of(step, obligation, on, list(missed), instead=instead))
