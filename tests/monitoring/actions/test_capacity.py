"""Offers of support: opened, joined, held, answered (B1)."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from monitoring.actions import capacity, joining, outside_funding, suggesting
from monitoring.enums import OfferStatus, SignUpStatus, TriggerKind
from monitoring.models import CapacityOffer, CapacitySuggestion, OutsideFunding, SignUp
from monitoring.queries import capacity as reads
from monitoring.queries import capacity_work
from records import documents
from records import queries as record
from records.enums import ObligationKind
from records.models import Event, Notice, NoticeAppointment, Obligation
from records.refusals import Refused
from tests.make import capacity as make

pytestmark = pytest.mark.django_db
AT, AFTER = make.AT, make.AFTER


@pytest.fixture
def _django_db_helper(support):
    """In place of a transaction for each test: that of the module."""


@pytest.fixture
def cast(support):
    return support.cast


@pytest.fixture
def offer(support):
    return support.offer


@pytest.fixture
def session(support):
    return support.session


def statuses(session):
    rows = SignUp.objects.filter(session=session).order_by("pk").values_list("person__full_name", "status")
    return dict(rows)


def test_draft_offer_takes_a_reference_and_stays_in_the_office(cast):
    made = capacity.draft_offer(kind="CLINIC", title=" Budgets ", description="How.", by=cast.officer, at=AT)

    assert (made.reference[:8], made.status, made.title) == ("SU-2020-", OfferStatus.DRAFT, "Budgets")
    assert made not in CapacityOffer.objects.visible_to(cast.maidstone_lead)
    assert made in CapacityOffer.objects.visible_to(cast.officer)
    assert record.history(made)[0].summary == "Offer of support written: Budgets"


def test_open_offer_shows_it_to_organisations(cast, support):
    make.session(cast, support.draft)

    capacity.open_offer(offer=support.draft, by=cast.officer, at=AT)

    assert support.draft.status == OfferStatus.OPEN
    assert support.draft in CapacityOffer.objects.visible_to(cast.maidstone_lead)
    assert record.history(support.draft)[0].verb == "opened"


def test_change_offer_keeps_what_was_said_before(cast, offer):
    capacity.change_offer(offer=offer, title="Outcomes", description="How.", by=cast.officer, at=AT)

    changes = record.history(offer)[0].changes
    assert changes["title"] == ["Writing outcomes", "Outcomes"]
    assert changes["for_whom"] == ["Those who write returns", ""]


def test_close_offer_ends_it_with_a_reason(cast, offer, session):
    at = session.ends_at

    capacity.close_offer(offer=offer, reason=" It is over. ", by=cast.officer, at=at)

    assert offer.status == OfferStatus.CLOSED
    assert record.history(offer)[0].reason == "It is over."


def test_add_offer_file_and_remove_it(cast, offer):
    document = capacity.add_offer_file(offer=offer, upload=make.file(), by=cast.officer, at=AT)
    assert [row.name for row in documents.about(offer)] == ["guide.csv"]

    capacity.remove_offer_file(offer=offer, document=document, by=cast.officer, at=AT)

    assert list(documents.about(offer)) == []


def test_sign_up_gives_places_then_the_waiting_list_and_tells_each_with_the_hour(cast, session):
    people = (cast.maidstone_lead, cast.maidstone_contributor, cast.maidstone_certifier)

    make.signed_up(cast, session, *people)

    assert statuses(session) == {
        "Lee Lead": SignUpStatus.BOOKED,
        "Mo Contributor": SignUpStatus.BOOKED,
        "Cy Certifier": SignUpStatus.WAITING,
    }
    told = dict(Notice.objects.values_list("person__full_name", "heading"))
    assert told["Mo Contributor"] == "You have a place: Writing outcomes"
    assert told["Cy Certifier"] == "You are on the waiting list: Writing outcomes"
    hours = NoticeAppointment.objects.values_list("notice__person__full_name", "uid", "starts_at", "sequence")
    booked = sorted(people[:2], key=lambda person: person.full_name)
    assert sorted(hours) == [
        (person.full_name, f"support-session-{session.pk}", session.starts_at, 0) for person in booked
    ]
    assert "Lee Lead signed you up." in Notice.objects.get(person=cast.maidstone_contributor).body


def test_leave_gives_the_place_to_the_first_on_the_waiting_list(cast, session):
    first, _second, third = make.signed_up(
        cast, session, cast.maidstone_lead, cast.maidstone_contributor, cast.maidstone_certifier
    )

    joining.leave(sign_up=first, by=cast.maidstone_lead, at=AT)

    third.refresh_from_db()
    assert statuses(session)["Lee Lead"] == SignUpStatus.CANCELLED
    assert third.status == SignUpStatus.BOOKED
    notice = Notice.objects.get(person=third.person, rule="support_moved_up")
    assert notice.appointments.get().starts_at == session.starts_at


def test_leave_by_a_colleague_is_told_to_the_person(cast, session):
    _lead, row = make.signed_up(cast, session, cast.maidstone_lead, cast.maidstone_contributor)

    joining.leave(sign_up=row, by=cast.maidstone_lead, at=AT)

    told = Notice.objects.get(rule="support_taken_back")
    assert (told.person, told.heading) == (
        cast.maidstone_contributor,
        "You are no longer signed up: Writing outcomes",
    )


def test_sign_up_again_after_leaving_stands_at_the_end_of_the_list(cast, session):
    rows = make.signed_up(cast, session, cast.maidstone_lead, cast.maidstone_contributor, cast.maidstone_certifier)
    joining.leave(sign_up=rows[0], by=cast.maidstone_lead, at=AT)

    make.signed_up(cast, session, cast.maidstone_lead, at=AT + make.HOUR)

    assert [row.person for row in reads.waiting_list(session)] == [cast.maidstone_lead]
    assert SignUp.objects.filter(session=session).count() == 3


def test_change_session_tells_those_signed_up_and_more_places_move_the_list_up(cast, session):
    make.signed_up(cast, session, cast.maidstone_lead, cast.maidstone_contributor, cast.maidstone_certifier)
    later = session.starts_at + make.DAY

    capacity.change_session(
        session=session, starts_at=later, ends_at=later + make.HOUR, place="Room 2", places=3, by=cast.officer, at=AT
    )

    assert set(statuses(session).values()) == {SignUpStatus.BOOKED}
    told = Notice.objects.filter(rule="support_session_changed")
    assert told.count() == 3
    assert told[0].body == (
        "It was: 9 November 2020, 10:00am to midday, Room 1.\nIt is now: 10 November 2020, 10:00am to 11:00am, Room 2."
    )
    assert set(NoticeAppointment.objects.filter(notice__in=told).values_list("starts_at", "sequence")) == {(later, 1)}


def test_change_session_of_places_alone_tells_nobody_of_a_change(cast, session):
    make.signed_up(cast, session)
    ends = session.ends_at

    capacity.change_session(
        session=session, starts_at=session.starts_at, ends_at=ends, place="Room 1", places=5, by=cast.officer, at=AT
    )

    assert not Notice.objects.filter(rule="support_session_changed").exists()
    assert reads.places_left(session.__class__.objects.get(pk=session.pk)) == 4


def test_cancel_session_tells_why_and_takes_it_out_of_calendars(cast, session):
    make.signed_up(cast, session)

    capacity.cancel_session(session=session, reason="The trainer is ill.", by=cast.officer, at=AT)

    notice = Notice.objects.get(rule="support_session_cancelled")
    assert notice.body.endswith("Why: The trainer is ill.")
    entry = notice.appointments.get()
    assert (entry.is_cancelled, entry.sequence) == (True, 1)


def test_record_attendance_asks_those_who_came_what_they_thought(cast, session):
    lead, absent = make.signed_up(cast, session, cast.maidstone_lead, cast.maidstone_contributor)

    joining.record_attendance(session=session, came={lead.pk}, by=cast.officer, at=AFTER)

    owed = Obligation.objects.get(kind=ObligationKind.SESSION_FEEDBACK)
    assert (owed.subject_id, owed.organisation, owed.only_for) == (lead.pk, cast.maidstone, [cast.maidstone_lead.pk])
    assert (owed.due_on.isoformat(), owed.link) == ("2020-11-16", f"/support/sign-ups/{lead.pk}/feedback/")
    absent.refresh_from_db()
    assert absent.attended is False


def test_record_attendance_put_right_stops_what_was_asked(cast, session):
    [row] = make.signed_up(cast, session)
    joining.record_attendance(session=session, came={row.pk}, by=cast.officer, at=AFTER)

    joining.record_attendance(session=session, came=set(), by=cast.officer, at=AFTER)

    assert Obligation.objects.get(kind=ObligationKind.SESSION_FEEDBACK).closing == "The person did not come"


def test_give_feedback_meets_what_is_owed(cast, offer):
    [row] = make.came(cast, offer)

    joining.give_feedback(sign_up=row, rating=4, feedback="Plain.", by=cast.maidstone_lead, at=AFTER)

    assert Obligation.objects.get(kind=ObligationKind.SESSION_FEEDBACK).closing == "Feedback given"
    assert reads.feedback_on(row.session.offer) == {"average": 4, "total": 4, "answers": 1, "ratings": 1}
    assert "Plain" not in Event.objects.filter(verb="feedback_given").get().summary


def test_record_funding_and_its_total_says_at_least_where_a_sum_is_not_known(cast):
    given = {"organisation": cast.maidstone, "purpose": "A youth club", "by": cast.maidstone_lead, "at": AFTER}
    won = {"funder": "Example Lottery", "won_on": AFTER.date()}
    row = outside_funding.record_funding(amount=12000, how_it_helped=["LETTER"], **given, **won)
    assert reads.won_elsewhere(OutsideFunding.objects.all()).words == "£12,000"

    outside_funding.record_funding(amount=None, **given, **won)

    total = reads.won_elsewhere(OutsideFunding.objects.all())
    assert total.words == "At least £12,000: the sum of 1 is not known"
    assert record.history(row)[0].summary == "Won elsewhere: £12,000 from Example Lottery"
    assert list(reads.funding_visible_to(cast.swale_lead)) == []
    assert reads.funding_visible_to(cast.maidstone_certifier).count() == 2


def test_correct_funding_keeps_what_stood_before(cast):
    row = outside_funding.record_funding(
        organisation=cast.maidstone, funder="Lottery", purpose="Club", won_on=AFTER.date(), by=cast.officer, at=AFTER
    )
    wanted = {"funder": "Example Lottery", "purpose": "Club", "amount": 5, "won_on": AFTER.date()}

    outside_funding.correct_funding(row=row, reason="The letter came.", by=cast.officer, at=AFTER, **wanted)

    event = record.history(row)[0]
    assert (event.reason, event.changes) == (
        "The letter came.",
        {"funder": ["Lottery", "Example Lottery"], "amount": ["None", "5"]},
    )


def test_set_aside_does_not_come_back_for_the_same_cause(cast, offer):
    row = CapacitySuggestion.objects.create(
        offer=offer, organisation=cast.maidstone, kind=TriggerKind.QUERIED, about="MR-1", reason="x", suggested_at=AT
    )
    assert list(reads.suggestions_for(cast.maidstone)) == [row]

    suggesting.set_aside(suggestion=row, reason="We know it.", by=cast.maidstone_lead, at=AT)

    assert list(reads.suggestions_for(cast.maidstone)) == []
    assert record.history(row)[0].reason == "We know it."


def test_suggestion_is_taken_up_by_a_sign_up_and_stands_again_after_absence(cast, offer, session):
    CapacitySuggestion.objects.create(
        offer=offer, organisation=cast.maidstone, kind=TriggerKind.QUERIED, about="MR-1", reason="x", suggested_at=AT
    )
    [heading] = capacity_work.partner_work(cast.maidstone_lead, AT.date())
    assert [work.detail for work in capacity_work.partner_work(cast.maidstone_lead, AT.date())[heading]] == ["x"]

    make.signed_up(cast, session)
    assert list(reads.suggestions_for(cast.maidstone)) == []

    joining.record_attendance(session=session, came=set(), by=cast.officer, at=AFTER)
    assert reads.suggestions_for(cast.maidstone).count() == 1


def test_office_work_names_sessions_of_which_nobody_said_who_came(cast, session):
    make.signed_up(cast, session)

    assert capacity_work.office_work(cast.officer, session.starts_at.date()) == {capacity_work.RECORD: []}
    [work] = capacity_work.office_work(cast.officer, AFTER.date())[capacity_work.RECORD]
    assert (work.detail, work.link) == (f"{session.reference}, 1 person", session.get_absolute_url())
    assert capacity_work.office_work(cast.reader, AFTER.date()) == {}


def test_remove_trigger_is_written_down(cast, offer):
    trigger = make.trigger(cast, offer, section="SPEND")

    capacity.remove_trigger(trigger=trigger, by=cast.officer, at=AT)

    assert offer.triggers.count() == 0
    assert record.history(offer)[0].summary == "No longer suggested by: A question about “Spend” of a return"


def test_places_are_given_under_a_lock_of_the_session(cast, session):
    with transaction.atomic():
        connection.queries_log.clear()
        connection.force_debug_cursor = True
        make.signed_up(cast, session)
        connection.force_debug_cursor = False

    asked = [query["sql"] for query in connection.queries_log if "capacitysession" in query["sql"]]
    assert "FOR UPDATE" in asked[0]


def test_session_far_back_cannot_be_joined(cast, session):
    with pytest.raises(Refused, match="has begun"):
        make.signed_up(cast, session, at=session.starts_at + timedelta(minutes=1))

    assert not SignUp.objects.exists()
