"""The money of a contract: what is known, what is not, what is paid and what is left."""

from datetime import date
from decimal import Decimal

import pytest

from services import queries
from services.models import ContractPayment, ContractValue
from tests.make import accounts as make_accounts
from tests.make import plans as make_plans
from tests.make import services as make

pytestmark = pytest.mark.django_db
ON = date(2020, 10, 1)


@pytest.fixture
def contract():
    cast = make_accounts.cast()
    return make.contract(cast, make_plans.plan(cast))  # 1 April 2019 to 31 March 2022


def value(contract, year, amount, **changes):
    wishes = {"starts_on": date(year, 4, 1), "ends_on": date(year + 1, 3, 31), "source": "The plan"}
    return ContractValue.objects.create(contract=contract, amount=amount and Decimal(amount), **{**wishes, **changes})


def payment(contract, amount, covers_from, **changes):
    return ContractPayment.objects.create(
        contract=contract, amount=Decimal(amount), covers_from=covers_from, covers_to=covers_from, **changes
    )


def spans(money):
    return [(period.starts_on, period.ends_on, period.amount) for period in money.by_period]


def test_money_of_without_values_is_one_unknown_period_of_the_whole_term(contract):
    money = queries.money_of(contract, on=ON)

    assert spans(money) == [(date(2019, 4, 1), date(2022, 3, 31), None)]
    assert (money.value_total, money.value_known, money.values_unknown, money.left) == (None, 0, 1, 0)


def test_money_of_adds_up_what_is_known_and_counts_what_is_not(contract):
    value(contract, 2019, "100.50")
    value(contract, 2021, None)

    money = queries.money_of(contract, on=ON)

    assert spans(money) == [
        (date(2019, 4, 1), date(2020, 3, 31), Decimal("100.50")),
        (date(2020, 4, 1), date(2021, 3, 31), None),
        (date(2021, 4, 1), date(2022, 3, 31), None),
    ]
    assert (money.value_total, money.value_known, money.values_unknown) == (None, Decimal("100.50"), 2)


def test_money_of_leaves_what_lies_beyond_the_agreed_term_out_of_the_total(contract):
    for year in (2019, 2020, 2021, 2022):
        value(contract, year, "100")

    money = queries.money_of(contract, on=ON)

    assert (money.value_total, len(money.by_period), len(money.agreed)) == (Decimal(300), 4, 3)


def test_money_of_does_not_count_an_amount_whose_period_outlasts_the_term(contract):
    value(contract, 2019, "200", ends_on=date(2021, 3, 31))
    value(contract, 2021, "100", ends_on=date(2022, 9, 30))

    money = queries.money_of(contract, on=ON)

    assert [(period.known, period.outlasts) for period in money.by_period] == [(True, False), (False, True)]
    assert (money.value_total, money.value_known, money.values_unknown) == (None, Decimal(200), 1)


def test_money_of_counts_what_is_paid_by_the_day_in_the_period_it_covers(contract):
    for year in (2019, 2020, 2021):
        value(contract, year, "100")
    payment(contract, "25.25", date(2019, 4, 1), paid_on=date(2019, 8, 1))
    payment(contract, "30", date(2020, 4, 1), paid_on=ON)
    payment(contract, "40", date(2020, 7, 1), paid_on=date(2020, 10, 2))
    payment(contract, "50", date(2020, 10, 1))
    payment(contract, "7", date(2018, 10, 1), paid_on=date(2019, 1, 1))

    money = queries.money_of(contract, on=ON)

    assert [period.paid for period in money.by_period] == [Decimal("25.25"), Decimal(30), 0]
    assert [period.left for period in money.by_period] == [Decimal("74.75"), Decimal(70), Decimal(100)]
    assert (money.paid, money.unplaced, money.left) == (Decimal("62.25"), Decimal(7), Decimal("237.75"))


def test_money_of_never_leaves_less_than_nothing_and_says_what_was_paid_beyond_the_value(contract):
    value(contract, 2019, "100", ends_on=date(2022, 3, 31))
    payment(contract, "120", date(2019, 4, 1), paid_on=date(2019, 8, 1))

    money = queries.money_of(contract, on=ON)

    assert (money.left, money.overpaid) == (0, 20)
