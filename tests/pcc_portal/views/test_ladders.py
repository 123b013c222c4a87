"""Ladders on screen: read, previewed without saving, changed, removed, put back."""

import html
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.queries import people_for
from records import delivery, ladders, obligations
from records.calendar import london_day
from records.models import Event, LadderStep, Notice
from tests.make import accounts as make_accounts
from tests.make import records as make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
STEP = {
    "timing": "before",
    "days": "7",
    "audiences": ["LEAD", "CERTIFIER"],
    "heading": "Soon: {title}",
    "wording": "{title} of {organisation} is due on {due}, {days}. Number {reference}.",
}


@pytest.fixture(autouse=True)
def one_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def cast():
    make.ladders()
    return make_accounts.cast()


def today():
    return london_day(timezone.now())


def text_of(response):
    """What a reader sees of a page, in one line."""
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", html.unescape(plain))


def step_of(kind, working_days):
    return LadderStep.objects.get(kind=kind, working_days=working_days)


def test_ladder_list_names_every_kind_with_its_days(client, cast, django_assert_num_queries):
    make.obligation(cast, due_on=today() + 200 * DAY)
    client.force_login(cast.officer)

    with django_assert_num_queries(6):
        text = text_of(client.get("/ladders/"))

    assert "Monitoring return 28, 14 and 3 working days before; on the day; 1, 5 and 10 after As delivered 1" in text
    assert "Stage of a complaint 2 working days before; on the day; 1, 5 and 10 after As delivered 0" in text


@pytest.mark.parametrize("count", [1, 3])
def test_ladder_show_asks_the_same_for_one_event_and_three(client, cast, count, django_assert_num_queries):
    client.force_login(cast.officer)
    for days in range(count):
        client.post("/ladders/AUDIT_ACTION/new/", {**STEP, "days": str(20 + days)})

    with django_assert_num_queries(8):
        text = text_of(client.get("/ladders/AUDIT_ACTION/"))

    assert text.count("Reminder added. Action after an audit visit:") == count


def test_ladder_show_to_somebody_who_may_not_edit_has_no_buttons(client, cast):
    client.force_login(cast.auditor)

    page = client.get("/ladders/RETURN/").content.decode()

    assert "28 working days before" in page
    assert "Add a reminder" not in page and "/new/" not in page and "/remove/" not in page


def test_ladder_step_new_previews_the_exact_mail_of_a_real_obligation_and_saves_nothing(client, cast):
    owed = make.obligation(cast, due_on=today() + 60 * DAY)
    owed.reference = "AW-2020-001"
    owed.save()
    client.force_login(cast.officer)

    response = client.post("/ladders/RETURN/new/", {**STEP, "preview": "1"})

    text = text_of(response)
    assert "Preview: nothing is saved yet" in text
    assert "Mid-year return for Youth work (Safer Maidstone Partnership)" in text
    assert "Subject: Soon: Mid-year return for Youth work" in text
    day = ladders.step_day(today() + 60 * DAY, -7)
    assert f"It goes out on {ladders.say(day)}." in text
    assert "Lead of the organisation To Lee Lead" in text
    assert "Certifier of the organisation To Cy Certifier" in text
    assert "Mid-year return for Youth work of Safer Maidstone Partnership is due on" in text
    assert "Number AW-2020-001." in text
    assert "Nobody would be reminded at once." in text
    assert not LadderStep.objects.filter(kind="RETURN", working_days=-7).exists()
    assert 'value="7"' in response.content.decode()  # what was typed stays


def test_the_preview_is_word_for_word_what_then_goes_out(client, cast, mailoutbox):
    make.obligation(cast, due_on=today() + 2 * DAY)
    client.force_login(cast.officer)
    typed = {**STEP, "timing": "on", "days": "", "audiences": ["LEAD"]}
    step = step_of("RETURN", 0)

    preview = client.post(f"/ladders/RETURN/{step.pk}/", {**typed, "preview": "1"}).context["preview"]
    client.post(f"/ladders/RETURN/{step.pk}/", {**typed, "seen": step.mark})
    at = make.moment(preview.day, 12)
    obligations.climb_ladders(on=preview.day, at=at, people_for=people_for)
    delivery.compose(at=at)
    delivery.deliver(at=at)

    [letter] = preview.letters
    assert [(mail.subject, mail.body) for mail in mailoutbox] == [(letter.subject, letter.text)]


def test_ladder_step_new_previews_a_day_that_is_past_as_past(client, cast):
    make.obligation(cast, due_on=today() + 2 * DAY)
    client.force_login(cast.head)

    text = text_of(client.post("/ladders/RETURN/new/", {**STEP, "preview": "1"}))

    assert f"Its day, {ladders.say(ladders.step_day(today() + 2 * DAY, -7))}, is past." in text


def test_ladder_step_new_previews_an_example_where_nothing_is_open(client, cast):
    client.force_login(cast.head)

    text = text_of(client.post("/ladders/AUDIT_ACTION/new/", {**STEP, "preview": "1"}))

    assert "Nothing of this kind is open, so this is how it would look for an example." in text
    assert "Subject: Soon: Example: action after an audit visit" in text
    assert "of Example organisation is due on" in text


