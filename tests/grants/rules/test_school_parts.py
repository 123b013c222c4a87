"""What the schools part of a project lacks before it is sent (P5)."""

import pytest

from grants.enums import CaseSection as S
from grants.forms.schools import YearGroupsField
from grants.queries.bidding import Asks
from grants.queries.school_content import years_words
from grants.rules import school_parts
from tests.make import schools as make

ROW = {
    "school": "Example Academy (900001)", "topic": "knives", "topic_name": "Knife crime", "year_groups": [7],
    "starts_on": "2020-10-05", "ends_on": "2020-10-09", "sessions": 4, "pupils": None, "lead_post": "Head",
    "lead_agreed_on": "2020-02-20",
}  # fmt: skip
DAYS = {"starts_on": "2020-04-01", "ends_on": "2021-03-31"}
WHOLE = {**DAYS, "goes_into_schools": True, "school_inputs": [ROW], **make.ONCE}
FIRST = "Input 1, Example Academy (900001): "


def test_faults_only_where_schools_are_asked_about():
    assert school_parts.faults({**DAYS}, Asks()) == []
    assert school_parts.faults({**DAYS, "goes_into_schools": None}, Asks(schools_known=True)) == []
    assert school_parts.faults({**DAYS, "goes_into_schools": False}, Asks(schools=True)) == []
    assert school_parts.faults(WHOLE, Asks()) == []
    asked = [(S.PROJECTS, "Say whether the project goes into schools.")]
    assert school_parts.faults({**DAYS, "goes_into_schools": None}, Asks(schools=True)) == asked


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"school_inputs": []}, "Add at least one school."),
        ({"curriculum_link": " "}, "Say how the inputs fit into what the schools teach."),
        ({"delivered_by": ""}, "Say who comes into the schools."),
        ({"dbs_checked": None}, "Say whether everybody who comes has an enhanced DBS check."),
        ({"dbs_checked": False}, "Say who has no DBS check yet, and when it will be there."),
        ({"materials": ""}, "Say what materials are used."),
        ({"evaluation": ""}, "Say how you will find out whether it worked."),
    ],
)
def test_faults_of_what_is_asked_once(said, sentence):
    assert school_parts.faults({**WHOLE, **said}, Asks()) == [(S.SCHOOLS, sentence)]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"year_groups": []}, "enter the year groups."),
        ({"lead_post": " "}, "say whom at the school the safeguarding was agreed with, by post."),
        ({"lead_agreed_on": None}, "enter the day the school’s safeguarding lead agreed."),
        ({"ends_on": "2021-04-01"}, "its days are not within those of the project, 1 April 2020 to 31 March 2021."),
        ({"starts_on": "2020-03-31"}, "its days are not within those of the project, 1 April 2020 to 31 March 2021."),
    ],
)
def test_faults_of_one_input(said, sentence):
    found = school_parts.faults({**WHOLE, "school_inputs": [{**ROW, **said}]}, Asks())

    assert found == [(S.SCHOOLS, FIRST + sentence)]


@pytest.mark.parametrize(
    ("typed", "years", "words"),
    [
        ("7, 8 and 9", [7, 8, 9], "Years 7, 8 and 9"),
        ("Years 7-9", [7, 8, 9], "Years 7, 8 and 9"),
        ("R, 1 to 2", [0, 1, 2], "Reception, Years 1 and 2"),
        ("reception", [0], "Reception"),
        ("13", [13], "Year 13"),
        ("", [], ""),
    ],
)
def test_year_groups_typed_and_told(typed, years, words):
    assert (YearGroupsField(required=False).clean(typed), years_words(years)) == (years, words)


@pytest.mark.parametrize("typed", ["14", "9-7", "seven", "7;8", "-1"])
def test_year_groups_refused(typed):
    with pytest.raises(Exception, match="Enter year groups like 7, 8 and 9"):
        YearGroupsField(required=False).clean(typed)
