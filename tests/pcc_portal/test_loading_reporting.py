"""Reporting patterns and the rules of contracts in a plan file."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from plans.enums import Anchor, Timing, WhenExtended
from plans.models import RuleSet
from records.enums import ObligationKind
from records.models import Event, Notice, Obligation
from services.models import Contract
from tests.make import templates

pytestmark = pytest.mark.django_db
SMALL = Path(__file__).parents[1] / "data/plan_files/small.yaml"
BEFORE = "    reporting: [{kind: YEAR_END}]\n"
PATTERNS = """    reporting:
      - {kind: QUARTERLY, timing: REPEATED, period_months: 3, due_working_days: 10, template: victims-return}
      - {kind: ON_SET_DAYS, timing: FIXED_DAYS, days: [2090-12-31, 2090-09-30]}
      - {kind: AFTERWARDS, timing: AFTER_ANCHOR, anchor: EVENT, event: poll, due_days: 60}
      - {kind: END_OF_AWARD, when_extended: MOVES}
"""
FAULTS = """    reporting:
      - {kind: QUARTERLY, timing: REPEATED}
      - {kind: ON_SET_DAYS, timing: FIXED_DAYS}
      - {kind: MID_YEAR, period_months: 6, days: [2020-09-30]}
      - {kind: AFTERWARDS, timing: AFTER_ANCHOR, anchor: EVENT}
      - {kind: YEAR_END, event: poll, template: none-such}
      - {kind: MONTHLY, timing: MONTHLY, due_working_days: ten, days: monthly}
"""


def written(tmp_path, reporting, **changes):
    text = SMALL.read_text().replace(BEFORE, reporting)
    for before, after in changes.values():
        assert before in text
        text = text.replace(before, after)
    path = tmp_path / "small.yaml"
    path.write_text(text)
    return path


CARE = ('provider: north, name: "Care"', 'provider: north, rule_set: rules, name: "Care"')


def load(path):
    templates.built_in()
    out = StringIO()
    call_command("load_plan", path, stdout=out)
    return out.getvalue()


def test_load_plan_writes_reporting_patterns(tmp_path):
    load(written(tmp_path, PATTERNS))

    quarterly, set_days, after, end = RuleSet.objects.get().reporting_rules.order_by("pk")
    assert (quarterly.timing, quarterly.period_months, quarterly.due_working_days) == (Timing.REPEATED, 3, 10)
    assert quarterly.template.key == "victims-return"
    assert set_days.days == [date(2090, 9, 30), date(2090, 12, 31)]
    assert (after.anchor, after.event.key, after.due_days) == (Anchor.EVENT, "poll", 60)
    assert (end.when_extended, end.timing, end.anchor) == (WhenExtended.MOVES, Timing.ONCE, Anchor.PERIOD_END)
    assert load(tmp_path / "small.yaml") == "small.yaml: nothing changed.\n"


def test_load_plan_puts_a_contract_under_rules_and_owes_its_returns_without_telling(tmp_path):
    path = written(tmp_path, PATTERNS, care=CARE)

    load(path)

    contract = Contract.objects.get()
    rows = Obligation.objects.about(contract).filter(kind=ObligationKind.RETURN).order_by("due_on", "pk")
    assert (contract.rule_set.key, contract.reporting[0]["kind"]) == ("rules", "QUARTERLY")
    assert (rows[0].period, rows[0].due_on, rows[0].organisation.key) == (
        "QUARTERLY:20900401", date(2090, 7, 14), "north",
    )  # fmt: skip
    assert rows.filter(period__startswith="QUARTERLY").count() == 12
    assert not Notice.objects.exists()


def test_load_plan_gives_a_known_contract_other_rules(tmp_path):
    path = written(tmp_path, PATTERNS)
    load(path)
    path.write_text(path.read_text().replace(*CARE))

    load(path)

    owed = Obligation.objects.about(Contract.objects.get()).filter(kind=ObligationKind.RETURN)
    assert owed.filter(period="QUARTERLY:20900401").count() == 1


def test_load_plan_leaves_a_contract_to_the_pattern_it_was_given(tmp_path):
    path = written(tmp_path, PATTERNS, care=CARE)
    load(path)
    path.write_text(path.read_text().replace("due_working_days: 10", "due_working_days: 20"))

    load(path)

    assert RuleSet.objects.get().reporting_rules.get(kind="QUARTERLY").due_working_days == 20
    assert Contract.objects.get().reporting[0]["due_working_days"] == 10


def test_load_plan_names_every_fault_of_a_reporting_pattern(tmp_path):
    path = written(tmp_path, FAULTS, care=('provider: north, name: "Care"', 'rule_set: rules, name: "Care"'))
    first = path.read_text().splitlines().index("    reporting:") + 2
    contract = path.read_text().splitlines().index("contracts:") + 2
    templates.built_in()
    events = Event.objects.count()

    with pytest.raises(CommandError) as refused:
        call_command("load_plan", path)

    place = "rule_sets, rules, reporting"
    assert str(refused.value).splitlines()[1:] == [
        f"line {first}: {place}, item 1: A return asked for again and again needs the months of each period.",
        f"line {first + 1}: {place}, item 2: Give the days on which the periods end.",
        f"line {first + 2}: {place}, item 3: Days are given only where periods end on set days.",
        f"line {first + 3}: {place}, item 4: Say which event the due day is counted from.",
        (
            f'line {first + 4}: {place}, item 5, template: there is no "none-such" under return_templates. '
            "Add it there, or correct the key here."
        ),
        f"line {first + 4}: {place}, item 5: An event is named only where the due day is counted from it.",
        f'line {first + 5}: {place}, item 6, days: "monthly" should be a list of days, like [2020-07-31, 2020-12-31].',
        f'line {first + 5}: {place}, item 6, due_working_days: "ten" should be a whole number.',
        (
            f'line {first + 5}: {place}, item 6, timing: "MONTHLY" is not one of the words used here '
            "(ONCE, REPEATED, FIXED_DAYS, AFTER_ANCHOR)."
        ),
        (
            f"line {contract}: contracts, care: names a rule set but no provider who could send its returns. "
            "Name the provider."
        ),
        "Nothing was written.",
    ]
    assert (Event.objects.count(), Contract.objects.count()) == (events, 0)
