"""The words of the audit programme and the tables of its moves (P4)."""

from django.db import models


class RiskFactor(models.TextChoices):
    """What makes an award or a contract riskier; points and marks are rows (RiskRule)."""

    VALUE = "VALUE", "Value in pounds"
    LATE_RETURNS = "LATE_RETURNS", "Returns late in the last two years"
    UNSATISFACTORY = "UNSATISFACTORY", "Unsatisfactory returns in the last two years"
    OPEN_COMPLAINTS = "OPEN_COMPLAINTS", "Open complaints"
    NEW_ORGANISATION = "NEW_ORGANISATION", "Organisation never funded before"
    FIRST_YEAR = "FIRST_YEAR", "First year of the award or contract"
    AUDIT_NOT_MET = "AUDIT_NOT_MET", "Conditions not met at the last audit"
    OPEN_ACTIONS = "OPEN_ACTIONS", "Audit actions past their date"
    STANDARDS_MISSING = "STANDARDS_MISSING", "Required standards missing or expired"
    NEVER_AUDITED = "NEVER_AUDITED", "Never audited"


class SampleStrategy(models.TextChoices):
    HIGHEST = "HIGHEST", "The highest scores"
    RANDOM = "RANDOM", "Drawn by lot"
    WEIGHTED = "WEIGHTED", "Drawn by lot, higher scores more likely"
    MIXED = "MIXED", "Half the highest scores, half by lot"


class ProgrammeStatus(models.TextChoices):
    DRAFT = "DRAFT", "In preparation"
    DRAWN = "DRAWN", "Sample drawn"
    CLOSED = "CLOSED", "Closed"


PROGRAMME_MOVES = {
    ProgrammeStatus.DRAFT: {ProgrammeStatus.DRAWN},
    ProgrammeStatus.DRAWN: {ProgrammeStatus.CLOSED},
    ProgrammeStatus.CLOSED: set(),
}
PROGRAMME_OWNERS = {
    ProgrammeStatus.DRAFT: "auditor",
    ProgrammeStatus.DRAWN: "auditor",
    ProgrammeStatus.CLOSED: "nobody",
}


class VisitStatus(models.TextChoices):
    PLANNED = "PLANNED", "Planned"
    UNDER_WAY = "UNDER_WAY", "Under way"
    REPORTED = "REPORTED", "Sent to the recipient for reply"
    FINAL = "FINAL", "Report final"
    CANCELLED = "CANCELLED", "Cancelled"


V = VisitStatus
VISIT_MOVES = {
    V.PLANNED: {V.UNDER_WAY, V.CANCELLED},
    V.UNDER_WAY: {V.REPORTED, V.CANCELLED},
    V.REPORTED: {V.FINAL},
    V.FINAL: set(),
    V.CANCELLED: set(),
}
VISIT_OWNERS = {
    V.PLANNED: "auditor",
    V.UNDER_WAY: "auditor",
    V.REPORTED: "recipient",
    V.FINAL: "nobody",
    V.CANCELLED: "nobody",
}


class CheckResult(models.TextChoices):
    MET = "MET", "Met"
    PARTLY = "PARTLY", "Partly met"
    NOT_MET = "NOT_MET", "Not met"
    NOT_APPLICABLE = "NOT_APPLICABLE", "Not applicable"


class FindingGrade(models.TextChoices):
    HIGH = "HIGH", "High"
    MEDIUM = "MEDIUM", "Medium"
    LOW = "LOW", "Low"
    GOOD = "GOOD", "Good practice"


class ActionStatus(models.TextChoices):
    OPEN = "OPEN", "To be done"
    DONE = "DONE", "Said to be done"
    CLOSED = "CLOSED", "Closed"


ACTION_MOVES = {
    ActionStatus.OPEN: {ActionStatus.DONE},
    ActionStatus.DONE: {ActionStatus.CLOSED, ActionStatus.OPEN},
    ActionStatus.CLOSED: set(),
}
ACTION_OWNERS = {
    ActionStatus.OPEN: "recipient",
    ActionStatus.DONE: "auditor",
    ActionStatus.CLOSED: "nobody",
}
