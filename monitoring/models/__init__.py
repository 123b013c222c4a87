from .audits import AuditAction, AuditCandidate, AuditCheck, AuditFinding, AuditProgramme, AuditVisit, RiskRule
from .capacity import CapacityOffer, CapacitySession, CapacitySuggestion, OfferTrigger, OutsideFunding, SignUp
from .concerns import Concern, ConcernLearning, ConcernStage, RestrictedContact
from .kpis import KpiLine
from .overlaps import ComparedWork, OverlapPair
from .returns import (
    COVERS_THE_AWARD,
    MonitoringReturn,
    OutcomeResult,
    OutputResult,
    ProjectReport,
    ReturnQuery,
    ReturnReview,
    ReturnVersion,
    SpendLine,
)
from .stories import OutcomeStory, StoryContact, StoryFigure
from .workbooks import IndicatorValue, ReturnUpload, WarningReason

__all__ = [
    "COVERS_THE_AWARD",
    "AuditAction",
    "AuditCandidate",
    "AuditCheck",
    "AuditFinding",
    "AuditProgramme",
    "AuditVisit",
    "CapacityOffer",
    "CapacitySession",
    "CapacitySuggestion",
    "ComparedWork",
    "Concern",
    "ConcernLearning",
    "ConcernStage",
    "IndicatorValue",
    "KpiLine",
    "MonitoringReturn",
    "OfferTrigger",
    "OutcomeResult",
    "OutcomeStory",
    "OutputResult",
    "OutsideFunding",
    "OverlapPair",
    "ProjectReport",
    "RestrictedContact",
    "ReturnQuery",
    "ReturnReview",
    "ReturnUpload",
    "ReturnVersion",
    "RiskRule",
    "SignUp",
    "SpendLine",
    "StoryContact",
    "StoryFigure",
    "WarningReason",
]
