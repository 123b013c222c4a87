"""When a business case may not be started, sent in, returned, withdrawn or reopened: every sentence once."""

from datetime import date
from decimal import Decimal

import pytest

from grants.actions import business_cases as actions
from grants.actions import projects, rounds
from grants.enums import CaseSection, CaseStatus, RoundStatus, Window
from grants.queries import case_content
from grants.rules import business_cases as rules
from grants.rules import case_parts
from plans.models import Limit
from tests.make import accounts, cases, frozen, plans

pytestmark = pytest.mark.django_db
DAY = date(2020, 3, 9)
ASK = "If you have a good reason, ask the office to record a late acceptance."


@pytest.fixture
def cast():
    return accounts.cast()


@pytest.fixture
def plan(cast):
    return plans.plan(cast)


@pytest.fixture
def open_round(cast, plan):
    return cases.round_(cast, plan)


@pytest.mark.parametrize(
    "on, window, sentence",
    [
        (date(2020, 2, 3), Window.MAIN, ""),
        (date(2020, 3, 31), Window.MAIN, ""),
        (
            date(2020, 2, 2),
            Window.MAIN,
            "This window opens on 3 February 2020. You can read every question until then.",
        ),
        (date(2020, 4, 1), Window.MAIN, f"The deadline was on 31 March 2020, so this can no longer be sent. {ASK}"),
        (date(2020, 4, 1), Window.TACTICAL, ""),
        (date(2021, 1, 31), Window.TACTICAL, ""),
        (
            date(2020, 3, 31),
            Window.TACTICAL,
            "This window opens on 1 April 2020. You can read every question until then.",
        ),
        (
            date(2021, 2, 1),
            Window.TACTICAL,
            f"The tactical window closed on 31 January 2021, so this can no longer be sent. {ASK}",
        ),
    ],
)
def test_why_not_in_time(cast, open_round, on, window, sentence):
    assert rules.why_not_in_time(open_round, organisation=cast.maidstone, window=window, on=on) == sentence


def test_why_not_in_time_by_status(cast, plan, open_round):
    draft = cases.round_(cast, plan, status=RoundStatus.DRAFT, name="Draft")
    assert rules.why_not_in_time(draft, organisation=cast.maidstone, window="MAIN", on=DAY) == (
        "This round is not open yet."
    )

    rounds.close_round(round=open_round, by=cast.officer, at=cases.SENT)
    assert rules.why_not_in_time(open_round, organisation=cast.maidstone, window="MAIN", on=DAY) == (
        f"The office has closed this round. {ASK}"
    )

    rounds.finish_round(round=open_round, by=cast.officer, at=cases.SENT)
    assert rules.why_not_in_time(open_round, organisation=cast.maidstone, window="MAIN", on=DAY) == (
        "This round is over. Look for a round that is open."
    )


def test_why_not_in_time_after_a_late_acceptance(cast, open_round):
    rounds.accept_late(
        round=open_round,
        organisation=cast.maidstone,
        until=date(2020, 4, 10),
        reason="Staff were ill.",
        by=cast.officer,
        at=cases.SENT,
    )

    def why(organisation, day):
        return rules.why_not_in_time(open_round, organisation=organisation, window="MAIN", on=day)

    assert why(cast.maidstone, date(2020, 4, 10)) == ""
    assert why(cast.maidstone, date(2020, 4, 11)) == (
        f"The late business case was accepted until 10 April 2020, which has passed. {ASK}"
    )
    assert why(cast.swale, date(2020, 4, 10)).startswith("The deadline was on 31 March 2020")


def test_why_not_start(cast, plan, open_round):
    def why(user, organisation=cast.maidstone, window=Window.MAIN, on=DAY, round=open_round):
        return rules.why_not_start(round, organisation=organisation, window=window, user=user, on=on)

    assert why(cast.maidstone_contributor) == ""
    for person in (cast.swale_lead, cast.maidstone_certifier, cast.officer):
        assert why(person) == "Only a contributor or lead of the organisation can start a business case."
    assert why(cast.yot_lead, cast.yot) == (
        "Your organisation was not invited to this round. Ask the office if you think it should be."
    )
    case = cases.business_case(cast, open_round, status=CaseStatus.DRAFT)
    assert why(cast.maidstone_lead) == (
        f"Your organisation has a main business case in this round already: {case.reference}. Open that one."
    )
    third = cases.round_(cast, plan, third=True, tactical_opens_on=DAY, tactical_closes_on=DAY)
    assert why(cast.yot_lead, cast.yot, Window.TACTICAL, round=third) == (
        "Your organisation has no tactical pot in this round."
    )


