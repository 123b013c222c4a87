"""Dates of a contract, all derived from its start, its terms, its options and agreed changes of its end (S1, S2)."""

from copy import copy
from dataclasses import dataclass
from datetime import date

from records import calendar

from ..enums import OptionStatus, TermPart, VariationKind, VariationStatus
from ..models import ContractVariation, ExtensionOption

STILL_POSSIBLE = {OptionStatus.TAKEN_UP, OptionStatus.AVAILABLE, OptionStatus.OFFERED}


@dataclass(frozen=True)
class OptionTerm:
    """One option with its period and the day by which it must be decided.

    `notice_by` follows from the notice months; a printed window gives `evidence_by` (its first day,
    when the evidence should be ready) and its last day; an event the decision waits for gives `event_by`.
    `decide_by` is the earliest of these, and always before the option would start.
    """

    option: ExtensionOption
    starts_on: date
    ends_on: date
    notice_by: date | None
    event_by: date | None
    evidence_by: date | None
    decide_by: date | None
    possible: bool

    @property
    def why(self):
        """Where the decide-by date comes from, in words."""
        option = self.option
        if not self.decide_by:
            return "No source gives a notice period or a time for this decision."
        if self.decide_by == self.notice_by:
            return f"{option.notice_months} months’ notice before {say(self.starts_on)}"
        if self.decide_by == self.event_by:
            return _from_event(option)
        if self.decide_by == self.starts_on - calendar.DAY and self.decide_by != option.window_ends_on:
            return "The last day before the option would start"
        return f"The last day of “{option.printed_window or 'the window entered'}”"


def _from_event(option):
    """So many days after an event, or before it, with the day the event is expected on."""
    event, days = option.event, option.event_days
    if not days:
        return f"The day of {event.name}"
    side = "after" if days > 0 else "before"
    return f"{abs(days)} {'day' if abs(days) == 1 else 'days'} {side} {event.name}, {say(event.expected_on)}"


@dataclass(frozen=True)
class TermPeriod:
    """One agreed period of a contract, with the option or the change it rests on; both days are in it."""

    part: TermPart
    starts_on: date
    ends_on: date
    option: ExtensionOption | None = None
    variation: ContractVariation | None = None


@dataclass(frozen=True)
class Term:
    """The dates of one contract. `periods` are those agreed, in order, with neither gap nor overlap."""

    initial_ends_on: date
    ends_on: date
    latest_ends_on: date
    options: tuple[OptionTerm, ...]
    periods: tuple[TermPeriod, ...]

    @property
    def inferred(self):
        """Whether what the dates rest on includes something no source states."""
        return any(term.option.inferred for term in self.options) or any(
            period.variation.inferred for period in self.periods if period.variation
        )

    @property
    def next_option(self):
        """The option that waits for the next decision, once all before it are taken up; else None."""
        for term in self.options:
            if term.option.status != OptionStatus.TAKEN_UP:
                return term if term.option.status == OptionStatus.AVAILABLE else None
        return None

    @property
    def outside(self):
        """The periods beyond the original terms."""
        return [period for period in self.periods if period.part == TermPart.OUTSIDE]

    def period_on(self, day):
        """The agreed period a day falls in, or None."""
        return next((period for period in self.periods if period.starts_on <= day <= period.ends_on), None)


def say(day):
    """7 April 2020."""
    return f"{day.day} {day:%B %Y}"


def term(contract):
    """The dates of a contract; reads `contract.options` and `.variations` (prefetched where there are many contracts).

    Days count from the start of the contract, so that month ends never drift; after an agreed change of
    the end they count from the day after it.
    """
    walk = _Walk(contract)
    for option in sorted(contract.options.all(), key=lambda option: option.number):
        walk.pass_option(option)
    ends_on = walk.periods[-1].ends_on
    return Term(walk.initial_ends_on, ends_on, max(ends_on, walk.latest), tuple(walk.options), tuple(walk.periods))


