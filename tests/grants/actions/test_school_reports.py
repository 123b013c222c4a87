"""What becomes of inputs in schools: reports, days that move, cancelled and planned again (P5)."""

from datetime import UTC, date, datetime

import pytest

from grants.actions import awards as award_actions
from grants.actions import delivery, schools
from grants.models import SchoolInput
from plans.models import School
from records.models import Event, Notice, Obligation
from records.refusals import Refused
from tests.kept import kept
from tests.make import awards as make
from tests.make import schools as going

AT = datetime(2020, 10, 12, 9, 0, tzinfo=UTC)
SPRING = date(2021, 2, 1)


@pytest.fixture(scope="module")
def kept_world(django_db_setup, django_db_blocker):
    """An award with an input in autumn and one in spring; another partnership asks for the same in spring."""
    with kept(django_db_blocker):
        world = make.world()
        going.kept()
        world.award = going.live_award(world, going.planned(), going.planned(starts_on=SPRING, topic="online"))
        world.row = SchoolInput.objects.get(number=1)
        world.other = going.submitted(world, going.planned(starts_on=SPRING), organisation=world.swale)
        yield world


def refusal(action, **said):
    with pytest.raises(Refused) as refused:
        action(**said)
    return refused.value.reason


def test_accepted_award_owes_word_of_each_input_and_delivery_meets_it(world):
    award, row = world.award, world.row
    owed = Obligation.objects.open().about(row).get(kind="SCHOOL_REPORT")
    assert (owed.organisation, owed.due_on, owed.title) == (
        world.maidstone, going.LAST, "Knife crime at Example Academy: Safer nights"
    )  # fmt: skip

    row = schools.deliver_input(
        school_input=row, delivered_on=going.LAST, sessions_delivered=3, pupils_reached=80, by=world.maidstone_lead,
        at=AT,
    )  # fmt: skip

    row.refresh_from_db()
    assert (row.status, row.sessions_delivered, row.pupils_reached) == ("DELIVERED", 3, 80)
    assert not Obligation.objects.open().about(row).filter(kind="SCHOOL_REPORT").exists()
    words = Event.objects.get(verb="school_input_delivered").summary
    assert words == "Knife crime at Example Academy: delivered, 3 of 4 sessions, 80 pupils reached"
    schools.owe_school_reports(award)
    assert not Obligation.objects.open().about(row).filter(kind="SCHOOL_REPORT").exists()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"delivered_on": date(2020, 10, 13)}, "13 October 2020 has not come yet. Report it once it has."),
        ({"delivered_on": date(2020, 10, 4)},
         "It was planned from 5 October 2020. If it came earlier, change its days first."),
        ({"sessions_delivered": 0}, "Say how many sessions took place; if none did, cancel the input."),
        ({"at": datetime(2020, 10, 4, 9, tzinfo=UTC)},
         "It begins on 5 October 2020. Report it once it has taken place."),
        ({"by": "swale_lead"},
         "Only people of Safer Maidstone Partnership, or commissioning officers, report on it."),
    ],
)  # fmt: skip
def test_delivery_refused(world, said, sentence):
    row = world.row
    whole = {"delivered_on": going.LAST, "sessions_delivered": 4, "by": "maidstone_lead", "at": AT, **said}
    whole["by"] = getattr(world, whole["by"])

    assert refusal(schools.deliver_input, school_input=row, **whole) == sentence


def test_cancelled_and_planned_again_with_word_to_officers(world):
    row = world.row
    said = {"by": world.maidstone_lead, "at": AT}

    assert refusal(schools.cancel_input, school_input=row, reason=" ", **said) == "Say why it does not take place."
    schools.cancel_input(school_input=row, reason="The school is shut.", **said)
    assert refusal(schools.cancel_input, school_input=row, reason="x", **said) == "This input is cancelled already."
    assert not Obligation.objects.open().about(row).filter(kind="SCHOOL_REPORT").exists()
    told = Notice.objects.filter(rule="school_input_changed", person=world.officer).latest("pk")
    assert told.heading.endswith("Example Academy, cancelled")

    schools.plan_input_again(school_input=row, reason="It opens again.", **said)

    row.refresh_from_db()
    assert (row.status, Obligation.objects.open().about(row).filter(kind="SCHOOL_REPORT").count()) == ("PLANNED", 1)


def test_moved_input_moves_what_is_owed_and_tells_what_it_meets_now(world):
    row = world.row
    days = {"starts_on": SPRING, "ends_on": SPRING}

    outside = {"starts_on": SPRING, "ends_on": date(2021, 4, 1)}
    said = {"school_input": row, "reason": "Asked by the school.", "by": world.maidstone_lead, "at": AT}
    assert refusal(schools.move_input, **{**said, **outside}) == (
        "The award runs from 1 April 2020 to 31 March 2021. Enter days within it."
    )
    schools.move_input(**said, **days)

    row.refresh_from_db()
    assert (row.starts_on, row.ends_on, row.lead_post) == (SPRING, SPRING, "Designated safeguarding lead")
    assert Obligation.objects.open().about(row).get(kind="SCHOOL_REPORT").due_on == SPRING
    told = Notice.objects.filter(rule="school_input_changed", person=world.officer).latest("pk")
    assert "moved from 5 October 2020 to 9 October 2020 to 1 February 2021. It now meets: " in told.body


def test_award_ended_early_cancels_what_has_not_begun(world):
    award, row = world.award, world.row

    award_actions.end_award_early(award=award, reason="Closed down.", by=world.officer, at=AT)

    states = SchoolInput.objects.filter(project=row.project).order_by("number").values_list("status", flat=True)
    assert list(states) == ["PLANNED", "CANCELLED"]
    assert Obligation.objects.open().about(row).filter(kind="SCHOOL_REPORT").count() == 1


def test_schedule_names_a_school_and_not_one_that_is_closed(world):
    award = world.award
    plan = delivery.write_schedule(award=award, unit="day", promised=2, reason="Agreed", by=world.officer, at=AT)
    school = School.objects.get(urn="900002")
    said = {"schedule": plan, "on": SPRING, "place": school.name, "school": school, "by": world.officer, "at": AT}

    session = delivery.plan_session(**said)
    moved = delivery.rearrange_session(session=session, new_on=date(2021, 2, 2), reason="Snow", by=world.officer, at=AT)

    assert (session.school, moved.school) == (school, school)
    school.closed_on = date(2020, 12, 31)
    assert refusal(delivery.plan_session, **said) == (
        "Example Primary School closed on 31 December 2020. Choose another school."
    )
