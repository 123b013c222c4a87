"""Words, names and facts of the finder, without a database (C7)."""

import hashlib
from datetime import date

import pytest

from bench import overlap_set
from monitoring.overlap import embedding, evidence, field, likeness, marks, names, scoring, wordpiece, words
from tests.make.compared import work

LABELLED = overlap_set.load(*overlap_set.TUNING, *overlap_set.TEST)
SAME = [tuple(pair) for file in LABELLED for pair in file["providers"]]
NEAR = [tuple(pair) for file in LABELLED for pair in file["near_providers"]]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_near_finds_the_same_provider_written_otherwise(one, other):
    assert names.near(one, other) is True
    assert names.near(other, one) is True


@pytest.mark.parametrize(("one", "other"), NEAR)
def test_near_leaves_near_misses_alone(one, other):
    assert names.near(one, other) is False
    assert names.near(other, one) is False


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("Street Pastors", "Street Pastors", True),
        ("THE Street Pastors, Ltd.", "street pastors", True),
        ("Ámelix CIC", "Amelix C.I.C.", True),
        ("Amelix", "Amelix Theatre Company", True),
        ("Amelix Trust", "Amelix Foundation", False),
        ("Ashford Youth", "Ashford Youth Theatre", False),
        ("1st Ashford Scouts", "2nd Ashford Scouts", False),
        ("Kent Police Cadets", "Kent Police", False),
        ("", "Amelix", False),
        ("Limited", "Ltd", False),
        ("M & S Example", "M and S Example", True),
        ("Example Footlights", "Example Spotlights", False),
        ("Example Hovar", "Example Dovar", False),
    ],
)
def test_near_by_example(one, other, found):
    assert names.near(one, other) is found


@pytest.mark.parametrize(("one", "other"), [*SAME, *NEAR])
def test_near_among_looks_quickly_and_misses_nothing(one, other):
    assert marks.near_among([one], ["Nobody", other]) == ([other] if names.near(one, other) else [])


@pytest.mark.parametrize(
    ("one", "other", "most", "found"),
    [("kite", "kite", 2, 0), ("togehter", "together", 2, 1), ("abc", "abcd", 1, 1), ("abc", "xyz", 1, 2)],
)
def test_distance(one, other, most, found):
    assert names.distance(one, other, most) == found


def test_the_labelled_set_is_of_the_size_and_kind_that_was_promised():
    projects = [project for file in LABELLED for project in file["projects"]]
    tuning, test = (
        {project["same"] for file in overlap_set.load(*half) for project in file["projects"] if "same" in project}
        for half in (overlap_set.TUNING, overlap_set.TEST)
    )

    assert len(projects) == len({project["id"] for project in projects}) == 188
    assert len({project["theme"] for project in projects}) == 38
    assert tuning & test == set()


@pytest.mark.parametrize(("half", "there"), [(overlap_set.TUNING, 37), (overlap_set.TEST, 35)])
def test_every_shared_fact_of_the_labelled_projects_is_found_and_no_other(half, there):
    assert overlap_set.structured(*half) == (there, there, 0)


def test_shown_words_alone_are_sure():
    shown_from = scoring.WORDS.shown_from
    tuning = overlap_set.quality(overlap_set.measured(*overlap_set.TUNING, embedded=False), shown_from)
    test = overlap_set.quality(overlap_set.measured(*overlap_set.TEST, embedded=False), shown_from)

    assert tuning[0] >= 0.9
    assert test[0] >= 0.7
    assert test[1] >= 0.4


def test_shown_with_the_model_find_four_in_five(with_model):
    precision, recall, _ = overlap_set.quality(
        overlap_set.measured(*overlap_set.TEST, embedded=True), scoring.EMBEDDED.shown_from
    )

    assert precision >= 0.7
    assert recall >= 0.8


