"""Reads about schools, terms and topics; in which terms the days of an input fall (P5)."""

import re
from datetime import date, timedelta

from django.db.models import Q

from ..models import School, SchoolTerm, SchoolTopic

# A holiday belongs to the term before it; no holiday is longer than seven weeks.
HOLIDAY = timedelta(days=49)
# Terms of a school year where the office has listed none: (name, first month, last month).
THIRDS = (("Autumn term", 9, 12), ("Spring term", 1, 3), ("Summer term", 4, 8))
NUMBER_AT_END = re.compile(r"\(([0-9]{1,10})\)\s*$")
MOST_NAMED = 5


def terms():
    """The terms the office has listed, in order."""
    return list(SchoolTerm.objects.order_by("starts_on", "pk"))


def topics():
    """What inputs are about."""
    return SchoolTopic.objects.order_by("name")


def year_of(day):
    """The school year of a day as its first calendar year: September to August."""
    return day.year if day.month >= 9 else day.year - 1


def year_words(year):
    """A school year as people write it: 2020/21."""
    return f"{year}/{(year + 1) % 100:02d}"


def year_days(year):
    """First and last day of a school year."""
    return date(year, 9, 1), date(year + 1, 8, 31)


def terms_touched(starts_on, ends_on, listed):
    """Names of the terms some days fall in. Days in a holiday count to the term before it.

    Where no listed term is near, the thirds of a school year stand in.
    """
    inside = [term.name for term in listed if term.starts_on <= ends_on and starts_on <= term.ends_on]
    if inside:
        return tuple(inside)
    before = [term for term in listed if term.ends_on < starts_on <= term.ends_on + HOLIDAY]
    return (before[-1].name,) if before else thirds_touched(starts_on, ends_on)


def thirds_touched(starts_on, ends_on):
    """The same by the calendar alone: September to December, January to March, April to August."""
    found = []
    for year in range(year_of(starts_on), year_of(ends_on) + 1):
        for name, first, last in THIRDS:
            begins = date(year if first >= 9 else year + 1, first, 1)
            ends = date(begins.year + (last == 12), last % 12 + 1, 1) - timedelta(days=1)
            if begins <= ends_on and starts_on <= ends:
                found.append(f"{name} {year_words(year)}")
    return tuple(found)


def roots():
    """{school: the first of those it follows}, for schools that follow another: they are one place."""
    follows = dict(School.objects.filter(follows__isnull=False).values_list("pk", "follows_id"))
    found = {}
    for school in follows:
        root, seen = school, set()
        while root in follows and root not in seen:
            seen.add(root)
            root = follows[root]
        found[school] = root
    return found


def same_place(schools, known_roots):
    """The schools of these ids with all that follow them or that they follow."""
    wanted = {known_roots.get(school, school) for school in schools}
    return wanted | {school for school, root in known_roots.items() if root in wanted}


def register():
    """Every school, by name."""
    return School.objects.order_by("name", "pk")


def area_choices():
    """The areas schools are in, for filters."""
    return [(area, area) for area in School.objects.order_by("area").values_list("area", flat=True).distinct()]


def in_words(school):
    """A school as it is typed and shown in a box: its name and its number."""
    return f"{school.name} ({school.urn})"


def key_of(typed):
    """What was typed in a box for a school, as the number in it or the words in small letters."""
    typed = " ".join(typed.split())
    at_end = NUMBER_AT_END.search(typed)
    return at_end[1] if at_end else typed.casefold()


def named(typed):
    """{what was typed: schools it may mean}, of several boxes in one query; a number means one school."""
    keys = {text: key_of(text) for text in typed if text and text.strip()}
    if not keys:
        return {}
    asked = Q(urn__in=[key for key in keys.values() if key.isdigit()])
    for words in {key for key in keys.values() if not key.isdigit()}:
        asked |= Q(name__icontains=words)
    rows = list(School.objects.filter(asked).order_by("name", "pk")[:500])
    return {text: _meant(key, rows) for text, key in keys.items()}


def _meant(key, rows):
    if key.isdigit():
        return [row for row in rows if row.urn == key]
    exact = [row for row in rows if row.name.casefold() == key]
    return exact or [row for row in rows if key in row.name.casefold()]


def why_not_one(typed, found):
    """Say why what was typed does not name one school, or nothing."""
    if len(found) == 1:
        return ""
    if not found:
        return (
            f"No school in the register is called “{typed}” or has that number. Look it up in the register of schools"
        )
    listed = "; ".join(f"{row.name}, {row.area} ({row.urn})" for row in found[:MOST_NAMED])
    more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    return f"Several schools match “{typed}”: {listed}{more}. Enter the number of the one you mean"
