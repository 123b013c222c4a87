"""How the reader says what it found: the same faults as the web form's, and where in the workbook.

A level more than the form has: a note is said and asks for nothing. A fault about a place that is no answer of
the return has the line "@" + sheet and the cell as its name, so that every fault can be looked up in one table.
"""

from ..rules.faults import Fault
from ..rules.faults.fault import CODE_LONGEST

MUST, WARNING, MISSING, NOTE = "fault", "warning", "missing", "note"


def fault(cls, sentence, mend, *, code, level=MUST, section="", line="", name=""):
    """One finding; like every message of a form, sentence and mend end without a full stop."""
    return Fault(cls, level, section, line, name, shown(sentence), shown(mend), shown(code)[:CODE_LONGEST])


def shown(text):
    """Words out of a workbook as they may be kept and shown: without control characters."""
    return "".join(sign if sign.isprintable() else " " if sign.isspace() else "\ufffd" for sign in text)


def place(slug, address):
    """The (line, name) of a cell that is no answer of the return."""
    return f"@{slug}", address
