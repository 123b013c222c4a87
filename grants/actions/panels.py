"""Every write of a stage that is entered: panels, second bodies, earlier deciders, public votes (X1)."""

from decimal import Decimal

from django.db import transaction

from records.calendar import london_day
from records.refusals import refuse_if

from ..enums import StageOutcome
from ..models import StageResult
from ..notices import staging as notices
from ..queries import boards, scoring, staging
from ..rules import decisions as decision_rules
from ..rules import panels as rules
from . import awards
from .locks import lock_case_money
from .staging import fresh, lock_round, owe_stage_work, write_result


@transaction.atomic
def record_stage(*, project, stage, passed, note, held_on=None, who="", minutes="", share=None, by, at):
    """Enter what a panel, a second body or an earlier decider said of one project.

    `share` is the part of the votes in favour in per cent, where the stage asks for one.
    """
    project, standing = fresh(project)
    on = london_day(at)
    refuse_if(rules.why_not_record(standing, stage, user=by, on=on), project.case)
    entered = {"passed": passed, "held_on": held_on, "who": who, "note": note, "share": share}
    refuse_if(rules.why_not_record_so(_through(project, stage), stage, on=on, **entered), project.case)
    facts = {"held_on": held_on, "who": who.strip(), "minutes": minutes.strip(), "percent": share}
    outcome = StageOutcome.PASSED if passed else StageOutcome.FAILED
    row = write_result(project, stage, outcome, note=note.strip(), by=by, at=at, **facts)
    if standing.step(stage) in standing.after:
        _after_decision(project, passed, note, by=by, at=at)
    owe_stage_work(project.case.round, at=at)
    return row


def _after_decision(project, passed, note, *, by, at):
    """The last second body to agree makes the award; one that does not ends it, and the applicant is told."""
    if not passed:
        awards.stamp_offered([project.decision_id], by=by, at=at)
        notices.project_not_agreed(project, note=note, at=at)
        return
    project = staging.project_for_stages(project)
    if staging.standing_of(project).pending:
        return
    award = lock_case_money(project.case)
    decision = project.decision
    refuse_if(decision_rules.why_not_award_now(project, amount=decision.amount), project.case)
    awards.approve_into_award(project=project, decision=decision, award=award, by=by, at=at)


def _through(project, stage):
    """References of the projects of the same round and lot that a stage has put through."""
    rows = StageResult.objects.filter(stage=stage, outcome=StageOutcome.PASSED, project__lot=project.lot_id)
    rows = rows.filter(project__case__round=project.case.round_id).select_related("project__case")
    return [row.project.reference for row in rows.order_by("project__case__reference", "project__number")]


@transaction.atomic
def record_vote(*, round, stage, votes, held_on, source, by, at):
    """Enter the result of a public vote for every project that waits for it; `votes` is {project id: number}.

    Shares and places are of the same lot where the rules have lots. Gives the results.
    """
    lock_round(round)
    board = boards.board_of(round, staging.stages_of(round.rule_set_id), stage)
    on = london_day(at)
    refuse_if(rules.why_not_vote(round, board, user=by, on=on), round)
    refuse_if(rules.why_not_vote_so(board, votes=votes, held_on=held_on, source=source, on=on), round)
    waiting, results = {entry.project.pk for entry in board.waiting}, []
    for _lot, entries in board.groups:
        asked = {entry.project.pk: entry for entry in entries if entry.project.pk in waiting}
        total = sum(votes[key] for key in asked)
        shares = {key: scoring.percent(Decimal(votes[key]), total) for key in asked}
        verdicts = scoring.verdicts(shares, least=board.least, most=board.most, of="of the votes")
        for key, entry in asked.items():
            results.append(_count(entry, votes[key], shares[key], verdicts[key], held_on, source, by=by, at=at))
    owe_stage_work(round, at=at)
    return results


def _count(entry, votes, share, verdict, held_on, source, *, by, at):
    outcome = StageOutcome.PASSED if verdict.passed else StageOutcome.FAILED
    facts = {"votes": votes, "percent": share, "place": verdict.place, "held_on": held_on, "who": source.strip()}
    return write_result(entry.project, entry.stage, outcome, note=verdict.words, by=by, at=at, **facts)
