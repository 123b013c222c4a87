"""Guessing passwords is stopped before the costly hashing, per person and address, in any spelling."""

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.urls import reverse

from accounts.models import User

RIGHT = "a right and long password"


class CountingHasher(MD5PasswordHasher):
    """Says how often a password was hashed."""

    algorithm = "md5"
    hashed = 0

    def encode(self, password: str, salt: str) -> str:
        """Count, then hash."""
        CountingHasher.hashed += 1
        return super().encode(password, salt)


@pytest.fixture
def person(db: None, settings) -> User:
    """Someone who signs in without a second step."""
    settings.SECOND_FACTOR_REQUIRED = False
    settings.PASSWORD_HASHERS = ["tests.setup.test_sign_in_throttle.CountingHasher"]
    return User.objects.create_user("person@example.org", RIGHT, full_name="Example Person")


def sign_in(client, email: str, password: str, address: str = "192.0.2.1"):
    """One try; the status of the answer and how many hashes it cost."""
    before = CountingHasher.hashed
    answer = client.post(reverse("account_login"), {"login": email, "password": password}, REMOTE_ADDR=address)
    return answer, CountingHasher.hashed - before


def test_sign_in_with_the_right_password(client, person):
    answer, _ = sign_in(client, "Person@example.org", RIGHT)

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_sign_in_is_refused_before_hashing_after_five_failures(client, person):
    spellings = [
        "person@example.org",
        "PERSON@example.org",
        "Person@Example.org",
        "person@example.org",
        "pErson@example.org",
    ]
    for email in spellings:
        assert sign_in(client, email, "wrong")[0].wsgi_request.user.is_anonymous

    answer, hashes = sign_in(client, "person@example.org", RIGHT)

    assert (answer.status_code, hashes) == (429, 0)
    assert "account/lockout.html" in [template.name for template in answer.templates]
    assert "_auth_user_id" not in client.session


def test_sign_in_lockout_is_of_one_address_only(client, person):
    for _ in range(6):
        sign_in(client, "person@example.org", "wrong", address="192.0.2.66")

    answer, _ = sign_in(client, "person@example.org", RIGHT, address="192.0.2.1")

    assert answer.status_code == 302


def test_sign_in_lockout_is_of_one_person_only(client, person):
    User.objects.create_user("other@example.org", RIGHT, full_name="Other Person")
    for _ in range(6):
        sign_in(client, "person@example.org", "wrong")

    assert sign_in(client, "other@example.org", RIGHT)[0].status_code == 302


def test_sign_in_tries_from_one_address_are_capped_whoever_they_are_for(client, person, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "8/15m/ip"}
    for number in range(8):
        sign_in(client, f"guess{number}@example.org", "wrong", address="192.0.2.77")

    _, hashes = sign_in(client, "person@example.org", RIGHT, address="192.0.2.77")

    assert hashes == 0
    assert "_auth_user_id" not in client.session
    assert sign_in(client, "person@example.org", RIGHT, address="192.0.2.1")[0].status_code == 302


def test_passwords_are_hashed_with_argon2_outside_tests(tmp_path):
    from tests.setup.test_settings import values

    assert values(tmp_path, "PASSWORD_HASHERS")["PASSWORD_HASHERS"][0].endswith("Argon2PasswordHasher")


@pytest.mark.parametrize("password", ["short1!", "password1234", "person@example.org", "examplePerson"])
def test_weak_passwords_are_refused(password):
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        validate_password(password, User(email="person@example.org", full_name="Example Person"))
