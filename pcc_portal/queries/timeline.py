"""All contracts on one line of time: what is agreed, what is still open, and what runs past a day."""

from dataclasses import dataclass
from datetime import date

from accounts.models import OrganisationSuccession
from plans.models import CommissioningBody, MovableEvent
from services import queries as services_queries
from services.enums import ContractStatus, OptionStatus, TermPart
from services.models import Contract

OPEN = "OPEN"
STILL_OPEN = {OptionStatus.AVAILABLE, OptionStatus.OFFERED}


@dataclass(frozen=True)
class Stretch:
    """One stretch of a contract's time, both days in it: a part of the agreed term, or an option still open."""

    kind: str
    starts_on: date
    ends_on: date
    number: int | None = None
    offered: bool = False
    inferred: bool = False

    @property
    def words(self):
        """What it is, in words."""
        if self.kind == TermPart.INITIAL:
            return "First term"
        if self.kind == TermPart.OUTSIDE:
            return "Outside the original terms"
        if self.kind == TermPart.OPTION:
            return f"Option {self.number}, taken up"
        return f"Option {self.number}, {'offered' if self.offered else 'open'}"


@dataclass(frozen=True)
class TimelineRow:
    """A contract with its stretches and the days by which open options must be decided."""

    contract: Contract
    term: services_queries.Term
    stretches: tuple[Stretch, ...]
    decisions: tuple[tuple[int, date], ...]
    next_decision: date | None
    undated: bool

    @property
    def ends_on(self):
        return self.term.ends_on

    @property
    def latest_ends_on(self):
        return self.term.latest_ends_on

    def of_kind(self, kind):
        return [stretch for stretch in self.stretches if stretch.kind == kind]

    @property
    def taken(self):
        return self.of_kind(TermPart.OPTION)

    @property
    def outside(self):
        return self.of_kind(TermPart.OUTSIDE)

    @property
    def open(self):
        return self.of_kind(OPEN)


@dataclass(frozen=True)
class Preset:
    """A day worth asking about, from the office's own rows."""

    day: date
    words: str


def rows_of(contracts):
    """One row a contract, the soonest agreed end first."""
    return sorted((_row(contract) for contract in contracts), key=lambda row: (row.ends_on, row.contract.reference))


def within(rows, *, after=None, before=None):
    """Rows that run past `after` (agreed, or with options still open) and whose agreed term ends before `before`."""
    return [
        row
        for row in rows
        if (after is None or row.latest_ends_on > after) and (before is None or row.ends_on < before)
    ]


def counted_past(rows, day):
    """How many of the rows are agreed to run past the day, and how many only could."""
    agreed = sum(row.ends_on > day for row in rows)
    return agreed, sum(row.latest_ends_on > day for row in rows) - agreed


def presets(on):
    """Days to come on which the office itself, or something decisions wait for, changes; soonest first."""
    bodies = CommissioningBody.objects.filter(ends_on__gte=on)
    found = [Preset(body.ends_on, f"{body.name} ends") for body in bodies if body.ends_on]
    successions = OrganisationSuccession.objects.filter(predecessor__body__isnull=False, on__gte=on)
    found += [
        Preset(row.on, f"{row.successor.name} follows {row.predecessor.name}")
        for row in successions.select_related("predecessor", "successor")
        if row.on
    ]
    found += [Preset(event.expected_on, event.name) for event in MovableEvent.objects.filter(expected_on__gte=on)]
    return sorted(found, key=lambda preset: (preset.day, preset.words))


def _row(contract):
    term = services_queries.term(contract)
    stretches = [_agreed(period) for period in term.periods]
    live = contract.status == ContractStatus.LIVE
    still = [line for line in term.options if live and line.possible and line.option.status in STILL_OPEN]
    stretches += [_still_open(line) for line in still]
    waiting = [line for line in still if line.option.status == OptionStatus.AVAILABLE]
    ahead = term.next_option if live else None
    return TimelineRow(
        contract,
        term,
        tuple(stretches),
        tuple((line.option.number, line.decide_by) for line in waiting if line.decide_by),
        ahead.decide_by if ahead else None,
        bool(ahead and not ahead.decide_by),
    )


def _agreed(period):
    option, variation = period.option, period.variation
    inferred = bool((option and option.inferred) or (variation and variation.inferred))
    return Stretch(
        str(period.part), period.starts_on, period.ends_on, option.number if option else None, inferred=inferred
    )


def _still_open(line):
    option = line.option
    return Stretch(
        OPEN, line.starts_on, line.ends_on, option.number, option.status == OptionStatus.OFFERED, option.inferred
    )
