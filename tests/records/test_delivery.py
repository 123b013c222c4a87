"""The mail carrier: leases, answers, back-off, the same letter twice at worst, never lost."""

from datetime import date, timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.db import connection

from accounts.queries import people_for
from records import delivery, envelopes, notices, obligations, papers
from records.delivery import carrying
from records.enums import MessageStatus, ObligationKind, PaperKind
from records.models import BadAddress, Message, Notice
from tests.make import accounts as make_accounts
from tests.make import records as make
from tests.records import sink

pytestmark = pytest.mark.django_db
DAY = date(2020, 9, 22)
AT = make.moment(DAY)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def keeper(settings):
    with sink.listening(settings) as keeper:
        yield keeper


def tell(person, heading="Something happened", at=AT, **changes):
    wishes = {"people": [person], "rule": "test", "subject": person, "heading": heading, "body": "Words.", "at": at}
    notices.tell(**{**wishes, "occurrence": heading, **changes})


def queued(cast, *people):
    for person in people:
        tell(person)
    delivery.compose(at=AT)
    return list(Message.objects.order_by("pk"))


def climb(day):
    return obligations.climb_ladders(on=day, at=make.moment(day), people_for=people_for)


# compose


def test_compose_puts_all_a_person_is_owed_into_one_message():
    cast = make_accounts.cast()
    tell(cast.officer, "First thing", link="/awards/AW-2020-001/")
    tell(cast.officer, "Second thing")
    tell(cast.head, "Only thing")

    assert delivery.compose(at=AT) == 2
    assert delivery.compose(at=AT) == 0

    one, digest = Message.objects.order_by("heading")
    assert (digest.heading, digest.to, digest.status) == ("Only thing", cast.head.email, "QUEUED")
    assert one.heading == "2 things to know: First thing"
    assert "1. First thing" in one.body and "2. Second thing" in one.body
    assert "/awards/AW-2020-001/" in one.body
    assert one.body.startswith("Hello Ola Officer,")
    assert one.notices.count() == 2


def test_compose_does_not_escape_words():
    cast = make_accounts.cast()
    tell(cast.officer, "Fish & chips <b>", body='Tom & Jerry\'s "award"')

    delivery.compose(at=AT)

    message = Message.objects.get()
    assert message.heading == "Fish & chips <b>"
    assert 'Tom & Jerry\'s "award"' in message.body


def test_compose_makes_a_heading_of_one_line():
    cast = make_accounts.cast()
    tell(cast.officer, "One\r\nBcc: everybody@example.org")

    delivery.compose(at=AT)

    assert Message.objects.get().heading == "One Bcc: everybody@example.org"


def test_compose_withdraws_what_a_closed_obligation_owed():
    cast = make_accounts.cast()
    owed = make.obligation(cast)
    climb(DAY)
    owed.closed_at, owed.closing = AT, "Submitted"
    owed.save()

    assert delivery.compose(at=AT) == 0
    assert set(Notice.objects.values_list("withdrawn_at", flat=True)) == {AT}


def test_compose_withdraws_reminders_of_a_day_that_was_moved():
    cast = make_accounts.cast()
    owed = make.obligation(cast)
    climb(DAY)
    obligations.move_due(owed, due_on=make.DUE + timedelta(days=60), by=cast.officer, at=AT, reason="Staff ill")

    assert delivery.compose(at=AT) == 0


def test_compose_sends_only_the_newest_of_several_steps_that_waited():
    cast = make_accounts.cast()
    make.obligation(cast)
    climb(DAY)
    climb(date(2020, 10, 12))

    delivery.compose(at=AT)

    assert [row.step for row in cast.maidstone_lead.notices.filter(message__isnull=False)] == [-14]
    assert [row.step for row in cast.maidstone_lead.notices.filter(withdrawn_at__isnull=False)] == [-28]


def test_compose_leaves_an_invitation_to_somebody_not_yet_active():
    cast = make_accounts.cast()
    cast.officer.is_active = False
    cast.officer.save()
    tell(cast.officer, "You are invited")

    assert delivery.compose(at=AT) == 1


# deliver


