"""Every sentence with which a recipient is refused, once."""

from datetime import date

import pytest

from accounts.models import Membership
from monitoring import rules
from monitoring.enums import ReturnStatus
from monitoring.models import MonitoringReturn
from plans.models import RuleSet
from tests.make import frozen, monitoring

pytestmark = pytest.mark.django_db

ON = date(2020, 10, 8)
STRANGER = "You may not do this for Safer Maidstone Partnership. Ask a {} there."
WITH_CERTIFIER = "This return is with the certifier. Ask a lead to take it back if it must be changed."
CERTIFIED = "This return is certified. Ask a lead to take it back if it must be changed, or submit it."
SUBMITTED = "This return was submitted. A lead can take it back to correct it until it is reviewed."
QUERIED = "An officer has asked questions about this return. Answer them to send it back."
REVIEWED = "This return was reviewed and is closed."
WAIVED = "This return was waived, so nothing has to be sent."
OPEN = "This return is open, so it can still be changed."


@pytest.fixture
def row(world):
    return world.row("OPEN")


@pytest.fixture
def whole(row, cast):
    """The same return with every answer filled in."""
    return monitoring.fill_in(row, by=cast.maidstone_lead)


def at(row, status):
    """The return as it would be in another status; rules read the row they are given."""
    row.status = status
    return row


@pytest.mark.parametrize(
    ("who", "status", "sentence"),
    [
        ("maidstone_contributor", "OPEN", ""),
        ("maidstone_lead", "QUERIED", ""),
        ("maidstone_certifier", "OPEN", STRANGER.format("contributor or lead")),
        ("swale_lead", "OPEN", STRANGER.format("contributor or lead")),
        ("officer", "OPEN", STRANGER.format("contributor or lead")),
        ("maidstone_lead", "CERTIFYING", WITH_CERTIFIER),
        ("maidstone_lead", "CERTIFIED", CERTIFIED),
        ("maidstone_lead", "SUBMITTED", SUBMITTED),
        ("maidstone_lead", "REVIEWED", REVIEWED),
        ("maidstone_lead", "WAIVED", WAIVED),
    ],
)
def test_why_not_edit(row, cast, who, status, sentence):
    assert rules.why_not_edit(at(row, status), user=getattr(cast, who), on=ON) == sentence


@pytest.mark.parametrize(
    ("who", "status", "sentence"),
    [
        ("maidstone_contributor", "OPEN", ""),
        ("maidstone_lead", "OPEN", ""),
        ("maidstone_certifier", "OPEN", STRANGER.format("contributor or lead")),
        ("maidstone_lead", "CERTIFYING", WITH_CERTIFIER),
        ("maidstone_lead", "QUERIED", QUERIED),
    ],
)
def test_why_not_send_for_certification(whole, cast, who, status, sentence):
    why_not = rules.why_not_send_for_certification(at(whole, status), user=getattr(cast, who), on=ON)

    assert why_not == sentence


def test_why_not_send_for_certification_names_what_is_missing(row, cast):
    assert rules.why_not_send_for_certification(row, user=cast.maidstone_lead, on=ON) == (
        "The return is not complete. Enter what was spent on Staff (Safer nights); enter 0 if nothing was, "
        "and 7 more things."
    )


def test_why_not_send_for_certification_where_none_is_needed(whole, cast):
    frozen.thaw()
    RuleSet.objects.update(certifier_required=False)
    fresh = MonitoringReturn.objects.get(pk=whole.pk)

    assert rules.why_not_send_for_certification(fresh, user=cast.maidstone_lead, on=ON) == (
        "The rules of this award need no certifier. A lead can submit the return at once."
    )


def test_why_not_send_for_certification_without_a_certifier(whole, cast):
    Membership.objects.filter(role="CERTIFIER", organisation=cast.maidstone).update(ended_at=monitoring.WRITTEN)

    assert rules.why_not_send_for_certification(whole, user=cast.maidstone_lead, on=ON) == (
        "Safer Maidstone Partnership has no certifier. A lead can invite one under People."
    )


@pytest.mark.parametrize("rule", [rules.why_not_certify, rules.why_not_decline_certification])
@pytest.mark.parametrize(
    ("who", "status", "sentence"),
    [
        ("maidstone_certifier", "CERTIFYING", ""),
        ("maidstone_lead", "CERTIFYING", STRANGER.format("certifier")),
        ("swale_certifier", "CERTIFYING", STRANGER.format("certifier")),
        ("maidstone_certifier", "OPEN", "This return has not been sent for certification yet."),
        ("maidstone_certifier", "CERTIFIED", CERTIFIED),
        ("maidstone_certifier", "SUBMITTED", SUBMITTED),
    ],
)
def test_why_not_certify(row, cast, rule, who, status, sentence):
    assert rule(at(row, status), user=getattr(cast, who), on=ON) == sentence


@pytest.mark.parametrize(
    ("who", "status", "reason", "sentence"),
    [
        ("maidstone_lead", "CERTIFYING", "A late invoice.", ""),
        ("maidstone_lead", "CERTIFIED", None, ""),
        ("maidstone_lead", "CERTIFIED", " ", "Give a reason, so that the others understand."),
        ("maidstone_contributor", "CERTIFIED", None, STRANGER.format("lead")),
        ("maidstone_lead", "OPEN", None, OPEN),
        ("maidstone_lead", "SUBMITTED", None, SUBMITTED),
    ],
)
def test_why_not_take_back(row, cast, who, status, reason, sentence):
    why_not = rules.why_not_take_back(at(row, status), user=getattr(cast, who), on=ON, reason=reason)

    assert why_not == sentence


@pytest.mark.parametrize(
    ("who", "status", "sentence"),
    [
        ("maidstone_lead", "CERTIFIED", ""),
        ("maidstone_contributor", "CERTIFIED", STRANGER.format("lead")),
        ("swale_lead", "CERTIFIED", STRANGER.format("lead")),
        ("maidstone_lead", "OPEN", "Send this return for certification first."),
        ("maidstone_lead", "CERTIFYING", WITH_CERTIFIER),
        ("maidstone_lead", "SUBMITTED", SUBMITTED),
        ("maidstone_lead", "QUERIED", QUERIED),
        ("maidstone_lead", "REVIEWED", REVIEWED),
        ("maidstone_lead", "WAIVED", WAIVED),
    ],
)
def test_why_not_submit(whole, cast, who, status, sentence):
    assert rules.why_not_submit(at(whole, status), user=getattr(cast, who), on=ON) == sentence


@pytest.mark.parametrize(
    ("allowed", "sentence"), [(True, ""), (False, "You certified this return, so another lead has to submit it.")]
)
def test_why_not_submit_by_its_certifier(whole, cast, allowed, sentence):
    frozen.thaw()
    RuleSet.objects.update(one_person_may_certify_and_submit=allowed)
    fresh = MonitoringReturn.objects.get(pk=whole.pk)
    fresh.certified_by_id = cast.maidstone_lead.pk

    assert rules.why_not_submit(at(fresh, ReturnStatus.CERTIFIED), user=cast.maidstone_lead, on=ON) == sentence
