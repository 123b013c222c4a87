"""The sections of a plan file in the order of writing."""

from . import contracts, money, office, rule_sets, templates

SECTIONS = {
    section.name: section
    for section in [
        office.ORGANISATIONS,
        office.SUCCESSIONS,
        office.OFFICE,
        office.PLAN,
        office.LEARNING,
        office.PRIORITIES,
        office.MOVABLE_EVENTS,
        office.SENSITIVE_PERIODS,
        money.FUNDING_SOURCES,
        money.STREAMS,
        money.DELEGATIONS,
        rule_sets.TERMS,
        templates.RETURN_TEMPLATES,
        rule_sets.RULE_SETS,
        money.ROUNDS,
        money.ALLOCATIONS,
        money.AWARDS,
        money.COMMITMENTS,
        contracts.CONTRACTS,
        office.PEOPLE,
    ]
}
