"""Claims for money spent: sent with receipts, accepted whole or in part, refused (X2)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from grants.actions import claims, instalments
from grants.models import Claim, Instalment
from grants.queries import money
from records import documents
from records.enums import ObligationKind
from records.models import Event, Notice, Obligation
from records.refusals import Refused
from tests.kept import kept
from tests.make import direct_awards as make

pytestmark = pytest.mark.django_db
CLAIMED_AT = datetime(2020, 10, 5, 9, 0, tzinfo=UTC)
ANSWERED_AT = datetime(2020, 10, 12, 9, 0, tzinfo=UTC)
IN_ARREARS = [
    {"number": 1, "share_percent": 25, "condition": "TERMS_ACCEPTED"},
    {"number": 2, "share_percent": 75, "condition": "RECEIPTS_ACCEPTED", "due_when": "ON_RECEIPTS"},
]


@pytest.fixture(scope="module")
def kept_world(django_db_setup, django_db_blocker):
    """An accepted award of £12,000, £9,000 of it paid on receipts."""
    with kept(django_db_blocker):
        here = make.world(IN_ARREARS)
        here.award = make.live_award(here)
        yield here


def receipt(name="receipt.txt"):
    return SimpleUploadedFile(name, b"Paid in full", content_type="text/plain")


def claim(world, amount="4000", *, instalment=None, at=CLAIMED_AT, **written):
    """The recipient's lead claims what was spent from April to September."""
    fields = {
        "covers_from": date(2020, 4, 1),
        "covers_to": date(2020, 9, 30),
        "description": "Two mentors",
        "receipts": [receipt()],
        "by": world.yot_lead,
        **written,
    }
    row = instalment or Instalment.objects.get(award=world.award, number=2)
    return claims.submit_claim(instalment=row, amount=Decimal(amount), at=at, **fields)


def accept(world, sent, amount, *, answer="The rest has no receipt", by=None):
    return claims.accept_claim(
        claim=sent, amount=Decimal(amount), answer=answer, by=by or world.officer, at=ANSWERED_AT
    )


def refused(act, *args, **kwargs):
    """The sentence of the refusal, or nothing."""
    try:
        with transaction.atomic():
            act(*args, **kwargs)
    except Refused as refusal:
        return refusal.reason
    return ""


def test_submit_claim_keeps_its_receipts_and_owes_an_answer(world):
    sent = claim(world, receipts=[receipt("first.txt"), receipt("second.txt")])

    assert [row.name for row in documents.about(sent)] == ["first.txt", "second.txt"]
    owed = Obligation.objects.open().about(sent).get()
    assert (owed.kind, owed.due_on, owed.organisation) == (ObligationKind.CLAIM_ANSWER, date(2020, 10, 26), None)
    assert {row.person for row in Notice.objects.filter(rule="claim_submitted")} >= {world.officer}
    assert refused(claim, world) == "A claim on this instalment is with the office. Wait for the answer."


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"amount": "9000.01"}, "Only £9,000 of this instalment is left to claim."),
        ({"receipts": []}, "Add at least one receipt."),
        ({"description": " "}, "Say what the money was spent on."),
        ({"covers_to": date(2020, 3, 1)}, "The last day must be on or after the first day."),
        (
            {"covers_from": date(2020, 3, 31)},
            "This instalment pays for 1 April 2020 to 31 March 2021. Enter days within that time.",
        ),
        ({"covers_to": date(2020, 10, 31)}, "Claim for what has been spent, not for days still to come."),
    ],
)
def test_submit_claim_says_what_is_wrong(world, written, said):
    assert refused(claim, world, **written) == said


def test_only_a_lead_of_the_recipient_claims_and_only_on_what_is_paid_on_receipts(world):
    only = f"Only a lead of {world.yot.name} claims on this award."
    assert [refused(claim, world, by=person) for person in (world.officer, world.swale_lead)] == [only, only]
    first = Instalment.objects.get(award=world.award, number=1)
    assert refused(claim, world, "10", instalment=first) == "This instalment is not paid on receipts."


