"""Ladders as the office reads them: the steps of each kind, how one would look, and what an edit would do now."""

from dataclasses import dataclass

from django.db.models import Count

from accounts.models import Organisation, User
from accounts.queries import people_book
from records import envelopes, ladders
from records.calendar import add_working_days
from records.enums import Audience, ObligationKind
from records.models import Event, LadderStep, Notice, Obligation


@dataclass(frozen=True)
class Ladder:
    """The steps of a kind, and how many obligations climb them now."""

    kind: str
    steps: list
    open: int

    @property
    def label(self):
        return ObligationKind(self.kind).label

    @property
    def as_delivered(self):
        rows = {step.working_days: (step.audiences, step.heading, step.wording) for step in self.steps}
        return rows == ladders.delivered(self.kind)

    @property
    def summary(self):
        """28, 14 and 3 working days before; on the day; 1 and 5 after."""
        days = [step.working_days for step in self.steps]
        before = ladders.listed([str(-day) for day in days if day < 0])
        after = ladders.listed([str(day) for day in days if day > 0])
        parts = [f"{before} working days before" if before else "", "on the day" if 0 in days else ""]
        return "; ".join(part for part in [*parts, f"{after} after" if after else ""] if part) or "No reminders"


def all_ladders():
    """The ladder of every kind, in the order of the kinds. Two queries."""
    steps = ladders.load()
    rows = Obligation.objects.open().order_by("kind").values("kind").annotate(number=Count("pk"))
    counts = dict(rows.values_list("kind", "number"))
    return [Ladder(kind, steps.get(kind, []), counts.get(kind, 0)) for kind in ObligationKind.values]


def ladder(kind):
    """The ladder of one kind."""
    return Ladder(
        kind,
        list(LadderStep.objects.filter(kind=kind).order_by("working_days")),
        Obligation.objects.open().filter(kind=kind).count(),
    )


def delivered_steps(kind):
    """The steps delivered with the portal, not saved."""
    return [
        LadderStep(kind=kind, working_days=days, audiences=audiences, heading=heading, wording=wording)
        for days, (audiences, heading, wording) in sorted(ladders.delivered(kind).items())
    ]


def events_of(kind):
    """What was changed on a ladder, newest first."""
    rows = Event.objects.filter(subject_type=LadderStep._meta.label, reference=kind)
    return rows.select_related("by").order_by("-at", "-pk")


# How a step would look


@dataclass(frozen=True)
class Letter:
    """The e-mail one audience would get: the people behind it, and subject and text for the first of them."""

    audience: str
    people: list
    subject: str
    text: str


@dataclass(frozen=True)
class Preview:
    """A step as it would go out about one obligation, real or an example."""

    obligation: Obligation
    is_example: bool
    day: object
    is_past: bool
    letters: list


def sample(kind, on):
    """(an open obligation of the kind, False), the next one due; or (a named example, True)."""
    rows = Obligation.objects.open().filter(kind=kind).select_related("organisation", "recipient")
    found = rows.filter(due_on__gte=on).order_by("due_on", "pk").first() or rows.order_by("-due_on", "pk").first()
    if found is not None:
        return found, False
    due_on = add_working_days(on, 10)
    example = Obligation(
        kind=kind,
        title=f"Example: {ObligationKind(kind).label.lower()}",
        reference="EX-001",
        organisation=Organisation(name="Example organisation"),
        due_on=due_on,
        first_due_on=due_on,
    )
    return example, True


def preview(step, on):
    """The exact subject and text of a step as it stands in the form, for each audience. Nothing is saved."""
    obligation, is_example = sample(step.kind, on)
    day = ladders.step_day(obligation.due_on, step.working_days)
    people = ladders.People(people_book())
    reminder = ladders.reminder(step, obligation, day, people)
    bodies = (obligation.organisation, obligation.recipient)
    behind = [(audience, people.of([audience], *bodies)) for audience in step.audiences]
    if reminder.people and not any(found for _, found in behind) and not is_example:
        behind.append((Audience.OFFICER, reminder.people))
    letters = [_letter(obligation, reminder, audience, found) for audience, found in behind]
    return Preview(obligation, is_example, day, day < on, letters)


def _letter(obligation, reminder, audience, people):
    notice = Notice(heading=reminder.heading, body=reminder.body, link=obligation.link, obligation=obligation)
    person = people[0] if people else User(full_name="(the person’s name)")
    label = Audience(audience).label
    return Letter(label, people, envelopes.heading([notice]), envelopes.body([notice], person))


# What an edit would do now


@dataclass(frozen=True)
class Effect:
    """What the next sweep would write because of an edit: `people` reminded of `obligations`; `open` of the kind."""

    people: int
    obligations: int
    open: int


def effect(kind, steps, on):
    """What would change at once if the ladder of a kind had these steps instead of its own."""
    now = ladder(kind)
    people = ladders.People(people_book())
    before = {_key(coming) for coming in _owed(kind, now.steps, on, people)}
    new = [coming for coming in _owed(kind, steps, on, people) if _key(coming) not in before]
    return Effect(
        len({person.pk for coming in new for person in coming.people}),
        len({coming.obligation.pk for coming in new}),
        now.open,
    )


def _owed(kind, steps, on, people):
    ordered = sorted(steps, key=lambda step: step.working_days)
    return ladders.owed_now({kind: ordered} if ordered else {}, on, people)


def _key(coming):
    return coming.obligation.pk, coming.step.working_days
