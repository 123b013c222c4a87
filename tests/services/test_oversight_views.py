"""Pages of the oversight register."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from records.models import Document
from services.models import OversightActivity, OversightCheck
from tests.make import accounts as make_accounts
from tests.make import oversight as make
from tests.make import plans as make_plans
from tests.make import services as make_services

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "Night bus wardens", "stream": "csps", "funding_source": "", "purpose": "Safer ways home", "area": "Kent",
    "cohort": "", "provider": "", "provider_name": "To be found", "amount": "1,500", "starts_on": "2021-01-04",
    "ends_on": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def one_factor(settings, tmp_path):
    settings.SECOND_FACTOR_REQUIRED = False
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def cast():
    return make_accounts.cast()


@pytest.fixture
def plan(cast):
    return make_plans.plan(cast)


@pytest.fixture
def officer(client, cast, plan):
    client.force_login(cast.officer)
    return client


@pytest.mark.parametrize("count", [1, 3])
def test_oversight_list_asks_the_same_for_one_row_and_three(officer, cast, plan, count, django_assert_num_queries):
    for number in range(count):
        make.activity(cast, plan, checked=number)

    with django_assert_num_queries(9):
        page = officer.get("/oversight/").content.decode()

    assert page.count(">OA-2020-") == count
    assert "0 of 4 met" in page


def test_oversight_list_as_csv_names_what_is_missing(officer, cast, plan):
    make.activity(cast, plan, checked=3, amount=None)

    lines = officer.get("/oversight/?format=csv").content.decode().splitlines()

    assert "Opportunity to work together" in lines[1]
    assert ",,2020-09-01" in lines[1]


def test_oversight_new_enters_an_activity(officer, plan):
    stream = plan.csps.key

    answer = officer.post("/oversight/new/", {**TYPED, "stream": stream})

    activity = OversightActivity.objects.get()
    assert (answer.status_code, answer.url) == (302, activity.get_absolute_url())
    assert (activity.name, activity.amount, activity.provider_name) == ("Night bus wardens", 1500, "To be found")


def test_oversight_new_keeps_what_was_typed_and_says_what_is_wrong(officer, cast, plan):
    wrong = {"stream": plan.csps.key, "provider": cast.provider.pk, "ends_on": "2020-12-01"}

    page = officer.post("/oversight/new/", {**TYPED, **wrong}).content.decode()

    assert "The last day must be on or after the first." in page
    assert "Choose the provider from the list or type its name, not both" in page
    assert "Night bus wardens" in page
    assert not OversightActivity.objects.exists()


def test_oversight_show_says_what_keeps_it_from_going_live(officer, cast, plan, django_assert_num_queries):
    activity = make.activity(cast, plan, checked=3)

    with django_assert_num_queries(11):
        page = officer.get(activity.get_absolute_url()).content.decode()

    assert "Still to be checked: Opportunity to work together." in page
    assert page.count("Not checked yet.") == 1


def test_oversight_check_keeps_what_was_listed_as_funded_near(officer, cast, plan):
    activity = make.activity(cast, plan)
    contract = make_services.contract(cast, plan)
    paper = SimpleUploadedFile("minute.txt", b"Approved.", "text/plain")

    page = officer.get(f"/oversight/{activity.reference}/checks/complementary/").content.decode()
    posted = {"result": "MET", "evidence": "It works with other people.", "upload": paper}
    officer.post(f"/oversight/{activity.reference}/checks/complementary/", posted)

    assert contract.reference in page and activity.reference not in page.split("What is funded near it")[1]
    check = OversightCheck.objects.get()
    why = "Same provider, same funding stream"
    assert check.looked_at == [[contract.reference, "Support service", why]]
    assert officer.get(f"/documents/{check.document_id}/").status_code == 200


def test_oversight_paper_is_not_for_a_provider(client, officer, cast, plan):
    activity = make.activity(cast, plan)
    paper = SimpleUploadedFile("minute.txt", b"Approved.", "text/plain")
    posted = {"result": "MET", "evidence": "Seen", "upload": paper}
    officer.post(f"/oversight/{activity.reference}/checks/governance/", posted)
    client.force_login(cast.provider_lead)

    assert client.get(f"/documents/{Document.objects.get().pk}/").status_code == 404


def test_oversight_live_with_a_check_missing_says_why_not(officer, cast, plan):
    activity = make.activity(cast, plan, checked=3)

    page = officer.post(f"{activity.get_absolute_url()}live/", follow=True).content.decode()

    assert "Nothing goes live with an empty check. Still to be checked: Opportunity to work together." in page
