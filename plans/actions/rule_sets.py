"""Rule sets as wholes: started, put right, frozen when money is first offered, followed by a version (X1)."""

from django.db import transaction

from records.actions import log
from records.refusals import refuse_if

from .. import queries, rules
from ..models import RuleSet
from .templates import free_key


def copy_rows(parts, of, to):
    """Copy the rows of these kinds, and theirs, from one parent to another."""
    for part in parts:
        for row in getattr(of, part.name).all():
            fields = {name: getattr(row, name) for name in part.fields}
            copy = part.model.objects.create(**{part.parent: to}, **fields)
            copy_rows(part.children, row, copy)


@transaction.atomic
def freeze_rules(*, rule_set, at, by=None):
    """Keep these rules for good, as a round opens under them or a direct award is decided; once is enough.

    The database itself refuses every later change of the set, of its rows, and of the questions and terms it uses.
    """
    rule_set = RuleSet.objects.select_for_update().get(pk=rule_set.pk)
    if rule_set.frozen_at is not None:
        return rule_set
    refuse_if(rules.why_not_freeze(rule_set), rule_set)
    rule_set.frozen_at = at
    rule_set.save(update_fields=["frozen_at"])
    log(
        rule_set, "frozen", by=by, at=at, summary=f"Rules frozen, as money is offered under them: {rule_set.name}"[:500]
    )
    return rule_set


@transaction.atomic
def make_version(*, rule_set, by, at, plan=None, reason=""):
    """Copy rules into a version of their own that can be changed; it names what it follows."""
    rule_set = RuleSet.objects.select_for_update().get(pk=rule_set.pk)
    refuse_if(rules.why_not_make_version(rule_set, user=by, plan=plan), rule_set)
    settings = {name: getattr(rule_set, name) for name in queries.SETTINGS}
    number = rule_set.version + 1
    base = rule_set.key.removesuffix(f"-v{rule_set.version}")
    copy = RuleSet.objects.create(
        key=free_key(f"{base[:44]}-v{number}", RuleSet.objects.values_list("key", flat=True)),
        plan=plan or rule_set.plan,
        version=number,
        follows=rule_set,
        **settings,
    )
    copy_rows(queries.PARTS.values(), rule_set, copy)
    summary = f"Version {number} started as a copy of version {rule_set.version}"
    log(copy, "started", by=by, at=at, reason=reason, summary=summary)
    return copy
