"""Inputs in schools: what meets what, rulings before approval, and what is kept of them (P5)."""

from datetime import date

import pytest

from grants.actions import business_cases, projects, school_parts, schools
from grants.models import BusinessCase, ClashRuling, SchoolInput
from grants.queries import case_content
from grants.queries import schools as queries
from grants.rules import clashes
from plans.models import School, SchoolTopic
from records.models import Event, Notice
from records.refusals import Refused
from tests.kept import kept
from tests.make import awards as make
from tests.make import cases
from tests.make import schools as going

SPRING = date(2021, 2, 1)


@pytest.fixture(scope="module")
def kept_world(django_db_setup, django_db_blocker):
    """The usual world with schools, terms and topics."""
    with kept(django_db_blocker):
        world = make.world()
        going.kept()
        other = going.submitted(world, going.planned(), organisation=world.swale)
        case = going.under_evaluation(world, going.planned())
        world.project, world.other = make.projects(case)[0], make.projects(other)[0]
        yield world


def theirs(world, **changes):
    """The input of the other partnership as it would be with these changes."""
    SchoolInput.objects.filter(project=world.other).update(**changes)


def returned(world):
    """The case of the first partnership, sent back so that it can change."""
    return cases.returned(world.project.case, by=world.officer, at=make.BEFORE, section="SCHOOLS")


def with_inputs(project, *inputs):
    """The project with these inputs instead of its own."""
    school_parts.write_school_answers(project=project, answers={"school_inputs": inputs})
    return project


def sentences(project):
    return [clash.sentence for clash in queries.clashes_of(project)]


def refusal(action, **said):
    with pytest.raises(Refused) as refused:
        action(**said)
    return refused.value.reason


# What meets what.


@pytest.mark.parametrize(
    ("changes", "meets"),
    [
        ({}, 1),
        ({"starts_on": date(2020, 12, 18), "ends_on": date(2020, 12, 18)}, 1),
        ({"starts_on": date(2020, 12, 22), "ends_on": date(2020, 12, 23)}, 1),  # a holiday counts to the term before
        ({"starts_on": date(2021, 1, 4), "ends_on": date(2021, 1, 4)}, 0),
        ({"topic": "online"}, 0),
        ({"school": "900002"}, 0),
        ({"status": "CANCELLED"}, 0),
    ],
)
def test_clashes_same_school_topic_and_term(world, changes, meets):
    known = {"topic": lambda key: SchoolTopic.objects.get(key=key), "school": lambda urn: School.objects.get(urn=urn)}

    theirs(world, **{name: known.get(name, lambda same: same)(value) for name, value in changes.items()})

    assert len(queries.clashes_of(world.project)) == meets


def test_clashes_name_who_brings_the_same_and_when(world):
    project, other = world.project, world.other

    assert sentences(project) == [
        (
            "Knife crime at Example Academy, Autumn term 2020: Swale Community Safety Partnership brings the same with "
            f"“Safer nights” ({other.reference}, proposed), 5 October 2020 to 9 October 2020."
        )
    ]
    assert [len(found) for found in queries.clashes_among([project, other]).values()] == [1, 1]


def test_clashes_follow_a_school_that_became_another(world):
    old = School.objects.get(urn="900001")
    going.school("900010", "Example Academy Trust", follows=old)

    theirs(world, school=School.objects.get(urn="900010"))

    assert len(queries.clashes_of(world.project)) == 1


def test_clashes_end_where_the_other_case_is_withdrawn(world):
    project, other = world.project, world.other
    assert len(queries.clashes_of(project)) == 1

    business_cases.withdraw_business_case(case=other.case, reason="No.", by=world.swale_lead, at=make.BEFORE)
    assert queries.clashes_of(project) == []


def test_clashes_of_a_draft_are_nobody_elses(world):
    BusinessCase.objects.filter(pk=world.other.case_id).update(status="DRAFT")

    assert queries.clashes_of(world.project) == []


