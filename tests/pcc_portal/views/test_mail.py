"""The mail page of the demonstration: there only in the demonstration, and only files of its folder."""

from datetime import UTC, datetime

import pytest

from records import delivery, notices
from tests.make import accounts as make_accounts

AT = datetime(2020, 4, 7, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demonstration(settings, tmp_path):
    settings.SECOND_FACTOR_REQUIRED = False
    settings.DEMONSTRATION = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.MAIL_FOLDER = tmp_path / "mail"
    settings.EMAIL_FILE_PATH = str(settings.MAIL_FOLDER)


def send(cast, *headings):
    for number, heading in enumerate(headings):
        person = [cast.officer, cast.head, cast.pcc][number % 3]
        body = "£12,500 <b>bold</b>\n" + "-" * 79
        wishes = {"rule": "test", "subject": cast.maidstone, "link": "/awards/AW-2020-001/", "occurrence": heading}
        notices.tell(people=[person], heading=heading, body=body, at=AT, **wishes)
    delivery.compose(at=AT)
    delivery.deliver(at=AT)


def test_mail_list_shows_every_letter_of_a_file(client):
    cast = make_accounts.cast()
    send(cast, "First £", "Second", "Third")
    client.force_login(cast.maidstone_lead)

    text = client.get("/mail/").content.decode()

    assert all(words in text for words in ("First £", "Second", "Third", cast.head.email))
    assert "3 letters" in text


def test_mail_list_of_nothing(client):
    cast = make_accounts.cast()
    client.force_login(cast.officer)

    assert "Nothing has been sent yet" in client.get("/mail/", {"page": "9"}).content.decode()


def test_mail_show_reads_a_letter_with_working_links_and_harmless_words(client):
    cast = make_accounts.cast()
    send(cast, "First")
    client.force_login(cast.officer)
    letter = client.get("/mail/").context["page_obj"][0]

    text = client.get(letter.address).content.decode()

    assert "£12,500 &lt;b&gt;bold&lt;/b&gt;" in text
    assert '/awards/AW-2020-001/"' in text and "<a href=" in text
    assert "7 April 2020" in text


def test_mail_is_nowhere_but_in_a_demonstration(client, settings):
    cast = make_accounts.cast()
    send(cast, "First")
    client.force_login(cast.officer)
    address = client.get("/mail/").context["page_obj"][0].address
    settings.DEMONSTRATION = False

    assert [client.get(path).status_code for path in ("/mail/", address)] == [404, 404]


@pytest.mark.parametrize("file", ["..%2f..%2fsettings.py", "secret_key", ".env", "..", "a.log", "%00.log"])
def test_mail_show_reads_no_other_file(client, settings, file):
    cast = make_accounts.cast()
    settings.MAIL_FOLDER.mkdir()
    (settings.MAIL_FOLDER / "secret_key").write_text("Subject: secret\n\nsecret")
    client.force_login(cast.officer)

    assert client.get(f"/mail/{file}/1/").status_code == 404


def test_mail_show_of_a_letter_that_is_not_there(client):
    cast = make_accounts.cast()
    send(cast, "First")
    client.force_login(cast.officer)
    letter = client.get("/mail/").context["page_obj"][0]

    assert client.get(f"/mail/{letter.file}/2/").status_code == 404
