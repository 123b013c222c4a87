"""The way in: password, second step, forgotten password, and the way out (duties.md, 17)."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.actions import people
from tests.make.accounts import PASSWORD

from .places import AT

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "quite another long phrase"


def sign_in(client, email, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def code_of(secret):
    """What the app on the telephone shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def enrol(client):
    """Set up the app, for which the password is asked again; gives its secret."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    done = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert done.status_code == 302
    return secret


@pytest.fixture(autouse=True)
def without_memory(settings):
    """Codes used in another test are forgotten; half a minute may end between two lines of a test."""
    cache.clear()
    settings.MFA_TOTP_TOLERANCE = 1


def test_sign_in_leads_home_and_starts_a_new_session(client, cast):
    client.get(reverse("account_login"))
    client.session["planted"] = "x"
    planted = client.session
    planted.save()
    before = planted.session_key
    client.cookies["session"] = before

    answer = sign_in(client, cast.maidstone_lead.email)

    assert (answer.status_code, answer.url) == (302, "/")
    assert client.session.session_key != before
    assert not type(client.session)(before).exists(before)


def test_sign_in_unknown_address_and_wrong_password_read_the_same(client, cast):
    wrong = sign_in(client, cast.maidstone_lead.email, "not the password at all")
    unknown = sign_in(Client(), "nobody@example.org", "not the password at all")

    said = [answer.context["form"].non_field_errors() for answer in (wrong, unknown)]
    assert (wrong.status_code, unknown.status_code) == (200, 200)
    assert said[0] == said[1]
    pages = [re.sub(r'value="[^"]*"', "", answer.content.decode()) for answer in (wrong, unknown)]
    assert pages[0] == pages[1]


def test_sign_in_of_somebody_invited_or_closed_reads_the_same(client, cast):
    people.close_person(person=cast.maidstone_contributor, reason="Left", by=cast.officer, at=AT)

    closed = sign_in(client, cast.maidstone_contributor.email)
    unknown = sign_in(Client(), "nobody@example.org")

    assert closed.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()


def test_sign_in_ends_on_the_next_request_of_a_closed_person(client, cast):
    sign_in(client, cast.maidstone_contributor.email)
    before = client.get(reverse("accounts:profile")).status_code

    people.close_person(person=cast.maidstone_contributor, reason="Left", by=cast.officer, at=AT)
    after = client.get(reverse("accounts:profile"))

    assert (before, after.status_code) == (200, 302)
    assert after.url.startswith(reverse("account_login"))


def test_sign_in_of_old_does_not_come_back_when_an_account_is_opened_again(client, cast):
    person = cast.maidstone_contributor
    sign_in(client, person.email)
    people.close_person(person=person, reason="Left", by=cast.officer, at=AT)
    person.refresh_from_db()
    person.is_active = True
    person.save()

    assert client.get(reverse("accounts:profile")).status_code == 302


def test_password_reset_mails_a_link_that_works_once(client, cast, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": cast.maidstone_lead.email})
    link = re.search(r"http\S+/account/password/reset/key/\S+", mailoutbox[0].body).group()
    path = client.get(link, follow=True).redirect_chain[-1][0]

    client.post(path, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert mailoutbox[0].to == [cast.maidstone_lead.email]
    cast.maidstone_lead.refresh_from_db()
    assert cast.maidstone_lead.check_password(NEW_PASSWORD)
    again = Client().get(link, follow=True)
    assert again.context["token_fail"] is True


def test_password_reset_of_an_unknown_address_reads_the_same(client, cast):
    known = client.post(reverse("account_reset_password"), {"email": cast.maidstone_lead.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_password_reset_never_opens_a_closed_account(client, cast, mailoutbox):
    people.close_person(person=cast.maidstone_contributor, reason="Left", by=cast.officer, at=AT)

    client.post(reverse("account_reset_password"), {"email": cast.maidstone_contributor.email})

    assert [mail for mail in mailoutbox if "/password/reset/key/" in mail.body] == []


def test_second_step_is_asked_for_at_the_door(client, cast):
    sign_in(client, cast.maidstone_lead.email)
    secret = enrol(client)
    client.post(reverse("account_logout"))

    halfway = sign_in(client, cast.maidstone_lead.email)
    not_yet = client.get(reverse("accounts:profile"))
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    cache.clear()  # the code of this half minute was used to enrol
    done = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})

    assert halfway.url == reverse("mfa_authenticate")
    assert not_yet.status_code == 302
    assert wrong.status_code == 200
    assert (done.status_code, done.url) == (302, "/")
    assert client.get(reverse("accounts:profile")).status_code == 200


def test_second_step_with_a_recovery_code_works_once(client, cast):
    sign_in(client, cast.maidstone_lead.email)
    enrol(client)
    codes = Authenticator.objects.get(user=cast.maidstone_lead, type="recovery_codes").wrap().get_unused_codes()
    client.post(reverse("account_logout"))

    sign_in(client, cast.maidstone_lead.email)
    done = client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    client.post(reverse("account_logout"))
    sign_in(client, cast.maidstone_lead.email)
    again = client.post(reverse("mfa_authenticate"), {"code": codes[0]})

    assert len(codes) == 10
    assert (done.status_code, again.status_code) == (302, 200)


def test_second_step_where_required_comes_before_work(client, cast, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    sign_in(client, cast.officer.email)

    sent = client.get(reverse("accounts:people_list"))
    reachable = client.get(reverse("mfa_activate_totp"), follow=True)
    enrol(client)
    works = client.get(reverse("accounts:people_list"))

    assert (sent.status_code, sent.url) == (302, reverse("mfa_activate_totp"))
    assert (reachable.status_code, works.status_code) == (200, 200)


def test_second_step_where_not_required_is_left_to_the_person(client, cast, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    sign_in(client, cast.officer.email)

    assert client.get(reverse("accounts:people_list")).status_code == 200


def test_sign_up_is_closed(client, db):
    page = client.post(
        reverse("account_signup"), {"email": "me@example.org", "password1": PASSWORD, "password2": PASSWORD}
    )

    assert "account/signup_closed.html" in [template.name for template in page.templates]


def test_address_cannot_be_changed_by_oneself(client, cast):
    sign_in(client, cast.maidstone_lead.email)

    page = client.post(reverse("account_email"), {"action_add": "", "email": "other@example.org"})

    assert page.context["form"].errors
    cast.maidstone_lead.refresh_from_db()
    assert cast.maidstone_lead.email == "lead@maidstone.example.org"
