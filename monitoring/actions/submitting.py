"""The moment of submission: frozen, receipted, owed a review. Shared by first sending and by corrections."""

from records import calendar, obligations, workflow
from records.enums import ObligationKind

from .. import letters, notices, queries, rules
from ..enums import RETURN_MOVES, ReturnStatus
from ..models import ReturnVersion


def hand_in(monitoring_return, *, by, at, reason=""):
    """Move to submitted, freeze the next version, close what was owed, owe the review (X6)."""
    again = monitoring_return.submitted_at is not None
    workflow.move(
        monitoring_return,
        ReturnStatus.SUBMITTED,
        moves=RETURN_MOVES,
        verb="resubmitted" if again else "submitted",
        by=by,
        at=at,
        reason=reason,
        summary="Submitted again after questions" if again else "Submitted",
        submitted_at=at,
        submitted_by=by,
    )
    version = freeze(monitoring_return, by=by, at=at, reason=reason)
    closing = f"Submitted as {monitoring_return.reference}, version {version.number}"
    obligations.close(
        monitoring_return.subject,
        ObligationKind.RETURN,
        at=at,
        by=by,
        closing=closing,
        period=monitoring_return.obligation.period,
    )
    obligations.close(monitoring_return, ObligationKind.RETURN_QUERY, at=at, by=by, closing=closing)
    review_by = calendar.add_working_days(calendar.london_day(at), monitoring_return.rules.review_working_days)
    obligations.owe(
        monitoring_return,
        ObligationKind.RETURN_REVIEW,
        title=f"Review {monitoring_return.get_kind_display().lower()} of {monitoring_return.organisation}"[:300],
        due_on=review_by,
        link=monitoring_return.get_absolute_url(),
        anchor="Working days after submission",
    )
    notices.return_submitted(monitoring_return, version=version, review_by=review_by, at=at)
    return monitoring_return


def freeze(monitoring_return, *, by, at, reason=""):
    """Write the next version and its receipt; a database trigger keeps it as it is."""
    content = queries.content_of(monitoring_return, queries.figures_of(monitoring_return))
    content["warnings"] = rules.explained(monitoring_return)
    certifier = monitoring_return.certified_by
    content["certified_by"] = certifier.full_name if certifier else ""
    content["certified_on"] = calendar.london_day(monitoring_return.certified_at).isoformat() if certifier else ""
    content["submitted_by"] = by.full_name
    content["one_person"] = bool(certifier) and certifier.pk == by.pk
    number = monitoring_return.versions.count() + 1
    return ReturnVersion.objects.create(
        monitoring_return=monitoring_return,
        number=number,
        content=content,
        reason=reason,
        at=at,
        by=by,
        paper=letters.return_receipt(monitoring_return, content, number=number, by=by, at=at),
    )
