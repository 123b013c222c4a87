"""When money moves: every sentence once (C4, X2, X3)."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from accounts.models import Membership
from grants.actions import awards, instalments
from grants.models import Instalment, TermsAcceptance
from grants.rules import instalments as rules
from tests.make import accounts, frozen
from tests.make import awards as make

pytestmark = pytest.mark.django_db
ON = date(2020, 11, 2)
NOT_FINANCE = "Only finance officers move money."
WAITS = "Waits for this condition: satisfactory mid-year return."


def suspended(world):
    return awards.suspend_award(award=make.live_award(world), reason="R", by=world.officer, at=make.RELEASED_AT)


def withheld(world):
    award = make.live_award(world)
    row = make.instalment(award)
    instalments.withhold_instalment(instalment=row, reason="A concern", by=world.finance, at=make.RELEASED_AT)
    return award


def ended(world):
    award = make.live_award(world)
    return awards.end_award_early(award=award, reason="R", by=world.officer, at=make.RELEASED_AT)


def repaying(world):
    award = make.paid_award(world)
    instalments.request_repayment(award=award, amount=5, reason="R", by=world.finance, at=make.TACTICAL_AT)
    return award


def repaid(world):
    award = repaying(world)
    instalments.record_repayment(
        instalment=make.instalment(award, 3), received_on=make.TACTICAL_AT.date(), payment_reference="IN",
        by=world.finance, at=make.TACTICAL_AT,
    )  # fmt: skip
    return award


def to_confirm(world):
    frozen.thaw()
    world.csp_rules.instalment_rules.filter(number=1, for_tactical=False).update(condition="OFFICER_CONFIRMED")
    return make.live_award(world)


def confirmed(world):
    award = to_confirm(world)
    row = make.instalment(award)
    instalments.confirm_condition(instalment=row, evidence="Seen", by=world.officer, at=make.ACCEPTED_AT)
    return award


@pytest.mark.parametrize(
    ("rule", "before", "number", "by", "sentence"),
    [
        (rules.why_not_release, make.live_award, 1, "finance", ""),
        (rules.why_not_release, make.live_award, 1, "officer", NOT_FINANCE),
        (rules.why_not_release, make.made_award, 1, "finance", "The award has not been offered yet."),
        (rules.why_not_release, make.offered_award, 1, "finance", "The payee has not accepted the terms yet."),
        (rules.why_not_release, suspended, 1, "finance", "The award is suspended."),
        (rules.why_not_release, ended, 1, "finance", "The award has ended."),
        (rules.why_not_release, withheld, 1, "finance", "Withheld: A concern"),
        (rules.why_not_release, make.released_award, 1, "finance", "This instalment has already been released."),
        (rules.why_not_release, make.paid_award, 1, "finance", "This instalment has already been paid."),
        (rules.why_not_release, make.live_award, 2, "finance", WAITS),
        (
            rules.why_not_release,
            repaying,
            3,
            "finance",
            "This is a repayment to the office, so there is nothing to release.",
        ),
        (rules.why_not_withhold, make.live_award, 2, "finance", ""),
        (rules.why_not_withhold, make.live_award, 2, "officer", NOT_FINANCE),
        (rules.why_not_withhold, make.released_award, 1, "finance", "Only a scheduled instalment can be withheld."),
        (rules.why_not_withhold, repaying, 3, "finance", "Only a scheduled instalment can be withheld."),
        (rules.why_not_resume, withheld, 1, "finance", ""),
        (rules.why_not_resume, withheld, 1, "officer", NOT_FINANCE),
        (rules.why_not_resume, make.live_award, 1, "finance", "This instalment is not withheld."),
        (rules.why_not_mark_paid, make.released_award, 1, "finance", ""),
        (rules.why_not_mark_paid, make.released_award, 1, "pcc", NOT_FINANCE),
        (
            rules.why_not_mark_paid,
            make.live_award,
            1,
            "finance",
            "Release this instalment before recording its payment.",
        ),
        (rules.why_not_mark_paid, make.paid_award, 1, "finance", "This instalment has already been paid."),
        (
            rules.why_not_mark_paid,
            repaying,
            3,
            "finance",
            "This is a repayment. Record what was received instead.",
        ),
        (rules.why_not_record_repayment, repaying, 3, "finance", ""),
        (rules.why_not_record_repayment, repaying, 3, "officer", NOT_FINANCE),
        (
            rules.why_not_record_repayment,
            make.paid_award,
            1,
            "finance",
            "This is a payment to the recipient, not a repayment.",
        ),
        (rules.why_not_record_repayment, repaid, 3, "finance", "This repayment has already been received."),
        (rules.why_not_confirm, to_confirm, 1, "officer", ""),
        (rules.why_not_confirm, to_confirm, 1, "finance", "Only commissioning officers confirm a condition."),
        (
            rules.why_not_confirm,
            make.live_award,
            1,
            "officer",
            "The condition of this instalment is met by a record, not by a confirmation.",
        ),
        (
            rules.why_not_confirm,
            confirmed,
            1,
            "officer",
            "The condition of this instalment has already been met.",
        ),
    ],
)
def test_why_not(world, rule, before, number, by, sentence):
    row = make.instalment(before(world), number)

    assert rule(row, user=getattr(world, by), on=ON) == sentence


def test_why_not_confirm_before_the_award_is_live(world):
    row = make.instalment(to_confirm(world))
    row.award.status = "OFFERED"

    assert rules.why_not_confirm(row, user=world.officer, on=ON) == (
        "Only a scheduled instalment of a live award can be confirmed."
    )


def test_why_not_release_before_its_day(world):
    row = make.instalment(make.live_award(world))

    assert rules.why_not_release(row, user=world.finance, on=date(2020, 3, 31)) == "Not due until 1 April 2020."


def give(world, person, role, organisation):
    Membership.objects.create(user=person, role=role, organisation=organisation, started_at=accounts.LONG_AGO)
    if hasattr(person, "_current_memberships"):
        del person._current_memberships


@pytest.mark.parametrize(
    ("who", "role", "sentence"),
    [
        ("pcc", "FINANCE_OFFICER", "You decided on this spend, so somebody else releases the money."),
        ("officer", "FINANCE_OFFICER", "You evaluated or advised on this spend, so somebody else releases the money."),
        ("cfo", "FINANCE_OFFICER", "You evaluated or advised on this spend, so somebody else releases the money."),
    ],
)
def test_why_not_release_after_advising_or_deciding(world, who, role, sentence):
    row = make.instalment(make.live_award(world))
    give(world, getattr(world, who), role, world.office)

    assert rules.why_not_release(row, user=getattr(world, who), on=ON) == sentence


def test_why_not_release_to_ones_own_organisation(world):
    row = make.instalment(make.live_award(world))
    give(world, world.finance, "CONTRIBUTOR", world.maidstone)

    assert rules.why_not_release(row, user=world.finance, on=ON) == (
        "You belong to Safer Maidstone Partnership or its payee, so somebody else releases the money."
    )


def test_why_not_release_a_sum_its_parts_do_not_make(world):
    row = make.instalment(make.live_award(world))
    row.amount += 1

    assert rules.why_not_release(row, user=world.finance, on=ON) == (
        "The parts of this instalment do not add up to its sum, so it cannot be released."
    )


def test_why_not_meet(world):
    award, other = make.live_award(world), make.live_award(world, organisation=world.swale)
    mine, theirs = (TermsAcceptance.objects.get(award=row) for row in (award, other))
    good = {"award_id": award.pk, "kind": "MID_YEAR", "status": "REVIEWED", "verdict": "SATISFACTORY"}

    def returned(**but):
        return SimpleNamespace(_meta=SimpleNamespace(label="monitoring.MonitoringReturn"), **{**good, **but})

    terms = "Only the acceptance of this award's terms meets that condition."
    fitting = "Only a satisfactory return of this award and kind meets that condition."
    table = [
        ("TERMS_ACCEPTED", mine, ""),
        ("TERMS_ACCEPTED", theirs, terms),
        ("TERMS_ACCEPTED", returned(), terms),
        ("MID_YEAR_SATISFACTORY", returned(), ""),
        ("MID_YEAR_SATISFACTORY", mine, fitting),
        ("MID_YEAR_SATISFACTORY", returned(award_id=other.pk), fitting),
        ("MID_YEAR_SATISFACTORY", returned(kind="YEAR_END"), fitting),
        ("MID_YEAR_SATISFACTORY", returned(status="SUBMITTED"), fitting),
        ("MID_YEAR_SATISFACTORY", returned(verdict="UNSATISFACTORY"), fitting),
        ("YEAR_END_SATISFACTORY", returned(kind="YEAR_END"), ""),
        ("YEAR_END_SATISFACTORY", returned(kind="END_OF_AWARD"), ""),
        ("YEAR_END_SATISFACTORY", returned(), fitting),
        ("OFFICER_CONFIRMED", mine, "That condition is met by an officer's confirmation of one instalment."),
    ]
    assert [rules.why_not_meet(award, condition, row) for condition, row, _ in table] == [said for *_, said in table]


@pytest.mark.parametrize(
    ("paid_on", "reference", "sentence"),
    [
        (date(2020, 4, 1), "B1", ""),
        (date(2020, 4, 1), " ", "Give the payment reference from the bank or ledger."),
        (date(2020, 11, 3), "B1", "The day of payment cannot be in the future."),
        (
            date(2020, 3, 31),
            "B1",
            "The money was released on 1 April 2020, so it cannot have been paid before.",
        ),
    ],
)
def test_why_not_paid_on(world, paid_on, reference, sentence):
    row = make.instalment(make.released_award(world))

    assert rules.why_not_paid_on(row, paid_on=paid_on, payment_reference=reference, on=ON) == sentence


@pytest.mark.parametrize(
    ("before", "by", "sentence"),
    [
        (make.paid_award, "finance", ""),
        (make.paid_award, "officer", NOT_FINANCE),
        (make.released_award, "finance", "Nothing has been paid that could be asked back."),
        (
            make.recorded_award,
            "finance",
            "This is a recorded past award; nothing is asked back through the portal.",
        ),
    ],
)
def test_why_not_request_repayment(world, before, by, sentence):
    assert rules.why_not_request_repayment(before(world), user=getattr(world, by), on=ON) == sentence


@pytest.mark.parametrize(
    ("amount", "reason", "sentence"),
    [
        (Decimal("4995"), "R", ""),
        (Decimal("4995.01"), "R", "Only £4,995 of what was paid has not been asked back yet."),
        (Decimal("0"), "R", "Give the sum to be repaid."),
        (None, "R", "Give the sum to be repaid."),
        (Decimal("1"), "", "Give the reason for the repayment."),
    ],
)
def test_why_not_request_sum(world, amount, reason, sentence):
    assert rules.why_not_request_sum(repaying(world), amount, reason) == sentence


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        (None, "Give the sum that arrived."),
        (Decimal("0"), "Give the sum that arrived."),
        (Decimal("156.01"), "Only £156 of this repayment is still to come."),
        (Decimal("156"), ""),
        (Decimal("0.01"), ""),
    ],
)
def test_why_not_received(amount, sentence):
    assert rules.why_not_received(Instalment(amount=Decimal("156")), amount) == sentence


@pytest.mark.parametrize(
    ("who", "change", "sentence"),
    [
        ("finance", {}, "Only officers who review returns say which condition one meets."),
        ("officer", {"number": 1}, "The condition of this instalment is not met by a return."),
        ("officer", {"condition_met_at": make.RELEASED_AT}, "The condition of this instalment has already been met."),
        ("officer", {"status": "CANCELLED"}, "This instalment was cancelled."),
        ("officer", {"award_id": 0}, "Only a return of this award can meet the condition."),
        ("officer", {"verdict": "UNSATISFACTORY"}, "Only a return found satisfactory can meet the condition."),
        ("officer", {"reason": " "}, "Say why this return meets the condition in place of the other."),
        ("officer", {}, ""),
        ("officer", {"status": "WITHHELD"}, ""),
    ],
)
def test_why_not_meet_instead(world, who, change, sentence):
    instalment = make.instalment(make.live_award(world), change.get("number", 2))
    row = SimpleNamespace(
        _meta=SimpleNamespace(label="monitoring.MonitoringReturn"),
        award_id=change.get("award_id", instalment.award_id),
        status="REVIEWED",
        verdict=change.get("verdict", "SATISFACTORY"),
    )
    for name in ("condition_met_at", "status"):
        setattr(instalment, name, change.get(name, getattr(instalment, name)))

    said = rules.why_not_meet_instead(
        instalment, row, user=getattr(world, who), on=make.RELEASED_AT.date(), reason=change.get("reason", "Made good.")
    )

    assert said == sentence
