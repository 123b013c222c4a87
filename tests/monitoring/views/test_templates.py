"""Return templates on screen: read by the office, changed by officers, seen as the recipient will see them."""

import io
import zipfile
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plans import actions, queries
from plans.enums import IndicatorKind
from plans.models import ReportingRule, TemplateVersion
from tests.make import accounts, plans, templates

pytestmark = pytest.mark.django_db
HERE = "/return-templates/short-return/2/"


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """The office's plan, the built-in templates and one with a draft of its second version; made once."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = accounts.cast()
        plan = plans.plan(cast)
        built_in = templates.built_in()
        first = templates.in_use(cast.officer)
        draft = actions.start_new_version(template=first.template, by=cast.officer, at=templates.AT)
        yield SimpleNamespace(cast=cast, plan=plan, built_in=built_in, first=first, draft=draft)
        transaction.set_rollback(True)


@pytest.fixture
def _django_db_helper(made):
    """One transaction of the module; what a test changes is undone by `world`."""


@pytest.fixture
def world(made, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    with transaction.atomic():
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def officer(world):
    return client_of(world.cast.officer)


def client_of(person):
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def text_of(response):
    return " ".join(response.content.decode().split())


def read(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return text_of(response)


def posted(client, address, **given):
    """Where a change leads, and what is said there."""
    response = client.post(address, given)
    assert response.status_code == 302, text_of(response)
    return response.url, text_of(client.get(response.url))


def test_template_list_names_each_template_with_its_versions(world, officer):
    page = read(officer, "/return-templates/")

    assert "Victims return" in page and "Support for victims" in page
    assert 'href="/return-templates/short-return/2/">Version 2' in page
    assert "Only where rules name it" in page
    assert 'href="/return-templates/new/"' in page


def test_template_list_for_a_reader_offers_no_change(world):
    page = read(client_of(world.cast.reader), "/return-templates/")

    assert "Grants return" in page
    assert "/return-templates/new/" not in page


@pytest.mark.parametrize("who", ["maidstone_lead", "provider_lead"])
def test_template_list_is_for_the_office(world, who):
    read(client_of(getattr(world.cast, who)), "/return-templates/", status=403)


def test_template_list_asks_the_same_for_any_number_of_rows(world, officer):
    counts = []
    for name in ("Another", "More"):
        with CaptureQueriesContext(connection) as caught:
            read(officer, "/return-templates/")
        counts.append(len(caught))
        for number in range(3):
            templates.in_use(world.cast.officer, name=f"{name} {number}")

    assert counts == [7, 7]


def test_template_show_names_streams_rules_and_versions(world, officer):
    ReportingRule.objects.filter(rule_set__key="csp-rules", kind="MID_YEAR").update(
        template=world.built_in["grants-return"]
    )

    page = read(officer, "/return-templates/grants-return/")

    assert "Community Safety Partnerships" in page
    assert 'href="/plan/rule-sets/csp-rules/">Partnership rules</a>: Mid-year return' in page
    assert "The first version, as the portal comes." in page
    assert "It came with the portal and nobody has changed it." in page


def test_template_show_asks_the_same_for_any_number_of_versions(world, officer):
    counts = []
    for words in ("More.", "Less."):
        with CaptureQueriesContext(connection) as caught:
            read(officer, "/return-templates/short-return/")
        counts.append(len(caught))
        draft = TemplateVersion.objects.get(template=world.first.template, status="DRAFT")
        actions.edit_version(version=draft, guidance=words, why=words, by=world.cast.officer, at=templates.AT)
        actions.put_to_use(version=draft, by=world.cast.officer, at=templates.AT)
        actions.start_new_version(template=world.first.template, by=world.cast.officer, at=templates.AT)

    assert counts == [10, 10]


def test_template_version_reads_like_a_questionnaire(world, officer):
    page = read(officer, "/return-templates/victims-return/1/")

    assert "People who felt able to report after your support" in page
    assert "Needed when “People you supported” is above nought or yes" in page
    assert "Between 1 and 10" in page
    assert "“Adults supported” + “Children supported” add up to “People you supported”" in page
    assert "“People who said they cope better” is no more than “People asked whether they cope better" in page
    assert "/sections/new/" not in page


def test_template_version_asks_as_many_queries_for_a_long_template_as_for_a_short_one(world, officer):
    counts = []
    for address in ("/return-templates/victims-return/1/", "/return-templates/grants-return/1/"):
        with CaptureQueriesContext(connection) as caught:
            read(officer, address)
        counts.append(len(caught))

    assert counts == [11, 11]


def test_template_version_that_is_a_draft_shows_the_ways_to_change_it(world, officer):
    page = read(officer, HERE)

    for address in ("guidance/", "sections/new/", "sections/people/", "questions/people-asked/", "checks/1/"):
        assert f'href="{HERE}{address}"' in page
    assert "Nothing differs from version 1, which is in use." in page


def test_template_version_that_is_a_draft_is_only_read_by_a_reader(world):
    page = read(client_of(world.cast.reader), HERE)

    assert f'href="{HERE}sections/new/"' not in page
    assert f'href="{HERE}preview/"' in page


def test_template_version_unknown_is_not_found(world, officer):
    read(officer, "/return-templates/short-return/9/", status=404)


def test_template_new_starts_a_draft(world, officer):
    url, page = posted(officer, "/return-templates/new/", name="Court support", like=world.first.pk, source="")

    assert url == "/return-templates/court-support/1/"
    assert "People satisfied" in page


def test_template_new_says_what_is_wrong_above_what_was_typed(world, officer):
    response = officer.post("/return-templates/new/", {"name": "Ours", "for_purpose": ["VICTIMS"]})

    page = text_of(response)
    assert "“Support for victims” is served by Victims return already." in page
    assert 'value="Ours"' in page


def test_template_edit_changes_name_and_purpose(world, officer):
    _, page = posted(officer, "/return-templates/short-return/change/", name="Shorter return", source="A book")

    assert "Shorter return" in page and "A book" in page


def test_template_version_start_copies_the_version_in_use(world, officer):
    url, _ = posted(officer, "/return-templates/grants-return/new-version/")

    assert url == "/return-templates/grants-return/2/"


def test_template_guidance_saves(world, officer):
    _, page = posted(officer, f"{HERE}guidance/", guidance="Count everybody.", why="Asked for")

    assert "Count everybody." in page and "Asked for" in page


def test_template_section_new_offers_each_part_once(world, officer):
    page = read(officer, f"{HERE}sections/new/")

    assert page.count('name="part"') == 1
    _, page = posted(officer, f"{HERE}sections/new/", part="INDICATORS", title="Waiting", guidance="")
    assert "Waiting: There is nothing to answer in it." in page


def test_template_section_edit_move_and_remove(world, officer):
    posted(officer, f"{HERE}sections/files/", title="Papers", guidance="")
    posted(officer, f"{HERE}sections/files/move/", to="up")
    assert "“Papers”" in read(officer, f"{HERE}sections/files/remove/")
    sections = list(world.draft.sections.values_list("title", flat=True))
    posted(officer, f"{HERE}sections/files/remove/")

    assert sections[-3:] == ["Papers", "Unspent money", "People"]
    assert not world.draft.sections.filter(key="files").exists()


def test_template_question_new_asks_for_the_kind_first(world, officer):
    address = f"{HERE}sections/people/add/"

    assert "What is the answer?" in read(officer, address)
    assert "Select what the answer is" in read(officer, f"{address}?kind=")


FITTING = {
    "COUNT": {"unit", "target", "lowest"},
    "COUNTS": {"categories", "unit", "lowest"},
    "SCORE": {"lowest", "highest"},
    "PERCENTAGE": {"target", "lowest"},
    "TEXT": {"longest"},
    "YES_NO": set(),
    "FILE": set(),
}


@pytest.mark.parametrize(("kind", "fields"), FITTING.items())
def test_template_question_new_shows_only_what_fits_the_kind(world, officer, kind, fields):
    page = read(officer, f"{HERE}sections/people/add/?kind={kind}")

    shown = {name for name in {n for names in FITTING.values() for n in names} if f'name="{name}"' in page}
    assert fields <= shown
    assert shown <= fields | {"highest"}


def test_template_question_new_adds_it(world, officer):
    _, page = posted(
        officer,
        f"{HERE}sections/people/add/?kind=COUNTS",
        label="By age",
        help="Each once",
        categories="Under 18\n\n18 or over\n",
        required="WHEN",
        required_if="people-asked",
    )

    assert "Categories: Under 18, 18 or over" in page
    assert "Needed when “People asked” is above nought or yes" in page


def test_template_question_new_tells_the_rule_beside_what_was_typed(world, officer):
    response = officer.post(
        f"{HERE}sections/people/add/?kind=COUNTS",
        {"label": "By age", "categories": "Old\nold", "required": "NEVER"},
    )

    assert "The category “old” stands there twice. Keep it once." in text_of(response)


def test_template_question_edit_move_and_remove(world, officer):
    assert "People satisfied" in read(officer, f"{HERE}questions/people-satisfied/")
    given = {"label": "Satisfied", "required": "NEVER", "highest": "1,000"}
    _, page = posted(officer, f"{HERE}questions/people-satisfied/", **given)
    assert "1000 or less" in page
    posted(officer, f"{HERE}questions/people-satisfied/move/", to="up")
    posted(officer, f"{HERE}checks/1/remove/")
    posted(officer, f"{HERE}questions/people-asked/remove/")

    assert [row.label for row in queries.indicators_of(world.draft)] == ["Satisfied"]


def test_template_question_remove_says_what_names_it(world, officer):
    _, page = posted(officer, f"{HERE}questions/people-asked/remove/")

    assert "A check is about “people-asked”. Remove that check first." in page


def test_template_check_new_and_edit(world, officer):
    given = {"left": ["people-asked"], "kind": "SUM_IS", "right": "people-satisfied", "only_warns": "no"}
    _, page = posted(officer, f"{HERE}checks/new/", **given)
    assert "“People asked” is the same as “People satisfied”" in page
    assert page.count("Otherwise the return cannot be sent") == 2

    _, page = posted(officer, f"{HERE}checks/2/", **{**given, "only_warns": "yes"})
    assert page.count("Otherwise the return cannot be sent") == 1


def test_template_put_to_use_opens_returns_with_it(world, officer):
    posted(officer, f"{HERE}guidance/", guidance="New words.", why="Asked for")
    url, page = posted(officer, f"{HERE}put-to-use/")

    assert url == HERE
    assert "Returns opened from now on ask for it." in page
    assert queries.version_in_use(world.first.template).number == 2


def test_template_put_to_use_refused_says_why(world, officer):
    _, page = posted(officer, f"{HERE}put-to-use/")

    assert "Nothing differs from version 1, which is in use." in page


def test_template_discard_asks_first(world, officer):
    assert "Everything written in this draft goes." in read(officer, f"{HERE}discard/")
    url, _ = posted(officer, f"{HERE}discard/")

    assert url == "/return-templates/short-return/"
    assert not TemplateVersion.objects.filter(pk=world.draft.pk).exists()


def test_template_changes_are_told_before_and_after(world, officer):
    posted(officer, f"{HERE}questions/people-asked/", label="People questioned", required="NEVER")

    page = read(officer, f"{HERE}changes/")

    assert "People: People questioned: Needed" in page
    assert '<span class="portal-before">Always</span>' in page
    assert '<span class="portal-after">Never</span>' in page


def test_template_preview_is_drawn_by_the_forms_of_real_returns(world, officer):
    page = read(officer, "/return-templates/victims-return/1/preview/?section=i-experience")

    assert "Nothing can be typed and nothing is saved." in page
    assert '<fieldset class="govuk-fieldset" disabled' in page
    assert "Distance travelled" in page and "Average score before" in page
    assert page.count('name="row-') == 7


def test_template_preview_shows_the_help_of_a_question(world, officer):
    page = read(officer, "/return-templates/victims-return/1/preview/?section=i-people")

    assert "Everybody who was put in touch with you in the period" in page
    assert "Put each person under the crime they mainly came to you for." in page


MORE = {
    "COUNTS": {"categories": "Old\nYoung"},
    "SCORE": {"lowest": "1", "highest": "10"},
    "TEXT": {"longest": "500"},
}


def test_template_of_every_kind_of_question_is_previewed_and_printed(world, officer):
    for kind in IndicatorKind:
        given = {"label": f"Asked as {kind}", "required": "NEVER", **MORE.get(kind, {})}
        posted(officer, f"{HERE}sections/people/add/?kind={kind}", **given)

    page = read(officer, f"{HERE}preview/?section=i-people")
    workbook = zipfile.ZipFile(io.BytesIO(officer.get(f"{HERE}workbook/").content))

    assert [kind for kind in IndicatorKind if f"Asked as {kind}" not in page] == []
    words = workbook.read("xl/sharedStrings.xml").decode()
    assert [kind for kind in IndicatorKind if f"Asked as {kind}" not in words] == []


@pytest.mark.parametrize("slug", ["spend", "outcomes", "outputs", "i-people", "projects", "overall", "underspend"])
def test_template_preview_shows_every_kind_of_section(world, officer, slug):
    page = read(officer, f"/return-templates/grants-return/1/preview/?section={slug}&return=before-the-end")

    assert '<strong aria-current="page">' in page
    assert ("Expected" in page) is (slug == "spend")


def test_template_preview_of_an_unknown_section_is_not_found(world, officer):
    read(officer, "/return-templates/grants-return/1/preview/?section=nowhere", status=404)


@pytest.mark.parametrize("key", ["grants-return", "victims-return"])
def test_template_workbook_is_a_workbook(world, officer, key):
    response = officer.get(f"/return-templates/{key}/1/workbook/")

    assert response["Content-Disposition"] == f'attachment; filename="{key}-version-1-example.xlsx"'
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(response.content)).namelist()


def test_template_pages_of_a_frozen_version_say_so(world, officer):
    response = officer.get("/return-templates/short-return/1/sections/new/")

    assert response.status_code == 302
    assert "Version 1 is in use, so it stays as it is." in text_of(officer.get(response.url))
