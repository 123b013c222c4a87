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
    AD_HOC = "AD_HOC", "Ad hoc return"


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
