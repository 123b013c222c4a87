"""Reminders for staff: what is coming, failed and held; sent by hand, held and let go."""

import csv
import html
import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.queries import people_for
from records import calendar, delivery, ladders, obligations
from records.calendar import london_day
from records.enums import ObligationKind
from records.models import BadAddress, Event, Message, Notice
from tests.make import accounts as make_accounts
from tests.make import records as make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def one_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


def today():
    return london_day(timezone.now())


def soon():
    """A due day whose step three working days before comes after today and within the forecast."""
    return calendar.add_working_days(today(), 5)


def climb(day=None):
    return obligations.climb_ladders(on=day or today(), at=timezone.now(), people_for=people_for)


def carry(at):
    """What is written goes out."""
    delivery.compose(at=at)
    delivery.deliver(at=at)


def text_of(response):
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", html.unescape(plain))


@pytest.mark.parametrize("count", [1, 3])
def test_reminder_list_asks_the_same_for_one_row_and_three(client, count, django_assert_num_queries):
    cast = make_accounts.cast()
    for number, body in enumerate([cast.maidstone, cast.swale, cast.provider][:count]):
        make.obligation(cast, organisation=body, due_on=soon(), period=str(number))
    client.force_login(cast.officer)

    with django_assert_num_queries(9):
        response = client.get("/reminders/")

    assert response.context["count"] >= count


def test_reminder_list_says_day_by_day_what_goes_to_whom(client):
    cast = make_accounts.cast()
    make.obligation(cast, due_on=soon())
    climb()
    client.force_login(cast.officer)

    response = client.get("/reminders/")

    row = response.context["rows"][0]
    assert row["coming"].day == ladders.step_day(soon(), -3)
    text = text_of(response)
    assert "1 reminder to 3 people on this day." in text
    assert (
        "3 working days before Contributors of the organisation: 1 Lead of the organisation: 1 "
        "Certifier of the organisation: 1"
    ) in text


def test_reminder_list_is_what_the_sweep_then_writes(client):
    cast = make_accounts.cast()
    for number, kind in enumerate(ObligationKind.values):
        body = None if kind == "DECISION" else cast.maidstone
        make.obligation(cast, kind=kind, organisation=body, due_on=soon() + number * DAY, title=f"T{number}")
    climb(today() - DAY)
    client.force_login(cast.officer)
    rows = list(csv.reader(io.StringIO(client.get("/reminders/?format=csv").content.decode("utf-8-sig"))))[1:]
    Notice.objects.all().update(created_at=timezone.now() - 90 * DAY)

    written = []
    for number in range(14):
        day = today() + number * DAY
        obligations.climb_ladders(on=day, at=make.moment(day), people_for=people_for)
        for notice in Notice.objects.filter(created_at=make.moment(day)).select_related("person", "obligation"):
            written.append((day.isoformat(), notice.obligation.title, notice.person.full_name))

    foretold = [(row[0], row[2], person) for row in rows for person in row[7].split("; ")]
    assert sorted(foretold) == sorted(written)
    assert len(foretold) > 20


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({}, {"Theirs", "Others", "Ours"}),
        ({"kind": "DECISION"}, {"Ours"}),
        ({"organisation": "swale"}, {"Others"}),
        ({"person": "Lee L"}, {"Theirs"}),
        ({"person": "lead@swale"}, {"Others"}),
        ({"person": "nobody"}, set()),
    ],
)
def test_reminder_list_filters(client, query, titles):
    cast = make_accounts.cast()
    make.obligation(cast, due_on=soon(), title="Theirs", period="a")
    make.obligation(cast, due_on=soon(), title="Others", organisation=cast.swale, period="b")
    make.obligation(cast, due_on=soon(), title="Ours", organisation=None, kind="DECISION")
    client.force_login(cast.officer)
    if "organisation" in query:
        query = {"organisation": cast.swale.pk}

    response = client.get("/reminders/", query)

    assert {row["coming"].obligation.title for row in response.context["rows"]} == titles


