"""Writing a section in a real browser: with the script it saves by itself, without it nothing is missing."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from grants.models import Project
from tests.make import accounts, cases, plans

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def case():
    cast = accounts.cast()
    now = timezone.now()
    open_round = cases.round_today(cast, plans.plan(cast), at=now)
    made = cases.business_case(cast, open_round, status="DRAFT", at=now - timedelta(minutes=5))
    made.cast = cast
    return made


@pytest.fixture
def open_page(browser, live_server, case, settings):
    """Open a section of the case as its contributor, with or without scripts."""
    settings.SECOND_FACTOR_REQUIRED = False
    contexts = []

    def open_(slug, *, scripts=True):
        client = Client()
        client.force_login(
            case.cast.maidstone_contributor, backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        context = browser.new_context(java_script_enabled=scripts)
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.session.session_key, "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{live_server.url}/cases/{case.reference}/projects/1/{slug}/")
        return page

    yield open_
    for context in contexts:
        context.close()


def test_project_section_saves_by_itself_while_typing(case, open_page):
    page = open_page("need")
    page.get_by_label("Why is the project needed?").fill("Typed and left alone")
    page.get_by_text("Saved at").wait_for(timeout=20_000)
    assert Project.objects.get().need == "Typed and left alone"

    page.get_by_label("Why is the project needed?").fill("Typed after that")
    page.get_by_role("button", name="Save and return").click()
    page.get_by_text("Project 1, need and evidence: saved").wait_for()
    assert Project.objects.get().need == "Typed after that"


@pytest.mark.parametrize("scripts", [True, False])
def test_project_section_adds_and_removes_rows(case, open_page, scripts):
    page = open_page("budget", scripts=scripts)
    page.get_by_role("button", name="Add another budget line").click()
    third = page.get_by_role("group", name="Budget line 3")
    third.get_by_label("What for").fill("Hall")
    third.get_by_label("Amount").fill("£250")
    page.get_by_role("button", name="Remove budget line 1").click()
    page.get_by_role("group", name="Budget line 3").wait_for(state="detached")
    assert page.get_by_text("has been kept on this computer").count() == 0
    page.get_by_role("button", name="Save and return").click()
    page.get_by_text("Project 1, budget: saved").wait_for()

    assert list(Project.objects.get().budget_lines.values_list("heading", "amount")) == [("Travel", 100), ("Hall", 250)]


def test_project_section_saves_on_enter_and_removes_nothing(case, open_page):
    page = open_page("budget", scripts=False)
    page.get_by_role("group", name="Budget line 1").get_by_label("What for").press("Enter")
    page.get_by_text("Project 1, budget: saved").wait_for()
    assert Project.objects.get().budget_lines.count() == 2
