"""SIGKILL the worker in the middle of its mail: nothing lost, at most the letter in flight twice, and the page says so.

A real Celery worker with beat, a real mail server, real SIGKILLs at moments drawn from a printed seed. What
arrived is counted at the mail server, not in our tables. PCC_TEST_SEED repeats a run; PCC_TORTURE=full kills often.
"""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection

from accounts.models import User
from records import delivery, notices
from records.enums import MessageStatus
from records.models import Message
from tests.conftest import TORTURE_AT_FULL_STRENGTH
from tests.make import accounts as make_accounts
from tests.records import sink

ROOT = Path(__file__).resolve().parents[2]
AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
LETTERS, KILLS = (2000, 40) if TORTURE_AT_FULL_STRENGTH else (250, 3)
PATIENCE = 120
pytestmark = [pytest.mark.torture, pytest.mark.slow, pytest.mark.long, pytest.mark.django_db(transaction=True)]


def database_url():
    """The address of the very database this test works in."""
    name = "DATABASE_OWNER_URL" if os.environ.get("DATABASE_OWNER_URL") and settings.AS_OWNER else "DATABASE_URL"
    parts = urlsplit(os.environ[name])
    return urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))


@pytest.fixture
def mail_server(tmp_path):
    """A mail server in a process of its own, so that no kill of ours reaches it."""
    port, file = sink.free_port(), tmp_path / "arrived"
    command = [sys.executable, "-m", "tests.records.sink", str(port), str(file), "0.01"]
    server = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert server.stdout.readline() == b"listening\n"
    yield port, file
    server.stdin.close()
    server.wait(20)


@pytest.fixture
def worker(mail_server, tmp_path):
    """Starts workers with beat ringing every second; whatever is left at the end is killed."""
    var = tmp_path / "var"
    var.mkdir()
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTEST")},
        "DATABASE_URL": database_url(),
        "PCC_AS_OWNER": "",
        "PCC_VAR": str(var),
        "PCC_MAIL": "",
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_server[0]}",
        "SECRET_KEY": "for-this-test-only-" * 3,
        "DELIVER_EVERY_SECONDS": "1",
        "REDIS_URL": "",
    }
    command = [sys.executable, "-m", "celery", "-A", "pcc_portal", "worker", "-B", "-P", "solo", "-l", "WARNING"]
    started = []

    def start():
        (var / "beat-schedule").unlink(missing_ok=True)
        log = open(tmp_path / "worker.log", "ab")  # noqa: SIM115 (the child keeps it)
        started.append(subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log, start_new_session=True))
        return started[-1]

    yield start
    for process in started:
        kill(process)


def kill(process):
    """SIGKILL to the worker and to everything it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(20)


def arrived(file):
    return file.read_text().splitlines() if file.exists() else []


def wait_until(condition, what):
    """Wait for something, not for a time."""
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until, f"waited {PATIENCE} s for {what}"
        time.sleep(0.005)


def sessions():
    """The other sessions in this test's database: {number: what it was doing}."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid, concat_ws(' ', application_name, state, wait_event, left(query, 200)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        return dict(cursor.fetchall())


def wait_until_the_kill_is_noticed(before):
    """Wait until the database has undone what the dead worker had not committed.

    Sessions that were there `before` the first worker (another test's browser, say) are nobody's business here.
    """
    until = time.monotonic() + PATIENCE
    while left := {pid: doing for pid, doing in sessions().items() if pid not in before}:
        assert time.monotonic() < until, f"waited {PATIENCE} s for the database to notice the kill: {left}"
        time.sleep(0.005)


def two_minutes_pass():
    """What the clock would do: the lease of the letter in flight runs out. Returns how many were in flight."""
    in_flight = Message.objects.filter(status=MessageStatus.SENDING)
    return in_flight.update(leased_until=AT - timedelta(minutes=1))


def test_worker_killed_while_it_delivers_loses_nothing_and_owns_up(client, settings, mail_server, worker):
    seed = int(os.environ.get("PCC_TEST_SEED") or random.SystemRandom().randrange(10**6))
    print(f"PCC_TEST_SEED={seed}")
    dice = random.Random(seed)
    _, file = mail_server
    cast = make_accounts.cast()
    people = User.objects.bulk_create(
        User(email=f"person{number}@example.org", full_name=f"Person {number}") for number in range(LETTERS)
    )
    notices.tell(people=people, rule="test", subject=cast.maidstone, heading="Your return", body="Words", at=AT)
    assert delivery.compose(at=AT) == LETTERS

    before = sessions()
    in_flight = 0
    for number in range(1, KILLS + 1):
        mark = len(arrived(file)) + dice.randrange(5, LETTERS // (KILLS + 1))
        process = worker()
        wait_until(lambda mark=mark: len(arrived(file)) >= mark, f"{mark} letters before kill {number}")
        time.sleep(dice.random() * 0.02)
        kill(process)
        wait_until_the_kill_is_noticed(before)
        in_flight += two_minutes_pass()
    worker()
    wait_until(
        lambda: not Message.objects.exclude(status=MessageStatus.SENT).exists(), "the last worker to send all the rest"
    )

    lines = arrived(file)
    copies = Counter(line.split("\t")[0] for line in lines)
    doubled = {message_id for message_id, count in copies.items() if count > 1}
    owned_up = set(Message.objects.filter(possibly_doubled=True).values_list("message_id", flat=True))
    print(f"{len(lines)} arrived, {in_flight} in flight at {KILLS} kills, {len(doubled)} doubled, seed {seed}")
    assert set(copies) == set(Message.objects.values_list("message_id", flat=True))  # none lost
    assert len({line.split("\t")[2] for line in lines}) == LETTERS
    assert len(set(lines)) == LETTERS  # each copy has the same Message-ID, Date and reader
    assert len(lines) - LETTERS <= in_flight <= KILLS  # at most the one in flight, once a kill
    assert doubled <= owned_up
    assert len(owned_up) == in_flight
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(cast.officer)
    page = client.get("/notices/", {"standing": "doubled"}).content.decode()
    assert page.count("May have arrived twice, as the same letter") == min(in_flight, 25)
