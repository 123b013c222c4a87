from .applying import AskedQuestions, Formula, FormulaWeight, Lot, MatchRule, Question, QuestionSet
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
from .stages import ApprovalRule, Criterion, DecisionStage, ScoreGuide
from .streams import CommitmentCost, CommitmentLine, FundingSource, Stream
from .templates import Indicator, ReturnTemplate, TemplateCheck, TemplateSection, TemplateVersion

__all__ = [
    "ApprovalRule",
    "AskedQuestions",
    "CommissioningBody",
    "CommitmentCost",
    "CommitmentLine",
    "Criterion",
    "DecisionStage",
    "Delegation",
    "Formula",
    "FormulaWeight",
    "FundingSource",
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
    "Plan",
    "PlanChange",
    "PlanSection",
    "Priority",
    "Question",
    "QuestionSet",
    "ReportingRule",
    "RequirementReview",
    "ReturnTemplate",
    "ReviewFinding",
    "RuleSet",
    "ScoreGuide",
    "SectionText",
    "SensitivePeriod",
    "SourceMovement",
    "Stream",
    "TemplateCheck",
    "TemplateSection",
    "TemplateVersion",
    "TermsCondition",
    "TermsVersion",
]
