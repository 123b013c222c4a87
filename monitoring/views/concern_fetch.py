"""How every page of complaints finds its row, and the way back: nobody learns that another one exists (P2)."""

from django.http import Http404
from django.urls import reverse

from accounts import access
from accounts.roles import Permission

from ..queries import concerns as queries

READS = access.require(Permission.CONCERN_READ, Permission.CONCERN_ANSWER)
EDITING = ["GET", "HEAD", "POST"]


def crumbs(concern=None):
    """The way back to the hub, to the list, and from an inner page to the complaint."""
    found = [{"label": "Home", "url": reverse("home")}, {"label": "Assurance", "url": reverse("assurance")}]
    found.append({"label": "Complaints", "url": reverse("monitoring:concern_list")})
    return [*found, {"label": concern.reference, "url": concern.get_absolute_url()}] if concern else found


def fetch(request, reference):
    """The complaint, if this person may see it; nobody learns that another one exists."""
    concern = queries.found(request.user, reference)
    if concern is None:
        raise Http404("There is nothing here that you can see.")
    return concern
