"""The words of grants and the tables of their moves (house.md, part 6)."""

from django.db import models


class RoundStatus(models.TextChoices):
    DRAFT = "DRAFT", "Being prepared"
    OPEN = "OPEN", "Open"
    CLOSED = "CLOSED", "Closed"
    DECIDED = "DECIDED", "Decided"


ROUND_MOVES = {
    RoundStatus.DRAFT: {RoundStatus.OPEN},
    RoundStatus.OPEN: {RoundStatus.CLOSED},
    RoundStatus.CLOSED: {RoundStatus.OPEN, RoundStatus.DECIDED},
    RoundStatus.DECIDED: set(),
}
ROUND_OWNERS = {
    RoundStatus.DRAFT: "officer",
    RoundStatus.OPEN: "applicants",
    RoundStatus.CLOSED: "officer",
    RoundStatus.DECIDED: "nobody",
}


class Window(models.TextChoices):
    MAIN = "MAIN", "Main window"
    TACTICAL = "TACTICAL", "Tactical pot"


class CaseStatus(models.TextChoices):
    DRAFT = "DRAFT", "Draft"
    SUBMITTED = "SUBMITTED", "Submitted"
    RETURNED = "RETURNED", "Returned for changes"
    UNDER_EVALUATION = "UNDER_EVALUATION", "Being evaluated"
    AWAITING_DECISION = "AWAITING_DECISION", "Waiting for a decision"
    DECIDED = "DECIDED", "Decided"
    WITHDRAWN = "WITHDRAWN", "Withdrawn"


C = CaseStatus
CASE_MOVES = {
    C.DRAFT: {C.SUBMITTED, C.WITHDRAWN},
    C.SUBMITTED: {C.UNDER_EVALUATION, C.RETURNED, C.WITHDRAWN, C.DRAFT},
    C.UNDER_EVALUATION: {C.AWAITING_DECISION, C.RETURNED, C.WITHDRAWN},
    C.RETURNED: {C.SUBMITTED, C.WITHDRAWN},
    C.AWAITING_DECISION: {C.DECIDED, C.UNDER_EVALUATION, C.WITHDRAWN},
    C.WITHDRAWN: {C.DRAFT},
    C.DECIDED: set(),
}
CASE_OWNERS = {
    C.DRAFT: "applicant",
    C.SUBMITTED: "officer",
    C.RETURNED: "applicant",
    C.UNDER_EVALUATION: "officer",
    C.AWAITING_DECISION: "commissioner",
    C.DECIDED: "nobody",
    C.WITHDRAWN: "nobody",
}
CASE_EDITABLE = frozenset({C.DRAFT, C.RETURNED})
CASE_WITH_OFFICE = frozenset({C.SUBMITTED, C.UNDER_EVALUATION, C.AWAITING_DECISION})
CASE_IN_PLAY = CASE_EDITABLE | CASE_WITH_OFFICE


class ProjectStatus(models.TextChoices):
    PROPOSED = "PROPOSED", "Proposed"
    DEFERRED = "DEFERRED", "Deferred with a question"
    APPROVED = "APPROVED", "Approved"
    DECLINED = "DECLINED", "Declined"
    RETAINED = "RETAINED", "Retained by the office"


PROJECT_MOVES = {
    ProjectStatus.PROPOSED: {
        ProjectStatus.APPROVED,
        ProjectStatus.DECLINED,
        ProjectStatus.RETAINED,
        ProjectStatus.DEFERRED,
    },
    ProjectStatus.DEFERRED: {ProjectStatus.PROPOSED},
    ProjectStatus.APPROVED: set(),
    ProjectStatus.DECLINED: set(),
    ProjectStatus.RETAINED: set(),
}
PROJECT_OWNERS = {
    ProjectStatus.PROPOSED: "commissioner",
    ProjectStatus.DEFERRED: "applicant",
    ProjectStatus.APPROVED: "nobody",
    ProjectStatus.DECLINED: "nobody",
    ProjectStatus.RETAINED: "nobody",
}


