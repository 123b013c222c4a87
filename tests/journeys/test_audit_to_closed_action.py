"""An audit from the programme to the closed action, on the pages alone (P4)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from monitoring.models import AuditVisit
from records import calendar
from tests.make import accounts, audits, monitoring, plans
from tests.make.records import ladders

from .person import Person

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
PDF = ("checks.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")


@pytest.fixture
def cast(settings, tmp_path):
    settings.SECOND_FACTOR_REQUIRED = False
    settings.MEDIA_ROOT = tmp_path
    ladders()
    audits.delivered()
    return accounts.cast()


def start_programme(auditor, today):
    auditor.visit("/assurance/").follow("Audits").follow("New programme").fill("Name", "Audits of the year")
    auditor.fill_date("First day", today).fill_date("Last day", today + timedelta(days=300))
    auditor.fill("How many visits?", "1").choose("The highest scores")
    auditor.fill("Why this many, chosen this way?", "One auditor; the riskiest first.").press("Save the programme")
    auditor.follow("Draw the sample").fill("Seed of the lot", "lot 7").press("Draw the sample")
    auditor.sees(
        "The seed was lot 7.", "Among the highest 1 of 1 by score: place 1", "Organisation never funded before"
    )


def go_through_conditions(auditor, today):
    auditor.follow("Begin the visit").fill_date("Day of the visit", today).fill("Who was seen?", "Lee Lead, manager")
    auditor.press("Begin the visit").sees("0 of 2 looked at")
    auditor.choose("Met", within="Is condition 1 met?").fill("What was condition 1 judged on?", "The ledger.")
    auditor.choose("Not met", within="Is condition 2 met?")
    auditor.fill("What was condition 2 judged on?", "Two records are missing.")
    auditor.attach("Add a file or photograph about condition 2", *PDF).press("Save and go back to the visit")
    auditor.sees("Met: 1", "Not met: 1", "checks.pdf", "Condition 2 is not fully met. Write a finding about it.")


def write_report(auditor, today):
    auditor.follow("Add a finding").fill("Condition", "2 Check everybody who works with children.").choose("High")
    auditor.fill("What was found?", "Two helpers were not checked.").press("Save the finding")
    auditor.follow("Add an action").fill("What is to be done?", "Check all helpers.")
    auditor.choose("Safer Maidstone Partnership").fill_date("By when?", today + timedelta(days=40))
    auditor.press("Save the action")
    auditor.follow("Send the report for reply").fill("Summary", "Well run, but checks are missing.")
    auditor.press("Send the report for reply").sees("Sent to the recipient for reply", "may reply until")


def test_audit_from_programme_to_closed_action(cast):
    plan, today = plans.plan(cast), timezone.localdate()
    audits.second_condition(plan)
    award = monitoring.live_award(cast, plan)
    auditor, lead, officer = Person(cast.auditor), Person(cast.maidstone_lead), Person(cast.officer)

    start_programme(auditor, today)
    auditor.follow("Plan a visit").sees("Not offered, since they had a hand in the money", "Ola Officer")
    auditor.fill("Auditor", "Aud Itor").fill_date("Day of the visit", calendar.add_working_days(today, 1))
    auditor.press("Plan the visit").sees("The visit was planned.")
    visit = AuditVisit.objects.get(award=award)
    assert lead.client.get(visit.get_absolute_url()).status_code == 404

    go_through_conditions(auditor, today)
    write_report(auditor, today)

    lead.visit("/").follow(f"Reply to the audit report {visit.reference}")
    lead.sees("Two helpers were not checked.").does_not_see("checks.pdf").follow("Reply to the report")
    lead.fill("What do you reply?", "One is away until May.").press("Send the reply").sees("Your reply was sent.")
    auditor.visit(visit.get_absolute_url()).sees("One is away until May.").press("Make the report final")
    auditor.sees("The report is final.")
    assert "One is away until May." in visit_papers(auditor, visit)

    lead.visit(visit.get_absolute_url()).follow("Say that it is done").fill(
        "What was done, and how can it be", "All six."
    )
    lead.attach("A file that shows it", *PDF).press("Say that it is done").sees("Said to be done")
    officer.visit(visit.get_absolute_url()).follow("Check it").sees("All six.", "checks.pdf")
    officer.press("Close the action").sees("The action is closed.", "All done")

    auditor.visit(f"/audits/risk/{award.reference}/").sees("1 condition at " + visit.reference)
    auditor.visit(visit.get_absolute_url()).follow("Audits of the year").follow("Close the programme")
    auditor.fill("What did the year’s audits show?", "Checks need care.").press("Close the programme").sees("Closed")


def visit_papers(person, visit):
    """The words of the newest report."""
    person.visit(visit.get_absolute_url()).follow("Report of the audit visit to Safer Maidstone Partnership")
    return person.page.text
