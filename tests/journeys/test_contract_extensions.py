"""Three contracts of the plan through their decisions, on the real pages: one taken up and then ended, one that runs
on beyond its terms, one whose year begins in October. Each person presses what a person would press."""

from datetime import date
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.utils import timezone

import pcc_portal
from accounts.enums import RoleName
from accounts.models import Organisation
from accounts.queries import people_book
from records import obligations
from records.models import Decision, Notice, Obligation
from services import actions, queries
from services.models import Contract
from tests.make import accounts
from tests.make import extensions as make
from tests.make import services as make_services

from .person import Person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
KENT = Path(pcc_portal.__file__).parent / "plan_files" / "kent-2020-21.yaml"


def office(organisation):
    """The people of an office who act in a decision."""
    posts = {
        "officer": RoleName.COMMISSIONING_OFFICER, "head": RoleName.HEAD_OF_COMMISSIONING,
        "cfo": RoleName.CHIEF_FINANCE_OFFICER, "chief": RoleName.CHIEF_EXECUTIVE, "pcc": RoleName.COMMISSIONER,
    }  # fmt: skip
    return {name: accounts.person(f"{name}@office.example.org", name.title(), post, organisation)
            for name, post in posts.items()}  # fmt: skip


def provider(organisation):
    """The people of a provider who answer."""
    posts = {"lead": RoleName.LEAD, "signatory": RoleName.SIGNATORY}
    return {name: accounts.person(f"{name}@{organisation.key}.example.org", name.title(), post, organisation)
            for name, post in posts.items()}  # fmt: skip


def sweep():
    """What a morning does."""
    at = timezone.now()
    actions.prepare_decisions(at=at)
    obligations.climb_ladders(on=timezone.localdate(at), at=at, people_for=people_book())


def case_of(contract):
    """The address of the newest case."""
    return contract.extension_cases.order_by("-number").first().get_absolute_url()


def term(contract):
    return queries.term(Contract.objects.get(pk=contract.pk))


def ask(people, url, *, willing="Yes"):
    """The officer asks, the provider's lead answers."""
    officer = Person(people.officer).visit(url).follow("Ask the provider")
    officer.fill("What do you ask the provider?", "Are you willing to go on as now?").press("Send the letter")
    lead = Person(people.lead).visit(url).follow("Say whether you are willing")
    lead.choose(willing).press("Send the answer").sees("Your answer has been sent to the office")


def advise(people, url, recommend, **typed):
    """The officer says that the evidence is ready and advises; the chief finance officer comments."""
    officer = Person(people.officer).visit(url).follow("Say that the evidence is ready")
    officer.fill("What would it mean if the contract were not extended?", "Nobody would help.")
    officer.press("The evidence is ready").visit(url).follow("Give advice").choose(recommend)
    for label, value in typed.items():
        named = label.replace("_", " ")
        officer.fill_date(named, value) if isinstance(value, date) else officer.fill(named, value)
    officer.fill("Your advice", "It should be so.").press("Freeze the evidence and give advice")
    cfo = Person(people.cfo).visit(url).follow("Comment on the money")
    cfo.fill("Your comment on the money", "It fits the budget.").press("Save the comment")


def decide(person, url, outcome, **typed):
    """Somebody decides."""
    person = Person(person).visit(url).follow("Decide").choose(outcome)
    for label, value in {"Reason_for_the_decision": "It is best for victims.", **typed}.items():
        named = label.replace("_", " ")
        person.fill_date(named, value) if isinstance(value, date) else person.fill(named, value)
    return person.press("Make this decision").sees("The decision is made and stands in the register")


