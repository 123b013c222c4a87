"""The library, the public page and the report: what they show, hide and cost; a story from return to reader (P6)."""

import csv
import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitoring.enums import StoryStatus
from monitoring.models import OutcomeStory, StoryFigure
from monitoring.queries import stories_work
from monitoring.queries.outcomes_report import chart_of, report_of
from tests.make import stories as make

pytestmark = pytest.mark.django_db
STATUSES = ["REVIEWED"]
S = StoryStatus
REF = "OS-2020-001"
BUDGETS = {
    ("officer", "/library/"): 9,
    ("swale_lead", "/library/"): 10,
    ("officer", f"/library/{REF}/"): 9,
    ("swale_lead", f"/library/{REF}/"): 8,
    ("officer", "/library/library.csv"): 6,
    ("officer", "/library/write/"): 5,
    ("officer", "/library/report/2020/"): 7,
    ("officer", "/library/report/2020.csv"): 5,
    (None, "/outcomes/"): 5,
    (None, f"/outcomes/{REF}/"): 3,
    (None, "/outcomes/outcomes.csv"): 3,
}


@pytest.fixture
def story(world):
    return lambda status=S.PUBLIC, **fields: make.story(
        world.cast, world.plan, status=status, monitoring_return=world.row("REVIEWED"), **fields
    )


def copies(story, number):
    """More stories like the one given, each an earlier one."""
    figures = list(story.figures.all())
    for place in range(number):
        again = OutcomeStory.objects.get(pk=story.pk)
        again.pk, again.reference = None, f"OS-2020-9{place}"
        again.period_ends_on = again.period_ends_on.replace(day=1 + place)
        again.save()
        StoryFigure.objects.bulk_create(
            StoryFigure(story=again, number=one.number, label=one.label, value=one.value, counts_people=True)
            for one in figures
        )


def asked(signed_in, client, cast, table):
    found = {}
    for who, path in table:
        if who:
            signed_in(getattr(cast, who))
        else:
            client.logout()
        with CaptureQueriesContext(connection) as caught:
            answer = client.get(path)
        assert answer.status_code == 200, path
        found[who, path] = len(caught)
    return found


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_of_stories_ask_the_same_for_any_number_of_rows(world, story, signed_in, client, rows):
    made = story()
    OutcomeStory.objects.filter(pk=made.pk).update(reference=REF)
    copies(made, rows - 1)

    assert asked(signed_in, client, world.cast, BUDGETS) == BUDGETS
    assert client.get("/outcomes/").context["page_obj"].paginator.count == rows


def test_a_low_count_is_hidden_at_every_door(world, story, signed_in, client):
    made = story()
    figure = made.figures.filter(counts_people=True).first()
    made.figures.update(counts_people=True, value=Decimal(777))
    made.figures.filter(pk=figure.pk).update(value=Decimal("3"), label="People moved to safety")

    def cells(path):
        rows = csv.DictReader(io.StringIO(client.get(path).content.decode("utf-8-sig")))
        return [row["Value"] for row in rows if row["Figure"] == "People moved to safety"]

    signed_in(world.cast.swale_lead)
    page = client.get(made.get_absolute_url()).content.decode()
    assert page.count("[c]</abbr>") == 1
    assert cells("/library/library.csv") == ["[c]"]
    row = next(row for row in report_of(2020).measures if row.label == "People moved to safety")
    assert (row.total, row.stories, row.hidden) == (0, 1, 1)
    client.logout()
    assert client.get(f"/outcomes/{made.reference}/").content.decode().count("[c]</abbr>") == 1
    assert cells("/outcomes/outcomes.csv") == ["[c]"]


def test_report_of_counts_the_newest_story_of_an_award_and_only_what_it_shows(world, story):
    made = story()
    made.figures.all().delete()
    rows = [("Residents helped", 40, 50), ("Residents moved", 2, None), ("Money saved", 900, None)]
    StoryFigure.objects.bulk_create(
        StoryFigure(story=made, number=number, label=label, value=value, target=target, counts_people=number < 3)
        for number, (label, value, target) in enumerate(rows, start=1)
    )
    copies(made, 2)  # earlier stories of the same award say the same again

    report = report_of(2020)

    told = {row.label: (row.stories, row.total, row.hidden, row.met, row.with_target) for row in report.measures}
    assert told == {
        "Residents helped": (1, 40, 0, 0, 1),
        "Residents moved": (1, 0, 1, 0, 0),
        "Money saved": (1, 900, 0, 0, 0),
    }
    assert (len(report.stories), report.organisations, report.title) == (3, 1, "Outcomes 2020/21")
    assert report_of(2019).stories == []


