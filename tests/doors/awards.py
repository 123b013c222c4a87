"""Doors of evaluation, decisions, awards and payments."""

from grants.actions import awards, decisions, instalments
from plans.models import Delegation
from tests.make import awards as make
from tests.make import frozen

from . import door


def apart(world):
    """A round of its own, so that each state has its one case and award."""
    return make.world(world.cast, world.plan)


def deferred_project(world):
    """A project that waits for the applicant's answer."""
    here = apart(world)
    project = make.projects(make.awaiting_decision(here))[0]
    decisions.decide_project(
        project=project, outcome="DEFERRED", reason="Unclear", question="Who delivers?", by=here.pcc, at=make.DECIDED_AT
    )
    return project


def suspended_award(world):
    here = apart(world)
    award = make.live_award(here)
    return awards.suspend_award(award=award, reason="A concern", by=here.officer, at=make.RELEASED_AT)


def withheld_award(world):
    here = apart(world)
    award = make.live_award(here)
    row = make.instalment(award)
    instalments.withhold_instalment(instalment=row, reason="A concern", by=here.finance, at=make.RELEASED_AT)
    return award


def repaying_award(world):
    here = apart(world)
    award = make.paid_award(here)
    instalments.request_repayment(award=award, amount=100, reason="Unspent", by=here.finance, at=make.TACTICAL_AT)
    return award


def confirmable_award(world):
    """An award whose second instalment waits for an officer's confirmation."""
    frozen.thaw(world.plan.third_rules)
    world.plan.third_rules.instalment_rules.update(share_percent=50)
    world.plan.third_rules.instalment_rules.create(number=2, share_percent=50, condition="OFFICER_CONFIRMED")
    here = make.world(world.cast, world.plan, make.cases.round_(world.cast, world.plan, third=True))
    return make.live_award(here, organisation=here.yot)


def without_delegations(world):
    """Other areas' rows may have recorded a delegation; here nobody has one."""
    Delegation.objects.all().delete()


WORLD = {
    "sent_case": lambda world: make.submitted_case(apart(world)),
    "declared_case": lambda world: make.declared_case(apart(world)),
    "evaluated_case": lambda world: make.under_evaluation(apart(world)),
    "recommended_case": lambda world: make.recommended(apart(world)),
    "waiting_case": lambda world: make.awaiting_decision(apart(world)),
    "deferred_project": deferred_project,
    "deciding_award": lambda world: make.made_award(apart(world)),
    "offered_award": lambda world: make.offered_award(apart(world)),
    "live_award": lambda world: make.live_award(apart(world)),
    "released_award": lambda world: make.released_award(apart(world)),
    "paid_award": lambda world: make.paid_award(apart(world)),
    "suspended_award": suspended_award,
    "withheld_award": withheld_award,
    "repaying_award": repaying_award,
    "confirmable_award": confirmable_award,
    "told_decision": lambda world: world.offered_award.lines.get().decision,
}


def first(key):
    """The arguments of the first project or instalment of a state."""
    return lambda world: {"reference": getattr(world, key).reference, "number": 1}


def of_deferred(world):
    return {"reference": world.deferred_project.case.reference, "number": 1}


def third(key):
    return lambda world: {"reference": getattr(world, key).reference, "number": 3}


DECLARERS = "page: officers deciders; 403: *"
OFFICERS = "page: officers; 403: *"
OFFICERS_ACT = "moved: officers; 403: *"
FINANCE = "page: finance; 403: *"
FINANCE_ACT = "moved: finance; 403: *"
SIGNS = "page: signatory; 403: *; 403: office; 403: outsiders"
REASON = {"reason": "Because"}

