"""The answers on one sheet, each read as the web form reads it, with its place."""

from datetime import date
from decimal import Decimal

from ..enums import CellKind, FaultClass
from ..queries import Cell, Line
from ..rules.faults.fault import name_of
from ..rules.values import quoted, read_parts
from .findings import MUST, NOTE, WARNING, fault, shown
from .layout import cell_at

AGAIN = "Download the workbook again and copy your answers into it"


class AnswersOf:
    """Reads one matched sheet into `values`, `raw`, `cells` and `faults`."""

    def __init__(self, match):
        self.match, self.sheet, self.page = match, match.sheet, match.page
        self.values, self.raw, self.cells, self.faults = {}, {}, {}, []
        self.read_rows, self.reckoned, self.scaled = {}, [], []

    def read(self):
        """Everything on the sheet that is an answer."""
        if self.match.key_column is None:
            self.say(
                FaultClass.SECTION,
                f"The hidden first column of sheet “{self.page.name}”, which names its lines, is missing",
                AGAIN,
                kind="no-keys",
            )
            return self
        asked = self._columns()
        for line in self.sheet.lines:
            rows = self.match.rows.get(line.key, [])
            if rows and self._one_row(line, rows, asked):
                self.read_rows[line.key] = rows[0]
                for column, kind in asked.items():
                    if cell := kind.of(line):
                        self._answer(line, cell, (rows[0], column))
        self._notes()
        return self

    def say(self, cls, sentence, mend, *, kind, level=MUST, line="", name="", more=""):
        """Note one finding of this sheet."""
        where = f"{line}/{name}" if line else self.sheet.slug
        code = f"{kind}:{where}:{more}" if more else f"{kind}:{where}"
        self.faults.append(
            fault(cls, sentence, mend, code=code, level=level, section=self.sheet.slug, line=line, name=name)
        )

    def _columns(self):
        """The columns of answers that were found, {number: column}; what is missing or double is said."""
        asked = {}
        for kind in self.match.layout.columns:
            found = self.match.columns.get(kind.key, [])
            if kind.is_answer and not found:
                self.say(
                    FaultClass.SECTION,
                    f"The column “{kind.title}” was not found on sheet “{self.page.name}”",
                    AGAIN,
                    kind="no-column",
                    more=kind.key,
                )
            if kind.is_answer and found:
                asked[found[0]] = kind
                if len(found) > 1:
                    self._double_column(kind, found)
        return asked

    def _double_column(self, kind, found):
        letters = [cell_at(0, column)[:-1] for column in found]
        self.say(
            FaultClass.SECTION,
            f"The column “{kind.title}” is there {len(found)} times ({', '.join(letters)}); only {letters[0]} was read",
            f"Delete the others, or move their answers to column {letters[0]}",
            kind="double-column",
            level=WARNING,
            more=kind.key,
        )

    def _one_row(self, line, rows, asked):
        """Whether one row stands for the line: copies must say the same."""
        if len(rows) == 1:
            return True
        said = {tuple(repr(self.page.cells.get((row, column))) for column in asked) for row in rows}
        numbers = " and ".join(str(row + 1) for row in rows)
        self.cells[line.key, ""] = (self.page.name, cell_at(rows[0], self.match.columns.get("label", [1])[0]))
        if len(said) == 1:
            self.say(
                FaultClass.ROW,
                f"“{name_of(line)}” is there {len(rows)} times, in rows {numbers}, each time with the same answers",
                "",
                kind="double-line",
                level=NOTE,
                line=line.key,
            )
            return True
        self.say(
            FaultClass.ROW,
            f"“{name_of(line)}” is there {len(rows)} times, in rows {numbers}, with different answers",
            "Delete all but one of these rows",
            kind="double-line",
            line=line.key,
        )
        return False

    def _answer(self, line: Line, cell: Cell, at):
        """One cell: what it holds, as the web form would take it."""
        key = line.key, cell.name
        self.cells[key] = (self.page.name, cell_at(*at))
        held = self.page.cells.get(at)
        if area := self._merged(at):
            return self._wrong(key, f"The cells {area} are merged, so it is not clear which line the answer is for",
                               "Choose Unmerge Cells, then type each answer in its own cell", "merged")  # fmt: skip
        if isinstance(held, dict) and "error" in held:
            self.raw[key] = held["error"]
            return self._wrong(key, f"The cell shows {held['error']}, an error of the spreadsheet",
                               "Type the answer in place of the formula", "error")  # fmt: skip
        if at in self.page.formulas:
            if held is None:
                return self._wrong(key, "The cell holds a formula without a result",
                                   "Press F9 in Excel and save, or type the answer", "formula")  # fmt: skip
            self.reckoned.append((key, at))
        raw = self._typed(key, cell, at, held)
        value, wrong, mend = read_parts(cell, raw)
        self.raw[key] = raw
        if wrong:
            return self._wrong(key, wrong, mend, "value", more=str(raw))
        self.values[key] = value
        return None

    def _wrong(self, key, sentence, mend, kind, more=""):
        self.say(FaultClass.VALUE, sentence, mend, kind=kind, line=key[0], name=key[1], more=more)

    def _merged(self, at):
        """The merged area a cell belongs to, as E7:E9, or the empty string."""
        for top, left, bottom, right in self.page.merged:
            if top <= at[0] <= bottom and left <= at[1] <= right:
                return f"{cell_at(top, left)}:{cell_at(bottom, right)}"
        return ""

    def _typed(self, key, cell, at, held):
        """What the cell holds as a person would have typed it."""
        if isinstance(held, dict):
            return date.fromisoformat(held["day"])
        if isinstance(held, str) and cell.kind != CellKind.TEXT:
            return shown(held)
        is_number = isinstance(held, int | Decimal) and not isinstance(held, bool)
        if not is_number or at not in self.page.percent:
            return held
        hundred = Decimal(held) * 100  # shown as 45%, kept as 0.45
        if cell.kind == CellKind.PERCENTAGE:
            self.scaled.append((key, at))
            return hundred
        return f"{hundred.normalize():f}%"

    def _notes(self):
        """What was read with a little help, one sentence for each kind."""
        if self.reckoned:
            sentence = f"{_are('answer', self.reckoned)} from a formula ({_addresses(self.reckoned)}); {_result(self)}"
            self._note(self.reckoned, sentence, "reckoned")
        if self.scaled:
            at = _addresses(self.scaled)
            shown = quoted(f"{self.raw[self.scaled[0][0]].normalize():f}%")
            self._note(self.scaled, f"{at}: the cell is formatted as a percentage, so it was read as {shown}", "scaled")

    def _note(self, found, sentence, kind):
        (line, name), _at = found[0]
        self.say(FaultClass.VALUE, sentence, "", kind=kind, level=NOTE, line=line, name=name)


def _are(noun, found):
    return f"One {noun} comes" if len(found) == 1 else f"{len(found)} {noun}s come"


def _result(answers):
    return "its result was read" if len(answers.reckoned) == 1 else "their results were read"


def _addresses(found, most=8):
    """E7, E8 and so on, not more than a sentence bears."""
    names = [cell_at(*at) for _key, at in found[:most]]
    return ", ".join(names) + (f" and {len(found) - most} more" if len(found) > most else "")
