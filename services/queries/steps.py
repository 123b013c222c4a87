"""The days of an extension decision: steps dated back from the day by which it must be decided (S2)."""

from dataclasses import dataclass
from datetime import date

from records import calendar

from ..enums import ExtensionStepKind

K = ExtensionStepKind
# How many working days each step is given, in order. Together they say how early a case opens.
LENGTHS = {
    K.PROVIDER_ASKED: 20,
    K.EVIDENCE: 40,
    K.ADVICE: 30,
    K.FINANCE: 10,
    K.DECISION: 10,
    K.LETTER: 5,
    K.NOTICE: 5,
}
ORDER = list(LENGTHS)
SQUEEZED = "Fewer working days are left than this step is given"
ANSWER_DAYS = 15  # working days a provider has to answer, asked or offered


@dataclass(frozen=True)
class PlannedStep:
    """One step and its day; `squeezed` where fewer days are left than it is given."""

    kind: ExtensionStepKind
    due_on: date
    squeezed: bool = False


def last_working_day(day):
    """The day itself, or the working day before it."""
    return calendar.add_working_days(day + calendar.DAY, -1)


def _unhurried(decide_by, evidence_by):
    """The day of each step where there is time enough, each with as many working days as it is given.

    The evidence is ready by the first day of a printed window where that comes first; the question
    to the provider comes as long before it as ever.
    """
    day, days = last_working_day(decide_by), {}
    for kind in reversed(ORDER):
        if kind == K.EVIDENCE and evidence_by:
            day = min(day, last_working_day(evidence_by))
        days[kind] = day
        day = calendar.add_working_days(day, -LENGTHS[kind])
    return days, day


def opens_on(decide_by, evidence_by=None):
    """The day the work on a decision begins."""
    return _unhurried(decide_by, evidence_by)[1]


def planned(decide_by, *, on, evidence_by=None, kinds=ORDER):
    """The steps still to take, as seen on a day; none falls after the decide-by day.

    Where the first of them should have begun already, the working days left are shared out among
    them in proportion. Once the decide-by day has passed, each is due on it.
    """
    days, _ = _unhurried(decide_by, evidence_by)
    kinds = [kind for kind in ORDER if kind in kinds]
    if not kinds or days[kinds[0]] >= on:
        return [PlannedStep(kind, days[kind]) for kind in kinds]
    last = last_working_day(decide_by)
    begin = calendar.add_working_days(days[kinds[0]], -LENGTHS[kinds[0]])
    whole = calendar.working_days_between(begin, last)
    left = max(calendar.working_days_between(on, last), 0)
    steps = []
    for kind in kinds:
        share = left * calendar.working_days_between(begin, days[kind]) // whole
        due_on = min(calendar.add_working_days(on, share), last) if share else min(on, last)
        steps.append(PlannedStep(kind, due_on, squeezed=due_on != days[kind]))
    return steps


def last_safe_day(decide_by, *, notice_needed):
    """The last day on which a decision still leaves time for the letter and, unless it is known that none is
    needed, the notice."""
    after = LENGTHS[K.LETTER] + (0 if notice_needed is False else LENGTHS[K.NOTICE])
    return calendar.add_working_days(last_working_day(decide_by), -after)
