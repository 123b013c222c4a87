"""The words of plans, money and rules."""

from django.db import models


class Purpose(models.TextChoices):
    """What a source of funds may be spent on; enforced (X2)."""

    ANY = "ANY", "Any purpose of the office"
    VICTIMS = "VICTIMS", "Support for victims only"
    CRIME_REDUCTION = "CRIME_REDUCTION", "Crime and disorder reduction only"
    VIOLENCE_REDUCTION = "VIOLENCE_REDUCTION", "Violence reduction only"


class StreamPurpose(models.TextChoices):
    VICTIMS = "VICTIMS", "Support for victims"
    CRIME_REDUCTION = "CRIME_REDUCTION", "Crime and disorder reduction"
    VIOLENCE_REDUCTION = "VIOLENCE_REDUCTION", "Violence reduction"
    OTHER = "OTHER", "Other"


class StreamStanding(models.TextChoices):
    CURRENT = "CURRENT", "Current"
    DISCONTINUED = "DISCONTINUED", "Discontinued"


class Basis(models.TextChoices):
    """What a published figure is; unknown figures stay null."""

    AWARD = "AWARD", "Award"
    ALLOCATION = "ALLOCATION", "Allocation"
    ANNOUNCED = "ANNOUNCED", "Announced"
    ANNUAL_VALUE = "ANNUAL_VALUE", "Annual value"
    TENDER_ESTIMATE = "TENDER_ESTIMATE", "Tender estimate"
    POT = "POT", "Size of the fund"
    BUDGET_LINE = "BUDGET_LINE", "Budget line"
    SPEND = "SPEND", "Spend"
    RETURNED = "RETURNED", "Returned"
    EXAMPLE = "EXAMPLE", "Example data"


class ConditionKind(models.TextChoices):
    """A release condition; each is met only by a row, never by a tick box."""

    TERMS_ACCEPTED = "TERMS_ACCEPTED", "Terms accepted by the payee's signatory"
    MID_YEAR_SATISFACTORY = "MID_YEAR_SATISFACTORY", "Satisfactory mid-year return"
    YEAR_END_SATISFACTORY = "YEAR_END_SATISFACTORY", "Satisfactory year-end return"
    OFFICER_CONFIRMED = "OFFICER_CONFIRMED", "Confirmed by a named officer with evidence"
    QUARTERLY_SATISFACTORY = "QUARTERLY_SATISFACTORY", "Satisfactory quarterly return of the quarter before"
    DAY_REACHED = "DAY_REACHED", "The day it is due"
    EVENT_HAPPENED = "EVENT_HAPPENED", "An event has happened"
    RECEIPTS_ACCEPTED = "RECEIPTS_ACCEPTED", "Receipts accepted by an officer"
    MATCH_CONFIRMED = "MATCH_CONFIRMED", "Match funding confirmed by an officer"
    CONTINUATION_APPROVED = "CONTINUATION_APPROVED", "Continuation into the year approved"


class ReportKind(models.TextChoices):
    MID_YEAR = "MID_YEAR", "Mid-year return"
    YEAR_END = "YEAR_END", "Year-end return"
    END_OF_AWARD = "END_OF_AWARD", "End of award return"
    QUARTERLY = "QUARTERLY", "Quarterly return"
    MONTHLY = "MONTHLY", "Monthly return"
    ON_SET_DAYS = "ON_SET_DAYS", "Return for a set day"
    AFTERWARDS = "AFTERWARDS", "Follow-up return"
    EXTENSION = "EXTENSION", "Return for an extension"
    AD_HOC = "AD_HOC", "Ad hoc return"


class Timing(models.TextChoices):
    """How the periods of a return follow from the award or contract."""

    ONCE = "ONCE", "Once: so many months from the start, or the whole period"
    REPEATED = "REPEATED", "Again and again, every so many months"
    FIXED_DAYS = "FIXED_DAYS", "For periods that end on set days"
    AFTER_ANCHOR = "AFTER_ANCHOR", "Once, so long after something happened"


class Anchor(models.TextChoices):
    """What a due day is counted from."""

    PERIOD_END = "PERIOD_END", "the end of the period"
    MADE = "MADE", "the day the award or contract was made"
    START = "START", "the start"
    END = "END", "the end of the award or contract"
    EVENT = "EVENT", "an event whose day may move"


