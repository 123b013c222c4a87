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

__all__ = [
    "CommissioningBody",
    "CommitmentLine",
    "Delegation",
    "FundingSource",
    "InstalmentRule",
    "LearningArea",
    "Limit",
    "LoadedRow",
    "MovableEvent",
    "Plan",
    "Priority",
    "ReportingRule",
    "RuleSet",
    "SensitivePeriod",
    "Stream",
    "TermsCondition",
    "TermsVersion",
]
