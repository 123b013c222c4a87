"""C4 under random sequences of actions by random people: nothing a person can do breaks the rules of money.

Short and always the same in ordinary runs; long and random with PCC_TORTURE=full.
"""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from grants.actions import awards, decisions, instalments, rounds
from grants.enums import Direction, InstalmentStatus, ProjectStatus, Window
from grants.models import (
    Allocation,
    Award,
    AwardLine,
    Instalment,
    InstalmentLine,
    Project,
    TermsAcceptance,
)
from grants.queries import duties, money
from monitoring.models import MonitoringReturn
from plans.models import Delegation
from records.enums import APPROVING, DecisionOutcome
from records.models import Event, Obligation
from records.refusals import Refused
from tests.conftest import TORTURE_AT_FULL_STRENGTH
from tests.make import awards as make

pytestmark = [pytest.mark.django_db, pytest.mark.torture]

CAST = [
    *("pcc", "chief_executive", "cfo", "head", "officer", "other_officer", "finance", "auditor"),
    *("maidstone_lead", "maidstone_signatory", "swale_lead", "swale_signatory", "yot_signatory"),
]
FINAL = {ProjectStatus.APPROVED, ProjectStatus.DECLINED, ProjectStatus.RETAINED}
index = st.integers(0, 9)
share = st.sampled_from([Decimal("1"), Decimal("0.9"), Decimal("0.5"), Decimal("1.1")])


def one_of(*right):
    """The right person more often than not, else anybody."""
    return st.sampled_from([*right * 8, *CAST])


