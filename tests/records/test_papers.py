"""Papers are frozen: the HTML as made, the PDF of it, the example mark, the event."""

import io
from datetime import UTC, datetime
from types import SimpleNamespace

import pypdf
import pytest

from records import papers
from records.enums import PaperKind
from records.models import Event, Paper
from tests.make import accounts as make

AT = datetime(2020, 4, 7, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def paper_(cast, **changes):
    office = SimpleNamespace(
        name="Office <b>of</b> the Commissioner",
        address_lines=["1 High Street", "Maidstone"],
        commissioner_title="Commissioner",
        brand_colour="#1d2b53",
    )
    wishes = {
        "kind": PaperKind.AWARD_LETTER,
        "subject": cast.maidstone,
        "title": "Award letter",
        "template": "papers/base.html",
        "context": {"office": office, "reference": "AW-2020-001"},
        "by": cast.officer,
        "at": AT,
    }
    return papers.make_paper(**{**wishes, **changes})


def test_make_paper_freezes_the_html_with_its_day_and_reference():
    cast = make.cast()

    paper = paper_(cast)

    assert "7 April 2020" in paper.html and "AW-2020-001" in paper.html
    assert "Office &lt;b&gt;of&lt;/b&gt; the Commissioner" in paper.html
    assert "EXAMPLE DATA" not in paper.html
    assert (paper.made_by, paper.made_at, paper.title) == (cast.officer, AT, "Award letter")
    assert Event.objects.get().summary == "Award letter made: Award letter"


def test_make_paper_marks_an_example():
    paper = paper_(make.cast(), is_example=True)

    assert "EXAMPLE DATA" in paper.html
    assert paper.is_example is True


@pytest.mark.pdf
def test_pdf_of_draws_the_same_words_once_and_keeps_them():
    paper = paper_(make.cast())
    assert paper.pdf is None

    first = papers.pdf_of(paper)

    text = pypdf.PdfReader(io.BytesIO(first)).pages[0].extract_text()
    assert "Award letter" in text and "7 April 2020" in text
    assert papers.pdf_of(Paper.objects.get(pk=paper.pk)) == first


def test_pdf_of_without_pango_leaves_the_html(monkeypatch):
    monkeypatch.setattr("records.pdf.render", lambda html: None)
    paper = paper_(make.cast())

    assert papers.pdf_of(paper) is None
    assert Paper.objects.get(pk=paper.pk).pdf is None
    assert paper.html.startswith("<!DOCTYPE html>")


def test_about_lists_newest_first_without_reading_contents(django_assert_num_queries):
    cast = make.cast()
    old, new = paper_(cast), paper_(cast, at=AT.replace(hour=12))

    with django_assert_num_queries(1):
        found = [row.title and row.pk for row in papers.about(cast.maidstone)]

    assert found == [new.pk, old.pk]
