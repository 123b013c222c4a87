"""Sign-up to sessions, the waiting list, who came and what they thought (B1)."""

from django.db import transaction

from records import obligations, workflow
from records.actions import log
from records.enums import ObligationKind
from records.refusals import refuse_if

from ..enums import SIGN_UP_MOVES, SignUpStatus
from ..models import CapacitySession, SignUp
from ..notices import capacity as notices
from ..queries import capacity as reads
from ..rules import capacity as rules

FEEDBACK = ObligationKind.SESSION_FEEDBACK


def lock_session(session):
    """The session with its offer, ours until the transaction ends: places are given one at a time."""
    rows = CapacitySession.objects.select_for_update(of=("self",)).select_related("offer")
    return rows.get(pk=session.pk)


@transaction.atomic
def sign_up(*, session, who, by, at):
    """Sign people up, `who` being [(organisation, person)]: a place while there is one, else the waiting list."""
    session = lock_session(session)
    refuse_if(rules.why_not_join(session, user=by, at=at, who=who), session)
    return [_join(session, organisation, person, by=by, at=at) for organisation, person in who]


def _join(session, organisation, person, *, by, at):
    free = reads.places_left(session) != 0
    status = SignUpStatus.BOOKED if free else SignUpStatus.WAITING
    row, is_new = SignUp.objects.get_or_create(
        session=session,
        person=person,
        defaults={"organisation": organisation, "status": status, "signed_up_at": at},
    )
    row.session = session
    summary = f"{person.full_name} ({organisation.name}) {'has a place' if free else 'is on the waiting list'}"
    if is_new:
        log(row, "signed_up", by=by, at=at, summary=summary)
    else:
        again = {"organisation": organisation, "signed_up_at": at}
        workflow.move(row, status, moves=SIGN_UP_MOVES, verb="signed_up", by=by, at=at, summary=summary, **again)
        row.session = session
    tell = notices.place_booked if free else notices.place_awaited
    tell(row, by=by, at=at)
    return row


@transaction.atomic
def leave(*, sign_up, by, at):
    """Take a sign-up back; the first on the waiting list gets the place."""
    session = lock_session(sign_up.session)
    sign_up = SignUp.objects.select_related("person", "organisation").get(pk=sign_up.pk)
    sign_up.session = session
    refuse_if(rules.why_not_leave(sign_up, user=by, at=at), session)
    workflow.move(
        sign_up,
        SignUpStatus.CANCELLED,
        moves=SIGN_UP_MOVES,
        verb="left",
        by=by,
        at=at,
        summary=f"{sign_up.person.full_name} is no longer signed up",
    )
    sign_up.session = session
    notices.sign_up_taken_back(sign_up, by=by, at=at)
    fill_places(session, at=at)
    return sign_up


def fill_places(session, *, at):
    """Move the waiting list up into the places that are free; the session is locked by the caller."""
    left = reads.places_left(session)
    rows = list(reads.waiting_list(session))
    moved = rows if left is None else rows[:left]
    for row in moved:
        workflow.move(
            row,
            SignUpStatus.BOOKED,
            moves=SIGN_UP_MOVES,
            verb="moved_up",
            by=None,
            at=at,
            summary=f"{row.person.full_name} moved up from the waiting list",
        )
        row.session = session
        notices.moved_up(row, at=at)
    return moved


@transaction.atomic
def record_attendance(*, session, came, by, at):
    """Say who came: `came` are the ids of sign-ups. Whoever came owes feedback; a mistake can be put right."""
    session = lock_session(session)
    refuse_if(rules.why_not_record(session, user=by, at=at), session)
    rows = SignUp.objects.filter(session=session, status=SignUpStatus.BOOKED).select_related("person", "organisation")
    found = list(rows.order_by("pk"))
    for row in found:
        row.session = session
        _mark(row, row.pk in came, by=by, at=at)
    number = sum(bool(row.attended) for row in found)
    log(session, "attendance_recorded", by=by, at=at, summary=f"{number} of {len(found)} came")
    return found


def _mark(row, came, *, by, at):
    if row.attended == came:
        return
    SignUp.objects.filter(pk=row.pk).update(attended=came)
    row.attended = came
    if not came:
        obligations.close(row, FEEDBACK, at=at, by=by, closing="The person did not come")
    elif row.feedback_at is None:
        session = row.session
        obligations.owe(
            row,
            FEEDBACK,
            title=f"Feedback of {row.person.full_name} on {session.offer.title}"[:300],
            due_on=reads.feedback_due(session),
            organisation=row.organisation,
            link=f"/support/sign-ups/{row.pk}/feedback/",
            anchor="Working days after the session",
            only_for=[row.person_id],
        )


@transaction.atomic
def give_feedback(*, sign_up, rating, feedback="", by, at):
    """What the person thought, from 1 (of no use) to 5 (very useful)."""
    sign_up = SignUp.objects.select_for_update(of=("self",)).select_related("session__offer").get(pk=sign_up.pk)
    refuse_if(rules.why_not_give_feedback(sign_up, user=by, rating=rating), sign_up)
    given = {"rating": rating, "feedback": feedback.strip(), "feedback_at": at}
    SignUp.objects.filter(pk=sign_up.pk).update(**given)
    sign_up.refresh_from_db()
    log(sign_up, "feedback_given", by=by, at=at, summary=f"Feedback given: {rating} of 5")
    obligations.close(sign_up, FEEDBACK, at=at, by=by, closing="Feedback given")
    return sign_up
