"""Whom a ladder owes a reminder today, and in which words. Reads only; `obligations` writes (X4)."""

import string
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Q, SmallIntegerField, Value, When

from . import calendar
from .models import LadderStep, Notice, Obligation


def step_day(due_on, working_days):
    """The day of a step: so many working days before or after the due day; 0 is the due day itself,
    or the last working day before it where nobody works on that day."""
    if working_days:
        return calendar.add_working_days(due_on, working_days)
    return due_on if calendar.is_working_day(due_on) else calendar.add_working_days(due_on, -1)


def latest_due(on, working_days):
    """The latest due day whose step has come by `on`. A later due day never has an earlier step."""
    due_on = calendar.add_working_days(on, -working_days) + 14 * calendar.DAY
    while step_day(due_on, working_days) > on:
        due_on -= calendar.DAY
    return due_on


def load():
    """The steps of every ladder, from the earliest to the latest."""
    ladders = defaultdict(list)
    for step in LadderStep.objects.order_by("kind", "working_days"):
        ladders[step.kind].append(step)
    return dict(ladders)


def owed(ladders, on):
    """Open obligations whose newest step passed has not been told to anybody, soonest due first.

    Each step owns a range of due days: its own day has come, the next step's has not. That step is
    `step_now` of the row. One query, however many obligations there are.
    """
    whens = []
    for kind, steps in ladders.items():
        for step, later in zip(steps, [*steps[1:], None], strict=True):
            due = Q(kind=kind, due_on__lte=latest_due(on, step.working_days))
            if later:
                due &= Q(due_on__gt=latest_due(on, later.working_days))
            whens.append(When(due, then=Value(step.working_days)))
    told = Notice.objects.filter(obligation=OuterRef("pk"), due_on=OuterRef("due_on"), step=OuterRef("step_now"))
    rows = Obligation.objects.open().opened_by(on).select_related("organisation").order_by("due_on", "pk")
    rows = rows.annotate(step_now=Case(*whens, default=None, output_field=SmallIntegerField()))
    return rows.filter(step_now__isnull=False).filter(~Exists(told))


def missed_days(obligation, steps, newest, told):
    """The days of earlier steps on which we should have written and did not.

    `told` holds the steps told for the present due day. Steps before the first one told, or before
    the obligation opened, were never owed; neither were those of a due day that has been moved.
    """
    first = min(told, default=None)
    days = []
    for step in steps:
        day = step_day(obligation.due_on, step.working_days)
        if step.working_days >= newest.working_days or step.working_days in told:
            continue
        opened = obligation.opens_on and obligation.due_on == obligation.first_due_on and day >= obligation.opens_on
        if opened or (first is not None and step.working_days > first):
            days.append(day)
    return days


@dataclass
class People:
    """Who stands behind an audience of an organisation; each asked for once in a sweep."""

    people_for: Callable
    known: dict = field(default_factory=dict)

    def behind(self, audience, organisation):
        key = (audience, organisation.pk if organisation else None)
        if key not in self.known:
            with transaction.atomic():  # a failed question must not spoil the sweep around it
                self.known[key] = list(self.people_for(audience, organisation))
        return self.known[key]

    def of(self, audiences, organisation):
        """The people of several audiences, each person once."""
        found = {}
        for audience in audiences:
            for person in self.behind(audience, organisation):
                found.setdefault(person.pk, person)
        return list(found.values())


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


def say(day):
    """7 April 2020."""
    return f"{day.day} {day:%B %Y}"


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
        days = [say(day) for day in missed]
        listed = days[0] if len(days) == 1 else f"{', '.join(days[:-1])} and {days[-1]}"
        parts.append(f"We could not remind you on {listed}. We are sorry.")
    if instead:
        parts.append(f"Nobody at {obligation.organisation.name} has an account that could be told, so you are.")
    return "\n\n".join(parts)
