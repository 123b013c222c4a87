"""Doors of rounds by bids and by formula: invitations, shares, figures, exceptions, questions."""

from datetime import timedelta

from grants.actions import exceptions
from grants.models import BusinessCase
from tests.doors import door
from tests.make import bidding, cases
from tests.make.staging import own_rules

QUESTIONS = [{"key": "young", "label": "Do you work with young people?", "kind": "YES_NO"}]


def days(world):
    return {
        "opens_on": world.today - timedelta(days=30),
        "deadline_on": world.today + timedelta(days=30),
        "starts_on": world.today,
        "ends_on": world.today + timedelta(days=364),
    }


def round_today(world, rule_set, *, status="OPEN", **details):
    """A round by bids for the two partnerships, open since yesterday."""
    made = cases.round_(
        world.cast, world.plan, rule_set=rule_set, status="DRAFT", allocate=False, budget=50000, name="Bids",
        tactical_opens_on=None, tactical_closes_on=None, **{**days(world), **details},
    )  # fmt: skip
    if status == "OPEN":
        cases.rounds.open_round(round=made, by=world.cast.officer, at=world.now - timedelta(days=1))
    return made


def open_bids(world):
    """Open to everybody, with a limit that needs an exception and questions of both kinds."""
    rules = bidding.rules(world.plan, limits=[("CASE_TOTAL", "9000", "NEEDS_EXCEPTION")])
    bidding.questions(rules, QUESTIONS, key="of-case")
    bidding.questions(rules, QUESTIONS, key="of-project", asked_of="PROJECT")
    return round_today(world, rules)


def invited_bids(world):
    made = round_today(world, bidding.rules(world.plan, invited_only=True), status="DRAFT")
    cases.rounds.save_round(round=made, name="Invited bids", by=world.cast.officer, at=world.now)
    bidding.invited(world.cast, made, world.cast.swale)
    return made


def formula_draft(world):
    rules = own_rules(world.plan.csp_rules)
    rules.money_set_by = "FORMULA"
    rules.save()
    bidding.formula(rules)
    return bidding.formula_round(
        world.cast, world.plan, rules, {world.cast.maidstone: (1, 2), world.cast.swale: (3, 4)}
    )


def bid_draft(world):
    case = cases.business_cases.start_business_case(
        round=world.open_bids,
        organisation=world.cast.maidstone,
        window="MAIN",
        title="A bid",
        by=world.cast.maidstone_lead,
        at=world.now,
    )
    cases.project(case, by=world.cast.maidstone_lead, at=world.now)
    return case


def asked(world):
    """The bid asks for more than the limit, and its lead has asked for an exception."""
    case = BusinessCase.objects.get(pk=world.bid_draft.pk)
    exceptions.ask_for_exception(case=case, reason="Rents.", by=world.cast.maidstone_lead, at=world.now)


WORLD = {
    "open_bids": open_bids,
    "invited_bids": invited_bids,
    "formula_draft": formula_draft,
    "bid_draft": bid_draft,
}
OFFICERS = "page: officers; 403: *"
OFFICERS_ACT = "moved: officers; 403: *"
WRITERS = "page: writers; 404: stranger provider; 403: *"
GIVERS = "page: head chief_executive pcc; 403: *"


def of_round(name, **more):
    return lambda world: {"reference": getattr(world, name).reference, **more}


def of_case(**more):
    return lambda world: {"reference": world.bid_draft.reference, **more}


def exception_of(world):
    return {"reference": world.open_bids.reference, "case_reference": world.bid_draft.reference}


def fresh(world):
    return {"young": "yes", "version": str(BusinessCase.objects.get(pk=world.bid_draft.pk).version)}


DOORS = [
    door("grants:round_invite", "invited_bids", OFFICERS),
    door("grants:round_invite", "invited_bids", OFFICERS_ACT, method="POST", data={"organisation": "csp-maidstone"}),
    door("grants:round_invite", "open_bids", "sentence: officers; 403: *", note="open to all"),
    door("grants:round_invite_recipients", "invited_bids", OFFICERS_ACT, method="POST"),
    door("grants:round_invite_remove", of_round("invited_bids", key="csp-swale"), OFFICERS_ACT, method="POST"),
    door("grants:round_sources", "invited_bids", OFFICERS),
    door("grants:round_sources", "invited_bids", OFFICERS_ACT, method="POST", data={}),
    door("grants:round_formula", "formula_draft", OFFICERS),
    door(
        "grants:round_formula",
        "formula_draft",
        OFFICERS_ACT,
        method="POST",
        data={"value-csp-swale-population": "5", "value-csp-swale-crime": "5"},
    ),
    door("grants:round_formula_work_out", "formula_draft", OFFICERS_ACT, method="POST"),
    door("grants:round_show", "open_bids", "page: *; 403: signatory", note="open to all"),
    door("grants:round_preview", "open_bids", OFFICERS, query="as=csp-swale&sum=12000", note="by bids"),
    door(
        "grants:business_case_exception",
        of_case(),
        "page: lead; 404: stranger provider; 403: *",
    ),
    door(
        "grants:business_case_exception",
        of_case(),
        "moved: lead; 404: stranger provider; 403: *",
        method="POST",
        data={"reason": "Rents."},
    ),
    door("grants:round_exception_answer", exception_of, GIVERS, given=asked),
    door(
        "grants:round_exception_answer",
        exception_of,
        "moved: head chief_executive pcc; 403: *",
        method="POST",
        data={"answer": "give", "reason": "Shown."},
        given=asked,
    ),
    door("grants:case_questions", of_case(key="of-case"), WRITERS),
    door(
        "grants:case_questions",
        of_case(key="of-case"),
        "moved: writers; 404: stranger provider; 403: *",
        method="POST",
        data=fresh,
    ),
    door("grants:case_questions_autosave", of_case(key="of-case"), WRITERS, method="POST", data=fresh),
    door("grants:project_questions", of_case(number=1, key="of-project"), WRITERS),
    door(
        "grants:project_questions",
        of_case(number=1, key="of-project"),
        "moved: writers; 404: stranger provider; 403: *",
        method="POST",
        data=fresh,
    ),
    door("grants:project_questions_autosave", of_case(number=1, key="of-project"), WRITERS, method="POST", data=fresh),
]
