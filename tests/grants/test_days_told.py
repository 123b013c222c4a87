"""Letters that set a day carry it for a calendar: the offer, changes asked, a moved deadline, money asked back."""

from datetime import timedelta
from decimal import Decimal

import pytest

from grants.actions import instalments, rounds
from records.enums import ObligationKind
from records.models import NoticeDate
from tests.make import awards as make

pytestmark = pytest.mark.django_db


def days(rule):
    """{(person, kind of obligation, day)} told by the letters of a rule."""
    rows = NoticeDate.objects.filter(notice__rule__startswith=rule)
    return set(rows.values_list("notice__person__full_name", "obligation__kind", "due_on"))


def test_offer_and_repayment_set_their_days():
    world = make.world()
    award = make.paid_award(world)
    [accept_by] = {due_on for _, _, due_on in days("award_offered")}
    assert days("award_offered") == {
        (name, ObligationKind.ACCEPTANCE, accept_by) for name in ("Lee Lead", "Sig Natory")
    }

    row = instalments.request_repayment(
        award=award, amount=Decimal("100"), reason="Unspent", by=world.finance, at=make.TACTICAL_AT
    )

    assert days("repayment_requested") == {
        (name, ObligationKind.REPAYMENT, row.due_on) for name in ("Lee Lead", "Sig Natory")
    }


def test_opening_and_moving_a_deadline_set_its_day():
    world = make.world()
    was = world.round.deadline_on
    assert ("Lee Lead", ObligationKind.BUSINESS_CASE, was) in days("round_opened")

    rounds.move_deadline(
        round=world.round, deadline_on=was + timedelta(days=7), reason="Snow", by=world.officer, at=make.BEFORE
    )

    assert {due_on for _, _, due_on in days("deadline_moved")} == {was + timedelta(days=7)}
    assert ("Lee Lead", ObligationKind.BUSINESS_CASE, was + timedelta(days=7)) in days("deadline_moved")
