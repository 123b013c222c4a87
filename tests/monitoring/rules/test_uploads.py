"""When a workbook may be fetched, taken in, used or put aside: every sentence once."""

from datetime import timedelta

import pytest

from monitoring import rules
from monitoring.enums import UploadStatus
from monitoring.models import ReturnUpload
from monitoring.rules.uploads import UPLOADS_A_DAY
from tests.make import monitoring

pytestmark = pytest.mark.django_db
ON = monitoring.HALF_YEAR
AT = monitoring.WRITTEN


@pytest.fixture
def _django_db_helper(world):
    """The rows of the module stand in a transaction of their own, so no test opens another."""


def upload(world, status, *, of="OPEN", at=AT):
    """A row as the reader leaves it."""
    row = world.row(of)
    applied_at = at if status == "APPLIED" else None
    return ReturnUpload(
        monitoring_return=row, status=status, name="r.xlsx", draft=1, at=at, by=world.cast.maidstone_lead,
        applied_at=applied_at,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("status", "who", "sentence"),
    [
        ("OPEN", "maidstone_lead", ""),
        ("SUBMITTED", "maidstone_certifier", ""),
        ("SUBMITTED", "officer", ""),
        ("REVIEWED", "officer", ""),
        ("OPEN", "officer", "The recipient is writing this return."),
        ("CERTIFYING", "officer", "The recipient is writing this return."),
        ("QUERIED", "officer", "The recipient is writing this return."),
        ("WAIVED", "officer", "The recipient is writing this return."),
    ],
)
def test_why_not_fetch_workbook(world, status, who, sentence):
    told = rules.why_not_fetch_workbook(world.row(status), user=getattr(world.cast, who), on=ON)

    assert told.partition(". The office")[0].rstrip(".") == sentence.rstrip(".")


@pytest.mark.parametrize(
    ("status", "who", "begins"),
    [
        ("OPEN", "maidstone_contributor", ""),
        ("QUERIED", "maidstone_lead", ""),
        ("OPEN", "maidstone_certifier", "You may not do this for Safer Maidstone Partnership."),
        ("OPEN", "swale_lead", "You may not do this for Safer Maidstone Partnership."),
        ("CERTIFYING", "maidstone_lead", "This return is with the certifier."),
        ("SUBMITTED", "maidstone_lead", "This return was submitted."),
        ("REVIEWED", "maidstone_lead", "This return was reviewed and is closed."),
    ],
)
def test_why_not_take_in(world, status, who, begins):
    told = rules.why_not_take_in(world.row(status), user=getattr(world.cast, who), on=ON, at=AT)

    assert told[: len(begins)] == begins and bool(told) == bool(begins)


@pytest.mark.parametrize(
    ("number", "hours", "refused"),
    [(UPLOADS_A_DAY - 1, 0, False), (UPLOADS_A_DAY, 23, True), (UPLOADS_A_DAY, 24, False)],
)
def test_why_not_take_in_without_end(world, number, hours, refused):
    ReturnUpload.objects.bulk_create(upload(world, "REFUSED", at=AT - timedelta(hours=hours)) for _ in range(number))

    told = rules.why_not_take_in(world.row("OPEN"), user=world.cast.maidstone_lead, on=ON, at=AT)

    assert told.startswith("30 workbooks were uploaded for this return within a day") == refused


@pytest.mark.parametrize(
    ("status", "use", "drop", "mark"),
    [
        ("RECEIVED", "still being read", "still being read", "still being read"),
        ("REFUSED", "could not be read", "could not be read", "could not be read"),
        ("FAULTY", "has things to mend", "", ""),
        ("READY", "", "", ""),
        ("APPLIED", "in the return already", "in the return already", ""),
        ("DROPPED", "was put aside", "was put aside", ""),
    ],
)
def test_why_not_apply_drop_and_mark(world, status, use, drop, mark):
    row, asked = upload(world, status), {"user": world.cast.maidstone_lead, "on": ON}

    for rule, words in (
        (rules.why_not_apply, use),
        (rules.why_not_drop, drop),
        (rules.why_not_mark, mark),
    ):
        told = rule(row, **asked)
        assert words in told and bool(told) == bool(words), rule.__name__


@pytest.mark.parametrize("of", ["CERTIFYING", "SUBMITTED", "REVIEWED"])
def test_why_not_apply_and_drop_once_the_return_is_out_of_hand(world, of):
    asked = {"user": world.cast.maidstone_lead, "on": ON}
    row = upload(world, UploadStatus.READY, of=of)
    sentence = rules.why_not_edit(row.monitoring_return, **asked)

    assert sentence != ""
    assert rules.why_not_apply(row, **asked) == sentence
    assert rules.why_not_drop(row, **asked) == sentence


def test_why_not_apply_for_others(world):
    told = rules.why_not_apply(upload(world, "READY"), user=world.cast.maidstone_certifier, on=ON)

    assert told == "You may not do this for Safer Maidstone Partnership. Ask a contributor or lead there."
