"""Rules that were frozen when a round opened, as if an earlier version of them had said something else."""

from plans.models import RuleSet

from . import many


def thaw(*rule_sets):
    """Let the rows of these rule sets, or of all, be changed again, past the database."""
    rows = RuleSet.objects.filter(pk__in=[row.pk for row in rule_sets]) if rule_sets else RuleSet.objects.all()
    with many.asleep(RuleSet):
        rows.update(frozen_at=None)
