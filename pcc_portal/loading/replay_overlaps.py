"""Steps of example activity about overlaps: work compared, a pair judged, its money to be retained."""

from grants.actions import retaining
from monitoring.actions import overlap_pairs, overlaps
from monitoring.enums import PairStatus, WorkKind
from monitoring.models import OverlapPair

from .kinds import Matching, Text, Word
from .replay_cases import project_of

LABEL = Matching(limit=80, required=True)
SAID = Text(limit=2000, required=True)
PAIR = {"case": LABEL, "other": LABEL}
OVERLAP_STEPS = {
    "compare_work": {},
    "judge_overlap": {**PAIR, "status": Word(required=True, words=PairStatus), "reason": SAID},
    "recommend_retaining": {
        **PAIR,
        "title": Text(limit=200, required=True),
        "provider_name": Text(limit=200),
        "why": SAID,
    },
}
JUDGED = {PairStatus.CONFIRMED: overlap_pairs.confirm_pair, PairStatus.DISMISSED: overlap_pairs.dismiss_pair}


def compare_work(play, step, *, by, at):
    """What the morning does: the index as it is that day, and whatever is new compared."""
    overlaps.refresh_index(at=at)
    overlaps.compare_waiting(at=at)


def projects_of(play, step):
    """The first project of either case."""
    return [project_of(play, {"case": step[name]}, 1) for name in ("case", "other")]


def judge_overlap(play, step, *, by, at):
    """Confirm or dismiss the pair of the first projects of two cases."""
    ids = [project.pk for project in projects_of(play, step)]
    pair = OverlapPair.objects.get(
        first__kind=WorkKind.PROJECT,
        first__subject_id__in=ids,
        second__kind=WorkKind.PROJECT,
        second__subject_id__in=ids,
    )
    JUDGED[step["status"]](pair=pair, reason=step["reason"], by=by, at=at)


def recommend_retaining(play, step, *, by, at):
    """Propose that the whole of both projects is retained, and recommend it to the commissioner."""
    rows = [(project, project.amount_requested) for project in projects_of(play, step)]
    words = {name: step[name] or "" for name in ("title", "why", "provider_name")}
    proposal = retaining.start_retain_proposal(rows=rows, by=by, at=at, **words)
    retaining.recommend_retaining(proposal=proposal, by=by, at=at)


VERBS = {"compare_work": compare_work, "judge_overlap": judge_overlap, "recommend_retaining": recommend_retaining}
