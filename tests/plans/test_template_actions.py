"""Return templates written on screen: rows, events, and what is refused."""

from datetime import timedelta

import pytest
from django.db import transaction

from plans import actions, queries
from plans.models import Indicator, ReturnTemplate, TemplateVersion
from records.models import Event, Notice
from records.refusals import Refused
from tests.make import accounts, templates

pytestmark = pytest.mark.django_db
AT = templates.AT
LATER = AT + timedelta(days=1)


@pytest.fixture(scope="module")
def people(django_db_setup, django_db_blocker):
    """An officer, and a reader who may change nothing; made once."""
    with django_db_blocker.unblock(), transaction.atomic():
        office = accounts.organisation("office", "The office", "OFFICE")
        yield (
            accounts.person("o@example.org", "Ola Officer", "COMMISSIONING_OFFICER", office),
            accounts.person("r@example.org", "Rea Der", "READER", office),
        )
        transaction.set_rollback(True)


@pytest.fixture
def _django_db_helper(people):
    """One transaction of the module; each test undoes its own below."""


@pytest.fixture
def officer(people):
    with transaction.atomic():
        yield people[0]
        transaction.set_rollback(True)


@pytest.fixture
def reader(officer, people):
    return people[1]


def doing(officer):
    return {"by": officer, "at": LATER}


def keys(version):
    return [[section.key, *[row.key for row in section.indicators.all()]] for section in version.sections.all()]


def verbs(version):
    return list(
        Event.objects.filter(subject_type="plans.TemplateVersion", subject_id=version.pk)
        .order_by("pk")
        .values_list("verb", flat=True)
    )


def last_event():
    return Event.objects.latest("pk")


def refusal(act, **given):
    with pytest.raises(Refused) as refused, transaction.atomic():
        act(**given)
    return refused.value.reason


def test_start_template_begins_with_the_usual_parts(officer):
    version = actions.start_template(
        name=" Court support ", for_purpose=[], source="A book", like=None, by=officer, at=AT
    )

    assert (version.template.name, version.template.key, version.number) == ("Court support", "court-support", 1)
    assert [section.part for section in version.sections.all()] == actions.templates.USUAL_PARTS
    assert verbs(version) == ["started"]
    assert Notice.objects.count() == 0


def test_start_template_copies_another(officer):
    like = templates.in_use(officer)

    version = actions.start_template(name="Another", for_purpose=[], source="", like=like, by=officer, at=AT)

    assert queries.content_of_version(version) == queries.content_of_version(like)


def test_start_template_says_which_template_serves_the_purpose(officer):
    templates.built_in()

    said = refusal(
        actions.start_template, name="More", for_purpose=["VICTIMS"], source="", like=None, by=officer, at=AT
    )

    assert said == "“Support for victims” is served by Victims return already. Take it away there first."


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("  ", "Give the template a name."),
        ("New", "The name “New” is taken. Give this template another."),
        ("Short return!", "The name “Short return!” is taken. Give this template another."),
    ],
)
def test_start_template_needs_a_free_name(officer, name, sentence):
    templates.draft(officer)

    assert refusal(actions.start_template, name=name, for_purpose=[], source="", like=None, by=officer, at=AT) == (
        sentence
    )


def test_edit_template_gives_it_a_purpose(officer):
    template = templates.built_in()["grants-return"]

    actions.edit_template(
        template=template, name="Grants", for_purpose=["OTHER"], source=template.source, **doing(officer)
    )

    template.refresh_from_db()
    assert (template.name, template.for_purpose) == ("Grants", ["OTHER"])
    assert last_event().changes["name"] == ["Grants return", "Grants"]


def test_edit_template_gives_no_purpose_to_a_template_nobody_can_open(officer):
    templates.built_in()
    ReturnTemplate.objects.update(for_purpose=[])
    template = templates.draft(officer).template

    said = refusal(
        actions.edit_template, template=template, name="Short", for_purpose=["OTHER"], source="", **doing(officer)
    )

    assert said == ("No version of this template is in use, so returns could not open with it. Put one to use first.")


def test_nothing_changes_without_the_right_to_change_the_plan(officer, reader):
    version = templates.draft(officer)
    section = version.sections.get(key="people")
    asks = {"by": reader, "at": LATER}
    said = "Only a commissioning officer or the head of commissioning changes the plan. Ask one of them."

    acts = [
        (actions.start_template, {"name": "X", "for_purpose": [], "source": "", "like": None}),
        (actions.edit_template, {"template": version.template, "name": "X", "for_purpose": [], "source": ""}),
        (actions.edit_version, {"version": version, "guidance": "x", "why": ""}),
        (actions.start_new_version, {"template": version.template}),
        (actions.save_section, {"version": version, "title": "X", "guidance": ""}),
        (actions.remove_section, {"section": section}),
        (actions.move_section, {"section": section, "up": True}),
        (actions.save_indicator, {"section": section, "label": "X", "kind": "COUNT"}),
        (actions.remove_indicator, {"indicator": section.indicators.first()}),
        (actions.move_indicator, {"indicator": section.indicators.first(), "up": True}),
        (actions.save_check, {"version": version, "kind": "SUM_IS", "left": [], "right": "", "only_warns": True}),
        (actions.remove_check, {"check": version.checks.get()}),
        (actions.put_to_use, {"version": version}),
        (actions.discard_draft, {"version": version}),
    ]
    assert {refusal(act, **given, **asks) for act, given in acts} == {said}


