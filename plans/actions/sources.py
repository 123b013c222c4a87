"""Writes of what a source of funds holds: a movement each, never an edit (X2).

How much is promised from a source is known above, in grants and services; it comes in as `used`.
"""

from django.db import transaction

from records.actions import log
from records.calendar import london_day
from records.refusals import refuse_if
from records.words import pounds

from ..enums import SourceChange
from ..models import FundingSource, SourceMovement
from ..queries import sources as queries
from ..rules import sources as rules


def lock_sources(*funding_sources):
    """The sources as they now are, locked in the order of their keys."""
    ids = [row.pk for row in funding_sources]
    found = {row.pk: row for row in FundingSource.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    return [found[pk] for pk in ids]


@transaction.atomic
def move_source(*, funding_source, kind, amount, on, reason, used, by, at, gap_met_by=""):
    """Record that the funder gave more, gave less, or that money was handed back."""
    [funding_source] = lock_sources(funding_source)
    refuse_if(rules.why_not_move_source(funding_source, user=by))
    refuse_if("" if kind in rules.BY_HAND else "Carry money over from the page of the source it comes from.")
    held = queries.held(funding_source)
    wrong = rules.why_not_move_so(
        funding_source, kind=kind, amount=amount, on=on, day=london_day(at), held=held, used=used, gap_met_by=gap_met_by
    )
    refuse_if(wrong or ("" if reason.strip() else "Say why. It stays in the history of the source."))
    if gap_met_by.strip():
        reason = f"{reason.strip()}\nHow the gap is met: {gap_met_by.strip()}"
    return _record(funding_source, kind, amount, on, reason, by=by, at=at)


def _record(funding_source, kind, amount, on, reason, *, by, at, other=None):
    """Write one movement and tell the log what the source held before and after."""
    before = queries.held(funding_source)
    movement = SourceMovement.objects.create(
        funding_source=funding_source, kind=kind, amount=amount, on=on, reason=reason, other=other, by=by, at=at
    )
    changes = {"held": [str(before), str(queries.held(funding_source))]}
    words = f"{movement.get_kind_display()}: {pounds(amount)}"
    log(funding_source, "moved", by=by, at=at, reason=reason, summary=words, changes=changes)
    return movement


@transaction.atomic
def carry_over(*, funding_source, into, amount, consent, reason, used, by, at):
    """Carry money that is not promised over into the source that follows; two movements, one sum."""
    funding_source, into = lock_sources(funding_source, into)
    day = london_day(at)
    refuse_if(rules.why_not_carry_over(funding_source, user=by))
    wrong = rules.why_not_carry_so(
        funding_source, into=into, amount=amount, consent=consent, day=day, held=queries.held(funding_source), used=used
    )
    refuse_if(wrong or ("" if reason.strip() else "Say why. It stays in the history of the source."))
    if consent.strip():
        reason = f"{reason.strip()}\nConsent of the funder: {consent.strip()}"
    _record(funding_source, SourceChange.CARRIED_OUT, amount, day, reason, by=by, at=at, other=into)
    return _record(into, SourceChange.CARRIED_IN, amount, day, reason, by=by, at=at, other=funding_source)
