"""Every reason why a return template may not be written so, once."""

from decimal import Decimal

import pytest

from plans import rules
from plans.enums import IndicatorKind, Required
from plans.models import Indicator, TemplateCheck, TemplateSection

KEPT = {
    "key": "reached",
    "label": "People reached",
    "kind": IndicatorKind.COUNT,
    "required": Required.ALWAYS,
}
OTHERS = {
    "asked": {"kind": IndicatorKind.COUNT, "label": "People asked"},
    "story": {"kind": IndicatorKind.TEXT, "label": "A story"},
    "agreed": {"kind": IndicatorKind.YES_NO, "label": "Agreed"},
    "follows": {"kind": IndicatorKind.COUNT, "label": "Follows", "required": "WHEN", "required_if": "reached"},
    "follows-on": {"kind": IndicatorKind.COUNT, "label": "Follows on", "required": "WHEN", "required_if": "follows"},
}


def indicator(**fields):
    return Indicator(**{**KEPT, **fields})


def others():
    return [Indicator(key=key, **fields) for key, fields in OTHERS.items()]


def d(number):
    return Decimal(number)


WHEN = {"required": Required.WHEN}
COUNTS = {"kind": IndicatorKind.COUNTS}
FALSE_ENDS = "Give both ends of the scale, for example 1 and 10."


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, ""),
        ({"label": "  "}, "Say what is asked for."),
        ({"key": "asked"}, "The key “asked” is used by another question of this version. Choose another."),
        ({"categories": ["a", "b"]}, "Only whole numbers by category have categories. Take them out."),
        (COUNTS | {"categories": ["Adults", "Children"]}, ""),
        (COUNTS | {"categories": []}, "Name at least two categories, none of them empty."),
        (COUNTS | {"categories": ["Adults"]}, "Name at least two categories, none of them empty."),
        (COUNTS | {"categories": ["Adults", " "]}, "Name at least two categories, none of them empty."),
        (
            COUNTS | {"categories": ["Adults", "Children", "adults"]},
            "The category “adults” stands there twice. Keep it once.",
        ),
        (
            COUNTS | {"categories": ["Adults", "x" * 81]},
            f"The category “{'x' * 30}...” is longer than 80 characters. Shorten it.",
        ),
        ({"lowest": d(0), "highest": d(100), "target": d(50)}, ""),
        ({"lowest": d(5), "highest": d(4)}, "The lowest is above the highest. Correct one of them."),
        ({"lowest": d(5), "target": d(4)}, "The target lies outside the limits. Correct one of them."),
        ({"highest": d(5), "target": d(6)}, "The target lies outside the limits. Correct one of them."),
        ({"target": d("4.5")}, "Limits and target of a whole number are whole numbers."),
        ({"lowest": d(-1)}, "This cannot be below nought. Correct the limits or the target."),
        ({"kind": "NUMBER", "lowest": d("-1.5")}, ""),
        (
            {"kind": "PERCENTAGE", "highest": d(101)},
            "A percentage lies between 0 and 100. Correct the limits or the target.",
        ),
        ({"kind": "SCORE"}, FALSE_ENDS),
        ({"kind": "SCORE", "lowest": d(1), "highest": d(1)}, FALSE_ENDS),
        ({"kind": "SCORE", "lowest": d(1), "highest": d(10)}, ""),
        ({"kind": "TEXT", "target": d(1)}, "Only figures have limits and a target. Take them out."),
        ({"kind": "TEXT", "longest": 0}, "Words are between 1 and 10,000 letters long. Correct the length."),
        ({"kind": "TEXT", "longest": 10_001}, "Words are between 1 and 10,000 letters long. Correct the length."),
        ({"required_if": "asked"}, "Only what is needed when another is answered names another."),
        (WHEN | {"required_if": "asked"}, ""),
        (WHEN | {"required_if": "agreed"}, ""),
        (
            WHEN | {"required_if": "nowhere"},
            "Choose the question whose answer makes this one needed. It must be another one of this version.",
        ),
        (
            WHEN | {"required_if": "reached"},
            "Choose the question whose answer makes this one needed. It must be another one of this version.",
        ),
        (
            WHEN | {"required_if": "story"},
            "“A story” is neither a figure nor yes or no, so it cannot make another answer needed.",
        ),
        (
            WHEN | {"required_if": "follows"},
            "“Follows” waits for this answer in turn. Break the circle at one of them.",
        ),
        (
            WHEN | {"required_if": "follows-on"},
            "“Follows” waits for this answer in turn. Break the circle at one of them.",
        ),
    ],
)
def test_why_not_indicator_so(fields, sentence):
    assert rules.why_not_indicator_so(indicator(**fields), others()) == sentence


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, ""),
        ({"title": " "}, "Give the section a title."),
        ({"key": "spend"}, "The key “spend” is used by another section of this version. Choose another."),
        ({"part": "SPEND"}, "The part “Spend by budget line” is in this version already. A return has it once."),
        ({"part": "FILES"}, ""),
    ],
)
def test_why_not_section_so(fields, sentence):
    there = [TemplateSection(key="spend", part="SPEND", title="Spend"), TemplateSection(key="a", part="INDICATORS")]

    said = rules.why_not_section_so(
        TemplateSection(**{"key": "people", "part": "INDICATORS", "title": "People", **fields}), there
    )

    assert said == sentence


@pytest.mark.parametrize(
    ("left", "right", "sentence"),
    [
        (["asked", "follows"], "follows-on", ""),
        ([], "asked", "Choose at least one figure to add up."),
        (["asked"], "", "Choose the figure to compare with."),
        (["asked", "nowhere"], "follows", "There is no question “nowhere” in this version."),
        (["asked"], "agreed", "“Agreed” is no figure, so it cannot be added up or compared."),
        (["story"], "asked", "“A story” is no figure, so it cannot be added up or compared."),
        (["asked"], "asked", "A figure stands in a check once. Take it out on one side."),
        (["asked", "asked"], "follows", "A figure stands in a check once. Take it out on one side."),
    ],
)
def test_why_not_check_so(left, right, sentence):
    assert rules.why_not_check_so(TemplateCheck(kind="SUM_IS", left=left, right=right), others()) == sentence
