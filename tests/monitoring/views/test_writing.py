"""Writing a return: sections, autosave, files, check answers."""

import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from monitoring.models import MonitoringReturn
from records.models import Document
from tests.make import monitoring

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def row(world):
    return world.row("OPEN")


def spend(row, *typed, version=None):
    """What the spend page posts: one (sum, evidence) for each line."""
    given = {"version": row.version if version is None else version}
    for line, (spent, evidence) in zip(row.spend_lines.order_by("pk"), typed, strict=True):
        given |= {f"row-{line.pk}-spent": spent, f"row-{line.pk}-evidence": evidence}
    return given


def address(row, section="spend", end=""):
    return f"/returns/{row.reference}/write/{section}/{end}"


def test_return_edit_saves_and_goes_on(row, cast, signed_in):
    answer = signed_in(cast.maidstone_contributor).post(address(row), spend(row, ("4,950.50", "Ledger"), ("", "")))

    assert answer.headers["Location"] == address(row, "outcomes")
    assert [(line.spent, line.evidence) for line in row.spend_lines.order_by("pk")] == [
        (Decimal("4950.50"), "Ledger"),
        (None, ""),
    ]


def test_return_edit_may_be_left_for_later(row, cast, signed_in):
    answer = signed_in(cast.maidstone_lead).post(address(row), spend(row, ("1", ""), ("0", "")) | {"later": "1"})

    assert answer.headers["Location"] == f"/returns/{row.reference}/"


def test_return_edit_keeps_what_was_typed_and_says_what_is_wrong(row, cast, signed_in):
    answer = signed_in(cast.maidstone_lead).post(address(row), spend(row, ("abc", "Ledger"), ("-5", "")))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count("“abc” is not an amount in pounds; enter an amount in pounds, like 1250 or 1250.50.") == 2
    assert "“-5” is below nought; enter £0 or more. (Travel)" in page
    assert 'value="abc"' in page and 'value="Ledger"' in page and 'value="-5"' in page
    assert page.count("<title>Error: ") == 1
    assert row.spend_lines.filter(evidence="Ledger").count() == 0


def test_return_edit_refuses_a_stale_save_and_shows_both_versions(row, cast, signed_in):
    client = signed_in(cast.maidstone_lead)
    client.post(address(row), spend(row, ("100", "Theirs"), ("", "")))

    answer = client.post(address(row), spend(row, ("200", "Mine"), ("", ""), version=row.version))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else has saved this return since you opened it" in page
    for words in ("100.00", "200.00", "Theirs", "Mine"):
        assert words in page
    assert f'name="version" value="{row.version + 1}"' in page
    assert row.spend_lines.order_by("pk").first().evidence == "Theirs"

    again = client.post(address(row), spend(row, ("200", "Mine"), ("", ""), version=row.version + 1))
    assert again.status_code == 302
    assert row.spend_lines.order_by("pk").first().evidence == "Mine"


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ("spend", "Spent so far"),
        ("outcomes", "Lower is better"),
        ("outputs", "Patrols"),
        ("projects", "How does “Safer nights” stand against its plan?"),
        ("overall", "What happened over the whole period?"),
        ("underspend", "Released to you so far"),
    ],
)
def test_return_edit_shows_each_section(row, cast, signed_in, section, words):
    page = signed_in(cast.maidstone_lead).get(address(row, section)).content.decode()

    assert words in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize(
    ("who", "section", "status"),
    [("swale_lead", "spend", 404), ("maidstone_certifier", "spend", 403), ("maidstone_lead", "nonsense", 404)],
)
def test_return_edit_is_closed_to_others(row, cast, signed_in, who, section, status):
    assert signed_in(getattr(cast, who)).get(address(row, section)).status_code == status


def test_return_edit_at_the_wrong_moment_says_why(world, cast, signed_in):
    sent = world.row("SUBMITTED")

    answer = signed_in(cast.maidstone_lead).get(address(sent), follow=True)

    assert answer.redirect_chain == [(f"/returns/{sent.reference}/", 302)]
    assert (
        "This return was submitted. A lead can take it back to correct it until it is reviewed."
        in answer.content.decode()
    )


