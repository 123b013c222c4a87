"""“Exit this page”: goes elsewhere in the place of the page, by button and by Shift three times."""

from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.browser
SITE = "http://portal.example"
PAGE = """<!DOCTYPE html><title>{title}</title><p id="secret">What I typed</p>
<a data-leave href="/elsewhere">Exit this page</a><a href="/form">Start now</a>
<script type="module" src="/leave.js"></script>"""


@pytest.fixture
def page(browser):
    """A form one step into a site of nothing but text."""
    context = browser.new_context()
    script = (Path(settings.BASE_DIR) / "static/js/leave.js").read_text()

    def answer(route):
        path = route.request.url.removeprefix(SITE)
        if path == "/leave.js":
            return route.fulfill(body=script, content_type="text/javascript")
        return route.fulfill(body=PAGE.format(title=path), content_type="text/html")

    context.route("**/*", answer)
    page = context.new_page()
    page.goto(f"{SITE}/start")
    page.get_by_text("Start now").click()
    page.wait_for_url(f"{SITE}/form")
    yield page
    context.close()


@pytest.mark.parametrize("by", ["button", "Shift three times"])
def test_leave_takes_the_place_of_the_page_in_the_history(page, by):
    if by == "button":
        page.get_by_text("Exit this page").click()
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    page.wait_for_url(f"{SITE}/elsewhere")

    page.go_back()

    assert page.url == f"{SITE}/start"


def test_leave_needs_three_presses_without_another_key_between(page):
    for key in ("Shift", "Shift", "a", "Shift"):
        page.keyboard.press(key)

    assert page.url == f"{SITE}/form"
    assert page.locator("#secret").is_visible()