def test_the_vocabulary_is_the_published_one():
    found = hashlib.sha256(wordpiece.FILE.read_bytes()).hexdigest()

    assert found == "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"
    assert len(wordpiece.vocabulary()) == 30522


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Theatre!", ["theatre", "!"]),
        ("naloxone kits", ["na", "##lo", "##xon", "##e", "kits"]),
        ("café, A&E", ["cafe", ",", "a", "&", "e"]),
        ("\u4e2d x" + "y" * 101, ["中", "[UNK]"]),
    ],
)
def test_pieces(text, found):
    assert wordpiece.pieces(text, 160) == ["[CLS]", *found, "[SEP]"]


def test_pieces_are_cut():
    assert len(wordpiece.pieces("word " * 400, 160)) == 160


def test_why_not_says_what_brings_the_model():
    assert embedding.why_not() == embedding.ABSENT
    assert "requirements-overlap.txt brings it" in embedding.ABSENT


def test_sentences_and_gist():
    assert words.sentences("One play. Two talks!\nThree…") == ["One play.", "Two talks!", "Three…"]
    assert words.gist("Title", "word " * 100) == "Title. " + " ".join(["word"] * words.GIST_WORDS)
    assert words.stems("Mentoring the mentors") == ["mentor", "mentor"]


def test_profile_speaks_in_concepts():
    found = field.profile("A touring play on knives for pupils in Year 8")

    assert {"done:theatre", "about:knife", "whom:teenagers", "whom:children"} <= set(found)
    assert field.named(["done:peer_support", "about:knife"], "done") == ["peer support"]


def test_score_stays_within_its_bounds():
    assert scoring.Weights(-500.0).score({}) == 0
    assert scoring.Weights(500.0).score({}) == 100
    assert scoring.cosine({}, {"a": 1.0}) == 0.0


@pytest.mark.parametrize(
    ("ours", "theirs", "kind"),
    [
        (marks.of_organisation(1, ["Example A"], []), marks.of_organisation(1, ["Example A"], []), "org:"),
        (marks.of_organisation(1, ["A One"], ["GB-CHC-1"]), marks.of_organisation(2, ["B"], ["GB-CHC-1"]), "id:"),
        (marks.of_organisation(1, ["Full", "Short Name"], []), marks.of_name("Name, Short"), "name:"),
        (marks.of_name("Example Footlights"), marks.of_name("Example Footlihgts"), "as:"),
        (marks.of_name("Example Footlights"), marks.of_name("Example Spotlights"), None),
    ],
)
def test_shared_marks(ours, theirs, kind):
    found = marks.shared(ours, theirs)

    assert (found and found[0]) == kind


@pytest.mark.parametrize(
    ("ours", "theirs", "found"),
    [
        ({}, {}, True),
        ({"ends_on": date(2020, 4, 30)}, {"starts_on": date(2020, 5, 1)}, False),
        ({"ends_on": date(2020, 5, 1)}, {"starts_on": date(2020, 5, 1)}, True),
        ({"starts_on": None, "ends_on": None}, {"starts_on": date(2030, 1, 1), "ends_on": None}, True),
    ],
)
def test_at_once(ours, theirs, found):
    one, other = work(1, keep=False, **ours), work(2, keep=False, **theirs)

    assert evidence.at_once(one, other) is found
    assert evidence.at_once(other, one) is found


def test_may_pair_leaves_out_one_case_and_one_organisation_year_after_year():
    one = work(1, keep=False)
    later = {"starts_on": date(2021, 4, 1), "ends_on": date(2022, 3, 31)}

    assert evidence.may_pair(one, work(2, keep=False)) is True
    assert evidence.may_pair(one, work(2, keep=False, reference="BC-2020-001/2")) is False
    assert evidence.may_pair(one, work(2, keep=False, organisation_name="Applicant 1", **later)) is False
    assert evidence.may_pair(one, work(2, keep=False, organisation_name="Applicant 1")) is True
    assert evidence.may_pair(one, work(2, keep=False, **later)) is True