def test_deliver_sends_each_once_with_the_committed_headers(keeper):
    cast = make_accounts.cast()
    queued(cast, cast.officer, cast.head)

    assert delivery.deliver(at=AT) == delivery.Tally(sent=2)
    assert delivery.deliver(at=AT + HOUR) == delivery.Tally()

    assert sorted(keeper.addresses) == sorted([cast.officer.email, cast.head.email])
    for address, letter in keeper.letters:
        message = Message.objects.get(to=address)
        assert letter["Message-ID"] == message.message_id
        assert parsedate_to_datetime(letter["Date"]) == message.dated_at == AT
        assert letter["Subject"] == "Something happened"
        assert (message.status, message.sent_at, message.answer) == ("SENT", AT, "250 Kept")
        assert (message.lease, message.possibly_doubled, message.tries) == (None, False, 1)


def test_deliver_commits_the_letter_before_it_is_sent(keeper, monkeypatch):
    cast = make_accounts.cast()
    [message] = queued(cast, cast.officer)
    seen = []
    real = envelopes.Line.send

    def look(line, letter):
        row = Message.objects.get(pk=message.pk)
        seen.append((row.status, row.message_id == letter.extra_headers["Message-ID"], row.leased_until))
        return real(line, letter)

    monkeypatch.setattr(envelopes.Line, "send", look)
    delivery.deliver(at=AT)

    assert seen == [("SENDING", True, AT + delivery.LEASE)]


def test_deliver_uses_one_connection_for_a_run(keeper, monkeypatch):
    cast = make_accounts.cast()
    queued(cast, cast.officer, cast.head, cast.pcc)
    opened = []
    monkeypatch.setattr(envelopes, "get_connection", lambda: opened.append(1) or CONNECT())

    delivery.deliver(at=AT)

    assert (len(opened), len(keeper.letters)) == (1, 3)


CONNECT = envelopes.get_connection


@pytest.mark.parametrize("at_data", [False, True], ids=["at the address", "after the letter"])
def test_deliver_permanent_refusal_is_failed_and_visible(keeper, at_data):
    cast = make_accounts.cast()
    queued(cast, cast.officer, cast.head)
    (keeper.data_answers if at_data else keeper.refusals)[cast.officer.email] = "550 5.1.1 No such person here"

    assert delivery.deliver(at=AT) == delivery.Tally(sent=1, failed=1)

    failed = Message.objects.get(to=cast.officer.email)
    assert (failed.status, failed.answer) == ("FAILED", "550 5.1.1 No such person here")
    assert delivery.deliver(at=AT + 100 * HOUR) == delivery.Tally()


def test_deliver_temporary_refusal_is_tried_again_with_longer_pauses(keeper):
    cast = make_accounts.cast()
    [message] = queued(cast, cast.officer)
    keeper.refusals[cast.officer.email] = "451 4.3.0 Come back later"

    tries = []
    while message.status == MessageStatus.QUEUED:
        now = message.next_try_at
        assert delivery.deliver(at=now - timedelta(seconds=1)) == delivery.Tally()
        assert delivery.deliver(at=now) != delivery.Tally()
        tries.append(now - AT)
        message.refresh_from_db()

    assert tries[:8] == [MINUTE * n for n in (0, 1, 3, 7, 15, 31, 63, 123)]
    assert tries[8] - tries[7] == HOUR
    assert (message.status, message.answer) == ("FAILED", "451 4.3.0 Come back later")
    assert timedelta(hours=72) <= tries[-1] < timedelta(hours=73, minutes=5)


def test_deliver_gives_no_letter_up_for_hours_in_which_nobody_tried(keeper):
    cast = make_accounts.cast()
    queued(cast, cast.officer)
    keeper.refusals[cast.officer.email] = "451 4.7.1 Greylisted, come back later"
    assert delivery.deliver(at=AT) == delivery.Tally(put_back=1)
    back = AT + 100 * HOUR  # the portal was off over a long weekend, and the server has forgotten who it is

    assert delivery.deliver(at=back) == delivery.Tally(put_back=1)
    assert not BadAddress.objects.exists()

    keeper.refusals.clear()
    assert delivery.deliver(at=back + HOUR) == delivery.Tally(sent=1)
    assert keeper.addresses == [cast.officer.email]


