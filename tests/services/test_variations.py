"""Agreed changes of a contract: what they change, what follows, and who may agree to them."""

from datetime import UTC, date, datetime

import pytest

from records.actions import record_decision
from records.models import Event
from records.refusals import Refused
from services import actions, queries
from services.models import Contract
from tests.make import accounts as make_accounts
from tests.make import plans as make_plans
from tests.make import services as make

pytestmark = pytest.mark.django_db
AT = datetime(2021, 11, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def cast():
    return make_accounts.cast()


@pytest.fixture
def contract(cast):
    """From 1 April 2019 to 31 March 2022, no option; quarterly returns."""
    return make.reporting_contract(cast, make_plans.plan(cast), options=[])


def outside(contract, cast, **changes):
    decision = record_decision(
        title="Extend", outcome="APPROVED", amount=0, purpose="Support", reason="No gap", by=cast.pcc, at=AT
    )
    wishes = {
        "contract": contract,
        "ends_on": date(2022, 9, 30),
        "reason": "A gap would leave victims without support.",
        "legal_basis": "Regulation 72(1)(b)",
        "decision": decision,
        "second_by": cast.cfo,
        "by": cast.cfo,
        "at": AT,
    }
    return actions.make_outside_terms(**{**wishes, **changes})


def test_make_outside_terms_moves_the_end_and_what_hangs_on_it(contract, cast):
    variation = outside(contract, cast)

    term = queries.term(Contract.objects.get(pk=contract.pk))
    assert (term.ends_on, [period.part for period in term.periods]) == (date(2022, 9, 30), ["INITIAL", "OUTSIDE"])
    assert (variation.status, variation.number, variation.after_options) == ("APPROVED", 1, 0)
    assert (variation.second_approved_by, variation.second_approved_at) == (cast.cfo, AT)
    assert (variation.before, variation.after) == ({"ends_on": "2022-03-31"}, {"ends_on": "2022-09-30"})
    assert queries.returns_owed(contract).order_by("-period_ends_on").first().period_ends_on == date(2022, 9, 30)


def test_make_outside_terms_lets_an_ended_contract_run_on(contract, cast):
    Contract.objects.filter(pk=contract.pk).update(status="ENDED", ended_on=date(2022, 3, 31), ended_reason="Over")

    outside(contract, cast)

    contract.refresh_from_db()
    assert (contract.status, contract.ended_on, contract.ended_reason) == ("LIVE", None, "")
    verbs = Event.objects.filter(subject_type="services.Contract", subject_id=contract.pk).values_list(
        "verb", flat=True
    )
    assert [verb for verb in verbs.order_by("pk") if verb in {"reopened", "varied"}] == ["reopened", "varied"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"reason": " "}, "Say why the contract runs on outside its original terms."),
        ({"legal_basis": ""}, "Name the provision of the law that allows the extension."),
        ({"ends_on": date(2022, 3, 31)}, "The contract runs to 31 March 2022 already. Enter a later day."),
        ({"second_by": None}, "The second approver must be somebody other than the one who decided."),
    ],
)
def test_make_outside_terms_refuses(contract, cast, changes, why):
    with pytest.raises(Refused) as refused:
        outside(contract, cast, **changes)

    assert refused.value.reason == why
    assert not contract.variations.exists()


def test_make_outside_terms_asks_for_another_second_approver_than_who_decided(contract, cast):
    with pytest.raises(Refused) as refused:
        outside(contract, cast, second_by=cast.pcc)

    assert refused.value.reason == "The second approver must be somebody other than the one who decided."
