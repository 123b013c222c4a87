"""Pairs of work judged by officers, and the look owed at new ones (C7)."""

from copy import deepcopy
from datetime import date

import pytest
from django.db import transaction

from grants.actions import evaluations
from grants.models import BusinessCase, InterestDeclaration
from monitoring.actions import overlap_pairs as actions
from monitoring.enums import PairStatus
from monitoring.models import OverlapPair
from monitoring.queries import overlap_pairs as queries
from monitoring.queries import overlap_work
from monitoring.rules import overlaps as rules
from records.enums import ObligationKind
from records.models import Event, Obligation
from records.refusals import Refused
from tests.kept import kept
from tests.make import awards as make_awards
from tests.make import frozen
from tests.make import overlaps as make
from tests.make import retaining as make_retaining

pytestmark = pytest.mark.django_db
AT, ON = make_retaining.STARTED_AT, date(2020, 3, 10)


@pytest.fixture(scope="module")
def kept_world(django_db_setup, django_db_blocker):
    """Three submitted cases of the same company, and the three pairs of them."""
    with kept(django_db_blocker):
        here = make_retaining.world()
        here.theatre = make_retaining.theatre_projects(here, waits=False)
        here.pairs = make.of_three(here.theatre)
        yield here


@pytest.fixture
def world(kept_world, db):
    return deepcopy(kept_world)


def refused(act, **given):
    try:
        with transaction.atomic():
            act(**given)
    except Refused as refusal:
        return refusal.reason
    return ""


def owed(case):
    return Obligation.objects.open().about(case).filter(kind=ObligationKind.OVERLAP_REVIEW)


def test_confirm_pair_keeps_who_when_and_why(world):
    pair = actions.confirm_pair(pair=world.pairs[0], reason=" The same play ", by=world.officer, at=AT)

    assert (pair.status, pair.reason, pair.judged_by, pair.judged_at) == (
        "CONFIRMED",
        "The same play",
        world.officer,
        AT,
    )
    event = Event.objects.get(subject_type="monitoring.OverlapPair")
    assert (event.verb, event.reason, event.summary) == (
        "confirmed", "The same play", "Overlap confirmed: BC-2020-001/1 + BC-2020-002/1",
    )  # fmt: skip


def test_dismiss_pair_hides_it_and_may_be_confirmed_later(world):
    actions.dismiss_pair(pair=world.pairs[0], reason="Another play", by=world.officer, at=AT)
    pair = OverlapPair.objects.get(pk=world.pairs[0].pk)

    assert pair.status == PairStatus.DISMISSED
    assert [row.pk for row in queries.others_of(world.pairs[1])] == [world.pairs[2].pk]
    assert refused(actions.dismiss_pair, pair=pair, reason="Again", by=world.officer, at=AT) == (
        "This overlap is already dismissed."
    )
    assert actions.confirm_pair(pair=pair, reason="After all", by=world.head, at=AT).status == PairStatus.CONFIRMED


@pytest.mark.parametrize("act", [actions.confirm_pair, actions.dismiss_pair])
def test_judge_pair_needs_a_reason(world, act):
    assert refused(act, pair=world.pairs[0], reason=" ", by=world.officer, at=AT) == "Write why."
    assert OverlapPair.objects.get(pk=world.pairs[0].pk).status == PairStatus.FOUND


def test_why_not_judge(world):
    pair = world.pairs[0]
    officer, finance = ({"user": user, "on": ON} for user in (world.officer, world.finance))

    assert rules.why_not_judge(pair, PairStatus.CONFIRMED, **officer) == ""
    assert rules.why_not_judge(pair, PairStatus.CONFIRMED, **finance) == (
        "Only commissioning officers say what an overlap is."
    )
    InterestDeclaration.objects.create(
        case=world.theatre[1].case, user=world.officer, has_interest=True, details="A friend", at=AT
    )
    assert rules.why_not_judge(pair, PairStatus.CONFIRMED, **officer) == (
        "You declared an interest in BC-2020-002, so somebody else looks at this."
    )


