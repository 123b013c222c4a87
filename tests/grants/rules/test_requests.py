"""Who approves a change, and what is wrong with one: every sentence once (X3)."""

from copy import deepcopy
from datetime import date
from decimal import Decimal

import pytest

from accounts.enums import RoleName
from grants.actions import awards
from grants.enums import AwardStatus
from grants.models import Award
from grants.queries import changes
from grants.rules import requests as rules
from plans.enums import ApprovalLevel
from records.enums import DecisionOutcome
from tests.kept import kept
from tests.make import accounts
from tests.make import awards as make
from tests.make import requests as asking
from tests.make.requests import ASKED_AT, DAY, WHY

ON = ASKED_AT.date()
OFFICER, HEAD, COMMISSIONER = ApprovalLevel.OFFICER, ApprovalLevel.HEAD, ApprovalLevel.COMMISSIONER
FIVE = rules.Fit(OFFICER, up_to_percent=Decimal(5))
MONTH = rules.Fit(HEAD, up_to_days=31)


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


@pytest.mark.parametrize(
    ("kind", "rows", "percent", "days", "level"),
    [
        ("PARTNER", [], "0", 0, OFFICER),
        ("OUTPUTS", [], "0", 0, OFFICER),
        ("MONEY", [], "10", 0, HEAD),
        ("MONEY", [], "10.01", 0, COMMISSIONER),
        ("MONEY", [], None, 0, COMMISSIONER),
        ("TIME", [], "0", 1, COMMISSIONER),
        ("PURPOSE", [], "0", 0, COMMISSIONER),
        ("SUSPENSION", [], "0", 1, COMMISSIONER),
        ("EARLY_END", [], "0", 1, COMMISSIONER),
        ("MONEY", [FIVE], "5", 0, OFFICER),
        ("MONEY", [FIVE], "5.01", 0, COMMISSIONER),
        ("TIME", [MONTH], "0", 31, HEAD),
        ("TIME", [MONTH], "0", 32, COMMISSIONER),
        ("TIME", [rules.Fit(COMMISSIONER), MONTH, rules.Fit(OFFICER, up_to_days=7)], "0", 7, OFFICER),
        ("PARTNER", [rules.Fit(HEAD)], "0", 0, HEAD),
    ],
)
def test_level_of_is_the_lowest_that_fits(kind, rows, percent, days, level):
    percent = None if percent is None else Decimal(percent)

    assert rules.level_of(kind, rows, percent=percent, days=days) == level


@pytest.mark.parametrize(
    ("kind", "after", "sentence"),
    [
        ("TIME", {"ends_on": "2021-06-30"}, ""),
        ("TIME", {"ends_on": "2021-03-31"}, "This award ends on 31 March 2021 already. Enter another day."),
        ("TIME", {"ends_on": "2020-12-31"},
         "The award ends on 31 March 2021. For an earlier day, ask for an earlier end."),
        ("TIME", {}, "Enter the day the award should end on."),
        ("EARLY_END", {"ends_on": "2020-08-03"}, ""),
        ("EARLY_END", {}, "Enter the day the award should end on."),
        ("EARLY_END", {"ends_on": "2020-08-02"}, "That day has passed. Enter today or a later day."),
        ("EARLY_END", {"ends_on": "2021-04-01"},
         "The award ends on 31 March 2021. For a later day, ask for more time."),
        ("SUSPENSION", {"until": "2020-08-04"}, ""),
        ("SUSPENSION", {}, "Enter the day until which the award should be paused."),
        ("SUSPENSION", {"until": "2020-08-03"}, "The pause must last until a day in the future."),
        ("SUSPENSION", {"until": "2021-03-31"},
         "The award ends on 31 March 2021. A pause must be over before that."),
        ("PURPOSE", {"purpose": "Patrols by day"}, ""),
        ("PURPOSE", {"purpose": " "}, "Say what the money should be spent on instead."),
        ("PURPOSE", {"purpose": "Fewer crimes"}, "Change at least one thing."),
        ("MONEY", {"lines": []}, "This award has no budget by line, so there is nothing to move."),
    ],
)  # fmt: skip
def test_why_not_so_says_what_is_wrong(world, award, kind, after, sentence):
    before = changes.standing(award, kind)

    assert rules.why_not_so(award, kind, before, after, reason=WHY, on=ON) == sentence


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (("9400.00", "600.00"), ""),
        (("9400.00", "600.01"),
         "Safer nights: the lines make £10,000.01. They must make £10,000, the sum approved for it."),
        (("9900.00", "100.00"), "Change at least one thing."),
    ],
)  # fmt: skip
def test_why_not_so_keeps_the_approved_sum(world, award, values, sentence):
    before = changes.standing(award, "MONEY")
    after = asking.moved_money(award, *values)

    assert rules.why_not_so(award, "MONEY", before, after, reason=WHY, on=ON) == sentence


def test_why_not_so_leaves_a_budget_alone_that_is_not_changed(world, award):
    before = changes.standing(award, "MONEY")
    approved_lower = {"title": "Choices", "amount": "8500.00", "rows": [{"name": "Staff", "value": "10000.00"}]}
    before["lines"].append(approved_lower)
    after = asking.moved_money(award, "9400.00", "600.00")
    after["lines"].append(deepcopy(approved_lower))

    assert rules.why_not_so(award, "MONEY", before, after, reason=WHY, on=ON) == ""
    after["lines"][1]["rows"][0]["value"] = "9000.00"
    assert rules.why_not_so(award, "MONEY", before, after, reason=WHY, on=ON) == (
        "Choices: the lines make £9,000. They must make £8,500, the sum approved for it."
    )


