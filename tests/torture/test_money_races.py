"""Two at once on one pot, on one award, on one button; each with the control in which the race does happen."""

from datetime import timedelta
from decimal import Decimal
from threading import Barrier
from types import SimpleNamespace

import pytest
from django.db import Error

from grants.actions import awards, decisions, instalments
from grants.models import Allocation, Award, AwardLine, Instalment, InstalmentLine, Project, TermsAcceptance
from grants.queries import money
from plans.models import Delegation
from records import actions as record_actions
from records.models import Decision, Event
from records.refusals import Refused
from tests.make import awards as make
from tests.torture.race import WAIT, outcomes, race, without_triggers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.torture]


@pytest.fixture
def world(transactional_db):
    return make.world()


# ---------------------------------------------------------------- two deciders, two projects, one pot


@pytest.fixture
def two_projects(world):
    """An award exists; two projects of £12,000 are left and the pot holds only one of them after a cut."""
    case = make.awaiting_decision(world, ("500", "12000", "12000"))
    make.cut(world, "5000")
    Delegation.objects.create(reference="DEL-1", body=world.body, post="CHIEF_EXECUTIVE", starts_on="2020-01-01")
    first, second, third = make.projects(case)
    make.approve(world, first)
    return SimpleNamespace(world=world, second=second, third=third)


def two_deciders(given):
    """The commissioner and the chief executive approve at the same moment."""
    world = given.world
    return race(
        lambda: make.approve(world, Project.objects.get(pk=given.second.pk), by=world.pcc),
        lambda: make.approve(world, Project.objects.get(pk=given.third.pk), by=world.chief_executive),
    )


def main_part(world):
    return money.pot_of(Allocation.objects.get(pk=world.allocation.pk)).main


def test_two_deciders_of_one_pot_never_spend_it_twice(two_projects):
    done, failed = outcomes(two_deciders(two_projects))

    assert done == 1
    assert [type(error) for error in failed] == [Refused]
    assert "is left in the main window" in failed[0].reason
    assert main_part(two_projects.world).awarded == Decimal("12500")
    assert Decision.objects.count() == 2


def unlocked_case_money(case):
    """The parents read as they are, with no lock."""
    return money.award_of(case.round, case.organisation)


def meet_before(monkeypatch, module, name, both):
    """Hold both racers, rules passed, until the other is there too."""
    original = getattr(module, name)

    def met(*args, **kwargs):
        both.wait(WAIT)
        return original(*args, **kwargs)

    monkeypatch.setattr(module, name, met)


def unlock_deciders(monkeypatch):
    monkeypatch.setattr(decisions, "lock_case_money", unlocked_case_money)
    meet_before(monkeypatch, decisions, "record_decision", Barrier(2))


def test_two_deciders_without_locks_are_stopped_by_the_database(two_projects, monkeypatch):
    unlock_deciders(monkeypatch)

    done, failed = outcomes(two_deciders(two_projects))

    assert done == 1
    assert isinstance(failed[0], Error), failed
    assert "does not hold that much" in str(failed[0])
    assert main_part(two_projects.world).awarded == Decimal("12500")


def test_two_deciders_control_without_any_guard_the_pot_is_spent_twice(two_projects, monkeypatch):
    unlock_deciders(monkeypatch)

    with without_triggers():
        done, failed = outcomes(two_deciders(two_projects))

    part = main_part(two_projects.world)
    assert (done, failed) == (2, [])
    assert part.awarded == Decimal("24500")
    assert part.awarded > part.limit


# ---------------------------------------------------------------- two releasers, two instalments, one award


@pytest.fixture
def two_instalments(world):
    """Half of an award is released; of two more ready instalments, planted by the owner, only one is covered."""
    award = make.released_award(world, ("10000",))
    line = award.lines.get()
    acceptance = TermsAcceptance.objects.get(award=award)
    met = {
        "condition": "TERMS_ACCEPTED",
        "condition_met_at": make.ACCEPTED_AT,
        "condition_row_type": "grants.TermsAcceptance",
        "condition_row_id": acceptance.pk,
    }
    with without_triggers():
        for number in (8, 9):
            row = Instalment.objects.create(award=award, number=number, amount=5000, due_on="2020-04-01", **met)
            InstalmentLine.objects.create(instalment=row, award_line=line, amount=5000)
    return SimpleNamespace(world=world, award=award)


def two_releasers(given):
    world, award = given.world, given.award
    second = make.accounts.person("finance2@opcc.example.org", "Second Finance", "FINANCE_OFFICER", world.office)
    people = {8: world.finance, 9: second}

    def release(number):
        return lambda: instalments.release_instalment(
            instalment=make.instalment(award, number), by=people[number], at=make.RELEASED_AT
        )

    return race(release(8), release(9))


