"""The moment of submission: frozen, receipted, owed a review. Shared by first sending and by corrections."""

from grants.actions import spend
from records import calendar, obligations, workflow
from records.enums import ObligationKind
from services.actions import kpis

from .. import queries, rules
from ..enums import RETURN_MOVES, ReturnStatus
from ..letters import returns as letters
from ..models import ReturnVersion
from ..notices import returns as notices
from ..queries.returns import number_of


def hand_in(monitoring_return, *, by, at, reason=""):
    """Move to submitted, freeze the next version, close what was owed, owe the review (X6).

    `reason` is of a correction: the answers given, or why a submitted return was opened again.
    """
    again = monitoring_return.submitted_at is not None
    after = "a correction" if monitoring_return.is_corrected else "questions"
    workflow.move(
        monitoring_return,
        ReturnStatus.SUBMITTED,
        moves=RETURN_MOVES,
        verb="resubmitted" if again else "submitted",
        by=by,
        at=at,
        reason=reason,
        summary=f"Submitted again after {after}" if again else "Submitted",
        submitted_at=at,
        submitted_by=by,
        correction_reason="",
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
    for kind in (ObligationKind.RETURN, ObligationKind.RETURN_QUERY):
        obligations.close(monitoring_return, kind, at=at, by=by, closing=closing)
    pass_down_spend(monitoring_return, version)
    pass_down_kpis(monitoring_return, version, by=by)
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


def pass_down_spend(monitoring_return, version):
    """Tell grants what the award has spent, for the history read where awards are decided (X2)."""
    if not monitoring_return.award_id:
        return
    spend.record_reported_spend(
        award=monitoring_return.award,
        reference=monitoring_return.reference,
        kind=monitoring_return.kind,
        ends_on=monitoring_return.ends_on,
        spent=number_of(version.content["totals"]["spent"]),
        reason=monitoring_return.underspend_reason,
        covers_the_award=monitoring_return.covers_the_award,
        at=version.at,
    )


def pass_down_kpis(monitoring_return, version, *, by):
    """Tell services what was reported for the KPIs of the contract; a correction supersedes it (S4)."""
    if not monitoring_return.contract_id:
        return
    kpis.report_results(
        report=monitoring_return.reference,
        contract=monitoring_return.contract,
        starts_on=monitoring_return.starts_on,
        ends_on=monitoring_return.ends_on,
        version=version.number,
        figures=[
            (row.kpi, row.value, row.comment)
            for row in monitoring_return.kpi_lines.select_related("kpi").order_by("kpi__number")
        ],
        by=by,
        at=version.at,
    )


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
