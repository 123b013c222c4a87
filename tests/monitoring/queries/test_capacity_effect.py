"""Returns before and after help, as they were first sent (B1)."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitoring.actions import joining
from monitoring.enums import ReturnStatus
from monitoring.models import MonitoringReturn
from monitoring.queries import capacity_effect as reads
from tests.kept import kept
from tests.make import accounts, monitoring, plans
from tests.make import capacity as make

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def kept_world(django_db_setup, django_db_blocker):
    """A return with a question sent in time, then a session to which the partnership came; nothing sent since."""
    with kept(django_db_blocker):
        cast = accounts.cast()
        award = monitoring.released(cast, monitoring.live_award(cast, plans.plan(cast)))
        sent = monitoring.monitoring_return(cast, None, status=ReturnStatus.QUERIED, award=award)
        offer = make.offer(cast)
        rows = make.came(cast, offer, cast.maidstone_lead, cast.maidstone_contributor)
        yield SimpleNamespace(cast=cast, sent=sent, offer=offer, rows=rows)


@pytest.fixture
def world(kept_world, db):
    return kept_world


def test_effects_sets_the_last_return_before_beside_nothing_sent_since(world):
    [effect] = reads.effects()

    assert (effect.organisation, effect.offer, effect.people) == (world.cast.maidstone, world.offer, 2)
    assert effect.after is None
    assert (effect.before.reference, effect.before.questions) == (world.sent.reference, 1)
    explained = world.sent.warning_reasons.count()
    lines = world.sent.spend_lines.filter(spent__gt=0).count()
    assert reads.table(effect) == [
        ("Sent", "In time", ""),
        ("Questions asked", 1, ""),
        ("Figures that had to be explained", explained, ""),
        ("Spend lines with evidence", f"{lines} of {lines}", ""),
        ("Verdict", "Not reviewed yet", ""),
    ]


def test_effects_a_return_first_sent_after_stands_after(world):
    earlier = monitoring.SUBMITTED - make.DAY
    world.offer.sessions.update(starts_at=earlier, ends_at=earlier + make.HOUR)

    [effect] = reads.effects(offer=world.offer)

    assert (effect.before, effect.after.reference) == (None, world.sent.reference)
    assert (effect.after.sent_on, effect.came_at) == (monitoring.SUBMITTED.date(), earlier)


def test_effects_names_nobody_who_did_not_come(world):
    joining.record_attendance(session=world.rows[0].session, came=set(), by=world.cast.officer, at=make.AFTER)

    assert reads.effects() == []


def test_effects_asks_the_same_for_every_number_of_returns(world):
    with CaptureQueriesContext(connection) as asked:
        reads.effects()

    assert len(asked) == 4
    assert MonitoringReturn.objects.count() == 1


def sent(on, **more):
    told = {"reference": "MR", "url": "/", "due_on": date(2020, 10, 30), "questions": 0, "stood_out": 0}
    counted = {"spend_lines": 0, "with_evidence": 0, "verdict": ""}
    return reads.Sent(sent_on=on, **{**told, **counted, **more})


@pytest.mark.parametrize(
    ("on", "words", "days"),
    [
        (date(2020, 10, 30), "In time", 0),
        (date(2020, 10, 31), "Late", 0),
        (date(2020, 11, 2), "1 working day late", 1),
        (date(2020, 11, 6), "5 working days late", 5),
    ],
)
def test_sent_says_how_late(on, words, days):
    assert (sent(on).late_words, sent(on).days_late) == (words, days)


def test_sent_says_what_is_not_known():
    row = sent(date(2020, 10, 1), spend_lines=3, with_evidence=2, verdict="SATISFACTORY")

    assert (row.evidence_words, row.verdict_words) == ("2 of 3", "Satisfactory")
    assert sent(date(2020, 10, 1)).evidence_words == "No spend yet"


def test_around_takes_the_nearest_on_each_side():
    rows = [(1, "a"), (2, "b"), (4, "c"), (5, "d")]

    assert reads.around(rows, 3) == ("b", "c")
    assert reads.around(rows, 1) == (None, "a")
    assert reads.around([], 1) == (None, None)
