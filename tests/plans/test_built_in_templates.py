"""The return templates the portal comes with: whole, sound, put back and taken away."""

import importlib

import pytest
from django.apps import apps
from django.db import connection

from plans.enums import Required, ReturnPart, StreamPurpose
from plans.models import Indicator, ReportingRule, ReturnTemplate, TemplateVersion
from tests.make import templates

pytestmark = pytest.mark.django_db
MIGRATION = importlib.import_module("plans.migrations.0005_built_in_return_templates")
KEYS = ["grants-return", "victims-return"]


def remove():
    with connection.schema_editor(atomic=False) as editor:
        MIGRATION.remove_built_in(apps, editor)


def in_use(key):
    templates.built_in()
    return TemplateVersion.objects.get(template__key=key, status="IN_USE")


def test_every_purpose_has_one_template():
    templates.built_in()
    purposes = [purpose for row in ReturnTemplate.objects.order_by("key") for purpose in row.for_purpose]

    assert sorted(purposes) == sorted(StreamPurpose.values)
    assert list(ReturnTemplate.objects.order_by("key").values_list("key", flat=True)) == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_a_built_in_template_asks_for_every_part_and_then_its_own_figures(key):
    parts = list(in_use(key).sections.values_list("part", flat=True))

    assert parts[:3] == ["SPEND", "OUTCOMES", "OUTPUTS"]
    assert parts[-4:] == ["PROJECTS", "OVERALL", "UNDERSPEND", "FILES"]
    assert set(parts[3:-4]) == {"INDICATORS"}
    assert set(ReturnPart.values) - set(parts) == {"KPIS"}  # of contracts: asked wherever there are any


@pytest.mark.parametrize(("key", "most", "always"), [("grants-return", 10, 1), ("victims-return", 20, 5)])
def test_a_built_in_template_is_short_and_its_figures_know_each_other(key, most, always):
    version = in_use(key)
    indicators = list(Indicator.objects.filter(section__version=version))
    keys = [row.key for row in indicators]

    assert len(keys) <= most
    assert len(set(keys)) == len(keys)
    assert len([row for row in indicators if row.required == Required.ALWAYS]) == always
    assert {row.required_if for row in indicators} - {""} <= set(keys)
    assert {name for check in version.checks.all() for name in [*check.left, check.right]} <= set(keys)
    assert "never" in version.guidance.lower() and "names" in version.guidance


def test_taken_away_and_written_again():
    templates.built_in()
    before = list(Indicator.objects.order_by("section__version__template__key", "key").values_list("key", "label"))

    remove()
    assert (ReturnTemplate.objects.count(), Indicator.objects.count()) == (0, 0)
    MIGRATION.write_built_in(apps, None)

    after = list(Indicator.objects.order_by("section__version__template__key", "key").values_list("key", "label"))
    assert after == before


def test_a_template_the_office_has_stays_as_it_is():
    templates.built_in()
    remove()
    ReturnTemplate.objects.create(key="grants-return", name="Ours", for_purpose=["VICTIMS"])

    MIGRATION.write_built_in(apps, None)

    assert ReturnTemplate.objects.get(key="grants-return").name == "Ours"
    assert TemplateVersion.objects.filter(template__key="grants-return").count() == 0
    assert ReturnTemplate.objects.get(key="victims-return").for_purpose == []


def test_a_template_in_use_stays_when_the_migration_is_taken_back(world):
    templates.built_in()
    ReportingRule.objects.filter(rule_set=world.plan.csp_rules).update(
        template=ReturnTemplate.objects.get(key="grants-return")
    )

    remove()

    assert list(ReturnTemplate.objects.values_list("key", flat=True)) == ["grants-return"]
    assert Indicator.objects.count() == 9
