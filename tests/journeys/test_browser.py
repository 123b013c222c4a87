"""The journey in headless Chromium, with JavaScript and without; and every list of every kind of person.

With JavaScript every new page is checked for its width at 375, 768 and 1280 px, and by axe (WCAG 2.2 AA) at all three
at full strength, at one of them else. The journey of a whole year is walked over HTTP in `test_crg_year`, too. The days
are real: the round began seven months ago and its deadline is still to come, so one day sees the whole of it.
"""

from contextlib import suppress
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

from grants.actions import awards as award_actions
from grants.models import Award, BusinessCase
from monitoring.models import MonitoringReturn
from pcc_portal.tasks import morning_sweep
from records.calendar import add_months
from records.models import Paper
from tests.conftest import FULL_STRENGTH_ALONE
from tests.make import accounts, cases, monitoring, plans, records, services
from tests.make.records import ladders
from tests.test_doors import url_names

from . import steps

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.long,
    pytest.mark.torture,
    pytest.mark.django_db(transaction=True),
]
ROUND = "Crime reduction grants of this year"
SIGNS_OUT = "account_logout"
PLANTED = """() => {
    document.querySelector('main').insertAdjacentHTML('beforeend', '<img src="/static/none.png"><p id="wide">Wide</p>');
    document.querySelector('#wide').style.width = '900px';
    setTimeout(() => { throw new Error('Oops') });
}"""


@pytest.fixture
def world(settings):
    """The cast, the plan, and a round that began seven months ago and still takes main cases."""
    settings.SECOND_FACTOR_REQUIRED = False
    ladders()
    cast = accounts.cast()
    plan, now = plans.plan(cast), timezone.now()
    today = timezone.localdate(now)
    starts_on = add_months(today, -7)
    year = {"starts_on": starts_on, "ends_on": add_months(starts_on, 12) - timedelta(days=1)}
    for row in (plan.plan, plan.own):
        type(row).objects.filter(pk=row.pk).update(**year)
    made = cases.round_today(cast, plan, at=now, name=ROUND, **year)
    return SimpleNamespace(cast=cast, plan=plan, round=made, now=now, today=today, days=tuple(year.values()))


def busy(world):
    """Something in every list: a live award with a payment and a return, a decision, a case sent in, a contract,
    reminders held, a letter that came back."""
    cast, now, day = world.cast, world.now, timedelta(days=1)
    case = cases.business_case(cast, world.round, amounts=("6000", "4000"), title="Safer Maidstone", at=now - 9 * day)
    award = monitoring.approved(cast, case, at=now - 6 * day)
    award_actions.offer_award(award=award, by=cast.officer, at=now - 5 * day)
    award_actions.accept_award(award=award, position="Head", by=cast.maidstone_signatory, at=now - 4 * day)
    monitoring.released(cast, award, at=now - 3 * day)
    cases.business_case(cast, world.round, organisation=cast.swale, title="Safer Swale", at=now - 2 * day)
    services.contract(cast, world.plan)
    morning_sweep()
    records.hold_all(cast, until=world.today + day, at=now)
    records.come_back(cast.maidstone_lead, at=now)


def addresses():
    """The address of every page that needs no argument."""
    found = {}
    for name in url_names(get_resolver().url_patterns):
        with suppress(NoReverseMatch):
            found[reverse(name)] = name
    return sorted(address for address, name in found.items() if name != SIGNS_OUT)


def readable(user):
    """The addresses at which this person is answered with a page."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    answers = {address: client.get(address) for address in addresses()}
    return [
        address
        for address, answer in answers.items()
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    ]


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


@pytest.mark.parametrize(
    "javascript",
    [
        pytest.param(True, id="with JavaScript", marks=FULL_STRENGTH_ALONE),
        pytest.param(False, id="without JavaScript", marks=FULL_STRENGTH_ALONE),
    ],
)
def test_journey_in_a_browser(world, enter, javascript):
    cast = world.cast
    names = ("maidstone_lead", "officer", "cfo", "pcc", "maidstone_signatory", "finance", "maidstone_certifier")
    people = {name: enter(getattr(cast, name), javascript=javascript) for name in names}
    lead, officer, commissioner, finance = (people[name] for name in ("maidstone_lead", "officer", "pcc", "finance"))

    case = send_case(world, lead, officer)
    award = decide_case(world, case, officer, people["cfo"], commissioner)
    officer.visit(award).press("Offer this award").sees("Offered")
    lead.visit(f"/papers/{Paper.objects.latest('pk').pk}/")
    steps.accept(people["maidstone_signatory"], award)
    steps.release_and_pay(finance, award, 1, day=world.today)
    morning_sweep()
    report(lead, people["maidstone_certifier"], officer)
    finance.visit(award).press("Release").sees("Released")
    commissioner.visit("/dashboard/").sees("£6,000", "£2,250").follow("£2,250").sees("Safer Maidstone Partnership")

    assert [fault for visitor in people.values() for fault in visitor.faults] == []


@pytest.mark.parametrize(
    ("name", "some"),
    [
        pytest.param(
            "officer",
            {"/", "/rounds/new/", "/organisations/add/", "/people/invite/", "/notices/", "/payments/", "/plan/"},
            marks=FULL_STRENGTH_ALONE,
        ),
        pytest.param(
            "pcc",
            {"/", "/dashboard/", "/decisions/", "/contracts/", "/cases/", "/returns/", "/awards/"},
            marks=FULL_STRENGTH_ALONE,
        ),
        pytest.param(
            "maidstone_lead",
            {"/", "/rounds/", "/cases/", "/awards/", "/returns/", "/profile/", "/account/email/"},
            marks=FULL_STRENGTH_ALONE,
        ),
    ],
)
def test_every_page_without_an_argument_is_accessible_and_fits(world, enter, name, some):
    busy(world)
    user = getattr(world.cast, name)
    pages = readable(user)
    assert some <= set(pages)

    visitor = enter(user)
    others = set(readable(world.cast.officer)) if name == "pcc" else set()  # looked at as the officer
    for address in pages:
        # The pages of an account are the same for everybody.
        if address in some or (address not in others and (name == "maidstone_lead" or "/account/" not in address)):
            visitor.visit(address)

    assert visitor.faults == []


def test_visitor_notices_what_is_wrong_with_a_page(world, enter):
    visitor = enter(world.cast.pcc)
    assert visitor.faults == []
    visitor.page.evaluate(PLANTED)
    visitor.check()

    found = " ".join(map(str, visitor.faults))
    assert [word for word in ("404", "image-alt", "wider than the screen", "Oops") if word not in found] == []