class WhenExtended(models.TextChoices):
    """What an extension does to a return at the end (V7)."""

    ADDS = "ADDS", "Stays due as it was; the extension adds a return of its own"
    MOVES = "MOVES", "Moves to the new end"


class ReturnPart(models.TextChoices):
    """What a section of a return template asks for."""

    INDICATORS = "INDICATORS", "Figures of this template"
    SPEND = "SPEND", "Spend by budget line"
    OUTCOMES = "OUTCOMES", "Outcomes promised in the business case"
    OUTPUTS = "OUTPUTS", "Outputs promised in the business case"
    KPIS = "KPIS", "KPIs of the contract"
    PROJECTS = "PROJECTS", "How each project stands"
    OVERALL = "OVERALL", "The period as a whole"
    UNDERSPEND = "UNDERSPEND", "Unspent money"
    FILES = "FILES", "Files"


class IndicatorKind(models.TextChoices):
    COUNT = "COUNT", "Whole number"
    NUMBER = "NUMBER", "Number with decimals"
    MONEY = "MONEY", "Money in pounds"
    PERCENTAGE = "PERCENTAGE", "Percentage"
    COUNTS = "COUNTS", "Whole numbers by category"
    SCORE = "SCORE", "Distance travelled: people asked, score before, score after"
    YES_NO = "YES_NO", "Yes or no"
    TEXT = "TEXT", "Words"
    FILE = "FILE", "A file"


class Required(models.TextChoices):
    ALWAYS = "ALWAYS", "Always"
    AT_THE_END = "AT_THE_END", "Only in the return that covers the whole award"
    WHEN = "WHEN", "When another answer is above nought or yes"
    NEVER = "NEVER", "Never"


class CheckKind(models.TextChoices):
    """How figures of a template must agree with one another."""

    SUM_IS = "SUM_IS", "add up to"
    SUM_NOT_ABOVE = "SUM_NOT_ABOVE", "add up to no more than"


class TemplateStatus(models.TextChoices):
    DRAFT = "DRAFT", "Draft"
    IN_USE = "IN_USE", "In use"
    REPLACED = "REPLACED", "Replaced"


T = TemplateStatus
TEMPLATE_MOVES = {T.DRAFT: {T.IN_USE}, T.IN_USE: {T.REPLACED}, T.REPLACED: set()}
TEMPLATE_OWNERS = {T.DRAFT: "officer", T.IN_USE: "nobody", T.REPLACED: "nobody"}


class Severity(models.TextChoices):
    BLOCK = "BLOCK", "Blocks"
    WARN = "WARN", "Warns"
    NEEDS_EXCEPTION = "NEEDS_EXCEPTION", "Needs an exception with approver and reason"


class LimitOn(models.TextChoices):
    CASE_TOTAL = "CASE_TOTAL", "Total of a business case"
    PROJECT_TOTAL = "PROJECT_TOTAL", "Total of a project"
    CASE_YEAR = "CASE_YEAR", "A business case in any one year"
    PROJECT_YEAR = "PROJECT_YEAR", "A project in any one year"
    APPLICANT_ROUND = "APPLICANT_ROUND", "All that one applicant asks for in the round"
    APPLICANT_YEAR = "APPLICANT_YEAR", "All that one applicant has or asks for in one year of the stream"


class CasePart(models.TextChoices):
    """The parts of a project that a round may require."""

    NEED = "NEED", "Need and evidence"
    OUTCOMES = "OUTCOMES", "Outcomes"
    OUTPUTS = "OUTPUTS", "Outputs"
    BUDGET = "BUDGET", "Budget"
    PRIORITIES = "PRIORITIES", "Priorities"
    AREAS = "AREAS", "Areas and partners"
    SCHOOLS = "SCHOOLS", "Schools"


class MoneySetBy(models.TextChoices):
    """How the sum an organisation may have is set (C1, X1)."""

    NEGOTIATED = "NEGOTIATED", "Agreed with each organisation and entered by the office"
    SAME_AS_LAST_YEAR = "SAME_AS_LAST_YEAR", "The same as last year"
    FORMULA = "FORMULA", "By formula"
    BIDS = "BIDS", "By bids for the money of the round"
    DIRECT = "DIRECT", "By direct award, without a round"


