"""Due days as calendar entries, read back by a reader of calendars."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from icalendar import Calendar

from records import delivery, ical, notices, obligations
from records.enums import ObligationKind
from records.models import Obligation
from tests.make import accounts as make_accounts
from tests.make import records as make

pytestmark = pytest.mark.django_db
AT = datetime(2020, 9, 22, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def entries(content):
    return Calendar.from_ical(content).walk("VEVENT")


def move(owed, due_on, at):
    return obligations.move_due(owed, due_on=due_on, by=None, at=at, reason="Staff ill")


def test_feed_says_what_is_due_as_a_whole_day_that_keeps_nobody_busy(settings):
    settings.BASE_URL = "https://portal.example.org"
    owed = make.obligation(make_accounts.cast())

    content = ical.feed([owed], name="Due days", at=AT)

    whole = Calendar.from_ical(content)
    assert (whole["version"], whole["method"], whole["x-wr-calname"]) == ("2.0", "PUBLISH", "Due days")
    assert whole["refresh-interval"].dt == timedelta(hours=6)
    [entry] = entries(content)
    assert (entry["dtstart"].dt, entry["dtend"].dt) == (make.DUE, make.DUE + DAY)
    assert b"DTSTART;VALUE=DATE:20201030\r\n" in content
    assert entry["uid"] == f"obligation-{owed.pk}@portal.example.org"
    assert entry["summary"] == "Due: Mid-year return for Youth work"
    assert entry["url"] == "https://portal.example.org/awards/AW-2020-001/"
    assert (entry["sequence"], entry["dtstamp"].dt, "last-modified" in entry) == (0, AT, False)
    assert (entry["transp"], entry["class"], entry["status"]) == ("TRANSPARENT", "PRIVATE", "CONFIRMED")
    assert entry["description"] == (
        "Monitoring return, due by 30 October 2020.\nOwed by Safer Maidstone Partnership.\n"
        "Open it in the portal: https://portal.example.org/awards/AW-2020-001/"
    )


def test_feed_has_no_alarm_no_time_zone_and_folds_its_lines():
    cast = make_accounts.cast()
    owed = make.obligation(cast, title="Räume für Frauen; Kinder, und “Väter” " * 7, due_on=date(2021, 3, 28))

    content = ical.feed([owed], name="Due days", at=AT)

    assert b"VALARM" not in content and b"VTIMEZONE" not in content and b"TZID" not in content
    lines = content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75 and lines[-1] == b""
    assert b"\n" not in b"".join(lines)
    assert entries(content)[0]["summary"] == f"Due: {owed.title}"


def test_feed_names_the_office_as_the_organiser_as_a_published_entry_must(settings):
    """Found by reading RFC 5546, 3.2.1: METHOD PUBLISH asks for an organiser."""
    settings.DEFAULT_FROM_EMAIL = '"Office of the Commissioner, Exampleshire" <portal@example.org>'

    [entry] = entries(ical.feed([make.obligation(make_accounts.cast())], name="Due days", at=AT))

    assert {"organizer", "sequence", "dtstamp", "dtstart", "summary", "uid"} <= {name.lower() for name in entry}
    assert str(entry["organizer"]) == "mailto:portal@example.org"
    assert entry["organizer"].params["cn"] == "Office of the Commissioner, Exampleshire"
    assert "attendee" not in entry


def test_feed_of_nothing_is_a_calendar_still():
    """Found by reading RFC 5545, 3.6: a calendar without any component is none."""
    whole = Calendar.from_ical(ical.feed([], name="Due days", at=AT))

    assert [(part.name, part["tzid"]) for part in whole.subcomponents] == [("VTIMEZONE", "Europe/London")]


def test_feed_counts_the_moves_of_a_day_in_one_question(django_assert_num_queries):
    cast = make_accounts.cast()
    moved = make.obligation(cast, period="one")
    for number in range(5):
        make.obligation(cast, period=f"p{number}")
    move(moved, make.DUE + 7 * DAY, AT)
    move(moved, make.DUE + 9 * DAY, AT + DAY)

    rows = list(Obligation.objects.select_related("organisation").order_by("pk"))
    with django_assert_num_queries(1):
        content = ical.feed(rows, name="Due days", at=AT + 2 * DAY)

    entry, *others = entries(content)
    assert (entry["sequence"], entry["last-modified"].dt) == (2, AT + DAY)
    assert entry["dtstart"].dt == make.DUE + 9 * DAY
    assert "First due by 30 October 2020." in entry["description"]
    assert {other["sequence"] for other in others} == {0}


@pytest.mark.parametrize("why", ["hidden", "complaint"])
def test_feed_says_little_of_what_is_nobodys_business(why):
    cast = make_accounts.cast()
    cast.maidstone.public_address_hidden = why == "hidden"
    cast.maidstone.save()
    kind = ObligationKind.COMPLAINT_STAGE if why == "complaint" else ObligationKind.RETURN
    owed = make.obligation(cast, kind=kind, title="About Oak House")

    content = ical.feed([owed], name="Due days", at=AT).decode()

    assert "Oak House" not in content and "Maidstone" not in content
    assert f"SUMMARY:Due: {kind.label}" in content


def test_feed_names_no_sum():
    cast = make_accounts.cast()
    owed = make.obligation(cast, kind=ObligationKind.REPAYMENT, title="Repay £1,250 of Youth work")

    [entry] = entries(ical.feed([owed], name="Due days", at=AT))

    assert entry["summary"] == f"Due: {ObligationKind.REPAYMENT.label}"
    assert "Owed by Safer Maidstone Partnership." in entry["description"] and "£" not in entry["description"]


def test_feed_leaves_what_people_wrote_as_words():
    owed = make.obligation(make_accounts.cast(), title="One\r\nATTENDEE:mailto:x@example.org")

    [entry] = entries(ical.feed([owed], name="Due days", at=AT))

    assert "attendee" not in entry
    assert entry["summary"] == "Due: One\nATTENDEE:mailto:x@example.org"


def told(cast, *owed, at):
    notices.tell(
        people=[cast.maidstone_lead], rule="test", subject=cast.maidstone, heading="It is open", body="Words.", at=at,
        sets_dates_of=owed,
    )  # fmt: skip


def test_a_letter_that_sets_a_day_carries_it_with_the_uid_of_the_feed():
    cast = make_accounts.cast()
    owed = make.obligation(cast)
    told(cast, owed, at=AT)
    owed = move(owed, make.DUE + 7 * DAY, AT + DAY)
    told(cast, owed, at=AT + DAY)
    delivery.compose(at=AT + DAY)

    delivery.deliver(at=AT + DAY)

    [letter] = mail.outbox
    [part] = [part for part in letter.message().walk() if part.get_content_type() == "text/calendar"]
    assert part.get_filename() == "Monitoring-return-due-2020-11-06.ics"
    assert part.get_param("method") == "PUBLISH"
    [entry] = entries(part.get_payload(decode=True))
    assert (entry["dtstart"].dt, entry["sequence"]) == (make.DUE + 7 * DAY, 1)
    [in_feed] = entries(ical.feed([owed], name="Due days", at=AT + DAY))
    assert (in_feed["uid"], in_feed["sequence"]) == (entry["uid"], entry["sequence"])


def test_a_letter_tells_the_day_as_it_was_then():
    cast = make_accounts.cast()
    owed = make.obligation(cast)
    told(cast, owed, at=AT)
    delivery.compose(at=AT)
    move(owed, make.DUE + 7 * DAY, AT + DAY)

    delivery.deliver(at=AT + DAY)

    [part] = [part for part in mail.outbox[0].message().walk() if part.get_content_type() == "text/calendar"]
    [entry] = entries(part.get_payload(decode=True))
    assert (entry["dtstart"].dt, entry["sequence"]) == (make.DUE, 0)


def test_a_letter_that_sets_several_days_carries_them_in_one_file():
    cast = make_accounts.cast()
    rows = [make.obligation(cast, period=f"p{number}", due_on=make.DUE + number * DAY) for number in range(3)]
    told(cast, *rows, at=AT)
    delivery.compose(at=AT)

    delivery.deliver(at=AT)

    [part] = [part for part in mail.outbox[0].message().walk() if part.get_content_type() == "text/calendar"]
    assert part.get_filename() == "Monitoring-return-3-days.ics"
    days = [entry["dtstart"].dt for entry in entries(part.get_payload(decode=True))]
    assert days == [make.DUE, make.DUE + DAY, make.DUE + 2 * DAY]


MEETING = ical.Appointment("session-7", AT + 3 * DAY, AT + 3 * DAY + timedelta(hours=2), "Writing outcomes", "Room 1")


def test_letter_carries_the_meeting_it_tells_of_once_as_told_last():
    person = make_accounts.cast().maidstone_lead
    moved = replace(MEETING, starts_at=MEETING.starts_at + DAY, ends_at=MEETING.ends_at + DAY, sequence=1)
    for number, meeting in enumerate([MEETING, moved]):
        notices.tell(
            people=[person], rule=f"told-{number}", subject=person, heading="A place", body="x", at=AT,
            link="/support/", appointment=meeting,
        )  # fmt: skip

    delivery.compose(at=AT + DAY)
    delivery.deliver(at=AT + DAY)

    found = [part for letter in mail.outbox for part in letter.message().walk() if part.get_filename()]
    read = [entry for part in found for entry in entries(part.get_payload(decode=True))]
    told = [(row["uid"].split("@")[0], row["dtstart"].dt, row["sequence"], row["status"]) for row in read]
    assert ("session-7", AT + 4 * DAY, 1, "CONFIRMED") in told
    assert len(told) == len(mail.outbox)


def test_appointment_that_is_cancelled_says_so_and_keeps_its_name():
    [entry] = entries(ical.appointment(replace(MEETING, sequence=2, is_cancelled=True), link="/support/", at=AT))

    assert (entry["status"], entry["sequence"], entry["uid"].split("@")[0]) == ("CANCELLED", 2, "session-7")
    assert (entry["summary"], entry["location"]) == ("Writing outcomes", "Room 1")
