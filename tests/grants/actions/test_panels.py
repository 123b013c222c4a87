"""Panels, public votes, second bodies, and who decides by the rules of the round (X1, X3)."""

from copy import deepcopy
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from grants.actions import decisions, evaluations, panels
from grants.enums import CaseStatus, ProjectStatus
from grants.models import Award, StageResult
from grants.queries import rounds
from grants.queries import staging as reads
from plans.models import Delegation
from records.models import Decision, Notice
from records.refusals import Refused
from tests.kept import kept
from tests.make import staging as make

pytestmark = pytest.mark.django_db
AT = make.SCORED_AT


@pytest.fixture(scope="module")
def kept_world(django_db_setup, django_db_blocker):
    """A panel with two places, a vote, the head up to £5,000 or else the commissioner, and a second body for £8,000."""

    def build(rules):
        return {
            "panel": make.stage(rules, 1, "PANEL", places=2, pass_percent=Decimal(50)),
            "vote": make.stage(rules, 2, "PUBLIC_VOTE", pass_percent=Decimal(20)),
            "officer_stage": make.stage(
                rules, 3, "OFFICER", name="Small sums", post="HEAD_OF_COMMISSIONING",
                up_to_amount=Decimal(5000),
            ),
            "decision": make.stage(
                rules, 4, "COMMISSIONER", name="The decision", from_amount=Decimal("5000.01")
            ),
            "body_after": make.stage(
                rules, 5, "SECOND_BODY", body="The chief constable", from_amount=Decimal(8000)
            ),
        }  # fmt: skip

    with kept(django_db_blocker):
        world = make.world(build)
        world.case = make.sent_in(world, amounts=["9000"])
        world.small = make.sent_in(world, world.swale, amounts=["5000", "100"])
        evaluations.begin_evaluation(case=world.case, by=world.officer, at=AT)
        evaluations.begin_evaluation(case=world.small, by=world.officer, at=AT)
        Delegation.objects.create(
            reference="DEL-1", body=world.body, post="HEAD_OF_COMMISSIONING", limit=5000, starts_on=date(2020, 1, 1)
        )
        yield world


@pytest.fixture
def world(kept_world, db):
    return deepcopy(kept_world)


def big(world):
    return make.project_of(world.case)


def little(world):
    return make.project_of(world.small)


def voted(world, *counts):
    votes = dict(zip((big(world).pk, little(world).pk), counts, strict=True))
    return panels.record_vote(
        round=world.round, stage=world.vote, votes=votes, held_on=make.MET_ON, source="The council's count",
        by=world.officer, at=AT,
    )  # fmt: skip


def past_the_panel(world):
    """The big and the small project through the panel, the third not."""
    for project in (big(world), little(world)):
        make.record(world, project, world.panel, share=Decimal(75))
    make.record(world, make.project_of(world.small, 2), world.panel, share=Decimal(10), passed=False)


def both_through(world):
    past_the_panel(world)
    voted(world, 60, 40)


def approve(world, project, *, by):
    return decisions.decide_project(
        project=project, outcome="APPROVED", reason="Best value", purpose="Fewer crimes", by=by, at=AT
    )


def test_panel_share_of_votes_bites(world):
    with pytest.raises(Refused, match="49% in favour, and 50% is needed, so the project goes no further here"):
        make.record(world, big(world), world.panel, share=Decimal(49))
    row = make.record(world, big(world), world.panel, share=Decimal(50), minutes="Long talk")

    assert (row.outcome, row.percent, row.who, row.held_on) == ("PASSED", 50, "Four members", make.MET_ON)


def test_panel_places_bite(world):
    third, went = make.project_of(world.small, 2), f"{big(world).reference}, {little(world).reference}"
    for project in (big(world), little(world)):
        make.record(world, project, world.panel, share=Decimal(80))

    with pytest.raises(Refused, match=f"Panel 1 has 2 places, and {went} went through"):
        make.record(world, third, world.panel, share=Decimal(80))
    assert make.record(world, third, world.panel, share=Decimal(80), passed=False).outcome == "FAILED"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"note": " "}, "Write the reason; it is kept with the result."),
        ({"held_on": None}, "Give the day of the meeting."),
        ({"held_on": date(2020, 4, 7)}, "The meeting has not been held yet. Enter its result once it has."),
        ({"who": ""}, "Say who took part."),
        ({"share": None}, "Give the share of votes in favour."),
        ({"passed": None}, "Say whether the project goes on."),
    ],
)
def test_record_stage_says_what_is_missing(world, said, sentence):
    with pytest.raises(Refused) as refusal:
        make.record(world, big(world), world.panel, **{"share": Decimal(60), **said})

    assert refusal.value.reason == sentence


def test_vote_comes_after_the_panel(world):
    with pytest.raises(Refused, match="has not come to the vote: it is at Panel 1"):
        voted(world, 10, 10)


def test_vote_threshold_bites(world):
    past_the_panel(world)

    first, second = voted(world, 80, 20)
    assert (first.percent, first.place, first.votes, first.who) == (Decimal("80.00"), 1, 80, "The council's count")
    assert (second.outcome, second.place) == ("PASSED", 2)