class Money(RuleBasedStateMachine):
    """Decides, offers, accepts, releases, withholds, pays, cuts and asks back, in any order and by anybody."""

    world = None
    done = Counter()

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.at = make.RELEASED_AT
        self.people = {name: make.accounts.User.objects.get(pk=getattr(self.world, name).pk) for name in CAST}

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def act(self, name, action, by, **given):
        """Do it or be refused with a sentence; anything else, a database error above all, is a find."""
        self.at += timedelta(days=1)
        try:
            answer = action(by=self.people[by], at=self.at, **given)
        except Refused as refusal:
            assert refusal.reason.strip().endswith((".", "?")) or ":" in refusal.reason
            self.done[f"{name} refused"] += 1
            return None
        self.done[name] += 1
        return answer

    def pick(self, rows, number):
        rows = list(rows.order_by("pk"))
        return rows[number % len(rows)] if rows else None

    @rule(
        number=index, by=one_of("pcc", "chief_executive"), outcome=st.sampled_from(DecisionOutcome.values), share=share
    )
    def decide(self, number, by, outcome, share):
        project = self.pick(Project.objects.select_related("case__round__rule_set"), number)
        amount = None
        if outcome in APPROVING and outcome != DecisionOutcome.APPROVED:
            amount = (project.amount_requested * share).quantize(Decimal("0.01"))
        words = {"reason": "R", "purpose": "P", "conditions": "C", "question": "Q"}
        made = self.act(
            "decide", decisions.decide_project, by, project=project, outcome=outcome, amount=amount, **words
        )
        if made and made.approves:
            pot = money.pot_of(Allocation.objects.get(pk=project.case.allocation_id))
            assert pot.whole.excess == pot.part(project.case.window).excess == 0

    @rule(number=index, by=one_of("pcc", "chief_executive"))
    def approve(self, number, by):
        project = self.pick(Project.objects.filter(status="PROPOSED"), number)
        if project:
            words = {"reason": "R", "purpose": "P", "outcome": DecisionOutcome.APPROVED}
            self.act("approve", decisions.decide_project, by, project=project, **words)

    @rule(number=index, by=one_of("maidstone_lead", "swale_lead"))
    def answer(self, number, by):
        project = self.pick(Project.objects.all(), number)
        self.act("answer", decisions.answer_question, by, project=project, answer="A")

    @rule(number=index, by=one_of("officer"))
    def offer(self, number, by):
        if award := self.pick(Award.objects.all(), number):
            self.act("offer", awards.offer_award, by, award=award)

    @rule(number=index, by=one_of("right"))
    def accept(self, number, by):
        offered = self.pick(Award.objects.filter(status="OFFERED"), number)
        if award := offered or self.pick(Award.objects.all(), number):
            signing = self.signatory_of(award) if by == "right" else by
            self.act("accept", awards.accept_award, signing, award=award, position="Head")

    def signatory_of(self, award):
        return {self.world.swale.pk: "swale_signatory", self.world.yot.pk: "yot_signatory"}.get(
            award.recipient_id, "maidstone_signatory"
        )

    @rule(number=index, by=one_of("right"))
    def walk(self, number, by):
        """One award goes one step on, more often than not by the right person, so that runs get far."""
        award = self.pick(Award.objects.all(), number)
        if award is None:
            return self.approve(number, "pcc" if by == "right" else by)
        if award.status == "MADE":
            self.act("offer", awards.offer_award, "officer" if by == "right" else by, award=award)
        elif award.status == "OFFERED":
            self.accept(number, by)
        elif row := self.pick(award.instalments.exclude(status="PAID").select_related("award"), number):
            self.act("release", instalments.release_instalment, "finance" if by == "right" else by, instalment=row)

    @rule(
        number=index,
        by=one_of("officer", "maidstone_signatory"),
        verb=st.sampled_from(["decline", "lapse", "suspend", "resume", "resume", "end_early"]),
        meant=st.sampled_from([True, False, False]),
    )
    def unsettle(self, number, by, verb, meant):
        name = "end_award_early" if verb == "end_early" else f"{verb}_award"
        award = self.pick(Award.objects.all(), number)
        if award and (meant or verb in ("suspend", "resume")):
            self.act(verb, getattr(awards, name), by, award=award, reason="R")

    @rule(number=index, verdict=st.sampled_from(["SATISFACTORY", "SATISFACTORY", "UNSATISFACTORY"]))
    def review(self, number, verdict):
        """A mid-year return is reviewed; only a satisfactory one may meet the condition."""
        owed = self.pick(Obligation.objects.filter(kind="RETURN", period="MID_YEAR"), number)
        if owed is None or MonitoringReturn.objects.filter(obligation=owed).exists():
            return
        award = Award.objects.get(pk=owed.subject_id)
        row = MonitoringReturn.objects.create(
            reference=f"MR-{owed.pk}", obligation=owed, award=award, kind="MID_YEAR", starts_on=owed.period_starts_on,
            ends_on=owed.period_ends_on, opened_at=self.at,
        )  # fmt: skip
        self.meet(award, row)
        MonitoringReturn.objects.filter(pk=row.pk).update(status="SUBMITTED")
        reviewed = {"verdict": verdict, "reply": "R", "reviewed_at": self.at, "reviewed_by": self.people["officer"]}
        MonitoringReturn.objects.filter(pk=row.pk).update(status="REVIEWED", **reviewed)
        row.refresh_from_db()
        self.meet(award, row)

    def meet(self, award, row):
        given = {"award": award, "condition": "MID_YEAR_SATISFACTORY", "row": row}
        self.act("meet", instalments.meet_condition, "officer", **given)

    @rule(number=index, by=one_of("finance"))
    def release(self, number, by):
        if row := self.pick(Instalment.objects.select_related("award"), number):
            self.act("release", instalments.release_instalment, by, instalment=row)

    @rule(number=index, by=one_of("finance"), verb=st.sampled_from(["withhold", "resume"]))
    def hold(self, number, by, verb):
        if row := self.pick(Instalment.objects.select_related("award"), number):
            self.act(verb, getattr(instalments, f"{verb}_instalment"), by, instalment=row, reason="R")

    @rule(number=index, by=one_of("finance"), back=st.booleans())
    def pay(self, number, by, back):
        due = Instalment.objects.filter(status=InstalmentStatus.RELEASED)
        rows = due if number % 2 and due.exists() else Instalment.objects.all()  # else payment is hardly ever in reach
        row = self.pick(rows.select_related("award"), number)
        if row and back:
            on = {"received_on": self.at.date(), "payment_reference": "B"}
            self.act("repay", instalments.record_repayment, by, instalment=row, **on)
        elif row:
            on = {"paid_on": self.at.date(), "payment_reference": "B"}
            self.act("pay", instalments.mark_paid, by, instalment=row, **on)

    @rule(number=index, by=one_of("finance"), amount=st.integers(1, 9000))
    def ask_back(self, number, by, amount):
        if award := self.pick(Award.objects.all(), number):
            given = {"award": award, "amount": Decimal(amount), "reason": "R"}
            self.act("ask back", instalments.request_repayment, by, **given)

    @rule(number=index, by=one_of("officer"), amount=st.integers(1, 6000), window=st.sampled_from(Window.values))
    def cut(self, number, by, amount, window):
        allocation = self.pick(Allocation.objects.all(), number)
        given = {"allocation": allocation, "amount": Decimal(amount), "window": window, "reason": "R"}
        self.act("cut", rounds.cut_allocation, by, **given)

    @rule(number=index, by=one_of("officer"), amount=st.integers(1, 3000), window=st.sampled_from(Window.values))
    def excuse(self, number, by, amount, window):
        allocation = self.pick(Allocation.objects.all(), number)
        given = {"allocation": allocation, "amount": Decimal(amount), "window": window, "reason": "R"}
        self.act("excuse", rounds.record_exception, by, **given)

    @invariant()
    def nothing_is_released_without_approval_acceptance_and_met_condition(self):
        for row in released():
            assert TermsAcceptance.objects.filter(award=row.award).exists()
            assert condition_is_met(row), f"{row} was released on {row.condition_row_type} {row.condition_row_id}"
            parts = InstalmentLine.objects.filter(instalment=row).select_related("award_line__decision")
            assert sum(part.amount for part in parts) == row.amount
            for part in parts:
                assert part.award_line.decision.outcome in APPROVING
                assert part.award_line.project.decision_id == part.award_line.decision_id

    @invariant()
    def who_advises_or_decides_never_releases(self):
        for row in released():
            projects = AwardLine.objects.filter(award=row.award).values("project_id")
            assert row.released_by_id not in duties.advisers_of(projects) | duties.deciders_of(row.award)

    @invariant()
    def never_more_out_than_awarded_nor_back_than_paid(self):
        for award in Award.objects.all():
            sums = money.money_of(award)
            assert sums.paid <= sums.released <= sums.awarded
            assert sums.returned <= sums.called_back <= sums.paid
            assert money.total(award.sources.all()) == sums.awarded

    @invariant()
    def never_more_awarded_than_allocated_and_excused(self):
        for allocation in Allocation.objects.select_related("round__rule_set"):
            pot = money.pot_of(allocation)
            assert pot.whole.awarded <= allocation.opened_amount + pot.whole.exceptions
            assert pot.tactical.awarded <= allocation.round.rule_set.tactical_limit(allocation.opened_amount)

    @invariant()
    def no_status_changes_twice(self):
        for kind in ("grants.Project", "grants.Instalment", "grants.Award"):
            chains = {}
            events = Event.objects.filter(subject_type=kind, changes__has_key="status").order_by("pk")
            for subject, changes in events.values_list("subject_id", "changes"):
                was, to = changes["status"]
                assert chains.get(subject, was) == was, f"{kind} {subject} went from {was} but stood elsewhere"
                chains[subject] = to
                assert was not in FINAL


