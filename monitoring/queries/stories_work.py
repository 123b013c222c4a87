"""Stories as work: what waits for whom, each in one question (P6)."""

from accounts import access
from accounts.models import Organisation
from accounts.roles import Permission
from services.queries.extension_work import Work

from ..enums import StoryStatus
from ..models import OutcomeStory

TO_SHARE, TO_CONSENT = "Stories of outcomes to check and share", "Say whether a story may be shared"


def office_work(user, on):
    """Stories the organisation has agreed to, that officers have not shared yet."""
    if not access.may(user, Permission.OUTCOME_PUBLISH):
        return {}
    rows = OutcomeStory.objects.filter(status=StoryStatus.DRAFT, consent_on__isnull=False)
    return _pile(TO_SHARE, rows)


def partner_work(user, on):
    """Stories that wait for the consent of the person's organisation."""
    if not access.may(user, Permission.RETURN_SUBMIT):
        return {}
    mine = Organisation.objects.of_user(user)
    rows = OutcomeStory.objects.filter(status=StoryStatus.DRAFT, consent_on__isnull=True, organisation__in=mine)
    return _pile(TO_CONSENT, rows)


def _pile(heading, rows):
    rows = rows.select_related("organisation").order_by("period_ends_on", "pk")
    found = [Work(row.title, f"{row.reference}, {row.organisation}", row.get_absolute_url(), None) for row in rows]
    return {heading: found} if found else {}
