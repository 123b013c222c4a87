"""The gallery and the sign-in page in a browser: axe finds nothing, nothing runs off the side, the script works."""

import re

import pytest
from django.test import override_settings

AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
WIDTHS = (375, 768, 1280)

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def open_page(browser):
    opened = []

    def open_(width=1280, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        opened.append(context)
        page = context.new_page()
        page.told = []
        page.on("console", lambda line: page.told.append(line.text) if line.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: page.told.append(str(error)))
        return page

    yield open_
    for context in opened:
        context.close()


def faults(page) -> list:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=AXE).response["violations"]
    return [(fault["id"], [node["html"][:200] for node in fault["nodes"]]) for fault in found]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", ["/parts/", "/account/login/", "/account/password/reset/"])
def test_page_is_accessible_and_fits(live_server, open_page, path, width):
    with override_settings(DEMONSTRATION=True):
        page = open_page(width)
        page.goto(live_server.url + path)

        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.told == []


@pytest.mark.parametrize("width", (375, 1280))
def test_empty_form_shows_the_summary_and_leads_to_the_boxes(live_server, open_page, width):
    with override_settings(DEMONSTRATION=True):
        page = open_page(width)
        page.goto(live_server.url + "/parts/")
        page.evaluate("document.querySelector('#sample-form').requestSubmit(document.querySelector('#submit-id-save'))")
        page.wait_for_selector(".govuk-error-summary")

        assert faults(page) == []
        assert page.title().startswith("Error: ")
        for link in page.locator(".govuk-error-summary a").all():
            link.click()
            assert page.evaluate("document.activeElement.id") == link.get_attribute("href")[1:]


def test_pages_work_without_script(live_server, open_page):
    with override_settings(DEMONSTRATION=True):
        page = open_page(375, java_script_enabled=False)
        page.goto(live_server.url + "/parts/")

        assert page.locator(".portal-filter__form").is_visible()
        page.locator("#submit-id-save").click()
        assert page.locator(".govuk-error-summary").is_visible()


def test_autosave_tells_when_it_saved_and_keeps_text_at_sign_out(live_server, open_page):
    from playwright.sync_api import expect

    with override_settings(DEMONSTRATION=True):
        page = open_page()
        answers = iter([200, 403])
        page.route("**/autosave", lambda route: route.fulfill(status=next(answers), json={}))
        page.route("**/parts/", as_autosaving)
        page.clock.install()
        page.goto(live_server.url + "/parts/")

        page.fill("#id_title", "Safer parks")
        page.clock.run_for(11_000)
        expect(page.locator(".portal-saved")).to_contain_text(re.compile(r"Saved at \d\d:\d\d"))
        page.fill("#id_title", "Safer parks and paths")
        page.clock.run_for(11_000)
        expect(page.locator(".portal-saved")).to_contain_text("signed out")
        page.on("dialog", lambda dialog: dialog.accept())
        page.reload()
        page.get_by_role("button", name="Put it back").click()

        assert page.input_value("#id_title") == "Safer parks and paths"


def as_autosaving(route):
    answer = route.fetch()
    body = answer.text().replace('id="sample-form"', 'id="sample-form" data-autosave data-autosave-url="/autosave"')
    route.fulfill(response=answer, body=body)
