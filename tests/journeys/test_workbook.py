"""A return by workbook, from the download to the office's verdict: five faults, mended; signed, sent, asked, accepted.

In headless Chromium with JavaScript (every page under axe, at three widths) and without; the returns are of 2020.
"""

from decimal import Decimal

import pytest

from monitoring.models import MonitoringReturn, WarningReason
from tests.conftest import FULL_STRENGTH_ALONE
from tests.make import accounts, monitoring, plans, workbooks
from tests.make.records import ladders

from . import steps

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.long,
    pytest.mark.torture,
    pytest.mark.django_db(transaction=True),
]
# Pages that test_browser checks with axe: N stands for the reference.
KNOWN = ("/account/login/", "/", *(f"/returns/N/{page}/" for page in ("check", "certify", "sent", "review")))


@pytest.fixture
def row(settings, tmp_path):
    """The mid-year return of a partnership, open and empty, with the cast it belongs to."""
    settings.SECOND_FACTOR_REQUIRED = False
    settings.MEDIA_ROOT = tmp_path
    ladders()
    cast = accounts.cast()
    row = monitoring.monitoring_return(cast, plans.plan(cast))
    row.cast = cast
    return row


def upload(lead, content, name):
    """Choose a workbook and have it checked."""
    lead.attach("Workbook", name, content, workbooks.KIND).press("Upload and check")


def mended(row):
    """The answers that put the five faults right; one of them is unusual, and true."""
    whole = workbooks.answers(row)
    wrong = workbooks.five_faults(row)
    dear = {(workbooks.spend_keys(row)[0], "spent"): Decimal("6000")}
    return {place: whole[place] for place in wrong if wrong[place] != whole[place]} | dear


def by_workbook(lead, row):
    """Downloaded, filled in with five faults, mended in the marked copy, used with a reason."""
    address = row.get_absolute_url()
    blank = lead.visit(address).download("Download the workbook")
    lead.follow("Upload the workbook")
    upload(lead, workbooks.filled(blank, workbooks.five_faults(row)), "first.xlsx")
    lead.sees("5 things to mend", "Spend: 2 things to mend", "“about 5k”", "“12 to 15”", "“Going well”")
    marked = lead.download("Download the marked copy")

    lead.follow("Upload the workbook again")
    upload(lead, workbooks.filled(marked, mended(row)), "second.xlsx")
    lead.sees("Nothing has to be mended. 1 thing to confirm.", "£6,000", "On track").check()
    lead.fill_each("£6,050 is spent, and £5,000 was released so far", "The council paid the rest in advance.")
    lead.press("Use these figures").sees("The figures of second.xlsx are in the return.")
    lead.sees("first.xlsx", "Figures taken from the workbook second.xlsx")
    return address


def signed_and_sent(lead, certifier, address):
    lead.follow("Check your answers").press("Send for certification").sees("Waiting for the certifier")
    steps.certify(certifier, address)
    lead.visit(address).follow("Check and submit").press("Submit the return").sees("Return submitted")


def asked_and_accepted(officer, lead, address):
    officer.visit(address).sees("second.xlsx").follow("Ask questions")
    steps.ask(officer, "Spend", "Who paid in advance?")
    lead.visit(address).follow("Answer the questions").fill_each("Who paid in advance?", "The borough council.")
    lead.press("Answer and submit").sees("Submitted")
    officer.visit(address).sees("The borough council.")
    steps.review(officer, address)
    officer.visit(address).sees("Satisfactory")


@pytest.mark.parametrize(
    "javascript",
    [
        pytest.param(True, id="with JavaScript", marks=FULL_STRENGTH_ALONE),
        pytest.param(False, id="without JavaScript", marks=FULL_STRENGTH_ALONE),
    ],
)
def test_return_by_workbook_in_a_browser(row, enter, javascript):
    cast = row.cast
    lead, certifier, officer = (
        enter(person, javascript=javascript, known=KNOWN)
        for person in (cast.maidstone_lead, cast.maidstone_certifier, cast.officer)
    )

    address = by_workbook(lead, row)
    signed_and_sent(lead, certifier, address)
    asked_and_accepted(officer, lead, address)

    done = MonitoringReturn.objects.get()
    assert (done.verdict, done.version) == ("SATISFACTORY", 2)
    assert WarningReason.objects.get().reason == "The council paid the rest in advance."
    assert [upload.status for upload in done.uploads.order_by("pk")] == ["FAULTY", "APPLIED"]
    assert [fault for person in (lead, certifier, officer) for fault in person.faults] == []
