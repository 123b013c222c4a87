"""Payments on screen: the list, release, withholding, payment, repayment."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from grants.enums import InstalmentStatus
from grants.models import Instalment
from tests.make import awards as make
from tests.make import frozen

pytestmark = pytest.mark.django_db


def page(client, user, name, *args, **data):
    client.force_login(user)
    address = reverse(f"grants:{name}", args=args)
    return client.post(address, data, follow=True) if data else client.get(address)


@pytest.mark.parametrize("awards", [1, 3])
def test_payment_list_reads_the_same_number_of_queries(client, world, awards, django_assert_num_queries):
    make.live_award(world)
    if awards == 3:
        make.offered_award(world, organisation=world.swale)
        make.tactical_line(world)
    client.force_login(world.finance)

    with django_assert_num_queries(7):
        response = client.get(reverse("grants:payment_list"))

    assert response.context["count"] == (2 if awards == 1 else 5)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("ready", [1]),
        ("waiting", [2]),
        ("withheld", []),
        ("released", []),
        ("paid", []),
        ("repayment", []),
        ("nonsense", [1, 2]),
    ],
)
def test_payment_list_by_state(client, world, state, expected):
    make.live_award(world)
    client.force_login(world.finance)

    response = client.get(reverse("grants:payment_list"), {"state": state})

    assert [row.number for row in response.context["page_obj"]] == expected


def test_payment_list_says_why_each_waits_and_adds_up(client, world):
    make.released_award(world)

    response = page(client, world.finance, "payment_list")

    figures = {row["state"]: (row["count"], row["total"]) for row in response.context["figures"]}
    assert "Waits for this condition: satisfactory mid-year return." in response.text
    assert figures["released"] == (1, 5000)
    assert figures["waiting"] == (1, 5000)
    assert figures["ready"] == (0, 0)


def test_payment_list_as_csv_names_payee_and_sum(client, world):
    make.live_award(world)
    client.force_login(world.finance)

    response = client.get(reverse("grants:payment_list"), {"state": "ready", "format": "csv"})

    rows = response.content.decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert "Maidstone Borough Council" in rows[1]
    assert "5000.00" in rows[1]


def test_payment_list_is_for_the_office(client, world):
    assert page(client, world.maidstone_lead, "payment_list").status_code == 403


def test_instalment_release_then_payment(client, world):
    award = make.live_award(world)

    released = page(client, world.finance, "instalment_release", award.reference, 1, go="1")
    again = page(client, world.finance, "instalment_release", award.reference, 1, go="1")
    today = timezone.localdate()
    future = page(
        client, world.finance, "instalment_pay", award.reference, 1,
        paid_on=(today + timedelta(days=1)).isoformat(), payment_reference="BACS 9",
    )  # fmt: skip
    page(client, world.finance, "instalment_pay", award.reference, 1, paid_on=today.isoformat(), payment_reference="B9")

    row = Instalment.objects.get(award=award, number=1)
    assert "Instalment 1 of" in released.text
    assert "This instalment has already been released." in again.text
    assert "paid_on" in future.context["form"].errors
    assert (row.status, row.payment_reference) == (InstalmentStatus.PAID, "B9")


def test_instalment_release_is_for_finance_alone(client, world):
    award = make.live_award(world)

    for user in (world.officer, world.pcc, world.maidstone_lead, world.auditor):
        assert page(client, user, "instalment_release", award.reference, 1, go="1").status_code == 403
    assert Instalment.objects.get(award=award, number=1).status == InstalmentStatus.SCHEDULED


def test_instalment_withhold_and_resume_with_reasons(client, world):
    award = make.live_award(world)

    page(client, world.finance, "instalment_withhold", award.reference, 1, reason="Bank details unclear")
    shown = page(client, world.maidstone_lead, "award_show", award.reference)
    page(client, world.finance, "instalment_resume", award.reference, 1, reason="Bank details confirmed")

    assert "Withheld: Bank details unclear" in shown.text
    assert Instalment.objects.get(award=award, number=1).status == InstalmentStatus.SCHEDULED


def test_repayment_request_and_record(client, world):
    award = make.paid_award(world)

    above = page(client, world.finance, "repayment_request", award.reference, amount="5000.01", reason="Unspent")
    page(client, world.finance, "repayment_request", award.reference, amount="156", reason="Unspent")
    today = timezone.localdate().isoformat()
    page(client, world.finance, "repayment_record", award.reference, 3, paid_on=today, payment_reference="IN 1")

    row = Instalment.objects.get(award=award, number=3)
    assert above.context["form"].errors == {"amount": ["Sum to be repaid must be £5,000 or less"]}
    assert (row.direction, row.amount, row.status) == ("IN", 156, InstalmentStatus.PAID)
    assert "Repayment of £156" in page(client, world.maidstone_lead, "award_show", award.reference).text


def test_instalment_confirm_by_an_officer_with_evidence(client, world):
    frozen.thaw()
    world.csp_rules.instalment_rules.filter(number=2, for_tactical=False).update(condition="OFFICER_CONFIRMED")
    award = make.live_award(world)

    empty = page(client, world.officer, "instalment_confirm", award.reference, 2, evidence="")
    page(client, world.officer, "instalment_confirm", award.reference, 2, evidence="Insurance seen on 3 April")

    row = Instalment.objects.get(award=award, number=2)
    assert "evidence" in empty.context["form"].errors
    assert (row.condition_row_type, row.condition_met_at is not None) == ("records.Event", True)
    assert page(client, world.finance, "instalment_confirm", award.reference, 2).status_code == 403
