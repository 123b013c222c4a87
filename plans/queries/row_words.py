"""Each kind of row of a rule set as a plain sentence, from plain values: "at most £35,000; more is refused"."""

from decimal import Decimal

from accounts.enums import OrganisationKind, RoleName
from records.formfields import lower_first
from records.words import day_in_words, listed, pounds

from ..enums import (
    ApprovalLevel,
    AskedOf,
    ConditionKind,
    DueWhen,
    LimitOn,
    MatchIn,
    QuestionKind,
    ReportKind,
    RequestKind,
    Severity,
    StageKind,
    StandardHold,
    YesNo,
)
from ..models.patterns import Pattern
from .reporting import in_words

D, S = DueWhen, StageKind
BEYOND = {
    Severity.BLOCK: "more is refused",
    Severity.WARN: "more is pointed out",
    Severity.NEEDS_EXCEPTION: "more needs an exception",
}
SHORT = {
    Severity.BLOCK: "Less is refused.",
    Severity.WARN: "Less is pointed out.",
    Severity.NEEDS_EXCEPTION: "Less needs an exception.",
}
BROUGHT = {MatchIn.MONEY: "in money", MatchIn.KIND: "in kind", MatchIn.EITHER: "in money or in kind"}
MET = {
    ConditionKind.DAY_REACHED: "",
    ConditionKind.TERMS_ACCEPTED: "once the terms are accepted",
    ConditionKind.MID_YEAR_SATISFACTORY: "once the mid-year return is satisfactory",
    ConditionKind.YEAR_END_SATISFACTORY: "once the year-end return is satisfactory",
    ConditionKind.QUARTERLY_SATISFACTORY: "once the return of the quarter before is satisfactory",
    ConditionKind.OFFICER_CONFIRMED: "once an officer has confirmed it with evidence",
    ConditionKind.EVENT_HAPPENED: "once {event} has happened",
    ConditionKind.RECEIPTS_ACCEPTED: "for receipts that an officer has accepted",
    ConditionKind.MATCH_CONFIRMED: "once an officer has confirmed the match funding",
    ConditionKind.CONTINUATION_APPROVED: "once the continuation into the year is approved",
}


def percent(value):
    """12.5% without noughts at its end."""
    return f"{value.normalize():f}%"


def counted(number, word):
    """1 day, 3 days, 0 criteria."""
    many = {"criterion": "criteria"}.get(word, f"{word}s")
    return f"{number} {word if number == 1 else many}"


def figure(number):
    """A number as people write it: 5,000 and 2.5, without idle noughts."""
    return f"{Decimal(number).normalize():,f}"


def between(low, high, say):
    """£500 to £5,000; at least £500; at most £5,000; nothing where neither is given."""
    if low is not None and high is not None:
        return f"{say(low)} to {say(high)}"
    if low is not None:
        return f"at least {say(low)}"
    return f"at most {say(high)}" if high is not None else ""


def of_limit(row, names):
    return f"{LimitOn(row['on']).label}: at most {pounds(row['amount'])}; {BEYOND[row['severity']]}."


def of_match(row, names):
    brought = BROUGHT[row["match_in"]]
    return f"Others bring at least {percent(row['percent'])} of the whole cost, {brought}. {SHORT[row['severity']]}"


def of_lot(row, names):
    asked = between(row["floor"], row["cap"], pounds)
    budget = f"{pounds(row['budget'])} in all" if row["budget"] is not None else "budget not known"
    each = f"; {asked} for a project" if asked else ""
    return f"Lot {row['number']}, {row['name']}: {budget}{each}."


def of_formula(row, names):
    weights = [f"{weight['name']} {percent(weight['weight'])}" for weight in row["weights"]]
    said = [f"Formula, version {row['number']}: {listed(weights) if weights else 'no factors yet'}."]
    if row["floor"]:
        said.append(f"Nobody gets less than {pounds(row['floor'])}.")
    if row["damping_percent"] != 100:
        said.append(f"It goes {percent(row['damping_percent'])} of the way from last year’s sum to the result.")
    if row["most_loss_percent"] is not None:
        said.append(f"Nobody loses more than {percent(row['most_loss_percent'])} of last year’s sum.")
    if row["most_gain_percent"] is not None:
        said.append(f"Nobody gains more than {percent(row['most_gain_percent'])} of it.")
    return " ".join(said)


def of_stage(row, names):
    name, criteria = row["name"], counted(len(row["criteria"]), "criterion")
    said = {
        S.GATE: f"{name}: a gate with {criteria}, all to be met{looked_at(row)}.",
        S.SCORED: f"{name}: {counted(row['evaluators'], 'evaluator')} score {criteria}, each alone.",
        S.MODERATION: f"{name}: the evaluators agree one score.",
        S.PANEL: f"{name}: a panel gives its view.",
        S.PUBLIC_VOTE: f"{name}: the result of a public vote counts.",
        S.OFFICER: f"{name}: {post_of(row)} decides under a recorded delegation.",
        S.COMMISSIONER: f"{name}: the commissioner decides.",
        S.SECOND_BODY: f"{name}: {row['body']} must agree.",
    }[StageKind(row["kind"])]
    return " ".join(filter(None, [f"{row['number']}. {said}", going_on(row), concerned(row), named(row)]))


def named(row):
    """The criteria of a stage by their titles, with the weights where they differ."""
    weights = {Decimal(criterion["weight"]) for criterion in row["criteria"]}
    shown = [
        f"{criterion['title']}{f' (weight {plain(criterion)})' if len(weights) > 1 else ''}"
        for criterion in row["criteria"]
    ]
    return f"Criteria: {'; '.join(shown)}." if shown else ""


