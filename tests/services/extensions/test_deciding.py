"""The decision, each outcome of it, the provider's answer, the second approver, the notice."""

from datetime import date
from decimal import Decimal

import pytest

from plans.models import Delegation
from records.enums import ObligationKind, PaperKind
from records.models import Decision, Event, Notice, Obligation, Paper
from records.refusals import Refused
from services import queries
from services.actions import extensions as actions
from services.enums import ContractStatus, OptionStatus
from services.models import Contract, ContractVariation, ExtensionCase, ExtensionRuling
from tests.make import extensions as make
from tests.make import services

pytestmark = pytest.mark.django_db
AT = make.day(2021, 9, 6)
day = make.day


def term(case):
    return queries.term(make.contract_of(case))


def owed(subject):
    return {(row.kind, row.due_on) for row in Obligation.objects.open().about(subject)}


def told(rule):
    return set(Notice.objects.filter(rule=rule).values_list("person__email", flat=True))


def test_decide_to_offer_writes_register_letter_and_what_the_provider_owes(world):
    case = make.offered(world, world.case, at=AT, interests="My brother works there", is_key=True)

    ruling, decision = ExtensionRuling.objects.get(), Decision.objects.get()
    assert (make.fresh(case).status, case.option.status) == ("DECIDED", OptionStatus.OFFERED)
    assert (ruling.outcome, ruling.months, ruling.answer_by, ruling.accepted) == ("OFFER", 12, date(2021, 9, 27), None)
    assert (decision.outcome, decision.amount, decision.post) == (
        "APPROVED", Decimal("250000"), "Police and Crime Commissioner",
    )  # fmt: skip
    assert (decision.advice, decision.cfo_comment) == (make.ADVICE["advice"], "Within the budget.")
    assert (decision.interests, decision.offered_by, decision.notice_number) == (
        "My brother works there", world.cast.pcc, 1,
    )  # fmt: skip
    assert owed(case) == {(ObligationKind.EXTENSION_ANSWER, date(2021, 9, 27))}
    assert owed(case.option) == set()
    html = ruling.letter.html
    assert "1 April 2022" in html and "31 March 2023 (12 months)" in html and "£250,000" in html
    assert Paper.objects.get(kind=PaperKind.DECISION_NOTICE).subject_id == decision.pk
    assert told("extension_offered") == {"lead@provider.example.org", "signatory@provider.example.org"}
    steps = {step.kind: (step.done_at is not None, step.dropped) for step in case.steps.all()}
    assert steps == {
        "PROVIDER_ASKED": (False, True), "EVIDENCE": (True, False), "ADVICE": (True, False), "FINANCE": (True, False),
        "DECISION": (True, False), "LETTER": (True, False), "NOTICE": (False, False),
    }  # fmt: skip


def test_accept_offer_takes_the_option_up_and_arms_the_next(world):
    case = make.offered(world, world.case, at=AT)

    actions.accept_offer(case=case, by=world.cast.provider_signatory, at=day(2021, 9, 15))

    contract = make.contract_of(case)
    assert [option.status for option in contract.options.order_by("number")] == ["TAKEN_UP", "AVAILABLE", "AVAILABLE"]
    assert term(case).ends_on == date(2023, 3, 31)
    assert owed(contract.options.get(number=2)) == {(ObligationKind.EXTENSION_DECISION, date(2022, 9, 30))}
    assert owed(case) == set()
    assert ExtensionRuling.objects.get().answered_by == world.cast.provider_signatory
    assert "pcc@opcc.example.org" in told("extension_accepted")
    actions.prepare_decisions(at=day(2022, 4, 20))
    assert list(ExtensionCase.objects.order_by("number").values_list("option__number", flat=True)) == [1, 2]


def test_accept_a_shorter_offer_counts_the_next_option_from_its_end(world):
    case = make.offered(world, world.case, at=AT, outcome="OFFER_SHORTER", months=6, amount=Decimal("125000"))

    actions.accept_offer(case=case, by=world.cast.provider_signatory, at=day(2021, 9, 15))

    first, second, _ = term(case).options
    assert (first.ends_on, first.option.agreed_months) == (date(2022, 9, 30), 6)
    assert (second.starts_on, second.decide_by) == (date(2022, 10, 1), date(2022, 3, 31))
    assert Decision.objects.get().outcome == "APPROVED_LOWER"
    assert owed(second.option) == {(ObligationKind.EXTENSION_DECISION, date(2022, 3, 31))}


