from .bodies import CommissioningBody, Delegation, MovableEvent, SensitivePeriod
from .loaded import LoadedRow
from .plans import LearningArea, Plan, Priority
from .rule_sets import (
    InstalmentRule,
    Limit,
    ReportingRule,
    RuleSet,
    TermsCondition,
    TermsVersion,
)
from .streams import CommitmentLine, FundingSource, Stream
from .templates import Indicator, ReturnTemplate, TemplateCheck, TemplateSection, TemplateVersion

__all__ = [
    "CommissioningBody",
    "CommitmentLine",
    "Delegation",
    "FundingSource",
    "Indicator",
    "InstalmentRule",
    "LearningArea",
    "Limit",
    "LoadedRow",
    "MovableEvent",
    "Plan",
    "Priority",
    "ReportingRule",
    "ReturnTemplate",
    "RuleSet",
    "SensitivePeriod",
    "Stream",
    "TemplateCheck",
    "TemplateSection",
    "TemplateVersion",
    "TermsCondition",
    "TermsVersion",
]
