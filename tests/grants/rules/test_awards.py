"""When an award may be offered, accepted, declined, suspended and closed: every sentence once (X3)."""

from datetime import date, timedelta

import pytest

from grants.actions import awards, instalments
from grants.models import Award
from grants.rules import awards as rules
from records import obligations
from records.enums import ObligationKind
from tests.make import awards as make
from tests.make import frozen

pytestmark = pytest.mark.django_db
ON = date(2020, 4, 6)
NOT_AN_OFFICER = "Only commissioning officers manage awards."


def suspended(world):
    return awards.suspend_award(award=make.live_award(world), reason="R", by=world.officer, at=make.RELEASED_AT)


def declined(world):
    award = make.offered_award(world)
    return awards.decline_award(award=award, reason="R", by=world.maidstone_signatory, at=make.ACCEPTED_AT)


def repaying(world):
    award = make.paid_award(world)
    instalments.request_repayment(award=award, amount=5, reason="R", by=world.finance, at=make.TACTICAL_AT)
    return award


def settled(world, *, returns=True):
    frozen.thaw()
    world.csp_rules.instalment_rules.filter(number=2).delete()
    award = make.paid_award(world)
    if returns:
        obligations.close(award, ObligationKind.RETURN, at=make.TACTICAL_AT, closing="Reviewed")
    return award


def owing_returns(world):
    return settled(world, returns=False)


def empty(world):
    award = make.made_award(world)
    return Award(pk=award.pk + 999, status="MADE", recipient=award.recipient, payee=award.payee)


@pytest.mark.parametrize(
    ("rule", "before", "by", "sentence"),
    [
        (rules.why_not_offer, make.made_award, "officer", ""),
        (rules.why_not_offer, make.made_award, "pcc", NOT_AN_OFFICER),
        (rules.why_not_offer, make.offered_award, "officer", "This award has already been offered."),
        (
            rules.why_not_offer,
            make.recorded_award,
            "officer",
            "This is a recorded past award; nothing is sent about it.",
        ),
        (rules.why_not_offer, empty, "officer", "This award has no approved project yet."),
        (rules.why_not_accept, make.offered_award, "maidstone_signatory", ""),
        (
            rules.why_not_accept,
            make.offered_award,
            "maidstone_lead",
            "Only an authorised signatory of Maidstone Borough Council answers this offer.",
        ),
        (
            rules.why_not_accept,
            make.offered_award,
            "swale_signatory",
            "Only an authorised signatory of Maidstone Borough Council answers this offer.",
        ),
        (rules.why_not_accept, make.made_award, "maidstone_signatory", "This award has not been offered yet."),
        (
            rules.why_not_accept,
            make.live_award,
            "maidstone_signatory",
            "The terms of this award have already been accepted.",
        ),
        (rules.why_not_accept, declined, "maidstone_signatory", "This offer is no longer open."),
        (rules.why_not_decline, make.offered_award, "maidstone_signatory", ""),
        (
            rules.why_not_decline,
            make.live_award,
            "maidstone_signatory",
            "The terms of this award have already been accepted.",
        ),
        (
            rules.why_not_lapse,
            make.offered_award,
            "officer",
            "Maidstone Borough Council has until 22 April 2020 to accept.",
        ),
        (rules.why_not_lapse, make.offered_award, "pcc", NOT_AN_OFFICER),
        (rules.why_not_lapse, make.live_award, "officer", "Only an offer that waits for an answer can lapse."),
        (rules.why_not_suspend, make.live_award, "officer", ""),
        (rules.why_not_suspend, make.live_award, "pcc", NOT_AN_OFFICER),
        (rules.why_not_suspend, suspended, "officer", "Only a live award can be suspended."),
        (rules.why_not_resume, suspended, "officer", ""),
        (rules.why_not_resume, suspended, "pcc", NOT_AN_OFFICER),
        (rules.why_not_resume, make.live_award, "officer", "This award is not suspended."),
        (rules.why_not_end_early, make.live_award, "officer", ""),
        (rules.why_not_end_early, make.live_award, "pcc", NOT_AN_OFFICER),
        (rules.why_not_end_early, suspended, "officer", "Only a live award can be ended early."),
        (
            rules.why_not_end_early,
            make.released_award,
            "officer",
            "A released instalment is on its way. Record its payment first.",
        ),
        (rules.why_not_close, settled, "officer", ""),
        (rules.why_not_close, settled, "pcc", NOT_AN_OFFICER),
        (rules.why_not_close, suspended, "officer", "Only a live award can be closed."),
        (rules.why_not_close, make.live_award, "officer", "Some instalments are neither paid nor cancelled."),
        (rules.why_not_close, repaying, "officer", "A repayment asked for has not been received yet."),
    ],
)
def test_why_not(world, rule, before, by, sentence):
    assert rule(before(world), user=getattr(world, by), on=ON) == sentence


def test_why_not_lapse_from_the_day_after_the_last(world):
    award = make.offered_award(world)

    assert rules.why_not_lapse(award, user=world.officer, on=date(2020, 4, 22)) != ""
    assert rules.why_not_lapse(award, user=world.officer, on=date(2020, 4, 22) + timedelta(days=1)) == ""


def test_why_not_close_while_a_return_is_owed(world):
    award = owing_returns(world)

    assert rules.why_not_close(award, user=world.officer, on=ON) == (
        "Mid-year return for Crime reduction grants 2020/21: Safer Maidstone Partnership is still owed, "
        "due 30 October 2020."
    )


@pytest.mark.parametrize(("reason", "sentence"), [("R", ""), (" ", "Give the reason; it is kept with the award.")])
def test_why_no_reason(reason, sentence):
    assert rules.why_no_reason(reason) == sentence
