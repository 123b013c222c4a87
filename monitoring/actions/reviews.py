"""What an officer does with a return, and how the recipient answers (C6, X5)."""

from django.db import transaction

from grants.actions import instalments
from grants.models import Award
from plans.enums import ConditionKind, ReportKind
from records import calendar, obligations, workflow
from records.enums import ObligationKind
from records.refusals import refuse_if
from services.actions import kpis

from .. import queries, rules
from ..enums import RETURN_MOVES, ReturnStatus, Verdict, section_words
from ..models import ReturnQuery, ReturnReview
from ..notices import returns as notices
from .returns import lock
from .submitting import hand_in
from .suggesting import suggest_to
from .verdicts import pass_down_review

MEETS = {
    ReportKind.MID_YEAR: ConditionKind.MID_YEAR_SATISFACTORY,
    ReportKind.YEAR_END: ConditionKind.YEAR_END_SATISFACTORY,
    ReportKind.END_OF_AWARD: ConditionKind.YEAR_END_SATISFACTORY,
    ReportKind.QUARTERLY: ConditionKind.QUARTERLY_SATISFACTORY,
}


@transaction.atomic
def query_return(*, monitoring_return, questions, by, at):
    """Ask the recipient about sections by name: `questions` is [(section, question)]."""
    lock(monitoring_return)
    on = calendar.london_day(at)
    asked = [(section, question.strip()) for section, question in questions]
    refuse_if(rules.why_not_query(monitoring_return, user=by, on=on, questions=asked), monitoring_return)
    workflow.move(
        monitoring_return,
        ReturnStatus.QUERIED,
        moves=RETURN_MOVES,
        verb="queried",
        by=by,
        at=at,
        reason="\n".join(f"{section_words(section)}: {question}" for section, question in asked),
        summary=f"{len(asked)} question{'' if len(asked) == 1 else 's'} asked",
        certified_at=None,
        certified_by=None,
    )
    for section, question in asked:
        ReturnQuery.objects.create(
            monitoring_return=monitoring_return, section=section, question=question, asked_at=at, asked_by=by
        )
    answer_by = calendar.add_working_days(on, monitoring_return.rules.query_working_days)
    obligations.close(
        monitoring_return, ObligationKind.RETURN_REVIEW, at=at, by=by, closing="Questions were asked instead"
    )
    obligations.owe(
        monitoring_return,
        ObligationKind.RETURN_QUERY,
        title=f"Answer questions about {monitoring_return.reference}",
        due_on=answer_by,
        organisation=monitoring_return.organisation,
        link=monitoring_return.get_absolute_url(),
        anchor="Working days after the questions",
    )
    notices.return_queried(
        monitoring_return,
        questions=[f"{section_words(section)}: {question}" for section, question in asked],
        answer_by=answer_by,
        at=at,
    )
    suggest_to(monitoring_return.organisation, at=at)
    return monitoring_return


@transaction.atomic
def answer_queries(*, monitoring_return, answers, by, at):
    """Answer every open question, `answers` being {query id: words}.

    A corrected figure goes to the certifier first where the rules ask for one; else it is submitted at once.
    """
    lock(monitoring_return)
    on = calendar.london_day(at)
    open_queries = list(monitoring_return.queries.filter(answered_at__isnull=True))
    given = {query.pk: answers.get(query.pk, "").strip() for query in open_queries}
    refuse_if(rules.why_not_answer(monitoring_return, user=by, on=on, answers=given), monitoring_return)
    for query in open_queries:
        query.answer, query.answered_at, query.answered_by = given[query.pk], at, by
        query.save(update_fields=["answer", "answered_at", "answered_by"])
    reason = "\n".join(given.values())
    if not (figures_changed(monitoring_return) and rules.needs_certifier(monitoring_return)):
        return hand_in(monitoring_return, by=by, at=at, reason=reason)
    refuse_if(rules.nobody_certifies(monitoring_return), monitoring_return)
    workflow.move(
        monitoring_return,
        ReturnStatus.CERTIFYING,
        moves=RETURN_MOVES,
        verb="queries_answered",
        by=by,
        at=at,
        reason=reason,
        summary="Questions answered; corrected figures sent for certification",
    )
    notices.certification_asked(monitoring_return, at=at)
    return monitoring_return


def figures_changed(monitoring_return):
    """Whether a figure (not only words) differs from what was last submitted."""
    last = queries.latest_version(monitoring_return)
    now = queries.content_of(monitoring_return, queries.figures_of(monitoring_return))
    return any(row["is_figure"] for row in queries.before_and_after(last.content, now))


@transaction.atomic
def review_return(*, monitoring_return, verdict, reply, by, at):
    """Give the verdict with a reply; a satisfactory one meets conditions of instalments and accepts KPI figures."""
    if monitoring_return.award_id:
        Award.objects.select_for_update().get(pk=monitoring_return.award_id)
    lock(monitoring_return)
    on = calendar.london_day(at)
    refuse_if(rules.why_not_review(monitoring_return, user=by, on=on, verdict=verdict, reply=reply), monitoring_return)
    workflow.move(
        monitoring_return,
        ReturnStatus.REVIEWED,
        moves=RETURN_MOVES,
        verb="reviewed",
        by=by,
        at=at,
        reason=reply.strip(),
        summary=f"Reviewed: {Verdict(verdict).label.lower()}",
        reviewed_at=at,
        reviewed_by=by,
        verdict=verdict,
        reply=reply.strip(),
    )
    version = queries.latest_version(monitoring_return)
    ReturnReview.objects.create(version=version, verdict=verdict, reply=reply.strip(), at=at, by=by)
    obligations.close(
        monitoring_return,
        ObligationKind.RETURN_REVIEW,
        at=at,
        by=by,
        closing=f"Reviewed: {Verdict(verdict).label.lower()}",
    )
    pass_down_review(monitoring_return, version.content, at=at)
    condition = MEETS.get(monitoring_return.kind)
    if verdict == Verdict.SATISFACTORY and condition and monitoring_return.award_id:
        instalments.meet_condition(
            award=monitoring_return.award, condition=condition, row=monitoring_return, by=by, at=at
        )
    if verdict == Verdict.SATISFACTORY and monitoring_return.contract_id:
        kpis.accept_results(report=monitoring_return.reference, version=version.number, by=by, at=at)
    notices.return_reviewed(monitoring_return, at=at)
    suggest_to(monitoring_return.organisation, at=at)
    return monitoring_return


@transaction.atomic
def waive_return(*, monitoring_return, reason, by, at):
    """Say that a return need not be sent, and why; nothing is owed any more."""
    lock(monitoring_return)
    refuse_if(
        rules.why_not_waive(monitoring_return, user=by, on=calendar.london_day(at), reason=reason), monitoring_return
    )
    workflow.move(
        monitoring_return,
        ReturnStatus.WAIVED,
        moves=RETURN_MOVES,
        verb="waived",
        by=by,
        at=at,
        reason=reason.strip(),
        summary="Waived",
        waived_reason=reason.strip(),
    )
    obligations.close(
        monitoring_return.subject,
        ObligationKind.RETURN,
        at=at,
        by=by,
        closing="Waived",
        period=monitoring_return.obligation.period,
    )
    notices.return_waived(monitoring_return, at=at)
    return monitoring_return
