"""What monitoring has passed down of an award: verdicts of its returns, and what they say was reached (R2, V2)."""

from dataclasses import dataclass
from datetime import date

from plans.enums import ReportKind
from records.enums import ObligationKind
from records.models import Obligation

from ..enums import ReviewVerdict
from ..models import ReviewedReturn

WAIVED, NO_PART, NO_LONGER = "Waived", "No project of the award", "No longer owed"


@dataclass(frozen=True)
class Monitored:
    """One return of the award and how it stands; `is_fine` where it stands in nobody's way."""

    title: str
    due_on: date
    standing: str
    is_fine: bool
    reference: str = ""
    is_missing: bool = False
    is_satisfactory: bool = False


def monitoring_of(award, *, on):
    """Each return of the award due by the day, and any that was reviewed before it was due; the earliest first."""
    reviewed = {row.obligation_id: row for row in ReviewedReturn.objects.filter(award=award)}
    owed = Obligation.objects.about(award).filter(kind=ObligationKind.RETURN).order_by("due_on", "pk")
    rows = [row for row in owed if row.due_on <= on or row.closed_at]
    return [found for row in rows if (found := _monitored(row, reviewed.get(row.pk)))]


def _monitored(row, reviewed):
    reference = row.link.strip("/").rpartition("/")[2] if row.link.startswith("/returns/") else ""
    if reviewed and reviewed.verdict:
        good = reviewed.verdict == ReviewVerdict.SATISFACTORY
        words = f"{reviewed.get_verdict_display()}"
        return Monitored(row.title, row.due_on, words, good, reviewed.reference, is_satisfactory=good)
    if reviewed:
        return Monitored(row.title, row.due_on, "Opened again, not reviewed yet", False, reviewed.reference)
    if not row.closed_at:
        return Monitored(row.title, row.due_on, "Not sent", False, reference, is_missing=True)
    if row.closing == WAIVED:
        return Monitored(row.title, row.due_on, "Waived", True, reference)
    if row.closing.startswith((NO_LONGER, NO_PART)):
        return None
    return Monitored(row.title, row.due_on, "Sent, not reviewed yet", False, reference)


def results_so_far(award):
    """What the accepted returns of an award say was reached, the newest return first: plain rows fit for JSON."""
    rows = ReviewedReturn.objects.filter(award=award, verdict=ReviewVerdict.SATISFACTORY)
    return [
        {
            "reference": row.reference,
            "kind": ReportKind(row.kind).label,
            "starts_on": row.starts_on.isoformat(),
            "ends_on": row.ends_on.isoformat(),
            "rows": row.results,
        }
        for row in rows.order_by("-ends_on", "-pk")
    ]


def results_shown(continuation):
    """The results as frozen when the business case was sent, or as they are while it is being written; with days."""
    told = continuation.results if continuation.submitted_at else results_so_far(continuation.award)
    return [
        {**part, "starts_on": date.fromisoformat(part["starts_on"]), "ends_on": date.fromisoformat(part["ends_on"])}
        for part in told
    ]


def newest_results(award):
    """[(return, row)]: of each thing reported on the award, what the newest accepted return says."""
    found = {}
    for row in ReviewedReturn.objects.filter(award=award, verdict=ReviewVerdict.SATISFACTORY).order_by("ends_on", "pk"):
        for told in row.results:
            found[told["key"]] = ({"reference": row.reference, "kind": row.kind}, told)
    return list(found.values())
