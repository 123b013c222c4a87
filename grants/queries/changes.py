"""What a change of an award would change, before and after, in plain values and in words (X3)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from plans.enums import RequestKind
from records.words import day_in_words, pounds

from .agreed import with_agreed_parts

PARTS_OF = {
    RequestKind.MONEY: ("budget_lines",),
    RequestKind.OUTPUTS: ("outcomes", "outputs"),
    RequestKind.PARTNER: ("partners",),
}
DAYS = {
    RequestKind.TIME: ("ends_on", "Last day of the award"),
    RequestKind.EARLY_END: ("ends_on", "Last day of the award"),
    RequestKind.SUSPENSION: ("until", "Paused until"),
}
NOT_SET, GONE = "Not in it", "Taken out"


@dataclass(frozen=True)
class Row:
    """One line of before and after, in words."""

    label: str
    before: str
    after: str


def standing(award, kind):
    """What a change of this kind may change, as it is agreed now: `before`, and the shape of `after`."""
    if kind in PARTS_OF:
        names = PARTS_OF[RequestKind(kind)]
        lines = with_agreed_parts(award.lines.select_related("project", "decision").order_by("number"), *names)
        return {"lines": [_line(line, names) for line in lines if line.project_id]}
    if kind == RequestKind.PURPOSE:
        return {"purpose": purpose_of(award)}
    return {"until": None} if kind == RequestKind.SUSPENSION else {"ends_on": award.ends_on.isoformat()}


def purpose_of(award):
    """What the award is for: its own words, else those of the decisions on its lines."""
    if award.purpose:
        return award.purpose
    words = award.lines.select_related("decision").order_by("number").values_list("decision__purpose", flat=True)
    return "\n".join(dict.fromkeys(filter(None, words)))


def _line(line, names):
    rows = [ROWS[name](row) for name in names for row in getattr(line.project, name).all()]
    return {"line": line.pk, "title": line.title, "amount": str(line.amount), "rows": rows}


def _budget(row):
    return {"part": "budget_lines", "pk": row.pk, "name": row.heading, "value": str(row.amount_now)}


def _output(row):
    return {"part": "outputs", "pk": row.pk, "name": row.output, "unit": row.unit, "value": str(row.target_now)}


def _outcome(row):
    told = {"part": "outcomes", "pk": row.pk, "name": row.outcome, "unit": row.unit, "value": str(row.target_now)}
    return {**told, "measure": row.measure, "direction": row.direction}


def _partner(row):
    return {"part": "partners", "pk": row.pk, "name": row.name, "value": row.part}


ROWS = {"budget_lines": _budget, "outputs": _output, "outcomes": _outcome, "partners": _partner}


def moved_sum(before, after):
    """Pounds that move between budget lines: what some gain and others lose."""
    was, will = _values(before), _values(after)
    gains = (will[key] - was.get(key, Decimal(0)) for key in will)
    return sum((gain for gain in gains if gain > 0), Decimal(0))


def _values(state):
    return {
        (line["line"], row["pk"] or row["name"]): Decimal(row["value"])
        for line in state.get("lines", [])
        for row in line["rows"]
    }


def rows_of(kind, before, after):
    """What changes, side by side; a part of a project is named with it where there are several."""
    if kind in PARTS_OF:
        several = len(after.get("lines", [])) > 1
        was = {row["part"] + str(row["pk"]): row for line in before.get("lines", []) for row in line["rows"]}
        found = [
            (line["title"], row, was.get(row["part"] + str(row["pk"])) if row["pk"] else None)
            for line in after.get("lines", [])
            for row in line["rows"]
        ]
        return [
            Row(f"{title}: {row['name']}" if several else row["name"], _shown(old), _shown(row))
            for title, row, old in found
            if _told(row) != _told(old)
        ]
    if kind == RequestKind.PURPOSE:
        return [Row("What the award is for", before.get("purpose", ""), after.get("purpose", ""))]
    name, label = DAYS[RequestKind(kind)]
    was = before.get(name)
    return [Row(label, day_of(was) if was else "Not paused", day_of(after[name]) if after.get(name) else "")]


def _told(row):
    return None if row is None else (row["value"], bool(row.get("gone")))


def _shown(row):
    """One part in words."""
    if row is None:
        return NOT_SET
    if row.get("gone"):
        return GONE
    if row["part"] == "budget_lines":
        return pounds(row["value"])
    if row["part"] == "partners":
        return row["value"] or "Delivery partner"
    return f"{_plain(row['value'])} {row.get('unit', '')}".strip()


def _plain(number):
    return number.rstrip("0").rstrip(".") if "." in number else number


def day_of(words):
    """A day as a request keeps it, in words."""
    return day_in_words(date.fromisoformat(words))
