"""What officers make of pairs of work that may overlap, and the look they owe at new ones (C7)."""

from django.db import transaction

from grants.models import BusinessCase
from records import obligations, workflow
from records.calendar import add_working_days, london_day
from records.enums import ObligationKind
from records.models import Obligation
from records.refusals import refuse_if

from ..enums import PAIR_MOVES, PairStatus
from ..models import OverlapPair
from ..queries import overlap_pairs as queries
from ..rules import overlaps as rules

REVIEW_WORKING_DAYS = 5


@transaction.atomic
def confirm_pair(*, pair, reason, by, at):
    """Confirm that two pieces of work overlap; the reason stays with the pair."""
    return _judge(pair, PairStatus.CONFIRMED, "confirmed", reason, by=by, at=at)


@transaction.atomic
def dismiss_pair(*, pair, reason, by, at):
    """Dismiss a pair: it is shown no more unless its evidence changes."""
    return _judge(pair, PairStatus.DISMISSED, "dismissed", reason, by=by, at=at)


def _judge(pair, to, verb, reason, *, by, at):
    pair = queries.with_works(OverlapPair.objects.select_for_update(of=("self",))).get(pk=pair.pk)
    refuse_if(rules.why_not_judge(pair, to, user=by, on=london_day(at)), pair)
    refuse_if(rules.why_no_reason(reason), pair)
    pair.reason = reason.strip()
    pair.save(update_fields=["reason"])
    workflow.move(
        pair,
        to,
        moves=PAIR_MOVES,
        verb=verb,
        by=by,
        at=at,
        reason=reason.strip(),
        summary=f"Overlap {verb}: {pair.reference}"[:500],
        judged_at=at,
        judged_by=by,
    )
    for case in queries.cases_of([pair.first, pair.second]).values():
        close_review(case=case, by=by, at=at)
    return pair


@transaction.atomic
def owe_review(*, case, at):
    """Owe a look at the new pairs of a case with the office; one look however many there are. None if none is due.

    Asked by whoever wrote new pairs. Text hints alone owe nothing.
    """
    owed = Obligation.objects.open().about(case).filter(kind=ObligationKind.OVERLAP_REVIEW)
    if owed.exists() or not queries.is_with_office(case) or not queries.unjudged_of(case).exists():
        return None
    return obligations.owe(
        case,
        ObligationKind.OVERLAP_REVIEW,
        title=f"Look at possible overlaps of {case.title}"[:300],
        due_on=add_working_days(london_day(at), REVIEW_WORKING_DAYS),
        link=f"/overlaps/?q={case.reference}",
        anchor="overlaps found",
    )


@transaction.atomic
def close_review(*, case, at, by=None):
    """Close the look owed at a case once nothing is left to judge, or it waits for the office no more."""
    if not queries.is_with_office(case):
        closing = "The business case is no longer with the office"
    elif queries.unjudged_of(case).exists():
        return 0
    else:
        closing = "Every overlap judged"
    return obligations.close(case, ObligationKind.OVERLAP_REVIEW, at=at, by=by, closing=closing)


def close_idle_reviews(*, at):
    """Close what is owed about cases that were decided, withdrawn or returned since; returns how many."""
    owed = Obligation.objects.open().filter(kind=ObligationKind.OVERLAP_REVIEW, subject_type=BusinessCase._meta.label)
    cases = BusinessCase.objects.filter(pk__in=owed.values("subject_id"))
    return sum(close_review(case=case, at=at) for case in cases.order_by("pk"))
