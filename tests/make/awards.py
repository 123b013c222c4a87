"""Walks a business case from evaluation to released money through the real actions.

Every function takes a `world` (see `world()`): the cast, the plan, an open round with allocations.
"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

from grants.actions import awards, decisions, evaluations, instalments, rounds
from grants.enums import Window
from grants.models import Award, Instalment, Project
from records.enums import DecisionOutcome

from . import accounts, cases, plans

BEFORE = datetime(2020, 3, 9, 9, 0, tzinfo=UTC)
DECIDED_AT = datetime(2020, 3, 20, 9, 0, tzinfo=UTC)
OFFERED_AT = datetime(2020, 3, 23, 9, 0, tzinfo=UTC)
ACCEPTED_AT = datetime(2020, 3, 30, 9, 0, tzinfo=UTC)
RELEASED_AT = datetime(2020, 4, 1, 9, 0, tzinfo=UTC)
OPEN_TACTICAL = datetime(2020, 4, 2, 9, 0, tzinfo=UTC)
TACTICAL_AT = datetime(2020, 7, 1, 9, 0, tzinfo=UTC)


def world(cast=None, plan=None, round=None):
    """The cast, the plan, and an open round with the real allocation of £39,661 for each partnership."""
    cast = cast or accounts.cast()
    plan = plan or plans.plan(cast)
    round = round or cases.round_(cast, plan)
    allocation = round.allocations.filter(organisation=cast.maidstone).first()
    return SimpleNamespace(**{**vars(plan), **vars(cast), "cast": cast, "round": round, "allocation": allocation})


def submitted_case(world, amounts=("10000",), *, window=Window.MAIN, organisation=None, at=BEFORE):
    """A submitted case with one project for each amount."""
    amounts = [Decimal(amount) for amount in amounts]
    return cases.business_case(
        world.cast, world.round, organisation=organisation, window=window, amounts=amounts, at=at
    )


def declared_case(world, amounts=("10000",), **where):
    """A submitted case in which the officer has declared no interest."""
    case = submitted_case(world, amounts, **where)
    evaluations.declare_interest(case=case, has_interest=False, by=world.officer, at=where.get("at", BEFORE))
    return case


def under_evaluation(world, amounts=("10000",), **where):
    """A case the officer has begun to evaluate, with no interest declared."""
    case = declared_case(world, amounts, **where)
    return evaluations.begin_evaluation(case=case, by=world.officer, at=where.get("at", BEFORE))


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


def cut(world, amount, *, window=Window.MAIN):
    """The partnership's allocation cut after cases came in."""
    return rounds.cut_allocation(
        allocation=world.allocation,
        amount=Decimal(amount),
        window=window,
        reason="Less money",
        by=world.officer,
        at=BEFORE,
    )


def decline(world, project, *, by=None, at=DECIDED_AT):
    """Decline a project."""
    return decisions.decide_project(
        project=project, outcome=DecisionOutcome.DECLINED, reason="No need shown", by=by or world.pcc, at=at
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


def signatory_of(world, award):
    """Who signs for the payee of one of the cast's organisations."""
    signatories = (world.maidstone_signatory, world.swale_signatory, world.yot_signatory)
    payees = (world.council.pk, world.swale_council.pk, world.yot.pk)
    return dict(zip(payees, signatories, strict=True))[award.payee_id]


def live_award(world, amounts=("10000",), **where):
    """An accepted award."""
    award = offered_award(world, amounts, **where)
    signatory = signatory_of(world, award)
    return awards.accept_award(award=award, position="Head of community safety", by=signatory, at=ACCEPTED_AT)


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


def recorded_award(world, number=1, *, amount="6000"):
    """A past award from a published source."""
    return awards.import_award(
        key=f"past-{number}",
        stream=world.csps,
        recipient=world.provider,
        title=f"Past award {number}",
        recorded_amount=None if amount is None else Decimal(amount),
        source="A published list",
        at=BEFORE,
    )
