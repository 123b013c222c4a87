"""The process of its own in which a workbook is read: its limits, and whatever a damaged file does to it."""

import io
import random
import struct
import time
import zipfile

import pytest

from accounts.models import Organisation
from monitoring.enums import FaultClass as C
from monitoring.models import IndicatorValue, MonitoringReturn, OutcomeResult, ReturnUpload, SpendLine
from monitoring.workbook import child, outside, read
from records.models import Document, Event
from tests.conftest import TORTURE_AT_FULL_STRENGTH

from . import plants
from .plants import SPEND, rezipped
from .prepared import inside, reading_of
from .test_files import FRESH, assert_refused, constant, sheet_data, with_password

pytestmark = pytest.mark.django_db


def test_reading_in_a_process_of_its_own_says_the_same(prepared):
    content = plants.show_as(plants.FIGURES, "G8", 0.1 + 0.2)(prepared)

    assert outside.examine_outside(content) == inside(content)


def test_normal_return_is_read_well_under_a_second(prepared):
    started = time.perf_counter()
    reading = reading_of(prepared, prepared.filled, examine=outside.examine_outside)
    taken = time.perf_counter() - started

    assert reading.faults == []
    assert taken < 2, f"{taken:.2f} s; this allows for a machine that does other things too"


LIMITS = {
    "memory": (outside.Limits(memory=24 * 1024 * 1024), "The workbook takes too much memory to read"),
    "processor": (outside.Limits(seconds=0), "The workbook takes too long to read"),
    "clock": (outside.Limits(patience=0), "The workbook takes too long to read"),
    "answer": (outside.Limits(answer=500), "The workbook takes too much memory to read"),
}


@pytest.mark.parametrize("name", LIMITS)
def test_process_over_its_limits_is_stopped_and_the_parent_says_why(prepared, name):
    limits, sentence = LIMITS[name]

    reading = reading_of(prepared, prepared.filled, examine=lambda content: outside.examine_outside(content, limits))

    assert_refused(reading, sentence, FRESH)


def test_memory_of_the_process_is_held_where_a_workbook_needs_more(prepared):
    """The look at the size left out, the readers themselves run into the wall and not the machine."""
    sparse = sheet_data("".join(f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in (20, 1_048_576)))(
        prepared
    )
    source = (
        "import sys; sys.path.insert(0, sys.argv[1]); import child; child.MOST_ROWS = child.MOST_COLUMNS = 2_000_000; "
        "child.keep_limits(400_000_000, 5, 1_000_000); answer = child.examine(sys.stdin.buffer.read()); "
        "print(answer['refused']['what'])"
    )
    done = outside.subprocess.run(
        [outside.sys.executable, "-I", "-c", source, str(outside.CHILD.parent)],
        input=sparse,
        capture_output=True,
        timeout=60,
    )

    assert (done.returncode, done.stdout.strip()) in {(0, b"memory"), (-6, b""), (-24, b"")}, done.stderr[-300:]


def test_hostile_repetition_does_not_hold_up_the_first_look():
    started = time.process_time()
    found = list(child.CELL.finditer(b"<c " * 300_000 + b'<c r="A1">' + b'<c r="' * 100_000))

    assert len(found) == 1
    assert time.process_time() - started < 2


def test_reading_saves_nothing(prepared, rows):
    """The same as everywhere else in this folder, with the database open: no row comes, goes or changes."""
    models = (MonitoringReturn, SpendLine, OutcomeResult, IndicatorValue, ReturnUpload, Document, Event, Organisation)
    before = [list(model.objects.order_by("pk").values()) for model in models]

    for plant in (plants.fresh, plants.put(SPEND, E5="abc"), constant(b""), plants.edited(plants_rows)):
        reading = reading_of(prepared, plant(prepared))
        assert reading.faults or plant is plants.fresh

    assert [list(model.objects.order_by("pk").values()) for model in models] == before


def plants_rows(book):
    book[SPEND]["C12"] = "One more"


def test_rules_are_asked_about_what_was_read_but_not_about_what_could_not_be(prepared, rows):
    """Words in a money cell are mended, not "still to fill in"; a figure above the plan is questioned."""
    reading = reading_of(prepared, plants.put(SPEND, E5="abc", E6=None, E7=999_999)(prepared))

    found = read.ruled(reading, prepared.monitoring_return, prepared.sheets)

    where = {(one.level, *reading.cells.get((one.line, one.name), ("", ""))) for one in found}
    assert ("missing", SPEND, "E6") in where
    assert ("missing", SPEND, "E5") not in where
    assert ("fault", SPEND, "E5") in {(one.level, *reading.cells[one.line, one.name]) for one in reading.faults}


def test_local_file_header_of_a_zip_is_what_the_password_test_takes_it_for(prepared):
    assert struct.unpack("<H", with_password(prepared)[6:8])[0] & 1 == 1


PIECES = (b"9999999999", b"-1", b"1e400", b"NaN", b"\xff", b"&#0;", b"<c r='ZZ99'/>", b"A1048577", b'"', b"")


def test_workbook_damaged_at_random_is_answered_and_never_crashes(prepared):
    """A dozen damaged workbooks, always the same; a thousand with PCC_TORTURE=full."""
    chance = random.Random(5)
    names = zipfile.ZipFile(io.BytesIO(prepared.filled)).namelist()

    def damaged(raw):
        for _ in range(chance.randint(1, 4)):
            start = chance.randrange(len(raw))
            raw = raw[:start] + chance.choice(PIECES) + raw[start + chance.randint(0, 40) :]
        return raw

    for number in range(1000 if TORTURE_AT_FULL_STRENGTH else 12):
        whole = number % 4 == 0
        content = damaged(prepared.filled) if whole else rezipped(prepared.filled, {chance.choice(names): damaged})
        reading = reading_of(prepared, content)

        assert reading.refused == (len(reading.values) == 0)
        assert not reading.refused or [one.cls for one in reading.faults] == [C.FILE]
