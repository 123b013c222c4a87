"""The real plan, and the example activity on top of it: what stands in the portal after both."""

from collections import Counter
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

import pcc_portal
from accounts.models import Organisation, User
from grants.models import (
    Allocation,
    Award,
    AwardLine,
    BusinessCase,
    Claim,
    Continuation,
    DeliverySession,
    DirectAward,
    Instalment,
    LimitException,
    RetainProposal,
    Round,
    SustainabilityAction,
    VariationRequest,
)
from grants.queries import staging
from monitoring.models import MonitoringReturn, OverlapPair
from pcc_portal.queries.living_plan import document
from plans.models import (
    CommitmentLine,
    FundingSource,
    LearningArea,
    MovableEvent,
    Opportunity,
    Plan,
    PlanChange,
    PlanSection,
    RuleSet,
    Stream,
)
from records.models import Event, Message, Notice, Obligation
from services import queries as services_queries
from services.models import Contract, Kpi
from services.queries.kpis import history_of
from tests.make import delivered, oversight

pytestmark = pytest.mark.django_db
FILES = Path(pcc_portal.__file__).parent / "plan_files"


def load(name="kent-2020-21.yaml"):
    out = StringIO()
    call_command("load_plan", FILES / name, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def kent(django_db_setup, django_db_blocker):
    """The real plan, loaded once for this module in a transaction that never commits."""
    with django_db_blocker.unblock(), transaction.atomic():
        delivered.everything()
        yield load()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def kent_counts(kent):
    """What the real plan told and owed before any example activity."""
    told = [Notice.objects.count(), Message.objects.count()]
    return told, list(Obligation.objects.values_list("kind", flat=True))


@pytest.fixture(scope="module")
def example(kent_counts):
    """The example activity on top of the real plan."""
    oversight.delivered()
    yield load("example-activity.yaml")


def test_kent_streams_stand_in_the_plans_own_numbering(kent):
    numbers = Stream.objects.order_by("order").values_list("number", flat=True)

    assert list(numbers) == (
        [
            "1",
            "1.1",
            "1.2",
            "1.3",
            "2",
            "3",
            "3.1",
            "4",
            "4.1",
            "4.2",
            "4.3",
            "5",
            "5.1",
            "5.2",
            "6",
            "6.1",
            "6.2",
            "6.3",
            "7",
            "7.1",
            "8",
        ]
    )
    assert LearningArea.objects.count() == 6
    assert Stream.objects.get(number="2").standing == "DISCONTINUED"


def test_kent_crime_reduction_sums_are_the_published_ones(kent):
    of_2020 = Allocation.objects.filter(round__key="crg-csp-2020-21")
    later = Allocation.objects.get(round__key="crg-csp-2025-26")
    award = Award.objects.get(key="crg-2024-25-kent-award")

    assert (of_2020.count(), of_2020.filter(amount__isnull=True).count()) == (13, 13)
    assert (later.amount, later.main_amount, later.tactical_amount) == (39661, 26440, 13220)
    assert later.round.deadline_on == date(2025, 5, 9)
    assert (award.recorded_amount, award.recorded_returned) == (39661, 156)


@pytest.mark.parametrize(
    ("stream", "year", "known", "unknown"),
    [
        ("vss", "2020/21", "131680", 1),
        ("vss", "2019/20", "131680", 1),
        ("mhp", "2019/20", "87791", 1),
        ("cadets", "2020/21", "40000", 0),
        ("vru", "2020/21", "0", 2),
    ],
)
def test_kent_awards_add_up_to_the_readable_lines(kent, stream, year, known, unknown):
    amounts = list(
        Award.objects.filter(stream__key=stream, period_label=year, is_recorded=True).values_list(
            "recorded_amount", flat=True
        )
    )

    assert sum((amount for amount in amounts if amount is not None), Decimal(0)) == Decimal(known)
    assert amounts.count(None) == unknown


def test_kent_every_figure_has_its_source(kent):
    assert not Award.objects.filter(is_recorded=True, source="").exists()
    assert not FundingSource.objects.filter(amount__isnull=False, source="").exists()
    assert not CommitmentLine.objects.filter(amount__isnull=False).exists()
    assert not Award.objects.filter(recorded_amount=Decimal("36814")).exists()


def test_kent_one_project_has_two_funders(kent):
    award = Award.objects.get(key="county-lines-st-giles")

    assert list(award.sources.order_by("-amount").values_list("amount", flat=True)) == [614000, 202000]


def kents(key):
    contract = Contract.objects.get(key=key)
    return contract, services_queries.term(contract)


def test_kent_core_victim_service_reads_right_in_the_year_of_the_plan_and_to_its_end(kent):
    contract, term = kents("core-victim-service")

    assert [(period.part, period.starts_on, period.ends_on) for period in term.periods] == [
        ("INITIAL", date(2016, 4, 1), date(2019, 3, 31)),
        ("OPTION", date(2019, 4, 1), date(2020, 3, 31)),
        ("OPTION", date(2020, 4, 1), date(2021, 3, 31)),
        ("OPTION", date(2021, 4, 1), date(2022, 3, 31)),
        ("OUTSIDE", date(2022, 4, 1), date(2023, 3, 31)),
    ]
    in_the_plans_year = term.period_on(date(2020, 10, 1))
    assert (in_the_plans_year.option.number, in_the_plans_year.option.inferred) == (2, False)
    assert [option.option.inferred for option in term.options] == [True, False, True]
    assert (contract.status, contract.ended_on) == ("ENDED", date(2023, 3, 31))
    [change] = contract.variations.all()
    assert (change.kind, change.is_recorded, change.decision, change.second_approved_by) == (
        "OUTSIDE_TERMS",
        True,
        None,
        None,
    )
    assert change.source.startswith("Record of Decision OPCC.D.032.23")


def test_kent_restorative_justice_has_its_year_from_october_its_partner_and_its_notice(kent):
    contract, term = kents("restorative-justice")

    assert (term.initial_ends_on, term.ends_on, term.latest_ends_on) == (
        date(2020, 9, 30),
        date(2021, 9, 30),
        date(2023, 9, 30),
    )
    assert (term.periods[-1].starts_on, term.periods[-1].option.inferred) == (date(2020, 10, 1), False)
    [partner] = contract.parties.all()
    assert (partner.organisation.name, partner.role) == ("SALUS", "PARTNER")
    assert contract.estimated_value == 1285700
    assert contract.references.get(kind="OCID").value == "ocds-b5fd17-f7618e16-5703-46b2-b0d8-6e2fd8c6b496"


def test_kent_isva_is_to_be_decided_in_autumn_2021(kent):
    contract, term = kents("isva")

    window = contract.options.get(number=1)
    assert (window.printed_window, window.window_starts_on, window.window_ends_on) == (
        "autumn 2021",
        date(2021, 9, 1),
        date(2021, 11, 30),
    )
    assert (term.ends_on, term.next_option.decide_by) == (date(2022, 3, 31), date(2021, 11, 30))


def test_kent_contract_values_of_the_plans_year_stay_unknown(kent):
    money = {
        key: services_queries.money_of(kents(key)[0], on=date(2021, 4, 1))
        for key in ("core-victim-service", "restorative-justice", "isva")
    }

    assert [(found.value_total, found.value_known, found.paid) for found in money.values()] == [
        (None, 1100000, 0),
        (None, 0, 0),
        (None, 900000, 0),
    ]
    for found in money.values():
        [of_the_year] = [period for period in found.by_period if period.starts_on <= date(2021, 1, 1) <= period.ends_on]
        assert of_the_year.amount is None
    assert {contract.light_touch for contract in Contract.objects.filter(is_example=False)} == {None}


def test_kent_election_keeps_its_first_day(kent):
    event = MovableEvent.objects.get(key="pcc-election")

    assert (event.first_expected_on, event.expected_on) == (date(2020, 5, 7), date(2021, 5, 6))


def test_kent_organisations_keep_names_and_numbers(kent):
    split = Organisation.objects.get(key="csp-dartford-gravesham").successions
    names = Organisation.objects.get(key="ugly-mugs").other_names.values_list("name", flat=True)

    assert list(split.order_by("successor__key").values_list("successor__key", "on")) == [
        ("csp-dartford", None),
        ("csp-gravesham", None),
    ]
    assert list(names) == ["NUM"]
    assert Organisation.objects.get(identifiers__number="1017581").key == "ekrcc"


def test_kent_tells_nobody(kent_counts):
    told, owed = kent_counts

    assert told == [0, 0]
    assert set(owed) <= {"EXTENSION_DECISION"}


def test_kent_twice_changes_nothing(kent):
    events = Event.objects.count()

    assert load() == "kent-2020-21.yaml: nothing changed.\n"
    assert Event.objects.count() == events


def test_example_is_marked_everywhere(example):
    assert not User.objects.filter(is_example=False).exists()
    assert not User.objects.exclude(email__endswith=".example.org").exists()
    for rows in (Organisation.objects, Round.objects, Contract.objects):
        assert all("Example" in row.name for row in rows.filter(is_example=True))
    living = Award.objects.filter(is_recorded=False)
    assert not living.filter(recipient__is_example=False).exists()
    assert not BusinessCase.objects.filter(organisation__is_example=False).exists()


def test_example_leaves_cases_in_every_state(example):
    found = Counter(BusinessCase.objects.values_list("status", "window"))

    assert found == {
        ("DECIDED", "MAIN"): 9,
        ("DECIDED", "TACTICAL"): 1,
        ("AWAITING_DECISION", "MAIN"): 1,
        ("AWAITING_DECISION", "TACTICAL"): 3,
        ("RETURNED", "MAIN"): 1,
        ("SUBMITTED", "MAIN"): 1,
        ("UNDER_EVALUATION", "MAIN"): 1,
        ("DRAFT", "MAIN"): 2,
    }


def test_example_finds_one_play_twice_and_recommends_to_retain_its_money(example):
    proposal = RetainProposal.objects.get()

    pair = OverlapPair.objects.get(status="CONFIRMED")
    assert {row["kind"] for row in pair.evidence} >= {"PROVIDER"}
    assert (proposal.status, proposal.parts.count()) == ("RECOMMENDED", 2)
    assert sum(part.amount for part in proposal.parts.all()) == Decimal("10000.00")


def test_example_leaves_money_and_returns_to_work_on(example):
    returns = Counter(MonitoringReturn.objects.values_list("status", flat=True))
    late = Obligation.objects.open().filter(kind="RETURN", due_on__lt=date.today())
    ready = Instalment.objects.filter(status="SCHEDULED", condition_met_at__isnull=False)

    assert returns == {"SUBMITTED": 1, "QUERIED": 1, "REVIEWED": 7, "OPEN": 2}
    assert [owed.organisation.key for owed in late] == ["example-southmere"]
    assert sorted(instalment.award.recipient.key for instalment in ready) == ["example-meadow", "example-westhaven"]
    assert Award.objects.get(recipient__key="example-harbour").status == "OFFERED"
    tactical = AwardLine.objects.get(window="TACTICAL")
    assert tactical.instalment_lines.get().instalment.status == "RELEASED"


def test_example_renewals_wait_for_the_second_evaluator_and_for_an_event_that_comes_too_late(example):
    waiting = Round.objects.get(key="example-renewal-round").cases.get(organisation__key="example-lantern")
    standing = staging.standing_of(staging.project_for_stages(waiting.projects.get()))
    follows = Continuation.objects.get(kind="EXTENSION")

    assert (standing.now.stage.number, standing.now.stage.kind, waiting.status) == (2, "SCORED", "UNDER_EVALUATION")
    finished = staging.finished_of(staging.project_for_stages(waiting.projects.get()), standing.now.stage)
    assert [row.by.email for row in finished] == ["officer@opcc.example.org"]
    assert (follows.award.recipient.key, follows.award.status, follows.status) == ("example-meadow", "LIVE", "WAITING")
    assert follows.expected_on > follows.safe_by
    assert follows.is_event_too_late is True


def test_example_fund_of_three_years_has_one_year_to_write_and_one_to_decide(example):
    years = Continuation.objects.filter(kind="CONTINUATION", number=2).order_by("award__recipient__key")
    given = LimitException.objects.get()

    assert [(row.award.recipient.key, row.status) for row in years] == [
        ("example-meadow", "AWAITING_DECISION"),
        ("example-northbank", "OPEN"),
    ]
    assert (years[0].asked_amount, bool(years[0].cfo_at), years[0].results != []) == (36000, True, True)
    assert (given.on, given.amount, given.case.organisation.key) == ("PROJECT_YEAR", 1000, "example-meadow")


def test_example_round_with_lots_is_open_with_a_draft_bid(example):
    round_ = Round.objects.get(key="example-lots-round")
    case = BusinessCase.objects.get(round=round_)
    project = case.projects.get()

    assert (round_.status, case.status, project.lot.name) == ("OPEN", "DRAFT", "Coast")
    assert list(project.match_lines.values_list("kind", "amount", "is_confirmed")) == [("KIND", 700, True)]
    assert dict(case.answers.values_list("question__key", "value")) == {
        "members": "22",
        "premises": "no",
        "where": "In the chapel beside the plot",
    }


def test_example_direct_awards_and_claims(example):
    waiting = DirectAward.objects.get(status="AWAITING_DECISION")
    live = DirectAward.objects.get(status="DECIDED").award
    claims = Claim.objects.order_by("pk").values_list("instalment__number", "status", "amount", "accepted_amount")

    assert list(waiting.sources.values_list("funding_source__key", "amount")) == [
        ("example-violence-grant", 14000),
        ("example-own-budget", 6000),
    ]
    assert (live.recipient.key, live.status) == ("example-bridge", "LIVE")
    assert list(claims) == [(2, "ACCEPTED", 3600, 3600), (3, "SUBMITTED", 1250, None)]
    assert list(live.instalments.order_by("number").values_list("amount", flat=True)) == [6000, 3600, 5400]


def test_example_changes_asked_for_and_days_of_delivery(example):
    asked = VariationRequest.objects.order_by("kind").values_list("kind", "status", "award__recipient__key")
    days = DeliverySession.objects.order_by("number").values_list("status", "people")

    assert list(asked) == [("MONEY", "DRAFT", "example-northbank"), ("TIME", "SUBMITTED", "example-northbank")]
    assert list(days) == [
        ("DELIVERED", 58),
        ("DELIVERED", 64),
        ("DELIVERED", 61),
        ("REARRANGED", None),
        ("PLANNED", None),
        ("PLANNED", None),
    ]


def test_example_fund_that_ended_has_a_contact_and_an_action_due_soon(example):
    action = SustainabilityAction.objects.get()

    assert (action.plan.award.key, action.plan.contacts.count()) == ("example-lantern-ended", 1)
    assert Obligation.objects.open().about(action).get().due_on == action.due_on


def test_example_opportunities_from_the_horizon_to_a_source(example):
    found = {row.fund: row for row in Opportunity.objects.filter(is_example=True)}
    bid, won = found["Example Advisers Fund"], found["Example Safer Parks Fund"]
    late = bid.tasks.filter(done_on=None, due_on__lt=date.today())

    assert {fund: row.status for fund, row in found.items()} == {
        "Example Lit Streets Fund": "HORIZON",
        "Example Advisers Fund": "BIDDING",
        "Example Safer Parks Fund": "WON",
    }
    assert (bid.partners.count(), bid.tasks.count(), late.count()) == (2, 3, 1)
    assert (won.funding_source.name, won.funding_source.amount) == ("Example safer parks grant", 45000)
    assert won.funding_source.is_example is True


def test_example_leaves_the_sections_of_the_plan_as_they_are(example):
    assert not PlanSection.objects.filter(title__icontains="example").exists()
    assert not Stream.objects.filter(name__icontains="example").exists()
    assert [row.title[:13] for row in PlanChange.objects.all()] == ["Example data:"]


def test_example_provider_has_an_open_quarterly_return_and_more_to_come(example):
    row = MonitoringReturn.objects.get(contract__isnull=False, status="OPEN")
    owed = Obligation.objects.open().about(row.contract).filter(kind="RETURN", period__startswith="QUARTERLY")

    assert (row.kind, row.status, row.organisation.key) == ("QUARTERLY", "OPEN", "example-bridge")
    assert row.template_version.template.key == "example-service-return"
    assert (row.indicator_values.count(), row.kpi_lines.count()) == (2, 3)
    assert (owed.first().period, owed.count()) == (row.obligation.period, 3)


def test_example_kpis_have_a_year_of_figures_and_a_plan_for_the_one_that_was_red_twice(example):
    contract = Contract.objects.get(key="example-outreach-contract")
    told = {row.kpi.name: [str(point.rag) for point in row.points] for row in history_of(contract)}
    plan = contract.improvement_plans.get()

    assert told == {
        "Calls answered in time": ["GREEN", "AMBER", "RED", "RED"],
        "Working days to the first meeting": ["GREEN", "GREEN", "AMBER", "GREEN"],
        "People who feel safer": ["GREEN", "GREEN", "UNKNOWN", "GREEN"],
    }
    assert (plan.kpi.number, plan.status) == (1, "AGREED")
    assert [bool(step.done_on) for step in plan.steps.all()] == [True, False]
    meetings = Counter(contract.meetings.values_list("status", flat=True))
    assert meetings == {"HELD": 2, "PLANNED": 2}
    assert Kpi.objects.exclude(contract__is_example=True).count() == 0


def test_example_gives_every_role_somebody(example):
    roles = set(User.objects.values_list("memberships__role", flat=True))

    assert len(roles) == 12
    assert Obligation.objects.open().filter(kind="EXTENSION_DECISION", title__contains="Example").exists()


def test_example_nothing_happened_in_the_future(example):
    assert not Event.objects.filter(at__gt=timezone.now()).exists()


def test_example_opportunities_and_ended_funds_are_marked_in_the_plan_and_never_public(example):
    plan, officer = Plan.objects.get(), User.objects.get(email="officer@opcc.example.org")
    marked = marked_cells(document(plan, user=officer))

    assert {"Example Lit Streets Fund", "Example Lantern Refuge", "Example own budget"} <= marked
    assert marked_cells(document(plan)) == set()
    assert "Example: drop-in at the station" not in repr(document(plan))


def test_example_rules_events_periods_and_changes_are_never_public(example):
    plan, officer = Plan.objects.get(), User.objects.get(email="officer@opcc.example.org")
    inside, outside = document(plan, user=officer), document(plan)

    assert [len(inside.changes), len(outside.changes)] == [1, 0]
    assert {row.is_example for row in outside.events} == {False}
    assert not any(row.is_example for row in outside.periods)
    names = {rules.name for section in outside.sections for rules in section.rules}
    assert names == set(RuleSet.objects.filter(is_example=False).values_list("name", flat=True))
    assert RuleSet.objects.filter(is_example=True).count() > 0


def marked_cells(shown):
    tables = [table for section in shown.sections for table in section.tables]
    return {cell.text for table in tables for row in table.rows for cell in row.cells if cell.is_example}


def test_example_twice_changes_nothing(example):
    events, notices = Event.objects.count(), Notice.objects.count()

    assert load("example-activity.yaml") == "example-activity.yaml: nothing changed.\n"
    assert [Event.objects.count(), Notice.objects.count()] == [events, notices]
