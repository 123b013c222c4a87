"""The plan as a page: an award changed is read on both sides of the day; words, sections, versions, the next year."""

import io
from datetime import UTC, date, datetime

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from grants.actions import variations
from plans.enums import SectionKind
from plans.models import CommitmentLine, Plan, PlanChange, PlanSection, SensitivePeriod
from records.enums import PaperKind
from records.models import Decision, Paper
from tests.kept import kept
from tests.make import awards, services

DOCUMENT = 54
MOVED_AT = datetime(2020, 9, 14, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def kept_world(django_db_setup, django_db_blocker):
    """A live award that was made longer on 14 September 2020, and a contract."""
    with kept(django_db_blocker):
        world = awards.world()
        world.award = awards.live_award(world)
        world.contract = services.contract(world, world)
        variations.vary_award_end(
            award=world.award, ends_on=date(2021, 6, 30), reason="Schools were shut", by=world.officer, at=MOVED_AT
        )
        yield world


@pytest.fixture
def world(kept_world, db):
    return kept_world


@pytest.fixture
def sign_in(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False

    def enter(person):
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return enter


def page(client, url, **data):
    answer = client.get(url, data)
    return " ".join(answer.content.decode().split())


def test_plan_document_shows_an_award_as_it_was_on_both_sides_of_a_change(world, sign_in):
    client, url = sign_in(world.officer), world.plan.get_absolute_url()

    before, after, now = (page(client, url, on=day) for day in ("2020-09-13", "2020-09-14", ""))

    assert "1 April 2020 to 31 March 2021</div>" in before.replace(" </div>", "</div>")
    assert "1 April 2020 to 30 June 2021" not in before
    assert "1 April 2020 to 30 June 2021" in after
    assert "1 April 2020 to 30 June 2021" in now
    assert "As at the end of 13 September 2020." in before


def test_plan_document_says_a_day_to_come_cannot_be_read(world, sign_in):
    answer = page(sign_in(world.officer), world.plan.get_absolute_url(), on="2999-01-01")

    assert "Day must be on or before" in answer


def test_plan_document_outside_the_office_shows_what_is_published(world, sign_in):
    client, url = sign_in(world.swale_lead), world.plan.get_absolute_url()
    title = world.award.title
    hidden = page(client, url)
    Decision.objects.filter(award_lines__award=world.award).update(
        published_at=timezone.now(), published_by=world.officer
    )

    assert title not in hidden
    assert title in page(client, url)
    assert title not in page(client, url, on="2020-12-01")


def counted(client, url):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


@pytest.mark.parametrize("rows", [1, 3])
def test_plan_document_asks_the_same_for_any_number_of_rows(world, sign_in, rows):
    for number in range(rows):
        CommitmentLine.objects.create(
            key=f"post-{number}", stream=world.csps, title="A post", year="2020/21", source="A page"
        )
        PlanSection.objects.create(
            plan=world.plan, key=f"s{number}", order=number, title="Words", kind=SectionKind.PROSE
        )

    assert counted(sign_in(world.officer), world.plan.get_absolute_url()) == DOCUMENT


def test_plan_publish_keeps_a_version_of_what_the_public_may_read(world, sign_in):
    client, url = sign_in(world.officer), reverse("plan_publish", args=[world.plan.key])

    client.post(url)
    client.post(url)

    papers = Paper.objects.filter(kind=PaperKind.COMMISSIONING_PLAN).order_by("pk")
    assert [paper.title for paper in papers] == [
        "Commissioning Plan 2020/21, version 1", "Commissioning Plan 2020/21, version 2",
    ]  # fmt: skip
    assert world.award.title not in papers[0].html
    assert "Own budget" in papers[0].html
    assert papers[1].title in page(client, world.plan.get_absolute_url())


def test_plan_publish_waits_out_a_sensitive_period(world, sign_in):
    today = timezone.localdate()
    SensitivePeriod.objects.create(key="quiet", name="the election", starts_on=today, ends_on=today)

    answer = sign_in(world.officer).post(reverse("plan_publish", args=[world.plan.key]), follow=True)

    assert "Publicity waits until" in answer.content.decode()
    assert not Paper.objects.filter(kind=PaperKind.COMMISSIONING_PLAN).exists()


def test_section_words_are_refused_when_somebody_was_faster(world, sign_in):
    section = PlanSection.objects.create(plan=world.plan, key="aim", order=1, title="Aim", kind=SectionKind.PROSE)
    client, url = sign_in(world.officer), reverse("plans:section_words", args=[section.pk])
    given = {"words": "First\n\n- one\n- two", "seen": "", "reason": "New"}

    client.post(url, given)
    late = client.post(url, {**given, "words": "Second"})

    assert "Somebody else has changed these words" in late.content.decode()
    assert [text.words for text in section.texts.all()] == ["First\n\n- one\n- two"]
    assert "<li>one</li><li>two</li>" in page(client, world.plan.get_absolute_url())


def test_change_new_stands_in_the_plan_from_its_day(world, sign_in):
    client = sign_in(world.officer)
    client.post(
        reverse("plans:change_new", args=[world.plan.key]),
        {"on": "2020-10-01", "title": "A fifth theme", "reason": "Demand rose"},
    )

    change = PlanChange.objects.get()
    assert (change.number, change.on, change.by) == (1, date(2020, 10, 1), world.officer)
    url = world.plan.get_absolute_url()
    assert "A fifth theme" in page(client, url)
    assert "A fifth theme" not in page(client, url, on="2020-09-30")


def test_plan_history_tells_what_changed_and_leads_to_the_day(world, sign_in):
    client = sign_in(world.officer)
    client.post(
        reverse("plans:plan_edit", args=[world.plan.key]), {"title": "Our plan", "purpose": "x", "reason": "Clearer"}
    )

    answer = page(client, reverse("plan_history", args=[world.plan.key]))

    assert "Plan changed: Our plan" in answer
    assert f"{world.plan.get_absolute_url()}?on={timezone.localdate():%Y-%m-%d}" in answer


def test_roll_over_start_checks_first_and_acts_on_the_second_press(world, sign_in):
    client, url = sign_in(world.officer), reverse("roll_over_start", args=[world.plan.key])
    form = client.get(url).context["form"]
    given = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    data = {name: value for name, value in given.items() if value not in (None, False)}

    check = page(client, url) and client.post(url, data)
    assert check.templates[0].name == "pcc_portal/roll_over_check.html"
    assert Plan.objects.count() == 1
    hidden: dict = {}
    for name, value in check.context["hidden"]:
        hidden.setdefault(name, []).append(value)
    done = client.post(url, {**hidden, "confirm": "yes"}, follow=True)

    made = Plan.objects.get(follows=world.plan)
    assert made.title == "Commissioning Plan 2021/22"
    assert done.redirect_chain[-1][0] == reverse("roll_over_show", args=[made.key])
    assert "What changed between the years" in done.content.decode()
    again = client.get(url, follow=True)
    assert "follows this plan already" in again.content.decode()


def test_roll_over_start_asks_for_the_days_of_a_round_that_goes_along(world, sign_in):
    url = reverse("roll_over_start", args=[world.plan.key])
    data = {"title": "Next", "starts_on": "2021-04-01", "ends_on": "2022-03-31", f"round_{world.round.pk}": "on"}

    answer = sign_in(world.officer).post(url, {**data, f"money_{world.round.pk}": "SAME"})

    assert f"Enter the deadline of {world.round.name}" in answer.content.decode()


@pytest.mark.pdf
def test_plan_document_pdf_is_tagged_and_named_by_its_day(world, sign_in):
    answer = sign_in(world.officer).get(reverse("plan_document_pdf", args=[world.plan.key]), {"on": "2020-09-13"})

    assert answer["Content-Disposition"] == 'inline; filename="plan-2020-21-as-at-2020-09-13.pdf"'
    root = pypdf.PdfReader(io.BytesIO(answer.content)).trailer["/Root"]
    assert (bool(root["/MarkInfo"]["/Marked"]), root["/Lang"]) == (True, "en-GB")
