"""An award with several sources, split to the penny."""

from decimal import Decimal

import pytest

from grants.queries import sources

SHARES = [
    ("100.00", ["50", "50"], ["50.00", "50.00"]),
    ("0.01", ["1", "1", "1"], ["0.00", "0.01", "0.00"]),
    ("100.00", ["1", "1", "1"], ["33.33", "33.34", "33.33"]),
    ("202000", ["614000", "202000"], ["151995.10", "50004.90"]),
    ("5.00", ["0", "0"], ["5.00", "0.00"]),
    ("5.00", ["0", "1"], ["0.00", "5.00"]),
    ("5.00", [], []),
]


@pytest.mark.parametrize(("amount", "shares", "parts"), SHARES)
def test_split_adds_up_to_the_penny(amount, shares, parts):
    found = sources.split(Decimal(amount), [Decimal(share) for share in shares])

    assert found == [Decimal(part) for part in parts]
    assert sum(found, Decimal(0)) == (Decimal(amount) if shares else 0)
