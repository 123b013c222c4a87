"""The letter that tells a partnership that the office keeps the money of a project (C7)."""

from plans.queries import letterhead
from records.calendar import london_day
from records.enums import PaperKind
from records.papers import make_paper


def retain_letter(project, decision, *, amount, by, at):
    """Keep the letter, with the allocation before and after; asked once the allocation has been changed."""
    case = project.case
    allocation, is_example = case.allocation, case.organisation.is_example
    part = allocation.tactical_amount if case.is_tactical else allocation.main_amount
    return make_paper(
        kind=PaperKind.RETAIN_LETTER,
        subject=project,
        title=f"Money retained by the office: {project.title}",
        template="letters/retain.html",
        context={
            **letterhead(
                case.round.stream.plan.body, reference=decision.reference, on=london_day(at), is_example=is_example
            ),
            "project": project,
            "case": case,
            "decision": decision,
            "amount": amount,
            "whole": (allocation.amount + amount, allocation.amount),
            "part": (part + amount, part),
            "addressee": [case.organisation.name],
        },
        by=by,
        at=at,
        is_example=is_example,
    )