def test_preview_counts_whom_an_edit_would_remind_at_once(client, cast):
    make.obligation(cast, due_on=today() + 3 * DAY)
    Notice.objects.all().delete()
    obligations.climb_ladders(on=today(), at=timezone.now(), people_for=people_for)
    client.force_login(cast.officer)
    LadderStep.objects.filter(kind="RETURN", working_days__gte=-3).exclude(working_days=1).delete()
    Notice.objects.filter(step__gt=-14).delete()

    text = text_of(client.post("/ladders/RETURN/new/", {**STEP, "days": "4", "preview": "1"}))

    assert "2 people would be reminded by tomorrow morning , of 1 of the 1 open now." in text


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"days": "3"}, "days", "There is a reminder on that day already."),
        ({"days": ""}, "days", "Give a number of working days from 1 to 250."),
        ({"days": "0"}, "days", "Give a number of working days from 1 to 250."),
        ({"days": "two"}, "days", "Give the number of working days in figures"),
        ({"timing": "on", "days": ""}, "timing", "There is a reminder on that day already."),
        ({"timing": ""}, "timing", "Say when it goes out"),
        ({"audiences": []}, "audiences", "Choose at least one group of people to tell."),
        ({"audiences": ["EVERYBODY"]}, "audiences", "Choose from the groups listed."),
        ({"heading": ""}, "heading", "Write the subject of the e-mail."),
        ({"heading": "{name}"}, "heading", "Nothing takes the place of {name}. You can use {title}, {due}"),
        ({"wording": " "}, "wording", "Write what the reminder says."),
        ({"wording": "{title"}, "wording", "A brace stands alone."),
    ],
)
@pytest.mark.parametrize("button", ["save", "preview"])
def test_ladder_step_new_says_what_is_wrong_at_its_field(client, cast, changes, field, sentence, button):
    client.force_login(cast.officer)

    response = client.post("/ladders/RETURN/new/", {**STEP, **changes, button: "1"})

    assert list(response.context["form"].errors) == [field]
    assert sentence in response.context["form"].errors[field][0]
    assert LadderStep.objects.filter(kind="RETURN").count() == 7


def test_ladder_step_edit_saves_and_keeps_before_and_after(client, cast):
    step = step_of("RETURN", 5)
    client.force_login(cast.officer)
    page = client.get(f"/ladders/RETURN/{step.pk}/").content.decode()
    assert f'value="{step.mark}"' in page

    response = client.post(f"/ladders/RETURN/{step.pk}/", {**STEP, "timing": "after", "days": "6", "seen": step.mark})

    step.refresh_from_db()
    assert [response.status_code, response.url] == [302, "/ladders/RETURN/"]
    assert (step.working_days, step.audiences, step.heading) == (6, ["LEAD", "CERTIFIER"], "Soon: {title}")
    event = Event.objects.get(verb="ladder_step_changed")
    assert event.by == cast.officer
    assert event.changes["when"] == ["5 working days after", "6 working days after"]


def test_ladder_step_edit_of_a_step_changed_meanwhile_is_refused(client, cast):
    step = step_of("RETURN", 5)
    client.force_login(cast.officer)

    response = client.post(f"/ladders/RETURN/{step.pk}/", {**STEP, "timing": "after", "seen": "old"}, follow=True)

    assert "Somebody else has just changed this reminder." in text_of(response)
    step.refresh_from_db()
    assert step.working_days == 5


def test_ladder_step_remove_shows_what_it_means_first(client, cast):
    step = step_of("RETURN", -28)
    client.force_login(cast.officer)

    assert "Nobody would be reminded at once." in text_of(client.get(f"/ladders/RETURN/{step.pk}/remove/"))
    client.post(f"/ladders/RETURN/{step.pk}/remove/", {"seen": step.mark})

    assert not LadderStep.objects.filter(pk=step.pk).exists()
    assert Event.objects.get(verb="ladder_step_removed").by == cast.officer


def test_ladder_step_remove_of_the_last_that_tells_a_signer_is_refused(client, cast):
    LadderStep.objects.filter(kind="DECISION").exclude(working_days=0).delete()
    step = step_of("DECISION", 0)
    client.force_login(cast.officer)

    assert "This waits for a signature" in text_of(client.get(f"/ladders/DECISION/{step.pk}/remove/"))
    response = client.post(f"/ladders/DECISION/{step.pk}/remove/", follow=True)

    assert "This waits for a signature" in text_of(response)
    assert LadderStep.objects.filter(pk=step.pk).exists()


def test_ladder_step_restore_brings_the_delivered_words_back(client, cast):
    step = step_of("RETURN", 0)
    LadderStep.objects.filter(pk=step.pk).update(heading="Ours")
    client.force_login(cast.officer)

    client.post(f"/ladders/RETURN/{step.pk}/restore/")

    assert step_of("RETURN", 0).heading == step.heading


def test_ladder_restore_brings_the_whole_ladder_back(client, cast):
    LadderStep.objects.filter(kind="RETURN").exclude(working_days=0).delete()
    client.force_login(cast.head)
    assert "28 working days before: Contributors" in text_of(client.get("/ladders/RETURN/restore/"))

    client.post("/ladders/RETURN/restore/")

    assert LadderStep.objects.filter(kind="RETURN").count() == 7


def test_a_ladder_of_the_office_offers_only_the_office(client, cast):
    client.force_login(cast.officer)

    page = client.get("/ladders/DECISION/new/").content.decode()

    assert "Commissioning officers" in page and "Lead of the organisation" not in page


@pytest.mark.parametrize("path", ["/ladders/NOTHING/", "/ladders/NOTHING/new/", "/ladders/RETURN/999999/"])
def test_no_such_ladder_or_step(client, cast, path):
    client.force_login(cast.officer)

    assert client.get(path).status_code == 404
