"""Doors of overlaps and of money the office would retain (C7)."""

from monitoring.actions import overlap_pairs
from tests.make import awards as make_awards
from tests.make import overlaps as make_overlaps
from tests.make import retaining as make

from . import door
from .awards import OFFICERS, OFFICERS_ACT, REASON, without_delegations

OFFICE = "page: office; 403: *"
STATES = {"draft": make.started, "recommended": make.recommended, "commented": make.commented, "decided": make.decided}


def here(world):
    """One case that waits for a decision, with a project for each state of a proposal and one more."""
    made = make_awards.world(world.cast, world.plan)
    made.direct_rules = make.direct_rules(made)
    made.several = make.projects_of_one_case(made, len(STATES) + 1)
    return made


def in_state(name):
    """A proposal about one project, walked to a state."""

    def walk(world):
        project = world.retain_world.several[list(STATES).index(name)]
        return STATES[name](world.retain_world, make.fresh([project]))

    return walk


def pair(world):
    """A pair of two projects of one case."""
    first, second = world.retain_world.several[-2:]
    return make_overlaps.pair(make_overlaps.work(first), make_overlaps.work(second))


def confirmed(world):
    """A pair an officer confirmed."""
    first, second = world.retain_world.several[:2]
    found = make_overlaps.pair(make_overlaps.work(first), make_overlaps.work(second))
    return overlap_pairs.confirm_pair(pair=found, reason="Same", by=world.cast.officer, at=make.STARTED_AT)


def of(key):
    return lambda world: {"pk": getattr(world, key).pk}


WORLD = {
    "overlap": pair,
    "confirmed_overlap": confirmed,
    "retain_world": here,
    **{f"{name}_retain": in_state(name) for name in STATES},
}


def written(world):
    """A whole proposal about the project that no other proposal names, as posted."""
    free = world.retain_world.several[-1]
    words = {"title": "One play", "provider_name": make.THEATRE, "why": make.WHY}
    return {"project": free.reference, f"amount_{free.pk}": "1000", **words}


def changed(world):
    """The draft with a lower sum, as posted."""
    part = world.draft_retain.parts.get()
    return {"title": "A play", "provider_name": make.THEATRE, "why": make.WHY, f"amount_{part.project_id}": "900"}


def award(world):
    """The direct award with the money retained, as posted."""
    known = world.retain_world
    return {
        "title": "One play", "stream": known.thirds.key, "rule_set": known.direct_rules.key,
        "recipient": known.yot.key, "purpose": "A play", "reason": "One company",
        "starts_on": "2020-04-01", "ends_on": "2021-03-31", "money-TOTAL_FORMS": "1", "money-INITIAL_FORMS": "0",
        "money-0-source": known.own.key, "money-0-amount": "1000",
    }  # fmt: skip


def decided(world):
    """The decision to retain, as posted and confirmed."""
    part = world.commented_retain.parts.get()
    return {"outcome": "RETAINED", "projects": [str(part.project_id)], "reason": "One tour", "confirm": "yes"}


DOORS = [
    door("monitoring:overlap_list", "", OFFICE),
    door("monitoring:overlap_show", of("overlap"), OFFICE),
    door("monitoring:overlap_show", of("confirmed_overlap"), OFFICE, note="confirmed"),
    door("monitoring:overlap_confirm", of("overlap"), OFFICERS),
    door("monitoring:overlap_confirm", of("overlap"), OFFICERS_ACT, method="POST", data=REASON),
    door("monitoring:overlap_dismiss", of("overlap"), OFFICERS),
    door("monitoring:overlap_dismiss", of("confirmed_overlap"), OFFICERS_ACT, method="POST", data=REASON),
    door("grants:retain_list", "", OFFICE),
    door("grants:retain_choose", "", OFFICERS),
    door("grants:retain_new", "", "moved: officers; 403: *", note="without a project one is asked to choose"),
    door("grants:retain_new", "", OFFICERS_ACT, method="POST", data=written),
    door("grants:retain_show", "draft_retain", OFFICE),
    door("grants:retain_edit", "draft_retain", OFFICERS),
    door("grants:retain_edit", "draft_retain", OFFICERS_ACT, method="POST", data=changed),
    door("grants:retain_recommend", "draft_retain", OFFICERS_ACT, method="POST"),
    door("grants:retain_comment", "recommended_retain", "page: cfo; 403: *"),
    door(
        "grants:retain_comment", "recommended_retain", "moved: cfo; 403: *", method="POST",
        data={"comment": "Affordable"},
    ),
    door("grants:retain_take_back", "commented_retain", OFFICERS),
    door("grants:retain_take_back", "commented_retain", OFFICERS_ACT, method="POST", data=REASON),
    door("grants:retain_withdraw", "draft_retain", OFFICERS),
    door("grants:retain_withdraw", "draft_retain", OFFICERS_ACT, method="POST", data=REASON),
    door(
        "grants:retain_decide", "commented_retain", "page: pcc; sentence: deciders; 403: *",
        given=without_delegations, note="a post without a delegation is told so",
    ),
    door(
        "grants:retain_decide", "commented_retain", "moved: pcc; sentence: deciders; 403: *", method="POST",
        given=without_delegations, data=decided,
    ),
    door("grants:retain_award", "decided_retain", OFFICERS),
    door("grants:retain_award", "decided_retain", OFFICERS_ACT, method="POST", data=award),
]  # fmt: skip
