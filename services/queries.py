"""Dates of a contract, all derived from its start, its terms and its options (S1)."""

import itertools
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from plans.enums import Anchor
from plans.models import RuleSet
from records import calendar
from records.enums import ObligationKind
from records.models import Obligation

from .enums import ContractStatus, OptionStatus
from .models import AdditionalService, Contract, ExtensionOption

STILL_POSSIBLE = {OptionStatus.TAKEN_UP, OptionStatus.AVAILABLE, OptionStatus.OFFERED}


@dataclass(frozen=True)
class OptionTerm:
    """One option with its period and the day by which it must be decided.

    `notice_by` follows from the notice months; a printed window gives `evidence_by` (its first day,
    when the evidence should be ready) and its last day. `decide_by` is the earlier of the two.
    """

    option: ExtensionOption
    starts_on: date
    ends_on: date
    notice_by: date | None
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
        return f"The last day of “{option.printed_window or 'the window entered'}”"


@dataclass(frozen=True)
class Term:
    """The dates of one contract."""

    initial_ends_on: date
    ends_on: date
    latest_ends_on: date
    options: tuple[OptionTerm, ...]

    @property
    def inferred(self):
        """Whether what the dates rest on includes something no source states."""
        return any(term.option.inferred for term in self.options)

    @property
    def next_option(self):
        """The option that waits for the next decision, once all before it are taken up; else None."""
        for term in self.options:
            if term.option.status != OptionStatus.TAKEN_UP:
                return term if term.option.status == OptionStatus.AVAILABLE else None
        return None


def say(day):
    """7 April 2020."""
    return f"{day.day} {day:%B %Y}"


def term(contract):
    """The dates of a contract; reads `contract.options` (prefetched where there are many contracts).

    Every date counts from the start of the contract, so that month ends never drift.
    """
    months = contract.initial_months
    initial_ends_on = calendar.period_end(contract.starts_on, months)
    ends_on = latest_ends_on = initial_ends_on
    all_taken_up = possible = True
    options = []
    for option in sorted(contract.options.all(), key=lambda option: option.number):
        starts_on = calendar.add_months(contract.starts_on, months)
        months += option.months
        option_ends_on = calendar.period_end(contract.starts_on, months)
        possible = possible and option.status in STILL_POSSIBLE
        all_taken_up = all_taken_up and option.status == OptionStatus.TAKEN_UP
        latest_ends_on = option_ends_on if possible else latest_ends_on
        ends_on = option_ends_on if all_taken_up else ends_on
        options.append(_option_term(option, starts_on, option_ends_on, possible))
    return Term(initial_ends_on, ends_on, latest_ends_on, tuple(options))


def ends_of(contract):
    """The last day as first agreed, then after each option taken up, without a gap."""
    dates = term(contract)
    taken_up = itertools.takewhile(lambda part: part.option.status == OptionStatus.TAKEN_UP, dates.options)
    return [dates.initial_ends_on, *(part.ends_on for part in taken_up)]


def counting_from_events():
    """Live contracts whose reporting pattern counts from an event."""
    rows = Contract.objects.filter(status=ContractStatus.LIVE, reporting__contains=[{"anchor": Anchor.EVENT.value}])
    return rows.order_by("pk")


def returns_owed(contract):
    """The returns of the contract, from the obligations written when it came under its rules."""
    return Obligation.objects.about(contract).filter(kind=ObligationKind.RETURN).order_by("due_on", "pk")


def rule_sets():
    """The rule sets a contract can be put under: those that ask for returns."""
    asking = RuleSet.objects.filter(reporting_rules__isnull=False).distinct()
    return asking.prefetch_related("reporting_rules__event").order_by("name", "pk")


def _option_term(option, starts_on, ends_on, possible):
    notice_by = None
    if option.notice_months is not None:
        notice_by = calendar.add_months(starts_on, -option.notice_months) - calendar.DAY
    known = [day for day in (notice_by, option.window_ends_on) if day]
    decide_by = min(known, default=None)
    evidence_by = min(option.window_starts_on, decide_by) if option.window_starts_on and decide_by else None
    return OptionTerm(option, starts_on, ends_on, notice_by, evidence_by, decide_by, possible)


def contracts_for(user):
    """The contracts this person may see, with all that a list row shows."""
    return (
        Contract.objects.visible_to(user)
        .select_related("provider", "stream", "rule_set")
        .prefetch_related("options")
        .order_by(F("provider__name").asc(nulls_last=True), "starts_on", "pk")
    )


def options_of(contract):
    """The options of one contract."""
    return contract.options.order_by("number")


def additional_services(contract):
    """The services inside a contract."""
    return AdditionalService.objects.filter(contract=contract).order_by("name", "pk")


@dataclass(frozen=True)
class ContractRow:
    """A contract in a list, with its dates."""

    contract: Contract
    term: Term
    in_diary: bool = False

    @property
    def ahead(self):
        """The option to decide next, while the contract is live and a day is known."""
        option = self.term.next_option if self.contract.status == ContractStatus.LIVE else None
        return option if option and option.decide_by else None

    @property
    def decide_by(self):
        return self.ahead.decide_by if self.ahead else None


def rows(contracts):
    """List rows with their dates, and whether the next decision is in the diary.

    It is not where its day had passed when the contract was entered: a past fact, not a late one.
    """
    rows = [ContractRow(contract, term(contract)) for contract in contracts]
    wanted = [row.ahead.option.pk for row in rows if row.ahead]
    diary = Obligation.objects.open().filter(
        kind=ObligationKind.EXTENSION_DECISION, subject_type=ExtensionOption._meta.label, subject_id__in=wanted
    )
    ids = set(diary.values_list("subject_id", flat=True)) if wanted else set()
    return [ContractRow(row.contract, row.term, bool(row.ahead and row.ahead.option.pk in ids)) for row in rows]
