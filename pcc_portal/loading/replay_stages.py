"""Steps of example activity about questions, exceptions, stages of a decision, and what follows an award."""

from decimal import Decimal

from grants.actions import answers, continuation_days, continuations, evaluations, exceptions, staging
from grants.enums import CaseStatus, ContinuationKind
from grants.models import Continuation, Round
from grants.queries import bidding
from plans.enums import StageKind
from plans.models import DecisionStage

from .replay_cases import amount_for, award_of, case_of, number_of, project_of, projects_of


def answer_questions(play, step, *, by, at):
    """Answer one set of questions of the case."""
    case = case_of(play, step)
    asked = next(row for row in bidding.asks_of(case.round.rule_set).of_case if row.key == step["set"])
    values = {row["ask"]: row["answer"] for row in step["answers"]}
    answers.write_answers(case=case, asked=asked, values=values, by=by, at=at)


def ask_for_exception(play, step, *, by, at):
    exceptions.ask_for_exception(case=case_of(play, step), reason=step["reason"], by=by, at=at)


def give_exception(play, step, *, by, at):
    exceptions.give_exception(case=case_of(play, step), reason=step["reason"], by=by, at=at)


def declare_no_interest(play, step, *, by, at):
    evaluations.declare_interest(case=case_of(play, step), has_interest=False, by=by, at=at)


def stage_of(play, step):
    return DecisionStage.objects.get(rule_set=case_of(play, step).round.rule_set, number=step["stage"])


def assess(play, step, scores, *, by, at):
    """The same comment on every criterion of the case's first project."""
    stage = stage_of(play, step)
    given = zip(stage.criteria.order_by("number"), scores, strict=False)
    scores = {criterion.pk: (score, step["comment"]) for criterion, score in given}
    staging.finish_assessment(project=project_of(play, step, 1), stage=stage, scores=scores, by=by, at=at)


def score_case(play, step, *, by, at):
    assess(play, step, [row["score"] for row in step["scores"]], by=by, at=at)


def pass_gate(play, step, *, by, at):
    stage = stage_of(play, step)
    assess(play, step, [True] * stage.criteria.count(), by=by, at=at)


def settle_stage(play, step, *, by, at):
    round_ = Round.objects.select_related("rule_set").get(key=step["round"])
    stage = DecisionStage.objects.get(rule_set=round_.rule_set, number=step["stage"])
    staging.settle_stage(round=round_, stage=stage, by=by, at=at)


def agree_scores(play, step, *, by, at):
    """Agree the scores of the scored stage before this moderation, in the order of its criteria."""
    stage = stage_of(play, step)
    before = DecisionStage.objects.filter(rule_set=stage.rule_set, number__lt=stage.number, kind=StageKind.SCORED)
    criteria = before.latest("number").criteria.order_by("number")
    agreed = {
        criterion.pk: (row["score"], step["reason"]) for criterion, row in zip(criteria, step["scores"], strict=False)
    }
    staging.agree_scores(project=project_of(play, step, 1), stage=stage, agreed=agreed, by=by, at=at)


def advise_case(play, step, *, by, at):
    """Take the case into evaluation where no score has, and advise on each of its projects."""
    case = case_of(play, step)
    if case.status == CaseStatus.SUBMITTED:
        evaluations.begin_evaluation(case=case, by=by, at=at)
    for project in projects_of(play, step):
        evaluations.recommend(
            project=project,
            outcome=step["outcome"],
            amount=amount_for(project, step),
            advice=step["advice"],
            by=by,
            at=at,
        )


def open_what_follows(play, step, *, by, at):
    continuation_days.carry_on(at=at)


def continuation_of(play, step):
    """The decision on a later year, or without a year on what follows the end."""
    rows = Continuation.objects.filter(award=award_of(play, step))
    if step["year"]:
        return rows.get(kind=ContinuationKind.CONTINUATION, number=step["year"])
    return rows.get(kind=ContinuationKind.EXTENSION)


def write_continuation(play, step, *, by, at):
    continuations.save_continuation(
        continuation=continuation_of(play, step),
        need=step["need"],
        changes=step["changes"],
        plans_for_year=step["plans"],
        asked_amount=number_of(step["amount"]),
        by=by,
        at=at,
    )


def send_continuation(play, step, *, by, at):
    continuations.submit_continuation(continuation=continuation_of(play, step), by=by, at=at)


def advise_continuation(play, step, *, by, at):
    continuations.advise_continuation(
        continuation=continuation_of(play, step),
        recommended=step["choice"],
        amount=step["amount"] and Decimal(step["amount"]),
        advice=step["advice"],
        by=by,
        at=at,
    )


def comment_on_continuation(play, step, *, by, at):
    continuations.comment_on_continuation(
        continuation=continuation_of(play, step), comment=step["comment"], by=by, at=at
    )


VERBS = {
    verb.__name__: verb
    for verb in [
        answer_questions,
        ask_for_exception,
        give_exception,
        declare_no_interest,
        score_case,
        pass_gate,
        settle_stage,
        agree_scores,
        advise_case,
        open_what_follows,
        write_continuation,
        send_continuation,
        advise_continuation,
        comment_on_continuation,
    ]
}