class _Walk:
    """Walks a contract from its start through its options; `months` are counted from `anchor`."""

    def __init__(self, contract):
        self.anchor, self.months = contract.starts_on, contract.initial_months
        self.initial_ends_on = self.latest = calendar.period_end(self.anchor, self.months)
        self.periods = [TermPeriod(TermPart.INITIAL, contract.starts_on, self.initial_ends_on)]
        self.options: list[OptionTerm] = []
        self.changes = _changes_of_end(contract)
        self.unchanged = self.anchor, self.months
        self.taken, self.agreed, self.possible = 0, True, True
        self.change_ends()

    def pass_option(self, option):
        """One option more: its days, and a period of the term where it was taken up."""
        self.possible = self.possible and option.status in STILL_POSSIBLE
        anchor, months = (self.anchor, self.months) if self.possible else self.unchanged
        starts_on = calendar.add_months(anchor, months)
        months += option.agreed_months or option.months
        ends_on = calendar.period_end(anchor, months)
        self.options.append(_option_term(option, starts_on, ends_on, self.possible))
        if not self.possible:
            self.unchanged = anchor, months
            return
        self.months, self.latest = months, ends_on
        self.agreed = self.agreed and option.status == OptionStatus.TAKEN_UP
        if self.agreed:
            self.periods.append(TermPeriod(TermPart.OPTION, starts_on, ends_on, option=option))
            self.taken += 1
            self.change_ends()
        else:
            self.unchanged = anchor, months

    def change_ends(self):
        """The changes agreed while this many options were taken up: the end moves, and later days count from it.

        An option that can no longer be used keeps the days it had before them: `unchanged`.
        """
        self.unchanged = self.anchor, self.months
        for variation in self.changes.get(self.taken, []):
            last = self.periods[-1]
            if variation.kind == VariationKind.OUTSIDE_TERMS:
                starts_on = last.ends_on + calendar.DAY
                self.periods.append(TermPeriod(TermPart.OUTSIDE, starts_on, variation.ends_on, variation=variation))
            else:
                kept = [period for period in self.periods if period.starts_on <= variation.ends_on] or self.periods[:1]
                cut = kept[-1]
                self.periods = [
                    *kept[:-1],
                    TermPeriod(cut.part, cut.starts_on, variation.ends_on, cut.option, variation),
                ]
            self.anchor, self.months = variation.ends_on + calendar.DAY, 0
            self.latest = variation.ends_on


def _changes_of_end(contract):
    """Approved changes of the end by the number of options taken up before them, in the order agreed."""
    changes: dict[int, list[ContractVariation]] = {}
    for variation in sorted(contract.variations.all(), key=lambda variation: variation.number):
        ends = variation.kind in {VariationKind.END, VariationKind.OUTSIDE_TERMS}
        if ends and variation.status == VariationStatus.APPROVED:
            changes.setdefault(variation.after_options, []).append(variation)
    return changes


def end_if_taken(contract, option, months):
    """The last day of an option if it were taken up for so many months, as the term itself would count it."""
    walk = _Walk(contract)
    for one in sorted(contract.options.all(), key=lambda one: one.number):
        if one.pk == option.pk:
            one = copy(one)
            one.status, one.agreed_months = OptionStatus.TAKEN_UP, months
            walk.pass_option(one)
            break
        walk.pass_option(one)
    return walk.options[-1].ends_on


def ends_of(contract):
    """The last day as first agreed, then after each option taken up or extension agreed, without a gap."""
    return [period.ends_on for period in term(contract).periods]


def _option_term(option, starts_on, ends_on, possible):
    notice_by, event_by = None, None
    if option.notice_months is not None:
        notice_by = calendar.add_months(starts_on, -option.notice_months) - calendar.DAY
    if option.event_id:
        event_by = option.event.expected_on + option.event_days * calendar.DAY
    known = [day for day in (notice_by, event_by, option.window_ends_on) if day]
    decide_by = min([*known, starts_on - calendar.DAY]) if known else None
    evidence_by = min(option.window_starts_on, decide_by) if option.window_starts_on and decide_by else None
    return OptionTerm(option, starts_on, ends_on, notice_by, event_by, evidence_by, decide_by, possible)
