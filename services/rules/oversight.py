"""What may be done in the register of what a partnership commissions, and when not (R3)."""

from accounts import access
from accounts.roles import Permission
from records.words import listed

from ..enums import CheckResult, OversightStatus
from ..models import OversightCheck, OversightCheckKind

NOT_YOURS = "Only commissioning officers and the head of commissioning keep the oversight register."


def why_not_register(*, user, on):
    """Why nobody but an officer enters an activity; "" for an officer."""
    return "" if access.may(user, Permission.OVERSIGHT_MANAGE) else NOT_YOURS


def why_not_change_activity(activity, *, user, on):
    """Why what an activity is cannot be changed now; "" when it can."""
    if not access.may(user, Permission.OVERSIGHT_MANAGE):
        return NOT_YOURS
    if activity.status != OversightStatus.PROPOSED:
        return f"This activity is {activity.get_status_display().lower()}, so its entry stays as it was checked."
    return ""


def why_not_these_days(*, starts_on, ends_on):
    """Why these days cannot stand together; "" when they can. Shared with the form."""
    return "The last day must be on or after the first." if ends_on and ends_on < starts_on else ""


def why_not_this_source(*, stream, funding_source):
    """Why this source cannot pay for the stream; "" when it can, or none is named (X2). Shared with the form."""
    if funding_source is None or funding_source.may_pay_for(stream):
        return ""
    return f"{funding_source.name} may not be spent on {stream.name}. Choose another source."


def why_not_record_check(activity, *, user, on, kind=None, evidence=None):
    """Why a check of this activity cannot be recorded now; "" when it can."""
    if not access.may(user, Permission.OVERSIGHT_MANAGE):
        return NOT_YOURS
    if activity.status != OversightStatus.PROPOSED:
        return f"This activity is {activity.get_status_display().lower()}, so its checks stay as they were."
    if kind is not None and kind.retired_at:
        return "This check is no longer asked."
    return "" if evidence is None or evidence.strip() else "Say what you looked at and what you found."


def why_not_go_live(activity, *, user, on):
    """Why an activity cannot go live now: nothing does with a check empty or not met (R3); "" when it can."""
    if not access.may(user, Permission.OVERSIGHT_MANAGE):
        return NOT_YOURS
    if activity.status != OversightStatus.PROPOSED:
        return f"This activity is {activity.get_status_display().lower()}."
    asked = dict(OversightCheckKind.objects.filter(retired_at__isnull=True).values_list("pk", "name"))
    if not asked:
        return "No checks are set up, so nothing can go live. Add the checks first."
    found = dict(OversightCheck.objects.filter(activity=activity).values_list("kind", "result"))
    if empty := [name for pk, name in asked.items() if pk not in found]:
        return f"Nothing goes live with an empty check. Still to be checked: {listed(empty)}."
    if failed := [name for pk, name in asked.items() if found[pk] != CheckResult.MET]:
        return f"Nothing goes live with a check that is not met: {listed(failed)}."
    return ""


def why_not_stop(activity, *, user, on, reason=None):
    """Why an activity cannot be stopped or ended now; "" when it can."""
    if not access.may(user, Permission.OVERSIGHT_MANAGE):
        return NOT_YOURS
    if activity.status not in {OversightStatus.PROPOSED, OversightStatus.LIVE}:
        return f"This activity is {activity.get_status_display().lower()} already."
    return "" if reason is None or reason.strip() else "Say why. It stays in the history of the activity."


def why_not_change_checks(*, user, on):
    """Why the checks themselves cannot be changed; "" for those who manage the register."""
    return "" if access.may(user, Permission.OVERSIGHT_MANAGE) else NOT_YOURS


def why_not_retire_check(kind, *, user, on):
    """Why a check cannot be taken off the list; "" when it can. One always stays, or nothing would be checked."""
    if why := why_not_change_checks(user=user, on=on):
        return why
    if kind.retired_at:
        return "This check is no longer asked already."
    if OversightCheckKind.objects.filter(retired_at__isnull=True).count() < 2:
        return "The last check cannot be taken off: something must be checked before an activity goes live."
    return ""
