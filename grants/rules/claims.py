"""When a recipient may claim money it has spent, and when a claim is accepted or refused (X2)."""

from accounts import access
from accounts.roles import Permission
from plans.enums import ConditionKind
from records.words import day_in_words, pounds

from ..enums import AwardStatus, ClaimStatus, Direction, InstalmentStatus

NOT_AN_OFFICER = "Only commissioning officers answer claims."
ANSWERED = "This claim has already been answered. It stays as it is."


def why_not_claim(instalment, *, user, on):
    """Say why this person cannot claim on the instalment now, or nothing; ask with the award locked."""
    award = instalment.award
    if not access.may(user, Permission.AWARD_REQUEST, award.recipient) or access.is_office(user):
        return f"Only a lead of {award.recipient.name} claims on this award."
    if instalment.condition != ConditionKind.RECEIPTS_ACCEPTED or instalment.direction == Direction.IN:
        return "This instalment is not paid on receipts."
    if award.status != AwardStatus.LIVE:
        return "Claims are made on a live award."
    if instalment.status != InstalmentStatus.SCHEDULED or instalment.condition_met_at:
        return "This instalment has been settled. Claim on the one that is still to come."
    if instalment.claims.filter(status=ClaimStatus.SUBMITTED).exists():
        return "A claim on this instalment is with the office. Wait for the answer."
    return ""


def why_not_claim_so(instalment, *, covers_from, covers_to, amount, description, receipts, on):
    """Say what is wrong with the claim as written, or nothing."""
    award = instalment.award
    first, last = instalment.covers_from or award.starts_on, instalment.covers_to or award.ends_on
    if amount is None or amount <= 0:
        return "Enter the sum you have spent."
    if amount > instalment.amount:
        return f"Only {pounds(instalment.amount)} of this instalment is left to claim."
    if not description.strip():
        return "Say what the money was spent on."
    if covers_to < covers_from:
        return "The last day must be on or after the first day."
    if covers_from < first or covers_to > last:
        return f"This instalment pays for {day_in_words(first)} to {day_in_words(last)}. Enter days within that time."
    if covers_to > on:
        return "Claim for what has been spent, not for days still to come."
    return "" if receipts else "Add at least one receipt."


def why_not_answer(claim, *, user, on):
    """Say why this person cannot answer the claim now, or nothing; ask with the award locked."""
    if not access.may(user, Permission.AWARD_OFFER):
        return NOT_AN_OFFICER
    award = claim.award
    if access.belongs_to(user, award.recipient) or access.belongs_to(user, award.payee):
        return f"You belong to {award.recipient.name} or its payee, so a colleague answers."
    return "" if claim.status == ClaimStatus.SUBMITTED else ANSWERED


def why_not_accept(claim, *, amount, answer):
    """Say what is wrong with the sum accepted, or nothing."""
    if claim.award.status != AwardStatus.LIVE:
        return "The award is not live, so nothing can be accepted on it."
    if claim.instalment.status != InstalmentStatus.SCHEDULED:
        return f"The instalment is {claim.instalment.get_status_display().lower()}. Put it back on the schedule first."
    if amount is None or amount <= 0:
        return "Enter the sum you accept. To accept nothing, refuse the claim."
    if amount > claim.amount:
        return f"{pounds(amount)} is more than the {pounds(claim.amount)} claimed."
    if amount < claim.amount and not answer.strip():
        return "Say why less is accepted than was claimed; the recipient is told."
    return ""


def why_not_refuse(answer):
    """A refusal says why."""
    return "" if answer.strip() else "Say why the claim is refused; the recipient is told."


def why_not_end_claims(instalment, *, user, on):
    """Say why what was never claimed cannot be taken off the schedule now, or nothing."""
    if not access.may(user, Permission.AWARD_OFFER):
        return "Only commissioning officers take an instalment off the schedule."
    if instalment.condition != ConditionKind.RECEIPTS_ACCEPTED or instalment.direction == Direction.IN:
        return "This instalment is not paid on receipts."
    if instalment.status != InstalmentStatus.SCHEDULED or instalment.condition_met_at:
        return "This instalment has been settled."
    if instalment.claims.filter(status=ClaimStatus.SUBMITTED).exists():
        return "A claim on this instalment waits for an answer. Answer it first."
    last = instalment.covers_to or instalment.award.ends_on
    return "" if on > last else f"The recipient can still spend until {day_in_words(last)}."