def test_why_not_so_keeps_one_figure_and_asks_why(world, award):
    before = changes.standing(award, "OUTPUTS")
    nothing = asking.figures(award, "50.00", gone=("outputs", "outcomes"))
    same = deepcopy(before)

    kept_one = "Safer nights: keep at least one output or outcome, or ask for an earlier end."
    assert rules.why_not_so(award, "OUTPUTS", before, nothing, reason=WHY, on=ON) == kept_one
    assert rules.why_not_so(award, "OUTPUTS", before, same, reason=WHY, on=ON) == "Change at least one thing."
    assert rules.why_not_so(award, "OUTPUTS", before, same, reason=" ", on=ON) == "Say why the change is needed."


def test_why_not_request_says_who_and_when(world, award):
    ours = "Only people of Safer Maidstone Partnership ask for a change of this award."
    asking.started(world, award, "TIME", {"ends_on": "2021-06-30"})

    assert rules.why_not_request(award, user=world.swale_lead) == ours
    assert rules.why_not_request(award, user=world.officer) == ours
    assert rules.why_not_request(award, user=world.maidstone_contributor, kind="MONEY") == ""
    twice = rules.why_not_request(award, user=world.maidstone_lead, kind="TIME")
    assert twice == "RQ-2020-001 asks for such a change already. Finish or withdraw it first."
    awards.suspend_award(award=award, reason="A concern", by=world.officer, at=ASKED_AT)
    award.refresh_from_db()
    paused = rules.why_not_request(award, user=world.maidstone_lead, kind="SUSPENSION")
    assert paused == "This award is suspended already."
    award.status = AwardStatus.CLOSED
    ended = "Only an award whose terms are accepted, and which has not ended, can be changed."
    assert rules.why_not_request(award, user=world.maidstone_lead) == ended


def test_why_not_submit_is_for_leads(world, award):
    request = asking.started(world, award, "TIME", {"ends_on": "2021-06-30"})

    ours = "Only a lead of Safer Maidstone Partnership sends a request."
    assert rules.why_not_submit(request, user=world.maidstone_contributor, on=ON) == ours
    assert rules.why_not_submit(request, user=world.maidstone_lead, on=ON) == ""


def test_why_not_write_and_withdraw_depend_on_where_it_stands(world, award):
    request = asking.sent(world, award, "TIME", {"ends_on": "2021-06-30"})

    assert rules.why_not_write(request, user=world.maidstone_lead) == (
        "This request is with the office, so its words stay as they are."
    )
    assert rules.why_not_write(request, user=world.swale_lead) == (
        "Only people of Safer Maidstone Partnership write this request."
    )
    assert rules.why_not_withdraw(request, user=world.maidstone_lead) == ""
    assert rules.why_not_withdraw(request, user=world.maidstone_contributor) == (
        "Only a lead of Safer Maidstone Partnership withdraws a request."
    )


def test_why_not_ask_and_advise(world, award):
    request = asking.sent(world, award, "PARTNER", asking.partners(award, joins="Example Mentors"))

    assert rules.why_not_ask(request, user=world.pcc) == "Only commissioning officers work on requests."
    assert rules.why_not_ask(request, user=world.officer) == ""
    assert rules.why_not_advise(request, user=world.officer) == (
        "An officer decides on this request. No advice is needed."
    )
    assert rules.why_not_send_back(request, user=world.pcc) == "This request does not wait for a decision."


def test_why_not_decide_by_level(world, award):
    request = asking.sent(world, award, "TIME", {"ends_on": "2021-06-30"})
    early = rules.why_not_decide(request, user=world.pcc, on=ON)
    request = asking.requests.advise_on_request(request=request, advice="Yes", by=world.officer, at=ASKED_AT + DAY)

    assert early == (
        "The commissioner, or a post with a delegation, decides on this. Put it to a decision with your advice."
    )
    assert rules.why_not_decide(request, user=world.pcc, on=ON) == ""
    assert rules.why_not_decide(request, user=world.head, on=ON) == (
        "No delegation is recorded for your post on this day, so the commissioner decides."
    )
    assert rules.why_not_decide(request, user=world.reader, on=ON) == (
        "Only the commissioner, or a post with a recorded delegation, decides on spend."
    )


def test_why_not_decide_who_belongs_to_the_recipient(world, award):
    request = asking.sent(world, award, "PARTNER", asking.partners(award, joins="Example Mentors"))
    accounts.person(world.other_officer.email, "", RoleName.LEAD, world.maidstone)
    person = type(world.other_officer).objects.get(pk=world.other_officer.pk)

    assert rules.why_not_decide(request, user=person, on=ON) == (
        "You belong to Safer Maidstone Partnership, so somebody else decides."
    )
    assert rules.why_not_ask(request, user=person) == (
        "You belong to Safer Maidstone Partnership, so somebody else does this."
    )


@pytest.mark.parametrize(
    ("outcome", "answer", "sentence"),
    [
        ("DEFERRED", "Later", "Choose whether you approve the change."),
        (DecisionOutcome.APPROVED, " ", "Write the reason. The recipient reads it."),
        (DecisionOutcome.DECLINED, "No", ""),
        (DecisionOutcome.APPROVED, "Yes", ""),
    ],
)
def test_why_not_decide_so(world, award, outcome, answer, sentence):
    request = asking.sent(world, award, "TIME", {"ends_on": "2021-06-30"})

    assert rules.why_not_decide_so(request, outcome=outcome, answer=answer, on=date(2020, 9, 1)) == sentence