def test_too_many_inputs_of_one_project_are_told_once(world):
    inputs = [going.planned(topic="online", starts_on=date(2020, 10, day)) for day in (5, 12, 19)]
    project = with_inputs(world.project, *inputs)

    assert sentences(project) == [
        "Staying safe online at Example Academy, Autumn term 2020: 3 inputs, and 2 are enough."
    ]
    assert queries.clashes_of(project)[0].key == f"{project.school_inputs.get(number=1).pk}-0"


@pytest.mark.parametrize("rows", [1, 3])
def test_clashes_in_five_queries_however_many(world, rows, django_assert_num_queries):
    days = [going.planned(starts_on=date(2020, 10, 5 + number)) for number in range(rows)]
    with_inputs(world.other, *days)
    project = with_inputs(world.project, *days)

    with django_assert_num_queries(5):
        found = queries.clashes_of(project)

    assert len(found) == (1 if rows == 1 else rows * rows + 1)


def test_clashes_cost_one_query_where_nobody_goes_into_schools(world, django_assert_num_queries):
    world.project.school_part.__class__.objects.update(goes=False)

    with django_assert_num_queries(1):
        assert queries.clashes_of(world.project) == []


# Told before it is sent, and when it is.


def test_warnings_before_sending_say_nothing_of_others(world):
    assert clashes.warnings(world.project.case) == [
        (
            "Project 1, schools: Knife crime at Example Academy, Autumn term 2020: another project brings the same "
            "topic into this school in that time. Talk to the school, and say in the project how yours differs."
        )
    ]


def test_submission_tells_officers_what_it_meets(world):
    notice = Notice.objects.filter(rule="school_clashes_found", person=world.officer).get()

    assert notice.heading == f"{world.project.case.reference}: 1 clash in schools"
    assert sentences(world.project)[0] in notice.body


def test_submission_asks_for_the_whole_schools_part(world):
    case = returned(world)
    with_inputs(world.project, going.planned(lead_agreed_on=None))

    reason = refusal(business_cases.submit_business_case, case=case, by=world.maidstone_lead, at=make.BEFORE)

    assert reason == (
        "Project 1, schools: Input 1, Example Academy (900001): enter the day the school’s safeguarding lead agreed."
    )


def test_submission_drops_inputs_of_a_project_that_stays_at_home(world):
    case, project = returned(world), world.project
    projects.write_project(case=case, project=project, goes_into_schools=False, by=world.maidstone_lead, at=make.BEFORE)
    assert project.school_inputs.count() == 1

    business_cases.submit_business_case(case=case, by=world.maidstone_lead, at=make.BEFORE)

    assert project.school_inputs.count() == 0
    snapshot = case.snapshots.latest("number").content["projects"][0]
    assert (snapshot["goes_into_schools"], "school_inputs" in snapshot) == (False, False)


def test_saving_keeps_the_rows_that_say_the_same(world):
    case, project = returned(world), world.project
    with_inputs(project, going.planned(), going.planned("900002"))
    first, second = project.school_inputs.order_by("number")

    going.goes(case, going.planned("900002", sessions=9), going.planned(topic="online"), going.planned(),
               by=world.maidstone_lead)  # fmt: skip

    now = list(project.school_inputs.order_by("number"))
    assert [row.pk for row in now if row.pk in (first.pk, second.pk)] == [second.pk, first.pk]
    assert [(row.number, row.topic.key, row.sessions) for row in now] == [
        (1, "knives", 9), (2, "online", 4), (3, "knives", 4)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"school": "999999"}, "No school in the register has the number 999999."),
        ({"topic": "chess"}, "There is no topic “chess”."),
    ],
)
def test_saving_a_school_or_topic_nobody_knows_is_refused(world, said, sentence):
    with pytest.raises(Refused) as refused:
        with_inputs(world.project, {**going.planned(), **said})

    assert refused.value.reason == sentence


# Approval waits for a ruling.


