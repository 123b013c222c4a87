"""Work is compared when it was sent in, whatever day that is noticed; pairs are written once and remembered (C7)."""

from copy import deepcopy
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from accounts.enums import NameKind, OrganisationKind
from accounts.models import OrganisationName
from grants.actions import business_cases
from grants.enums import SchoolInputStatus
from grants.models import DeliveryPartner, Project, SchoolInput
from monitoring.actions import overlap_pairs, overlaps
from monitoring.enums import EvidenceKind, PairStatus, WorkKind
from monitoring.models import ComparedWork, OverlapPair
from monitoring.overlap import field
from monitoring.queries import compared
from monitoring.queries import overlaps as queries
from monitoring.tasks import compare_new_work
from plans.models import School, SchoolTopic
from records.enums import ObligationKind
from records.models import Event, Obligation
from tests.kept import kept
from tests.make import accounts, cases, retaining
from tests.make import compared as make
from tests.make import services as make_services

pytestmark = pytest.mark.django_db
AT = retaining.STARTED_AT
LATER = AT + timedelta(days=1)
KNIVES = {"title": "Knife play", "text": "A touring play for pupils shows what carrying a knife does."}
WEAPONS = {
    "title": "Theatre on knife crime for pupils",
    "text": "Actors perform a drama in secondary schools on knives and weapons.",
}


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """Three partnerships that would pay the same theatre company, sent in."""
    with kept(django_db_blocker):
        here = retaining.world()
        here.projects = [project.pk for project in retaining.theatre_projects(here, waits=False)]
        yield here


@pytest.fixture
def world(made, db):
    """All of it, each row read afresh."""
    known = vars(deepcopy(made))
    return SimpleNamespace(**known | {"projects": list(Project.objects.filter(pk__in=made.projects).order_by("pk"))})


def kinds(pair):
    return [item["kind"] for item in pair.evidence]


def compare(project, at=AT):
    return overlaps.compare_work(kind=WorkKind.PROJECT, subject_id=project.pk, at=at)


def test_compare_work_finds_the_provider_of_all_three_once(world):
    for project in world.projects:
        compare(project)
    for project in world.projects:
        assert compare(project) == []

    pairs = list(OverlapPair.objects.all())
    assert len(pairs) == 3
    assert {EvidenceKind.PROVIDER in kinds(pair) for pair in pairs} == {True}
    assert {pair.is_structured for pair in pairs} == {True}
    assert pairs[0].evidence[0]["why"] == f"Both name the same provider: {retaining.THEATRE}."
    found = Event.objects.filter(subject_type="monitoring.ComparedWork", verb="overlaps_found").order_by("pk")
    summaries = [event.summary.partition(" of ")[0] for event in found]
    assert summaries == ["1 possible overlap", "2 possible overlaps"]
    assert set(queries.pairs_of(WorkKind.PROJECT, [world.projects[0].pk])) == {pairs[0], pairs[1]}


def test_compare_work_owes_one_look_for_each_case(world):
    for project in world.projects:
        compare(project)

    owed = Obligation.objects.open().filter(kind=ObligationKind.OVERLAP_REVIEW)
    assert sorted(owed.values_list("subject_id", flat=True)) == sorted(project.case_id for project in world.projects)


@pytest.mark.parametrize(
    "written",
    ["The Example Stage Theatre Company Ltd", "Example Staeg Theatre Company", "EXAMPLE STAGE THEATRE COMPANY C.I.C."],
)
def test_compare_work_knows_a_name_written_otherwise(world, written):
    DeliveryPartner.objects.filter(project=world.projects[1]).update(name=written)
    compare(world.projects[0])

    [pair] = compare(world.projects[1])

    assert EvidenceKind.PROVIDER in kinds(pair)


