"""Whether the stages of a decision stand in an order that ends in one, whatever the sum asked for (V3)."""

from decimal import Decimal

from records.words import pounds

from ...enums import StageKind
from .rows import DECIDES, HAS_CRITERIA, faults_of_row

S = StageKind
PENNY = Decimal("0.01")


def faults_of_stages(stages):
    """The faults of all stages, each alone and with one another; none without stages."""
    if not stages:
        return []
    order = sorted(range(len(stages)), key=lambda place: stages[place].get("number", place))
    faults = []
    for place in order:
        faults += [(f"stages.{place}.{field}", sentence) for field, sentence in faults_of_criteria(stages[place])]
    return faults + in_their_order(stages, order) + without_decision(stages, order)


def faults_of_criteria(stage):
    """The faults of one stage and of what its scores mean."""
    yield from faults_of_row("stages", stage)
    criteria = stage.get("criteria", [])
    if stage.get("kind") in HAS_CRITERIA and not criteria:
        yield "criteria", f"“{stage.get('name', '')}” has no criteria. Add at least one."
    for place, criterion in enumerate(criteria):
        for field, sentence in faults_of_row("criteria", criterion):
            yield f"criteria.{place}.{field}", sentence
        for number, guide in enumerate(criterion.get("guides", [])):
            if guide["score"] > criterion.get("highest", 5):
                words = f"The score {guide['score']} is above the highest, {criterion.get('highest', 5)}. Take it out."
                yield f"criteria.{place}.guides.{number}.score", words


def in_their_order(stages, order):
    """Moderation follows scores of two or more; nothing is scored once somebody has decided."""
    faults, before, decided = [], {}, None
    for place in order:
        stage = stages[place]
        kind, name = stage.get("kind"), stage.get("name", "")
        if kind == S.MODERATION and before.get("kind") != S.SCORED:
            words = f"“{name}” agrees scores, so it must follow directly after a scored stage. Move it there."
            faults.append((f"stages.{place}.kind", words))
        elif kind == S.MODERATION and (before.get("evaluators") or 0) < 2:
            words = f"“{name}” compares scores, so “{before.get('name', '')}” needs at least 2 evaluators."
            faults.append((f"stages.{place}.kind", words))
        if decided is not None and kind not in DECIDES | {S.SECOND_BODY}:
            words = f"“{name}” stands after the decision “{decided}”, so nothing would reach it. Move it before."
            faults.append((f"stages.{place}.number", words))
        decided = name if kind in DECIDES and decided is None else decided
        before = stage
    return faults


def without_decision(stages, order):
    """Every sum reaches a decision."""
    deciding = [stages[place] for place in order if stages[place].get("kind") in DECIDES]
    if not deciding:
        words = "The stages do not end in a decision. Add the commissioner’s, or an officer’s, as the last one."
        return [("stages", words)]
    if (sum_ := undecided(deciding)) is None:
        return []
    words = f"Nobody decides on a project that asks for {pounds(sum_)}. Let one of the decisions reach it."
    return [("stages", words)]


def undecided(deciding):
    """The least sum, in pounds, that no decision concerns; None where each has one."""
    reached = PENNY
    while True:
        concerned = [
            stage.get("up_to_amount")
            for stage in deciding
            if (stage.get("from_amount") or PENNY) <= reached
            and (stage.get("up_to_amount") is None or stage["up_to_amount"] >= reached)
        ]
        if not concerned:
            return reached
        if None in concerned:
            return None
        reached = max(concerned) + PENNY
