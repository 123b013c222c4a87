"""What a change does, as worked out beforehand, is what then happens (X3, V7)."""

from datetime import UTC, date, datetime

import pytest

from grants.actions import variations
from grants.models import Award
from grants.queries import effects
from grants.queries.schedules import returns_if_ends
from monitoring.actions import open_due_returns
from plans.enums import Timing, WhenExtended
from plans.models import FundingSource, ReportingRule
from records.models import Notice
from tests.make import awards as make
from tests.make import frozen

AT = datetime(2020, 11, 2, 9, 0, tzinfo=UTC)
QUARTERLY = {"kind": "QUARTERLY", "timing": Timing.REPEATED, "period_months": 3, "due_working_days": 10}
AT_THE_END = {"kind": "END_OF_AWARD", "due_days": 30}
MOVES = {**AT_THE_END, "when_extended": WhenExtended.MOVES}


@pytest.mark.parametrize("ends_on", [date(2021, 6, 30), date(2020, 12, 15)])
@pytest.mark.parametrize("rules", [(QUARTERLY,), (AT_THE_END, QUARTERLY), (MOVES,)])
def test_returns_if_ends_is_what_people_are_told_afterwards(world, rules, ends_on):
    frozen.thaw()
    world.csp_rules.reporting_rules.all().delete()
    for rule in rules:
        ReportingRule.objects.create(rule_set=world.csp_rules, **rule)
    award = make.live_award(world)
    open_due_returns(on=date(2020, 10, 1), at=AT)

    foreseen = [str(change) for change in returns_if_ends(award, on=AT.date(), ends_on=ends_on)]
    variations.vary_award_end(award=award, ends_on=ends_on, reason="Agreed", by=world.officer, at=AT)

    told = Notice.objects.filter(rule="returns_moved", person=world.maidstone_lead).values_list("body", flat=True)
    lines = [line.removeprefix("- ") for body in told for line in body.splitlines() if line.startswith("- ")]
    assert (foreseen, bool(foreseen)) == (lines, True)


def test_effect_of_more_time_warns_of_a_source_that_ends(world):
    award = make.live_award(world)
    FundingSource.objects.filter(pk=world.own.pk).update(carry_over_allowed=False)
    award = Award.objects.get(pk=award.pk)

    effect = effects.effect_of(award, "TIME", {"ends_on": "2021-03-31"}, {"ends_on": "2021-06-30"}, on=AT.date())

    assert effect["notes"] == [
        "Own budget ends on 31 March 2021 and may not be carried over: what it pays must be spent by then."
    ]
    assert (effect["days"], effect["percent"]) == (91, "0.00")
