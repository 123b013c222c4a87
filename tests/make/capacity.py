"""Offers of support, walked by the real actions to the state asked for."""

from datetime import UTC, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from monitoring.actions import capacity, joining
from monitoring.enums import OfferKind, OfferStatus, TriggerKind

AT = datetime(2020, 9, 1, 9, 0, tzinfo=UTC)
STARTS = datetime(2020, 11, 9, 10, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AFTER = STARTS + DAY


def file(name="guide.csv"):
    return SimpleUploadedFile(name, b"line,sum\n1,100\n", content_type="text/csv")


def offer(cast, *, kind=OfferKind.TRAINING, status=OfferStatus.OPEN, title="Writing outcomes", at=AT, **words):
    """An offer; an open one has a session to come, or a file where it is a template."""
    wishes = {"description": "How to say what changes.", "for_whom": "Those who write returns", **words}
    made = capacity.draft_offer(kind=kind, title=title, by=cast.officer, at=at, **wishes)
    if status == OfferStatus.DRAFT:
        return made
    if kind == OfferKind.TEMPLATE:
        capacity.add_offer_file(offer=made, upload=file(), by=cast.officer, at=at)
    else:
        session(cast, made, at=at)
    capacity.open_offer(offer=made, by=cast.officer, at=at)
    if status == OfferStatus.CLOSED:
        for row in made.sessions.all():
            capacity.cancel_session(session=row, reason="Nobody can come.", by=cast.officer, at=at)
        capacity.close_offer(offer=made, reason="It is over.", by=cast.officer, at=at)
    return made


def session(cast, offer, *, starts_at=STARTS, places=2, at=AT):
    """A session of two hours."""
    return capacity.add_session(
        offer=offer, starts_at=starts_at, ends_at=starts_at + 2 * HOUR, place="Room 1", places=places,
        by=cast.officer, at=at,
    )  # fmt: skip


def first_session(offer):
    return offer.sessions.select_related("offer").order_by("number").first()


def signed_up(cast, session, *people, at=AT):
    """People of the partnership signed up by its lead, in this order."""
    people = people or (cast.maidstone_lead,)
    who = [(cast.maidstone, person) for person in people]
    return joining.sign_up(session=session, who=who, by=cast.maidstone_lead, at=at)


def came(cast, offer=None, *people, at=AFTER):
    """The sign-ups of a session to which they came."""
    held = first_session(offer or globals()["offer"](cast))
    rows = signed_up(cast, held, *people)
    joining.record_attendance(session=held, came={row.pk for row in rows}, by=cast.officer, at=at)
    return rows


def trigger(cast, offer, kind=TriggerKind.QUERIED, *, at=AT, **more):
    return capacity.add_trigger(offer=offer, kind=kind, by=cast.officer, at=at, **more)
