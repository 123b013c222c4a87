"""Pages of KPIs, improvement plans and meetings: what each side sees and does (S4)."""

from datetime import date
from decimal import Decimal

import pytest

from services.actions import kpis as kpi_actions
from services.models import ContractMeeting, ImprovementPlan, Kpi
from tests.make import kpis as make

pytestmark = pytest.mark.django_db
D = Decimal
KPI_LIST, MEETING_LIST = 11, 10
Q1, Q2 = [(date(2020, month, 1), make.QUARTERS[number]) for number, month in enumerate((1, 4))]


def report(world, period, value, *, reference="MR-2020-001", comment=""):
    kpi_actions.report_results(
        report=reference, contract=world.contract, starts_on=period[0], ends_on=period[1], version=1,
        figures=[(world.kpi, value, comment)], at=make.DEFINED,
    )  # fmt: skip
    kpi_actions.accept_results(report=reference, version=1, at=make.DEFINED)


def page(client, person, url):
    client.force_login(person)
    return client.get(url).content.decode()


def test_kpi_list_shows_office_and_provider_the_same_figures_in_drawing_and_table(client, world):
    report(world, Q1, D(85))
    report(world, Q2, None, reference="MR-2020-002", comment="Not counted.")
    url = f"{world.contract.get_absolute_url()}kpis/"

    seen = [page(client, person, url) for person in (world.cast.officer, world.cast.provider_lead)]

    for shown in seen:
        assert '<title id="chart-1-title">Calls answered in time: figures and target</title>' in shown
        assert "1 January 2020 to 31 March 2020: 85%, target 90%, amber" in shown
        assert "</svg> Amber</strong>" in shown
        assert "</svg> Not reported</strong>" in shown
        assert "Not counted." in shown
        assert "style=" not in shown
    assert ["Add a KPI" in shown for shown in seen] == [True, False]


@pytest.mark.parametrize("count", [1, 3])
def test_kpi_list_asks_the_database_the_same_for_one_kpi_and_three(client, world, count, django_assert_num_queries):
    Kpi.objects.filter(contract=world.contract, number=2).delete()
    for number in range(1, count):
        make.kpi(world.contract, by=world.cast.officer, name=f"KPI {number}")
    client.force_login(world.cast.officer)

    with django_assert_num_queries(KPI_LIST):
        response = client.get(f"{world.contract.get_absolute_url()}kpis/")

    assert response.content.decode().count('class="portal-kpi"') == count


@pytest.mark.parametrize("count", [1, 3])
def test_meeting_list_asks_the_database_the_same_for_one_meeting_and_three(
    client, world, count, django_assert_num_queries
):
    for meeting in make.planned(world.cast, world.contract, kind="MONTHLY", count=count):
        make.action(world.cast, make.held(world.cast, meeting, held_on=date(2020, 4, 7)))
    client.force_login(world.cast.officer)

    with django_assert_num_queries(MEETING_LIST):
        response = client.get(f"{world.contract.get_absolute_url()}meetings/")

    assert response.content.decode().count("Send the leaflet</div>") == 0
    assert response.content.decode().count("From <a") == count


@pytest.mark.parametrize(("value", "asks"), [(6_000_000, True), (4_000_000, False)])
def test_kpi_list_tells_the_office_what_the_law_asks_for_and_blocks_nothing(client, world, value, asks):
    facts = {"regime": "PA2023", "light_touch": False, "estimated_value": value}
    type(world.contract).objects.filter(pk=world.contract.pk).update(**facts)
    url = f"{world.contract.get_absolute_url()}kpis/"

    assert ("at least three KPIs" in page(client, world.cast.officer, url)) is asks
    assert "at least three KPIs" not in page(client, world.cast.provider_lead, url)


def test_kpi_new_adds_it_and_says_what_is_wrong_beside_the_box(client, world):
    client.force_login(world.cast.officer)
    url = f"{world.contract.get_absolute_url()}kpis/new/"
    data = {
        "name": "Waits",
        "kind": "DAYS",
        "direction": "LOWER",
        "starts_on": "2020-01-01",
        "target": "5",
        "amber": "4",
    }

    wrong = client.post(url, data).content.decode()
    taken = client.post(url, data | {"name": "Calls answered in time", "amber": "8"}).content.decode()
    client.post(url, data | {"amber": "8"})

    assert "the amber threshold must be above the target" in wrong
    assert "Another KPI of this contract has that name" in taken
    assert Kpi.objects.get(name="Waits").targets.get().amber == 8


