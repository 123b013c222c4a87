"""A provider's return under its contract, from the sweep to the verdict; waived, asked for, counted (S4, C8)."""

from datetime import UTC, date, datetime

import pytest

from accounts.enums import RoleName
from monitoring import actions, queries, rules
from monitoring.enums import ReturnStatus
from monitoring.models import MonitoringReturn
from records.enums import ObligationKind
from records.models import Notice, Obligation
from records.refusals import Refused
from services.enums import ContractStatus
from services.models import Contract
from tests.make import accounts
from tests.make import monitoring as make
from tests.make import services as make_services

pytestmark = pytest.mark.django_db
SWEPT = datetime(2020, 4, 8, 6, 0, tzinfo=UTC)
WRITTEN = datetime(2020, 4, 14, 9, 0, tzinfo=UTC)
READ = datetime(2020, 4, 16, 9, 0, tzinfo=UTC)
ASKED = {
    "starts_on": date(2020, 1, 1),
    "ends_on": date(2020, 2, 29),
    "due_on": date(2020, 5, 1),
    "reason": "The waiting list grew",
}


@pytest.fixture
def contract(cast, plan):
    return make_services.reporting_contract(cast, plan)


def swept(on=SWEPT):
    return actions.open_due_returns(on=on.date(), at=on)


def test_open_due_returns_opens_that_of_a_contract_with_its_template(cast, contract):
    [row] = swept()

    indicators = row.template_version.sections.values_list("indicators", flat=True)
    asked = sum(len(queries.parts_of(indicator)) for indicator in _indicators(row))
    assert (row.contract, row.award, row.kind, row.organisation) == (contract, None, "QUARTERLY", cast.provider)
    assert (row.starts_on, row.ends_on) == (date(2020, 1, 1), date(2020, 3, 31))
    assert row.template_version.template.key == "victims-return"
    assert row.indicator_values.count() == asked > len(set(indicators))
    assert not row.spend_lines.exists()
    assert row.rules == contract.rule_set
    assert Notice.objects.get(rule="return_opened").person == cast.provider_lead
    assert swept() == []


def _indicators(row):
    return [indicator for section in row.template_version.sections.all() for indicator in section.indicators.all()]


def test_a_provider_writes_submits_answers_and_the_office_reviews(cast, contract):
    [row] = swept()

    make.fill_in(row, by=cast.provider_lead, at=WRITTEN)
    actions.submit_return(monitoring_return=row, by=cast.provider_lead, at=WRITTEN)
    make.queried(row, by=cast.officer, at=READ)
    asked = row.queries.get()
    actions.answer_queries(monitoring_return=row, answers={asked.pk: "Two more"}, by=cast.provider_lead, at=READ)
    make.reviewed(row, by=cast.officer, at=READ)

    row = MonitoringReturn.objects.get(pk=row.pk)
    assert (row.status, row.verdict, row.versions.count()) == (ReturnStatus.REVIEWED, "SATISFACTORY", 2)
    assert row.obligation.closing.startswith(f"Submitted as {row.reference}")
    assert not Obligation.objects.open().filter(kind=ObligationKind.RETURN_REVIEW).exists()
    assert row.versions.first().paper is not None


def test_return_of_a_contract_is_certified_where_its_rules_ask_for_it(cast, plan):
    rules_of = make_services.provider_rules(plan, certifier_required=True)
    make_services.contract(cast, plan, rule_set=rules_of)
    certifier = accounts.person("finance@provider.example.org", "Pro Certifier", RoleName.CERTIFIER, cast.provider)
    [row] = swept()
    lead = {"by": cast.provider_lead, "at": WRITTEN}
    make.fill_in(row, **lead)

    with pytest.raises(Refused, match="Send this return for certification first"):
        actions.submit_return(monitoring_return=row, **lead)
    actions.send_for_certification(monitoring_return=row, **lead)
    asked = Notice.objects.get(rule="certification_asked")
    with pytest.raises(Refused, match="certifier"):
        actions.certify_return(monitoring_return=row, by=cast.maidstone_certifier, at=WRITTEN)
    actions.certify_return(monitoring_return=row, by=certifier, at=READ)
    actions.submit_return(monitoring_return=row, by=cast.provider_lead, at=READ)

    row = MonitoringReturn.objects.get(pk=row.pk)
    assert (row.status, row.certified_by, row.certified_at) == (ReturnStatus.SUBMITTED, certifier, READ)
    assert asked.person == certifier
    assert row.versions.get().content["certified_by"] == "Pro Certifier"


def test_waive_return_of_a_contract_closes_what_was_owed(cast, contract):
    [row] = swept()

    actions.waive_return(monitoring_return=row, reason="The service had not begun", by=cast.officer, at=READ)

    row.obligation.refresh_from_db()
    assert (row.obligation.closed_by, row.obligation.closing) == (cast.officer, "Waived")


def test_ask_for_return_of_a_contract_opens_at_once(cast, contract):
    row = actions.ask_for_return(contract=contract, **ASKED, by=cast.officer, at=READ)

    assert (row.contract, row.kind, row.asked_reason) == (contract, "AD_HOC", "The waiting list grew")
    assert row.obligation.title == "Ad hoc return for Support service"
    assert row.obligation.organisation == cast.provider
    with pytest.raises(Refused, match="has been asked for already"):
        actions.ask_for_return(contract=contract, **ASKED, by=cast.officer, at=READ)


@pytest.mark.parametrize(
    ("changes", "given", "sentence"),
    [
        ({"status": ContractStatus.ENDED}, {}, "This contract has ended, so no return can be asked for."),
        ({"provider": None}, {}, "No provider is recorded for this contract, so nobody could send a return."),
        ({"rule_set": None}, {}, "This contract is under no rules yet. Choose them first on its page."),
        (
            {},
            {"period": (date(2022, 1, 1), date(2022, 4, 1))},
            "The period must lie within the period of the contract.",
        ),
        ({}, {"period": (date(2020, 1, 1), date(2020, 3, 31)), "due_on": date(2020, 5, 1), "reason": "Why"}, ""),
    ],
)
def test_why_not_ask_of_a_contract(cast, plan, changes, given, sentence):
    contract = make_services.contract(cast, plan, **{"rule_set": plan.third_rules, **changes})

    assert rules.why_not_ask(contract, user=cast.officer, on=READ.date(), **given) == sentence


def test_who_owes_counts_contracts_that_stand(cast, contract):
    swept()
    assert [row.organisation for row in queries.who_owes(READ.date())] == [cast.provider]

    Contract.objects.update(status=ContractStatus.ENDED)

    assert list(queries.who_owes(READ.date())) == []


def test_template_version_for_takes_the_rules_own_then_that_of_the_stream(cast, plan, contract):
    usual = queries.template_version_for(contract, "AD_HOC")
    contract.stream = None

    assert usual.template.key == "grants-return"
    assert queries.template_version_for(contract, "QUARTERLY").template.key == "victims-return"
    assert queries.template_version_for(contract, "AD_HOC") is None
