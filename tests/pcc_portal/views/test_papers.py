"""Papers and documents: seen with their subject, stranger 404, never run in the browser."""

import base64
import hashlib
import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from records import documents, papers
from records.enums import PaperKind
from tests.make import accounts as make
from tests.records import files

AT = datetime(2020, 4, 7, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def private_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.SECOND_FACTOR_REQUIRED = False


def paper_(cast):
    return papers.make_paper(
        kind=PaperKind.SUBMISSION_RECEIPT,
        subject=cast.maidstone,
        title="Receipt",
        template="papers/base.html",
        context={"office": {"name": "Office"}, "reference": "BC-2020-001"},
        by=cast.officer,
        at=AT,
    )


def document_(cast, subject=None, name="Evidence.pdf", content=files.PDF):
    return documents.store(
        upload=files.upload(name, content), subject=subject or cast.maidstone, by=cast.maidstone_lead, at=AT
    )


def test_paper_show_is_the_paper_under_a_policy_that_names_its_styles(client):
    cast = make.cast()
    paper = paper_(cast)
    client.force_login(cast.maidstone_lead)

    response = client.get(paper.get_absolute_url())

    text = response.content.decode()
    policy = response["Content-Security-Policy"]
    assert paper.html.split("<body>")[1] in text
    assert f'href="{paper.pdf_url}"' in text
    for style in re.findall(r"<style>(.*?)</style>", text, re.DOTALL):
        assert base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() in policy
    assert "unsafe" not in policy and "script-src" not in policy and "default-src 'none'" in policy
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("name", ["paper_show", "paper_pdf"])
def test_paper_is_not_there_for_a_stranger(client, name):
    cast = make.cast()
    paper = paper_(cast)
    client.force_login(cast.swale_lead)

    theirs = client.get(reverse(name, args=[paper.pk]))
    nobodys = client.get(reverse(name, args=[paper.pk + 1000]))

    assert (theirs.status_code, nobodys.status_code) == (404, 404)


def test_paper_show_asks_a_visitor_to_sign_in(client):
    paper = paper_(make.cast())

    response = client.get(paper.get_absolute_url())

    assert response.status_code == 302
    assert response.url.startswith("/account/login/")


@pytest.mark.pdf
def test_paper_pdf_is_a_pdf_named_by_its_reference(client):
    cast = make.cast()
    paper = paper_(cast)
    client.force_login(cast.officer)

    response = client.get(reverse("paper_pdf", args=[paper.pk]))

    assert response.content.startswith(b"%PDF-")
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert re.fullmatch(r'inline; filename="[\w.-]+\.pdf"', response["Content-Disposition"])


def test_paper_pdf_without_pango_says_what_to_install(client, monkeypatch):
    monkeypatch.setattr("records.pdf.render", lambda html: None)
    cast = make.cast()
    paper = paper_(cast)
    client.force_login(cast.maidstone_lead)

    response = client.get(reverse("paper_pdf", args=[paper.pk]))

    assert response.status_code == 503
    assert b"libpangoft2-1.0-0" in response.content and b"libharfbuzz-subset0" in response.content
    assert paper.get_absolute_url().encode() in response.content


def test_paper_pdf_is_made_later_where_pango_came_later(client, monkeypatch):
    cast = make.cast()
    monkeypatch.setattr("records.pdf.render", lambda html: None)
    paper = paper_(cast)
    monkeypatch.setattr("records.pdf.render", lambda html: b"%PDF-" + html.encode())
    client.force_login(cast.officer)

    response = client.get(reverse("paper_pdf", args=[paper.pk]))

    assert response.content == b"%PDF-" + paper.html.encode()


def test_document_download_is_always_a_download(client):
    cast = make.cast()
    document = document_(cast, name='Ev"id<e>nce £.pdf')
    client.force_login(cast.officer)

    response = client.get(document.get_absolute_url())

    assert b"".join(response.streaming_content) == files.PDF
    assert response["Content-Disposition"].startswith("attachment; filename")
    assert "\n" not in response["Content-Disposition"]
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("person", ["swale_lead", "provider_lead"])
def test_document_download_is_not_there_for_a_stranger(client, person):
    cast = make.cast()
    document = document_(cast)
    client.force_login(getattr(cast, person))

    assert client.get(document.get_absolute_url()).status_code == 404


def test_document_download_of_a_removed_or_missing_file_is_404(client):
    cast = make.cast()
    removed, missing = document_(cast), document_(cast)
    documents.remove(document=removed, by=cast.maidstone_lead, at=AT)
    missing.file.storage.delete(missing.file.name)
    client.force_login(cast.officer)

    assert [client.get(row.get_absolute_url()).status_code for row in (removed, missing)] == [404, 404]


def test_document_about_an_unknown_kind_of_row_is_seen_by_nobody(client):
    cast = make.cast()
    document = document_(cast, subject=cast.officer)
    client.force_login(cast.officer)

    assert client.get(document.get_absolute_url()).status_code == 404
