"""Who may decide, when publicity waits, who must be somebody else: every sentence once."""

from datetime import date
from decimal import Decimal

import pytest

from plans import rules
from plans.models import Delegation, SensitivePeriod
from tests.make import accounts, plans

pytestmark = pytest.mark.django_db
ON = date(2020, 6, 1)


@pytest.fixture
def world(db):
    cast = accounts.cast()
    plan = plans.plan(cast)
    return cast, plan


def delegate(plan, **fields):
    given = {"reference": "DEL-1", "post": "CHIEF_EXECUTIVE", "starts_on": date(2020, 4, 1), **fields}
    return Delegation.objects.create(body=plan.body, **given)


@pytest.mark.parametrize(
    ("who", "given", "amount", "sentence"),
    [
        ("pcc", None, 900000, ""),
        ("officer", None, 1, "Only the commissioner, or a post with a recorded delegation, decides on spend."),
        (
            "chief_executive",
            None,
            1,
            "No delegation is recorded for your post on this day, so the commissioner decides.",
        ),
        (
            "chief_executive",
            {"ends_on": date(2020, 5, 31)},
            1,
            "No delegation is recorded for your post on this day, so the commissioner decides.",
        ),
        (
            "chief_executive",
            {"starts_on": date(2020, 6, 2)},
            1,
            "No delegation is recorded for your post on this day, so the commissioner decides.",
        ),
        ("cfo", {}, 1, "No delegation is recorded for your post on this day, so the commissioner decides."),
        (
            "chief_executive",
            {"stream": "thirds"},
            1,
            "Your delegation does not cover Community Safety Partnerships, so the commissioner decides.",
        ),
        (
            "chief_executive",
            {"limit": Decimal("10000")},
            "10000.01",
            "Your delegation DEL-1 goes up to £10,000 and this is £10,000.01, so the commissioner decides.",
        ),
        ("chief_executive", {"limit": Decimal("10000")}, 10000, ""),
        ("chief_executive", {"stream": "crg"}, 1, ""),
        ("chief_executive", {"stream": "csps", "ends_on": ON, "starts_on": ON}, 1, ""),
        ("chief_executive", {"limit": Decimal("1")}, None, ""),
    ],
)
def test_why_not_decide_as(world, who, given, amount, sentence):
    cast, plan = world
    if given is not None:
        stream = {"stream": getattr(plan, given["stream"])} if "stream" in given else {}
        made = delegate(plan, **{**given, **stream})
    amount = None if amount is None else Decimal(amount)

    said, delegation = rules.why_not_decide_as(getattr(cast, who), stream=plan.csps, amount=amount, on=ON)

    assert said == sentence
    assert delegation == (made if given is not None and not sentence else None)


def test_why_not_decide_as_takes_the_wider_of_two_delegations(world):
    cast, plan = world
    delegate(plan, limit=Decimal("10"))
    wide = delegate(plan, reference="DEL-2", limit=Decimal("500"))

    said, delegation = rules.why_not_decide_as(cast.chief_executive, stream=plan.csps, amount=Decimal("400"), on=ON)

    assert (said, delegation) == ("", wide)


@pytest.mark.parametrize(
    ("day", "waits"),
    [
        (date(2021, 3, 21), False),
        (date(2021, 3, 22), True),
        (date(2021, 5, 6), True),
        (date(2021, 5, 7), False),
    ],
)
def test_why_not_publish_on(world, day, waits):
    SensitivePeriod.objects.create(
        key="election", name="the election", starts_on=date(2021, 3, 22), ends_on=date(2021, 5, 6)
    )

    said = rules.why_not_publish_on(day)

    assert said == (
        "Publicity waits until 6 May 2021 has passed because of the election. Offers and payments do not wait."
        if waits
        else ""
    )


@pytest.mark.parametrize(
    ("advised", "sentence"),
    [(False, ""), (True, "You evaluated or advised on this, so somebody else decides it.")],
)
def test_why_not_decide_after(world, advised, sentence):
    cast, _ = world

    assert rules.why_not_decide_after(cast.head, {cast.head.pk} if advised else {cast.officer.pk}) == sentence


@pytest.mark.parametrize(
    ("advised", "decided", "sentence"),
    [
        (False, False, ""),
        (True, False, "You evaluated or advised on this spend, so somebody else releases the money."),
        (False, True, "You decided on this spend, so somebody else releases the money."),
        (True, True, "You decided on this spend, so somebody else releases the money."),
    ],
)
def test_why_not_release_after(world, advised, decided, sentence):
    cast, _ = world
    me = {cast.finance.pk}

    assert rules.why_not_release_after(cast.finance, me if advised else set(), me if decided else set()) == sentence


def test_ancestors_climb_to_the_top(world):
    _, plan = world

    assert rules.ancestors(plan.csps) == [plan.csps.pk, plan.crg.pk]