class StageKind(models.TextChoices):
    """One stage on the way to a decision, in the order of the rule set."""

    GATE = "GATE", "Gate: every criterion is met or the project goes no further"
    SCORED = "SCORED", "Scored by evaluators, each alone"
    MODERATION = "MODERATION", "Moderation: the evaluators agree one score"
    PANEL = "PANEL", "Panel"
    PUBLIC_VOTE = "PUBLIC_VOTE", "Result of a public vote"
    OFFICER = "OFFICER", "Decision by an officer under a delegation"
    COMMISSIONER = "COMMISSIONER", "Decision by the commissioner"
    SECOND_BODY = "SECOND_BODY", "Agreement of a second body"


class MatchIn(models.TextChoices):
    """What may count as match funding."""

    MONEY = "MONEY", "Money"
    KIND = "KIND", "Help in kind"
    EITHER = "EITHER", "Money or help in kind"


class DueWhen(models.TextChoices):
    """What the day of an instalment is counted from."""

    AFTER_START = "AFTER_START", "So many days after the start"
    SET_DAY = "SET_DAY", "On a set day"
    AFTER_EVENT = "AFTER_EVENT", "So many days after an event whose day may move"
    ON_RECEIPTS = "ON_RECEIPTS", "In arrears, on receipts"


class QuestionKind(models.TextChoices):
    TEXT = "TEXT", "A few words"
    WORDS = "WORDS", "Several sentences"
    NUMBER = "NUMBER", "A number"
    MONEY = "MONEY", "Money in pounds"
    YES_NO = "YES_NO", "Yes or no"
    CHOICE = "CHOICE", "One of a list"
    CHOICES = "CHOICES", "Any of a list"
    DAY = "DAY", "A day"
    FILE = "FILE", "A file"


class YesNo(models.TextChoices):
    """How a yes or no is kept among answers, and named in `Question.shown_for`."""

    YES = "yes", "Yes"
    NO = "no", "No"


class AskedOf(models.TextChoices):
    """Whether a set of questions is answered once for the business case or for each project."""

    CASE = "CASE", "The business case, once"
    PROJECT = "PROJECT", "Each project"


class ContinuationPolicy(models.TextChoices):
    NONE = "NONE", "None: the award runs to its end"
    YEARLY = "YEARLY", "Each later year needs a decision (R2)"


class RequestKind(models.TextChoices):
    """What a recipient may ask to change about an award."""

    TIME = "TIME", "More time, or another end"
    MONEY = "MONEY", "Money moved between budget lines"
    OUTPUTS = "OUTPUTS", "Other outputs or outcomes"
    PARTNER = "PARTNER", "Another delivery partner"
    PURPOSE = "PURPOSE", "Another purpose"
    SUSPENSION = "SUSPENSION", "A pause"
    EARLY_END = "EARLY_END", "An earlier end"


class ApprovalLevel(models.TextChoices):
    OFFICER = "OFFICER", "A commissioning officer"
    HEAD = "HEAD", "The head of commissioning"
    COMMISSIONER = "COMMISSIONER", "The commissioner, or a post with a delegation"


class SourceChange(models.TextChoices):
    """A change of what a funder gives, after it was first given."""

    INCREASED = "INCREASED", "More given"
    REDUCED = "REDUCED", "Reduced by the funder"
    CARRIED_IN = "CARRIED_IN", "Carried over from the year before"
    CARRIED_OUT = "CARRIED_OUT", "Carried over into the next year"
    HANDED_BACK = "HANDED_BACK", "Handed back to the funder"


class OpportunityStatus(models.TextChoices):
    """Where an opportunity stands between the horizon and its outcome (O1, O2)."""

    HORIZON = "HORIZON", "On the horizon"
    BIDDING = "BIDDING", "Bid being written"
    SUBMITTED = "SUBMITTED", "Bid sent"
    WON = "WON", "Won"
    LOST = "LOST", "Not won"
    NOT_PURSUED = "NOT_PURSUED", "Not pursued"
    WITHDRAWN = "WITHDRAWN", "Withdrawn"


