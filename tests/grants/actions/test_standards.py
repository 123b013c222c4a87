"""What an award asks of its payee: written when made, asked for when offered, holding money until held (P1)."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from grants.actions import instalments
from grants.enums import InstalmentStatus
from grants.models import AwardStandard, Instalment
from grants.queries import awards as award_queries
from grants.queries import standards as queries
from grants.rules import instalments as rules
from plans.actions import standards as plan_actions
from records.enums import ObligationKind
from records.models import Obligation, Paper
from records.refusals import Refused
from tests.make import awards as make
from tests.make import standards

pytestmark = pytest.mark.django_db
K = ObligationKind
ON = date(2020, 4, 1)
HELP = "New evidence has to be accepted, or an officer has to waive it."
NONE_HELD = f"Waits for Maidstone Borough Council to hold DBS checks (no evidence accepted). {HELP}"


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def asking(world, holds="FIRST", **more):
    standards.ask(world.csp_rules, holds=holds, **more)
    return make.live_award(world)


def dbs(world, **more):
    return standards.held(world.council, sender=world.maidstone_lead, checker=world.other_officer, **more)


def why(award, number=1, on=ON):
    return rules.why_waiting(make.instalment(award, number), on=on)


def test_an_award_keeps_what_its_rules_asked_of_such_a_payee_when_it_was_made(world):
    standards.ask(world.csp_rules, holds="EVERY", for_kinds=["LOCAL_AUTHORITY"])
    standards.ask(world.csp_rules, of=standards.kind("cover", "Insurance"), for_kinds=["CHARITY"])
    award = make.made_award(world)
    standards.ask(world.csp_rules, of=standards.kind("policy", "Policy"))

    assert list(award.standards.values_list("kind__key", "holds")) == [("dbs", "EVERY")]
    assert not Obligation.objects.filter(kind=K.STANDARD_NEEDED).exists()


def test_an_offer_asks_the_payee_for_what_it_does_not_hold(world):
    standards.ask(world.csp_rules)
    standards.ask(world.csp_rules, of=standards.kind("policy", "Policy"))
    dbs(world, at=make.DECIDED_AT)

    award = make.offered_award(world)

    rows = Obligation.objects.filter(kind=K.STANDARD_NEEDED).order_by("period")
    assert [(row.period, row.organisation, row.recipient, row.closing) for row in rows] == [
        ("dbs", world.council, world.maidstone, "Held already"),
        ("policy", world.council, world.maidstone, ""),
    ]
    assert rows[1].due_on == Obligation.objects.get(kind=K.ACCEPTANCE).due_on
    assert "DBS checks" in Paper.objects.get(kind="AWARD_LETTER", subject_id=award.pk).html


def test_money_waits_until_the_payee_holds_the_standard(world):
    award = asking(world)

    assert why(award) == NONE_HELD
    with pytest.raises(Refused, match="Waits for Maidstone Borough Council"):
        instalments.release_instalment(instalment=make.instalment(award), by=world.finance, at=make.RELEASED_AT)
    dbs(world)
    instalments.release_instalment(instalment=make.instalment(award), by=world.finance, at=make.RELEASED_AT)
    assert make.instalment(award).status == InstalmentStatus.RELEASED


def test_a_running_waiver_lets_money_go_out(world):
    award = asking(world)
    waiver = standards.waived(world.council, by=world.officer, ends_on=date(2020, 4, 30))

    assert why(award) == ""
    assert why(award, on=date(2020, 5, 1)) == NONE_HELD
    plan_actions.end_waiver(waiver=waiver, reason="Over", by=world.officer, at=make.RELEASED_AT)
    assert why(award) == NONE_HELD


@pytest.mark.parametrize(
    ("holds", "first", "second"), [("FIRST", NONE_HELD, ""), ("EVERY", NONE_HELD, NONE_HELD), ("NOTHING", "", "")]
)
def test_what_a_missing_standard_holds(world, holds, first, second):
    award = asking(world, holds)
    assert why(award) == first
    if first:
        waiver = standards.waived(world.council, by=world.officer)
    instalments.release_instalment(instalment=make.instalment(award), by=world.finance, at=make.RELEASED_AT)
    if first:
        plan_actions.end_waiver(waiver=waiver, reason="Over", by=world.officer, at=make.RELEASED_AT)

    row = make.instalment(award, 2)
    row.condition_met_at, row.due_on = make.RELEASED_AT, ON
    assert rules.why_waiting(row, on=ON) == second


def test_expired_evidence_and_evidence_not_checked_yet_are_told_apart(world):
    award = asking(world)
    first = standards.sent(world.council, expires_on=date(2020, 3, 31), by=world.maidstone_lead)
    assert "DBS checks (evidence not checked yet)" in why(award)

    plan_actions.accept_standard(held=first, by=world.officer, at=standards.CHECKED_AT)
    assert "DBS checks (expired on 31 March 2020)" in why(award)
    standards.sent(world.council, by=world.maidstone_lead, at=make.RELEASED_AT)
    assert "DBS checks (expired on 31 March 2020; newer evidence not checked yet)" in why(award)


def test_the_database_refuses_a_release_without_the_standard(world, request):
    award = asking(world)
    request.getfixturevalue("as_app_role")
    row = Instalment.objects.filter(pk=make.instalment(award).pk)
    out = {"status": "RELEASED", "released_at": make.RELEASED_AT, "released_by": world.finance}

    def attempt(words):
        with pytest.raises(DatabaseError, match=words), transaction.atomic():
            row.update(**out)

    attempt("does not hold: DBS checks")
    held = dbs(world, expires_on=date(2020, 3, 31))
    attempt("does not hold: DBS checks")
    plan_actions.withdraw_standard(held=held, reason="Old", by=world.officer, at=make.OFFERED_AT)
    dbs(world)
    assert row.update(**out) == 1


def test_the_database_keeps_what_an_award_asks(world):
    asking(world)

    for change in (lambda: AwardStandard.objects.update(holds="NOTHING"), lambda: AwardStandard.objects.all().delete()):
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            change()


def test_payments_tell_ready_from_held_back_in_one_question(world, django_assert_num_queries):
    award = asking(world)
    ready = award_queries.payments(on=ON, state="ready")

    assert list(ready) == []
    assert list(award_queries.payments(on=ON, state="waiting").filter(number=1)) == [make.instalment(award)]
    dbs(world)
    with django_assert_num_queries(1):
        assert [row.number for row in award_queries.payments(on=ON, state="ready")] == [1]
    instalments.release_instalment(instalment=make.instalment(award), by=world.finance, at=make.RELEASED_AT)
    assert [row["count"] for row in award_queries.payment_counts(ON) if row["state"] == "released"] == [1]


def test_standards_of_many_awards_are_read_in_four_questions(world, django_assert_num_queries):
    awards = [asking(world), make.live_award(world, organisation=world.swale)]
    dbs(world)

    with django_assert_num_queries(4):
        queries.read_standards(awards, ON)

    assert [[asked.standing.state for asked in award.asked] for award in awards] == [["HELD"], ["MISSING"]]


def test_register_lists_what_is_asked_and_what_is_held_to_whom_it_concerns(world):
    award = asking(world)
    standards.held(world.yot, sender=world.yot_lead, checker=world.officer)

    def lines(person):
        return [
            (line.organisation.name, line.state, [row.reference for row in line.awards])
            for line in queries.register(getattr(world, person), ON)
        ]

    mine = ("Maidstone Borough Council", "MISSING", [award.reference])
    assert lines("officer") == [mine, ("Youth Offending Team", "HELD", [])]
    assert lines("maidstone_lead") == [mine]
    assert lines("yot_lead") == [("Youth Offending Team", "HELD", [])]
    assert lines("swale_lead") == []


def test_the_end_of_evidence_is_owed_by_the_payee_and_told_to_its_partnership(world):
    held = dbs(world)
    owed = Obligation.objects.about(held).get(kind=K.STANDARD_EXPIRY)

    assert (owed.due_on, owed.organisation, owed.recipient) == (standards.ENDS_ON, world.council, world.maidstone)
