"""Two partnerships would bring the same into one school: found before approval, ruled on, approved, told (P5)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from records.models import Notice
from tests.make import accounts, awards, cases, plans, schools
from tests.make.records import ladders

from . import steps
from .person import Person

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def world(settings, tmp_path):
    """An open round whose rules ask for the schools part; the other partnership has sent its case in."""
    settings.SECOND_FACTOR_REQUIRED = False
    settings.MEDIA_ROOT = tmp_path
    ladders()
    cast, at = accounts.cast(), timezone.now()
    plan = plans.plan(cast)
    plan.csp_rules.required_parts = [*plans.PARTS, "SCHOOLS"]
    plan.csp_rules.save(update_fields=["required_parts"])
    schools.kept()
    world = awards.world(cast, plan, cases.round_today(cast, plan, at=at))
    world.first = timezone.localdate() + timedelta(days=20)
    for organisation in (world.swale, world.maidstone):
        cases.business_case(cast, world.round, status="DRAFT", organisation=organisation, at=at)
    world.theirs, world.mine = (world.round.cases.get(organisation=row) for row in (world.swale, world.maidstone))
    schools.goes(world.theirs, schools.planned(starts_on=world.first, ends_on=world.first), by=world.swale_lead)
    cases.business_cases.submit_business_case(case=world.theirs, by=world.swale_lead, at=at)
    return world


def write_schools(lead, world):
    """The applicant says that the project goes into schools, which, when, and everything else that is asked."""
    lead.visit(world.mine.get_absolute_url()).follow("About the project")
    lead.choose("Yes", within="Does the project go into schools?").press("Save and return")
    lead.follow("Schools").fill("School: its name, or its number in the register", "Example", within="Input 1")
    lead.fill("Topic", "Knife crime", within="Input 1").fill("Sessions", "3", within="Input 1")
    lead.fill_date("First day", world.first).press("Save and return")
    lead.sees("Several schools match “Example”: Example Academy, Maidstone (900001); Example Primary School, Swale")
    lead.fill("School: its name, or its number in the register", "900001", within="Input 1")
    lead.fill("Year groups (for example, 7 to 9)", "7 to 9", within="Input 1").press("Save and return")
    lead.sees("Input 1, Example Academy (900001): say whom at the school the safeguarding was agreed with, by post.")
    lead.follow("Schools").fill("Safeguarding agreed with (post at the school)", "Safeguarding lead", within="Input 1")
    lead.fill_date("Agreed on", timezone.localdate())
    lead.fill("How does it fit into what the schools teach?", "Relationships education.")
    lead.fill("Who comes into the schools?", "Two youth workers.")
    lead.choose("Yes", within="Does everybody who comes have an enhanced DBS check?")
    lead.fill("What materials are used?", "A film.").fill("How will you find out whether it worked?", "By questions.")
    lead.press("Save and return")


def test_a_clash_is_found_before_approval_and_ruled_on(world):
    lead, officer = Person(world.maidstone_lead), Person(world.officer)
    write_schools(lead, world)
    lead.visit(f"{world.mine.get_absolute_url()}check/").sees("another project brings the same topic into this school")
    lead.does_not_see(world.theirs.reference, world.swale.name)
    lead.choose("What this business case says is true as far as I know, and the organisation agrees to send it")
    lead.press("Send the business case")
    assert Notice.objects.filter(rule="school_clashes_found", person=world.officer).count() == 1

    world.mine.refresh_from_db()
    case = world.mine.get_absolute_url()
    awards.evaluations.declare_interest(case=world.mine, has_interest=False, by=world.officer, at=timezone.now())
    officer.visit(f"{case}evaluation/").press("Begin the evaluation")
    officer.sees("In schools: 1 clash", world.theirs.reference, "No officer has ruled on it yet.")
    steps.evaluate(officer, case, 1)
    officer.sees("An officer has to rule on it before this project can be approved.")
    officer.visit(f"{case}evaluation/").follow("Rule on it").sees("May it stand?", "Knife crime at Example Academy")
    officer.fill("Why may it stand?", "Other year groups, agreed with the school.").press("Save: it may stand")
    officer.sees("It may stand: Other year groups, agreed with the school.")
    steps.evaluate(officer, case, 1)
    steps.comment_on_money(Person(world.cfo), case, 1)
    officer.visit(f"{case}evaluation/").press("Send for decision")
    steps.decide(Person(world.pcc), case, 1, "Approved in full")

    officer.visit("/schools/").follow("Example Academy")
    officer.sees("Safer Maidstone Partnership", "Years 7, 8 and 9", "Safeguarding lead, agreed on", "Funded")
    officer.sees("Swale Community Safety Partnership", "Asked for", "Meets another")
    lead.visit("/schools/900001/").sees("Knife crime", "Asked for").does_not_see("Funded", world.swale.name)
    stranger = Person(world.swale_lead).visit("/schools/900001/")
    stranger.sees("Swale Community Safety Partnership").does_not_see(world.maidstone.name)
