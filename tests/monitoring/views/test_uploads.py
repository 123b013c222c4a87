"""The pages of the workbook: fetched, uploaded, reported on, used, put aside."""

import io
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings

from monitoring import actions
from monitoring.models import MonitoringReturn, ReturnUpload, WarningReason
from tests.make import monitoring, workbooks

pytestmark = pytest.mark.django_db
STATUSES = ("OPEN", "CERTIFYING", "SUBMITTED")
AT = monitoring.WRITTEN
SHOW = 11
BUDGETS = {"workbook/": 15, "workbook/upload/": 6, "workbook/uploads/FAULTY/": 16, "workbook/uploads/READY/": 18}


@pytest.fixture(scope="module")
def read(made, tmp_path_factory):
    """Workbooks read once for the module: a whole one, one with five faults, one with an unusual figure."""
    row = MonitoringReturn.objects.with_parents().get(pk=made.rows["OPEN"])
    dear = {(workbooks.spend_keys(row)[0], "spent"): Decimal("9000")}
    some = {place: value for place, value in workbooks.answers(row).items() if place[0] != "texts/learning"}
    files = {
        "whole": workbooks.workbook(row),
        "faulty": workbooks.workbook(row, workbooks.five_faults(row), name="faulty.xlsx"),
        "dear": workbooks.workbook(row, some | dear, name="dear.xlsx"),
        "empty": SimpleUploadedFile("broken.xlsx", b"PK"),
    }
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files")):  # tells the storage, as a patch would not
        taken = {name: take_in(row, made.cast.maidstone_lead, file) for name, file in files.items()}
        yield SimpleNamespace(**taken)


def take_in(row, by, upload, at=AT):
    return actions.take_in_workbook(monitoring_return=row, upload=upload, by=by, at=at).pk


@pytest.fixture
def row(world):
    return world.row("OPEN")


@pytest.fixture
def lead(cast, signed_in):
    return signed_in(cast.maidstone_lead)


def at(row, pk, end=""):
    return f"/returns/{row.reference}/workbook/uploads/{pk}/{end}"


def opened(answer):
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def levels(page):
    return {
        word: page.count(f">{word}</strong>") for word in ("Mend", "Confirm", "Fill in") if f">{word}</strong>" in page
    }


def test_workbook_download_is_named_after_return_and_period(row, lead):
    answer = lead.get(f"/returns/{row.reference}/workbook/")

    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="{row.reference}-2020-04-01-to-2020-09-30.xlsx"'
    )
    assert answer.headers["Content-Type"] == workbooks.KIND
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert {"Spend", "Outcomes", "Outputs"} <= set(opened(answer).sheetnames)


def test_workbook_download_holds_what_was_saved(world, cast, signed_in):
    sent = world.row("SUBMITTED")
    key = workbooks.spend_keys(sent)[0]

    book = opened(signed_in(cast.officer).get(f"/returns/{sent.reference}/workbook/"))

    title, address = workbooks.places(book)[key, "spent"]
    assert book[title][address].value == 4950


def test_workbook_download_waits_for_the_office_until_submitted(row, cast, signed_in):
    answer = signed_in(cast.officer).get(f"/returns/{row.reference}/workbook/", follow=True)

    assert answer.redirect_chain == [(f"/returns/{row.reference}/", 302)]
    assert "The office can download its workbook once it is submitted." in answer.content.decode()


def test_upload_new_says_what_happens_next(row, lead):
    page = lead.get(f"/returns/{row.reference}/workbook/upload/").content.decode()

    for words in (
        "Upload the workbook",
        "What happens next",
        "Use these figures",
        f"/returns/{row.reference}/workbook/",
    ):
        assert words in page
    assert 'enctype="multipart/form-data"' in page


def test_upload_new_without_a_file_says_so(row, lead):
    page = lead.post(f"/returns/{row.reference}/workbook/upload/", {}).content.decode()

    assert page.count("Select the workbook you filled in") == 2
    assert "<title>Error: " in page