def test_accept_offer_late_owes_the_next_decision_even_if_its_day_has_passed(world):
    case = make.offered(world, world.case, at=AT, outcome="OFFER_SHORTER", months=1, amount=Decimal("20000"))

    actions.accept_offer(case=case, by=world.cast.provider_signatory, at=day(2022, 3, 1))

    second = make.contract_of(case).options.get(number=2)
    assert owed(second) == {(ObligationKind.EXTENSION_DECISION, date(2021, 10, 31))}
    opened = ExtensionCase.objects.get(option=second)
    assert set(opened.steps.values_list("due_on", flat=True)) == {date(2021, 10, 29)}


def test_accept_offer_moves_the_returns_owed(world):
    contract = services.reporting_contract(world.cast, world.plan, key="reporting", at=make.OPENS)
    actions.prepare_decisions(at=make.OPENS)
    case = make.offered(world, contract.extension_cases.get(), at=AT)
    returns = Obligation.objects.about(contract).filter(kind=ObligationKind.RETURN).order_by("due_on")
    before = returns.last().period_ends_on

    actions.accept_offer(case=case, by=world.cast.provider_signatory, at=day(2021, 9, 15))

    assert (before, returns.last().period_ends_on) == (date(2022, 3, 31), date(2023, 3, 31))


def test_refuse_offer_loses_the_option_and_tells_the_office_at_once(world):
    case = make.offered(world, world.case, at=AT)

    actions.refuse_offer(case=case, words="We cannot go on", by=world.cast.provider_signatory, at=day(2021, 9, 15))

    assert case.contract.options.get(number=1).status == OptionStatus.REFUSED
    assert (owed(case), term(case).ends_on) == (set(), date(2022, 3, 31))
    assert told("extension_refused") == {
        f"{who}@opcc.example.org" for who in ("officer", "officer2", "head", "pcc", "ce")
    }
    notice = Notice.objects.filter(rule="extension_refused").first()
    assert "We cannot go on" in notice.body and "31 March 2022" in notice.body


@pytest.mark.parametrize(("outcome", "status"), [("DECLINE", "DECLINED"), ("LAPSE", "LAPSED")])
def test_decide_not_to_extend_tells_the_provider_when_the_contract_ends(world, outcome, status):
    make.commented(world, world.case, at=AT)

    ruling = actions.decide(case=world.case, outcome=outcome, reason="A new service begins", by=world.cast.pcc, at=AT)

    assert world.case.contract.options.get(number=1).status == status
    assert (ruling.decision.outcome, ruling.decision.amount) == ("DECLINED", None)
    assert "A new service begins" in ruling.letter.html and "31 March 2022" in ruling.letter.html
    assert told("extension_none") == {"lead@provider.example.org", "signatory@provider.example.org"}
    assert (make.fresh(world.case).notice_needed, owed(world.case.option)) == (False, set())
    steps = Obligation.objects.open().filter(subject_type="services.ExtensionStep")
    assert not steps.filter(subject_id__in=world.case.steps.values("pk")).exists()


def test_decide_to_defer_moves_the_step_and_keeps_the_decide_by_day(world):
    make.commented(world, world.case, at=AT)

    ruling = actions.decide(
        case=world.case, outcome="DEFER", reason="The grant is not known", question="The grant of next year",
        defer_until=date(2021, 9, 16), by=world.cast.pcc, at=AT,
    )  # fmt: skip

    case = make.fresh(world.case)
    assert (case.status, case.deferred_until, case.option.status) == ("ADVISED", date(2021, 9, 16), "AVAILABLE")
    assert (ruling.safe_until, ruling.decision.outcome) == (date(2021, 9, 16), "DEFERRED")
    assert owed(case.steps.get(kind="DECISION")) == {(ObligationKind.EXTENSION_STEP, date(2021, 9, 16))}
    assert owed(case.option) == {(ObligationKind.EXTENSION_DECISION, date(2021, 9, 30))}
    actions.decide(case=case, **make.OFFER, by=world.cast.pcc, at=day(2021, 9, 14))
    assert list(ExtensionRuling.objects.values_list("number", "outcome")) == [(1, "DEFER"), (2, "OFFER")]