def test_why_not_start_with_an_unknown_allocation(cast, open_round):
    row = open_round.allocations.get(organisation=cast.maidstone)
    row.main_amount = row.tactical_amount = row.amount = None
    for window, part in ((Window.MAIN, "main part"), (Window.TACTICAL, "tactical pot")):
        assert rules.why_not_window(row, round=open_round, window=window) == (
            f"The {part} of your allocation is not known, so nothing can be asked for yet. "
            "Ask the office for the amount."
        )


def test_why_not_start_after_a_cut(cast, open_round):
    row = open_round.allocations.get(organisation=cast.maidstone)
    past = cases.business_case(cast, open_round, window=Window.TACTICAL, at=cases.OPENED.replace(month=4, day=2))
    row = rounds.cut_allocation(
        allocation=row, amount=Decimal("3000"), reason="Less money.", by=cast.officer, at=cases.OPENED
    )

    assert rules.why_not_window(row, round=open_round, window=Window.TACTICAL) == (
        "The allocation was cut, and the tactical pot is now £999.67 above its share. "
        "No new tactical case can come in until the office has settled this."
    )
    assert rules.why_not_window(row, round=open_round, window=Window.MAIN) == ""
    past.refresh_from_db()
    assert past.status == CaseStatus.SUBMITTED


@pytest.mark.parametrize(
    "answers, sentence",
    [
        ({"description": ""}, "Project 1, projects: Describe what the project will do."),
        ({"starts_on": None}, "Project 1, projects: Enter the day the project starts."),
        ({"ends_on": None}, "Project 1, projects: Enter the day the project ends."),
        ({"need": " "}, "Project 1, need and evidence: Say why the project is needed."),
        ({"evidence": ""}, "Project 1, need and evidence: Say what evidence of need there is."),
        ({"evidence_strength": ""}, "Project 1, need and evidence: Choose how strong the evidence is."),
        ({"outcomes": []}, "Project 1, outcomes: Add at least one outcome."),
        ({"outputs": []}, "Project 1, outputs: Add at least one output, or say why there is none."),
        ({"outputs": [], "no_outputs_reason": "Advice only."}, ""),
        ({"budget_lines": []}, "Project 1, budget: Add at least one budget line."),
        (
            {"priorities": []},
            "Project 1, priorities: Choose at least one priority, or say why the project serves none.",
        ),
        ({"priorities": [], "no_priority_reason": "New harm."}, ""),
        ({"areas": []}, "Project 1, areas and partners: Enter at least one area."),
        ({"areas": [], "description": ""}, "Project 1, projects: Describe what the project will do. (1 more to do)"),
    ],
)
def test_why_not_submit_names_what_is_missing(cast, open_round, answers, sentence):
    case = cases.business_case(cast, open_round, status=CaseStatus.DRAFT)
    project = case.projects.get()
    projects.write_project(case=case, project=project, by=cast.maidstone_lead, at=cases.WRITTEN, **answers)

    assert rules.why_not_submit(case, user=cast.maidstone_lead, on=DAY) == sentence


def test_why_not_submit_parts_the_rule_set_does_not_ask_for(cast, open_round):
    open_round.rule_set.required_parts = ["BUDGET"]
    case = cases.business_case(cast, open_round, status=CaseStatus.DRAFT)
    projects.write_project(
        case=case, project=case.projects.get(), by=cast.maidstone_lead, at=cases.WRITTEN, outcomes=[], areas=[], need=""
    )
    case.round = open_round

    assert rules.why_not_submit(case, user=cast.maidstone_lead, on=DAY) == ""


def test_why_not_submit_without_a_project(cast, open_round):
    case = cases.business_case(cast, open_round, status=CaseStatus.DRAFT, amounts=())
    assert rules.why_not_submit(case, user=cast.maidstone_lead, on=DAY) == "Add at least one project."


def test_why_not_submit_who(cast, open_round):
    case = cases.business_case(cast, open_round, status=CaseStatus.DRAFT)
    for person in (cast.maidstone_contributor, cast.swale_lead, cast.officer):
        assert rules.why_not_submit(case, user=person, on=DAY) == rules.NOT_A_LEAD


@pytest.mark.parametrize(
    "amounts, sentence",
    [
        ((Decimal("26440"),), ""),
        ((Decimal("20000"), Decimal("6440")), ""),
        (
            (Decimal("20000"), Decimal("6440.01")),
            (
                "This business case asks for £26,440.01; the main part of your allocation is £26,440. "
                "Ask for £26,440 or less, or ask the office about an exception."
            ),
        ),
    ],
)
def test_why_not_submit_main_part(cast, open_round, amounts, sentence):
    case = cases.business_case(cast, open_round, status=CaseStatus.DRAFT, amounts=amounts)
    assert rules.why_not_submit(case, user=cast.maidstone_lead, on=DAY) == sentence


