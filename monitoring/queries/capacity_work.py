"""Offers of support as work: what waits for whom, asked in one question each (B1)."""

from datetime import timedelta

from accounts import access
from accounts.models import Organisation
from accounts.roles import Permission
from records.calendar import end_of_day
from services.queries.extension_work import Work

from .capacity import standing_suggestions, to_record

RECORD, SUGGESTED = "Record who came to sessions", "Help suggested to you"
ONE_DAY = timedelta(days=1)


def office_work(user, on):
    """Sessions that are over and of which nobody has said who came."""
    if not access.may(user, Permission.SUPPORT_MANAGE):
        return {}
    rows = to_record(end_of_day(on - ONE_DAY))
    return {
        RECORD: [
            Work(f"{row.offer.title}", f"{row.reference}, {people(row.unrecorded)}", row.get_absolute_url(), None)
            for row in rows
        ]
    }


def people(number):
    """1 person, 3 people."""
    return f"{number} {'person' if number == 1 else 'people'}"


def partner_work(user, on):
    """What is suggested to the person's organisations and was neither taken up nor set aside, each offer once."""
    if not access.may(user, Permission.SUPPORT_JOIN):
        return {}
    rows = standing_suggestions().filter(organisation__in=Organisation.objects.of_user(user), taken=False)
    works: dict = {}
    for row in rows.order_by("-suggested_at", "pk"):
        work = Work(row.offer.title, row.reason, row.get_absolute_url(), None)
        works.setdefault((row.offer_id, row.organisation_id), work)
    return {SUGGESTED: list(works.values())}