def test_decide_refuses_to_defer_past_the_last_safe_day(world):
    make.commented(world, world.case, at=AT)

    with pytest.raises(Refused, match="The last safe day is 16 September 2021: after it too few working days"):
        actions.decide(
            case=world.case, outcome="DEFER", reason="Later", question="The grant", defer_until=date(2021, 9, 17),
            by=world.cast.pcc, at=AT,
        )  # fmt: skip
    assert not Decision.objects.exists()


def test_a_deferral_is_shortened_when_the_decide_by_day_comes_nearer(world):
    make.commented(world, world.case, at=day(2021, 6, 1))
    actions.decide(
        case=world.case, outcome="DEFER", reason="Later", question="The grant", defer_until=date(2021, 9, 16),
        by=world.cast.pcc, at=day(2021, 6, 1),
    )  # fmt: skip
    world.case.option.window_starts_on = world.case.option.window_ends_on = None

    services_window(world, date(2021, 8, 31), at=day(2021, 6, 2))

    case = make.fresh(world.case)
    assert (case.decide_by, case.deferred_until) == (date(2021, 8, 31), date(2021, 8, 16))
    assert case.steps.get(kind="DECISION").due_on == date(2021, 8, 16)


def services_window(world, last, *, at):
    from services.actions import set_decide_by

    set_decide_by(
        option=world.case.option, notice_months=6, printed_window="summer", window_starts_on=date(2021, 8, 2),
        window_ends_on=last, reason="Earlier", by=world.cast.officer, at=at,
    )  # fmt: skip


def test_decide_within_a_delegation_is_written_with_it(world):
    Delegation.objects.create(
        reference="D-1", body=world.plan.body, post="CHIEF_EXECUTIVE", limit=Decimal("300000"),
        starts_on=date(2020, 4, 1),
    )  # fmt: skip
    make.commented(world, world.case, at=AT)

    ruling = actions.decide(case=world.case, **make.OFFER, by=world.cast.chief_executive, at=AT)

    assert (ruling.decision.post, ruling.decision.delegation_reference) == ("Chief executive", "D-1")


def test_decide_above_a_delegation_is_refused(world):
    Delegation.objects.create(
        reference="D-1", body=world.plan.body, post="CHIEF_EXECUTIVE", limit=Decimal("100000"),
        starts_on=date(2020, 4, 1),
    )  # fmt: skip
    make.commented(world, world.case, at=AT)

    with pytest.raises(Refused, match=r"goes up to £100,000 and this is £250,000"):
        actions.decide(case=world.case, **make.OFFER, by=world.cast.chief_executive, at=AT)


def test_two_deciders_with_old_copies_make_one_decision(world):
    make.commented(world, world.case, at=AT)
    stale = make.fresh(world.case)
    actions.decide(case=world.case, **make.OFFER, by=world.cast.pcc, at=AT)

    with pytest.raises(Refused, match="This case is settled"):
        actions.decide(case=stale, outcome="DECLINE", reason="No", by=world.cast.pcc, at=AT)

    assert Decision.objects.count() == 1


def test_outside_the_terms_takes_effect_with_the_second_approver(world):
    case = make.awaiting_second(world, make.outside(world, key="other"), at=day(2021, 11, 1))
    before = term(case).ends_on

    ruling = actions.approve_second(case=case, by=world.cast.chief_executive, at=day(2021, 11, 3))

    variation = ContractVariation.objects.get()
    assert (before, term(case).ends_on) == (date(2022, 3, 31), date(2022, 9, 30))
    assert (variation.kind, variation.status, variation.second_approved_by, variation.decision) == (
        "OUTSIDE_TERMS", "APPROVED", world.cast.chief_executive, ruling.decision,
    )  # fmt: skip
    assert (ruling.second_approved_by, make.fresh(case).status) == (world.cast.chief_executive, "DECIDED")
    assert "Regulation 72(1)(b)" in ruling.letter.html and "30 September 2022" in ruling.letter.html
    assert ruling.decision.conditions == "It takes effect only once a second approver, who is somebody else, agrees."
    assert {"lead@provider.example.org", "officer@opcc.example.org"} <= told("extension_outside")
    assert owed(case) == set()


