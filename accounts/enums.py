"""The words of people and organisations."""

from django.db import models


class OrganisationKind(models.TextChoices):
    OFFICE = "OFFICE", "Office of the commissioner"
    CSP = "CSP", "Community Safety Partnership"
    LOCAL_AUTHORITY = "LOCAL_AUTHORITY", "Local authority"
    STATUTORY_THIRD_PARTY = "STATUTORY_THIRD_PARTY", "Statutory third party"
    POLICE = "POLICE", "Police"
    PRISON = "PRISON", "Prison"
    HEALTH = "HEALTH", "Health body"
    CHARITY = "CHARITY", "Charity"
    CIC = "CIC", "Community interest company"
    COMPANY = "COMPANY", "Company"
    HOUSING_ASSOCIATION = "HOUSING_ASSOCIATION", "Housing association"
    VOLUNTARY_GROUP = "VOLUNTARY_GROUP", "Voluntary or community group"
    PROVIDER = "PROVIDER", "Provider under contract"
    OTHER = "OTHER", "Other organisation"


class NameKind(models.TextChoices):
    ALIAS = "ALIAS", "Also known as"
    FORMER = "FORMER", "Former name"


class IdentifierScheme(models.TextChoices):
    """Registers named as in org-id lists (duties.md, section 3)."""

    CHC = "GB-CHC", "Charity Commission number"
    COH = "GB-COH", "Companies House number"
    LAE = "GB-LAE", "Local authority code"
    EDU = "GB-EDU", "School number"
    UKPRN = "GB-UKPRN", "Learning provider number"
    OTHER = "OTHER", "Other register"


class RoleName(models.TextChoices):
    """Posts in the office first, then roles in an organisation."""

    COMMISSIONER = "COMMISSIONER", "Commissioner"
    CHIEF_EXECUTIVE = "CHIEF_EXECUTIVE", "Chief executive"
    CHIEF_FINANCE_OFFICER = "CHIEF_FINANCE_OFFICER", "Chief finance officer"
    HEAD_OF_COMMISSIONING = "HEAD_OF_COMMISSIONING", "Head of commissioning"
    COMMISSIONING_OFFICER = "COMMISSIONING_OFFICER", "Commissioning officer"
    FINANCE_OFFICER = "FINANCE_OFFICER", "Finance officer"
    AUDITOR = "AUDITOR", "Auditor"
    READER = "READER", "Reader"
    CONTRIBUTOR = "CONTRIBUTOR", "Contributor"
    LEAD = "LEAD", "Lead"
    CERTIFIER = "CERTIFIER", "Certifier"
    SIGNATORY = "SIGNATORY", "Authorised signatory"
