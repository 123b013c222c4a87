"""Sections about the contract itself: its term, its options, its money, its changes."""

from services.enums import OptionStatus, TermPart, VariationStatus
from services.queries import extensions
from services.queries import money as services_money

from .pack import Fact, Row, Section, Table, at_least, day, figure, money, text

PARTS = {
    TermPart.INITIAL: lambda period: "First term",
    TermPart.OPTION: lambda period: f"Option {period.option.number}",
    TermPart.OUTSIDE: lambda period: "Outside the original terms",
}
TOLD = {
    VariationStatus.SUBMITTED,
    VariationStatus.AWAITING_SECOND,
    VariationStatus.APPROVED,
    VariationStatus.DECLINED,
}


def term_section(contract, term):
    """Who, and for how long: the periods agreed so far."""
    facts = [
        Fact("Provider", text(contract.provider.name if contract.provider else "Not published")),
        Fact("Stream", text(contract.stream.name if contract.stream else "None")),
        Fact("Started", day(contract.starts_on)),
        Fact("Runs to", day(term.ends_on)),
        Fact("Latest possible end", day(term.latest_ends_on)),
        Fact("Let under", text(contract.get_regime_display() or "Not known")),
    ]
    periods = Table(
        "Term agreed so far",
        ("Rests on", "From", "To"),
        tuple(
            Row(
                period.starts_on.isoformat(),
                (text(_rests_on(period)), day(period.starts_on), day(period.ends_on)),
            )
            for period in term.periods
        ),
    )
    return Section("term", "The contract", facts=tuple(facts), tables=(periods, *_parties(contract)))


def _rests_on(period):
    words = PARTS[TermPart(period.part)](period)
    row = period.option or period.variation
    return f"{words} (inferred: no source states it)" if row and row.inferred else words


def _parties(contract):
    rows = [
        Row(f"party-{row.pk}", (text(row.organisation.name), text(row.get_role_display()), text(row.does)))
        for row in contract.parties.select_related("organisation").filter(ends_on=None).order_by("pk")
    ]
    return [Table("Who delivers with the provider", ("Organisation", "Part", "Does"), tuple(rows))] if rows else []


def options_section(case, term):
    """What can still be decided: the options left, with their days."""
    left = [line for line in term.options if line.possible and line.option.status != OptionStatus.TAKEN_UP]
    rows = tuple(
        Row(
            f"option-{line.option.number}",
            (
                text(f"Option {line.option.number}"),
                day(line.starts_on),
                day(line.ends_on),
                figure(line.option.months, f"{line.option.months} months"),
                day(line.decide_by, "No day is known"),
                text(line.option.get_status_display()),
            ),
        )
        for line in left
    )
    facts = [Fact("Options left", figure(len(left), str(len(left))))]
    if case.option:
        facts.insert(0, Fact("To be decided now", text(f"Option {case.option.number}")))
    else:
        facts.insert(0, Fact("To be decided now", text("Whether to extend outside the original terms")))
    if case.decide_by:
        facts.append(Fact("Decide by", day(case.decide_by)))
    table = Table(
        "Options left",
        ("Option", "From", "To", "Length", "Decide by", "Standing"),
        rows,
        "No option is left.",
    )
    return Section("options", "Options left", facts=tuple(facts), tables=(table,))


def money_section(case, term, on):
    """What it is worth, what was paid by the day, what is left; "at least" where a value is not known."""
    contract = case.contract
    found = services_money.money_of(contract, on=on)
    unknown = found.values_unknown
    facts = [
        Fact("Value of the agreed term", at_least(found.value_known, unknown)),
        Fact("Paid so far", money(found.paid)),
        Fact("Payments", figure(found.payments, str(found.payments))),
        Fact("Value left", at_least(found.left, unknown)),
    ]
    if found.unplaced:
        facts.append(Fact("Paid for days outside these periods", money(found.unplaced)))
    if found.overpaid:
        facts.append(Fact("Paid beyond the value", money(found.overpaid)))
    if line := next((line for line in term.options if case.option and line.option.pk == case.option_id), None):
        worth = extensions.value_of(contract, line.starts_on, line.ends_on)
        facts.append(Fact(f"Value of option {case.option.number}, as the records have it", money(worth)))
    return Section("money", "Money so far", facts=tuple(facts), tables=(_periods(found), _sources(contract)))


def _periods(found):
    rows = tuple(
        Row(
            period.starts_on.isoformat(),
            (
                day(period.starts_on),
                day(period.ends_on),
                text("Agreed" if period.agreed else "Beyond the agreed term"),
                money(period.amount),
                money(period.paid),
                money(period.left),
                text(period.source),
            ),
        )
        for period in found.by_period
    )
    return Table("Value and payments by period", ("From", "To", "Standing", "Value", "Paid", "Left", "Source"), rows)


def _sources(contract):
    rows = tuple(
        Row(f"source-{row.pk}", (text(row.funding_source.name), text(row.funding_source.funder), money(row.amount)))
        for row in contract.funding.select_related("funding_source").order_by("funding_source__name", "pk")
    )
    return Table(
        "Sources of funds", ("Source", "Funder", "Amount a year"), rows, "No source of funds is entered for it."
    )


def variations_section(contract):
    """What was changed, or is waiting to be."""
    rows = tuple(
        Row(
            f"variation-{row.number}",
            (
                text(f"Variation {row.number}"),
                text(f"{row.get_kind_display()}: {row.title}"),
                text(row.get_status_display()),
                day(row.takes_effect_on or row.ends_on, "No day given"),
                text(_change(row)),
                text(row.reason),
            ),
        )
        for row in sorted(contract.variations.all(), key=lambda row: row.number)
        if row.status in TOLD
    )
    columns = ("Number", "Change", "Standing", "From, or new end", "Before and after", "Reason")
    table = Table("Variations", columns, rows, "There have been none.")
    return Section("variations", "Variations", tables=(table,))


def _change(row):
    names = [name for name in {**row.before, **row.after} if row.before.get(name) != row.after.get(name)]
    return "; ".join(
        f"{name.replace('_', ' ')}: {row.before.get(name) or 'nothing'} to {row.after.get(name) or 'nothing'}"
        for name in names
    )
