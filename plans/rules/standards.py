"""When evidence of a standard is sent, checked, let go, and when a standard is waived (P1)."""

from accounts import access
from accounts.roles import Permission
from records.words import day_in_words

from ..enums import StandardStatus
from ..models import StandardKind, StandardWaiver

NOT_A_CHECKER = "Only commissioning officers check standards."
NOT_A_SENDER = "Only contributors and leads of the organisation, or an officer, send evidence."
CHECK_WORKING_DAYS = 10
NEEDED_WORKING_DAYS = 10


def why_not_send_standard(organisation, *, user):
    """Say why this person cannot send evidence for the organisation, or nothing."""
    if access.may(user, Permission.STANDARD_CHECK) or sends_for(user, organisation):
        return ""
    return NOT_A_SENDER


def sends_for(user, organisation):
    """Whether this person sends evidence for an organisation, or for the body that is paid for theirs."""
    if access.may(user, Permission.STANDARD_SEND, organisation):
        return True
    mine = [row.organisation for row in access.memberships_of(user)]
    paid_by_it = [row for row in mine if row.accountable_body_id == organisation.pk]
    return any(access.may(user, Permission.STANDARD_SEND, row) for row in paid_by_it)


def why_not_this_evidence(kind, *, starts_on, expires_on, has_file, on):
    """Say what is wrong with the evidence itself, or nothing."""
    if kind.must_expire and expires_on is None:
        return f"Give the day the evidence ends: {kind.name} has to be renewed."
    if expires_on is not None and expires_on < on:
        return f"This evidence ended on {day_in_words(expires_on)}. Send evidence that holds today."
    if starts_on is not None and expires_on is not None and expires_on < starts_on:
        return "The evidence ends before it starts. Correct one of the two days."
    return "" if has_file else "Add the file that shows it."


def why_not_check_standard(held, *, user, on):
    """Say why this person cannot accept or refuse the evidence, or nothing: who sent it never checks it."""
    if not access.may(user, Permission.STANDARD_CHECK):
        return NOT_A_CHECKER
    if held.status != StandardStatus.SENT:
        return f"This evidence is {held.get_status_display().lower()}, so there is nothing to check."
    if held.sent_by_id == user.pk:
        return "You sent this evidence, so a colleague checks it."
    if access.belongs_to(user, held.organisation) or sends_for(user, held.organisation):
        return f"You belong to {held.organisation.name}, so a colleague checks it."
    return ""


def why_not_accept_standard(held, *, user, on):
    """Say why the evidence cannot be accepted, or nothing."""
    if why := why_not_check_standard(held, user=user, on=on):
        return why
    if held.expires_on is not None and held.expires_on < on:
        return f"This evidence ended on {day_in_words(held.expires_on)}. Refuse it and ask for newer."
    return ""


def why_not_withdraw_standard(held, *, user):
    """Say why evidence cannot be taken back, or nothing."""
    if why := why_not_send_standard(held.organisation, user=user):
        return why
    if held.status in (StandardStatus.SENT, StandardStatus.ACCEPTED):
        return ""
    return "This evidence does not count any more."


def why_not_waive_standard(organisation, *, user):
    """Say why this person cannot let a standard rest, or nothing."""
    if not access.may(user, Permission.STANDARD_CHECK):
        return NOT_A_CHECKER
    if access.belongs_to(user, organisation):
        return f"You belong to {organisation.name}, so a colleague decides."
    return ""


def why_not_these_days(*, starts_on, ends_on, on, running):
    """Say what is wrong with the days of a waiver, or nothing; `running` are those that last on the day."""
    if ends_on < starts_on:
        return "The waiver ends before it starts. Correct one of the two days."
    if ends_on < on:
        return "A waiver cannot end in the past."
    if any(waiver.starts_on <= ends_on and starts_on <= waiver.ends_on for waiver in running):
        return "A waiver for the same lasts in these days already. End that one first."
    return ""


def why_not_end_waiver(waiver, *, user, on):
    """Say why a waiver cannot be ended early, or nothing."""
    if why := why_not_waive_standard(waiver.organisation, user=user):
        return why
    if waiver.ended_at is not None:
        return "This waiver was ended already."
    return "" if waiver.ends_on >= on else f"This waiver ended on {day_in_words(waiver.ends_on)}."


def why_not_note(organisation, *, user):
    """Say why this person cannot write a note of due diligence, or nothing."""
    may = access.may(user, Permission.STANDARD_CHECK) or access.may(user, Permission.PAYEE_VERIFY)
    if not may:
        return "Only commissioning and finance officers write notes of due diligence."
    return ""


def why_not_verify_payee(organisation, *, user, on=None, checked_on=None):
    """Say why this person cannot record the check of a payee, or nothing."""
    if not access.may(user, Permission.PAYEE_VERIFY):
        return "Only finance officers verify who is paid."
    if access.belongs_to(user, organisation):
        return f"You belong to {organisation.name}, so a colleague verifies it."
    if on is not None and checked_on is not None and checked_on > on:
        return "The day of the check cannot be in the future."
    return ""


def why_not_edit_kind(*, user, name=None, row=None):
    """Say why a kind of standard cannot be so, or nothing."""
    if not access.may(user, Permission.STANDARD_CHECK):
        return NOT_A_CHECKER
    if name is None:
        return ""
    if not name.strip():
        return "Give the standard a name."
    others = StandardKind.objects.exclude(pk=row.pk) if row else StandardKind.objects.all()
    return "There is a standard of this name already." if others.filter(name__iexact=name.strip()).exists() else ""


def running_waivers(organisation, kind, rule_set, on):
    """Waivers of the same that have not ended, for the same rules."""
    rows = StandardWaiver.objects.filter(organisation=organisation, kind=kind, rule_set=rule_set)
    return list(rows.filter(ended_at__isnull=True, ends_on__gte=on))
