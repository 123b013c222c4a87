"""Pages of contracts: what each person sees, sorting, CSV, and the date of a decision."""

import csv
import io
from decimal import Decimal

import pytest

from records.models import Obligation
from tests.make import accounts as make_accounts
from tests.make import plans as make_plans
from tests.make import services as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def world():
    cast = make_accounts.cast()
    return cast, make_plans.plan(cast)


@pytest.mark.parametrize("count", [1, 3])
def test_contract_list_asks_the_database_the_same_for_one_row_and_three(
    client, world, count, django_assert_num_queries
):
    cast, plan = world
    for number in range(count):
        make.contract(cast, plan, key=f"c{number}")
    client.force_login(cast.officer)

    with django_assert_num_queries(11):
        response = client.get("/contracts/")

    assert response.content.count(b">CT-2019-") == count
    assert b"30 September 2021" in response.content


def test_contract_list_shows_a_provider_its_own_only(client, world):
    cast, plan = world
    make.contract(cast, plan)
    make.contract(cast, plan, key="other", provider=cast.yot, name="Another service")
    client.force_login(cast.provider_lead)

    response = client.get("/contracts/")

    assert b"Support service" in response.content
    assert b"Another service" not in response.content


def test_contract_list_says_not_published_for_an_unknown_value(client, world):
    cast, plan = world
    make.contract(cast, plan, annual_value=None, provider=None)
    client.force_login(cast.officer)

    response = client.get("/contracts/")

    assert response.content.decode().lower().count("not published") == 2


def test_contract_list_filters_and_survives_nonsense(client, world):
    cast, plan = world
    make.contract(cast, plan)
    make.contract(cast, plan, key="other", name="Advocacy")
    client.force_login(cast.officer)

    found = client.get("/contracts/", {"words": "advoc", "sort": "-value", "page": "99"})
    nonsense = client.get("/contracts/", {"status": "x", "stream": "y", "sort": "provider__pk", "page": "x"})

    assert (b"Advocacy" in found.content, b"Support service" in found.content) == (True, False)
    assert nonsense.status_code == 200


def test_contract_list_as_csv_is_safe_and_whole(client, world):
    cast, plan = world
    make.contract(cast, plan, name="=1+1", annual_value=Decimal("250000.50"))
    client.force_login(cast.officer)

    response = client.get("/contracts/", {"format": "csv"})

    [head, row] = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    cells = dict(zip(head, row, strict=True))
    assert cells["Contract"] == "'=1+1"
    assert cells["Annual value in pounds"] == "250000.50"
    assert cells["Next decision by"] == "2021-09-30"
    assert cells["Latest possible end"] == "2025-03-31"


def test_contract_show_has_dates_options_and_history(client, world, django_assert_num_queries):
    cast, plan = world
    contract = make.contract(
        cast,
        plan,
        options=[{"status": "TAKEN_UP", "inferred": True}, {"notice_months": 6}, {}],
        additional_services=[{"name": "Stalking advocacy", "state": "DELIVERED", "source": "The plan"}],
    )
    client.force_login(cast.officer)

    with django_assert_num_queries(28):
        text = client.get(contract.get_absolute_url()).content.decode()

    for words in (
        "31 March 2022",
        "31 March 2023",
        "31 March 2025",
        "30 September 2022",
        "Inferred: no source states it",
        "Stalking advocacy",
        "6 months’ notice before 1 April 2023",
        "£250,000",
        "Contract entered: Support service",
    ):
        assert words in text


def test_contract_show_says_when_no_date_is_known(client, world):
    cast, plan = world
    contract = make.contract(cast, plan, options=[{}])
    client.force_login(cast.officer)

    text = client.get(contract.get_absolute_url()).content.decode()

    assert "there is no date to remind of" in text


@pytest.mark.parametrize(
    ("person", "status"), [("provider_lead", 200), ("swale_lead", 404), ("maidstone_signatory", 404)]
)
def test_contract_show_answers_each_person(client, world, person, status):
    cast, plan = world
    contract = make.contract(cast, plan)
    client.force_login(getattr(cast, person))

    assert client.get(contract.get_absolute_url()).status_code == status


POSTED = {
    "notice_months": "3",
    "printed_window": "",
    "window_starts_on_day": "",
    "window_starts_on_month": "",
    "window_starts_on_year": "",
    "window_ends_on_day": "",
    "window_ends_on_month": "",
    "window_ends_on_year": "",
    "reason": "As the contract says",
}


def test_option_edit_moves_the_date(client, world):
    cast, plan = world
    contract = make.contract(cast, plan)
    client.force_login(cast.officer)

    response = client.post(f"{contract.get_absolute_url()}options/1/", POSTED, follow=True)

    assert b"The date of option 1 is saved" in response.content
    assert Obligation.objects.get().due_on.isoformat() == "2021-12-31"


def test_option_edit_keeps_what_was_typed_and_says_what_is_wrong(client, world):
    cast, plan = world
    contract = make.contract(cast, plan)
    client.force_login(cast.officer)

    wrong = {**POSTED, "notice_months": "37", "reason": "", "window_starts_on_day": "31", "window_starts_on_month": "2",
             "window_starts_on_year": "2021", "printed_window": "autumn"}  # fmt: skip
    text = client.post(f"{contract.get_absolute_url()}options/1/", wrong).content.decode()

    assert "Error:" in text and "must be a real date" in text
    assert 'value="37"' in text and 'value="autumn"' in text
    assert Obligation.objects.get().due_on.isoformat() == "2021-09-30"


def test_option_edit_of_a_settled_option_is_a_sentence(client, world):
    cast, plan = world
    contract = make.contract(cast, plan, options=[{"status": "TAKEN_UP"}])
    client.force_login(cast.officer)

    response = client.get(f"{contract.get_absolute_url()}options/1/", follow=True)

    assert "This option is settled (taken up)" in response.content.decode()


@pytest.mark.parametrize(("person", "status"), [("pcc", 403), ("provider_lead", 403)])
def test_option_edit_is_for_officers(client, world, person, status):
    cast, plan = world
    contract = make.contract(cast, plan)
    client.force_login(getattr(cast, person))

    assert client.post(f"{contract.get_absolute_url()}options/1/", POSTED).status_code == status


def test_contract_pages_do_not_call_a_day_overdue_that_had_passed_when_it_was_entered(client, world):
    cast, plan = world
    contract = make.contract(cast, plan, at=make.AT.replace(year=2024))
    client.force_login(cast.officer)

    in_list = client.get("/contracts/").content.decode()
    alone = client.get(contract.get_absolute_url()).content.decode()

    assert "passed before it was entered" in in_list
    assert "That day had passed when it was entered here" in alone
    assert "overdue" not in in_list + alone


def test_contract_pages_call_a_day_overdue_that_was_missed(client, world):
    cast, plan = world
    contract = make.contract(cast, plan)
    client.force_login(cast.officer)

    assert "overdue" in client.get(contract.get_absolute_url()).content.decode()
