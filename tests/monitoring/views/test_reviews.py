"""Questions, answers, verdicts and ad hoc returns through the pages."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from django.utils import timezone

from grants.models import Award
from monitoring.forms import sections_of
from monitoring.models import MonitoringReturn
from records.models import Obligation

pytestmark = pytest.mark.django_db


def questions(*rows):
    given = {"questions-TOTAL_FORMS": len(rows), "questions-INITIAL_FORMS": 0}
    for number, (section, question) in enumerate(rows):
        given |= {f"questions-{number}-section": section, f"questions-{number}-question": question}
    return given


def test_return_query_sends_the_questions(world, cast, signed_in):
    row = world.row("SUBMITTED")
    posted = questions(("Spend", "Which invoice?"), ("", ""), ("People and activity", "Counted how?"))

    signed_in(cast.officer).post(f"/returns/{row.reference}/query/", posted)

    assert world.row("SUBMITTED").status == "QUERIED"
    assert sorted(row.queries.values_list("section", "question")) == [
        ("People and activity", "Counted how?"),
        ("Spend", "Which invoice?"),
    ]


def test_return_query_offers_the_sections_of_this_return_by_their_titles(world, cast, signed_in):
    page = signed_in(cast.officer).get(f"/returns/{world.row('SUBMITTED').reference}/query/").content.decode()

    offered = re.findall(r'<option value="([^"]+)"', page.partition("Question 2")[0])
    assert offered == [
        "Spend",
        "Outcomes",
        "Outputs",
        "People and activity",
        "What the grant made possible",
        "How each project stands",
        "The period as a whole",
        "Unspent money",
        "Files",
    ]


def test_sections_of_a_return_fit_into_a_question_and_stand_there_once():
    sheets = [SimpleNamespace(title=title) for title in ("x" * 150, "Spend", "Spend")]

    assert sections_of(sheets) == [("x" * 120, "x" * 150), ("Spend", "Spend"), ("Files", "Files")]


@pytest.mark.parametrize(
    ("section", "heading"),
    [
        ("People and activity", '<a class="govuk-link" href="{}write/i-people/">'),
        ("Files", '<a class="govuk-link" href="{}files/">'),
        ("INDICATORS", '<h3 class="govuk-heading-s">Figures</h3>'),
    ],
)
def test_open_question_leads_to_its_section(world, cast, signed_in, section, heading):
    row = world.row("QUERIED")
    row.queries.update(section=section)

    page = signed_in(cast.maidstone_lead).get(row.get_absolute_url()).content.decode()

    assert heading.format(row.get_absolute_url()) in page.partition('id="questions"')[2].partition("</section>")[0]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("", ""), ("", "")], "Ask at least one question"),
        ([("Spend", "")], "Enter the question (question 1)"),
        ([("", "Why?")], "Select the section (question 1)"),
    ],
)
def test_return_query_says_what_is_wrong(world, cast, signed_in, rows, sentence):
    row = world.row("SUBMITTED")

    page = signed_in(cast.officer).post(f"/returns/{row.reference}/query/", questions(*rows)).content.decode()

    assert sentence in page
    assert world.row("SUBMITTED").status == "SUBMITTED"


def test_return_answer_sends_answers_back(world, cast, signed_in):
    row = world.row("QUERIED")
    query = row.queries.get()
    client = signed_in(cast.maidstone_lead)

    empty = client.post(f"/returns/{row.reference}/answer/", {}).content.decode()
    assert empty.count("Answer the question “Which volunteers were trained?”") == 2

    client.post(f"/returns/{row.reference}/answer/", {f"answer-{query.pk}": "Twelve of them."})
    query.refresh_from_db()
    assert (world.row("QUERIED").status, query.answer) == ("SUBMITTED", "Twelve of them.")


def test_return_review_gives_verdict_and_reply(world, cast, signed_in):
    row = world.row("SUBMITTED")
    client = signed_in(cast.other_officer)

    empty = client.post(f"/returns/{row.reference}/review/", {"reply": "Kept words"}).content.decode()
    assert empty.count("Select whether the return is satisfactory") == 2
    assert "Kept words" in empty

    client.post(f"/returns/{row.reference}/review/", {"verdict": "SATISFACTORY", "reply": "Thank you."})
    reviewed = world.row("SUBMITTED")
    assert (reviewed.status, reviewed.verdict, reviewed.reply, reviewed.reviewed_by) == (
        "REVIEWED",
        "SATISFACTORY",
        "Thank you.",
        cast.other_officer,
    )


def test_return_ask_opens_an_ad_hoc_return(world, cast, signed_in):
    award = world.row("OPEN").award
    due = timezone.localdate().replace(year=timezone.localdate().year + 1, day=1)
    posted = {"starts_on": "2020-04-01", "ends_on": "2020-06-30", "due_on": due.isoformat(), "reason": "A concern."}

    answer = signed_in(cast.officer).post(f"/returns/ask/{award.reference}/", posted)

    made = MonitoringReturn.objects.get(kind="AD_HOC")
    assert answer.headers["Location"] == f"/returns/{made.reference}/"
    assert (made.ends_on, made.asked_reason, made.obligation.due_on) == (date(2020, 6, 30), "A concern.", due)


def test_return_ask_says_what_is_wrong_and_keeps_the_words(world, cast, signed_in):
    award = world.row("OPEN").award
    posted = {"starts_on": "2020-04-30", "ends_on": "2019-06-30", "due_on": "2020-01-01", "reason": "Kept words"}

    page = signed_in(cast.officer).post(f"/returns/ask/{award.reference}/", posted).content.decode()

    assert "End of the period must be on or after 1 April 2020" in page
    assert "Due date must be on or after" in page
    assert "Kept words" in page
    assert MonitoringReturn.objects.filter(kind="AD_HOC").count() == 0


@pytest.mark.parametrize(
    ("who", "verb", "status"),
    [
        ("maidstone_lead", "query", 403),
        ("finance", "review", 403),
        ("maidstone_contributor", "answer", 403),
        ("swale_lead", "answer", 404),
        ("auditor", "review", 403),
    ],
)
def test_return_doors_of_reviews(world, cast, signed_in, who, verb, status):
    row = world.row("QUERIED")

    assert signed_in(getattr(cast, who)).get(f"/returns/{row.reference}/{verb}/").status_code == status


def test_return_review_at_the_wrong_moment_says_why(world, cast, signed_in):
    row = world.row("QUERIED")

    page = signed_in(cast.officer).get(f"/returns/{row.reference}/review/", follow=True).content.decode()

    assert "The recipient has not answered the questions yet." in page


def test_return_ask_for_an_award_that_does_not_run_says_why(world, cast, signed_in):
    award = world.row("OPEN").award
    Award.objects.filter(pk=award.pk).update(status="SUSPENDED")
    Award.objects.filter(pk=award.pk).update(status="LIVE")
    Award.objects.filter(pk=award.pk).update(status="CLOSED")

    page = signed_in(cast.officer).get(f"/returns/ask/{award.reference}/", follow=True).content.decode()

    assert "This award is closed, so no return can be asked for." in page
    assert Obligation.objects.filter(period__startswith="AD_HOC").count() == 0
