"""An uploaded workbook, answered in plain words (X5): what it says, what is wrong with it, and where.

First the guard looks at the file, then a process of its own reads it, then every answer is read as the web form
reads it. Nothing is written, and nothing here trusts a place: lines and columns are known by their hidden keys.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..enums import FaultClass
from ..rules.faults import Fault, faults_of
from . import guard, identity
from .answers import AnswersOf
from .findings import MISSING, MUST, NOTE, WARNING, fault
from .layout import FRONT, IDENTITY, cell_at, layouts_of
from .outside import examine_outside
from .pages import folded, matched, others, page_of
from .strays import say_strays

FILE, SECTION = FaultClass.FILE, FaultClass.SECTION
TOO_MUCH = {
    "size": "The workbook unpacks to far more than any return needs",
    "sheets": "The workbook has far more sheets than any return needs: {count}",
    "cells": "Sheet “{sheet}” holds far more cells than any return needs",
    "rows": "Sheet “{sheet}” goes far below its table: there is something in cell {cell}",
    "columns": "Sheet “{sheet}” goes far to the right of its table: there is something in cell {cell}",
    "time": "The workbook takes too long to read",
    "memory": "The workbook takes too much memory to read",
    "broken": "The workbook is damaged and cannot be read",
}
FRESH = "Download the workbook again and copy your answers into it"


@dataclass(frozen=True)
class Reading:
    """What a workbook says. `values` and `raw` are by (line key, cell name); `cells` says where each stands, and
    where every fault about another cell stands, by its (line, name). `refused` means nothing of it was read."""

    values: dict[tuple[str, str], Any] = field(default_factory=dict)
    raw: dict[tuple[str, str], Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    cells: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    template_number: int | None = None
    refused: bool = False


def read_workbook(content, *, monitoring_return, sheets, examine: Callable[[bytes], dict] = examine_outside):
    """Read an uploaded workbook against a return and its sheets; every fault is in the answer, none is raised."""
    if wrong := guard.why_not_open(content):
        return Reading(faults=[wrong], refused=True)
    told = examine(content)
    if "refused" in told:
        return Reading(faults=[_too_much(told["refused"])], refused=True)
    pages = [page_of(sheet) for sheet in told["sheets"]]
    said, agree = identity.said_by(_identity_rows(pages), told["properties"])
    if wrong := identity.why_not_this(said, agree, monitoring_return):
        return Reading(faults=[wrong], refused=True, template_number=said.number)
    return _read(pages, said, monitoring_return, [sheet for sheet in sheets if sheet.lines])


def _too_much(reason):
    what = reason["what"]
    mend = guard.SAVE if what == "broken" else FRESH
    if "cell" in reason:
        mend = "Clear everything outside the table, or: " + FRESH[0].lower() + FRESH[1:]
    return fault(FILE, TOO_MUCH[what].format(**reason), mend, code=f"file:{what}")


def _identity_rows(pages):
    page = next((page for page in pages if folded(page.name) == IDENTITY), None)
    if page is None:
        return []
    return [(page.text((row, 0)), page.text((row, 1))) for row in range(20)]


def _read(pages, said, monitoring_return, asked):
    """Everything of a workbook that is the right one."""
    layouts = layouts_of(asked)
    found = matched(pages, asked, layouts)
    is_old, is_outrun = identity.is_old(said, monitoring_return), identity.is_outrun(said, monitoring_return)
    values, raw, cells = {}, {}, {}
    faults = [*_whole(said, is_old, is_outrun), *_front(pages), *(_unread(page) for page in others(pages, found))]
    for sheet in asked:
        if sheet.slug not in found:
            faults.append(_missing_sheet(sheet, layouts[sheet.slug], is_old, said))
            continue
        answers = AnswersOf(found[sheet.slug]).read()
        say_strays(answers, is_old=is_old, version=said.template_number)
        values |= answers.values
        raw |= answers.raw
        cells |= answers.cells
        faults += answers.faults
    order = {sheet.slug: number for number, sheet in enumerate(asked)}
    faults.sort(key=lambda one: order.get(one.section, -1))
    return Reading(values, raw, faults, cells, said.number)


def _whole(said, is_old, is_outrun):
    """What is to be said of the workbook as a whole."""
    found = []
    if is_old:
        sentence = f"The workbook was made from version {said.template_number} of the template, which has changed since"
        found.append(fault(FILE, sentence, "What it does not ask for is listed below", code="file:old", level=NOTE))
    if is_outrun:
        found.append(
            fault(
                FILE,
                "The return was changed in the portal after this workbook was downloaded",
                "Compare the answers before you take them over. Cells left empty change nothing",
                code=f"file:outrun:{said.draft}",
                level=WARNING,
            )
        )
    return found


def _front(pages):
    """Figures typed on the sheet that only explains: nobody would look for them there."""
    page = next((page for page in pages if folded(page.name) == folded(FRONT)), None)
    typed = sorted(at for at, value in (page.cells.items() if page else ()) if at[1] > 1 or not isinstance(value, str))
    if not typed:
        return []
    names = ", ".join(cell_at(*at) for at in typed[:8])
    return [
        fault(
            FILE,
            f"What stands on “{FRONT}” was not read: {names}",
            "Move the answers to the sheets of the return",
            code="sheet:front",
            level=WARNING,
        )
    ]


def _unread(page):
    return fault(
        FILE,
        f"Sheet “{page.name}” does not belong to the workbook and was not read",
        "Put what matters in the words of the return, or upload it as a file of its own",
        code=f"sheet:{page.name}",
        level=WARNING,
    )


def _missing_sheet(sheet, layout, is_old, said):
    if is_old:
        sentence = f"Sheet “{layout.name}” is not in this workbook, which was made from version {said.template_number}"
        mend, level = "Fill it in on the page of the return", MISSING
    else:
        sentence, level = f"Sheet “{layout.name}” is not in the workbook", WARNING
        mend = "What the portal holds for it stays. Fill it in on the page of the return, or put the sheet back"
    return fault(SECTION, sentence, mend, code=f"no-sheet:{sheet.slug}", level=level, section=sheet.slug)


def ruled(reading, monitoring_return, sheets):
    """What the rules of the return say of what was read, but for what is missing only because it was not read."""
    said, found = reading.faults, faults_of(monitoring_return, sheets, reading.values)
    unread = {(one.line, one.name) for one in said if one.level == MUST and one.line}
    lines = {line for line, name in unread if not name} | {one.line for one in said if one.level == MISSING}
    blank = {one.section for one in said if one.level == MUST and one.section and not one.line}
    return [
        one
        for one in found
        if one.level != MISSING
        or not ((one.line, one.name) in unread or one.line in lines - {""} or one.section in blank)
    ]
