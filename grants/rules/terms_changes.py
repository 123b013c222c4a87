"""When a new version of the terms is put to a live award, answered and taken back (P1)."""

from accounts import access
from accounts.roles import Permission
from plans.rules.terms import is_issued
from records.words import day_in_words

from ..enums import AwardStatus, TermsChangeStatus
from ..models import TermsChange

NOT_A_KEEPER = "Only commissioning officers put new terms to an award."
LIVE = (AwardStatus.LIVE, AwardStatus.SUSPENDED)


def why_not_propose_terms(award, terms, *, user):
    """Say why these terms cannot be put to the award, or nothing."""
    if not access.may(user, Permission.TERMS_MANAGE):
        return NOT_A_KEEPER
    if award.is_recorded or award.status not in LIVE:
        return "New terms are put only to a live award."
    if not is_issued(terms):
        return "This version has not been issued yet. Issue it first, so that it stays as it is."
    if award.terms_id == terms.pk:
        return "The award is under this version already."
    if TermsChange.objects.filter(award=award, status=TermsChangeStatus.PROPOSED).exists():
        return "The payee has not answered the last version put to this award yet."
    return ""


def why_not_so(*, reason, answer_by, on):
    """Say what is wrong with the reason or the day of a proposal, or nothing."""
    if not reason.strip():
        return "Say why the terms change. The payee reads it."
    return "" if answer_by > on else "The day to answer by must be after today."


def why_not_answer_terms(change, *, user):
    """Say why this person cannot answer for the payee, or nothing."""
    award = change.award
    if not access.may(user, Permission.TERMS_ACCEPT, award.payee) or access.is_office(user):
        return f"Only an authorised signatory of {award.payee.name} answers."
    if change.status != TermsChangeStatus.PROPOSED:
        return f"This was {change.get_status_display().lower()} already."
    return "" if award.status in LIVE else "The award has ended, so there is nothing to answer."


def why_not_withdraw_terms(change, *, user):
    """Say why the proposal cannot be taken back, or nothing."""
    if not access.may(user, Permission.TERMS_MANAGE):
        return NOT_A_KEEPER
    return "" if change.status == TermsChangeStatus.PROPOSED else "This was answered already."


def standing_in_words(change):
    """Where a proposal stands, as a sentence."""
    if change.status == TermsChangeStatus.PROPOSED:
        return f"{change.award.payee.name} has until {day_in_words(change.answer_by)} to answer."
    return f"{change.get_status_display()}."
