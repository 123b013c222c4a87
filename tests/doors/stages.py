"""Doors of rounds decided in stages: scores, moderation, panels, votes, ranking; papers that stay closed."""

from grants.actions import staging
from tests.make import cases
from tests.make import staging as make

from . import door


def build(rules, *, gate=False):
    """Scores and moderation, or a gate, then a panel, a vote and the commissioner."""
    first = {"scored": make.gate(rules, 1, evaluators=2) if gate else make.scored(rules, 1, evaluators=2)}
    return {
        **(first if gate else {**first, "moderation": make.stage(rules, 2, "MODERATION")}),
        "panel": make.stage(rules, 3, "PANEL"),
        "vote": make.stage(rules, 4, "PUBLIC_VOTE"),
        "decision": make.stage(rules, 5, "COMMISSIONER"),
    }


class StagedRound:
    """A round of its own whose rules have five stages."""

    def __init__(self, world, **how):
        rules = make.own_rules(world.plan.csp_rules)
        self.world, self.cast = world, world.cast
        self.__dict__.update(vars(world.cast))
        for name, stage in build(rules, **how).items():
            setattr(self, name, stage)
        self.round = cases.round_(world.cast, world.plan, rule_set=rules, name="A round in stages")
        self.reference = self.round.reference


def case_at(stage, *, declared=True, **how):
    """A case that has come to a stage of a round of its own."""

    def made(world):
        here = StagedRound(world, **how)
        case = make.sent_in(here, declared=False)
        case.staged = here
        if not declared:
            return case
        make.declare(here, case, *(getattr(here, name) for name in DECLARED))
        project = make.project_of(case)
        if stage > 1:
            make.both_score(here, project, here.scored, 4)
        if stage > 2:
            make.agree(here, project, here.moderation, here.scored, 4)
            make.settle(here, here.moderation)
        if stage > 3:
            make.record(here, project, here.panel)
        return case

    return made


DECLARED = ("officer", "other_officer", "head", "cfo", "pcc", "chief_executive")


def half_scored(world):
    """A case with unfinished scores of the officer."""
    case = case_at(1)(world)
    here = case.staged
    case.unfinished = staging.save_assessment(
        project=make.project_of(case), stage=here.scored, scores={}, by=here.officer, at=make.SCORED_AT
    )
    return case


def differing(world):
    """A gate on which its two evaluators differ."""
    case = case_at(1, gate=True)(world)
    here, project = case.staged, make.project_of(case)
    make.score(project, here.scored, here.other_officer, True)
    make.score(project, here.scored, here.officer, False, why="No policy")
    return case


WORLD = {
    "staged_case": case_at(1),
    "closed_case": case_at(1, declared=False),
    "half_scored_case": half_scored,
    "differing_case": differing,
    "scored_case": case_at(2),
    "panel_case": case_at(3),
    "voted_case": case_at(4),
}
MET = {"passed": "yes", "note": "Agreed", "who": "Four members", "held_on": "2020-04-03"}
VOTED = {"source": "The council's report", "held_on": "2020-04-03"}


def stage_of(key, name):
    """The arguments of a stage of a case's round."""
    return lambda world: {
        "reference": getattr(world, key).round.reference,
        "number": getattr(getattr(world, key).staged, name).number,
    }


def work(key, name):
    """The arguments of a project in a stage."""
    return lambda world: {
        "reference": getattr(world, key).reference,
        "number": 1,
        "stage": getattr(getattr(world, key).staged, name).number,
    }


def unfinished(world):
    return {**work("half_scored_case", "scored")(world), "pk": world.half_scored_case.unfinished.pk}


def scores(world):
    return {"finish": "Finish", **{f"score_{row.pk}": "4" for row in world.staged_case.staged.scored.criteria.all()}}


def agreed(world):
    return {f"score_{row.pk}": "4" for row in world.scored_case.staged.scored.criteria.all()}


def votes(world):
    return {f"votes_{make.project_of(world.voted_case).pk}": "12", **VOTED}


def of_round(key):
    return lambda world: {"reference": getattr(world, key).round.reference}


OFFICE = "page: office; 403: *"
OFFICERS = "page: officers; 403: *"
OFFICERS_ACT = "moved: officers; 403: *"
ENTERS = "page: officers; sentence: cfo chief_executive pcc; 403: *"
REASON = {"reason": "Ill"}

DOORS = [
    door("grants:stage_ranking", of_round("staged_case"), OFFICE),
    door("grants:stage_show", stage_of("scored_case", "moderation"), OFFICE),
    door("grants:stage_settle", stage_of("scored_case", "moderation"), "sentence: officers; 403: *", method="POST"),
    door("grants:stage_vote", stage_of("voted_case", "vote"), OFFICERS),
    door("grants:stage_vote", stage_of("voted_case", "vote"), OFFICERS_ACT, method="POST", data=votes),
    door("grants:assessment_edit", work("staged_case", "scored"), OFFICERS),
    door("grants:assessment_edit", work("staged_case", "scored"), OFFICERS_ACT, method="POST", data=scores),
    door("grants:assessment_edit", work("closed_case", "scored"), "sentence: officers; 403: *", note="closed"),
    door("grants:assessment_drop", unfinished, OFFICERS),
    door("grants:assessment_drop", unfinished, OFFICERS_ACT, method="POST", data=REASON),
    door("grants:assessment_reopen", work("differing_case", "scored"), "page: officer; sentence: head; 403: *"),
    door(
        "grants:assessment_reopen",
        work("differing_case", "scored"),
        "moved: officer; sentence: head; 403: *",
        method="POST",
        data=REASON,
    ),
    door("grants:moderation_edit", work("scored_case", "moderation"), OFFICERS),
    door("grants:moderation_edit", work("scored_case", "moderation"), OFFICERS_ACT, method="POST", data=agreed),
    door("grants:stage_record", work("panel_case", "panel"), ENTERS),
    door(
        "grants:stage_record",
        work("panel_case", "panel"),
        "moved: officers; sentence: cfo chief_executive pcc; 403: *",
        method="POST",
        data=MET,
    ),
    door("grants:evaluation_show", "closed_case", "page: office; 403: *", note="closed"),
    door("grants:evaluation_declare", "closed_case", "page: office; 403: *", note="closed"),
    door(
        "grants:business_case_show",
        "closed_case",
        "sentence: office; page: contributor lead certifier; 404: *; 403: signatory",
        note="closed",
    ),
    door(
        "grants:business_case_submission",
        lambda world: {"reference": world.closed_case.reference, "number": 1},
        "sentence: office; page: contributor lead certifier; 404: *; 403: signatory",
        note="closed",
    ),
]
