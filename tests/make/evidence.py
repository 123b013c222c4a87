"""A contract with everything that can be known of it: parties, lots, values, payments, changes, papers."""

from datetime import UTC, date, datetime
from decimal import Decimal

from accounts.models import OrganisationIdentifier
from plans.enums import Basis
from records.models import Document
from services.actions import variations
from services.enums import ContractPaperKind, OptionStatus, PartyRole, ReferenceKind, VariationKind
from services.models import (
    AdditionalService,
    ContractDocument,
    ContractParty,
    ContractPayment,
    ContractReference,
    ContractValue,
    Lot,
)

from . import accounts, services

AT = datetime(2021, 4, 1, 9, 0, tzinfo=UTC)
VALUES = [
    (date(2019, 4, 1), date(2020, 3, 31), Decimal("250000.10")),
    (date(2020, 4, 1), date(2021, 3, 31), Decimal("260000.25")),
    (date(2021, 4, 1), date(2022, 3, 31), None),
]
PAYMENTS = [
    (date(2019, 4, 1), date(2019, 6, 30), Decimal("62500.05"), date(2019, 7, 28), "INV-1"),
    (date(2019, 7, 1), date(2019, 9, 30), Decimal("62500.03"), date(2019, 10, 30), "INV-2"),
    (date(2021, 4, 1), date(2021, 6, 30), Decimal("70000"), None, "INV-3"),
]


def rich_contract(cast, plan, *, key="rich", options=None, **changes):
    """Family support, 3 + 1 + 1: first term from April 2019, the first option open until autumn 2021."""
    options = options or [{"notice_months": 6, "source": "Contract"}, {"notice_months": 6}]
    contract = services.contract(
        cast, plan, key=key, options=options, additional_services=[{"name": "Court support"}], **changes
    )
    OrganisationIdentifier.objects.get_or_create(organisation=cast.provider, scheme="GB-CHC", number="1017581")
    OrganisationIdentifier.objects.get_or_create(organisation=cast.provider, scheme="GB-COH", number="01234567")
    add_money(contract, plan)
    add_parties(contract, cast)
    add_papers(contract, cast)
    return contract


def add_money(contract, plan):
    """Three periods, one of unknown value; two payments made, one invoice open."""
    for starts_on, ends_on, amount in VALUES:
        ContractValue.objects.create(
            contract=contract,
            starts_on=starts_on,
            ends_on=ends_on,
            amount=amount,
            basis=Basis.ANNUAL_VALUE if amount else "",
            source="Contract schedule 2",
        )
    for covers_from, covers_to, amount, paid_on, invoice in PAYMENTS:
        ContractPayment.objects.create(
            contract=contract,
            funding_source=plan.victims,
            amount=amount,
            covers_from=covers_from,
            covers_to=covers_to,
            invoice=invoice,
            received_on=covers_to,
            paid_on=paid_on,
        )


def add_parties(contract, cast):
    """A partner, a subcontractor, and a subcontractor whose part is over; two lots, one of known value."""
    partner = accounts.organisation("partner", "Partner Charity", "CHARITY")
    small = accounts.organisation("small", "Small Charity", "CHARITY")
    gone = accounts.organisation("gone", "Gone Charity", "CHARITY")
    for organisation, role, ends_on in [
        (partner, PartyRole.PARTNER, None),
        (small, PartyRole.SUBCONTRACTOR, None),
        (gone, PartyRole.SUBCONTRACTOR, date(2020, 3, 31)),
    ]:
        ContractParty.objects.create(contract=contract, organisation=organisation, role=role, ends_on=ends_on)
    first = Lot.objects.create(contract=contract, number=1, name="Adults", value=Decimal("400000"))
    Lot.objects.create(contract=contract, number=2, name="Children")
    AdditionalService.objects.create(contract=contract, lot=first, name="Hate crime support")


def add_papers(contract, cast):
    """Two notices; the contract itself with a redacted copy, and a paper for nobody but the office."""
    ContractReference.objects.create(
        contract=contract, kind=ReferenceKind.TENDER, value="2018/S 1-234", published_on=date(2018, 9, 3)
    )
    ContractReference.objects.create(
        contract=contract, kind=ReferenceKind.AWARD, value="2019/S 2-345", url="https://notices.example.org/345"
    )
    whole, public = (_document(contract, cast.officer, name) for name in ("contract.pdf", "contract-public.pdf"))
    ContractDocument.objects.create(
        contract=contract,
        kind=ContractPaperKind.CONTRACT,
        title="The contract",
        document=whole,
        public_copy=public,
        redaction_reason="Names of staff",
        added_at=AT,
    )
    ContractDocument.objects.create(
        contract=contract, kind=ContractPaperKind.OTHER, title="Bank details", document=whole, added_at=AT
    )


def _document(contract, by, name):
    return Document.objects.create(
        subject_type=contract._meta.label,
        subject_id=contract.pk,
        name=name,
        content_type="application/pdf",
        size=10,
        sha256="0" * 64,
        file=f"documents/{name}",
        uploaded_at=AT,
        uploaded_by=by,
    )


def scope_variation(contract, *, at=AT):
    """A change of scope agreed in the past."""
    return variations.record_variation(
        contract=contract,
        kind=VariationKind.SCOPE,
        title="Support in court is added",
        reason="More hearings by video",
        takes_effect_on=date(2020, 10, 1),
        at=at,
    )


TAKEN = [{"status": OptionStatus.TAKEN_UP, "inferred": True}, {"status": OptionStatus.TAKEN_UP}]
