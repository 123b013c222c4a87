"""Money that a provider won elsewhere with help it had from the office (B1)."""

from django.db import transaction

from records.actions import log
from records.calendar import london_day
from records.refusals import refuse_if
from records.words import pounds

from ..models import OutsideFunding
from ..rules import capacity as rules


@transaction.atomic
def record_funding(
    *, organisation, funder, purpose, won_on, amount=None, offer=None, how_it_helped=(), note="", by, at
):
    """Write down money won elsewhere in pounds; `amount` None is not known."""
    asked = {"funder": funder, "purpose": purpose, "amount": amount, "won_on": won_on}
    refuse_if(rules.why_not_record_funding(organisation, user=by, on=london_day(at), **asked))
    row = OutsideFunding.objects.create(
        organisation=organisation,
        funder=funder.strip(),
        purpose=purpose.strip(),
        amount=amount,
        won_on=won_on,
        offer=offer,
        how_it_helped=list(how_it_helped),
        note=note.strip(),
        recorded_by=by,
        recorded_at=at,
    )
    summary = f"Won elsewhere: {pounds(amount) if amount is not None else 'a sum not known'} from {row.funder}"
    log(row, "recorded", by=by, at=at, summary=summary[:500])
    return row


@transaction.atomic
def correct_funding(*, row, reason, by, at, **wanted):
    """Correct what was written down, with a reason; what it said before stays in its history."""
    row = OutsideFunding.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=row.pk)
    asked = {name: wanted[name] for name in ("funder", "purpose", "amount", "won_on")}
    refuse_if(rules.why_not_correct_funding(row, user=by, on=london_day(at), reason=reason, **asked), row)
    changes = {name: [str(getattr(row, name)), str(now)] for name, now in wanted.items() if getattr(row, name) != now}
    if changes:
        OutsideFunding.objects.filter(pk=row.pk).update(**wanted)
        row.refresh_from_db()
        log(row, "corrected", by=by, at=at, reason=reason.strip(), summary="Entry corrected", changes=changes)
    return row
