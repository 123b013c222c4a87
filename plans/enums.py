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


class CasePart(models.TextChoices):
    """The parts of a project that a round may require."""

    NEED = "NEED", "Need and evidence"
    OUTCOMES = "OUTCOMES", "Outcomes"
    OUTPUTS = "OUTPUTS", "Outputs"
    BUDGET = "BUDGET", "Budget"
    PRIORITIES = "PRIORITIES", "Priorities"
    AREAS = "AREAS", "Areas and partners"
