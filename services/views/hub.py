"""The page of a contract gathers what every area has to say of it, and leads to the pages of each area.

An area adds one line to PARTS: its summary for the page of the contract, which the template
templates/services/parts/<area>.html shows under the area's own name (`kpis`, `meetings`). And one line to PAGES:
its own page, which shows the same row of links (`frame(contract, user, here=its URL name)`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from accounts import access
from accounts.roles import Permission
from records import queries as records_queries

from .. import queries
from ..queries import extensions, kpis, meetings

# What the office does with its entry; a provider reads what was agreed, owed and paid.
KEPT_INSIDE = ("changed", "added", "removed", "document_removed", "public_copy_set", "paper_made")

# area -> summary_of(contract, user); a part without one says nothing.
PARTS: dict[str, Callable] = {
    "people": queries.parties.summary_of,
    "documents": queries.documents.summary_of,
    "variations": queries.variations.summary_of,
    "extensions": extensions.summary_of,
    "kpis": kpis.summary_of,
    "meetings": meetings.summary_of,
}


@dataclass(frozen=True)
class Page:
    """A page about one contract: its name in the row of links, its URL name, and who is led to it."""

    label: str
    name: str
    permission: Permission = Permission.CONTRACT_READ
    office_only: bool = False


PAGES: list[Page] = [
    Page("Contract", "services:contract_show"),
    Page("Money", "services:payment_list"),
    Page("Variations", "services:variation_list"),
    Page("Documents", "services:document_list"),
    Page("Extensions", "services:extension_list"),
    Page("KPIs", "services:kpi_list"),
    Page("Meetings", "services:meeting_list"),
]


def parts(contract, user, *, on):
    """What each area says on the page of the contract; money as it stands on a day."""
    told = {area: summary_of(contract, user) for area, summary_of in PARTS.items()}
    return {**told, "money": queries.money.summary_of(contract, user, on=on)}


def pages(contract, user, *, here):
    """The row of links to the pages of a contract that this person may open; `here` is the URL name of this page."""
    inside = access.is_office(user)
    return [
        {"label": page.label, "url": reverse(page.name, args=[contract.reference]), "here": page.name == here}
        for page in PAGES
        if access.may(user, page.permission) and (inside or not page.office_only)
    ]


def history(contract, user):
    """What happened to the contract; how the office keeps its entry, and why, is the office's alone."""
    events = records_queries.history(contract)
    return events if access.is_office(user) else events.exclude(verb__in=KEPT_INSIDE)


def list_crumbs():
    """The way back to the list."""
    return [{"label": "Contracts", "url": reverse("services:contract_list")}]


def frame(contract, user, *, here=""):
    """What every page of a contract shows beside its own: the contract, the way back and the row of links."""
    crumbs = list_crumbs()
    if here != "services:contract_show":
        crumbs.append({"label": contract.reference, "url": contract.get_absolute_url()})
    return {"contract": contract, "breadcrumbs": crumbs, "contract_pages": pages(contract, user, here=here)}
