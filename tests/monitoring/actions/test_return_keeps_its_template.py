"""A return for ever asks what it asked when it was opened, whatever becomes of its template (X5)."""

import pytest

from monitoring import queries
from monitoring.models import MonitoringReturn
from plans import actions as plan_actions
from plans.queries import version_in_use
from tests.make import accounts, monitoring, plans, templates

pytestmark = pytest.mark.django_db


def labels(monitoring_return):
    fresh = MonitoringReturn.objects.get(pk=monitoring_return.pk)
    return [line.label for sheet in queries.sheets_of(fresh) for line in sheet.lines if line.indicator]


def test_put_to_use_leaves_an_open_return_with_its_version():
    cast = accounts.cast()
    template = templates.built_in()["grants-return"]
    award = monitoring.released(cast, monitoring.live_award(cast, plans.plan(cast)))
    first = monitoring.opened(award)
    before = labels(first)
    stamp = {"by": cast.officer, "at": monitoring.WRITTEN}

    draft = plan_actions.start_new_version(template=template, **stamp)
    section = draft.sections.get(key="people")
    sessions = section.indicators.get(key="sessions")
    plan_actions.save_indicator(section=section, indicator=sessions, label="Events held", **stamp)
    plan_actions.edit_version(version=draft, guidance=draft.guidance, why="Plainer words", **stamp)
    plan_actions.put_to_use(version=draft, **stamp)
    later = monitoring.opened(award, on=monitoring.YEAR_END, at=monitoring.CLOSED)

    assert labels(first) == before
    assert "Sessions held" in before
    assert "Events held" in labels(later)
    assert later.template_version == version_in_use(template) == draft
