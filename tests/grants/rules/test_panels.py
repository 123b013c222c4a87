"""A post that is asked before the decision, a second body before it, and what the database keeps (X1, X3)."""

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from grants.actions import evaluations
from grants.models import AwardLine
from grants.queries import staging as reads
from grants.rules import panels as rules
from records.refusals import Refused
from tests.make import staging as make

pytestmark = pytest.mark.django_db
AT, ON = make.SCORED_AT, make.SCORED_AT.date()


def build(rules):
    return {
        "early": make.stage(rules, 1, "OFFICER", name="The first look", post="HEAD_OF_COMMISSIONING"),
        "body": make.stage(rules, 2, "SECOND_BODY", body="The chief constable"),
        "decision": make.stage(rules, 3, "COMMISSIONER", name="the decision"),
        "after": make.stage(rules, 4, "SECOND_BODY", body="The panel of the police area"),
    }


def said(world, project, stage, by):
    standing = reads.standing_of(reads.project_for_stages(project))
    return rules.why_not_record(standing, stage, user=by, on=ON)


def test_why_not_record_a_post_before_the_decision_and_a_second_body(world_of_posts):
    world, project = world_of_posts, make.project_of(world_of_posts.case)
    sentences = {
        "officer": "By the rules of this round, the head of commissioning decides at “The first look”.",
        "head": "",
        "pcc": "",
    }
    assert {name: said(world, project, world.early, getattr(world, name)) for name in sentences} == sentences
    assert said(world, project, world.body, world.officer) == ("The first look comes first: Second body 2 follows it.")
    assert said(world, project, world.decision, world.pcc) == (
        "This stage is the decision itself. Send the business case for decision."
    )

    make.record(world, project, world.early, by=world.head)
    assert said(world, project, world.body, world.officer) == ""
    make.record(world, project, world.body, passed=False, note="Not wanted")

    with pytest.raises(Refused, match=r"went no further at Second body 2 \(Not wanted\), so it can only be declined"):
        make.advise(world, project)


def test_no_award_line_before_the_second_body_has_agreed_in_the_database(world_of_posts):
    world, project = world_of_posts, make.project_of(world_of_posts.case)
    make.record(world, project, world.early, by=world.head)
    make.record(world, project, world.body)
    case = make.waiting_for_decision(world, world.case)

    decision = make.decide(world, make.project_of(case))

    assert not AwardLine.objects.exists()
    line = (
        'INSERT INTO grants_awardline (award_id, number, project_id, decision_id, "window", title, amount, added_at)'
        " VALUES (1, 1, %s, %s, 'MAIN', 'T', 1, now())"
    )
    refused = pytest.raises(IntegrityError, match="a second body has not agreed")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(line, [project.pk, decision.pk])


@pytest.fixture
def world_of_posts(db):
    world = make.world(build)
    world.case = make.sent_in(world)
    evaluations.begin_evaluation(case=world.case, by=world.officer, at=AT)
    return world
