"""The plan's own rows as tables: sources of funds, learning, priorities, commitments, opportunities."""

from decimal import Decimal

from plans.enums import OpportunityStatus, SourceChange
from plans.models import CommitmentLine, FundingSource, LearningArea, Opportunity, Priority
from records.calendar import london_day
from records.words import day_in_words, pounds

from .pieces import Cell, Row, Table, money_cell, money_table

ADDS = {SourceChange.INCREASED, SourceChange.CARRIED_IN}


def sources_of(plan, then, *, public):
    """The sources of funds of the plan, each with what it held then."""
    rows = FundingSource.objects.filter(plan=plan).prefetch_related("movements").order_by("starts_on", "funder", "pk")
    if public:
        rows = rows.filter(is_example=False)
    found = then.rows(rows, since=lambda row: max(row.starts_on, plan.starts_on))
    return [(row, holds(row, then)) for row in found]


def movements_then(source, then):
    """Movements that counted by then: what was written down on a later day counts from its own day."""
    if then.moment is None:
        return list(source.movements.all())
    day = london_day(then.moment)
    return [row for row in source.movements.all() if row.on <= day and (row.at <= then.moment or row.by_id is None)]


def holds(source, then):
    """Pounds the source held: as first given, with what was added and taken; None where that is not published."""
    if source.amount is None:
        return None
    moves = movements_then(source, then)
    return source.amount + sum((row.amount if row.kind in ADDS else -row.amount for row in moves), Decimal("0.00"))


def budget_tables(sources, then):
    rows = [
        Row(
            [
                Cell(row.name, note=row.funder, is_example=row.is_example),
                Cell(row.get_purpose_display()),
                Cell(f"{day_in_words(row.starts_on)} to {day_in_words(row.ends_on)}"),
                Cell(carry_over(row)),
                money_cell(amount, note=row.get_basis_display()),
            ],
            amount,
        )
        for row, amount in sources
    ]
    if rows:
        columns = ["Source of funds", "May pay for", "Covers", "Carry-over", "Amount"]
        yield money_table("Budget by source of funds", columns, rows)
    moves = [movement_row(source, move) for source, _amount in sources for move in movements_then(source, then)]
    if moves:
        yield Table("Changes of the sources of funds", ["Source of funds", "Day", "Change", "Why", "Amount"], moves)


def carry_over(source):
    """Whether unspent money may go into the next year, in a few words."""
    if not source.carry_over_allowed:
        return "Not allowed"
    share = source.carry_over_percent
    words = "Allowed" if share is None else f"Up to {share.normalize():f} per cent"
    return f"{words}, with the funder's consent" if source.carry_over_needs_consent else words


def movement_row(source, move):
    sign = "+" if move.kind in ADDS else "−"
    return Row(
        [
            Cell(source.name),
            Cell(day_in_words(move.on)),
            Cell(move.get_kind_display()),
            Cell(move.reason),
            Cell(f"{sign}{pounds(move.amount)}", figure=True),
        ]
    )


def learning_tables(plan, then):
    rows = LearningArea.objects.filter(plan=plan).order_by("order")
    lines = [
        Row(
            [
                Cell(row.area, note=f"Seen: {row.evidence}" if row.evidence else ""),
                Cell(row.change or "Not written yet"),
                Cell(row.owner or "Nobody yet"),
                Cell(day_in_words(row.done_on) if row.done_on else "To do"),
            ]
        )
        for row in then.rows(rows, since=lambda row: plan.starts_on)
    ]
    if lines:
        yield Table("What was learnt", ["Area", "What changes", "Who sees to it", "Done on"], lines)


def priority_tables(plan, then):
    rows = then.rows(Priority.objects.filter(plan=plan).order_by("order"), since=lambda row: plan.starts_on)
    lines = [
        Row([Cell(row.name, note="Comes first in every business case" if row.is_violence_reduction else ""), held(row)])
        for row in rows
    ]
    if lines:
        yield Table("Priorities", ["Priority", "Holds"], lines)


def held(row):
    if not row.starts_on:
        return Cell("Throughout the plan")
    until = f" to {day_in_words(row.ends_on)}" if row.ends_on else ""
    return Cell(f"{day_in_words(row.starts_on)}{until}")


def commitments_of(plan, year, then):
    """What is promised without an award, by stream, as it was."""
    rows = CommitmentLine.objects.filter(stream__plan=plan, year=year).select_related("recipient", "funding_source")
    rows = rows.prefetch_related("costs").order_by("pk")
    found: dict[int, list] = {}
    for row in then.rows(rows, since=lambda row: plan.starts_on):
        found.setdefault(row.stream_id, []).append(row)
    return found


def commitment_tables(lines, stream, then):
    rows = [Row([commitment_cell(row, then), *commitment_rest(row)], row.amount) for row in lines]
    if rows:
        columns = ["Commitment", "Recipient", "Purpose", "Amount"]
        yield money_table(f"Other commitments of {stream.name}", columns, rows)


def commitment_cell(row, then):
    costs = [cost for cost in row.costs.all() if then.moment is None or cost.at <= then.moment]
    so_far = f"Costs so far: {pounds(sum(cost.amount for cost in costs))} ({len(costs)})." if costs else ""
    ended = f"Ended on {day_in_words(row.ended_on)}." if row.ended_on else ""
    return Cell(row.title, note=" ".join(filter(None, [row.note, so_far, ended])))


def commitment_rest(row):
    recipient = row.recipient.name if row.recipient else "Not published"
    paid = f"Paid from {row.funding_source.name}." if row.funding_source else ""
    return [Cell(recipient), Cell(row.purpose or "–", note=paid), money_cell(row.amount)]


def opportunities_of(plan, then, *, public):
    """Funds the office looks at or bids for, as they stood."""
    rows = Opportunity.objects.filter(plan=plan).order_by("closes_on", "pk")
    if public:
        rows = rows.filter(is_example=False)
    return [as_known(row, then) for row in then.rows(rows, since=lambda row: plan.starts_on)]


def as_known(row, then):
    """An opportunity written down with its outcome had none before the day of the outcome."""
    if then.was_written_down(row) and row.outcome_on and row.outcome_on > london_day(then.moment):
        sent = row.submitted_on and row.submitted_on <= london_day(then.moment)
        row.status = OpportunityStatus.SUBMITTED if sent else OpportunityStatus.HORIZON
    return row


def opportunity_tables(rows, *, public):
    lines = [
        Row(
            [
                Cell(
                    row.fund,
                    link="" if public else row.get_absolute_url(),
                    note=row.description,
                    is_example=row.is_example,
                ),
                Cell(row.funder),
                Cell(day_in_words(row.closes_on) if row.closes_on else "Not known"),
                Cell(OpportunityStatus(row.status).label),
                money_cell(row.won_amount if row.status == OpportunityStatus.WON else row.amount),
            ]
        )
        for row in rows
    ]
    if lines:
        yield Table("Opportunities", ["Fund", "Funder", "Closes", "Standing", "Amount"], lines)
