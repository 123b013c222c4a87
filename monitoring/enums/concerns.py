"""The words of complaints and the table of their moves (P2)."""

from django.db import models


class ConcernStatus(models.TextChoices):
    NEW = "NEW", "Received"
    OPEN = "OPEN", "Being answered"
    ANSWERED = "ANSWERED", "Answered"
    CLOSED = "CLOSED", "Closed"
    ELSEWHERE = "ELSEWHERE", "For somebody else"
    WITHDRAWN = "WITHDRAWN", "Withdrawn"


C = ConcernStatus
CONCERN_MOVES = {
    C.NEW: {C.OPEN, C.ELSEWHERE, C.WITHDRAWN},
    C.OPEN: {C.ANSWERED, C.OPEN, C.ELSEWHERE, C.WITHDRAWN},
    C.ANSWERED: {C.OPEN, C.CLOSED},
    C.CLOSED: {C.OPEN},
    C.ELSEWHERE: set(),
    C.WITHDRAWN: set(),
}
CONCERN_OWNERS = {
    C.NEW: "officer",
    C.OPEN: "whose stage it is",
    C.ANSWERED: "complainant",
    C.CLOSED: "nobody",
    C.ELSEWHERE: "nobody",
    C.WITHDRAWN: "nobody",
}
CONCERN_IN_PLAY = frozenset({C.NEW, C.OPEN, C.ANSWERED})


class ConcernRoute(models.TextChoices):
    """How it reached the office."""

    PUBLIC_FORM = "PUBLIC_FORM", "The public form"
    OFFICER = "OFFICER", "Entered by an officer"
    PROVIDER = "PROVIDER", "Told by a recipient or provider"


class ConcernTheme(models.TextChoices):
    QUALITY = "QUALITY", "Quality of the service"
    ACCESS = "ACCESS", "Getting the service"
    DELAY = "DELAY", "Waiting too long"
    CONDUCT = "CONDUCT", "How somebody was treated"
    SAFETY = "SAFETY", "Safety"
    PRIVACY = "PRIVACY", "Personal information"
    EQUALITY = "EQUALITY", "Discrimination"
    MONEY = "MONEY", "Use of money"
    OTHER = "OTHER", "Something else"


class Restriction(models.TextChoices):
    """Why only the named officer and the deputy may see it."""

    NONE = "NONE", "Not restricted"
    SAFEGUARDING = "SAFEGUARDING", "Safeguarding"
    STAFF = "STAFF", "About a member of staff"


class ConcernOutcome(models.TextChoices):
    UPHELD = "UPHELD", "Upheld"
    PARTLY = "PARTLY", "Upheld in part"
    NOT_UPHELD = "NOT_UPHELD", "Not upheld"
    RESOLVED = "RESOLVED", "Put right without a finding"


class MovedBy(models.TextChoices):
    """Why a stage began: lateness alone never moves it."""

    FIRST = "FIRST", "The complaint was taken up"
    REQUEST = "REQUEST", "The complainant asked"
    OFFICER = "OFFICER", "An officer decided"
