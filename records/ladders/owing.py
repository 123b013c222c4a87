"""Whom a ladder owes a reminder on a day. Reads only; `obligations` writes (X4)."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Case, Exists, OuterRef, Q, SmallIntegerField, When

from ..models import LadderStep, Notice, Obligation
from .days import latest_due, step_day


def load():
    """The steps of every ladder, from the earliest to the latest."""
    ladders = defaultdict(list)
    for step in LadderStep.objects.order_by("kind", "working_days"):
        ladders[step.kind].append(step)
    return dict(ladders)


def newest_step(ladders, on):
    """The newest step passed of each obligation, as an expression: a step reaches due days up to an edge,
    which is earlier the later the step."""
    kinds = [When(kind=kind, then=_newest_of(steps, on)) for kind, steps in ladders.items()]
    return Case(*kinds, default=None, output_field=SmallIntegerField())


def _newest_of(steps, on):
    whens = [When(due_on__lte=latest_due(on, step.working_days), then=step.working_days) for step in reversed(steps)]
    return Case(*whens, default=None, output_field=SmallIntegerField())


def begun(ladders, on):
    """That some step of an obligation has come."""
    come = Q(pk__in=[])
    for kind, steps in ladders.items():
        come |= Q(kind=kind, due_on__lte=latest_due(on, steps[0].working_days))
    return come


def untold():
    """That nobody was told `step_now` of an obligation or a later step, or that somebody's notice of it
    was taken back before it was sent (a hold) while they are still owed it."""
    told = Notice.everything.filter(
        obligation=OuterRef("pk"), due_on=OuterRef("due_on"), step__gte=OuterRef("step_now"), withdrawn_at__isnull=True
    )
    since = Notice.everything.filter(
        obligation=OuterRef("obligation"),
        due_on=OuterRef("due_on"),
        person=OuterRef("person"),
        step__gte=OuterRef("step"),
        withdrawn_at__isnull=True,
    )
    taken_back = Notice.everything.filter(
        obligation=OuterRef("pk"),
        due_on=OuterRef("due_on"),
        step=OuterRef("step_now"),
        withdrawn_at__isnull=False,
        person__is_active=True,
    )
    return ~Exists(told) | Exists(taken_back.filter(~Exists(since)))


def owed(ladders, on):
    """Open obligations, not held, whose newest step passed is still to be told, soonest due first.

    That step is `step_now` of the row. One query, however many obligations there are.
    """
    rows = Obligation.everything.open().opened_by(on).not_held(on).select_related("organisation", "recipient")
    rows = rows.filter(begun(ladders, on)).annotate(step_now=newest_step(ladders, on))
    return rows.filter(untold()).order_by("due_on", "pk")


def owed_in_parts(ladders, on, size):
    """The same rows, so many at a time, each part asked for when the one before is done with.

    Only the ladders of kinds of which something is open go into the question: they are many, and it is long.
    """
    kinds = set(Obligation.everything.open().values_list("kind", flat=True).distinct())
    ladders = {kind: steps for kind, steps in ladders.items() if kind in kinds}
    rows = owed(ladders, on) if ladders else Obligation.objects.none()
    after = Q()
    while part := list(rows.filter(after)[:size]):
        yield part
        last = part[-1]
        after = Q(due_on__gte=last.due_on) & (Q(due_on__gt=last.due_on) | Q(pk__gt=last.pk))
        if len(part) < size:
            return


@dataclass
class Told:
    """What was written of one obligation for its present due day: told, and taken back before it was sent."""

    newest: dict = field(default_factory=dict)
    taken_back: Counter = field(default_factory=Counter)
    steps: set = field(default_factory=set)
    live_steps: set = field(default_factory=set)

    def add(self, step, person_id, withdrawn):
        self.steps.add(step)
        if withdrawn:
            self.taken_back[person_id, step] += 1
        else:
            self.live_steps.add(step)
            self.newest[person_id] = max(step, self.newest.get(person_id, step))

    def copy(self):
        return Told(dict(self.newest), Counter(self.taken_back), set(self.steps), set(self.live_steps))

    def owes(self, step):
        """Whether anybody is still to be told of the step."""
        return not any(told >= step for told in self.newest.values()) or any(
            self.owes_person(step, person_id) for person_id, _ in self.taken_back
        )

    def owes_person(self, step, person_id):
        """Whether this person is: the first to be told are all, later those whose notice was taken back."""
        if not any(told >= step for told in self.newest.values()):
            return True
        mine = self.newest.get(person_id)
        return (person_id, step) in self.taken_back and (mine is None or mine < step)

    def key(self, step, person_id):
        """The end of the notice's key; a notice taken back leaves its own key used."""
        times = self.taken_back[person_id, step]
        return f"{step}:{person_id}:{times + 1}" if times else f"{step}:{person_id}"


def told(obligations):
    """What was told of each of some obligations, by its number."""
    due = {row.pk: row.due_on for row in obligations}
    found = {pk: Told() for pk in due}
    rows = Notice.everything.filter(obligation__in=list(due), step__isnull=False)
    for pk, due_on, step, person_id, withdrawn_at in rows.values_list(
        "obligation_id", "due_on", "step", "person_id", "withdrawn_at"
    ):
        if due_on == due[pk]:
            found[pk].add(step, person_id, withdrawn_at is not None)
    return found


def missed_days(obligation, steps, newest, told):
    """The days of earlier steps on which we should have written and did not.

    `told` holds the steps told for the present due day. Steps before the first one told, or before
    the obligation opened, were never owed; neither were those of a due day that has been moved, nor
    those of days on which it was held.
    """
    first = min(told, default=None)
    days = []
    for step in steps:
        day = step_day(obligation.due_on, step.working_days)
        if step.working_days >= newest.working_days or step.working_days in told:
            continue
        if obligation.held_until and day < obligation.held_until:
            continue
        opened = obligation.opens_on and obligation.due_on == obligation.first_due_on and day >= obligation.opens_on
        if opened or (first is not None and step.working_days > first):
            days.append(day)
    return days
