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
    return [_change(place[0], was.get(place), now.get(place)) for place in places if was.get(place) != now.get(place)]


def _change(section, was, now):
    """What differs of one thing: both ways where it stands in both, else all that is said of it."""
    name = (now or was)[0]
    if was and now:
        columns = [column for column in now[1] if now[1][column] != was[1].get(column)]
    else:
        columns = list((now or was)[1])
    return Change(section, name, _words(was, columns), _words(now, columns))


def _words(thing, columns):
    if thing is None:
        return ""
    said = thing[1]
    return "; ".join(f"{column}: {said[column]}" if column else said[column] for column in columns if said.get(column))


def _flat(pack):
    """Everything said, by section, table and row: its name, and what each column says of it."""
    found = {}
    for section in pack["sections"]:
        title = section["title"]
        for fact in section["facts"]:
            found[title, "", fact["label"]] = (fact["label"], {"": fact["cell"]["shown"]})
        for table in section["tables"]:
            for row in table["rows"]:
                first, *others = row["cells"]
                said = {column: cell["shown"] for column, cell in zip(table["columns"][1:], others, strict=True)}
                found[title, table["caption"], row["key"]] = (f"{table['caption']}, {first['shown']}", said)
    return found
