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
    SCHOOLS = "SCHOOLS", "Schools"
    MATCH = "MATCH", "Match funding"
    PROFILE = "PROFILE", "Money by period"
    QUESTIONS = "QUESTIONS", "Questions of this round"


# Asked of every business case; the rest only where the rules of the round ask for it.
STANDING_SECTIONS = (
    CaseSection.OVERVIEW,
    CaseSection.PROJECTS,
    CaseSection.NEED,
    CaseSection.OUTCOMES,
    CaseSection.OUTPUTS,
    CaseSection.BUDGET,
    CaseSection.PRIORITIES,
    CaseSection.AREAS,
)


class ExcusedRule(models.TextChoices):
    """What an exception may excuse beside the kinds of limit: see `plans.LimitOn`."""

    MATCH = "MATCH", "Match funding"


class MatchKind(models.TextChoices):
    MONEY = "MONEY", "Money"
    KIND = "KIND", "Help in kind"


class StageOutcome(models.TextChoices):
    """What one stage said of one project."""

    PASSED = "PASSED", "Goes on"
    FAILED = "FAILED", "Goes no further"
    RECORDED = "RECORDED", "Recorded"


class DirectAwardStatus(models.TextChoices):
    DRAFT = "DRAFT", "Being prepared"
    AWAITING_DECISION = "AWAITING_DECISION", "Waiting for a decision"
    DECIDED = "DECIDED", "Decided"
    WITHDRAWN = "WITHDRAWN", "Withdrawn"


D = DirectAwardStatus
DIRECT_AWARD_MOVES = {
    D.DRAFT: {D.AWAITING_DECISION, D.WITHDRAWN},
    D.AWAITING_DECISION: {D.DECIDED, D.DRAFT, D.WITHDRAWN},
    D.DECIDED: set(),
    D.WITHDRAWN: set(),
}
DIRECT_AWARD_OWNERS = {
    D.DRAFT: "officer",
    D.AWAITING_DECISION: "commissioner",
    D.DECIDED: "nobody",
    D.WITHDRAWN: "nobody",
}


class ContinuationKind(models.TextChoices):
    """CONTINUATION decides on the next year of a longer award (R2), EXTENSION on what follows its end (V5)."""

    CONTINUATION = "CONTINUATION", "Next year of the award"
    EXTENSION = "EXTENSION", "What follows the end of the award"


class ContinuationStatus(models.TextChoices):
    WAITING = "WAITING", "Not open yet"
    OPEN = "OPEN", "With the recipient"
    SUBMITTED = "SUBMITTED", "With the officers"
    AWAITING_DECISION = "AWAITING_DECISION", "Waiting for a decision"
    DECIDED = "DECIDED", "Decided"
    CANCELLED = "CANCELLED", "No longer needed"


N = ContinuationStatus
CONTINUATION_MOVES = {
    N.WAITING: {N.OPEN, N.AWAITING_DECISION, N.CANCELLED},
    N.OPEN: {N.SUBMITTED, N.AWAITING_DECISION, N.CANCELLED},
    N.SUBMITTED: {N.AWAITING_DECISION, N.OPEN, N.CANCELLED},
    N.AWAITING_DECISION: {N.DECIDED, N.SUBMITTED, N.WAITING, N.OPEN, N.CANCELLED},
    N.DECIDED: set(),
    N.CANCELLED: set(),
}
CONTINUATION_OWNERS = {
    N.WAITING: "nobody",
    N.OPEN: "recipient",
    N.SUBMITTED: "officer",
    N.AWAITING_DECISION: "commissioner",
    N.DECIDED: "nobody",
    N.CANCELLED: "nobody",
}


class ContinuationChoice(models.TextChoices):
    """What was decided about the time that follows."""

    GO_ON = "GO_ON", "Goes on"
    REAPPLY = "REAPPLY", "The recipient applies again"
    END = "END", "Ends"


class ClaimStatus(models.TextChoices):
    SUBMITTED = "SUBMITTED", "With the office"
    ACCEPTED = "ACCEPTED", "Accepted"
    REFUSED = "REFUSED", "Refused"


