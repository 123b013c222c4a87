"""The commissioner's dashboard as read off the page."""

import re
from decimal import Decimal

from pcc_portal.queries import money

from .person import Person


def figures(world):
    """The dashboard's figures of the partnerships' stream, read off the page; each agrees with its rows."""
    page = Person(world.cast.pcc).visit("/dashboard/").page
    found = {}
    for key in money.FIGURES:
        behind = f"/dashboard/{key}/?stream={world.plan.csps.key}"
        links = ["".join(a.itertext()) for a in page.all("a") if a.get("href") == behind]
        shown = [re.search(r"£([\d,.]+)", link) for link in links]
        found[key] = sum((Decimal(match.group(1).replace(",", "")) for match in shown if match), Decimal(0))
        rows = money.rows_behind(key, stream_ids=[world.plan.csps.pk])
        assert found[key] == sum((row.value for row in rows), Decimal(0)), key
    return found