def test_compare_work_leaves_a_near_miss_alone(world):
    for number, project in enumerate(world.projects):
        Project.objects.filter(pk=project.pk).update(title=f"T{number}", description=f"Word{number}")
    DeliveryPartner.objects.filter(project=world.projects[1]).update(name="Example Stage Door Theatre Company")
    compare(world.projects[0])
    compare(world.projects[1])

    assert [kind for pair in OverlapPair.objects.all() for kind in kinds(pair) if kind == EvidenceKind.PROVIDER] == []


def test_compare_work_knows_an_alias_and_a_registered_name(world):
    company = accounts.organisation("example-company", "Registered Example Players", OrganisationKind.CIC)
    OrganisationName.objects.create(organisation=company, name="Alias Example Troupe", kind=NameKind.ALIAS)
    DeliveryPartner.objects.filter(project=world.projects[0]).update(name="alias example troupe")
    DeliveryPartner.objects.filter(project=world.projects[1]).update(name="Registered Example Players Ltd")
    compare(world.projects[0])

    [pair] = compare(world.projects[1])

    evidence = next(item for item in pair.evidence if item["kind"] == EvidenceKind.PROVIDER)
    assert evidence["why"].endswith("name the same provider: Registered Example Players.") or (
        evidence["why"].endswith("are names of the same provider.")
    )


def test_directory_leaves_out_bodies_that_stand_everywhere(world):
    police = accounts.organisation("example-police", "Example Force", OrganisationKind.POLICE)

    known = compared.directory()

    assert known.partner("example force") == []
    assert known.partner("Anything", police.pk) == []
    assert known.partner("Nobody Knows") == ["name:knows nobody", "as:Nobody Knows"]


def test_compare_work_finds_the_same_school_and_term(world):
    DeliveryPartner.objects.all().delete()
    school = School.objects.create(urn="900001", name="Example Primary School", area="Maidstone")
    topic = SchoolTopic.objects.create(key="knives", name="Knife crime")
    other = SchoolTopic.objects.create(key="drugs", name="Drugs")
    days = {"starts_on": date(2020, 11, 2), "ends_on": date(2020, 11, 6)}
    for project, about in zip(world.projects, (topic, other, topic), strict=True):
        SchoolInput.objects.create(project=project, number=1, school=school, topic=about, **days)
    SchoolInput.objects.filter(project=world.projects[2]).update(status=SchoolInputStatus.CANCELLED)
    compare(world.projects[2])
    compare(world.projects[0])

    found = compare(world.projects[1])

    [pair] = [pair for pair in found if EvidenceKind.SCHOOL in kinds(pair)]
    assert {pair.first.subject_id, pair.second.subject_id} == {project.pk for project in world.projects[:2]}
    evidence = next(item for item in pair.evidence if item["kind"] == EvidenceKind.SCHOOL)
    assert evidence["why"].startswith("Both go into the same school in the same term: Example Primary School, ")


def test_find_pairs_finds_similar_words_and_says_so(world):
    one, other = make.work(1, **KNIVES), make.work(2, **WEAPONS)
    make.work(3, title="Locks", text="A handyman fits locks after burglaries.")

    [pair] = overlaps.find_pairs(work=one, at=AT)

    assert (pair.first, pair.second, pair.is_structured, kinds(pair)) == (one, other, False, ["TEXT"])
    assert pair.evidence[0]["passages"][0] == [KNIVES["text"], WEAPONS["text"]]
    assert Obligation.objects.filter(kind=ObligationKind.OVERLAP_REVIEW).count() == 0


def test_find_pairs_puts_passages_on_their_sides(world):
    one, other = make.work(1, **KNIVES), make.work(2, **WEAPONS)

    [pair] = overlaps.find_pairs(work=other, at=AT)

    assert (pair.first, pair.evidence[0]["passages"][0]) == (one, [KNIVES["text"], WEAPONS["text"]])


