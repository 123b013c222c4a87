"""Row locks on the parents of money, always in one order: source, allocation, award, then the case."""

from plans.models import FundingSource

from ..models import Allocation, Award, BusinessCase
from ..queries import money


def lock_case_money(case):
    """Lock everything a decision on the case may draw on; gives the case fresh rows and returns its award."""
    if case.round.funding_source_id:
        FundingSource.objects.select_for_update().get(pk=case.round.funding_source_id)
    if case.allocation_id:
        case.allocation = Allocation.objects.select_for_update().get(pk=case.allocation_id)
    award = money.award_of(case.round, case.organisation)
    if award:
        award = lock_award(award)
    case.status = BusinessCase.objects.select_for_update().get(pk=case.pk).status
    return award


def lock_award(award):
    """Lock the award and return it as it now is."""
    return Award.objects.select_for_update().get(pk=award.pk)