def test_owe_review_once_for_each_case_with_structured_pairs(world):
    first, second, _ = (project.case for project in world.theatre)

    made = actions.owe_review(case=first, at=AT)
    assert (made.kind, made.organisation, made.due_on) == ("OVERLAP_REVIEW", None, date(2020, 3, 17))
    assert (made.reference, made.link) == ("BC-2020-001", "/overlaps/?q=BC-2020-001")
    assert actions.owe_review(case=first, at=AT) is None
    OverlapPair.objects.update(is_structured=False)
    assert actions.owe_review(case=second, at=AT) is None
    assert [row.title for row in owed(first)] == ["Look at possible overlaps of Safer csp-maidstone"]
    assert not owed(second).exists()


def test_close_review_once_every_pair_of_the_case_is_judged(world):
    first, second, _ = (project.case for project in world.theatre)
    actions.owe_review(case=first, at=AT)
    actions.owe_review(case=second, at=AT)

    actions.confirm_pair(pair=world.pairs[0], reason="Same", by=world.officer, at=AT)
    assert (owed(first).count(), owed(second).count()) == (1, 1)
    actions.dismiss_pair(pair=world.pairs[1], reason="Other", by=world.officer, at=AT)

    assert (owed(first).count(), owed(second).count()) == (0, 1)
    closed = Obligation.objects.about(first).get(kind=ObligationKind.OVERLAP_REVIEW)
    assert (closed.closing, closed.closed_by) == ("Every overlap judged", world.officer)


def test_close_idle_reviews_of_cases_no_longer_with_the_office(world):
    first, second, _ = (project.case for project in world.theatre)
    actions.owe_review(case=first, at=AT)
    actions.owe_review(case=second, at=AT)
    BusinessCase.objects.filter(pk=first.pk).update(status="WITHDRAWN")

    assert actions.close_idle_reviews(at=AT) == 1
    assert (owed(first).count(), owed(second).count()) == (0, 1)
    assert actions.owe_review(case=BusinessCase.objects.get(pk=first.pk), at=AT) is None


def test_why_not_retain_asks_for_a_confirmed_pair_and_open_projects(world):
    pair, others = world.pairs[0], queries.others_of(world.pairs[0])
    projects = queries.open_projects_of(pair, others)

    assert [project.reference for project in projects] == ["BC-2020-001/1", "BC-2020-002/1", "BC-2020-003/1"]
    assert rules.why_not_retain(pair, projects, user=world.finance) != ""
    assert rules.why_not_retain(pair, projects, user=world.officer) == "Confirm this overlap first."
    pair = actions.confirm_pair(pair=pair, reason="Same", by=world.officer, at=AT)
    assert rules.why_not_retain(pair, projects, user=world.officer) == ""
    assert rules.why_not_retain(pair, [], user=world.officer) == (
        "No project of this overlap waits for a decision, so there is no money to retain."
    )


def headings(world, person):
    return {name: [work.detail for work in rows] for name, rows in overlap_work.office_work(person, ON).items()}


def test_office_work_says_who_looks_comments_and_decides(world, django_assert_num_queries):
    for project in world.theatre:
        make_retaining.send(world, project.case)
    made = make_retaining.recommended(world, make_retaining.fresh(world.theatre))
    actions.owe_review(case=world.theatre[0].case.__class__.objects.get(pk=world.theatre[0].case_id), at=AT)

    headings(world, world.officer)
    with django_assert_num_queries(1):
        assert headings(world, world.officer) == {"Look at possible overlaps": ["BC-2020-001"]}
    assert headings(world, world.cfo) == {"Comment on money to be retained": [made.reference]}
    assert headings(world, world.pcc) == {}
    assert headings(world, world.maidstone_lead) == {}
    make_retaining.retaining.comment_on_retaining(proposal=made, comment="Fine", by=world.cfo, at=AT)
    assert headings(world, world.pcc) == {"Decide on money to be retained": [made.reference]}
    assert headings(world, world.cfo) == {}
    assert "Decide on money to be retained" in headings(world, world.head)


def test_closed_papers_keep_the_words_of_a_pair_closed(world):
    """Whoever may not open the papers of a case does not read its words beside another's."""
    case = world.theatre[0].case
    frozen.thaw(world.csp_rules)
    world.csp_rules.stages.create(kind="SCORED", number=1, name="Scores")
    works = [world.pairs[0].first, world.pairs[0].second]

    assert [case.is_closed for case in queries.cases_of(works, world.officer).values()] == [True, True]
    evaluations.declare_interest(case=case, has_interest=False, by=world.officer, at=make_awards.BEFORE)
    found = queries.cases_of(works, world.officer)
    assert [found[work.pk].is_closed for work in works] == [False, True]
