"""The sections of a plan file in the order of writing."""

from . import applying, contracts, living, money, office, rule_sets, templates

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
        living.PLAN_SECTIONS,
        living.PLAN_CHANGES,
        rule_sets.TERMS,
        rule_sets.STANDARD_KINDS,
        templates.RETURN_TEMPLATES,
        applying.QUESTION_SETS,
        rule_sets.RULE_SETS,
        money.AWARDS,
        money.ROUNDS,
        money.ALLOCATIONS,
        money.COMMITMENTS,
        living.DELIVERY_SCHEDULES,
        living.SUSTAINABILITY_PLANS,
        living.REQUIREMENT_REVIEWS,
        living.OPPORTUNITIES,
        living.COMPLAINT_STAGES,
        living.SCHOOL_TERMS,
        living.SCHOOL_TOPICS,
        contracts.CONTRACTS,
        office.PEOPLE,
    ]
}