def advise(world, project, outcome="APPROVED", **said):
    make.evaluations.record_evaluation(
        project=project, need="a", outcomes="b", value_for_money="c", by=world.officer, at=make.BEFORE
    )
    amount = project.amount_requested if outcome == "APPROVED" else None
    return make.evaluations.recommend(
        project=project, outcome=outcome, amount=amount, advice="d", by=world.officer, at=make.BEFORE, **said
    )


def rule(world, project, *, reason="Other year groups, agreed with the school.", by=None, clash=None):
    clash = clash or queries.clashes_of(project)[0]
    return schools.rule_on_clash(
        project=project, school_input=clash.own.pk, other=clash.other and clash.other.pk, reason=reason,
        by=by or world.officer, at=make.BEFORE,
    )  # fmt: skip


def test_recommending_approval_waits_for_a_ruling_and_declining_does_not(world):
    project, other = world.project, world.other
    waits = f"{sentences(project)[0]} An officer has to rule on it before this project can be approved."

    assert refusal(advise, world=world, project=project) == waits
    assert advise(world, project, "DECLINED").outcome == "DECLINED"
    rule(world, project)
    assert advise(world, project).outcome == "APPROVED"
    ruling = queries.clashes_of(project)[0].ruling
    assert (ruling.reason, ruling.by) == ("Other year groups, agreed with the school.", world.officer)
    assert queries.open_clashes_of(other) == []
    event = Event.objects.get(verb="clash_ruled")
    assert (event.by, event.reason) == (world.officer, "Other year groups, agreed with the school.")


def test_approval_waits_for_a_clash_that_came_in_after_the_recommendation(world):
    case = world.project.case
    BusinessCase.objects.filter(pk=world.other.case_id).update(status="DRAFT")
    make.advise(world, world.project)
    make.evaluations.send_for_decision(case=case, by=world.officer, at=make.BEFORE)
    BusinessCase.objects.filter(pk=world.other.case_id).update(status="SUBMITTED")

    project = make.projects(case)[0]
    assert refusal(make.approve, world=world, project=project).endswith(
        "An officer has to rule on it before this project can be approved."
    )
    rule(world, project)
    assert make.approve(world, project).outcome == "APPROVED"


def test_rulings_refused(world):
    project = world.project
    clash = queries.clashes_of(project)[0]

    assert refusal(rule, world=world, project=project, reason=" ") == "Say why it may stand."
    assert refusal(rule, world=world, project=project, by=world.pcc) == (
        "Only commissioning officers evaluate business cases."
    )
    assert refusal(rule, world=world, project=project, by=world.other_officer) == (
        "Declare your interests in this business case before you work on it."
    )
    SchoolInput.objects.filter(pk=clash.other.pk).update(starts_on=SPRING, ends_on=SPRING)
    assert refusal(rule, world=world, project=project, clash=clash) == (
        "These inputs no longer clash. Look at the list again."
    )
    SchoolInput.objects.filter(pk=clash.other.pk).update(starts_on=going.FIRST, ends_on=going.LAST)
    rule(world, project)
    assert refusal(rule, world=world, project=project) == "Somebody has ruled on this clash already."
    assert ClashRuling.objects.count() == 1


def test_a_changed_input_loses_its_ruling(world):
    project = world.project
    rule(world, project)
    case = returned(world)

    going.goes(case, going.planned(starts_on=date(2020, 11, 2)), by=world.maidstone_lead)

    assert len(queries.open_clashes_of(project)) == 1


def test_content_freezes_the_schools_part(world):
    case = world.project.case
    frozen = case.snapshots.get().content["projects"][0]

    assert frozen["school_inputs"] == [
        {
            "school": "Example Academy (900001)", "topic": "knives", "topic_name": "Knife crime",
            "year_groups": [7, 8], "starts_on": "2020-10-05", "ends_on": "2020-10-09", "sessions": 4, "pupils": 120,
            "lead_post": "Designated safeguarding lead", "lead_agreed_on": "2020-02-20",
        }
    ]  # fmt: skip
    assert {name: frozen[name] for name in going.ONCE} == going.ONCE
    assert case_content.content_of(case)["projects"][0] == frozen
