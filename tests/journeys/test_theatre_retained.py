"""Three partnerships would buy the same theatre company: found, confirmed, retained in one decision, funded directly
in another. Each presses what they see (C7, C9)."""

from decimal import Decimal

import pytest
from django.utils import timezone

from grants.actions import direct
from grants.models import Allocation, Award, DirectAward, RetainProposal
from records.models import Notice, Obligation
from tests.make import overlaps as make_overlaps
from tests.make import retaining as make

from .person import Person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def left(world):
    """What each allocation now is."""
    rows = Allocation.objects.filter(round=world.round).order_by("organisation__name")
    return [(row.organisation.name, row.amount, row.main_amount) for row in rows]


def found(world):
    """Three submitted cases, compared."""
    projects = make.theatre_projects(world, waits=False)
    make_overlaps.of_three(projects)
    return projects


def advised(world):
    """The direct award with advice and comment, sent for decision; its page."""
    award = DirectAward.objects.get()
    at = timezone.now()
    direct.advise_on_direct_award(
        proposal=award, outcome="APPROVED", advice="All three chose it", by=world.officer, at=at
    )
    direct.comment_on_direct_award(proposal=award, comment="It is the money retained", by=world.cfo, at=at)
    return direct.send_direct_award(proposal=award, by=world.officer, at=at).get_absolute_url()


def test_three_partnerships_one_theatre_company_retained_and_funded_directly(clock, settings, tmp_path):
    settings.MEDIA_ROOT, settings.SECOND_FACTOR_REQUIRED = tmp_path, False
    world = make.world()
    projects = found(world)
    titles = [project.title for project in projects]

    # An officer meets the pair, reads why, confirms it; no money can be retained before the cases are advised on.
    clock.go(2020, 3, 10)
    officer = Person(world.officer).visit("/overlaps/").sees("Same provider", *titles[:2])
    officer.follow(f"{titles[0]} and {titles[1]}").sees("Do these two overlap?", make.THEATRE)
    officer.follow("Confirm the overlap").fill("Why?", "The same play by the same company")
    officer.press("Confirm the overlap").sees("The overlap is confirmed.")
    officer.follow("Propose to retain the money").sees(*titles)
    officer.fill("Title", "One tour for all schools")
    officer.fill("Name of the provider or project, where it is not on the list", make.THEATRE)
    officer.press("Save the proposal").sees("£21,000", "£39,661 to £30,661", "22.7%")
    officer.sees("has not been sent for decision. Finish its evaluation and send it first")
    proposal = RetainProposal.objects.get().get_absolute_url()

    for project in projects:
        make.send(world, project.case)
    clock.go(2020, 3, 11)
    Person(world.officer).visit(proposal).press("Recommend to the commissioner").sees("Waiting for a decision")
    Person(world.pcc).visit(proposal).sees("This proposal waits for the chief finance officer's comment.")
    cfo = Person(world.cfo).visit(proposal).follow("Comment on the money")
    cfo.fill("Your comment on the money", "One tour costs less than three.").press("Save the comment")
    cfo.visit(proposal).sees("You evaluated or advised on this, so somebody else decides it.")

    # The commissioner reads what each would lose and decides once for all three.
    clock.go(2020, 3, 20)
    pcc = Person(world.pcc).visit(proposal).follow("Decide").sees("What each would lose")
    pcc.choose("Retain the money").fill("Reason for the decision", "One tour reaches every school")
    pcc.press("Check this decision").sees("£21,000", "Make this decision").press("Make this decision")
    pcc.sees("£21,000 retained by the office.")
    assert left(world) == [
        (world.maidstone.name, Decimal("30661"), Decimal("17440")),
        (world.swale.name, Decimal("32661"), Decimal("19440")),
        (world.thanet.name, Decimal("34661"), Decimal("21440")),
    ]
    for lead, project in zip((world.maidstone_lead, world.swale_lead, world.thanet_lead), projects, strict=True):
        letter = Notice.objects.get(rule="project_retained", person=lead).paper
        assert letter.subject_id == project.pk
    lead = Person(world.maidstone_lead).visit(projects[0].case.get_absolute_url()).sees("Retained by the office")
    lead.follow("Money retained by the office: Play about knives in csp-maidstone")
    lead.sees("In confidence.", "One tour reaches every school")
    assert not Award.objects.exists()

    # The direct award is a decision of its own, with the money retained.
    clock.go(2020, 3, 23)
    officer = Person(world.officer).visit(proposal).follow("Propose the direct award").sees("Who pays")
    officer.fill("Recipient", world.yot.name).fill("What the money is for", "A play in every school")
    officer.press("Save the proposal").sees("£21,000", "Own budget")
    award = advised(world)
    pcc = Person(world.pcc).visit(award).follow("Decide").choose("Approved in full")
    pcc.fill("Purpose of the spend", "A play in every school").fill("Reason for the decision", "One tour for all")
    pcc.press("Check this decision").press("Make this decision").sees("Approved in full")

    made = Award.objects.get()
    assert (made.recipient, made.lines.get().amount, made.round) == (world.yot, Decimal("21000"), None)
    Person(world.reader).visit(proposal).sees("Direct award", "Decided")
    assert not Obligation.objects.open().filter(kind__in=["RETAIN_DECISION", "DECISION"]).exists()
