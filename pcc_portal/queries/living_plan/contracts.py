"""Commissioned services of the plan, with the dates of their contracts as they stood (S1, S2, S3)."""

from datetime import date
from decimal import Decimal

from records.calendar import london_day
from records.words import day_in_words
from services.enums import ContractStatus, OptionStatus, ServiceState, TermPart, VariationKind, VariationStatus
from services.models import Contract
from services.queries.term import term

from .pieces import Cell, Row, money_cell, money_table

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
SETTLED = {OptionStatus.TAKEN_UP, OptionStatus.OFFERED}


def contracts_of(plan, then, lineage, *, public):
    """The contracts of the plan's streams by stream, each as it was on the day.

    `lineage` leads from the streams of earlier years to those that follow them: what runs on shows there.
    """
    rows = Contract.objects.filter(stream__in=lineage).select_related("provider", "stream")
    rows = rows.prefetch_related("options__event", "variations", "additional_services", "values")
    if public:
        rows = rows.filter(is_example=False)
    found: dict[int, list] = {}
    for row in then.rows(rows.order_by("starts_on", "pk"), since=lambda row: row.starts_on):
        put_back(row, plan, then)
        if row.stream.plan_id == plan.pk or term(row).ends_on >= plan.starts_on:
            found.setdefault(lineage[row.stream_id], []).append(row)
    return found


def put_back(contract, plan, then):
    """Options and changes of the contract as they were; a fact written down later counts from its own period."""
    for variation in contract.variations.all():
        then.put_back(variation)
        if not then.had_begun(variation):
            variation.status = VariationStatus.DRAFT
    for option in contract.options.all():
        then.put_back(option)
        if option.status not in SETTLED:
            option.agreed_months = None
        if option.event:
            then.put_back(option.event)
    if then.moment is not None:
        leave_out(contract, plan, then)


def leave_out(contract, plan, then):
    """Periods that were written down and lie ahead of the day, from the last one back; an end that lies ahead."""
    for period in reversed(term(contract).periods):
        if counts(period.starts_on, plan, then):
            break
        if period.variation and period.variation.is_recorded:
            period.variation.status = VariationStatus.DRAFT
        if period.option and not then.has_history(period.option):
            period.option.status = OptionStatus.AVAILABLE
    if contract.ended_on and not counts(contract.ended_on, plan, then):
        contract.status, contract.ended_on = ContractStatus.LIVE, None


def counts(day, plan, then):
    """Whether a fact of that day stands in the plan then: the plan tells of the whole of its own year."""
    return then.moment is None or day is None or day <= max(plan.ends_on, london_day(then.moment))


def undone(contract, then, kind):
    """The first change of this kind that took effect after the moment: what it changed was so until then."""
    rows = [row for row in contract.variations.all() if row.kind == kind and row.applied_at and not row.is_recorded]
    later = [row for row in rows if then.moment and row.applied_at > then.moment]
    return min(later, key=lambda row: row.applied_at) if later else None


def provider_of(contract, then):
    change = undone(contract, then, VariationKind.PROVIDER)
    if change:
        return change.before.get("provider") or "Not published"
    return contract.provider.name if contract.provider else "Not published"


def facts_of(contract, then):
    """What the plan says of one contract, as (label, words)."""
    dates = term(contract)
    yield "Provider", provider_of(contract, then)
    yield "Contract", started(contract, dates)
    for period in dates.periods[1:]:
        yield "Extended", extended(period)
    yield from standing(contract, dates)
    for service, state in services_then(contract, then):
        yield "Additional service", f"{service.name} ({state.lower()})"
    if contract.note:
        yield "Note", contract.note


def services_then(contract, then):
    """The services inside the contract, each with its state in words."""
    change = undone(contract, then, VariationKind.SCOPE)
    was = {pk: state for pk, _name, state in change.before.get("services", [])} if change else {}
    for service in then.rows(contract.additional_services.all(), since=lambda row: row.starts_on):
        yield service, ServiceState(was.get(service.pk, service.state)).label


def started(contract, dates):
    """ "From 1 April 2016 for three years, with the option to extend three times: ..." """
    words = f"From {day_in_words(contract.starts_on)} for {months_in_words(contract.initial_months)}"
    options = [option.option for option in dates.options]
    if not options:
        return f"{words}, to {day_in_words(dates.initial_ends_on)}."
    lengths = {option.months for option in options}
    each = f" of {months_in_words(lengths.pop())}" if len(lengths) == 1 else ""
    count = f"{NUMBERS[len(options)] if len(options) < len(NUMBERS) else len(options)}"
    noun = "option" if len(options) == 1 else "options"
    return f"{words}, to {day_in_words(dates.initial_ends_on)}, with {count} {noun} to extend{each}."


def months_in_words(months):
    """ "three years", "18 months"."""
    if months % 12:
        return f"{months} month{'' if months == 1 else 's'}"
    years = months // 12
    number = NUMBERS[years] if years < len(NUMBERS) else str(years)
    return f"{number} year{'' if years == 1 else 's'}"


def extended(period):
    words = f"From {day_in_words(period.starts_on)} to {day_in_words(period.ends_on)}"
    if period.part == TermPart.OUTSIDE:
        words += ", outside the original terms"
    inferred = (period.option and period.option.inferred) or (period.variation and period.variation.inferred)
    return f"{words}{' (inferred: no source states it)' if inferred else ''}."


def standing(contract, dates):
    """When it ends, and the next decision on it."""
    if contract.status == ContractStatus.ENDED:
        yield "Ended", f"On {day_in_words(contract.ended_on or dates.ends_on)}."
        return
    yield "Runs to", f"{day_in_words(dates.ends_on)}; at the latest {day_in_words(dates.latest_ends_on)}."
    if option := dates.next_option:
        window = option.option.printed_window
        days = f"by {day_in_words(option.decide_by)}" if option.decide_by else "No day is known"
        yield "Next decision", f"{window}, {days}." if window else f"{days[0].upper()}{days[1:]}."


def value_tables(contract, plan, then):
    """What the contract is worth in the periods that touch the plan's year, as agreed by then."""
    rows = [
        Row([Cell(f"{day_in_words(first)} to {day_in_words(last)}"), money_cell(amount)], amount)
        for first, last, amount in values_then(contract, then)
        if first <= plan.ends_on and last >= plan.starts_on
    ]
    if not rows and contract.annual_value is not None:
        year = contract.annual_value_year or "A year"
        rows = [Row([Cell(year), money_cell(contract.annual_value)], contract.annual_value)]
    if rows:
        yield money_table(f"Value of {contract.name}", ["Period", "Value"], rows)


def values_then(contract, then):
    """The periods of the value as (first day, last day, pounds)."""
    if change := undone(contract, then, VariationKind.VALUE):
        return [
            (date.fromisoformat(first), date.fromisoformat(last), None if amount is None else Decimal(amount))
            for first, last, amount in change.before.get("values", [])
        ]
    return [(row.starts_on, row.ends_on, row.amount) for row in then.rows(contract.values.all())]
