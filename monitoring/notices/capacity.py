"""Whom we tell what about offers of support (B1)."""

from django.utils import timezone

from accounts.queries import people_for
from records import notices, words
from records.enums import Audience

from ..queries.capacity import appointment_of

DRAFTERS = (Audience.LEAD, Audience.CONTRIBUTOR)


def when(session):
    """ "9 November 2020, 10:00am to midday"."""
    starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    day = words.day_in_words(starts.date())
    if ends.date() == starts.date():
        return f"{day}, {words.time_in_words(starts)} to {words.time_in_words(ends)}"
    until = f"{words.day_in_words(ends.date())}, {words.time_in_words(ends)}"
    return f"{day}, {words.time_in_words(starts)} to {until}"


def _tell(sign_ups, rule, heading, body, *, at, carries=True):
    """Each person once; with `carries` the letter holds the session for their calendar."""
    for sign_up in sign_ups:
        session = sign_up.session
        notices.tell(
            people=[sign_up.person],
            rule=rule,
            subject=sign_up,
            heading=heading,
            body=body,
            at=at,
            link=session.get_absolute_url(),
            appointment=appointment_of(session) if carries else None,
        )


def place_booked(sign_up, *, by, at):
    """The person has a place."""
    session = sign_up.session
    whom = "" if by is None or by.pk == sign_up.person_id else f" {by.full_name} signed you up."
    body = f"You have a place at {session.offer.title} on {when(session)}.{whom}\n\nWhere: {session.place}"
    _tell([sign_up], "support_booked", f"You have a place: {session.offer.title}", body, at=at)


def place_awaited(sign_up, *, by, at):
    """The person is on the waiting list."""
    session = sign_up.session
    body = (
        f"{session.offer.title} on {when(session)} is full. You are on the waiting list. "
        "If a place comes free, it is given to the first on the list, and we write to you."
    )
    heading = f"You are on the waiting list: {session.offer.title}"
    _tell([sign_up], "support_waiting", heading, body, at=at, carries=False)


def moved_up(sign_up, *, at):
    """A place came free."""
    session = sign_up.session
    body = (
        f"A place came free: you now have one at {session.offer.title} on {when(session)}.\n\nWhere: {session.place}"
        "\n\nIf you cannot come, take your sign-up back on the page of the session, so that somebody else can."
    )
    _tell([sign_up], "support_moved_up", f"A place came free: {session.offer.title}", body, at=at)


def sign_up_taken_back(sign_up, *, by, at):
    """The person is told where somebody else took the sign-up back."""
    if by.pk == sign_up.person_id:
        return
    session = sign_up.session
    body = f"{by.full_name} took back your sign-up for {session.offer.title} on {when(session)}."
    heading = f"You are no longer signed up: {session.offer.title}"
    _tell([sign_up], "support_taken_back", heading, body, at=at, carries=False)


def session_changed(session, sign_ups, *, was, at):
    """Those signed up learn of another time or place; `was` is what they were told before."""
    body = f"It was: {was}.\nIt is now: {when(session)}, {session.place}."
    _tell(sign_ups, "support_session_changed", f"A session has changed: {session.offer.title}", body, at=at)


def session_cancelled(session, sign_ups, *, at):
    """Those signed up learn that it is not held, and why."""
    body = f"The session on {when(session)} is not held.\n\nWhy: {session.cancelled_reason}"
    _tell(sign_ups, "support_session_cancelled", f"A session is cancelled: {session.offer.title}", body, at=at)


def suggested(organisation, suggestions, *, at):
    """Leads and contributors learn what help may be of use, and which line of their record says why."""
    offers: dict = {}
    for row in suggestions:
        offers.setdefault(row.offer_id, (row.offer, []))[1].append(row.reason)
    listed = "\n\n".join(
        f"{offer.title} ({offer.get_kind_display().lower()})\n" + "\n".join(f"Why: {reason}" for reason in reasons)
        for offer, reasons in offers.values()
    )
    first = next(iter(offers.values()))[0]
    one = len(offers) == 1
    notices.tell(
        people=[person for audience in DRAFTERS for person in people_for(audience, organisation)],
        rule="support_suggested",
        subject=first,
        heading=f"Help you may find useful: {first.title}"
        if one
        else f"Help you may find useful: {len(offers)} offers",
        body=f"{listed}\n\nNothing is asked of you. You can sign up, or set a suggestion aside.",
        at=at,
        link=first.get_absolute_url() if one else "/support/",
        occurrence=f"{organisation.pk}:{at.isoformat()}",
    )
