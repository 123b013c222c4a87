"""The report of an audit visit, as sent for reply and as made final (P4)."""

from plans.queries import letterhead
from records.calendar import london_day
from records.enums import PaperKind
from records.papers import make_paper
from services import queries as services_queries

from ..queries import audits as queries


def office_of(visit, *, on):
    """The office whose plan pays for the award, or that commissions the contract on the day."""
    if visit.award_id:
        return visit.award.stream.plan.body
    return services_queries.variations.office_of(visit.contract, on=on)


def audit_report(visit, *, is_final, by, at):
    """Each condition with its result, the findings, the actions and, once final, the reply."""
    on, checks = london_day(at), queries.checks_of(visit)
    subject = visit.award or visit.contract
    counts, _ = queries.tally_of(checks)
    return make_paper(
        kind=PaperKind.AUDIT_REPORT,
        subject=visit,
        title=f"{'Report' if is_final else 'Draft report'} of the audit visit to {visit.organisation}",
        template="letters/audit_report.html",
        context={
            **letterhead(office_of(visit, on=on), reference=visit.reference, on=on, is_example=visit.is_example),
            "addressee": [visit.organisation.name],
            "visit": visit,
            "subject": subject,
            "subject_name": queries.name_of(subject),
            "terms": visit.terms,
            "checks": checks,
            "tally": [(result.label, number) for result, number in counts.items() if number],
            "findings": queries.findings_of(visit),
            "is_final": is_final,
            "signatory": {"name": visit.auditor.full_name, "post": "Auditor of this visit"},
        },
        by=by,
        at=at,
        is_example=visit.is_example,
    )