CLAIM_MOVES = {
    ClaimStatus.SUBMITTED: {ClaimStatus.ACCEPTED, ClaimStatus.REFUSED},
    ClaimStatus.ACCEPTED: set(),
    ClaimStatus.REFUSED: set(),
}
CLAIM_OWNERS = {ClaimStatus.SUBMITTED: "officer", ClaimStatus.ACCEPTED: "nobody", ClaimStatus.REFUSED: "nobody"}


CONTINUATION_UNDECIDED = frozenset({N.WAITING, N.OPEN, N.SUBMITTED, N.AWAITING_DECISION})


class ReviewVerdict(models.TextChoices):
    """What an officer found of a return, as monitoring passes it down."""

    SATISFACTORY = "SATISFACTORY", "Satisfactory"
    UNSATISFACTORY = "UNSATISFACTORY", "Unsatisfactory"


class RequestStatus(models.TextChoices):
    """Where a change stands that a recipient asks for."""

    DRAFT = "DRAFT", "Draft"
    SUBMITTED = "SUBMITTED", "With the office"
    RETURNED = "RETURNED", "Sent back with a question"
    AWAITING_DECISION = "AWAITING_DECISION", "Waiting for a decision"
    APPROVED = "APPROVED", "Approved"
    REFUSED = "REFUSED", "Refused"
    WITHDRAWN = "WITHDRAWN", "Withdrawn"


R = RequestStatus
REQUEST_MOVES = {
    R.DRAFT: {R.SUBMITTED, R.WITHDRAWN},
    R.SUBMITTED: {R.RETURNED, R.AWAITING_DECISION, R.APPROVED, R.REFUSED, R.WITHDRAWN},
    R.RETURNED: {R.SUBMITTED, R.WITHDRAWN},
    R.AWAITING_DECISION: {R.APPROVED, R.REFUSED, R.SUBMITTED, R.WITHDRAWN},
    R.APPROVED: set(),
    R.REFUSED: set(),
    R.WITHDRAWN: set(),
}
REQUEST_OWNERS = {
    R.DRAFT: "recipient",
    R.SUBMITTED: "officer",
    R.RETURNED: "recipient",
    R.AWAITING_DECISION: "commissioner",
    R.APPROVED: "nobody",
    R.REFUSED: "nobody",
    R.WITHDRAWN: "nobody",
}


class SustainabilityStatus(models.TextChoices):
    OPEN = "OPEN", "Under way"
    CLOSED = "CLOSED", "Closed with its outcome"


SUSTAINABILITY_MOVES = {
    SustainabilityStatus.OPEN: {SustainabilityStatus.CLOSED},
    SustainabilityStatus.CLOSED: {SustainabilityStatus.OPEN},
}
SUSTAINABILITY_OWNERS = {SustainabilityStatus.OPEN: "officer", SustainabilityStatus.CLOSED: "nobody"}


class SustainabilityOutcome(models.TextChoices):
    """How a project stood once its funding had ended (M1)."""

    OTHER_FUNDER = "OTHER_FUNDER", "Goes on with other funding"
    OWN_MONEY = "OWN_MONEY", "Goes on with the organisation's own money"
    MAINSTREAMED = "MAINSTREAMED", "Taken into another service"
    SMALLER = "SMALLER", "Goes on at a smaller size"
    ENDED = "ENDED", "Ended"


class SessionStatus(models.TextChoices):
    """One planned day of delivery (E1)."""

    PLANNED = "PLANNED", "Planned"
    DELIVERED = "DELIVERED", "Delivered"
    REARRANGED = "REARRANGED", "Re-arranged"
    CANCELLED = "CANCELLED", "Cancelled"


SESSION_MOVES = {
    SessionStatus.PLANNED: {SessionStatus.DELIVERED, SessionStatus.REARRANGED, SessionStatus.CANCELLED},
    SessionStatus.DELIVERED: {SessionStatus.PLANNED},
    SessionStatus.REARRANGED: set(),
    SessionStatus.CANCELLED: {SessionStatus.PLANNED},
}
SESSION_OWNERS = {
    SessionStatus.PLANNED: "recipient",
    SessionStatus.DELIVERED: "nobody",
    SessionStatus.REARRANGED: "nobody",
    SessionStatus.CANCELLED: "nobody",
}
