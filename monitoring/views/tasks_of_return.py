"""The task list of a return: its sections, what each asks, and how far it is."""

from django.urls import reverse

from ..enums import ReturnSection

HINTS = {
    ReturnSection.SPEND: "What was spent on each line of the budget since the award began",
    ReturnSection.OUTCOMES: "What changed, beside the target and the last return",
    ReturnSection.OUTPUTS: "What was delivered, and how many",
    ReturnSection.PROJECTS: "How each project stands, and what happened",
    ReturnSection.OVERALL: "The whole period in your words, learning, risks",
    ReturnSection.UNDERSPEND: "What is left of the money released, and why",
    ReturnSection.FILES: "Evidence, photographs, anything that helps (optional)",
}


def sections_of(monitoring_return, parts):
    """The sections this return has: no outcomes where none were planned."""
    without = set()
    if not any(part.outcomes for part in parts):
        without.add(ReturnSection.OUTCOMES)
    if not any(part.outputs for part in parts):
        without.add(ReturnSection.OUTPUTS)
    return [section for section in ReturnSection if section not in without]


def section_url(monitoring_return, section):
    """Where a section is written."""
    if section == ReturnSection.FILES:
        return reverse("monitoring:return_files", kwargs={"reference": monitoring_return.reference})
    given = {"reference": monitoring_return.reference, "section": section.lower()}
    return reverse("monitoring:return_edit", kwargs=given)


def has_answers(monitoring_return, section, parts):
    """Whether anything was typed into a section."""
    rows = {
        ReturnSection.SPEND: lambda: any(row.spent is not None for part in parts for row in part.spend),
        ReturnSection.OUTCOMES: lambda: any(
            row.value is not None or row.comment for part in parts for row in part.outcomes
        ),
        ReturnSection.OUTPUTS: lambda: any(
            row.delivered is not None or row.comment for part in parts for row in part.outputs
        ),
        ReturnSection.PROJECTS: lambda: any(part.report.standing or part.report.narrative for part in parts),
        ReturnSection.OVERALL: lambda: bool(
            monitoring_return.narrative or monitoring_return.learning or monitoring_return.risks
        ),
        ReturnSection.UNDERSPEND: lambda: bool(monitoring_return.underspend_reason),
    }
    return rows[section]() if section in rows else False


def tasks(monitoring_return, parts, gaps):
    """The rows of the task list."""
    missing = {gap.section for gap in gaps}
    found = []
    for section in sections_of(monitoring_return, parts):
        started = has_answers(monitoring_return, section, parts)
        row = {
            "label": section.label,
            "url": section_url(monitoring_return, section),
            "hint": HINTS[section],
            "done": section not in missing and started,
        }
        if not row["done"]:
            optional = section not in missing
            row["status"] = "not_started" if optional else "in_progress" if started else "incomplete"
            row["status_label"] = "Optional" if optional else "In progress" if started else "Not started"
        found.append(row)
    return found
