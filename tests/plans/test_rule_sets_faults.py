"""What is wrong between the rows of a rule set, from plain values: each sentence once."""

from decimal import Decimal

import pytest

from plans import rules

TWO_WEIGHTS = [
    {"key": "people", "name": "People", "weight": Decimal("60")},
    {"key": "crime", "name": "Crime", "weight": Decimal("40")},
]
NOUGHT = {"key": "a", "weight": Decimal(0)}
HALF = {"key": "people", "name": "People", "weight": Decimal("50")}
FORMULA = {"number": 1, "weights": TWO_WEIGHTS}
NEED = {"title": "Need", "weight": Decimal(1), "highest": 5}
SCORES = {"kind": "SCORED", "name": "Scores", "evaluators": 2, "criteria": [NEED]}
MODERATION = {"kind": "MODERATION", "name": "Agreeing"}
DECISION = {"kind": "COMMISSIONER", "name": "The decision"}
SECOND = {"kind": "SECOND_BODY", "name": "The board agrees", "body": "The board"}
BY_POST = {"kind": "OFFICER", "name": "The head decides", "post": "HEAD_OF_COMMISSIONING"}
PAID = {"share_percent": Decimal("100"), "condition": "TERMS_ACCEPTED"}


def limit(amount, severity="BLOCK", on="CASE_TOTAL"):
    return {"on": on, "amount": Decimal(amount), "severity": severity}


def paid(**fields):
    return {"instalment_rules": [PAID | fields]}


def at_stage(**fields):
    return {"stages": [SCORES | fields, DECISION]}


