"""What a contract is worth and what has been paid under it, in pounds (S1)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

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
        value_known=sum((period.amount for period in agreed if period.known), ZERO),
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
