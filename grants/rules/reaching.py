"""What the stages of a round forbid the decision, the offer and the reader of the papers (V3, X1, X3)."""

from accounts import access
from accounts.enums import RoleName
from plans.enums import StageKind
from records.enums import DecisionOutcome
from records.words import pounds

from ..enums import CASE_WITH_OFFICE
from ..queries import staging


def _lower(words):
    return words[:1].lower() + words[1:]


def went_no_further(standing):
    """Where and why a failed project went no further, as a sentence without its full stop."""
    step = standing.failed
    why = f" ({step.result.note})" if step.result.note else ""
    return f"This project went no further at {step.stage.name}{why}"


def why_not_ready(standing):
    """Say which stage comes before the decision, or nothing."""
    if standing.is_ready or standing.failed:
        return ""
    step = standing.now
    return f"{step.stage.name} comes before the decision: {_lower(step.waits_for)}."


def why_only_declined(standing, outcome):
    """Say that a project that failed a stage can only be declined, or nothing."""
    if standing.failed and outcome != DecisionOutcome.DECLINED:
        return f"{went_no_further(standing)}, so it can only be declined."
    return ""


def why_not_of_post(stage, user):
    """Say which post decides in this stage, or nothing; the commissioner may always decide."""
    posts = access.posts_of(user)
    if RoleName.COMMISSIONER in posts:
        return ""
    if stage.kind == StageKind.COMMISSIONER:
        return f"By the rules of this round, the commissioner decides at “{stage.name}”."
    if stage.post and stage.post not in posts:
        return f"By the rules of this round, the {_lower(stage.get_post_display())} decides at “{stage.name}”."
    return ""


def why_not_decide_in_stage(standing, user):
    """Say who decides on a project of this sum by the rules of the round, or nothing."""
    stage = standing.deciding
    if stage is None:
        return ""
    if why := why_not_of_post(stage, user):
        return f"{why} It asks for {pounds(standing.amount)}."
    return ""


def why_not_offer_yet(projects, stages):
    """Say which second body has still to agree before these projects are offered, or nothing."""
    for project in projects:
        step = staging.standing_of(project, stages).pending
        if step is None:
            continue
        if step.state == staging.FAILED:
            return f"{step.stage.body} did not agree to {project.title}, so it is not offered."
        return f"{step.stage.body} has still to agree to {project.title} before it is offered."
    return ""


def why_closed(case):
    """Say why the papers of a case decided in stages are still closed to the person it was read for, or nothing."""
    if not getattr(case, "is_closed", False):
        return ""
    if case.status not in CASE_WITH_OFFICE:
        return "The papers of this business case open to you once it is decided."
    return "Declare your interests in this business case before you open its papers."
