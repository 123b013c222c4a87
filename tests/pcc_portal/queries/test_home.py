"""Who finds what on their home page."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from grants.actions import awards, instalments
from pcc_portal.queries import home
from pcc_portal.queries.owed import obligations_of
from tests.make import awards as make

pytestmark = pytest.mark.django_db
ON = date(2020, 3, 20)


def piles(user, on=ON):
    return {pile.heading: pile.count for pile in home.work_for(user, on)}


def test_work_of_a_submitted_case_is_the_officers():
    world = make.world()
    make.submitted_case(world)

    assert piles(world.officer) == {"Read new business cases": 1}
    assert piles(world.pcc) == {}
    assert piles(world.maidstone_lead) == {}


def test_work_of_a_case_awaiting_decision_is_the_deciders():
    world = make.world()
    make.awaiting_decision(world, ("1000", "2000"))

    [pile] = home.work_for(world.pcc, ON)

    assert pile.heading == "Decide"
    assert pile.jobs[0].detail.endswith("2 projects to decide")
    assert piles(world.finance) == {}


def test_work_of_an_award_moves_from_officer_to_signatory_to_finance():
    world = make.world()
    make.made_award(world)
    assert "Offer" in piles(world.officer)
    assert piles(world.maidstone_signatory) == {}


def test_work_of_an_offer_is_the_payees_signatory():
    world = make.world()
    make.offered_award(world)

    assert piles(world.maidstone_signatory) == {"Accept terms": 1}
    assert piles(world.swale_signatory) == {}


def test_work_of_a_live_award_is_to_release():
    world = make.world()
    make.live_award(world)

    assert piles(world.finance) == {"Release": 1}


def test_owed_by_shows_only_the_own_organisation():
    world = make.world()
    make.offered_award(world)

    mine = [row.kind for row in home.owed_by(world.maidstone_lead, ON)]
    strangers = [row.kind for row in home.owed_by(world.swale_lead, ON)]

    assert "RETURN" in mine
    assert strangers == ["BUSINESS_CASE"]


def test_coming_up_leaves_out_what_is_far_away_but_never_shows_an_empty_list():
    world = make.world()
    make.offered_award(world)
    near, far = home.coming_up(world.maidstone_lead, ON), home.owed_by(world.maidstone_lead, ON)

    assert near == [row for row in far if row.due_on <= ON + home.AHEAD]
    assert 0 < len(near) < far.count()
    long_ago = ON - timedelta(days=1000)
    assert home.coming_up(world.maidstone_lead, long_ago) == [far.first()]


def test_work_of_money_asked_back_is_the_finance_officers():
    world = make.world()
    award = make.paid_award(world)
    instalments.request_repayment(
        award=award, amount=Decimal("156"), reason="Not spent", by=world.finance, at=make.RELEASED_AT
    )

    assert piles(world.finance) == {"Money to come back": 1}


def test_owed_tells_nobody_of_an_award_that_is_still_in_the_office():
    world = make.world()
    award = make.made_award(world)
    of_award = {"subject_type": "grants.Award", "subject_id": award.pk}

    assert home.owed_by(world.maidstone_lead, ON).filter(**of_award).count() == 0
    assert obligations_of(world.officer).filter(**of_award).count() > 0

    awards.offer_award(award=award, by=world.officer, at=make.OFFERED_AT)

    assert home.owed_by(world.maidstone_lead, ON).filter(**of_award, kind="RETURN").count() > 0
