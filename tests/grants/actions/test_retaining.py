"""Money retained by the office: proposed, recommended, decided together, funded directly (C7)."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from grants.actions import decisions, direct, retaining
from grants.enums import CaseStatus, DirectAwardStatus, ProjectStatus, RetainStatus
from grants.models import Allocation, AllocationMovement, Award, RetainPart, RetainProposal
from grants.queries import retaining as queries
from records.enums import ObligationKind, PaperKind
from records.models import Decision, Event, Notice, Obligation, Paper
from records.refusals import Refused
from tests.kept import kept
from tests.make import direct_awards as make_direct
from tests.make import retaining as make

pytestmark = pytest.mark.django_db
YEAR = (date(2020, 4, 1), date(2021, 3, 31))


@pytest.fixture(scope="module")
def kept_world(django_db_setup, django_db_blocker):
    """Three partnerships, each with a project of the same company that waits for a decision."""
    with kept(django_db_blocker):
        here = make.world()
        here.theatre = make.theatre_projects(here)
        yield here


def amounts(world):
    """(whole, main, tactical) of the three allocations, by organisation."""
    rows = Allocation.objects.filter(round=world.round).order_by("organisation__key")
    return [(row.organisation.key, row.amount, row.main_amount, row.tactical_amount) for row in rows]


def refused(act, *args, **kwargs):
    """The sentence of the refusal, or nothing."""
    try:
        with transaction.atomic():
            act(*args, **kwargs)
    except Refused as refusal:
        return refusal.reason
    return ""


def test_start_retain_proposal_keeps_its_parts_and_tells_nobody(world):
    made = make.started(world, world.theatre)

    assert (made.reference, made.status, made.started_by) == ("RP-2020-001", RetainStatus.DRAFT, world.officer)
    rows = [(part.project.case.organisation.key, part.amount) for part in queries.parts_of(made)]
    assert rows == [("csp-maidstone", Decimal("9000")), ("csp-swale", Decimal("7000")), ("thanet", Decimal("5000"))]
    events = Event.objects.filter(subject_type="grants.RetainProposal", subject_id=made.pk)
    assert [event.summary for event in events] == ["Proposed to retain £21,000: One play for the whole county"]
    assert Notice.objects.filter(rule__startswith="retain").count() == 0


def test_change_retain_proposal_writes_sums_anew_and_says_what_changed(world):
    first, second, third = world.theatre
    made = make.started(world, world.theatre)

    retaining.change_retain_proposal(
        proposal=made, rows=[(first, Decimal("9000")), (second, Decimal("6000"))], title="One play", why=make.WHY,
        provider_name=make.THEATRE, by=world.officer, at=make.STARTED_AT,
    )  # fmt: skip

    assert {part.project_id: part.amount for part in queries.parts_of(made)} == {
        first.pk: Decimal("9000"),
        second.pk: Decimal("6000"),
    }
    changed = Event.objects.get(subject_type="grants.RetainProposal", verb="changed")
    assert changed.changes == {
        "title": ["One play for the whole county", "One play"],
        second.reference: ["£7,000", "£6,000"],
        third.reference: ["£5,000", ""],
    }


def test_recommend_retaining_keeps_what_each_would_lose_and_owes_a_decision(world):
    made = make.recommended(world, world.theatre)

    event = Event.objects.get(subject_type="grants.RetainProposal", verb="recommended")
    assert event.summary == "Recommended: retain £21,000"
    assert event.changes == {
        "status": ["DRAFT", "RECOMMENDED"],
        world.maidstone.name: ["£39,661", "£30,661"],
        world.swale.name: ["£39,661", "£32,661"],
        world.thanet.name: ["£39,661", "£34,661"],
    }
    owed = Obligation.objects.open().about(made).get()
    assert (owed.kind, owed.organisation, owed.due_on) == (ObligationKind.RETAIN_DECISION, None, date(2020, 3, 25))
    told = Notice.objects.filter(subject_type="grants.RetainProposal").values_list("rule", "person__full_name")
    assert list(told) == [("retain_comment_wanted", world.cfo.full_name)]
    assert amounts(world) == [(key, Decimal("39661"), Decimal("26440"), Decimal("13220")) for key in
                              ("csp-maidstone", "csp-swale", "thanet")]  # fmt: skip


def test_comment_on_retaining_is_signed_and_tells_the_commissioner(world):
    made = make.commented(world, world.theatre)

    assert (made.cfo_by, made.cfo_at) == (world.cfo, make.COMMENTED_AT)
    told = Notice.objects.filter(rule="retain_waits_for_decision").values_list("person__full_name", flat=True)
    assert world.pcc.full_name in told
    with pytest.raises(DatabaseError, match="retain_comment_is_signed"), transaction.atomic():
        RetainProposal.objects.filter(pk=made.pk).update(cfo_by=None)


def test_decide_retaining_moves_three_allocations_in_one_breath_and_tells_each(world):
    made = make.decided(world, world.theatre)

    assert made.status == RetainStatus.DECIDED
    assert amounts(world) == [
        ("csp-maidstone", Decimal("30661"), Decimal("17440"), Decimal("13220")),
        ("csp-swale", Decimal("32661"), Decimal("19440"), Decimal("13220")),
        ("thanet", Decimal("34661"), Decimal("21440"), Decimal("13220")),
    ]
    projects = make.fresh(world.theatre)
    assert {project.status for project in projects} == {ProjectStatus.RETAINED}
    assert {project.case.status for project in projects} == {CaseStatus.DECIDED}
    parts = queries.parts_of(made)
    assert [part.decision_id for part in parts] == [project.decision_id for project in projects]
    moved = AllocationMovement.objects.filter(kind="RETAINED").order_by("-amount")
    assert [(row.amount, row.decision_id) for row in moved] == [(part.amount, part.decision_id) for part in parts]
    assert {(row.advice, row.cfo_comment) for row in Decision.objects.filter(outcome="RETAINED")} == {
        (make.WHY, "The three sums pay for one tour.")
    }
    leads = {world.maidstone_lead, world.swale_lead, world.thanet_lead}
    told = Notice.objects.filter(rule="project_retained", person__in=leads).select_related("paper")
    assert {(row.person, row.paper.kind) for row in told} == {(lead, PaperKind.RETAIN_LETTER) for lead in leads}
    assert not Obligation.objects.open().filter(kind=ObligationKind.RETAIN_DECISION).exists()
    assert not Award.objects.exists()


def test_retain_letter_says_what_is_left(world):
    make.decided(world, world.theatre)

    letter = Paper.objects.get(kind=PaperKind.RETAIN_LETTER, subject_id=world.theatre[0].pk)
    assert letter.title == "Money retained by the office: Play about knives in csp-maidstone"
    words = " ".join(letter.html.split())
    for said in ("In confidence.", "<strong>£9,000</strong>", "£26,440", "£17,440", "£39,661", "£30,661"):
        assert said in words, said


def test_decide_retaining_some_leaves_the_others_as_they_were(world):
    first, second, third = world.theatre
    made = make.decided(world, world.theatre, only=[first])

    assert [row.amount for row in Allocation.objects.filter(round=world.round).order_by("organisation__key")] == [
        Decimal("30661"), Decimal("39661"), Decimal("39661"),
    ]  # fmt: skip
    assert [project.status for project in make.fresh([second, third])] == [ProjectStatus.PROPOSED] * 2
    assert [bool(part.decision_id) for part in queries.parts_of(made)] == [True, False, False]
    assert not Notice.objects.filter(rule="project_retained", person=world.swale_lead).exists()


def test_decide_retaining_declined_leaves_all_as_it_was(world):
    before = amounts(world)

    made = make.decided(world, world.theatre, outcome="DECLINED")

    assert amounts(world) == before
    assert made.status == RetainStatus.DECIDED
    assert {project.status for project in make.fresh(world.theatre)} == {ProjectStatus.PROPOSED}
    decision = Decision.objects.get(outcome="DECLINED")
    assert {part.decision for part in queries.parts_of(made)} == {decision}
    assert (decision.title, decision.post) == (f"{made.reference} {made.title}", "Police and Crime Commissioner")
    assert not Notice.objects.filter(rule="project_retained").exists()
    approved = decisions.decide_project(
        project=make.fresh(world.theatre)[0], outcome="APPROVED", reason="R", purpose="P", by=world.pcc,
        at=make.DECIDED_AT,
    )  # fmt: skip
    assert approved.outcome == "APPROVED"


def test_decide_retaining_refused_midway_moves_nothing(world):
    made = make.commented(world, world.theatre)
    before = amounts(world)
    Allocation.objects.filter(organisation=world.thanet).update(main_amount=Decimal("100"))

    assert refused(make.decide, world, made) == (
        "Only £100 is left in that part of the allocation, so no more can be retained."
    )

    Allocation.objects.filter(organisation=world.thanet).update(main_amount=Decimal("100"))
    assert amounts(world)[:2] == before[:2]
    assert not Decision.objects.filter(outcome="RETAINED").exists()
    made.refresh_from_db()
    assert made.status == RetainStatus.RECOMMENDED


def test_take_back_retaining_asks_for_recommendation_and_comment_again(world):
    made = make.commented(world, world.theatre)

    retaining.take_back_retaining(proposal=made, reason="A sum is wrong", by=world.officer, at=make.COMMENTED_AT)

    made.refresh_from_db()
    assert (made.status, made.cfo_comment, made.cfo_by, made.recommended_by) == (RetainStatus.DRAFT, "", None, None)
    assert not Obligation.objects.open().about(made).exists()
    assert Notice.objects.filter(rule="retain_taken_back", person=world.pcc).count() == 1


def test_withdraw_retaining_needs_a_reason_and_frees_the_projects(world):
    made = make.started(world, world.theatre)
    assert refused(retaining.withdraw_retaining, proposal=made, reason=" ", by=world.officer, at=make.STARTED_AT) != ""

    retaining.withdraw_retaining(proposal=made, reason="The company closed", by=world.officer, at=make.STARTED_AT)

    assert RetainProposal.objects.get(pk=made.pk).status == RetainStatus.WITHDRAWN
    assert make.started(world, world.theatre).status == RetainStatus.DRAFT


def test_propose_retained_award_is_a_decision_of_its_own_with_the_money_retained(world):
    made = make.decided(world, world.theatre)
    words = make.award_words(world, made)

    assert queries.money_retained(queries.parts_of(made)) == [(world.own, Decimal("21000"))]
    too_much = [(world.own, *YEAR, Decimal("21000.01"))]
    act = {"proposal": made, "by": world.officer, "at": make.DECIDED_AT}
    assert refused(retaining.propose_retained_award, money=too_much, **act, **words) == (
        "£21,000.01 is more than the £21,000 retained. Propose that sum or a lower one."
    )
    award = retaining.propose_retained_award(money=[(world.own, *YEAR, Decimal("21000"))], **act, **words)

    made.refresh_from_db()
    assert (made.direct_award, award.status, award.decision) == (award, DirectAwardStatus.DRAFT, None)
    assert refused(retaining.propose_retained_award, money=[(world.own, *YEAR, Decimal("1"))], **act, **words) == (
        f"{award.reference} is already proposed with this money."
    )
    direct.withdraw_direct_award(proposal=award, reason="Another recipient", by=world.officer, at=make.DECIDED_AT)
    again = retaining.propose_retained_award(money=[(world.own, *YEAR, Decimal("20000"))], **act, **words)
    made.refresh_from_db()
    assert (made.direct_award, make_direct.direct.money_in(again)[0][3]) == (again, Decimal("20000"))


def test_retain_parts_stand_once_in_a_proposal(world):
    made = make.started(world, world.theatre)

    with pytest.raises(DatabaseError, match="retain_part_once"), transaction.atomic():
        RetainPart.objects.create(proposal=made, project=world.theatre[0], amount=1)