def test_vote_below_the_threshold_goes_no_further_and_can_only_be_declined(world):
    past_the_panel(world)
    _, failed = voted(world, 81, 19)
    assert (failed.outcome, failed.note) == ("FAILED", "19% of the votes, and 20% is needed")

    evaluations.send_for_decision(case=world.small, by=world.officer, at=AT)
    with pytest.raises(
        Refused, match=r"This project went no further at Public vote 2 \(19% of the votes.*only be decl"
    ):
        approve(world, little(world), by=world.head)
    decision = decisions.decide_project(
        project=little(world), outcome="DECLINED", reason="Too few votes", by=world.head, at=AT
    )
    assert (decision.advice, decision.cfo_comment) == (
        "This project went no further at Public vote 2 (19% of the votes, and 20% is needed).", "",
    )  # fmt: skip


def test_recommend_waits_for_the_stages(world):
    with pytest.raises(Refused, match=r"Panel 1 comes before the decision: the panel meets, and its result is entered"):
        make.advise(world, big(world))
    with pytest.raises(Refused, match=r"Project 1 .Safer nights.: Panel 1 comes before the decision"):
        evaluations.send_for_decision(case=world.case, by=world.officer, at=AT)


def test_evaluation_in_free_words_is_refused_in_stages(world):
    with pytest.raises(Refused, match=r"This round is decided in stages. Work on the project in its stage instead"):
        evaluations.record_evaluation(
            project=big(world), need="N", outcomes="O", value_for_money="V", by=world.officer, at=AT
        )


def test_officer_stage_bites_by_amount(world):
    both_through(world)
    make.waiting_for_decision(world, world.case)
    make.waiting_for_decision(world, world.small)

    with pytest.raises(Refused, match=r"the commissioner decides at “The decision”. It asks for £9,000"):
        approve(world, big(world), by=world.head)
    decision = approve(world, little(world), by=world.head)

    assert (decision.post, decision.delegation_reference) == ("Head of commissioning", "DEL-1")
    assert StageResult.objects.get(stage=world.officer_stage).note == decision.reference


def test_officer_stage_bites_on_another_post(world):
    both_through(world)
    make.waiting_for_decision(world, world.small)
    Delegation.objects.create(reference="DEL-2", body=world.body, post="CHIEF_EXECUTIVE", starts_on=date(2020, 1, 1))
    make.declare(world, world.small, world.chief_executive)

    with pytest.raises(Refused, match=r"the head of commissioning decides at “Small sums”. It asks for £5,"):
        approve(world, little(world), by=world.chief_executive)
    assert approve(world, little(world), by=world.pcc).approves


def test_decider_declares_before_deciding_in_stages(world):
    both_through(world)
    make.waiting_for_decision(world, world.small)
    Delegation.objects.update(post="CHIEF_EXECUTIVE")

    with pytest.raises(Refused, match=r"Declare your interests in this business case before you work on it"):
        approve(world, little(world), by=world.chief_executive)


def test_second_body_after_the_decision_makes_the_award_when_it_agrees(world):
    both_through(world)
    make.waiting_for_decision(world, world.case)
    approve(world, big(world), by=world.pcc)
    world.case.refresh_from_db()
    assert (world.case.status, Award.objects.count()) == (CaseStatus.DECIDED, 0)
    standing = reads.standing_of(reads.project_for_stages(big(world)))
    assert standing.pending.waits_for == "The chief constable says whether it agrees"

    make.record(world, big(world), world.body_after)

    award = Award.objects.get()
    assert [line.amount for line in award.lines.all()] == [Decimal(9000)]


def test_second_body_that_does_not_agree_leaves_no_award_and_the_applicant_is_told(world):
    both_through(world)
    make.waiting_for_decision(world, world.case)
    decision = approve(world, big(world), by=world.pcc)
    assert rounds.approved_total(world.case.allocation, "MAIN") == Decimal(9000)

    make.record(world, big(world), world.body_after, passed=False, note="Not now")

    assert rounds.approved_total(world.case.allocation, "MAIN") == 0

    decision.refresh_from_db()
    assert (Award.objects.count(), decision.offered_at) == (0, AT)
    assert Notice.objects.get(rule="project_not_agreed", person=world.maidstone_lead).body.endswith("Not now")


def test_stages_hold_in_the_database(world):
    """Raw SQL approves nothing that skipped a stage."""
    project = big(world)
    decision = Decision.objects.create(
        reference="DN-X", title="T", outcome="APPROVED", amount=9000, purpose="P", reason="R",
        made_at=AT, made_by=world.pcc,
    )  # fmt: skip
    type(world.case).objects.filter(pk=world.case.pk).update(status=CaseStatus.AWAITING_DECISION)

    with pytest.raises(IntegrityError, match="through its stages"), transaction.atomic():
        type(project).objects.filter(pk=project.pk).update(status=ProjectStatus.APPROVED, decision=decision)
