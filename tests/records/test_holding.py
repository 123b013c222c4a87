"""Reminders held until a day, let go again, and sent by hand: never lost, never doubled."""

from datetime import date, timedelta

import pytest

from accounts.queries import people_for
from records import delivery, obligations
from records.enums import ObligationKind
from records.models import Event, Message, Notice
from records.refusals import Refused
from tests.make import accounts as make_accounts
from tests.make import records as make

pytestmark = pytest.mark.django_db
DUE = make.DUE
SECOND = date(2020, 10, 12)  # 14 working days before
THIRD = date(2020, 10, 27)  # 3
DAY = timedelta(days=1)


def climb(day):
    return obligations.climb_ladders(on=day, at=make.moment(day), people_for=people_for)


def told(**which):
    """Who is told which step and was not spared it, in the order written."""
    rows = Notice.objects.filter(withdrawn_at__isnull=True, **which).order_by("pk").select_related("person")
    return [(row.step, row.person.full_name) for row in rows]


def hold(owed, cast, *, until, on, reason="They told us by telephone"):
    return obligations.hold(owed, until=until, reason=reason, by=cast.officer, at=make.moment(on))


def test_hold_owes_no_reminder_before_its_day_and_then_the_newest_step():
    cast = make_accounts.cast()
    owed = make.obligation(cast)
    hold(owed, cast, until=THIRD + DAY, on=date(2020, 9, 1))

    assert [climb(date(2020, 9, 22)), climb(SECOND), climb(THIRD)] == [0, 0, 0]
    assert climb(THIRD + DAY) == 3
    assert {step for step, _ in told()} == {-3}
    assert "could not remind" not in Notice.objects.first().body


def test_hold_withdraws_what_waits_and_owes_it_again_afterwards():
    cast = make_accounts.cast()
    owed = make.obligation(cast)
    climb(SECOND)

    hold(owed, cast, until=SECOND + 2 * DAY, on=SECOND)

    assert told() == []
    assert [climb(SECOND), climb(SECOND + DAY)] == [0, 0]
    assert [climb(SECOND + 2 * DAY), climb(SECOND + 2 * DAY)] == [2, 0]
    assert told() == [(-14, "Mo Contributor"), (-14, "Lee Lead")]


def test_hold_keeps_a_letter_back_that_was_not_yet_sent(mailoutbox):
    cast = make_accounts.cast()
    owed = make.obligation(cast)
    climb(SECOND)
    delivery.compose(at=make.moment(SECOND))

    hold(owed, cast, until=SECOND + 2 * DAY, on=SECOND)
    delivery.deliver(at=make.moment(SECOND))

    assert [len(mailoutbox), set(Message.objects.values_list("status", flat=True))] == [0, {"WITHDRAWN"}]
    assert climb(SECOND + 2 * DAY) == 2
    delivery.compose(at=make.moment(SECOND + 2 * DAY))
    delivery.deliver(at=make.moment(SECOND + 2 * DAY))
    assert sorted(letter.to[0] for letter in mailoutbox) == [
        "contributor@maidstone.example.org",
        "lead@maidstone.example.org",
    ]


def test_hold_owes_afterwards_only_those_whose_notice_was_withdrawn():
    cast = make_accounts.cast()
    owed = make.obligation(cast)
    climb(SECOND)
    delivery.compose(at=make.moment(SECOND))
    Notice.objects.filter(person=cast.maidstone_lead).update(message=None)  # the lead's was not yet in a letter

    hold(owed, cast, until=SECOND + DAY, on=SECOND)

    assert climb(SECOND + DAY) == 1
    assert told(message__isnull=True) == [(-14, "Lee Lead")]


def test_hold_writes_down_why_and_until_when():
    cast = make_accounts.cast()
    owed = hold(make.obligation(cast), cast, until=THIRD, on=SECOND, reason=" Staff ill ")

    event = Event.objects.get(verb="reminders_held")
    assert (owed.held_until, owed.held_reason) == (THIRD, "Staff ill")
    assert (event.by, event.reason, event.changes) == (cast.officer, "Staff ill", {"held_until": [None, "2020-10-27"]})
    assert event.summary == "Mid-year return for Youth work: reminders held until 27 October 2020"


@pytest.mark.parametrize(
    ("until", "reason", "closed", "sentence"),
    [
        (SECOND, "Why", False, "Give a day after today: reminders go out again from that day."),
        (SECOND + DAY, " ", False, "Say why the reminders are held."),
        (SECOND + DAY, "x" * 501, False, "Say it in 500 characters or fewer."),
        (SECOND + DAY, "Why", True, "This is done, so there are no reminders to hold."),
    ],
)
def test_hold_is_refused_with_a_sentence(until, reason, closed, sentence):
    cast = make_accounts.cast()
    owed = make.obligation(cast)
    if closed:
        obligations.close(cast.maidstone, ObligationKind.RETURN, at=make.moment(SECOND), closing="Submitted")

    with pytest.raises(Refused) as refusal:
        hold(owed, cast, until=until, on=SECOND, reason=reason)

    owed.refresh_from_db()
    assert [refusal.value.reason, owed.held_until] == [sentence, None]


def test_let_go_owes_the_newest_step_at_once():
    cast = make_accounts.cast()
    owed = make.obligation(cast)
    hold(owed, cast, until=DUE, on=SECOND)

    owed = obligations.let_go(owed, by=cast.officer, at=make.moment(THIRD))

    assert climb(THIRD) == 3
    assert owed.held_until == THIRD
    assert Event.objects.get(verb="reminders_let_go").changes == {"held_until": ["2020-10-30", "2020-10-27"]}