def test_save_section_adds_at_the_end_with_a_key_of_its_own(officer):
    version = templates.draft(officer)

    made = actions.save_section(version=version, title="People", guidance="More of them", **doing(officer))

    assert (made.key, made.number, made.part) == ("people-2", 10, "INDICATORS")
    assert last_event().summary == "Section added: People"


def test_save_section_keeps_key_and_part(officer):
    version = templates.draft(officer)
    section = version.sections.get(key="spend")

    actions.save_section(
        version=version, section=section, part="FILES", title="Money", guidance="All of it", **doing(officer)
    )

    section.refresh_from_db()
    assert (section.key, section.part, section.title) == ("spend", "SPEND", "Money")
    assert last_event().changes == {"title": ["Spend by budget line", "Money"], "guidance": ["", "All of it"]}


def test_move_section_changes_places_and_stays_at_the_end(officer):
    version = templates.draft(officer)
    people = version.sections.get(key="people")

    actions.move_section(section=people, up=True, **doing(officer))
    people.refresh_from_db()
    actions.move_section(section=people, up=False, **doing(officer))
    events = Event.objects.count()
    people.refresh_from_db()
    actions.move_section(section=people, up=False, **doing(officer))

    assert list(version.sections.values_list("key", flat=True))[-2:] == ["files", "people"]
    assert Event.objects.count() == events


def test_save_indicator_keeps_what_fits_its_kind(officer):
    section = templates.draft(officer).sections.get(key="people")

    made = actions.save_indicator(
        section=section,
        label="What happened?",
        kind="TEXT",
        longest=500,
        required="NEVER",
        required_if="people-asked",
        **doing(officer),
    )

    assert (made.key, made.number, made.required_if, made.warns_on_jump) == ("what-happened", 3, "", False)
    assert last_event().summary == "Question added: What happened?"


def test_save_indicator_changes_words_but_neither_kind_nor_key(officer):
    section = templates.draft(officer).sections.get(key="people")
    asked = section.indicators.get(key="people-asked")

    actions.save_indicator(section=section, indicator=asked, label="Asked", kind="TEXT", key="x", **doing(officer))

    asked.refresh_from_db()
    assert (asked.label, asked.kind, asked.key) == ("Asked", "COUNT", "people-asked")
    assert last_event().changes == {"label": ["People asked", "Asked"]}


def test_save_indicator_refuses_with_the_rule_and_writes_nothing(officer):
    section = templates.draft(officer).sections.get(key="people")

    said = refusal(
        actions.save_indicator, section=section, label="By age", kind="COUNTS", categories=["Old"], **doing(officer)
    )

    assert said == "Name at least two categories, none of them empty."
    assert section.indicators.count() == 2


def test_move_indicator_changes_places(officer):
    section = templates.draft(officer).sections.get(key="people")

    actions.move_indicator(indicator=section.indicators.get(key="people-satisfied"), up=True, **doing(officer))

    assert list(section.indicators.values_list("key", "number")) == [("people-satisfied", 1), ("people-asked", 2)]


def test_remove_indicator_asks_for_what_names_it_first(officer):
    version = templates.draft(officer)
    section = version.sections.get(key="people")
    asked, satisfied = section.indicators.all()
    when = {"required": "WHEN", "required_if": "people-satisfied"}
    actions.save_indicator(section=section, label="Why not?", kind="TEXT", **when, **doing(officer))

    assert refusal(actions.remove_indicator, indicator=asked, **doing(officer)) == (
        "A check is about “people-asked”. Remove that check first."
    )
    actions.remove_check(check=version.checks.get(), **doing(officer))
    assert refusal(actions.remove_indicator, indicator=satisfied, **doing(officer)) == (
        "“Why not?” is needed when this is answered. Change that first."
    )
    actions.remove_indicator(indicator=asked, **doing(officer))

    assert list(section.indicators.values_list("key", flat=True)) == ["people-satisfied", "why-not"]
    assert last_event().summary == "Question removed: People asked"


def test_remove_section_takes_its_questions_with_it(officer):
    version = templates.draft(officer)
    section = version.sections.get(key="people")

    assert refusal(actions.remove_section, section=section, **doing(officer)).startswith("A check is about")
    actions.remove_check(check=version.checks.get(), **doing(officer))
    actions.remove_section(section=section, **doing(officer))

    assert not Indicator.objects.filter(section__version=version).exists()
    assert "people" not in version.sections.values_list("key", flat=True)