def released():
    return Instalment.objects.filter(
        direction=Direction.OUT, status__in=[InstalmentStatus.RELEASED, InstalmentStatus.PAID]
    ).select_related("award")


def condition_is_met(row):
    """Read the row that met the condition anew, without the rules' own help."""
    if row.condition == "TERMS_ACCEPTED":
        return TermsAcceptance.objects.filter(pk=row.condition_row_id, award=row.award).exists()
    return MonitoringReturn.objects.filter(
        pk=row.condition_row_id, award=row.award, kind="MID_YEAR", status="REVIEWED", verdict="SATISFACTORY"
    ).exists()


def test_money_keeps_its_rules_under_random_actions_of_random_people(db):
    world = make.world()
    Delegation.objects.create(
        reference="DEL-1", body=world.body, post="CHIEF_EXECUTIVE", stream=world.crg, limit=9000, starts_on="2020-01-01"
    )
    make.awaiting_decision(world, ("9000", "9000.01", "8000"))
    make.live_award(world, ("7000", "6000"), organisation=world.swale)
    thirds = make.world(world.cast, world, make.cases.round_(world.cast, world, third=True))
    make.offered_award(thirds, ("3000",), organisation=world.yot)
    for amount in ("8000", "5220"):
        make.awaiting_decision(world, (amount,), window=Window.TACTICAL, at=make.OPEN_TACTICAL)
    Money.world, Money.done = world, Counter()

    strength = {"max_examples": 80, "stateful_step_count": 60} if TORTURE_AT_FULL_STRENGTH else {
        "max_examples": 6, "stateful_step_count": 30, "derandomize": True
    }  # fmt: skip
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        Money, settings=settings(deadline=None, database=None, suppress_health_check=checks, **strength)
    )

    wanted = ("accept", "release", "release refused")
    if TORTURE_AT_FULL_STRENGTH:
        # Only what no random run of this length misses; the rarer verbs have tests of their own.
        wanted += ("approve", "meet", "withhold", "cut")
    for name in wanted:
        assert Money.done[name], f"the machine never did this: {name}; it did {dict(Money.done)}"