def test_deliver_after_a_temporary_refusal_sends_the_same_letter(keeper):
    cast = make_accounts.cast()
    [message] = queued(cast, cast.officer)
    keeper.refusals[cast.officer.email] = "451 4.3.0 Come back later"
    delivery.deliver(at=AT)
    first = Message.objects.get().message_id
    keeper.refusals.clear()

    delivery.deliver(at=AT + HOUR)

    [(_, letter)] = keeper.letters
    message.refresh_from_db()
    assert letter["Message-ID"] == first == message.message_id
    assert parsedate_to_datetime(letter["Date"]) == AT
    assert message.possibly_doubled is False


def test_deliver_with_a_dead_server_loses_nothing_for_a_day(settings):
    cast = make_accounts.cast()
    queued(cast, cast.officer, cast.head, cast.pcc)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.free_port()

    for hours in range(24):
        assert delivery.deliver(at=AT + hours * HOUR).sent == 0
    assert Message.objects.filter(status=MessageStatus.QUEUED).count() == 3
    assert "cannot be reached" in Message.objects.exclude(answer="").first().answer

    with sink.listening(settings) as keeper:
        tally = delivery.deliver(at=AT + 25 * HOUR)
    assert (tally.sent, len(keeper.letters)) == (3, 3)


@pytest.mark.slow
def test_deliver_one_poison_mail_in_two_hundred_spares_the_others(keeper):
    cast = make_accounts.cast()
    addresses = ["not an address at all\n" if number == 100 else f"p{number}@example.org" for number in range(200)]
    Message.objects.bulk_create(
        Message(person=cast.officer, to=to, heading="H", body="B", created_at=AT, next_try_at=AT) for to in addresses
    )

    tally = delivery.deliver(at=AT)

    assert (tally.sent, tally.failed) == (199, 1)
    assert len(set(keeper.addresses)) == 199
    assert Message.objects.get(status="FAILED").answer


def test_deliver_retakes_a_lease_that_ran_out_as_the_same_letter_and_says_so(keeper):
    cast = make_accounts.cast()
    [message] = queued(cast, cast.officer)
    taken = carrying._lease(AT, delivery.LEASE, {})  # a carrier that died with the letter in its hand

    assert delivery.deliver(at=AT + MINUTE) == delivery.Tally()  # still another's
    assert delivery.deliver(at=AT + 3 * MINUTE) == delivery.Tally(sent=1)

    message.refresh_from_db()
    [(_, letter)] = keeper.letters
    assert letter["Message-ID"] == taken.message_id == message.message_id
    assert (message.dated_at, message.possibly_doubled, message.status) == (AT, True, "SENT")


def test_deliver_a_carrier_that_lost_its_lease_does_not_overwrite_the_answer(keeper, caplog):
    cast = make_accounts.cast()
    queued(cast, cast.officer)
    slow = carrying._lease(AT, delivery.LEASE, {})
    delivery.deliver(at=AT + 3 * MINUTE)

    carrying._settle(slow, envelopes.Outcome("451 Later"), AT + 4 * MINUTE, delivery.Tally())

    assert Message.objects.get().status == "SENT"
    assert "was taken over" in caplog.text


def test_deliver_stops_after_its_time_and_the_next_run_goes_on(keeper):
    cast = make_accounts.cast()
    queued(cast, cast.officer, cast.head, cast.pcc)
    moments = iter([AT, AT, AT, AT, AT + timedelta(minutes=11)])

    tally = delivery.deliver(at=AT, clock=lambda: next(moments))

    assert tally.sent == 1
    assert delivery.deliver(at=AT + HOUR).sent == 2


def test_deliver_withdraws_a_message_whose_every_reminder_is_done(keeper):
    cast = make_accounts.cast()
    make.obligation(cast)
    climb(DAY)
    delivery.compose(at=AT)
    obligations.close(cast.maidstone, ObligationKind.RETURN, at=AT, closing="Submitted")

    assert delivery.deliver(at=AT + HOUR) == delivery.Tally()
    assert keeper.letters == []
    assert set(Message.objects.values_list("status", "answer")) == {("WITHDRAWN", delivery.NOT_NEEDED)}
    assert not Notice.objects.filter(withdrawn_at__isnull=True).exists()


