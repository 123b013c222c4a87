"""A DBS policy that expires holds an instalment until it is renewed: asked for with the offer, sent, checked by an
officer who did not send it, reminded before its end, expired, waived by nobody, renewed. Each presses what they see."""

from datetime import date

import pytest
from django.utils import timezone

from accounts.queries import people_for
from plans.enums import ConditionKind
from plans.models import HeldStandard
from records import obligations
from records.models import Notice
from tests.make import awards as make
from tests.make import standards

from .person import Person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WAITS = "Waits for Maidstone Borough Council to hold DBS policy (expired on 31 August 2020"
POLICY = b"name,checked\nA,yes\n"


def sweep():
    """What a morning does for everything owed."""
    obligations.climb_ladders(on=timezone.localdate(), at=timezone.now(), people_for=people_for)


def reminded(person):
    rows = Notice.objects.filter(person=person, obligation__kind="STANDARD_EXPIRY").order_by("created_at", "pk")
    return [timezone.localdate(row.created_at) for row in rows]


def send(lead, register, *, title, day):
    lead.visit(register).sees("DBS policy").follow("Send evidence of DBS policy")
    lead.fill("What it is", title).fill_date("Holds until", day)
    lead.attach("Files", "policy.csv", POLICY, "text/csv").press("Send the evidence").sees("Sent. An officer checks it")


def check(officer, title):
    officer.visit("/standards/?state=WAITING").follow("Check DBS policy").follow("Check this evidence")
    officer.choose("Yes, accept it").fill("What you saw, or why it is not accepted", f"{title} seen.")
    officer.press("Save your answer").sees("Your answer is kept", "Accepted")


def test_a_dbs_policy_that_expires_holds_an_instalment_until_renewed(clock, settings, tmp_path):
    settings.MEDIA_ROOT, settings.SECOND_FACTOR_REQUIRED = tmp_path, False
    world = make.world()
    dbs = standards.kind("dbs-policy", "DBS policy", must_expire=True, lasts_months=12)
    standards.ask(world.csp_rules, of=dbs, holds="EVERY")
    later = world.csp_rules.instalment_rules.filter(number=2)
    later.update(condition=ConditionKind.TERMS_ACCEPTED, due_days=183)
    award = make.live_award(world)
    page, register = award.get_absolute_url(), f"/standards/{world.council.key}/"

    # The offer asked for it; without it no money is released.
    clock.go(2020, 4, 1)
    Person(world.maidstone_lead).visit("/").sees("Evidence of DBS policy")
    Person(world.finance).visit(page).sees("to hold DBS policy (no evidence accepted)", "What waits without it")
    send(Person(world.maidstone_lead), register, title="DBS policy 2019", day=date(2020, 8, 31))
    clock.go(2020, 4, 2)
    check(Person(world.officer), "DBS policy 2019")
    clock.go(2020, 4, 3)
    Person(world.finance).visit(page).sees("Ready to release").press("Release").sees("Released")

    # 60, 30 and 7 working days before its end the lead is reminded, and no more than that.
    for month, day in ((6, 5), (6, 8), (7, 17), (7, 20), (8, 19), (8, 20)):
        clock.go(2020, month, day)
        sweep()
    assert reminded(world.maidstone_lead) == [date(2020, 6, 8), date(2020, 7, 20), date(2020, 8, 20)]

    # It expires: the second instalment is due and waits, on every page that tells of it.
    clock.go(2020, 10, 5)
    finance = Person(world.finance).visit(page).sees(WAITS)
    finance.visit("/payments/?state=waiting").sees(WAITS)
    finance.visit("/payments/?state=ready").sees("No payments found")
    Person(world.officer).visit("/standards/?state=EXPIRED").sees("Maidstone Borough Council", "31 August 2020")
    Person(world.maidstone_lead).visit(register).sees("1 standard asked for is not held")

    # Renewed: sent by the lead, accepted by an officer, released by finance.
    send(Person(world.maidstone_lead), register, title="DBS policy 2020", day=date(2021, 8, 31))
    Person(world.finance).visit(page).sees(WAITS)
    clock.go(2020, 10, 6)
    check(Person(world.other_officer), "DBS policy 2020")
    Person(world.finance).visit(page).does_not_see(WAITS).press("Release").sees("Released")
    assert HeldStandard.objects.filter(kind=dbs).values_list("status", flat=True).distinct().get() == "ACCEPTED"
    assert make.instalment(award, 2).released_by == world.finance