DOORS = [
    door("grants:evaluation_show", "sent_case", "page: office; 403: *"),
    door("grants:evaluation_declare", "sent_case", DECLARERS),
    door(
        "grants:evaluation_declare", "sent_case", "moved: officers deciders; 403: *", method="POST",
        data={"has_interest": "no"},
    ),
    door("grants:evaluation_begin", "declared_case", "moved: officer; sentence: head; 403: *", method="POST"),
    door("grants:evaluation_edit", first("evaluated_case"), "page: officer; sentence: head; 403: *"),
    door(
        "grants:evaluation_edit", first("evaluated_case"), "moved: officer; sentence: head; 403: *", method="POST",
        data={"need_found": "Clear", "outcomes": "Measured", "value_for_money": "Good"},
    ),
    door("grants:evaluation_recommend", first("recommended_case"), "page: officer; sentence: head; 403: *"),
    door(
        "grants:evaluation_recommend", first("recommended_case"), "moved: officer; sentence: head; 403: *",
        method="POST", data={"outcome": "DECLINED", "advice": "Not shown"},
    ),
    door("grants:evaluation_comment", first("recommended_case"), "page: cfo; 403: *"),
    door(
        "grants:evaluation_comment", first("recommended_case"), "moved: cfo; 403: *", method="POST",
        data={"comment": "Affordable"},
    ),
    door("grants:evaluation_send", "recommended_case", OFFICERS_ACT, method="POST"),
    door("grants:evaluation_take_back", "waiting_case", OFFICERS),
    door("grants:evaluation_take_back", "waiting_case", OFFICERS_ACT, method="POST", data=REASON),
    door(
        "grants:decision_make", first("waiting_case"), "page: pcc; sentence: deciders; 403: *",
        given=without_delegations, note="a post without a delegation is told so",
    ),
    door(
        "grants:decision_make", first("waiting_case"), "moved: pcc; sentence: deciders; 403: *", method="POST",
        given=without_delegations,
        data={"outcome": "APPROVED", "purpose": "Safety", "reason": "Need", "confirm": "yes"},
    ),
    door("grants:decision_answer", of_deferred, "page: writers; 403: *; 404: outsiders"),
    door(
        "grants:decision_answer", of_deferred, "moved: writers; 403: *; 404: outsiders", method="POST",
        data={"answer": "Our own staff"},
    ),
    door("grants:decision_list", "", "page: office; 403: *"),
    door("grants:decision_show", "told_decision", "page: office; 403: *"),
    door("grants:decision_publish", "told_decision", OFFICERS_ACT, method="POST"),
    door("grants:award_list", "", "page: *"),
    door("grants:award_show", "offered_award", "page: office maidstone; 404: *"),
    door("grants:award_offer", "deciding_award", OFFICERS_ACT, method="POST"),
    door("grants:award_accept", "offered_award", SIGNS),
    door(
        "grants:award_accept", "offered_award", "moved: signatory; 403: *", method="POST",
        data={"position": "Head", "agrees": "on"},
    ),
    door("grants:award_decline", "offered_award", SIGNS),
    door("grants:award_decline", "offered_award", "moved: signatory; 403: *", method="POST", data=REASON),
    door("grants:award_lapse", "offered_award", OFFICERS),
    door("grants:award_lapse", "offered_award", OFFICERS_ACT, method="POST", data=REASON),
    door("grants:award_suspend", "live_award", OFFICERS),
    door("grants:award_suspend", "live_award", OFFICERS_ACT, method="POST", data=REASON),
    door("grants:award_resume", "suspended_award", OFFICERS),
    door("grants:award_resume", "suspended_award", OFFICERS_ACT, method="POST", data=REASON),
    door("grants:award_end_early", "live_award", OFFICERS),
    door("grants:award_end_early", "live_award", OFFICERS_ACT, method="POST", data=REASON),
    door("grants:award_vary_end", "live_award", OFFICERS),
    door("grants:award_vary_end", "live_award", OFFICERS_ACT, method="POST", data={"ends_on": "2100-03-31", **REASON}),
    door("grants:award_close", "live_award", "sentence: officers; 403: *", method="POST"),
    door("grants:payment_list", "", "page: office; 403: *"),
    door("grants:instalment_release", first("live_award"), FINANCE_ACT, method="POST"),
    door("grants:instalment_withhold", first("live_award"), FINANCE),
    door("grants:instalment_withhold", first("live_award"), FINANCE_ACT, method="POST", data=REASON),
    door("grants:instalment_resume", first("withheld_award"), FINANCE),
    door("grants:instalment_resume", first("withheld_award"), FINANCE_ACT, method="POST", data=REASON),
    door("grants:instalment_confirm", lambda world: {"reference": world.confirmable_award.reference, "number": 2},
         OFFICERS),
    door("grants:instalment_confirm", lambda world: {"reference": world.confirmable_award.reference, "number": 2},
         OFFICERS_ACT, method="POST", data={"evidence": "Insurance seen"}),
    door("grants:instalment_pay", first("released_award"), FINANCE),
    door(
        "grants:instalment_pay", first("released_award"), FINANCE_ACT, method="POST",
        data={"paid_on": "2020-04-03", "payment_reference": "BACS 1"},
    ),
    door("grants:repayment_request", "paid_award", FINANCE),
    door(
        "grants:repayment_request", "paid_award", FINANCE_ACT, method="POST",
        data={"amount": "100", "reason": "Unspent"},
    ),
    door("grants:repayment_record", third("repaying_award"), FINANCE),
    door(
        "grants:repayment_record", third("repaying_award"), FINANCE_ACT, method="POST",
        data={"paid_on": "2020-07-03", "payment_reference": "IN 1"},
    ),
]  # fmt: skip
