"""Commitments and sources of funds, walked by the real actions to the state asked for."""

from datetime import UTC, date, datetime
from decimal import Decimal

from pcc_portal.actions import commitments as hall
from plans.actions import commitments
from plans.models import FundingSource

ENTERED = datetime(2020, 4, 6, 9, 0, tzinfo=UTC)
DECIDED = datetime(2020, 4, 20, 9, 0, tzinfo=UTC)


def commitment(cast, plan, *, amount=Decimal("12000"), title="Deaths reviews", **details):
    """Costs that arise case by case in the year, entered by the officer."""
    wishes = {
        "stream": plan.csps,
        "funding_source": plan.own,
        "purpose": "Reviews of deaths",
        "reason": "The law asks for them, one by one",
        "year": "2020/21",
        "case_by_case": True,
    }
    return commitments.enter_commitment(
        title=title, amount=amount, **{**wishes, **details}, by=cast.officer, at=ENTERED
    )


def commented(cast, line):
    """The line with the chief finance officer's comment."""
    return commitments.comment_on_commitment(commitment=line, comment="Affordable", by=cast.cfo, at=ENTERED)


def decided(cast, line, *, amount=None, outcome=None):
    """The line, approved by the commissioner in full unless a lower sum is given."""
    line = commented(cast, line)
    outcome = outcome or ("APPROVED" if amount is None else "APPROVED_LOWER")
    hall.decide_commitment(
        commitment=line, outcome=outcome, amount=amount or line.amount, reason="Needed", by=cast.pcc, at=DECIDED
    )
    line.refresh_from_db()
    return line


def cost(cast, line, *, amount=Decimal("500"), on=date(2020, 6, 1)):
    """One cost of a decided line, recorded by finance."""
    return commitments.record_cost(
        commitment=line, on=on, amount=amount, what="A review", by=cast.finance,
        at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
    )  # fmt: skip


def source(plan, key, **facts):
    """A source of funds of the office's own, as a plan file would load it."""
    wishes = {
        "plan": plan.plan,
        "name": key.replace("-", " ").capitalize(),
        "funder": "The Ministry",
        "starts_on": date(2020, 4, 1),
        "ends_on": date(2021, 3, 31),
        "amount": Decimal("10000"),
        "basis": "AWARD",
    }
    return FundingSource.objects.create(key=key, **{**wishes, **facts})


def spent_source(plan):
    """A source that is over, whose money may be carried over; `into` is the one that follows it."""
    over = source(plan, "grant-2019-20", starts_on=date(2019, 4, 1), ends_on=date(2020, 3, 31), carry_over_allowed=True)
    over.into = source(plan, "grant-2020-21", starts_on=date(2020, 4, 1), follows=over)
    return over
