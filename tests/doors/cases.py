"""Doors of rounds and business cases."""

from grants.models import BusinessCase, Round
from tests.doors import door
from tests.make import cases

WORLD = {
    "open_round": lambda world: cases.round_today(world.cast, world.plan, at=world.now),
    "new_round": lambda world: cases.round_(
        world.cast,
        world.plan,
        status="DRAFT",
        name="A round in preparation",
        opens_on=world.today,
        deadline_on=world.today,
    ),
    "closed_round": lambda world: cases.round_(world.cast, world.plan, status="CLOSED", name="A closed round"),
    "sent_case": lambda world: cases.business_case(world.cast, world.open_round, at=world.now),
    "draft_case": lambda world: cases.business_case(
        world.cast, world.open_round, status="DRAFT", window="TACTICAL", at=world.now
    ),
    "returned_case": lambda world: cases.returned(
        cases.business_case(world.cast, world.open_round, window="TACTICAL", amounts=(100,), at=world.now),
        by=world.cast.officer,
        at=world.now,
    ),
}


def of_round(name, **more):
    return lambda world: {"reference": getattr(world, name).reference, **more}


def project_of(name, **more):
    return lambda world: {"reference": getattr(world, name).reference, "number": 1, **more}


def unjustified(world):
    """The sent case's project, as if it named neither priority nor evidence."""
    case = BusinessCase.objects.get(pk=world.sent_case.pk)
    case.projects.update(evidence_strength="NONE")
    case.projects.get().priorities.clear()


READERS = "page: office contributor lead certifier; 404: stranger provider; 403: signatory"
WRITERS = "page: writers; 404: stranger provider; 403: *"
SEND = "moved: lead; 404: stranger provider; 403: *"
OFFICERS = "page: officers; 403: *"
OFFICERS_ACT = "moved: officers; 403: *"
REASON = {"reason": "A good one."}
NEW_ROUND = {
    "name": "Another round",
    "starts_on": "2030-04-01",
    "ends_on": "2031-03-31",
    "opens_on": "2030-01-01",
    "deadline_on": "2030-02-01",
}
SUM = {"window": "MAIN", "amount": "100", **REASON}
PROJECT = {"section": "budget"}
BUDGET = {"version": "1", "budget_lines-TOTAL_FORMS": "0", "budget_lines-INITIAL_FORMS": "0"}


def new_round(world):
    return {**NEW_ROUND, "stream": world.plan.csps.pk, "rule_set": world.plan.csp_rules.pk}


def fresh(world):
    """What a section page posts back when nobody else has saved."""
    return {**BUDGET, "version": str(BusinessCase.objects.get(pk=world.draft_case.pk).version)}


def overview(world):
    return {"title": "Safer", "version": str(BusinessCase.objects.get(pk=world.draft_case.pk).version)}


def all_in(world):
    """Nothing in the closed round waits."""
    Round.objects.get(pk=world.closed_round.pk).cases.all().delete()