class AwardStatus(models.TextChoices):
    MADE = "MADE", "Made, not yet offered"
    OFFERED = "OFFERED", "Offered"
    LIVE = "LIVE", "Live"
    SUSPENDED = "SUSPENDED", "Suspended"
    CLOSED = "CLOSED", "Closed"
    LAPSED = "LAPSED", "Lapsed"
    DECLINED = "DECLINED", "Declined by the recipient"
    TERMINATED = "TERMINATED", "Ended early"
    RECORDED = "RECORDED", "Recorded past award"


A = AwardStatus
AWARD_MOVES = {
    A.MADE: {A.OFFERED},
    A.OFFERED: {A.LIVE, A.LAPSED, A.DECLINED},
    A.LIVE: {A.SUSPENDED, A.CLOSED, A.TERMINATED},
    A.SUSPENDED: {A.LIVE},
    A.CLOSED: set(),
    A.LAPSED: set(),
    A.DECLINED: set(),
    A.TERMINATED: set(),
    A.RECORDED: set(),
}
AWARD_OWNERS = {
    A.MADE: "officer",
    A.OFFERED: "payee's signatory",
    A.LIVE: "officer",
    A.SUSPENDED: "officer",
    A.CLOSED: "nobody",
    A.LAPSED: "nobody",
    A.DECLINED: "nobody",
    A.TERMINATED: "nobody",
    A.RECORDED: "nobody",
}


class InstalmentStatus(models.TextChoices):
    SCHEDULED = "SCHEDULED", "Scheduled"
    RELEASED = "RELEASED", "Released"
    PAID = "PAID", "Paid"
    WITHHELD = "WITHHELD", "Withheld"
    CANCELLED = "CANCELLED", "Cancelled"


INSTALMENT_MOVES = {
    InstalmentStatus.SCHEDULED: {
        InstalmentStatus.RELEASED,
        InstalmentStatus.WITHHELD,
        InstalmentStatus.CANCELLED,
    },
    InstalmentStatus.RELEASED: {InstalmentStatus.PAID},
    InstalmentStatus.WITHHELD: {InstalmentStatus.SCHEDULED, InstalmentStatus.CANCELLED},
    InstalmentStatus.PAID: set(),
    InstalmentStatus.CANCELLED: set(),
}
INSTALMENT_OWNERS = {
    InstalmentStatus.SCHEDULED: "finance",
    InstalmentStatus.RELEASED: "finance",
    InstalmentStatus.WITHHELD: "finance",
    InstalmentStatus.PAID: "nobody",
    InstalmentStatus.CANCELLED: "nobody",
}


class Direction(models.TextChoices):
    OUT = "OUT", "Paid to the recipient"
    IN = "IN", "Repaid to the office"


class MovementKind(models.TextChoices):
    """A change of an allocation after it was opened."""

    EXCEPTION = "EXCEPTION", "Recorded exception"
    CUT = "CUT", "Cut"
    RETAINED = "RETAINED", "Retained by the office"


class EvidenceStrength(models.TextChoices):
    STRONG = "STRONG", "Strong: evaluated elsewhere or here"
    GOOD = "GOOD", "Good: local figures or analysis"
    SOME = "SOME", "Some: professional judgement"
    NONE = "NONE", "None yet"


class MeasureDirection(models.TextChoices):
    UP = "UP", "Higher is better"
    DOWN = "DOWN", "Lower is better"


class CaseSection(models.TextChoices):
    """Sections of a business case, as applicants see them and officers return them."""

    OVERVIEW = "OVERVIEW", "About the business case"
    PROJECTS = "PROJECTS", "Projects"
    NEED = "NEED", "Need and evidence"
    OUTCOMES = "OUTCOMES", "Outcomes"
    OUTPUTS = "OUTPUTS", "Outputs"
    BUDGET = "BUDGET", "Budget"
    PRIORITIES = "PRIORITIES", "Priorities"
    AREAS = "AREAS", "Areas and partners"
