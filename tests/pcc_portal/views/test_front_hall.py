"""Home and dashboard: what they show, and that they never ask more as rows grow."""

import pytest
from django.test import Client
from django.utils import timezone

from grants.models import BusinessCase
from records.models import Obligation
from tests.make import awards as make

pytestmark = pytest.mark.django_db
HOME_OFFICER, HOME_LEAD, DASHBOARD = 24, 17, 20


@pytest.fixture
def world():
    return make.world()


def signed_in(user):
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def many(world, number):
    """Submitted cases and open obligations by the number."""
    for _ in range(number):
        case = make.submitted_case(world, ("100",), window="TACTICAL", at=make.TACTICAL_AT)
    today = timezone.localdate()
    Obligation.objects.bulk_create(
        Obligation(
            kind="RETURN", subject_type="x", subject_id=n, title=f"Return {n}", organisation=world.maidstone,
            due_on=today, first_due_on=today,
        )
        for n in range(number)
    )  # fmt: skip
    return case


@pytest.mark.parametrize("rows", [1, 3, pytest.param(1000, marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    ("who", "path", "budget"),
    [("officer", "/", HOME_OFFICER), ("maidstone_lead", "/", HOME_LEAD), ("pcc", "/dashboard/", DASHBOARD)],
)
def test_front_hall_asks_no_more_for_more_rows(
    world, rows, who, path, budget, django_assert_max_num_queries, django_assert_num_queries
):
    if rows == 1000:
        one = make.submitted_case(world, ("100",), window="TACTICAL", at=make.TACTICAL_AT)
        copies = [make_copy(one, n) for n in range(999)]
        BusinessCase.objects.bulk_create(copies)
    else:
        many(world, rows)
    client = signed_in(getattr(world, who))

    with django_assert_max_num_queries(budget):
        response = client.get(path)

    assert response.status_code == 200


def make_copy(case, number):
    fields = {f.attname: getattr(case, f.attname) for f in BusinessCase._meta.fields if f.attname != "id"}
    return BusinessCase(**{**fields, "reference": f"BC-2020-X{number}"})


def test_home_tells_a_person_without_a_role_whom_to_ask(world):
    user = world.maidstone_lead
    user.memberships.update(ended_at=timezone.now())

    response = signed_in(user).get("/")

    assert "You do not belong to an organisation here yet" in response.content.decode()


def test_home_shows_what_we_owe_and_when(world):
    make.offered_award(world)

    page = signed_in(world.maidstone_lead).get("/").content.decode()

    assert "What we owe, and when" in page
    assert "Monitoring return" in page


def test_dashboard_figures_open_their_rows(world):
    make.paid_award(world)
    client = signed_in(world.pcc)

    page = client.get("/dashboard/").content.decode()
    rows = client.get("/dashboard/released/", {"stream": "crg-csp"}).content.decode()

    assert "/dashboard/released/?stream=crg-csp" in page
    assert "£5,000" in page
    assert "£5,000" in rows


def test_dashboard_rows_as_csv_are_safe_from_formulas(world):
    award = make.paid_award(world)
    type(award.lines.get()).objects.none()
    world.maidstone.name = "=HYPERLINK(1)"
    world.maidstone.save(update_fields=["name"])

    body = signed_in(world.pcc).get("/dashboard/committed/", {"format": "csv"}).content.decode("utf-8-sig")

    assert "'=HYPERLINK(1)" in body
    assert ",=HYPERLINK" not in body


def test_dashboard_rows_of_an_unknown_figure_are_not_found(world):
    assert signed_in(world.pcc).get("/dashboard/nonsense/").status_code == 404


def test_dashboard_rows_out_of_range_page_is_the_last(world):
    make.paid_award(world)

    assert signed_in(world.pcc).get("/dashboard/committed/", {"page": "999"}).status_code == 200
