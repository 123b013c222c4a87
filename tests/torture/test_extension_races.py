"""Two at once on one extension decision: two deciders, an answer and the sweep, two sweeps."""

import pytest

from records.models import Decision, Obligation
from records.refusals import Refused
from services.actions import extensions as actions
from services.models import ContractVariation, ExtensionCase, ExtensionOption, ExtensionRuling
from tests.make import extensions as make
from tests.make import services
from tests.torture.race import outcomes, race

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.torture]
AT = make.day(2021, 9, 6)
FIRST_DAY = make.day(2022, 4, 1)


@pytest.fixture
def world(transactional_db):
    """A case of which the advice and the comment are given."""
    made = make.world()
    made.case = make.commented(made, make.opened(made), at=AT)
    return made


def decides(world, outcome):
    said = make.OFFER if outcome == "OFFER" else {"outcome": outcome, "reason": "It ends"}
    return lambda: actions.decide(case=make.fresh(world.case), **said, by=make.forget(world.cast.pcc), at=AT)


def test_two_deciders_at_once_make_one_decision(world):
    done, failed = outcomes(race(decides(world, "OFFER"), decides(world, "DECLINE")))

    assert (done, [type(error) for error in failed]) == (1, [Refused])
    assert str(failed[0]) == "This case is settled, so nothing more can be done in it."
    assert (Decision.objects.count(), ExtensionRuling.objects.count()) == (1, 1)
    assert ExtensionOption.objects.get(number=1).status in ("OFFERED", "DECLINED")


def test_a_decision_and_the_sweep_of_the_first_day_leave_one_end(world):
    sweep = lambda: actions.prepare_decisions(at=FIRST_DAY)  # noqa: E731
    lapse = lambda: actions.decide(  # noqa: E731
        case=make.fresh(world.case), outcome="LAPSE", reason="Late", by=world.cast.pcc, at=make.day(2022, 3, 31)
    )

    answers = race(sweep, lapse)

    option = ExtensionOption.objects.get(number=1)
    assert (option.status, isinstance(answers[0], Exception)) == ("LAPSED", False)
    assert make.fresh(world.case).status == ("CLOSED" if isinstance(answers[1], Refused) else "DECIDED")
    assert Decision.objects.count() == (0 if isinstance(answers[1], Refused) else 1)


def test_an_acceptance_and_the_sweep_of_the_first_day_leave_one_end(world):
    decides(world, "OFFER")()
    accept = lambda: actions.accept_offer(  # noqa: E731
        case=make.fresh(world.case), by=world.cast.provider_signatory, at=make.day(2022, 3, 31)
    )

    answers = race(accept, lambda: actions.prepare_decisions(at=FIRST_DAY))

    option, ruling = ExtensionOption.objects.get(number=1), ExtensionRuling.objects.get()
    refused = isinstance(answers[0], Exception)
    assert (option.status, ruling.accepted) == (("LAPSED", None) if refused else ("TAKEN_UP", True))
    assert not Obligation.objects.open().filter(kind="EXTENSION_ANSWER").exists()


def test_two_sweeps_at_once_open_one_case(world):
    contract = services.contract(world.cast, world.plan, key="other")

    answers = race(*[lambda: actions.prepare_decisions(at=make.OPENS)] * 2)

    assert [isinstance(answer, Exception) for answer in answers] == [False, False]
    assert ExtensionCase.objects.filter(contract=contract).count() == 1


def test_two_second_approvers_at_once_make_one_variation(world):
    case = make.awaiting_second(world, make.outside(world, key="other"), at=AT)
    approve = lambda: actions.approve_second(  # noqa: E731
        case=make.fresh(case), by=make.forget(world.cast.chief_executive), at=AT
    )

    done, failed = outcomes(race(approve, approve))

    assert (done, [type(error) for error in failed]) == (1, [Refused])
    assert ContractVariation.objects.count() == 1
