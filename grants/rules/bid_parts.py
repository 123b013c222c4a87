"""What the rules of a bid still find wanting in a business case: lot, time, match, periods, questions (X1).

Reads only a content as it would be frozen, and the rules beside it.
"""

from datetime import date
from decimal import ROUND_CEILING, Decimal

from plans.enums import MatchIn, Severity
from records.calendar import period_end
from records.words import pounds

from ..enums import CaseSection, MatchKind
from ..queries import periods
from . import answers, school_parts

S = CaseSection
MATCH = "MATCH"
PENNY = Decimal("0.01")


def lot_faults(project, lots):
    """A project bids for one lot, between its floor and its cap; nothing is asked where there are no lots."""
    if not lots:
        return []
    chosen = project.get("lot")
    lot = next((row for row in lots if chosen and row["number"] == chosen["number"]), None)
    if lot is None:
        return [(S.PROJECTS, "Choose the lot that the project bids for.")]
    asked, name = Decimal(project["total"]), f"Lot {lot['number']}, {lot['name']},"
    if lot["floor"] and asked < Decimal(lot["floor"]):
        least = pounds(Decimal(lot["floor"]))
        return [(S.BUDGET, f"{name} gives no less than {least} to a project; this one asks for {pounds(asked)}.")]
    if lot["cap"] and asked > Decimal(lot["cap"]):
        most = pounds(Decimal(lot["cap"]))
        return [(S.BUDGET, f"{name} gives no more than {most} to a project; this one asks for {pounds(asked)}.")]
    return []


def duration_faults(project, *, least, most):
    """How long a project may last, in months from its first day to its last."""
    if not (project["starts_on"] and project["ends_on"]):
        return []
    starts_on, ends_on = date.fromisoformat(project["starts_on"]), date.fromisoformat(project["ends_on"])
    if least and ends_on < period_end(starts_on, least):
        return [(S.PROJECTS, f"The project must last at least {_months(least)}. Change its first or last day.")]
    if most and ends_on > period_end(starts_on, most):
        return [(S.PROJECTS, f"The project must last no more than {_months(most)}. Change its first or last day.")]
    return []


def _months(number):
    return f"{number} month{'' if number == 1 else 's'}"


def profile_faults(project, months):
    """The periods are those of the project's time, and together they make its budget to the penny."""
    if not months:
        return []
    first, last = (date.fromisoformat(project[name]) if project[name] else None for name in ("starts_on", "ends_on"))
    lines = project.get("profile_lines") or []
    if not lines:
        return [(S.PROFILE, "Say how much of the money falls into each period.")]
    given = [(date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"])) for row in lines]
    if given != periods.asked(first, last, months):
        return [(S.PROFILE, "The days of the project have changed since. Enter the money by period again.")]
    together = sum((Decimal(row["amount"]) for row in lines), Decimal(0))
    if together != Decimal(project["total"]):
        whole = pounds(Decimal(project["total"]))
        return [(S.PROFILE, f"The periods come to {pounds(together)} and the budget to {whole}. Make them the same.")]
    return []


def match_gaps(project, match_rules):
    """[(rule, pounds wanted, pounds given)] where others bring too little of what the project costs in all."""
    lines = project.get("match_lines") or []
    whole = Decimal(project["total"]) + sum((Decimal(row["amount"]) for row in lines), Decimal(0))
    found = []
    for rule in match_rules:
        kinds = [MatchKind.MONEY, MatchKind.KIND] if rule.match_in == MatchIn.EITHER else [MatchKind(rule.match_in)]
        given = sum((Decimal(row["amount"]) for row in lines if row["kind"] in kinds), Decimal(0))
        wanted = (whole * rule.percent / 100).quantize(PENNY, ROUND_CEILING)
        if given < wanted:
            found.append((rule, wanted, given))
    return found


def match_words(rule, wanted, given):
    """One gap as a sentence."""
    what = {MatchIn.MONEY: "in money", MatchIn.KIND: "in help in kind"}.get(rule.match_in, "in money or help in kind")
    return (
        f"Others must bring {rule.percent.normalize():f} % of the whole cost {what}, {pounds(wanted)}; "
        f"{pounds(given)} is entered."
    )


def match_faults(project, match_rules, excepted):
    """Gaps that block, and those that need an exception larger than was given (in pounds)."""
    return [
        (S.MATCH, match_words(rule, wanted, given))
        for rule, wanted, given in match_gaps(project, match_rules)
        if rule.severity == Severity.BLOCK
        or (rule.severity == Severity.NEEDS_EXCEPTION and wanted - given > excepted.get(MATCH, Decimal(0)))
    ]


def match_warnings(content, match_rules):
    """Gaps that are only pointed out."""
    return [
        f"Project {project['number']}: {match_words(rule, wanted, given)} Say why in the business case."
        for project in content["projects"]
        for rule, wanted, given in match_gaps(project, match_rules)
        if rule.severity == Severity.WARN
    ]


def answer_faults(part, sets):
    """Required questions of the sets that want an answer still; a set stands where its section does."""
    given = {each["key"]: each["values"] for each in part.get("question_sets") or []}
    return [
        (asked, sentence) for asked in sets for sentence in answers.missing(asked.questions, given.get(asked.key, {}))
    ]


def project_faults(project, asks, rule_set, match_rules, excepted):
    """Everything the rules of a bid find wanting in one project: [(section, sentence)]."""
    return [
        *lot_faults(project, asks.lots),
        *duration_faults(project, least=rule_set.months_least, most=rule_set.months_most),
        *profile_faults(project, asks.profile_months),
        *match_faults(project, match_rules, excepted),
        *school_parts.faults(project, asks),
        *answer_faults(project, asks.of_project),
    ]


def faults(content, asks, rule_set, match_rules, excepted):
    """The same of the whole case: [(section, project number or None, sentence)]."""
    found = [(section, None, sentence) for section, sentence in answer_faults(content, asks.of_case)]
    for project in content["projects"]:
        for section, sentence in project_faults(project, asks, rule_set, match_rules, excepted):
            found.append((section, project["number"], sentence))
    return found
