"""Walks a business case from evaluation to released money through the real actions.

Every function takes a `world` (see `world()`): the cast, the plan, an open round with allocations.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

from grants.actions import awards, decisions, evaluations, instalments
from grants.enums import CaseStatus, RoundStatus, Window
from grants.models import Allocation, Award, BudgetLine, BusinessCase, Instalment, Project, Round
from records.actions import next_reference
from records.enums import DecisionOutcome

from . import accounts, plans

BEFORE = datetime(2020, 3, 2, 9, 0, tzinfo=UTC)
DECIDED_AT = datetime(2020, 3, 20, 9, 0, tzinfo=UTC)
OFFERED_AT = datetime(2020, 3, 23, 9, 0, tzinfo=UTC)
ACCEPTED_AT = datetime(2020, 3, 30, 9, 0, tzinfo=UTC)
RELEASED_AT = datetime(2020, 4, 1, 9, 0, tzinfo=UTC)
TACTICAL_AT = datetime(2020, 7, 1, 9, 0, tzinfo=UTC)


def world(allocated="39661", main="26440", tactical="13220"):
    """The cast, the plan, and an open round with one allocation of a partnership."""
    cast = accounts.cast()
    plan = plans.plan(cast)
    round = open_round(cast, plan)
    allocation = allocate(round, cast.maidstone, allocated, main, tactical)
    return SimpleNamespace(**vars(cast), **vars(plan), round=round, allocation=allocation)


def open_round(cast, plan, *, key="crg-2020", stream=None, rule_set=None, source=None):
    """A round of the year 2020/21 that is open."""
    return Round.objects.create(
        reference=next_reference("RD", 2020),
        key=key,
        stream=stream or plan.csps,
        rule_set=rule_set or plan.csp_rules,
        funding_source=source or plan.own,
        name="Crime reduction 2020/21",
        status=RoundStatus.OPEN,
        starts_on=date(2020, 4, 1),
        ends_on=date(2021, 3, 31),
        opens_on=date(2020, 1, 6),
        deadline_on=date(2020, 2, 28),
        tactical_opens_on=date(2020, 4, 1),
        tactical_closes_on=date(2021, 1, 31),
        opened_at=BEFORE,
        opened_by=cast.officer,
    )


def allocate(round, organisation, amount, main, tactical):
    """An allocation as opened, in pounds written as text; None is unknown."""
    amount, main, tactical = (None if sum_ is None else Decimal(sum_) for sum_ in (amount, main, tactical))
    return Allocation.objects.create(
        round=round,
        organisation=organisation,
        opened_amount=amount,
        amount=amount,
        main_amount=main,
        tactical_amount=tactical,
    )


def submitted_case(world, amounts=("10000",), *, window=Window.MAIN, allocation=None, lead=None, at=BEFORE):
    """A submitted case with one project for each amount."""
    allocation = allocation or world.allocation
    lead = lead or world.maidstone_lead
    case = BusinessCase.objects.create(
        reference=next_reference("BC", 2020),
        round=allocation.round,
        allocation=allocation,
        organisation=allocation.organisation,
        window=window,
        title="Safer streets",
        status=CaseStatus.SUBMITTED,
        started_at=at,
        started_by=lead,
        first_submitted_at=at,
        submitted_at=at,
        submitted_by=lead,
    )
    for number, amount in enumerate(amounts, start=1):
        project = Project.objects.create(
            case=case, number=number, title=f"Project {number}", evidence_strength="GOOD", evidence="Local figures"
        )
        project.priorities.add(world.violence)
        BudgetLine.objects.create(project=project, number=1, heading="Staff", amount=Decimal(amount))
    return case


def under_evaluation(world, amounts=("10000",), **where):
    """A case the officer has begun to evaluate, with no interest declared."""
    case = submitted_case(world, amounts, **where)
    at = where.get("at", BEFORE)
    evaluations.declare_interest(case=case, has_interest=False, by=world.officer, at=at)
    return evaluations.begin_evaluation(case=case, by=world.officer, at=at)


def recommended(world, amounts=("10000",), **where):
    """A case whose every project has a recommendation for the full sum, and a finance comment."""
    case = under_evaluation(world, amounts, **where)
    for project in projects(case):
        advise(world, project, at=where.get("at", BEFORE))
    return case


def advise(world, project, *, at=BEFORE):
    """Evaluate, recommend approval in full, comment on the money."""
    evaluations.record_evaluation(
        project=project, need="Clear", outcomes="Measured", value_for_money="Good", by=world.officer, at=at
    )
    evaluations.recommend(
        project=project,
        outcome=DecisionOutcome.APPROVED,
        amount=project.amount_requested,
        advice="Fund it",
        by=world.officer,
        at=at,
    )
    evaluations.comment_on_finance(project=project, comment="Affordable", by=world.cfo, at=at)


def awaiting_decision(world, amounts=("10000",), **where):
    """A case that waits for the commissioner."""
    case = recommended(world, amounts, **where)
    return evaluations.send_for_decision(case=case, by=world.officer, at=where.get("at", BEFORE))


def projects(case):
    """The case's projects in their order, freshly read."""
    return list(Project.objects.filter(case=case).select_related("case__round__rule_set").order_by("number"))


def approve(world, project, amount=None, *, by=None, at=DECIDED_AT, **wording):
    """Approve a project in full, or at a lower sum."""
    lower = amount is not None
    return decisions.decide_project(
        project=project,
        outcome=DecisionOutcome.APPROVED_LOWER if lower else DecisionOutcome.APPROVED,
        amount=Decimal(amount) if lower else None,
        reason="It meets the need shown",
        purpose="Fewer crimes",
        by=by or world.pcc,
        at=at,
        **wording,
    )


def made_award(world, amounts=("10000",), **where):
    """An award just made: every project approved in full, nothing offered yet."""
    case = awaiting_decision(world, amounts, **where)
    for project in projects(case):
        approve(world, project, at=where.get("at", DECIDED_AT))
    return Award.objects.get(lines__project=projects(case)[0])


def offered_award(world, amounts=("10000",), **where):
    """An award the payee can accept."""
    return awards.offer_award(award=made_award(world, amounts, **where), by=world.officer, at=OFFERED_AT)


def live_award(world, amounts=("10000",), *, signatory=None, **where):
    """An accepted award."""
    award = offered_award(world, amounts, **where)
    return awards.accept_award(
        award=award, position="Head of community safety", by=signatory or world.maidstone_signatory, at=ACCEPTED_AT
    )


def instalment(award, number=1):
    """One instalment of the award, freshly read."""
    return Instalment.objects.select_related("award").get(award=award, number=number)


def released_award(world, amounts=("10000",), **where):
    """A live award whose first instalment is released."""
    award = live_award(world, amounts, **where)
    instalments.release_instalment(instalment=instalment(award), by=world.finance, at=RELEASED_AT)
    return award


def paid_award(world, amounts=("10000",), **where):
    """A live award whose first instalment is paid."""
    award = released_award(world, amounts, **where)
    instalments.mark_paid(
        instalment=instalment(award),
        paid_on=RELEASED_AT.date() + timedelta(days=2),
        payment_reference="BACS 1",
        by=world.finance,
        at=RELEASED_AT + timedelta(days=3),
    )
    return award


def tactical_line(world, amount="2000", *, at=TACTICAL_AT):
    """A tactical project approved in the year, added to the partnership's award; returns its line."""
    case = awaiting_decision(world, (amount,), window=Window.TACTICAL, at=at)
    decision = approve(world, projects(case)[0], at=at)
    return decision.award_lines.select_related("award").get()
