"""What monitoring found of the returns of an award, and renewals that show what was reached before (R2, V2)."""

from decimal import Decimal

from django.db import transaction

from ..models import PriorResult, ReviewedReturn
from ..queries import bidding
from ..queries import results as queries

PENNY = Decimal("0.01")


@transaction.atomic
def record_review(*, award, obligation, reference, kind, starts_on, ends_on, verdict, results, at):
    """Keep what was found of the return `reference`; found again, it replaces itself.

    `verdict` empty: the return is open again, so its results count no more. The return's own history tells what
    was found before, so no event is written here.
    """
    row, _ = ReviewedReturn.objects.update_or_create(
        reference=reference,
        defaults={
            "award": award,
            "obligation": obligation,
            "kind": kind,
            "starts_on": starts_on,
            "ends_on": ends_on,
            "verdict": verdict,
            "results": results,
            "reviewed_at": at,
        },
    )
    return row


@transaction.atomic
def fill_in_prior_results(case):
    """Show in a renewal what the award it continues achieved, from the organisation's own accepted returns (V2).

    The rows stand with the first project of the case, written anew each time from the newest accepted return on
    each thing reported. Gives the rows.
    """
    award = case.continues
    if award is None or award.recipient_id not in bidding.same_bodies(case.organisation):
        return []
    PriorResult.objects.filter(project__case=case).delete()
    project = case.projects.order_by("number").first()
    return PriorResult.objects.bulk_create(
        PriorResult(
            project=project,
            number=number,
            award=award,
            return_reference=told["reference"],
            return_kind=told["kind"],
            what=row["what"][:300],
            measure=row["measure"][:300],
            unit=row["unit"][:60],
            target=_number(row["target"]),
            result=_number(row["result"]),
            words=row["words"],
        )
        for number, (told, row) in enumerate(queries.newest_results(award) if project else (), start=1)
    )


def _number(told):
    return None if told is None else Decimal(told).quantize(PENNY)
