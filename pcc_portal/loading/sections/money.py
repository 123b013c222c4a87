"""Money: sources of funds, streams, delegations, rounds, allocations, awards, commitments."""

from accounts.enums import RoleName
from grants.models import Allocation, Award, AwardSource, Round, RoundInvitation, RoundSource
from plans.enums import Basis, Purpose, SourceChange, StreamPurpose, StreamStanding
from plans.models import CommitmentCost, CommitmentLine, Delegation, FundingSource, SourceMovement, Stream

from ..entries import Items
from ..kinds import Adjustment, Day, Position, Sum, Text, Word, YesNo
from ..recorded import Factors
from ..references import Cited, Reference, References
from .section import DAY, LONG, MONEY, Section, needed, percent

FUNDING_SOURCES = Section(
    "funding_sources",
    "source of funds",
    FundingSource,
    {
        "name": needed(),
        "funder": needed(),
        "purpose": Word(words=Purpose, default=Purpose.ANY.value),
        "carry_over_allowed": YesNo(),
        "carry_over_percent": percent(),
        "carry_over_needs_consent": YesNo(),
        "over_commitment_percent": percent(default="0.00"),
        "follows": Reference(section="funding_sources"),
        "amount": MONEY,
        "basis": Word(words=Basis),
        "starts_on": Day(required=True),
        "ends_on": Day(required=True),
        "movements": Items(
            fields={
                "kind": Word(required=True, words=SourceChange),
                "amount": Sum(required=True),
                "on": Day(required=True),
                "reason": needed(10_000),
                "other": Reference(section="funding_sources"),
            },
            model=SourceMovement,
            parent="funding_source",
            stamped="at",
        ),
        "source": Cited(),
    },
    belongs_to="plan",
    says_example=True,
    figures=("amount",),
)
STREAMS = Section(
    "streams",
    "stream",
    Stream,
    {
        "order": Position(),
        "number": needed(10, numbers=True),
        "code": needed(12),
        "name": needed(),
        "parent": Reference(section="streams"),
        "follows": Reference(section="streams"),
        "purpose": Word(words=StreamPurpose, default=StreamPurpose.OTHER.value),
        "standing": Word(words=StreamStanding, default=StreamStanding.CURRENT.value),
        "informed_on": DAY,
        "description": LONG,
        "legal_power": Text(limit=120),
        "funding_sources": References(section="funding_sources", attribute="sources"),
        "priorities": References(section="priorities"),
        "budget": MONEY,
        "source": Cited(required=True),
    },
    belongs_to="plan",
)
DELEGATIONS = Section(
    "delegations",
    "delegation",
    Delegation,
    {
        "post": Word(required=True, words=RoleName),
        "stream": Reference(section="streams"),
        "limit": MONEY,
        "starts_on": Day(required=True),
        "ends_on": DAY,
        "source": Cited(required=True),
    },
    key_column="reference",
    belongs_to="body",
)
ROUNDS = Section(
    "rounds",
    "round",
    Round,
    {
        "stream": Reference(required=True, section="streams"),
        "rule_set": Reference(required=True, section="rule_sets"),
        "funding_source": Reference(section="funding_sources"),
        "funding_shares": Items(
            fields={
                "funding_source": Reference(required=True, section="funding_sources"),
                "share": percent(required=True, attribute="share_percent"),
            },
            model=RoundSource,
            parent="round",
        ),
        "budget": MONEY,
        "follows": Reference(section="rounds"),
        "invitations": Items(
            fields={
                "organisation": Reference(required=True, section="organisations"),
                "continues": Reference(section="awards"),
            },
            model=RoundInvitation,
            parent="round",
            short="organisation",
            stamped="at",
        ),
        "name": needed(),
        "starts_on": Day(required=True),
        "ends_on": Day(required=True),
        "opens_on": DAY,
        "deadline_on": DAY,
        "tactical_opens_on": DAY,
        "tactical_closes_on": DAY,
        "guidance": LONG,
        "recorded": YesNo(attribute="is_recorded"),
        "source": Cited(required=True),
    },
    says_example=True,
)
ALLOCATIONS = Section(
    "allocations",
    "allocation",
    Allocation,
    {
        "round": Reference(required=True, section="rounds"),
        "organisation": Reference(required=True, section="organisations"),
        "amount": MONEY,
        "main": Sum(attribute="main_amount"),
        "tactical": Sum(attribute="tactical_amount"),
        "last_year": Sum(attribute="last_year_amount"),
        "formula": Sum(attribute="formula_amount"),
        "adjustment": Adjustment(default="0.00"),
        "basis": Word(words=Basis),
        "provenance": Text(limit=300),
        "factors": Factors(),
        "source": Cited(required=True),
    },
    key_column="",
    natural=("round", "organisation"),
    figures=("amount", "main", "tactical", "last_year", "formula"),
)
AWARDS = Section(
    "awards",
    "award",
    Award,
    {
        "stream": Reference(required=True, section="streams"),
        "recipient": Reference(required=True, section="organisations"),
        "joint_recipients": References(section="organisations"),
        "title": needed(300),
        "purpose": LONG,
        "reason": LONG,
        "period": needed(30, numbers=True, attribute="period_label"),
        "starts_on": DAY,
        "ends_on": DAY,
        "amount": Sum(attribute="recorded_amount"),
        "basis": Word(words=Basis),
        "returned": Sum(attribute="recorded_returned"),
        "rule_set": Reference(section="rule_sets"),
        "funding_sources": Items(
            fields={"funding_source": Reference(required=True, section="funding_sources"), "amount": MONEY},
            model=AwardSource,
            parent="award",
            short="funding_source",
        ),
        "note": LONG,
        "source": Cited(required=True),
    },
    figures=("amount", "returned"),
)
COMMITMENTS = Section(
    "commitments",
    "commitment line",
    CommitmentLine,
    {
        "stream": Reference(required=True, section="streams"),
        "funding_source": Reference(section="funding_sources"),
        "title": needed(300),
        "recipient": Reference(section="organisations"),
        "purpose": LONG,
        "reason": LONG,
        "rule_set": Reference(section="rule_sets"),
        "case_by_case": YesNo(),
        "costs": Items(
            fields={
                "on": Day(required=True),
                "amount": Sum(required=True),
                "what": needed(300),
                "invoice": Text(limit=60, numbers=True),
            },
            model=CommitmentCost,
            parent="commitment",
            numbered="number",
            stamped="at",
        ),
        "ended_on": DAY,
        "year": needed(20, numbers=True),
        "amount": MONEY,
        "basis": Word(words=Basis),
        "note": LONG,
        "source": Cited(required=True),
    },
    figures=("amount",),
)