def test_outside_the_terms_waits_for_somebody_else(world):
    case = make.awaiting_second(world, make.outside(world, key="other"), at=day(2021, 11, 1))

    assert owed(case) == {(ObligationKind.VARIATION_DECISION, date(2021, 11, 8))}
    assert told("extension_second_needed") == {f"{who}@opcc.example.org" for who in ("cfo", "ce", "head")}
    for person, why in [
        (world.cast.pcc, "You decided this"),
        (world.cast.cfo, "commented on its money"),
        (world.cast.head, "No delegation is recorded for your post"),
        (world.cast.officer, "The second approver is the commissioner"),
    ]:
        with pytest.raises(Refused, match=why):
            actions.approve_second(case=case, by=person, at=day(2021, 11, 3))
    assert term(case).ends_on == date(2022, 3, 31)


def test_refuse_second_sends_the_case_back_and_writes_it_down(world):
    case = make.awaiting_second(world, make.outside(world, key="other"), at=day(2021, 11, 1))

    actions.refuse_second(case=case, reason="The basis is weak", by=world.cast.chief_executive, at=day(2021, 11, 3))

    assert (make.fresh(case).status, term(case).ends_on) == ("PREPARING", date(2022, 3, 31))
    first, second = Decision.objects.order_by("pk")
    assert (second.outcome, second.reason, second.post) == ("DECLINED", "The basis is weak", "Chief executive")
    assert second.title.endswith(f"second approval of {first.reference} refused")
    assert set(case.steps.filter(done_at=None, dropped=False).values_list("kind", flat=True)) == {
        "ADVICE", "FINANCE", "DECISION", "LETTER", "NOTICE",
    }  # fmt: skip
    make.commented(world, case, at=day(2021, 11, 8), recommended="DECLINE")
    ruling = actions.decide(case=case, outcome="DECLINE", reason="It ends", by=world.cast.pcc, at=day(2021, 11, 9))
    assert "not to extend this contract outside its original terms" in ruling.letter.html


def test_outside_the_terms_of_a_contract_that_has_ended_makes_it_live_again(world):
    contract = services.contract(world.cast, world.plan, key="other", options=[], status=ContractStatus.ENDED)
    case = actions.open_case(
        contract=contract, decide_by=date(2022, 6, 1), reason="It ran on", by=world.cast.officer, at=day(2022, 5, 1)
    )
    make.awaiting_second(world, case, at=day(2022, 5, 3))

    actions.approve_second(case=case, by=world.cast.chief_executive, at=day(2022, 5, 4))

    assert (make.contract_of(case).status, term(case).outside[0].starts_on) == ("LIVE", date(2022, 4, 1))


def test_record_notice_closes_its_step(world):
    case = make.offered(world, world.case, at=AT)

    actions.record_notice(
        case=case, needed=True, reference="2021/S 000-1", published_on=date(2021, 9, 7), by=world.cast.officer,
        at=day(2021, 9, 8),
    )  # fmt: skip

    case = make.fresh(case)
    assert (case.notice_needed, case.notice_reference) == (True, "2021/S 000-1")
    assert case.steps.get(kind="NOTICE").note == "Notice 2021/S 000-1 published"
    assert owed(case.steps.get(kind="NOTICE")) == set()


def test_record_notice_as_not_needed_keeps_the_reason(world):
    case = make.offered(world, world.case, at=AT)

    actions.record_notice(case=case, needed=False, reason="Advice of counsel", by=world.cast.officer, at=AT)

    assert (make.fresh(case).notice_needed, case.steps.get(kind="NOTICE").dropped) == (False, True)
    assert Event.objects.get(verb="notice_recorded").reason == "Advice of counsel"


def test_the_value_and_notice_of_an_option_are_worked_out_when_decided(world):
    Contract.objects.filter(pk=world.case.contract_id).update(
        regime="PA2023", light_touch=False, below_threshold=False, estimated_value=Decimal("1500000")
    )
    case = make.offered(world, world.case, at=AT)

    assert (make.fresh(case).notice_needed, make.fresh(case).notice_working.splitlines()[:3]) == (
        True,
        [
            "The contract was let under the Procurement Act 2023.",
            "Term: 12 months more, of a longest term of 72 months, is 16.7%.",
            "That is more than 10%, so section 75 asks for a change notice first.",
        ],
    )
