"""Changes of what a rule set asks to be reported. Awards and contracts made before keep their own pattern (X1)."""

from django.db import transaction

from records.actions import log
from records.refusals import Refused, refuse_if

from .. import queries, rules
from ..models import ReportingRule, RuleSet

PATTERN = ("timing", "anchor", "period_months", "days", "event")
PART = queries.PARTS["reporting_rules"]
FIELDS = (*PATTERN, "due_days", "due_working_days", "when_extended", "template")


def as_rows(row):
    """The rule as the log keeps it, among the rows of its rule set."""
    return [queries.as_record(queries.row_of(row, PART))] if row else []


@transaction.atomic
def write_reporting_rule(*, rule_set, kind, reason, by, at, **pattern):
    """Ask for one more kind of return, or for a known kind in another way; one event says what it was."""
    rule_set = RuleSet.objects.select_for_update().get(pk=rule_set.pk)
    row = ReportingRule.objects.filter(rule_set=rule_set, kind=kind).first()
    parts = {name: pattern[name] for name in PATTERN}
    refuse_if(rules.why_not_write_reporting(rule_set, user=by, kind=kind, row=row, reason=reason, **parts), rule_set)
    before = as_rows(row)
    row = row or ReportingRule(rule_set=rule_set, kind=kind)
    for name in FIELDS:
        setattr(row, name, pattern[name])
    if before == (after := as_rows(row)):
        return row
    row.save()
    verb = "changed" if before else "added"
    summary = f"{row.get_kind_display()} {verb} in the rules {rule_set.name}"[:500]
    changes = {"reporting_rules": [before, after]}
    log(rule_set, f"reporting_{verb}", by=by, at=at, reason=reason.strip(), summary=summary, changes=changes)
    return row


@transaction.atomic
def drop_reporting_rule(*, rule_set, kind, reason, by, at):
    """Ask for a kind of return no longer; gives the rule set."""
    rule_set = RuleSet.objects.select_for_update().get(pk=rule_set.pk)
    refuse_if(rules.why_not_drop_reporting(rule_set, user=by, reason=reason), rule_set)
    row = ReportingRule.objects.filter(rule_set=rule_set, kind=kind).first()
    if row is None:
        raise Refused("These rules do not ask for that return any more.", rule_set)
    summary = f"{row.get_kind_display()} taken out of the rules {rule_set.name}"[:500]
    changes = {"reporting_rules": [as_rows(row), []]}
    row.delete()
    log(rule_set, "reporting_dropped", by=by, at=at, reason=reason.strip(), summary=summary, changes=changes)
    return rule_set
