"""When an award may be offered, accepted, declined, suspended and closed (X3)."""

from accounts import access
from accounts.roles import Permission
from records.enums import ObligationKind
from records.models import Obligation
from records.words import day_in_words

from ..enums import AwardStatus, Direction, InstalmentStatus
from . import continuations

NOT_AN_OFFICER = "Only commissioning officers manage awards."
SETTLED = (InstalmentStatus.PAID, InstalmentStatus.CANCELLED)


def why_not_offer(award, *, user, on):
    """Say why the award cannot be offered now, or nothing. A sensitive period never stops an offer."""
    if not access.may(user, Permission.AWARD_OFFER):
        return NOT_AN_OFFICER
    if award.is_recorded:
        return "This is a recorded past award; nothing is sent about it."
    if award.status != AwardStatus.MADE:
        return "This award has already been offered."
    if not award.lines.exists():
        return "This award has no approved project yet."
    return ""


def _why_not_sign(award, user):
    """Say why the person cannot sign for the payee, or nothing."""
    if not access.may(user, Permission.TERMS_ACCEPT, award.payee):
        return f"Only an authorised signatory of {award.payee.name} answers this offer."
    if award.status == AwardStatus.MADE:
        return "This award has not been offered yet."
    if award.status == AwardStatus.LIVE:
        return "The terms of this award have already been accepted."
    if award.status != AwardStatus.OFFERED:
        return "This offer is no longer open."
    return ""


def why_not_accept(award, *, user, on):
    """Say why the person cannot accept the terms now, or nothing."""
    return _why_not_sign(award, user)


def why_not_decline(award, *, user, on):
    """Say why the person cannot decline the award now, or nothing."""
    return _why_not_sign(award, user)


def why_not_lapse(award, *, user, on):
    """Say why the offer cannot lapse now, or nothing."""
    if not access.may(user, Permission.AWARD_OFFER):
        return NOT_AN_OFFICER
    if award.status != AwardStatus.OFFERED:
        return "Only an offer that waits for an answer can lapse."
    owed = Obligation.objects.open().about(award).filter(kind=ObligationKind.ACCEPTANCE).first()
    if owed and owed.due_on >= on:
        return f"{award.payee.name} has until {day_in_words(owed.due_on)} to accept."
    return ""


def why_not_suspend(award, *, user, on):
    """Say why the award cannot be suspended now, or nothing."""
    if not access.may(user, Permission.AWARD_OFFER):
        return NOT_AN_OFFICER
    return "" if award.status == AwardStatus.LIVE else "Only a live award can be suspended."


def why_not_resume(award, *, user, on):
    """Say why the suspension cannot be lifted now, or nothing."""
    if not access.may(user, Permission.AWARD_OFFER):
        return NOT_AN_OFFICER
    return "" if award.status == AwardStatus.SUSPENDED else "This award is not suspended."


def why_not_close(award, *, user, on):
    """Say what is still open in the award, or nothing."""
    if not access.may(user, Permission.AWARD_OFFER):
        return NOT_AN_OFFICER
    if award.status != AwardStatus.LIVE:
        return "Only a live award can be closed."
    open_rows = award.instalments.exclude(status__in=SETTLED)
    if open_rows.filter(direction=Direction.IN).exists():
        return "A repayment asked for has not been received yet."
    if open_rows.exists():
        return "Some instalments are neither paid nor cancelled."
    kinds = (ObligationKind.RETURN, ObligationKind.REPAYMENT)
    owed = Obligation.objects.open().about(award).filter(kind__in=kinds).order_by("due_on").first()
    if owed:
        return f"{owed.title} is still owed, due {day_in_words(owed.due_on)}."
    return continuations.why_not_close(award)


def why_not_end_early(award, *, user, on):
    """Say why the award cannot be ended early now, or nothing."""
    if not access.may(user, Permission.AWARD_OFFER):
        return NOT_AN_OFFICER
    if award.status != AwardStatus.LIVE:
        return "Only a live award can be ended early."
    if award.instalments.filter(status=InstalmentStatus.RELEASED).exists():
        return "A released instalment is on its way. Record its payment first."
    return ""


def why_no_reason(reason):
    """Every backward step says why."""
    return "" if reason.strip() else "Give the reason; it is kept with the award."
