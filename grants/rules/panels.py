"""When what a panel, a vote, a second body or an earlier decider said may be entered (X1, X3)."""

from accounts import access
from accounts.roles import Permission
from plans.enums import StageKind

from ..queries import duties, scoring
from . import evaluations
from .reaching import why_not_of_post
from .staging import WITH_OFFICERS, lower, why_more_may_come, why_not_now, why_not_work_on


def why_not_record(standing, stage, *, user, on):
    """Say why what a panel, a second body or an earlier decider said cannot be entered now, or nothing."""
    if stage.kind not in scoring.ENTERED | scoring.DECIDING:
        return f"{stage.name} is settled from its scores or votes."
    if standing.deciding and stage.pk == standing.deciding.pk:
        return "This stage is the decision itself. Send the business case for decision."
    if standing.step(stage) in standing.after:
        return _why_not_agree_after(standing, stage, user)
    if stage.kind in scoring.DECIDING:
        return _why_not_decide_early(standing, stage, user)
    return why_not_work_on(standing, stage, user)


def _why_not_agree_after(standing, stage, user):
    """A second body after the decision: an officer enters what it said."""
    if why := evaluations.why_not_work(standing.project.case, user):
        return why
    return why_not_now(standing, stage)


def _why_not_decide_early(standing, stage, user):
    """A stage of a post before the decision: whoever holds the post says whether the project goes on."""
    case = standing.project.case
    if case.status not in WITH_OFFICERS:
        return f"This business case is {lower(case.get_status_display())}, so no stage of it can be worked on."
    if why := why_not_of_post(stage, user):
        return why
    if why := evaluations.why_conflicted(case, user) or evaluations.why_undeclared(case, user):
        return why
    if user.pk in duties.advisers_of([standing.project.pk]):
        return "You evaluated or advised on this, so somebody else decides it."
    return why_not_now(standing, stage)


def why_not_record_so(board, stage, *, passed, held_on, who, note, share, on):
    """Say what is wrong with what is entered, or nothing."""
    if passed is None:
        return "Say whether the project goes on."
    if not note.strip():
        return "Write the reason; it is kept with the result."
    if stage.kind in scoring.ENTERED:
        if held_on is None:
            return "Give the day of the meeting."
        if held_on > on:
            return "The meeting has not been held yet. Enter its result once it has."
        if not who.strip():
            return "Say who took part."
    if stage.pass_percent is not None:
        if share is None:
            return "Give the share of votes in favour."
        if passed and (low := scoring.threshold_words(share, stage.pass_percent, "in favour")):
            return f"{low}, so the project goes no further here."
    return _why_no_place(board, stage) if passed else ""


def _why_no_place(board, stage):
    """Say that every place of a panel is taken, or nothing; `board` holds the results of the same lot."""
    if stage.places is None or len(board) < stage.places:
        return ""
    names = ", ".join(board)
    return f"{stage.name} has {stage.places} place{'' if stage.places == 1 else 's'}, and {names} went through."


def why_not_vote(round, board, *, user, on):
    """Say why the result of a public vote cannot be entered now, or nothing."""
    if not access.may(user, Permission.CASE_EVALUATE):
        return evaluations.NOT_AN_OFFICER
    if board.stage.kind != StageKind.PUBLIC_VOTE:
        return f"{board.stage.name} is no public vote."
    if not board.waiting:
        return "No project waits for the result of a vote."
    if why := why_more_may_come(round, on=on):
        return why
    early = next((entry for entry in board.waiting if entry.standing.now.stage.pk != board.stage.pk), None)
    if early:
        return f"{early.project.reference} has not come to the vote: it is at {early.standing.now.stage.name}."
    return ""


def why_not_vote_so(board, *, votes, held_on, source, on):
    """Say what is wrong with the votes entered, or nothing; `votes` is {project id: number}."""
    if held_on is None:
        return "Give the day on which the vote ended."
    if held_on > on:
        return "The vote has not ended yet. Enter its result once it has."
    if not source.strip():
        return "Say where the result comes from."
    for entry in board.waiting:
        count = votes.get(entry.project.pk)
        if count is None or count < 0:
            return f"{entry.project.reference}: give the number of votes, 0 where there were none."
    for lot, entries in board.groups:
        waiting = [entry for entry in entries if entry in board.waiting]
        if waiting and not sum(votes[entry.project.pk] for entry in waiting):
            return f"No votes were entered{f' for {lot}' if lot else ''}."
    return ""
