"""Stages of a decision with their criteria, and who approves a change of an award."""

from accounts.enums import RoleName
from plans.enums import ApprovalLevel, RequestKind, StageKind
from plans.models import ApprovalRule, Criterion, DecisionStage, ScoreGuide

from ..entries import Items
from ..kinds import Sum, Text, Whole, Word
from .section import LONG, MONEY, needed, percent

STAGES = Items(
    fields={
        "kind": Word(required=True, words=StageKind),
        "name": needed(),
        "guidance": LONG,
        "evaluators": Whole(empty=0, high=20),
        "pass_percent": percent(),
        "places": Whole(low=1),
        "from_amount": MONEY,
        "up_to_amount": MONEY,
        "post": Word(words=RoleName),
        "body": Text(),
        "criteria": Items(
            fields={
                "title": needed(300),
                "guidance": LONG,
                "weight": Sum(default="1.00", noun="a weight"),
                "highest": Whole(empty=5, low=1, high=100),
                "guides": Items(
                    fields={"score": Whole(required=True, high=100), "meaning": needed(500)},
                    model=ScoreGuide,
                    parent="criterion",
                ),
            },
            model=Criterion,
            parent="stage",
            short="title",
            numbered="number",
        ),
    },
    model=DecisionStage,
    parent="rule_set",
    numbered="number",
)
APPROVALS = Items(
    fields={
        "kind": Word(required=True, words=RequestKind),
        "level": Word(required=True, words=ApprovalLevel),
        "up_to_percent": percent(),
        "up_to_days": Whole(),
    },
    model=ApprovalRule,
    parent="rule_set",
)
