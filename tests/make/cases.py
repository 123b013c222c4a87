"""Rounds, allocations and business cases, walked by the real actions to the state asked for."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from grants.actions import business_cases, projects, rounds
from grants.enums import CaseSection, CaseStatus, RoundStatus, Window

OPENED = datetime(2020, 2, 3, 9, 0, tzinfo=UTC)
WRITTEN = datetime(2020, 3, 2, 9, 0, tzinfo=UTC)
SENT = datetime(2020, 3, 9, 9, 0, tzinfo=UTC)
RETURNED = datetime(2020, 3, 16, 9, 0, tzinfo=UTC)
DEADLINE = date(2020, 3, 31)
MAIN, TACTICAL = Decimal("26440"), Decimal("13220")
WHOLE = Decimal("39661")
KEEP = rounds.KEEP

NEED = {
    "need": "Reports of violence at night rose by a fifth.",
    "evidence": "Strategic assessment 2019.",
    "evidence_strength": "GOOD",
    "evidence_source": "Strategic assessment",
}
OUTCOMES = [
    {
        "outcome": "Fewer assaults at night",
        "measure": "Recorded assaults from 8pm to 4am",
        "unit": "assaults",
        "direction": "DOWN",
        "baseline": Decimal("120"),
        "target": Decimal("100"),
    }
]
OUTPUTS = [{"output": "Patrols", "target": Decimal("50"), "unit": "nights"}]
PARTNERS = [{"name": "Street Pastors", "part": "Volunteers on patrol"}]


def round_(cast, plan, *, status=RoundStatus.OPEN, third=False, allocate=True, **details):
    """A round: for the two partnerships, or (third=True) for the Youth Offending Team."""
    fields = {
        "stream": plan.thirds if third else plan.csps,
        "rule_set": plan.third_rules if third else plan.csp_rules,
        "name": "Third party grants 2020/21" if third else "Crime reduction grants 2020/21",
        "funding_source": plan.own,
        "starts_on": date(2020, 4, 1),
        "ends_on": date(2021, 3, 31),
        "opens_on": date(2020, 2, 3),
        "deadline_on": DEADLINE,
        "by": cast.officer,
        "at": OPENED - timedelta(days=10),
    }
    if not third:
        fields |= {"tactical_opens_on": date(2020, 4, 1), "tactical_closes_on": date(2021, 1, 31)}
    made = rounds.start_round(**{**fields, **details})
    for organisation in () if not allocate else [cast.yot] if third else [cast.maidstone, cast.swale]:
        allocation(made, organisation, by=cast.officer, third=third)
    if status != RoundStatus.DRAFT:
        rounds.open_round(round=made, by=cast.officer, at=OPENED)
    if status == RoundStatus.CLOSED:
        rounds.close_round(round=made, by=cast.officer, at=SENT + timedelta(days=60))
    return made


def allocation(round, organisation, *, by, amount=WHOLE, third=False, main_amount=MAIN, tactical_amount=TACTICAL):
    """What an organisation is allocated; the real split of £39,661 unless told otherwise."""
    if third or amount != WHOLE:
        main_amount = amount if third else main_amount if main_amount != MAIN else KEEP
        tactical_amount = Decimal(0) if third else tactical_amount if tactical_amount != TACTICAL else KEEP
    return rounds.set_allocation(
        round=round,
        organisation=organisation,
        amount=amount,
        main_amount=main_amount,
        tactical_amount=tactical_amount,
        by=by,
        at=OPENED - timedelta(days=5),
    )


def budget(amount):
    """The lines of a budget: travel for £100 of it where it is larger, staff for the rest."""
    if amount <= 100:
        return [{"heading": "Staff", "amount": amount}]
    return [{"heading": "Staff", "amount": amount - 100}, {"heading": "Travel", "amount": Decimal("100")}]


def project(
    case, *, by, title="Safer nights", amount=Decimal("10000"), at=WRITTEN, priorities=("violence",), **answers
):
    """A whole project: every part answered; `answers` overrides."""
    whole = {
        "title": title,
        "description": "Patrols by trained volunteers in the town centre.",
        "starts_on": case.round.starts_on,
        "ends_on": case.round.ends_on,
        **NEED,
        "outcomes": OUTCOMES,
        "outputs": OUTPUTS,
        "budget_lines": budget(Decimal(amount)),
        "priorities": list(priorities),
        "areas": ["Town centre"],
        "partners": PARTNERS,
        **answers,
    }
    return projects.write_project(case=case, by=by, at=at, **whole)


def business_case(
    cast,
    round,
    *,
    status=CaseStatus.SUBMITTED,
    organisation=None,
    lead=None,
    window=Window.MAIN,
    amounts=(Decimal("10000"),),
    title="Safer Maidstone 2020/21",
    at=None,
):
    """A business case with one project for each of `amounts`, walked to `status`."""
    organisation = organisation or cast.maidstone
    lead = lead or lead_of(cast, organisation)
    started, sent = (WRITTEN, SENT) if at is None else (at - timedelta(days=1), at)
    case = business_cases.start_business_case(
        round=round, organisation=organisation, window=window, title=title, by=lead, at=started
    )
    business_cases.save_overview(
        case=case, summary="Safer streets by day and night.", serving_officers="None", by=lead, at=started
    )
    for number, amount in enumerate(amounts, start=1):
        name = "Safer nights" if number == 1 else f"Project {number}"
        project(case, by=lead, title=name, amount=Decimal(amount), at=started)
    if status == CaseStatus.WITHDRAWN:
        return business_cases.withdraw_business_case(case=case, reason="No longer needed.", by=lead, at=sent)
    if status != CaseStatus.DRAFT:
        business_cases.submit_business_case(case=case, by=lead, at=sent)
    if status == CaseStatus.RETURNED:
        returned(case, by=cast.officer, at=sent + timedelta(days=7))
    return case


def returned(case, *, by, at=RETURNED, section=CaseSection.OUTCOMES, asked="Say how assaults are counted."):
    """The case with one section of its first project returned for changes."""
    first = case.projects.order_by("number").first()
    return business_cases.return_business_case(case=case, requests=[(section, first, asked)], by=by, at=at)


def lead_of(cast, organisation):
    """The lead of one of the cast's organisations."""
    leads = {cast.maidstone.pk: cast.maidstone_lead, cast.swale.pk: cast.swale_lead, cast.yot.pk: cast.yot_lead}
    return leads[organisation.pk]


def round_today(cast, plan, *, at, **details):
    """A round that is open at the moment `at`, both windows, for requests that read the clock."""
    on = at.date()
    days = {
        "opens_on": on - timedelta(days=30),
        "deadline_on": on + timedelta(days=30),
        "starts_on": on - timedelta(days=10),
        "ends_on": on + timedelta(days=355),
        "tactical_opens_on": on - timedelta(days=10),
        "tactical_closes_on": on + timedelta(days=300),
    }
    made = round_(cast, plan, status=RoundStatus.DRAFT, **{**days, **details})
    rounds.open_round(round=made, by=cast.officer, at=at - timedelta(days=20))
    return made
