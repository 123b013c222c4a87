"""Whether the law asks for a notice before an extension, with its working; unknown facts give no answer (S2)."""

from datetime import date
from decimal import Decimal

import pytest

from services.models import Contract, ContractValue, ExtensionOption
from services.queries.change_notices import ADVICE, notice_need
from services.queries.extensions import months_between, value_of

YEAR = {"starts_on": date(2022, 4, 1), "ends_on": date(2023, 3, 31), "amount": Decimal("250000")}
SHORT = {"starts_on": date(2022, 4, 1), "ends_on": date(2022, 9, 30), "amount": Decimal("100000")}
OPEN_2023 = {"regime": "PA2023", "light_touch": False, "below_threshold": False}


class Rows(list):
    def all(self):
        return self


def contract(*, values=(), **facts):
    """A contract 3 + 1 + 1 + 1 from 1 April 2019, unsaved."""
    made = Contract(pk=1, starts_on=date(2019, 4, 1), initial_months=36, **facts)
    options = Rows(ExtensionOption(number=number, months=12) for number in (1, 2, 3))
    made._prefetched_objects_cache = {"options": options, "values": Rows(values)}
    return made


@pytest.mark.parametrize(
    ("facts", "outcome", "days", "needed", "said"),
    [
        ({}, "DECLINE", YEAR, False, "The contract is not extended, so nothing in it changes"),
        ({}, "OFFER", YEAR, None, "Fill in the law the contract was let under."),
        ({"regime": "PCR2015"}, "OFFER", YEAR, False, "regulation 72(1)(a)"),
        ({"regime": "PCR2015"}, "OUTSIDE", YEAR, None, "Fill in whether the contract is below the threshold."),
        ({"regime": "PCR2015", "below_threshold": True}, "OUTSIDE", YEAR, False, "regulation 72 does not reach it"),
        ({"regime": "PCR2015", "below_threshold": False}, "OUTSIDE", YEAR, True, "Regulation 72(3) asks for a notice"),
        ({"regime": "PA2023"}, "OFFER", YEAR, None, "Fill in whether the contract is a light touch contract."),
        ({"regime": "PA2023", "light_touch": True}, "OFFER", YEAR, False, "section 75 leaves it out"),
        ({"regime": "PA2023", "light_touch": False}, "OFFER", YEAR, None, "Fill in whether the contract is below"),
        ({**OPEN_2023, "below_threshold": True}, "OFFER", YEAR, False, "section 74 lets it change"),
        (OPEN_2023, "OFFER", YEAR, True, "Term: 12 months more, of a longest term of 72 months, is 16.7%."),
        (OPEN_2023, "OFFER_SHORTER", SHORT, None, "Fill in the estimated value of the contract"),
        ({**OPEN_2023, "estimated_value": Decimal("1500000")}, "OFFER_SHORTER", {**SHORT, "amount": None}, None,
         "Fill in the value of the extension"),
        ({**OPEN_2023, "estimated_value": Decimal("1500000")}, "OFFER_SHORTER", SHORT, False,
         "Value: £100,000.00 more, of an estimated £1,500,000.00, is 6.7%."),
        ({**OPEN_2023, "estimated_value": Decimal("999999.99")}, "OFFER_SHORTER", SHORT, False, "is 10.0%."),
        ({**OPEN_2023, "estimated_value": Decimal("900000")}, "OFFER_SHORTER", SHORT, True, "is 11.1%."),
    ],
)  # fmt: skip
def test_notice_need_says_whether_and_why(facts, outcome, days, needed, said):
    found = notice_need(contract(**facts), outcome=outcome, **days)

    assert found.needed is needed
    assert said in found.words
    assert found.words.endswith(ADVICE)
    assert found.answer == {True: "A notice is needed", False: "No notice is needed", None: "Cannot be said"}[needed]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "months"),
    [
        (date(2022, 4, 1), date(2023, 3, 31), Decimal(12)),
        (date(2022, 4, 1), date(2022, 4, 15), Decimal("0.5")),
        (date(2020, 2, 29), date(2021, 2, 27), Decimal(12)),
        (date(2022, 1, 31), date(2022, 2, 27), Decimal(1)),
    ],
)
def test_months_between_counts_months_then_days(starts_on, ends_on, months):
    assert months_between(starts_on, ends_on) == months


def test_value_of_takes_the_values_of_the_periods_where_they_cover_every_day():
    values = [
        ContractValue(starts_on=date(2022, 4, 1), ends_on=date(2022, 9, 30), amount=Decimal("90000")),
        ContractValue(starts_on=date(2022, 10, 1), ends_on=date(2023, 3, 31), amount=Decimal("110000")),
    ]
    made = contract(values=values, annual_value=Decimal("250000"))

    assert value_of(made, date(2022, 4, 1), date(2023, 3, 31)) == Decimal("200000.00")
    assert value_of(made, date(2022, 10, 1), date(2022, 12, 31)) == Decimal("55604.40")
    assert value_of(made, date(2023, 4, 1), date(2024, 3, 31)) == Decimal("250000.00")
    assert value_of(made, date(2023, 1, 1), date(2023, 6, 30)) == Decimal("125000.00")


def test_value_of_is_unknown_where_no_source_says():
    values = [ContractValue(starts_on=date(2022, 4, 1), ends_on=date(2023, 3, 31), amount=None)]

    assert value_of(contract(values=values), date(2022, 4, 1), date(2023, 3, 31)) is None
