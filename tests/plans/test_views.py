"""The plan's own pages: what they show, what they change, and how they say no."""

from datetime import date

import pytest
from django.urls import reverse

from plans.models import Delegation, LearningArea, MovableEvent, Stream


def text_of(response):
    return " ".join(response.content.decode().split())


def test_rule_set_show_reads_like_rules(world, signed_in):
    page = text_of(signed_in(world.cast.maidstone_lead).get(world.plan.csp_rules.get_absolute_url()))

    assert "At most 1/3 of an allocation, as opened" in page
    assert "once the mid-year return is satisfactory" in page
    assert "Spend only as approved." in page
    assert "20 to accept an offer" in page


def test_learning_edit_saves_and_goes_back(world, signed_in):
    row = LearningArea.objects.create(plan=world.plan.plan, order=1, area="Terms")

    response = signed_in(world.cast.officer).post(
        reverse("plans:learning_edit", args=[row.pk]),
        {"change": "New terms", "done_on_day": "1", "done_on_month": "6", "done_on_year": "2020"},
    )

    row.refresh_from_db()
    assert response.url == reverse("plan_show")
    assert (row.change, row.done_on) == ("New terms", date(2020, 6, 1))


def test_stream_edit_asks_for_a_reason_and_keeps_what_was_typed(world, signed_in):
    url = reverse("plans:stream_edit", args=["crg-csp"])

    response = signed_in(world.cast.officer).post(url, {"name": "Partnerships", "budget": "1,000"})

    page = text_of(response)
    assert response.status_code == 200
    assert "There is a problem" in page
    assert "Say why this changes" in page
    assert 'value="Partnerships"' in page
    assert Stream.objects.get(key="crg-csp").name == "Community Safety Partnerships"


def test_stream_edit_shows_its_history(world, signed_in):
    client = signed_in(world.cast.officer)
    url = reverse("plans:stream_edit", args=["crg-csp"])
    client.post(url, {"name": "Partnerships", "reason": "Renamed by the office"})

    page = text_of(client.get(url))

    assert "Renamed by the office" in page


def test_funding_source_edit_asks_where_a_figure_is_printed(world, signed_in):
    url = reverse("plans:funding_source_edit", args=["victims"])

    page = text_of(signed_in(world.cast.officer).post(url, {"amount": "£2,073,216", "reason": "Now printed"}))

    assert "Say where the figure is printed" in page


def test_movable_event_edit_refuses_the_same_day_in_words(world, signed_in):
    day = date(2020, 5, 7)
    MovableEvent.objects.create(key="poll", name="The poll", first_expected_on=day, expected_on=day)

    page = text_of(
        signed_in(world.cast.officer).post(
            reverse("plans:movable_event_edit", args=["poll"]), {"expected_on": "2020-05-07", "reason": "Why"}
        )
    )

    assert "The poll is expected on 7 May 2020 already. Enter another day." in page


def test_delegation_new_refuses_a_reference_twice(world, signed_in):
    Delegation.objects.create(
        reference="D1", body=world.plan.body, post="CHIEF_EXECUTIVE", starts_on=date(2020, 4, 1), source="Scheme"
    )
    given = {"reference": "D1", "post": "CHIEF_EXECUTIVE", "starts_on": "2020-04-01", "source": "S", "reason": "R"}

    page = text_of(signed_in(world.cast.head).post(reverse("plans:delegation_new"), given))

    assert "There is a delegation with this reference already." in page


@pytest.mark.parametrize("who", ["maidstone_lead", "pcc", "reader"])
def test_sensitive_period_new_is_for_officers(world, signed_in, who):
    response = signed_in(getattr(world.cast, who)).get(reverse("plans:sensitive_period_new"))

    assert response.status_code == 403
