"""Row locks on the parents of money, always in one order: source, allocation, award, then the case.

A round whose money is bid for has no allocations: the round itself is locked in their place.
"""

from plans.models import FundingSource

from ..models import Allocation, Award, BusinessCase, Round
from ..queries import money, sources


def lock_case_money(case):
    """Lock everything a decision on the case may draw on; gives the case fresh rows and returns its award."""
    lock_sources(source.pk for source, _ in sources.sources_of(case.round))
    if case.allocation_id:
        case.allocation = Allocation.objects.select_for_update().get(pk=case.allocation_id)
    else:
        Round.objects.select_for_update(no_key=True).get(pk=case.round_id)
    award = money.award_of(case.round, case.organisation)
    if award:
        award = lock_award(award)
    case.status = BusinessCase.objects.select_for_update().get(pk=case.pk).status
    return award


def lock_money_of_cases(cases):
    """Lock all that decisions on several cases may draw on: one kind after the other, each by its numbers."""
    lock_sources({source.pk for case in cases for source, _ in sources.sources_of(case.round)})
    allocations = Allocation.objects.select_for_update().filter(pk__in=[case.allocation_id for case in cases])
    list(allocations.order_by("pk"))
    known = [money.award_of(case.round, case.organisation) for case in cases]
    list(Award.objects.select_for_update().filter(pk__in=[award.pk for award in known if award]).order_by("pk"))
    list(BusinessCase.objects.select_for_update().filter(pk__in=[case.pk for case in cases]).order_by("pk"))


def lock_sources(ids):
    """Lock sources of funds, always in the order of their numbers; gives them as they now are, by id."""
    rows = FundingSource.objects.select_for_update().filter(pk__in=list(ids)).order_by("pk")
    return {row.pk: row for row in rows}


def lock_award(award):
    """Lock the award and return it as it now is."""
    return Award.objects.select_for_update().get(pk=award.pk)
