"""A workbook is read, used as a whole or put aside: row, event, file, and nothing else."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from monitoring import actions
from monitoring.actions.uploads import KEPT_FILES, MAX_BYTES
from monitoring.enums import ReturnSection, UploadStatus
from monitoring.models import MonitoringReturn, ReturnUpload, SpendLine, WarningReason
from monitoring.queries import content_of, figures_of
from records.models import Document, Event
from records.refusals import Refused
from tests.make import monitoring, workbooks

STATUSES = ("OPEN", "CERTIFYING", "SUBMITTED")
AT = monitoring.WRITTEN
LATER = AT + timedelta(hours=2)


@pytest.fixture
def _django_db_helper(world):
    """The rows of the module stand in a transaction of their own, so no test opens another."""


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def read(made, tmp_path_factory):
    """Workbooks read once for the module: a whole one, one with five faults, one with an unusual figure."""
    row = MonitoringReturn.objects.with_parents().get(pk=made.rows["OPEN"])
    staff = workbooks.spend_keys(row)[0]
    dear = workbooks.answers(row) | {(staff, "spent"): Decimal("9000")}
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files")):  # tells the storage, as a patch would not
        return SimpleNamespace(
            whole=take_in(row, made.cast.maidstone_contributor, workbooks.workbook(row)).pk,
            faulty=take_in(row, made.cast.maidstone_lead, workbooks.workbook(row, workbooks.five_faults(row))).pk,
            dear=take_in(row, made.cast.maidstone_lead, workbooks.workbook(row, dear, name="dear.xlsx")).pk,
        )


def take_in(row, by, upload, at=AT):
    return actions.take_in_workbook(monitoring_return=row, upload=upload, by=by, at=at)


@pytest.fixture
def row(world):
    return world.row("OPEN")


@pytest.fixture
def lead(world):
    return world.cast.maidstone_lead


def fresh(pk):
    """An uploaded workbook as a view fetches it."""
    upload = ReturnUpload.objects.select_related("by", "document").get(pk=pk)
    upload.monitoring_return = MonitoringReturn.objects.with_parents().get(pk=upload.monitoring_return_id)
    return upload


def use(pk, by, at=LATER, **given):
    return actions.apply_upload(upload=fresh(pk), by=by, at=at, **{"reasons": {}, **given})


def verbs(subject):
    rows = Event.objects.filter(subject_type=subject._meta.label, subject_id=subject.pk)
    return list(rows.order_by("pk").values_list("verb", flat=True))


def found(upload, level):
    return [(finding["sheet"], finding["cell"], finding["code"].split(":")[0]) for finding in upload.findings
            if finding["level"] == level]  # fmt: skip


def test_take_in_workbook_reads_and_changes_nothing(read, row, world):
    upload = fresh(read.whole)

    assert (upload.status, upload.name, upload.draft) == (UploadStatus.READY, "return.xlsx", 1)
    assert (upload.by, upload.at, upload.applied_at) == (world.cast.maidstone_contributor, AT, None)
    assert found(upload, "fault") == found(upload, "missing") == []
    assert (row.version, row.narrative) == (1, "")
    assert row.spend_lines.filter(spent__isnull=False).count() == 0
    assert verbs(row) == ["opened"]
    assert verbs(upload) == ["document_added", "read"]


def test_take_in_workbook_keeps_the_file_and_figures_as_text(read, row):
    upload = fresh(read.whole)
    staff = workbooks.spend_keys(row)[0]

    assert (upload.document.name, upload.document.subject_type) == ("return.xlsx", "monitoring.ReturnUpload")
    assert upload.entries[staff]["spent"][:2] == ["4950", "Spend"]
    assert upload.entries["texts/narrative"]["narrative"][0] == "The half year went to plan."


def test_take_in_workbook_names_the_cell_of_each_fault(read, row):
    upload = fresh(read.faulty)

    assert upload.status == UploadStatus.FAULTY
    faults = [finding for finding in upload.findings if finding["level"] == "fault"]
    assert [finding["typed"] for finding in faults] == ["about 5k", "-20", "n/a", "12 to 15", "Going well"]
    assert [finding["sheet"] for finding in faults] == [
        "Spend", "Spend", "Outcomes", "Outputs", "How each project stands",
    ]  # fmt: skip
    assert all(finding["cell"] and finding["sentence"] and finding["mend"] for finding in faults)
    assert len({finding["code"] for finding in faults}) == 5


def test_take_in_workbook_says_nothing_twice_of_one_cell(read):
    places = [(finding["line"], finding["name"]) for finding in fresh(read.faulty).findings if finding["name"]]

    assert len(places) == len(set(places))


def test_take_in_workbook_keeps_nothing_of_a_file_it_cannot_read(row, lead):
    files = Document.objects.count()

    upload = take_in(row, lead, SimpleUploadedFile("../return.xlsx", b"PK\x03\x04 no workbook"))

    assert (upload.status, upload.name, upload.document, upload.entries) == ("REFUSED", "return.xlsx", None, {})
    assert [finding["code"] for finding in upload.findings] == ["file:damaged"]
    assert Document.objects.count() == files
    assert verbs(upload) == ["refused"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("return.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "file:old"),
        ("return.csv", b"a,b\n1,2\n", "file:csv"),
        ("return.xlsx", b"%PDF-1.4", "file:pdf"),
        ("return.xlsx", b"P" * (MAX_BYTES + 1), "file:size"),
    ],
)
def test_take_in_workbook_refuses_what_is_no_workbook(row, lead, name, content, code):
    upload = take_in(row, lead, SimpleUploadedFile(name, content))

    assert (upload.status, [finding["code"] for finding in upload.findings]) == ("REFUSED", [code])


def test_take_in_workbook_refuses_a_workbook_named_as_something_else(row, lead):
    upload = take_in(row, lead, workbooks.workbook(row, {}, name="return.zip"))

    assert (upload.status, upload.findings[0]["code"]) == ("REFUSED", "file:name")


@pytest.mark.parametrize(("status", "who"), [("SUBMITTED", "maidstone_lead"), ("OPEN", "swale_lead")])
def test_take_in_workbook_refuses_at_the_wrong_moment_and_from_others(world, status, who):
    row = world.row(status)
    before = row.uploads.count()

    with pytest.raises(Refused):
        take_in(row, getattr(world.cast, who), SimpleUploadedFile("r.xlsx", b"PK"))

    assert row.uploads.count() == before


def test_take_in_workbook_keeps_only_the_newest_files_that_came_to_nothing(read, row, lead):
    first = fresh(read.faulty)
    for day in range(KEPT_FILES):
        copy = fresh(read.faulty)
        copy.pk = None
        copy.at = AT + timedelta(days=day + 1)
        copy.save(force_insert=True)

    take_in(row, lead, SimpleUploadedFile("r.xlsx", b"PK"), at=AT + timedelta(days=20))

    first.refresh_from_db()
    assert (first.document, first.status, len(first.findings) > 4) == (None, "FAULTY", True)
    assert ReturnUpload.objects.filter(status="FAULTY", document__isnull=False).count() == KEPT_FILES
    assert fresh(read.whole).document is not None


def test_apply_upload_gives_what_the_web_form_would_have_saved(read, row, lead, world):
    web = world.row("CERTIFYING")  # filled in on the web form with the same answers

    use(read.whole, lead)

    row.refresh_from_db()
    ours, theirs = (content_of(each, figures_of(each)) for each in (row, web))
    assert ours["totals"] == theirs["totals"]
    assert (ours["narrative"], ours["learning"]) == (theirs["narrative"], theirs["learning"])
    assert [line["spent"] for project in ours["projects"] for line in project["spend"]] == [
        line["spent"] for project in theirs["projects"] for line in project["spend"]
    ]
    assert [(p["standing"], p["narrative"]) for p in ours["projects"]] == [
        (p["standing"], p["narrative"]) for p in theirs["projects"]
    ]


def test_apply_upload_is_one_save_and_names_the_file_in_the_history(read, row, lead):
    upload = use(read.whole, lead)

    row.refresh_from_db()
    assert (upload.status, upload.applied_at, row.version) == (UploadStatus.APPLIED, LATER, 2)
    assert verbs(row) == ["opened", "saved", "workbook_used"]
    event = Event.objects.get(verb="workbook_used")
    assert (event.summary, event.by) == ("Figures taken from the workbook return.xlsx", lead)
    assert verbs(upload) == ["document_added", "read", "applied"]


def test_apply_upload_twice_has_one_effect(read, row, lead):
    use(read.whole, lead)

    with pytest.raises(Refused, match="in the return already") as refused:
        use(read.whole, lead)

    row.refresh_from_db()
    assert (row.version, refused.value.subject.pk) == (2, read.whole)
    assert Event.objects.filter(verb="workbook_used").count() == 1


def test_apply_upload_by_two_at_once_has_one_effect(read, row, lead, world):
    mine, theirs = fresh(read.whole), fresh(read.whole)
    actions.apply_upload(upload=mine, reasons={}, by=lead, at=LATER)

    with pytest.raises(Refused, match="in the return already"):
        actions.apply_upload(upload=theirs, reasons={}, by=world.cast.maidstone_contributor, at=LATER)
    with pytest.raises(Refused, match="in the return already"):
        actions.drop_upload(upload=fresh(read.whole), by=lead, at=LATER)

    row.refresh_from_db()
    assert (row.version, verbs(mine)) == (2, ["document_added", "read", "applied"])


def test_apply_upload_with_faults_saves_nothing(read, row, lead):
    with pytest.raises(Refused, match="has things to mend"):
        use(read.faulty, lead)

    row.refresh_from_db()
    assert (row.version, row.narrative) == (1, "")


def test_apply_upload_of_a_stale_draft_loses_nothing(read, row, world, lead):
    staff = SpendLine.objects.get(pk=workbooks.spend_keys(row)[0].rpartition("/")[2])
    entries = {ReturnSection.SPEND: {staff.pk: {"spent": Decimal("77"), "evidence": "Theirs"}}}
    actions.save_return(monitoring_return=row, entries=entries, by=world.cast.maidstone_contributor, at=AT)

    with pytest.raises(actions.Stale):
        use(read.whole, lead)

    staff.refresh_from_db()
    assert (staff.spent, staff.evidence, fresh(read.whole).status) == (Decimal("77.00"), "Theirs", "READY")

    use(read.whole, lead, version=2)
    staff.refresh_from_db()
    assert (staff.spent, staff.evidence) == (Decimal("4950.00"), "Ledger line 12")


def test_apply_upload_keeps_the_reason_for_an_unusual_figure(read, row, lead):
    codes = [finding["code"] for finding in fresh(read.dear).findings if finding["level"] == "warning"]
    assert len(codes) >= 1

    use(read.dear, lead, reasons=dict.fromkeys(codes, "The bill came early."))

    assert sorted(WarningReason.objects.values_list("code", "reason")) == sorted(
        (code, "The bill came early.") for code in codes
    )
    assert verbs(row) == ["opened", "saved", "explained", "workbook_used"]


def test_apply_upload_leaves_what_the_workbook_leaves_empty(read, row, lead):
    learning = fresh(read.whole)
    learning.entries["texts/learning"]["learning"][0] = None
    learning.save(update_fields=["entries"])
    actions.save_return(monitoring_return=row, texts={"learning": "Kept."}, by=lead, at=AT)

    use(read.whole, lead, version=2)
    row.refresh_from_db()
    assert (row.learning, row.risks) == ("Kept.", "Fewer volunteers in winter.")


def test_apply_upload_empties_what_the_workbook_leaves_empty_where_asked(read, row, lead):
    learning = fresh(read.whole)
    learning.entries["texts/learning"]["learning"][0] = None
    learning.save(update_fields=["entries"])
    actions.save_return(monitoring_return=row, texts={"learning": "Gone."}, by=lead, at=AT)

    use(read.whole, lead, version=2, empty_too=True)
    row.refresh_from_db()
    assert row.learning == ""


@pytest.mark.parametrize("who", ["maidstone_certifier", "swale_lead", "officer"])
def test_apply_upload_and_drop_upload_are_for_writers(read, row, world, who):
    by = getattr(world.cast, who)

    with pytest.raises(Refused, match="You may not do this for Safer Maidstone Partnership"):
        use(read.whole, by)
    with pytest.raises(Refused, match="You may not do this for Safer Maidstone Partnership"):
        actions.drop_upload(upload=fresh(read.whole), by=by, at=LATER)

    assert verbs(row) == ["opened"]


def test_apply_upload_once_the_return_is_out_of_hand_is_refused(read, row, lead):
    monitoring.fill_in(row, by=lead)
    actions.send_for_certification(monitoring_return=row, by=lead, at=AT)

    with pytest.raises(Refused, match="This return is with the certifier"):
        use(read.whole, lead)


@pytest.mark.parametrize("which", ["whole", "faulty"])
def test_drop_upload_puts_a_workbook_aside(read, row, lead, which):
    upload = actions.drop_upload(upload=fresh(getattr(read, which)), by=lead, at=LATER)

    assert upload.status == UploadStatus.DROPPED
    assert verbs(upload) == ["document_added", "read", "dropped"]
    assert verbs(row) == ["opened"]
    with pytest.raises(Refused, match="was put aside"):
        use(upload.pk, lead)


def test_two_workbooks_do_not_mix(read, row, lead):
    use(read.dear, lead)

    with pytest.raises(actions.Stale):
        use(read.whole, lead)

    assert fresh(read.whole).status == UploadStatus.READY
    row.refresh_from_db()
    assert row.version == 2
