"""Contracts come in once; the next extension decision stands in the diary; an officer moves its date."""

from datetime import UTC, date, datetime, timedelta

import pytest

from records.enums import ObligationKind
from records.models import Event, Message, Notice, Obligation
from records.refusals import Refused
from services import actions, rules
from services.enums import ContractStatus, OptionStatus
from services.models import AdditionalService, Contract
from tests.make import accounts as make_accounts
from tests.make import plans as make_plans
from tests.make import services as make

AT = make.AT
AUTUMN = {"printed_window": "autumn 2021", "window_starts_on": date(2021, 9, 1), "window_ends_on": date(2021, 11, 30)}
pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    cast = make_accounts.cast()
    return cast, make_plans.plan(cast)


def test_import_contract_writes_contract_options_services_and_event(world):
    contract = make.contract(
        *world,
        options=[
            {"number": 1, "status": "TAKEN_UP", "inferred": True, "source": ""},
            {"number": 2, **AUTUMN, "status": "AVAILABLE", "source": "The plan, page 9"},
        ],
        additional_services=[{"name": "Advocacy", "state": "DEVELOPING", "source": "The plan"}],
    )

    one, two = contract.options.order_by("number")
    assert contract.reference == "CT-2019-001"
    assert (one.status, one.is_recorded, one.inferred, one.months) == ("TAKEN_UP", True, True, 12)
    assert (two.status, two.is_recorded, two.printed_window) == ("AVAILABLE", False, "autumn 2021")
    assert AdditionalService.objects.get().state == "DEVELOPING"
    assert Event.objects.get(verb="loaded").by_label == "The portal"
    assert not Notice.objects.exists() and not Message.objects.exists()


def test_import_contract_twice_changes_nothing(world):
    contract = make.contract(*world)

    again = make.contract(*world, name="Another name")

    assert again == contract
    assert (Contract.objects.get().name, Obligation.objects.count(), Event.objects.count()) == ("Support service", 1, 1)


def test_arm_extension_decision_owes_one_decision_of_the_office(world):
    contract = make.contract(*world, options=[{"number": 1, **AUTUMN}, {"number": 2}])

    owed = Obligation.objects.get()
    assert (owed.kind, owed.organisation, owed.due_on) == (ObligationKind.EXTENSION_DECISION, None, date(2021, 11, 30))
    assert owed.title == "Decide whether to extend Support service (option 1)"
    assert owed.reference == f"{contract.reference}/O1"
    assert owed.link == contract.get_absolute_url()
    assert owed.anchor == "The last day of “autumn 2021”"


@pytest.mark.parametrize(
    "changes",
    [
        {"options": [{"number": 1}]},
        {"options": []},
        {"options": [{"status": OptionStatus.TAKEN_UP, "notice_months": 3}]},
        {"options": [{"status": OptionStatus.OFFERED, "notice_months": 3}]},
        {"options": [{"status": OptionStatus.LAPSED, "notice_months": 3}, {"notice_months": 3}]},
        {"status": ContractStatus.ENDED},
        {"at": datetime(2021, 10, 1, 9, 0, tzinfo=UTC)},
    ],
    ids=["no date known", "no options", "all taken up", "offered", "lapsed", "ended", "passed before it was entered"],
)
def test_arm_extension_decision_owes_nothing_without_a_day_ahead(world, changes):
    make.contract(*world, **changes)

    assert not Obligation.objects.exists()


def test_arm_extension_decision_on_the_very_day_still_reminds(world):
    make.contract(*world, at=datetime(2021, 9, 30, 9, 0, tzinfo=UTC))

    assert Obligation.objects.get().due_on == date(2021, 9, 30)


def test_arm_extension_decision_moves_on_to_the_next_option(world):
    contract = make.contract(*world)
    contract.options.filter(number=1).update(status=OptionStatus.TAKEN_UP)

    actions.arm_extension_decision(contract=Contract.objects.get(), at=AT)
    actions.arm_extension_decision(contract=Contract.objects.get(), at=AT)

    closed, owed = Obligation.objects.order_by("pk")
    assert (closed.closing, closed.closed_at) == ("No longer the next decision", AT)
    assert (owed.closed_at, owed.due_on, owed.period) == (None, date(2022, 9, 30), "option 2")


def test_set_decide_by_moves_the_obligation_with_its_history(world):
    cast, _ = world
    contract = make.contract(*world)

    actions.set_decide_by(
        option=contract.options.get(number=1), notice_months=6, **{**AUTUMN, "window_ends_on": date(2021, 9, 15)},
        reason="The provider asked for an earlier answer", by=cast.officer, at=AT,
    )  # fmt: skip

    owed = Obligation.objects.get()
    assert (owed.due_on, owed.first_due_on) == (date(2021, 9, 15), date(2021, 9, 30))
    moved = Event.objects.filter(verb="date_moved", subject_type="services.Contract").get()
    assert moved.reason == "The provider asked for an earlier answer"
    assert moved.changes["window_ends_on"] == [None, "2021-09-15"]
    assert moved.by == cast.officer


def test_set_decide_by_arms_an_option_that_had_no_date_and_disarms_it_again(world):
    cast, _ = world
    contract = make.contract(*world, options=[{"number": 1}])
    nothing = {"printed_window": "", "window_starts_on": None, "window_ends_on": None}
    same = {"option": contract.options.get(), "reason": "Seen in the contract", "by": cast.officer, "at": AT}

    actions.set_decide_by(notice_months=3, **nothing, **same)
    armed = Obligation.objects.open().get()
    actions.set_decide_by(notice_months=None, **nothing, **same)

    assert armed.due_on == date(2021, 12, 31)
    assert not Obligation.objects.open().exists()


def test_set_decide_by_without_a_change_writes_nothing(world):
    cast, _ = world
    contract = make.contract(*world)
    before = Event.objects.count()

    actions.set_decide_by(
        option=contract.options.get(number=1), notice_months=6, printed_window="", window_starts_on=None,
        window_ends_on=None, reason="None", by=cast.officer, at=AT + timedelta(days=1),
    )  # fmt: skip

    assert Event.objects.count() == before


def test_set_decide_by_refuses_the_wrong_person(world):
    cast, _ = world
    contract = make.contract(*world)

    with pytest.raises(Refused) as refused:
        actions.set_decide_by(
            option=contract.options.get(number=1), notice_months=1, printed_window="", window_starts_on=None,
            window_ends_on=None, reason="x", by=cast.pcc, at=AT,
        )  # fmt: skip

    assert refused.value.reason == rules.NOT_YOURS
    assert contract.options.get(number=1).notice_months == 6
