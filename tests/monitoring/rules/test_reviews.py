"""Every sentence with which an officer is refused, once."""

from datetime import date

import pytest

from monitoring import rules
from tests.make import monitoring

pytestmark = pytest.mark.django_db

ON = date(2020, 10, 8)
FOR_OFFICERS = "Only a commissioning officer of the office may do this."
NOT_SUBMITTED = "The recipient has not submitted this return yet."
NOT_ANSWERED = "The recipient has not answered the questions yet."
REVIEWED = "This return was reviewed and is closed."


@pytest.fixture
def row(world):
    return world.row("OPEN")


def at(row, status):
    row.status = status
    return row


OFFICE = [
    ("officer", "SUBMITTED", ""),
    ("head", "SUBMITTED", ""),
    ("finance", "SUBMITTED", FOR_OFFICERS),
    ("auditor", "SUBMITTED", FOR_OFFICERS),
    ("maidstone_lead", "SUBMITTED", FOR_OFFICERS),
    ("officer", "OPEN", NOT_SUBMITTED),
    ("officer", "CERTIFYING", NOT_SUBMITTED),
    ("officer", "CERTIFIED", NOT_SUBMITTED),
    ("officer", "QUERIED", NOT_ANSWERED),
    ("officer", "REVIEWED", REVIEWED),
    ("officer", "WAIVED", "This return was waived, so nothing has to be sent."),
]


@pytest.mark.parametrize(("who", "status", "sentence"), OFFICE)
def test_why_not_query(row, cast, who, status, sentence):
    assert rules.why_not_query(at(row, status), user=getattr(cast, who), on=ON) == sentence


@pytest.mark.parametrize("questions", [[], [("SPEND", "")], [("", "Why?")]])
def test_why_not_query_without_a_question(row, cast, questions):
    assert rules.why_not_query(at(row, "SUBMITTED"), user=cast.officer, on=ON, questions=questions) == (
        "Ask at least one question, and say which section each is about."
    )


@pytest.mark.parametrize(("who", "status", "sentence"), OFFICE)
def test_why_not_review(row, cast, who, status, sentence):
    assert rules.why_not_review(at(row, status), user=getattr(cast, who), on=ON) == sentence


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"verdict": "SATISFACTORY", "reply": "Thank you."}, ""),
        ({"verdict": "", "reply": "x"}, "Say whether the return is satisfactory or unsatisfactory."),
        ({"verdict": "SATISFACTORY", "reply": " "}, "Write a reply. Every return gets one."),
    ],
)
def test_why_not_review_asks_for_a_verdict_and_a_reply(row, cast, given, sentence):
    assert rules.why_not_review(at(row, "SUBMITTED"), user=cast.officer, on=ON, **given) == sentence


@pytest.mark.parametrize("rule", [rules.why_not_query, rules.why_not_review])
@pytest.mark.parametrize("of", ["maidstone", "council"])
def test_why_not_review_a_return_of_ones_own_organisation(row, cast, rule, of):
    both = monitoring.with_role(cast.officer, "CONTRIBUTOR", getattr(cast, of))

    assert rule(at(row, "SUBMITTED"), user=both, on=ON) == (
        "You belong to Safer Maidstone Partnership, so a colleague has to do this."
    )


@pytest.mark.parametrize(
    ("who", "status", "reason", "sentence"),
    [
        ("officer", "OPEN", "Not needed.", ""),
        ("officer", "OPEN", "", "Give a reason, so that the others understand."),
        ("finance", "OPEN", None, FOR_OFFICERS),
        (
            "officer",
            "CERTIFYING",
            None,
            "This return is with the certifier. It can be waived only while it is being written.",
        ),
        ("officer", "CERTIFIED", None, "This return is certified. It can be waived only while it is being written."),
        ("officer", "SUBMITTED", None, "This return was submitted, so it cannot be waived."),
    ],
)
def test_why_not_waive(row, cast, who, status, reason, sentence):
    assert rules.why_not_waive(at(row, status), user=getattr(cast, who), on=ON, reason=reason) == sentence


@pytest.mark.parametrize(
    ("who", "status", "sentence"),
    [
        ("maidstone_lead", "QUERIED", "The return is not complete."),
        (
            "maidstone_contributor",
            "QUERIED",
            "You may not do this for Safer Maidstone Partnership. Ask a lead there.",
        ),
        ("maidstone_lead", "SUBMITTED", "No questions are open on this return."),
        (
            "maidstone_lead",
            "CERTIFYING",
            "This return is with the certifier. Ask a lead to take it back if it must be changed.",
        ),
    ],
)
def test_why_not_answer(row, cast, who, status, sentence):
    assert rules.why_not_answer(at(row, status), user=getattr(cast, who), on=ON).startswith(sentence)


@pytest.mark.parametrize(
    ("answers", "sentence"), [({1: "Yes."}, ""), ({1: ""}, "Answer every question before you send the return back.")]
)
def test_why_not_answer_with_a_question_left_open(row, cast, answers, sentence):
    why_not = rules.why_not_answer(at(row, "QUERIED"), user=cast.maidstone_lead, on=ON, answers=answers, gaps=[])

    assert why_not == sentence


@pytest.mark.parametrize(
    ("who", "status", "given", "sentence"),
    [
        ("officer", "LIVE", {}, ""),
        ("officer", "SUSPENDED", {}, ""),
        ("officer", "OFFERED", {}, "This award is offered, so no return can be asked for."),
        ("finance", "LIVE", {}, FOR_OFFICERS),
        ("officer", "LIVE", {"reason": " "}, "Give a reason, so that the others understand."),
        ("officer", "LIVE", {"due_on": date(2020, 10, 7)}, "The day the return is due must not have passed."),
        (
            "officer",
            "LIVE",
            {"period": (date(2020, 6, 1), date(2020, 5, 1))},
            "The period must end on or after the day it starts.",
        ),
        (
            "officer",
            "LIVE",
            {"period": (date(2020, 3, 1), date(2020, 5, 1))},
            "The period must lie within the period of the award.",
        ),
    ],
)
def test_why_not_ask(row, cast, who, status, given, sentence):
    award = row.award
    award.status = status

    assert rules.why_not_ask(award, user=getattr(cast, who), on=ON, **given) == sentence
