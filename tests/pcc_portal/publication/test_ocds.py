"""Open Contracting releases: valid against the official schemas, true to the rows, silent about the unknown."""

import hashlib
import json
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import transaction

from pcc_portal.publication import ocds, ocds_json
from records.enums import ObligationKind
from records.models import Decision, Obligation
from services.actions import variations
from services.enums import ContractStatus, VariationKind
from services.models import Contract, ContractReference, ContractValue
from tests.make import accounts, evidence, extensions, plans
from tests.make import services as make

from .schemas import AT, NAMES, ON, SCHEMAS, URI, faults, published, validator

pytestmark = pytest.mark.django_db


def release_of(contract, *, on=ON):
    return published(ocds.contracts().filter(pk=contract.pk), on=on)["releases"][0]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """A contract of which everything is known, and one that ran past its options and ended."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = accounts.cast()
        plan = plans.plan(cast)
        rich = evidence.rich_contract(
            cast,
            plan,
            description="For families",
            estimated_value=Decimal("900000"),
            rule_set=make.provider_rules(plan),
        )
        evidence.scope_variation(rich)
        ended = make.contract(
            cast, plan, key="ended", starts_on=date(2016, 4, 1), options=evidence.TAKEN, provider=cast.yot
        )
        variations.record_variation(
            contract=ended,
            kind=VariationKind.OUTSIDE_TERMS,
            title="A year more",
            reason="No other service was ready",
            ends_on=date(2022, 3, 31),
            after_options=2,
            at=AT,
        )
        Contract.objects.filter(pk=ended.pk).update(status=ContractStatus.ENDED, ended_on=date(2022, 3, 31))
        example = make.contract(cast, plan, key="example", is_example=True, provider=None, options=[])
        yield SimpleNamespace(cast=cast, plan=plan, rich=rich, ended=ended, example=example)
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", NAMES)
def test_schema_is_the_one_its_readme_names(name):
    digest = hashlib.sha256((SCHEMAS / name).read_bytes()).hexdigest()

    assert f"`{digest}`" in (SCHEMAS / "README.md").read_text()


def test_schema_refuses_what_is_no_release():
    wrong = {"ocid": 7, "id": "1", "date": "yesterday", "tag": ["contract"], "initiationType": "tender"}
    wrong["contracts"] = [{"id": "1", "value": {"amount": "much", "currency": "GBP"}}]

    for name in NAMES:
        paths = {error.json_path for error in validator(name).iter_errors(wrong)}
        assert paths == {"$.ocid", "$.date", "$.contracts[0]", "$.contracts[0].value.amount"}, name


def test_releases_of_every_contract_are_valid(world):
    releases = published(ocds.contracts())["releases"]

    assert len(releases) == 3
    assert [fault for release in releases for fault in faults(release)] == []


def test_release_names_parties_by_their_register_and_no_person(world):
    release = release_of(world.rich)

    assert [(party["id"], party["roles"]) for party in release["parties"]] == [
        ("office", ["buyer", "payer"]),
        ("GB-CHC-1017581", ["supplier", "payee"]),
        ("partner", ["supplier"]),
        ("small", ["subcontractor"]),
    ]
    provider = release["parties"][1]
    assert provider["identifier"] == {"scheme": "GB-CHC", "id": "1017581", "legalName": "Example Provider"}
    assert provider["additionalIdentifiers"] == [{"scheme": "GB-COH", "id": "01234567"}]
    assert release["awards"][0]["suppliers"] == [
        {"id": "GB-CHC-1017581", "name": "Example Provider"},
        {"id": "partner", "name": "Partner Charity"},
    ]
    text = json.dumps(release, default=str)
    assert not [name for name in ("Ola", "Pro Lead", "@example.org", "Bank details") if name in text]


def test_release_names_the_office_that_has_taken_the_place_of_another(world):
    board = accounts.organisation("board", "Policing Board", "OFFICE")
    variations.record_variation(
        contract=world.rich,
        kind=VariationKind.OFFICE,
        title="A new office",
        reason="The post ends",
        takes_effect_on=date(2021, 5, 1),
        new_provider=board,
        at=AT,
    )

    told = release_of(world.rich)

    assert told["buyer"] == {"id": "board", "name": "Policing Board"}
    assert told["parties"][0]["roles"] == ["buyer", "payer"]
    assert told["contracts"][0]["amendments"][-1]["description"] == (
        "The office itself. A new office: Policing Board takes over"
    )
    assert faults(told) == []


def test_release_gives_the_agreed_and_the_longest_term(world):
    period = release_of(world.rich)["contracts"][0]["period"]

    assert period == {
        "startDate": "2019-04-01T00:00:00+01:00",
        "endDate": "2022-03-31T23:59:59+01:00",
        "maxExtentDate": "2024-03-31T23:59:59+01:00",
        "durationInDays": 1096,
    }


def test_release_leaves_out_a_value_that_is_not_wholly_known(world):
    told = release_of(world.rich)

    assert "value" not in told["contracts"][0]
    assert "value" not in told["awards"][0]
    assert told["tender"]["value"] == {"amount": 900000, "currency": "GBP"}
    assert [lot.get("value") for lot in told["tender"]["lots"]] == [{"amount": 400000, "currency": "GBP"}, None]


def test_release_gives_the_whole_value_to_the_penny_once_every_period_is_known(world):
    ContractValue.objects.filter(contract=world.rich, amount=None).update(amount=Decimal("265000.40"))

    assert release_of(world.rich)["contracts"][0]["value"] == {"amount": Decimal("775000.75"), "currency": "GBP"}

    ContractValue.objects.filter(contract=world.rich, starts_on=date(2020, 4, 1)).update(starts_on=date(2020, 4, 2))
    assert "value" not in release_of(world.rich)["contracts"][0]  # a day that no row covers


def test_release_lists_payments_made_by_the_day_and_no_open_invoice(world):
    paid = release_of(world.rich)["contracts"][0]["implementation"]["transactions"]

    assert [(row["date"], row["value"]["amount"], row["payer"]["id"], row["payee"]["id"]) for row in paid] == [
        ("2019-07-28T00:00:00+01:00", Decimal("62500.05"), "office", "GB-CHC-1017581"),
        ("2019-10-30T00:00:00+00:00", Decimal("62500.03"), "office", "GB-CHC-1017581"),
    ]
    early = release_of(world.rich, on=date(2019, 7, 28))["contracts"][0]["implementation"]["transactions"]
    assert len(early) == 1


def test_release_tells_changes_in_the_order_they_took_effect(world):
    assert release_of(world.rich)["contracts"][0]["amendments"] == [
        {
            "id": "V1",
            "date": "2020-10-01T00:00:00+01:00",
            "rationale": "More hearings by video",
            "description": "Scope. Support in court is added",
        }
    ]
    assert [(row["id"], row["rationale"]) for row in release_of(world.ended)["contracts"][0]["amendments"]] == [
        ("O1", "A right to extend in the contract"),
        ("O2", "A right to extend in the contract"),
        ("V1", "No other service was ready"),
    ]
    first, *_others = release_of(world.ended)["contracts"][0]["amendments"]
    assert first["description"].endswith("runs to 31 March 2020 (inferred: no source states it)")
    assert "date" not in first  # no source gives the day


def test_release_tells_the_reason_of_an_extension_only_once_its_decision_is_published(world):
    signatory = accounts.person("s@provider.example.org", "Pro Signatory", "SIGNATORY", world.cast.provider)
    case = extensions.opened(world, key="extended")
    at = extensions.day(2021, 5, 10)
    extensions.offered(world, case, at=at)
    extensions.actions.accept_offer(case=case, by=signatory, at=extensions.day(2021, 5, 20))

    before = release_of(case.contract)
    Decision.objects.filter(extension_ruling__case=case).update(published_at=at, published_by=world.cast.head)
    after = release_of(case.contract)

    [told] = before["contracts"][0]["amendments"]
    assert told == {
        "id": "O1",
        "date": "2021-05-10T09:00:00Z",
        "rationale": "A right to extend in the contract",
        "description": "Option 1 taken up: the contract runs to 31 March 2023",
    }
    assert before["contracts"][0]["milestones"][0]["status"] == "met"
    assert after["contracts"][0]["amendments"] == [{**told, "rationale": extensions.OFFER["reason"]}]
    assert faults(after) == []


def test_release_holds_days_of_decisions_and_returns(world):
    told = release_of(world.rich)["contracts"][0]

    assert [(row["id"], row["status"], row.get("dueDate", "")[:10]) for row in told["milestones"]] == [
        ("O1", "scheduled", "2021-09-30"),
        ("O2", "scheduled", "2022-09-30"),
    ]
    reporting = told["implementation"]["milestones"]
    owed = Obligation.objects.about(world.rich).filter(kind=ObligationKind.RETURN)
    assert {(row["type"], row["id"]) for row in reporting} == {("reporting", f"R{row.pk}") for row in owed}
    assert {row["dueDate"][:10]: row["status"] for row in reporting} == {
        row.due_on.isoformat(): "notMet" if row.due_on < ON else "scheduled" for row in owed
    }


def test_release_shows_public_copies_alone(world):
    told = release_of(world.rich)

    assert [(row["title"], row["description"]) for row in told["contracts"][0]["documents"]] == [
        ("The contract", "Parts are left out: Names of staff")
    ]
    assert told["awards"][0]["documents"] == [
        {
            "id": "2019/S 2-345",
            "documentType": "awardNotice",
            "title": "Contract award notice 2019/S 2-345",
            "url": "https://notices.example.org/345",
            "language": "en",
        }
    ]


def test_release_says_by_its_tags_what_it_tells_of(world):
    assert release_of(world.rich)["tag"] == ["award", "contract", "contractAmendment", "implementationUpdate"]
    assert release_of(world.ended)["tag"] == ["award", "contract", "contractAmendment", "contractTermination"]
    assert release_of(world.example)["tag"] == ["award", "contract"]
    assert (release_of(world.ended)["contracts"][0]["status"]) == "terminated"


def test_release_of_example_data_says_so(world):
    told = release_of(world.example)

    assert told["contracts"][0]["title"] == "EXAMPLE DATA: Support service"
    assert "suppliers" not in told["awards"][0]


def test_release_keeps_its_id_until_something_changes(world, settings):
    settings.OCDS_PREFIX = "ocds-abc123"
    before, again = release_of(world.rich), release_of(world.rich)

    Contract.objects.filter(pk=world.rich.pk).update(name="Families first")
    after = release_of(world.rich)

    assert before == again
    assert before["ocid"] == f"ocds-abc123-{world.rich.reference.lower()}"
    assert before["id"].startswith(f"{before['ocid']}-")
    assert after["ocid"] == before["ocid"]
    assert after["id"] != before["id"]


def test_release_keeps_an_identifier_that_a_notice_gave(world):
    ContractReference.objects.create(contract=world.rich, kind="OCID", value="ocds-h6vhtk-05512e")

    assert release_of(world.rich)["ocid"] == "ocds-h6vhtk-05512e"


def test_package_says_who_publishes_and_which_extension_it_uses(world):
    package = published(ocds.contracts())

    assert {name: package[name] for name in ("uri", "version", "publishedDate", "extensions")} == {
        "uri": URI,
        "version": "1.1",
        "publishedDate": "2021-06-01T08:30:00Z",
        "extensions": [ocds.LOTS],
    }
    assert package["publisher"]["name"] == "Office of the Commissioner"
    assert "extensions" not in published(ocds.contracts().filter(key="ended"))


def test_packages_ask_the_same_for_one_contract_and_for_three(world, django_assert_num_queries):
    with django_assert_num_queries(20):
        published(ocds.contracts().filter(pk=world.rich.pk))
    with django_assert_num_queries(20):
        published(ocds.contracts())


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ({"amount": Decimal("1234.50")}, "1234.50"),
        ({"amount": Decimal("1100000.00")}, "1100000"),
        ({"amount": Decimal("0.01")}, "0.01"),
        ({"title": "£5 & more"}, '"£5 & more"'),
    ],
)
def test_sums_are_written_as_exact_numbers(told, text):
    assert ocds_json.as_json(told) == f'{{\n  "{next(iter(told))}": {text}\n}}'


def test_what_has_no_place_in_open_data_is_refused():
    with pytest.raises(TypeError):
        ocds_json.as_json({"day": date(2021, 1, 1)})
