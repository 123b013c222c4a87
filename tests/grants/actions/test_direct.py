"""Direct awards: proposed, advised, decided, made into an award of one or several funders (C9, R4, V8, X2, X3)."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from grants.actions import awards, direct, instalments
from grants.models import Award, DirectAward, LimitException
from plans.actions import rule_sets
from records import papers
from records.enums import DecisionOutcome, ObligationKind
from records.models import Decision, Event, Notice, Obligation
from records.refusals import Refused
from tests.kept import kept
from tests.make import direct_awards as make

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = make.YEARS
FULL_SUM = "£12,000 is the full sum proposed. Choose approved in full, or give a lower sum."
ENDED = (
    "Home Office grant ends on 31 March 2021 and may not be carried over, so it pays only for time until then. "
    "Let another source pay for what follows."
)


@pytest.fixture(scope="module")
def kept_world(django_db_setup, django_db_blocker):
    """The world with rules for direct awards and two funds."""
    with kept(django_db_blocker):
        yield make.world()


def refused(act, *args, **kwargs):
    """The sentence of the refusal, or nothing."""
    try:
        with transaction.atomic():
            act(*args, **kwargs)
    except Refused as refusal:
        return refusal.reason
    return ""


def test_propose_direct_award_keeps_its_money_by_source_and_period(world):
    proposal = make.proposal(world, make.two_funders(world), ends_on=make.LAST)

    rows = [(row.funding_source.key, row.starts_on.year, row.amount) for row in proposal.sources.order_by("number")]
    assert rows == [
        ("long", 2020, Decimal("100000.00")),
        ("short", 2020, Decimal("102000.00")),
        ("long", 2021, Decimal("206000.00")),
        ("long", 2022, Decimal("206000.00")),
    ]
    assert proposal.reference.startswith("DA-2020-")
    assert Event.objects.filter(subject_id=proposal.pk, subject_type="grants.DirectAward").count() == 1
    assert Notice.objects.filter(rule__startswith="direct_award").count() == 0


def test_money_set_by_bites_only_rules_for_direct_awards_carry_one(world):
    assert refused(make.proposal, world) == ""
    assert refused(make.proposal, world, rule_set=world.third_rules) == (
        "Under Third party rules money is set otherwise (agreed with each organisation and entered by the office). "
        "Choose rules for direct awards, or open a round."
    )


def test_source_purpose_bites_before_and_in_the_database(world):
    money = [(world.victims, *FIRST, "12000")]

    assert refused(make.proposal, world, money) == (
        "Victims grant may not be spent on Third parties. Choose another source."
    )
    made = make.proposal(world)
    with pytest.raises(DatabaseError, match="purpose of this source"), transaction.atomic():
        made.sources.update(funding_source=world.victims)


@pytest.mark.parametrize(
    ("money", "said"),
    [
        ([("short", FIRST[0], FIRST[1], 1)], ""),
        (
            [("short", FIRST[0], SECOND[1], 1)],
            ENDED,
        ),
        ([("long", FIRST[0], THIRD[1], 1)], ""),
        ([], "Enter at least one source of funds with its sum."),
    ],
)
def test_carry_over_bites_a_source_pays_for_its_own_time(world, money, said):
    rows = [(getattr(world, key), first, last, amount) for key, first, last, amount in money]
    assert refused(make.proposal, world, rows, ends_on=make.LAST) == said


def test_over_commitment_bites_at_what_the_source_may_promise(world):
    type(world.short).objects.filter(pk=world.short.pk).update(over_commitment_percent=Decimal("1"))

    assert refused(make.proposal, world, [(world.short, *FIRST, "103020")]) == ""
    assert refused(make.proposal, world, [(world.short, *FIRST, "103020.01")]) == (
        "Home Office grant holds £102,000 (promises may come to £103,020) and £0 is promised from it already, "
        "so only £103,020 can still be promised."
    )


def test_two_proposals_cannot_promise_the_same_money_twice(world):
    first, second = (make.sent(world, [(world.short, *FIRST, "60000")]) for _ in range(2))

    make.decide(world, first)
    assert refused(make.decide, world, second) == (
        "Home Office grant holds £102,000 and £60,000 is promised from it already, so only £42,000 can still be "
        "promised."
    )
    decision = make.decide(world, second, outcome=DecisionOutcome.APPROVED_LOWER, amount="42000")
    assert decision.award_lines.get().amount == Decimal("42000.00")


def test_open_to_kinds_and_months_bite_direct_awards_too(world):
    world.direct_rules.open_to_kinds = ["CHARITY"]
    world.direct_rules.months_most = 12
    world.direct_rules.save()

    assert refused(make.proposal, world) == "Direct award rules is only for organisations of these kinds: charity."
    world.direct_rules.open_to_kinds = [world.yot.kind]
    world.direct_rules.save()
    assert refused(make.proposal, world) == ""
    assert refused(make.proposal, world, ends_on=SECOND[1]) == "Direct award rules allows at most 12 months."


def test_limits_bite_block_refuses_and_an_exception_is_kept(world):
    world.direct_rules.limits.create(on="CASE_YEAR", amount=Decimal("10000"), severity="NEEDS_EXCEPTION")
    world.direct_rules.limits.create(on="CASE_TOTAL", amount=Decimal("20000"), severity="BLOCK")

    assert refused(make.proposal, world, [(world.long, *FIRST, "20000.01")]) == (
        "This award is £0.01 over the limit of £20,000 (total of a business case)."
    )
    award = make.made_award(world)
    row = LimitException.objects.get(award=award)
    assert (row.on, row.amount, row.by) == ("CASE_YEAR", Decimal("2000.00"), world.pcc)


def test_discontinued_stream_bites_nothing_is_awarded_from_it(world):
    type(world.thirds).objects.filter(pk=world.thirds.pk).update(standing="DISCONTINUED")
    world.thirds.refresh_from_db()

    assert refused(make.proposal, world) == "Third parties is discontinued, so nothing is awarded from it."


def test_change_direct_award_asks_for_advice_and_comment_again(world):
    proposal = make.proposal(world)
    direct.advise_on_direct_award(
        proposal=proposal, outcome="APPROVED", advice="Fund it", by=world.officer, at=make.ADVISED_AT
    )
    words = ("stream", "rule_set", "recipient", "title", "purpose", "reason", "outcomes", "starts_on", "ends_on")
    written = {name: getattr(proposal, name) for name in words}

    changed = direct.change_direct_award(
        proposal=proposal,
        money=[(world.long, *FIRST, Decimal("13000"))],
        by=world.officer,
        at=make.ADVISED_AT,
        **written,
    )
    assert (changed.advice, changed.recommended, changed.advised_by) == ("", "", None)
    event = Event.objects.get(verb="changed", subject_type="grants.DirectAward")
    assert event.changes == {"total": ["12000.00", "13000"]}
    assert refused(direct.send_direct_award, proposal=changed, by=world.officer, at=make.SENT_AT) == (
        "Write the officers' advice first."
    )


def test_send_direct_award_waits_for_advice_and_comment_and_owes_a_decision(world):
    proposal = make.proposal(world)
    send = {"proposal": proposal, "by": world.officer, "at": make.SENT_AT}
    comment = {"proposal": proposal, "comment": "Affordable", "by": world.cfo, "at": make.ADVISED_AT}

    assert refused(direct.comment_on_direct_award, **comment) == (
        "Officers have not given their advice on this proposal yet."
    )
    direct.advise_on_direct_award(
        proposal=proposal, outcome="APPROVED", advice="Fund it", by=world.officer, at=make.ADVISED_AT
    )
    assert refused(direct.send_direct_award, **send) == "The chief finance officer has not commented on the money yet."
    direct.comment_on_direct_award(**comment)
    direct.send_direct_award(**send)
    owed = Obligation.objects.open().about(proposal).get()
    assert (owed.kind, owed.due_on) == (ObligationKind.DECISION, date(2020, 3, 23))
    assert {row.person for row in Notice.objects.filter(rule="direct_award_sent_for_decision")} >= {world.pcc}


def test_take_back_and_withdraw_direct_award_end_the_duty_to_decide(world):
    proposal = make.sent(world)
    why = {"reason": "The sum has changed", "by": world.officer, "at": make.SENT_AT}

    direct.take_back_direct_award(proposal=proposal, **why)
    proposal.refresh_from_db()
    assert (proposal.status, Obligation.objects.open().about(proposal).exists()) == ("DRAFT", False)
    direct.withdraw_direct_award(proposal=proposal, **why)
    assert refused(direct.withdraw_direct_award, proposal=proposal, **why) == "This proposal was withdrawn."


def test_decide_direct_award_makes_the_award_with_its_sources_and_years(world):
    award = make.made_award(world, make.two_funders(world), ends_on=make.LAST)

    assert (award.round, award.allocation, award.status, award.stream) == (None, None, "MADE", world.thirds)
    assert [(line.starts_on.year, line.amount) for line in award.lines.order_by("number")] == [
        (2020, Decimal("202000.00")),
        (2021, Decimal("206000.00")),
        (2022, Decimal("206000.00")),
    ]
    shares = {row.funding_source.key: row.amount for row in award.sources.all()}
    assert shares == {"long": Decimal("512000.00"), "short": Decimal("102000.00")}
    assert [(row.due_on, row.amount) for row in award.instalments.order_by("number")] == [
        (date(2020, 4, 1), Decimal("202000.00")),
        (date(2021, 4, 1), Decimal("206000.00")),
        (date(2022, 4, 1), Decimal("206000.00")),
    ]
    returns = Obligation.objects.about(award).filter(kind=ObligationKind.RETURN)
    assert sorted(row.period_ends_on for row in returns) == [last for _, last in make.YEARS]
    world.direct_rules.refresh_from_db()
    assert world.direct_rules.frozen_at == make.DECIDED_AT
    assert refused(rule_sets.freeze_rules, rule_set=world.direct_rules, at=make.SENT_AT) == ""


def test_a_lower_sum_is_shared_by_the_sources_to_the_penny(world):
    award = make.made_award(
        world, make.two_funders(world), ends_on=make.LAST, outcome=DecisionOutcome.APPROVED_LOWER, amount="100000.01"
    )

    sums = [row.amount for row in award.sources.order_by("funding_source__key")]
    assert sums == [Decimal("83387.63"), Decimal("16612.38")]
    assert sum(line.amount for line in award.lines.all()) == Decimal("100000.01")


@pytest.mark.parametrize(
    ("outcome", "amount", "more", "said"),
    [
        ("APPROVED", "11000", {}, "Approved in full means £12,000. Choose a lower sum, or give £12,000."),
        (
            "APPROVED_LOWER",
            "12000.01",
            {},
            "£12,000.01 is more than the £12,000 proposed. Give that sum or a lower one.",
        ),
        (
            "APPROVED_LOWER",
            "12000",
            {},
            "£12,000 is the full sum proposed. Choose approved in full, or give a lower sum.",
        ),
        ("APPROVED_CONDITIONS", "9000", {}, "Write the conditions."),
        ("APPROVED", None, {"purpose": " "}, "Write the purpose of the spend."),
        ("DECLINED", None, {"reason": " "}, "Write the reason for the decision."),
        ("DEFERRED", None, {}, "Choose what you decide."),
        ("DECLINED", "5", {}, "Give a sum only where you approve."),
    ],
)
def test_decide_direct_award_says_what_is_wrong_with_the_words(world, outcome, amount, more, said):
    proposal = make.sent(world)
    assert refused(make.decide, world, proposal, outcome=outcome, amount=amount, **more) == said


def test_who_proposed_advised_or_commented_does_not_decide_and_does_not_release(world):
    proposal = make.sent(world)
    world.plan_delegation = world.body.delegations.create(
        reference="D1", post="CHIEF_FINANCE_OFFICER", starts_on=date(2020, 1, 1), limit=Decimal("50000")
    )

    assert refused(make.decide, world, proposal, by=world.cfo) == (
        "You evaluated or advised on this, so somebody else decides it."
    )
    decision = make.decide(world, proposal)
    award = awards.offer_award(award=Award.objects.get(proposal=proposal), by=world.officer, at=make.OFFERED_AT)
    awards.accept_award(award=award, position="Director", by=world.yot_signatory, at=make.ACCEPTED_AT)
    with pytest.raises(DatabaseError, match="who advised or decided"), transaction.atomic(), connection.cursor() as run:
        run.execute(
            "UPDATE grants_instalment SET status = 'RELEASED', released_at = now(), released_by_id = %s",
            [world.cfo.pk],
        )
    released = instalments.release_instalment(
        instalment=award.instalments.get(), by=world.finance, at=make.make_awards.RELEASED_AT
    )
    assert (released.status, decision.made_by) == ("RELEASED", world.pcc)


def test_decline_direct_award_promises_nothing_and_can_be_published(world):
    decision = make.decided(world, outcome=DecisionOutcome.DECLINED)

    proposal = DirectAward.objects.get()
    assert (proposal.status, proposal.award, decision.offered_at) == ("DECIDED", None, make.DECIDED_AT)
    assert Award.objects.count() == 0
    assert {row.person for row in Notice.objects.filter(rule="direct_award_decided")} >= {world.officer}


def test_a_decided_proposal_and_its_money_never_change_whoever_asks(world):
    make.decided(world)
    proposal = DirectAward.objects.get()

    for change in (
        lambda: DirectAward.objects.filter(pk=proposal.pk).update(reason="Another"),
        lambda: proposal.sources.update(amount=1),
        lambda: DirectAward.objects.filter(pk=proposal.pk).update(status="AWAITING_DECISION"),
        lambda: DirectAward.objects.filter(pk=proposal.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_line_without_project_or_proposal_is_refused_by_the_database(world):
    award = make.made_award(world)
    stray = Decision.objects.create(
        reference="DN-X", title="Stray", outcome="APPROVED", amount=5, made_at=make.DECIDED_AT, made_by=world.pcc,
        reason="x", purpose="x",
    )  # fmt: skip
    with pytest.raises(DatabaseError, match="a line is of an approved project"), transaction.atomic():
        award.lines.create(number=9, decision=stray, title="x", amount=5, added_at=make.DECIDED_AT)


def test_a_key_decision_on_a_direct_award_has_its_numbered_notice(world):
    proposal = make.sent(world)

    decision = make.decide(world, proposal, is_key=True)
    assert decision.notice_number == 1
    paper = papers.about(decision)[0]
    assert proposal.reference in paper.html
