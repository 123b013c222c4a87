"""The sheets around the figures: what this is and how to fill it in; and what has to be mended."""

from records.words import day_in_words

from .findings import MUST
from .layout import FRONT, MEND, wrapped

HOW = (
    (
        "Fill in the pale yellow cells with the thick border. All other cells are grey and locked: they tell what was "
        "agreed and what was reported before."
    ),
    (
        "Columns can be made wider. Figures can be copied and pasted in; paste values only, so that the cells keep "
        "their form."
    ),
    "Leave a figure empty while it is not known. Type 0 where there was none.",
    "Percentages are typed as they are spoken: 45 means 45%.",
    "Leave out names and other personal data of the people you work with.",
    "Save the workbook as an Excel workbook (.xlsx) without a password, then upload it on the page of the return.",
    "You can upload it as often as you like. Nothing is taken over before you have seen it and said so.",
)
COLOURS = (
    "Pale yellow with a thick border: your answer goes here.",
    "Grey: for reading only. Changes here are not taken over.",
    "Red with a double border: this answer has to be mended or explained. Its comment says how.",
)
LINE_POINTS = 15
MARKS = {"Where": 26, "Sheet": 26, "What to do": 22, "What is wrong": 55, "How to mend it": 55}
TO_MEND, TO_LOOK_AT = "Mend", "Look at it, and mend it if it is wrong"


def height(text, width, least):
    """How high a row must be for wrapped words, in points; a spreadsheet allows 409."""
    lines = sum(max(1, -(-len(part) // max(1, width - 2))) for part in text.split("\n"))
    return min(409, max(least, lines * LINE_POINTS))


def write_front(book, formats, monitoring_return, identity, sheets, layouts, template_version=None):
    """What this is, for whom, by when, how to fill it in, whom to ask."""
    page = book.add_worksheet(FRONT)
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 90)
    page.protect("", {"format_columns": True, "format_rows": True})
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.hide_gridlines(2)
    row = _facts(page, formats, monitoring_return, identity, template_version)
    guidance = template_version.guidance if template_version else ""
    if monitoring_return and monitoring_return.template_version_id:
        guidance = monitoring_return.template_version.guidance
    row = _texts(page, formats, row, "How to fill it in", [*HOW, *guidance.splitlines()])
    row = _colours(page, formats, row)
    row = _sheets(page, formats, row, sheets, layouts)
    if files := [(one.label, sheet.needed.get(one.key, "")) for sheet in sheets for one in sheet.files]:
        asked = [f"Upload this on the page of the return: {label}. {needed}".strip() for label, needed in files]
        row = _texts(page, formats, row, "Files", asked)
    _texts(page, formats, row, "Who to ask", contacts(monitoring_return))


def _facts(page, formats, monitoring_return, identity, template_version):
    if monitoring_return is None:
        title = f"Preview: {template_version}" if template_version else "Preview of a monitoring return"
        page.write_string(0, 0, title, formats("title"))
        return 2
    page.write_string(0, 0, f"{identity.kind} {identity.reference}", formats("title"))
    facts = {
        "Organisation": identity.recipient,
        "For": str(monitoring_return.subject),
        "Period": identity.period,
        "Due": day_in_words(monitoring_return.obligation.due_on),
    }
    for row, (name, value) in enumerate(facts.items(), 2):
        page.write_string(row, 0, name, formats("heading"))
        page.write_string(row, 1, value, formats("text"))
    return 3 + len(facts)


def _texts(page, formats, row, heading, texts):
    """A heading with its lines beside it; gives back the next free row."""
    page.write_string(row, 0, heading, formats("heading"))
    for number, text in enumerate(line for line in texts if line.strip()):
        page.write_string(row + number, 1, text, formats("text"))
        page.set_row(row + number, height(text, 90, LINE_POINTS))
        last = row + number
    return last + 2 if texts else row + 2


def _colours(page, formats, row):
    page.write_string(row, 0, "What the colours mean", formats("heading"))
    looks = [formats.answer("", locked=True), formats("known"), formats.answer("", failing=True, locked=True)]
    for words, look in zip(COLOURS, looks, strict=True):
        page.write_string(row, 1, words, look)
        row += 1
    return row + 1


def _sheets(page, formats, row, sheets, layouts):
    """Every sheet by name with a link to it, and its whole guidance."""
    page.write_string(row, 0, "The sheets", formats("heading"))
    for sheet in sheets:
        name = layouts[sheet.slug].name
        page.write_url(row, 1, to_cell(name, "B2"), formats("link"), name)
        row += 1
        for text in wrapped(sheet.guidance, 400):
            page.write_string(row, 1, text, formats("text"))
            page.set_row(row, height(text, 90, LINE_POINTS))
            row += 1
    return row + 1


def to_cell(name, address):
    """The address of a cell in this workbook, for a link."""
    return "internal:'{}'!{}".format(name.replace("'", "''"), address)


def contacts(monitoring_return):
    """The office that asked for the return: name, e-mail address and telephone, where known."""
    body = body_of(monitoring_return) if monitoring_return else None
    if body is None:
        return ["The office that sent you this workbook."]
    known = (("E-mail", body.contact_email), ("Telephone", body.telephone))
    return [body.name, *(f"{name}: {value}" for name, value in known if value)]


def body_of(monitoring_return):
    """The office whose stream or rules the award or contract belongs to, if either is known."""
    subject = monitoring_return.subject
    owner = subject.stream or subject.rule_set
    return owner.plan.body if owner else None


def write_marks(book, formats, marks, sheets, places):
    """Everything that has to be mended or explained, each with a link to its cell."""
    page = book.add_worksheet(MEND)
    page.activate()
    titles = {sheet.slug: sheet.title for sheet in sheets}
    for column, (title, width) in enumerate(MARKS.items()):
        page.write_string(2, column, title, formats("column"))
        page.set_column(column, column, width)
    page.write_string(0, 0, MEND, formats("title"))
    page.freeze_panes(3, 0)
    page.protect("", {"format_columns": True, "format_rows": True})
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(2)
    for row, mark in enumerate(marks, 3):
        if at := places.get((mark.line, mark.name)):
            page.write_url(row, 0, to_cell(*at), formats("link"), f"{at[0]}, {at[1]}"[:255])
        else:
            where = "The sheet as a whole" if mark.section else "The workbook as a whole"
            page.write_string(row, 0, where, formats("known"))
        told = [titles.get(mark.section, ""), TO_MEND if mark.level == MUST else TO_LOOK_AT, mark.sentence, mark.mend]
        for column, text in enumerate(told, 1):
            page.write_string(row, column, text, formats("known"))
        page.set_row(row, max(height(text, width, LINE_POINTS) for text, width in zip(told, _widths(), strict=True)))


def _widths():
    return list(MARKS.values())[1:]
