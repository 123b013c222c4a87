"""The returns of a contract: owed under its rules, moved with its days, chosen on screen (S4, X4)."""

from datetime import UTC, date, datetime

import pytest

from plans.enums import Anchor, Timing
from plans.models import MovableEvent, ReportingRule
from records.enums import ObligationKind
from records.models import Event, Notice, Obligation
from records.refusals import Refused
from services import actions, rules
from services.enums import ContractStatus, OptionStatus
from services.models import Contract, ExtensionOption
from tests.make import accounts as make_accounts
from tests.make import plans as make_plans
from tests.make import services as make

pytestmark = pytest.mark.django_db
LATER = datetime(2020, 5, 4, 9, 0, tzinfo=UTC)
WHY = "Agreed with the provider"


@pytest.fixture
def world():
    cast = make_accounts.cast()
    return cast, make_plans.plan(cast)


def owed(contract):
    rows = Obligation.objects.open().about(contract).filter(kind=ObligationKind.RETURN).order_by("due_on", "pk")
    return [(row.period, row.due_on) for row in rows]


def test_import_contract_owes_what_is_still_to_come_and_tells_nobody(world):
    contract = make.reporting_contract(*world)

    found = owed(contract)
    first = Obligation.objects.open().about(contract).filter(kind=ObligationKind.RETURN).earliest("due_on")
    assert (found[0], found[-1]) == (
        ("QUARTERLY:20200101", date(2020, 4, 30)),
        ("QUARTERLY:20220101", date(2022, 4, 30)),
    )
    assert len(found) == 9
    assert (first.organisation, first.title) == (
        contract.provider,
        "Quarterly return to 31 March 2020 for Support service",
    )
    assert not Notice.objects.exists()


def test_owe_returns_twice_changes_nothing(world):
    contract = make.reporting_contract(*world)
    before, events = owed(contract), Event.objects.count()

    assert actions.owe_returns(contract=Contract.objects.get(), at=LATER) == []
    assert (owed(contract), Event.objects.count()) == (before, events)


def test_owe_returns_goes_on_with_an_option_taken_up(world):
    contract = make.reporting_contract(*world)
    ReportingRule.objects.filter(rule_set=contract.rule_set).update(due_days=5)  # the contract keeps its own
    ExtensionOption.objects.filter(contract=contract, number=1).update(status=OptionStatus.TAKEN_UP)

    changes = actions.owe_returns(contract=Contract.objects.get(), by=world[0].officer, at=LATER, reason="Extended")

    assert [change.obligation.period for change in changes] == [
        "QUARTERLY:20220401", "QUARTERLY:20220701", "QUARTERLY:20221001", "QUARTERLY:20230101",
    ]  # fmt: skip
    assert changes[0].now == date(2022, 7, 30)
    told = Notice.objects.get(rule="contract_returns_owed")
    assert told.person == world[0].provider_lead
    assert "Quarterly return to 30 June 2022 for Support service: new, due by 30 July 2022" in told.body


@pytest.mark.parametrize("changes", [{"status": ContractStatus.ENDED}, {"provider": None}])
def test_owe_returns_asks_nothing_where_nobody_can_owe_it(world, changes):
    assert owed(make.reporting_contract(*world, **changes)) == []


def test_give_rule_set_owes_returns_and_tells_the_provider(world):
    cast, plan = world
    contract = make.contract(cast, plan)

    actions.give_rule_set(
        contract=contract, rule_set=make.provider_rules(plan), reason=f" {WHY} ", by=cast.officer, at=LATER
    )

    contract.refresh_from_db()
    event = Event.objects.get(verb="rules_given")
    assert (contract.rule_set.key, contract.reporting[0]["kind"]) == ("provider-rules", "QUARTERLY")
    assert owed(contract)[0] == ("QUARTERLY:20200401", date(2020, 7, 30))
    assert (event.reason, event.changes) == (WHY, {"rule_set": ["", "provider-rules"]})
    assert Notice.objects.get(rule="contract_returns_owed").person == cast.provider_lead


def test_give_rule_set_takes_away_what_the_new_rules_do_not_ask(world):
    cast, plan = world
    contract = make.reporting_contract(cast, plan)

    actions.give_rule_set(contract=contract, rule_set=plan.third_rules, reason=WHY, by=cast.officer, at=LATER)

    assert owed(contract) == [("YEAR_END", date(2022, 4, 30))]
    gone = Obligation.objects.about(contract).get(period="QUARTERLY:20200101")
    assert gone.closing == f"No longer owed: {WHY}"


def test_redate_event_returns_of_contracts(world):
    cast, plan = world
    poll = MovableEvent.objects.create(
        key="poll", name="The poll", first_expected_on=date(2021, 5, 6), expected_on=date(2021, 5, 6)
    )
    under = make.provider_rules(plan)
    ReportingRule.objects.create(
        rule_set=under, kind="AFTERWARDS", timing=Timing.AFTER_ANCHOR, anchor=Anchor.EVENT, event=poll, due_days=10
    )
    contract = make.contract(cast, plan, rule_set=under)
    assert actions.redate_event_returns(at=LATER) == []
    MovableEvent.objects.filter(pk=poll.pk).update(expected_on=date(2021, 6, 3))

    assert actions.redate_event_returns(at=LATER) == [contract]
    assert dict(owed(contract))["AFTERWARDS"] == date(2021, 6, 13)
    assert "The poll" not in Notice.objects.get(rule="contract_returns_owed").heading
    assert actions.redate_event_returns(at=LATER) == []


@pytest.mark.parametrize(
    ("who", "changes", "same", "reason", "sentence"),
    [
        ("finance", {}, False, WHY, "Only commissioning officers and the head of commissioning choose the rules"),
        (
            "officer",
            {"status": ContractStatus.ENDED},
            False,
            WHY,
            "This contract has ended",
        ),
        ("officer", {"provider": None}, False, WHY, "No provider is recorded for this contract"),
        ("officer", {}, True, WHY, "This contract is under these rules already. Choose others."),
        ("officer", {}, False, "  ", "Say why. It stays in the history of the contract."),
    ],
)
def test_why_not_give_rule_set(world, who, changes, same, reason, sentence):
    cast, plan = world
    contract = make.contract(cast, plan, rule_set=plan.third_rules, **changes)
    given = {"rule_set": plan.third_rules if same else plan.csp_rules, "reason": reason}

    found = rules.why_not_give_rule_set(contract, user=getattr(cast, who), on=LATER.date(), **given)

    assert found.startswith(sentence)
    with pytest.raises(Refused):
        actions.give_rule_set(contract=contract, **given, by=getattr(cast, who), at=LATER)


def test_contract_rules_page_says_what_each_asks_and_gives_one(client, world, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    cast, plan = world
    contract = make.contract(cast, plan)
    make.provider_rules(plan)
    client.force_login(cast.officer)

    page = client.get(f"{contract.get_absolute_url()}rules/").content.decode()
    response = client.post(f"{contract.get_absolute_url()}rules/", {"rule_set": "provider-rules", "reason": WHY})
    shown = client.get(contract.get_absolute_url()).content.decode()

    assert "every 3 months, due 30 days after the end of the period" in page
    assert response.url == contract.get_absolute_url()
    assert "Provider rules" in shown
    assert "Ask for a return outside the pattern" in shown
