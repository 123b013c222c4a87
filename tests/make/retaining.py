"""Money retained, walked by the real actions: three partnerships that would pay the same theatre company."""

from datetime import UTC, date, datetime
from decimal import Decimal

from accounts.enums import OrganisationKind, RoleName
from grants.actions import retaining, rounds
from grants.models import Project
from plans.models import RuleSet
from records.enums import DecisionOutcome

from . import accounts, cases, direct_awards, plans
from . import awards as make_awards

STARTED_AT = datetime(2020, 3, 10, 9, 0, tzinfo=UTC)
RECOMMENDED_AT = datetime(2020, 3, 11, 9, 0, tzinfo=UTC)
COMMENTED_AT = datetime(2020, 3, 12, 9, 0, tzinfo=UTC)
DECIDED_AT = make_awards.DECIDED_AT
THEATRE = "Example Stage Theatre Company"
WHY = "Three partnerships would pay the same company for the same play in their schools."
SUMS = (Decimal("9000"), Decimal("7000"), Decimal("5000"))


def world(cast=None, plan=None):
    """The cast, the plan and a round for three partnerships, the third of them made here."""
    cast = cast or accounts.cast()
    plan = plan or plans.plan(cast)
    round = cases.round_(cast, plan, status="DRAFT")
    third = accounts.organisation("thanet", "Thanet Community Safety Partnership", OrganisationKind.CSP)
    lead = accounts.person("thanet.lead@example.org", "Tess Thanet", RoleName.LEAD, third)
    cases.allocation(round, third, by=cast.officer)
    rounds.open_round(round=round, by=cast.officer, at=cases.OPENED)
    here = make_awards.world(cast, plan, round)
    here.thanet, here.thanet_lead = third, lead
    here.direct_rules = direct_rules(here)
    return here


def direct_rules(here):
    """Rules for direct awards, written once."""
    known = RuleSet.objects.filter(key="retain-direct").first()
    return known or direct_awards.rule_set(here, key="retain-direct")


def projects_of_one_case(here, count):
    """So many projects of one case that waits for a decision, each with a delivery partner."""
    case = make_awards.awaiting_decision(here, ("1000",) * count)
    return fresh(make_awards.projects(case))


def theatre_projects(world, *, waits=True, sums=SUMS):
    """A project of the same company in a case of each of the three, sent for decision unless told otherwise."""
    found = []
    who = ((world.maidstone, world.maidstone_lead), (world.swale, world.swale_lead), (world.thanet, world.thanet_lead))
    for (organisation, lead), amount in zip(who, sums, strict=True):
        case = cases.business_case(
            world.cast, world.round, organisation=organisation, lead=lead, amounts=(), status="DRAFT",
            title=f"Safer {organisation.key}",
        )  # fmt: skip
        cases.project(
            case, by=lead, title=f"Play about knives in {organisation.key}", amount=amount,
            partners=[{"name": THEATRE, "part": "Performs"}],
        )  # fmt: skip
        cases.business_cases.submit_business_case(case=case, by=lead, at=make_awards.BEFORE)
        if waits:
            send(world, case)
        found.append(case.projects.get())
    return fresh(found)


def send(world, case):
    """Evaluate the case, advise on its projects and send it for decision."""
    at = make_awards.BEFORE
    evaluations = make_awards.evaluations
    evaluations.declare_interest(case=case, has_interest=False, by=world.officer, at=at)
    evaluations.begin_evaluation(case=case, by=world.officer, at=at)
    for project in make_awards.projects(case):
        make_awards.advise(world, project)
    evaluations.send_for_decision(case=case, by=world.officer, at=at)


def fresh(projects):
    """The projects as they now are, in the same order."""
    rows = Project.objects.select_related(
        "case__organisation", "case__allocation", "case__round__rule_set", "case__round__stream__plan__body"
    ).in_bulk([project.pk for project in projects])
    return [rows[project.pk] for project in projects]


def started(world, projects=None, *, rows=None, **words):
    """A proposal to retain the whole of these projects."""
    projects = theatre_projects(world) if projects is None and rows is None else projects
    rows = rows or [(project, project.amount_requested) for project in projects]
    fields = {"title": "One play for the whole county", "why": WHY, "provider_name": THEATRE, **words}
    return retaining.start_retain_proposal(rows=rows, by=world.officer, at=STARTED_AT, **fields)


def recommended(world, projects=None, **words):
    """A proposal that officers have recommended."""
    made = started(world, projects, **words)
    return retaining.recommend_retaining(proposal=made, by=world.officer, at=RECOMMENDED_AT)


def commented(world, projects=None, **words):
    """A proposal the chief finance officer has commented on."""
    made = recommended(world, projects, **words)
    comment = "The three sums pay for one tour."
    return retaining.comment_on_retaining(proposal=made, comment=comment, by=world.cfo, at=COMMENTED_AT)


def decided(world, projects=None, *, outcome=DecisionOutcome.RETAINED, only=None, **words):
    """A proposal decided by the commissioner: all of it retained unless told otherwise."""
    made = commented(world, projects, **words)
    return decide(world, made, outcome=outcome, only=only)


def decide(world, made, *, outcome=DecisionOutcome.RETAINED, only=None, by=None, reason="One tour costs less"):
    """Decide on a proposal."""
    return retaining.decide_retaining(
        proposal=made, outcome=outcome, reason=reason, projects=only, by=by or world.pcc, at=DECIDED_AT
    )


def award_words(world, made, **words):
    """What a direct award with the money retained says."""
    return {
        "stream": world.thirds,
        "rule_set": world.direct_rules,
        "recipient": world.yot,
        "title": "The play in every school",
        "purpose": "A play about knives",
        "reason": "Three partnerships chose the same company",
        "outcomes": "",
        "starts_on": date(2020, 4, 1),
        "ends_on": date(2021, 3, 31),
        **words,
    }
