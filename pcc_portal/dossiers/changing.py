"""What changed since a pack was frozen: the frozen content beside the same rows today."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """One thing that reads otherwise now; empty where it was not there, or is no longer."""

    section: str
    what: str
    was: str
    now: str


def changed_since(frozen, today):
    """The differences between two plain packs, in the order of today's sections; what is gone comes last."""
    was, now = _flat(frozen), _flat(today)
    places = [*now, *(place for place in was if place not in now)]
    nothing = ("", "")
    return [
        Change(place[0], (now.get(place) or was[place])[0], was.get(place, nothing)[1], now.get(place, nothing)[1])
        for place in places
        if was.get(place, nothing)[1] != now.get(place, nothing)[1]
    ]


def _flat(pack):
    """Everything said, by section, table and row: what it is about, and the words."""
    found = {}
    for section in pack["sections"]:
        title = section["title"]
        for fact in section["facts"]:
            found[title, "", fact["label"]] = (fact["label"], fact["cell"]["shown"])
        for table in section["tables"]:
            for row in table["rows"]:
                name = f"{table['caption']}, {row['cells'][0]['shown']}"
                found[title, table["caption"], row["key"]] = (name, _words(table, row))
    return found


def _words(table, row):
    """The cells of a row but the first, which names it."""
    cells = zip(table["columns"][1:], row["cells"][1:], strict=True)
    return "; ".join(f"{column}: {cell['shown']}" for column, cell in cells if cell["shown"])
