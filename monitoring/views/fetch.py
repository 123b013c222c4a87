"""How every view finds its return: a stranger gets 404."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from accounts import access
from records import documents
from records.models import Event

from .. import queries
from ..enums import ReturnStatus
from ..models import MonitoringReturn

HANDED_IN = frozenset({ReturnStatus.SUBMITTED, ReturnStatus.QUERIED, ReturnStatus.REVIEWED})


def fetch(request, reference):
    """The return, if this person may see it."""
    rows = MonitoringReturn.objects.visible_to(request.user).with_parents()
    return get_object_or_404(rows.select_related("certified_by", "submitted_by", "reviewed_by"), reference=reference)


def crumbs(monitoring_return=None):
    """The way back to the list, and from an inner page to the return."""
    found = [{"label": "Home", "url": reverse("home")}, {"label": "Returns", "url": reverse("monitoring:return_list")}]
    if monitoring_return:
        found.append({"label": monitoring_return.reference, "url": monitoring_return.get_absolute_url()})
    return found


def page(request, monitoring_return, **more):
    """What every page about one return shows at its head."""
    return {
        "monitoring_return": monitoring_return,
        "breadcrumbs": crumbs(monitoring_return),
        "today": timezone.localdate(),
        **more,
    }


def content_for(request, monitoring_return, versions, parts=None):
    """What this person may read of the return: the office only what was submitted, writers the draft too."""
    latest = versions[0].content if versions else None
    if access.is_office(request.user) or monitoring_return.status in HANDED_IN:
        return latest
    return queries.content_of(monitoring_return, parts or queries.figures_of(monitoring_return))


def files_of(request, monitoring_return, *, removable=False):
    """The uploaded files as the shared part of a page asks for them."""
    return [
        {
            "name": row.name,
            "url": reverse("document_download", kwargs={"pk": row.pk}),
            "size": row.size,
            "uploaded_at": row.uploaded_at,
            "uploaded_by": row.uploaded_by,
            "remove_url": reverse(
                "monitoring:return_file_remove", kwargs={"reference": monitoring_return.reference, "pk": row.pk}
            )
            if removable
            else "",
        }
        for row in documents.about(monitoring_return)
    ]


def history_of(request, monitoring_return):
    """The log of the return, newest first; drafts saved apart, and only for those who write them."""
    events = list(
        Event.objects.filter(subject_type=monitoring_return._meta.label, subject_id=monitoring_return.pk).order_by(
            "-at", "-pk"
        )[:80]
    )
    told = [event for event in events if event.verb != "saved"]
    return told, [] if access.is_office(request.user) else [event for event in events if event.verb == "saved"]
