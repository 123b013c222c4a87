"""The words of commissioned services, and the tables of their moves."""

from django.db import models


class ContractStatus(models.TextChoices):
    LIVE = "LIVE", "Live"
    ENDED = "ENDED", "Ended"


CONTRACT_MOVES = {
    ContractStatus.LIVE: {ContractStatus.ENDED},
    ContractStatus.ENDED: {ContractStatus.LIVE},  # only outside its original terms, with a reason (S2)
}
CONTRACT_OWNERS = {ContractStatus.LIVE: "officer", ContractStatus.ENDED: "officer"}


class Regime(models.TextChoices):
    """The law a contract was let under; it says which notices a change needs."""

    PCR2015 = "PCR2015", "Public Contracts Regulations 2015"
    PA2023 = "PA2023", "Procurement Act 2023"


class PartyRole(models.TextChoices):
    """What an organisation is to a contract beside its provider. Partners see the contract, subcontractors do not."""

    PARTNER = "PARTNER", "Partner of the provider"
    SUBCONTRACTOR = "SUBCONTRACTOR", "Subcontractor"


class ReferenceKind(models.TextChoices):
    OFFICE = "OFFICE", "The office's own reference"
    TENDER = "TENDER", "Tender notice"
    AWARD = "AWARD", "Contract award notice"
    DETAILS = "DETAILS", "Contract details notice"
    CHANGE = "CHANGE", "Contract change notice"
    OCID = "OCID", "Open Contracting identifier"
    OTHER = "OTHER", "Other reference"


class ContractPaperKind(models.TextChoices):
    CONTRACT = "CONTRACT", "Contract"
    SPECIFICATION = "SPECIFICATION", "Specification"
    CHANGE = "CHANGE", "Agreed change"
    PERFORMANCE = "PERFORMANCE", "Performance paper"
    OTHER = "OTHER", "Other document"


class OptionStatus(models.TextChoices):
    AVAILABLE = "AVAILABLE", "Open"
    OFFERED = "OFFERED", "Offered to the provider"
    TAKEN_UP = "TAKEN_UP", "Taken up"
    DECLINED = "DECLINED", "Not offered"
    REFUSED = "REFUSED", "Refused by the provider"
    LAPSED = "LAPSED", "Lapsed"


OPTION_MOVES = {
    OptionStatus.AVAILABLE: {OptionStatus.OFFERED, OptionStatus.DECLINED, OptionStatus.LAPSED},
    OptionStatus.OFFERED: {OptionStatus.TAKEN_UP, OptionStatus.REFUSED, OptionStatus.LAPSED},
    OptionStatus.TAKEN_UP: set(),
    OptionStatus.DECLINED: set(),
    OptionStatus.REFUSED: set(),
    OptionStatus.LAPSED: set(),
}
OPTION_OWNERS = {
    OptionStatus.AVAILABLE: "commissioner",
    OptionStatus.OFFERED: "provider",
    OptionStatus.TAKEN_UP: "nobody",
    OptionStatus.DECLINED: "nobody",
    OptionStatus.REFUSED: "nobody",
    OptionStatus.LAPSED: "nobody",
}


class ServiceState(models.TextChoices):
    DELIVERED = "DELIVERED", "Delivered"
    DEVELOPING = "DEVELOPING", "Developing"
    STOPPED = "STOPPED", "Stopped"


class TermPart(models.TextChoices):
    """What a period of a contract's term rests on."""

    INITIAL = "INITIAL", "First term"
    OPTION = "OPTION", "Option to extend"
    OUTSIDE = "OUTSIDE", "Outside the original terms"


class ExtensionStatus(models.TextChoices):
    """How far the work on one extension decision has come (S2)."""

    PREPARING = "PREPARING", "Being prepared"
    ADVISED = "ADVISED", "Waiting for the decision"
    AWAITING_SECOND = "AWAITING_SECOND", "Waiting for the second approver"
    DECIDED = "DECIDED", "Decided"
    CLOSED = "CLOSED", "No longer needed"


