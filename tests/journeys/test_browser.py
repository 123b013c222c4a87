"""The journey in headless Chromium, with JavaScript and without; and every list of every kind of person.

With JavaScript every new page is checked by axe (WCAG 2.2 AA) and for its width at 375, 768 and 1280 px. The days
are real: the round began seven months ago and its deadline is still to come, so one day sees the whole of it.
"""

from collections import defaultdict
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from accounts import access
from grants.models import Award, BusinessCase
from monitoring.models import MonitoringReturn
from pcc_portal.tasks import morning_sweep
from records.calendar import add_months
from tests.make import accounts, cases, plans
from tests.make.records import ladders

from . import steps
from .visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ROUND = "Crime reduction grants of this year"
DOWNLOADS = {"account_logout", "brand_css", "healthz", "readyz"}


@pytest.fixture
def world(settings):
    """The cast, the plan, and a round that began seven months ago and still takes main cases."""
    settings.SECOND_FACTOR_REQUIRED = False
    ladders()
    cast = accounts.cast()
    plan, now = plans.plan(cast), timezone.now()
    starts_on = add_months(now.date(), -7)
    year = {"starts_on": starts_on, "ends_on": add_months(starts_on, 12) - timedelta(days=1)}
    for row in (plan.plan, plan.own):
        type(row).objects.filter(pk=row.pk).update(**year)
    made = cases.round_today(cast, plan, at=now, name=ROUND, **year)
    return SimpleNamespace(cast=cast, plan=plan, round=made, now=now, today=now.date(), days=tuple(year.values()))


@pytest.fixture
def enter(browser, live_server):
    """Let somebody in; the office and the partners each see a page checked once."""
    seen, inside = defaultdict(set), []

    def enter_(user, *, javascript=True):
        kind = "office" if access.is_office(user) else "partner"
        visitor = Visitor(browser, live_server.url, user, javascript=javascript, seen=seen[kind])
        inside.append(visitor)
        return visitor

    yield enter_
    for visitor in inside:
        visitor.context.close()


def send_case(world, lead, officer):
    """The lead writes and sends; the officer returns one section; the lead mends it and sends again."""
    steps.start_case(lead, round_name=ROUND, title="Safer Maidstone")
    steps.write_overview(lead)
    steps.write_project(lead, title="Safer nights", budget=[("Staff", "5,500"), ("Training", "500")], days=world.days)
    case = BusinessCase.objects.get().get_absolute_url()
    steps.send(lead.visit(case))
    officer.visit(case).follow("Return for changes")
    officer.fill("Project 1, outcomes: what should change?", "Say how assaults are counted.")
    officer.press("Return to the applicant").sees("Returned for changes")
    lead.visit(case).sees("Say how assaults are counted.").visit(f"{case}projects/1/outcomes/")
    lead.fill("How it is measured", "Recorded assaults, police figures", within="Outcome 1").press("Save and return")
    steps.send(lead)
    officer.visit(f"{case}changes/2/").sees("Recorded assaults, police figures")
    return case


def decide_case(world, case, officer, finance_chief, commissioner):
    """Declared, evaluated, recommended, commented on, sent up, decided; gives the award."""
    steps.declare_no_interest(officer, case)
    officer.visit(f"{case}evaluation/").press("Begin the evaluation")
    steps.evaluate(officer, case, 1)
    steps.comment_on_money(finance_chief, case, 1)
    officer.visit(f"{case}evaluation/").press("Send for decision").sees("Waiting for a decision")
    commissioner.visit("/").sees("Safer Maidstone")
    steps.decide(commissioner, case, 1, "Approved in full")
    commissioner.visit("/decisions/").sees("Safer nights")
    return Award.objects.get().get_absolute_url()


def report(lead, certifier, officer):
    """The mid-year return that the sweep has opened: written, signed, sent, found satisfactory."""
    mid_year = MonitoringReturn.objects.get().get_absolute_url()
    lead.visit("/").sees("Mid-year return")
    steps.write_return(lead, mid_year, spent=["2,000", "250"])
    lead.press("Send for certification")
    steps.certify(certifier, mid_year)
    lead.visit(mid_year).follow("Check and submit").press("Submit the return")
    steps.review(officer, mid_year)
    officer.visit(mid_year).sees("Satisfactory")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_journey_in_a_browser(world, enter, javascript):
    cast = world.cast
    names = ("maidstone_lead", "officer", "cfo", "pcc", "maidstone_signatory", "finance", "maidstone_certifier")
    people = {name: enter(getattr(cast, name), javascript=javascript) for name in names}
    lead, officer, commissioner, finance = (people[name] for name in ("maidstone_lead", "officer", "pcc", "finance"))

    case = send_case(world, lead, officer)
    award = decide_case(world, case, officer, people["cfo"], commissioner)
    officer.visit(award).press("Offer this award").sees("Offered")
    steps.accept(people["maidstone_signatory"], award)
    steps.release_and_pay(finance, award, 1, day=world.today)
    morning_sweep()
    report(lead, people["maidstone_certifier"], officer)
    finance.visit(award).press("Release").sees("Released")
    commissioner.visit("/dashboard/").sees("£6,000", "£2,250").follow("£2,250").sees("Safer Maidstone Partnership")

    assert [fault for visitor in people.values() for fault in visitor.faults] == []
