"""A recipient asks for a change of its award; approved, it is applied by itself (X3)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from grants.actions import awards, requests
from grants.enums import AwardStatus, InstalmentStatus, RequestStatus
from grants.models import Award, BudgetLine, DeliveryPartner, PlannedOutput, VariationRequest
from grants.queries import changes
from grants.queries.agreed import with_agreed_parts
from monitoring.actions import open_due_returns
from monitoring.models import MonitoringReturn
from plans.enums import ApprovalLevel, RequestKind
from records.enums import DecisionOutcome, ObligationKind
from records.models import Decision, Event, Notice, Obligation, Paper
from records.refusals import Refused
from tests.kept import kept
from tests.make import awards as make
from tests.make import requests as asking
from tests.make.requests import ASKED_AT, DAY, WHY

NEW_END = date(2021, 6, 30)


@pytest.fixture(scope="module")
def kept_world(django_db_setup, django_db_blocker):
    """The world with one live award of £10,000, never committed."""
    with kept(django_db_blocker):
        world = make.world()
        world.award = make.live_award(world)
        yield world


@pytest.fixture
def award(world):
    return Award.objects.get(pk=world.award.pk)


def returns_of(award):
    rows = Obligation.objects.about(award).filter(kind=ObligationKind.RETURN).order_by("due_on", "pk")
    return [(row.period, row.due_on) for row in rows if not row.closed_at]


def test_start_request_is_a_draft_of_the_recipient_s_own(world, award):
    request = asking.started(world, award, RequestKind.TIME, {"ends_on": NEW_END.isoformat()})

    assert (request.status, request.reason, request.level) == (RequestStatus.DRAFT, WHY, "")
    assert (request.before, request.after) == ({"ends_on": "2021-03-31"}, {"ends_on": "2021-06-30"})
    assert Notice.objects.filter(subject_type="grants.VariationRequest").count() == 0


def test_save_request_refuses_a_stale_page(world, award):
    request = asking.started(world, award, RequestKind.TIME, {"ends_on": NEW_END.isoformat()})
    said = {"reason": WHY, "after": {"ends_on": "2021-05-31"}, "by": world.maidstone_lead, "at": ASKED_AT}

    saved = requests.save_request(request=request, version=1, **said)

    assert (saved.version, saved.after) == (2, {"ends_on": "2021-05-31"})
    with pytest.raises(Refused, match="Someone else has just changed this"):
        requests.save_request(request=request, version=1, **said)


def test_submit_request_keeps_effect_and_level_and_the_office_owes_an_answer(world, award):
    request = asking.sent(world, award, RequestKind.TIME, {"ends_on": NEW_END.isoformat()})

    owed = Obligation.objects.open().about(request).get()
    assert (request.status, request.level) == (RequestStatus.SUBMITTED, ApprovalLevel.COMMISSIONER)
    assert (request.effect["days"], request.effect["amount"]) == (91, "0")
    assert (owed.kind, owed.organisation, owed.due_on) == (ObligationKind.REQUEST_ANSWER, None, date(2020, 8, 24))
    assert Notice.objects.get(rule="request_submitted", person=world.officer).body.endswith(WHY)
    assert (
        "The office answers by 24 August 2020"
        in Notice.objects.get(rule="request_received", person=world.maidstone_lead).body
    )


def test_ask_about_request_sends_it_back_and_it_comes_again(world, award):
    request = asking.sent(world, award, RequestKind.TIME, {"ends_on": NEW_END.isoformat()})

    requests.ask_about_request(request=request, question="Why June?", by=world.officer, at=ASKED_AT + DAY)
    owed = Obligation.objects.open().about(request).get()
    again = requests.submit_request(request=request, by=world.maidstone_lead, at=ASKED_AT + 2 * DAY)

    assert (owed.kind, owed.organisation_id) == (ObligationKind.REQUEST_QUESTION, award.recipient_id)
    assert (again.status, again.question) == (RequestStatus.SUBMITTED, "Why June?")
    assert Obligation.objects.open().about(request).get().kind == ObligationKind.REQUEST_ANSWER


def test_withdraw_request_ends_what_is_owed(world, award):
    request = asking.sent(world, award, RequestKind.TIME, {"ends_on": NEW_END.isoformat()})

    gone = requests.withdraw_request(request=request, by=world.maidstone_lead, at=ASKED_AT + DAY)

    assert gone.status == RequestStatus.WITHDRAWN
    assert Obligation.objects.open().about(request).count() == 0
    assert Notice.objects.filter(rule="request_withdrawn", person=world.officer).count() == 1


def test_decide_request_more_time_is_applied_as_the_effect_said(world, award):
    request = asking.advised(world, award, RequestKind.TIME, {"ends_on": NEW_END.isoformat()})
    before = returns_of(award)

    decided = asking.decide(request, by=world.pcc)

    award.refresh_from_db()
    told = {row.title: row.due_on for row in Obligation.objects.open().about(award).filter(kind="RETURN")}
    assert decided.effect["returns"] == [f"Return for an extension for {award.title}: new, due by 30 July 2021"] or (
        decided.effect["returns"]
        == [f"Return for an extension to 30 June 2021 for {award.title}: new, due by 30 July 2021"]
    )
    assert date(2021, 7, 30) in told.values()
    assert (before[0] in returns_of(award), len(returns_of(award))) == (True, len(before) + 1)
    assert (award.ends_on, decided.status, decided.variation.kind) == (NEW_END, RequestStatus.APPROVED, "END_MOVED")
    assert (decided.decision.outcome, decided.decision.made_by) == (DecisionOutcome.APPROVED, world.pcc)
    assert decided.variation.decision == decided.decision
    assert decided.decision.offered_at == decided.decided_at
    assert Obligation.objects.open().about(request).count() == 0


def test_decide_request_writes_letter_notices_and_history(world, award):
    request = asking.advised(world, award, RequestKind.PURPOSE, {"purpose": "Patrols by day"})

    asking.decide(request, by=world.pcc)

    award.refresh_from_db()
    paper = Paper.objects.get(subject_type="grants.VariationRequest", subject_id=request.pk)
    told = Notice.objects.get(rule="request_decided", person=world.maidstone_lead)
    assert (award.purpose, paper.kind, told.paper) == ("Patrols by day", "REQUEST_LETTER", paper)
    assert "Patrols by day" in paper.html and "It still meets the need" in paper.html
    assert Notice.objects.filter(rule="request_decided", person=world.maidstone_signatory).count() == 1
    varied = Event.objects.get(subject_type="grants.Award", subject_id=award.pk, verb="varied")
    assert varied.changes == {"purpose": ["", "Patrols by day"]}


def test_decide_request_refused_changes_nothing(world, award):
    request = asking.advised(world, award, RequestKind.TIME, {"ends_on": NEW_END.isoformat()})

    decided = asking.decide(request, by=world.pcc, outcome=DecisionOutcome.DECLINED)

    award.refresh_from_db()
    assert (decided.status, decided.variation, award.ends_on) == (RequestStatus.REFUSED, None, date(2021, 3, 31))
    assert Decision.objects.get(pk=decided.decision_id).outcome == DecisionOutcome.DECLINED


def test_decide_request_money_moves_the_budget_that_the_next_return_asks_for(world, award):
    wanted = asking.moved_money(award, "9400.00", "100.00", new=[("Training", "500.00")])
    request = asking.advised(world, award, RequestKind.MONEY, wanted)

    decided = asking.decide(request, by=world.head)
    open_due_returns(on=date(2020, 9, 30), at=ASKED_AT + 60 * DAY)

    project = award.lines.get().project
    asked = MonitoringReturn.objects.get(award=award).spend_lines.order_by("budget_line__number")
    assert (request.level, decided.effect["percent"]) == (ApprovalLevel.HEAD, "5.00")
    assert [(row.heading, row.planned) for row in asked] == [
        ("Staff", Decimal("9400.00")),
        ("Travel", Decimal("100.00")),
        ("Training", Decimal("500.00")),
    ]
    assert project.amount_requested == Decimal("10000.00")
    assert [row.heading for row in project.budget_lines.order_by("number")] == ["Staff", "Travel"]
    assert BudgetLine.agreed.get(heading="Training").variation == decided.variation


def test_decide_request_outputs_are_what_the_next_return_asks_for_and_not_the_one_before(world, award):
    open_due_returns(on=date(2020, 9, 30), at=ASKED_AT + 58 * DAY)
    wanted = asking.figures(award, "40.00", output=("Street briefings", "evenings", "12.00"))
    request = asking.sent(world, award, RequestKind.OUTPUTS, wanted, at=ASKED_AT + 60 * DAY)

    asking.decide(request, by=world.officer, at=ASKED_AT + 61 * DAY)
    open_due_returns(on=date(2021, 3, 31), at=ASKED_AT + 240 * DAY)

    first, second = MonitoringReturn.objects.filter(award=award).order_by("ends_on")
    assert request.effect["returns"] == [f"Mid-year return for {award.title} is open and keeps what it asks for."]
    assert [row.target_then for row in first.output_results.order_by("pk")] == [Decimal("50.00")]
    assert [(row.planned.output, row.target_then) for row in second.output_results.order_by("pk")] == [
        ("Patrols", Decimal("40.00")),
        ("Street briefings", Decimal("12.00")),
    ]
    assert PlannedOutput.objects.get(project=award.lines.get().project).target == Decimal("50.00")


def test_decide_request_an_outcome_that_is_dropped_is_not_asked_for(world, award):
    request = asking.sent(world, award, RequestKind.OUTPUTS, asking.figures(award, "50.00", gone=("outcomes",)))

    asking.decide(request, by=world.officer)

    (line,) = with_agreed_parts(award.lines.select_related("project"))
    assert (list(line.project.outcomes.all()), len(line.project.outputs.all())) == ([], 1)
    assert request.decision is None


def test_decide_request_partner_takes_another_s_place(world, award):
    request = asking.sent(world, award, RequestKind.PARTNER, asking.partners(award, joins="Example Mentors"))

    asking.decide(request, by=world.officer)

    rows = DeliveryPartner.agreed.filter(is_dropped=False)
    assert [(row.name, row.part) for row in rows] == [("Example Mentors", "Patrols")]
    assert DeliveryPartner.objects.get().name == "Street Pastors"


def test_decide_request_pause_holds_the_money_until_it_is_lifted(world, award):
    request = asking.advised(world, award, RequestKind.SUSPENSION, {"until": "2020-10-31"})

    asking.decide(request, by=world.pcc)

    award.refresh_from_db()
    owed = Obligation.objects.open().about(award).get(kind=ObligationKind.REQUEST_ANSWER)
    assert (award.status, owed.due_on, owed.organisation) == (AwardStatus.SUSPENDED, date(2020, 10, 31), None)
    awards.resume_award(award=award, reason="Trained", by=world.officer, at=ASKED_AT + 30 * DAY)
    assert not Obligation.objects.open().about(award).filter(kind=ObligationKind.REQUEST_ANSWER).exists()


def test_decide_request_earlier_end_cancels_what_comes_after(world, award):
    request = asking.advised(world, award, RequestKind.EARLY_END, {"ends_on": "2020-09-30"})

    decided = asking.decide(request, by=world.pcc)

    award.refresh_from_db()
    assert (award.ends_on, award.status) == (date(2020, 9, 30), AwardStatus.LIVE)
    assert decided.effect["instalments"] == ["Instalment 2, £5,000, is cancelled."]
    assert (decided.effect["amount"], decided.effect["percent"]) == ("5000.00", "50.00")
    assert list(award.instalments.order_by("number").values_list("status", flat=True)) == [
        InstalmentStatus.SCHEDULED,
        InstalmentStatus.CANCELLED,
    ]


def test_decide_request_refuses_what_has_changed_meanwhile(world, award):
    request = asking.advised(world, award, RequestKind.TIME, {"ends_on": NEW_END.isoformat()})
    Award.objects.filter(pk=award.pk).update(ends_on=date(2021, 4, 30))

    with pytest.raises(Refused, match="has itself changed since it was written"):
        asking.decide(request, by=world.pcc)

    assert VariationRequest.objects.get(pk=request.pk).status == RequestStatus.AWAITING_DECISION


def test_decide_request_refuses_a_day_that_has_passed_by_then(world, award):
    request = asking.advised(world, award, RequestKind.EARLY_END, {"ends_on": "2020-09-30"})

    with pytest.raises(Refused, match="That day has passed"):
        asking.decide(request, by=world.pcc, at=ASKED_AT + timedelta(days=60))


def test_approval_rule_bites_at_its_percentage(world, award):
    asking.approval(world, RequestKind.MONEY, ApprovalLevel.OFFICER, percent=Decimal(5))
    within = asking.sent(world, award, RequestKind.MONEY, asking.moved_money(award, "9400.00", "600.00"))
    requests.withdraw_request(request=within, by=world.maidstone_lead, at=ASKED_AT)
    above = asking.sent(world, award, RequestKind.MONEY, asking.moved_money(award, "9399.99", "600.01"))

    with pytest.raises(Refused, match="The commissioner, or a post with a delegation, decides on this"):
        asking.decide(above, by=world.officer)

    assert (within.level, above.level) == (ApprovalLevel.OFFICER, ApprovalLevel.COMMISSIONER)
    assert above.effect["percent"] == "5.01"


def test_approval_rule_bites_at_its_days(world, award):
    asking.approval(world, RequestKind.TIME, ApprovalLevel.OFFICER, days=30)
    within = asking.sent(world, award, RequestKind.TIME, {"ends_on": "2021-04-30"})

    decided = asking.decide(within, by=world.officer)
    beyond = asking.sent(world, Award.objects.get(pk=award.pk), RequestKind.TIME, {"ends_on": "2021-05-31"})

    assert (decided.status, decided.decision) == (RequestStatus.APPROVED, None)
    assert beyond.level == ApprovalLevel.COMMISSIONER


def test_advise_on_request_who_advised_does_not_decide(world, award):
    request = asking.sent(world, award, RequestKind.MONEY, asking.moved_money(award, "9400.00", "600.00"))
    advised = requests.advise_on_request(request=request, advice="Agree", by=world.head, at=ASKED_AT + DAY)

    with pytest.raises(Refused, match="You evaluated or advised on this, so somebody else decides it"):
        asking.decide(advised, by=world.head)

    assert asking.decide(advised, by=world.pcc).status == RequestStatus.APPROVED


def test_send_back_request_gives_it_to_the_officers_again(world, award):
    request = asking.advised(world, award, RequestKind.TIME, {"ends_on": NEW_END.isoformat()})

    back = requests.send_back_request(request=request, reason="Ask for a plan", by=world.pcc, at=ASKED_AT + 2 * DAY)

    assert back.status == RequestStatus.SUBMITTED
    assert Notice.objects.get(rule="request_given_back", person=world.officer).body == "Ask for a plan"


def test_standing_reads_what_was_agreed_last(world, award):
    request = asking.advised(world, award, RequestKind.MONEY, asking.moved_money(award, "9400.00", "600.00"))
    asking.decide(request, by=world.head)

    now = changes.standing(award, RequestKind.MONEY)

    assert [row["value"] for row in now["lines"][0]["rows"]] == ["9400.00", "600.00"]
