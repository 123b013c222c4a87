"""The plan as at a day: whatever was read on the day itself is read of that day ever after."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from types import SimpleNamespace

import pytest

from grants.actions import awards as award_actions
from grants.actions import decisions, delivery, rounds, sustainability, variations
from grants.enums import Window
from pcc_portal.actions import plan as hall
from pcc_portal.queries import living_plan
from plans.actions import commitments, living, opportunities, plan, rule_rows, rule_sets, sources
from plans.enums import Basis, SectionKind, SourceChange
from plans.models import LearningArea, MovableEvent, Opportunity, Plan, PlanSection, RuleSet
from plans.queries import PARTS
from records.enums import DecisionOutcome
from services.actions import details
from tests.kept import kept
from tests.make import awards, services

WHY = "The office asked for it"
FIRST = datetime(2020, 5, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def acts(world):
    """Things done to the plan, one a day: what each does to every later reading of it."""
    office = {"by": world.officer}
    told = {"reason": WHY, **office}
    year, csps, own = world.plan, world.csps, world.own
    return [
        ("purpose", lambda at: living.edit_plan(plan=year, title="The plan", purpose="To fund", at=at, **told)),
        ("learning", lambda at: plan.edit_learning(
            learning=world.area, evidence="Seen", change="Shorter", owner="Head", done_on=at.date(), at=at, **office)),
        ("priority", lambda at: plan.edit_priority(
            priority=world.violence, name="Far less violence", starts_on=None, ends_on=None,
            is_violence_reduction=True, at=at, **told)),
        ("stream", lambda at: plan.edit_stream(
            stream=csps, name="Partnerships", description="Projects", legal_power="s. 9",
            budget=Decimal("120000"), at=at, **told)),
        ("source", lambda at: plan.edit_funding_source(
            funding_source=own, amount=Decimal("480000"), basis=Basis.BUDGET_LINE, source="Budget", at=at, **told)),
        ("source reduced", lambda at: sources.move_source(
            funding_source=own, kind=SourceChange.REDUCED, amount=Decimal("1000"), on=at.date(), reason=WHY,
            used=Decimal("0"), at=at, **office)),
        ("event", lambda at: plan.move_event(event=world.poll, expected_on=date(2021, 5, 6), at=at, **told)),
        ("sections", lambda at: hall.set_out_sections(plan=year, at=at, **office)),
        ("words", lambda at: living.write_words(
            section=section(world, "budget"), words="The money.\n\n- One\n- Two", seen="", at=at, **told)),
        ("heading", lambda at: living.edit_section(
            section=section(world, "budget"), number="0.1", title="Money", order=2, at=at, **told)),
        ("section added", lambda at: living.add_section(
            plan=year, number="9", title="Capacity", kind=SectionKind.PROSE, stream=None, order=None,
            words="Training.", at=at, **told)),
        ("words again", lambda at: living.write_words(
            section=section(world, "capacity"), words="Training and clinics.",
            seen=str(section(world, "capacity").texts.get().pk), at=at, **told)),
        ("section gone", lambda at: living.remove_section(section=section(world, "capacity"), at=at, **told)),
        ("change", lambda at: living.record_change(
            plan=year, on=at.date(), title="A new theme", section=None, at=at, **told)),
        ("rules", lambda at: rule_sets.edit_rule_set(
            rule_set=world.third_rules, fields={"invited_only": False, "months_most": 12}, at=at, **told)),
        ("limit", lambda at: rule_rows.save_row(
            part=PARTS["limits"], parent=RuleSet.objects.get(pk=world.third_rules.pk),
            fields={"on": "CASE_TOTAL", "severity": "BLOCK", "amount": Decimal("35000"), "source": ""}, at=at, **told)),
        ("opportunity", lambda at: opportunities.enter_opportunity(
            plan=year, funder="Ministry", fund="Safer Parks", closes_on=date(2020, 12, 1), at=at,
            purpose="CRIME_REDUCTION", lead=world.officer, **office)),
        ("opportunity pursued", lambda at: opportunities.pursue_opportunity(
            opportunity=Opportunity.objects.get(), reason=WHY, by=world.head, at=at)),
        ("commitment", lambda at: commitments.enter_commitment(
            stream=csps, funding_source=own, title="Deaths reviews", purpose="Reviews", reason=WHY, year="2020/21",
            amount=Decimal("9000"), case_by_case=True, at=at, **office)),
        ("allocation cut", lambda at: rounds.cut_allocation(
            allocation=world.allocation, amount=Decimal("100"), window=Window.TACTICAL, at=at, **told)),
        ("money retained", lambda at: decisions.decide_project(
            project=world.waiting, outcome=DecisionOutcome.RETAINED, reason=WHY, by=world.pcc, at=at)),
        ("deadline", lambda at: rounds.close_round(round=world.round, at=at, **office)),
        ("award longer", lambda at: variations.vary_award_end(
            award=world.award, ends_on=date(2021, 6, 30), at=at, **told)),
        ("award held", lambda at: award_actions.suspend_award(award=world.award, reason=WHY, at=at, **office)),
        ("schedule", lambda at: delivery.write_schedule(
            award=world.award, unit="day", promised=25, at=at, **told,
            blocks=[{"number": 1, "name": "Autumn", "starts_on": None, "ends_on": None, "promised": None}])),
        ("schedule again", lambda at: delivery.write_schedule(
            award=world.award, unit="day", promised=20, at=at, **told,
            blocks=[{"number": 1, "name": "Winter", "starts_on": None, "ends_on": None, "promised": None}])),
        ("what follows", lambda at: sustainability.start_plan(award=world.award, at=at, **office)),
        ("contract", lambda at: details.change_contract(
            contract=world.contract, name="Core service", annual_value=Decimal("70000"), annual_value_year="2020/21",
            at=at, **told)),
        ("service", lambda at: details.write_service(
            contract=world.contract, name="Stalking advocacy", description="", state="DEVELOPING", lot=None,
            starts_on=None, source="", at=at, **told)),
        ("value", lambda at: details.write_value(
            contract=world.contract, starts_on=date(2020, 4, 1), ends_on=date(2021, 3, 31), amount=Decimal("5"),
            basis="", source="x", at=at, **told)),
        ("published", lambda at: hall.publish_plan(plan=year, at=at, **office)),
    ]  # fmt: skip


def section(world, key):
    return PlanSection.objects.get(plan=world.plan, key=key)


def read(plan, user, day=None):
    """The plan as the person reads it, in plain words."""
    found = living_plan.document(Plan.objects.select_related("body").get(pk=plan.pk), user=user, day=day)
    return {
        "title": found.plan.title,
        "sections": [told(section) for section in found.sections],
        "changes": [str(change.title) for change in found.changes],
        "events": [(event.name, event.expected_on) for event in found.events],
    }


def told(section):
    row = section.outline
    return {
        "heading": (row.number, row.title, row.kind),
        "words": row.blocks,
        "facts": section.facts,
        "rules": [(rules.name, [topic.sentences for topic in rules.topics]) for rules in section.rules],
        "tables": [
            (table.caption, table.total, [[(cell.text, cell.note) for cell in row.cells] for row in table.rows])
            for table in section.tables
        ],
    }


def lines_of(value, path=""):
    """A reading as lines of where and what, so that two of them can be laid side by side."""
    if isinstance(value, dict):
        return [line for key, inner in value.items() for line in lines_of(inner, f"{path}/{key}")]
    if isinstance(value, (list, tuple)):
        return [line for number, inner in enumerate(value) for line in lines_of(inner, f"{path}/{number}")]
    return [f"{path}: {value}"]


@pytest.fixture(scope="module")
def year(django_db_setup, django_db_blocker):
    """Everything done, day after day, with what the plan said at the end of each."""
    with kept(django_db_blocker):
        world = awards.world()
        world.area = LearningArea.objects.create(plan=world.plan, order=1, area="Terms")
        world.poll = MovableEvent.objects.create(
            key="poll", name="The poll", first_expected_on=date(2020, 5, 7), expected_on=date(2020, 5, 7)
        )
        world.award = awards.live_award(world)
        [world.waiting] = awards.projects(awards.awaiting_decision(world, organisation=world.swale))
        world.contract = services.contract(world, world)
        said = {FIRST.date() - DAY: ("before", read(world.plan, world.officer))}
        for number, (name, act) in enumerate(acts(world)):
            at = FIRST + number * DAY
            act(at)
            said[at.date()] = name, read(world.plan, world.officer)
        yield SimpleNamespace(world=world, said=said)


def test_as_at_every_day_reads_as_it_read_then(year, db):
    wrong = {}
    for day, (name, said) in year.said.items():
        now = lines_of(read(year.world.plan, year.world.officer, day))
        if now != lines_of(said):
            wrong[name] = [set(now) ^ set(lines_of(said))]

    assert wrong == {}


def test_as_at_each_act_shows(year, db):
    readings = list(year.said.values())
    silent = [name for (_, before), (name, after) in pairwise(readings) if before == after]

    assert silent == ["sections", "published"]
    assert len(readings) == 32
