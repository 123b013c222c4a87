"""The government's register of schools as a CSV file, read with care: what is taken, what is left out, why (P5)."""

import csv
import io
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from ..enums import SchoolPhase

COLUMNS = {
    "urn": "URN",
    "name": "EstablishmentName",
    "phase": "PhaseOfEducation (name)",
    "kind": "TypeOfEstablishment (name)",
    "area": "LA (name)",
    "postcode": "Postcode",
    "status": "EstablishmentStatus (name)",
    "closed": "CloseDate",
}
PHASES = {
    "nursery": SchoolPhase.NURSERY,
    "primary": SchoolPhase.PRIMARY,
    "middle deemed primary": SchoolPhase.MIDDLE,
    "middle deemed secondary": SchoolPhase.MIDDLE,
    "secondary": SchoolPhase.SECONDARY,
    "16 plus": SchoolPhase.SIXTEEN_PLUS,
    "all-through": SchoolPhase.ALL_THROUGH,
}
LONGEST = {"name": 200, "kind": 120, "area": 80, "postcode": 10}
DAYS = ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d")
MOST_ROWS = 150_000
FAULTS_SHOWN = 50
NUMBER = re.compile(r"[0-9]{1,10}")
NOT_TEXT = "The file is not a text file. Download the register again as CSV, then choose that file."


@dataclass
class Read:
    """What a file holds: rows as fields of a school with `is_closed`, sentences about rows left out, the areas seen."""

    rows: list = field(default_factory=list)
    faults: list = field(default_factory=list)
    not_taken: int = 0
    areas: set = field(default_factory=set)


def why_not_read(content):
    """(text, sentence): the file as text, or why it cannot be read. UTF-8, else the encoding of Windows."""
    if b"\x00" in content:
        return "", NOT_TEXT
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding), ""
        except UnicodeDecodeError:
            continue
    return "", NOT_TEXT


def why_not_columns(header):
    """Say which columns of the register are missing or there twice, or nothing."""
    missing = [column for column in COLUMNS.values() if column not in header]
    if missing:
        return f"The file has no column “{missing[0]}”. Download the register of schools again, with all columns."
    twice = [column for column in COLUMNS.values() if header.count(column) > 1]
    return f"The file has the column “{twice[0]}” twice." if twice else ""


def read(content, *, areas=()):
    """(what the file holds, sentence why it cannot be taken). `areas`: only schools of these, where any are named."""
    text, why = why_not_read(content)
    if why:
        return Read(), why
    lines = csv.reader(io.StringIO(text, newline=""))
    try:
        header = [cell.strip() for cell in next(lines, [])]
        if why := why_not_columns(header):
            return Read(), why
        return _rows(lines, header, {area.casefold() for area in areas})
    except csv.Error as error:
        return Read(), f"Line {lines.line_num} of the file cannot be read as CSV ({error})."


def _rows(lines, header, areas):
    places = {name: header.index(column) for name, column in COLUMNS.items()}
    found, seen = Read(), set()
    for count, cells in enumerate(lines, 1):
        if count > MOST_ROWS:
            return Read(), f"The file has more than {MOST_ROWS} rows, which no register of schools has."
        if not any(cell.strip() for cell in cells):
            continue
        said = {name: clean(cells[place]) if place < len(cells) else "" for name, place in places.items()}
        if areas and said["area"].casefold() not in areas:
            found.not_taken += 1
            continue
        row, fault = as_school(said)
        if row is not None and row["urn"] in seen:
            fault = f"number {row['urn']} is there twice; the first row was taken"
        if fault:
            found.faults.append(f"Line {lines.line_num}: {fault}.")
        elif row is not None:
            seen.add(row["urn"])
            found.areas |= {row["area"]}
            found.rows.append(row)
        else:
            found.not_taken += 1
    return found, "" if found.rows or found.faults else "The file holds no school of these areas."


def clean(cell):
    """A cell without control and direction marks, with single spaces."""
    return " ".join("".join(letter if unicodedata.category(letter)[0] != "C" else " " for letter in cell).split())


def as_school(said) -> tuple[dict[str, Any] | None, str]:
    """(fields of one school, fault): neither for one that is only proposed."""
    status = said["status"].casefold()
    if status.startswith("proposed"):
        return None, ""
    if not NUMBER.fullmatch(said["urn"]):
        return None, "the number of the school (URN) is missing or is no number"
    for name in ("name", "area"):
        if not said[name]:
            return None, f"the column “{COLUMNS[name]}” is empty"
    for name, longest in LONGEST.items():
        if len(said[name]) > longest:
            return None, f"“{COLUMNS[name]}” is longer than {longest} characters"
    if not status.startswith(("open", "closed")):
        return None, f"the status “{said['status'][:40]}” is not known"
    closed_on, fault = day_of(said["closed"])
    if fault:
        return None, fault
    is_closed = status.startswith("closed")
    row: dict[str, Any] = {name: said[name] for name in ("urn", "name", "kind", "area", "postcode")}
    phase = phase_of(said["phase"], said["kind"])
    return {**row, "phase": phase, "is_closed": is_closed, "closed_on": closed_on if is_closed else None}, ""


def phase_of(phase, kind):
    """The phase of a school; special schools and alternative provision are told by their type."""
    kind = kind.casefold()
    if "special" in kind:
        return SchoolPhase.SPECIAL
    if "alternative provision" in kind or "referral" in kind:
        return SchoolPhase.ALTERNATIVE
    return PHASES.get(phase.casefold(), SchoolPhase.OTHER)


def day_of(written) -> tuple[date | None, str]:
    """(day, fault) of a day as the register writes it: 31-08-2019."""
    if not written:
        return None, ""
    for pattern in DAYS:
        try:
            return datetime.strptime(written, pattern).date(), ""
        except ValueError:
            continue
    return None, f"“{written[:20]}” is not a day like 31-08-2019"