def plain(criterion):
    return figure(criterion["weight"])


def looked_at(row):
    """By how many a gate is looked at, where it is more than one."""
    return f", looked at by {row['evaluators']} evaluators each alone" if row["evaluators"] > 1 else ""


def post_of(row):
    return f"the {lower_first(RoleName(row['post']).label)}" if row["post"] else "an officer"


def going_on(row):
    """Who goes on from a stage: those above its mark, and so many of the highest."""
    said = []
    if row["pass_percent"] is not None:
        of = "votes" if row["kind"] == S.PUBLIC_VOTE else "best possible score"
        said.append(f"Projects need at least {percent(row['pass_percent'])} of the {of}.")
    if row["places"] is not None:
        said.append(f"The highest {row['places']} go on.")
    return " ".join(said)


def concerned(row):
    """The sums a stage is about."""
    low, high = row["from_amount"], row["up_to_amount"]
    if low is None and high is None:
        return ""
    return f"Only for projects that ask for {between(low, high, pounds)}."


def of_criterion(row, names):
    guides = "; ".join(f"{guide['score']} {lower_first(guide['meaning'])}" for guide in row["guides"])
    return f"{row['number']}. {row['title']}" + (f" ({guides})" if guides else "")


def of_instalment(row, names):
    what = "of each year’s money" if row["each_year"] else "of the award"
    what = "of a tactical project" if row["for_tactical"] else what
    met = MET[ConditionKind(row["condition"])].format(event=names.get(row["event"], "the event"))
    return f"{percent(row['share_percent'])} {what}, {due(row, names)}{', ' if met else ''}{met}."


def due(row, names):
    """When an instalment is due, before its condition is looked at."""
    days, start = row["due_days"], "the start of each year" if row["each_year"] else "the start"
    when = DueWhen(row["due_when"])
    if when == D.SET_DAY:
        return f"on {day_in_words(row['due_on'])}"
    if when == D.ON_RECEIPTS:
        return "in arrears"
    anchor = names.get(row["event"], "the event") if when == D.AFTER_EVENT else start
    return f"{counted(days, 'day')} after {anchor}" if days else f"from the day of {anchor}"


def of_report(row, names):
    """A kind of return with its periods and due day."""
    given = {name: row[name] for name in Pattern.__dataclass_fields__ if name not in {"event", "template"}}
    pattern = Pattern(**{**given, "days": tuple(row["days"])})
    return f"{ReportKind(row['kind']).label}: {in_words(pattern, event=names.get(row['event'], ''))}."


def of_approval(row, names):
    level = lower_first(ApprovalLevel(row["level"]).label)
    size = []
    if row["up_to_percent"] is not None:
        size.append(f"{percent(row['up_to_percent'])} of the award")
    if row["up_to_days"] is not None:
        size.append(counted(row["up_to_days"], "day"))
    reach = f", up to {listed(size)}" if size else ", whatever the size"
    return f"{RequestKind(row['kind']).label}: approved by {level}{reach}."


def of_asked(row, names):
    title = names.get(row["question_set"], row["question_set"])
    where = "for each project" if row["asked_of"] == AskedOf.PROJECT else "once for the business case"
    return f"“{title}” is answered {where}."


def of_question(row, names):
    """One question with what may be answered and when it is asked; `names` are the labels of the set by key."""
    said = [f"{row['number']}. {row['label']}", f"({lower_first(QuestionKind(row['kind']).label)}"]
    said[-1] += ", must be answered)" if row["required"] else ", may be left out)"
    if row["options"]:
        said.append(f"Answers: {', '.join(row['options'])}.")
    if bounds := between(row["lowest"], row["highest"], pounds if row["kind"] == QuestionKind.MONEY else figure):
        said.append(f"{bounds[:1].upper()}{bounds[1:]}.")
    if row["shown_if"]:
        answers = [dict(YesNo.choices).get(answer, answer) for answer in row["shown_for"]]
        said.append(f"Only where “{names.get(row['shown_if'], row['shown_if'])}” is answered: {', '.join(answers)}.")
    return " ".join(said)


HELD_BACK = {
    StandardHold.FIRST: "Without it the first instalment waits.",
    StandardHold.EVERY: "Without it every instalment waits.",
    StandardHold.NOTHING: "It is asked for, but no money waits for it.",
}


def of_standard(row, names):
    """A standard that the payee must hold, and what waits without it."""
    kinds = [OrganisationKind(kind).label for kind in row["for_kinds"]]
    asked = f" (asked of: {listed(kinds)})" if kinds else ""
    return f"{names.get(row['kind'], row['kind'])}{asked}. {HELD_BACK[row['holds']]}"


def of_condition(row, names):
    """A numbered condition, with the streams it is limited to."""
    streams = [names.get(key, key) for key in row.get("streams", ())]
    return f"{row['number']} {row['text']}" + (f" (Only for: {listed(streams)}.)" if streams else "")


ROW_WORDS = {
    "limits": of_limit,
    "match_rules": of_match,
    "lots": of_lot,
    "formulas": of_formula,
    "weights": lambda row, names: f"{row['name']}: {percent(row['weight'])}",
    "stages": of_stage,
    "criteria": of_criterion,
    "instalment_rules": of_instalment,
    "reporting_rules": of_report,
    "approval_rules": of_approval,
    "asked": of_asked,
    "questions": of_question,
    "conditions": of_condition,
    "required_standards": of_standard,
}


def row_in_words(name, row, names):
    """One row as a sentence; `name` is the kind of row, `names` what keys are called."""
    return ROW_WORDS[name](row, names)
