"""Rules of who gets how much, and the questions asked: formulas, lots, match funding, question sets."""

from plans.enums import AskedOf, MatchIn, QuestionKind, Severity
from plans.models import AskedQuestions, Formula, FormulaWeight, Lot, MatchRule, Question, QuestionSet

from ..entries import Items
from ..kinds import Matching, Sum, Text, Texts, Whole, Word, YesNo
from ..references import Cited, Reference
from .section import LONG, MONEY, Section, needed, percent

KEY = Matching(required=True, limit=60)
FORMULAS = Items(
    fields={
        "floor": Sum(default="0.00"),
        "damping_percent": percent(default="100.00"),
        "most_loss_percent": percent(),
        "most_gain_percent": percent(highest=99_999),
        "why": LONG,
        "source": Cited(),
        "weights": Items(
            required=True,
            fields={"key": KEY, "name": needed(), "weight": percent(required=True)},
            model=FormulaWeight,
            parent="formula",
            numbered="number",
        ),
    },
    model=Formula,
    parent="rule_set",
    numbered="number",
)
LOTS = Items(
    fields={"name": needed(), "guidance": LONG, "budget": MONEY, "floor": MONEY, "cap": MONEY},
    model=Lot,
    parent="rule_set",
    short="name",
    numbered="number",
)
MATCH = Items(
    fields={
        "match_in": Word(words=MatchIn, default=MatchIn.EITHER.value),
        "percent": percent(required=True),
        "severity": Word(words=Severity, default=Severity.BLOCK.value),
        "source": Cited(),
    },
    model=MatchRule,
    parent="rule_set",
)
ASKED = Items(
    fields={
        "question_set": Reference(required=True, section="question_sets"),
        "asked_of": Word(words=AskedOf, default=AskedOf.CASE.value),
    },
    model=AskedQuestions,
    parent="rule_set",
    short="question_set",
    numbered="number",
)
QUESTION_SETS = Section(
    "question_sets",
    "set of questions",
    QuestionSet,
    {
        "title": needed(),
        "introduction": LONG,
        "questions": Items(
            required=True,
            fields={
                "key": KEY,
                "label": needed(300),
                "help": LONG,
                "kind": Word(required=True, words=QuestionKind),
                "required": YesNo(empty=True),
                "options": Texts(limit=200, numbers=True),
                "lowest": Sum(noun="a number"),
                "highest": Sum(noun="a number"),
                "longest": Whole(empty=2000, low=1),
                "shown_if": Text(limit=60),
                "shown_for": Texts(limit=200, numbers=True),
            },
            model=Question,
            parent="question_set",
            numbered="number",
        ),
        "source": Cited(),
    },
)
