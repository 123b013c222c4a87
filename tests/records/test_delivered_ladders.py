"""The ladders delivered with the portal."""

import pytest

from records import ladders
from records.enums import OFFICE_AUDIENCES, OWED_BY_OFFICE, SIGNERS, ObligationKind
from records.models import LadderStep
from tests.make import accounts as make_accounts
from tests.make import records as make

pytestmark = pytest.mark.django_db


def test_default_ladders_serve_every_kind_and_end_in_the_office():
    make.ladders()

    kinds = set(LadderStep.objects.values_list("kind", flat=True))
    assert kinds == set(ObligationKind.values)
    office = {"OFFICER", "FINANCE", "HEAD", "COMMISSIONER"}
    for kind in kinds:
        steps = LadderStep.objects.filter(kind=kind).order_by("working_days")
        assert steps.filter(working_days__gt=0).exists()
        assert set(steps.last().audiences) & office


def test_default_ladder_of_returns():
    make.ladders()

    steps = LadderStep.objects.filter(kind="RETURN").order_by("working_days")
    assert [(step.working_days, step.audiences) for step in steps] == [
        (-28, ["CONTRIBUTOR", "LEAD"]),
        (-14, ["CONTRIBUTOR", "LEAD"]),
        (-3, ["CONTRIBUTOR", "LEAD", "CERTIFIER"]),
        (0, ["LEAD"]),
        (1, ["LEAD", "CERTIFIER"]),
        (5, ["LEAD", "OFFICER"]),
        (10, ["HEAD"]),
    ]


def test_default_wordings_name_only_known_words():
    make.ladders()
    owed = make.obligation(make_accounts.cast())

    for step in LadderStep.objects.all():
        text = ladders.words(step.heading, owed, make.DUE) + ladders.words(step.wording, owed, make.DUE)
        assert "{" not in text and "}" not in text


def test_ladders_delivered_are_the_rows_a_new_portal_starts_with():
    make.ladders()

    rows = {(s.kind, s.working_days): (s.audiences, s.heading, s.wording) for s in LadderStep.objects.all()}
    delivered = {(kind, days): step for kind in ObligationKind.values for days, step in ladders.delivered(kind).items()}
    assert rows == delivered


@pytest.mark.parametrize("kind", ObligationKind.values)
def test_ladders_delivered_remind_before_on_and_after_and_climb_to_the_office(kind):
    steps = ladders.delivered(kind)

    assert {(days > 0) - (days < 0) for days in steps} == {-1, 0, 1}
    told = [set(steps[days][0]) for days in sorted(steps)]
    late = [audiences for days, (audiences, _, _) in sorted(steps.items()) if days > 0]
    assert set(SIGNERS.get(kind, [])) <= set().union(*told)
    assert set(late[-1]) <= OFFICE_AUDIENCES
    if kind in OWED_BY_OFFICE:
        assert set().union(*told) <= OFFICE_AUDIENCES


@pytest.mark.parametrize(
    "kind",
    ["CASE_CHANGES", "DEFERRED_QUESTION", "RETURN", "RETURN_QUERY", "STANDARD_EXPIRY", "AUDIT_ACTION"],
)
def test_ladders_delivered_escalate_from_contributor_to_lead_to_officer_to_head(kind):
    steps = sorted(ladders.delivered(kind).items())
    first_told = {}
    for number, (_, (audiences, _, _)) in enumerate(steps):
        for audience in audiences:
            first_told.setdefault(audience, number)
    last_told = {audience: number for number, (_, (audiences, _, _)) in enumerate(steps) for audience in audiences}

    order = ["CONTRIBUTOR", "LEAD", "OFFICER", "HEAD"]
    assert sorted(order, key=lambda audience: (first_told[audience], last_told[audience])) == order
    assert last_told["CONTRIBUTOR"] < last_told["LEAD"] <= last_told["OFFICER"] < last_told["HEAD"]
