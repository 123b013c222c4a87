"""The two invented offices: their plan files load, their rounds open, and their whole time runs by rule (X1)."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Sum

import pcc_portal
from grants.models import Allocation, Award, AwardSource, Continuation, Instalment, Project, Round
from monitoring.models import MonitoringReturn
from pcc_portal.queries import money
from plans.models import FundingSource, Plan, RuleSet
from records.models import Obligation
from tests.conftest import full_strength_alone
from tests.make import records
from tests.make.whole_plan import WholePlan

pytestmark = pytest.mark.django_db
FILES = Path(pcc_portal.__file__).parent / "plan_files"


def loaded(name):
    records.ladders()
    call_command("load_plan", FILES / f"{name}.yaml", verbosity=0)
    return WholePlan(Plan.objects.get(key__startswith=name))


def paid_by_condition():
    rows = Instalment.objects.values_list("condition", "status").annotate(total=Sum("amount"))
    return {(condition, status): total for condition, status, total in rows.order_by("condition")}


def drawn():
    """What each source pays of the awards, by its key."""
    rows = AwardSource.objects.filter(award__is_recorded=False).values_list("funding_source__key")
    return dict(rows.annotate(total=Sum("amount")).order_by("funding_source__key"))


def test_the_isles_run_a_year_by_formula_vote_and_receipts():
    office = loaded("example-isles")
    ahead = Obligation.objects.open().values_list("kind", "due_on")
    assert sorted(ahead) == [
        ("OPPORTUNITY_DEADLINE", date(2031, 9, 30)),
        ("OPPORTUNITY_TASK", date(2031, 9, 1)),
    ]  # a file owes what is still to come

    office.run(date(2032, 7, 30))

    shares = dict(Allocation.objects.filter(round__key="islands-2031").values_list("organisation__key", "amount"))
    assert shares == {
        "example-north-council": Decimal("36000.00"),  # loses no more than a tenth
        "example-south-council": Decimal("27000.00"),
        "example-mainland-council": Decimal("57000.00"),
    }
    assert Counter(Round.objects.values_list("status", flat=True)) == {"DECIDED": 4}
    frozen = RuleSet.objects.filter(frozen_at__isnull=False).order_by("key").values_list("key", flat=True)
    assert list(frozen) == ["isles-formula", "isles-shelter-rules", "isles-spark-rules"]
    votes = Project.objects.filter(lot__number=3).order_by("pk").values_list("stage_results__votes", "status")
    assert [row for row in votes if row[0]] == [(114, "APPROVED"), (121, "APPROVED"), (128, "APPROVED")]
    assert paid_by_condition() == {
        ("DAY_REACHED", "PAID"): Decimal("60000.00"),
        ("RECEIPTS_ACCEPTED", "PAID"): Decimal("36000.00"),
        ("TERMS_ACCEPTED", "PAID"): Decimal("100500.00"),
    }
    assert drawn() == {"isles-precept-2031": Decimal("136500.00"), "isles-victims-2031": Decimal("60000.00")}
    returns = Counter(MonitoringReturn.objects.values_list("kind", "verdict"))
    assert returns == {
        ("YEAR_END", "SATISFACTORY"): 3,
        ("QUARTERLY", "SATISFACTORY"): 4,
        ("END_OF_AWARD", "SATISFACTORY"): 5,
    }
    assert list(Continuation.objects.values_list("kind", "choice")) == [("EXTENSION", "END")]
    assert list(Obligation.objects.open().exclude(kind__startswith="OPPORTUNITY").values_list("kind", flat=True)) == []


@full_strength_alone
def test_the_conurbation_runs_two_years_by_scores_board_and_two_funders():
    office = loaded("example-conurbation")

    office.run(date(2042, 5, 30))

    futures = Project.objects.filter(case__round__key="futures-2040").order_by("pk")
    assert Counter(futures.values_list("status", flat=True)) == {"APPROVED": 3, "DECLINED": 3}  # equals share a place
    assert {project.amount_requested for project in futures} == {Decimal("41666.00")}
    assert drawn() == {
        "city-levy": Decimal("87498.60"),
        "national-harm-grant": Decimal("37499.40"),
        "recovery-grant": Decimal("50000.00"),
    }
    assert paid_by_condition() == {
        ("CONTINUATION_APPROVED", "PAID"): Decimal("31249.50"),
        ("QUARTERLY_SATISFACTORY", "PAID"): Decimal("62499.00"),
        ("TERMS_ACCEPTED", "PAID"): Decimal("81249.50"),
    }
    followed = Counter(Continuation.objects.values_list("kind", "choice", "award__round__key"))
    assert followed == {
        ("CONTINUATION", "GO_ON", "futures-2040"): 3,
        ("EXTENSION", "END", "mending-2040"): 2,
    }
    returns = Counter(MonitoringReturn.objects.values_list("kind", "verdict"))
    assert returns == {("QUARTERLY", "SATISFACTORY"): 24, ("END_OF_AWARD", "SATISFACTORY"): 5}
    assert list(Obligation.objects.open().values_list("kind", flat=True)) == []
    awarded = Award.objects.filter(is_recorded=False).aggregate(total=Sum("lines__amount"))["total"]
    assert awarded == sum(drawn().values()) == Decimal("174998.00")
    assert FundingSource.objects.filter(award_shares__award__is_recorded=False).distinct().count() == 3
    committed = sum(money.totals("committed").values(), money.MoneySum())
    assert committed.total == awarded + Decimal("46000.00")  # and the two awards of the year before