GOOD = {
    "nothing at all": {},
    "negotiated": {"limits": [limit(20000), limit(10000, "WARN"), limit(30000, on="CASE_YEAR")]},
    "formula": {"money_set_by": "FORMULA", "formulas": [FORMULA]},
    "bids with lots": {
        "money_set_by": "BIDS",
        "lots": [
            {"name": "Small", "budget": Decimal(50000), "floor": Decimal(500), "cap": Decimal(5000)},
            {"name": "Large", "budget": None, "floor": None, "cap": Decimal(30000)},
        ],
        "match_rules": [{"match_in": "MONEY", "percent": Decimal(10)}, {"match_in": "KIND", "percent": Decimal(10)}],
    },
    "every stage": {
        "stages": [
            {"kind": "GATE", "name": "Eligible", "criteria": [NEED]},
            SCORES,
            MODERATION | {"pass_percent": Decimal(60), "places": 10},
            {"kind": "PANEL", "name": "Panel"},
            {"kind": "PUBLIC_VOTE", "name": "Vote", "places": 4},
            SECOND,
            BY_POST | {"up_to_amount": Decimal(5000)},
            DECISION | {"from_amount": Decimal("5000.01")},
            SECOND,
        ]
    },
    "paid by years": {
        "continuation": "YEARLY",
        "months_most": 36,
        "instalment_rules": [PAID | {"each_year": True, "condition": "CONTINUATION_APPROVED"}],
    },
    "paid on everything": {
        "match_rules": [{"match_in": "EITHER", "percent": Decimal(20)}],
        "reporting_rules": [
            {"kind": "QUARTERLY", "timing": "REPEATED", "period_months": 3},
            {"kind": "END_OF_AWARD"},
        ],
        "instalment_rules": [
            PAID | {"share_percent": Decimal(25), "condition": "MATCH_CONFIRMED"},
            PAID | {"share_percent": Decimal(25), "condition": "QUARTERLY_SATISFACTORY"},
            PAID | {"share_percent": Decimal(20), "condition": "YEAR_END_SATISFACTORY"},
            PAID | {"share_percent": Decimal(10), "condition": "EVENT_HAPPENED", "event": "poll"},
            PAID | {"share_percent": Decimal(20), "condition": "RECEIPTS_ACCEPTED", "due_when": "ON_RECEIPTS"},
        ],
    },
    "approvals": {
        "approval_rules": [
            {"kind": "MONEY", "level": "HEAD", "up_to_percent": Decimal(25)},
            {"kind": "MONEY", "level": "OFFICER", "up_to_percent": Decimal(10)},
            {"kind": "MONEY", "level": "COMMISSIONER"},
            {"kind": "TIME", "level": "OFFICER", "up_to_days": 30},
        ]
    },
}
BAD = [
    ({"limits": [limit(0)]}, "limits.0.amount", "A limit must be more than £0."),
    ({"limits": [limit(1), limit(2)]}, "limits.1.on", "This limit stands there twice. Keep it once."),
    (
        {"limits": [limit(20000), limit(20000, "NEEDS_EXCEPTION")]},
        "limits.1.amount",
        "Total of a business case: £20,000 blocks before £20,000 is reached. "  # noqa: ISC004
        "Let the sum that blocks be the higher one.",
    ),
    (
        {"match_rules": [{"percent": Decimal(100)}]},
        "match_rules.0.percent",
        "Match funding must be more than 0 and less than 100 per cent of the whole cost.",
    ),
    (
        {"match_rules": [{"match_in": "KIND", "percent": Decimal(1)}, {"match_in": "KIND", "percent": Decimal(2)}]},
        "match_rules.1.match_in",
        "This kind of match funding stands there twice. Keep it once.",
    ),
    (
        {"money_set_by": "BIDS", "lots": [{"name": "A", "budget": Decimal(0)}]},
        "lots.0.budget",
        "The budget of a lot must be more than £0. Leave it empty while it is not known.",
    ),
    (
        {"money_set_by": "BIDS", "lots": [{"name": "A", "cap": Decimal(0)}]},
        "lots.0.cap",
        "The most a project may ask for must be more than £0.",
    ),
    (
        {"money_set_by": "BIDS", "lots": [{"name": "A", "floor": Decimal(9), "cap": Decimal(8)}]},
        "lots.0.cap",
        "The most a project may ask for is below the least. Correct one of the two.",
    ),
    (
        {"money_set_by": "BIDS", "lots": [{"name": "A", "budget": Decimal(9), "cap": Decimal(10)}]},
        "lots.0.cap",
        "The most a project may ask for is above the budget of the lot. Correct one of the two.",
    ),
    (
        {"money_set_by": "BIDS", "lots": [{"name": "A", "budget": Decimal(9), "floor": Decimal(10)}]},
        "lots.0.floor",
        "The least a project may ask for is above the budget of the lot. Correct one of the two.",
    ),
    (
        {"money_set_by": "BIDS", "lots": [{"name": "Small"}, {"name": "small"}]},
        "lots.1.name",
        "There is a lot of this name already. Give it another.",
    ),
    (
        {"money_set_by": "NEGOTIATED", "lots": [{"name": "Small"}]},
        "money_set_by",
        "Lots are parts of the money of a round of bids. Set the money by bids, or take out the lots.",
    ),
    ({"money_set_by": "FORMULA"}, "formulas", "The money is set by formula, and there is none. Write one."),
    (
        {"formulas": [FORMULA]},
        "money_set_by",
        "There is a formula, but the money is not set by one. Change one of the two.",
    ),
    (
        {"money_set_by": "FORMULA", "formulas": [FORMULA | {"weights": TWO_WEIGHTS[:1]}]},
        "formulas.0.weights",
        "The weights of the formula make 60, not 100.",
    ),
    (
        {"money_set_by": "FORMULA", "formulas": [{"weights": []}]},
        "formulas.0.weights",
        "The weights of the formula make 0, not 100.",
    ),
    (
        {"money_set_by": "FORMULA", "formulas": [FORMULA | {"weights": [HALF, HALF]}]},
        "formulas.0.weights.1.key",
        "This factor stands there twice. Keep it once.",
    ),
    (
        {
            "money_set_by": "FORMULA",
            "formulas": [FORMULA | {"weights": [{"key": "a", "weight": Decimal(0)}, *TWO_WEIGHTS]}],
        },
        "formulas.0.weights.0.weight",
        "A weight must be more than 0 and at most 100 per cent.",
    ),
    (
        {"money_set_by": "FORMULA", "formulas": [FORMULA | {"floor": Decimal(-1)}]},
        "formulas.0.floor",
        "The least anybody gets cannot be below £0.",
    ),
    (
        {"money_set_by": "FORMULA", "formulas": [FORMULA | {"damping_percent": Decimal("100.01")}]},
        "formulas.0.damping_percent",
        "How far the formula goes must be from 0 to 100 per cent.",
    ),
    (
        {"money_set_by": "FORMULA", "formulas": [FORMULA | {"most_loss_percent": Decimal(101)}]},
        "formulas.0.most_loss_percent",
        "The most anybody loses must be from 0 to 100 per cent.",
    ),
    (
        {"money_set_by": "FORMULA", "formulas": [FORMULA | {"most_gain_percent": Decimal(-1)}]},
        "formulas.0.most_gain_percent",
        "The most anybody gains cannot be below 0 per cent.",
    ),
    (
        {"months_least": 12, "months_most": 6},
        "months_most",
        "The longest time is shorter than the shortest. Correct one of the two.",
    ),
    (
        {"months_most": 6, "profile_months": 12},
        "profile_months",
        "The periods of the profile are longer than a project may last. Shorten them.",
    ),
    (
        {"months_most": 12, "continuation": "YEARLY"},
        "continuation",
        "A project of at most 12 months has no later year to go on into. Allow more months.",
    ),
    (
        {"extension_event": "poll"},
        "extension_months",
        "Say how many months the decision after the event may add.",
    ),
    (
        {"tactical_numerator": 4, "tactical_denominator": 3, "instalment_rules": [PAID | {"for_tactical": True}]},
        "tactical_numerator",
        "The tactical pot cannot be more than the whole allocation.",
    ),
    (
        {"over_commitment_percent": Decimal("100.5")},
        "over_commitment_percent",
        "Over-commitment must be from 0 to 100 per cent.",
    ),
    (
        paid(share_percent=Decimal("99.99")),
        "instalment_rules",
        "The shares of the instalments make 99.99, not 100.",
    ),
    (
        {"instalment_rules": [PAID, PAID | {"for_tactical": True, "share_percent": Decimal(50)}]},
        "instalment_rules",
        "The shares of the tactical instalments make 50, not 100.",
    ),
    (
        {"tactical_numerator": 1, "tactical_denominator": 3, "instalment_rules": [PAID]},
        "instalment_rules",
        "There is a tactical pot, but nothing says how it is paid. Add a tactical instalment.",
    ),
    (paid(due_when="SET_DAY"), "instalment_rules.0.due_on", "Give the day it is due."),
    (
        paid(due_on="2020-10-01"),
        "instalment_rules.0.due_on",
        "A day is given only for an instalment due on a set day. Take it out.",
    ),
    (paid(due_when="AFTER_EVENT"), "instalment_rules.0.event", "Say which event it waits for."),
    (paid(condition="EVENT_HAPPENED"), "instalment_rules.0.event", "Say which event it waits for."),
    (
        paid(event="poll"),
        "instalment_rules.0.event",
        "An event is named only where the instalment waits for one. Take it out.",
    ),
    (
        paid(due_when="ON_RECEIPTS"),
        "instalment_rules.0.condition",
        "What is paid in arrears is released when receipts are accepted. Choose that condition.",
    ),
    (
        paid(due_when="SET_DAY", due_on="2020-10-01", each_year=True),
        "instalment_rules.0.each_year",
        "A set day comes once, so this share cannot be of each year. Count from the start.",
    ),
    (
        {"instalment_rules": [PAID | {"for_tactical": True, "each_year": True}]},
        "instalment_rules.0.each_year",
        "A tactical project is paid as a whole, not by years.",
    ),
    (
        paid(condition="MID_YEAR_SATISFACTORY"),
        "instalment_rules.0.condition",
        "“Satisfactory mid-year return” would never be met: these rules ask for no such return.",
    ),
    (
        paid(condition="MATCH_CONFIRMED"),
        "instalment_rules.0.condition",
        "“Match funding confirmed by an officer” would never be met: these rules ask for no match funding.",
    ),
    (
        paid(condition="CONTINUATION_APPROVED"),
        "instalment_rules.0.condition",
        "“Continuation into the year approved” would never be met: these rules have no decision for each later year.",
    ),
    (
        {"reporting_rules": [{"kind": "QUARTERLY", "timing": "REPEATED"}]},
        "reporting_rules.0.timing",
        "A return asked for again and again needs the months of each period.",
    ),
    (
        {"reporting_rules": [{"kind": "YEAR_END"}, {"kind": "YEAR_END"}]},
        "reporting_rules.1.kind",
        "This return is asked for twice. Keep it once.",
    ),
    (
        {"approval_rules": [{"kind": "TIME", "level": "HEAD"}, {"kind": "TIME", "level": "HEAD"}]},
        "approval_rules.1.kind",
        "This level stands there twice for the same kind of change. Keep it once.",
    ),
    (
        {"approval_rules": [{"kind": "MONEY", "level": "HEAD", "up_to_days": 3}]},
        "approval_rules.0.up_to_days",
        "Days count only for more time, a pause or an earlier end. Take them out.",
    ),
    (
        {"approval_rules": [{"kind": "MONEY", "level": "HEAD", "up_to_percent": Decimal(101)}]},
        "approval_rules.0.up_to_percent",
        "The size must be from 0 to 100 per cent of the award.",
    ),
    (
        {
            "approval_rules": [
                {"kind": "TIME", "level": "HEAD", "up_to_days": 20},
                {"kind": "TIME", "level": "OFFICER", "up_to_days": 30},
            ]
        },
        "approval_rules.0.up_to_days",
        "More time, or another end: the head of commissioning would approve less than a commissioning officer. "  # noqa: ISC004
        "Let the higher level reach further.",
    ),
    (
        {"asked": [{"question_set": "about-you"}, {"question_set": "about-you"}]},
        "asked.1.question_set",
        "These questions are asked already. Ask them once.",
    ),
    (
        {"stages": [SCORES]},
        "stages",
        "The stages do not end in a decision. Add the commissioner’s, or an officer’s, as the last one.",
    ),
    (
        {"stages": [BY_POST | {"up_to_amount": Decimal(5000)}]},
        "stages",
        "Nobody decides on a project that asks for £5,000.01. Let one of the decisions reach it.",
    ),
    (
        {"stages": [DECISION | {"from_amount": Decimal(10)}]},
        "stages",
        "Nobody decides on a project that asks for £0.01. Let one of the decisions reach it.",
    ),
    (
        {"stages": [DECISION | {"number": 1}, SCORES | {"number": 2}]},
        "stages.1.number",
        "“Scores” stands after the decision “The decision”, so nothing would reach it. Move it before.",
    ),
    (
        {"stages": [MODERATION, DECISION]},
        "stages.0.kind",
        "“Agreeing” agrees scores, so it must follow directly after a scored stage. Move it there.",
    ),
    (
        {"stages": [SCORES | {"evaluators": 1}, MODERATION, DECISION]},
        "stages.1.kind",
        "“Agreeing” compares scores, so “Scores” needs at least 2 evaluators.",
    ),
    (at_stage(criteria=[]), "stages.0.criteria", "“Scores” has no criteria. Add at least one."),
    (
        {"stages": [DECISION | {"criteria": [NEED]}]},
        "stages.0.criteria",
        "Only a gate or a scored stage has criteria. Take them out.",
    ),
    (at_stage(evaluators=0), "stages.0.evaluators", "Say how many evaluators score, each alone: at least 1."),
    (
        {"stages": [DECISION | {"evaluators": 2}]},
        "stages.0.evaluators",
        "Only a gate or a scored stage has evaluators. Take the number out.",
    ),
    (
        {"stages": [DECISION | {"pass_percent": Decimal(50)}]},
        "stages.0.pass_percent",
        "Only scores, a panel or a vote have a pass mark. Take it out.",
    ),
    (at_stage(pass_percent=Decimal(101)), "stages.0.pass_percent", "The pass mark must be from 0 to 100 per cent."),
    (
        {"stages": [DECISION | {"places": 3}]},
        "stages.0.places",
        "Only scores, a panel or a vote have places. Take them out.",
    ),
    (
        at_stage(from_amount=Decimal(5), up_to_amount=Decimal(4)),
        "stages.0.up_to_amount",
        "The highest sum is below the lowest. Correct one of the two.",
    ),
    ({"stages": [BY_POST | {"post": ""}]}, "stages.0.post", "Say which post decides."),
    (
        {"stages": [BY_POST | {"post": "READER"}]},
        "stages.0.post",
        "This post may not decide on spend. Choose one that may.",
    ),
    (at_stage(post="CHIEF_EXECUTIVE"), "stages.0.post", "Only an officer’s decision names a post. Take it out."),
    ({"stages": [DECISION, SECOND | {"body": " "}]}, "stages.1.body", "Name the second body."),
    (at_stage(body="Board"), "stages.0.body", "Only the agreement of a second body names one. Take it out."),
    (
        at_stage(criteria=[NEED | {"weight": Decimal(0)}]),
        "stages.0.criteria.0.weight",
        "A weight must be more than 0.",
    ),
    (
        at_stage(criteria=[NEED | {"highest": 0}]),
        "stages.0.criteria.0.highest",
        "The highest score must be at least 1.",
    ),
    (
        at_stage(criteria=[NEED | {"guides": [{"score": 6, "meaning": "Beyond"}]}]),
        "stages.0.criteria.0.guides.0.score",
        "The score 6 is above the highest, 5. Take it out.",
    ),
]
YES_NO = {"key": "schools", "label": "Do you work in schools?", "kind": "YES_NO"}
WHICH = {"key": "which", "label": "Which?", "kind": "WORDS", "shown_if": "schools", "shown_for": ["yes"]}
CHOICE = {"key": "size", "label": "How large?", "kind": "CHOICE", "options": ["Small", "Large"]}
BAD_QUESTIONS = [
    ([], "questions", "There are no questions yet. Add at least one."),
    ([YES_NO | {"label": " "}], "questions.0.label", "Write the question."),
    ([YES_NO, YES_NO], "questions.1.key", "The key “schools” is used by an earlier question. Choose another."),
    ([CHOICE | {"options": ["Small"]}], "questions.0.options", "Give at least two answers to choose from."),
    ([CHOICE | {"options": ["A", "a"]}], "questions.0.options", "An answer stands in the list twice. Keep it once."),
    (
        [YES_NO | {"options": ["A", "B"]}],
        "questions.0.options",
        "Only a question with a list has answers to choose from. Take them out.",
    ),
    (
        [{"key": "n", "label": "N", "kind": "NUMBER", "lowest": Decimal(5), "highest": Decimal(4)}],
        "questions.0.highest",
        "The highest number is below the lowest. Correct one of the two.",
    ),
    (
        [YES_NO | {"highest": Decimal(4)}],
        "questions.0.lowest",
        "Only a number or a sum has a lowest or highest. Take them out.",
    ),
    (
        [WHICH, YES_NO],
        "questions.0.shown_if",
        "There is no earlier question “schools”. A question hangs only on one before it.",
    ),
    (
        [YES_NO | {"kind": "TEXT"}, WHICH],
        "questions.1.shown_if",
        "“Do you work in schools?” has no list of answers, so no question can hang on it.",
    ),
    (
        [YES_NO, WHICH | {"shown_for": ["maybe"]}],
        "questions.1.shown_for",
        "“maybe” is no answer to “Do you work in schools?”. Take one of its answers.",
    ),
    (
        [YES_NO, WHICH | {"shown_for": []}],
        "questions.1.shown_for",
        "Say for which answers this question is asked.",
    ),
    (
        [YES_NO | {"shown_for": ["yes"]}],
        "questions.0.shown_for",
        "Say which earlier question these answers belong to, or take them out.",
    ),
]


@pytest.mark.parametrize("parts", GOOD.values(), ids=GOOD)
def test_faults_of_rules_none_in_what_goes_together(parts):
    assert rules.faults_of_rules(parts) == []


@pytest.mark.parametrize(("parts", "field", "sentence"), BAD)
def test_faults_of_rules_bites(parts, field, sentence):
    assert rules.faults_of_rules(parts) == [(field, sentence)]


@pytest.mark.parametrize(("questions", "field", "sentence"), BAD_QUESTIONS)
def test_faults_of_questions_bites(questions, field, sentence):
    assert rules.faults_of_questions(questions) == [(field, sentence)]


def test_faults_of_questions_none_in_questions_that_hang_together():
    size = {"key": "how", "label": "How?", "kind": "CHOICES", "options": ["A", "B"], "shown_if": "size"}
    number = {"key": "n", "label": "N", "kind": "MONEY", "lowest": Decimal(1), "highest": Decimal(1)}

    assert rules.faults_of_questions([YES_NO, WHICH, CHOICE, size | {"shown_for": ["Large"]}, number]) == []