def test_reminder_failed_shows_the_answer_and_the_address(client):
    cast = make_accounts.cast()
    make.obligation(cast, due_on=today())
    climb()
    delivery.compose(at=timezone.now())
    message = Message.objects.create(
        person=cast.maidstone_lead, to="lead@maidstone.example.org", heading="Due now", body="B", status="FAILED",
        created_at=timezone.now(), next_try_at=timezone.now(), answer="550 no such mailbox",
    )  # fmt: skip
    Notice.objects.update(message=message)
    BadAddress.objects.create(
        address="lead@maidstone.example.org", since=timezone.now(), next_try_at=timezone.now(),
        answer="550 no such mailbox", message=message,
    )  # fmt: skip
    client.force_login(cast.officer)

    page = client.get("/reminders/failed/")
    text = text_of(page)

    assert (
        f'<a class="govuk-link" href="{cast.maidstone_lead.get_absolute_url()}">Lee Lead</a>' in page.content.decode()
    )
    assert "1 message could not be delivered" in text
    assert text.count("550 no such mailbox") == 2
    assert "Send it again to Lee Lead: Due now" in text


@pytest.mark.parametrize("count", [1, 3])
def test_reminder_held_asks_the_same_for_one_row_and_three(client, count, django_assert_num_queries):
    cast = make_accounts.cast()
    for number in range(count):
        owed = make.obligation(cast, due_on=soon(), period=str(number))
        obligations.hold(owed, until=soon(), reason="Flooded office", by=cast.officer, at=timezone.now())
    client.force_login(cast.officer)

    with django_assert_num_queries(7):
        text = text_of(client.get("/reminders/held/"))

    assert text.count("Flooded office") == count


def test_reminder_show_lists_its_ladder_its_notices_and_what_can_be_done(client, django_assert_num_queries):
    cast = make_accounts.cast()
    owed = make.obligation(cast, due_on=soon())
    climb()
    client.force_login(cast.officer)

    with django_assert_num_queries(10):
        text = text_of(client.get(f"/reminders/{owed.pk}/"))

    assert "14 working days before" in text
    assert "Lee Lead" in text and "Cy Certifier" in text
    assert "Send a reminder now" in text and "Hold reminders" in text
    assert "Let reminders go" not in text


def test_reminder_show_to_a_reader_of_mail_offers_nothing_to_do(client):
    cast = make_accounts.cast()
    owed = make.obligation(cast, due_on=soon())
    client.force_login(cast.auditor)

    assert "Send a reminder now" not in text_of(client.get(f"/reminders/{owed.pk}/"))


def test_reminder_send_writes_it_and_says_to_how_many(client):
    cast = make_accounts.cast()
    owed = make.obligation(cast, due_on=soon())
    climb(today() - DAY)
    carry(timezone.now() - DAY)
    client.force_login(cast.officer)

    first = text_of(client.post(f"/reminders/{owed.pk}/send/", follow=True))
    second = text_of(client.post(f"/reminders/{owed.pk}/send/", follow=True))
    carry(timezone.now())
    third = text_of(client.post(f"/reminders/{owed.pk}/send/", follow=True))

    assert "A reminder goes to 2 people within minutes." in first
    assert "A reminder of this is on its way already." in second
    assert "was reminded of it today already" in third
    assert Notice.objects.filter(rule="reminder_by_hand").count() == 2
    assert Event.objects.filter(verb="reminded_by_hand").count() == 1


def held_form(day, reason="They moved house"):
    return {"until_day": day.day, "until_month": day.month, "until_year": day.year, "reason": reason}


def test_reminder_hold_and_let_go(client):
    cast = make_accounts.cast()
    owed = make.obligation(cast, due_on=soon())
    client.force_login(cast.officer)

    held = text_of(client.post(f"/reminders/{owed.pk}/hold/", held_form(soon()), follow=True))
    assert "Reminders held until" in held and "They moved house" in held
    assert climb() == 0
    gone = text_of(client.post(f"/reminders/{owed.pk}/let-go/", follow=True))

    assert "Reminders go out again from today." in gone
    assert climb() == 2


@pytest.mark.parametrize(
    ("form", "field", "sentence"),
    [
        (lambda: held_form(today()), "until", "Give a day after today"),
        (lambda: held_form(soon(), ""), "reason", "Say why the reminders are held"),
        (lambda: held_form(soon(), "x" * 501), "reason", "Say it in 500 characters or fewer."),
        (lambda: {"reason": "R"}, "until", "Enter the day they are held until"),
    ],
)
def test_reminder_hold_says_what_is_wrong_at_its_field(client, form, field, sentence):
    cast = make_accounts.cast()
    owed = make.obligation(cast, due_on=soon())
    client.force_login(cast.officer)

    response = client.post(f"/reminders/{owed.pk}/hold/", form())

    errors = response.context["form"].errors
    assert list(errors) == [field]
    assert errors[field][0].startswith(sentence)
