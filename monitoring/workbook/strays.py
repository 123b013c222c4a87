"""What stands on a sheet beside its answers: nothing people wrote is lost without a word."""

from decimal import Decimal

from ..enums import FaultClass
from ..rules.faults.fault import name_of
from .findings import MISSING, NOTE, WARNING, place
from .layout import MARK, TOTAL, cell_at, figure
from .pages import folded, squeezed

MOST = 20
KEPT = "Nothing has to be done: what the portal holds is kept"


def say_strays(answers, *, is_old, version):
    """Everything on the sheet of `answers` that is not an answer, into its faults."""
    match, page = answers.match, answers.page
    if match.key_column is None:
        return
    extra, outside = _others(match, page)
    _rows(answers, extra, is_old)
    _outside(answers, outside)
    _missing_lines(answers, is_old, version)
    if not is_old:
        _changed(answers)
    _headings(answers)
    _hidden(answers)
    for copy in match.copies:
        _copy(answers, copy)
    if folded(page.name) != folded(match.layout.name):
        answers.say(
            FaultClass.SECTION,
            f"Sheet “{match.layout.name}” is now called “{page.name}”; it was read all the same",
            "",
            kind="renamed",
            level=NOTE,
        )


def _ours(match):
    """Texts of ours above the lines, in whatever row they stand now."""
    texts = {match.sheet.title, *match.layout.guidance}
    return {folded(text) for text in texts} | {folded(kind.title) for kind in match.layout.columns}


def _others(match, page):
    """(cells of rows that are no line of ours by row, other cells outside the table)."""
    ours, texts = {column for columns in match.columns.values() for column in columns}, _ours(match)
    lines = {row: key for key, rows in match.rows.items() for row in rows}
    by_key = {line.key: line for line in match.sheet.lines}
    blank = _blank_places(match, lines, by_key)
    head = max(row for row in (match.key_row, match.header_row, 0) if row is not None)
    total = {row for (row, column), value in page.cells.items() if column == match.key_column and value == TOTAL}
    extra, outside = {}, []
    for at, value in page.cells.items():
        row, column = at
        if column == match.key_column or row in {match.key_row, match.header_row} or row in total:
            continue
        if isinstance(value, str) and (not value.strip() or value.startswith(MARK)):
            continue
        if row in lines:
            if column not in ours or at in blank:
                outside.append(at)
        elif row > head and column in ours:
            extra.setdefault(row, []).append(at)
        elif not (isinstance(value, str) and folded(value) in texts):
            outside.append(at)
    return extra, outside


def _blank_places(match, lines, by_key):
    """Cells in columns of answers whose line asks for nothing there."""
    asked = [(match.columns[kind.key][0], kind) for kind in match.layout.columns if kind.key in match.columns]
    return {
        (row, column)
        for column, kind in asked
        if kind.is_answer
        for row, key in lines.items()
        if kind.of(by_key[key]) is None
    }


def _rows(answers, extra, is_old):
    """Rows that are no line of this return: added by hand, or of an earlier template."""
    page, match = answers.page, answers.match
    for row, places in sorted(extra.items())[:MOST]:
        key = page.text((row, match.key_column))
        words = next((page.text(at) for at in sorted(places) if page.text(at)), "")
        name = f"“{words[:60]}” in row {row + 1}" if words else f"Row {row + 1}"
        if key and is_old:
            sentence, mend = f"{name} is not asked any more and was not read", ""
        else:
            sentence = f"{name} is not a line of this return and was not read"
            mend = "Put the answer on one of the lines above, or write about it in the words of the return"
        _at(answers, FaultClass.ROW, sentence, mend, min(places), "extra-row", NOTE if key and is_old else WARNING)
    if len(extra) > MOST:
        at = min(extra[sorted(extra)[MOST]])
        more = f"{len(extra) - MOST} more rows below are no lines of this return and were not read"
        _at(answers, FaultClass.ROW, more, "Delete them, or put their answers on the lines above", at, "extra-rows")


def _outside(answers, outside):
    if not outside:
        return
    outside.sort()
    names = ", ".join(cell_at(*at) for at in outside[:8]) + (f" and {len(outside) - 8} more" if outside[8:] else "")
    _at(
        answers,
        FaultClass.SECTION,
        f"What stands outside the answer cells was not read: {names}",
        "Move it into the pale yellow cells, or delete it",
        outside[0],
        "outside",
    )


