from .applying import AskedQuestions, Formula, FormulaWeight, Lot, MatchRule, Question, QuestionSet
from .assurance import (
    ConcernLevel,
    DueDiligenceNote,
    HeldStandard,
    PayeeCheck,
    RequiredStandard,
    StandardKind,
    StandardWaiver,
)
from .bodies import CommissioningBody, Delegation, MovableEvent, SensitivePeriod
from .living import PlanChange, PlanSection, RequirementReview, ReviewFinding, SectionText
from .loaded import LoadedRow
from .opportunities import Opportunity, OpportunityPartner, OpportunityTask, SourceMovement
from .plans import LearningArea, Plan, Priority
from .rule_sets import (
    InstalmentRule,
    Limit,
    ReportingRule,
    RuleSet,
    TermsCondition,
    TermsVersion,
)
from .schools import School, SchoolTerm, SchoolTopic
from .stages import ApprovalRule, Criterion, DecisionStage, ScoreGuide
from .streams import CommitmentCost, CommitmentLine, FundingSource, Stream
from .templates import Indicator, ReturnTemplate, TemplateCheck, TemplateSection, TemplateVersion

__all__ = [
    "ApprovalRule",
    "AskedQuestions",
    "CommissioningBody",
    "CommitmentCost",
    "CommitmentLine",
    "ConcernLevel",
    "Criterion",
    "DecisionStage",
    "Delegation",
    "DueDiligenceNote",
    "Formula",
    "FormulaWeight",
    "FundingSource",
    "HeldStandard",
    "Indicator",
    "InstalmentRule",
    "LearningArea",
    "Limit",
    "LoadedRow",
    "Lot",
    "MatchRule",
    "MovableEvent",
    "Opportunity",
    "OpportunityPartner",
    "OpportunityTask",
    "PayeeCheck",
    "Plan",
    "PlanChange",
    "PlanSection",
    "Priority",
    "Question",
    "QuestionSet",
    "ReportingRule",
    "RequiredStandard",
    "RequirementReview",
    "ReturnTemplate",
    "ReviewFinding",
    "RuleSet",
    "School",
    "SchoolTerm",
    "SchoolTopic",
    "ScoreGuide",
    "SectionText",
    "SensitivePeriod",
    "SourceMovement",
    "StandardKind",
    "StandardWaiver",
    "Stream",
    "TemplateCheck",
    "TemplateSection",
    "TemplateVersion",
    "TermsCondition",
    "TermsVersion",
]
