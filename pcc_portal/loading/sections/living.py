"""The plan as a document, opportunities, schedules, what follows a fund that ended, reviews of requirements."""

from dataclasses import dataclass

from grants.enums import SustainabilityOutcome, SustainabilityStatus
from grants.models import DeliveryBlock, DeliverySchedule, SustainabilityPlan
from plans.enums import OpportunityStatus, Purpose, RequirementReviewStatus, SectionKind, StageAnsweredBy
from plans.models import (
    ConcernLevel,
    Opportunity,
    OpportunityPartner,
    OpportunityTask,
    PlanChange,
    PlanSection,
    RequirementReview,
    ReviewFinding,
    SchoolTerm,
    SchoolTopic,
    SectionText,
)
from plans.models.assurance import LEVEL_DELIVERED

from ..entries import Items
from ..kinds import Beside, Day, Position, Text, Whole, Word
from ..references import Cited, Reference, References
from .section import DAY, LONG, MONEY, Section, needed


@dataclass(frozen=True)
class NewestWords(Beside):
    """The words of a section of the plan; other words are a new text, the one before stays."""

    def read(self, row, name):
        newest = SectionText.objects.filter(section=row).order_by("-at", "-pk").first()
        return newest.words if newest else ""

    def write(self, row, value, find, at):
        if value != self.read(row, "words"):
            SectionText.objects.create(section=row, words=value, reason="From the plan file", at=at)


PLAN_SECTIONS = Section(
    "plan_sections",
    "section of the plan",
    PlanSection,
    {
        "order": Position(),
        "number": Text(limit=10, numbers=True),
        "title": needed(),
        "kind": Word(words=SectionKind, default=SectionKind.PROSE.value),
        "stream": Reference(section="streams"),
        "words": NewestWords(limit=20_000),
        "source": Cited(),
    },
    belongs_to="plan",
    scoped=True,
)
PLAN_CHANGES = Section(
    "plan_changes",
    "change of the plan",
    PlanChange,
    {"number": Position(), "on": Day(required=True), "title": needed(300), "reason": needed(10_000)},
    key_column="",
    natural=("on", "title"),
    belongs_to="plan",
    says_example=True,
)
OPPORTUNITIES = Section(
    "opportunities",
    "opportunity",
    Opportunity,
    {
        "stream": Reference(section="streams"),
        "funder": needed(),
        "fund": needed(),
        "description": LONG,
        "purpose": Word(words=Purpose, default=Purpose.ANY.value),
        "priorities": References(section="priorities"),
        "fit": LONG,
        "opens_on": DAY,
        "closes_on": DAY,
        "amount": MONEY,
        "match_needed": MONEY,
        "status": Word(words=OpportunityStatus, default=OpportunityStatus.HORIZON.value),
        "bid_amount": MONEY,
        "submitted_on": DAY,
        "outcome_on": DAY,
        "won_amount": MONEY,
        "lessons": LONG,
        "funding_source": Reference(section="funding_sources"),
        "partners": Items(
            fields={
                "name": needed(),
                "organisation": Reference(section="organisations"),
                "part": Text(limit=300),
                "brings": MONEY,
                "agreed_on": DAY,
            },
            model=OpportunityPartner,
            parent="opportunity",
            short="name",
        ),
        "tasks": Items(
            fields={
                "task": needed(300),
                "owner": Text(limit=120),
                "due_on": Day(required=True),
                "done_on": DAY,
                "result": LONG,
            },
            model=OpportunityTask,
            parent="opportunity",
            numbered="number",
            stays=True,
        ),
        "source": Cited(required=True),
    },
    belongs_to="plan",
    says_example=True,
    figures=("amount", "match_needed", "won_amount"),
)
DELIVERY_SCHEDULES = Section(
    "delivery_schedules",
    "delivery schedule",
    DeliverySchedule,
    {
        "award": Reference(required=True, section="awards"),
        "unit": Text(limit=60),
        "promised": Whole(required=True, low=1),
        "guidance": LONG,
        "blocks": Items(
            fields={"name": needed(100), "starts_on": DAY, "ends_on": DAY, "promised": Whole(low=1)},
            model=DeliveryBlock,
            parent="schedule",
            short="name",
            numbered="number",
            stays=True,
        ),
        "source": Cited(required=True),
    },
    key_column="",
    natural=("award",),
)
SUSTAINABILITY_PLANS = Section(
    "sustainability_plans",
    "sustainability plan",
    SustainabilityPlan,
    {
        "award": Reference(required=True, section="awards"),
        "told_on": DAY,
        "summary": LONG,
        "status": Word(words=SustainabilityStatus, default=SustainabilityStatus.OPEN.value),
        "outcome": Word(words=SustainabilityOutcome),
        "outcome_words": LONG,
        "closed_on": DAY,
    },
    key_column="",
    natural=("award",),
)
REQUIREMENT_REVIEWS = Section(
    "requirement_reviews",
    "review of requirements",
    RequirementReview,
    {
        "stream": Reference(required=True, section="streams"),
        "title": needed(),
        "scope": LONG,
        "opened_on": Day(required=True),
        "status": Word(words=RequirementReviewStatus, default=RequirementReviewStatus.OPEN.value),
        "concluded_on": DAY,
        "conclusion": LONG,
        "findings": Items(
            fields={
                "finding": needed(10_000),
                "condition": LONG,
                "checked_by": Text(limit=300),
                "terms": Reference(section="terms"),
            },
            model=ReviewFinding,
            parent="review",
            short="finding",
            numbered="number",
        ),
    },
    key_column="reference",
)
COMPLAINT_STAGES = Section(
    "complaint_stages",
    "stage of complaints",
    ConcernLevel,
    {
        "number": Whole(required=True, low=1, high=20),
        "name": needed(120),
        "answered_by": Word(required=True, words=StageAnsweredBy),
        "acknowledge_days": Whole(required=True, low=1, high=120),
        "answer_days": Whole(required=True, low=1, high=120),
        "guidance": LONG,
        "source": Cited(),
    },
    key_column="",
    natural=("number",),
    delivered=LEVEL_DELIVERED,
)
SCHOOL_TERMS = Section(
    "school_terms",
    "term",
    SchoolTerm,
    {"name": needed(60), "starts_on": Day(required=True), "ends_on": Day(required=True), "source": Cited()},
    key_column="",
    natural=("name",),
    says_example=True,
)
SCHOOL_TOPICS = Section(
    "school_topics",
    "topic of school inputs",
    SchoolTopic,
    {"name": needed(120), "most_in_term": Whole(required=True, low=1, high=50), "source": Cited()},
    says_example=True,
)
