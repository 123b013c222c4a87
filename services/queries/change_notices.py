"""Whether the law asks for a notice before an extension, worked out from what is known of the contract (S2).

Procurement Act 2023: sections 74 and 75. Public Contracts Regulations 2015: regulation 72. The working
is shown with every answer; it is no legal advice and says so.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from records import calendar

from ..enums import ExtensionOutcome, Regime
from .extensions import months_between

SHARE = Decimal(10)  # per cent, for goods and services (section 75)
ADVICE = "This is worked out from what is recorded here. Take advice before you rely on it."
EXTENDING = frozenset({ExtensionOutcome.OFFER, ExtensionOutcome.OFFER_SHORTER, ExtensionOutcome.OUTSIDE})


@dataclass(frozen=True)
class NoticeNeed:
    """Whether a notice is needed; None where it cannot be said. `working` is a line for each step of the answer."""

    needed: bool | None
    working: tuple[str, ...]

    @property
    def words(self):
        return "\n".join([*self.working, ADVICE])

    @property
    def answer(self):
        if self.needed is None:
            return "Cannot be said"
        return "A notice is needed" if self.needed else "No notice is needed"


def notice_need(contract, *, outcome, starts_on, ends_on, amount):
    """Whether extending the contract over these days, for this sum, needs a notice first."""
    if outcome not in EXTENDING:
        return NoticeNeed(
            False,
            (
                "The contract is not extended, so nothing in it changes and no change notice is needed.",
                "The end of a contract may need a notice of its own.",
            ),
        )
    if not contract.regime:
        return NoticeNeed(None, ("Fill in the law the contract was let under.",))
    if contract.regime == Regime.PCR2015:
        return _under_2015(contract, outside=outcome == ExtensionOutcome.OUTSIDE)
    return _under_2023(contract, starts_on=starts_on, ends_on=ends_on, amount=amount)


def _under_2015(contract, *, outside):
    law = "The contract was let under the Public Contracts Regulations 2015."
    if not outside:
        return NoticeNeed(
            False,
            (
                law,
                (
                    "An option the contract itself provides for is a change allowed by regulation 72(1)(a), "
                    "which asks for no notice."
                ),
            ),
        )
    if contract.below_threshold is None:
        return NoticeNeed(None, (law, "Fill in whether the contract is below the threshold."))
    if contract.below_threshold:
        return NoticeNeed(False, (law, "It is below the threshold, so regulation 72 does not reach it."))
    return NoticeNeed(
        True,
        (
            law,
            (
                "The extension is outside the original terms. Regulation 72(3) asks for a notice where it rests on "
                "regulation 72(1)(b) or (c); where it rests on another ground of regulation 72, it does not."
            ),
        ),
    )


def _under_2023(contract, *, starts_on, ends_on, amount):
    law = "The contract was let under the Procurement Act 2023."
    for flag, yes, missing in (
        (contract.light_touch, "It is a light touch contract: section 75 leaves it out.", "is a light touch contract"),
        (contract.below_threshold, "It is below the threshold: section 74 lets it change.", "is below the threshold"),
    ):
        if flag:
            return NoticeNeed(False, (law, yes))
        if flag is None:
            return NoticeNeed(None, (law, f"Fill in whether the contract {missing}."))
    return _by_share(contract, law, starts_on, ends_on, amount)


def _by_share(contract, law, starts_on, ends_on, amount):
    """A change of term and of value of a tenth or less each needs no notice; more of either does."""
    longest = months_between(contract.starts_on, term_as_let(contract))
    more = months_between(starts_on, ends_on)
    of_term = _percent(more, longest)
    lines = [law, f"Term: {_months(more)} more, of a longest term of {_months(longest)}, is {of_term}%."]
    if of_term > SHARE:
        return NoticeNeed(True, (*lines, "That is more than 10%, so section 75 asks for a change notice first."))
    if not contract.estimated_value or amount is None:
        missing = (
            "the estimated value of the contract" if not contract.estimated_value else "the value of the extension"
        )
        return NoticeNeed(None, (*lines, f"Fill in {missing}, to say what share of it is added."))
    of_value = _percent(amount, contract.estimated_value)
    lines.append(f"Value: £{amount:,.2f} more, of an estimated £{contract.estimated_value:,.2f}, is {of_value}%.")
    if of_value > SHARE:
        return NoticeNeed(True, (*lines, "That is more than 10%, so section 75 asks for a change notice first."))
    return NoticeNeed(False, (*lines, "Neither is more than 10%, so section 75 asks for no notice."))


def term_as_let(contract):
    """The last day the contract could have as it was let: its first term and every option, whatever became of them."""
    months = contract.initial_months + sum(option.months for option in contract.options.all())
    return calendar.period_end(contract.starts_on, months)


def _percent(part, whole):
    return (part * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _months(number):
    whole = number.quantize(Decimal("0.1"), ROUND_HALF_UP)
    said = f"{whole:f}".removesuffix(".0")
    return f"{said} {'month' if said == '1' else 'months'}"
