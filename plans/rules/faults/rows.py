"""What is wrong with one row of a rule set, looked at alone: each check gives (whether it is so, field, sentence)."""

from accounts.enums import RoleName
from accounts.roles import ROLES, Permission

from ...enums import ConditionKind, DueWhen, RequestKind, StageKind

S = StageKind
MAY_PASS = frozenset({S.SCORED, S.MODERATION, S.PANEL, S.PUBLIC_VOTE})
HAS_CRITERIA = frozenset({S.GATE, S.SCORED})
DECIDES = frozenset({S.OFFICER, S.COMMISSIONER})
COUNTED_IN_DAYS = frozenset({RequestKind.TIME, RequestKind.SUSPENSION, RequestKind.EARLY_END})


def faults_of_row(name, row):
    """The faults of one row: [(field, sentence)]; `name` is the kind of row as in `queries.PARTS`."""
    return found_in(CHECKS[name](row)) if name in CHECKS else []


def found_in(checks):
    return [(field, sentence) for found, field, sentence in checks if found]


def above(first, last):
    """Whether both are given and stand in the wrong order."""
    return first is not None and last is not None and first > last


def outside(value, low, high):
    return value is not None and not low <= value <= high


def of_limit(row):
    return [((row.get("amount") or 0) <= 0, "amount", "A limit must be more than £0.")]


def of_match(row):
    words = "Match funding must be more than 0 and less than 100 per cent of the whole cost."
    return [(not 0 < (row.get("percent") or 0) < 100, "percent", words)]


def of_lot(row):
    budget, floor, cap = (row.get(name) for name in ("budget", "floor", "cap"))
    one = "Correct one of the two."
    none = budget is not None and budget <= 0
    return [
        (none, "budget", "The budget of a lot must be more than £0. Leave it empty while it is not known."),
        (cap is not None and cap <= 0, "cap", "The most a project may ask for must be more than £0."),
        (above(floor, cap), "cap", f"The most a project may ask for is below the least. {one}"),
        (above(cap, budget), "cap", f"The most a project may ask for is above the budget of the lot. {one}"),
        (above(floor, budget), "floor", f"The least a project may ask for is above the budget of the lot. {one}"),
    ]


def of_formula(row):
    damping, loss, gain = (row.get(name) for name in ("damping_percent", "most_loss_percent", "most_gain_percent"))
    return [
        ((row.get("floor") or 0) < 0, "floor", "The least anybody gets cannot be below £0."),
        (outside(damping, 0, 100), "damping_percent", "How far the formula goes must be from 0 to 100 per cent."),
        (outside(loss, 0, 100), "most_loss_percent", "The most anybody loses must be from 0 to 100 per cent."),
        ((gain or 0) < 0, "most_gain_percent", "The most anybody gains cannot be below 0 per cent."),
    ]


def of_weight(row):
    words = "A weight must be more than 0 and at most 100 per cent."
    return [(not 0 < (row.get("weight") or 0) <= 100, "weight", words)]


def of_stage(row):
    kind, post, body = row.get("kind"), row.get("post"), (row.get("body") or "").strip()
    scored, officer, second = kind == S.SCORED, kind == S.OFFICER, kind == S.SECOND_BODY
    passes = kind in MAY_PASS
    marks = row.get("pass_percent")
    return [
        (
            scored and not row.get("evaluators"),
            "evaluators",
            "Say how many evaluators score, each alone: at least 1.",
        ),
        (
            kind not in HAS_CRITERIA and row.get("evaluators"),
            "evaluators",
            "Only a gate or a scored stage has evaluators. Take the number out.",
        ),
        (
            not passes and marks is not None,
            "pass_percent",
            "Only scores, a panel or a vote have a pass mark. Take it out.",
        ),
        (outside(marks, 0, 100), "pass_percent", "The pass mark must be from 0 to 100 per cent."),
        (
            not passes and row.get("places") is not None,
            "places",
            "Only scores, a panel or a vote have places. Take them out.",
        ),
        (
            above(row.get("from_amount"), row.get("up_to_amount")),
            "up_to_amount",
            "The highest sum is below the lowest. Correct one of the two.",
        ),
        (officer and not post, "post", "Say which post decides."),
        (
            officer and post and not may_decide(post),
            "post",
            "This post may not decide on spend. Choose one that may.",
        ),
        (not officer and post, "post", "Only an officer’s decision names a post. Take it out."),
        (second and not body, "body", "Name the second body."),
        (not second and body, "body", "Only the agreement of a second body names one. Take it out."),
        (
            kind not in HAS_CRITERIA and row.get("criteria"),
            "criteria",
            "Only a gate or a scored stage has criteria. Take them out.",
        ),
    ]


def may_decide(post):
    """Whether a delegation could let this post decide."""
    return post in RoleName.values and Permission.DECISION_MAKE in ROLES[RoleName(post)].permissions


def of_criterion(row):
    return [
        ((row.get("weight") or 0) <= 0, "weight", "A weight must be more than 0."),
        ((row.get("highest") or 0) < 1, "highest", "The highest score must be at least 1."),
    ]


def of_instalment(row):
    condition, due_when = row.get("condition"), row.get("due_when", DueWhen.AFTER_START)
    waits = due_when == DueWhen.AFTER_EVENT or condition == ConditionKind.EVENT_HAPPENED
    on_set_day, day, event = due_when == DueWhen.SET_DAY, row.get("due_on"), row.get("event")
    unreceipted = due_when == DueWhen.ON_RECEIPTS and condition != ConditionKind.RECEIPTS_ACCEPTED
    yearly = row.get("each_year")
    share = row.get("share_percent") or 0
    return [
        (not 0 < share <= 100, "share_percent", "A share must be more than 0 and at most 100 per cent."),
        (on_set_day and day is None, "due_on", "Give the day it is due."),
        (
            not on_set_day and day is not None,
            "due_on",
            "A day is given only for an instalment due on a set day. Take it out.",
        ),
        (waits and not event, "event", "Say which event it waits for."),
        (
            not waits and event,
            "event",
            "An event is named only where the instalment waits for one. Take it out.",
        ),
        (
            unreceipted,
            "condition",
            "What is paid in arrears is released when receipts are accepted. Choose that condition.",
        ),
        (
            yearly and on_set_day,
            "each_year",
            "A set day comes once, so this share cannot be of each year. Count from the start.",
        ),
        (
            yearly and row.get("for_tactical"),
            "each_year",
            "A tactical project is paid as a whole, not by years.",
        ),
    ]


def of_approval(row):
    by_days = row.get("kind") in COUNTED_IN_DAYS
    size, days = row.get("up_to_percent"), row.get("up_to_days")
    words = "Days count only for more time, a pause or an earlier end. Take them out."
    return [
        (outside(size, 0, 100), "up_to_percent", "The size must be from 0 to 100 per cent of the award."),
        (not by_days and days is not None, "up_to_days", words),
    ]


CHECKS = {
    "limits": of_limit,
    "match_rules": of_match,
    "lots": of_lot,
    "formulas": of_formula,
    "weights": of_weight,
    "stages": of_stage,
    "criteria": of_criterion,
    "instalment_rules": of_instalment,
    "approval_rules": of_approval,
}
