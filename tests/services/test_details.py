"""A contract kept on screen: its entry, what stands beside it, its end; by whom, with a reason (S1, S3, X2)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from plans.models import FundingSource
from records.models import Event, Obligation
from records.refusals import Refused
from services import queries
from services.actions import details as actions
from services.models import Contract, ContractReference, ExtensionOption
from services.rules import details as rules
from tests.make import accounts as make_accounts
from tests.make import plans as make_plans
from tests.make import services as make

pytestmark = pytest.mark.django_db
AT = datetime(2020, 4, 7, 9, 0, tzinfo=UTC)
WHY = {"reason": "As the contract says", "at": AT}


@pytest.fixture
def cast():
    return make_accounts.cast()


@pytest.fixture
def plan(cast):
    return make_plans.plan(cast)


@pytest.fixture
def contract(cast, plan):
    """3 + 1 + 1 + 1 from 1 April 2019."""
    return make.contract(cast, plan)


def history(contract):
    rows = Event.objects.filter(subject_type="services.Contract", subject_id=contract.pk).order_by("pk")
    return list(rows.values_list("verb", "reason"))


def test_enter_contract_writes_the_entry_and_its_event(cast, plan):
    contract = actions.enter_contract(
        name="Advocacy", stream=plan.csps, provider=cast.provider, starts_on=date(2021, 10, 1), initial_months=24,
        regime="PCR2015", light_touch=None, below_threshold=False, estimated_value=Decimal("500000"),
        estimated_value_source="Notice 7", by=cast.officer, at=AT,
    )  # fmt: skip

    assert (contract.reference, contract.key, contract.status) == ("CT-2021-001", "ct-2021-001", "LIVE")
    assert (contract.light_touch, contract.below_threshold) == (None, False)
    assert queries.term(contract).ends_on == date(2023, 9, 30)
    assert history(contract) == [("entered", "")]


def test_enter_contract_refuses_others_and_an_estimate_without_its_source(cast, plan):
    entry = {"name": "Advocacy", "starts_on": date(2021, 10, 1), "initial_months": 24, "stream": plan.csps, "at": AT}

    with pytest.raises(Refused, match="Only commissioning officers and the head of commissioning keep contracts"):
        actions.enter_contract(**entry, by=cast.finance)
    with pytest.raises(Refused, match="Say where the estimated value is printed"):
        actions.enter_contract(**entry, estimated_value=Decimal(1), by=cast.officer)

    assert not Contract.objects.exists()


def test_change_contract_moves_what_hangs_on_the_start(cast, contract):
    actions.change_contract(contract=contract, starts_on=date(2019, 6, 1), initial_months=36, by=cast.officer, **WHY)

    owed = Obligation.objects.open().get(kind="EXTENSION_DECISION")
    assert owed.due_on == date(2021, 11, 30)  # six months before 1 June 2022
    assert ("changed", WHY["reason"]) in history(contract)
    changes = Event.objects.filter(subject_type="services.Contract", verb="changed").get().changes
    assert changes == {"starts_on": ["2019-04-01", "2019-06-01"]}


def test_change_contract_leaves_dates_on_which_decisions_rest(cast, contract):
    ExtensionOption.objects.filter(contract=contract, number=1).update(status="TAKEN_UP")

    with pytest.raises(Refused, match="Decisions were taken or begun on these dates"):
        actions.change_contract(contract=contract, starts_on=date(2019, 6, 1), by=cast.officer, **WHY)


def test_change_contract_leaves_a_change_of_provider_to_a_variation(cast, contract):
    with pytest.raises(Refused, match="Another provider comes by a variation"):
        actions.change_contract(contract=contract, provider=cast.yot, by=cast.officer, **WHY)


def test_change_contract_asks_why(cast, contract):
    with pytest.raises(Refused, match="Say why this changes"):
        actions.change_contract(contract=contract, note="x", reason=" ", by=cast.officer, at=AT)


PART = {"does": "", "starts_on": None, "ends_on": None, "source": ""}


def test_write_party_lets_a_partner_see_the_contract_and_a_subcontractor_not(cast, contract):
    actions.write_party(contract=contract, organisation=cast.yot, role="SUBCONTRACTOR", **PART, by=cast.officer, **WHY)
    actions.write_party(contract=contract, organisation=cast.swale, role="PARTNER", **PART, by=cast.officer, **WHY)

    assert Contract.objects.visible_to(cast.swale_lead).get() == contract
    party = contract.parties.get(role="PARTNER")
    ended = {**PART, "ends_on": date(2020, 4, 1)}
    actions.write_party(
        contract=contract, party=party, organisation=cast.swale, role="PARTNER", **ended, by=cast.officer, **WHY
    )
    assert not Contract.objects.visible_to(cast.swale_lead).exists()


@pytest.mark.parametrize(
    ("who", "changes", "why"),
    [
        ("provider", {}, "is the provider already."),
        ("yot", {}, "is named already. Say first when that ended."),
        ("swale", {"starts_on": date(2020, 1, 2), "ends_on": date(2020, 1, 1)}, rules.ORDER),
        ("yot", {"ends_on": date(2020, 1, 1)}, ""),
    ],
)
def test_why_not_party(cast, contract, who, changes, why):
    contract.parties.create(organisation=cast.yot, role="PARTNER")
    days = {"starts_on": None, "ends_on": None, **changes}

    found = rules.why_not_party(contract, None, organisation=getattr(cast, who), role="PARTNER", **days)

    assert found.endswith(why) and bool(found) == bool(why)


def test_write_option_adds_one_and_the_decision_follows(cast, plan):
    contract = make.contract(cast, plan, options=[])

    option = actions.write_option(contract=contract, months=12, inferred=True, source="", by=cast.officer, **WHY)

    assert (option.number, option.inferred) == (1, True)
    assert queries.term(Contract.objects.get()).latest_ends_on == date(2023, 3, 31)


def test_write_option_leaves_a_settled_one(cast, contract):
    contract.options.filter(number=1).update(status="TAKEN_UP")
    option = contract.options.get(number=1)

    with pytest.raises(Refused, match="This option is settled"):
        actions.write_option(
            contract=contract, option=option, months=6, inferred=False, source="", by=cast.officer, **WHY
        )


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        (date(2020, 4, 1), date(2020, 3, 31), rules.ORDER),
        (date(2018, 4, 1), date(2019, 3, 31), "The contract starts on 1 April 2019, after this period."),
        (date(2020, 3, 31), date(2021, 3, 30), "1 April 2019 to 31 March 2020 has a value already. Change that one."),
        (date(2020, 4, 1), date(2021, 3, 31), ""),
    ],
)
def test_why_not_value(contract, first, last, why):
    contract.values.create(starts_on=date(2019, 4, 1), ends_on=date(2020, 3, 31))

    assert rules.why_not_value(contract, None, starts_on=first, ends_on=last) == why


def test_write_source_refuses_money_for_another_purpose(cast, plan, contract):
    victims = FundingSource.objects.create(
        key="v", plan=plan.plan, name="Victims grant", funder="A department", purpose="VICTIMS",
        starts_on=date(2020, 4, 1), ends_on=date(2021, 3, 31),
    )  # fmt: skip
    contract.stream.purpose = "CRIME_REDUCTION"
    contract.stream.save()

    with pytest.raises(Refused, match="Victims grant may not be spent on"):
        actions.write_source(contract=contract, funding_source=victims, amount=None, source="", by=cast.officer, **WHY)

    assert not contract.funding.exists()


def test_rows_beside_the_contract_are_written_told_and_removed(cast, contract):
    given = {"contract": contract, "by": cast.officer, **WHY}
    lot = actions.write_lot(name="East", description="", value=Decimal("10.50"), source="", **given)
    service = actions.write_service(
        name="Helpline", description="", lot=lot, state="DEVELOPING", starts_on=None, source="", **given
    )
    reference = actions.write_reference(kind="TENDER", value="2020/S 1", url="", published_on=None, source="", **given)
    value = actions.write_value(
        starts_on=date(2019, 4, 1), ends_on=date(2020, 3, 31), amount=Decimal("1"), basis="", source="x", **given
    )
    actions.write_value(
        value=value, starts_on=date(2019, 4, 1), ends_on=date(2020, 3, 31), amount=None, basis="", source="x", **given
    )

    assert (lot.number, service.state, reference.value) == (1, "DEVELOPING", "2020/S 1")
    with pytest.raises(Refused, match="A service stands in this lot"):
        actions.remove_row(row=lot, **given)
    actions.remove_row(row=reference, **given)
    assert not ContractReference.objects.exists()
    assert [verb for verb, _ in history(contract)][-6:] == ["added", "added", "added", "added", "changed", "removed"]
    last = Event.objects.filter(subject_type="services.Contract", verb="changed").latest("pk")
    assert last.changes == {"contract value: amount": ["1", None]}


@pytest.mark.parametrize(
    ("status", "number", "why"),
    [
        ("AVAILABLE", 3, ""),
        ("AVAILABLE", 2, "Another option comes after this one. Remove that first."),
        ("TAKEN_UP", 3, "This option is settled (taken up), so it stays."),
    ],
)
def test_why_not_remove_an_option(contract, status, number, why):
    option = contract.options.get(number=number)
    option.status = status

    assert rules.why_not_remove(option) == why


def test_end_contract_once_its_term_is_over(cast, contract):
    after = datetime(2022, 4, 1, 9, 0, tzinfo=UTC)

    with pytest.raises(Refused, match="Its term runs to 31 March 2022"):
        actions.end_contract(contract=contract, by=cast.officer, **WHY)
    actions.end_contract(contract=contract, reason="Not extended", by=cast.officer, at=after)

    contract.refresh_from_db()
    assert (contract.status, contract.ended_on, contract.ended_reason) == ("ENDED", date(2022, 3, 31), "Not extended")
    assert set(contract.options.values_list("status", flat=True)) == {"LAPSED"}
    assert not Obligation.objects.open().filter(kind="EXTENSION_DECISION").exists()


@pytest.mark.parametrize(
    ("status", "option", "why"),
    [
        ("ENDED", "AVAILABLE", "This contract has ended already."),
        ("LIVE", "OFFERED", "An extension is offered and not answered. Wait for the answer, or let the offer lapse."),
        ("LIVE", "AVAILABLE", ""),
    ],
)
def test_why_not_end(cast, contract, status, option, why):
    contract.status = status
    contract.options.filter(number=1).update(status=option)

    assert rules.why_not_end(contract, user=cast.officer, on=date(2022, 4, 1), ends_on=date(2022, 3, 31)) == why


ENTRY = {
    "name": "Advocacy", "description": "", "stream": "", "provider": "", "starts_on": "2021-10-01",
    "initial_months": "24", "regime": "", "light_touch": "", "below_threshold": "no", "estimated_value": "",
    "estimated_value_source": "", "note": "", "source": "", "reason": "",
}  # fmt: skip


def test_contract_new_enters_what_is_known_and_leaves_the_rest_unknown(client, cast, plan, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(cast.officer)

    answer = client.post("/contracts/new/", {**ENTRY, "stream": plan.csps.pk})

    contract = Contract.objects.get()
    assert (answer.status_code, answer.url) == (302, contract.get_absolute_url())
    assert (contract.name, contract.light_touch, contract.below_threshold, contract.regime) == (
        "Advocacy",
        None,
        False,
        "",
    )
    page = client.get(answer.url).content.decode()
    assert "Not known" in page and "Not published" in page


def test_contract_row_pages_add_change_and_remove(client, cast, contract, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(cast.officer)
    value = {
        "starts_on": "2019-04-01", "ends_on": "2020-03-31", "amount": "1,000", "basis": "AWARD", "source": "Notice",
        "reason": "Printed",
    }  # fmt: skip
    address = f"/contracts/{contract.reference}/edit/values/"

    client.post(address, value)
    row = contract.values.get()
    clash = client.post(address, {**value, "starts_on": "2019-05-01"})
    client.post(f"{address}{row.pk}/", {**value, "amount": ""})
    row.refresh_from_db()

    assert "has a value already" in clash.content.decode()
    assert (row.amount, row.basis) == (None, "AWARD")
    client.post(f"{address}{row.pk}/remove/", {"reason": "Entered twice"})
    assert not contract.values.exists()
    assert client.get(f"/contracts/{contract.reference}/edit/nothing/").status_code == 404


def test_contract_list_is_narrowed_by_provider_and_end(client, cast, plan, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    make.contract(cast, plan)
    make.contract(cast, plan, key="other", provider=cast.yot, starts_on=date(2018, 4, 1), name="Another service")
    client.force_login(cast.officer)

    def names(query):
        return [row.contract.name for row in client.get(f"/contracts/?{query}").context["rows"]]

    assert names(f"provider={cast.yot.key}") == ["Another service"]
    assert names("ends_before=2021-03-31") == ["Another service"]
    assert names("ends_after=2021-04-01") == ["Support service"]
    assert len(names("ends_after=2021-03-31")) == 2


def test_contract_show_keeps_how_the_entry_was_changed_inside_the_office(client, cast, contract, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    actions.change_contract(contract=contract, note="x", reason="Inside words", by=cast.officer, at=AT)

    client.force_login(cast.officer)
    inside = client.get(contract.get_absolute_url()).content.decode()
    client.force_login(cast.provider_lead)
    outside = client.get(contract.get_absolute_url()).content.decode()

    assert "Inside words" in inside and "Inside words" not in outside
    assert "Contract entered: Support service" in outside


def test_contract_pages_say_when_the_agreed_term_is_over_and_nobody_has_ended_it(client, cast, contract, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(cast.officer)

    page = client.get(contract.get_absolute_url()).content.decode()
    listed = client.get("/contracts/").content.decode()
    actions.end_contract(contract=contract, by=cast.officer, reason="Over", at=datetime(2022, 4, 1, 9, tzinfo=UTC))
    ended = client.get(contract.get_absolute_url()).content.decode()

    assert "Its agreed term ended on 31 March 2022, as far as is recorded here." in page
    assert "Agreed term over" in listed
    assert "Its agreed term ended" not in ended and "This contract has ended." in ended
