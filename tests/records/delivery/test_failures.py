"""What could not be delivered: the address is marked, the office is told once, nothing is dropped in silence."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.queries import people_for
from records import delivery, notices
from records.enums import MessageStatus
from records.models import BadAddress, Event, Message, Notice
from tests.make import accounts as make_accounts
from tests.records import sink

pytestmark = pytest.mark.django_db
AT = datetime(2020, 9, 22, 9, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NOBODY = "550 5.1.1 No such person here"


@pytest.fixture
def keeper(settings):
    with sink.listening(settings) as keeper:
        yield keeper


def send(person, heading="News", at=AT):
    """One message to a person, and a run of the carrier."""
    notices.tell(
        people=[person], rule="test", subject=person, heading=heading, body="Words.", at=at, occurrence=heading
    )
    delivery.compose(at=at)
    return delivery.deliver(at=at)


def alert(at=AT):
    return delivery.alert_failures(at=at, people_for=people_for)


def alerts(**wishes):
    """(who was told, heading) of every alert."""
    rows = Notice.objects.filter(rule__in=["address_failed", "letter_failed"], **wishes)
    return sorted(rows.values_list("person__full_name", "heading"))


def test_a_refused_address_is_marked_and_the_officers_are_told_once(keeper):
    cast = make_accounts.cast()
    keeper.refusals[cast.maidstone_lead.email] = NOBODY

    assert send(cast.maidstone_lead) == delivery.Tally(failed=1)
    assert (alert(), alert(AT + HOUR)) == (1, 0)

    bad = BadAddress.objects.get()
    assert (bad.address, bad.since, bad.answer) == (cast.maidstone_lead.email, AT, NOBODY)
    heading = "We cannot reach Lee Lead by e-mail"
    assert alerts() == [("Ola Officer", heading), ("Olu Officer", heading)]
    notice = Notice.objects.filter(rule="address_failed").first()
    for words in (cast.maidstone_lead.email, NOBODY, "- News, of 22 September 2020"):
        assert words in notice.body
    assert notice.link == f"/people/{cast.maidstone_lead.pk}/"
    assert Event.objects.get(verb="address_failed").summary == (
        f"E-mail to {cast.maidstone_lead.email} could not be delivered: {NOBODY}"
    )


def test_a_bad_address_is_tried_with_one_letter_a_day_and_alerted_of_once(keeper):
    cast = make_accounts.cast()
    keeper.refusals[cast.maidstone_lead.email] = NOBODY
    send(cast.maidstone_lead, "First")
    alert()

    assert send(cast.maidstone_lead, "Second", AT + HOUR) == delivery.Tally(sent=2)  # the alerts alone
    assert send(cast.maidstone_lead, "Third", AT + DAY) == delivery.Tally(failed=1)
    assert delivery.deliver(at=AT + DAY + HOUR) == delivery.Tally()
    assert alert(AT + DAY) == 1

    assert Message.objects.filter(status=MessageStatus.QUEUED, person=cast.maidstone_lead).count() == 1
    assert len(alerts()) == 2  # the two officers, of the first
    assert BadAddress.objects.get().since == AT


def test_a_letter_that_arrives_clears_the_address_and_lets_the_others_go(keeper):
    cast = make_accounts.cast()
    keeper.refusals[cast.maidstone_lead.email] = NOBODY
    send(cast.maidstone_lead, "First")
    alert()
    send(cast.maidstone_lead, "Second", AT + HOUR)
    send(cast.maidstone_lead, "Third", AT + HOUR)
    keeper.refusals.clear()

    assert delivery.deliver(at=AT + DAY) == delivery.Tally(sent=2)

    assert not BadAddress.objects.exists()
    assert Event.objects.get(verb="address_reached").subject_id == cast.maidstone_lead.pk
    keeper.refusals[cast.maidstone_lead.email] = NOBODY
    send(cast.maidstone_lead, "Fourth", AT + 2 * DAY)
    alert(AT + 2 * DAY)
    assert len(alerts()) == 4  # it had worked in between, so it is told again


def test_a_new_address_makes_the_old_one_moot(keeper):
    cast = make_accounts.cast()
    keeper.refusals[cast.maidstone_lead.email] = NOBODY
    send(cast.maidstone_lead, "First")
    cast.maidstone_lead.email = "new@example.org"
    cast.maidstone_lead.save()

    assert send(cast.maidstone_lead, "Second", AT + MINUTE) == delivery.Tally(sent=1)


def test_try_again_waits_for_no_other_day(keeper):
    cast = make_accounts.cast()
    keeper.refusals[cast.maidstone_lead.email] = NOBODY
    send(cast.maidstone_lead)
    message = Message.objects.get()
    keeper.refusals.clear()

    delivery.try_again(message=message, by=cast.officer, at=AT + MINUTE)

    assert delivery.deliver(at=AT + MINUTE) == delivery.Tally(sent=1)
    assert not BadAddress.objects.exists()


@pytest.mark.parametrize(
    ("answer", "is_bad"),
    [("550 5.1.1 Unknown", True), ("552 5.2.1 Closed", True), ("554 5.7.1 Looks like spam", False)],
)
def test_a_refusal_after_the_letter_marks_the_address_only_where_it_speaks_of_it(keeper, answer, is_bad):
    cast = make_accounts.cast()
    keeper.data_answers[cast.maidstone_lead.email] = answer

    assert send(cast.maidstone_lead) == delivery.Tally(failed=1)
    alert()

    assert BadAddress.objects.exists() is is_bad
    heading = "We cannot reach Lee Lead by e-mail" if is_bad else "A letter to Lee Lead could not be delivered"
    assert [heading for _, heading in alerts()] == [heading] * 2


def test_a_letter_given_up_after_three_days_marks_the_address(keeper):
    cast = make_accounts.cast()
    keeper.refusals[cast.maidstone_lead.email] = "451 4.7.1 Greylisted"
    assert send(cast.maidstone_lead) == delivery.Tally(put_back=1)
    for hours in range(1, 9):
        assert delivery.deliver(at=AT + hours * HOUR) == delivery.Tally(put_back=1)
    assert not BadAddress.objects.exists()

    assert delivery.deliver(at=AT + 3 * DAY) == delivery.Tally(failed=1)

    assert BadAddress.objects.get().answer == "451 4.7.1 Greylisted"


def test_a_refused_alert_is_not_alerted_of_in_turn(keeper):
    cast = make_accounts.cast()
    keeper.data_answers[cast.maidstone_lead.email] = "554 5.7.1 Looks like spam"
    send(cast.maidstone_lead)
    alert()
    for officer in (cast.officer, cast.other_officer):
        keeper.data_answers[officer.email] = "554 5.7.1 Looks like spam"
    delivery.compose(at=AT)
    assert delivery.deliver(at=AT).failed == 2

    alert(AT + HOUR)

    assert len(alerts()) == 2


def test_an_officer_who_cannot_be_reached_is_told_of_to_the_others(keeper):
    cast = make_accounts.cast()
    keeper.refusals[cast.officer.email] = NOBODY
    send(cast.officer)
    alert()
    assert alerts() == [("Olu Officer", "We cannot reach Ola Officer by e-mail")]

    keeper.refusals[cast.other_officer.email] = NOBODY
    delivery.compose(at=AT)
    delivery.deliver(at=AT)
    alert()

    assert alerts(person=cast.head) == [("Hed Commissioning", "We cannot reach Olu Officer by e-mail")]


def test_alert_failures_lists_what_was_not_delivered_up_to_a_limit():
    cast = make_accounts.cast()
    Message.objects.bulk_create(
        Message(person=cast.maidstone_lead, to=cast.maidstone_lead.email, heading=f"Letter {number}", body="B",
                created_at=AT + number * MINUTE, next_try_at=AT, status=MessageStatus.FAILED, dated_at=AT)
        for number in range(25)
    )  # fmt: skip
    BadAddress.objects.create(
        address=cast.maidstone_lead.email, since=AT, answer=NOBODY, next_try_at=AT, message=Message.objects.first()
    )

    assert alert() == 25

    body = Notice.objects.filter(rule="address_failed").first().body
    assert "- Letter 19, of 22 September 2020\n- and 5 more" in body and "Letter 20" not in body
