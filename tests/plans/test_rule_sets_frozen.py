"""A frozen rule set stays as it is, by rule and by the database; a change is a new version (X1)."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from plans import actions, queries
from plans.models import (
    ApprovalRule,
    AskedQuestions,
    Criterion,
    DecisionStage,
    Formula,
    FormulaWeight,
    Limit,
    Lot,
    MatchRule,
    Question,
    QuestionSet,
    RequiredStandard,
    RuleSet,
    ScoreGuide,
    StandardKind,
)
from records.models import Event
from records.refusals import Refused

AT = datetime(2020, 2, 3, 9, 0, tzinfo=UTC)


def fill(rules):
    """One row of every kind that the set does not have yet."""
    questions = QuestionSet.objects.create(key="about-you", title="About you")
    Question.objects.create(question_set=questions, number=1, key="why", label="Why you?", kind="WORDS")
    AskedQuestions.objects.create(rule_set=rules, question_set=questions, number=1)
    Limit.objects.create(rule_set=rules, on="CASE_YEAR", amount=Decimal("35000"), severity="NEEDS_EXCEPTION")
    MatchRule.objects.create(rule_set=rules, percent=Decimal("20"))
    Lot.objects.create(rule_set=rules, number=1, name="Small")
    formula = Formula.objects.create(rule_set=rules, number=1)
    FormulaWeight.objects.create(formula=formula, number=1, key="people", name="People", weight=Decimal("100"))
    stage = DecisionStage.objects.create(rule_set=rules, number=1, kind="SCORED", name="Scoring", evaluators=2)
    criterion = Criterion.objects.create(stage=stage, number=1, title="Need")
    ScoreGuide.objects.create(criterion=criterion, score=0, meaning="None shown")
    DecisionStage.objects.create(rule_set=rules, number=2, kind="COMMISSIONER", name="Decision")
    ApprovalRule.objects.create(rule_set=rules, kind="TIME", level="OFFICER", up_to_days=30)
    RequiredStandard.objects.create(rule_set=rules, kind=StandardKind.objects.create(key="dbs", name="DBS checks"))
    return rules


@pytest.fixture
def frozen(world):
    """Rules of every kind at once, lots beside a formula: no action would freeze them so, and the database must."""
    return freeze(fill(world.plan.csp_rules))


def freeze(rules):
    RuleSet.objects.filter(pk=rules.pk).update(frozen_at=AT)
    rules.refresh_from_db()
    return rules


def tables():
    """Each kind of row with one field to change and a value for it."""
    changed = {
        "limits": ("amount", 1),
        "match_rules": ("percent", 1),
        "lots": ("name", "Other"),
        "formulas": ("floor", 1),
        "stages": ("name", "Other"),
        "instalment_rules": ("due_days", 99),
        "reporting_rules": ("due_days", 99),
        "approval_rules": ("up_to_days", 99),
        "asked": ("number", 99),
        "criteria": ("weight", 9),
        "guides": ("meaning", "Other"),
        "weights": ("weight", 9),
        "questions": ("label", "Other"),
        "conditions": ("text", "Other"),
        "required_standards": ("holds", "EVERY"),
    }
    parts = {}

    def gather(part):
        parts[part.name] = part
        for child in part.children:
            gather(child)

    for part in (*queries.PARTS.values(), queries.QUESTIONS, queries.CONDITIONS):
        gather(part)
    assert set(parts) == set(changed)
    return [(parts[name].model, field, value) for name, (field, value) in changed.items()]


def test_freeze_rules_is_logged_once(world):
    frozen = actions.freeze_rules(rule_set=world.plan.csp_rules, at=AT, by=world.cast.officer)

    again = actions.freeze_rules(rule_set=frozen, at=datetime(2021, 1, 1, tzinfo=UTC))

    assert again.frozen_at == AT
    events = Event.objects.filter(subject_type="plans.RuleSet", subject_id=frozen.pk, verb="frozen")
    assert [event.summary for event in events] == ["Rules frozen, as money is offered under them: Partnership rules"]


def test_freeze_rules_refuses_what_does_not_go_together(world):
    rules = world.plan.csp_rules
    rules.instalment_rules.filter(number=2).delete()

    with pytest.raises(Refused) as half:
        actions.freeze_rules(rule_set=rules, at=AT)
    rules.instalment_rules.filter(for_tactical=False).update(share_percent=100)
    questions = QuestionSet.objects.create(key="about-you", title="About you")
    AskedQuestions.objects.create(rule_set=rules, question_set=questions, number=1)
    with pytest.raises(Refused) as empty:
        actions.freeze_rules(rule_set=rules, at=AT)

    start = "The rules “Partnership rules” cannot be used yet."
    assert half.value.reason == f"{start} The shares of the instalments make 50, not 100."
    assert empty.value.reason == f"{start} About you: There are no questions yet. Add at least one."


def test_freeze_rules_bites_on_every_kind_of_row_in_the_database(world):
    rules = fill(world.plan.csp_rules)
    for model, field, value in tables():
        with transaction.atomic():
            assert model.objects.update(**{field: value}) > 0, model
            transaction.set_rollback(True)
    freeze(rules)

    for model, field, value in tables():
        row = model.objects.filter(pk__in=of_these(model, rules)).first()
        with pytest.raises(IntegrityError, match=f"the rules {rules.key} are frozen"), transaction.atomic():
            model.objects.filter(pk=row.pk).update(**{field: value})
        with pytest.raises(IntegrityError, match="are frozen"), transaction.atomic():
            model.objects.filter(pk=row.pk).delete()
        row.pk = None
        with pytest.raises(IntegrityError, match="are frozen"), transaction.atomic():
            row.save(force_insert=True)


def of_these(model, rules):
    """The ids of the rows of one table that belong to these rules."""
    ways = {
        "Criterion": "stage__rule_set",
        "ScoreGuide": "criterion__stage__rule_set",
        "FormulaWeight": "formula__rule_set",
        "Question": "question_set__asked_by__rule_set",
        "TermsCondition": "terms__rule_sets",
    }
    return model.objects.filter(**{ways.get(model.__name__, "rule_set"): rules}).values("pk")


@pytest.mark.parametrize(
    "change", [{"name": "Other"}, {"frozen_at": None}, {"invited_only": False}, {"months_most": 3}], ids=str
)
def test_a_frozen_rule_set_itself_never_changes(frozen, change):
    with pytest.raises(IntegrityError, match="are frozen"), transaction.atomic():
        RuleSet.objects.filter(pk=frozen.pk).update(**change)


def test_frozen_rules_leave_the_rules_of_others_alone(frozen, world):
    other = world.plan.third_rules

    RuleSet.objects.filter(pk=other.pk).update(name="Renamed")
    limit = Limit.objects.create(rule_set=other, on="CASE_TOTAL", amount=1, severity="BLOCK")
    with pytest.raises(IntegrityError, match="are frozen"), transaction.atomic():
        Limit.objects.filter(pk=limit.pk).update(rule_set=frozen)


def test_make_version_copies_every_row_and_says_what_it_follows(frozen, world):
    copy = actions.make_version(rule_set=frozen, by=world.cast.officer, at=AT)

    assert (copy.key, copy.version, copy.follows, copy.frozen_at) == ("csp-rules-v2", 2, frozen, None)
    assert queries.parts_of(copy) == queries.parts_of(frozen)
    assert all(queries.parts_of(copy)[name] for name in queries.PARTS)
    third = actions.make_version(rule_set=freeze(copy), by=world.cast.officer, at=AT, reason="Another year")
    assert (third.key, third.version) == ("csp-rules-v3", 3)
    event = Event.objects.get(subject_type="plans.RuleSet", subject_id=third.pk)
    assert (event.summary, event.reason) == ("Version 3 started as a copy of version 2", "Another year")


def test_make_version_is_refused_where_nothing_is_frozen_or_it_was_made(frozen, world):
    officer = world.cast.officer
    with pytest.raises(Refused) as loose:
        actions.make_version(rule_set=world.plan.third_rules, by=officer, at=AT)
    actions.make_version(rule_set=frozen, by=officer, at=AT)
    with pytest.raises(Refused) as twice:
        actions.make_version(rule_set=frozen, by=officer, at=AT)
    with pytest.raises(Refused) as stranger:
        actions.make_version(rule_set=frozen, by=world.cast.maidstone_lead, at=AT)

    assert loose.value.reason == "No round has opened under these rules, so they can be changed as they are."
    assert twice.value.reason == ("Version 2 follows these rules already. Change that one, or make a version of it.")
    assert stranger.value.reason == (
        "Only a commissioning officer or the head of commissioning changes the plan. Ask one of them."
    )
