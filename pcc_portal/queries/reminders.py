"""Reminders for staff: what will be sent, what failed, what is held, and everything about one obligation."""

from dataclasses import dataclass

import django_filters
from django.db.models import Q

from accounts.models import Organisation
from accounts.queries import people_book
from records import ladders
from records.enums import Audience, MessageStatus, ObligationKind
from records.models import BadAddress, Event, Message, Notice, Obligation

DAYS = 14


class ReminderFilter(django_filters.FilterSet):
    """By kind, organisation and person. Who is told is worked out after the rows are read, so `person` is only kept."""

    kind = django_filters.ChoiceFilter(label="What is owed", choices=ObligationKind.choices, empty_label="Anything")
    organisation = django_filters.ModelChoiceFilter(
        label="Organisation", queryset=Organisation.objects.order_by("name"), empty_label="Any", method="owed_by"
    )
    person = django_filters.CharFilter(label="Person", method="kept", max_length=80)

    class Meta:
        model = Obligation
        fields = ["kind", "organisation", "person"]

    def owed_by(self, queryset, name, value):
        return queryset.filter(Q(organisation=value) | Q(recipient=value))

    def kept(self, queryset, name, value):
        return queryset


class HeldFilter(ReminderFilter):
    person = None

    class Meta:
        model = Obligation
        fields = ["kind", "organisation"]


@dataclass(frozen=True)
class Forecast:
    """What will be sent, soonest first, with the filter it was asked through and the people it knows."""

    filter: ReminderFilter
    rows: list
    people: ladders.People

    def by_audience(self, row):
        """How many of each audience a row goes to, as (label, number); those standing in are said so."""
        told = {person.pk for person in row.people}
        bodies = (row.obligation.organisation, row.obligation.recipient)
        found = []
        for audience in row.step.audiences:
            number = sum(person.pk in told for person in self.people.of([audience], *bodies))
            if number:
                found.append((Audience(audience).label, number))
        return found or [("Commissioning officers, since nobody there has an account", len(told))]


def coming(asked, on, days=DAYS):
    """What will be sent from `on` for so many days, if nothing else happens.

    Four queries, and one for the choices of the filter, however many obligations there are.
    """
    steps = ladders.load()
    found = ReminderFilter(asked, queryset=ladders.candidates(steps, on, days))
    owed = list(found.qs)
    people = ladders.People(people_book())
    rows = ladders.forecast(owed, steps, ladders.told(owed), people, start=on, days=days)
    words = found.form.cleaned_data.get("person", "").strip().lower() if found.form.is_valid() else ""
    return Forecast(found, [row for row in rows if any(_is(one, words) for one in row.people)], people)


def _is(person, words):
    return words in person.full_name.lower() or words in person.email.lower()


@dataclass(frozen=True)
class Day:
    """One day of the forecast: how many reminders to how many people."""

    day: object
    reminders: int
    people: int


def by_day(rows):
    """The days of the forecast on which something is sent."""
    days: dict = {}
    for row in rows:
        days.setdefault(row.day, []).append(row)
    return {
        day: Day(day, len(found), len({person.pk for row in found for person in row.people}))
        for day, found in days.items()
    }


def held(on):
    """Open obligations whose reminders are held, the soonest to go out again first."""
    return Obligation.objects.held(on).select_related("organisation").order_by("held_until", "due_on", "pk")


def failed():
    """Messages that could not be delivered, newest first."""
    rows = Message.objects.filter(status=MessageStatus.FAILED).select_related("person").prefetch_related("notices")
    return rows.order_by("-created_at", "-pk")


def bad_addresses():
    """Addresses whose server refused for good, each with the message that found it and whose it was."""
    return BadAddress.objects.select_related("message__person").order_by("-since", "pk")


@dataclass(frozen=True)
class Rung:
    """One step of an obligation's ladder: its day, whom it goes to, and whether it was told."""

    step: object
    day: object
    people: list
    told: bool


def rungs(obligation):
    """Every step of an obligation's ladder with its day and people."""
    steps = ladders.load().get(obligation.kind, [])
    told = ladders.told([obligation])[obligation.pk]
    people = ladders.People(people_book())
    live = set(told.live_steps)
    return [
        Rung(
            step,
            ladders.step_day(obligation.due_on, step.working_days),
            ladders.to_whom(step, obligation, people)[0],
            step.working_days in live,
        )
        for step in steps
    ]


def notices_of(obligation):
    """Who was told of an obligation, newest first."""
    rows = Notice.objects.filter(obligation=obligation).select_related("person", "message")
    return rows.order_by("-created_at", "-pk")


def events_of(obligation):
    """What was done with the reminders of an obligation, newest first."""
    rows = Event.objects.filter(subject_type=Obligation._meta.label, subject_id=obligation.pk)
    return rows.select_related("by").order_by("-at", "-pk")
