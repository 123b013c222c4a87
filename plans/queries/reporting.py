"""Reporting patterns of rule sets, and what an award or contract owes under the one it was made under."""

from ..models import MovableEvent, RuleSet
from ..models.patterns import Days, Pattern, segments_of
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
        days = Days(starts_on, ends[-1], made_on, event and event.expected_on, event.name if event else "")
        for row in owed_by(pattern, days, not_before=not_before, segments=segments):
            found.setdefault(row.period, row)
    return list(found.values())


def rule_set_for_reporting(key):
    """The rule set with its reporting rules, for the pages that change them."""
    return RuleSet.objects.prefetch_related("reporting_rules__event", "reporting_rules__template").filter(key=key)
