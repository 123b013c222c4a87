"""Conditions met by rows, release, withholding, payment, repayment (C4, X2)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from grants.actions import instalments
from grants.enums import Direction, InstalmentStatus
from grants.models import Instalment
from grants.queries import money
from records.enums import ObligationKind
from records.models import Event, Notice, Obligation
from records.refusals import Refused
from tests.make import awards as make
from tests.make import frozen

pytestmark = pytest.mark.django_db


def told(rule):
    return set(Notice.objects.filter(rule=rule).values_list("person__email", flat=True))


def test_release_instalment_moves_money_once_and_tells(world):
    award = make.released_award(world)

    row = make.instalment(award)
    assert (row.status, row.released_at, row.released_by) == (
        InstalmentStatus.RELEASED, make.RELEASED_AT, world.finance,
    )  # fmt: skip
    assert money.money_of(award).released == Decimal("5000")
    assert told("instalment_released_1") == {world.maidstone_lead.email, world.maidstone_signatory.email}
    with pytest.raises(Refused, match="already been released"):
        instalments.release_instalment(instalment=row, by=world.finance, at=make.RELEASED_AT)
    assert Event.objects.filter(verb="released").count() == 1


def test_meet_condition_refuses_a_row_that_does_not_fit(world):
    award = make.live_award(world)

    with pytest.raises(Refused, match="Only a satisfactory return"):
        instalments.meet_condition(
            award=award, condition="MID_YEAR_SATISFACTORY", row=award.acceptance, by=world.officer, at=make.RELEASED_AT
        )

    assert make.instalment(award, 2).condition_met_at is None


def test_confirm_condition_is_met_by_the_officer_s_own_line_of_the_log(world):
    frozen.thaw()
    world.csp_rules.instalment_rules.filter(number=2, for_tactical=False).update(condition="OFFICER_CONFIRMED")
    award = make.live_award(world)

    row = instalments.confirm_condition(
        instalment=make.instalment(award, 2), evidence="Insurance seen", by=world.officer, at=make.RELEASED_AT
    )

    event = Event.objects.get(verb="condition_confirmed")
    assert (row.condition_row_type, row.condition_row_id) == ("records.Event", event.pk)
    assert (event.reason, event.by) == ("Insurance seen", world.officer)
    at = make.RELEASED_AT.replace(month=11)
    assert instalments.release_instalment(instalment=row, by=world.finance, at=at).status == "RELEASED"


def test_withhold_instalment_then_resume_keeps_both_reasons(world):
    award = make.live_award(world)
    given = {"by": world.finance, "at": make.RELEASED_AT}

    held = instalments.withhold_instalment(instalment=make.instalment(award), reason="A concern", **given)
    assert (held.status, held.held_reason) == (InstalmentStatus.WITHHELD, "A concern")
    back = instalments.resume_instalment(instalment=held, reason="Settled", **given)

    assert (back.status, back.held_reason) == (InstalmentStatus.SCHEDULED, "")
    assert [row.reason for row in Event.objects.filter(verb__in=["withheld", "resumed"]).order_by("pk")] == [
        "A concern",
        "Settled",
    ]
    assert world.maidstone_lead.email in told("instalment_withheld_1")


@pytest.mark.parametrize("act", [instalments.withhold_instalment, instalments.resume_instalment])
def test_withhold_and_resume_without_a_reason_are_refused(world, act):
    row = make.instalment(make.live_award(world))
    if act is instalments.resume_instalment:
        row = instalments.withhold_instalment(instalment=row, reason="R", by=world.finance, at=make.RELEASED_AT)

    with pytest.raises(Refused, match="Give the reason"):
        act(instalment=row, reason=" ", by=world.finance, at=make.RELEASED_AT)


def test_mark_paid_records_day_and_reference(world):
    row = make.instalment(make.paid_award(world))

    assert (row.status, row.paid_on, row.payment_reference, row.paid_by) == (
        InstalmentStatus.PAID, date(2020, 4, 3), "BACS 1", world.finance,
    )  # fmt: skip


def test_request_repayment_is_owed_by_the_payee_until_it_is_recorded(world):
    award = make.paid_award(world)
    row = instalments.request_repayment(
        award=award, amount=Decimal("156"), reason="Unspent", by=world.finance, at=make.TACTICAL_AT
    )
    owed = Obligation.objects.open().get(kind=ObligationKind.REPAYMENT)
    assert (row.direction, row.amount, owed.organisation, owed.due_on) == (
        Direction.IN, Decimal("156"), world.council, date(2020, 7, 29),
    )  # fmt: skip
    assert money.money_of(award).returned == 0

    at = make.TACTICAL_AT + timedelta(days=9)
    instalments.record_repayment(
        instalment=row, received_on=at.date(), payment_reference="IN 1", by=world.finance, at=at
    )

    sums = money.money_of(award)
    assert (sums.paid, sums.called_back, sums.returned) == (Decimal("5000"), Decimal("156"), Decimal("156"))
    assert not Obligation.objects.open().filter(kind=ObligationKind.REPAYMENT).exists()
    assert world.maidstone_lead.email in told("repayment_received_3")


def test_request_repayment_twice_at_once_is_owed_twice(world):
    award = make.paid_award(world)
    for amount in ("100", "56"):
        instalments.request_repayment(
            award=award, amount=Decimal(amount), reason="Unspent", by=world.finance, at=make.TACTICAL_AT
        )

    assert Obligation.objects.open().filter(kind=ObligationKind.REPAYMENT).count() == 2


def test_record_repayment_in_part_leaves_the_rest_asked_for(world):
    award = make.paid_award(world)
    row = instalments.request_repayment(
        award=award, amount=Decimal("156"), reason="Unspent", by=world.finance, at=make.TACTICAL_AT
    )
    at = make.TACTICAL_AT + timedelta(days=9)
    came = {"received_on": at.date(), "payment_reference": "IN 1", "by": world.finance, "at": at}

    instalments.record_repayment(instalment=row, amount=Decimal("100.50"), **came)

    rest = award.instalments.get(number=4)
    assert (row.pk, rest.status, rest.amount, rest.due_on) == (
        award.instalments.get(number=3).pk, InstalmentStatus.RELEASED, Decimal("55.50"), row.due_on,
    )  # fmt: skip
    sums = money.money_of(award)
    assert (sums.called_back, sums.returned) == (Decimal("156"), Decimal("100.50"))
    owed = Obligation.objects.open().get(kind=ObligationKind.REPAYMENT)
    assert (owed.period, owed.title) == ("repayment 4", f"Repay £55.50 of {award.title}")
    assert Event.objects.get(verb="repaid").summary == (
        "Repayment of £100.50 received on 10 July 2020; £55.50 of £156 still to come"
    )
    with pytest.raises(Refused, match=r"Only £55\.50 of this repayment is still to come"):
        instalments.record_repayment(instalment=rest, amount=Decimal("56"), **came)
    instalments.record_repayment(instalment=rest, **came)
    assert money.money_of(award).returned == Decimal("156")
    assert not Obligation.objects.open().filter(kind=ObligationKind.REPAYMENT).exists()


def test_a_repayment_is_not_cut_without_its_rest(world):
    award = make.paid_award(world)
    row = instalments.request_repayment(
        award=award, amount=Decimal("156"), reason="Unspent", by=world.finance, at=make.TACTICAL_AT
    )

    with pytest.raises(DatabaseError, match="the rest of a repayment stays asked for"), transaction.atomic():
        Instalment.objects.filter(pk=row.pk).update(
            amount=1, status="PAID", paid_on=make.TACTICAL_AT.date(), paid_by=world.finance
        )
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="the sum of an instalment stays as it was offered"), transaction.atomic():
        Instalment.objects.filter(pk=row.pk).update(amount=1)
