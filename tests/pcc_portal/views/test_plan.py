"""The plan and its streams as pages: every total owns up to what it does not know."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.urls import reverse

from grants.actions import awards, importing
from plans.models import CommitmentLine, Plan
from tests.make import accounts, plans
from tests.make import awards as make_awards

AT = make_awards.BEFORE
PLAN_QUERIES, STREAM_QUERIES = 18, 14


@pytest.fixture
def world(db):
    cast = accounts.cast()
    return SimpleNamespace(cast=cast, plan=plans.plan(cast))


@pytest.fixture
def signed_in(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False

    def sign_in(person):
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


def record(world, key, amount, year="2020/21"):
    return awards.import_award(
        key=key, stream=world.plan.csps, recipient=world.cast.maidstone, title=f"Award {key}", period_label=year,
        recorded_amount=None if amount is None else Decimal(amount), source="A page (https://example.org/a)", at=AT,
    )  # fmt: skip


def page_of(client, url):
    return " ".join(client.get(url).content.decode().split())


def test_plan_show_totals_say_what_is_not_published(world, signed_in):
    record(world, "a", "6250")
    record(world, "b", None)
    record(world, "c", "999", year="2019/20")
    CommitmentLine.objects.create(key="post", stream=world.plan.csps, title="A post", year="2020/21", source="A page")

    page = page_of(signed_in(world.cast.officer), reverse("plan_show"))

    assert "at least £6,250 (1 not published)" in page
    assert "not published (1)" in page
    assert "£999" not in page


def test_plan_show_offers_changes_to_officers_alone(world, signed_in):
    change = reverse("plans:funding_source_edit", args=["own"])

    assert change in page_of(signed_in(world.cast.officer), reverse("plan_show"))
    assert change not in page_of(signed_in(world.cast.maidstone_lead), reverse("plan_show"))


def test_plan_show_without_a_plan_says_so(world, signed_in):
    client = signed_in(world.cast.reader)
    for model in (world.plan.csp_rules, world.plan.third_rules, world.plan.csps, world.plan.thirds, world.plan.crg):
        model.delete()
    world.plan.own.delete()
    world.plan.victims.delete()
    Plan.objects.all().delete()

    assert "No plan has been loaded yet." in page_of(client, reverse("plan_show"))


def test_stream_show_lists_rows_by_year_with_their_sources(world, signed_in):
    record(world, "a", "6250")
    record(world, "c", "999.50", year="2019/20")
    past = importing.import_round(
        key="past", stream=world.plan.csps, rule_set=world.plan.csp_rules, name="Past round",
        starts_on=date(2020, 4, 1), ends_on=date(2021, 3, 31), is_recorded=True, source="A page", at=AT,
    )  # fmt: skip
    importing.import_allocation(
        round=past, organisation=world.cast.swale, amount=Decimal("39661"), main_amount=Decimal("26440"),
        tactical_amount=Decimal("13220"), at=AT,
    )  # fmt: skip

    page = page_of(signed_in(world.cast.officer), world.plan.csps.get_absolute_url())

    assert page.index("2020/21</h2>") < page.index("2019/20</h2>")
    assert "£6,250" in page and "£999.50" in page and "£39,661" in page
    assert "Main 26,440, tactical 13,220." in page
    assert 'href="https://example.org/a"' in page


def test_stream_show_keeps_confidential_awards_in_the_office(db, signed_in):
    world = make_awards.world()
    made = make_awards.made_award(world)
    stream = made.stream.get_absolute_url()

    assert made.get_absolute_url() in page_of(signed_in(world.officer), stream)
    outside = page_of(signed_in(world.swale_lead), stream)
    assert made.get_absolute_url() not in outside
    assert made.title not in outside


@pytest.mark.parametrize("rows", [1, 3])
def test_plan_show_asks_the_same_questions_for_any_number_of_rows(world, signed_in, rows, django_assert_num_queries):
    for number in range(rows):
        record(world, f"award-{number}", "10")
    client = signed_in(world.cast.officer)
    client.get(reverse("plan_show"))

    with django_assert_num_queries(PLAN_QUERIES):
        client.get(reverse("plan_show"))


@pytest.mark.parametrize("rows", [1, 3])
def test_stream_show_asks_the_same_questions_for_any_number_of_rows(world, signed_in, rows, django_assert_num_queries):
    for number in range(rows):
        record(world, f"award-{number}", "10")
    client = signed_in(world.cast.officer)
    client.get(world.plan.csps.get_absolute_url())

    with django_assert_num_queries(STREAM_QUERIES):
        client.get(world.plan.csps.get_absolute_url())
