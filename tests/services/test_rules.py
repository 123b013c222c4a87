"""Every sentence of the rules of contracts, once."""

from datetime import date

import pytest

from services import rules
from services.enums import ContractStatus, OptionStatus
from tests.make import accounts as make_accounts
from tests.make import plans as make_plans
from tests.make import services as make

ON = date(2020, 4, 7)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("person", "contract_status", "option_status", "sentence"),
    [
        ("officer", "LIVE", "AVAILABLE", ""),
        ("head", "LIVE", "AVAILABLE", ""),
        ("pcc", "LIVE", "AVAILABLE", rules.NOT_YOURS),
        ("finance", "LIVE", "AVAILABLE", rules.NOT_YOURS),
        ("provider_lead", "LIVE", "AVAILABLE", rules.NOT_YOURS),
        ("officer", "ENDED", "AVAILABLE", "This contract has ended, so there is nothing left to decide."),
        ("officer", "LIVE", "TAKEN_UP", "This option is settled (taken up), so its date stays as it is."),
        ("officer", "LIVE", "LAPSED", "This option is settled (lapsed), so its date stays as it is."),
    ],
)
def test_why_not_set_decide_by(person, contract_status, option_status, sentence):
    cast = make_accounts.cast()
    contract = make.contract(
        cast,
        make_plans.plan(cast),
        status=ContractStatus(contract_status),
        options=[{"status": OptionStatus(option_status)}],
    )

    assert rules.why_not_set_decide_by(contract.options.get(), user=getattr(cast, person), on=ON) == sentence


FIRST, LAST = date(2021, 9, 1), date(2021, 11, 30)


@pytest.mark.parametrize(
    ("notice_months", "first", "last", "sentence"),
    [
        (None, None, None, ""),
        (6, None, None, ""),
        (36, FIRST, LAST, ""),
        (None, FIRST, FIRST, ""),
        (None, FIRST, None, "Give both the first and the last day of the window, or neither."),
        (None, None, LAST, "Give both the first and the last day of the window, or neither."),
        (None, LAST, FIRST, "The last day of the window must be on or after its first day."),
        (37, None, None, "The notice cannot be longer than the first term of the contract."),
    ],
)
def test_why_not_this_window(notice_months, first, last, sentence):
    cast = make_accounts.cast()
    option = make.contract(cast, make_plans.plan(cast)).options.first()

    found = rules.why_not_this_window(option, notice_months=notice_months, window_starts_on=first, window_ends_on=last)

    assert found == sentence
