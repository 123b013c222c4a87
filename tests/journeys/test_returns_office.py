"""The office's side of returns: chasing, a correction, a new version of a template.

In headless Chromium, every page that no other journey checks under axe at three widths; and over HTTP, as a
browser without JavaScript would. The returns are of 2020.
"""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.utils import timezone

from monitoring.models import MonitoringReturn
from plans.models import TemplateVersion
from records.models import Notice, Obligation
from tests.conftest import FULL_STRENGTH_ALONE
from tests.make import accounts, monitoring, plans, templates
from tests.make.records import ladders

from . import steps
from .person import Person

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.torture,
    pytest.mark.django_db(transaction=True),
]
# Pages that other journeys check with axe: N stands for the reference.
KNOWN = (
    *("/account/login/", "/", "/returns/", "/returns/owed/", "/returns/N/", "/return-templates/"),
    *(f"/returns/N/{page}/" for page in ("write/spend", "check", "certify", "sent", "review")),
    # Drawn by the same templates as pages that are looked at here.
    *(f"/return-templates/grants-return/N/{page}" for page in ("guidance/", "preview/")),
    *("/returns/N/reopen/", "/return-templates/grants-return/N/sections/people/add/?kind=COUNT&save=Continue"),
)
WHY = "A ledger line was counted twice."
AGAIN = "The auditor asks for the ledger."
ASKED = "Did you work with schools?"


def moved_to():
    """A day a month from today."""
    return timezone.localdate() + timedelta(days=30)


@pytest.fixture
def world(settings, tmp_path):
    """A return that is late, one that was sent, and the templates that come with the portal."""
    settings.SECOND_FACTOR_REQUIRED = False
    settings.MEDIA_ROOT = tmp_path
    ladders()
    templates.built_in()
    cast = accounts.cast()
    plan = plans.plan(cast)
    award = monitoring.released(cast, monitoring.live_award(cast, plan))
    cast.sent = monitoring.monitoring_return(cast, plan, award=award, status="SUBMITTED")
    third = monitoring.live_award(cast, plan, third=True)
    cast.late = monitoring.monitoring_return(cast, plan, award=third, on=monitoring.YEAR_END, at=monitoring.CLOSED)
    return cast


def chase(officer, world):
    """Both returns are chosen; one of them owes nothing and is left out. Then the day of the late one moves."""
    officer.visit("/returns/owed/").sees("Who owes what")
    pick(officer, world.late, world.sent)
    officer.press("Remind now").sees("2 returns chosen, 1 of them left out", "It has been submitted")
    officer.press("Send the reminders").sees("Done: 1", "Refused: 1", "reminded").follow("Back to who owes what")
    pick(officer, world.late)
    officer.press("Move the due day").fill_date("New due day", moved_to()).fill("Reason", "Their ledger closes late.")
    officer.press("Move the due day").sees("Done: 1", "Now due").follow("Back to who owes what").sees("first due")


def pick(officer, *rows):
    for row in rows:
        officer.choose(f"Choose {row.get_kind_display().lower()} of {row.organisation}, {row.award.reference}")


def correct(lead, certifier, officer, address):
    """The lead takes it back, mends a figure, has it signed, sends it; the office compares, accepts, opens it again."""
    lead.visit(address).follow("Take it back to correct it").fill("What has to be corrected, and why?", WHY)
    lead.press("Take it back").sees("Why it is open again", WHY)
    lead.follow("Spend").fill_each("Spent: ", ["4,000", "50"]).press("Save and come back later")
    lead.follow("Check your answers").press("Send for certification")
    steps.certify(certifier, address)
    lead.visit(address).follow("Check and submit").press("Submit the return").sees("Return submitted")
    officer.visit(address).follow("Compare two versions").sees(WHY, "£4,950", "£4,000")
    steps.review(officer, address)
    officer.visit(address).follow("Open it again").fill("Why is it opened again?", AGAIN)
    officer.press("Open it again").sees("Open", AGAIN)


def edit_template(officer):
    """A new version with a question that another one hangs on, seen as its form, put to use."""
    officer.visit("/return-templates/grants-return/").press("Start a new version").sees("Draft")
    for kind, question in (("Yes or no", ASKED), ("Whole number", "How many schools?")):
        officer.follow("Add a question").choose(kind).press("Continue").fill("Question or name of the figure", question)
        if question != ASKED:
            officer.choose("When another answer is above nought or yes")
            officer.fill("Needed when this is above nought or yes", ASKED)
        officer.press("Save").sees(question)
    officer.follow("See it as the recipient does").follow("People and activity")
    officer.sees(f"Needed only if you answer Yes to “{ASKED}”.")
    book = officer.download("Download the example workbook")
    assert ASKED in str(list(openpyxl.load_workbook(io.BytesIO(book))["People and activity"].values))
    draft = TemplateVersion.objects.get(status="DRAFT").get_absolute_url()
    officer.visit(draft).follow("Change why").fill("Why does the template change?", "Schools come first.").press("Save")
    officer.press("Put to use").sees("In use").follow("What changed").sees("How many schools?")


@pytest.mark.parametrize(
    "javascript",
    [
        pytest.param(True, id="with JavaScript", marks=FULL_STRENGTH_ALONE),
        pytest.param(False, id="without JavaScript"),
    ],
)
def test_office_side_of_returns_in_a_browser(world, enter, javascript):
    people = world.maidstone_lead, world.maidstone_certifier, world.head
    lead, certifier, officer = (enter(one, known=KNOWN) if javascript else Person(one) for one in people)

    chase(officer, world)
    correct(lead, certifier, officer, world.sent.get_absolute_url())
    edit_template(officer)

    assert [fault for person in (lead, certifier, officer) if javascript for fault in person.faults] == []
    assert Obligation.objects.get(pk=world.late.obligation_id).due_on == moved_to()
    assert Notice.objects.filter(rule__startswith="reminder", obligation=world.late.obligation_id).exists()
    row = MonitoringReturn.objects.get(pk=world.sent.pk)
    assert (row.status, row.correction_reason) == ("OPEN", AGAIN)
    assert list(row.versions.order_by("number").values_list("number", "reason")) == [(1, ""), (2, WHY)]
    version = TemplateVersion.objects.get(template__key="grants-return", status="IN_USE")
    assert (version.number, version.why) == (2, "Schools come first.")
