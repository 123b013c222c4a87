"""Reminders in headless Chromium: a step changed with its preview, a hold, single mails, a calendar address.

With JavaScript what is new on each page is checked by axe at three widths; without, the same is done again.
"""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from records.models import Event, LadderStep
from tests.conftest import full_strength_alone
from tests.make import accounts
from tests.make.records import obligation

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.torture,
    pytest.mark.django_db(transaction=True),
]
# Empty pages that test_browser checks with axe, and the form that is checked here with its preview: N is a number.
KNOWN = ("/account/login/", "/", "/reminders/held/", "/profile/mail/", "/profile/calendar/", "/ladders/RETURN/N/")


def change_words(head, words):
    """A step of the ladder gets other words, seen before they are saved."""
    head.visit("/ladders/RETURN/").follow("Change the reminder 14 working days before")
    head.fill("Subject of the e-mail", f"{{title}}: {words}").press("Preview")
    head.sees("Preview: nothing is saved yet", f"Subject: Mid-year return for Youth work: {words}", "Lee Lead")
    assert not LadderStep.objects.filter(heading__endswith=words).exists()
    head.check()
    head.press("Save the reminder").sees("Reminder saved: 14 working days before.", words)


def hold_and_let_go(head, owed, until):
    """Nobody is reminded before a day; then the hold is ended today."""
    head.visit(f"/reminders/{owed.pk}/").follow("Hold reminders")
    head.fill_date("Hold reminders until", until).fill("Why?", "The lead is ill").press("Hold the reminders")
    head.sees("Reminders are held until", "Let them go first.").visit("/reminders/held/").sees(
        "The lead is ill"
    ).check()
    head.press("Let go").sees("Reminders go out again from today.")


def make_and_replace_address(head):
    """A private address, and another in its place; gives what each of the two answers now."""
    answers = []
    for button in ("Make a private address", "Make a new address"):
        head.visit("/profile/calendar/").press(button).sees("Copy it now")
        answers.append(urlsplit(head.page.locator("#calendar-address").inner_text()).path)
    head.sees("The old address has stopped working.").check()
    answers = [Client().get(path) for path in answers]
    head.visit("/profile/calendar/").press("Stop the address").sees("The address no longer works.")
    return answers


@full_strength_alone
def test_reminders_in_a_browser(settings, enter):
    settings.SECOND_FACTOR_REQUIRED = False
    cast, today = accounts.cast(), timezone.localdate()
    owed = obligation(cast, due_on=today + timedelta(days=60))
    for javascript, words, choice in (
        (True, "two weeks left", "Each in"),
        (False, "14 days to go", "Together, in one"),
    ):
        head = enter(cast.head, javascript=javascript, known=KNOWN)

        change_words(head, words)
        hold_and_let_go(head, owed, today + timedelta(days=3))
        head.visit("/profile/mail/").choose(choice).press("Save").sees("Your choice is saved.")
        old, new = make_and_replace_address(head)

        assert (old.status_code, new.status_code, b"Mid-year return for Youth work" in new.content) == (404, 200, True)
        cast.head.refresh_from_db()
        assert cast.head.mail_choice == ("SINGLE" if javascript else "DAILY")
        assert LadderStep.objects.get(kind="RETURN", working_days=-14).heading == f"{{title}}: {words}"
        head.leave()
    assert Event.objects.filter(verb="reminders_let_go").count() == 2
