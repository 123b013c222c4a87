"""A complaint from the public form through all four stages, two of them late (P2)."""

from datetime import date

import pytest
from django.core.cache import cache

from accounts.queries import people_for
from monitoring.models import Concern
from monitoring.queries import concerns as queries
from records import obligations
from records.clock import now
from records.models import Notice
from tests.make import accounts
from tests.make import concerns as make

from .person import Person

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def cast(settings, tmp_path):
    settings.SECOND_FACTOR_REQUIRED = False
    settings.MEDIA_ROOT = tmp_path
    make.delivered()
    cache.clear()
    return accounts.cast()


def told_on(day, cast):
    """Who hears of the complaint in the sweep of a morning."""
    Notice.everything.all().delete()
    obligations.climb_ladders(on=day, at=now(), people_for=people_for)
    return {notice.person for notice in Notice.everything.select_related("person")}


def complain():
    """The public form, filled in by somebody without an account; the page they are given."""
    somebody = Person()
    somebody.visit("/complain/").sees("call 999", "police and crime panel").follow("Start now")
    somebody.fill("Which service or organisation is it about?", "The support service")
    somebody.fill("What happened?", "Nobody called me back.").fill("E-mail address", "cara@example.org")
    somebody.choose("Neither of these").choose("Yes").fill("Your name", "Cara")
    somebody.press("Send").sees("We have received it", "CM-2020-001", "Keep the address of this page")
    return somebody, somebody.page.url.partition("?")[0]


def answer(person, words, outcome="Not upheld"):
    """The answer of a stage, by whoever it waits for."""
    person.visit("/complaints/").follow("CM-2020-001").follow("Answer")
    person.choose(outcome).fill("Answer", words).press("Send the answer").sees("The answer has been sent.")


def ask_further(somebody, page, reason):
    somebody.visit(page).fill("Why do you want somebody else to look at it?", reason)
    somebody.press("Ask for the next stage").sees("You asked for it.")


def test_a_complaint_through_four_stages_two_of_them_late(cast, clock):
    clock.go(2020, 6, 1)
    somebody, page = complain()

    clock.go(2020, 6, 2)
    officer = Person(cast.officer)
    officer.visit("/complaints/").follow("CM-2020-001").follow("Take it up")
    officer.fill("Theme", "Waiting too long").fill("Organisation it is about", "Example Provider")
    officer.press("Take it up and acknowledge it").sees("Taken up and acknowledged.", "Answer by 23 June 2020")
    stranger = Person(cast.swale_lead)
    assert stranger.client.get("/complaints/CM-2020-001/").status_code == 404

    # Stage 1 is late: the next level hears of it at once, and nothing moves by itself.
    assert told_on(date(2020, 6, 24), cast) == {
        cast.provider_lead, cast.officer, cast.other_officer, cast.head,
    }  # fmt: skip
    assert queries.stage_of(make.fresh(Concern.objects.get())).level.number == 1
    clock.go(2020, 6, 24)
    ask_further(somebody, page, "They do not answer.")

    officer = Person(cast.officer)
    officer.visit("/complaints/CM-2020-001/").sees("Not answered by 23 June 2020").follow("Acknowledge")
    officer.fill("Words for the acknowledgement", "I look into it.").press("Send the acknowledgement")
    answer(officer, "The calls were made to an old number.")
    somebody.visit(page).sees("The calls were made to an old number.", "Not upheld")
    ask_further(somebody, page, "They had my new number.")

    # Stage 3, the head's, is late too: the commissioner hears of it; the officer decides to move it on.
    assert told_on(date(2020, 7, 16), cast) >= {cast.head, cast.pcc, cast.chief_executive}
    clock.go(2020, 7, 16)
    officer = Person(cast.officer)
    officer.visit("/complaints/CM-2020-001/").follow("Move to the next stage").fill("Why?", "The head is away.")
    officer.press("Save").sees("The next stage has begun.", "The commissioner")
    assert Person(cast.head).visit("/complaints/CM-2020-001/").page.text.count("You answered") == 0

    clock.go(2020, 7, 20)
    answer(Person(cast.pcc), "You should have been called. We are sorry.", "Upheld")
    somebody.visit(page).sees("We are sorry.", "This was the last stage of the procedure.")
    somebody.press("I am satisfied").sees("It is closed")

    officer = Person(cast.officer)
    officer.visit("/complaints/figures/").sees("Example Provider")
    [row] = queries.figures(on=date(2020, 8, 1)).by_organisation
    assert (row.received, row.in_play, row.upheld, row.late) == (1, 0, 1, 1)
    officer.visit("/complaints/CM-2020-001/").sees("1. The organisation that provides", "4. The commissioner")
    officer.follow("The answer to your complaint").sees("The calls were made to an old number.")
