"""Reporting patterns of rule sets, and what an award or contract owes under the one it was made under."""

from dataclasses import replace

from records.words import day_in_words

from ..enums import Anchor, Timing, WhenExtended
from ..models import MovableEvent
from ..models.patterns import AGAIN, AT_THE_END, Days, Pattern, segments_of
from ..models.patterns import owed as owed_by


def patterns_of(rule_set):
    """The patterns of a rule set as they stand now, the shorter periods first; none without rules."""
    if rule_set is None:
        return []
    return [rule.pattern for rule in rule_set.reporting_rules.order_by("period_months", "pk")]


def reporting_record(rule_set):
    """The same fit for JSON, for an award or contract to keep."""
    return [pattern.as_record() for pattern in patterns_of(rule_set)]


def patterns_kept(subject):
    """What an award or contract was made under; the rules as they stand where it kept nothing."""
    if subject.reporting is None:
        return patterns_of(subject.rule_set)
    return [Pattern.of_record(record) for record in subject.reporting]


def owed_under(patterns, *, starts_on, ends, made_on, not_before=None):
    """Every return owed by these patterns, each key once.

    `ends`: the last day as first agreed, then after each variation.
    """
    events = MovableEvent.objects.in_bulk({pattern.event for pattern in patterns if pattern.event})
    segments = segments_of(starts_on, ends)
    found = {}
    for pattern in patterns:
        event = events.get(pattern.event)
        days = Days(starts_on, ends[-1], made_on)
        if event:
            days = replace(days, event_on=event.expected_on, event_name=event.name)
        for row in owed_by(pattern, days, not_before=not_before, segments=segments):
            found.setdefault(row.period, row)
    return list(found.values())


def in_words(pattern, *, event=""):
    """The pattern as a sentence without its kind: "every 3 months, due 10 working days after ..."."""
    months = pattern.period_months
    count = f"{months} month{'' if months == 1 else 's'}"
    days = ", ".join(day_in_words(day) for day in sorted(pattern.days))
    periods = {
        Timing.REPEATED: "every month" if months == 1 else f"every {count}",
        Timing.FIXED_DAYS: f"for periods that end on {days} and at the end",
        Timing.AFTER_ANCHOR: "once, for the whole time",
        Timing.ONCE: f"once, for the first {count}" if months else "once, for the whole time",
    }[Timing(pattern.timing)]
    working = pattern.due_working_days is not None
    number = pattern.due_working_days if working else pattern.due_days
    after = event if pattern.anchor == Anchor.EVENT and event else Anchor(pattern.anchor).label
    when = (
        f"{number} {'working ' if working else ''}day{'' if number == 1 else 's'} after {after}"
        if number
        else (f"on the day of {after}")
    )
    return f"{periods}, due {when}"


def at_an_extension(pattern):
    """What an extension does to the return, as a sentence."""
    if pattern.timing in AGAIN:
        return "An extension adds the periods that follow."
    if pattern.anchor not in AT_THE_END:
        return "An extension leaves its due day as it is."
    if pattern.timing == Timing.ONCE and pattern.period_months:
        return "An extension leaves it as it is, unless its months would run past the end."
    if pattern.when_extended == WhenExtended.MOVES:
        return "An extension moves it to the new end."
    return "It stays due as it was, and an extension adds a return of its own."


def asked_by(rule_set):
    """What the rules ask for, as (kind, sentence), from rows already fetched."""
    return [
        (rule.get_kind_display(), in_words(rule.pattern, event=rule.event.name if rule.event else ""))
        for rule in rule_set.reporting_rules.all()
    ]