def test_receipts_accepted_bites_nothing_is_released_before_and_exactly_that_after(world):
    row = Instalment.objects.get(award=world.award, number=2)
    release = {"instalment": row, "by": world.finance, "at": ANSWERED_AT}
    assert refused(instalments.release_instalment, **release) == (
        "Waits for this condition: receipts accepted by an officer."
    )

    accept(world, claim(world, "9000"), "9000", answer="")
    row.refresh_from_db()
    assert (row.condition_row_type, row.due_on) == ("grants.Claim", date(2020, 10, 12))
    instalments.release_instalment(**release)
    assert money.money_of(world.award).released == Decimal("9000.00")


def test_accept_claim_in_part_splits_the_instalment_and_the_rest_can_be_claimed(world):
    sent = accept(world, claim(world), "3000.50")

    rows = Instalment.objects.filter(award=world.award).order_by("number")
    assert [(row.number, row.amount, row.condition_met_at is not None) for row in rows] == [
        (1, Decimal("3000.00"), True),
        (2, Decimal("3000.50"), True),
        (3, Decimal("5999.50"), False),
    ]
    assert (sent.status, sent.accepted_amount, sent.instalment.number) == ("ACCEPTED", Decimal("3000.50"), 2)
    assert (rows[2].due_on, rows[2].condition) == (date(2021, 3, 31), "RECEIPTS_ACCEPTED")
    assert [row.lines.get().amount for row in rows] == [row.amount for row in rows]
    notice = Notice.objects.filter(rule="claim_answered", person=world.yot_lead).get()
    assert "£3,000.50 of the £4,000 claimed is accepted. The office says: The rest has no receipt" in notice.body
    assert not Obligation.objects.open().about(sent).exists()
    connection.check_constraints()
    accept(world, claim(world, "5999.50", instalment=rows[2]), "5999.50")
    assert sum(row.amount for row in rows.all()) == Decimal("12000.00")


def test_accept_claim_says_why_it_cannot(world):
    sent = claim(world)

    assert refused(accept, world, sent, "4000.01") == "£4,000.01 is more than the £4,000 claimed."
    assert refused(accept, world, sent, "1", answer=" ") == (
        "Say why less is accepted than was claimed; the recipient is told."
    )
    assert refused(accept, world, sent, "1", by=world.finance) == "Only commissioning officers answer claims."
    accept(world, sent, "1")
    assert refused(accept, world, sent, "1") == "This claim has already been answered. It stays as it is."


def test_refuse_claim_leaves_the_instalment_to_be_claimed(world):
    sent = claims.refuse_claim(claim=claim(world), answer="Not in the budget", by=world.officer, at=ANSWERED_AT)

    assert (sent.status, sent.accepted_amount) == ("REFUSED", None)
    assert Event.objects.filter(verb="claim_refused", reference=world.award.reference).count() == 1
    assert claim(world, "100").status == "SUBMITTED"


def test_end_claims_takes_off_what_nobody_claimed_in_time(world):
    row = Instalment.objects.get(award=world.award, number=2)
    end = {"instalment": row, "reason": "Not spent", "by": world.officer}

    assert refused(claims.end_claims, at=ANSWERED_AT, **end) == "The recipient can still spend until 31 March 2021."
    claims.end_claims(at=datetime(2021, 4, 1, 9, 0, tzinfo=UTC), **end)
    row.refresh_from_db()
    assert row.status == "CANCELLED"


def test_whoever_asks_a_claim_is_answered_once_and_a_sum_never_shrinks_without_its_rest(world):
    sent = claim(world)
    row = sent.instalment

    def shrink():
        Instalment.objects.filter(pk=row.pk).update(amount=1)
        row.lines.update(amount=1)
        connection.check_constraints()

    for change in (
        lambda: Claim.objects.filter(pk=sent.pk).update(amount=1),
        lambda: Claim.objects.filter(pk=sent.pk).delete(),
        lambda: Claim.objects.filter(pk=sent.pk).update(
            status="ACCEPTED", accepted_amount=1, answered_at=ANSWERED_AT, answered_by=world.yot_lead
        ),
        shrink,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
