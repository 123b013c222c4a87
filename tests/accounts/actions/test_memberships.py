"""Roles given and ended."""

import pytest

from accounts import access
from accounts.actions import memberships
from accounts.enums import RoleName
from accounts.models import Membership, User
from accounts.roles import Permission
from records.models import Event
from records.refusals import Refused
from tests.accounts.places import AT, letters

pytestmark = pytest.mark.django_db


def test_start_membership_writes_row_event_and_letter(cast):
    given = memberships.start_membership(
        person=cast.maidstone_contributor,
        organisation=cast.maidstone,
        role=RoleName.LEAD,
        by=cast.maidstone_lead,
        at=AT,
    )

    assert (given.user, given.role, given.started_at, given.ended_at) == (cast.maidstone_contributor, "LEAD", AT, None)
    assert letters("role_given") == [
        ("contributor@maidstone.example.org", "You are now lead of Safer Maidstone Partnership")
    ]
    event = Event.objects.get(subject_type="accounts.Membership", subject_id=given.pk)
    assert (event.verb, event.summary) == ("role_given", "Mo Contributor became lead of Safer Maidstone Partnership")


def test_start_membership_holds_from_the_next_request(cast):
    before = access.may(cast.maidstone_contributor, Permission.CASE_SUBMIT)

    memberships.start_membership(
        person=cast.maidstone_contributor, organisation=cast.maidstone, role=RoleName.LEAD, by=cast.officer, at=AT
    )

    asked_next = User.objects.get(pk=cast.maidstone_contributor.pk)
    assert (before, access.may(asked_next, Permission.CASE_SUBMIT)) == (False, True)


def test_end_membership_writes_row_event_and_letter(cast):
    membership = cast.maidstone_contributor.memberships.get()

    memberships.end_membership(membership=membership, reason="Moved on", by=cast.maidstone_lead, at=AT)

    membership.refresh_from_db()
    assert membership.ended_at == AT
    assert letters("role_ended") == [
        ("contributor@maidstone.example.org", "You are no longer contributor of Safer Maidstone Partnership")
    ]
    event = Event.objects.get(subject_type="accounts.Membership", subject_id=membership.pk)
    assert (event.verb, event.reason) == ("role_ended", "Moved on")


def test_end_membership_refused_for_the_last_lead(cast):
    membership = cast.maidstone_lead.memberships.get()

    with pytest.raises(Refused):
        memberships.end_membership(membership=membership, reason="Tired", by=cast.officer, at=AT)

    assert Membership.objects.get(pk=membership.pk).ended_at is None
    assert Event.objects.count() == 0
