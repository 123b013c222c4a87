"""A case opens early enough, once, with steps dated back from the decide-by day; it closes when nothing is left."""

from datetime import date

import pytest

from plans.actions import move_event
from plans.models import MovableEvent
from records.enums import ObligationKind
from records.models import Event, Notice, Obligation
from records.refusals import Refused
from services import actions as contract_actions
from services.actions import extensions as actions
from services.enums import ExtensionStatus, OptionStatus
from services.models import ExtensionCase
from tests.make import extensions as make
from tests.make import services

pytestmark = pytest.mark.django_db
day = make.day


def owed(case):
    """What is open about the case and its steps, by kind and day."""
    steps = case.steps.values("pk")
    rows = Obligation.objects.open().filter(subject_type="services.ExtensionStep", subject_id__in=steps)
    return {row.period: (row.kind, row.due_on) for row in rows}


def test_prepare_decisions_opens_a_case_with_its_steps_owed_by_day(world):
    case = world.case

    assert (case.number, case.status, case.decide_by) == (1, "PREPARING", date(2021, 9, 30))
    assert case.reference == f"{case.contract.reference}/X1"
    assert owed(case) == {
        "PROVIDER_ASKED": ("EXTENSION_STEP", date(2021, 5, 11)),
        "EVIDENCE": ("EXTENSION_STEP", date(2021, 7, 7)),
        "ADVICE": ("EXTENSION_STEP", date(2021, 8, 18)),
        "FINANCE": ("EXTENSION_FINANCE", date(2021, 9, 2)),
        "DECISION": ("EXTENSION_STEP", date(2021, 9, 16)),
        "LETTER": ("EXTENSION_STEP", date(2021, 9, 23)),
        "NOTICE": ("EXTENSION_STEP", date(2021, 9, 30)),
    }
    told = Notice.objects.filter(rule="extension_opened").values_list("person__email", flat=True)
    assert set(told) == {"officer@opcc.example.org", "officer2@opcc.example.org", "head@opcc.example.org"}


def test_prepare_decisions_twice_opens_one_case(world):
    again = actions.prepare_decisions(at=make.day(2021, 6, 15))

    assert again == []
    assert ExtensionCase.objects.count() == 1


@pytest.mark.parametrize(("at", "number"), [(day(2021, 4, 9), 0), (day(2021, 4, 12), 1)])
def test_prepare_decisions_opens_so_many_working_days_before(world, at, number):
    contract = services.contract(world.cast, world.plan, key="other")

    actions.prepare_decisions(at=at)

    assert ExtensionCase.objects.filter(contract=contract).count() == number


def test_prepare_decisions_shares_out_what_time_is_left_and_says_so(world):
    contract = services.contract(world.cast, world.plan, key="other")

    actions.prepare_decisions(at=day(2021, 9, 1))

    steps = ExtensionCase.objects.get(contract=contract).steps.all()
    assert [(step.kind, step.due_on) for step in steps] == [
        ("PROVIDER_ASKED", date(2021, 9, 6)),
        ("EVIDENCE", date(2021, 9, 15)),
        ("ADVICE", date(2021, 9, 22)),
        ("FINANCE", date(2021, 9, 24)),
        ("DECISION", date(2021, 9, 28)),
        ("LETTER", date(2021, 9, 29)),
        ("NOTICE", date(2021, 9, 30)),
    ]
    said = "Fewer working days are left than this step is given"
    assert [step.note for step in steps] == [said] * 6 + [""]


@pytest.mark.parametrize(
    "changes",
    [
        {"at": day(2021, 10, 4)},
        {"options": [{"number": 1}]},
        {"status": "ENDED"},
        {"provider": None},
        {"options": [{"number": 1, "status": "LAPSED"}, {"number": 2, "notice_months": 6}]},
    ],
    ids=["its day was past when it came in", "no date known", "ended", "no provider", "an earlier option has lapsed"],
)
def test_prepare_decisions_opens_nothing_for(world, changes):
    services.contract(world.cast, world.plan, key="other", **changes)

    opened = actions.prepare_decisions(at=day(2021, 10, 5))

    assert opened == []


