"""The same person in a real browser: what `Person` does over HTTP, done with Chromium, with or without JavaScript."""

import re
from pathlib import Path
from zlib import crc32

from axe_playwright_python.sync_playwright import Axe

from tests.conftest import TORTURE_AT_FULL_STRENGTH
from tests.make.accounts import PASSWORD

AXE = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
}
WIDTHS = (375, 768, 1280)


def widths_for_axe(url):
    """Every width at full strength; else one for each page, a third of the pages for each width."""
    return WIDTHS if TORTURE_AT_FULL_STRENGTH else (WIDTHS[crc32(pattern_of(url).encode()) % len(WIDTHS)],)


def pattern_of(url):
    """An address without its references and numbers."""
    return re.sub(r"[A-Z]{2}-\d{4}-\d+|\d+", "N", url)


class Visitor:
    """Somebody at a browser; every new page is checked at three widths, `seen` holding those checked before."""

    def __init__(self, browser, address, user, *, javascript=True, seen=None):
        self.address, self.javascript = address, javascript
        self.context = browser.new_context(java_script_enabled=javascript, viewport={"width": 1280, "height": 900})
        self.context.set_default_timeout(20_000)
        self.page = self.context.new_page()
        self.faults, self.seen = [], set() if seen is None else seen
        self.page.on("pageerror", lambda error: self.faults.append((self.page.url, str(error))))
        self.page.on("console", self._told)
        self.page.on("response", self._answered)
        self.sign_in(user)

    def sign_in(self, user):
        """Sign in through the page."""
        self.page.goto(f"{self.address}/account/login/")
        self.page.get_by_label("E-mail address").fill(user.email)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self._arrived()

    def visit(self, path):
        self.page.goto(f"{self.address}{path}")
        return self._arrived()

    def follow(self, label):
        exact = self.page.locator("a:visible").filter(has_text=re.compile(rf"^\s*{re.escape(label)}\s*$"))
        (exact if exact.count() else self.page.locator("a:visible").filter(has_text=label)).first.click()
        return self._arrived()

    def download(self, label):
        """What a link hands out as a file, as bytes."""
        with self.page.expect_download() as caught:
            self.page.get_by_role("link", name=label).or_(self.page.get_by_role("button", name=label)).first.click()
        return Path(caught.value.path()).read_bytes()

    def fill(self, label, value, *, within=None):
        self._type(self._control(label, within), value)
        return self

    @staticmethod
    def _type(control, value):
        if control.evaluate("e => e.tagName") == "SELECT":
            control.select_option(label=str(value))
        else:
            control.fill(str(value))

    def fill_each(self, beginning, values):
        labels = self.page.locator("label").filter(has_text=re.compile(rf"^\s*{re.escape(beginning)}")).all()
        values = [values] * len(labels) if isinstance(values, str) else values
        for label, value in zip(labels, values, strict=True):
            self._type(self.page.locator(f"[id='{label.get_attribute('for')}']"), value)
        return self

    def choose_each(self, label):
        for found in self.page.locator("label").filter(has_text=re.compile(rf"^\s*{re.escape(label)}\s*$")).all():
            self.page.locator(f"[id='{found.get_attribute('for')}']").check(force=True)
        return self

    def fill_date(self, legend, day):
        group = self.page.get_by_role("group", name=legend).first
        for part in ("Day", "Month", "Year"):
            group.get_by_label(part, exact=True).fill(str(getattr(day, part.lower())))
        return self

    def choose(self, label, *, within=None):
        self._control(label, within).check(force=True)
        return self

    def attach(self, label, name, content, content_type):
        control = self._control(label, None)
        if control.evaluate("e => e.tagName") == "BUTTON":  # scripts put a button before the box for a file
            control = self.page.locator(f"[id='{control.get_attribute('id')}-input']")
        control.set_input_files({"name": name, "mimeType": content_type, "buffer": content})
        return self

    def press(self, label):
        self.page.get_by_role("button", name=re.compile(f"^{re.escape(label)}"), disabled=False).first.click()
        return self._arrived()

    def sees(self, *texts):
        found = self._text()
        for text in texts:
            assert text in found, f"“{text}” is not on {self.page.url}:\n{found[:4000]}"
        return self

    def does_not_see(self, *texts):
        found = self._text()
        for text in texts:
            assert text not in found, f"“{text}” is on {self.page.url}"
        return self

    def leave(self):
        """Close the browser; every fault found on the way is told."""
        self.context.close()
        assert self.faults == []

    def _control(self, label, within):
        where = self.page.get_by_role("group", name=within).first if within else self.page
        exact = where.get_by_label(re.compile(rf"^{re.escape(label)}( \(optional\))?$"))
        return (exact if exact.count() else where.get_by_label(label)).first

    def _text(self):
        return re.sub(r"\s+", " ", self.page.locator("main").inner_text())

    def _told(self, line):
        if line.type == "error":
            self.faults.append((self.page.url, line.text))

    def _answered(self, response):
        if response.status >= 400:
            self.faults.append((response.url, response.status))

    def _arrived(self):
        self.page.wait_for_load_state("load")
        pattern = pattern_of(self.page.url)
        if pattern not in self.seen:
            self.seen.add(pattern)
            self.check()
        return self

    def check(self):
        """Nothing runs off the side of the screen, and axe finds nothing; without scripts axe cannot look."""
        if not self.javascript:
            return
        self.page.evaluate(Axe().axe_script)
        looked_at = widths_for_axe(self.page.url.removeprefix(self.address))
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            if not self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
                self.faults.append((width, self.page.url, "wider than the screen"))
            if width not in looked_at:
                continue
            for fault in self.page.evaluate("options => axe.run(options)", AXE)["violations"]:
                self.faults.append((width, self.page.url, fault["id"], fault["nodes"][0]["html"][:200]))
