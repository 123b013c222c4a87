"""A contract with everything that can be known of it: parties, lots, values, payments, changes, papers."""

from datetime import UTC, date, datetime
from decimal import Decimal

from accounts.models import OrganisationIdentifier
from monitoring import actions as returns
from plans.enums import Basis
from records.models import Document
from services.actions import extensions as extensions_actions
from services.actions import kpis, variations
from services.enums import ContractPaperKind, OptionStatus, PartyRole, ReferenceKind, VariationKind
from services.models import (
    AdditionalService,
    ContractDocument,
    ContractMeeting,
    ContractParty,
    ContractPayment,
    ContractReference,
    ContractSource,
    ContractValue,
    Lot,
    MeetingAction,
)

from . import accounts, extensions, monitoring, services

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


def decision_world():
    """An extension decision with all its evidence: KPIs red twice, a return reviewed, payments, neighbours, a case."""
    made = extensions.world()
    cast, plan = made.cast, made.plan
    made.contract = rich_contract(cast, plan, rule_set=services.provider_rules(plan))
    made.variation = scope_variation(made.contract)
    ContractSource.objects.create(contract=made.contract, funding_source=plan.victims, amount=Decimal("200000"))
    made.reviewed = reviewed_return(made)
    made.kpis = add_kpis(made)
    made.meeting = meeting_with_action(made)
    made.neighbour = services.contract(
        cast, plan, key="neighbour", name="Youth service", provider=cast.yot, stream=plan.csps, options=[],
        annual_value=Decimal("81234.56"),
    )  # fmt: skip
    made.case = extensions_actions.open_case(
        contract=made.contract, reason="The decision is near", by=cast.officer, at=AT
    )
    return made


def add_kpis(made):
    """People seen in time: red, then red again, so that a plan is asked for; days to wait, without a target."""
    cast, contract = made.cast, made.contract
    given = {"contract": contract, "starts_on": date(2019, 4, 1), "by": cast.officer, "at": services.AT}
    seen = kpis.define_kpi(
        name="Seen within five days",
        kind="PERCENTAGE",
        direction="HIGHER",
        target=Decimal("90"),
        amber=Decimal("80.5"),
        **given,
    )
    wait = kpis.define_kpi(name="Days to the first meeting", kind="DAYS", direction="LOWER", **given)
    quarters = [
        (date(2020, 4, 1), date(2020, 6, 30), Decimal("91.25"), Decimal("4")),
        (date(2020, 7, 1), date(2020, 9, 30), Decimal("62.5"), None),
        (date(2020, 10, 1), date(2020, 12, 31), Decimal("61"), Decimal("6.5")),
    ]
    for number, (starts_on, ends_on, share, days) in enumerate(quarters):
        report, at = f"MR-2020-9{number}", datetime(2021, 1, 10 + number, 9, 0, tzinfo=UTC)
        figures = [(seen, share, "Staff were ill" if share < 80 else ""), (wait, days, "" if days else "Not counted")]
        kpis.report_results(
            report=report, contract=contract, starts_on=starts_on, ends_on=ends_on, version=1, figures=figures, at=at
        )
        kpis.accept_results(report=report, version=1, at=at)
    return seen, wait


def add_kpi(made, name):
    """One more KPI with a figure of its own."""
    at = datetime(2021, 2, 1, 9, 0, tzinfo=UTC)
    kpi = kpis.define_kpi(
        contract=made.contract, name=name, kind="COUNT", direction="HIGHER", target=Decimal("10"),
        starts_on=date(2019, 4, 1), by=made.cast.officer, at=at,
    )  # fmt: skip
    figures = [(kpi, Decimal("12"), "")]
    kpis.report_results(
        report=f"MR-{name}"[:20], contract=made.contract, starts_on=date(2020, 10, 1), ends_on=date(2020, 12, 31),
        version=1, figures=figures, at=at,
    )  # fmt: skip
    return kpi


def reviewed_return(made):
    """The first return that came due, filled in, handed in and found satisfactory."""
    swept, written = datetime(2020, 4, 8, 6, 0, tzinfo=UTC), datetime(2020, 4, 14, 9, 0, tzinfo=UTC)
    [row] = returns.open_due_returns(on=swept.date(), at=swept)
    monitoring.fill_in(row, by=made.cast.provider_lead, at=written)
    returns.submit_return(monitoring_return=row, by=made.cast.provider_lead, at=written)
    return monitoring.reviewed(row, by=made.cast.officer, at=datetime(2020, 4, 16, 9, 0, tzinfo=UTC))


def meeting_with_action(made):
    """A meeting held with one thing left to do for the provider."""
    meeting = ContractMeeting.objects.create(
        contract=made.contract, number=1, kind="QUARTERLY", status="HELD", planned_on=date(2021, 3, 1),
        held_on=date(2021, 3, 1),
    )  # fmt: skip
    MeetingAction.objects.create(
        meeting=meeting, number=1, does="Send the rota", organisation=made.cast.provider, due_on=date(2021, 4, 30)
    )
    return meeting
