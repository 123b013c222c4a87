"""The line breaks: dropped in mid-letter, hung, busy, not there. No letter is lost, no innocent one is blamed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as chosen
from django.core import mail

from records import delivery, envelopes, notices
from records.enums import MessageStatus
from records.models import BadAddress, Message
from tests.make import accounts as make_accounts
from tests.records import sink
from tests.records.delivery.scripted import DROP, HANG, mail_server

pytestmark = pytest.mark.django_db
AT = datetime(2020, 9, 22, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def queued(*people):
    """A message to each of these people."""
    for person in people:
        notices.tell(people=[person], rule="test", subject=person, heading="News", body="Words.", at=AT)
    delivery.compose(at=AT)
    return list(Message.objects.order_by("pk"))


@pytest.mark.parametrize(("verb", "fault"), [("END", DROP), ("END", HANG), ("DATA", DROP)])
def test_a_line_that_breaks_with_the_letter_on_it_sends_the_same_letter_and_owns_up(settings, verb, fault):
    cast = make_accounts.cast()
    [message] = queued(cast.officer)

    with mail_server(settings, {verb: fault}) as server:
        assert delivery.deliver(at=AT) == delivery.Tally(put_back=1)
        message.refresh_from_db()
        assert (message.status, message.possibly_doubled) == (MessageStatus.QUEUED, True)
        assert delivery.deliver(at=AT + MINUTE) == delivery.Tally(sent=1)

    message.refresh_from_db()
    assert (message.status, message.answer, message.possibly_doubled) == (MessageStatus.SENT, "250 kept", True)
    assert {letter["Message-ID"] for letter in server.letters} == {message.message_id}
    assert len({letter["Date"] for letter in server.letters}) == 1
    assert len(server.letters) == (1 if verb == "DATA" else 2)


@pytest.mark.parametrize("fault", [{"MAIL": DROP}, {"RCPT": HANG}, {"MAIL": "421 closing"}, {"DATA": "421 closing"}])
def test_a_line_that_breaks_before_the_letter_doubles_nothing(settings, fault):
    cast = make_accounts.cast()
    [message] = queued(cast.officer)

    with mail_server(settings, fault):
        assert delivery.deliver(at=AT) == delivery.Tally(put_back=1)

    message.refresh_from_db()
    assert (message.status, message.possibly_doubled) == (MessageStatus.QUEUED, False)


@pytest.mark.parametrize(
    "fault", [{"RCPT": "421 4.3.2 Too busy"}, {"END": "421 4.3.2 Too busy"}, {"MAIL": "451 4.3.0 Later"}]
)
def test_a_busy_server_costs_the_next_letter_nothing(settings, fault):
    cast = make_accounts.cast()
    first, second = queued(cast.officer, cast.head)

    with mail_server(settings, fault) as server:
        assert delivery.deliver(at=AT) == delivery.Tally(sent=1, put_back=1)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status, second.tries) == (MessageStatus.QUEUED, MessageStatus.SENT, 1)
    assert first.answer == next(iter(fault.values()))
    assert server.connections == 2
    assert not BadAddress.objects.exists()


@pytest.mark.parametrize("greeting", ["421 4.3.2 Too busy", "554 No service here", DROP, None])
def test_a_server_that_cannot_be_reached_takes_no_letter_in_hand(settings, greeting):
    cast = make_accounts.cast()
    [message] = queued(cast.officer)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.free_port()

    if greeting is None:
        assert delivery.deliver(at=AT) == delivery.Tally()
    else:
        with mail_server(settings, {"HELLO": greeting}):
            assert delivery.deliver(at=AT) == delivery.Tally()

    message.refresh_from_db()
    assert (message.status, message.tries, message.message_id) == (MessageStatus.QUEUED, 0, "")
    assert message.answer.startswith("The mail server cannot be reached: ")


def test_a_server_that_is_away_for_weeks_fails_no_letter_and_blames_no_address(settings):
    cast = make_accounts.cast()
    queued(cast.officer)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.free_port()
    for days in (1, 10, 40):
        delivery.deliver(at=AT + timedelta(days=days))

    with sink.listening(settings) as keeper:
        assert delivery.deliver(at=AT + timedelta(days=41)) == delivery.Tally(sent=1)

    assert keeper.addresses == [cast.officer.email]
    assert not BadAddress.objects.exists()


def test_the_lease_outlives_every_answer_the_server_may_be_slow_with():
    answers = 5  # to MAIL, RCPT, DATA, the letter itself and its end, on a line opened before the lease

    assert chosen.EMAIL_TIMEOUT > 0
    assert timedelta(seconds=answers * chosen.EMAIL_TIMEOUT) < delivery.LEASE


def test_a_way_of_sending_without_answers_says_so():
    cast = make_accounts.cast()
    queued(cast.officer)

    delivery.deliver(at=AT)

    assert len(mail.outbox) == 1
    assert Message.objects.get().answer == envelopes.HANDED_OVER
