"""Sent by hand: what waits goes at once, what has reached somebody today is not said again, what failed is."""

from datetime import date, timedelta

import pytest
from django.core import mail

from accounts.queries import people_for
from records import delivery, obligations
from records.enums import MailChoice, MessageStatus
from records.models import BadAddress, Event, Message, Notice
from records.refusals import Refused
from tests.make import accounts as make_accounts
from tests.make import records as make

pytestmark = pytest.mark.django_db
SECOND = date(2020, 10, 12)  # 14 working days before
DAY = timedelta(days=1)
REACHED = "was reminded of it today already"
ON_ITS_WAY = "is on its way already"


def climb(day, hour=6):
    return obligations.climb_ladders(on=day, at=make.moment(day, hour), people_for=people_for)


def send_now(owed, cast, day, hour=10):
    return obligations.send_now(owed, by=cast.officer, at=make.moment(day, hour), people_for=people_for)


def carry(day, hour=10):
    """Letters written and sent; to whom."""
    before = len(mail.outbox)
    delivery.compose(at=make.moment(day, hour))
    delivery.deliver(at=make.moment(day, hour))
    return sorted(letter.to[0].partition("@")[0] for letter in mail.outbox[before:])


def after_the_digest():
    """The digest of the day has gone; a reminder written since waits for tomorrow's."""
    cast = make_accounts.cast()
    make.obligation(cast, period="first", title="The first")
    climb(SECOND)
    assert carry(SECOND, 8) == ["contributor", "lead"]
    owed = make.obligation(cast, period="second", title="The second")
    assert climb(SECOND, 9) == 2
    assert carry(SECOND, 9) == []
    return cast, owed


def test_send_now_sends_what_waits_for_the_digest_of_tomorrow():
    """Found by an officer: "reminded today already", while nobody had a letter of it."""
    cast, owed = after_the_digest()

    assert send_now(owed, cast, SECOND) == 2

    assert carry(SECOND) == ["contributor", "lead"]
    assert [letter.subject for letter in mail.outbox[-2:]] == ["The second: due 30 October 2020"] * 2
    assert Notice.objects.filter(obligation=owed).count() == 2  # the one that waited, and no second
    assert Event.objects.get(verb="reminded_by_hand").summary.endswith("reminder sent by hand to 2 people")
    assert climb(SECOND + DAY) == 0 and carry(SECOND + DAY) == []


def test_send_now_is_refused_while_its_letters_are_on_their_way_and_once_they_have_arrived():
    cast, owed = after_the_digest()
    send_now(owed, cast, SECOND)

    with pytest.raises(Refused, match=ON_ITS_WAY):
        send_now(owed, cast, SECOND)
    delivery.compose(at=make.moment(SECOND))
    with pytest.raises(Refused, match=ON_ITS_WAY):
        send_now(owed, cast, SECOND)
    delivery.deliver(at=make.moment(SECOND))
    with pytest.raises(Refused, match=REACHED):
        send_now(owed, cast, SECOND)

    assert Event.objects.filter(verb="reminded_by_hand").count() == 1


def test_send_now_tells_those_who_were_not_reached_and_spares_those_who_were():
    cast = make_accounts.cast()
    type(cast.maidstone_lead).objects.filter(pk=cast.maidstone_lead.pk).update(mail_choice=MailChoice.SINGLE)
    owed = make.obligation(cast)
    climb(SECOND, 5)
    assert carry(SECOND, 5) == ["lead"]  # the digest of the contributor waits for seven

    assert send_now(owed, cast, SECOND, 5) == 1

    assert carry(SECOND, 5) == ["contributor"]


def test_send_now_tries_a_letter_again_that_the_mail_server_has_put_back():
    cast = make_accounts.cast()
    owed = make.obligation(cast)
    climb(SECOND)
    delivery.compose(at=make.moment(SECOND, 8))
    Message.objects.update(next_try_at=make.moment(SECOND, 11))
    letter = Message.objects.get(person=cast.maidstone_lead)
    bad = BadAddress.objects.create(
        address=letter.to, since=letter.created_at, answer="550", next_try_at=make.moment(SECOND, 20), message=letter
    )

    assert send_now(owed, cast, SECOND) == 2

    bad.refresh_from_db()
    assert bad.next_try_at == make.moment(SECOND, 10)
    assert carry(SECOND) == ["contributor", "lead"]
    assert Notice.objects.count() == 2


def test_send_now_writes_afresh_to_those_whose_letter_could_not_be_delivered():
    cast = make_accounts.cast()
    owed = make.obligation(cast)
    send_now(owed, cast, date(2020, 9, 1))
    for number in (1, 2):
        delivery.compose(at=make.moment(date(2020, 9, 1)))
        Message.objects.update(status=MessageStatus.FAILED)

        assert send_now(owed, cast, date(2020, 9, 1)) == 2
        assert Notice.objects.filter(obligation=owed).count() == 2 * (number + 1)

    assert carry(date(2020, 9, 1)) == ["contributor", "lead"]


def test_send_now_leaves_alone_what_waits_for_a_day_that_was_moved():
    cast, owed = after_the_digest()
    owed = obligations.move_due(
        owed, due_on=owed.due_on + 60 * DAY, by=cast.officer, at=make.moment(SECOND, 9), reason="Agreed"
    )

    assert send_now(owed, cast, SECOND) == 2

    assert carry(SECOND) == ["contributor", "lead"]
    assert [letter.subject for letter in mail.outbox[-2:]] == ["The second: due 29 December 2020"] * 2
