"""What a return still lacks. An unknown figure is empty; nothing spent is an explicit 0."""

from dataclasses import dataclass

from .. import queries
from ..enums import ReturnSection
from ..queries.returns import total_spent


@dataclass(frozen=True)
class Gap:
    """One thing to do before the return can go: where, and a sentence."""

    section: ReturnSection
    sentence: str


def gaps(monitoring_return, parts=None):
    """Everything still missing, in the order of the sections; empty when the return may go."""
    parts = queries.figures_of(monitoring_return) if parts is None else parts
    found = [Gap(ReturnSection.SPEND, line) for line in spend_gaps(parts, monitoring_return.rules)]
    found += [Gap(ReturnSection.OUTCOMES, line) for line in outcome_gaps(parts)]
    found += [Gap(ReturnSection.OUTPUTS, line) for line in output_gaps(parts)]
    found += [Gap(ReturnSection.PROJECTS, line) for line in project_gaps(parts)]
    found += [Gap(ReturnSection.OVERALL, line) for line in overall_gaps(monitoring_return)]
    found += [Gap(ReturnSection.UNDERSPEND, line) for line in underspend_gaps(monitoring_return, parts)]
    return found


def spend_gaps(parts, rule_set):
    """Spend lines without a figure; for greater scrutiny also those without evidence (C8)."""
    found = []
    for part in parts:
        for row in part.spend:
            where = f"{row.heading} ({part.line.title})"
            if row.spent is None:
                found.append(f"Enter what was spent on {where}; enter 0 if nothing was")
            elif row.spent and rule_set.spend_evidence_required and not row.evidence.strip():
                found.append(f"Say what shows the spend on {where}: an invoice, a ledger line, a payroll record")
    return found


UNKNOWN = "Enter {what} “{row}” ({project}), or say in the comment why it is not known"


def outcome_gaps(parts):
    """Results neither entered nor explained."""
    return [
        UNKNOWN.format(what="the result for", row=row.planned, project=part.line.title)
        for part in parts
        for row in part.outcomes
        if row.value is None and not row.comment.strip()
    ]


def output_gaps(parts):
    """Numbers delivered neither entered nor explained."""
    return [
        UNKNOWN.format(what="the number delivered of", row=row.planned, project=part.line.title)
        for part in parts
        for row in part.outputs
        if row.delivered is None and not row.comment.strip()
    ]


def project_gaps(parts):
    """Projects without a standing or without words."""
    found = []
    for part in parts:
        if not part.report.standing:
            found.append(f"Say how “{part.line.title}” stands against its plan")
        if not part.report.narrative.strip():
            found.append(f"Say what happened in “{part.line.title}”")
    return found


def overall_gaps(monitoring_return):
    """The words every return needs."""
    return [] if monitoring_return.narrative.strip() else ["Say what happened over the whole period"]


def underspend_gaps(monitoring_return, parts):
    """At the end of an award, money left over needs a reason (C6, C8)."""
    if not monitoring_return.covers_the_award or monitoring_return.underspend_reason.strip():
        return []
    spent = total_spent(parts)
    if spent is None or not monitoring_return.award_id:
        return []
    released, _returned = queries.released_to(monitoring_return.award_id)
    return ["Say why money is left unspent"] if released > spent else []
