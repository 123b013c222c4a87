"""Suggestions of support: made each morning and where their cause arises, set aside with a reason (B1)."""

from collections import defaultdict

from django.db import transaction

from records.actions import log
from records.calendar import london_day
from records.refusals import refuse_if

from ..models import CapacitySuggestion
from ..notices import capacity as notices
from ..queries.capacity_causes import causes
from ..rules import capacity as rules


@transaction.atomic
def suggest_offers(*, on, at, organisation=None, offer=None):
    """Suggest what the record calls for and was not suggested before; each organisation is told once of all of it.

    Safe when two sweeps run at once: the database keeps each suggestion once, and only the new ones are told. What
    was set aside does not come back for the same cause.
    """
    wanted = [
        CapacitySuggestion(
            offer_id=cause.offer_id,
            organisation_id=cause.organisation_id,
            kind=cause.kind,
            about=cause.about,
            reason=cause.reason,
            suggested_at=at,
        )
        for cause in causes(on, organisation=organisation, offer=offer)
    ]
    if not wanted:
        return []
    known = _known(wanted)
    fresh = [row for row in wanted if _key(row) not in known]
    CapacitySuggestion.objects.bulk_create(fresh, ignore_conflicts=True)
    written = CapacitySuggestion.objects.filter(suggested_at=at, about__in={row.about for row in fresh})
    ours = {_key(row) for row in fresh}
    made = [row for row in written.select_related("offer", "organisation").order_by("pk") if _key(row) in ours]
    _tell(made, at=at)
    return made


def _key(row):
    return row.offer_id, row.organisation_id, row.kind, row.about


def _known(rows):
    found = CapacitySuggestion.objects.filter(
        offer__in={row.offer_id for row in rows}, organisation__in={row.organisation_id for row in rows}
    )
    return {_key(row) for row in found}


def _tell(made, *, at):
    theirs = defaultdict(list)
    for row in made:
        theirs[row.organisation].append(row)
        summary = f"Suggested to {row.organisation.name}: {row.reason}"
        log(row.offer, "suggested", by=None, at=at, summary=summary[:500])
    for organisation, rows in theirs.items():
        notices.suggested(organisation, rows, at=at)


def suggest_to(organisation, *, at):
    """Suggest to one organisation where a cause has just arisen in its record."""
    if organisation is None:
        return []
    return suggest_offers(on=london_day(at), at=at, organisation=organisation)


@transaction.atomic
def set_aside(*, suggestion, reason, by, at):
    """The organisation, or the office, does not want the suggestion; it does not come back for the same cause."""
    suggestion = (
        CapacitySuggestion.objects.select_for_update(of=("self",))
        .select_related("offer", "organisation")
        .get(pk=suggestion.pk)
    )
    refuse_if(rules.why_not_set_aside(suggestion, user=by, reason=reason), suggestion)
    CapacitySuggestion.objects.filter(pk=suggestion.pk).update(set_aside_at=at, set_aside_reason=reason.strip())
    suggestion.refresh_from_db()
    summary = f"{suggestion.organisation.name}: suggestion of {suggestion.offer.title} set aside"
    log(suggestion, "set_aside", by=by, at=at, reason=reason.strip(), summary=summary[:500])
    return suggestion
