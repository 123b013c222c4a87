"""Return templates from a plan file: written once, as versions, never over what was written on screen."""

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from plans import actions, queries
from plans.models import Indicator, LoadedRow, ReportingRule, ReturnTemplate, TemplateVersion
from records.models import Event
from tests.make import accounts, templates

pytestmark = pytest.mark.django_db
FILE = Path(__file__).parents[1] / "data/plan_files/templates.yaml"
AT = datetime(2020, 6, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def plan_file(tmp_path):
    """A copy that a test may change."""
    copy = tmp_path / "templates.yaml"
    copy.write_text(FILE.read_text())
    return copy


def load(path=FILE):
    out = StringIO()
    call_command("load_plan", path, stdout=out)
    return out.getvalue()


def refusal(path):
    with pytest.raises(CommandError) as refused:
        call_command("load_plan", path)
    return str(refused.value)


def rewrite(path, before, after):
    text = path.read_text()
    assert text.count(before) == 1, before
    path.write_text(text.replace(before, after))


def versions():
    return list(
        TemplateVersion.objects.filter(template__key="court-return").order_by("number").values_list("number", "status")
    )


def test_load_plan_writes_a_template_and_puts_it_to_use():
    load()

    assert versions() == [(1, "IN_USE")]
    template = ReturnTemplate.objects.get(key="court-return")
    assert (template.name, template.for_purpose, template.source) == (
        "Court support return",
        [],
        "A page (https://example.org/page)",
    )
    rows = {row.key: row for row in Indicator.objects.filter(section__version__template=template)}
    assert (rows["by-age"].categories, rows["by-age"].required_if) == (["Under 18", "18 or over"], "supported")
    assert (str(rows["balance"].lowest), rows["story"].longest, rows["story"].warns_on_jump) == ("-5.50", 500, False)
    assert ReportingRule.objects.get(template=template).rule_set.key == "rules"
    verbs = Event.objects.filter(subject_type="plans.TemplateVersion").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["started", "put_to_use"]


def test_load_plan_a_second_time_leaves_the_template_as_it_is():
    load()
    before = [Event.objects.count(), list(LoadedRow.objects.order_by("pk").values())]

    said = load()

    assert said == "templates.yaml: nothing changed.\n"
    assert [Event.objects.count(), list(LoadedRow.objects.order_by("pk").values())] == before


def test_load_plan_makes_a_change_of_the_file_a_new_version(plan_file):
    load(plan_file)
    first = TemplateVersion.objects.get(template__key="court-return")
    rewrite(plan_file, "target: 120", "target: 130")

    said = load(plan_file)

    assert "0 rows added, 1 changed." in said
    assert versions() == [(1, "REPLACED"), (2, "IN_USE")]
    found = {
        row.section.version.number: str(row.target)
        for row in Indicator.objects.filter(key="supported", section__version__template=first.template)
    }
    assert found == {1: "120.00", 2: "130.00"}
    assert "nothing changed" in load(plan_file)


def test_load_plan_changes_a_name_without_a_new_version(plan_file):
    load(plan_file)
    rewrite(plan_file, '"Court support return"', '"Court return"')

    load(plan_file)

    assert ReturnTemplate.objects.get(key="court-return").name == "Court return"
    assert versions() == [(1, "IN_USE")]


def on_screen(*, use):
    """An officer writes a second version on screen."""
    office = accounts.organisation("office", "The Office", "OFFICE")
    officer = accounts.person("o@example.org", "Ola Officer", "COMMISSIONING_OFFICER", office)
    template = ReturnTemplate.objects.get(key="court-return")
    draft = actions.start_new_version(template=template, by=officer, at=AT)
    actions.edit_version(version=draft, guidance="Words of the screen.", why="Asked for", by=officer, at=AT)
    if use:
        actions.put_to_use(version=draft, by=officer, at=AT)
    return template


def test_load_plan_leaves_a_version_written_on_screen():
    load()
    template = on_screen(use=True)

    said = load()

    assert 'return_templates, court-return: guidance is "Words of the screen." in the portal' in said
    assert "The edit made on screen is kept." in said
    assert queries.version_in_use(template).number == 2


def test_load_plan_stops_when_screen_and_file_disagree_about_a_template(plan_file):
    load(plan_file)
    on_screen(use=True)
    rewrite(plan_file, '"Numbers only."', '"Words of the file."')

    told = refusal(plan_file)

    assert 'guidance is "Words of the screen." in the portal and "Words of the file." in the file' in told
    assert versions() == [(1, "REPLACED"), (2, "IN_USE")]


def test_load_plan_never_touches_a_draft_on_screen(plan_file):
    load(plan_file)
    on_screen(use=False)
    rewrite(plan_file, "target: 120", "target: 130")

    told = refusal(plan_file)

    assert "Version 2 of Court support return is a draft on screen. Put it to use or discard it" in told
    assert versions() == [(1, "IN_USE"), (2, "DRAFT")]


def test_load_plan_never_takes_over_a_template_that_came_with_the_portal(plan_file):
    templates.built_in()
    plan_file.write_text(plan_file.read_text().replace("court-return", "victims-return"))

    told = refusal(plan_file)

    assert "return_templates, victims-return: name is" in told
    assert ReturnTemplate.objects.get(key="victims-return").name == "Victims return"


def test_load_plan_says_which_template_serves_a_purpose(plan_file):
    templates.built_in()
    rewrite(plan_file, '    guidance: "Numbers only."', '    for_purpose: [VICTIMS]\n    guidance: "Numbers only."')

    assert "“Support for victims” is served by Victims return already. Take it away there first." in refusal(plan_file)


FAULTS = [
    ("part: SPEND, title", "part: SPENT, title", 'sections, item 1, part: "SPENT" is not one of the words used here'),
    ("key: spend, part: SPEND", "key: people, part: SPEND", "item 2: The key “people” is used by another section"),
    ("kind: COUNT, unit", "kind: COUNTED, unit", 'indicators, item 1, kind: "COUNTED" is not one of the words'),
    ("highest: 5000", "highest: many", 'indicators, item 1, highest: "many" is not a number'),
    ("highest: 5000", "highest: 100", "indicators, item 1: The target lies outside the limits."),
    ("key: story, label", "key: balance, label", "item 5: The key “balance” is used by another question"),
    ('["Under 18", "18 or over"]', '["Under 18"]', "indicators, item 2: Name at least two categories"),
    ('["Under 18", "18 or over"]', '["Old", old]', "indicators, item 2: The category “old” stands there twice."),
    ("required_if: supported", "required_if: nowhere", "indicators, item 2: Choose the question whose answer makes"),
    ("required_if: supported", "required_if: story", "item 2: “A story” is neither a figure nor yes or no"),
    ("lowest: 1, highest: 10,", "", "indicators, item 3: Give both ends of the scale"),
    ("longest: 500", "longest: 0", "indicators, item 5: Words are between 1 and 10,000 letters long."),
    ("left: [by-age]", "left: [by-sex]", "checks, item 1: There is no question “by-sex” in this version."),
    ("right: supported", "right: by-age", "checks, item 1: A figure stands in a check once."),
    ("template: court-return", "template: cort-return", 'there is no "cort-return" under return_templates.'),
    ("part: SPEND, title", "part: INDICATORS, title", "sections, item 1: There is nothing to answer in it."),
    ('    name: "Court support return"\n', "", 'return_templates, court-return: "name" is missing. Add it.'),
    ("warns_on_jump: no", "warns_on_leap: no", '"warns_on_leap" is not known here. Did you mean "warns_on_jump"?'),
]


@pytest.mark.parametrize(("before", "after", "sentence"), FAULTS, ids=range(len(FAULTS)))
def test_load_plan_names_the_fault_of_a_template_with_its_line(plan_file, before, after, sentence):
    text = plan_file.read_text()
    line = text[: text.index(before)].count("\n") + 1
    rewrite(plan_file, before, after)

    told = [words for words in refusal(plan_file).splitlines() if words.startswith("line ")]

    found = [words for words in told if sentence in words]
    assert len(found) == 1, told
    assert abs(int(found[0].split(":")[0].removeprefix("line ")) - line) <= 2
    assert len(told) == len({words.split(":")[0] for words in told}), told
    assert ReturnTemplate.objects.filter(key="court-return").count() == 0


def test_load_plan_tells_two_templates_for_one_purpose(plan_file):
    rewrite(plan_file, '    guidance: "Numbers only."', '    for_purpose: [OTHER]\n    guidance: "Numbers only."')
    files = 'sections: [{key: files, part: FILES, title: "Files"}]'
    more = f'  more:\n    name: "More"\n    for_purpose: [OTHER]\n    {files}\n'
    rewrite(plan_file, "rule_sets:\n", f"{more}rule_sets:\n")

    assert "more, for_purpose: OTHER is served by court-return already." in refusal(plan_file)
