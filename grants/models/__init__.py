from .awards import (
    Award,
    AwardLine,
    AwardSource,
    Instalment,
    InstalmentLine,
    ReportedSpend,
    TermsAcceptance,
    Variation,
)
from .business_cases import (
    BudgetLine,
    BusinessCase,
    CaseSnapshot,
    ChangeRequest,
    DeliveryPartner,
    PlannedOutcome,
    PlannedOutput,
    Project,
)
from .evaluations import Evaluation, InterestDeclaration, Recommendation
from .rounds import Allocation, AllocationMovement, LateAcceptance, Round

__all__ = [
    "Allocation",
    "AllocationMovement",
    "Award",
    "AwardLine",
    "AwardSource",
    "BudgetLine",
    "BusinessCase",
    "CaseSnapshot",
    "ChangeRequest",
    "DeliveryPartner",
    "Evaluation",
    "Instalment",
    "InstalmentLine",
    "InterestDeclaration",
    "LateAcceptance",
    "PlannedOutcome",
    "PlannedOutput",
    "Project",
    "Recommendation",
    "ReportedSpend",
    "Round",
    "TermsAcceptance",
    "Variation",
]
