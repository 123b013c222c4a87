"""A plan file with faults names every one with its line, in plain words, and writes nothing."""

import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Organisation
from plans.models import LoadedRow, Plan
from records.models import Event

pytestmark = pytest.mark.django_db
PLANTED = Path(__file__).parents[1] / "data/plan_files/thirty-faults.yaml"
TOLD = {
    1: 'there is no section "exampel". Did you mean "example"?',
    2: "sources, unprinted: a citation needs what it is and an address",
    3: "organisations, north: goes round in a circle (north > south > north)",
    4: "organisations, south: goes round in a circle (south > north > south)",
    5: 'organisations, east, kind: "CHARITTY" is not one of the words used here',
    6: 'organisations, east: has the same name "North partnership" as north',
    7: 'organisations: "east" stands here a second time (first on line 13)',
    8: 'office, brand_colour: "blue" cannot be used here. Write a colour',
    9: "plan, plan: ends before it starts (2020-04-01, 2019-03-31)",
    10: 'movable_events, poll, first_expected_on: "2020-02-30" is not a day of the calendar',
    11: "funding_sources, victims, amount: -5 is below zero",
    12: "funding_sources, own, amount: 1000.005 has more than two decimals",
    13: 'funding_sources, third: "amount" is given without its source',
    14: "streams, crime: victims may pay for VICTIMS only, but crime is for CRIME_REDUCTION",
    15: 'streams, night: has the same number "1" as crime',
    16: 'streams, day: "nmae" is not known here. Did you mean "name"?',
    17: "streams, dusk, name: a list should be text",
    18: 'streams, dusk: "source" is missing. Add it.',
    19: "rule_sets, halves: the shares of instalments add up to 90, not 100",
    20: "rounds, open: has a deadline before it opens (2020-03-01, 2020-02-01)",
    21: "rounds, open: its allocations add up to £15,001, more than the budget £10,000 of crime",
    22: "rounds, bare: uses the rule set termless, which names no terms",
    23: 'rounds, lost, stream: there is no "cirme" under streams. Did you mean "crime"?',
    24: "allocations, a: main and tactical make £10,000, more than the whole £9,000",
    25: "allocations, b: the tactical pot £4,000 is above 1/3 of £6,000",
    26: 'allocations, c: has the same round "open" and organisation "north" as a',
    27: "awards, big: £36,814 is above the limit of £35,000, which blocks",
    28: 'awards, back, amount: "9 507" is not a sum in pounds',
    29: 'awards, back, source: there is no citation "nowhere" under sources',
    30: 'contracts, care, initial_months: "three" should be a whole number',
}


def refusal(path):
    with pytest.raises(CommandError) as refused:
        call_command("load_plan", path)
    return str(refused.value)


def planted_on():
    """The line of each planted fault: its number stands in the comment there."""
    lines = {}
    for line, words in enumerate(PLANTED.read_text().splitlines(), start=1):
        for number in re.findall(r"(?:# |, )(\d+) ", words.partition("# ")[1] + words.partition("# ")[2]):
            lines[int(number)] = line
    return lines


def test_load_plan_names_every_fault_with_its_line_and_writes_nothing():
    events = Event.objects.count()

    told = refusal(PLANTED).splitlines()

    faults = [line for line in told if line.startswith("line ")]
    where = planted_on()
    assert sorted(where) == sorted(TOLD)
    for number, sentence in TOLD.items():
        assert any(fault.startswith(f"line {where[number]}: {sentence}") for fault in faults), (number, faults)
    assert len(faults) == len(TOLD)
    assert told[-1] == "Nothing was written."
    assert [Plan.objects.count(), Organisation.objects.count(), LoadedRow.objects.count()] == [0, 0, 0]
    assert Event.objects.count() == events


BROKEN = [
    ("file: a\nplan: [1, 2\noffice: {}\n", 3, "This is not YAML"),
    ("file: a\n\tplan: 1\n", 2, "This is not YAML"),
    ("file: a\nplan: &one {key: a}\noffice: *one\n", 3, "The alias *one is not used in plan files."),
    ("", 1, "The file is empty."),
    ("- a\n- b\n", 1, "A plan file is a group of sections"),
]


@pytest.mark.parametrize(("text", "line", "sentence"), BROKEN)
def test_load_plan_tells_a_broken_file_alone(tmp_path, text, line, sentence):
    (tmp_path / "broken.yaml").write_text(text)

    told = [words for words in refusal(tmp_path / "broken.yaml").splitlines() if words.startswith("line ")]

    assert len(told) == 1
    assert told[0].startswith(f"line {line}: {sentence}")


def test_load_plan_names_the_line_that_is_not_utf8(tmp_path):
    (tmp_path / "latin.yaml").write_bytes(b"file: a\nplan: \xa3 5\n")

    assert refusal(tmp_path / "latin.yaml").startswith("line 2: This line is not UTF-8 text.")


def test_load_plan_says_which_file_is_not_there(tmp_path):
    assert refusal(tmp_path / "none.yaml").startswith(f"There is no file {tmp_path / 'none.yaml'}.")


def test_load_plan_does_not_grow_without_end(tmp_path):
    bomb = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(50))
    (tmp_path / "bomb.yaml").write_text(bomb)

    assert "is not used in plan files" in refusal(tmp_path / "bomb.yaml")


RULE_FAULTS = PLANTED.with_name("rule-faults.yaml")
RULES_TOLD = {
    2: "takes 1500.00 on 2030-06-01, more than the source then holds.",
    5: "There is no earlier question “third”. A question hangs only on one before it.",
    8: "£5,000 blocks before £9,000 is reached. Let the sum that blocks be the higher one.",
    10: "“Moderation” compares scores, so “Scores” needs at least 2 evaluators.",
    11: "“Continuation into the year approved” would never be met: these rules have no decision for each later year.",
    12: "The weights of the formula make 60, not 100.",
    14: "its blocks promise 14, more than the 10 of the whole. Lower one of them.",
    19: "Nobody decides on a project that asks for £0.01. Let one of the decisions reach it.",
}


def test_load_plan_names_faults_of_rules_and_streams_on_their_very_lines():
    planted = {
        line: int(words.rpartition("# ")[2])
        for line, words in enumerate(RULE_FAULTS.read_text().splitlines(), start=1)
        if re.search(r"# \d+$", words)
    }

    told = refusal(RULE_FAULTS).splitlines()

    found = dict(re.match(r"line (\d+): (.*)", line).groups() for line in told if line.startswith("line "))
    assert sorted(map(int, found)) == sorted(planted)
    said = {planted[int(line)]: sentence for line, sentence in found.items()}
    for number, sentence in RULES_TOLD.items():
        assert sentence in said[number]
    assert told[-1] == "Nothing was written."
    assert Plan.objects.count() == 0