def test_kpi_target_under_accepted_figures_is_refused_beside_its_box(client, world):
    report(world, Q1, D(85))
    client.force_login(world.cast.officer)
    url = f"{world.contract.get_absolute_url()}kpis/1/target/"
    data = {"starts_on": "2020-03-01", "target": "95", "reason": "Agreed"}

    shown = client.post(url, data).content.decode()
    client.post(url, data | {"starts_on": "2020-04-01"})

    assert "Figures up to 31 March 2020 were accepted under the target that stood then." in shown
    assert [row.target for row in world.kpi.targets.all()] == [90, 95]
    assert "Agreed" in page(client, world.cast.provider_lead, f"{world.contract.get_absolute_url()}kpis/1/")


def test_a_plan_is_written_by_the_provider_and_agreed_by_the_office(client, world):
    report(world, Q1, D(70))
    report(world, Q2, D(75), reference="MR-2020-002")
    plan = ImprovementPlan.objects.get()
    url = plan.get_absolute_url()
    rows = {"steps-TOTAL_FORMS": "3", "steps-INITIAL_FORMS": "0", "cause": "People left."}
    first = {"steps-0-does": "Train them", "steps-0-owner": "Head", "steps-0-due_on": "2100-01-04"}

    assert "Write the plan" in page(client, world.cast.provider_lead, url)
    none = client.post(f"{url}write/", rows).content.decode()
    half = client.post(f"{url}write/", rows | {"steps-0-does": "Train them"}).content.decode()
    days = {f"steps-0-due_on_{part}": value for part, value in (("day", "4"), ("month", "1"), ("year", "2100"))}
    client.post(f"{url}write/", rows | first | days)

    assert "Add at least one step" in none
    assert "Enter who does it" in half or "Enter" in half
    plan.refresh_from_db()
    assert (plan.status, plan.steps.get().does) == ("PROPOSED", "Train them")
    office = page(client, world.cast.officer, url)
    assert "Agree the plan" in office
    client.post(f"{url}agree/")
    client.post(f"{url}steps/1/", {"done_on": "2020-04-07"})
    plan.refresh_from_db()
    assert (plan.status, str(plan.steps.get().done_on)) == ("AGREED", "2020-04-07")


def test_a_plan_stands_on_the_page_of_the_contract_and_on_the_home_pages(client, world):
    report(world, Q1, D(70))
    report(world, Q2, D(75), reference="MR-2020-002")
    plan = ImprovementPlan.objects.get()

    hub = page(client, world.cast.provider_lead, world.contract.get_absolute_url())
    home = page(client, world.cast.provider_lead, "/")

    assert f"{plan.reference}: Calls answered in time" in hub
    assert "Improvement plan for Calls answered in time" in home


def test_meeting_plan_shows_the_days_before_it_plans_them(client, world):
    client.force_login(world.cast.officer)
    url = f"{world.contract.get_absolute_url()}meetings/plan/"
    data = {"kind": "MONTHLY", "first_on": "2020-04-25", "count": "2"}

    shown = client.post(url, data).content.decode()

    assert "Monday 27 April 2020" in shown
    assert "Saturday 25 April 2020 is at the weekend" in shown
    assert "Monday 25 May 2020 is a bank holiday" in shown
    assert not ContractMeeting.objects.exists()
    client.post(url, data | {"confirm": "yes"})
    assert [str(row.planned_on) for row in ContractMeeting.objects.order_by("number")] == ["2020-04-27", "2020-05-26"]


def test_meeting_show_and_minutes_tell_what_was_said_and_what_is_carried(client, world):
    first, second = make.planned(world.cast, world.contract, kind="MONTHLY", count=2)
    make.held(world.cast, first)
    make.action(world.cast, first, organisation=world.contract.provider)

    minutes = page(client, world.cast.provider_lead, f"{first.get_absolute_url()}minutes/")
    after = page(client, world.cast.provider_lead, second.get_absolute_url())

    for words in ("Ola Officer<br>Pro Lead", "All went well.", "Send the leaflet", "Example Provider"):
        assert words in minutes
    assert "Still to do from earlier meetings" in after
    assert "Say it is done" in after


def test_a_provider_settles_its_own_action_and_cannot_drop_it(client, world):
    meeting = make.held(world.cast, make.planned(world.cast, world.contract)[0])
    row = make.action(world.cast, meeting, organisation=world.contract.provider)
    client.force_login(world.cast.provider_lead)
    url = f"{meeting.get_absolute_url()}actions/1/"

    assert "It is dropped" not in client.get(url).content.decode()
    client.post(url, {"status": "DROPPED", "settled_on": "2020-05-20", "words": "Sent."})

    row.refresh_from_db()
    assert (row.status, row.words) == ("DONE", "Sent.")