def test_structured_says_which_provider_and_where():
    one = work(1, text="We pay Example Footlights. It tours.", provider="Example Footlights", keep=False)
    other = work(2, provider="Example Footlihgts Ltd", keep=False)

    items, score = evidence.structured(one, other)

    why = "The names of the providers are nearly the same: “Example Footlights” and “Example Footlihgts Ltd”."
    passage = ["We pay Example Footlights.", "Provider: Example Footlihgts Ltd"]
    assert (items, score) == ([{"kind": "PROVIDER", "why": why, "passages": [passage]}], 80)


def test_structured_says_which_school_and_term():
    one, other = (work(number, schools=["100|Autumn term"], keep=False) for number in (1, 2))

    items, score = evidence.structured(one, other, {"100": "Example Primary School"})

    where = "Example Primary School, Autumn term"
    why = f"Both go into the same school in the same term: {where}."
    assert (items, score) == ([{"kind": "SCHOOL", "why": why, "passages": [[where, where]]}], 90)


PLACE = {"areas": ["Maidstone"], "themes": ["Tackle violence"], "cohorts": ["teenagers"]}
PLAY = "A play about knives for teenagers."


@pytest.mark.parametrize(
    ("other", "kinds"),
    [
        ({}, ["COHORT", "THEME"]),
        ({"areas": ["MAIDSTONE"]}, ["COHORT", "THEME"]),
        ({"areas": ["Swale"]}, []),
        ({"themes": ["Safer roads"]}, []),
        ({"cohorts": ["older"]}, []),
        ({"starts_on": date(2022, 4, 1), "ends_on": date(2022, 5, 1)}, []),
        ({"text": "Taxis for patients."}, []),
    ],
)
def test_place_and_time_needs_all_of_it(other, kinds):
    one = work(1, "Play", PLAY, keep=False, **PLACE)
    other = work(2, "Stage", **{"text": "Drama on blades, for adolescents.", **PLACE, **other}, keep=False)

    assert [item["kind"] for item, _ in evidence.place_and_time(one, other)] == kinds


def test_place_and_time_shows_the_sentences():
    one = work(1, "Play", f"We began in 2012. {PLAY}", keep=False, **PLACE)
    other = work(2, "Stage", "Drama on blades, for adolescents. It is free.", keep=False, **PLACE)

    cohort, theme = (item for item, _ in evidence.place_and_time(one, other))

    assert cohort["why"] == "Both are for teenagers (theatre) in Maidstone at the same time."
    assert theme["why"] == "Both serve “Tackle violence” (knife) in Maidstone at the same time."
    assert cohort["passages"] == theme["passages"] == [[PLAY, "Drama on blades, for adolescents."]]


def test_hints_show_the_sentences_that_say_the_same():
    text = "A touring play for pupils shows what carrying a knife does. The office is in Dover."
    like = "Snacks are served. Actors perform a drama in secondary schools on knives and weapons."
    ours = work(1, "Knife play", text, keep=False)
    near = work(2, "Theatre on knife crime for pupils", like, keep=False)
    far = work(3, "Locks for pensioners", "A handyman fits locks after burglaries.", keep=False)
    near.pk, far.pk = 2, 3

    found = likeness.hints(ours, [near, far])

    assert [hint.work for hint in found] == [near]
    assert found[0].item["passages"][0] == [
        "A touring play for pupils shows what carrying a knife does.",
        "Actors perform a drama in secondary schools on knives and weapons.",
    ]
    assert found[0].item["why"].startswith("The texts are alike, both about theatre")
    assert found[0].score >= scoring.WORDS.shown_from


def test_as_key_knows_facts_alone():
    items = [{"kind": "TEXT", "why": "a"}, {"kind": "SCHOOL", "why": "b"}]

    assert evidence.as_key(items) == {("SCHOOL", "b")}
