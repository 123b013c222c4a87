"""Return templates: the built-in ones, and drafts made by the real actions."""

import importlib
from datetime import UTC, datetime

from django.apps import apps

from plans import actions
from plans.models import ReturnTemplate

BUILT_IN = importlib.import_module("plans.migrations.0005_built_in_return_templates")


def built_in():
    """The built-in templates by key. A test that empties tables takes them away; this puts them back."""
    if not ReturnTemplate.objects.exists():
        BUILT_IN.write_built_in(apps, None)
    return {template.key: template for template in ReturnTemplate.objects.all()}


AT = datetime(2020, 6, 1, 9, 0, tzinfo=UTC)


def draft(by, *, name="Short return", for_purpose=(), at=AT):
    """A draft with a section of two counts and the check that one is no more than the other."""
    version = actions.start_template(name=name, for_purpose=for_purpose, source="", like=None, by=by, at=at)
    section = actions.save_section(version=version, title="People", guidance="Count once.", by=by, at=at)
    for label in ("People asked", "People satisfied"):
        actions.save_indicator(section=section, label=label, kind="COUNT", unit="people", by=by, at=at)
    check = {"kind": "SUM_NOT_ABOVE", "left": ["people-satisfied"], "right": "people-asked", "only_warns": False}
    actions.save_check(version=version, **check, by=by, at=at)
    return version


def in_use(by, *, at=AT, **fields):
    """The same, put to use."""
    return actions.put_to_use(version=draft(by, at=at, **fields), by=by, at=at)
