"""The receipt for a business case: everything that was sent, on paper (X6)."""

from records.enums import PaperKind
from records.papers import make_paper
from records.words import day_of, pounds

from ..enums import CaseSection
from ..queries.case_content import total_of
from ..queries.questions import answers
from .letterhead import letterhead


def parts_of(content):
    """A content as headed parts of questions and answers: the case first, then each project."""
    parts = [{"heading": "The business case", "sections": [_section(content, CaseSection.OVERVIEW)]}]
    for project in content["projects"]:
        sections = [_section(project, section) for section in list(CaseSection)[1:]]
        heading = f"Project {project['number']}: {project['title']}"
        parts.append({"heading": heading, "sections": sections, "total": pounds_text(project["total"])})
    return parts


def _section(part, section):
    return {"section": section.value, "heading": section.label, "answers": answers(part, section)}


def pounds_text(total):
    """A sum kept as text, in words."""
    return pounds(total_of([{"total": total}]))


def receipt(case, *, content, number, by, at):
    """Make the paper of one submission."""
    is_example = case.round.is_example or case.organisation.is_example
    return make_paper(
        kind=PaperKind.SUBMISSION_RECEIPT,
        subject=case,
        title=f"Receipt for business case {case.reference}" + (f", submission {number}" if number > 1 else ""),
        template="letters/business_case_receipt.html",
        context={
            **letterhead(case.round.stream.plan.body, reference=case.reference, on=day_of(at), is_example=is_example),
            "addressee": [case.organisation.name],
            "case": case,
            "content": content,
            "parts": parts_of(content),
            "total": pounds_text(content["total"]),
            "sent_by": by.full_name,
            "sent_at": at,
        },
        by=by,
        at=at,
        is_example=is_example,
    )