def test_let_go_of_what_is_not_held_is_refused():
    cast = make_accounts.cast()
    owed = make.obligation(cast)

    with pytest.raises(Refused, match="reminders of this are not held"):
        obligations.let_go(owed, by=cast.officer, at=make.moment(THIRD))


def send_now(owed, cast, day):
    return obligations.send_now(owed, by=cast.officer, at=make.moment(day, 10), people_for=people_for)


def carry(day):
    """What is written goes out on a day."""
    delivery.compose(at=make.moment(day, 8))
    delivery.deliver(at=make.moment(day, 8))


def test_send_now_tells_the_newest_step_where_it_was_not_told_and_the_ladder_goes_on():
    cast = make_accounts.cast()
    owed = make.obligation(cast)

    assert send_now(owed, cast, SECOND) == 2
    assert climb(SECOND) == 0
    assert told() == [(-14, "Mo Contributor"), (-14, "Lee Lead")]


def test_send_now_between_steps_writes_an_extra_reminder_in_the_words_of_the_newest():
    cast = make_accounts.cast()
    owed = make.obligation(cast)
    climb(THIRD)
    carry(THIRD)

    assert send_now(owed, cast, THIRD + DAY) == 3

    extra = Notice.objects.get(rule="reminder_by_hand", person=cast.maidstone_certifier)
    assert extra.key == f"reminder_by_hand:{owed.pk}:2020-10-30:2020-10-28:{cast.maidstone_certifier.pk}"
    assert extra.body.startswith("Mid-year return for Youth work is due on 30 October 2020, in 2 days.")
    assert (extra.step, extra.due_on, extra.link) == (None, DUE, "/awards/AW-2020-001/")
    assert climb(DUE) == 1  # the ladder goes on as if nothing had been
    event = Event.objects.get(verb="reminded_by_hand")
    assert (event.by, event.summary) == (
        cast.officer,
        "Mid-year return for Youth work: reminder sent by hand to 3 people",
    )


def test_send_now_before_the_first_step_uses_its_words():
    cast = make_accounts.cast()

    assert send_now(make.obligation(cast), cast, date(2020, 9, 1)) == 2
    assert told() == [(None, "Mo Contributor"), (None, "Lee Lead")]


def test_send_now_speaks_to_those_who_owe_it_also_when_the_ladder_has_reached_the_head():
    cast = make_accounts.cast()
    owed = make.obligation(cast)
    late = DUE + timedelta(days=14)
    climb(late)
    assert told() == [(10, "Hed Commissioning")]
    carry(late)

    send_now(owed, cast, late)

    assert told(rule="reminder_by_hand") == [(None, "Lee Lead"), (None, "Ola Officer"), (None, "Olu Officer")]
    assert "has not reached us" in Notice.objects.last().body


def test_send_now_of_an_untold_step_for_the_office_alone_reminds_those_who_owe_it_too():
    cast = make_accounts.cast()
    owed = make.obligation(cast)

    assert send_now(owed, cast, DUE + timedelta(days=14)) == 4

    assert told(rule="reminder_by_hand") == [
        (10, "Hed Commissioning"),
        (None, "Lee Lead"),
        (None, "Ola Officer"),
        (None, "Olu Officer"),
    ]
    assert climb(DUE + timedelta(days=14)) == 0


def test_send_now_twice_a_day_is_refused_and_tells_nobody():
    cast = make_accounts.cast()
    owed = make.obligation(cast)
    climb(SECOND)
    carry(SECOND)
    send_now(owed, cast, SECOND + DAY)
    carry(SECOND + DAY)

    with pytest.raises(Refused, match="was reminded of it today already"):
        send_now(owed, cast, SECOND + DAY)

    assert len(told()) == 4
    assert send_now(owed, cast, SECOND + 2 * DAY) == 2


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"opens_on": THIRD}, "This opens on 27 October 2020; nobody can be reminded of it before."),
        ({"held": True}, "The reminders of this are held until 27 October 2020. Let them go first."),
        ({"closed": True}, "This is done, so nobody needs a reminder of it."),
    ],
)
def test_send_now_is_refused_with_a_sentence(fields, sentence):
    cast = make_accounts.cast()
    held, closed = fields.pop("held", False), fields.pop("closed", False)
    owed = make.obligation(cast, **fields)
    if held:
        hold(owed, cast, until=THIRD, on=SECOND)
    if closed:
        obligations.close(cast.maidstone, ObligationKind.RETURN, at=make.moment(SECOND), closing="Submitted")

    with pytest.raises(Refused) as refusal:
        send_now(owed, cast, SECOND)

    assert [refusal.value.reason, Notice.objects.count()] == [sentence, 0]


def test_a_day_moved_away_and_back_before_the_letter_went_loses_nobody():
    """Found while building holds: the notice was withdrawn, its key was used, and nobody was ever told."""
    cast = make_accounts.cast()
    owed = make.obligation(cast)
    climb(SECOND)
    obligations.move_due(owed, due_on=DUE + DAY * 60, by=cast.officer, at=make.moment(SECOND), reason="Ill")
    delivery.compose(at=make.moment(SECOND))
    obligations.move_due(owed, due_on=DUE, by=cast.officer, at=make.moment(SECOND), reason="Well")

    assert climb(SECOND) == 2
    assert told(due_on=DUE) == [(-14, "Mo Contributor"), (-14, "Lee Lead")]


def test_the_people_of_the_award_are_told_beside_the_payee_who_owes_it():
    cast = make_accounts.cast()
    make.obligation(cast, kind=ObligationKind.ACCEPTANCE, organisation=cast.council, recipient=cast.maidstone)

    climb(DUE)

    assert told() == [(0, "Sig Natory"), (0, "Lee Lead")]
