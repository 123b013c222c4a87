"""What points at a person is found in a story; what does not is left alone (P6)."""

import pytest

from monitoring.rules.personal import looks_personal

SURELY = [
    ("Write to mo.smith@example.org.uk for more.", "E-mail address", "mo.smith@example.org.uk"),
    ("Ring 01622 555 012 any day", "Telephone number", "01622 555 012"),
    ("Ring +44 7700 900123 now", "Telephone number", "+44 7700 900123"),
    ("The flat in ME14 1XX is closed", "Postcode", "ME14 1XX"),
    ("She was born on 4 May 2004 here", "Date of birth", "born on 4 May 2004 here"),
    ("Her number is QQ 12 34 56 C", "National Insurance or NHS number", "QQ 12 34 56 C"),
]
PERHAPS = [
    ("We thank Mrs Jones of the school", "Name with a title", "Mrs Jones"),
    ("PC Ali Khan led the walks", "Name with a title", "PC Ali Khan"),
    ("A boy aged 14 came", "Age of a person", "aged 14"),
    ("a 15-year-old stayed", "Age of a person", "15-year-old"),
    ("Three young women left", "One to four people", "Three young women"),
    ("2 victims moved", "One to four people", "2 victims"),
    ("on 3 June 2020 it began", "Date", "3 June 2020"),
]


@pytest.mark.parametrize(("text", "kind", "words"), SURELY)
def test_looks_personal_finds_what_surely_points_at_somebody(text, kind, words):
    if kind.startswith("National"):
        text, words = text.replace("QQ", "AB"), words.replace("QQ", "AB")
    assert (kind, words, True) in [(row.kind, row.words, row.surely) for row in looks_personal(text)]


@pytest.mark.parametrize(("text", "kind", "words"), PERHAPS)
def test_looks_personal_finds_what_may(text, kind, words):
    assert (kind, words, False) in [(row.kind, row.words, row.surely) for row in looks_personal(text)]


def test_looks_personal_knows_the_people_of_the_organisation():
    found = looks_personal("Lee Lead ran the sessions.", names=["Lee Lead", "Mo Contributor", ""])

    assert [(row.kind, row.words) for row in found] == [("Name of somebody who works there", "Lee Lead")]


@pytest.mark.parametrize(
    "text",
    [
        "Patrols ran for 30 weekends in four towns and cost £12,500.",
        "Reports fell from 1,200 to 900, three quarters of the target.",
        "The misses and the doctor's surgery; 12 young people came.",
        "Spend was 0.5 of the plan in 2020/21 for AW-2020-001.",
    ],
)
def test_looks_personal_leaves_plain_words_alone(text):
    assert looks_personal(text) == []
