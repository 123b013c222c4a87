"""Opportunities, walked by the real actions to the state asked for."""

from datetime import UTC, date, datetime
from decimal import Decimal

from plans.actions import bids, opportunities
from plans.enums import OpportunityStatus as Status

SEEN = datetime(2020, 5, 4, 9, 0, tzinfo=UTC)
PURSUED = datetime(2020, 5, 11, 9, 0, tzinfo=UTC)
SENT = datetime(2020, 6, 1, 9, 0, tzinfo=UTC)
TOLD = datetime(2020, 7, 20, 9, 0, tzinfo=UTC)
CLOSES = date(2020, 6, 5)
WON = {
    "outcome_on": date(2020, 7, 17),
    "amount": Decimal("111005"),
    "name": "Safer places fund 2020/21",
    "purpose": "CRIME_REDUCTION",
    "starts_on": date(2020, 7, 20),
    "ends_on": date(2021, 3, 31),
}


def opportunity(cast, plan, *, status=Status.HORIZON, match=None, **facts):
    """A fund for crime reduction that closes on 5 June 2020, led by the officer."""
    wishes = {
        "plan": plan.plan,
        "funder": "The Ministry",
        "fund": "Safer places fund",
        "purpose": "CRIME_REDUCTION",
        "stream": plan.csps,
        "opens_on": date(2020, 5, 1),
        "closes_on": CLOSES,
        "amount": Decimal("550000"),
        "match_needed": match,
        "lead": cast.officer,
    }
    made = opportunities.enter_opportunity(**{**wishes, **facts}, by=cast.officer, at=SEEN)
    if status == Status.HORIZON:
        return made
    if status == Status.NOT_PURSUED:
        return opportunities.leave_opportunity(opportunity=made, reason="Too small", by=cast.officer, at=PURSUED)
    made = opportunities.pursue_opportunity(opportunity=made, reason="It fits", by=cast.officer, at=PURSUED)
    if status == Status.BIDDING:
        return made
    made = sent(cast, made)
    return won(cast, made, streams=[plan.csps]) if status == Status.WON else made


def sent(cast, made, *, bid_amount=Decimal("120000"), submitted_on=date(2020, 6, 1)):
    """The bid, sent."""
    return opportunities.send_bid(
        opportunity=made, submitted_on=submitted_on, bid_amount=bid_amount, by=cast.officer, at=SENT
    )


def won(cast, made, **facts):
    """The bid, won; its source of funds may not be carried over."""
    return opportunities.win_opportunity(opportunity=made, **{**WON, **facts}, by=cast.officer, at=TOLD)


def partner(cast, made, *, brings=None, agreed_on=None, name="Example Council"):
    return bids.save_partner(
        opportunity=made, organisation=None, name=name, part="CCTV", brings=brings, agreed_on=agreed_on,
        by=cast.officer, at=PURSUED,
    )  # fmt: skip


def task(cast, made, *, due_on=date(2020, 5, 25)):
    return bids.save_task(
        opportunity=made, task="Letter of support", owner="Head", due_on=due_on, by=cast.officer, at=PURSUED
    )