def test_save_check_changes_one(officer):
    version = templates.draft(officer)
    check = version.checks.get()

    actions.save_check(
        version=version, check=check, kind="SUM_IS", left=["people-satisfied"], right="people-asked", only_warns=True,
        **doing(officer),
    )  # fmt: skip

    check.refresh_from_db()
    assert (check.kind, check.only_warns) == ("SUM_IS", True)
    assert last_event().changes == {"kind": ["SUM_NOT_ABOVE", "SUM_IS"], "only_warns": [False, True]}


def test_put_to_use_opens_new_returns_with_it_and_replaces_the_old(officer):
    first = templates.in_use(officer)
    second = actions.start_new_version(template=first.template, **doing(officer))
    actions.edit_version(version=second, guidance="Count twice.", why="Asked by providers", **doing(officer))

    actions.put_to_use(version=second, **doing(officer))

    assert list(TemplateVersion.objects.filter(template=first.template).order_by("number").values_list(
        "number", "status", "put_to_use_at"
    )) == [(1, "REPLACED", AT), (2, "IN_USE", LATER)]  # fmt: skip
    assert queries.version_in_use(first.template) == second
    assert verbs(second) == ["started", "changed", "put_to_use"]
    assert verbs(first)[-1] == "replaced"


def test_start_new_version_copies_everything_with_the_same_keys(officer):
    first = templates.in_use(officer)

    second = actions.start_new_version(template=first.template, **doing(officer))

    assert (second.number, second.status, second.why) == (2, "DRAFT", "")
    assert queries.content_of_version(second) == queries.content_of_version(first)
    assert refusal(actions.start_new_version, template=first.template, **doing(officer)) == (
        "Version 2 is a draft already. Change that one, or discard it first."
    )


def test_start_new_version_needs_one_in_use(officer):
    version = templates.draft(officer)
    TemplateVersion.objects.filter(pk=version.pk).delete()

    assert refusal(actions.start_new_version, template=version.template, **doing(officer)) == (
        "No version of this template is in use, so there is none to copy."
    )


def test_a_version_in_use_is_refused_in_words(officer):
    version = templates.in_use(officer)

    assert refusal(actions.save_section, version=version, title="X", guidance="", **doing(officer)) == (
        "Version 1 is in use, so it stays as it is. Start a new version to change something."
    )


def test_put_to_use_says_what_is_still_wrong(officer):
    first = templates.in_use(officer)
    second = actions.start_new_version(template=first.template, **doing(officer))

    assert refusal(actions.put_to_use, version=second, **doing(officer)) == (
        "Nothing differs from version 1, which is in use."
    )
    section = actions.save_section(version=second, title="Empty", guidance="", **doing(officer))
    assert refusal(actions.put_to_use, version=second, **doing(officer)) == (
        "Empty: There is nothing to answer in it. Add a question, or remove the section."
    )
    actions.save_indicator(section=section, label="Helped?", kind="YES_NO", **doing(officer))
    assert refusal(actions.put_to_use, version=second, **doing(officer)) == (
        "Say why the template changes. It stays with the version."
    )
    for row in second.sections.all():
        row.indicators.all().delete()
        row.delete()
    assert refusal(actions.put_to_use, version=second, **doing(officer)) == (
        "The version has no sections. Add at least one."
    )


def test_discard_draft_leaves_the_version_in_use(officer):
    first = templates.in_use(officer)
    second = actions.start_new_version(template=first.template, **doing(officer))

    assert actions.discard_draft(version=second, **doing(officer)) == first.template

    assert list(first.template.versions.values_list("number", flat=True)) == [1]
    assert last_event().summary == "Draft of version 2 of Short return discarded"
    assert refusal(actions.discard_draft, version=first, **doing(officer)).startswith("Version 1 is in use")


def test_discard_draft_of_the_only_version_takes_the_template_with_it(officer):
    version = templates.draft(officer)

    assert actions.discard_draft(version=version, **doing(officer)) is None

    assert not ReturnTemplate.objects.filter(key="short-return").exists()


def test_the_built_in_templates_obey_the_rules_of_the_screen(officer):
    templates.built_in()

    for version in queries.whole_versions().filter(status="IN_USE"):
        assert actions.templates.rules.faults_of_version(version) == []


def test_differences_are_told_in_words(officer):
    first = templates.in_use(officer)
    second = actions.start_new_version(template=first.template, **doing(officer))
    section = second.sections.get(key="people")
    actions.save_indicator(
        section=section,
        indicator=section.indicators.get(key="people-asked"),
        label="People questioned",
        required="NEVER",
        **doing(officer),
    )
    actions.save_indicator(section=section, label="Hours", kind="NUMBER", **doing(officer))
    actions.remove_check(check=second.checks.get(), **doing(officer))
    actions.remove_section(section=second.sections.get(key="files"), **doing(officer))

    told = queries.differences(queries.content_of_version(first), queries.content_of_version(second))

    assert [(row.where, row.label, row.before, row.after) for row in told] == [
        ("People: People questioned", "Question", "People asked", "People questioned"),
        ("People: People questioned", "Needed", "Always", "Never"),
        ("People", "New question", "", "Hours (Number with decimals)"),
        ("Files", "Section", "Files", ""),
        ("Checks", "Check", "“People satisfied” is no more than “People asked” (must hold)", ""),
    ]
