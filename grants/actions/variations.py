"""An agreed change of the days of an award (V5, V7). Sums change by decisions alone."""

from django.db import transaction

from records import workflow
from records.actions import log
from records.calendar import london_day
from records.refusals import refuse_if
from records.words import day_in_words

from ..enums import INSTALMENT_MOVES, InstalmentStatus
from ..models import Award, Variation
from ..notices import schedules as notices
from ..queries.schedules import END_MOVED, instalments_after
from ..rules import awards as award_rules
from ..rules import variations as rules
from . import continuation_days, schedules
from .locks import lock_award


@transaction.atomic
def vary_award_end(*, award, ends_on, reason, by, at):
    """Let the award end on another day; its returns follow as its reporting pattern says."""
    award = lock_award(award)
    refuse_if(rules.why_not_vary_end(award, user=by, on=london_day(at), ends_on=ends_on), award)
    refuse_if(award_rules.why_no_reason(reason), award)
    return move_end(award, ends_on=ends_on, reason=reason.strip(), by=by, at=at)


def move_end(award, *, ends_on, reason, by, at, decision=None):
    """Move the end of a locked award, as agreed or as `decision` says: variation, event, notice, returns."""
    was = award.ends_on
    Award.objects.filter(pk=award.pk).update(ends_on=ends_on)
    award.ends_on = ends_on
    days = [was.isoformat(), ends_on.isoformat()]
    Variation.objects.create(
        award=award,
        number=award.variations.count() + 1,
        kind=END_MOVED,
        reason=reason,
        before={"ends_on": days[0]},
        after={"ends_on": days[1]},
        decision=decision,
        by=by,
        at=at,
    )
    word = "extended" if ends_on > was else "shortened"
    summary = f"Award {word}: it ends on {day_in_words(ends_on)}, not on {day_in_words(was)}"
    log(award, "varied", by=by, at=at, reason=reason, summary=summary, changes={"ends_on": days})
    if decision is None:  # a decision is told by the letter about it
        notices.award_end_moved(award, was=was, reason=reason, at=at)
    schedules.redate_returns(award, by=by, at=at, reason=reason)
    continuation_days.bring_to_date(award, by=by, at=at)
    return award


def cancel_after(award, *, ends_on, reason, by, at):
    """Cancel what a locked award would have been paid for time after its end; gives the instalments."""
    rows = list(instalments_after(award, ends_on).select_for_update())
    for row in rows:
        workflow.move(
            row,
            InstalmentStatus.CANCELLED,
            moves=INSTALMENT_MOVES,
            verb="cancelled",
            by=by,
            at=at,
            reason=reason,
            summary=f"Instalment {row.number} cancelled: the award ends on {day_in_words(ends_on)}",
        )
    return rows
