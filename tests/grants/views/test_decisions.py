"""Making a decision on screen, the register, publication, and the applicant's answer."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from grants.enums import ProjectStatus
from grants.models import Project
from plans.models import SensitivePeriod
from records.models import Decision
from tests.make import awards as make

pytestmark = pytest.mark.django_db


def page(client, user, name, *args, **data):
    client.force_login(user)
    address = reverse(f"grants:{name}", args=args)
    return client.post(address, data, follow=True) if data else client.get(address)


def decided(client, world, project, **data):
    return page(client, world.pcc, "decision_make", project.case.reference, project.number, **data)


FULL = {"outcome": "APPROVED", "purpose": "Fewer crimes", "reason": "It meets the need"}


def test_decision_make_shows_the_advice_beside_the_form(client, world):
    case = make.awaiting_decision(world)

    response = page(client, world.pcc, "decision_make", case.reference, 1)

    assert response.status_code == 200
    for words in ("Fund it", "Affordable", "£10,000", "£26,440"):
        assert words in response.text


def test_decision_make_is_checked_before_it_is_made(client, world):
    project = make.projects(make.awaiting_decision(world))[0]

    response = decided(client, world, project, **FULL)

    assert "Check this decision before you make it" in response.text
    assert not Decision.objects.exists()


def test_decision_make_confirmed_decides_and_tells_so(client, world):
    project = make.projects(make.awaiting_decision(world))[0]

    response = decided(client, world, project, **FULL, confirm="yes")

    decision = Decision.objects.get()
    assert (decision.amount, decision.made_by) == (Decimal("10000"), world.pcc)
    assert f"{decision.reference}: project 1, approved in full." in response.text
    assert Project.objects.get().status == ProjectStatus.APPROVED


def test_decision_make_changed_keeps_what_was_typed(client, world):
    project = make.projects(make.awaiting_decision(world))[0]

    response = decided(client, world, project, **FULL, change="yes")

    assert "It meets the need" in response.text
    assert "Check this decision before" not in response.text


def test_decision_make_names_each_missing_field(client, world):
    project = make.projects(make.awaiting_decision(world))[0]

    response = decided(client, world, project, outcome="APPROVED_CONDITIONS", reason="Because")

    errors = response.context["form"].errors
    assert errors == {
        "amount": ["Enter the sum"],
        "purpose": ["Enter the purpose of the spend"],
        "conditions": ["Enter the conditions"],
    }
    assert "Because" in response.text


def test_decision_make_above_the_pot_is_refused_with_what_is_left(client, world):
    first, second = make.projects(make.awaiting_decision(world, ("20000", "6000")))
    make.cut(world, "4000")
    make.approve(world, first)

    response = decided(client, world, second, **FULL)

    assert "Only £2,440 is left in the main window of this allocation." in response.text
    assert "It meets the need" in response.text
    assert Decision.objects.count() == 1


def test_decision_make_twice_is_refused_with_a_sentence(client, world):
    project = make.projects(make.awaiting_decision(world))[0]
    make.approve(world, project)

    response = decided(client, world, project, **FULL, confirm="yes")

    assert "A decision is never changed." in response.text
    assert Decision.objects.count() == 1


def test_decision_make_of_a_stranger_and_a_wrong_role(client, world):
    case = make.awaiting_decision(world)

    assert page(client, world.officer, "decision_make", case.reference, 1).status_code == 403
    assert page(client, world.swale_lead, "decision_make", case.reference, 1).status_code == 403
    assert page(client, world.pcc, "decision_make", case.reference, 9).status_code == 404


def test_decision_answer_brings_the_project_back(client, world):
    project = make.projects(make.awaiting_decision(world))[0]
    decided(client, world, project, outcome="DEFERRED", reason="Unclear", question="Who delivers?", confirm="yes")

    asked = page(client, world.maidstone_lead, "decision_answer", project.case.reference, 1)
    page(client, world.maidstone_lead, "decision_answer", project.case.reference, 1, answer="Our own staff")

    project.refresh_from_db()
    assert "Who delivers?" in asked.text
    assert (project.status, project.answer) == (ProjectStatus.PROPOSED, "Our own staff")


def test_decision_answer_of_a_stranger(client, world):
    project = make.projects(make.awaiting_decision(world))[0]
    decided(client, world, project, outcome="DEFERRED", reason="Unclear", question="Who delivers?", confirm="yes")

    assert page(client, world.swale_lead, "decision_answer", project.case.reference, 1).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_decision_list_reads_the_same_number_of_queries(client, world, rows, django_assert_num_queries):
    for project in make.projects(make.awaiting_decision(world, ("1000", "1000", "1000")[:rows])):
        make.approve(world, project)
    client.force_login(world.auditor)

    with django_assert_num_queries(6):
        response = client.get(reverse("grants:decision_list"))

    assert response.context["count"] == rows


def test_decision_list_filters_sorts_and_downloads(client, world):
    first, second = make.projects(make.awaiting_decision(world, ("1000", "2000")))
    make.approve(world, first)
    make.decline(world, second)
    client.force_login(world.auditor)
    address = reverse("grants:decision_list")

    declined = client.get(address, {"outcome": "DECLINED"})
    by_sum = client.get(address, {"sort": "-amount"})
    beyond = client.get(address, {"page": "99"})
    rows = client.get(address, {"format": "csv"}).content.decode("utf-8-sig").splitlines()

    assert [row.outcome for row in declined.context["page_obj"]] == ["DECLINED"]
    assert [row.outcome for row in by_sum.context["page_obj"]] == ["DECLINED", "APPROVED"]
    assert beyond.status_code == 200
    assert len(rows) == 3
    assert "1000.00" in rows[1] + rows[2]


@pytest.mark.parametrize(("stage", "expected"), [("made", ["APPROVED"]), ("offered", ["DECLINED"]), ("published", [])])
def test_decision_list_by_stage(client, world, stage, expected):
    first, second = make.projects(make.awaiting_decision(world, ("1000", "2000")))
    make.approve(world, first)
    make.decline(world, second)
    client.force_login(world.auditor)

    response = client.get(reverse("grants:decision_list"), {"stage": stage})

    assert [row.outcome for row in response.context["page_obj"]] == expected


def test_decision_show_says_what_why_and_on_what_advice(client, world):
    project = make.projects(make.awaiting_decision(world))[0]
    decision = make.approve(world, project, is_key=True)

    response = page(client, world.auditor, "decision_show", decision.reference)

    for words in ("It meets the need shown", "Fewer crimes", "Fund it", "Affordable", "Notice 1", "Decision notice"):
        assert words in response.text


def test_decision_publish_waits_out_a_sensitive_period(client, world):
    award = make.offered_award(world)
    decision = award.lines.get().decision
    today = timezone.localdate()
    period = SensitivePeriod.objects.create(
        key="election", name="the election", starts_on=today, ends_on=today + timedelta(days=3)
    )

    waits = page(client, world.officer, "decision_publish", decision.reference, go="1")
    period.delete()
    done = page(client, world.officer, "decision_publish", decision.reference, go="1")

    decision.refresh_from_db()
    assert "because of the election" in waits.text
    assert f"{decision.reference} is published." in done.text
    assert decision.published_by == world.officer
