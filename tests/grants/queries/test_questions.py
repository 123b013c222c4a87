"""Questions, answers in words, and what changed between two submissions."""

import pytest

from grants.enums import CaseSection
from grants.queries import questions

PROJECT = {
    "number": 1,
    "title": "Safer nights",
    "description": "Patrols",
    "starts_on": "2020-04-01",
    "ends_on": None,
    "need": "N",
    "evidence": "",
    "evidence_strength": "GOOD",
    "evidence_source": "",
    "outcomes": [
        {"outcome": "Fewer", "measure": "M", "unit": "", "direction": "DOWN", "baseline": None, "target": "90.50"}
    ],
    "outputs": [],
    "no_outputs_reason": "Advice only.",
    "budget_lines": [{"heading": "Staff", "amount": "9407.00"}],
    "priorities": [{"key": "violence", "name": "Reduce violence"}],
    "no_priority_reason": "",
    "areas": ["North", "South"],
    "partners": [],
    "documents": [{"id": 1, "name": "Plan.pdf", "size": 10}],
    "total": "9407.00",
}
CONTENT = {"title": "T", "summary": "S", "serving_officers": "", "projects": [PROJECT], "total": "9407.00"}


@pytest.mark.parametrize(
    "value, words", [("12.00", "12"), ("12.50", "12.5"), ("1200.00", "1,200"), (None, ""), ("0.00", "0")]
)
def test_number_words(value, words):
    assert questions.number_words(value) == words


@pytest.mark.parametrize(
    "name, value, words",
    [
        ("starts_on", "2020-04-07", "7 April 2020"),
        ("starts_on", None, ""),
        ("evidence_strength", "GOOD", "Good: local figures or analysis"),
        ("priorities", [{"key": "a", "name": "A"}, {"key": "b", "name": "B"}], "A\nB"),
        ("areas", ["North", "South"], "North\nSouth"),
        ("need", "N", "N"),
    ],
)
def test_answer_words(name, value, words):
    assert questions.answer_words(name, value) == words


def test_answers_show_rows_as_people_read_them():
    (shown,) = questions.answers(PROJECT, CaseSection.OUTCOMES)
    assert [cell["text"] for cell in shown["rows"][0]] == ["Fewer", "M", "", "Lower is better", "", "90.5"]
    (shown,) = questions.answers(PROJECT, CaseSection.BUDGET)
    assert [cell["text"] for cell in shown["rows"][0]] == ["Staff", "£9,407"]


def test_answers_leave_out_a_reason_nobody_had_to_give():
    assert [row["name"] for row in questions.answers(PROJECT, CaseSection.PRIORITIES)] == ["priorities"]
    assert [row["name"] for row in questions.answers(PROJECT, CaseSection.OUTPUTS)] == ["outputs", "no_outputs_reason"]


def test_every_section_of_the_case_has_questions():
    assert set(questions.BY_SECTION) == set(CaseSection)
    assert all(questions.BY_SECTION.values())


def test_differences_of_equal_contents_are_none():
    assert questions.differences(CONTENT, CONTENT) == []


def test_differences_name_the_question_with_before_and_after():
    after = {
        **CONTENT,
        "summary": "New",
        "projects": [{**PROJECT, "areas": ["North"], "outputs": [{"output": "Talks", "target": "5.00", "unit": ""}]}],
    }
    assert questions.differences(CONTENT, after) == [
        (
            "About the business case",
            [{"label": "What is the business case for?", "before": "S", "after": "New"}],
        ),
        (
            "Project 1: Safer nights",
            [
                {"label": "What will be delivered?", "before": "nothing", "after": "Output: Talks; How many: 5"},
                {"label": "Where will the project work?", "before": "North\nSouth", "after": "North"},
            ],
        ),
    ]


def test_differences_say_which_project_was_added_or_removed():
    added = {**CONTENT, "projects": [PROJECT, {**PROJECT, "number": 2, "title": "More"}]}
    assert questions.differences(CONTENT, added)[0][0] == "Project 2: More (added)"
    assert questions.differences(added, CONTENT)[0][0] == "Project 2: More (removed)"
