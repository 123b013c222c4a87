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
            for name in part.many:
                getattr(copy, name).set(getattr(row, name).all())
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
        is_example=rule_set.is_example,
        **settings,
    )
    copy_rows(queries.PARTS.values(), rule_set, copy)
    summary = f"Version {number} started as a copy of version {rule_set.version}"
    log(copy, "started", by=by, at=at, reason=reason, summary=summary)
    return copy


@transaction.atomic
def start_rule_set(*, plan, name, reason, by, at, like=None):
    """Start rules of their own in a plan: with the usual settings and no rows, or as a copy of others."""
    refuse_if(rules.why_not_start_rule_set(name, user=by))
    settings = {field: getattr(like, field) for field in queries.SETTINGS} if like else {}
    key = free_key(name, ["new", *RuleSet.objects.values_list("key", flat=True)])
    rule_set = RuleSet.objects.create(key=key, plan=plan, **settings | {"name": name.strip()})
    if like:
        copy_rows(queries.PARTS.values(), like, rule_set)
    words = f"Rules started as a copy of {like}" if like else "Rules started"
    log(rule_set, "started", by=by, at=at, reason=reason.strip(), summary=f"{words}: {name.strip()}"[:500])
    return rule_set


@transaction.atomic
def edit_rule_set(*, rule_set, fields, reason, by, at):
    """Change some of the set's own fields, with one event that says what they were."""
    rule_set = RuleSet.objects.select_for_update().get(pk=rule_set.pk)
    refuse_if(rules.why_not_edit_settings(rule_set, fields, user=by, reason=reason), rule_set)
    return change(rule_set, fields, reason=reason, by=by, at=at)


def change(row, fields, *, reason, by, at):
    """Put the fields into a row where they differ; what has a key is logged by it."""
    was = {name: queries.as_record(queries.plain(getattr(row, name))) for name in fields}
    now = {name: queries.as_record(queries.plain(value)) for name, value in fields.items()}
    changes = {name: [was[name], now[name]] for name in fields if was[name] != now[name]}
    if not changes:
        return row
    for name in changes:
        setattr(row, name, fields[name])
    row.save(update_fields=sorted(changes))
    words = f"{row._meta.verbose_name.capitalize()} changed: {row}"
    log(row, "changed", by=by, at=at, reason=reason.strip(), summary=words[:500], changes=changes)
    return row