def test_two_releasers_never_release_more_than_was_awarded(two_instalments):
    done, failed = outcomes(two_releasers(two_instalments))

    assert done == 1
    assert [type(error) for error in failed] == [Refused]
    assert "of the award is left to release" in failed[0].reason
    assert money.money_of(two_instalments.award).released == Decimal("10000")


def unlock_releasers(monkeypatch):
    monkeypatch.setattr(instalments, "locked", lambda instalment: make.instalment(instalment.award, instalment.number))
    monkeypatch.setattr(instalments, "workflow", SimpleNamespace(move=instalments.workflow.move))
    meet_before(monkeypatch, instalments.workflow, "move", Barrier(2))


def test_two_releasers_without_locks_are_stopped_by_the_database(two_instalments, monkeypatch):
    unlock_releasers(monkeypatch)

    done, failed = outcomes(two_releasers(two_instalments))

    assert done == 1
    assert "does not hold that much" in str(failed[0])
    assert money.money_of(two_instalments.award).released == Decimal("10000")


def test_two_releasers_control_without_any_guard_too_much_is_released(two_instalments, monkeypatch):
    unlock_releasers(monkeypatch)

    with without_triggers():
        done, failed = outcomes(two_releasers(two_instalments))

    sums = money.money_of(two_instalments.award)
    assert (done, failed) == (2, [])
    assert (sums.released, sums.awarded) == (Decimal("15000"), Decimal("10000"))


# ---------------------------------------------------------------- double clicks


def test_double_click_on_a_decision_decides_once(world):
    project = make.projects(make.awaiting_decision(world))[0]

    def click():
        return make.approve(world, Project.objects.get(pk=project.pk))

    done, failed = outcomes(race(click, click))

    assert (done, [error.reason for error in failed]) == (
        1,
        ["This project has already been decided. A decision is never changed."],
    )
    assert (Decision.objects.count(), AwardLine.objects.count(), Award.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    ("before", "act", "verb", "sentence"),
    [
        (
            make.made_award,
            lambda world, award: awards.offer_award(award=award, by=world.officer, at=make.OFFERED_AT),
            "offered",
            "This award has already been offered.",
        ),
        (
            make.offered_award,
            lambda world, award: awards.accept_award(
                award=award, position="Head", by=world.maidstone_signatory, at=make.ACCEPTED_AT
            ),
            "accepted",
            "The terms of this award have already been accepted.",
        ),
        (
            make.live_award,
            lambda world, award: instalments.release_instalment(
                instalment=make.instalment(award), by=world.finance, at=make.RELEASED_AT
            ),
            "released",
            "This instalment has already been released.",
        ),
        (
            make.released_award,
            lambda world, award: instalments.mark_paid(
                instalment=make.instalment(award),
                paid_on=make.RELEASED_AT.date(),
                payment_reference="B1",
                by=world.finance,
                at=make.RELEASED_AT + timedelta(days=1),
            ),
            "paid",
            "This instalment has already been paid.",
        ),
    ],
    ids=["offer", "accept", "release", "pay"],
)
def test_double_click_acts_once(world, before, act, verb, sentence):
    award = before(world)

    def click():
        return act(world, Award.objects.get(pk=award.pk))

    done, failed = outcomes(race(click, click))

    assert (done, [getattr(error, "reason", error) for error in failed]) == (1, [sentence])
    assert Event.objects.filter(verb=verb, subject_type__startswith="grants.").count() == 1


def test_double_click_control_without_any_guard_releases_twice(world, monkeypatch):
    award = make.live_award(world)
    both = Barrier(2)

    def careless_move(subject, to, *, moves, verb, by, at, summary="", **stamps):
        """What a move is without compare-and-swap: write the status over whatever is there."""
        both.wait(WAIT)
        type(subject).objects.filter(pk=subject.pk).update(status=to, **stamps)
        record_actions.log(subject, verb, by=by, at=at, summary=summary)
        return subject

    monkeypatch.setattr(instalments, "locked", lambda instalment: make.instalment(instalment.award, instalment.number))
    monkeypatch.setattr(instalments, "workflow", SimpleNamespace(move=careless_move))

    def click():
        return instalments.release_instalment(instalment=make.instalment(award), by=world.finance, at=make.RELEASED_AT)

    with without_triggers():
        done, _ = outcomes(race(click, click))

    assert done == 2
    assert Event.objects.filter(verb="released").count() == 2
