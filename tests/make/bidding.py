"""Rounds whose money is bid for or shared out by formula, with rules of their own."""

from decimal import Decimal

from grants.actions import business_cases, formulas, invitations, rounds
from grants.enums import RoundStatus
from plans.enums import MoneySetBy
from plans.models import AskedQuestions, Formula, FormulaWeight, Limit, Lot, MatchRule, Question, QuestionSet

from . import cases
from .staging import own_rules

D = Decimal
BIDS = {"money_set_by": MoneySetBy.BIDS, "invited_only": False, "tactical_numerator": 0}


def rules(plan, *, limits=(), lots=(), match=(), **fields):
    """A rule set of its own: by bids and open to all unless told otherwise; `limits` are (on, pounds, severity)."""
    made = own_rules(plan.csp_rules)
    for name, value in {**BIDS, **fields}.items():
        setattr(made, name, value)
    made.save()
    for on, amount, severity in limits:
        Limit.objects.create(rule_set=made, on=on, amount=D(amount), severity=severity)
    for number, (name, budget, floor, cap) in enumerate(lots, start=1):
        sums = {"budget": budget, "floor": floor, "cap": cap}
        sums = {key: None if value is None else D(value) for key, value in sums.items()}
        Lot.objects.create(rule_set=made, number=number, name=name, **sums)
    for match_in, percent, severity in match:
        MatchRule.objects.create(rule_set=made, match_in=match_in, percent=D(percent), severity=severity)
    return made


def round_(cast, plan, rule_set, *, status=RoundStatus.OPEN, budget="50000", **details):
    """A round by bids, open unless told otherwise."""
    given = {"name": "Community bids 2020/21", "tactical_opens_on": None, "tactical_closes_on": None, **details}
    given |= {"rule_set": rule_set, "budget": None if budget is None else D(budget), "allocate": False}
    return cases.round_(cast, plan, status=status, **given)


def draft(cast, round, *, organisation=None, amounts=("10000",), **answers):
    """A whole draft with a project for each sum."""
    organisation = organisation or cast.maidstone
    lead = cases.lead_of(cast, organisation)
    who = {"by": lead, "at": cases.WRITTEN}
    case = business_cases.start_business_case(
        round=round, organisation=organisation, window="MAIN", title="Safer nights", **who
    )
    business_cases.save_overview(case=case, summary="Safer streets.", serving_officers="None", **who)
    for number, amount in enumerate(amounts, start=1):
        cases.project(case, by=lead, amount=D(amount), title=f"Project {number}", **answers)
    return case


def sent(cast, round, **how):
    """The same, sent in."""
    case = draft(cast, round, **how)
    lead = cases.lead_of(cast, case.organisation)
    return business_cases.submit_business_case(case=case, by=lead, at=cases.SENT)


def questions(rule_set, rows, *, asked_of="CASE", key="asked"):
    """A set of questions that the rule set asks; `rows` are fields of questions."""
    asked = QuestionSet.objects.create(key=key, title="About your organisation", introduction="In plain words.")
    for number, row in enumerate(rows, start=1):
        Question.objects.create(question_set=asked, number=number, **row)
    AskedQuestions.objects.create(rule_set=rule_set, question_set=asked, number=1, asked_of=asked_of)
    return asked


def formula(rule_set, *, weights=(("population", "60"), ("crime", "40")), **fields):
    """One version of a formula with its weights."""
    number = Formula.objects.filter(rule_set=rule_set).count() + 1
    made = Formula.objects.create(rule_set=rule_set, number=number, **fields)
    for place, (key, weight) in enumerate(weights, start=1):
        FormulaWeight.objects.create(formula=made, number=place, key=key, name=key.capitalize(), weight=D(weight))
    return made


def formula_round(cast, plan, rule_set, figures, *, budget="100000", last_years=None):
    """A draft round with an organisation for each of `figures`: {organisation: (value of each factor)}."""
    made = round_(cast, plan, rule_set, status=RoundStatus.DRAFT, budget=budget)
    who = {"by": cast.officer, "at": cases.OPENED}
    for organisation in figures:
        rounds.set_allocation(round=made, organisation=organisation, amount=None, **who)
    weights = list(Formula.objects.filter(rule_set=rule_set).order_by("-number").first().weights.all())
    formulas.save_figures(
        round=made,
        figures={
            (organisation.key, weight.key): D(value)
            for organisation, values in figures.items()
            for weight, value in zip(weights, values, strict=True)
        },
        sources={weight.key: "Census 2011" for weight in weights},
        last_years=last_years,
        **who,
    )
    return made


def invited(cast, round, *organisations):
    """The organisations invited to the round."""
    who = {"by": cast.officer, "at": cases.OPENED}
    return [invitations.invite(round=round, organisation=organisation, **who) for organisation in organisations]
