"""A rule set as plain values: its own fields and the rows of each kind, for checks, words, copies and the log (X1).

`PARTS` is the one registry of the kinds of row. Whatever lists, edits, copies, checks or freezes rules walks it,
so a new kind of rule is one line here, a form and a check.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Field, Model

from records.models import Event

from ..models import (
    ApprovalRule,
    AskedQuestions,
    Criterion,
    DecisionStage,
    Formula,
    FormulaWeight,
    InstalmentRule,
    Limit,
    Lot,
    MatchRule,
    MovableEvent,
    Question,
    QuestionSet,
    ReportingRule,
    RequiredStandard,
    ReturnTemplate,
    RuleSet,
    ScoreGuide,
    StandardKind,
    TermsCondition,
    TermsVersion,
)

SETTINGS = (
    "name",
    "terms",
    "tactical_numerator",
    "tactical_denominator",
    "required_parts",
    "spend_evidence_required",
    "certifier_required",
    "one_person_may_certify_and_submit",
    "acceptance_working_days",
    "review_working_days",
    "query_working_days",
    "repayment_working_days",
    "declaration",
    "hold_back_years",
    "hold_back_percent",
    "money_set_by",
    "open_to_kinds",
    "open_to_areas",
    "invited_only",
    "current_recipients_only",
    "months_least",
    "months_most",
    "profile_months",
    "over_commitment_percent",
    "continuation",
    "continuation_due_days",
    "continuation_needs_satisfactory",
    "extension_months",
    "extension_event",
    "safe_working_days",
    "source",
)
KEYED = (MovableEvent, QuestionSet, ReturnTemplate, StandardKind, TermsVersion)


@dataclass(frozen=True)
class Part:
    """One kind of row: `name` is how its parent calls the rows, `parent` how a row calls its parent.

    `once` are the fields that tell its rows apart. `order` is the field that counts them, afresh for each value
    of `within`; people choose that order where `moves`. `many` are links to several rows, each named by its key.
    """

    name: str
    model: type[Model]
    parent: str
    fields: tuple[str, ...]
    once: tuple[str, ...] = ()
    order: str = ""
    within: tuple[str, ...] = ()
    moves: bool = True
    many: tuple[str, ...] = ()
    children: tuple["Part", ...] = ()


GUIDES = Part("guides", ScoreGuide, "criterion", ("score", "meaning"), ("score",))
CRITERIA = Part(
    "criteria",
    Criterion,
    "stage",
    ("number", "title", "guidance", "weight", "highest"),
    order="number",
    children=(GUIDES,),
)
WEIGHTS = Part("weights", FormulaWeight, "formula", ("number", "key", "name", "weight"), ("key",), order="number")
PARTS = {
    part.name: part
    for part in (
        Part("limits", Limit, "rule_set", ("on", "severity", "amount", "source"), ("on", "severity")),
        Part("match_rules", MatchRule, "rule_set", ("match_in", "percent", "severity", "source"), ("match_in",)),
        Part(
            "lots", Lot, "rule_set", ("number", "name", "guidance", "budget", "floor", "cap"), ("name",), order="number"
        ),
        Part(
            "formulas",
            Formula,
            "rule_set",
            (
                "number",
                "floor",
                "damping_percent",
                "most_loss_percent",
                "most_gain_percent",
                "why",
                "source",
            ),
            order="number",
            moves=False,
            children=(WEIGHTS,),
        ),
        Part(
            "stages",
            DecisionStage,
            "rule_set",
            (
                "number",
                "kind",
                "name",
                "guidance",
                "evaluators",
                "pass_percent",
                "places",
                "from_amount",
                "up_to_amount",
                "post",
                "body",
            ),
            order="number",
            children=(CRITERIA,),
        ),
        Part(
            "instalment_rules",
            InstalmentRule,
            "rule_set",
            (
                "for_tactical",
                "number",
                "share_percent",
                "condition",
                "due_when",
                "due_days",
                "due_on",
                "event",
                "each_year",
            ),
            order="number",
            within=("for_tactical",),
        ),
        Part(
            "reporting_rules",
            ReportingRule,
            "rule_set",
            (
                "kind",
                "timing",
                "period_months",
                "days",
                "anchor",
                "event",
                "due_days",
                "due_working_days",
                "when_extended",
                "template",
            ),
            ("kind",),
        ),
        Part(
            "approval_rules",
            ApprovalRule,
            "rule_set",
            ("kind", "level", "up_to_percent", "up_to_days"),
            ("kind", "level"),
        ),
        Part(
            "asked",
            AskedQuestions,
            "rule_set",
            ("number", "question_set", "asked_of"),
            ("question_set",),
            order="number",
        ),
        Part("required_standards", RequiredStandard, "rule_set", ("kind", "holds", "for_kinds"), ("kind",)),
    )
}
QUESTIONS = Part(
    "questions",
    Question,
    "question_set",
    (
        "number",
        "key",
        "label",
        "help",
        "kind",
        "required",
        "options",
        "lowest",
        "highest",
        "longest",
        "shown_if",
        "shown_for",
    ),
    ("key",),
    order="number",
)
CONDITIONS = Part(
    "conditions",
    TermsCondition,
    "terms",
    ("order", "number", "text", "why", "checked_by"),
    ("number",),
    order="order",
    many=("streams",),
)


def plain(value):
    """A value of a row without the row: what is named by a key is that key."""
    if isinstance(value, KEYED):
        return value.key
    return list(value) if isinstance(value, (list, tuple)) else value


def row_of(row, part):
    """One row with its own rows, as plain values."""
    found = {name: plain(getattr(row, name)) for name in part.fields}
    found |= {name: sorted(other.key for other in getattr(row, name).all()) for name in part.many}
    return found | {child.name: rows_of(row, child) for child in part.children}


def rows_of(parent, part):
    """The rows of one kind as plain values, in order of the fields that order them."""
    rows = [row_of(row, part) for row in getattr(parent, part.name).all()]
    return in_order(part, rows)


def in_order(part, rows):
    """Rows by number where they have one, else by what tells them apart."""
    by = [*part.within, part.order] if part.order else list(part.once)
    return sorted(rows, key=lambda row: tuple(row[name] for name in by))


def parts_of(rule_set):
    """The whole rule set as plain values: what `rules.faults_of_rules` checks and `rules_in_words` tells."""
    found = {name: plain(getattr(rule_set, name)) for name in SETTINGS}
    return found | {name: rows_of(rule_set, part) for name, part in PARTS.items()}


def whole_rule_sets():
    """Rule sets with every row of every kind, in a fixed number of queries."""
    paths = [path for part in PARTS.values() for path in paths_of(part)]
    paths += ["instalment_rules__event", "reporting_rules__event", "reporting_rules__template"]
    paths += ["asked__question_set__questions", "terms__conditions", "required_standards__kind"]
    return RuleSet.objects.select_related("terms", "plan__body", "extension_event").prefetch_related(*paths)


def paths_of(part):
    """How the rows of a part, and theirs, are fetched: stages, stages__criteria, stages__criteria__guides."""
    yield part.name
    for child in part.children:
        yield from (f"{part.name}__{path}" for path in paths_of(child))


def as_record(value):
    """Plain values fit for JSON."""
    if isinstance(value, dict):
        return {name: as_record(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [as_record(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def typed(model, name, value):
    """A value of the log as its field has it: sums are Decimals, days are days, what is named stays a key."""
    field = model._meta.get_field(name)
    return plain(field.to_python(value)) if isinstance(field, Field) and not field.is_relation else value


def of_record(part, row):
    """A row of the log as plain values again, with its own rows."""
    found = {name: typed(part.model, name, row.get(name)) for name in part.fields}
    return found | {
        child.name: [of_record(child, inner) for inner in row.get(child.name, [])] for child in part.children
    }


def changed_parts(before, after):
    """What differs between two states of a rule set, fit for the log: {name: [before, after]}."""
    return {name: [as_record(before[name]), as_record(after[name])] for name in before if before[name] != after[name]}


def parts_at(rule_set, moment):
    """The rule set as it was at that moment: as it is now, less what the log says changed since (P7)."""
    parts = parts_of(rule_set)
    later = Event.objects.filter(subject_type=RuleSet._meta.label, subject_id=rule_set.pk, at__gt=moment)
    for event in later.order_by("-at", "-pk"):
        for name, (before, after) in event.changes.items():
            undo(parts, name, before, after)
    return parts


def undo(parts, name, before, after):
    """Take back one change: a field is as it was, rows that came are gone, rows that went are there."""
    if name in SETTINGS:
        parts[name] = typed(RuleSet, name, before)
    elif name in PARTS:
        part = PARTS[name]
        gone = [of_record(part, row) for row in after]
        kept = [row for row in parts[name] if row not in gone]
        parts[name] = in_order(part, kept + [of_record(part, row) for row in before])
