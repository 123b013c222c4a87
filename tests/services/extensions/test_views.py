"""Pages of extension decisions: what each person sees of them, and what becomes of what is typed."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from plans.models import MovableEvent
from services.actions import extensions as actions
from services.models import ContractParty, ExtensionRuling
from tests.journeys.clock import Clock
from tests.make import extensions as make

pytestmark = pytest.mark.django_db
AT = make.day(2021, 9, 6)


@pytest.fixture(autouse=True)
def one_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture(autouse=True)
def in_september():
    """Pages read the clock, and these contracts have days of 2021."""
    clock = Clock()
    clock.go(2021, 9, 6)
    yield
    clock.stop()


def page(client, person, url):
    client.force_login(person)
    response = client.get(url)
    assert response.status_code == 200, response
    return response.content.decode()


def post(client, person, case, name, **data):
    client.force_login(person)
    return client.post(reverse(f"services:{name}", args=[case.contract.reference, case.number]), data)


def test_extension_show_gives_the_office_steps_who_acts_and_why_not(client, world):
    html = page(client, world.cast.officer, world.case.get_absolute_url())

    assert html.index("Provider asked") < html.index("Evidence ready") < html.index("officer&#x27;s comment")
    assert "11 May 2021" in html and "A commissioning officer acts." in html
    assert "6 months’ notice before 1 April 2022" in html
    assert "16 September 2021" in html  # the last safe day
    html = page(client, world.cast.pcc, world.case.get_absolute_url())
    assert "No advice has been given on this case yet." in html


def test_extension_show_gives_the_provider_what_concerns_it_and_no_working_papers(client, world):
    case = make.offered(world, world.case, at=AT)

    html = page(client, world.cast.provider_signatory, case.get_absolute_url())

    assert "Offer the whole option" in html and "Accept or refuse the offer" in html and "£250,000" in html
    for hidden in (make.ADVICE["advice"], make.ADVICE["lapse_effect"], "Within the budget", "Steps", "History"):
        assert hidden not in html
    html = page(client, world.cast.provider_lead, case.get_absolute_url())
    assert "Accept or refuse the offer" not in html


@pytest.mark.parametrize("count", [1, 3])
def test_extension_list_asks_the_same_for_one_row_and_three(client, world, count, django_assert_num_queries):
    case = world.case
    for _ in range(count - 1):
        actions.prepare_decisions(at=AT)
        closed = make.outside(world, key=f"c{_}")
        type(case).objects.filter(pk=closed.pk).update(contract=case.contract, number=_ + 2, status="CLOSED")
    client.force_login(world.cast.officer)

    with django_assert_num_queries(13):
        html = client.get(f"/contracts/{case.contract.reference}/extensions/").content.decode()

    assert html.count(f">{case.contract.reference}/X") == count


def test_extension_show_stays_within_its_budget(client, world, django_assert_max_num_queries):
    case = make.offered(world, world.case, at=AT)
    client.force_login(world.cast.officer)

    with django_assert_max_num_queries(20):
        client.get(case.get_absolute_url())


def test_extension_decide_keeps_what_was_typed_when_something_is_wrong(client, world):
    case = make.commented(world, world.case, at=AT)

    response = post(client, world.cast.pcc, case, "extension_decide", outcome="OFFER_SHORTER", reason="Because",
                    purpose="Half a year", amount="125,000")  # fmt: skip

    html = response.content.decode()
    assert response.status_code == 200
    assert "Enter how many months you offer" in html and "There is a problem" in html
    assert "Half a year" in html and "125,000" in html and "Because" in html
    assert not ExtensionRuling.objects.exists()


def test_extension_decide_shows_a_refusal_over_the_form(client, world):
    case = make.commented(world, world.case, at=AT)

    response = post(client, world.cast.pcc, case, "extension_decide", outcome="DEFER", reason="Because",
                    question="The grant", defer_until="2021-09-20")  # fmt: skip

    assert "The last safe day is 16 September 2021" in response.content.decode()


def test_extension_decide_begins_with_what_the_records_say_it_is_worth(client, world):
    case = make.commented(world, world.case, at=AT)

    html = page(client, world.cast.pcc, f"{case.get_absolute_url()}decide/")

    assert "1 April 2022 to 31 March 2023" in html and 'value="250,000"' in html


def test_extension_decide_makes_the_decision(client, world):
    case = make.commented(world, world.case, at=AT)

    response = post(client, world.cast.pcc, case, "extension_decide", outcome="OFFER", amount="250000",
                    purpose="A year of support", reason="It works")  # fmt: skip

    ruling = ExtensionRuling.objects.get()
    assert (response.url, ruling.outcome, ruling.decision.amount) == (case.get_absolute_url(), "OFFER", Decimal(250000))


def test_extension_accept_takes_the_option_up(client, world):
    case = make.offered(world, world.case, at=AT)

    html = page(client, world.cast.provider_signatory, f"{case.get_absolute_url()}offer/")
    post(client, world.cast.provider_signatory, case, "extension_accept", answer="yes")

    assert "1 April 2022 to 31 March 2023 (12 months)" in html
    assert case.contract.options.get(number=1).status == "TAKEN_UP"


def test_extension_accept_asks_why_when_refusing(client, world):
    case = make.offered(world, world.case, at=AT)

    response = post(client, world.cast.provider_signatory, case, "extension_accept", answer="no", words="")

    assert "Say why you refuse" in response.content.decode()
    post(client, world.cast.provider_signatory, case, "extension_accept", answer="no", words="No staff")
    assert case.contract.options.get(number=1).status == "REFUSED"


def test_extension_answer_sends_the_providers_words(client, world):
    actions.ask_provider(case=world.case, words="Willing?", by=world.cast.officer, at=AT)

    post(client, world.cast.provider_lead, world.case, "extension_answer", willing="no", words="No staff")

    case = make.fresh(world.case)
    assert (case.provider_willing, case.provider_answer) == (False, "No staff")


def test_extension_second_shows_the_rule_and_the_decision(client, world):
    case = make.awaiting_second(world, make.outside(world, key="other"), at=AT)

    html = page(client, world.cast.chief_executive, f"{case.get_absolute_url()}second/")
    post(client, world.cast.chief_executive, case, "extension_second", answer="yes")

    assert "The second approver is the commissioner, the chief executive" in html and "Regulation 72(1)(b)" in html
    assert ExtensionRuling.objects.get().second_approved_by == world.cast.chief_executive


def test_extension_second_refused_needs_a_reason(client, world):
    case = make.awaiting_second(world, make.outside(world, key="other"), at=AT)

    response = post(client, world.cast.chief_executive, case, "extension_second", answer="no", reason="")

    assert "Say why you do not agree" in response.content.decode()
    post(client, world.cast.chief_executive, case, "extension_second", answer="no", reason="Weak")
    assert make.fresh(case).status == "PREPARING"


def test_extension_open_beyond_the_options_warns_of_one_never_taken_up(client, world):
    contract = make.services.contract(world.cast, world.plan, key="late", starts_on=date(2018, 4, 1), at=AT)
    url = f"/contracts/{contract.reference}/extensions/open/"

    html = page(client, world.cast.officer, url)
    client.post(url, {"decide_by": "2021-12-01", "reason": "It ran on"})

    assert "Option 1 was never recorded as taken up" in html
    assert contract.extension_cases.get().option is None
    assert contract.options.get(number=1).status == "LAPSED"


def test_extension_notice_is_recorded(client, world):
    case = make.offered(world, world.case, at=AT)

    response = post(client, world.cast.officer, case, "extension_notice", needed="yes", reference="")
    assert "Enter the reference of the notice" in response.content.decode()
    post(client, world.cast.officer, case, "extension_notice", needed="yes", reference="2021/S 1",
         published_on="2021-09-06")  # fmt: skip

    assert make.fresh(case).notice_reference == "2021/S 1"


def test_the_page_of_the_contract_says_how_the_decision_stands_to_each_side(client, world):
    actions.ask_provider(case=world.case, words="Willing?", by=world.cast.officer, at=AT)
    url = world.case.contract.get_absolute_url()

    ours = page(client, world.cast.officer, url)
    theirs = page(client, world.cast.provider_lead, url)

    assert "Next: evidence ready" in ours and "has not answered yet" in ours
    assert "Answer the office" in theirs and "evidence ready" not in theirs


def test_steps_that_are_closer_together_than_usual_say_so_once(client, world):
    contract = make.services.contract(world.cast, world.plan, key="late")
    actions.prepare_decisions(at=AT)

    html = page(client, world.cast.officer, contract.extension_cases.get().get_absolute_url())

    assert html.count("Fewer working days are left") == 1


def test_a_partner_of_the_provider_sees_nothing_of_the_decisions(client, world):
    actions.ask_provider(case=world.case, words="Willing?", by=world.cast.officer, at=AT)
    contract = world.case.contract
    ContractParty.objects.create(contract=contract, organisation=world.cast.yot, role="PARTNER")

    html = page(client, world.cast.yot_lead, f"/contracts/{contract.reference}/extensions/")

    assert "Extension decisions are between the office and the provider." in html
    assert "Are you willing" not in html
    assert "Extension decisions</h2>" not in page(client, world.cast.yot_lead, contract.get_absolute_url())
    assert client.get(world.case.get_absolute_url()).status_code == 404


def test_option_edit_lets_a_decision_wait_for_an_event(client, world):
    MovableEvent.objects.create(
        key="poll", name="The poll", first_expected_on=date(2021, 10, 1), expected_on=date(2021, 10, 1)
    )
    client.force_login(world.cast.officer)
    url = f"/contracts/{world.case.contract.reference}/options/1/"

    wrong = client.post(url, {"event": "poll", "event_days": "", "reason": "The poll comes first"})
    client.post(url, {"event": "poll", "event_days": "30", "reason": "The poll comes first"})

    assert "Give both the event and the number of days after it" in wrong.content.decode()
    assert make.fresh(world.case).decide_by == date(2021, 10, 31)
    html = page(client, world.cast.officer, world.case.get_absolute_url())
    assert "30 days after The poll, 1 October 2021" in html
    assert 'value="30"' in page(client, world.cast.officer, url)


def test_the_register_shows_the_decision_and_leads_back_to_its_case(client, world):
    case = make.offered(world, world.case, at=AT, is_key=True)
    decision = ExtensionRuling.objects.get().decision

    html = page(client, world.cast.officer, decision.get_absolute_url())

    assert f'href="{case.get_absolute_url()}"' in html and "Decision notice 1" in html
    assert make.ADVICE["advice"] in html and "Within the budget." in html
