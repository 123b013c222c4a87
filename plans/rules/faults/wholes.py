"""What does not go together in a whole rule set: the rows of one kind with one another, and the kinds."""

from decimal import Decimal
from itertools import pairwise

from records.formfields import lower_first
from records.words import pounds

from ...enums import (
    ApprovalLevel,
    ConditionKind,
    ContinuationPolicy,
    LimitOn,
    MoneySetBy,
    ReportKind,
    RequestKind,
    Severity,
)
from ..reporting import why_not_this_pattern
from .rows import faults_of_row, found_in
from .stages import faults_of_stages

ALONE = ("limits", "match_rules", "lots", "formulas", "instalment_rules", "approval_rules")
WHOLE = Decimal("100")
PATTERN = ("timing", "anchor", "period_months", "days", "event")
# What a condition of release needs the rules to ask for, or it could never be met.
RETURNS_NEEDED = {
    ConditionKind.MID_YEAR_SATISFACTORY: (ReportKind.MID_YEAR,),
    ConditionKind.YEAR_END_SATISFACTORY: (ReportKind.YEAR_END, ReportKind.END_OF_AWARD),
    ConditionKind.QUARTERLY_SATISFACTORY: (ReportKind.QUARTERLY,),
}
LEVELS = list(ApprovalLevel)


def faults_of_rules(parts):
    """Every fault of a rule set given as plain values: [(field, sentence)], none where it may be used.

    `parts` is what `queries.parts_of` gives: the fields of `RuleSet` and a list of mappings for each kind of row,
    by the names of the models. References are keys. What is left out is not there.
    """
    faults = []
    for name in ALONE:
        for place, row in enumerate(parts.get(name) or []):
            faults += [(f"{name}.{place}.{field}", sentence) for field, sentence in faults_of_row(name, row)]
    for check in (
        of_settings,
        of_limits,
        of_money,
        of_formulas,
        of_instalments,
        of_reporting,
        of_approvals,
        of_asked,
        of_standards,
    ):
        faults += found_in(check(parts))
    return faults + faults_of_stages(parts.get("stages") or [])


def of_settings(parts):
    """The fields of the rule set itself."""
    least, most, profile = (parts.get(name) or 0 for name in ("months_least", "months_most", "profile_months"))
    yearly = parts.get("continuation") == ContinuationPolicy.YEARLY
    eventful = parts.get("extension_event") and not parts.get("extension_months")
    tactical, whole = parts.get("tactical_numerator") or 0, parts.get("tactical_denominator") or 1
    over = parts.get("over_commitment_percent") or 0
    return [
        (
            most and most < least,
            "months_most",
            "The longest time is shorter than the shortest. Correct one of the two.",
        ),
        (
            most and profile > most,
            "profile_months",
            "The periods of the profile are longer than a project may last. Shorten them.",
        ),
        (
            yearly and most and most <= 12,
            "continuation",
            "A project of at most 12 months has no later year to go on into. Allow more months.",
        ),
        (eventful, "extension_months", "Say how many months the decision after the event may add."),
        (tactical > whole, "tactical_numerator", "The tactical pot cannot be more than the whole allocation."),
        (not 0 <= over <= 100, "over_commitment_percent", "Over-commitment must be from 0 to 100 per cent."),
    ]


def of_limits(parts):
    """No two limits for the same thing; what blocks stands above what warns."""
    limits = parts.get("limits") or []
    yield from repeated("limits", limits, ("on", "severity"), "This limit stands there twice. Keep it once.")
    blocking = {row["on"]: row["amount"] for row in limits if row.get("severity") == Severity.BLOCK}
    for place, row in enumerate(limits):
        top = blocking.get(row.get("on"))
        if row.get("severity") != Severity.BLOCK and top is not None and row.get("amount", 0) >= top:
            words = (
                f"{LimitOn(row['on']).label}: {pounds(top)} blocks before {pounds(row['amount'])} is reached. "
                "Let the sum that blocks be the higher one."
            )
            yield True, f"limits.{place}.amount", words


def of_money(parts):
    """What belongs to one way of setting the money is there with it and nowhere else."""
    way = parts.get("money_set_by", MoneySetBy.NEGOTIATED)
    formulas, lots = parts.get("formulas") or [], parts.get("lots") or []
    by_formula, by_bids = way == MoneySetBy.FORMULA, way == MoneySetBy.BIDS
    yield by_formula and not formulas, "formulas", "The money is set by formula, and there is none. Write one."
    words = "There is a formula, but the money is not set by one. Change one of the two."
    yield formulas and not by_formula, "money_set_by", words
    words = "Lots are parts of the money of a round of bids. Set the money by bids, or take out the lots."
    yield lots and not by_bids, "money_set_by", words
    yield from repeated("lots", lots, ("name",), "There is a lot of this name already. Give it another.")
    words = "This kind of match funding stands there twice. Keep it once."
    yield from repeated("match_rules", parts.get("match_rules") or [], ("match_in",), words)


