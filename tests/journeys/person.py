"""A person at the portal: reads pages, fills in forms by their labels, presses buttons by their words.

`Person` talks HTTP, as a browser without JavaScript would; `Visitor` (visitor.py) does the same in a real browser.
What a person cannot see on the page, these cannot press.
"""

import re
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit
from xml.etree.ElementTree import TreeBuilder

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

NOT_SENT = {"submit", "button", "image", "reset", "file"}


def words(element):
    """All text of an element, white space folded."""
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


class Tree(HTMLParser):
    """A page as elements. Our pages close what they open, so nothing needs to be guessed; that makes it quick."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.builder, self.open = TreeBuilder(), []
        self.feed(html)
        while self.open:
            self.builder.end(self.open.pop())
        self.root = self.builder.close()

    def handle_starttag(self, tag, attrs):
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.builder.end(tag)
        else:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        self.builder.end(tag)

    def handle_endtag(self, tag):
        if tag not in self.open:
            return
        while self.open:
            closed = self.open.pop()
            self.builder.end(closed)
            if closed == tag:
                break

    def handle_data(self, text):
        if self.open:
            self.builder.data(text)


class Page:
    """One page as parsed: headings, links, forms."""

    def __init__(self, html, url):
        self.url = url
        self.tree = Tree(html).root
        self.parents = {child: parent for parent in self.tree.iter() for child in parent}
        self.ids = {element.get("id"): element for element in self.tree.iter() if element.get("id")}
        main = self.ids.get("main-content")
        self.text = words(main if main is not None else self.tree)

    def all(self, *tags):
        return [element for element in self.tree.iter() if element.tag in tags]

    def form_of(self, element):
        while element is not None and element.tag != "form":
            element = self.parents.get(element)
        return element

    def link(self, label):
        """The first link whose words are, or begin with, the label."""
        links = [link for link in self.all("a") if link.get("href")]
        for test in (lambda text: text == label, lambda text: text.startswith(label), lambda text: label in text):
            for link in links:
                if test(words(link)):
                    return link
        raise AssertionError(f"No link “{label}” on {self.url}:\n{self.text[:3000]}")

    def button(self, label):
        """The button with these words; one that is disabled cannot be pressed."""
        for button in self.all("button", "input"):
            if button.tag == "input" and button.get("type") not in {"submit"}:
                continue
            text = words(button) if button.tag == "button" else button.get("value", "")
            if text == label or text.startswith(label):
                if button.get("disabled") is not None or button.get("aria-disabled") == "true":
                    continue
                return button
        buttons = [words(button) for button in self.all("button")]
        raise AssertionError(f"No button “{label}” on {self.url}, only {buttons}:\n{self.text[:3000]}")

    def control(self, label, *, within=None):
        """The control a label names; `within` is the words of a legend or heading it stands under."""
        for test in (_same, str.startswith):
            for element in self.all("label"):
                if not test(words(element), label) or element.get("for") not in self.ids:
                    continue
                if within and not self._under(element, within):
                    continue
                return self.ids[element.get("for")]
        raise AssertionError(
            f"No field “{label}”{f' under “{within}”' if within else ''} on {self.url}:\n{self.text[:3000]}"
        )

    def group(self, legend):
        """The fieldset with this legend."""
        for element in self.all("legend"):
            if _same(words(element), legend):
                return self.parents[element]
        raise AssertionError(f"No group “{legend}” on {self.url}:\n{self.text[:3000]}")

    def _under(self, element, heading):
        while element is not None:
            if element.tag == "fieldset":
                legend = next((child for child in element if child.tag == "legend"), None)
                if legend is not None and _same(words(legend), heading):
                    return True
            element = self.parents.get(element)
        return False


def _same(found, wanted):
    return found == wanted or found.removesuffix(" (optional)") == wanted


def fields_of(form):
    """What a browser would send for the form as it stands, as a list of (name, value)."""
    sent = []
    for element in form.iter():
        name = element.get("name")
        if not name or element.get("disabled") is not None:
            continue
        if element.tag == "input":
            kind = (element.get("type") or "text").lower()
            if kind in NOT_SENT or (kind in {"checkbox", "radio"} and element.get("checked") is None):
                continue
            sent.append((name, element.get("value", "on" if kind == "checkbox" else "")))
        elif element.tag == "textarea":
            sent.append((name, "".join(element.itertext()).removeprefix("\n")))
        elif element.tag == "select":
            options = [option for option in element.iter() if option.tag == "option"]
            chosen = [option for option in options if option.get("selected") is not None]
            if not chosen and options and element.get("multiple") is None:
                chosen = options[:1]
            sent += [(name, option.get("value", words(option))) for option in chosen]
    return sent


class Person:
    """Somebody signed in, one page before them."""

    def __init__(self, user=None):
        self.client = Client()
        self.user = user
        if user is not None:
            self.client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        self.page = None
        self.files = {}

    def visit(self, path):
        """Open an address and follow where it leads."""
        self._arrive(self.client.get(path, follow=True), path)
        return self

    def follow(self, label):
        """Click a link."""
        return self.visit(urljoin(self.page.url, self.page.link(label).get("href")))

    def download(self, label):
        """What a link hands out as a file, as bytes."""
        answer = self.client.get(urljoin(self.page.url, self.page.link(label).get("href")))
        assert answer.headers["Content-Disposition"].startswith("attachment"), f"“{label}” is no download"
        return b"".join(answer)

    def fill(self, label, value, *, within=None):
        """Type into the field with this label."""
        self._type(self.page.control(label, within=within), value)
        return self

    def _type(self, control, value):
        if control.tag == "textarea":
            for child in list(control):
                control.remove(child)
            control.text = str(value)
        elif control.tag == "select":
            self._select(control, str(value))
        else:
            control.set("value", str(value))

    def fill_each(self, beginning, values):
        """Type into every field whose label begins so, in the order of the page; one value serves for all."""
        labels = [label for label in self.page.all("label") if words(label).startswith(beginning)]
        assert labels, f"No field “{beginning}...” on {self.page.url}:\n{self.page.text[:3000]}"
        values = [values] * len(labels) if isinstance(values, str) else values
        for label, value in zip(labels, values, strict=True):
            self._type(self.page.ids[label.get("for")], value)
        return self

    def choose_each(self, label):
        """Choose the answer with this label in every group that offers it."""
        for found in [other for other in self.page.all("label") if words(other) == label]:
            self._choose(self.page.ids[found.get("for")])
        return self

    def fill_date(self, legend, day):
        """Type a day into the three boxes under a legend."""
        for box in self.page.group(legend).iter():
            if box.tag == "input" and box.get("id"):
                for part in ("day", "month", "year"):
                    if box.get("id").endswith(part):
                        box.set("value", str(getattr(day, part)))
        return self

    def choose(self, label, *, within=None):
        """Choose a radio button or tick a box."""
        self._choose(self.page.control(label, within=within))
        return self

    def _choose(self, control):
        if control.get("type") == "radio":
            for other in self.page.form_of(control).iter():
                if other.get("type") == "radio" and other.get("name") == control.get("name"):
                    other.attrib.pop("checked", None)
        control.set("checked", "checked")

    def attach(self, label, name, content, content_type):
        """Choose a file."""
        self.files[self.page.control(label).get("name")] = (name, content, content_type)
        return self

    def press(self, label):
        """Press a button: the form it stands in is sent as a browser would send it."""
        button = self.page.button(label)
        form = self.page.form_of(button)
        if form is None and button.get("form"):
            form = self.page.ids[button.get("form")]
        sent = fields_of(form)
        if button.get("name"):
            sent.append((button.get("name"), button.get("value", "")))
        action = urljoin(self.page.url, button.get("formaction") or form.get("action") or self.page.url)
        if (form.get("method") or "get").lower() == "get":
            return self.visit(f"{urlsplit(action).path}?{urlencode(sent)}")
        self._arrive(self._post(action, sent, form.get("enctype", "")), action)
        return self

    def sees(self, *texts):
        """Assert that the words stand on the page."""
        for text in texts:
            assert text in self.page.text, f"“{text}” is not on {self.page.url}:\n{self.page.text[:4000]}"
        return self

    def does_not_see(self, *texts):
        for text in texts:
            assert text not in self.page.text, f"“{text}” is on {self.page.url}"
        return self

    def _post(self, action, sent, enctype):
        if enctype != "multipart/form-data":
            return self.client.post(
                action, urlencode(sent), content_type="application/x-www-form-urlencoded", follow=True
            )
        body = {}
        for name, value in sent:
            body.setdefault(name, []).append(value)
        for name, file in self.files.items():
            body[name] = _upload(*file)
        self.files = {}
        return self.client.post(action, body, follow=True)

    def _select(self, control, value):
        for option in control.iter():
            if option.tag == "option":
                option.attrib.pop("selected", None)
        for option in control.iter():
            if option.tag == "option" and value in (words(option), option.get("value")):
                option.set("selected", "selected")
                return
        raise AssertionError(f"No choice “{value}” in {control.get('name')} on {self.page.url}")

    def _arrive(self, response, asked):
        assert response.status_code < 400, f"{asked} answered {response.status_code}: {response.content[:800]!r}"
        url = response.redirect_chain[-1][0] if response.redirect_chain else asked
        if response["Content-Type"].startswith("text/html"):
            self.page = Page(response.content.decode(), url)
        self.response = response


def _upload(name, content, content_type):

    return SimpleUploadedFile(name, content, content_type=content_type)
