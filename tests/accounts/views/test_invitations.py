"""Invitations on screen: from the form to the new person's first page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions import invitations
from accounts.models import Invitation, User
from records import delivery
from records.models import Notice
from tests.accounts.places import token_in_letter
from tests.make.accounts import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "new@example.org"
FORM = {"full_name": "Nia New", "email": NEW, "role": "CONTRIBUTOR"}
ACCOUNT = {"full_name": "Nia New", "password": "three short words", "password_again": "three short words"}


def signed_in(person):
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def invite(by, organisation, email=NEW, ago=timedelta()):
    return invitations.invite_person(
        organisation=organisation, email=email, full_name="Nia New", role="CONTRIBUTOR", by=by, at=timezone.now() - ago
    )


def link(email=NEW):
    return reverse("accounts:invitation_accept", args=[token_in_letter(email)])


def test_invitation_new_sends_the_letter(cast):
    answer = signed_in(cast.maidstone_lead).post(reverse("accounts:invitation_new"), FORM, follow=True)

    assert answer.redirect_chain == [(reverse("accounts:invitation_list"), 302)]
    assert "The invitation to new@example.org is on its way." in answer.content.decode()
    assert Invitation.objects.get().organisation == cast.maidstone


def test_invitation_new_shows_a_lead_only_roles_outside_the_office(cast):
    page = signed_in(cast.maidstone_lead).get(reverse("accounts:invitation_new"))

    values = [value for value, _ in page.context["form"].fields["role"].choices]
    assert values == ["CONTRIBUTOR", "LEAD", "CERTIFIER", "SIGNATORY"]


def test_invitation_new_loses_nothing_typed_when_refused(cast):
    invite(cast.maidstone_lead, cast.maidstone)

    page = signed_in(cast.maidstone_lead).post(reverse("accounts:invitation_new"), FORM).content.decode()

    assert page.count("has an open invitation as contributor") == 1
    assert 'value="Nia New"' in page
    assert 'value="new@example.org"' in page


def test_invitation_new_names_each_empty_field(cast):
    page = signed_in(cast.maidstone_lead).post(reverse("accounts:invitation_new"), {}).content.decode()

    for sentence in ("Enter the full name", "Enter the e-mail address", "Select the role"):
        assert page.count(sentence) == 2


def test_invitation_accept_sets_up_account_and_signs_in(cast, client):
    invite(cast.maidstone_lead, cast.maidstone)

    page = client.get(link())
    answer = client.post(link(), ACCOUNT)

    assert "Safer Maidstone Partnership" in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]
    assert (answer.status_code, answer.url) == (302, "/")
    assert client.session["_auth_user_id"] == str(User.objects.get(email=NEW).pk)


def test_invitation_accept_goes_on_to_the_second_step_without_asking_again(cast, client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    invite(cast.maidstone_lead, cast.maidstone)

    client.post(link(), ACCOUNT)
    page = client.get("/", follow=True)

    assert page.redirect_chain == [(reverse("mfa_activate_totp"), 302)]
    assert page.status_code == 200


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"password": "short", "password_again": "short"}, "This password is too short."),
        ({"password": "new@example.org", "password_again": "new@example.org"}, "too similar"),
        ({"password_again": "three long words"}, "The two passwords differ. Type the same one twice."),
        ({"full_name": ""}, "Enter the full name"),
    ],
)
def test_invitation_accept_names_what_is_wrong(cast, client, typed, sentence):
    invite(cast.maidstone_lead, cast.maidstone)

    page = client.post(link(), {**ACCOUNT, **typed}).content.decode()

    assert page.count(sentence) == 2
    assert User.objects.get(email=NEW).is_active is False


def test_invitation_accept_after_a_week_says_so(cast, client):
    invite(cast.maidstone_lead, cast.maidstone, ago=timedelta(days=7, minutes=1))

    page = client.post(link(), ACCOUNT)

    assert "This invitation ran out on" in page.content.decode()
    assert User.objects.get(email=NEW).is_active is False


def test_invitation_accept_with_a_wrong_token_is_not_found(cast, client):
    invite(cast.maidstone_lead, cast.maidstone)

    assert client.get(reverse("accounts:invitation_accept", args=["no-such-token"])).status_code == 404


def test_invitation_accept_of_somebody_with_an_account_asks_to_sign_in(cast, client):
    invite(cast.officer, cast.maidstone, cast.swale_lead.email)
    address = link(cast.swale_lead.email)

    page = client.get(address).content.decode()
    client.post(address, ACCOUNT)
    client.post(reverse("account_login") + f"?next={address}", {"login": cast.swale_lead.email, "password": PASSWORD})
    joined = client.post(address)

    assert "Sign in to join" in page
    assert joined.url == "/"
    assert cast.swale_lead.memberships.filter(organisation=cast.maidstone, role="CONTRIBUTOR").count() == 1


def test_invitation_accept_by_another_person_is_refused(cast):
    invite(cast.officer, cast.maidstone)
    address = link()

    page = signed_in(cast.swale_lead).get(address).content.decode()

    assert "This invitation is for another person." in page


def test_invitation_list_of_a_lead_shows_their_own(cast):
    invite(cast.maidstone_lead, cast.maidstone)
    invite(cast.swale_lead, cast.swale, "swale@example.org")

    page = signed_in(cast.maidstone_lead).get(reverse("accounts:invitation_list")).content.decode()

    assert "new@example.org" in page
    assert "swale@example.org" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_invitation_list_asks_the_same_of_the_database_however_long(cast, rows, django_assert_num_queries):
    for number in range(rows):
        invite(cast.officer, cast.maidstone, f"person{number}@example.org")
    client = signed_in(cast.officer)

    with django_assert_num_queries(6):
        client.get(reverse("accounts:invitation_list"))


def test_invitation_resend_and_withdraw(cast):
    invitation = invite(cast.maidstone_lead, cast.maidstone)
    client = signed_in(cast.maidstone_lead)

    client.post(reverse("accounts:invitation_resend", args=[invitation.pk]))
    resent = Invitation.objects.get()
    client.post(reverse("accounts:invitation_withdraw", args=[invitation.pk]))

    assert resent.token_hash != invitation.token_hash
    assert Invitation.objects.get().withdrawn_at is not None


def test_invitation_withdraw_twice_says_a_sentence(cast):
    invitation = invite(cast.maidstone_lead, cast.maidstone)
    client = signed_in(cast.maidstone_lead)
    client.post(reverse("accounts:invitation_withdraw", args=[invitation.pk]))

    answer = client.post(reverse("accounts:invitation_withdraw", args=[invitation.pk]))

    assert answer.status_code == 409
    assert "This invitation has been withdrawn already." in answer.content.decode()


def test_invitation_link_is_never_shown_to_staff(cast):
    invite(cast.officer, cast.maidstone)
    token = token_in_letter(NEW)
    delivery.compose(at=timezone.now())
    delivery.deliver(at=timezone.now())
    client = signed_in(cast.officer)

    notice = Notice.objects.get(rule="invitation")
    pages = [
        client.get(reverse("notice_list")),
        client.get(reverse("notice_list") + "?format=csv"),
        client.get(reverse("notice_show", args=[notice.pk])),
        client.get(reverse("accounts:invitation_list")),
    ]

    assert [page.status_code for page in pages] == [200] * 4
    assert [token in page.content.decode() for page in pages] == [False] * 4
