"""The year rolled over: what goes along, what it becomes, what needs a person, and never twice."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from grants.actions.roll_over import RoundChoice
from grants.models import Allocation, Round
from grants.queries.roll_over import rounds_to_carry
from pcc_portal.actions import plan as hall
from pcc_portal.actions.roll_over import roll_over_year
from pcc_portal.queries import living_plan
from pcc_portal.queries import roll_over as reads
from plans.actions import living
from plans.enums import ConditionKind, DueWhen, StreamStanding
from plans.models import (
    CommitmentLine,
    FundingSource,
    InstalmentRule,
    LearningArea,
    MovableEvent,
    Opportunity,
    Plan,
    PlanSection,
    Priority,
    RuleSet,
    Stream,
)
from plans.queries import roll_over as queries
from records.models import Event
from records.refusals import Refused
from tests.kept import kept
from tests.make import awards, services

AT = datetime(2021, 2, 1, 12, tzinfo=UTC)
KEEP = ["SOURCES", "SECTIONS", "LEARNING", "COMMITMENTS"]
NEXT = {"title": "Commissioning Plan 2021/22", "starts_on": date(2021, 4, 1), "ends_on": date(2022, 3, 31)}


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """A year with a live award, a contract, a stream that ended, learning, an event, commitments; then the next."""
    with kept(django_db_blocker):
        world = awards.world()
        world.award = awards.live_award(world)
        world.contract = services.contract(world, world)
        Stream.objects.filter(pk=world.thirds.pk).update(standing=StreamStanding.DISCONTINUED)
        LearningArea.objects.create(plan=world.plan, order=1, area="Terms")
        LearningArea.objects.create(plan=world.plan, order=2, area="Audit", done_on=date(2020, 9, 1))
        MovableEvent.objects.create(
            key="poll", name="The poll", first_expected_on=date(2020, 5, 7), expected_on=date(2021, 5, 6)
        )
        InstalmentRule.objects.create(
            rule_set=world.third_rules, number=2, share_percent=1, condition=ConditionKind.DAY_REACHED,
            due_when=DueWhen.SET_DAY, due_on=date(2020, 5, 1),
        )  # fmt: skip
        CommitmentLine.objects.create(
            key="post-2020-21", stream=world.csps, funding_source=world.own, title="A post", year="2020/21",
            amount=Decimal("7000"), source="A page",
        )  # fmt: skip
        hall.set_out_sections(plan=world.plan, by=world.officer, at=AT)
        budget = PlanSection.objects.get(key="budget")
        living.write_words(section=budget, words="The money.", seen="", reason="First", by=world.officer, at=AT)
        world.choice = RoundChoice(world.round, date(2021, 1, 11), date(2021, 3, 31))
        world.before = list(reads.needs_before(world.plan, keep=KEEP, rounds=[world.choice]))
        world.will = {row.what: row.names for row in reads.will_be_made(world.plan, keep=KEEP, rounds=[world.choice])}
        world.next = roll_over_year(plan=world.plan, **NEXT, keep=KEEP, rounds=[world.choice], by=world.officer, at=AT)
        yield world


def test_roll_over_year_starts_the_plan_that_follows(made, db):
    assert (made.next.title, made.next.follows, made.next.starts_on) == (NEXT["title"], made.plan, NEXT["starts_on"])
    about = Event.objects.filter(subject_type="plans.Plan").values_list("subject_id", "verb")
    assert {(made.next.pk, "carried_over"), (made.plan.pk, "rolled_over")} <= set(about)


def test_roll_over_year_carries_streams_that_go_on_with_what_they_follow(made, db):
    rows = {row.key: (row.follows.key, row.parent and row.parent.key, row.budget) for row in made.next.streams.all()}

    assert rows == {"crg-2": ("crg", None, None), "crg-csp-2": ("crg-csp", "crg-2", None)}
    csps = Stream.objects.get(key="crg-csp-2")
    assert [row.key for row in csps.sources.all()] == ["own-2"]
    assert [row.name for row in Priority.objects.filter(plan=made.next).order_by("order")] == [
        "Reduce violence", "Reduce anti-social behaviour",
    ]  # fmt: skip


def test_roll_over_year_leaves_sums_unknown_unless_the_same_were_asked_for(made, db):
    own = FundingSource.objects.get(key="own-2")
    line = CommitmentLine.objects.get(year="2021/22")

    assert (own.amount, own.follows.key, own.starts_on, own.ends_on) == (
        None, "own", NEXT["starts_on"], NEXT["ends_on"],
    )  # fmt: skip
    assert own.carry_over_allowed is True
    assert (line.amount, line.stream.key, line.funding_source) == (None, "crg-csp-2", own)


def test_roll_over_year_makes_rules_that_can_be_changed_with_days_a_year_on(made, db):
    rules = RuleSet.objects.get(follows=made.third_rules)
    [set_day] = rules.instalment_rules.filter(due_when=DueWhen.SET_DAY)

    assert (rules.plan, rules.version, rules.frozen_at, rules.terms) == (made.next, 2, None, made.terms)
    assert set_day.due_on == date(2021, 5, 4)  # 1 May 2021 is a Saturday and 3 May a bank holiday
    assert RuleSet.objects.filter(plan=made.next).count() == 2


def test_roll_over_year_starts_rounds_in_draft_with_last_years_sums_and_where_they_came_from(made, db):
    round_ = Round.objects.get(follows=made.round)
    [maidstone] = round_.allocations.filter(organisation=made.maidstone)
    was = Allocation.objects.get(round=made.round, organisation=made.maidstone)

    assert (round_.status, round_.opens_on, round_.deadline_on) == ("DRAFT", date(2021, 1, 11), date(2021, 3, 31))
    assert (round_.stream.key, round_.rule_set.follows, round_.funding_source.key) == (
        "crg-csp-2", made.csp_rules, "own-2",
    )  # fmt: skip
    assert (maidstone.amount, maidstone.copied_from, maidstone.last_year_amount) == (was.amount, was, was.amount)


def test_roll_over_year_carries_learning_that_is_not_done_and_the_words_of_sections(made, db):
    sections = PlanSection.objects.filter(plan=made.next).order_by("order")

    assert [row.area for row in made.next.learning.all()] == ["Terms"]
    assert "crg-third" not in [row.key for row in sections]
    assert PlanSection.objects.get(plan=made.next, key="budget").texts.get().words == "The money."


def test_roll_over_year_leaves_events_where_they_are(made, db):
    assert MovableEvent.objects.get().expected_on == date(2021, 5, 6)


def test_roll_over_year_twice_is_refused(made, db):
    with pytest.raises(Refused, match="Commissioning Plan 2021/22 follows this plan already"):
        roll_over_year(plan=made.plan, **NEXT, keep=[], rounds=[], by=made.officer, at=AT)


@pytest.mark.parametrize(
    ("who", "given", "why"),
    [
        ("finance", {}, "Only a commissioning officer or the head of commissioning changes the plan."),
        ("officer", {"title": " "}, "Give the new plan a title."),
        ("officer", {"starts_on": date(2021, 3, 31)}, "This plan runs to 31 March 2021"),
        ("officer", {"ends_on": date(2021, 3, 1)}, "The last day must be on or after the first day."),
        ("officer", {"ends_on": date(2021, 4, 1)}, "The plan must last longer than a day."),
    ],
)
def test_why_not_roll_over_says_so(made, db, who, given, why):
    Plan.objects.filter(pk=made.next.pk).update(follows=None)

    with pytest.raises(Refused, match=why):
        roll_over_year(plan=made.plan, **NEXT | given, keep=[], rounds=[], by=getattr(made, who), at=AT)


def test_needs_before_say_what_a_person_should_know(made, db):
    words = [need.words for need in made.before]

    assert "1.2 Third parties is discontinued, so it does not go along." in words
    assert "Own budget: its sum for the new year is not known yet. It was £500,000." in words
    assert "Partnership rules: its terms stay as they are (Grant terms, version 1)." in words
    assert "The poll stays expected on 6 May 2021." in words
    assert "What runs on shows in the new plan by itself. Contracts: 1. Awards: 0." in words
    assert made.will["Rounds, in draft"] == [made.round.name]
    assert made.will["Learning that is still to do"] == ["Terms"]


def test_needs_after_and_between_tell_what_is_left_and_what_changed(made, db):
    words = [need.words for need in reads.needs_after(made.next)]
    changed = {title: [(row.what, row.before, row.after) for row in rows] for title, rows in reads.between(made.next)}

    assert "Own budget: enter its sum once the funder says." in words
    assert [word for word in words if "look it through, then open it on 11 January 2021" in word] != []
    assert ("Own budget", "£500,000", "Not known yet") in changed["Sources of funds"]
    assert ("1.2 Third parties", "not published", "Does not go on") in changed["Streams"]
    assert changed["Allocations"] == []


def test_the_new_plan_shows_contracts_that_run_on(made, db):
    found = living_plan.document(made.next, user=made.officer)
    facts = [fact for section in found.sections for fact in section.facts]

    assert ("Service", made.contract.name) in facts


@pytest.mark.parametrize(
    ("words", "months", "after"),
    [
        ("Grant 2020/21", 12, "Grant 2021/22"),
        ("plan-2020-21", 12, "plan-2021-22"),
        ("Years 1999/00 and 2019/20", 24, "Years 2001/02 and 2021/22"),
        ("Act 2011, 2020/22", 12, "Act 2011, 2020/22"),
        ("Grant 2020/21", 6, "Grant 2020/21"),
    ],
)
def test_relabelled_moves_the_years_a_name_tells(words, months, after):
    assert queries.relabelled(words, months) == after


@pytest.mark.parametrize(
    ("day", "end", "to_work"),
    [
        (date(2020, 2, 29), date(2021, 2, 28), date(2021, 3, 1)),
        (date(2020, 3, 31), date(2021, 3, 31), date(2021, 3, 31)),
        (date(2023, 2, 28), date(2024, 2, 29), date(2024, 2, 28)),
        (date(2020, 5, 1), date(2021, 5, 1), date(2021, 5, 4)),
    ],
)
def test_moved_a_year_on(day, end, to_work):
    assert (queries.moved_end(day, 12), queries.moved_to_work(day, 12)) == (end, to_work)


def test_ending_sources_leaves_out_what_was_over_before_and_what_a_bid_won(made, db):
    given = {"plan": made.plan, "funder": "Ministry", "starts_on": date(2019, 4, 1)}
    FundingSource.objects.create(key="over", name="Over", ends_on=date(2020, 3, 31), **given)
    won = FundingSource.objects.create(key="won", name="Won", ends_on=date(2021, 3, 31), **given)
    Opportunity.objects.create(
        reference="OP-1", plan=made.plan, funder="Ministry", fund="Won", status="WON", funding_source=won
    )

    assert {row.key for row in queries.ending_sources(made.plan)} == {"own", "victims"}
    assert queries.won_sources(made.plan) == [won]


def test_rounds_to_carry_leaves_out_what_something_follows(made, db):
    assert list(rounds_to_carry(made.plan)) == []