def test_steps_move_with_the_decide_by_day(world):
    option = world.case.option

    contract_actions.set_decide_by(
        option=option, notice_months=3, printed_window="", window_starts_on=None, window_ends_on=None,
        reason="As the contract says", by=world.cast.officer, at=make.day(2021, 6, 15),
    )  # fmt: skip

    case = make.fresh(world.case)
    assert case.decide_by == date(2021, 12, 31)
    assert owed(case)["PROVIDER_ASKED"] == ("EXTENSION_STEP", date(2021, 8, 10))
    assert owed(case)["ADVICE"] == ("EXTENSION_STEP", date(2021, 11, 17))
    assert owed(case)["NOTICE"] == ("EXTENSION_STEP", date(2021, 12, 31))
    [moved] = Event.objects.filter(verb="date_moved", subject_id=case.pk, subject_type="services.ExtensionCase")
    assert (moved.reason, moved.changes) == ("As the contract says", {"decide_by": ["2021-09-30", "2021-12-31"]})


def test_a_step_that_is_done_keeps_its_day_when_the_decide_by_day_moves(world):
    actions.ask_provider(case=world.case, words="Willing?", by=world.cast.officer, at=make.day(2021, 6, 15))

    contract_actions.set_decide_by(
        option=world.case.option, notice_months=3, printed_window="", window_starts_on=None, window_ends_on=None,
        reason="As the contract says", by=world.cast.officer, at=make.day(2021, 6, 16),
    )  # fmt: skip

    assert world.case.steps.get(kind="PROVIDER_ASKED").due_on == date(2021, 5, 11)
    assert "PROVIDER_ASKED" not in owed(world.case)


def test_open_case_by_hand_outside_the_terms_owes_its_decision(world):
    case = make.outside(world, key="other")

    assert (case.option, case.decide_by, case.number) == (None, make.OUTSIDE_BY, 1)
    [row] = Obligation.objects.open().about(case)
    assert (row.kind, row.due_on) == (ObligationKind.EXTENSION_DECISION, make.OUTSIDE_BY)
    assert Event.objects.filter(verb="opened", subject_id=case.pk).get().reason == "The new service is late"


def test_open_case_by_hand_before_its_day_is_about_the_next_option(world):
    contract = services.contract(world.cast, world.plan, key="other")

    case = actions.open_case(contract=contract, reason="The provider asks", by=world.cast.officer, at=day(2020, 6, 1))

    assert (case.option.number, case.decide_by) == (1, date(2021, 9, 30))
    assert owed(case)["PROVIDER_ASKED"] == ("EXTENSION_STEP", date(2021, 5, 11))


def test_open_case_by_hand_after_the_first_day_lets_the_option_lapse_first(world):
    contract = services.contract(world.cast, world.plan, key="other", at=day(2022, 5, 1))

    case = actions.open_case(
        contract=contract, decide_by=date(2022, 7, 1), reason="It ran on", by=world.cast.officer, at=day(2022, 6, 1)
    )

    assert case.option is None
    assert contract.options.get(number=1).status == "LAPSED"
    assert Event.objects.get(verb="option_lapsed").reason == "Its first day came before it was taken up. It ran on"


def test_open_case_refuses_a_second_one_and_who_may_not(world):
    contract = world.case.contract

    with pytest.raises(Refused, match="being prepared for this contract already"):
        actions.open_case(contract=contract, reason="Again", by=world.cast.officer, at=day(2021, 6, 15))
    with pytest.raises(Refused, match="Only commissioning officers"):
        actions.open_case(contract=contract, reason="Again", by=world.cast.finance, at=day(2021, 6, 15))


def test_close_case_ends_what_is_owed_and_keeps_the_reason(world):
    case = make.outside(world, key="other")

    actions.close_case(case=case, reason="The new service is ready", by=world.cast.officer, at=day(2021, 10, 5))

    case = make.fresh(case)
    assert case.status == ExtensionStatus.CLOSED
    assert owed(case) == {} and not Obligation.objects.open().about(case).exists()
    assert set(case.steps.values_list("dropped", "done_at")) == {(True, None)}
    assert Event.objects.get(verb="closed").reason == "The new service is ready"


def test_close_case_refuses_while_the_option_is_open(world):
    with pytest.raises(Refused, match="must be decided"):
        actions.close_case(case=world.case, reason="No time", by=world.cast.officer, at=day(2021, 6, 15))


