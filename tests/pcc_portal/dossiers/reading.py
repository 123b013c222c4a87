"""A pack as a machine reads it from HTML: every value beside what is printed for it."""

from decimal import Decimal
from html.parser import HTMLParser


class Page(HTMLParser):
    """Sections by their id; in each the facts by label and the tables by caption, as rows of (value, printed)."""

    def __init__(self, html):
        super().__init__()
        self.sections, self._section = {}, None
        self._table = self._row = self._cell = self._label = self._caption = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "section":
            name = given.get("aria-labelledby") or given.get("id", "")
            self._section = self.sections.setdefault(name.removeprefix("evidence-"), {"facts": {}, "tables": {}})
        elif self._section is None:
            return
        elif tag == "table":
            self._table = []
        elif tag == "caption":
            self._caption = ""
        elif tag == "tr":
            self._row = []
        elif tag in ("td", "th", "dt", "dd"):
            self._cell = [None, ""]
        elif tag in ("data", "time") and self._cell:
            self._cell[0] = given.get("value") or given.get("datetime")

    def handle_data(self, text):
        if self._caption is not None:
            self._caption += text
        elif self._cell is not None:
            self._cell[1] += text

    def handle_endtag(self, tag):
        if self._section is None:
            return
        if tag == "caption":
            self._name, self._caption = self._caption.strip(), None
        elif tag in ("td", "th") and self._row is not None and self._cell:
            self._row.append((self._cell[0], self._cell[1].strip()))
            self._cell = None
        elif tag == "dt":
            self._label, self._cell = self._cell[1].strip(), None
        elif tag == "dd":
            self._section["facts"][self._label] = (self._cell[0], self._cell[1].strip())
            self._cell = None
        elif tag == "tr" and self._table is not None:
            self._table.append(self._row)
        elif tag == "table":
            if self._name.endswith(": in short"):
                self._section["facts"] |= {row[0][1]: row[1] for row in self._table}
            else:
                self._section["tables"][self._name] = self._table[1:]
            self._table = None
        elif tag == "section":
            self._section = None

    def fact(self, section, label):
        return self.sections[section]["facts"][label]

    def table(self, section, caption):
        """The rows beneath the head of a table."""
        return self.sections[section]["tables"].get(caption, [])


def sum_in(cell):
    """A sum as exact value, after asserting that what is printed is the same sum."""
    value, printed = cell
    if value is None:
        assert "£" not in printed
        return None
    words = printed.lower().removeprefix("at least ").split(" (")[0]
    assert Decimal(words.replace("£", "").replace(",", "")) == Decimal(value), cell
    return Decimal(value)