def test_why_not_submit_main_part_with_an_exception(cast, open_round):
    case = cases.business_case(cast, open_round, status=CaseStatus.DRAFT, amounts=(Decimal("26500"),))
    rounds.record_exception(
        allocation=case.allocation,
        window=Window.MAIN,
        amount=Decimal("60"),
        reason="Agreed.",
        by=cast.officer,
        at=cases.SENT,
    )
    assert rules.why_not_submit(case, user=cast.maidstone_lead, on=DAY) == ""


def test_why_not_submit_tactical_pot_counts_other_cases(cast, open_round):
    april = cases.OPENED.replace(month=4, day=20)
    cases.business_case(cast, open_round, window=Window.TACTICAL, amounts=(Decimal("9000"),), at=april)
    second = cases.business_case(
        cast, open_round, window=Window.TACTICAL, status="DRAFT", amounts=(Decimal("4220"),), at=april
    )
    assert rules.why_not_submit(second, user=cast.maidstone_lead, on=april.date()) == ""

    third = cases.business_case(
        cast, open_round, window=Window.TACTICAL, status="DRAFT", amounts=(Decimal("4220.01"),), at=april
    )
    assert rules.why_not_submit(third, user=cast.maidstone_lead, on=april.date()) == (
        "This business case asks for £4,220.01; the tactical pot is £13,220. Other cases already use £9,000. "
        "Ask for £4,220 or less, or ask the office about an exception."
    )


def test_tactical_pot_is_never_above_a_third_as_opened(cast, open_round):
    row = open_round.allocations.get(organisation=cast.maidstone)
    rounds.record_exception(
        allocation=row,
        window=Window.TACTICAL,
        amount=Decimal("0.33"),
        reason="Rounding.",
        by=cast.officer,
        at=cases.SENT,
    )
    row.tactical_amount = Decimal("20000")

    assert rules.round_queries.pot(row, Window.TACTICAL) == Decimal("13220.33")


@pytest.mark.parametrize(
    "severity, refused",
    [("BLOCK", "limit of £9,000. Ask for less."), ("WARN", ""), ("NEEDS_EXCEPTION", "or ask the office to record")],
)
def test_why_not_submit_limits_by_severity(cast, open_round, severity, refused):
    frozen.thaw()
    Limit.objects.create(rule_set=open_round.rule_set, on="PROJECT_TOTAL", amount=Decimal("9000"), severity=severity)
    case = cases.business_case(cast, open_round, status=CaseStatus.DRAFT)

    why = rules.why_not_submit(case, user=cast.maidstone_lead, on=DAY)

    assert bool(why) == bool(refused)
    assert refused in why
    warned = rules.warnings(case, case_content.content_of(case))
    assert bool(warned) == (severity == "WARN")


def test_why_not_submit_limit_with_an_exception_recorded(cast, open_round):
    frozen.thaw()
    Limit.objects.create(
        rule_set=open_round.rule_set, on="CASE_TOTAL", amount=Decimal("9000"), severity="NEEDS_EXCEPTION"
    )
    case = cases.business_case(cast, open_round, status=CaseStatus.DRAFT)
    rounds.record_exception(
        allocation=case.allocation,
        window=Window.MAIN,
        amount=Decimal("1000"),
        reason="One-off.",
        by=cast.officer,
        at=cases.SENT,
    )
    assert rules.why_not_submit(case, user=cast.maidstone_lead, on=DAY) == ""


def test_why_not_submit_returned_case_until_each_request_is_met(cast, open_round):
    case = cases.business_case(cast, open_round, status=CaseStatus.RETURNED)
    late = date(2020, 6, 1)
    assert rules.why_not_submit(case, user=cast.maidstone_lead, on=late) == (
        "The office asked for changes: Project 1, Outcomes. Change it, or write a reply in that section."
    )

    request = case.change_requests.get()
    actions.reply_to_request(request=request, reply="It is there.", by=cast.maidstone_lead, at=cases.RETURNED)
    assert rules.why_not_submit(case, user=cast.maidstone_lead, on=late) == ""

    actions.reply_to_request(request=request, reply="", by=cast.maidstone_lead, at=cases.RETURNED)
    projects.write_project(
        case=case,
        project=case.projects.get(),
        by=cast.maidstone_lead,
        at=cases.RETURNED,
        outcomes=[{**cases.OUTCOMES[0], "measure": "Police records"}],
    )
    assert rules.why_not_submit(case, user=cast.maidstone_lead, on=late) == ""


