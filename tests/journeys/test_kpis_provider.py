"""A provider's quarters with KPIs: by form and by workbook the same rows; red twice, and its plan (S4, X5)."""

from decimal import Decimal

import pytest

from monitoring.models import KpiLine
from services.models import ImprovementPlan
from services.queries.kpis import history_of
from tests.make import accounts, plans, workbooks
from tests.make import kpis as make
from tests.make.records import ladders

from . import steps
from .person import Person

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
D = Decimal
WHY = "The counter was broken in June."


@pytest.fixture
def cast(settings, tmp_path):
    settings.SECOND_FACTOR_REQUIRED = False
    settings.MEDIA_ROOT = tmp_path
    ladders()
    return accounts.cast()


def rows(row):
    lines = KpiLine.objects.filter(monitoring_return=row).order_by("kpi__number")
    return list(lines.values_list("kpi__name", "value", "comment"))


def by_form(lead, row):
    """Section by section, on screen."""
    address = row.get_absolute_url()
    lead.visit(f"{address}write/overall/").fill("What happened over the whole period?", "It went well.")
    lead.press("Save and continue").fill("People helped", "40").press("Save and continue")
    lead.sees("Target", "90%", "amber from 80%", "5 days", "amber up to 8 days", "Calls answered within 30 seconds")
    lead.fill("Result: Calls answered in time", "71%").fill("Comment: Days to first contact", WHY)
    lead.press("Save and continue")


def by_workbook(lead, row):
    """The same answers, typed into the workbook."""
    first, second = row.kpi_lines.order_by("kpi__number")
    typed = {
        ("texts/narrative", "narrative"): "It went well.",
        (f"kpis/{first.pk}", "value"): 71,
        (f"kpis/{second.pk}", "comment"): WHY,
    }
    people = row.indicator_values.get()
    typed[f"i/people/{people.indicator.key}/", "number"] = 40
    blank = lead.visit(row.get_absolute_url()).download("Download the workbook")
    lead.follow("Upload the workbook")
    lead.attach("Workbook", "q2.xlsx", workbooks.filled(blank, typed), workbooks.KIND).press("Upload and check")
    lead.sees("Nothing has to be mended.").press("Use these figures")


def test_kpis_by_form_and_by_workbook_give_the_same_rows_and_red_twice_asks_for_a_plan(cast):
    contract = make.contract(cast, plans.plan(cast))
    lead, officer = Person(cast.provider_lead), Person(cast.officer)
    first, second = (make.opened(contract, day) for day in make.QUARTERS[:2])

    for row, write in ((first, by_form), (second, by_workbook)):
        write(lead, row)
        lead.visit(f"{row.get_absolute_url()}check/").sees("71%", "Red", "Not reported")
        lead.press("Submit the return").sees("Return submitted")
        officer.visit(row.get_absolute_url()).sees("Calls answered in time", "71%", "Red")
        steps.review(officer, row.get_absolute_url())

    assert rows(first) == rows(second) == [
        ("Calls answered in time", D(71), ""), ("Days to first contact", None, WHY),
    ]  # fmt: skip
    assert [[(point.value, point.accepted) for point in one.points] for one in history_of(contract)] == [
        [(D(71), True)] * 2, [(None, True)] * 2,
    ]  # fmt: skip

    plan = ImprovementPlan.objects.get()
    lead.visit("/").sees("Improvement plan for Calls answered in time")
    lead.visit(contract.get_absolute_url()).follow(f"{plan.reference}: Calls answered in time").follow("Write the plan")
    lead.fill("What is the cause?", "Two people left.").fill("What will you do?", "Train two more", within="Step 1")
    lead.fill("Who does it?", "Head of service", within="Step 1")
    for part, typed in (("Day", "4"), ("Month", "1"), ("Year", "2100")):
        lead.fill(part, typed, within="Step 1")
    lead.press("Send the plan to the office").sees("The plan was sent to the office.")
    officer.visit(plan.get_absolute_url()).sees("Two people left.", "Train two more").press("Agree the plan")
    officer.sees("The plan is agreed.")
    lead.visit("/").sees("step 1: Train two more")
