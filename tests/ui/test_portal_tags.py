"""Words and figures as pages show them."""

import datetime
import io
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.test import RequestFactory

from records.templatetags import portal

TODAY = datetime.date(2021, 3, 18)


def render(source, request="/list", **context):
    made = RequestFactory().get(request)
    return Template("{% load portal %}" + source).render(RequestContext(made, {**context, "request": made}))


@pytest.mark.parametrize(
    "amount, shown",
    [
        (Decimal("1250.00"), "£1,250"),
        (Decimal("1250.5"), "£1,250.50"),
        (0, "£0"),
        (Decimal("-20"), "−£20"),
        (None, "not published"),
        ("", "not published"),
    ],
)
def test_money(amount, shown):
    assert portal.money(amount) == shown


def test_money_total_owns_up_to_what_it_leaves_out():
    assert portal.money_total(Decimal(6250), 2) == "at least £6,250 (2 not published)"
    assert portal.money_total(Decimal(6250), 0) == "£6,250"
    assert portal.money_total(None, 0) == "not published"


@pytest.mark.parametrize(
    "days, words, state",
    [
        (-3, "3 days overdue", "overdue"),
        (-1, "1 day overdue", "overdue"),
        (0, "due today", "soon"),
        (1, "due tomorrow", "soon"),
        (7, "due in 7 days", "soon"),
        (8, "due in 8 days", "later"),
    ],
)
def test_deadline_words(days, words, state):
    due_on = TODAY + datetime.timedelta(days=days)

    assert portal.days_until(due_on, TODAY) == days
    assert portal.days_words(due_on, TODAY) == words
    assert portal.deadline_state(due_on, TODAY) == state


def test_dates_are_spoken_in_london_time():
    assert portal.gov_date(datetime.date(2020, 4, 7)) == "7 April 2020"
    summer = datetime.datetime(2020, 6, 30, 23, 30, tzinfo=datetime.UTC)
    assert portal.gov_date(summer) == "1 July 2020"
    assert portal.gov_datetime(summer) == "1 July 2020 at 12:30am"
    assert portal.gov_datetime(datetime.datetime(2021, 1, 5, 12, 0, tzinfo=datetime.UTC)) == "5 January 2021 at midday"


def test_status_tag_from_an_object_and_from_a_value():
    subject = SimpleNamespace(status="UNDER_EVALUATION", get_status_display=lambda: "Being evaluated")

    assert "govuk-tag--teal" in render("{% status_tag it %}", it=subject)
    assert "Being evaluated" in render("{% status_tag it %}", it=subject)
    assert "Awaiting decision" in render("{% status_tag 'AWAITING_DECISION' %}")
    assert "govuk-tag--grey" in render("{% status_tag 'UNHEARD_OF' %}")


def test_sort_header_keeps_the_query_and_turns_round():
    page = render("{% sort_header 'due' 'Due' %}", "/list?stream=crg&page=3&sort=due")

    assert 'aria-sort="ascending"' in page
    assert 'href="?stream=crg&amp;sort=-due"' in page


def test_pagination_keeps_the_query():
    page = render(
        '{% include "parts/pagination.html" %}',
        "/list?stream=crg&page=5",
        page_obj=Paginator(range(200), 10).get_page(5),
    )

    assert 'href="?stream=crg&amp;page=6"' in page
    assert 'aria-current="page">5<' in page
    assert render('{% include "parts/pagination.html" %}', page_obj=Paginator([1], 10).get_page(1)).strip() == ""


def test_moves_say_why_not():
    page = render(
        '{% include "parts/moves.html" %}',
        moves=[
            {"label": "Offer", "url": "/offer", "why_not": "Nobody has decided."},
            {"label": "Edit", "url": "/edit"},
        ],
    )

    assert 'disabled aria-disabled="true" aria-describedby="move-1-why"' in page
    assert 'id="move-1-why">Nobody has decided.' in page
    assert 'action="/edit"' in page and 'action="/offer"' not in page


def test_timeline_shows_the_log_as_it_is_kept():
    event = SimpleNamespace(
        at=datetime.datetime(2021, 3, 1, 9, 5, tzinfo=datetime.UTC),
        by=None,
        by_label="",
        summary="Moved",
        reason="Late",
        changes={"due_on": ["2021-03-01", None]},
    )
    page = render('{% include "parts/timeline.html" %}', events=[event])

    assert "by the system" in page
    assert ">Due on<" in page and ">nothing<" in page


def test_stacked_bar_is_told_in_full_by_its_table():
    page = render("{% stacked_bar parts 'Money' %}", parts=[{"label": "A", "value": 30}, {"label": "B", "value": None}])

    assert 'width="1000.0"' in page
    assert "A £30, B not published" in page
    assert "style=" not in page
    assert portal.stacked_bar([], "None")["empty"] is True


@pytest.mark.pdf
@pytest.mark.slow
def test_paper_is_written_in_our_own_face_with_its_headings():
    from django.template.loader import render_to_string
    from pypdf import PdfReader

    from records import pdf

    words = render_to_string(
        "papers/base.html",
        {
            "title": "Award letter",
            "office": {
                "name": "Office of the Commissioner",
                "brand_colour": "#1d2b53",
                "address_lines": ["1 High Street"],
            },
            "reference": "AW-2021-014",
            "dated_on": TODAY,
            "is_example": True,
        },
    )
    reader = PdfReader(io.BytesIO(pdf.render(words)))

    page = reader.pages[0]
    fonts = {str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()}
    assert all("Letter" in font or "Source" in font for font in fonts), fonts
    assert "EXAMPLE DATA" in page.extract_text() and "18 March 2021" in page.extract_text()
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_colours_and_words_from_data_cannot_write_style():
    assert portal.css_colour("red;}body{display:none") == "#16233f"
    assert portal.css_text('a";}x{') == "ax"


def test_event_changes_speak_in_words():
    event = {"changes": {"status": ["UNDER_EVALUATION", "RETURNED"], "due_on": ["2020-04-07", None]}}

    assert portal.event_changes(event) == [
        {"label": "Status", "before": "Under evaluation", "after": "Returned"},
        {"label": "Due on", "before": "7 April 2020", "after": "nothing"},
    ]
