"""Pages of the changes a recipient asks for, of schedules of delivery, and of what follows the funding."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from grants.actions import delivery, requests, sustainability
from grants.enums import RequestStatus, SessionStatus
from grants.models import Award, DeliverySession, VariationRequest
from plans.enums import RequestKind
from tests.kept import kept
from tests.make import awards as make
from tests.make import requests as asking
from tests.make.requests import ASKED_AT

NEVER_PAST = "2099-03-31"


@pytest.fixture(scope="module")
def kept_world(django_db_setup, django_db_blocker):
    """The world with one live award, never committed."""
    with kept(django_db_blocker):
        world = make.world()
        world.award = make.live_award(world)
        yield world


@pytest.fixture
def award(world):
    return Award.objects.get(pk=world.award.pk)


@pytest.fixture
def signed_in(client, settings):
    """Sign somebody in and give the client."""
    settings.SECOND_FACTOR_REQUIRED = False

    def sign_in(person):
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


def text_of(response):
    return " ".join(response.content.decode().split())


def posted_money(award, staff, travel):
    """The form of the budget as a browser posts it."""
    line = award.lines.get()
    first, second = line.project.budget_lines.order_by("number")
    return {
        f"value_{line.pk}_budget_lines_{first.pk}": staff,
        f"value_{line.pk}_budget_lines_{second.pk}": travel,
        f"new_{line.pk}_0": "Training",
        f"sum_{line.pk}_0": "500",
        "reason": "Volunteers have left.",
    }


def test_request_new_offers_every_kind_then_asks_for_figures(award, world, signed_in):
    client = signed_in(world.maidstone_lead)

    kinds = text_of(client.get(reverse("grants:request_new", args=[award.reference])))
    form = text_of(client.get(reverse("grants:request_new", args=[award.reference]) + "?kind=MONEY"))

    assert all(label in kinds for label in RequestKind.labels)
    assert "Now £9,900.00." in form and "A new line of the budget (optional)" in form


def test_request_new_keeps_what_was_typed_when_the_sum_is_wrong(award, world, signed_in):
    client = signed_in(world.maidstone_lead)

    page = client.post(
        reverse("grants:request_new", args=[award.reference]) + "?kind=MONEY", posted_money(award, "9,500", "100")
    )

    assert "the lines make £10,100. They must make £10,000" in text_of(page)
    assert 'value="9,500"' in page.content.decode()
    assert VariationRequest.objects.count() == 0


def test_request_walk_from_form_to_decision(award, world, signed_in):
    url = reverse("grants:request_new", args=[award.reference]) + "?kind=MONEY"
    shown = text_of(signed_in(world.maidstone_lead).post(url, posted_money(award, "9,400", "100"), follow=True))
    request = VariationRequest.objects.get()
    args = [award.reference, request.reference]
    sent = signed_in(world.maidstone_lead).post(reverse("grants:request_submit", args=args), follow=True)
    said = {"reason": "It meets the need as before"}
    signed_in(world.officer).post(reverse("grants:request_advise", args=args), said)
    decided = signed_in(world.head).post(
        reverse("grants:request_decide", args=args), {"outcome": "APPROVED", "answer": "Agreed"}, follow=True
    )

    assert "The head of commissioning" in shown and "£500" in shown and "5.00 % of the award" in shown
    assert "Your request is with the office" in text_of(sent)
    assert "The change is part of the award. The recipient has been told." in text_of(decided)
    request.refresh_from_db()
    assert (request.status, request.decided_by) == (RequestStatus.APPROVED, world.head)


def test_request_edit_of_outputs_and_partners_shows_what_was_asked_for(award, world, signed_in):
    client = signed_in(world.maidstone_lead)
    outputs = asking.figures(award, "40.00", output=("Briefings", "evenings", "12.00"), gone=("outcomes",))
    partners = asking.partners(award, joins="Example Mentors")
    rows = [
        asking.started(world, award, kind, after)
        for kind, after in ((RequestKind.OUTPUTS, outputs), (RequestKind.PARTNER, partners))
    ]

    pages = [
        client.get(reverse("grants:request_edit", args=[award.reference, row.reference])).content.decode()
        for row in rows
    ]

    assert 'value="Briefings"' in pages[0] and 'value="40"' in pages[0] and "checked" in pages[0]
    assert 'value="Example Mentors"' in pages[1] and "No longer takes part: Street Pastors" in pages[1]


def test_request_show_says_what_has_gone_stale(award, world, signed_in):
    request = asking.sent(world, award, RequestKind.TIME, {"ends_on": NEVER_PAST})
    Award.objects.filter(pk=award.pk).update(ends_on=date(2021, 4, 30))

    page = text_of(signed_in(world.officer).get(request.get_absolute_url()))

    assert "What this request changes has itself changed since it was written." in page


def test_request_show_asks_few_questions(award, world, signed_in, django_assert_max_num_queries):
    request = asking.advised(world, award, RequestKind.MONEY, asking.moved_money(award, "9400.00", "600.00"))
    client = signed_in(world.pcc)

    with django_assert_max_num_queries(20):
        client.get(request.get_absolute_url())


def test_request_list_asks_as_much_for_three_as_for_one(award, world, signed_in, django_assert_num_queries):
    wanted = {
        RequestKind.TIME: {"ends_on": NEVER_PAST},
        RequestKind.PURPOSE: {"purpose": "Patrols by day"},
        RequestKind.SUSPENSION: {"until": "2020-12-31"},
    }
    client = signed_in(world.officer)
    for number, (kind, after) in enumerate(wanted.items(), start=1):
        asking.sent(world, award, kind, after)
        if number != 2:
            with django_assert_num_queries(7):
                page = text_of(client.get(reverse("grants:request_list")))

    assert page.count("Answer by") == 3
    csv = client.get(reverse("grants:request_list") + "?format=csv").content.decode("utf-8-sig")
    assert csv.splitlines()[0] == "Reference,Award,Recipient,Change,Status,Sent,Answer due,Decided,Reason"
    assert len(csv.splitlines()) == 4


def test_request_list_hides_drafts_from_the_office(award, world, signed_in):
    request = asking.started(world, award, RequestKind.TIME, {"ends_on": NEVER_PAST})
    url = reverse("grants:request_list")

    assert request.reference in text_of(signed_in(world.maidstone_contributor).get(url))
    assert request.reference not in text_of(signed_in(world.officer).get(url))


def test_award_show_gathers_requests_schedule_and_plan(award, world, signed_in):
    request = asking.sent(world, award, RequestKind.TIME, {"ends_on": NEVER_PAST})
    schedule = delivery.write_schedule(
        award=award, unit="day", promised=25, reason="Agreed", by=world.officer, at=ASKED_AT
    )
    plan = sustainability.start_plan(award=award, by=world.officer, at=ASKED_AT)

    page = text_of(signed_in(world.maidstone_lead).get(award.get_absolute_url()))

    assert all(f'href="{row.get_absolute_url()}"' in page for row in (request, schedule, plan))
    assert "0 of 25 delivered, 0 planned, 25 without a day." in page
    assert "Ask for a change of this award" in page


def test_home_shows_requests_to_those_whose_turn_it_is(award, world, signed_in):
    asking.sent(world, award, RequestKind.TIME, {"ends_on": NEVER_PAST})

    assert "Answer requests for changes" in text_of(signed_in(world.officer).get("/"))
    requests.advise_on_request(request=VariationRequest.objects.get(), advice="Agree", by=world.officer, at=ASKED_AT)
    assert "Decide on changes of awards" in text_of(signed_in(world.pcc).get("/"))
    assert "Answer requests for changes" not in text_of(signed_in(world.officer).get("/"))


def test_schedule_show_offers_what_can_be_done_with_each_day(award, world, signed_in, django_assert_num_queries):
    schedule = delivery.write_schedule(
        award=award, unit="day", promised=3, reason="Agreed", by=world.officer, at=ASKED_AT
    )
    client = signed_in(world.maidstone_lead)
    for number in (1, 2, 3):
        said = {"on": date(2020, 11, number), "place": f"School {number}", "by": world.officer, "at": ASKED_AT}
        delivery.plan_session(schedule=schedule, **said)
        if number != 2:
            with django_assert_num_queries(9):
                page = text_of(client.get(schedule.get_absolute_url()))

    assert page.count("Report missing") == 3
    assert "0 of 3 days delivered, 3 passed without a report." in page


def test_schedule_edit_writes_blocks_as_typed(award, world, signed_in):
    posted = {
        "unit": "day",
        "promised": "25",
        "reason": "As agreed",
        "block_1_name": "Autumn",
        "block_1_starts_on": "2020-11-01",
        "block_1_ends_on": "2020-12-18",
        "block_1_promised": "9",
    }
    signed_in(world.officer).post(reverse("grants:schedule_edit", args=[award.reference]), posted)

    (block,) = award.schedule.blocks.all()
    assert (award.schedule.promised, block.name, block.promised) == (25, "Autumn", 9)
    assert (block.starts_on, block.ends_on) == (date(2020, 11, 1), date(2020, 12, 18))


def test_session_deliver_today_from_the_page(award, world, signed_in):
    schedule = delivery.write_schedule(
        award=award, unit="day", promised=3, reason="Agreed", by=world.officer, at=ASKED_AT
    )
    said = {"on": date(2020, 11, 3), "place": "Example School", "by": world.officer, "at": ASKED_AT}
    delivery.plan_session(schedule=schedule, **said)
    url = reverse("grants:session_deliver", args=[award.reference, 1])

    page = signed_in(world.maidstone_contributor).post(url, {"people": "80", "note": "Well received"}, follow=True)

    session = DeliverySession.objects.get()
    assert (session.status, session.people, session.note) == (SessionStatus.DELIVERED, 80, "Well received")
    assert "80 people reached." in text_of(page)


def test_sustainability_list_asks_as_much_for_three_as_for_one(award, world, signed_in, django_assert_num_queries):
    client = signed_in(world.officer)
    for number in (1, 2, 3):
        other = make.recorded_award(world, number)
        plan = sustainability.start_plan(award=other, by=world.officer, at=ASKED_AT)
        said = {"action": "Ask", "due_on": date(2020, 9, number), "by": world.officer, "at": ASKED_AT}
        sustainability.add_action(plan=plan, **said)
        if number != 2:
            with django_assert_num_queries(8):
                page = text_of(client.get(reverse("grants:sustainability_list")))

    assert page.count("1 open, next") == 3


def test_sustainability_action_is_shown_with_its_deadline(award, world, signed_in):
    plan = sustainability.start_plan(award=award, by=world.officer, at=ASKED_AT)
    due = timezone.localdate() + timedelta(days=30)
    url = reverse("grants:sustainability_action", args=[award.reference])
    posted = {"action": "Apply to a trust", "by_office": "no", "due_on": due.isoformat()}

    signed_in(world.officer).post(url, posted)

    page = text_of(signed_in(world.maidstone_lead).get(plan.get_absolute_url()))
    assert "Apply to a trust" in page and "Done" in page and "Move the day" not in page
