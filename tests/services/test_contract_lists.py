"""The lists of one contract ask the database the same for one row and for three."""

from datetime import UTC, date, datetime

import pytest

from records.models import Document
from services.models import ContractDocument, ContractPayment, ContractVariation
from tests.make import accounts as make_accounts
from tests.make import plans as make_plans
from tests.make import services as make

pytestmark = pytest.mark.django_db
AT = datetime(2020, 4, 7, 9, 0, tzinfo=UTC)


@pytest.fixture
def cast(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    return make_accounts.cast()


@pytest.fixture
def contract(cast):
    return make.contract(cast, make_plans.plan(cast))


def payment(contract, cast, number):
    ContractPayment.objects.create(
        contract=contract, amount=5, covers_from=date(2020, 4, number), covers_to=date(2020, 4, 30), invoice=str(number)
    )


def document(contract, cast, number):
    kept = Document.objects.create(
        subject_type="services.Contract", subject_id=contract.pk, name=f"{number}.pdf", content_type="application/pdf",
        size=1, sha256="0", file=f"documents/{number}", uploaded_at=AT, uploaded_by=cast.officer,
    )  # fmt: skip
    ContractDocument.objects.create(
        contract=contract, kind="OTHER", title=f"Paper {number}", document=kept, added_at=AT
    )


def variation(contract, cast, number):
    ContractVariation.objects.create(
        contract=contract, number=number, kind="SCOPE", title=f"Change {number}", reason="x", drafted_at=AT,
        takes_effect_on=date(2020, 5, 1), drafted_by=cast.officer,
    )  # fmt: skip


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("make_row", "page", "asked"),
    [(payment, "payments", 12), (document, "documents", 9), (variation, "variations", 8)],
    ids=["payments", "documents", "variations"],
)
def test_lists_of_a_contract_ask_the_same_for_any_number_of_rows(
    client, cast, contract, django_assert_num_queries, make_row, page, asked, rows
):
    for number in range(1, rows + 1):
        make_row(contract, cast, number)
    client.force_login(cast.finance)

    with django_assert_num_queries(asked):
        text = client.get(f"/contracts/{contract.reference}/{page}/").content.decode()

    assert sum(text.count(words) for words in ('data-label="Covers"', ">Paper ", ">Change ")) == rows
