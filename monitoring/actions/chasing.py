"""What officers do with many returns at once: remind, move dates, waive. Each row is one act of its own (X4)."""

from dataclasses import dataclass

from django.db import transaction

from accounts.queries import people_for
from records import calendar, obligations
from records.actions import log
from records.models import Obligation
from records.refusals import Refused, refuse_if
from records.words import day_in_words

from .. import queries, rules
from ..notices import returns as notices
from .reviews import waive_return


@dataclass(frozen=True)
class Outcome:
    """What became of one row: done or refused, and in which words."""

    label: str
    link: str
    done: bool
    words: str


def _each(owed, act):
    """Do `act` for every row; one that is refused changes nothing and says why, the others go on."""
    outcomes = []
    for row in owed:
        named = row.organisation and row.organisation.name in row.title
        label, link = row.title if named else f"{row.organisation}: {row.title}", row.link
        try:
            with transaction.atomic():
                outcomes.append(Outcome(label, link, True, act(row)))
        except Refused as refused:
            outcomes.append(Outcome(label, link, False, refused.reason))
    return outcomes


@transaction.atomic
def remind_returns(*, owed, by, at):
    """Remind those who owe each of these returns now, through the same ladder as the mornings; nobody twice a day."""

    def remind(row):
        refuse_if(rules.why_not_remind(row, user=by, on=calendar.london_day(at)), row)
        told = obligations.send_now(queries.open_now(row), by=by, at=at, people_for=people_for)
        return f"{told} {'person' if told == 1 else 'people'} reminded"

    return _each(owed, remind)


@transaction.atomic
def extend_returns(*, owed, reason, due_on=None, working_days=None, by, at):
    """Move the day of each of these returns to `due_on`, or on by so many working days.

    Everybody who writes them is told once, of all of theirs together.
    """
    moved = []

    def extend(row):
        on = calendar.london_day(at)
        refuse_if(rules.why_not_extend(row, user=by, on=on, reason=reason), row)
        now = queries.open_now(row)
        day = due_on or calendar.add_working_days(now.due_on, working_days)
        refuse_if(rules.why_not_extend(row, user=by, on=on, due_on=day, reason=reason), row)
        obligations.move_due(now, due_on=day, by=by, at=at, reason=reason.strip())
        found = rules.return_of(row)
        if found is not None:
            summary = f"Due day moved to {day_in_words(day)}"
            log(found, "date_moved", by=by, at=at, reason=reason.strip(), summary=summary)
        moved.append(Obligation.objects.select_related("organisation").get(pk=now.pk))
        return f"Now due {day_in_words(day)}"

    outcomes = _each(owed, extend)
    notices.dates_moved(moved, reason=reason.strip(), at=at)
    return outcomes


@transaction.atomic
def waive_returns(*, owed, reason, by, at):
    """Say that each of these returns need not be sent, and why."""

    def waive(row):
        refuse_if(rules.why_not_waive_owed(row, user=by, on=calendar.london_day(at), reason=reason), row)
        waive_return(monitoring_return=rules.return_of(row), reason=reason, by=by, at=at)
        return "Waived"

    return _each(owed, waive)