def test_return_autosave_says_when_and_which_version(row, cast, signed_in):
    answer = signed_in(cast.maidstone_lead).post(address(row, end="autosave/"), spend(row, ("7", ""), ("", "")))

    assert (answer.status_code, answer.json()["version"]) == (200, row.version + 1)
    assert "saved_at" in answer.json()
    assert row.spend_lines.order_by("pk").first().spent == 7


@pytest.mark.parametrize(("typed", "version", "status"), [("7", 99, 409), ("abc", None, 422)])
def test_return_autosave_saves_nothing_stale_or_wrong(row, cast, signed_in, typed, version, status):
    posted = spend(row, (typed, ""), ("", ""), version=version)

    assert signed_in(cast.maidstone_lead).post(address(row, end="autosave/"), posted).status_code == status
    assert row.spend_lines.filter(spent__isnull=False).count() == 0


def test_return_files_adds_and_removes(row, cast, signed_in, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = signed_in(cast.maidstone_lead)
    given = {"section": "SPEND", "file": SimpleUploadedFile("ledger.pdf", PDF)}

    added = client.post(f"/returns/{row.reference}/files/", given, follow=True)

    document = Document.objects.get(subject_type="monitoring.MonitoringReturn", subject_id=row.pk)
    assert (document.name, document.section) == ("ledger.pdf", "SPEND")
    assert "ledger.pdf" in added.content.decode()

    client.post(f"/returns/{row.reference}/files/{document.pk}/remove/")
    document.refresh_from_db()
    assert document.removed_at is not None


def test_return_files_refuses_what_is_not_what_it_says(row, cast, signed_in):
    given = {"section": "SPEND", "file": SimpleUploadedFile("ledger.pdf", b"MZ no pdf at all")}

    page = signed_in(cast.maidstone_lead).post(f"/returns/{row.reference}/files/", given).content.decode()

    assert page.count("The selected file is not a real PDF file.") == 2
    assert Document.objects.filter(subject_id=row.pk, subject_type="monitoring.MonitoringReturn").count() == 0


def test_return_check_names_what_is_missing_and_where(row, cast, signed_in):
    page = signed_in(cast.maidstone_lead).get(f"/returns/{row.reference}/check/").content.decode()

    box = f"#id_row-{row.spend_lines.order_by('pk').first().pk}-spent"
    assert (
        f'<a href="{address(row)}{box}">Enter what was spent on Staff (Safer nights); enter 0 if nothing was</a>'
        in page
    )
    assert "The return is not complete." in page
    assert page.count("disabled") >= 1


def test_return_check_offers_to_send_what_is_whole(row, cast, signed_in):
    monitoring.fill_in(row, by=cast.maidstone_lead)

    page = signed_in(cast.maidstone_contributor).get(f"/returns/{row.reference}/check/").content.decode()

    assert f'action="/returns/{row.reference}/send/"' in page
    assert "Before you can send this return" not in page


def test_return_edit_of_outputs_names_each_output_with_its_target(row, cast, signed_in):
    page = words_of(signed_in(cast.maidstone_lead).get(address(row, "outputs")))

    assert "Output Target Delivered Comment Patrols (nights) 50 Delivered: Patrols" in page


def words_of(answer):
    """The words of the page without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_return_edit_shows_the_last_return_only_where_there_is_one(world, cast, signed_in):
    client, first = signed_in(cast.maidstone_lead), world.row("OPEN")
    monitoring.opened(world.row("REVIEWED").award, on=monitoring.YEAR_END, at=monitoring.CLOSED)
    later = MonitoringReturn.objects.get(award=world.row("REVIEWED").award, kind="YEAR_END")

    for section, last in (("outcomes", "105"), ("outputs", "25"), ("i-people", "12"), ("spend", "£4,950")):
        before, after = (words_of(client.get(address(one, section))) for one in (first, later))
        assert ("ast return" in before, "ast return" in after, last in after) == (False, True, True)
