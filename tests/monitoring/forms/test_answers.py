"""The boxes of a return, made from its sheets."""

from decimal import Decimal

import pytest

from monitoring.enums import CellKind, ReturnSection, Standing
from monitoring.forms import SectionForms
from monitoring.forms.answers import AnswerField
from monitoring.queries import to_save
from monitoring.queries.sheet import YES_NO, Cell, Line, Sheet, money, words
from plans.enums import IndicatorKind, Required
from plans.models import Indicator

D = Decimal


def spend(*lines):
    return Sheet("spend", ReturnSection.SPEND, "Spend", "", tuple(lines))


def spend_line(pk, label="Staff", project=1, group="Safer nights", spent=None):
    cells = (
        money("spent", "Spent", spent),
        money("forecast", "Expected", None),
        words("evidence", "Evidence", "", 300),
    )
    return Line(f"spend/{pk}", ReturnSection.SPEND, pk, label, cells, group=group, project=project, approved=D(100))


def question(pk, kind, cell, *, part="", group="", last=None, needed="", **fields):
    indicator = Indicator(pk=pk // 10, key=f"ask-{pk // 10}", label=group or f"Question {pk}", kind=kind, **fields)
    beside = {
        "unit": indicator.unit,
        "target": indicator.target,
        "last": last,
        "help": indicator.help,
        "needed": needed,
    }
    label = part or indicator.label
    return Line(
        f"i/people/{indicator.key}/{part}", ReturnSection.INDICATORS, pk, label, (cell,), group=group,
        beside=beside, indicator=indicator, part=part,
    )  # fmt: skip


def figures(*lines):
    return Sheet("i-people", ReturnSection.INDICATORS, "People", "", tuple(lines))


COUNT = Cell("number", CellKind.COUNT, "Answer", None, lowest=D(0), decimals=0)


def test_section_forms_read_what_was_typed():
    sheet = spend(spend_line(1), spend_line(2, "Travel"))
    forms = SectionForms(sheet, {"row-1-spent": "£1,250.5", "row-1-evidence": "Ledger", "row-2-spent": ""})

    assert forms.is_valid()
    assert forms.values() == {
        ("spend/1", "spent"): D("1250.50"),
        ("spend/1", "evidence"): "Ledger",
        ("spend/2", "spent"): None,
    }
    assert to_save([sheet], forms.values()) == (
        {"SPEND": {1: {"spent": D("1250.50"), "evidence": "Ledger"}, 2: {"spent": None}}},
        {},
    )


def test_section_forms_say_what_is_wrong_at_each_line():
    forms = SectionForms(spend(spend_line(1), spend_line(2, "Travel")), {"row-1-spent": "12-15", "row-2-spent": "-1"})

    assert not forms.is_valid()
    assert [(form.row_label, dict(form.errors)) for form in forms.forms] == [
        ("Staff", {"spent": ["“12-15” is a range; enter one figure, the best you know."]}),
        ("Travel", {"spent": ["“-1” is below nought; enter £0 or more."]}),
    ]
    assert forms.total_error_count == 2


def test_section_forms_name_the_project_where_there_are_several():
    forms = SectionForms(spend(spend_line(1), spend_line(2, project=2, group="Knife arch")))

    assert [form["spent"].label for form in forms.forms] == ["Spent: Staff (Safer nights)", "Spent: Staff (Knife arch)"]
    assert [(group.title, len(group.forms)) for group in forms.groups] == [("Safer nights", 1), ("Knife arch", 1)]


def test_section_forms_show_where_a_stale_page_differs():
    forms = SectionForms(spend(spend_line(1, spent=D("100.00"))), {"row-1-spent": "200"})
    assert forms.is_valid()

    assert forms.differences() == [{"label": "Spent: Staff", "before": "100.00", "after": "200.00"}]


def test_section_forms_of_indicators_name_group_and_part():
    young, old = (
        question(pk, IndicatorKind.COUNTS, COUNT, part=part, group="By age", categories=["Under 18", "Over 18"])
        for pk, part in ((11, "Under 18"), (12, "Over 18"))
    )
    people = question(21, IndicatorKind.SCORE, COUNT, part="People asked", group="Coping")
    forms = SectionForms(figures(young, old, people))

    assert [form.answer.label for form in forms.forms] == ["By age: Under 18", "By age: Over 18", "People asked"]
    assert [form.row_label for form in forms.forms][2] == "Coping: People asked"
    assert [(group.title, len(group.forms)) for group in forms.groups] == [("By age", 2), ("Coping", 1)]


@pytest.mark.parametrize(
    ("fields", "last", "label", "hint"),
    [
        ({"help": "Count once."}, None, "Question 31", "Count once."),
        ({"required": Required.NEVER}, None, "Question 31 (optional)", ""),
        (
            {"help": "Count once.", "target": D("1200.00")},
            "950",
            "Question 31",
            "Count once. Last return: 950. Target: 1,200.",
        ),
        ({"target": D(5), "fewer_is_better": True}, None, "Question 31", "Target: 5 or fewer."),
        ({}, "words of an older kind", "Question 31", ""),
    ],
)
def test_section_forms_put_last_and_target_beside_the_question(fields, last, label, hint):
    (form,) = SectionForms(figures(question(31, IndicatorKind.COUNT, COUNT, last=last, **fields))).forms

    assert (form.answer.label, form.answer.help_text) == (label, hint)


WHEN = "Needed only if you answer Yes to “Did you ask?”."


def test_section_forms_say_what_an_answer_depends_on():
    alone = question(31, IndicatorKind.COUNT, COUNT, needed=WHEN, help="Count once.")
    young, old = (
        question(pk, IndicatorKind.COUNTS, COUNT, part=part, group="By age", needed=WHEN, categories=["Young", "Old"])
        for pk, part in ((11, "Young"), (12, "Old"))
    )
    forms = SectionForms(figures(alone, young, old))

    assert forms.forms[0].answer.help_text == f"{WHEN} Count once."
    assert [group.hint for group in forms.groups][1] == WHEN


@pytest.mark.parametrize(
    ("cell", "unit"),
    [
        (COUNT, "people"),
        (Cell("number", CellKind.PERCENTAGE, "Answer", None), "%"),
        (Cell("number", CellKind.MONEY, "Answer", None), ""),
        (Cell("words", CellKind.TEXT, "Answer", ""), ""),
    ],
)
def test_line_form_puts_the_unit_behind_a_figure(cell, unit):
    (form,) = SectionForms(figures(question(31, IndicatorKind.COUNT, cell, unit="people"))).forms

    assert form.unit == unit


@pytest.mark.parametrize(
    ("cell", "value", "shown"),
    [
        (COUNT, D("120.00"), "120"),
        (Cell("value", CellKind.NUMBER, "Result", None), D("12.50"), "12.5"),
        (COUNT, "abc", "abc"),
    ],
)
def test_answer_field_shows(cell, value, shown):
    assert AnswerField(cell, label="It").prepare_value(value) == shown


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        (Cell("words", CellKind.YES_NO, "Answer", "", choices=YES_NO), "GovRadios"),
        (Cell("standing", CellKind.CHOICE, "Standing", "", choices=tuple(Standing.choices)), "GovRadios"),
        (money("spent", "Spent", None), "MoneyWidget"),
        (COUNT, "TextInput"),
        (words("evidence", "Evidence", "", 300), "TextInput"),
        (words("comment", "Comment", ""), "Textarea"),
    ],
)
def test_answer_field_takes_the_control_of_its_kind(cell, kind):
    assert type(AnswerField(cell, label="It").widget).__name__ == kind


def test_answer_field_counts_the_letters_of_a_short_text_alone():
    story, comment = (AnswerField(words("words", "Answer", "", longest), label="It") for longest in (1500, 10_000))

    assert (story.max_length, getattr(comment, "max_length", None)) == (1500, None)