X = ExtensionStatus
EXTENSION_MOVES = {
    X.PREPARING: {X.ADVISED, X.CLOSED},
    X.ADVISED: {X.PREPARING, X.AWAITING_SECOND, X.DECIDED, X.CLOSED},
    X.AWAITING_SECOND: {X.DECIDED, X.PREPARING},
    X.DECIDED: set(),
    X.CLOSED: set(),
}
EXTENSION_OWNERS = {
    X.PREPARING: "officer",
    X.ADVISED: "commissioner",
    X.AWAITING_SECOND: "second approver",
    X.DECIDED: "nobody",
    X.CLOSED: "nobody",
}


class ExtensionStepKind(models.TextChoices):
    """What leads to an extension decision and follows it, in order (S2)."""

    PROVIDER_ASKED = "PROVIDER_ASKED", "Provider asked"
    EVIDENCE = "EVIDENCE", "Evidence ready"
    ADVICE = "ADVICE", "Officer's advice"
    FINANCE = "FINANCE", "Chief finance officer's comment"
    DECISION = "DECISION", "Decision"
    LETTER = "LETTER", "Letter to the provider"
    NOTICE = "NOTICE", "Notice the law asks for"


class ExtensionOutcome(models.TextChoices):
    OFFER = "OFFER", "Offer the whole option"
    OFFER_SHORTER = "OFFER_SHORTER", "Offer a shorter extension"
    DECLINE = "DECLINE", "Do not offer it"
    DEFER = "DEFER", "Decide later"
    LAPSE = "LAPSE", "Let it lapse"
    OUTSIDE = "OUTSIDE", "Extend outside the original terms"


OFFERS = frozenset({ExtensionOutcome.OFFER, ExtensionOutcome.OFFER_SHORTER})


class VariationKind(models.TextChoices):
    VALUE = "VALUE", "Value"
    SCOPE = "SCOPE", "Scope"
    END = "END", "Earlier end"
    PROVIDER = "PROVIDER", "Provider"
    OFFICE = "OFFICE", "The office itself"
    OUTSIDE_TERMS = "OUTSIDE_TERMS", "Extension outside the original terms"


# What changes on its own day, when that day has come; the rest changes with the approval.
WAITS_FOR_ITS_DAY = frozenset({VariationKind.SCOPE, VariationKind.PROVIDER, VariationKind.OFFICE})


class VariationStatus(models.TextChoices):
    DRAFT = "DRAFT", "Draft"
    SUBMITTED = "SUBMITTED", "Waiting for approval"
    AWAITING_SECOND = "AWAITING_SECOND", "Waiting for the second approver"
    APPROVED = "APPROVED", "Approved"
    DECLINED = "DECLINED", "Declined"
    WITHDRAWN = "WITHDRAWN", "Withdrawn"


V = VariationStatus
VARIATION_MOVES = {
    V.DRAFT: {V.SUBMITTED, V.WITHDRAWN},
    V.SUBMITTED: {V.DRAFT, V.AWAITING_SECOND, V.APPROVED, V.DECLINED, V.WITHDRAWN},
    V.AWAITING_SECOND: {V.APPROVED, V.DECLINED},
    V.APPROVED: set(),
    V.DECLINED: set(),
    V.WITHDRAWN: set(),
}
VARIATION_OWNERS = {
    V.DRAFT: "officer",
    V.SUBMITTED: "commissioner",
    V.AWAITING_SECOND: "second approver",
    V.APPROVED: "nobody",
    V.DECLINED: "nobody",
    V.WITHDRAWN: "nobody",
}


class KpiKind(models.TextChoices):
    COUNT = "COUNT", "Whole number"
    NUMBER = "NUMBER", "Number"
    PERCENTAGE = "PERCENTAGE", "Percentage"
    MONEY = "MONEY", "Amount in pounds"
    DAYS = "DAYS", "Days"


