"""Limits of bids and of the money they share: what blocks, what warns, what needs an exception (R1, X1, X2)."""

from datetime import date
from decimal import Decimal

from plans.enums import LimitOn, Severity
from records.words import day_in_words, pounds

from ..queries import bidding, periods

ZERO = Decimal("0.00")
NOTHING_ELSE = bidding.Elsewhere()


def sums_of(on, content, elsewhere=NOTHING_ELSE, year_start=None):
    """What one kind of limit counts in a content: [(what, pounds)].

    A year of a project or case begins as it does; a year of an applicant begins as the plan's does (`year_start`).
    """
    projects = content["projects"]
    if on == LimitOn.PROJECT_TOTAL:
        return [(f"Project {row['number']}", Decimal(row["total"])) for row in projects]
    if on == LimitOn.PROJECT_YEAR:
        return [
            (f"Project {row['number']}{_in_year(year)}", part)
            for row in projects
            for year, part in sorted(_years([row], first_day([row])).items())
        ]
    if on == LimitOn.CASE_YEAR:
        years = _years(projects, first_day(projects))
        return [(f"The business case{_in_year(year)}", part) for year, part in sorted(years.items())]
    if on == LimitOn.APPLICANT_ROUND:
        return [("All that the organisation asks for in this round", Decimal(content["total"]) + elsewhere.in_round)]
    if on == LimitOn.APPLICANT_YEAR:
        own = _years(projects, year_start)
        sums = {year: part + elsewhere.by_year.get(year, ZERO) for year, part in sorted(own.items())}
        return [(f"All that the organisation has or asks for{_in_year(year)}", part) for year, part in sums.items()]
    return [("The business case", Decimal(content["total"]))]


def first_day(projects):
    """The first day of these projects; None where none has its days."""
    days = [date.fromisoformat(row["starts_on"]) for row in projects if row["starts_on"]]
    return min(days, default=None)


def _years(projects, anchor):
    years: dict[date, Decimal] = {}
    for row in projects if anchor else ():
        for year, part in periods.of_project(row, anchor=anchor).items():
            years[year] = years.get(year, ZERO) + part
    return years


def _in_year(year):
    return f", in the year from {day_in_words(year)},"


def beyond_limits(content, limits, elsewhere=NOTHING_ELSE, year_start=None):
    """Each limit the case goes over: (limit, what, pounds over)."""
    return [
        (limit, what, amount - limit.amount)
        for limit in limits
        for what, amount in sums_of(limit.on, content, elsewhere, year_start)
        if amount > limit.amount
    ]


def warnings(content, limits, elsewhere=NOTHING_ELSE, year_start=None):
    """Sentences about limits that warn: shown, never refused."""
    return [
        f"{what} is {pounds(excess)} over the usual limit of {pounds(limit.amount)}. Say why in the business case."
        for limit, what, excess in beyond_limits(content, limits, elsewhere, year_start)
        if limit.severity == Severity.WARN
    ]


def why_not_within_limits(content, limits, excepted, elsewhere=NOTHING_ELSE, year_start=None):
    """A blocking limit refuses; one that needs an exception refuses until enough is recorded.

    `excepted` is pounds allowed above limits of every kind, or {kind of limit: pounds}.
    """
    for limit, what, excess in beyond_limits(content, limits, elsewhere, year_start):
        if limit.severity == Severity.BLOCK:
            return f"{what} is {pounds(excess)} over the limit of {pounds(limit.amount)}. Ask for less."
        if limit.severity == Severity.NEEDS_EXCEPTION and allowed(excepted, limit.on) < excess:
            return (
                f"{what} is {pounds(excess)} over the limit of {pounds(limit.amount)}. "
                "Ask for less, or ask the office to record an exception."
            )
    return ""


def allowed(excepted, on):
    """Pounds allowed above limits of a kind."""
    return excepted.get(on, ZERO) if isinstance(excepted, dict) else excepted


def what_if(round, amount):
    """What the limits of the round say of one project over the whole round that asks for this sum; for a preview."""
    project = {
        "number": 1,
        "total": str(amount),
        "starts_on": round.starts_on.isoformat(),
        "ends_on": round.ends_on.isoformat(),
    }
    content = {"projects": [project], "total": str(amount)}
    year_start = round.stream.plan.starts_on
    return [
        f"{what} would be {pounds(excess)} over the limit of {pounds(limit.amount)} "
        f"({limit.get_severity_display().lower()})."
        for limit, what, excess in beyond_limits(content, round.rule_set.limits.order_by("pk"), year_start=year_start)
    ]


def why_not_over(project, amount):
    """Say why approving this sum would take more than the round by bids, or the lot, has; or nothing (X2).

    Rounds with allocations are asked about by `decisions.why_not_within`. Ask with the round locked.
    """
    round_ = project.case.round
    if not bidding.by_bids(round_):
        return ""
    tolerance, lot = round_.rule_set.over_commitment_percent, project.lot
    if why := _why_not_from(bidding.pot_of(round_), amount, tolerance):
        return why
    if lot is None or lot.budget is None:
        return ""
    return _why_not_from(bidding.pot_of_lot(round_, lot), amount, tolerance)


def _why_not_from(pot, amount, tolerance):
    if pot.limit is None:
        return "The money of this round is not known. Record it before approving anything from it."
    if pot.approved + amount <= pot.limit:
        return ""
    more = f", with the {tolerance.normalize():f} % it may be over-committed by" if tolerance else ""
    return (
        f"Only {pounds(pot.left)} is left of {pot.name} ({pounds(pot.budget)}{more}). "
        "Approve a lower sum, or decline another project first."
    )


def over_words(project, amount):
    """A plain warning where the sum is within the tolerance but beyond the budget of the round; else nothing (X2)."""
    round_ = project.case.round
    pot = bidding.pot_of(round_) if bidding.by_bids(round_) else None
    if pot is None or pot.limit is None or not pot.budget < pot.approved + amount <= pot.limit:
        return ""
    over = pot.approved + amount - pot.budget
    return f"This commits {pounds(over)} more than the {pounds(pot.budget)} of the round, within what its rules allow."
