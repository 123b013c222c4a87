"""A submitted or reviewed return is opened again, always with a reason; the next version carries it (X6)."""

from django.db import transaction

from grants.actions import instalments
from records import calendar, obligations, workflow
from records.enums import ObligationKind
from records.refusals import refuse_if

from .. import rules
from ..enums import RETURN_MOVES, ReturnStatus
from ..notices import returns as notices
from .returns import lock
from .verdicts import pass_down_review


@transaction.atomic
def correct_return(*, monitoring_return, reason, by, at):
    """A lead takes a submitted return back before its review, to correct it; the office's clock stops."""
    lock(monitoring_return)
    on = calendar.london_day(at)
    refuse_if(rules.why_not_correct(monitoring_return, user=by, on=on, reason=reason), monitoring_return)
    workflow.move(
        monitoring_return,
        ReturnStatus.OPEN,
        moves=RETURN_MOVES,
        verb="correction_begun",
        by=by,
        at=at,
        reason=reason.strip(),
        summary="Opened again by the recipient, to be corrected",
        correction_reason=reason.strip(),
        certified_at=None,
        certified_by=None,
    )
    obligations.close(
        monitoring_return, ObligationKind.RETURN_REVIEW, at=at, by=by, closing="The recipient corrects the return first"
    )
    due_on = rules.correction_due(monitoring_return, on=on)
    _owe_again(monitoring_return, due_on=due_on, anchor="Opened again by the recipient")
    notices.correction_begun(monitoring_return, due_on=due_on, at=at)
    return monitoring_return


@transaction.atomic
def reopen_return(*, monitoring_return, reason, due_on, by, at):
    """An officer opens a reviewed return again; the verdict so far stays with its version and in the history.

    Instalments whose condition that verdict met stay met.
    """
    lock(monitoring_return)
    on = calendar.london_day(at)
    refuse_if(rules.why_not_reopen(monitoring_return, user=by, on=on, reason=reason, due_on=due_on), monitoring_return)
    was = monitoring_return.get_verdict_display().lower()
    workflow.move(
        monitoring_return,
        ReturnStatus.OPEN,
        moves=RETURN_MOVES,
        verb="reopened",
        by=by,
        at=at,
        reason=reason.strip(),
        summary=f"Opened again by the office; it had been found {was}",
        correction_reason=reason.strip(),
        certified_at=None,
        certified_by=None,
        reviewed_at=None,
        reviewed_by=None,
        verdict="",
        reply="",
    )
    pass_down_review(monitoring_return, None, at=at)
    _owe_again(monitoring_return, due_on=due_on, anchor="Opened again by the office")
    notices.return_reopened(monitoring_return, due_on=due_on, at=at)
    return monitoring_return


def _owe_again(monitoring_return, *, due_on, anchor):
    """The return is owed once more: about itself, since what was owed about the award has been met."""
    owed = monitoring_return.obligation
    obligations.owe(
        monitoring_return,
        ObligationKind.RETURN,
        title=f"Correct {monitoring_return.get_kind_display().lower()} {monitoring_return.reference}",
        due_on=due_on,
        organisation=monitoring_return.organisation,
        link=monitoring_return.get_absolute_url(),
        period=owed.period,
        starts_on=owed.period_starts_on,
        ends_on=owed.period_ends_on,
        anchor=anchor,
    )


@transaction.atomic
def meet_instead(*, monitoring_return, instalment, reason, by, at):
    """This satisfactory return meets the condition of an instalment in place of one that failed or was waived."""
    lock(monitoring_return)
    on = calendar.london_day(at)
    wrong = rules.why_not_meet_instead(monitoring_return, instalment, user=by, on=on, reason=reason)
    refuse_if(wrong, monitoring_return)
    return instalments.meet_instead(instalment=instalment, row=monitoring_return, reason=reason, by=by, at=at)