def of_formulas(parts):
    """The weights of each formula make 100."""
    for place, formula in enumerate(parts.get("formulas") or []):
        weights, name = formula.get("weights") or [], f"formulas.{place}.weights"
        for number, weight in enumerate(weights):
            for field, sentence in faults_of_row("weights", weight):
                yield True, f"{name}.{number}.{field}", sentence
        yield from repeated(name, weights, ("key",), "This factor stands there twice. Keep it once.")
        total = sum((Decimal(weight["weight"]) for weight in weights), Decimal(0))
        yield total != WHOLE, name, f"The weights of the formula make {plain(total)}, not 100."


def of_instalments(parts):
    """Shares make 100, and each condition is one these rules can meet."""
    rows = parts.get("instalment_rules") or []
    main = [row for row in rows if not row.get("for_tactical")]
    tactical = [row for row in rows if row.get("for_tactical")]
    for words, some in (("instalments", main), ("tactical instalments", tactical)):
        total = sum((Decimal(row["share_percent"]) for row in some), Decimal(0))
        wrong = some and total != WHOLE
        yield wrong, "instalment_rules", f"The shares of the {words} make {plain(total)}, not 100."
    unpaid = parts.get("tactical_numerator") and not tactical
    words = "There is a tactical pot, but nothing says how it is paid. Add a tactical instalment."
    yield unpaid, "instalment_rules", words
    for place, row in enumerate(rows):
        words = never_met(row.get("condition"), parts)
        yield words, f"instalment_rules.{place}.condition", words


def never_met(condition, parts):
    """Say why a condition of release could never be met under these rules, or nothing."""
    reported = {row.get("kind") for row in parts.get("reporting_rules") or []}
    needed = RETURNS_NEEDED.get(condition, ())
    label = ConditionKind(condition).label if condition else ""
    if needed and not reported & set(needed):
        return f"“{label}” would never be met: these rules ask for no such return."
    if condition == ConditionKind.MATCH_CONFIRMED and not parts.get("match_rules"):
        return f"“{label}” would never be met: these rules ask for no match funding."
    if condition == ConditionKind.CONTINUATION_APPROVED and parts.get("continuation") != ContinuationPolicy.YEARLY:
        return f"“{label}” would never be met: these rules have no decision for each later year."
    return ""


def of_reporting(parts):
    rows = parts.get("reporting_rules") or []
    for place, row in enumerate(rows):
        given = {"timing": "ONCE", "anchor": "PERIOD_END", "period_months": None, "days": [], "event": None} | row
        words = why_not_this_pattern(**{name: given[name] for name in PATTERN})
        yield words, f"reporting_rules.{place}.timing", words
    yield from repeated("reporting_rules", rows, ("kind",), "This return is asked for twice. Keep it once.")


def of_approvals(parts):
    """A higher level approves at least what a lower one does."""
    rows = parts.get("approval_rules") or []
    words = "This level stands there twice for the same kind of change. Keep it once."
    yield from repeated("approval_rules", rows, ("kind", "level"), words)
    for kind in RequestKind:
        steps = [(LEVELS.index(row["level"]), place) for place, row in enumerate(rows) if row.get("kind") == kind]
        for (_, low), (_, high) in pairwise(sorted(steps)):
            for field in ("up_to_percent", "up_to_days"):
                lower, higher = rows[low].get(field), rows[high].get(field)
                words = (
                    f"{kind.label}: {label(rows[high])} would approve less than {label(rows[low])}. "
                    "Let the higher level reach further."
                )
                less = higher is not None and (lower is None or lower > higher)
                yield less, f"approval_rules.{high}.{field}", words


def label(row):
    """The level inside a sentence: "a commissioning officer"."""
    return lower_first(ApprovalLevel(row["level"]).label)


def of_asked(parts):
    words = "These questions are asked already. Ask them once."
    return repeated("asked", parts.get("asked") or [], ("question_set",), words)


def of_standards(parts):
    words = "This standard is asked for already. Ask for it once."
    return repeated("required_standards", parts.get("required_standards") or [], ("kind",), words)


def repeated(name, rows, once, words):
    """A fault at each row that has the same values as an earlier one."""
    seen = set()
    for place, row in enumerate(rows):
        values = tuple(str(row.get(field) or "").casefold() for field in once)
        yield values in seen, f"{name}.{place}.{once[0]}", words
        seen.add(values)


def plain(number):
    """A number without noughts at its end: 90, 33.3."""
    return f"{number.normalize():f}"