DOORS = [
    door("grants:round_list", "", "page: *; 403: signatory"),
    door("grants:round_show", "open_round", "page: *; 404: provider; 403: signatory"),
    door("grants:round_show", "new_round", "page: office; 404: *; 403: signatory", note="in preparation"),
    door("grants:round_questions", "open_round", "page: *; 404: provider; 403: signatory"),
    door("grants:round_preview", "new_round", OFFICERS),
    door("grants:round_new", "", OFFICERS),
    door("grants:round_new", "", OFFICERS_ACT, method="POST", data=new_round),
    door("grants:round_edit", "new_round", OFFICERS),
    door("grants:round_edit", "new_round", OFFICERS_ACT, method="POST", data=new_round),
    door("grants:round_edit", "open_round", "sentence: officers; 403: *", note="opened"),
    door("grants:round_copy", "new_round", OFFICERS),
    door(
        "grants:round_copy",
        "new_round",
        OFFICERS_ACT,
        method="POST",
        data=lambda world: {"from_round": world.open_round.pk},
    ),
    door("grants:round_allocation_add", "new_round", OFFICERS),
    door(
        "grants:round_allocation_add",
        "new_round",
        OFFICERS_ACT,
        method="POST",
        data={"organisation": "yot", "amount": "300"},
    ),
    door("grants:round_allocation", of_round("new_round", key="csp-swale"), OFFICERS),
    door(
        "grants:round_allocation",
        of_round("new_round", key="csp-swale"),
        OFFICERS_ACT,
        method="POST",
        data={"amount": "300"},
    ),
    door("grants:round_allocation_remove", of_round("new_round", key="csp-swale"), OFFICERS_ACT, method="POST"),
    door("grants:round_open", "new_round", OFFICERS_ACT, method="POST"),
    door("grants:round_open", "open_round", "sentence: officers; 403: *", method="POST", note="opened"),
    door("grants:round_close", "open_round", OFFICERS_ACT, method="POST"),
    door("grants:round_reopen", "closed_round", OFFICERS),
    door("grants:round_reopen", "closed_round", OFFICERS_ACT, method="POST", data=REASON),
    door("grants:round_finish", "closed_round", OFFICERS_ACT, method="POST", given=all_in),
    door("grants:round_deadline", "open_round", OFFICERS),
    door(
        "grants:round_deadline",
        "open_round",
        OFFICERS_ACT,
        method="POST",
        data={"deadline_on": "2099-01-01", **REASON},
    ),
    door("grants:round_late", "open_round", OFFICERS),
    door(
        "grants:round_late",
        "open_round",
        OFFICERS_ACT,
        method="POST",
        data={"organisation": "csp-swale", "until": "2099-01-01", **REASON},
    ),
    door("grants:round_cut", of_round("open_round", key="csp-swale"), OFFICERS),
    door("grants:round_cut", of_round("open_round", key="csp-swale"), OFFICERS_ACT, method="POST", data=SUM),
    door("grants:round_exception", of_round("open_round", key="csp-swale"), OFFICERS),
    door("grants:round_exception", of_round("open_round", key="csp-swale"), OFFICERS_ACT, method="POST", data=SUM),
    door(
        "grants:business_case_start",
        of_round("open_round", window="tactical"),
        "page: writers stranger; 404: provider; 403: *",
    ),
    door(
        "grants:business_case_start",
        of_round("open_round", window="tactical"),
        "moved: writers stranger; 404: provider; 403: *",
        method="POST",
        data={"title": "Safer"},
    ),
    door("grants:business_case_list", "", "page: *; 403: signatory"),
    door("grants:business_case_show", "sent_case", READERS),
    door(
        "grants:business_case_show",
        "draft_case",
        "page: contributor lead certifier; 403: signatory; 404: *",
        note="draft",
    ),
    door("grants:business_case_overview", "draft_case", WRITERS),
    door(
        "grants:business_case_overview",
        "draft_case",
        "moved: writers; 404: stranger provider; 403: *",
        method="POST",
        data=overview,
    ),
    door(
        "grants:business_case_overview", "sent_case", "sentence: writers; 404: stranger provider; 403: *", note="sent"
    ),
    door("grants:business_case_overview_autosave", "draft_case", WRITERS, method="POST", data=overview),
    door("grants:project_new", "draft_case", WRITERS),
    door(
        "grants:project_new",
        "draft_case",
        "moved: writers; 404: stranger provider; 403: *",
        method="POST",
        data={"title": "More"},
    ),
    door("grants:project_section", project_of("draft_case", **PROJECT), WRITERS),
    door(
        "grants:project_section",
        project_of("draft_case", **PROJECT),
        "moved: writers; 404: stranger provider; 403: *",
        method="POST",
        data=fresh,
    ),
    door(
        "grants:project_section_autosave",
        project_of("draft_case", **PROJECT),
        WRITERS,
        method="POST",
        data=fresh,
    ),
    door("grants:project_remove", project_of("draft_case"), WRITERS),
    door(
        "grants:project_remove",
        project_of("draft_case"),
        "moved: writers; 404: stranger provider; 403: *",
        method="POST",
    ),
    door("grants:project_justify", project_of("sent_case"), OFFICERS, given=unjustified),
    door(
        "grants:project_justify",
        project_of("sent_case"),
        OFFICERS_ACT,
        method="POST",
        data={"justification": "A pilot."},
        given=unjustified,
    ),
    door("grants:business_case_check", "draft_case", WRITERS),
    door("grants:business_case_submit", "draft_case", SEND, method="POST", data={"agrees": "on"}),
    door(
        "grants:business_case_submit",
        "sent_case",
        "sentence: lead; 404: stranger provider; 403: *",
        method="POST",
        data={"agrees": "on"},
        note="sent",
    ),
    door("grants:business_case_submitted", "sent_case", READERS),
    door("grants:business_case_submission", project_of("sent_case"), READERS),
    door("grants:business_case_changes", project_of("sent_case"), "404: *; 403: signatory", note="one submission only"),
    door("grants:business_case_return", "sent_case", OFFICERS),
    door(
        "grants:business_case_return",
        "sent_case",
        OFFICERS_ACT,
        method="POST",
        data={"ask-overview-0": "Say more."},
    ),
    door("grants:business_case_withdraw", "sent_case", "page: lead officers; 404: stranger provider; 403: *"),
    door(
        "grants:business_case_withdraw",
        "sent_case",
        "moved: lead officers; 404: stranger provider; 403: *",
        method="POST",
        data=REASON,
    ),
    door("grants:business_case_reopen", "sent_case", "page: lead officers; 404: stranger provider; 403: *"),
    door(
        "grants:business_case_reopen",
        "sent_case",
        "moved: lead officers; 404: stranger provider; 403: *",
        method="POST",
        data=REASON,
    ),
]
