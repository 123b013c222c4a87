"""A sign-in that runs out in the middle of a form loses nothing, and gives it to nobody else."""

import pytest
from django.test import Client

from accounts.models import User
from pcc_portal.models import HeldDraft
from tests.journeys.person import Person
from tests.make import accounts as make

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PATH = "/profile/"
TYPED = {"full_name": "Lee Leader", "telephone": "01622 000000"}


@pytest.fixture
def cast():
    return make.cast()


def signed_out_while_writing(user):
    """A browser at which the person worked until the session ended, then sent a form."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    client.get("/")
    del client.cookies["session"]
    return client, client.post(PATH, TYPED)


def signed_in_again(client, user):
    client.force_login(user, backend=BACKEND)
    return client.get(PATH)


def test_held_draft_sends_the_person_to_sign_in(cast):
    _client, answer = signed_out_while_writing(cast.maidstone_lead)

    assert answer.status_code == 302
    assert answer["Location"] == f"/account/login/?next={PATH}"
    held = HeldDraft.objects.get()
    assert sorted(map(tuple, held.fields)) == sorted(TYPED.items())
    assert held.token_hash not in str(answer.cookies)


def test_held_draft_is_given_back_and_can_be_sent(cast):
    client, _answer = signed_out_while_writing(cast.maidstone_lead)

    page = signed_in_again(client, cast.maidstone_lead).content.decode()
    assert "We kept what you had typed" in page
    assert 'value="Lee Leader"' in page
    client.post(PATH, TYPED)

    assert User.objects.get(pk=cast.maidstone_lead.pk).full_name == "Lee Leader"
    assert not HeldDraft.objects.exists()
    assert "We kept what you had typed" not in client.get(PATH).content.decode()


def test_held_draft_is_not_shown_to_another_person(cast):
    client, _answer = signed_out_while_writing(cast.maidstone_lead)

    page = signed_in_again(client, cast.swale_lead).content.decode()

    assert "Lee Leader" not in page


def test_held_draft_is_not_kept_for_a_stranger(cast):
    answer = Client().post(PATH, TYPED)

    assert answer.status_code == 302
    assert not HeldDraft.objects.exists()


def test_held_draft_keeps_no_password(cast):
    client = Client()
    client.force_login(cast.maidstone_lead, backend=BACKEND)
    client.get("/")
    del client.cookies["session"]

    client.post("/account/password/change/", {"oldpassword": "secret-secret", "password1": "new-secret-new"})

    assert "secret" not in str(list(HeldDraft.objects.values_list("fields", flat=True)))


def test_held_draft_forget_throws_it_away(cast):
    client, _answer = signed_out_while_writing(cast.maidstone_lead)
    client.force_login(cast.maidstone_lead, backend=BACKEND)

    answer = client.post("/held-draft/forget/", {"path": PATH})

    assert answer["Location"] == PATH
    assert not HeldDraft.objects.exists()


def test_held_draft_forget_never_leads_off_the_portal(cast):
    person = Person(cast.maidstone_lead)

    answer = person.client.post("/held-draft/forget/", {"path": "//evil.example"})

    assert answer["Location"] == "/"
