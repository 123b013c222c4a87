"""The words of monitoring returns and the table of their moves (house.md, part 6)."""

from django.db import models


class ReturnStatus(models.TextChoices):
    OPEN = "OPEN", "Open"
    CERTIFYING = "CERTIFYING", "Waiting for the certifier"
    CERTIFIED = "CERTIFIED", "Certified, ready to submit"
    SUBMITTED = "SUBMITTED", "Submitted"
    QUERIED = "QUERIED", "Queried"
    REVIEWED = "REVIEWED", "Reviewed"
    WAIVED = "WAIVED", "Waived"


R = ReturnStatus
RETURN_MOVES = {
    R.OPEN: {R.CERTIFYING, R.SUBMITTED, R.WAIVED},
    R.CERTIFYING: {R.CERTIFIED, R.OPEN, R.QUERIED},
    R.CERTIFIED: {R.SUBMITTED, R.OPEN, R.QUERIED},
    R.SUBMITTED: {R.QUERIED, R.REVIEWED, R.OPEN},
    R.QUERIED: {R.CERTIFYING, R.SUBMITTED},
    R.REVIEWED: {R.OPEN},
    R.WAIVED: set(),
}
RETURN_OWNERS = {
    R.OPEN: "recipient",
    R.CERTIFYING: "certifier",
    R.CERTIFIED: "recipient",
    R.SUBMITTED: "officer",
    R.QUERIED: "recipient",
    R.REVIEWED: "officer",
    R.WAIVED: "nobody",
}
RETURN_EDITABLE = frozenset({R.OPEN, R.QUERIED})
RETURN_DUE_FROM_RECIPIENT = frozenset({R.OPEN, R.CERTIFYING, R.CERTIFIED, R.QUERIED})


class OwedState(models.TextChoices):
    """How far a return that is owed has come, as the office counts it; computed, never stored."""

    UPCOMING = "UPCOMING", "Not open yet"
    DUE = "DUE", "Due"
    LATE = "LATE", "Late"
    SUBMITTED = "SUBMITTED", "Submitted"
    QUERIED = "QUERIED", "Queried or being corrected"
    ACCEPTED = "ACCEPTED", "Reviewed"
    WAIVED = "WAIVED", "Waived"


class Verdict(models.TextChoices):
    SATISFACTORY = "SATISFACTORY", "Satisfactory"
    UNSATISFACTORY = "UNSATISFACTORY", "Unsatisfactory"


class CellKind(models.TextChoices):
    """What one answer is: the same for the web form and for the workbook."""

    COUNT = "COUNT", "a whole number"
    NUMBER = "NUMBER", "a number"
    MONEY = "MONEY", "an amount in pounds"
    PERCENTAGE = "PERCENTAGE", "a percentage"
    YES_NO = "YES_NO", "yes or no"
    CHOICE = "CHOICE", "one of a list"
    TEXT = "TEXT", "words"


class FaultClass(models.TextChoices):
    """What a fault in a return is about, from the file down to the years before."""

    FILE = "FILE", "The file"
    VALUE = "VALUE", "One answer"
    ROW = "ROW", "One line"
    SECTION = "SECTION", "One section"
    CROSS_SECTION = "CROSS_SECTION", "Sections against each other"
    HISTORY = "HISTORY", "Against what was reported or promised before"


class UploadStatus(models.TextChoices):
    """What became of an uploaded workbook."""

    RECEIVED = "RECEIVED", "Being read"
    REFUSED = "REFUSED", "Could not be read"
    FAULTY = "FAULTY", "Things to mend"
    READY = "READY", "Ready to use"
    APPLIED = "APPLIED", "Used"
    DROPPED = "DROPPED", "Not used"


U = UploadStatus
UPLOAD_MOVES = {
    U.RECEIVED: {U.REFUSED, U.FAULTY, U.READY},
    U.REFUSED: set(),
    U.FAULTY: {U.DROPPED},
    U.READY: {U.APPLIED, U.DROPPED},
    U.APPLIED: set(),
    U.DROPPED: set(),
}
UPLOAD_OWNERS = {
    U.RECEIVED: "portal",
    U.REFUSED: "nobody",
    U.FAULTY: "recipient",
    U.READY: "recipient",
    U.APPLIED: "nobody",
    U.DROPPED: "nobody",
}


class Standing(models.TextChoices):
    """How a project stands against its plan, in the recipient's words."""

    AHEAD = "AHEAD", "Ahead of plan"
    ON_TRACK = "ON_TRACK", "On track"
    BEHIND = "BEHIND", "Behind plan"
    STOPPED = "STOPPED", "Stopped"


class ReturnSection(models.TextChoices):
    """Sections of a return, in the order people meet them; officers ask questions about one of them."""

    INDICATORS = "INDICATORS", "Figures"
    SPEND = "SPEND", "Spend"
    OUTCOMES = "OUTCOMES", "Outcomes"
    OUTPUTS = "OUTPUTS", "Outputs"
    KPIS = "KPIS", "KPIs"
    PROJECTS = "PROJECTS", "How each project stands"
    OVERALL = "OVERALL", "The period as a whole"
    UNDERSPEND = "UNDERSPEND", "Unspent money"
    FILES = "FILES", "Files"


def section_words(section):
    """The label of a section, or the words themselves where an officer wrote their own."""
    return ReturnSection(section).label if section in ReturnSection.values else section