P = OpportunityStatus
OPPORTUNITY_MOVES = {
    P.HORIZON: {P.BIDDING, P.NOT_PURSUED},
    P.BIDDING: {P.SUBMITTED, P.NOT_PURSUED},
    P.SUBMITTED: {P.WON, P.LOST, P.WITHDRAWN},
    P.NOT_PURSUED: {P.HORIZON},
    P.WON: set(),
    P.LOST: set(),
    P.WITHDRAWN: set(),
}
OPPORTUNITY_OWNERS = {
    P.HORIZON: "officer",
    P.BIDDING: "officer",
    P.SUBMITTED: "funder",
    P.NOT_PURSUED: "nobody",
    P.WON: "nobody",
    P.LOST: "nobody",
    P.WITHDRAWN: "nobody",
}


class SectionKind(models.TextChoices):
    """What a section of the commissioning plan shows beside its words (P7)."""

    PROSE = "PROSE", "Words only"
    LEARNING = "LEARNING", "The learning review"
    PRIORITIES = "PRIORITIES", "Priorities"
    BUDGET = "BUDGET", "Budget by source of funds"
    STREAM = "STREAM", "A stream, with its rules, awards and commitments"
    SERVICES = "SERVICES", "A commissioned service, with its contracts"
    OPPORTUNITIES = "OPPORTUNITIES", "Funding opportunities"


class RequirementReviewStatus(models.TextChoices):
    OPEN = "OPEN", "Under way"
    CONCLUDED = "CONCLUDED", "Concluded"


REQUIREMENT_REVIEW_MOVES = {
    RequirementReviewStatus.OPEN: {RequirementReviewStatus.CONCLUDED},
    RequirementReviewStatus.CONCLUDED: set(),
}
REQUIREMENT_REVIEW_OWNERS = {
    RequirementReviewStatus.OPEN: "officer",
    RequirementReviewStatus.CONCLUDED: "nobody",
}


class StandardHold(models.TextChoices):
    """What a required standard that is missing or has expired holds back (P1)."""

    FIRST = "FIRST", "The first instalment"
    EVERY = "EVERY", "Every instalment"
    NOTHING = "NOTHING", "No money; it is only asked for"


class StandardStatus(models.TextChoices):
    SENT = "SENT", "Waiting to be checked"
    ACCEPTED = "ACCEPTED", "Accepted"
    REFUSED = "REFUSED", "Not accepted"
    WITHDRAWN = "WITHDRAWN", "No longer relied on"


STANDARD_MOVES = {
    StandardStatus.SENT: {StandardStatus.ACCEPTED, StandardStatus.REFUSED, StandardStatus.WITHDRAWN},
    StandardStatus.ACCEPTED: {StandardStatus.WITHDRAWN},
    StandardStatus.REFUSED: set(),
    StandardStatus.WITHDRAWN: set(),
}
STANDARD_OWNERS = {
    StandardStatus.SENT: "officer",
    StandardStatus.ACCEPTED: "organisation",
    StandardStatus.REFUSED: "nobody",
    StandardStatus.WITHDRAWN: "nobody",
}


class StageAnsweredBy(models.TextChoices):
    """Who answers a complaint at a stage (P2)."""

    PROVIDER = "PROVIDER", "The organisation concerned"
    OFFICER = "OFFICER", "A commissioning officer"
    HEAD = "HEAD", "The head of commissioning"
    COMMISSIONER = "COMMISSIONER", "The commissioner"


class SchoolPhase(models.TextChoices):
    NURSERY = "NURSERY", "Nursery"
    PRIMARY = "PRIMARY", "Primary"
    MIDDLE = "MIDDLE", "Middle"
    SECONDARY = "SECONDARY", "Secondary"
    SIXTEEN_PLUS = "SIXTEEN_PLUS", "16 plus"
    ALL_THROUGH = "ALL_THROUGH", "All-through"
    SPECIAL = "SPECIAL", "Special"
    ALTERNATIVE = "ALTERNATIVE", "Alternative provision"
    OTHER = "OTHER", "Other or not known"