def test_find_pairs_finds_the_same_people_theme_place_and_time(world):
    place = {"areas": ["Maidstone"], "themes": ["Tackle violence"], "cohorts": ["teenagers"]}
    one = make.work(1, "One", "A play about knives for teenagers. Snacks, coaches and printed programmes.", **place)
    make.work(2, "Two", "Drama on blades, for adolescents. Buses take everybody home again afterwards.", **place)

    [pair] = overlaps.find_pairs(work=one, at=AT)

    assert kinds(pair)[:2] == ["COHORT", "THEME"]


def test_a_dismissed_pair_stays_dismissed_until_there_are_new_facts(world):
    first, second, _ = world.projects
    compare(first)
    [pair] = compare(second)
    overlap_pairs.dismiss_pair(pair=pair, reason="Another play.", by=world.cast.officer, at=AT)
    assert compare(second, LATER) == []

    school = School.objects.create(urn="900001", name="Example Primary School", area="Maidstone")
    topic = SchoolTopic.objects.create(key="knives", name="Knife crime")
    for project in (first, second):
        days = {"starts_on": date(2020, 11, 2), "ends_on": date(2020, 11, 6)}
        SchoolInput.objects.create(project=project, number=1, school=school, topic=topic, **days)
    compare(first, LATER)
    pair.refresh_from_db()

    assert compare(second, LATER) in ([], [pair])
    pair.refresh_from_db()
    assert (pair.status, pair.reason, pair.judged_by) == (PairStatus.FOUND, "", None)
    assert EvidenceKind.SCHOOL in kinds(pair)
    assert Event.objects.filter(subject_id=pair.pk, verb="found_again").count() == 1


def test_a_dismissed_pair_stays_dismissed_when_only_words_change(world):
    one, other = make.work(1, **KNIVES), make.work(2, **WEAPONS)
    [pair] = overlaps.find_pairs(work=one, at=AT)
    overlap_pairs.dismiss_pair(pair=pair, reason="Another play.", by=world.cast.officer, at=AT)
    ComparedWork.objects.filter(pk=other.pk).update(text=f"{WEAPONS['text']} It is free.")

    assert overlaps.find_pairs(work=one, at=LATER) == []
    pair.refresh_from_db()
    assert pair.status == PairStatus.DISMISSED


def test_find_pairs_takes_back_a_hint_that_no_longer_holds(world):
    one, other = make.work(1, provider="Example Stage"), make.work(2, provider="Example Stage")
    overlaps.find_pairs(work=one, at=AT)
    ComparedWork.objects.filter(pk=other.pk).update(provider_marks=[])

    overlaps.find_pairs(work=one, at=LATER)

    assert OverlapPair.objects.count() == 0


def test_find_pairs_keeps_what_was_confirmed(world):
    one, other = make.work(1, provider="Example Stage"), make.work(2, provider="Example Stage")
    [pair] = overlaps.find_pairs(work=one, at=AT)
    overlap_pairs.confirm_pair(pair=pair, reason="The same play.", by=world.cast.officer, at=AT)
    ComparedWork.objects.filter(pk=other.pk).update(provider_marks=[])

    overlaps.find_pairs(work=one, at=LATER)

    pair.refresh_from_db()
    assert (pair.status, kinds(pair)) == (PairStatus.CONFIRMED, ["PROVIDER"])


def test_compare_new_work_takes_what_was_sent_in_once(world):
    assert overlaps.compare_new_work(at=AT) == 3
    assert overlaps.compare_new_work(at=LATER) == 0
    assert OverlapPair.objects.count() == 3


