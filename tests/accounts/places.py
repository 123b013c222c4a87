"""What the tests of people share: moments, letters, links."""

import re
from datetime import UTC, datetime

from records.models import Notice

AT = datetime(2020, 5, 4, 9, 0, tzinfo=UTC)


def letters(rule):
    """What was written under one rule: (address, heading), in order of writing."""
    rows = Notice.objects.filter(rule=rule).order_by("pk").select_related("person")
    return [(row.person.email, row.heading) for row in rows]


def token_in_letter(email):
    """The token in the newest invitation to this address."""
    body = Notice.objects.filter(rule="invitation", person__email=email).latest("pk").body
    return re.search(r"/invitations/([^/\s]+)/", body).group(1)
