"""Why not: every sentence about support once (B1)."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from accounts.models import Membership
from monitoring.actions import capacity, joining
from monitoring.enums import TriggerKind
from monitoring.models import CapacitySuggestion
from monitoring.rules import capacity as rules
from tests.make import capacity as make

pytestmark = pytest.mark.django_db
AT, AFTER, LATER = make.AT, make.AFTER, make.STARTS + make.DAY


@pytest.fixture
def _django_db_helper(support):
    """In place of a transaction for each test: that of the module."""


@pytest.fixture
def world(support):
    """The offers, with the lead signed up for the session."""
    [support.row] = make.signed_up(support.cast, support.session)
    support.row.session = support.session
    return support


def said(table):
    """What each line of a table is answered beside what it should be."""
    return [(got, wanted) for got, wanted in table if got != wanted]


def test_offers_are_arranged_by_officers_with_words(world):
    officer, lead, draft = world.cast.officer, world.cast.maidstone_lead, rules.why_not_draft
    changed = rules.why_not_change

    assert said([
        (draft(user=lead), rules.NOT_YOURS),
        (draft(user=world.cast.head, title="A", description="B"), ""),
        (draft(user=officer, title=" "), "Give the offer a title."),
        (draft(user=officer, title="A", description=""), "Say what is offered."),
        (changed(world.offer, user=world.cast.auditor), rules.NOT_YOURS),
        (changed(world.offer, user=officer, title="A"), ""),
    ]) == []  # fmt: skip


def test_why_not_open_and_close(world):
    opened, closed, officer = rules.why_not_open, rules.why_not_close, world.cast.officer

    assert said([
        (opened(world.draft, user=world.cast.finance, at=AT), rules.NOT_YOURS),
        (opened(world.offer, user=officer, at=AT), "This offer is open already."),
        (opened(world.draft, user=officer, at=AT), "Add a session that is still to come first."),
        (opened(world.closed, user=officer, at=AT), "Add a session that is still to come first."),
        (opened(world.template, user=officer, at=AT, files=0), "Add the file that people are to download first."),
        (opened(world.template, user=officer, at=AT, files=1), ""),
        (closed(world.offer, user=world.cast.reader, at=AT), rules.NOT_YOURS),
        (closed(world.draft, user=officer, at=AT), "This offer is not open."),
        (closed(world.offer, user=officer, at=AT),
         "1 session is still to come. Cancel it first, or close the offer afterwards."),
        (closed(world.offer, user=officer, at=LATER, reason=""), "Say why it is closed."),
        (closed(world.offer, user=officer, at=LATER, reason="Done"), ""),
    ]) == []  # fmt: skip


def test_sessions_stand_at_hours_to_come(world):
    officer, add, change = world.cast.officer, rules.why_not_add_session, rules.why_not_change_session
    hours = {"starts_at": make.STARTS, "ends_at": make.STARTS + make.HOUR}
    backwards = {**hours, "ends_at": make.STARTS}

    assert said([
        (add(world.offer, user=world.cast.maidstone_lead, at=AT), rules.NOT_YOURS),
        (add(world.offer, user=officer, at=AT, **hours, places=None), ""),
        (add(world.offer, user=officer, at=LATER, **hours), "That time has passed. Enter one that is still to come."),
        (add(world.offer, user=officer, at=AT, **backwards), "The session must end after it begins."),
        (add(world.offer, user=officer, at=AT, places=0),
         "Enter from 1 to 1000 places, or leave it empty for room for all."),
        (add(world.template, user=officer, at=AT), "A template is downloaded: it has no sessions."),
        (add(world.closed, user=officer, at=AT), "This offer is closed. Open it again first."),
        (change(world.session, user=officer, at=AT, **hours, places=1), ""),
        (change(world.session, user=officer, at=LATER), "This session has begun."),
        (change(make.first_session(world.closed), user=officer, at=AT), "This session was cancelled."),
    ]) == []  # fmt: skip


def test_change_session_leaves_the_places_that_are_taken(world):
    make.signed_up(world.cast, world.session, world.cast.maidstone_contributor)

    why = rules.why_not_change_session(world.session, user=world.cast.officer, at=AT, places=1)

    assert why == "2 people have a place already. Enter at least 2 places."


def test_cancel_session_says_why(world):
    cancel = rules.why_not_cancel_session

    assert cancel(world.session, user=world.cast.auditor, at=AT) == rules.NOT_YOURS
    assert cancel(world.session, user=world.cast.officer, at=AT, reason=" ") == (
        "Say why. Those signed up read these words."
    )
    assert cancel(world.session, user=world.cast.officer, at=AT, reason="Ill") == ""


def test_why_not_join(world):
    cast, join = world.cast, rules.why_not_join
    lead, mine = cast.maidstone_lead, cast.maidstone
    other = make.session(cast, world.offer, starts_at=make.STARTS + make.DAY)
    Membership.objects.filter(user=cast.maidstone_certifier).update(ended_at=AT)

    assert said([
        (join(world.session, user=cast.officer, at=AT), rules.NOT_FOR_THEM),
        (join(world.session, user=cast.maidstone_signatory, at=AT), rules.NOT_FOR_THEM),
        (join(world.session, user=lead, at=LATER), "This session has begun, so nobody can be signed up."),
        (join(make.first_session(world.closed), user=lead, at=AT), "This offer is not open."),
        (join(world.session, user=lead, at=AT, who=[]), "Select who is to come."),
        (join(world.session, user=lead, at=AT, who=[(cast.swale, cast.swale_lead)]), rules.NOT_FOR_THEM),
        (join(world.session, user=lead, at=AT, who=[(mine, cast.swale_lead)]),
         "Sam Stranger has no role in Safer Maidstone Partnership. Invite them first."),
        (join(world.session, user=lead, at=AT, who=[(mine, cast.maidstone_certifier)]),
         "Cy Certifier has no role in Safer Maidstone Partnership. Invite them first."),
        (join(world.session, user=lead, at=AT, who=[(mine, lead)]), "Lee Lead is signed up for this session already."),
        (join(other, user=lead, at=AT, who=[(mine, lead)]),
         "Lee Lead is signed up for session 1 of this offer. Take that back first."),
        (join(other, user=lead, at=AT, who=[(mine, cast.maidstone_contributor)]), ""),
    ]) == []  # fmt: skip


def test_join_not_when_cancelled(world):
    other = make.session(world.cast, world.offer, starts_at=make.STARTS + make.DAY)
    capacity.cancel_session(session=other, reason="Ill", by=world.cast.officer, at=AT)
    other.refresh_from_db()

    assert rules.why_not_join(other, user=world.cast.maidstone_lead, at=AT) == "This session was cancelled."


def test_why_not_leave(world):
    cast, leave = world.cast, rules.why_not_leave

    assert said([
        (leave(world.row, user=cast.swale_lead, at=AT),
         "Only the person, their colleagues and commissioning officers take a sign-up back."),
        (leave(world.row, user=cast.maidstone_contributor, at=AT), ""),
        (leave(world.row, user=cast.officer, at=AT), ""),
        (leave(world.row, user=cast.maidstone_lead, at=LATER), "This session has begun."),
    ]) == []  # fmt: skip
    joining.leave(sign_up=world.row, by=cast.maidstone_lead, at=AT)
    world.row.refresh_from_db()
    assert leave(world.row, user=cast.officer, at=AT) == "This sign-up was taken back already."


def test_why_not_record_and_feedback(world):
    cast, record, feedback = world.cast, rules.why_not_record, rules.why_not_give_feedback
    lead = cast.maidstone_lead

    assert said([
        (record(world.session, user=cast.auditor, at=LATER), rules.NOT_YOURS),
        (record(world.session, user=cast.officer, at=AT), "This session has not begun yet."),
        (record(world.session, user=cast.officer, at=LATER), ""),
        (record(make.first_session(world.closed), user=cast.officer, at=LATER), "This session was cancelled."),
        (feedback(world.row, user=cast.maidstone_contributor), "Only the person who came says what they thought."),
        (feedback(world.row, user=lead), "Nobody has recorded yet that you came to this session."),
    ]) == []  # fmt: skip
    joining.record_attendance(session=world.session, came={world.row.pk}, by=cast.officer, at=AFTER)
    world.row.refresh_from_db()
    assert feedback(world.row, user=lead, rating=6) == "Choose from 1 to 5."
    assert feedback(world.row, user=lead, rating=5) == ""
    joining.give_feedback(sign_up=world.row, rating=5, by=lead, at=AFTER)
    world.row.refresh_from_db()
    assert feedback(world.row, user=lead) == "You have said what you thought already. Thank you."


def test_why_not_add_trigger(world):
    add, officer, low = rules.why_not_add_trigger, world.cast.officer, TriggerKind.LOW_SCORE

    assert said([
        (add(world.offer, user=world.cast.maidstone_lead, kind=low), rules.NOT_YOURS),
        (add(world.offer, user=officer, kind=TriggerKind.AUDIT), ""),
        (add(world.offer, user=officer, kind=low, below_percent=50),
         "Choose a criterion, or enter words that its title holds."),
        (add(world.offer, user=officer, kind=low, words="outcome", below_percent=101),
         "Enter below what share of the best score it counts as low, from 1 to 100."),
        (add(world.offer, user=officer, kind=low, words="outcome", below_percent=60), ""),
    ]) == []  # fmt: skip
    trigger = make.trigger(world.cast, world.draft)
    assert rules.why_not_remove_trigger(trigger, user=world.cast.reader) == rules.NOT_YOURS
    assert rules.why_not_remove_trigger(trigger, user=officer) == ""


def test_why_not_set_aside(world):
    cast, aside = world.cast, rules.why_not_set_aside
    row = CapacitySuggestion(offer=world.offer, organisation=cast.maidstone, kind="QUERIED", suggested_at=AT)

    assert said([
        (aside(row, user=cast.swale_lead),
         "Only leads and contributors of the organisation, and commissioning officers, set a suggestion aside."),
        (aside(row, user=cast.maidstone_lead, reason=""), "Say why."),
        (aside(row, user=cast.officer, reason="No"), ""),
    ]) == []  # fmt: skip
    row.set_aside_at = AT
    assert aside(row, user=cast.officer) == "This suggestion was set aside already."


def test_why_not_record_funding(world):
    cast, money, on = world.cast, rules.why_not_record_funding, AT.date()
    lead, mine = cast.maidstone_lead, cast.maidstone
    not_theirs = "Only commissioning officers, and leads and contributors for their own organisation, record this."

    assert said([
        (money(cast.swale, user=lead, on=on), not_theirs),
        (money(mine, user=cast.maidstone_certifier, on=on), not_theirs),
        (money(cast.office, user=cast.officer, on=on), "The office does not record its own money here."),
        (money(mine, user=lead, on=on, funder=" "), "Say who gave the money."),
        (money(mine, user=lead, on=on, funder="A", purpose=""), "Say what it is for."),
        (money(mine, user=lead, on=on, amount=0), "Enter a sum above £0, or leave it empty where it is not known."),
        (money(mine, user=lead, on=on, won_on=on + timedelta(days=1)), "That day is still to come."),
        (money(mine, user=lead, on=on, funder="A", purpose="B", amount=None, won_on=on), ""),
    ]) == []  # fmt: skip
    row = SimpleNamespace(organisation=mine)
    assert rules.why_not_correct_funding(row, user=lead, on=on, reason=" ") == "Say why it is corrected."
    assert rules.why_not_correct_funding(row, user=cast.swale_lead, on=on) == not_theirs
