"""The settings in other surroundings than these: each case is a process of its own."""

import json
import os
import subprocess
import sys

import pytest

from tests.setup.compose import ROOT

ASK = (
    "import json, sys; from django.conf import settings; "
    "print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))"
)


def settings_with(tmp_path, *names: str, **given: str) -> subprocess.CompletedProcess:
    """The named settings as a fresh process sees them with only these variables."""
    env = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "pcc_portal.settings", "PCC_VAR": str(tmp_path)}
    for name in ("LD_LIBRARY_PATH",):
        if name in os.environ:
            env[name] = os.environ[name]
    return subprocess.run(
        [sys.executable, "-c", ASK, *names], env={**env, **given}, cwd=ROOT, capture_output=True, text=True
    )


def values(tmp_path, *names: str, **given: str) -> dict:
    """The same, read."""
    given = {"SECRET_KEY": "k" * 60, "DATABASE_URL": "postgres://pcc_app@db/pcc", **given}
    done = settings_with(tmp_path, *names, **given)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"DATABASE_URL": "postgres://x@db/x"}, "SECRET_KEY is not set."),
        ({"SECRET_KEY": "k"}, "DATABASE_URL is not set."),
        ({"SECRET_KEY": "k", "DATABASE_URL": "sqlite:///x"}, "must name a PostgreSQL database"),
    ],
)
def test_settings_refuse_in_a_plain_sentence(tmp_path, given, sentence):
    done = settings_with(tmp_path, "DEBUG", **given)

    assert done.returncode == 1
    assert sentence in done.stderr


def test_settings_are_secure_by_default(tmp_path):
    names = ("DEBUG", "SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECOND_FACTOR_REQUIRED")

    assert values(tmp_path, *names) == {
        "DEBUG": False,
        "SESSION_COOKIE_NAME": "__Host-session",
        "SESSION_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECOND_FACTOR_REQUIRED": True,
    }


def test_settings_allow_nothing_inline(tmp_path):
    policy = values(tmp_path, "CONTENT_SECURITY_POLICY")["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]

    assert policy["default-src"] == ["'none'"]
    assert {source for sources in policy.values() for source in sources} == {"'none'", "'self'"}


def test_settings_use_the_owner_only_when_asked(tmp_path):
    owner = {"DATABASE_OWNER_URL": "postgres://pcc_owner@db/pcc"}

    assert values(tmp_path, "DATABASES", **owner)["DATABASES"]["default"]["USER"] == "pcc_app"
    assert values(tmp_path, "DATABASES", PCC_AS_OWNER="1", **owner)["DATABASES"]["default"]["USER"] == "pcc_owner"
    assert values(tmp_path, "DATABASES", PCC_AS_OWNER="1")["DATABASES"]["default"]["USER"] == "pcc_app"


def test_settings_choose_the_broker(tmp_path):
    plain = values(tmp_path, "CELERY_BROKER_URL", "CELERY_TASK_ACKS_LATE", "CELERY_TIMEZONE")
    redis = values(tmp_path, "CELERY_BROKER_URL", REDIS_URL="redis://redis:6379/0")

    assert plain == {"CELERY_BROKER_URL": "filesystem://", "CELERY_TASK_ACKS_LATE": False, "CELERY_TIMEZONE": "UTC"}
    assert redis == {"CELERY_BROKER_URL": "redis://redis:6379/0"}


def test_every_beat_entry_names_a_task_that_exists():
    from django.conf import settings

    from pcc_portal.celery import app

    app.loader.import_default_modules()

    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (2, "203.0.113.9, 198.51.100.7", "203.0.113.9"),
        (2, "198.51.100.7", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_client_ip_believes_only_trusted_proxies(rf, settings, proxies, forwarded, seen):
    from pcc_portal.proxies import client_ip

    settings.TRUSTED_PROXY_COUNT = proxies

    assert client_ip(rf.get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)) == seen


def test_sign_in_name_is_one_spelling(rf):
    from pcc_portal.proxies import sign_in_name

    request = rf.post("/", {"login": " Person@Example.org "})

    assert sign_in_name(request) == "person@example.org"
    assert sign_in_name(request, {"email": "PERSON@example.org"}) == "person@example.org"