def test_a_contract_of_the_plan_is_extended_in_the_autumn_printed_and_then_ends(clock):
    clock.go(2020, 4, 7)
    call_command("load_plan", KENT, stdout=StringIO())
    contract = Contract.objects.get(key="isva")
    people = SimpleNamespace(**office(Organisation.objects.get(key="opcc-kent")), **provider(contract.provider))
    url = contract.get_absolute_url()
    Person(people.officer).visit(url).sees("30 November 2021", "31 March 2022", "31 March 2025")

    # Summer 2021: the case opens early enough for the evidence to be ready by the first day of the autumn.
    clock.go(2021, 6, 7)
    sweep()
    assert not contract.extension_cases.exists()
    clock.go(2021, 6, 8)
    sweep()
    case = case_of(contract)
    officer = Person(people.officer).visit("/").sees("Prepare extension decisions")
    officer.visit(case).sees("30 November 2021", "By 1 September 2021", "6 July 2021", "The last day of “autumn 2021”")
    ask(people, case)
    clock.go(2021, 9, 1)
    advise(people, case, "Offer the whole option")
    clock.go(2021, 11, 8)
    sweep()
    Person(people.pcc).visit("/").sees("Decide on extensions").visit("/dashboard/").sees("Waiting for the decision")
    decided = decide(people.pcc, case, "Offer the whole option", Value_of_the_extension="450,000",
                     Purpose_of_the_spend="Advisers for victims of sexual violence.")  # fmt: skip
    decided.sees("Offer the whole option", "£450,000", "Letter to the provider Done")
    signatory = Person(people.signatory).visit("/").sees("Answer offers of an extension")
    signatory.visit(case).follow("Accept or refuse").sees("1 April 2022 to 31 March 2023 (12 months)", "£450,000")
    signatory.choose("Yes, accept it").press("Send the answer").sees("Taken up")
    assert term(contract).ends_on == date(2023, 3, 31)
    decision = Decision.objects.get(is_recorded=False)
    assert (decision.outcome, decision.advice, decision.cfo_comment) == (
        "APPROVED", "It should be so.", "It fits the budget.",
    )  # fmt: skip

    # The next option has no date in any source: an officer enters the notice period, and the decision is in the diary.
    officer = Person(people.officer).visit(url).sees("31 March 2023").visit(f"{url}options/2/")
    officer.fill("Notice period", "6").fill("Why does this change?", "As the contract says").press("Save the date")
    officer.visit(url).sees("30 September 2022")
    clock.go(2022, 4, 20)
    sweep()
    second = case_of(contract)
    assert second != case
    advise(people, second, "Do not offer it")
    decide(people.pcc, second, "Do not offer it").sees("Do not offer it")
    Person(people.lead).visit(second).sees("Do not offer it", "No extension")
    assert (term(contract).ends_on, term(contract).latest_ends_on) == (date(2023, 3, 31), date(2023, 3, 31))
    assert term(contract).next_option is None
    clock.go(2023, 4, 1)
    sweep()
    assert contract.extension_cases.count() == 2


@pytest.fixture
def world(db):
    """The cast's office and plan, with the two other providers of the plan."""
    made = make.world()
    made.people = lambda organisation: SimpleNamespace(**office(made.cast.office), **provider(organisation))
    return made


