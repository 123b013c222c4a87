"""An invitation's life: row, event, letter, and nothing else."""

from datetime import timedelta

import pytest

from accounts.actions import invitations, people
from accounts.enums import RoleName
from accounts.models import Invitation, Membership, User
from records import delivery
from records.models import Event, Notice
from records.refusals import Refused
from tests.accounts.places import AT, letters, token_in_letter

pytestmark = pytest.mark.django_db
NEW = "new@example.org"
PASSWORD = "three short words"


@pytest.fixture
def invitation(cast):
    return invite(cast)


def invite(cast, email="New@Example.org", role=RoleName.CONTRIBUTOR):
    return invitations.invite_person(
        organisation=cast.maidstone, email=email, full_name="Nia New", role=role, by=cast.maidstone_lead, at=AT
    )


def test_invite_person_writes_row_event_and_letter(cast, invitation):
    person = User.objects.get(email=NEW)

    assert (invitation.email, invitation.role, invitation.expires_at) == (NEW, "CONTRIBUTOR", AT + timedelta(days=7))
    assert (person.is_active, person.has_usable_password(), person.memberships.count()) == (False, False, 0)
    assert letters("invitation") == [(NEW, "You are invited to join Safer Maidstone Partnership")]
    event = Event.objects.get(subject_type="accounts.Invitation")
    assert (event.verb, event.by, event.summary) == (
        "invited",
        cast.maidstone_lead,
        "new@example.org invited to Safer Maidstone Partnership as contributor",
    )


def test_invite_person_is_carried_to_somebody_whose_account_is_not_in_use_yet(cast, invitation, mailoutbox):
    token = token_in_letter(NEW)

    delivery.compose(at=AT)
    delivery.deliver(at=AT)

    assert [mail.to for mail in mailoutbox] == [[NEW]]
    assert f"/invitations/{token}/" in mailoutbox[0].body


def test_invite_person_keeps_only_the_hash_of_the_token(cast, invitation):
    token = token_in_letter(NEW)
    notice = Notice.objects.get(rule="invitation")

    assert invitation.token_hash == invitations.hash_of(token)
    assert len(token) >= 40
    assert token not in notice.link + notice.heading + notice.key
    assert token not in "".join(str(event.changes) + event.summary for event in Event.objects.all())


def test_invite_person_refused_writes_nothing(cast):
    with pytest.raises(Refused):
        invitations.invite_person(
            organisation=cast.office, email=NEW, full_name="N", role=RoleName.READER, by=cast.officer, at=AT
        )

    assert not User.objects.filter(email=NEW).exists()
    assert (Invitation.objects.count(), Notice.objects.count()) == (0, 0)


def test_set_up_account_opens_the_account_once(cast, invitation):
    person = invitations.set_up_account(invitation=invitation, full_name="Nia Newton", password=PASSWORD, at=AT)

    invitation.refresh_from_db()
    assert (person.is_active, person.check_password(PASSWORD), person.full_name) == (True, True, "Nia Newton")
    assert list(person.memberships.values_list("organisation__key", "role")) == [("csp-maidstone", "CONTRIBUTOR")]
    assert (invitation.accepted_at, invitation.accepted_by) == (AT, person)
    assert letters("invitation_accepted") == [
        (cast.maidstone_lead.email, "Nia Newton has joined Safer Maidstone Partnership")
    ]
    with pytest.raises(Refused):
        invitations.set_up_account(invitation=invitation, full_name="Another", password="other long words", at=AT)
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_set_up_account_never_touches_an_account_in_use(cast):
    invitation = invite(cast, cast.swale_lead.email)

    with pytest.raises(Refused):
        invitations.set_up_account(invitation=invitation, full_name="Thief", password=PASSWORD, at=AT)

    cast.swale_lead.refresh_from_db()
    assert cast.swale_lead.full_name == "Sam Stranger"
    assert not cast.swale_lead.check_password(PASSWORD)


def test_join_by_invitation_adds_a_role(cast):
    invitation = invite(cast, cast.swale_lead.email)

    invitations.join_by_invitation(invitation=invitation, by=cast.swale_lead, at=AT)

    roles = cast.swale_lead.memberships.order_by("pk").values_list("organisation__key", "role")
    assert list(roles) == [("csp-swale", "LEAD"), ("csp-maidstone", "CONTRIBUTOR")]


def test_resend_invitation_replaces_the_link(cast, invitation):
    first, later = token_in_letter(NEW), AT + timedelta(days=9)

    again = invitations.resend_invitation(invitation=invitation, by=cast.officer, at=later)

    assert again.token_hash == invitations.hash_of(token_in_letter(NEW))
    assert again.token_hash != invitations.hash_of(first)
    assert again.expires_at == later + timedelta(days=7)
    assert len(letters("invitation")) == 2


def test_withdraw_invitation_stops_the_link(cast, invitation):
    invitations.withdraw_invitation(invitation=invitation, by=cast.maidstone_lead, at=AT)

    with pytest.raises(Refused) as refused:
        invitations.set_up_account(invitation=invitation, full_name="N", password=PASSWORD, at=AT)
    assert refused.value.reason.startswith("This invitation was withdrawn.")
    assert User.objects.get(email=NEW).is_active is False


def test_invite_person_opens_a_closed_account_again_with_nothing_of_the_old(cast):
    person = cast.maidstone_contributor
    people.close_person(person=person, reason="Left", by=cast.officer, at=AT)
    invitation = invitations.invite_person(
        organisation=cast.swale, email=person.email, full_name="Mo", role=RoleName.CONTRIBUTOR, by=cast.officer, at=AT
    )

    invitations.set_up_account(invitation=invitation, full_name="Mo Again", password=PASSWORD, at=AT)

    current = Membership.objects.current().filter(user=person).values_list("organisation__key", flat=True)
    assert list(current) == ["csp-swale"]
