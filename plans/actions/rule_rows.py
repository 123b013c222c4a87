"""Rows of rule sets, sets of questions and terms: every kind is saved, moved and taken out the same way (X1).

Each change is one event of the whole it belongs to, with the rows it touched before and after, so that
`queries.parts_at` can tell the rules of any day.
"""

from django.db import transaction
from django.db.models import Max, ProtectedError

from records.actions import log
from records.refusals import Refused, refuse_if

from .. import queries, rules
from ..models import QuestionSet
from .templates import free_key

NOUNS = {
    "limits": "Limit",
    "match_rules": "Match funding",
    "lots": "Lot",
    "formulas": "Formula",
    "weights": "Factor",
    "stages": "Stage",
    "criteria": "Criterion",
    "instalment_rules": "Instalment",
    "approval_rules": "Approval",
    "asked": "Questions",
    "required_standards": "Standard",
    "questions": "Question",
    "conditions": "Condition",
}


def root_of(parent):
    """The rule set, set of questions or terms that a row belongs to in the end."""
    return getattr(parent, "rule_set", parent)


def locked(parent):
    """The whole a parent belongs to, held until the end: nobody freezes it, or changes it, meanwhile."""
    root = root_of(parent)
    return type(root)._base_manager.select_for_update().get(pk=root.pk)


def kept(part, parent, rows):
    """What the log keeps of rows: each whole row of the root, as (kind, values); a row inside counts as its parent."""
    if root_of(parent) != parent:
        part, rows = next(kind for kind in queries.PARTS.values() if isinstance(parent, kind.model)), [parent]
    fresh = part.model.objects.filter(pk__in=[row.pk for row in rows if row is not None])
    return part.name, queries.as_record(queries.in_order(part, [queries.row_of(row, part) for row in fresh]))


def tell(root, verb, part, before, after, words, *, by, at, reason=""):
    """One event with the rows before and after; no difference tells nothing."""
    (name, was), (_, now) = before, after
    if was != now:
        summary = f"{NOUNS[part.name]} {verb}: {words}"
        log(root, f"row_{verb}", by=by, at=at, reason=reason.strip(), summary=summary[:500], changes={name: [was, now]})


def in_words(part, parent, row):
    """The row as a sentence; a question names the one it hangs on by its label."""
    asked = dict(parent.questions.values_list("key", "label")) if isinstance(parent, QuestionSet) else {}
    names = (
        queries.names_in_rules()
        | asked
        | {other.key: other.name for name in part.many for other in getattr(row, name).all()}
    )
    return queries.row_in_words(part.name, queries.row_of(row, part), names)


@transaction.atomic
def save_row(*, part, parent, fields, reason, by, at, row=None):
    """Add a row under its parent, at the end, or change one; a list given for rows of its own replaces them."""
    root = locked(parent)
    fields = with_key(part, parent, fields, row)
    refuse_if(rules.why_not_save_row(root, part, parent, fields, user=by, row=row, reason=reason), root)
    verb, before = "added" if row is None else "changed", kept(part, parent, [row])
    row = write(part, parent, {name: value for name, value in fields.items() if name in part.fields}, row)
    for name in part.many:
        if name in fields:
            getattr(row, name).set(fields[name])
    for child in part.children:
        if child.name in fields:
            getattr(row, child.name).all().delete()
            child.model.objects.bulk_create(child.model(**{child.parent: row}, **given) for given in fields[child.name])
    row = part.model.objects.get(pk=row.pk)
    tell(root, verb, part, before, kept(part, parent, [row]), in_words(part, parent, row), by=by, at=at, reason=reason)
    return row


def with_key(part, parent, fields, row):
    """A new row with a key gets one made of its words, where none was given."""
    if "key" not in part.fields or row is not None or fields.get("key"):
        return fields
    taken = getattr(parent, part.name).values_list("key", flat=True)
    return {**fields, "key": free_key(fields.get("label") or fields.get("name") or "", taken)}


def write(part, parent, fields, row):
    """Put the fields into the row or a new one; it counts as the last where it comes to others."""
    new = row is None or any(name in fields and getattr(row, name) != fields[name] for name in part.within)
    row = part.model(**{part.parent: parent}) if row is None else row
    for name, value in fields.items():
        setattr(row, name, value)
    if part.order and new:
        others = beside(part, parent, row).exclude(pk=row.pk)
        setattr(row, part.order, (others.aggregate(last=Max(part.order))["last"] or 0) + 1)
    row.save()
    return row


def beside(part, parent, row):
    """The rows among which a row is counted."""
    return part.model.objects.filter(**{part.parent: parent}, **{name: getattr(row, name) for name in part.within})


@transaction.atomic
def remove_row(*, part, parent, row, reason, by, at):
    """Take a row out, with everything under it; gives the whole it belonged to."""
    root = locked(parent)
    refuse_if(rules.why_not_remove_row(root, part, row, user=by, reason=reason), root)
    words, before = in_words(part, parent, row), kept(part, parent, [row])
    try:
        row.delete()
    except ProtectedError:
        raise Refused("Something was already written under it, so it stays.", root) from None
    tell(root, "taken_out", part, before, kept(part, parent, [row]), words, by=by, at=at, reason=reason)
    return root


@transaction.atomic
def move_row(*, part, parent, row, up, by, at):
    """Let a row change places with the one before it, or after it; at the end of the list nothing moves."""
    root = locked(parent)
    rows = list(beside(part, parent, row).order_by(part.order))
    place = rows.index(row)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return row
    order = list(rows)
    order[place], order[other] = order[other], order[place]
    refuse_if(rules.why_not_move_row(root, part, order, user=by), root)
    pair = [rows[place], rows[other]]
    before = kept(part, parent, pair)
    swap(part, *pair)
    tell(root, "moved", part, before, kept(part, parent, pair), in_words(part, parent, rows[place]), by=by, at=at)
    return row


def swap(part, row, other):
    """Change the places of two rows; a place nobody has stands in between, since each is taken once."""
    first, second = getattr(row, part.order), getattr(other, part.order)
    top = part.model.objects.filter(**{part.parent: getattr(row, part.parent)}).aggregate(last=Max(part.order))["last"]
    for moved, number in ((row, top + 1), (other, first), (row, second)):
        setattr(moved, part.order, number)
        moved.save(update_fields=[part.order])
