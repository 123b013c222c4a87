"""The numbered notice of a key decision."""

from plans.queries import letterhead
from records.calendar import london_day
from records.enums import PaperKind
from records.papers import make_paper


def decision_notice(decision, project, *, by, at):
    """Keep the notice of a key decision, made from the text captured when it was decided."""
    case = project.case
    is_example = case.organisation.is_example
    title = f"Decision notice {decision.notice_number}: {decision.title}"
    body = case.round.stream.plan.body
    return make_paper(
        kind=PaperKind.DECISION_NOTICE,
        subject=decision,
        title=title,
        template="letters/decision_notice.html",
        context={
            **letterhead(body, reference=decision.reference, on=london_day(decision.made_at), is_example=is_example),
            "decision": decision,
            "project": project,
            "case": case,
            "stream": case.round.stream,
        },
        by=by,
        at=at,
        is_example=is_example,
    )


def notice_of_direct_award(decision, proposal, *, by, at):
    """Keep the notice of a key decision on a direct award."""
    body = proposal.stream.plan.body
    is_example = proposal.recipient.is_example
    return make_paper(
        kind=PaperKind.DECISION_NOTICE,
        subject=decision,
        title=f"Decision notice {decision.notice_number}: {decision.title}",
        template="letters/decision_notice.html",
        context={
            **letterhead(body, reference=decision.reference, on=london_day(decision.made_at), is_example=is_example),
            "decision": decision,
            "proposal": proposal,
            "stream": proposal.stream,
        },
        by=by,
        at=at,
        is_example=is_example,
    )