def test_an_option_not_decided_by_its_first_day_lapses_and_the_heads_are_told(world):
    actions.prepare_decisions(at=day(2022, 3, 31))
    before = world.case.contract.options.get(number=1).status

    actions.prepare_decisions(at=day(2022, 4, 1))

    option, case = world.case.contract.options.get(number=1), make.fresh(world.case)
    assert (before, option.status, case.status) == ("AVAILABLE", OptionStatus.LAPSED, ExtensionStatus.CLOSED)
    told = Notice.objects.filter(rule="extension_lapsed")
    assert set(told.values_list("person__email", flat=True)) == {
        f"{who}@opcc.example.org" for who in ("head", "pcc", "ce", "officer", "officer2")
    }
    assert told.first().heading == "Support service: option 1 has lapsed"
    assert Event.objects.get(verb="lapsed").by_label == "The portal"
    assert not Obligation.objects.open().exclude(kind="RETURN").exists()


def test_an_offer_not_answered_by_its_first_day_lapses_and_the_provider_is_told(world):
    case = make.offered(world, world.case, at=day(2021, 9, 20))

    actions.prepare_decisions(at=day(2022, 4, 1))

    assert case.contract.options.get(number=1).status == OptionStatus.LAPSED
    assert make.fresh(case).status == ExtensionStatus.DECIDED
    assert not Obligation.objects.open().about(case).exists()
    told = set(Notice.objects.filter(rule="extension_lapsed").values_list("person__email", flat=True))
    assert {"signatory@provider.example.org", "head@opcc.example.org", "pcc@opcc.example.org"} <= told


def test_an_option_whose_facts_came_late_is_never_lapsed_by_the_sweep(world):
    contract = services.contract(world.cast, world.plan, key="other", at=day(2021, 10, 5))

    actions.prepare_decisions(at=day(2022, 4, 1))

    assert contract.options.get(number=1).status == OptionStatus.AVAILABLE
    assert not Notice.objects.filter(rule="extension_lapsed", subject_id=contract.pk).exists()


def test_what_is_wrong_with_one_contract_leaves_the_others_to_be_done(world, caplog):
    broken = services.contract(world.cast, world.plan, key="broken")
    fine = services.contract(world.cast, world.plan, key="fine")
    type(broken).objects.filter(pk=broken.pk).update(initial_months=32000, reporting=None)
    broken.options.update(months=32000)

    opened = actions.prepare_decisions(at=day(2021, 6, 15))

    assert [case.contract for case in opened] == [fine]
    assert f"contract {broken.pk} could not be prepared" in caplog.text


def test_the_sweep_closes_a_case_whose_option_was_settled_in_another_way(world):
    world.case.contract.options.filter(number=1).update(status="TAKEN_UP")

    actions.prepare_decisions(at=day(2021, 6, 15))

    assert make.fresh(world.case).status == ExtensionStatus.CLOSED
    assert owed(world.case) == {}
    assert Event.objects.get(verb="closed").reason == "The option is taken up"


def test_a_decision_that_waits_for_an_event_follows_it_by_the_sweep(world):
    poll = MovableEvent.objects.create(
        key="poll", name="the poll", first_expected_on=date(2021, 5, 6), expected_on=date(2021, 5, 6)
    )
    other = services.contract(world.cast, world.plan, key="other")
    contract_actions.set_decide_by(
        option=world.case.option, notice_months=None, printed_window="", window_starts_on=None, window_ends_on=None,
        event=poll, event_days=150, reason="After the poll", by=world.cast.officer, at=day(2021, 4, 13),
    )  # fmt: skip
    actions.prepare_decisions(at=day(2021, 4, 13))
    untouched = owed(other.extension_cases.get())

    move_event(event=poll, expected_on=date(2021, 6, 10), reason="Put off", by=world.cast.officer, at=day(2021, 4, 14))
    before = make.fresh(world.case).decide_by
    actions.prepare_decisions(at=day(2021, 4, 15))

    case = make.fresh(world.case)
    assert (before, case.decide_by) == (date(2021, 10, 3), date(2021, 11, 7))
    assert owed(case)["NOTICE"] == ("EXTENSION_STEP", date(2021, 11, 5))
    [decision] = Obligation.objects.open().about(case.option)
    assert (decision.due_on, decision.anchor) == (date(2021, 11, 7), "150 days after the poll, 10 June 2021")
    assert owed(other.extension_cases.get()) == untouched