def test_compare_new_work_looks_again_at_a_case_sent_in_again(world):
    overlaps.compare_new_work(at=AT)
    case = cases.returned(world.projects[0].case, by=world.cast.officer, at=AT)
    DeliveryPartner.objects.filter(project=world.projects[0]).update(name="Somebody Else")
    overlaps.refresh_index(at=LATER)
    assert ComparedWork.objects.get(subject_id=world.projects[0].pk, kind=WorkKind.PROJECT).in_play is True
    assert OverlapPair.objects.count() == 3

    for request in case.change_requests.all():
        business_cases.reply_to_request(
            request=request, reply="Said.", by=cases.lead_of(world.cast, case.organisation), at=LATER
        )
    lead = cases.lead_of(world.cast, case.organisation)
    business_cases.submit_business_case(case=case, by=lead, at=LATER + timedelta(hours=1))

    assert overlaps.compare_new_work(at=LATER + timedelta(hours=2)) == 1
    with_provider = [pair for pair in OverlapPair.objects.all() if EvidenceKind.PROVIDER in kinds(pair)]
    assert len(with_provider) == 1


def test_the_task_takes_in_what_was_sent(world):
    assert compare_new_work() == 0  # by now what they were for is over
    assert list(ComparedWork.objects.values_list("in_play", flat=True)) == [False] * 3


def test_compare_waiting_goes_on_after_one_that_fails(world, monkeypatch):
    make.work(1, compared_at=None)
    broken = make.work(2, compared_at=None)
    real = queries.pairs_with
    monkeypatch.setattr(queries, "pairs_with", lambda work: 1 / 0 if work.pk == broken.pk else real(work))

    assert overlaps.compare_waiting(at=AT) == 1
    assert list(queries.waiting()) == [broken]


def test_compare_waiting_does_no_more_than_it_is_asked(world):
    for number in range(3):
        make.work(number, compared_at=None)

    assert overlaps.compare_waiting(at=AT, most=2) == 2
    assert queries.waiting().count() == 1


def test_refresh_index_takes_in_every_kind_of_work_and_changes_nothing_twice(world):
    contract = make_services.contract(world.cast, world)
    first = overlaps.refresh_index(at=AT)

    held = ComparedWork.objects.filter(in_play=True)
    assert first == held.count()
    assert held.filter(kind=WorkKind.PROJECT).count() == 3
    assert held.get(kind=WorkKind.CONTRACT).reference == contract.reference
    assert overlaps.refresh_index(at=AT) == 0


def test_refresh_index_takes_out_what_was_withdrawn_with_its_hints(world):
    overlaps.compare_new_work(at=AT)
    case = world.projects[0].case
    lead = cases.lead_of(world.cast, case.organisation)
    business_cases.withdraw_business_case(case=case, reason="No longer.", by=lead, at=AT)

    assert overlaps.refresh_index(at=LATER) == 1
    assert ComparedWork.objects.get(subject_id=world.projects[0].pk, kind=WorkKind.PROJECT).in_play is False
    assert OverlapPair.objects.count() == 1


def test_facts_of_leave_out_what_is_neither_open_nor_funded(world):
    ids = [project.pk for project in world.projects]
    case = world.projects[0].case
    business_cases.withdraw_business_case(
        case=case, reason="No longer.", by=cases.lead_of(world.cast, case.organisation), at=AT
    )

    now, later = (compared.facts_of(WorkKind.PROJECT, ids, on=day) for day in (date(2020, 3, 10), date(2030, 1, 1)))

    assert sorted(work.subject_id for work in now) == ids[1:]
    assert [work.in_play for work in (*now, *later)] == [True, True, False, False]


@pytest.mark.parametrize("others", [100, 1000])
def test_compare_work_asks_as_many_questions_of_a_thousand_as_of_a_hundred(world, others, django_assert_num_queries):
    marks = list(field.concepts())
    ComparedWork.objects.bulk_create(
        make.work(
            number,
            f"Project {number}",
            f"Words {number}",
            provider=f"Provider {number % 40}",
            keep=False,
            areas=["Maidstone"],
            themes=["Violence"],
            cohorts=["teenagers"],
            terms=marks[number % 50 : number % 50 + 6],
        )
        for number in range(10_000, 10_000 + others)
    )
    project = world.projects[0]
    compare(project)
    ComparedWork.objects.filter(subject_id=project.pk).update(digest="")

    with django_assert_num_queries(25):
        compare(project, LATER)
