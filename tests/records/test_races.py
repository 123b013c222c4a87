"""Two at once, with real connections: two sweeps tell once, two carriers never send the same letter."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from accounts.queries import people_for
from records import delivery, obligations
from records.delivery import carrying
from records.models import BadAddress, Message, Notice, Obligation
from tests.make import accounts as make_accounts
from tests.make import records as make
from tests.records import sink

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
AT = make.moment(make.DUE, hour=9)


def at_once(act, times=4):
    """Run `act` in several threads, all started together; what each returned."""
    start = Barrier(times)

    def run(_):
        with closing(connection):
            start.wait(20)
            return act()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def test_climb_ladders_by_several_at_once_tells_each_person_once():
    cast = make_accounts.cast()
    for number in range(30):
        make.obligation(cast, period=f"p{number}")

    at_once(lambda: obligations.climb_ladders(on=make.DUE, at=AT, people_for=people_for))

    assert Notice.objects.count() == Obligation.objects.count() == 30
    assert set(Notice.objects.values_list("person", flat=True)) == {cast.maidstone_lead.pk}


def test_compose_by_several_at_once_makes_no_notice_part_of_two_messages():
    cast = make_accounts.cast()
    for number in range(30):
        make.obligation(cast, period=f"p{number}")
    obligations.climb_ladders(on=make.DUE, at=AT, people_for=people_for)

    made = at_once(lambda: delivery.compose(at=AT))

    assert sum(made) == Message.objects.count()
    assert Notice.objects.filter(message__isnull=True).count() == 0


def test_compose_by_several_at_once_makes_one_digest_of_a_day_while_ladders_are_climbed():
    cast = make_accounts.cast()
    make.obligation(cast, period="first")
    obligations.climb_ladders(on=make.DUE, at=AT, people_for=people_for)
    for number in range(30):
        make.obligation(cast, period=f"p{number}", due_on=make.DUE - timedelta(days=1))
    order = iter([True, False, True, False])

    def act():
        if next(order):
            obligations.climb_ladders(on=make.DUE, at=AT, people_for=people_for)
        return delivery.compose(at=AT)

    at_once(act)

    digests = Message.objects.filter(person=cast.maidstone_lead, digest_on=make.DUE)
    assert (digests.count(), Message.objects.filter(person=cast.maidstone_lead).count()) == (1, 1)


def test_alert_failures_by_several_at_once_tells_each_officer_once():
    cast = make_accounts.cast()
    Message.objects.bulk_create(
        Message(person=cast.maidstone_lead, to=cast.maidstone_lead.email, heading=f"H{number}", body="B",
                created_at=AT, next_try_at=AT, dated_at=AT, status="FAILED")
        for number in range(3)
    )  # fmt: skip
    BadAddress.objects.create(
        address=cast.maidstone_lead.email, since=AT, answer="550 No", next_try_at=AT, message=Message.objects.first()
    )

    told = at_once(lambda: delivery.alert_failures(at=AT, people_for=people_for))

    assert sum(told) == 3
    names = Notice.objects.filter(rule="address_failed").values_list("person__full_name", flat=True)
    assert sorted(names) == ["Ola Officer", "Olu Officer"]


def test_deliver_by_several_at_once_sends_each_letter_once(settings):
    cast = make_accounts.cast()
    Message.objects.bulk_create(
        Message(person=cast.officer, to=f"p{n}@example.org", heading="H", body="B", created_at=AT, next_try_at=AT)
        for n in range(100)
    )

    with sink.listening(settings) as keeper:
        tallies = at_once(lambda: delivery.deliver(at=AT))

    assert sum(tally.sent for tally in tallies) == 100
    assert len(keeper.addresses) == len(set(keeper.addresses)) == 100
    assert not Message.objects.filter(possibly_doubled=True).exists()


def test_without_the_lock_the_same_letter_would_be_leased_twice(monkeypatch):
    """The negative control: the race is real, and it is the lock that stops it."""
    cast = make_accounts.cast()
    Message.objects.create(
        person=cast.officer, to="p@example.org", heading="H", body="B", created_at=AT, next_try_at=AT
    )
    together = Barrier(2)
    real = Message.save

    def meet(message, *args, **kwargs):
        together.wait(20)
        return real(message, *args, **kwargs)

    queryset = type(Message.objects.all())
    monkeypatch.setattr(queryset, "select_for_update", lambda rows, **_: rows)
    monkeypatch.setattr(Message, "save", meet)

    leased = at_once(lambda: carrying._lease(AT, delivery.LEASE, {}), times=2)

    assert [message.pk for message in leased] == [leased[0].pk] * 2