def _at(answers, cls, sentence, mend, at, kind, level=WARNING):
    """A finding about a cell that is no answer."""
    line, name = place(answers.sheet.slug, cell_at(*at))
    answers.cells[line, name] = (answers.page.name, name)
    answers.say(cls, sentence, mend, kind=kind, level=level, line=line, name=name)


def _missing_lines(answers, is_old, version):
    """Lines that are not on the sheet: the template asks for more by now, or a row was deleted."""
    for line in answers.sheet.lines:
        if line.key in answers.match.rows:
            continue
        if is_old:
            sentence = (
                f"“{name_of(line)}” is not in this workbook, which was made from version {version} of the template"
            )
            mend, level = "Fill it in on the page of the return", MISSING
        else:
            sentence = f"“{name_of(line)}” is not on sheet “{answers.page.name}” any more"
            mend, level = "What the portal holds for it stays. Fill it in on the page of the return", WARNING
        answers.say(FaultClass.ROW, sentence, mend, kind="no-line", level=level, line=line.key)


def _changed(answers):
    """Grey cells that differ from what we wrote."""
    changed = []
    for kind in answers.match.layout.columns:
        column = next(iter(answers.match.columns.get(kind.key, [])), None)
        if kind.is_answer or column is None:
            continue
        for line in answers.sheet.lines:
            at = (answers.read_rows.get(line.key), column)
            if at[0] is not None and not _same(kind.of(line), answers.page.cells.get(at)):
                changed.append(at)
    if changed:
        changed.sort()
        names = ", ".join(cell_at(*at) for at in changed[:8]) + (f" and {len(changed) - 8} more" if changed[8:] else "")
        sentence = f"Grey cells were changed: {names}"
        _at(answers, FaultClass.SECTION, sentence, KEPT, changed[0], "changed", NOTE)


def _same(ours, theirs):
    if ours in (None, "") or theirs in (None, ""):
        return ours in (None, "") and theirs in (None, "")
    if isinstance(theirs, str):
        ours, theirs = str(ours), figure(theirs.strip()) if isinstance(ours, Decimal) else theirs
    if isinstance(ours, int | Decimal) and isinstance(theirs, int | Decimal):
        return ours == theirs
    return squeezed(str(ours)) == squeezed(str(theirs))


def _headings(answers):
    """Headings that were changed, while the hidden row still says what their column is."""
    match, page = answers.match, answers.page
    if match.header_row is None or match.key_row is None:
        return
    for kind in match.layout.columns:
        for column in match.columns.get(kind.key, [])[:1]:
            now = page.text((match.header_row, column))
            if folded(now) != folded(kind.title):
                sentence = (
                    f"The heading “{kind.title}” was changed to “{now[:60]}”; the column was read as “{kind.title}”"
                )
                _at(answers, FaultClass.SECTION, sentence, "", (match.header_row, column), "heading", NOTE)


def _hidden(answers):
    """Our own sheet, lines or columns that people hid: read like the others, and said."""
    match, page = answers.match, answers.page
    if page.hidden:
        answers.say(
            FaultClass.SECTION,
            f"Sheet “{page.name}” is hidden; it was read like the others",
            "",
            kind="hidden-sheet",
            level=NOTE,
        )
    rows = sorted(row for row in answers.read_rows.values() if row in page.hidden_rows)
    if rows:
        names = ", ".join(str(row + 1) for row in rows[:8]) + (f" and {len(rows) - 8} more" if rows[8:] else "")
        several = (
            "Rows {} are hidden; they were read like the others"
            if rows[1:]
            else "Row {} is hidden; it was read like the others"
        )
        column = match.columns.get("label", [1])[0]
        _at(answers, FaultClass.ROW, several.format(names), "", (rows[0], column), "hidden-row", NOTE)
    for kind in match.layout.columns:
        column = next(iter(match.columns.get(kind.key, [])), None)
        if kind.is_answer and column in page.hidden_columns and match.header_row is not None:
            sentence = f"The column “{kind.title}” is hidden; it was read like the others"
            _at(answers, FaultClass.SECTION, sentence, "", (match.header_row, column), "hidden-column", NOTE)


def _copy(answers, copy):
    same = copy.cells == answers.page.cells
    answers.say(
        FaultClass.SECTION,
        f"Sheet “{copy.name}” is a copy of “{answers.page.name}” and was not read",
        "" if same else f"Delete it, or move its answers to “{answers.page.name}”",
        kind="copy",
        level=NOTE if same else WARNING,
        more=copy.name,
    )
