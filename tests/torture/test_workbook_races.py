"""Two at once on one return: one workbook used twice, two workbooks used, a workbook used while a colleague saves."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from monitoring import actions
from monitoring.models import MonitoringReturn, ReturnUpload
from records.models import Event
from records.refusals import Refused
from tests.make import accounts, monitoring, plans, workbooks
from tests.torture.race import outcomes, race

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.torture]
AT = monitoring.WRITTEN
LATER = AT + timedelta(hours=1)


@pytest.fixture
def world(transactional_db, settings, tmp_path):
    """An open return and two workbooks read for it, which say different things."""
    settings.MEDIA_ROOT = tmp_path
    cast = accounts.cast()
    row = monitoring.monitoring_return(cast, plans.plan(cast))
    taken = [
        actions.take_in_workbook(
            monitoring_return=row,
            upload=workbooks.workbook(row, {("texts/narrative", "narrative"): words}),
            by=cast.maidstone_lead,
            at=AT,
        ).pk
        for words in ("Mine.", "Theirs.")
    ]
    return SimpleNamespace(cast=cast, row=row, mine=taken[0], theirs=taken[1])


def use(world, pk, by=None):
    return lambda: actions.apply_upload(
        upload=ReturnUpload.objects.get(pk=pk), reasons={}, by=by or world.cast.maidstone_lead, at=LATER
    )


def saves(world):
    return Event.objects.filter(subject_id=world.row.pk, subject_type=world.row._meta.label, verb="saved").count()


def test_a_workbook_used_by_two_at_once_is_used_once(world):
    done, failed = outcomes(race(use(world, world.mine), use(world, world.mine, world.cast.maidstone_contributor)))

    assert (done, [type(error) for error in failed]) == (1, [Refused])
    assert "in the return already" in str(failed[0])
    assert (MonitoringReturn.objects.get().version, saves(world)) == (2, 1)


def test_two_workbooks_used_at_once_do_not_mix(world):
    done, failed = outcomes(race(use(world, world.mine), use(world, world.theirs)))

    assert (done, [type(error) for error in failed]) == (1, [actions.Stale])
    used = ReturnUpload.objects.get(status="APPLIED")
    words = {world.mine: "Mine.", world.theirs: "Theirs."}[used.pk]
    assert (MonitoringReturn.objects.get().narrative, saves(world)) == (words, 1)


def test_a_workbook_used_while_a_colleague_saves_loses_nothing(world):
    def save():
        row = MonitoringReturn.objects.get()
        return actions.save_return(
            monitoring_return=row,
            version=1,
            texts={"narrative": "Typed."},
            by=world.cast.maidstone_contributor,
            at=LATER,
        )

    done, failed = outcomes(race(use(world, world.mine), save))

    assert (done, [type(error) for error in failed]) == (1, [actions.Stale])
    row = MonitoringReturn.objects.get()
    used = ReturnUpload.objects.filter(status="APPLIED").exists()
    assert (row.narrative, row.version) == ("Mine." if used else "Typed.", 2)
