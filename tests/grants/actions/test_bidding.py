"""Rounds by bids and by formula: who may apply, how money is set, exceptions, shares (C1, R1, V1, X1, X2)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from grants.actions import business_cases, exceptions, formulas, invitations, projects, rounds
from grants.actions.answers import write_answers
from grants.enums import RoundStatus
from grants.models import AllocationFactor, LimitException, RoundInvitation
from grants.queries import bidding as queries
from grants.queries import case_content
from grants.rules import applying, limits, sharing
from grants.rules import business_cases as case_rules
from grants.rules import rounds as rules
from plans.enums import MoneySetBy
from records.models import Event, Notice, Obligation
from records.refusals import Refused
from tests.make import awards as award_make
from tests.make import bidding as make
from tests.make import cases

pytestmark = pytest.mark.django_db
D = Decimal
DAY = date(2020, 3, 9)


def refused(act, **given):
    with pytest.raises(Refused) as refusal:
        act(**given)
    return refusal.value.reason


def by(world):
    return {"by": world.officer, "at": cases.OPENED}


def starts(world, round_, organisation):
    lead = cases.lead_of(world.cast, organisation)
    return case_rules.why_not_start(round_, organisation=organisation, window="MAIN", user=lead, on=DAY)


def owed(organisation):
    return list(Obligation.objects.open().filter(kind="BUSINESS_CASE", organisation=organisation))


def test_open_to_kinds_bites(world):
    round_ = make.round_(world.cast, world, make.rules(world, open_to_kinds=["CSP", "CHARITY"]))

    assert starts(world, round_, world.maidstone) == ""
    assert starts(world, round_, world.yot) == (
        "This round is only for organisations of these kinds: Community Safety Partnership and charity. "
        "Youth Offending Team is recorded as statutory third party. Ask the office if that is wrong."
    )


def test_open_to_areas_bites(world):
    round_ = make.round_(world.cast, world, make.rules(world, open_to_areas=["maidstone", "Dover"]))

    assert starts(world, round_, world.maidstone) == ""
    assert starts(world, round_, world.swale) == (
        "This round is only for organisations that work in maidstone and Dover, "
        "and Swale Community Safety Partnership is not."
    )


def test_invited_only_bites(world):
    round_ = make.round_(world.cast, world, make.rules(world, invited_only=True), status=RoundStatus.DRAFT)
    (invitation,) = make.invited(world.cast, round_, world.maidstone)
    rounds.open_round(round=round_, **by(world))

    assert starts(world, round_, world.maidstone) == ""
    assert starts(world, round_, world.swale) == (
        "Your organisation was not invited to this round. Ask the office if you think it should be."
    )
    assert [row.organisation for row in RoundInvitation.objects.filter(round=round_)] == [world.maidstone]
    assert [(row.subject_id, row.due_on) for row in owed(world.maidstone) if row.link == round_.get_absolute_url()] == [
        (invitation.pk, cases.DEADLINE)
    ]
    assert Notice.objects.filter(heading="Community bids 2020/21 is open").count() == 2


def test_current_recipients_only_bites(world):
    award_make.live_award(world)
    rule_set = make.rules(world, invited_only=True, current_recipients_only=True)
    year_on = {"starts_on": date(2021, 4, 1), "ends_on": date(2022, 3, 31)}
    days = {"opens_on": date(2021, 1, 4), "deadline_on": date(2021, 2, 26)}
    round_ = make.round_(world.cast, world, rule_set, status=RoundStatus.DRAFT, **year_on, **days)

    made = invitations.invite_current_recipients(round=round_, **by(world))

    award = queries.award_held(round_, world.maidstone)
    assert [(row.organisation, row.continues) for row in made] == [(world.maidstone, award)]
    assert applying.why_not_fit(round_, world.swale) == (
        "Only organisations with an award of Community Safety Partnerships now, or in the year before this round, "
        "may apply, and Swale Community Safety Partnership has none."
    )
    later = {"starts_on": award.ends_on + timedelta(days=367), "ends_on": award.ends_on + timedelta(days=700)}
    rounds.save_round(round=round_, **later, **by(world))
    assert queries.award_held(round_, world.maidstone) is None


def test_invite_refuses_whom_the_rules_do_not_fit_and_anybody_twice(world):
    rule_set = make.rules(world, invited_only=True, open_to_kinds=["CSP"])
    round_ = make.round_(world.cast, world, rule_set, status=RoundStatus.DRAFT)
    (invitation,) = make.invited(world.cast, round_, world.maidstone)
    given = {"round": round_, **by(world)}

    assert refused(invitations.invite, organisation=world.maidstone, **given) == (
        "Safer Maidstone Partnership is invited already."
    )
    assert "only for organisations of these kinds" in refused(invitations.invite, organisation=world.yot, **given)
    invitations.take_invitation_back(invitation=invitation, **by(world))
    assert rules.why_not_open(round_, user=world.officer, on=DAY) == (
        "Nobody is invited yet. Invite at least one organisation."
    )


def test_money_set_directly_bites(world):
    rule_set = make.rules(world, money_set_by=MoneySetBy.DIRECT)
    given = {"stream": world.csps, "name": "X", "starts_on": DAY, "ends_on": date(2021, 3, 31), **by(world)}
    days = {"opens_on": DAY, "deadline_on": DAY}

    assert refused(rounds.start_round, rule_set=rule_set, **given, **days) == (
        "Under these rules money is given by direct award, so no round is opened. Propose a direct award instead."
    )
    assert rounds.start_round(rule_set=make.rules(world), **given, **days).status == RoundStatus.DRAFT


def test_money_by_bids_bites(world):
    round_ = make.round_(world.cast, world, make.rules(world), status=RoundStatus.DRAFT, budget=None)

    assert rules.why_not_open(round_, user=world.officer, on=DAY) == (
        "The money of this round is not known. Enter it first: nothing can be approved from an unknown sum."
    )
    assert refused(rounds.set_allocation, round=round_, organisation=world.swale, amount=D(1), **by(world)) == (
        "Under these rules organisations bid for the money of the round, so nothing is allocated to any of them."
    )
    rounds.save_round(round=round_, budget=D(50000), **by(world))
    assert rules.why_not_open(round_, user=world.officer, on=DAY) == ""


def test_money_same_as_last_year_bites(world):
    rule_set = make.rules(world, money_set_by=MoneySetBy.SAME_AS_LAST_YEAR, invited_only=True)
    round_ = make.round_(world.cast, world, rule_set, status=RoundStatus.DRAFT, budget=None)
    rounds.copy_allocations(round=round_, from_round=world.round, **by(world))
    given = {"round": round_, "organisation": world.maidstone, **by(world)}

    assert refused(rounds.set_allocation, amount=D("40000"), **given) == (
        "Each organisation gets the same as last year, £39,661. Say where another sum comes from."
    )
    assert rounds.set_allocation(amount=D("39661"), **given).adjustment == 0
    other = rounds.set_allocation(amount=D("40000"), provenance="A district joined.", **given)
    assert (other.last_year_amount, other.adjustment, other.amount) == (D("39661"), D("339"), D("40000"))
    new = {**given, "organisation": world.yot, "amount": D("500")}
    assert refused(rounds.set_allocation, **new) == "Nothing is known of last year. Say where this sum comes from."


def formula_world(world, **fields):
    rule_set = make.rules(world, money_set_by=MoneySetBy.FORMULA, invited_only=True)
    make.formula(rule_set, **fields)
    figures = {world.maidstone: ("300", "10"), world.swale: ("100", "10")}
    return make.formula_round(world.cast, world, rule_set, figures)


def test_money_by_formula_bites(world):
    round_ = formula_world(world)
    assert rules.why_not_open(round_, user=world.officer, on=DAY) == (
        "The amount is not known for Safer Maidstone Partnership, Swale Community Safety Partnership. "
        "Enter it, or take them out of the round."
    )

    formulas.work_out_formula(round=round_, **by(world))

    rows = {row.organisation: row for row in round_.allocations.select_related("organisation")}
    assert {row.organisation: (row.formula_amount, row.adjustment, row.amount) for row in rows.values()} == {
        world.maidstone: (D("65000.00"), D(0), D("65000.00")),
        world.swale: (D("35000.00"), D(0), D("35000.00")),
    }
    assert rules.why_not_open(round_, user=world.officer, on=DAY) == ""
    given = {"round": round_, "organisation": world.swale, **by(world)}
    assert refused(rounds.set_allocation, amount=D("36000"), **given) == (
        "The formula gives £35,000. Say where another sum comes from."
    )
    rounds.set_allocation(amount=D("34000"), provenance="Shares an officer.", **given)
    assert rules.why_not_open(round_, user=world.officer, on=DAY) == ""


def test_formula_that_is_stale_opens_nothing_and_keeps_adjustments_when_worked_out_again(world):
    round_ = formula_world(world)
    formulas.work_out_formula(round=round_, **by(world))
    given = {"round": round_, **by(world)}
    rounds.set_allocation(organisation=world.swale, amount=D("34000"), provenance="Shares an officer.", **given)
    AllocationFactor.objects.filter(allocation__organisation=world.swale, weight__key="crime").update(value=D(30))

    assert rules.why_not_open(round_, user=world.officer, on=DAY) == (
        "Figures have changed since the formula was worked out (Safer Maidstone Partnership and "
        "Swale Community Safety Partnership). Work it out again."
    )
    formulas.work_out_formula(round=round_, **by(world))

    swale = round_.allocations.get(organisation=world.swale)
    assert (swale.formula_amount, swale.adjustment, swale.amount) == (D("45000.00"), D("-1000.00"), D("44000.00"))
    assert rules.why_not_open(round_, user=world.officer, on=DAY) == ""


def test_formula_takes_the_newest_version(world):
    round_ = formula_world(world)
    make.formula(round_.rule_set, weights=[("people", "100")])

    assert sharing.why_not_work_out(round_) == (
        "The formula needs a figure for Safer Maidstone Partnership and Swale Community Safety Partnership. "
        "Enter it with its source."
    )


def test_budget_of_a_round_with_allocations_bites(world):
    round_ = formula_world(world)
    formulas.work_out_formula(round=round_, **by(world))
    given = {"round": round_, "organisation": world.swale, "provenance": "More crime.", **by(world)}

    rounds.set_allocation(amount=D("35000.01"), **given)

    assert rules.why_not_open(round_, user=world.officer, on=DAY) == (
        "The allocations come to £100,000.01; the round has £100,000. Make them fit first."
    )


def test_lots_bite_when_the_round_opens(world):
    rule_set = make.rules(world, lots=[("Prevention", "30000", None, None), ("Support", "20000.01", None, None)])
    round_ = make.round_(world.cast, world, rule_set, status=RoundStatus.DRAFT)

    assert rules.why_not_open(round_, user=world.officer, on=DAY) == (
        "The lots come to £50,000.01, more than the £50,000 of the round."
    )
    rounds.save_round(round=round_, budget=D("50000.01"), **by(world))
    assert rules.why_not_open(round_, user=world.officer, on=DAY) == ""


def test_lot_of_a_project_is_kept_and_asked_for(world):
    rule_set = make.rules(world, lots=[("Prevention", "30000", "500", "8000")])
    case = make.draft(world.cast, make.round_(world.cast, world, rule_set))
    project = case.projects.get()

    def why():
        return case_rules.why_not_submit(case, user=world.maidstone_lead, on=DAY)

    assert why() == "Project 1, projects: Choose the lot that the project bids for."
    projects.write_project(case=case, project=project, lot=1, by=world.maidstone_lead, at=cases.WRITTEN)
    assert why() == (
        "Project 1, budget: Lot 1, Prevention, gives no more than £8,000 to a project; this one asks for £10,000."
    )
    lines = cases.budget(D(8000))
    projects.write_project(case=case, project=project, budget_lines=lines, by=world.maidstone_lead, at=cases.WRITTEN)
    assert why() == ""


def test_shares_of_sources_bite(world):
    round_ = make.round_(world.cast, world, make.rules(world), status=RoundStatus.DRAFT)
    given = {"round": round_, **by(world)}

    assert refused(invitations.set_sources, shares=[(world.own, D(60))], **given) == (
        "The shares of the sources make 60 %. They must make 100 %."
    )
    assert refused(invitations.set_sources, shares=[(world.victims, D(100))], **given) == (
        "Victims grant may be spent on support for victims only, and Community Safety Partnerships is for "
        "crime and disorder reduction. Choose another source."
    )
    invitations.set_sources(shares=[(world.own, D(100))], **given)
    assert [(row.funding_source, row.share_percent) for row in round_.shares.all()] == [(world.own, D(100))]


def test_opening_freezes_the_rules(world):
    rule_set = make.rules(world)
    assert rule_set.frozen_at is None

    make.round_(world.cast, world, rule_set)

    rule_set.refresh_from_db()
    assert rule_set.frozen_at == cases.OPENED


def test_a_bid_is_owed_from_its_start_and_closed_when_sent(world):
    round_ = make.round_(world.cast, world, make.rules(world))
    case = make.draft(world.cast, round_)
    rows = Obligation.objects.about(case).filter(kind="BUSINESS_CASE")

    assert [row.due_on for row in rows.filter(closed_at=None)] == [cases.DEADLINE]
    rounds.move_deadline(round=round_, deadline_on=date(2020, 4, 15), reason="Bank holiday.", **by(world))
    assert [row.due_on for row in rows.filter(closed_at=None)] == [date(2020, 4, 15)]
    business_cases.submit_business_case(case=case, by=world.maidstone_lead, at=cases.SENT)
    assert list(rows.filter(closed_at=None)) == []
    business_cases.reopen_business_case(case=case, reason="A slip.", by=world.maidstone_lead, at=cases.SENT)
    assert rows.filter(closed_at=None).count() == 1
    rounds.close_round(round=round_, **by(world))
    assert rows.filter(closed_at=None).count() == 0


def test_over_commitment_of_the_round_bites(world):
    rule_set = make.rules(world, over_commitment_percent=D(10), lots=[("Prevention", "20000", None, None)])
    round_ = make.round_(world.cast, world, rule_set, budget="20000")
    case = make.draft(world.cast, round_, amounts=("22000.01",), lot=1)
    project = case.projects.get()

    assert limits.why_not_over(project, D("22000")) == ""
    assert limits.over_words(project, D("22000")) == (
        "This commits £2,000 more than the £20,000 of the round, within what its rules allow."
    )
    assert limits.over_words(project, D("20000")) == ""
    assert limits.why_not_over(project, D("22000.01")) == (
        "Only £22,000 is left of the round (£20,000, with the 10 % it may be over-committed by). "
        "Approve a lower sum, or decline another project first."
    )


def test_budget_of_a_lot_bites(world):
    rule_set = make.rules(world, lots=[("Prevention", "5000", None, None), ("Support", None, None, None)])
    case = make.draft(world.cast, make.round_(world.cast, world, rule_set), lot=1)
    project = case.projects.get()

    assert limits.why_not_over(project, D("5000")) == ""
    assert limits.why_not_over(project, D("5000.01")) == (
        "Only £5,000 is left of Lot 1: Prevention (£5,000). Approve a lower sum, or decline another project first."
    )


def exception_case(world):
    rule_set = make.rules(world, limits=[("PROJECT_YEAR", "35000", "NEEDS_EXCEPTION")])
    return make.draft(world.cast, make.round_(world.cast, world, rule_set), amounts=("36814",))


OVER = "Project 1, in the year from 1 April 2020, is £1,814 over the limit of £35,000."


def test_exception_bites_until_it_is_given(world):
    case = exception_case(world)
    lead = {"by": world.maidstone_lead, "at": cases.WRITTEN}
    asked = f"{OVER} Ask for less, or ask the office to record an exception."

    assert refused(business_cases.submit_business_case, case=case, **lead) == asked
    exceptions.ask_for_exception(case=case, reason="Rents rose.", **lead)
    assert refused(business_cases.submit_business_case, case=case, **lead) == asked
    (row,) = exceptions.give_exception(case=case, reason="Shown with quotes.", by=world.head, at=cases.SENT)
    business_cases.submit_business_case(case=case, by=world.maidstone_lead, at=cases.SENT)

    assert (row.on, row.amount, row.reason, row.by) == ("PROJECT_YEAR", D("1814"), "Shown with quotes.", world.head)
    assert case.status == "SUBMITTED"
    verbs = Event.objects.filter(subject_type="grants.BusinessCase", subject_id=case.pk).values_list("verb", flat=True)
    assert {"exception_asked", "exception_given"} <= set(verbs)
    assert Notice.objects.filter(heading=f"{case.reference}: the exception was given").count() == 2


def test_exception_is_for_posts_with_the_right_and_for_what_is_asked(world):
    case = exception_case(world)
    lead = {"by": world.maidstone_lead, "at": cases.WRITTEN}

    assert refused(exceptions.give_exception, case=case, reason="Yes.", by=world.head, at=cases.SENT) == (
        "No exception has been asked for this business case."
    )
    assert refused(exceptions.ask_for_exception, case=case, reason=" ", **lead) == (
        "Say why: the reason stands beside the exception."
    )
    exceptions.ask_for_exception(case=case, reason="Rents rose.", **lead)
    assert refused(exceptions.ask_for_exception, case=case, reason="Again.", **lead) == (
        "An exception has been asked for already. The office will answer it."
    )
    assert refused(exceptions.give_exception, case=case, reason="Yes.", by=world.officer, at=cases.SENT) == (
        "Only the head of commissioning, the chief executive or the commissioner gives an exception."
    )
    exceptions.refuse_exception(case=case, reason="Not shown.", by=world.head, at=cases.SENT)
    assert not LimitException.objects.filter(case=case).exists()
    assert not Obligation.objects.open().about(case).filter(kind="REQUEST_ANSWER").exists()


def test_limits_of_an_applicant_bite_over_rounds_and_awards(world):
    award_make.live_award(world)
    rule_set = make.rules(world, limits=[("APPLICANT_YEAR", "20000", "BLOCK"), ("APPLICANT_ROUND", "10000", "BLOCK")])
    round_ = make.round_(world.cast, world, rule_set)
    award = queries.Award.objects.get(recipient=world.maidstone)
    has = sum(line.amount for line in award.lines.all())
    room = D("20000") - has

    within = make.draft(world.cast, round_, amounts=(room,))
    assert case_rules.why_not_submit(within, user=world.maidstone_lead, on=DAY) == ""
    lines = cases.budget(room + 1)
    lead = {"by": world.maidstone_lead, "at": cases.WRITTEN}
    projects.write_project(case=within, project=within.projects.get(), budget_lines=lines, **lead)
    assert case_rules.why_not_submit(within, user=world.maidstone_lead, on=DAY).startswith(
        "All that the organisation has or asks for, in the year from 1 April 2020, is £1 over the limit of £20,000."
    )


def test_questions_are_answered_kept_and_frozen_with_the_case(world):
    rule_set = make.rules(world)
    rows = [
        {"key": "young", "label": "Do you work with young people?", "kind": "YES_NO"},
        {"key": "ages", "label": "Which ages?", "kind": "TEXT", "shown_if": "young", "shown_for": ["yes"]},
    ]
    make.questions(rule_set, rows)
    case = make.draft(world.cast, make.round_(world.cast, world, rule_set))
    (asked,) = queries.asks_of(rule_set).of_case
    lead = {"by": world.maidstone_lead, "at": cases.WRITTEN}

    def why():
        return case_rules.why_not_submit(case, user=world.maidstone_lead, on=DAY)

    assert why() == "Answer “Do you work with young people?”."
    write_answers(case=case, asked=asked, values={"young": "yes"}, **lead)
    assert why() == "Answer “Which ages?”."
    write_answers(case=case, asked=asked, values={"young": "no", "ages": "11 to 16"}, **lead)
    assert why() == ""
    business_cases.submit_business_case(case=case, by=world.maidstone_lead, at=cases.SENT)

    (kept,) = case.snapshots.get().content["question_sets"]
    assert (kept["title"], kept["values"]) == ("About your organisation", {"young": "no"})
    assert case_content.content_of(case)["question_sets"] == [kept]
