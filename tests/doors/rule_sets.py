"""Doors of the rules: read by everybody with a role, changed by officers until money was offered under them."""

from plans import actions
from plans.models import AskedQuestions, Limit, Lot, Question, QuestionSet, RuleSet, TermsVersion

from . import door

WHY = {"reason": "The office asked for it"}


def _rules(world):
    """Rules with two lots, a limit and questions that nobody was offered money under."""
    rules = RuleSet.objects.create(key="open-rules", plan=world.plan.plan, name="Open rules", money_set_by="BIDS")
    for number, name in enumerate(("Small", "Large"), start=1):
        Lot.objects.create(rule_set=rules, number=number, name=name)
    Limit.objects.create(rule_set=rules, on="CASE_TOTAL", amount=9000, severity="BLOCK")
    return rules


def _frozen(world):
    rules = RuleSet.objects.create(key="frozen-rules", plan=world.plan.plan, name="Frozen rules")
    Limit.objects.create(rule_set=rules, on="CASE_TOTAL", amount=9000, severity="BLOCK")
    return actions.freeze_rules(rule_set=rules, at=world.now, by=world.cast.officer)


def _questions(world):
    questions = QuestionSet.objects.create(key="about-you", title="About you")
    Question.objects.create(question_set=questions, number=1, key="why", label="Why you?", kind="WORDS")
    AskedQuestions.objects.create(rule_set=world.open_rules, question_set=questions, number=1)
    return questions


WORLD = {
    "open_rules": _rules,
    "frozen_rules": _frozen,
    "questions_asked": _questions,
    "new_terms": lambda world: TermsVersion.objects.create(key="terms-2", title="Grant terms", version="2"),
}
READ = "page: *"
OFFICERS_ONLY = "page: officers; 403: *"
CHANGED = "moved: officers; 403: *"
REFUSED = "sentence: officers; 403: *"
LIMIT = {"on": "CASE_YEAR", "amount": "5,000", "severity": "WARN", **WHY}


def of_key(name, **more):
    return lambda world: {"key": getattr(world, name).key, **more}


def of_row(part, of, first="limits"):
    """The address of the first row of a kind."""
    return lambda world: {"part": part, "pk": getattr(getattr(world, of), first).first().pk}


def of_parent(part, name):
    """The address where a row of a kind is added."""
    return lambda world: {"part": part, "under": getattr(world, name).pk}


def both(name, of, data, **more):
    return [door(name, of, OFFICERS_ONLY, **more), door(name, of, CHANGED, method="POST", data=data, **more)]


def refused(name, of, data=None):
    return [
        door(name, of, REFUSED, note="frozen"),
        door(name, of, REFUSED, method="POST", data=data or WHY, note="frozen"),
    ]


DOORS = [
    door("plans:rule_set_list", "", READ),
    *both("plans:rule_set_new", "", {"name": "New rules", **WHY}),
    *both("plans:rule_set_version", of_key("frozen_rules"), WHY),
    door("plans:rule_set_version", of_key("open_rules"), REFUSED, note="not frozen"),
    door("plans:rule_set_version", of_key("open_rules"), REFUSED, method="POST", data=WHY, note="not frozen"),
    *both("plans:rule_settings_edit", of_key("open_rules", topic="duration"), {"months_most": "12", **WHY}),
    *refused("plans:rule_settings_edit", of_key("frozen_rules", topic="duration")),
    *both("plans:rule_row_edit", of_row("limits", "open_rules"), LIMIT),
    *refused("plans:rule_row_edit", of_row("limits", "frozen_rules"), LIMIT),
    *both("plans:rule_row_remove", of_row("limits", "open_rules"), WHY),
    *refused("plans:rule_row_remove", of_row("limits", "frozen_rules")),
    door("plans:rule_row_move", of_row("lots", "open_rules", "lots"), CHANGED, method="POST", data={"to": "down"}),
    door("plans:question_set_show", of_key("questions_asked"), READ),
    *both("plans:question_set_new", "", {"title": "Schools", **WHY}),
    *both("plans:question_set_edit", of_key("questions_asked"), {"title": "About us", **WHY}),
    door("plans:terms_show", of_key("new_terms"), READ),
    *both("plans:terms_new", "", {"title": "Grant terms", "version": "3", **WHY}),
    *both("plans:terms_edit", of_key("new_terms"), {"introduction": "Read this.", **WHY}),
    *both("plans:rule_row_new", of_parent("limits", "open_rules"), LIMIT),
    *refused("plans:rule_row_new", of_parent("limits", "frozen_rules"), LIMIT),
]
