"""The driver of the year of reminders asks the right questions: what it gets wrong looks like a lost reminder."""

import random
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection

from accounts.queries import people_for
from records import delivery, obligations
from records.enums import MessageStatus
from records.models import Message, Obligation
from tests.torture.reminder_world import World
from tests.torture.reminder_year import Arrival

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY, IN_TWO_WEEKS = date(2027, 1, 4), date(2027, 1, 5), date(2027, 1, 18)
EIGHT = datetime(2027, 1, 4, 8, 30, tzinfo=UTC)
LATER = EIGHT + timedelta(hours=2)


@pytest.fixture
def world():
    """A small world on its first morning, its reminders written and not yet in letters."""
    world = World(random.Random(95925), 40, 60, MONDAY)
    assert climb(EIGHT) > 0
    return world


def climb(at):
    return obligations.climb_ladders(on=at.date(), at=at, people_for=people_for)


def send(at):
    delivery.compose(at=at)
    delivery.deliver(at=at)


def arrived():
    marks = [tuple(re.findall(r"\[\[(.+?)\]\]", " ".join(letter.body.split()))) for letter in mail.outbox]
    ids = [letter.extra_headers["Message-ID"] for letter in mail.outbox]
    return [
        Arrival(number, "", letter.to[0], 0.0, told)
        for number, letter, told in zip(ids, mail.outbox, marks, strict=True)
    ]


def an_organisation_written_to(world):
    """An organisation whose lead has had the digest of the day."""
    written_to = set(Message.objects.exclude(digest_on=None).values_list("to", flat=True))
    return next(body for body in world.bodies if world.address["LEAD", body.pk] <= written_to)


def test_nothing_waits_is_not_fooled_by_letters_made_while_it_asks(world):
    """Seed 95925: no letter at the first question, no reminder at the second, and the 18 of that day were "lost"."""
    made = []

    def then_make_letters(execute, *question):
        found = execute(*question)
        if not made:
            made.append(True)
            delivery.compose(at=EIGHT)
        return found

    with connection.execute_wrapper(then_make_letters):
        assert not world.nothing_waits(EIGHT)

    assert Message.objects.filter(status=MessageStatus.QUEUED).exists()


def test_nothing_waits_when_all_has_gone_but_what_tomorrows_digest_takes(world):
    send(EIGHT)
    assert world.nothing_waits(EIGHT)

    body = an_organisation_written_to(world)
    world.owe(40, "RETURN_QUERY", body, TUESDAY)
    assert climb(LATER) == 2

    assert (world.nothing_waits(LATER), world.nothing_may_go(LATER)) == (True, True)
    tomorrow = EIGHT + timedelta(days=1)
    assert (world.nothing_waits(tomorrow), world.nothing_may_go(tomorrow)) == (False, False)


def test_nothing_may_go_leaves_out_what_waits_for_its_next_try(world):
    delivery.compose(at=EIGHT)
    assert not world.nothing_may_go(EIGHT)
    Message.objects.update(next_try_at=LATER)

    assert (world.nothing_waits(EIGHT), world.nothing_may_go(EIGHT)) == (False, True)
    assert not world.nothing_may_go(LATER)


def test_a_letter_that_cannot_wait_is_no_second_digest(world):
    send(EIGHT)
    world.owe(40, "RETURN", an_organisation_written_to(world), TUESDAY)
    climb(LATER)
    send(LATER)

    lines = arrived()
    [lead] = world.address["LEAD", Obligation.objects.get(period="40").organisation_id]
    assert [line.to for line in lines].count(lead) == 2
    assert (world.digests_twice(lines), world.not_urgent(lines)) == ([], [])


def test_a_letter_beside_the_digest_that_could_have_waited_is_found(world):
    send(EIGHT)
    body = an_organisation_written_to(world)
    world.owe(40, "RETURN", body, IN_TWO_WEEKS)
    row = Obligation.objects.get(period="40")
    obligations.send_now(row, by=None, at=LATER, people_for=people_for)  # none of the driver's acts
    send(LATER)

    people = sorted(world.address["LEAD", body.pk] | world.address["CONTRIBUTOR", body.pk])
    found = world.not_urgent(arrived())
    assert sorted(found) == [(address, "Thing 40|18 January 2027|-14", MONDAY) for address in people]


def test_two_digests_of_a_day_that_arrive_are_found(world):
    send(EIGHT)
    body = an_organisation_written_to(world)
    before = {line.to for line in arrived()}
    world.owe(40, "RETURN", body, TUESDAY)
    climb(LATER)
    Message.objects.update(status=MessageStatus.WITHDRAWN)  # though it had gone: the day is free for another
    send(LATER)

    people = {address for role in ("LEAD", "CONTRIBUTOR", "CERTIFIER") for address in world.address[role, body.pk]}
    assert world.digests_twice(arrived()) == sorted((address, MONDAY) for address in people & before)
