"""The reckoning of the year of reminders, proved by letters written by hand."""

from datetime import timedelta

import pytest

from accounts.queries import people_for
from records import delivery, obligations
from records.models import Message
from tests.make import accounts as make_accounts
from tests.make import records as make

from .reminder_world import World

pytestmark = pytest.mark.django_db
THURSDAY = make.DUE - timedelta(days=1)


def letters(*hours, **fields):
    """A reminder written before each hour of one day, and the letters of it; gives the lead."""
    cast = make_accounts.cast()
    for hour in hours:
        make.obligation(cast, period=str(hour), title=f"Thing {hour}", **fields)
        obligations.climb_ladders(on=THURSDAY, at=make.moment(THURSDAY, hour), people_for=people_for)
        delivery.compose(at=make.moment(THURSDAY, hour))
    return cast.maidstone_lead


def test_digests_twice_lets_pass_what_cannot_wait_for_tomorrow():
    """Found by reading: a second letter of something to be signed the next day was called a second digest."""
    lead = letters(8, 9)

    assert Message.objects.filter(person=lead).count() == 2
    assert World.digests_twice() == []


def test_digests_twice_tells_of_a_second_letter_that_could_have_waited():
    lead = letters(8, 9, due_on=make.DUE + timedelta(days=3))
    Message.objects.create(
        person=lead,
        to=lead.email,
        heading="Thing 9",
        created_at=make.moment(THURSDAY, 9),
        next_try_at=make.moment(THURSDAY),
    )
    second = Message.objects.latest("pk")
    lead.notices.filter(message__isnull=True).update(message=second)

    assert World.digests_twice() == [(lead.pk, THURSDAY)]
