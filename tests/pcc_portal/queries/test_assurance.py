"""What the office knows when it decides, and which areas each person may open."""

from datetime import date

import pytest

from accounts import access
from monitoring.models import AuditAction, Concern
from pcc_portal.dossiers import assurance as sections
from pcc_portal.queries import assurance
from tests.make import audits as make_audits
from tests.make import awards as make
from tests.make import concerns as make_concerns
from tests.make import frozen
from tests.make import services as make_services
from tests.make import standards as make_standards

pytestmark = pytest.mark.django_db
ON = date(2020, 7, 1)


@pytest.fixture
def world():
    return make.world()


@pytest.fixture
def contract(world):
    rules = make_services.provider_rules(world, terms=world.terms)
    return make_services.contract(world.cast, world, rule_set=rules)


def test_known_of_tells_of_open_complaints_but_never_of_restricted_ones(world):
    open_one = make_concerns.taken_up(world.cast, organisation=world.maidstone)
    make_concerns.taken_up(
        world.cast, make_concerns.restricted(world.cast), level=2, by=world.cast.officer, organisation=world.maidstone
    )

    for person in (world.officer, world.pcc):
        known = assurance.known_of(person, on=ON, organisations=[world.maidstone])
        assert known.complaints == [open_one]
        assert not known.is_clear
    assert assurance.known_of(world.pcc, on=ON, organisations=[world.swale]).is_clear


def test_known_of_is_for_the_office_alone(world):
    make_concerns.taken_up(world.cast, organisation=world.maidstone)

    assert assurance.known_of(world.maidstone_lead, on=ON, organisations=[world.maidstone]) is None


def test_known_of_names_the_standards_that_are_missing(world):
    make_standards.ask(world.csp_rules)

    known = assurance.known_of(world.pcc, on=ON, organisations=[world.maidstone], rule_set=world.csp_rules)
    assert [(row.kind.name, row.label) for row in known.missing] == [("DBS checks", "Missing")]

    payee = world.maidstone.payee
    make_standards.held(payee, sender=world.maidstone_lead, checker=world.officer)
    known = assurance.known_of(world.pcc, on=ON, organisations=[world.maidstone], rule_set=world.csp_rules)
    assert known.missing == [] and known.is_clear


def test_known_of_asks_the_same_of_the_database_for_one_complaint_and_three(world, django_assert_num_queries):
    assert access.is_office(world.pcc)  # read once a request
    for number in (1, 3):
        while Concern.objects.count() < number:
            words = f"Nobody came, for the {Concern.objects.count()} time."
            concern = make_concerns.ordinary(world.cast, what_happened=words)
            make_concerns.taken_up(world.cast, concern, organisation=world.maidstone)

        with django_assert_num_queries(3):
            known = assurance.known_of(world.pcc, on=ON, organisations=[world.maidstone])
            assert len(known.complaints) == number


OFFICE = [
    "Standards",
    "Complaints",
    "Audits",
    "Schools",
    "Overlaps",
    "Support for providers",
    "Library of outcomes",
]


@pytest.mark.parametrize(
    ("person", "labels"),
    [
        ("officer", OFFICE),
        ("pcc", OFFICE),
        ("maidstone_lead", [label for label in OFFICE if label != "Overlaps"]),
        ("maidstone_contributor", ["Standards", "Schools", "Support for providers", "Library of outcomes"]),
        ("maidstone_signatory", ["Standards", "Schools", "Support for providers", "Library of outcomes"]),
    ],
)
def test_areas_for(world, person, labels):
    assert [area.label for area in assurance.areas_for(getattr(world.cast, person))] == labels


def test_sections_of_the_evidence_pack_count_what_is_open(world, contract):
    nothing = sections.complaints_section(contract, ON)
    assert nothing.facts[0].cell.value == "0"
    about = {"contract": contract, "organisation": contract.provider}
    open_one = make_concerns.taken_up(world.cast, **about)
    make_concerns.taken_up(world.cast, make_concerns.restricted(world.cast), level=2, by=world.cast.officer, **about)

    section = sections.complaints_section(contract, ON)

    assert section.facts[0].cell.value == "1"
    [row] = section.tables[0].rows
    assert [cell.shown for cell in row.cells] == [
        open_one.reference,
        "Waiting too long",
        "1 June 2020",
        "The organisation that provides the service",
        "23 June 2020",
    ]
    assert sections.complaints_section(contract, date(2020, 5, 31)).facts[0].cell.value == "0"


def test_audits_section_says_when_there_was_none_and_what_the_last_found(world, contract):
    assert sections.audits_section(contract, ON).lead == "This contract has not been audited."


def test_audits_section_of_an_audited_contract(world, contract):
    frozen.thaw(world.csp_rules)
    visit = make_audits.visit(world.cast, contract)

    facts = {fact.label: fact.cell.shown for fact in sections.audits_section(contract, date(2030, 1, 1)).facts}

    assert facts["Last audit"] == visit.reference
    left = AuditAction.objects.filter(finding__visit=visit).count()
    assert left == 1
    assert facts["Actions overdue"] == facts["Actions still open"] == str(left)
