"""What a contract is worth and what has been paid under it, in pounds (S1)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts import access
from accounts.roles import Permission
from plans.enums import Basis
from records import calendar

from ..models import ContractPayment, ContractValue
from .term import term

ZERO = Decimal(0)


@dataclass(frozen=True)
class PeriodMoney:
    """One period of the profile: `amount` is None where no source says.

    `agreed` is False beyond the agreed term; a period `outlasts` the term that ends within it.
    """

    starts_on: date
    ends_on: date
    amount: Decimal | None
    basis: str
    source: str
    agreed: bool
    outlasts: bool
    value: ContractValue | None
    paid: Decimal

    @property
    def basis_words(self):
        return Basis(self.basis).label if self.basis else ""

    @property
    def known(self):
        """Whether a source states what the agreed term costs in this period; not where the period outlasts the term."""
        return self.agreed and not self.outlasts and self.amount is not None

    @property
    def left(self):
        """What is not paid of a known amount; None where the amount is not known."""
        return None if self.amount is None else self.amount - self.paid


@dataclass(frozen=True)
class ContractMoney:
    """The money of one contract over its agreed term, as it stands on a day.

    `value_known` adds up what sources state and `values_unknown` counts the periods they do not;
    `value_total` is None where any is unknown, so that "at least" is said of `value_known`. `paid` is
    every payment made by that day, `unplaced` that part of it which falls into no period shown.
    """

    by_period: tuple[PeriodMoney, ...]
    value_known: Decimal
    values_unknown: int
    paid: Decimal
    unplaced: Decimal
    payments: int

    @property
    def value_total(self):
        return None if self.values_unknown else self.value_known

    @property
    def left(self):
        """What is not paid of the value known; "at least" where a value is unknown. Never less than nothing."""
        return max(self.value_known - self.paid, ZERO)

    @property
    def overpaid(self):
        """What was paid beyond a value that is wholly known."""
        return ZERO if self.values_unknown else max(self.paid - self.value_known, ZERO)

    @property
    def agreed(self):
        return [period for period in self.by_period if period.agreed]


def money_of(contract, *, on):
    """The money of a contract on a day: values, what is unknown, paid, left, each period of the profile.

    Days of the agreed term that no value row covers stand as a period whose value is unknown. A payment
    counts in the period that holds the first day it covers.
    """
    ends_on = term(contract).ends_on
    spans = _spans(contract.starts_on, ends_on, list(contract.values.order_by("starts_on")))
    paid = list(ContractPayment.objects.filter(contract=contract, paid_on__lte=on))
    periods = tuple(
        PeriodMoney(
            starts_on=first,
            ends_on=last,
            amount=value.amount if value else None,
            basis=value.basis if value else "",
            source=value.source if value else "",
            agreed=first <= ends_on,
            outlasts=first <= ends_on < last,
            value=value,
            paid=sum((row.amount for row in paid if first <= row.covers_from <= last), ZERO),
        )
        for first, last, value in spans
    )
    agreed = [period for period in periods if period.agreed]
    total = sum((row.amount for row in paid), ZERO)
    return ContractMoney(
        by_period=periods,
        value_known=sum((period.amount or ZERO for period in agreed if period.known), ZERO),
        values_unknown=sum(not period.known for period in agreed),
        paid=total,
        unplaced=total - sum((period.paid for period in periods), ZERO),
        payments=len(paid),
    )


def _spans(starts_on, ends_on, values):
    """The value rows with the days between them, as (first day, last day, row or None), in order."""
    spans, day = [], starts_on
    for value in values:
        if day < value.starts_on and day <= ends_on:
            spans.append((day, min(value.starts_on - calendar.DAY, ends_on), None))
        spans.append((value.starts_on, value.ends_on, value))
        day = max(day, value.ends_on + calendar.DAY)
    if day <= ends_on:
        spans.append((day, ends_on, None))
    return spans


@dataclass(frozen=True)
class Promptness:
    """How soon invoices were paid after they were received (Procurement Act 2023, section 69)."""

    paid: int
    within_30: int
    within_60: int
    later: int
    days: Decimal | None

    @property
    def share(self):
        """Per cent paid within thirty days, to one place; None where nothing was paid."""
        return round(Decimal(100 * self.within_30) / self.paid, 1) if self.paid else None


def promptness(payments):
    """The figures over paid invoices whose day of receipt is known."""
    took = [(row.paid_on - row.received_on).days for row in payments if row.paid_on and row.received_on]
    return Promptness(
        paid=len(took),
        within_30=sum(days <= 30 for days in took),
        within_60=sum(30 < days <= 60 for days in took),
        later=sum(days > 60 for days in took),
        days=round(Decimal(sum(took)) / len(took), 1) if took else None,
    )


def payments_of(contract):
    """The invoices and payments of a contract, newest period first."""
    return contract.payments.select_related("funding_source").order_by("-covers_from", "-pk")


@dataclass(frozen=True)
class MoneySummary:
    """What the page of a contract says of its money."""

    money: ContractMoney
    sources: tuple
    unpaid: int
    prompt: Promptness
    manages: bool


def summary_of(contract, user, *, on):
    """The money part of the page of a contract."""
    payments = list(payments_of(contract))
    return MoneySummary(
        money=money_of(contract, on=on),
        sources=tuple(contract.funding.select_related("funding_source").order_by("funding_source__name")),
        unpaid=sum(row.paid_on is None for row in payments),
        prompt=promptness(payments),
        manages=access.may(user, Permission.CONTRACT_MANAGE),
    )
