"""Offer, answer, suspend, close, end, record the past (X3)."""

from datetime import date
from decimal import Decimal

import pytest

from grants.actions import awards, instalments
from grants.enums import AwardStatus, InstalmentStatus
from grants.models import Award, Instalment
from grants.queries import money
from records import obligations
from records.enums import ObligationKind, PaperKind
from records.models import Event, Notice, Obligation, Paper
from records.refusals import Refused
from tests.make import awards as make
from tests.make import frozen

pytestmark = pytest.mark.django_db


def told(rule):
    return set(Notice.objects.filter(rule=rule).values_list("person__email", flat=True))


def statuses(award):
    return list(Instalment.objects.filter(award=award).order_by("number").values_list("status", flat=True))


def test_offer_award_tells_in_confidence_keeps_the_letter_and_owes_the_acceptance(world):
    award = make.offered_award(world, ("10000",))

    owed = Obligation.objects.open().get(kind=ObligationKind.ACCEPTANCE)
    paper = Paper.objects.get(kind=PaperKind.AWARD_LETTER)
    decision = award.lines.get().decision
    assert (award.status, award.offered_at, award.offered_by) == (AwardStatus.OFFERED, make.OFFERED_AT, world.officer)
    assert (decision.offered_at, decision.offered_by) == (make.OFFERED_AT, world.officer)
    assert (owed.organisation, owed.due_on) == (world.council, date(2020, 4, 22))
    assert told("award_offered") == {world.maidstone_lead.email, world.maidstone_signatory.email}
    for words in ("£10,000", "Spend only as approved.", "30 October 2020", "22 April 2020", award.reference):
        assert words in paper.html


def test_accept_award_makes_it_live_and_meets_the_condition_by_that_row(world):
    award = make.live_award(world)

    first, second = award.instalments.order_by("number")
    acceptance = award.acceptance
    assert (acceptance.by, acceptance.terms, acceptance.on_behalf_of) == (
        world.maidstone_signatory, world.terms, world.council,
    )  # fmt: skip
    assert (first.condition_row_type, first.condition_row_id) == ("grants.TermsAcceptance", acceptance.pk)
    assert second.condition_met_at is None
    assert not Obligation.objects.open().filter(kind=ObligationKind.ACCEPTANCE).exists()
    assert {world.finance.email, world.officer.email, world.maidstone_lead.email} <= told("award_accepted")


def test_accept_award_needs_a_position(world):
    award = make.offered_award(world)

    with pytest.raises(Refused, match="Give your position"):
        awards.accept_award(award=award, position=" ", by=world.maidstone_signatory, at=make.ACCEPTED_AT)

    assert Award.objects.get().status == AwardStatus.OFFERED


@pytest.mark.parametrize("how", ["declined", "lapsed"])
def test_award_that_falls_gives_its_money_back(world, how):
    award = make.offered_award(world)
    if how == "declined":
        awards.decline_award(award=award, reason="R", by=world.maidstone_signatory, at=make.ACCEPTED_AT)
    else:
        awards.lapse_award(award=award, reason="R", by=world.officer, at=make.TACTICAL_AT)

    assert Award.objects.get().status == how.upper()
    assert statuses(award) == [InstalmentStatus.CANCELLED] * 2
    assert not Obligation.objects.open().about(award).exists()
    assert money.pot_of(world.allocation).whole.awarded == 0


def test_suspend_award_stops_releases_until_it_is_resumed(world):
    award = make.live_award(world)
    awards.suspend_award(award=award, reason="A concern", by=world.officer, at=make.RELEASED_AT)

    with pytest.raises(Refused, match="The award is suspended"):
        instalments.release_instalment(instalment=make.instalment(award), by=world.finance, at=make.RELEASED_AT)
    awards.resume_award(award=award, reason="Settled", by=world.officer, at=make.RELEASED_AT)

    instalments.release_instalment(instalment=make.instalment(award), by=world.finance, at=make.RELEASED_AT)
    assert Event.objects.get(verb="suspended").reason == "A concern"


def test_end_award_early_cancels_what_is_not_released_and_keeps_returns_owed(world):
    award = make.paid_award(world)

    awards.end_award_early(award=award, reason="R", by=world.officer, at=make.TACTICAL_AT)

    assert Award.objects.get().status == AwardStatus.TERMINATED
    assert statuses(award) == [InstalmentStatus.PAID, InstalmentStatus.CANCELLED]
    assert Obligation.objects.open().about(award).filter(kind=ObligationKind.RETURN).count() == 2


def test_close_award_when_all_is_settled(world):
    frozen.thaw()
    world.csp_rules.instalment_rules.filter(number=2).delete()
    award = make.paid_award(world)
    obligations.close(award, ObligationKind.RETURN, at=make.TACTICAL_AT, closing="Reviewed")

    awards.close_award(award=award, by=world.officer, at=make.TACTICAL_AT)

    assert Award.objects.get().status == AwardStatus.CLOSED


def test_import_award_records_a_fact_that_sends_nothing_and_never_pays(world):
    award = awards.import_award(
        key="past",
        stream=world.csps,
        recipient=world.provider,
        title="A past award",
        recorded_amount=Decimal("36814"),
        sources=[(world.own, None)],
        joint_recipients=[world.maidstone],
        starts_on=date(2019, 4, 1),
        source="A published list",
        at=make.BEFORE,
    )

    assert (award.status, award.is_recorded, award.reference) == (AwardStatus.RECORDED, True, "AW-2019-001")
    assert list(award.joint_recipients.all()) == [world.maidstone]
    assert not Notice.objects.filter(subject_type="grants.Award").exists()
    assert not Obligation.objects.about(award).exists()
    assert not award.instalments.exists()
