"""Doors of support: offers, sessions, sign-ups, suggestions, money won elsewhere."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from monitoring.actions import capacity, joining, outside_funding
from monitoring.models import CapacityOffer, CapacitySuggestion
from tests.doors import door
from tests.make import capacity as make

ALL, OFFICERS, ACT = "page: *", "page: officers; 403: *", "moved: officers; 403: *"
WRITERS = "page: writers stranger provider; 403: *"
WHY = {"reason": "A good one."}


def sessions(world):
    """An open offer with a session to come, one that is over, a file and what suggests it; the lead in both."""
    cast, now = world.cast, world.now
    offer = make.offer(cast, status="DRAFT", at=now - timedelta(days=9))
    coming = make.session(cast, offer, starts_at=now + timedelta(days=9), at=now)
    past = make.session(cast, offer, starts_at=now - timedelta(days=2), at=now - timedelta(days=8))
    capacity.open_offer(offer=offer, by=cast.officer, at=now)
    offer.refresh_from_db()
    for session in (coming, past):
        session.offer = offer
    [over] = make.signed_up(cast, past, at=now - timedelta(days=7))
    joining.record_attendance(session=past, came={over.pk}, by=cast.officer, at=now)
    [row] = make.signed_up(cast, coming, cast.maidstone_contributor, at=now)
    return SimpleNamespace(
        reference=offer.reference, offer=offer, coming=coming, past=past, over=over, row=row,
        file=capacity.add_offer_file(offer=offer, upload=make.file(), by=cast.officer, at=now),
        trigger=make.trigger(cast, offer, "AUDIT", at=now),
        suggestion=CapacitySuggestion.objects.create(
            offer=offer, organisation=cast.maidstone, kind="QUERIED", about="MR-1", reason="Asked", suggested_at=now
        ),
        money=outside_funding.record_funding(
            organisation=cast.maidstone, funder="Lottery", purpose="Club", won_on=now.date(), by=cast.officer, at=now
        ),
    )  # fmt: skip


WORLD = {"support": sessions, "support_draft": lambda world: make.offer(world.cast, status="DRAFT", at=world.now)}


def with_number(which):
    return lambda world: {"reference": world.support.reference, "number": getattr(world.support, which).number}


def with_pk(which):
    return lambda world: {"pk": getattr(world.support, which).pk}


def with_both(which):
    return lambda world: {"reference": world.support.reference, "pk": getattr(world.support, which).pk}


def trigger_of(world):
    return {"reference": world.support.reference, "kind": "QUERIED"}


def hours(world):
    day = timezone.localtime(world.now + timedelta(days=20)).date()
    return {
        "day_day": day.day, "day_month": day.month, "day_year": day.year, "starts": "10:00", "ends": "2pm",
        "place": "Room 2", "places": "",
    }  # fmt: skip


def who(world):
    """Somebody of the organisation of whoever asks cannot be named for all at once: the lead's own."""
    return {"who": [f"{world.cast.maidstone.pk}:{world.cast.maidstone_lead.pk}"]}


def money(world):
    return {
        "organisation": world.cast.maidstone.key, "funder": "Trust", "purpose": "A club", "amount": "10",
        "won_on": world.today.isoformat(), "offer": "", "note": "",
    }  # fmt: skip


def over(world):
    """The session to come is taken off, so that the offer can be closed."""
    session = world.support.coming
    capacity.cancel_session(session=session, reason="Ill", by=world.cast.officer, at=world.now)


def file_there(world):
    CapacityOffer.objects.filter(pk=world.support_draft.pk).update(kind="TEMPLATE")
    offer = CapacityOffer.objects.get(pk=world.support_draft.pk)
    capacity.add_offer_file(offer=offer, upload=make.file(), by=world.cast.officer, at=world.now)


def form(name, of, data, *, asked=OFFICERS, act=ACT, **more):
    """A page with a form, opened and sent."""
    return [door(name, of, asked, **more), door(name, of, act, method="POST", data=data, **more)]


OFFER = {"kind": "CLINIC", "title": "Budgets", "description": "How.", "for_whom": ""}
DOORS = [
    door("monitoring:support_list", "", ALL),
    door("monitoring:support_show", "support", ALL),
    door("monitoring:support_show", "support_draft", "page: office; 404: *", note="draft"),
    door("monitoring:support_session_show", with_number("coming"), ALL),
    door("monitoring:support_session_calendar", with_number("coming"), ALL),
    door("monitoring:support_suggestion_list", "", ALL),
    door("monitoring:support_effect", "", "page: office; 403: *"),
    door("monitoring:support_funding_list", "", ALL),
    *form("monitoring:support_new", "", OFFER),
    *form("monitoring:support_edit", "support", OFFER),
    door("monitoring:support_open", "support_draft", ACT, method="POST", given=file_there),
    *form("monitoring:support_close", "support", WHY, given=over),
    *form("monitoring:support_file_new", "support", lambda world: {"upload": make.file()}),
    door("monitoring:support_file_remove", with_both("file"), ACT, method="POST"),
    *form("monitoring:support_trigger_new", trigger_of, {"section": "SPEND", "words": ""}),
    door("monitoring:support_trigger_remove", with_both("trigger"), ACT, method="POST"),
    *form("monitoring:support_session_new", "support", hours),
    *form("monitoring:support_session_edit", with_number("coming"), hours),
    *form("monitoring:support_session_cancel", with_number("coming"), WHY),
    door("monitoring:support_join", with_number("coming"), WRITERS),
    door(
        "monitoring:support_join", with_number("coming"), "moved: writers; page: stranger provider; 403: *",
        method="POST", data=who,
    ),
    *form("monitoring:support_attendance", with_number("past"), lambda world: {"came": [world.support.over.pk]}),
    door("monitoring:support_leave", with_pk("row"), "moved: writers officers; 404: outsiders; sentence: *",
         method="POST"),
    door("monitoring:support_feedback", with_pk("over"), "page: lead; 404: outsiders; sentence: *"),
    door(
        "monitoring:support_feedback", with_pk("over"), "moved: lead; 404: outsiders; sentence: *", method="POST",
        data={"rating": "4", "feedback": ""},
    ),
    *form(
        "monitoring:support_set_aside", with_pk("suggestion"), WHY,
        asked="page: writers officers; 404: outsiders; 403: *", act="moved: writers officers; 404: outsiders; 403: *",
    ),
    *form(
        "monitoring:support_funding_new", "", money, asked="page: writers officers outsiders; 403: *",
        act="moved: writers officers; page: outsiders; 403: *",
    ),
    *form(
        "monitoring:support_funding_edit", with_pk("money"), lambda world: {**money(world), **WHY},
        asked="page: writers officers; 404: outsiders; 403: *", act="moved: writers officers; 404: outsiders; 403: *",
    ),
]  # fmt: skip
