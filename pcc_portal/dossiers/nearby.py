"""What else is funded near a contract on a day, each with the reason it is listed (S2)."""

from ..queries.near import Place, near
from .pack import Row, Section, Table, day, money, text

TABLES = [
    ("award", "Awards", "Value", "None runs on this day."),
    ("contract", "Contracts", "Value a year", "None runs on this day."),
    ("activity", "Activities of partnerships", "Value", "None is proposed or live on this day."),
    ("commitment", "Other commitments", "Value", "None stands on this day."),
]


def nearby_section(contract, on):
    """Everything near that runs on the day; nobody judges here how alike two services are."""
    place = Place(contract.stream, contract.provider)
    found = near(place, starts_on=on, ends_on=on, leave_out=(contract.reference,), most=None)
    tables = tuple(
        Table(
            caption,
            ("Reference", "What", "Who", "From", "To", value, "Why it is listed"),
            tuple(_row(row) for row in found.rows if row.kind == kind),
            none,
        )
        for kind, caption, value, none in TABLES
    )
    lead = "Listed by provider, funding stream, purpose and area, as they are entered; the nearest first."
    return Section("nearby", "What else is funded near it", lead=lead, tables=tables)


def _row(row):
    return Row(
        f"{row.kind}-{row.key}",
        (
            text(row.reference, row.url),
            text(row.name),
            text(row.who or "Not published"),
            day(row.starts_on, "Not published"),
            day(row.ends_on, "Not known"),
            money(row.amount),
            text(row.why),
        ),
    )