def test_upload_new_leads_to_what_was_found(row, lead, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = workbooks.workbook(row, {("texts/narrative", "narrative"): "All went well."}, name="r.xlsx")

    answer = lead.post(f"/returns/{row.reference}/workbook/upload/", {"file": file})

    upload = ReturnUpload.objects.get(name="r.xlsx")
    assert answer.headers["Location"] == at(row, upload.pk)
    page = lead.get(answer.headers["Location"]).content.decode()
    assert "Nothing has to be mended." in page and "All went well." in page
    assert levels(page) == {"Fill in": upload_missing(upload)}


def upload_missing(upload):
    return len([finding for finding in upload.findings if finding["level"] == "missing"])


def test_upload_show_groups_what_is_wrong_by_worksheet(read, row, lead):
    page = lead.get(at(row, read.faulty)).content.decode()

    assert "<title>Error: faulty.xlsx" in page
    assert '<h2 class="govuk-error-summary__title">5 things to mend</h2>' in page
    assert '<a href="#found-spend">Spend: 2 things to mend</a>' in page
    assert '<a href="#found-outcomes">Outcomes: 1 thing to mend</a>' in page
    assert levels(page) == {"Mend": 5}
    upload = ReturnUpload.objects.get(pk=read.faulty)
    for finding in upload.findings:
        assert f">{finding['cell']}</span>" in page
    assert "Staff (Safer nights)</span>" in page
    assert "“about 5k”" in page
    assert "Use these figures" not in page
    assert at(row, read.faulty, "marked/") in page


def test_upload_show_of_a_broken_file_offers_another_try(read, row, lead):
    page = lead.get(at(row, read.empty)).content.decode()

    assert "This workbook could not be read" in page
    assert page.count("The file is damaged or was cut short on its way.") == 2
    assert "Download the workbook again" in page and "Upload the workbook again" in page
    assert "marked copy" not in page and "What the workbook would change" not in page


def test_upload_show_of_a_ready_one_compares_and_asks_for_reasons(read, row, lead):
    page = lead.get(at(row, read.dear)).content.decode()

    assert "What the workbook would change" in page
    assert "£9,000" in page and "On track" in page and "Nothing" in page
    assert page.count("Why is that right?") == levels(page)["Confirm"] >= 1
    assert f'action="{at(row, read.dear, "use/")}"' in page
    assert "<title>dear.xlsx" in page


def test_upload_show_is_read_by_colleagues_and_used_by_writers(read, row, cast, signed_in):
    page = signed_in(cast.maidstone_certifier).get(at(row, read.dear)).content.decode()

    assert "£9,000" in page
    assert "Do not use this workbook" not in page
    assert "You may not do this for Safer Maidstone Partnership." in page


@pytest.mark.parametrize("who", ["swale_lead", "officer", "provider_lead"])
def test_upload_show_is_closed_to_strangers_and_to_the_office_before_it_was_sent(read, row, cast, signed_in, who):
    client = signed_in(getattr(cast, who))

    assert client.get(at(row, read.dear)).status_code == 404
    assert client.get(at(row, read.dear, "marked/")).status_code == 404


def test_upload_of_another_return_is_not_found(read, world, lead):
    assert lead.get(at(world.row("CERTIFYING"), read.dear)).status_code == 404


def test_uploads_are_shown_to_the_office_with_what_was_sent(read, row, cast, signed_in):
    actions.apply_upload(upload=ReturnUpload.objects.get(pk=read.whole), reasons={}, by=cast.maidstone_lead, at=AT)
    fresh = MonitoringReturn.objects.get(pk=row.pk)
    actions.send_for_certification(monitoring_return=fresh, by=cast.maidstone_lead, at=AT + timedelta(hours=1))
    actions.certify_return(monitoring_return=fresh, by=cast.maidstone_certifier, at=AT + timedelta(hours=2))
    actions.submit_return(monitoring_return=fresh, by=cast.maidstone_lead, at=AT + timedelta(hours=3))
    client = signed_in(cast.officer)

    page = client.get(f"/returns/{row.reference}/").content.decode()
    assert "Workbooks uploaded" in page and "Figures taken from the workbook return.xlsx" in page
    assert client.get(at(row, read.whole)).status_code == 200
    document = ReturnUpload.objects.get(pk=read.whole).document_id
    assert client.get(f"/documents/{document}/").status_code == 200
    assert signed_in(cast.swale_lead).get(f"/documents/{document}/").status_code == 404


def test_upload_marked_holds_what_was_typed_and_says_why_in_the_cell(read, row, lead):
    answer = lead.get(at(row, read.faulty, "marked/"))

    assert answer.headers["Content-Disposition"].endswith('-to-mend.xlsx"')
    book = opened(answer)
    where = workbooks.places(book)
    title, address = where[workbooks.spend_keys(row)[0], "spent"]
    cell = book[title][address]
    assert cell.value == "about 5k"
    assert "“about 5k”" in cell.comment.text
    title, address = where[workbooks.spend_keys(row)[1], "evidence"]
    assert (book[title][address].value, book[title][address].comment) == ("Ledger line 12", None)


def test_upload_marked_of_a_broken_file_says_why_not(read, row, lead):
    answer = lead.get(at(row, read.empty, "marked/"), follow=True)

    assert answer.redirect_chain == [(at(row, read.empty), 302)]
    assert "This file could not be read, so there is nothing to use." in answer.content.decode()


def test_a_marked_copy_that_was_mended_can_be_used(read, row, lead, cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    marked = lead.get(at(row, read.faulty, "marked/")).content
    whole = workbooks.answers(row)
    mended = {place: whole[place] for place, value in workbooks.five_faults(row).items() if whole[place] != value}
    assert len(mended) == 5
    file = SimpleUploadedFile("mended.xlsx", workbooks.filled(marked, mended))

    page = lead.post(f"/returns/{row.reference}/workbook/upload/", {"file": file}, follow=True).content.decode()

    assert "Nothing has to be mended." in page
    assert levels(page) == {}


def reasons(page):
    """The names of the boxes for reasons."""
    return [part.partition('"')[0] for part in page.split('name="')[1:] if part.startswith("reason-")]


def test_upload_apply_fills_the_return_and_keeps_the_reasons(read, row, lead):
    names = reasons(lead.get(at(row, read.dear)).content.decode())
    given = {"version": row.version} | dict.fromkeys(names, "The van was bought in June.")

    answer = lead.post(at(row, read.dear, "use/"), given, follow=True)

    assert answer.redirect_chain == [(f"/returns/{row.reference}/", 302)]
    page = answer.content.decode()
    assert "The figures of dear.xlsx are in the return." in page
    assert "Figures taken from the workbook dear.xlsx" in page
    row.refresh_from_db()
    assert (row.version, row.narrative) == (2, "The half year went to plan.")
    assert set(WarningReason.objects.values_list("reason", flat=True)) == {"The van was bought in June."}
    assert WarningReason.objects.count() == len(names) >= 1


def test_reasons_given_in_a_draft_are_not_told_to_the_office(read, row, cast, signed_in):
    client = signed_in(cast.maidstone_lead)
    names = reasons(client.get(at(row, read.dear)).content.decode())
    client.post(at(row, read.dear, "use/"), {"version": row.version} | dict.fromkeys(names, "The van was bought."))
    ours = client.get(f"/returns/{row.reference}/").content.decode()

    theirs = signed_in(cast.officer).get(f"/returns/{row.reference}/").content.decode()

    assert "The van was bought." in ours and "Reasons for unusual figures" in ours
    assert "The van was bought." not in theirs and "9,0" not in theirs
    assert "Figures taken from the workbook dear.xlsx" in theirs


def test_upload_apply_twice_says_so_politely(read, row, lead):
    lead.post(at(row, read.whole, "use/"), {"version": row.version})

    answer = lead.post(at(row, read.whole, "use/"), {"version": row.version}, follow=True)

    assert answer.redirect_chain == [(at(row, read.whole), 302)]
    assert "The figures of this workbook are in the return already." in answer.content.decode()
    row.refresh_from_db()
    assert row.version == 2


def test_upload_apply_of_a_stale_page_shows_both_and_keeps_the_reasons(read, row, cast, lead):
    names = reasons(lead.get(at(row, read.dear)).content.decode())
    actions.save_return(monitoring_return=row, texts={"narrative": "Theirs."}, by=cast.maidstone_contributor, at=AT)
    given = {"version": 1} | dict.fromkeys(names, "Because.")

    answer = lead.post(at(row, read.dear, "use/"), given)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else has saved this return since you opened this page" in page
    assert "Theirs." in page and "The half year went to plan." in page and "Because." in page
    assert 'name="version" value="2"' in page
    row.refresh_from_db()
    assert (row.version, row.narrative) == (2, "Theirs.")

    assert lead.post(at(row, read.dear, "use/"), given | {"version": 2}).status_code == 302
    row.refresh_from_db()
    assert row.narrative == "The half year went to plan."


def test_upload_apply_asks_before_it_empties_an_answer(read, row, cast, lead):
    actions.save_return(monitoring_return=row, texts={"learning": "Ours."}, by=cast.maidstone_lead, at=AT)
    page = lead.get(at(row, read.dear)).content.decode()
    assert "Keep what the return says" in page and "Ours." in page

    kept = lead.post(at(row, read.dear, "use/"), {"version": 2})
    assert kept.status_code == 200  # one has to choose
    assert "Select what should happen with answers the workbook leaves empty" in kept.content.decode()

    lead.post(at(row, read.dear, "use/"), {"version": 2, "empty": "empty"})
    row.refresh_from_db()
    assert row.learning == ""


@pytest.mark.parametrize("version", ["", "x", "٣", "-1", "9" * 40])
def test_upload_apply_takes_no_odd_version(read, row, lead, version):
    assert lead.post(at(row, read.whole, "use/"), {"version": version}).status_code == 409


def test_upload_apply_of_a_faulty_workbook_is_refused(read, row, lead):
    answer = lead.post(at(row, read.faulty, "use/"), {"version": 1}, follow=True)

    assert "This workbook has things to mend. Mend them, then upload it again." in answer.content.decode()


def test_upload_drop_leaves_the_return_alone(read, row, lead):
    answer = lead.post(at(row, read.dear, "drop/"), follow=True)

    assert "dear.xlsx is not used. The return is as it was." in answer.content.decode()
    row.refresh_from_db()
    assert row.version == 1
    assert "This workbook was not used." in lead.get(at(row, read.dear)).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_return_show_lists_workbooks_with_as_many_queries_for_any_number(world, cast, lead, number):
    sent = world.row("SUBMITTED")
    ReturnUpload.objects.bulk_create(
        ReturnUpload(
            monitoring_return=sent, status="DROPPED", name=f"r{n}.xlsx", draft=1, by=cast.maidstone_lead, at=AT
        )
        for n in range(number)
    )
    lead.get(f"/returns/{sent.reference}/")

    with CaptureQueriesContext(connection) as caught:
        page = lead.get(f"/returns/{sent.reference}/").content.decode()

    assert page.count(".xlsx</a>") == number
    assert len(caught) == SHOW


def test_pages_of_uploads_keep_their_budget(read, row, lead):
    asked = {}
    for end in ("workbook/", "workbook/upload/", *(f"workbook/uploads/{pk}/" for pk in (read.faulty, read.dear))):
        with CaptureQueriesContext(connection) as caught:
            assert lead.get(f"/returns/{row.reference}/{end}").status_code == 200
        asked[end.replace(str(read.faulty), "FAULTY").replace(str(read.dear), "READY")] = len(caught)

    assert asked == BUDGETS
    assert max(asked.values()) <= 20
