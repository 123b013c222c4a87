"""Which reminders go when: one digest a day, each alone for those who chose so, at once what cannot wait."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from accounts.queries import people_for
from records import delivery, notices, obligations
from records.delivery import composing
from records.enums import MailChoice, MessageStatus, ObligationKind
from records.models import LadderClimb, Message, Notice
from tests.make import accounts as make_accounts
from tests.make import records as make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
FIRST_STEP = date(2020, 9, 22)  # 28 working days before make.DUE; London is an hour ahead of UTC
SEVEN = datetime(2020, 9, 22, 6, 0, tzinfo=UTC)


def climb(day):
    return obligations.climb_ladders(on=day, at=make.moment(day, 1), people_for=people_for)


def headings(person, **wishes):
    """The headings of the messages written to a person, in order."""
    return list(Message.objects.filter(person=person, **wishes).order_by("pk").values_list("heading", flat=True))


def tell(person, heading, at):
    notices.tell(people=[person], rule="test", subject=person, heading=heading, body="Words.", at=at)


def alone(person):
    person.mail_choice = MailChoice.SINGLE
    person.save()
    return person


# The hour of the digest


@pytest.mark.parametrize(
    ("moment", "digests"),
    [
        (datetime(2021, 1, 15, 6, 59, tzinfo=UTC), False),
        (datetime(2021, 1, 15, 7, 0, tzinfo=UTC), True),
        (datetime(2021, 7, 15, 5, 59, tzinfo=UTC), False),
        (datetime(2021, 7, 15, 6, 0, tzinfo=UTC), True),
        (datetime(2021, 3, 27, 6, 59, tzinfo=UTC), False),  # the last morning of winter
        (datetime(2021, 3, 28, 5, 59, tzinfo=UTC), False),  # the clocks went forward in the night
        (datetime(2021, 3, 28, 6, 0, tzinfo=UTC), True),
        (datetime(2021, 10, 31, 6, 59, tzinfo=UTC), False),  # they went back in the night
        (datetime(2021, 10, 31, 7, 0, tzinfo=UTC), True),
        (datetime(2021, 7, 15, 22, 59, tzinfo=UTC), True),  # a minute to midnight in London
        (datetime(2021, 7, 15, 23, 0, tzinfo=UTC), False),  # the next London day has begun
    ],
)
def test_digests_go_from_seven_in_london(moment, digests):
    for day in (moment.date(), moment.date() + DAY):
        LadderClimb.objects.create(on=day, at=moment)

    assert composing.Today(moment).digests is digests


@pytest.mark.parametrize(("hour", "digests"), [(6, False), (10, False), (11, True), (22, True)])
def test_digests_wait_for_the_ladders_of_the_day_but_not_beyond_noon(hour, digests):
    LadderClimb.objects.create(on=FIRST_STEP - DAY, at=SEVEN)

    assert composing.Today(SEVEN.replace(hour=hour)).digests is digests


def test_compose_before_seven_sends_acts_and_keeps_reminders():
    cast = make_accounts.cast()
    make.obligation(cast)
    climb(FIRST_STEP)
    tell(cast.maidstone_lead, "A return is open", SEVEN)

    assert delivery.compose(at=SEVEN - MINUTE) == 1
    assert headings(cast.maidstone_lead) == ["A return is open"]
    assert delivery.compose(at=SEVEN) == 2  # contributor and lead

    digest = Message.objects.get(person=cast.maidstone_lead, digest_on=FIRST_STEP)
    assert (digest.heading, digest.is_digest) == ("Mid-year return for Youth work: due 30 October 2020", True)
    assert Message.objects.get(heading="A return is open").is_digest is False


def test_compose_gathers_the_reminders_of_a_day_soonest_due_first():
    cast = make_accounts.cast()
    make.obligation(cast, period="late", title="The later", due_on=make.DUE)
    make.obligation(cast, period="soon", title="The sooner", due_on=make.DUE - 7 * DAY)
    climb(FIRST_STEP)

    delivery.compose(at=SEVEN)

    digest = Message.objects.get(person=cast.maidstone_lead)
    assert digest.heading == "2 reminders: The sooner: due 23 October 2020"
    assert digest.body.index("1. The sooner") < digest.body.index("2. The later")


# One a day


def test_compose_keeps_later_reminders_for_the_digest_of_the_next_day():
    cast = make_accounts.cast()
    make.obligation(cast, period="one", title="The first")
    climb(FIRST_STEP)
    delivery.compose(at=SEVEN)
    delivery.deliver(at=SEVEN)
    make.obligation(cast, period="two", title="The second")
    climb(FIRST_STEP)

    assert delivery.compose(at=SEVEN + 9 * 60 * MINUTE) == 0
    climb(FIRST_STEP + DAY)
    assert delivery.compose(at=SEVEN + DAY) == 2

    lead = Message.objects.filter(person=cast.maidstone_lead).order_by("pk")
    assert [message.digest_on for message in lead] == [FIRST_STEP, FIRST_STEP + DAY]
    assert headings(cast.maidstone_lead)[1] == "The second: due 30 October 2020"


THURSDAY = date(2020, 10, 29)
NOON = make.moment(THURSDAY, 12)


@pytest.mark.parametrize(
    ("kind", "due_on", "letters"),
    [
        (ObligationKind.RETURN, THURSDAY, 2),  # due this day
        (ObligationKind.RETURN_QUERY, THURSDAY, 2),
        (ObligationKind.RETURN, THURSDAY + DAY, 2),  # to be signed by the next working day
        (ObligationKind.RETURN_QUERY, THURSDAY + DAY, 1),  # nothing to sign
        (ObligationKind.RETURN, THURSDAY + 4 * DAY, 1),  # Monday is two working days away
        (ObligationKind.RETURN, THURSDAY - DAY, 1),  # overdue: the harm is done
    ],
)
def test_compose_after_the_digest_sends_only_what_cannot_wait(kind, due_on, letters):
    cast = make_accounts.cast()
    make.obligation(cast, period="one", title="The first", due_on=THURSDAY + 4 * DAY)
    climb(THURSDAY)
    delivery.compose(at=NOON)
    make.obligation(cast, kind=kind, period="two", title="The second", due_on=due_on)
    climb(THURSDAY)

    delivery.compose(at=NOON + MINUTE)

    assert Message.objects.filter(person=cast.maidstone_lead).count() == letters
    assert Message.objects.filter(person=cast.maidstone_lead, digest_on=THURSDAY).count() == 1


def test_compose_over_the_weekend_counts_working_days():
    cast = make_accounts.cast()
    friday = THURSDAY + DAY
    make.obligation(cast, period="one", title="The first", due_on=THURSDAY)
    climb(friday)
    delivery.compose(at=NOON + DAY)
    make.obligation(cast, period="two", title="The second", due_on=friday + 3 * DAY)
    climb(friday)

    delivery.compose(at=NOON + DAY + MINUTE)

    assert headings(cast.maidstone_lead, digest_on=None) == ["The second: due 2 November 2020"]


def test_compose_sends_by_hand_at_once_also_at_night():
    cast = make_accounts.cast()
    owed = make.obligation(cast)
    night = make.moment(FIRST_STEP, 1)
    obligations.send_now(owed, by=cast.officer, at=night, people_for=people_for)

    assert delivery.compose(at=night) == 2
    assert headings(cast.maidstone_lead, digest_on=None) == ["Mid-year return for Youth work: due 30 October 2020"]


def test_compose_sends_a_waiting_step_at_once_where_somebody_reminds_by_hand():
    cast = make_accounts.cast()
    owed = make.obligation(cast)
    make.obligation(cast, period="other", title="Another")
    climb(FIRST_STEP)
    early = make.moment(FIRST_STEP + DAY, 1)
    obligations.send_now(owed, by=cast.officer, at=early, people_for=people_for)

    delivery.compose(at=early)

    [message] = Message.objects.filter(person=cast.maidstone_lead)
    assert [(one.obligation_id, one.step) for one in message.notices.all()] == [(owed.pk, -28)]


def test_compose_alone_sends_each_at_once_in_a_message_of_its_own():
    cast = make_accounts.cast()
    alone(cast.maidstone_lead)
    make.obligation(cast, period="one", title="The first")
    make.obligation(cast, period="two", title="The second", due_on=make.DUE - DAY)
    climb(FIRST_STEP)

    delivery.compose(at=make.moment(FIRST_STEP, 1))

    assert headings(cast.maidstone_lead) == ["The second: due 29 October 2020", "The first: due 30 October 2020"]
    assert headings(cast.maidstone_contributor) == []
    assert not Message.objects.filter(digest_on__isnull=False).exists()


def test_compose_follows_a_choice_that_was_changed_while_reminders_waited():
    cast = make_accounts.cast()
    make.obligation(cast)
    climb(FIRST_STEP)
    assert delivery.compose(at=SEVEN - MINUTE) == 0
    alone(cast.maidstone_lead)

    assert delivery.compose(at=SEVEN - MINUTE) == 1


# What no longer stands


def test_compose_withdraws_a_reminder_whose_next_step_has_come():
    cast = make_accounts.cast()
    make.obligation(cast)
    climb(FIRST_STEP)
    forty_days_later = SEVEN + 40 * DAY  # the worker was down; its first run comes before the ladders are climbed

    assert delivery.compose(at=forty_days_later.replace(hour=12)) == 0
    assert set(Notice.objects.values_list("withdrawn_at", flat=True)) == {forty_days_later.replace(hour=12)}


def test_deliver_withdraws_a_reminder_whose_next_step_has_come(settings):
    cast = make_accounts.cast()
    alone(cast.maidstone_lead)
    make.obligation(cast)
    climb(FIRST_STEP)
    delivery.compose(at=make.moment(FIRST_STEP, 1))

    assert delivery.deliver(at=SEVEN + 40 * DAY) == delivery.Tally()
    assert Message.objects.get().status == MessageStatus.WITHDRAWN
    assert mail.outbox == []


@pytest.mark.parametrize("composed", [False, True])
def test_reminders_of_a_held_obligation_are_withdrawn(composed):
    cast = make_accounts.cast()
    owed = make.obligation(cast)
    climb(FIRST_STEP)
    if composed:
        delivery.compose(at=SEVEN)
    obligations.hold(owed, until=FIRST_STEP + 3 * DAY, reason="They moved house.", by=cast.officer, at=SEVEN)

    assert delivery.compose(at=SEVEN) == 0
    assert delivery.deliver(at=SEVEN) == delivery.Tally()
    assert mail.outbox == []


# After an outage


def test_compose_gathers_digests_that_no_server_was_given_into_one():
    cast = make_accounts.cast()
    make.obligation(cast, period="one", title="The first")
    make.obligation(cast, period="two", title="The second", due_on=make.DUE + DAY * 3)
    make.obligation(cast, period="three", title="The third")
    for days in range(3):  # the ladders were climbed and digests made; nothing could be sent
        climb(FIRST_STEP + days * DAY)
        delivery.compose(at=SEVEN + days * DAY)
    subject = cast.maidstone
    obligations.close(subject, ObligationKind.RETURN, at=SEVEN + 3 * DAY, closing="Done", period="three")
    climb(FIRST_STEP + 3 * DAY)
    delivery.compose(at=SEVEN + 3 * DAY)

    delivery.deliver(at=SEVEN + 3 * DAY)

    to_lead = [letter for letter in mail.outbox if letter.to == [cast.maidstone_lead.email]]
    assert [letter.subject for letter in to_lead] == ["2 reminders: The first: due 30 October 2020"]
    assert "The second" in to_lead[0].body and "The third" not in to_lead[0].body
    gathered = Message.objects.filter(person=cast.maidstone_lead, answer=delivery.GATHERED)
    assert set(gathered.values_list("status", flat=True)) == {MessageStatus.WITHDRAWN}


def test_compose_leaves_a_digest_that_a_server_was_given():
    cast = make_accounts.cast()
    make.obligation(cast)
    climb(FIRST_STEP)
    delivery.compose(at=SEVEN)
    Message.objects.update(message_id="<a@example.org>", dated_at=SEVEN, tries=1)

    assert delivery.compose(at=SEVEN + DAY) == 0
    assert set(Message.objects.values_list("status", flat=True)) == {MessageStatus.QUEUED}


def test_a_withdrawn_digest_does_not_use_up_the_day():
    cast = make_accounts.cast()
    make.obligation(cast, period="one")
    climb(FIRST_STEP)
    delivery.compose(at=SEVEN)
    obligations.close(cast.maidstone, ObligationKind.RETURN, at=SEVEN, closing="Done")
    assert delivery.deliver(at=SEVEN) == delivery.Tally()
    make.obligation(cast, period="two", title="The second")
    climb(FIRST_STEP)

    assert delivery.compose(at=SEVEN + MINUTE) == 2


def test_two_digests_of_one_person_and_day_are_refused_by_the_database():
    cast = make_accounts.cast()
    digest = {
        "person": cast.officer, "to": "o@example.org", "heading": "H", "body": "B", "created_at": SEVEN,
        "next_try_at": SEVEN, "digest_on": FIRST_STEP,
    }  # fmt: skip
    Message.objects.create(**digest, status=MessageStatus.WITHDRAWN)
    Message.objects.create(**digest)

    with pytest.raises(IntegrityError, match="message_one_digest_a_day"), transaction.atomic():
        Message.objects.create(**digest)


def test_compose_asks_the_same_for_one_reminder_and_for_thirty(django_assert_num_queries):
    cast = make_accounts.cast()
    make.obligation(cast)
    for count in (1, 30):
        for number in range(count):
            make.obligation(cast, period=f"{count}:{number}")
        climb(FIRST_STEP)
        Message.objects.update(digest_on=None)
        with django_assert_num_queries(15):
            delivery.compose(at=SEVEN)
