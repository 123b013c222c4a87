"""Every rule over a whole return, with its class and its level: missing, to mend, or to explain."""

import sys
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import transaction

from monitoring import queries, rules
from monitoring.enums import ReturnSection
from monitoring.models import MonitoringReturn
from monitoring.rules.faults import code_of
from plans.models import RuleSet
from tests.make import accounts, monitoring, plans
from tests.no_pango import WithoutPango

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """An award whose mid-year return is sent and whose year-end return is open, whole and unremarkable."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setitem(sys.modules, "weasyprint", WithoutPango("weasyprint"))
        cast = accounts.cast()
        plan = plans.plan(cast)
        award = monitoring.released(cast, monitoring.live_award(cast, plan))
        mid_year = monitoring.monitoring_return(cast, plan, award=award, status="SUBMITTED")
        year_end = monitoring.opened(award, on=monitoring.YEAR_END, at=monitoring.CLOSED)
        yield SimpleNamespace(cast=cast, rows={"mid_year": mid_year.pk, "year_end": year_end.pk})
        transaction.set_rollback(True)


@pytest.fixture
def _django_db_helper(made):
    """The rows of the module stand in a transaction of their own, so no test opens another."""


class Asked:
    """One return with its sheets, asked what is wrong with a set of answers over whole ones."""

    def __init__(self, row):
        self.row = row
        self.sheets = queries.sheets_of(row)
        self.lines = {
            (sheet.slug, line.part or line.label): line for sheet in self.sheets for line in sheet.lines
        }
        answers = monitoring.whole_answers(row)
        rows = {(line.section, line.pk): line.key for line in self.lines.values()}
        self.whole = {
            (rows[section, pk], name): value
            for section, given in answers["entries"].items()
            for pk, values in given.items()
            for name, value in values.items()
        }
        self.whole |= {(f"texts/{name}", name): words for name, words in answers["texts"].items()}

    def faults(self, **changed):
        """The faults, `changed` being {"sheet/line/cell": value} with spaces for underscores in no name."""
        values = dict(self.whole)
        for place, value in changed.items():
            sheet, label, name = place.split("/")
            values[self.lines[sheet, label].key, name] = value
        return rules.faults_of(self.row, self.sheets, values)

    def told(self, **changed):
        return [(fault.cls, fault.level, fault.section, fault.name, fault.sentence) for fault in self.faults(**changed)]


@pytest.fixture
def asked(made):
    with transaction.atomic():
        yield lambda name: Asked(MonitoringReturn.objects.with_parents().get(pk=made.rows[name]))
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", ["mid_year", "year_end"])
def test_faults_of_whole_answers_are_none(asked, name):
    assert asked(name).told() == []
