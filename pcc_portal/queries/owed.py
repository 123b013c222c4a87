"""Which obligations a person may see: on the home page and in the private calendar alike."""

from django.db.models import Q

from accounts import access
from accounts.models import Organisation
from grants.enums import AwardStatus
from grants.models import Award
from records.calendar import add_months
from records.models import Obligation

MONTHS_AHEAD = 18
# Far above what one office owes and is owed in that time; a calendar program chokes on more.
MOST = 3000


def obligations_of(user):
    """Open obligations the person may know of: the office all; others those of their organisations, and
    what a payee owes for them. Never what belongs to an award still in the office: that would tell of it."""
    rows = Obligation.objects.open().select_related("organisation")
    if access.is_office(user):
        return rows
    mine = Organisation.objects.of_user(user)
    not_offered = Award.objects.filter(status=AwardStatus.MADE).values("pk")
    untold = Q(subject_type=Award._meta.label, subject_id__in=not_offered)
    return rows.filter(Q(organisation__in=mine) | Q(recipient__in=mine)).exclude(untold)


def calendar_of(user, on):
    """What stands in the person's calendar: overdue, and due in the months ahead, nearest first."""
    rows = obligations_of(user).filter(due_on__lte=add_months(on, MONTHS_AHEAD))
    return list(rows.order_by("due_on", "pk")[:MOST])