def test_report_of_leaves_example_data_out_when_asked(story):
    made = story()
    OutcomeStory.objects.filter(pk=made.pk).update(is_example=True)

    assert [len(report_of(2020, with_examples=choice).stories) for choice in (True, False)] == [1, 0]
    assert report_of(2020, public_only=True).stories == []


def test_chart_of_draws_the_largest_first_and_nothing_for_noughts():
    chart = chart_of("Reached", [("Few", Decimal(10), "10"), ("Many", Decimal(100), "100"), ("None", Decimal(0), "0")])

    assert [(bar.label, bar.width) for bar in chart.bars] == [("Many", 540), ("Few", 54)]
    assert chart.told == "Many: 100. Few: 10"
    assert chart_of("Reached", [("None", Decimal(0), "0")]) is None


def test_piles_of_work(world, story):
    made = story(S.DRAFT)
    cast = world.cast

    def piles(who):
        return [stories_work.office_work(who, None), stories_work.partner_work(who, None)]

    assert [list(pile) for pile in piles(cast.maidstone_lead)] == [[], [stories_work.TO_CONSENT]]
    assert piles(cast.officer) == piles(cast.swale_lead) == piles(cast.maidstone_contributor) == [{}, {}]
    make.agreed(made, cast)
    assert [list(pile) for pile in piles(cast.officer)] == [[stories_work.TO_SHARE], []]
    assert piles(cast.maidstone_lead) == [{}, {}]


def test_a_story_from_the_return_to_the_reader_and_away(world, signed_in, client):
    """Begun, worded, agreed to on screen, checked, published, written about, taken back."""
    cast, row = world.cast, world.row("REVIEWED")
    signed_in(cast.officer)
    assert client.get("/library/write/").context["page_obj"].object_list == [row]
    client.post(f"/library/write/{row.reference}/")
    story = OutcomeStory.objects.get()
    page = f"/library/{story.reference}/"
    blocks = [key for key, _title in client.get(f"{page}change/").context["form"].fields["shown"].choices]
    words = {"title": "Safer evenings", "story": "Write to mo@example.org", "themes": "Streets\nStreets\n Homes "}
    client.post(f"{page}change/", {**words, "areas": "", "shown": blocks[:1], "counting": blocks[:1]})
    story.refresh_from_db()
    assert (story.themes, story.areas, story.figures.count()) == (["Streets", "Homes"], [], 1)
    assert client.get(f"{page}change/").context["form"].initial["shown"] == blocks[:1]
    assert "mo@example.org" in client.get(f"{page}check/").content.decode()
    client.post(f"{page}change/", {**words, "story": "Fewer felt unsafe.", "shown": blocks, "counting": blocks})
    client.post(f"{page}check/", {"confirmed": "on"})

    signed_in(cast.maidstone_lead)
    assert [move["label"] for move in client.get(page).context["moves"]] == ["Say whether it may be shared"]
    client.post(f"{page}consent/", {"how_far": "PUBLIC", "open_to_contact": "on"})
    signed_in(cast.officer)
    client.post(f"{page}publish/")
    story.refresh_from_db()
    assert (story.status, story.consent_from) == (S.PUBLIC, "Lee Lead")

    signed_in(cast.swale_lead)
    assert client.get("/library/", {"words": "unsafe", "theme": "Homes"}).context["page_obj"].object_list == [story]
    assert [move["label"] for move in client.get(page).context["moves"]] == ["Contact this project"]
    sent = client.post(f"{page}contact/", {"message": "How did you begin?"})
    assert sent.url == story.contacts.get().get_absolute_url()
    assert "@" not in client.get(sent.url).content.decode().split("<main")[1].split("</main>")[0]

    client.logout()
    assert "Fewer felt unsafe." in client.get(f"/outcomes/{story.reference}/").content.decode()
    signed_in(cast.maidstone_lead)
    client.post(f"{page}consent/withdraw/", {"reason": "We moved on."})
    signed_in(cast.swale_lead)
    assert client.get(page).status_code == 404
    client.logout()
    assert client.get(f"/outcomes/{story.reference}/").status_code == 404
