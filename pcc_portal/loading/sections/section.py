"""What a section of a plan file is."""

from dataclasses import dataclass, field
from decimal import Decimal

from ..kinds import Day, Sum, Text

LONG = Text(limit=10_000)
MONEY = Sum()
DAY = Day()


@dataclass(frozen=True)
class Section:
    """One section: its rows by key, their fields, their table, and what its rows belong to.

    `figures`: fields which, when given, need a citation under `source`. `belongs_to`: the column
    that holds the plan or body. `says_example`: the table has an `is_example` column. `natural`: the
    fields that tell rows apart where the table has no key. `scoped`: a key is that of one plan only. `delivered`: the
    source of rows that came with the portal; while nobody has touched one, a file may say otherwise.
    """

    name: str
    noun: str
    model: type
    fields: dict = field(default_factory=dict)
    single: bool = False
    key_column: str = "key"
    belongs_to: str = ""
    says_example: bool = False
    figures: tuple = ()
    natural: tuple = ()
    scoped: bool = False
    delivered: str = ""


def needed(limit=200, **more):
    return Text(required=True, limit=limit, **more)


def percent(default=None, highest=100, **more):
    """A share in per cent with two decimals."""
    return Sum(default=default, noun="a share in per cent", highest=Decimal(highest), **more)
