"""How every view finds its return: a stranger gets 404."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from accounts import access
from records import documents
from records.models import Event

from .. import queries, rules
from ..enums import ReturnStatus, section_words
from ..forms import LONGEST_SECTION, about_of
from ..models import MonitoringReturn

HANDED_IN = frozenset({ReturnStatus.SUBMITTED, ReturnStatus.QUERIED, ReturnStatus.REVIEWED})
DRAFTING = frozenset({"saved", "explained"})  # the office reads figures and reasons once they were sent
NAMED = ("certified_by", "submitted_by", "reviewed_by", "template_version")


@dataclass
class Written:
    """A return as it stands now, read once for a whole page: what is wrong with it, and what explains that."""

    monitoring_return: MonitoringReturn
    parts: list
    sheets: list
    previous: dict
    faults: list
    reasons: dict

    @property
    def warnings(self):
        return rules.warnings_of(self.faults)

    @property
    def to_do(self):
        return rules.to_do(self.monitoring_return, self.sheets, self.faults, self.reasons)

    @property
    def content(self):
        """What would be frozen if it were sent now, with the last return beside."""
        found = queries.content_of(self.monitoring_return, self.parts, self.sheets)
        found["warnings"] = rules.explained(
            self.monitoring_return, sheets=self.sheets, faults=self.faults, reasons=self.reasons
        )
        return queries.with_previous(found, self.previous)


def written(monitoring_return):
    """The return as it stands now."""
    parts = queries.figures_of(monitoring_return)
    previous = queries.last_content(monitoring_return)
    sheets = queries.sheets_of(monitoring_return, parts, previous)
    faults = rules.faults_of(monitoring_return, sheets, {})
    reasons = rules.reasons_of(monitoring_return) if rules.warnings_of(faults) else {}
    return Written(monitoring_return, parts, sheets, previous, faults, reasons)


def fetch(request, reference):
    """The return, if this person may see it."""
    rows = queries.with_clocks(MonitoringReturn.objects.visible_to(request.user).with_parents())
    return get_object_or_404(rows.select_related(*NAMED), reference=reference)


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
        "review_took": queries.days_to_review(monitoring_return),
        "breadcrumbs": crumbs(monitoring_return),
        "today": timezone.localdate(),
        **more,
    }


def content_for(request, monitoring_return, versions, now=None):
    """What this person may read of the return: the office only what was submitted, writers the draft too."""
    latest = versions[0].content if versions else None
    if access.is_office(request.user) or monitoring_return.status in HANDED_IN:
        previous = queries.last_content(monitoring_return) if latest else None
        return latest and queries.with_previous(latest, previous)
    return (now or written(monitoring_return)).content


def files_of(request, monitoring_return, *, removable=False, sheets=()):
    """The uploaded files as the shared part of a page asks for them; with `sheets`, what each is about."""
    about = about_of(sheets)
    return [
        {
            "name": row.name,
            "section": row.section,
            "note": f"About: {about[row.section]}" if row.section in about and sheets else "",
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
    told = [event for event in events if event.verb not in DRAFTING]
    return told, [] if access.is_office(request.user) else [event for event in events if event.verb in DRAFTING]


def asked_about(monitoring_return, tasks=()):
    """Questions and answers, oldest first, each section in words; while `tasks` stand open, with the way to it."""
    if not monitoring_return.submitted_at:
        return []
    rows = list(monitoring_return.queries.select_related("asked_by", "answered_by").order_by("asked_at", "pk"))
    urls = {task["label"][:LONGEST_SECTION]: task["url"] for task in tasks}
    for row in rows:
        row.section_label = section_words(row.section)
        row.url = "" if row.answered_at else urls.get(row.section_label, "")
    return rows
