"""The register of schools: terms, reading the government's file, loading it, changing it by hand (P5)."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from plans.actions import schools as actions
from plans.enums import SchoolPhase
from plans.models import School, SchoolTerm, SchoolTopic
from plans.queries import schools as queries
from plans.rules import school_register
from records.models import Event
from records.refusals import Refused
from tests.make import schools as make

AT = datetime(2020, 9, 1, 9, 0, tzinfo=UTC)
AUTUMN = SimpleNamespace(name="Autumn", starts_on=date(2020, 9, 3), ends_on=date(2020, 12, 18))
SPRING = SimpleNamespace(name="Spring", starts_on=date(2021, 1, 4), ends_on=date(2021, 3, 26))
GOOD = "900001,Example Academy,Secondary,Academy converter,Maidstone,ME1 1AA,Open,"


@pytest.mark.parametrize(
    ("first", "last", "listed", "named"),
    [
        (date(2020, 9, 3), date(2020, 9, 3), [AUTUMN, SPRING], ("Autumn",)),
        (date(2020, 12, 18), date(2021, 1, 4), [AUTUMN, SPRING], ("Autumn", "Spring")),
        (date(2020, 12, 21), date(2021, 1, 3), [AUTUMN, SPRING], ("Autumn",)),
        (date(2021, 5, 14), date(2021, 5, 14), [AUTUMN, SPRING], ("Spring",)),
        (date(2021, 5, 15), date(2021, 5, 15), [AUTUMN, SPRING], ("Summer term 2020/21",)),
        (date(2020, 9, 2), date(2020, 9, 2), [AUTUMN, SPRING], ("Autumn term 2020/21",)),
        (date(2019, 12, 31), date(2020, 1, 1), [], ("Autumn term 2019/20", "Spring term 2019/20")),
        (date(2020, 8, 31), date(2020, 9, 1), [], ("Summer term 2019/20", "Autumn term 2020/21")),
        (date(2020, 2, 29), date(2020, 4, 1), [], ("Spring term 2019/20", "Summer term 2019/20")),
    ],
)
def test_terms_touched(first, last, listed, named):
    assert queries.terms_touched(first, last, listed) == named


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\x00\x01", school_register.NOT_TEXT),
        (b"a\x81", school_register.NOT_TEXT),
        (b"URN,EstablishmentName\r\n1,a",
         "The file has no column “PhaseOfEducation (name)”. Download the register of schools again, with all columns."),
        (make.HEADER.encode() + b",URN\r\n", "The file has the column “URN” twice."),
        (make.csv(), "The file holds no school of these areas."),
        (make.csv('900001,"' + "x" * 140_000 + '",,,,,Open,'),
         "Line 2 of the file cannot be read as CSV (field larger than field limit (131072))."),
    ],
)  # fmt: skip
def test_register_not_taken(content, sentence):
    assert school_register.read(content)[1] == sentence


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("90x,Example,Primary,,Swale,,Open,", "the number of the school (URN) is missing or is no number"),
        ("900003,,Primary,,Swale,,Open,", "the column “EstablishmentName” is empty"),
        ("900003,Example,Primary,,,,Open,", "the column “LA (name)” is empty"),
        (f"900003,{'x' * 201},Primary,,Swale,,Open,", "“EstablishmentName” is longer than 200 characters"),
        ("900003,Example,Primary,,Swale,,Moved,", "the status “Moved” is not known"),
        ("900003,Example,Primary,,Swale,,Closed,31-02-2019", "“31-02-2019” is not a day like 31-08-2019"),
        (GOOD, "number 900001 is there twice; the first row was taken"),
    ],
)
def test_register_row_left_out_with_its_fault(line, fault):
    found, why = school_register.read(make.csv(GOOD, line))

    assert (why, len(found.rows), found.faults) == ("", 1, [f"Line 3: {fault}."])


@pytest.mark.parametrize(
    ("phase", "kind", "read"),
    [
        ("Nursery", "Local authority nursery school", SchoolPhase.NURSERY),
        ("Middle deemed primary", "Community school", SchoolPhase.MIDDLE),
        ("All-through", "Free schools", SchoolPhase.ALL_THROUGH),
        ("16 plus", "Further education", SchoolPhase.SIXTEEN_PLUS),
        ("Not applicable", "Community special school", SchoolPhase.SPECIAL),
        ("Not applicable", "Pupil referral unit", SchoolPhase.ALTERNATIVE),
        ("Secondary", "Free schools alternative provision", SchoolPhase.ALTERNATIVE),
        ("Not applicable", "Other independent school", SchoolPhase.OTHER),
    ],
)
def test_register_phase(phase, kind, read):
    assert school_register.phase_of(phase, kind) == read


def test_register_read_in_either_encoding_without_marks():
    line = '000042,St Zoë\u202e’s School ,Primary,Voluntary aided school,Swale,ME9 9AA,"Open, but proposed to close",'

    for encoding in ("utf-8-sig", "utf-8"):
        row = school_register.read((make.HEADER + "\r\n" + line).encode(encoding))[0].rows[0]
        assert (row["urn"], row["name"], row["is_closed"]) == ("000042", "St Zoë ’s School", False)
    windows = (make.HEADER + "\r\n" + line.replace("\u202e", "")).encode("cp1252")
    assert school_register.read(windows)[0].rows[0]["name"] == "St Zoë’s School"


def test_register_only_of_the_areas_asked_for():
    other = "900002,Example Primary,Primary,,Swale,,Open,"
    proposed = "900004,Example Studio,Secondary,,Maidstone,,Proposed to open,"

    found, why = school_register.read(make.csv(GOOD, other, proposed), areas=["maidstone"])

    assert (why, [row["urn"] for row in found.rows], found.not_taken, found.areas) == ("", ["900001"], 2, {"Maidstone"})


def load(world, *lines, **said):
    found, why = school_register.read(make.csv(*lines))
    assert why == ""
    return actions.load_register(
        rows=found.rows, areas=sorted(found.areas), source="register.csv", by=world.cast.officer, at=AT, **said
    )


def test_load_register_adds_changes_closes_and_reopens(world):
    first = load(
        world, GOOD, "900002,Example Primary,Primary,,Swale,,Open,", "900003,Example Hall,Primary,,Swale,,Open,",
        "900005,Never Known,Primary,,Swale,,Closed,31-08-2019",
    )  # fmt: skip
    second = load(
        world, GOOD.replace("Academy,", "High School,"), "900002,Example Primary,Primary,,Swale,,Closed,31-07-2020",
    )  # fmt: skip
    third = load(
        world, GOOD, "900002,Example Primary,Primary,,Swale,,Open,", "900003,Example Hall,Primary,,Swale,,Open,"
    )

    assert (first.sentence, first.never_known) == ("3 added, 0 changed, 0 closed, 0 open again, 0 the same", 1)
    assert second.sentence == "0 added, 1 changed, 1 closed, 0 open again, 0 the same"
    assert [(row.name, changes) for row, changes in second.changed] == [
        ("Example High School", {"name": ["Example Academy", "Example High School"]})
    ]
    assert [(row.urn, day) for row, day in second.closed] == [("900002", date(2020, 7, 31))]
    assert [row.urn for row in second.missing] == ["900003"]
    assert third.sentence == "0 added, 1 changed, 0 closed, 1 open again, 1 the same"
    assert School.objects.get(urn="900002").closed_on is None
    verbs = Event.objects.filter(subject_type="plans.School").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["changed", "closed", "changed", "reopened"]
    assert Event.objects.filter(verb="schools_loaded").count() == 3


def test_load_register_closes_on_the_day_of_loading_where_the_file_has_none_and_leaves_examples(world):
    make.school("900009", "Example Data School", is_example=True)
    load(world, GOOD)

    told = load(world, GOOD.replace(",Open,", ",Closed,"), "900009,Real School,Primary,,Swale,,Open,")

    assert School.objects.get(urn="900001").closed_on == date(2020, 9, 1)
    assert told.faults == ["Number 900009 belongs to Example Data School, which is example data; it stays."]
    assert School.objects.get(urn="900009").name == "Example Data School"


def test_load_register_by_somebody_else_is_refused(world):
    with pytest.raises(Refused) as refused:
        actions.load_register(rows=[], source="", by=world.cast.pcc, at=AT)

    assert refused.value.reason == "Only commissioning officers keep the register of schools."


WHOLE = {"name": "Example Academy", "phase": "SECONDARY", "area": "Swale", "closed_on": None, "follows": None}


def write(world, **said):
    return actions.write_school(**{**WHOLE, "reason": "New", "by": world.cast.officer, "at": AT, **said})


def test_write_school_adds_changes_and_follows(world):
    old = write(world, urn="0042")
    new = write(world, urn="0043", name="Example Academy Trust", follows=old)
    write(world, school=old, closed_on=date(2020, 8, 31), reason="Became an academy")

    assert (School.objects.get(urn="0042").closed_on, new.follows) == (date(2020, 8, 31), old)
    assert queries.roots() == {new.pk: old.pk}
    assert queries.same_place([old.pk], queries.roots()) == {old.pk, new.pk}
    event = Event.objects.filter(subject_type="plans.School", verb="changed").get()
    assert (event.reason, event.changes) == ("Became an academy", {"closed_on": ["", "2020-08-31"]})


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"urn": "0042"}, "Example Academy has the number 0042 already."),
        ({"urn": "²"}, "The number of a school has only figures."),
        ({"urn": "0044", "name": " "}, "Enter the name of the school and its area."),
        ({"urn": "0044", "reason": " "}, "Say why this changes."),
        ({"urn": "0044", "by": None, "area": ""}, "Enter the name of the school and its area."),
    ],
)
def test_write_school_refused(world, said, sentence):
    write(world, urn="0042")

    with pytest.raises(Refused) as refused:
        write(world, **said)

    assert refused.value.reason == sentence


def test_write_school_never_follows_itself_round_a_corner(world):
    first = write(world, urn="1")
    second = write(world, urn="2", follows=first)

    with pytest.raises(Refused) as refused:
        write(world, school=first, follows=second)

    assert refused.value.reason == "A school cannot follow itself."


def test_terms_and_topics_written_changed_removed(world):
    by = {"by": world.cast.officer, "at": AT}
    term = actions.write_term(name="Autumn", starts_on=date(2020, 9, 3), ends_on=date(2020, 12, 18), **by)
    actions.write_term(term=term, name="Autumn 2020", starts_on=date(2020, 9, 2), ends_on=date(2020, 12, 18), **by)
    topic = actions.write_topic(name="Knife crime", most_in_term=1, **by)
    actions.write_topic(topic=topic, name="Knives", most_in_term=2, **by)

    assert list(SchoolTerm.objects.values_list("name", "starts_on")) == [("Autumn 2020", date(2020, 9, 2))]
    assert list(SchoolTopic.objects.values_list("key", "name", "most_in_term")) == [("knife-crime", "Knives", 2)]
    for said, sentence in (
        ({"name": "Other", "starts_on": date(2020, 12, 18), "ends_on": date(2021, 1, 1)},
         "These days are part of Autumn 2020 too. Terms do not overlap."),
        ({"name": "autumn 2020", "starts_on": date(2021, 9, 1), "ends_on": date(2021, 12, 1)},
         "There is a term called autumn 2020 already."),
        ({"name": "Other", "starts_on": date(2021, 9, 1), "ends_on": date(2021, 9, 1)},
         "The last day of the term must be after the first."),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            actions.write_term(**said, **by)
        assert refused.value.reason == sentence
    with pytest.raises(Refused) as refused:
        actions.write_topic(name="knives", most_in_term=1, **by)
    assert refused.value.reason == "There is a topic called knives already."
    actions.remove_term(term=term, **by)
    assert queries.terms() == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Example Academy (900001)", ""),
        ("900001", ""),
        ("  example   ACADEMY ", ""),
        ("Academy", ("Several schools match “Academy”: Example Academy, Maidstone (900001); "
         "Other Academy, Swale (900002). Enter the number of the one you mean")),
        ("900003", ("No school in the register is called “900003” or has that number. "
         "Look it up in the register of schools")),
    ],
)  # fmt: skip
def test_named_finds_one_school_or_says_why_not(db, typed, sentence):
    make.school()
    make.school("900002", "Other Academy", area="Swale")

    assert queries.why_not_one(typed, queries.named([typed])[typed]) == sentence
