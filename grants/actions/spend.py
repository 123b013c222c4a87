"""What recipients report as spent, passed down from their returns (X2)."""

from django.db import transaction

from ..models import ReportedSpend
from ..queries import money


@transaction.atomic
def record_reported_spend(*, award, reference, kind, ends_on, spent, reason, covers_the_award, at):
    """Keep what the return `reference` says was spent on the award by `ends_on`; sent again, it replaces itself.

    `spent` in pounds since the award began, None where the return leaves it unknown. The return's
    own history tells what it said before, so no event is written here.
    """
    row, _ = ReportedSpend.objects.update_or_create(
        reference=reference,
        defaults={
            "award": award,
            "kind": kind,
            "covers_the_award": covers_the_award,
            "ends_on": ends_on,
            "released": money.money_of(award).released,
            "spent": spent,
            "reason": reason,
            "reported_at": at,
        },
    )
    return row
