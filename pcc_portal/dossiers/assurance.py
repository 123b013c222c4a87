"""Sections about trust: complaints, audits, and other work that may overlap (S2). Restricted complaints stay out."""

from monitoring.enums import WorkKind
from monitoring.queries import audits, concerns, overlaps
from monitoring.queries.concerns import stage_of
from records.calendar import london_day

from .pack import Fact, Row, Section, Table, day, figure, text


def complaints_section(contract, on):
    """Open complaints about the contract or its provider, the oldest first."""
    rows = [
        row
        for row in concerns.open_of(organisations=[contract.provider], contract=contract)
        if london_day(row.received_at) <= on
    ]
    stages = {row.pk: stage_of(row) for row in rows}
    lines = tuple(
        Row(
            row.reference,
            (
                text(row.reference, row.get_absolute_url()),
                text(row.get_theme_display()),
                day(london_day(row.received_at)),
                text(stages[row.pk].level.name if stages[row.pk] else row.get_status_display()),
                day(stages[row.pk].answer_by if stages[row.pk] else None, "No clock yet"),
            ),
        )
        for row in rows
    )
    columns = ("Complaint", "About", "Received", "Stage", "Answer due")
    table = Table("Open complaints", columns, lines, "None is open.")
    facts = (Fact("Open complaints", figure(len(rows), str(len(rows)))),)
    return Section("complaints", "Complaints", facts=facts, tables=(table,))


def audits_section(contract, on):
    """The last audit of the contract, what it found and what is still to be done about it."""
    standing = audits.standing_of(contract=contract)
    if standing.visit is None:
        return Section("audits", "Audits", lead="This contract has not been audited.")
    overdue = standing.overdue_on(on)
    facts = (
        Fact("Last audit", text(standing.visit.reference, standing.visit.get_absolute_url())),
        Fact("Visited", day(standing.visit.visited_on)),
        Fact("Gravest finding", text(standing.grade or "None")),
        Fact("Conditions not met", figure(standing.not_met, str(standing.not_met))),
        Fact("Actions still open", figure(standing.open_actions, str(standing.open_actions))),
        Fact("Actions overdue", figure(overdue, str(overdue))),
    )
    return Section("audits", "Audits", facts=facts)


def overlaps_section(contract):
    """Work that may overlap with the contract or its services, found by the portal and not dismissed."""
    pairs = list(overlaps.pairs_of(WorkKind.CONTRACT, [contract.pk]))
    services = contract.additional_services.values_list("pk", flat=True)
    known = {pair.pk for pair in pairs}
    pairs += [pair for pair in overlaps.pairs_of(WorkKind.SERVICE, services) if pair.pk not in known]
    rows = tuple(
        Row(
            pair.reference,
            (
                text(pair.reference, pair.get_absolute_url()),
                text(f"{pair.first.title} ({pair.first.organisation_name})"),
                text(f"{pair.second.title} ({pair.second.organisation_name})"),
                text(" ".join(reason["why"] for reason in pair.evidence)),
                text(pair.get_status_display()),
            ),
        )
        for pair in pairs
    )
    columns = ("Pair", "One", "The other", "Why", "Looked at")
    lead = "Found by comparing names, schools, areas, dates and words; an officer dismisses or confirms each."
    tables = (Table("Possible overlaps", columns, rows, "None was found."),)
    return Section("overlaps", "Possible overlaps", lead=lead, tables=tables)
