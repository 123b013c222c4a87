"""The end of an award moved on screen."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from grants.models import Award
from plans.models import ReportingRule
from tests.make import awards as make
from tests.make import frozen

pytestmark = pytest.mark.django_db
NEXT_YEAR = timezone.localdate() + timedelta(days=400)
POSTED = {"ends_on": NEXT_YEAR.isoformat(), "reason": "The office extends it"}


def address(award):
    return reverse("grants:award_vary_end", args=[award.reference])


@pytest.mark.parametrize("rules", [1, 3])
def test_award_vary_end_says_what_happens_to_each_return(client, world, rules, django_assert_num_queries):
    frozen.thaw()
    world.csp_rules.reporting_rules.exclude(kind="YEAR_END").delete()
    for kind in ("QUARTERLY", "MONTHLY")[: rules - 1]:
        ReportingRule.objects.create(rule_set=world.csp_rules, kind=kind, timing="REPEATED", period_months=3)
    award = make.live_award(world)
    client.force_login(world.officer)

    with django_assert_num_queries(6):
        text = client.get(address(award)).text

    assert "Year-end return: It stays due as it was, and an extension adds a return of its own." in text
    assert text.count("An extension adds the periods that follow.") == rules - 1
    assert "1 April 2020 to <strong>31 March 2021</strong>" in text


def test_award_vary_end_moves_it_and_shows_the_new_return(client, world):
    award = make.live_award(world)
    client.force_login(world.officer)

    response = client.post(address(award), POSTED, follow=True)

    assert Award.objects.get(pk=award.pk).ends_on == NEXT_YEAR
    assert "The recipient has been told." in response.text
    assert "Return for an extension to" in response.text
    assert "Award extended: it ends on" in response.text


def test_award_vary_end_says_what_is_wrong_and_keeps_what_was_typed(client, world):
    award = make.live_award(world)
    client.force_login(world.officer)

    response = client.post(address(award), {**POSTED, "ends_on": "2020-03-31"})

    assert "The award must end after the day it starts, 1 April 2020." in response.text
    assert "The office extends it" in response.text
    assert Award.objects.get(pk=award.pk).ends_on == date(2021, 3, 31)


def test_award_vary_end_waits_for_acceptance(client, world):
    award = make.offered_award(world)
    client.force_login(world.officer)

    response = client.get(address(award), follow=True)

    assert "Only an award whose terms are accepted can end on another day." in response.text
