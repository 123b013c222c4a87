"""Pages of schools: the register, the calendar, one school, the section of a case; few queries however many rows."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from grants.actions import delivery, projects, schools
from grants.models import SchoolInput
from plans.models import School
from records.models import Decision
from tests.kept import kept
from tests.make import awards as make
from tests.make import schools as going

YEAR = {"year": "2020"}
AT = make.datetime(2020, 10, 12, 9, 0, tzinfo=make.UTC)


@pytest.fixture(scope="module")
def kept_world(django_db_setup, django_db_blocker):
    """A live award with one input and one school day; another partnership has sent in the same."""
    with kept(django_db_blocker):
        world = make.world()
        world.school, world.primary = going.kept()
        world.award = going.live_award(world, going.planned())
        world.other = going.submitted(world, going.planned(), organisation=world.swale)
        plan = delivery.write_schedule(
            award=world.award, unit="day", promised=2, reason="Agreed", by=world.officer, at=make.ACCEPTED_AT
        )
        delivery.plan_session(
            schedule=plan, on=going.FIRST, place="Hall", school=world.primary, audience="Year 6", by=world.officer,
            at=make.ACCEPTED_AT,
        )  # fmt: skip
        yield world


def signed_in(person):
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def asked(person, address, **data):
    """(what the page says, how many questions it asked)."""
    client = signed_in(person)
    client.get("/accessibility/")
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = client.get(address, data)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split()), len(captured)


def more_inputs(world, rows):
    """Inputs in as many schools more, of both projects."""
    numbers = [str(910000 + number) for number in range(rows)]
    for urn in numbers:
        going.school(urn, f"Example School {urn}")
    for project in (world.award.lines.get().project, world.other.projects.get()):
        topic = SchoolInput.objects.filter(project=project).first().topic
        for number, urn in enumerate(numbers, 10):
            SchoolInput.objects.create(
                project=project, number=number, school=School.objects.get(urn=urn), topic=topic, starts_on=going.FIRST,
                ends_on=going.LAST,
            )  # fmt: skip


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("who", "address", "count"),
    [
        ("officer", "/schools/", 7),
        ("maidstone_lead", "/schools/", 7),
        ("officer", "/schools/?format=csv", 4),
        ("officer", "/schools/calendar/?year=2020", 9),
        ("maidstone_lead", "/schools/calendar/?year=2020", 9),
        ("officer", "/schools/calendar/?year=2020&format=csv", 5),
        ("officer", "/schools/900001/", 11),
        ("maidstone_lead", "/schools/900001/", 10),
        ("officer", "/schools/terms/", 6),
    ],
)
def test_pages_ask_the_same_however_many_rows(world, rows, who, address, count):
    more_inputs(world, rows)

    assert asked(getattr(world, who), address)[1] == count


def test_calendar_by_school_and_term_says_who_comes_and_what_became_of_it(world):
    schools.deliver_input(
        school_input=SchoolInput.objects.get(project__case__organisation=world.maidstone), delivered_on=going.LAST,
        sessions_delivered=4, by=world.maidstone_lead, at=AT,
    )  # fmt: skip

    page, _ = asked(world.officer, "/schools/calendar/", **YEAR)
    assert "Calendar of schools 2020/21" in page
    for words in ("Autumn term 2020", "Spring term 2021", "Delivered", "Asked for", "Day of delivery", "Year 6"):
        assert words in page
    page, _ = asked(world.officer, "/schools/calendar/", status="DELIVERED", **YEAR)
    assert ("Safer Maidstone Partnership" in page, "Swale Community Safety" in page) == (True, False)
    page, _ = asked(world.officer, "/schools/calendar/", year="2019")
    assert "Nothing is planned in schools that matches." in page


def test_award_lists_its_inputs_in_the_query_of_its_lines(world):
    page, before = asked(world.maidstone_lead, world.award.get_absolute_url())
    assert "Example Academy" in page
    assert "5 October 2020 to 9 October 2020" in page

    more_inputs(world, 3)

    page, after = asked(world.maidstone_lead, world.award.get_absolute_url())
    assert (page.count("Safeguarding not confirmed"), after) == (3, before)


def test_calendar_as_csv(world):
    answer = signed_in(world.officer).get("/schools/calendar/", {**YEAR, "format": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert [(row["Number"], row["Terms"], row["Year groups"], row["Standing"]) for row in rows] == [
        ("900001", "Autumn term 2020", "Years 7 and 8", "Funded"),
        ("900001", "Autumn term 2020", "Years 7 and 8", "Asked for"),
    ]


def test_school_shows_others_only_what_was_published(world):
    page, _ = asked(world.swale_lead, "/schools/900001/")
    assert ("Swale Community Safety Partnership" in page, "Safer Maidstone" in page) == (True, False)

    Decision.objects.update(published_at=AT, published_by=world.officer)

    page, _ = asked(world.swale_lead, "/schools/900001/")
    assert "Safer Maidstone Partnership" in page
    assert page.count("Designated safeguarding lead, agreed") == 1
    page, _ = asked(world.maidstone_lead, "/schools/900001/")
    assert "Swale" not in page.replace("Swale Borough", "")


def test_school_says_that_safeguarding_is_not_confirmed(world):
    SchoolInput.objects.update(lead_agreed_on=None)

    page, _ = asked(world.officer, "/schools/900001/")

    assert "has not agreed to 2 planned inputs yet" in page
    assert page.count("Not confirmed") == 2


def test_school_drops_what_was_declined_and_told(world):
    before, _ = asked(world.swale_lead, "/schools/900001/")
    said = {"case": world.other, "by": world.officer, "at": make.BEFORE}
    make.evaluations.declare_interest(has_interest=False, **said)
    make.evaluations.begin_evaluation(**said)
    schools.rule_on_clash(
        project=make.projects(world.other)[0], school_input=SchoolInput.objects.get(project__case=world.other).pk,
        other=SchoolInput.objects.get(project__case__organisation=world.maidstone).pk, reason="Fine.",
        by=world.officer, at=make.BEFORE,
    )  # fmt: skip
    make.advise(world, make.projects(world.other)[0])
    make.evaluations.send_for_decision(**said)
    make.decline(world, make.projects(world.other)[0])

    after, _ = asked(world.swale_lead, "/schools/900001/")

    assert ("Asked for" in before, "Asked for" in after) == (True, False)


def test_register_loaded_by_page_with_its_report(world):
    client = signed_in(world.officer)
    file = going.csv(
        "900001,Example High School,Secondary,,Maidstone,,Open,", "900002,Example Primary School,,,Swale,,Closed,",
        "900050,New School,Primary,,Swale,ME1 1AA,Open,", "x,Broken,Primary,,Swale,,Open,",
    )  # fmt: skip

    answer = client.post("/schools/load/", {"file": SimpleUploadedFile("edubase.csv", file, "text/csv"), "areas": ""})

    page = " ".join(answer.content.decode().split())
    for words in (
        "1 added, 2 changed, 1 closed, 0 open again, 0 the same", "1 row could not be taken",
        "Line 5: the number of the school (URN) is missing or is no number.",
        "name was “Example Academy”, is “Example High School”", "New School",
    ):  # fmt: skip
        assert words in page


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("r.csv", b"a,b\r\n1,2\r\n", "The file has no column “URN”."),
        ("r.txt", b"a,b\r\n1,2\r\n", "The register must be a CSV file."),
        ("r.csv", b"%PDF-1.4 \x00", "selected file"),
        ("r.csv", b"", "empty"),
    ],
)
def test_register_refused_by_page(world, name, content, sentence):
    before = School.objects.count()

    answer = signed_in(world.officer).post("/schools/load/", {"file": SimpleUploadedFile(name, content), "areas": ""})

    assert sentence in " ".join(answer.content.decode().split())
    assert School.objects.count() == before


# The section of a business case.


def section(world):
    """A returned case and the address of its schools section."""
    case = make.cases.returned(world.other, by=world.officer, at=make.BEFORE, section="SCHOOLS")
    return case, f"/cases/{case.reference}/projects/1/schools/"


def typed(client, address, *inputs, **more):
    context = client.get(address).context
    posted = {"version": context["version"], "revision": context["revision"], **going.ONCE, "dbs_checked": "yes"}
    posted |= {"school_inputs-TOTAL_FORMS": str(len(inputs)), "school_inputs-INITIAL_FORMS": "0"}
    for number, row in enumerate(inputs):
        posted |= {f"school_inputs-{number}-{name}": value for name, value in row.items()}
    return posted | more


ROW = {
    "school": "900002", "topic": "online", "year_groups": "R, 1", "sessions": "2", "pupils": "", "lead_post": "Head",
    "starts_on_day": "5", "starts_on_month": "10", "starts_on_year": "2020", "lead_agreed_on": "2020-02-01",
}  # fmt: skip


def test_section_saves_rows_and_answers_and_autosaves(world):
    case, address = section(world)
    client = signed_in(world.swale_lead)

    answer = client.post(f"{address}autosave", typed(client, address, ROW, {"sessions": "1"}))
    assert sorted(answer.json()) == ["revision", "saved_at", "version"]

    row = SchoolInput.objects.get(project__case=case)
    assert (row.school, row.topic.key, row.year_groups, row.starts_on, row.ends_on, row.sessions) == (
        world.primary, "online", [0, 1], going.FIRST, going.FIRST, 2
    )  # fmt: skip
    part = row.project.school_part
    assert (part.dbs_checked, part.materials) == (True, going.ONCE["materials"])


def test_section_keeps_days_typed_when_a_row_is_added_or_removed(world):
    _, address = section(world)
    client = signed_in(world.swale_lead)

    page = client.post(address, typed(client, address, {"sessions": "1"}, ROW, remove="0"))
    assert page.context["rows"].forms[0].initial["starts_on"] == ["5", "10", "2020"]
    page = client.post(address, typed(client, address, ROW, add="1"))
    assert [row.initial["sessions"] for row in page.context["rows"].forms] == ["2", 1]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"school": "Nowhere"}, "No school in the register is called “Nowhere” or has that number."),
        ({"school": "Closed School"}, "Closed School closed on 1 October 2020. Choose another school"),
        ({"year_groups": "15"}, "Enter year groups like 7, 8 and 9"),
        ({"ends_on": "2020-10-04"}, "Last day must be on or after the first day"),
    ],
)
def test_section_says_what_is_wrong_with_a_row(world, said, sentence):
    going.school("900040", "Closed School", closed_on=make.datetime(2020, 10, 1).date())
    _, address = section(world)
    client = signed_in(world.swale_lead)

    answer = client.post(address, typed(client, address, {**ROW, **said}))

    assert sentence in " ".join(answer.content.decode().split())
    assert SchoolInput.objects.get(project=world.other.projects.get()).topic.key == "knives"


def test_section_shows_both_versions_to_the_slower_editor(world):
    case, address = section(world)
    client = signed_in(world.swale_lead)
    mine = typed(client, address, ROW)
    projects.write_project(
        case=case, project=case.projects.get(), materials="Other cards.", by=world.swale_lead, at=make.BEFORE
    )

    answer = client.post(address, mine)

    page = " ".join(answer.content.decode().split())
    assert answer.status_code == 409
    for words in ("Other cards.", "Example Primary School (900002)", "Staying safe online", "Reception, Year 1"):
        assert words in page


def test_section_is_there_only_where_the_project_goes_into_schools(world):
    case, address = section(world)
    client = signed_in(world.swale_lead)
    projects.write_project(
        case=case, project=case.projects.get(), goes_into_schools=False, by=world.swale_lead, at=make.BEFORE
    )

    assert client.get(address).status_code == 404