class KpiDirection(models.TextChoices):
    HIGHER = "HIGHER", "Higher is better"
    LOWER = "LOWER", "Lower is better"


class Rag(models.TextChoices):
    """How a figure stands to its target; computed, never stored (S4)."""

    GREEN = "GREEN", "Green"
    AMBER = "AMBER", "Amber"
    RED = "RED", "Red"
    UNKNOWN = "UNKNOWN", "Not reported"
    NO_TARGET = "NO_TARGET", "No target"


class MeetingKind(models.TextChoices):
    MONTHLY = "MONTHLY", "Monthly meeting"
    QUARTERLY = "QUARTERLY", "Quarterly meeting"
    OTHER = "OTHER", "Other meeting"


class MeetingStatus(models.TextChoices):
    PLANNED = "PLANNED", "Planned"
    HELD = "HELD", "Held"
    CANCELLED = "CANCELLED", "Cancelled"


MEETING_MOVES = {
    MeetingStatus.PLANNED: {MeetingStatus.HELD, MeetingStatus.CANCELLED},
    MeetingStatus.HELD: set(),
    MeetingStatus.CANCELLED: set(),
}
MEETING_OWNERS = {
    MeetingStatus.PLANNED: "officer",
    MeetingStatus.HELD: "nobody",
    MeetingStatus.CANCELLED: "nobody",
}


class ActionStatus(models.TextChoices):
    OPEN = "OPEN", "To do"
    DONE = "DONE", "Done"
    DROPPED = "DROPPED", "Dropped"


ACTION_MOVES = {
    ActionStatus.OPEN: {ActionStatus.DONE, ActionStatus.DROPPED},
    ActionStatus.DONE: {ActionStatus.OPEN},
    ActionStatus.DROPPED: set(),
}
ACTION_OWNERS = {
    ActionStatus.OPEN: "officer or provider",
    ActionStatus.DONE: "officer",
    ActionStatus.DROPPED: "nobody",
}


class PlanStatus(models.TextChoices):
    """How far an improvement plan has come (S4)."""

    ASKED = "ASKED", "Asked of the provider"
    PROPOSED = "PROPOSED", "Proposed by the provider"
    AGREED = "AGREED", "Agreed"
    CLOSED = "CLOSED", "Closed"


PLAN_MOVES = {
    PlanStatus.ASKED: {PlanStatus.PROPOSED, PlanStatus.CLOSED},
    PlanStatus.PROPOSED: {PlanStatus.ASKED, PlanStatus.AGREED, PlanStatus.CLOSED},
    PlanStatus.AGREED: {PlanStatus.CLOSED},
    PlanStatus.CLOSED: set(),
}
PLAN_OWNERS = {
    PlanStatus.ASKED: "provider",
    PlanStatus.PROPOSED: "officer",
    PlanStatus.AGREED: "provider",
    PlanStatus.CLOSED: "nobody",
}


class OversightStatus(models.TextChoices):
    """Where an activity of a partnership stands in the commissioner's register (R3)."""

    PROPOSED = "PROPOSED", "Proposed"
    LIVE = "LIVE", "Live"
    ENDED = "ENDED", "Ended"
    STOPPED = "STOPPED", "Stopped before it went live"


OVERSIGHT_MOVES = {
    OversightStatus.PROPOSED: {OversightStatus.LIVE, OversightStatus.STOPPED},
    OversightStatus.LIVE: {OversightStatus.ENDED},
    OversightStatus.ENDED: set(),
    OversightStatus.STOPPED: set(),
}
OVERSIGHT_OWNERS = {
    OversightStatus.PROPOSED: "officer",
    OversightStatus.LIVE: "officer",
    OversightStatus.ENDED: "nobody",
    OversightStatus.STOPPED: "nobody",
}


class CheckResult(models.TextChoices):
    MET = "MET", "Met"
    NOT_MET = "NOT_MET", "Not met"
