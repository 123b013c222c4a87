"""Workbooks of returns measured: from upload to the page that says what was found, beside bare readers.

A normal return and one of two thousand lines, through Django's test client: guard, process of its own, rules,
database, page. Beside it, in turn and in the same minute, the floor: calamine and openpyxl reading the very same
bytes and doing nothing with them. Works in a scratch database of its own. Ratios are what to compare between
machines. PCC_BENCH_LINES (2000) and PCC_BENCH_ROUNDS (7) say how many.
"""

import io
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["PCC_TEST_DB"] = "bench_workbooks"
os.environ["PCC_SECURE"] = "False"  # the test client speaks plain http
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pcc_portal.settings")

import django  # noqa: E402

django.setup()

import openpyxl  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from python_calamine import CalamineWorkbook  # noqa: E402

from monitoring.models import SpendLine  # noqa: E402
from monitoring.queries import sheets_of  # noqa: E402
from monitoring.workbook import outside, read_workbook, workbook_of  # noqa: E402
from tests.make import accounts, monitoring, plans  # noqa: E402

LINES = int(os.environ.get("PCC_BENCH_LINES", 2000))
ROUNDS = int(os.environ.get("PCC_BENCH_ROUNDS", 7))
TYPED = {"COUNT": Decimal(12), "NUMBER": Decimal("7.5"), "MONEY": Decimal("125.50"), "PERCENTAGE": Decimal(45),
         "YES_NO": "YES", "CHOICE": "ON_TRACK", "TEXT": "It went well; see ledger line 12."}  # fmt: skip


def a_return(cast, plan, lines):
    """An open return whose spend has at least so many lines."""
    made = monitoring.opened(monitoring.released(cast, monitoring.live_award(cast, plan)))
    report = made.project_reports.get()
    SpendLine.objects.bulk_create(
        SpendLine(
            monitoring_return=made,
            award_line_id=report.award_line_id,
            heading=f"Line {number} of the budget",
            planned=Decimal("200"),
        )
        for number in range(made.spend_lines.count(), lines)
    )
    return made


def filled(made):
    """Its workbook with an answer in every cell."""
    sheets = sheets_of(made)
    values = {
        (line.key, cell.name): TYPED[cell.kind] for sheet in sheets for line in sheet.lines for cell in line.cells
    }
    return workbook_of(made, sheets, values=values), len(values)


def upload(client, made, content):
    """Upload it and read the page that says what was found."""
    file = SimpleUploadedFile("return.xlsx", content)
    answer = client.post(made.get_absolute_url() + "workbook/upload/", {"file": file}, follow=True)
    if answer.status_code != 200 or not answer.redirect_chain:
        raise SystemExit(f"the upload was answered with {answer.status_code}")


def calamine(content):
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def full_openpyxl(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def seconds(act):
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def peak_memory(content):
    """Mebibytes the child holds at most while it reads this, asked of a small parent: a large one would be counted."""
    limits = outside.Limits()
    asks = "import resource as r, subprocess as s, sys; s.run(sys.argv[1:], stdout=s.DEVNULL, check=True); "
    asks += "print(r.getrusage(r.RUSAGE_CHILDREN).ru_maxrss)"
    child = [sys.executable, "-I", str(outside.CHILD), str(limits.memory), str(limits.seconds), str(limits.answer)]
    done = subprocess.run([sys.executable, "-I", "-c", asks, *child], input=content, capture_output=True, check=True)
    return int(done.stdout) / 1024


def measure(name, made, client):
    content, answers = filled(made)
    sheets = sheets_of(made)
    acts = {
        "written": lambda: workbook_of(made, sheets),
        "calamine alone": lambda: calamine(content),
        "openpyxl alone": lambda: full_openpyxl(content),
        "read in its process": lambda: read_workbook(content, monitoring_return=made, sheets=sheets),
        "upload to page": lambda: upload(client, made, content),
    }
    for act in acts.values():
        act()  # the first of each warms up
    taken = {label: [] for label in acts}
    for _ in range(ROUNDS):
        for label, act in acts.items():
            taken[label].append(seconds(act))
    middle = {label: statistics.median(times) for label, times in taken.items()}
    floor = middle["calamine alone"] + middle["openpyxl alone"]
    print(f"\n{name}: {answers} answers, {len(content) / 1024:.0f} KiB; the floor is both readers alone")
    for label, times in taken.items():
        ratio = f"{middle[label] / floor:>8.2f} x floor"
        print(f"{label:<22}{middle[label] * 1000:>9.1f} ms{max(times) * 1000:>9.1f} ms at most{ratio}")
    print(
        f"{'memory of the child':<22}{peak_memory(content):>9.0f} MiB of {outside.Limits().memory // 2**20}", flush=True
    )


def main():
    setup_test_environment(debug=False)
    logging.disable(logging.INFO)
    settings.SECOND_FACTOR_REQUIRED = False
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with transaction.atomic(), tempfile.TemporaryDirectory() as files:
            settings.MEDIA_ROOT = files
            cast = accounts.cast()
            plan = plans.plan(cast)
            client = Client()
            client.force_login(cast.maidstone_lead, backend="allauth.account.auth_backends.AuthenticationBackend")
            print(f"workbooks, {ROUNDS} rounds each, median")
            measure("a normal return", a_return(cast, plan, 0), client)
            measure(f"a return of {LINES} lines", a_return(cast, plan, LINES), client)
            transaction.set_rollback(True)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
