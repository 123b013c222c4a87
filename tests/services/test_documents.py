"""Documents of a contract: kept, seen by whom, with a copy for the public that says what it leaves out."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from records.models import Document
from records.refusals import Refused
from services.actions import documents as actions
from services.models import ContractDocument
from services.rules import documents as rules
from tests.make import accounts as make_accounts
from tests.make import plans as make_plans
from tests.make import services as make

pytestmark = pytest.mark.django_db
AT = datetime(2020, 4, 7, 9, 0, tzinfo=UTC)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def cast():
    return make_accounts.cast()


@pytest.fixture
def contract(cast):
    return make.contract(cast, make_plans.plan(cast))


def file(name="contract.pdf", content=PDF):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def add(cast, contract, **changes):
    wishes = {"kind": "CONTRACT", "title": "The contract", "upload": file(), "by": cast.officer, "at": AT}
    return actions.add_document(contract=contract, **{**wishes, **changes})


def test_add_document_keeps_the_file_and_a_redacted_copy_with_its_reason(cast, contract):
    row = add(cast, contract, public_upload=file("public.pdf"), redaction_reason="Names of staff")

    assert (row.document.name, row.public_copy.name, row.redaction_reason) == (
        "contract.pdf",
        "public.pdf",
        "Names of staff",
    )
    kept = Document.objects.order_by("pk").values_list("subject_type", "subject_id", "section")
    assert list(kept) == [("services.Contract", contract.pk, "contract"), ("services.Contract", contract.pk, "public")]


def test_add_document_may_be_public_as_a_whole(cast, contract):
    row = add(cast, contract, whole=True)

    assert (row.public_copy, row.redaction_reason) == (row.document, "")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"public_upload": file("p.pdf")}, "Say why the public copy leaves things out."),
        (
            {"whole": True, "public_upload": file("p.pdf"), "redaction_reason": "x"},
            "Either the whole document may be published, or a redacted copy. Choose one.",
        ),
    ],
)
def test_add_document_refuses(cast, contract, changes, why):
    with pytest.raises(Refused) as refused:
        add(cast, contract, **changes)

    assert refused.value.reason == why
    assert not Document.objects.exists()


def test_add_document_refuses_what_is_not_what_it_says(cast, contract):
    with pytest.raises(Refused):
        add(cast, contract, upload=file("contract.pdf", b"<html><script>alert(1)</script>"))

    assert not ContractDocument.objects.exists()


def test_add_document_is_for_officers(cast, contract):
    with pytest.raises(Refused) as refused:
        add(cast, contract, by=cast.provider_lead)

    assert refused.value.reason == rules.NOT_YOURS


def test_set_public_copy_takes_the_earlier_copy_off(cast, contract):
    row = add(cast, contract, public_upload=file("first.pdf"), redaction_reason="Names")

    row = actions.set_public_copy(contract_document=row, whole=True, by=cast.officer, at=AT)

    assert (row.public_copy, row.redaction_reason) == (row.document, "")
    assert Document.objects.get(name="first.pdf").removed_at == AT
    assert Document.objects.get(name="contract.pdf").removed_at is None


def test_remove_document_takes_both_files_off_and_keeps_them(cast, contract):
    row = add(cast, contract, public_upload=file("first.pdf"), redaction_reason="Names")

    actions.remove_document(contract_document=row, reason="Wrong contract", by=cast.officer, at=AT)

    assert not ContractDocument.objects.exists()
    assert set(Document.objects.values_list("removed_at", flat=True)) == {AT}


def test_document_pages_add_and_show_to_the_provider_and_to_no_stranger(client, cast, contract):
    client.force_login(cast.officer)
    typed = {
        "title": "The contract", "kind": "CONTRACT", "upload": file(), "public": "redacted",
        "public_upload": file("public.pdf"), "redaction_reason": "Names of staff",
    }  # fmt: skip
    client.post(f"/contracts/{contract.reference}/documents/new/", typed)
    row = ContractDocument.objects.get()

    client.force_login(cast.provider_lead)
    page = client.get(f"/contracts/{contract.reference}/documents/").content.decode()
    seen = client.get(row.document.get_absolute_url()).status_code
    client.force_login(cast.swale_lead)
    strange = client.get(row.document.get_absolute_url()).status_code

    assert "Names of staff" in page and "Add a document" not in page
    assert (seen, strange) == (200, 404)


def test_document_new_says_what_is_missing(client, cast, contract):
    client.force_login(cast.officer)
    typed = {"title": "The contract", "kind": "CONTRACT", "public": "redacted", "redaction_reason": ""}

    page = client.post(f"/contracts/{contract.reference}/documents/new/", {**typed, "upload": file()})

    assert "Choose the copy that leaves things out" in page.content.decode()
    assert not ContractDocument.objects.exists()
