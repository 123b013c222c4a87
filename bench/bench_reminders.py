"""Reminders measured: a sweep over many obligations, and delivery beside a plain loop of smtplib.

Works in a scratch database of its own, to a mail server of its own. Ratios are what to compare between machines:
both sides of a ratio run in turn, in the same minute, to the same server.
PCC_BENCH_OBLIGATIONS (3000) and PCC_BENCH_LETTERS (500) say how many.
"""

import os
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
from records import delivery, obligations  # noqa: E402
from records.models import Message, Notice, Obligation  # noqa: E402
from tests.records import sink  # noqa: E402

OBLIGATIONS = int(os.environ.get("PCC_BENCH_OBLIGATIONS", 3000))
LETTERS = int(os.environ.get("PCC_BENCH_LETTERS", 500))
ORGANISATIONS, ROUNDS = 50, 3
DUE = date(2020, 10, 30)
AT = datetime(2020, 9, 1, 6, 0, tzinfo=UTC)


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
    seconds, queries, made = timed(lambda: delivery.compose(at=AT))
    print(f"compose {Notice.objects.count()} notices: {seconds * 1000:.0f} ms, {queries} queries, {made} messages")


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


def main():
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        world()
        sweeps()
        Notice.objects.all().delete()
        letters()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