def test_why_not_return(cast, open_round):
    case = cases.business_case(cast, open_round)
    draft = cases.business_case(cast, open_round, organisation=cast.swale, status=CaseStatus.DRAFT)

    def why(case, user=cast.officer, requests=None):
        return rules.why_not_return(case, user=user, on=DAY, requests=requests)

    assert why(case) == ""
    assert why(case, requests=[(CaseSection.OVERVIEW, None, "More.")]) == ""
    assert why(case, requests=[]) == "Choose at least one section to return."
    assert why(case, requests=[(CaseSection.OVERVIEW, None, " ")]) == "Say for each section what should change."
    assert why(draft) == "This business case is a draft. Only one that is with the officers can be returned."
    for person in (cast.maidstone_lead, cast.pcc, cast.finance):
        assert why(case, user=person) == "Only a commissioning officer can do this. Ask one to do it for you."


def test_why_not_withdraw_and_reopen(cast, open_round):
    case = cases.business_case(cast, open_round)
    assert rules.why_not_withdraw(case, user=cast.maidstone_lead, on=DAY) == ""
    assert rules.why_not_withdraw(case, user=cast.maidstone_lead, on=DAY, reason=" ") == rules.GIVE_A_REASON
    assert rules.why_not_withdraw(case, user=cast.maidstone_contributor, on=DAY) == rules.NOT_A_LEAD
    assert rules.why_not_reopen(case, user=cast.maidstone_lead, on=DAY) == ""
    assert rules.why_not_reopen(case, user=cast.maidstone_lead, on=date(2020, 4, 1)).startswith("The deadline was")

    actions.withdraw_business_case(case=case, reason="Merged.", by=cast.maidstone_lead, at=cases.SENT)
    assert rules.why_not_withdraw(case, user=cast.maidstone_lead, on=DAY) == (
        "This business case is withdrawn, so it cannot be withdrawn."
    )
    other = cases.business_case(cast, open_round, status=CaseStatus.DRAFT)
    assert rules.why_not_reopen(case, user=cast.maidstone_lead, on=DAY) == (
        f"Your organisation has another main business case in this round: {other.reference}."
    )


@pytest.mark.parametrize(
    "priorities, strength, needed",
    [(("violence",), "NONE", False), ((), "SOME", False), ((), "NONE", True), ((), "", True)],
)
def test_needs_justification(cast, open_round, priorities, strength, needed):
    case = cases.business_case(cast, open_round, status=CaseStatus.DRAFT, amounts=())
    cases.project(case, by=cast.maidstone_lead, priorities=priorities, evidence_strength=strength)
    (row,) = case_content.project_rows(case)
    assert case_parts.needs_justification(row) == needed


def test_why_not_justify(cast, open_round):
    case = cases.business_case(cast, open_round)
    project = case.projects.get()
    assert rules.why_not_justify(project, user=cast.officer, on=DAY) == ""
    assert rules.why_not_justify(project, user=cast.pcc, on=DAY) == rules.NOT_YOUR_WORK
    assert rules.why_not_justify(project, user=cast.officer, on=DAY, justification=" ") == (
        "Say why this project may go on without a priority or evidence."
    )
    project.case.status = CaseStatus.AWAITING_DECISION
    assert rules.why_not_justify(project, user=cast.officer, on=DAY) == (
        "A project can be justified only while its business case is with the officers."
    )


def test_why_not_save_and_remove(cast, open_round):
    case = cases.business_case(cast, open_round, status=CaseStatus.DRAFT)
    project = case.projects.get()
    assert rules.why_not_save(case, user=cast.maidstone_contributor, on=DAY) == ""
    assert rules.why_not_remove_project(project, user=cast.maidstone_contributor, on=DAY) == ""
    for person in (cast.maidstone_certifier, cast.swale_lead, cast.officer):
        assert rules.why_not_save(case, user=person, on=DAY) == rules.NOT_A_WRITER
    project.status = "DEFERRED"
    assert rules.why_not_remove_project(project, user=cast.maidstone_lead, on=DAY) == (
        "An officer has worked on this project, so it cannot be removed. Change it instead."
    )
    case.status = CaseStatus.SUBMITTED
    assert rules.why_not_save(case, user=cast.maidstone_lead, on=DAY) == (
        "This business case is submitted, so it cannot be changed now."
    )
