"""A person's own entry; the end of an account; invented people."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.actions import invitations, people
from accounts.enums import RoleName
from accounts.models import Invitation
from records.models import Event
from records.refusals import Refused
from tests.accounts.places import AT, letters
from tests.make import accounts as make

pytestmark = pytest.mark.django_db


def test_change_profile_writes_row_and_event(cast):
    person = cast.maidstone_lead

    people.change_profile(person=person, full_name="Lee Leader", telephone="01622 000000", by=person, at=AT)

    person.refresh_from_db()
    assert (person.full_name, person.telephone) == ("Lee Leader", "01622 000000")
    assert Event.objects.get().changes == {
        "full_name": ["Lee Lead", "Lee Leader"],
        "telephone": ["", "01622 000000"],
    }


def test_change_profile_without_a_change_writes_nothing(cast):
    person = cast.maidstone_lead

    people.change_profile(person=person, full_name=person.full_name, telephone="", by=person, at=AT)

    assert Event.objects.count() == 0


def test_close_person_ends_everything(cast):
    person = cast.maidstone_contributor
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    invitations.invite_person(
        organisation=cast.swale,
        email=person.email,
        full_name="Mo",
        role=RoleName.CONTRIBUTOR,
        by=cast.swale_lead,
        at=AT,
    )

    people.close_person(person=person, reason="Left the council", by=cast.officer, at=AT)

    person.refresh_from_db()
    assert (person.is_active, person.has_usable_password()) == (False, False)
    assert person.memberships.get().ended_at == AT
    assert Authenticator.objects.filter(user=person).count() == 0
    assert Invitation.objects.get().withdrawn_at == AT
    event = Event.objects.get(verb="closed")
    assert (event.summary, event.reason) == ("Account of Mo Contributor closed", "Left the council")


def test_close_person_refused_changes_nothing(cast):
    with pytest.raises(Refused):
        people.close_person(person=cast.maidstone_lead, reason="Left", by=cast.officer, at=AT)

    cast.maidstone_lead.refresh_from_db()
    assert cast.maidstone_lead.is_active is True
    assert cast.maidstone_lead.memberships.get().ended_at is None


def test_forget_second_step_writes_event_and_letter(cast):
    person = cast.maidstone_lead
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    Authenticator.objects.create(user=person, type=Authenticator.Type.RECOVERY_CODES, data={})

    people.forget_second_step(person=person, reason="Lost telephone", by=cast.officer, at=AT)

    assert Authenticator.objects.filter(user=person).count() == 0
    assert letters("second_step_forgotten") == [(person.email, "Your second step for signing in was taken away")]
    assert Event.objects.get(verb="second_step_forgotten").reason == "Lost telephone"


def test_forget_second_step_refused_changes_nothing(cast):
    Authenticator.objects.create(user=cast.officer, type=Authenticator.Type.TOTP, data={})

    with pytest.raises(Refused):
        people.forget_second_step(person=cast.officer, reason="x", by=cast.maidstone_lead, at=AT)

    assert Authenticator.objects.count() == 1


def test_first_person_chooses_a_password_by_mail(db, client, mailoutbox):
    office = make.organisation("office", "Office", "OFFICE")
    printed = StringIO()

    call_command("first_person", "Head@Example.org", "Hed One", stdout=printed)
    client.post(reverse("account_reset_password"), {"email": "head@example.org"})

    assert "Hed One may now open" in printed.getvalue()
    assert list(office.memberships.values_list("user__email", "role")) == [
        ("head@example.org", "HEAD_OF_COMMISSIONING")
    ]
    assert "/account/password/reset/key/" in mailoutbox[0].body
    with pytest.raises(CommandError, match="looks after the people of the office already"):
        call_command("first_person", "other@example.org", "Other")


def make_demo(cast, password="one long password", email="demo@example.org"):
    return people.make_demo_person(
        email=email, full_name="Dee Demo", password=password, roles=[(cast.maidstone, RoleName.LEAD)], at=AT
    )


def test_make_demo_person_is_marked_and_made_once(cast):
    first, second = make_demo(cast), make_demo(cast)

    assert first == second
    assert (first.is_example, first.memberships.count()) == (True, 1)
    assert Event.objects.filter(verb="made").count() == 1


def test_make_demo_person_gets_the_listed_password_back(cast):
    make_demo(cast)

    again = make_demo(cast, password="another long password")

    assert again.check_password("another long password")


def test_make_demo_person_leaves_real_people_alone(cast):
    with pytest.raises(Refused):
        make_demo(cast, email=cast.officer.email)

    cast.officer.refresh_from_db()
    assert cast.officer.is_example is False
