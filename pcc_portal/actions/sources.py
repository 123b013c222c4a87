"""Changes of what a source holds, held against what the whole house has promised from it (X2)."""

from django.db import transaction

from plans.actions import sources as plan_actions

from ..queries import money_sources


@transaction.atomic
def move_source(*, funding_source, by, at, **change):
    """Record more money, a reduction or money handed back; `change` is what `plans.actions.sources` takes."""
    [funding_source] = plan_actions.lock_sources(funding_source)
    used = money_sources.used(funding_source)
    return plan_actions.move_source(funding_source=funding_source, used=used, by=by, at=at, **change)


@transaction.atomic
def carry_over(*, funding_source, into, by, at, **change):
    """Carry unspent money over; `change` is what `plans.actions.sources` takes."""
    funding_source, into = plan_actions.lock_sources(funding_source, into)
    used = money_sources.used(funding_source)
    return plan_actions.carry_over(funding_source=funding_source, into=into, used=used, by=by, at=at, **change)
