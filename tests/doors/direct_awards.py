"""Doors of direct awards and of claims."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from grants.actions import awards, claims, direct
from grants.models import Award
from plans.models import FundingSource, MovableEvent
from records.enums import DecisionOutcome
from tests.make import awards as make_awards
from tests.make import direct_awards as make

from . import door
from .awards import OFFICERS, OFFICERS_ACT, REASON, without_delegations

IN_ARREARS = [{"number": 1, "share_percent": 100, "condition": "RECEIPTS_ACCEPTED", "due_when": "ON_RECEIPTS"}]


def here(world):
    """The cast and the plan with rules for direct awards, made once."""
    made = make_awards.world(world.cast, world.plan)
    made.direct_rules = make.rule_set(made, IN_ARREARS, key="doors-direct")
    made.long = make.source(made, "doors-long", "Violence fund", make.LAST, None, carry_over_allowed=True)
    return made


def claim_award(world):
    """An award of a partnership, live, all of it paid on receipts."""
    known = world.direct_world
    sent = make.decided(known, recipient=known.maidstone)
    award = awards.offer_award(award=Award.objects.get(lines__decision=sent), by=known.officer, at=make.OFFERED_AT)
    return awards.accept_award(award=award, position="Head", by=known.maidstone_signatory, at=make.ACCEPTED_AT)


def ended_award(world):
    """Money that nobody claimed until the award was over."""
    return claim_award(world)


def sent_claim(world):
    return claims.submit_claim(
        instalment=claim_award(world).instalments.get(),
        covers_from=date(2020, 4, 1),
        covers_to=date(2020, 9, 30),
        amount=Decimal(100),
        description="Mentors",
        receipts=[receipt()],
        by=world.cast.maidstone_lead,
        at=datetime(2020, 10, 5, 9, 0, tzinfo=UTC),
    )


def receipt():
    return SimpleUploadedFile("receipt.txt", b"Paid", content_type="text/plain")


def advised(world):
    proposal = make.proposal(world.direct_world)
    return direct.advise_on_direct_award(
        proposal=proposal, outcome=DecisionOutcome.APPROVED, advice="Yes", by=world.cast.officer, at=make.ADVISED_AT
    )


def commented(world):
    proposal = advised(world)
    return direct.comment_on_direct_award(proposal=proposal, comment="Fine", by=world.cast.cfo, at=make.ADVISED_AT)


WORLD = {
    "direct_world": here,
    "proposal": lambda world: make.proposal(world.direct_world),
    "advised_proposal": advised,
    "commented_proposal": commented,
    "sent_proposal": lambda world: make.sent(world.direct_world),
    "claim_award": claim_award,
    "unclaimed_award": ended_award,
    "sent_claim": sent_claim,
    "vote": lambda world: MovableEvent.objects.create(
        key="vote-of-doors", name="The vote", first_expected_on=date(2020, 5, 7), expected_on=date(2020, 5, 7)
    ),
}


def first(key):
    return lambda world: {"reference": getattr(world, key).reference, "number": 1}


def of_claim(world):
    return {"reference": world.sent_claim.award.reference, "claim": world.sent_claim.reference}


def of_vote(world):
    return {"key": world.vote.key}


def written(world):
    """A whole proposal as posted."""
    known = world.direct_world
    return {
        "title": "Mentors",
        "stream": known.thirds.key,
        "rule_set": known.direct_rules.key,
        "recipient": known.yot.key,
        "purpose": "Mentoring",
        "reason": "The only one",
        "starts_on": "2020-04-01",
        "ends_on": "2021-03-31",
        "money-TOTAL_FORMS": "1",
        "money-INITIAL_FORMS": "0",
        "money-0-source": FundingSource.objects.get(pk=known.long.pk).key,
        "money-0-amount": "1000",
    }


def claimed(world):
    return {
        "amount": "100", "covers_from": "2020-04-01", "covers_to": "2020-04-30", "description": "Mentors",
        "receipts": receipt(),
    }  # fmt: skip


OFFICE = "page: office; 403: *"
DECIDES = {"outcome": "APPROVED", "purpose": "Safety", "reason": "Need", "confirm": "yes"}
DAYS = {"happened_on": str(timezone.localdate()), "evidence": "Declared"}

DOORS = [
    door("grants:direct_award_list", "", OFFICE),
    door("grants:direct_award_show", "sent_proposal", OFFICE),
    door("grants:direct_award_new", "", OFFICERS, given=lambda world: world.direct_world),
    door("grants:direct_award_new", "", OFFICERS_ACT, method="POST", data=written),
    door("grants:direct_award_edit", "proposal", OFFICERS),
    door("grants:direct_award_edit", "proposal", OFFICERS_ACT, method="POST", data=written),
    door("grants:direct_award_advise", "proposal", OFFICERS),
    door(
        "grants:direct_award_advise", "proposal", OFFICERS_ACT, method="POST",
        data={"outcome": "DECLINED", "advice": "Not now"},
    ),
    door("grants:direct_award_comment", "advised_proposal", "page: cfo; 403: *"),
    door(
        "grants:direct_award_comment", "advised_proposal", "moved: cfo; 403: *", method="POST",
        data={"comment": "Affordable"},
    ),
    door("grants:direct_award_send", "commented_proposal", OFFICERS_ACT, method="POST"),
    door("grants:direct_award_take_back", "sent_proposal", OFFICERS),
    door("grants:direct_award_take_back", "sent_proposal", OFFICERS_ACT, method="POST", data=REASON),
    door("grants:direct_award_withdraw", "sent_proposal", OFFICERS),
    door("grants:direct_award_withdraw", "sent_proposal", OFFICERS_ACT, method="POST", data=REASON),
    door(
        "grants:direct_award_decide", "sent_proposal", "page: pcc; sentence: deciders; 403: *",
        given=without_delegations, note="a post without a delegation is told so",
    ),
    door(
        "grants:direct_award_decide", "sent_proposal", "moved: pcc; sentence: deciders; 403: *", method="POST",
        given=without_delegations, data=DECIDES,
    ),
    door("grants:claim_new", first("claim_award"), "page: lead; 403: *; 404: outsiders"),
    door("grants:claim_new", first("claim_award"), "moved: lead; 403: *; 404: outsiders", method="POST", data=claimed),
    door("grants:claim_show", of_claim, "page: office maidstone; 404: *"),
    door("grants:claim_answer", of_claim, OFFICERS),
    door("grants:claim_answer", of_claim, OFFICERS_ACT, method="POST", data={"choice": "accept", "amount": "100"}),
    door("grants:claims_end", first("unclaimed_award"), OFFICERS),
    door("grants:claims_end", first("unclaimed_award"), OFFICERS_ACT, method="POST", data=REASON),
    door("plans:movable_event_happened", of_vote, OFFICERS),
    door("plans:movable_event_happened", of_vote, OFFICERS_ACT, method="POST", data=DAYS),
]  # fmt: skip
