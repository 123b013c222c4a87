"""Who stands behind the audiences of a step."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.auth import get_user_model

from ..enums import Audience

OF_BOTH = {Audience.CONTRIBUTOR, Audience.LEAD, Audience.CERTIFIER}


@dataclass
class People:
    """Who stands behind an audience of an organisation; each asked for once in a sweep or on a page."""

    people_for: Callable
    known: dict = field(default_factory=dict)

    def behind(self, audience, organisation):
        key = (audience, organisation.pk if organisation else None)
        if key not in self.known:
            self.known[key] = list(self.people_for(audience, organisation))
        return self.known[key]

    def only(self, ids):
        """The people of these numbers who are still here."""
        key = tuple(sorted(ids))
        if key not in self.known:
            self.known[key] = list(get_user_model().objects.filter(pk__in=ids, is_active=True).order_by("pk"))
        return self.known[key]

    def of(self, audiences, organisation, recipient=None):
        """The people of several audiences, each person once; of a payee's duty also the recipient's own."""
        found = {}
        for audience in audiences:
            bodies = [organisation, recipient] if recipient is not None and audience in OF_BOTH else [organisation]
            for body in bodies:
                for person in self.behind(audience, body):
                    found.setdefault(person.pk, person)
        return list(found.values())
