"""The words of overlap, capacity and shared outcomes, and the tables of their moves (C7, B1, P6)."""

from django.db import models


class WorkKind(models.TextChoices):
    """What is compared with what."""

    PROJECT = "PROJECT", "Project of a business case"
    DIRECT_AWARD = "DIRECT_AWARD", "Direct award"
    CONTRACT = "CONTRACT", "Contract"
    SERVICE = "SERVICE", "Additional service of a contract"


class PairStatus(models.TextChoices):
    FOUND = "FOUND", "Found"
    CONFIRMED = "CONFIRMED", "Confirmed"
    DISMISSED = "DISMISSED", "Dismissed"


PAIR_MOVES = {
    PairStatus.FOUND: {PairStatus.CONFIRMED, PairStatus.DISMISSED},
    PairStatus.CONFIRMED: {PairStatus.DISMISSED},
    PairStatus.DISMISSED: {PairStatus.CONFIRMED, PairStatus.FOUND},  # found again: new facts, by the finder alone
}
PAIR_OWNERS = {
    PairStatus.FOUND: "officer",
    PairStatus.CONFIRMED: "officer",
    PairStatus.DISMISSED: "officer",
}


class EvidenceKind(models.TextChoices):
    """Why two pieces of work may overlap; all but the last are structured facts."""

    PROVIDER = "PROVIDER", "Same provider"
    SCHOOL = "SCHOOL", "Same school in the same term"
    COHORT = "COHORT", "Same people, area and time"
    THEME = "THEME", "Same theme, area and time"
    TEXT = "TEXT", "Similar words"


class OfferKind(models.TextChoices):
    TRAINING = "TRAINING", "Training"
    CLINIC = "CLINIC", "Clinic"
    TEMPLATE = "TEMPLATE", "Template or guide"


class OfferStatus(models.TextChoices):
    DRAFT = "DRAFT", "In preparation"
    OPEN = "OPEN", "Open"
    CLOSED = "CLOSED", "Closed"


OFFER_MOVES = {
    OfferStatus.DRAFT: {OfferStatus.OPEN},
    OfferStatus.OPEN: {OfferStatus.CLOSED},
    OfferStatus.CLOSED: {OfferStatus.OPEN},
}
OFFER_OWNERS = {OfferStatus.DRAFT: "officer", OfferStatus.OPEN: "officer", OfferStatus.CLOSED: "nobody"}


class TriggerKind(models.TextChoices):
    """What in the record of an organisation suggests an offer to it."""

    LOW_SCORE = "LOW_SCORE", "Low score on a criterion"
    QUERIED = "QUERIED", "Question about a section of a return"
    UNSATISFACTORY = "UNSATISFACTORY", "Unsatisfactory return"
    AUDIT = "AUDIT", "Condition not met at an audit"
    STANDARD = "STANDARD", "Required standard missing or expired"


class HelpGiven(models.TextChoices):
    """How the office helped a provider to win money elsewhere."""

    TRAINING = "TRAINING", "Training or a clinic"
    TEMPLATE = "TEMPLATE", "A template or guide"
    LETTER = "LETTER", "A letter of support"
    EVIDENCE = "EVIDENCE", "Evidence from their returns"
    ADVICE = "ADVICE", "Advice on the bid"


class SignUpStatus(models.TextChoices):
    BOOKED = "BOOKED", "Booked"
    WAITING = "WAITING", "On the waiting list"
    CANCELLED = "CANCELLED", "Cancelled"


SIGN_UP_MOVES = {
    SignUpStatus.BOOKED: {SignUpStatus.CANCELLED},
    SignUpStatus.WAITING: {SignUpStatus.BOOKED, SignUpStatus.CANCELLED},
    SignUpStatus.CANCELLED: {SignUpStatus.BOOKED, SignUpStatus.WAITING},
}
SIGN_UP_OWNERS = {
    SignUpStatus.BOOKED: "organisation",
    SignUpStatus.WAITING: "organisation",
    SignUpStatus.CANCELLED: "nobody",
}


class StoryStatus(models.TextChoices):
    DRAFT = "DRAFT", "In preparation"
    SHARED = "SHARED", "In the library"
    PUBLIC = "PUBLIC", "In the library and public"
    WITHDRAWN = "WITHDRAWN", "Withdrawn"


S = StoryStatus
STORY_MOVES = {
    S.DRAFT: {S.SHARED, S.PUBLIC, S.WITHDRAWN},
    S.SHARED: {S.PUBLIC, S.WITHDRAWN},
    S.PUBLIC: {S.SHARED, S.WITHDRAWN},
    S.WITHDRAWN: {S.DRAFT},
}
STORY_OWNERS = {S.DRAFT: "officer", S.SHARED: "officer", S.PUBLIC: "officer", S.WITHDRAWN: "nobody"}
