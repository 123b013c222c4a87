"""What an uploaded workbook holds, as it was kept; figures stand in it as text, so that none is rounded."""

from decimal import Decimal

from .returns import plain

NEWEST = 10


def uploads_of(monitoring_return, user):
    """The newest workbooks of a return that this person may see, newest first; one query."""
    rows = monitoring_return.uploads.visible_to(user).select_related("by")
    return list(rows.order_by("-at", "-pk")[:NEWEST])


def kept_entries(values, cells):
    """{line key: {cell name: [text, sheet, address]}} of what was read; empty is null."""
    entries: dict[str, dict[str, list]] = {}
    for (key, name), value in values.items():
        text = plain(value) if isinstance(value, Decimal) else value or None
        entries.setdefault(key, {})[name] = [text, *cells.get((key, name), ("", ""))]
    return entries


def values_of(upload, sheets):
    """What the workbook says for each answer the return still asks for: {(line key, cell name): value}."""
    values: dict[tuple[str, str], Decimal | str | None] = {}
    for sheet in sheets:
        for line in sheet.lines:
            held = upload.entries.get(line.key, {})
            for cell in line.cells:
                if cell.name in held:
                    values[line.key, cell.name] = _value(cell, held[cell.name][0])
    return values


def _value(cell, text):
    if cell.is_figure:
        return None if text is None else Decimal(text)
    return text or ""


def place_of(upload, line, name):
    """Where an answer stood in the workbook: (sheet, address), empty where it is not known."""
    _text, sheet, address = upload.entries.get(line, {}).get(name, ["", "", ""])
    return sheet, address


def typed_over(upload, sheets):
    """All a marked copy holds: what was read and, where it could not be, what was typed."""
    typed = {
        (found["line"], found["name"]): found["typed"] for found in upload.findings if found["typed"] and found["line"]
    }
    return values_of(upload, sheets) | typed


def is_empty(value):
    return value is None or value == ""


def filled_in(values):
    """Without what is empty in the workbook: that leaves what the return says as it is."""
    return {place: value for place, value in values.items() if not is_empty(value)}


def differences(sheets, values):
    """The answers that would change: [(sheet, line, cell, value)], in the order of the return."""
    return [
        (sheet, line, cell, values[line.key, cell.name])
        for sheet in sheets
        for line in sheet.lines
        for cell in line.cells
        if (line.key, cell.name) in values and values[line.key, cell.name] != cell.value
    ]
