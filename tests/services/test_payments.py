"""Invoices under a contract: recorded by finance, due in thirty days, paid, disputed; how soon they were paid."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from records.models import Event
from records.refusals import Refused
from services.actions import money as actions
from services.models import ContractPayment
from services.queries import money as queries
from services.rules import money as rules
from tests.make import accounts as make_accounts
from tests.make import plans as make_plans
from tests.make import services as make

pytestmark = pytest.mark.django_db
AT = datetime(2020, 8, 3, 9, 0, tzinfo=UTC)
INVOICE = {
    "invoice": "INV-1", "amount": Decimal("1000.50"), "covers_from": date(2020, 4, 1), "covers_to": date(2020, 6, 30),
    "received_on": date(2020, 7, 6),
}  # fmt: skip


@pytest.fixture
def cast():
    return make_accounts.cast()


@pytest.fixture
def contract(cast):
    return make.contract(cast, make_plans.plan(cast))


def record(cast, contract, **changes):
    return actions.record_invoice(contract=contract, **{**INVOICE, **changes}, by=cast.finance, at=AT)


def test_record_invoice_is_due_thirty_days_after_it_was_received(cast, contract):
    payment = record(cast, contract)

    assert (payment.due_on, payment.paid_on, payment.is_disputed) == (date(2020, 8, 5), None, False)
    event = Event.objects.filter(subject_type="services.Contract").latest("pk")
    assert (event.verb, event.summary, event.by) == (
        "invoice_recorded",
        "Invoice INV-1 of £1,000.50 recorded",
        cast.finance,
    )


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"covers_to": date(2020, 3, 31)}, "The last day it covers must be on or after the first."),
        ({"covers_from": date(2018, 1, 1), "covers_to": date(2018, 2, 1)}, "The contract starts on 1 April 2019"),
        ({"received_on": date(2020, 8, 4)}, "The invoice cannot have been received after today."),
        ({"invoice": "INV-0"}, "Invoice INV-0 is recorded already."),
    ],
)
def test_record_invoice_refuses(cast, contract, changes, why):
    record(cast, contract, invoice="INV-0")

    with pytest.raises(Refused) as refused:
        record(cast, contract, **changes)

    assert refused.value.reason.startswith(why)
    assert ContractPayment.objects.count() == 1


def test_record_invoice_is_for_finance_alone(cast, contract):
    with pytest.raises(Refused) as refused:
        actions.record_invoice(contract=contract, **INVOICE, by=cast.officer, at=AT)

    assert refused.value.reason == rules.NOT_YOURS


def test_a_disputed_invoice_is_paid_only_once_it_is_settled(cast, contract):
    payment = record(cast, contract)
    actions.set_dispute(payment=payment, is_disputed=True, reason="Two hours too many", by=cast.finance, at=AT)

    with pytest.raises(Refused) as refused:
        actions.mark_paid(payment=payment, paid_on=date(2020, 8, 1), by=cast.finance, at=AT)
    actions.set_dispute(payment=payment, is_disputed=False, reason="Credited", by=cast.finance, at=AT)
    paid = actions.mark_paid(payment=payment, paid_on=date(2020, 8, 1), by=cast.finance, at=AT)

    assert refused.value.reason == "This invoice is disputed. Say first that the dispute is settled."
    assert (paid.paid_on, paid.is_disputed) == (date(2020, 8, 1), False)
    told = Event.objects.filter(subject_type="services.Contract").order_by("pk").values_list("verb", flat=True)
    assert list(told)[-3:] == ["disputed", "settled", "paid"]


@pytest.mark.parametrize(
    ("changes", "paid_on", "why"),
    [
        ({}, date(2020, 7, 5), "It was received on 6 July 2020. It cannot have been paid before that."),
        ({}, date(2020, 8, 4), "It cannot have been paid after today."),
        ({"is_recorded": True}, None, "This payment was loaded as a past fact, so it stays as it is."),
        ({"paid_on": date(2020, 8, 1)}, None, "This invoice was paid on 1 August 2020."),
        ({}, date(2020, 7, 6), ""),
    ],
)
def test_why_not_mark_paid(cast, contract, changes, paid_on, why):
    payment = ContractPayment(contract=contract, **{**INVOICE, **changes})

    assert rules.why_not_mark_paid(payment, user=cast.finance, on=date(2020, 8, 3), paid_on=paid_on) == why


def test_why_not_dispute_asks_for_words(cast, contract):
    payment = ContractPayment(contract=contract, **INVOICE)
    asked = {"user": cast.finance, "on": date(2020, 8, 3)}

    assert rules.why_not_dispute(payment, **asked, reason=" ") == "Say what is disputed, or how it was settled."
    assert rules.why_not_dispute(payment, **asked, reason="Hours") == ""
    assert rules.why_not_dispute(payment, user=cast.officer, on=date(2020, 8, 3)) == rules.NOT_YOURS


def test_promptness_counts_by_days_from_receipt(cast, contract):
    paid_on = [date(2020, 8, 5), date(2020, 8, 6), date(2020, 9, 4), date(2020, 9, 5), None]
    payments = [ContractPayment(**{**INVOICE, "invoice": str(day)}, paid_on=day) for day in paid_on]
    payments.append(ContractPayment(**{**INVOICE, "received_on": None}, paid_on=date(2020, 8, 1)))

    found = queries.promptness(payments)

    assert (found.paid, found.within_30, found.within_60, found.later) == (4, 1, 2, 1)
    assert (found.share, found.days) == (Decimal("25.0"), Decimal("45.5"))
    assert queries.promptness([]).share is None


def test_payment_pages_record_pay_and_show_the_share(client, cast, contract, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(cast.finance)
    address = f"/contracts/{contract.reference}/payments/"
    typed = {
        "invoice": "INV-9", "amount": "1,000.50", "received_on": "2020-07-06", "covers_from": "2020-04-01",
        "covers_to": "2020-06-30", "funding_source": "", "note": "",
    }  # fmt: skip

    client.post(f"{address}new/", typed)
    payment = ContractPayment.objects.get()
    wrong = client.post(f"{address}{payment.pk}/paid/", {"paid_on": "2020-07-01"}).content.decode()
    client.post(f"{address}{payment.pk}/paid/", {"paid_on": "2020-07-20"})
    page = client.get(address).content.decode()
    csv = client.get(f"{address}?format=csv").content.decode()

    assert "It cannot have been paid before that." in wrong
    assert "100.0% were paid within 30 days of receipt (1 of 1), on average after 14.0 days." in page
    assert f"{contract.reference},INV-9,1000.50,2020-04-01,2020-06-30,2020-07-06,2020-08-05,2020-07-20,14" in csv


def test_payment_list_shows_the_provider_its_own_without_the_buttons(client, cast, contract, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    record(cast, contract)
    address = f"/contracts/{contract.reference}/payments/"

    client.force_login(cast.provider_lead)
    page = client.get(address).content.decode()
    client.force_login(cast.swale_lead)

    assert "INV-1" in page and "Mark as paid" not in page and "Record an invoice" not in page
    assert client.get(address).status_code == 404