def test_a_contract_past_its_last_option_runs_on_by_the_exception(world, clock):
    clock.go(2021, 9, 1)
    victim_support = accounts.organisation("victim-support", "Victim Support", "PROVIDER")
    contract = make_services.contract(
        world.cast, world.plan, key="core", provider=victim_support, name="Core victim service",
        starts_on=date(2016, 4, 1), initial_months=36, options=[{"status": "TAKEN_UP"}] * 3, at=timezone.now(),
    )  # fmt: skip
    people = world.people(victim_support)
    assert term(contract).ends_on == date(2022, 3, 31)

    officer = Person(people.officer).visit(f"{contract.get_absolute_url()}extensions/")
    officer.follow("Extend outside the original terms").sees("No option is left to extend this contract")
    officer.fill_date("Decide by", date(2022, 1, 31)).fill("Why is it opened?", "The new service begins a year late")
    officer.press("Open the case").sees("outside the original terms", "Not asked")
    case = case_of(contract)
    ask(people, case)
    advise(people, case, "Extend outside the original terms", New_last_day=date(2023, 3, 31),
           Legal_basis="Regulation 72(1)(b)")  # fmt: skip
    clock.go(2021, 12, 1)
    decided = decide(people.pcc, case, "Extend outside the original terms",
                     New_last_day_of_the_contract=date(2023, 3, 31),
                     Value_of_the_extension="1,100,000", Purpose_of_the_spend="A year of support for victims.",
                     Legal_basis="Regulation 72(1)(b)")  # fmt: skip
    decided.sees("Waiting for the second approver")
    assert term(contract).ends_on == date(2022, 3, 31)
    Person(people.pcc).visit(case).sees("You decided this, so somebody else approves it a second time.")
    chief = Person(people.chief).visit("/").sees("Approve extensions a second time").visit(case)
    chief.follow("Approve a second time").sees("Regulation 72(1)(b)", "£1,100,000")
    chief.choose("Yes, the contract runs on").press("Save the answer").sees("31 March 2023", "Second approver")

    [outside] = term(contract).outside
    assert (outside.starts_on, outside.ends_on) == (date(2022, 4, 1), date(2023, 3, 31))
    assert outside.variation.second_approved_by == people.chief
    Person(people.signatory).visit(case).sees("31 March 2023", "Regulation 72(1)(b)")
    letter = Person(people.lead).visit(f"{contract.get_absolute_url()}extensions/")
    letter.sees("Extension outside the original terms: Core victim service")


def test_a_year_from_october_is_extended_for_less_and_an_offer_nobody_answers_lapses(world, clock):
    clock.go(2020, 10, 1)
    solutions = accounts.organisation("restorative-solutions", "Restorative Solutions", "PROVIDER")
    contract = make_services.reporting_contract(
        world.cast, world.plan, key="restorative", provider=solutions, name="Restorative justice service",
        starts_on=date(2017, 10, 1), at=timezone.now(),
        options=[{"status": "TAKEN_UP"}, {"notice_months": 3}, {"notice_months": 1}],
    )  # fmt: skip
    people = world.people(solutions)
    assert [(p.starts_on, p.ends_on) for p in term(contract).periods][-1] == (date(2020, 10, 1), date(2021, 9, 30))
    quarters = Obligation.objects.about(contract).filter(kind="RETURN").order_by("due_on")
    assert quarters.last().period_ends_on == date(2021, 9, 30)

    clock.go(2021, 2, 1)
    sweep()
    case = case_of(contract)
    ask(people, case)
    advise(people, case, "Offer a shorter extension", Length_in_months="6")
    clock.go(2021, 6, 10)
    decide(people.pcc, case, "Offer a shorter extension", Months="6", Value_of_the_extension="100,000",
           Purpose_of_the_spend="Half a year of restorative justice.")  # fmt: skip
    signatory = Person(people.signatory).visit(case).follow("Accept or refuse")
    signatory.sees("1 October 2021 to 31 March 2022 (6 months)")
    signatory.choose("Yes, accept it").press("Send the answer")
    assert term(contract).ends_on == date(2022, 3, 31)
    assert quarters.last().period_ends_on == date(2022, 3, 31)

    # The last option would start on 1 April 2022. It is offered, and nobody answers.
    clock.go(2021, 9, 20)
    sweep()
    last = case_of(contract)
    assert last != case
    advise(people, last, "Offer the whole option")
    decide(people.pcc, last, "Offer the whole option", Value_of_the_extension="200,000",
           Purpose_of_the_spend="A year of restorative justice.")  # fmt: skip
    clock.go(2022, 3, 31)
    sweep()
    assert contract.options.get(number=3).status == "OFFERED"
    clock.go(2022, 4, 1)
    sweep()
    assert contract.options.get(number=3).status == "LAPSED"
    told = set(Notice.objects.filter(rule="extension_lapsed").values_list("person__email", flat=True))
    assert {f"{who}@office.example.org" for who in ("head", "pcc", "chief")} <= told
    Person(people.signatory).visit(last).sees("Lapsed")
    assert (term(contract).ends_on, term(contract).latest_ends_on) == (date(2022, 3, 31), date(2022, 3, 31))