def test_deliver_leaves_out_what_is_done_and_sends_the_rest(keeper):
    cast = make_accounts.cast()
    make.obligation(cast, period="one", title="The first return")
    second = make.obligation(cast, period="two", title="The second return")
    climb(DAY)
    delivery.compose(at=AT)
    obligations.close(cast.maidstone, ObligationKind.RETURN, at=AT, closing="Submitted", period="one")

    delivery.deliver(at=AT + HOUR)

    for _, letter in keeper.letters:
        text = letter.get_payload(decode=True).decode()
        assert letter["Subject"] == "The second return: due 30 October 2020"
        assert "The first return" not in text
    assert len(keeper.letters) == 2
    assert (
        Notice.objects.filter(withdrawn_at__isnull=True).values_list("obligation", flat=True).distinct().get()
        == second.pk
    )


@pytest.mark.pdf
def test_deliver_attaches_the_pdf_of_the_paper(keeper):
    cast = make_accounts.cast()
    paper = papers.make_paper(
        kind=PaperKind.SUBMISSION_RECEIPT, subject=cast.maidstone, title="Receipt", template="papers/base.html",
        context={"office": {"name": "Office"}}, by=cast.officer, at=AT,
    )  # fmt: skip
    tell(cast.maidstone_lead, "We have your business case", paper=paper)
    delivery.compose(at=AT)

    delivery.deliver(at=AT)

    [(_, letter)] = keeper.letters
    text, attached = letter.get_payload()
    assert f"/papers/{paper.pk}/" in text.get_payload(decode=True).decode()
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_payload(decode=True) == papers.pdf_of(paper)


def test_deliver_without_a_pdf_sends_the_address_of_the_paper(keeper, monkeypatch):
    monkeypatch.setattr("records.pdf.render", lambda html: None)
    cast = make_accounts.cast()
    paper = papers.make_paper(
        kind=PaperKind.SUBMISSION_RECEIPT, subject=cast.maidstone, title="Receipt", template="papers/base.html",
        context={"office": {"name": "Office"}}, by=cast.officer, at=AT,
    )  # fmt: skip
    tell(cast.maidstone_lead, "We have your business case", paper=paper)
    delivery.compose(at=AT)

    delivery.deliver(at=AT)

    [(_, letter)] = keeper.letters
    assert letter.is_multipart() is False
    assert f"/papers/{paper.pk}/" in letter.get_payload(decode=True).decode()


def test_deliver_to_files_as_the_demonstration_does(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    cast = make_accounts.cast()
    queued(cast, cast.officer, cast.head)

    assert delivery.deliver(at=AT).sent == 2
    assert sum(path.read_text().count("Message-ID:") for path in tmp_path.iterdir()) == 2


def test_try_again_makes_a_new_letter_to_the_address_of_today(keeper):
    cast = make_accounts.cast()
    [message] = queued(cast, cast.officer)
    keeper.refusals[cast.officer.email] = "550 No such person"
    delivery.deliver(at=AT)
    message.refresh_from_db()
    old_id = message.message_id
    message.person.email = "right@example.org"
    message.person.save()

    delivery.try_again(message=message, by=cast.officer, at=AT + HOUR)
    delivery.try_again(message=message, by=cast.officer, at=AT + HOUR)
    delivery.deliver(at=AT + HOUR)

    [(address, letter)] = keeper.letters
    assert address == "right@example.org"
    assert letter["Message-ID"] != old_id


def test_two_carriers_never_hold_the_same_message():
    cast = make_accounts.cast()
    queued(cast, cast.officer, cast.head)

    one, two, none = (carrying._lease(AT, delivery.LEASE, {}) for _ in range(3))

    assert (one.pk != two.pk, none) == (True, None)
    assert connection.in_atomic_block  # the test's own; the lease's was durable within it
