"""The log of notices: who reads it, what it shows, what it hides, and a second try."""

import csv
import io
from datetime import UTC, datetime

import pytest

from records import delivery, envelopes, notices
from records.models import Message, Notice
from tests.make import accounts as make_accounts

AT = datetime(2020, 4, 7, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


def tell(cast, heading, person=None, rule="test"):
    person = person or cast.maidstone_lead
    notices.tell(people=[person], rule=rule, subject=cast.maidstone, heading=heading, body=f"Body of {heading}", at=AT,
                 occurrence=heading, link="/cases/BC-2020-001/")  # fmt: skip
    return Notice.objects.get(heading=heading, person=person)


def mailed(cast, heading, person=None, rule="test", **changes):
    notice = tell(cast, heading, person, rule)
    delivery.compose(at=AT)
    Message.objects.filter(notices=notice).update(**{"status": "SENT", "sent_at": AT, **changes})
    notice.refresh_from_db()
    return notice


@pytest.mark.parametrize("count", [1, 3])
def test_notice_list_asks_the_same_for_one_row_and_three(client, count, django_assert_num_queries):
    cast = make_accounts.cast()
    for number in range(count):
        mailed(cast, f"Thing {number}")
    client.force_login(cast.officer)

    with django_assert_num_queries(8):
        response = client.get("/notices/")

    assert response.content.count(b">Thing ") == count


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, {"Sent thing", "Failed thing", "Doubled thing", "Waiting thing", "Withdrawn thing", "Queued thing"}),
        ({"standing": "sent"}, {"Sent thing", "Doubled thing"}),
        ({"standing": "failed"}, {"Failed thing"}),
        ({"standing": "doubled"}, {"Doubled thing"}),
        ({"standing": "waiting"}, {"Waiting thing", "Queued thing"}),
        ({"standing": "withdrawn"}, {"Withdrawn thing"}),
        ({"person": "head@"}, {"Failed thing"}),
        ({"person": "Hed Comm", "words": "failed"}, {"Failed thing"}),
        ({"words": "nothing like it"}, set()),
        ({"standing": "rubbish", "page": "99", "sort": "-person"}, None),
    ],
)
def test_notice_list_filters(client, query, expected):
    cast = make_accounts.cast()
    mailed(cast, "Sent thing")
    mailed(cast, "Failed thing", person=cast.head, status="FAILED", sent_at=None, answer="550 No such person")
    mailed(cast, "Doubled thing", possibly_doubled=True)
    mailed(cast, "Queued thing", status="QUEUED", sent_at=None)
    withdrawn = tell(cast, "Withdrawn thing")
    Notice.objects.filter(pk=withdrawn.pk).update(withdrawn_at=AT)
    tell(cast, "Waiting thing")
    client.force_login(cast.officer)

    response = client.get("/notices/", query)

    assert response.status_code == 200
    if expected is not None:
        assert {row.heading for row in response.context["page_obj"]} == expected
    assert "1 message could not be delivered" in response.content.decode()


def test_notice_list_says_what_may_have_arrived_twice(client):
    cast = make_accounts.cast()
    notice = mailed(cast, "Doubled thing", possibly_doubled=True, message_id="<abc@example.org>", answer="Accepted")
    client.force_login(cast.auditor)

    in_list = client.get("/notices/").content.decode()
    alone = client.get(f"/notices/{notice.pk}/").content.decode()

    assert "May have arrived twice, as the same letter" in in_list
    assert "Both copies are the same letter" in alone
    assert "&lt;abc@example.org&gt;" in alone


def test_notice_list_as_csv(client):
    cast = make_accounts.cast()
    mailed(cast, "=cmd()", answer="Accepted by the mail server")
    client.force_login(cast.officer)

    response = client.get("/notices/", {"format": "csv"})

    head, row = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert dict(zip(head, row, strict=True)) == {
        "When": "2020-04-07 10:00",
        "What": "'=cmd()",
        "Reference": "",
        "Person": "Lee Lead",
        "Address": cast.maidstone_lead.email,
        "What became of it": "Sent",
        "Sent": "2020-04-07 10:00",
        "Answer": "Accepted by the mail server",
        "May be doubled": "no",
    }


@pytest.mark.parametrize("person", ["reader", "maidstone_lead", "provider_lead"])
def test_notice_pages_are_for_staff_who_may_read_mail(client, person):
    cast = make_accounts.cast()
    notice = mailed(cast, "Thing")
    client.force_login(getattr(cast, person))

    assert [client.get(path).status_code for path in ("/notices/", f"/notices/{notice.pk}/")] == [403, 403]


def test_notice_show_hides_an_invitation_in_notice_and_mail(client):
    cast = make_accounts.cast()
    notice = mailed(cast, "You are invited", rule="invitation")
    client.force_login(cast.officer)

    text = client.get(f"/notices/{notice.pk}/").content.decode()

    assert "Body of You are invited" not in text
    assert text.count("Hidden: this message holds a personal link") == 2


def test_notice_show_hides_the_mail_of_a_notice_that_went_beside_an_invitation(client):
    cast = make_accounts.cast()
    tell(cast, "You are invited", rule="invitation")
    beside = mailed(cast, "Another thing")
    client.force_login(cast.officer)

    text = client.get(f"/notices/{beside.pk}/").content.decode()

    assert "Body of You are invited" not in text
    assert "Body of Another thing" in text


def test_notice_show_escapes_what_people_wrote(client):
    cast = make_accounts.cast()
    notice = mailed(cast, "<script>alert(1)</script>")
    client.force_login(cast.officer)

    assert b"<script>alert(1)" not in client.get(f"/notices/{notice.pk}/").content


def test_notice_try_again_puts_a_failed_message_back(client):
    cast = make_accounts.cast()
    notice = mailed(cast, "Thing", status="FAILED", sent_at=None)
    client.force_login(cast.officer)

    response = client.post(f"/notices/{notice.pk}/again/", follow=True)

    assert b"will be sent again within minutes" in response.content
    notice.message.refresh_from_db()
    assert notice.message.status == "QUEUED"


def test_notice_try_again_of_a_sent_message_is_a_sentence(client):
    cast = make_accounts.cast()
    notice = mailed(cast, "Thing")
    client.force_login(cast.officer)

    response = client.post(f"/notices/{notice.pk}/again/", follow=True)

    assert "This message has not failed" in response.content.decode()
    notice.message.refresh_from_db()
    assert notice.message.status == "SENT"


def test_notice_try_again_is_for_officers(client):
    cast = make_accounts.cast()
    notice = mailed(cast, "Thing", status="FAILED", sent_at=None)
    client.force_login(cast.auditor)

    assert client.post(f"/notices/{notice.pk}/again/").status_code == 403


def test_heading_of_a_digest_counts():
    cast = make_accounts.cast()

    assert envelopes.heading([tell(cast, "One"), tell(cast, "Two")]) == "2 things to know: One"
