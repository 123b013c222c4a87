"""What a partnership would lose: each part of its allocation apart, several projects together, unknown sums unknown."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from grants.queries.retaining import Loss


def part(window, amount):
    return SimpleNamespace(amount=Decimal(amount), project=SimpleNamespace(case=SimpleNamespace(window=window)))


def loss(*parts, awarded="0", **sums):
    known = {"amount": Decimal(39661), "main_amount": Decimal(26440), "tactical_amount": Decimal(13220), **sums}
    return Loss(None, SimpleNamespace(**known), awarded=Decimal(awarded), parts=list(parts))


def test_loss_adds_up_projects_and_names_the_parts_that_lose():
    both = loss(part("MAIN", "9000"), part("TACTICAL", "3000"), part("TACTICAL", "220"))

    assert (both.retained, both.before, both.after) == (Decimal(12220), Decimal(39661), Decimal(27441))
    assert both.windows == [
        ("Main window", Decimal(26440), Decimal(17440)),
        ("Tactical pot", Decimal(13220), Decimal(10000)),
    ]
    assert both.share == Decimal("30.8")


@pytest.mark.parametrize(("awarded", "left"), [("0", "30661"), ("30000", "661"), ("39000", "0")])
def test_loss_leaves_what_is_not_awarded_already(awarded, left):
    assert loss(part("MAIN", "9000"), awarded=awarded).left == Decimal(left)


def test_loss_of_an_allocation_that_is_not_published_is_not_known():
    unknown = loss(part("TACTICAL", "100"), amount=None, main_amount=None, tactical_amount=None)

    assert (unknown.after, unknown.left, unknown.share) == (None, None, None)
    assert unknown.windows == [("Tactical pot", None, None)]
