"""The task list of a return: its sheets, what each asks, and how far it is."""

from django.urls import reverse

from ..enums import ReturnSection
from ..queries import file_section

FILES = "files"
HINTS = {
    ReturnSection.SPEND: "What was spent on each line of the budget since the award began",
    ReturnSection.OUTCOMES: "What changed, beside the target and the last return",
    ReturnSection.OUTPUTS: "What was delivered, and how many",
    ReturnSection.KPIS: "The figure of each KPI beside its target and the last return",
    ReturnSection.PROJECTS: "How each project stands, and what happened",
    ReturnSection.OVERALL: "The whole period in your words, learning, risks",
    ReturnSection.UNDERSPEND: "What is left of the money released, and why",
}
ABOUT_FILES = "Evidence, photographs, anything that helps (optional)"


def sheet_url(monitoring_return, slug):
    """Where a sheet is written."""
    if slug == FILES:
        return reverse("monitoring:return_files", kwargs={"reference": monitoring_return.reference})
    return reverse("monitoring:return_edit", kwargs={"reference": monitoring_return.reference, "section": slug})


def box_urls(monitoring_return, sheets):
    """Where each answer is typed, by (line key, cell name); a file by ("", what it is kept under)."""
    found = {}
    for sheet in sheets:
        url = sheet_url(monitoring_return, sheet.slug)
        for line in sheet.lines:
            for cell in line.cells:
                found[line.key, cell.name] = f"{url}#{box_id(line, cell)}"
        for one in sheet.files:
            found["", file_section(one)] = f"{sheet_url(monitoring_return, FILES)}?about={file_section(one)}"
    return found


def box_id(line, cell):
    """The id of the control of one answer; of its first choice where it has several."""
    name = f"id_row-{line.pk}-{cell.name}" if line.pk else f"id_{cell.name}"
    return f"{name}_0" if cell.choices else name


def has_answers(sheet):
    """Whether anything was typed into a sheet."""
    return any(cell.value not in (None, "") for line in sheet.lines for cell in line.cells)


def hint_of(sheet):
    """What a sheet asks; how many questions where they are a template's own."""
    if sheet.section != ReturnSection.INDICATORS:
        return HINTS[sheet.section]
    asked = len({line.indicator.pk for line in sheet.lines}) + len(sheet.files)
    return f"{asked} question{'' if asked == 1 else 's'}"


def tasks(monitoring_return, sheets, gaps):
    """The rows of the task list: one for each sheet, then the files."""
    missing = {gap.sheet for gap in gaps}
    found = []
    for sheet in sheets:
        started = has_answers(sheet)
        row = {
            "label": sheet.title,
            "url": sheet_url(monitoring_return, sheet.slug),
            "hint": hint_of(sheet),
            "done": sheet.slug not in missing and started,
        }
        if not row["done"]:
            optional = sheet.slug not in missing
            row["status"] = "not_started" if optional else "in_progress" if started else "incomplete"
            row["status_label"] = "Optional" if optional else "In progress" if started else "Not started"
        found.append(row)
    url = sheet_url(monitoring_return, FILES)
    files = {"label": ReturnSection.FILES.label, "url": url, "hint": ABOUT_FILES, "done": False}
    return [*found, files | {"status": "not_started", "status_label": "Optional"}]
