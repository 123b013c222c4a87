"""What may be done with offers of support, sessions, sign-ups and suggestions, and when not (B1)."""

from accounts import access
from accounts.models import Membership
from accounts.roles import Permission

from ..enums import OfferKind, OfferStatus, SignUpStatus, TriggerKind
from ..models import SignUp

NOT_YOURS = "Only commissioning officers and the head of commissioning arrange support."
NOT_FOR_THEM = "Only leads and contributors of an organisation sign its people up."
MOST_PLACES = 1000


def _why_not_arrange(user):
    return "" if access.may(user, Permission.SUPPORT_MANAGE) else NOT_YOURS


def why_not_draft(*, user, title=None, description=None):
    """Why nothing can be offered in these words; "" when it can."""
    if why := _why_not_arrange(user):
        return why
    if title is not None and not title.strip():
        return "Give the offer a title."
    return "Say what is offered." if description is not None and not description.strip() else ""


def why_not_change(offer, *, user, **words):
    """Why the words of an offer cannot be changed; "" when they can."""
    return why_not_draft(user=user, **words)


def why_not_open(offer, *, user, at, files=None):
    """Why an offer cannot be opened to organisations; "" when it can. `files`: how many it has, if counted."""
    if why := _why_not_arrange(user):
        return why
    if offer.status == OfferStatus.OPEN:
        return "This offer is open already."
    if offer.kind == OfferKind.TEMPLATE:
        return "Add the file that people are to download first." if files == 0 else ""
    if not offer.sessions.filter(starts_at__gt=at, cancelled_at__isnull=True).exists():
        return "Add a session that is still to come first."
    return ""


def why_not_close(offer, *, user, at, reason=None):
    """Why an offer cannot be closed; "" when it can. Sessions to come are cancelled first, so that people are told."""
    if why := _why_not_arrange(user):
        return why
    if offer.status != OfferStatus.OPEN:
        return "This offer is not open."
    coming = offer.sessions.filter(starts_at__gt=at, cancelled_at__isnull=True).count()
    if coming:
        left, them = ("1 session is", "it") if coming == 1 else (f"{coming} sessions are", "them")
        return f"{left} still to come. Cancel {them} first, or close the offer afterwards."
    return "Say why it is closed." if reason is not None and not reason.strip() else ""


# ---------------------------------------------------------------- sessions


def why_not_time(*, user, starts_at=None, ends_at=None, places=None, at):
    """Why no session can stand at these hours; "" when one can. `places` None has room for all."""
    if why := _why_not_arrange(user):
        return why
    if starts_at is not None and starts_at <= at:
        return "That time has passed. Enter one that is still to come."
    if starts_at is not None and ends_at is not None and ends_at <= starts_at:
        return "The session must end after it begins."
    if places is not None and not 0 < places <= MOST_PLACES:
        return f"Enter from 1 to {MOST_PLACES} places, or leave it empty for room for all."
    return ""


def why_not_add_session(offer, *, user, at, **times):
    """Why no session can be added at these hours; "" when one can."""
    if why := why_not_time(user=user, at=at, **times):
        return why
    if offer.kind == OfferKind.TEMPLATE:
        return "A template is downloaded: it has no sessions."
    return "This offer is closed. Open it again first." if offer.status == OfferStatus.CLOSED else ""


def _why_not_coming(session, user, at):
    if why := _why_not_arrange(user):
        return why
    if session.cancelled_at is not None:
        return "This session was cancelled."
    return "This session has begun." if session.starts_at <= at else ""


def why_not_change_session(session, *, user, at, **times):
    """Why a session cannot go to these hours or have so many places; "" when it can."""
    if why := _why_not_coming(session, user, at) or why_not_time(user=user, at=at, **times):
        return why
    places = times.get("places")
    booked = session.sign_ups.filter(status=SignUpStatus.BOOKED).count() if places is not None else 0
    if places is not None and places < booked:
        return f"{booked} people have a place already. Enter at least {booked} places."
    return ""


def why_not_cancel_session(session, *, user, at, reason=None):
    """Why a session cannot be cancelled; "" when it can."""
    if why := _why_not_coming(session, user, at):
        return why
    return "Say why. Those signed up read these words." if reason is not None and not reason.strip() else ""


# ---------------------------------------------------------------- coming


def why_not_join(session, *, user, at, who=None):
    """Why people cannot be signed up; "" when they can. `who`: [(organisation, person)]."""
    if not access.may(user, Permission.SUPPORT_JOIN):
        return NOT_FOR_THEM
    if session.offer.status != OfferStatus.OPEN:
        return "This offer is not open."
    if session.cancelled_at is not None:
        return "This session was cancelled."
    if session.starts_at <= at:
        return "This session has begun, so nobody can be signed up."
    if who is None:
        return ""
    return "Select who is to come." if not who else _why_not_these(session, user, who, at)


def _why_not_these(session, user, who, at):
    people = [person for _body, person in who]
    roles = Membership.objects.current().filter(user__in=people, user__is_active=True)
    held = set(roles.values_list("organisation_id", "user_id"))
    known = {
        row.person_id: row
        for row in SignUp.objects.filter(
            session__offer=session.offer,
            session__starts_at__gt=at,
            session__cancelled_at__isnull=True,
            person__in=people,
        )
        .exclude(status=SignUpStatus.CANCELLED)
        .select_related("session")
    }
    for body, person in who:
        if not access.may(user, Permission.SUPPORT_JOIN, body):
            return NOT_FOR_THEM
        if (body.pk, person.pk) not in held:
            return f"{person.full_name} has no role in {body.name}. Invite them first."
        if row := known.get(person.pk):
            if row.session_id == session.pk:
                return f"{person.full_name} is signed up for this session already."
            other = row.session.number
            return f"{person.full_name} is signed up for session {other} of this offer. Take that back first."
    return ""


def why_not_leave(sign_up, *, user, at):
    """Why a sign-up cannot be taken back; "" when it can: by the person, their leads and contributors, the office."""
    theirs = sign_up.person_id == user.pk or access.may(user, Permission.SUPPORT_JOIN, sign_up.organisation)
    if not theirs and _why_not_arrange(user):
        return "Only the person, their colleagues and commissioning officers take a sign-up back."
    if sign_up.status == SignUpStatus.CANCELLED:
        return "This sign-up was taken back already."
    return "This session has begun." if sign_up.session.starts_at <= at else ""


def why_not_record(session, *, user, at):
    """Why nobody can say yet who came; "" when they can."""
    if why := _why_not_arrange(user):
        return why
    if session.cancelled_at is not None:
        return "This session was cancelled."
    return "This session has not begun yet." if session.starts_at > at else ""


def why_not_give_feedback(sign_up, *, user, rating=None):
    """Why the person cannot say what they thought; "" when they can. Only those who came, once."""
    if sign_up.person_id != user.pk:
        return "Only the person who came says what they thought."
    if sign_up.feedback_at is not None:
        return "You have said what you thought already. Thank you."
    if not sign_up.attended:
        return "Nobody has recorded yet that you came to this session."
    return "Choose from 1 to 5." if rating is not None and not 1 <= rating <= 5 else ""


# ---------------------------------------------------------------- what suggests an offer


def why_not_add_trigger(offer, *, user, kind=None, criterion=None, words="", below_percent=None):
    """Why this cannot suggest the offer; "" when it can."""
    if why := _why_not_arrange(user):
        return why
    if kind != TriggerKind.LOW_SCORE:
        return ""
    if criterion is None and not words.strip():
        return "Choose a criterion, or enter words that its title holds."
    if below_percent is None or not 0 < below_percent <= 100:
        return "Enter below what share of the best score it counts as low, from 1 to 100."
    return ""


def why_not_remove_trigger(trigger, *, user):
    """Why a trigger cannot be taken away; "" when it can."""
    return _why_not_arrange(user)


def why_not_set_aside(suggestion, *, user, reason=None):
    """Why a suggestion cannot be set aside; "" when it can: by the organisation's people or the office."""
    theirs = access.may(user, Permission.SUPPORT_JOIN, suggestion.organisation)
    if not theirs and _why_not_arrange(user):
        return "Only leads and contributors of the organisation, and commissioning officers, set a suggestion aside."
    if suggestion.set_aside_at is not None:
        return "This suggestion was set aside already."
    return "Say why." if reason is not None and not reason.strip() else ""


# ---------------------------------------------------------------- money won elsewhere


def why_not_record_funding(organisation, *, user, on, funder=None, purpose=None, amount=None, won_on=None):
    """Why money won elsewhere cannot be written down for the organisation; "" when it can."""
    mine = organisation is not None and access.may(user, Permission.SUPPORT_JOIN, organisation)
    if not mine and _why_not_arrange(user):
        return "Only commissioning officers, and leads and contributors for their own organisation, record this."
    if organisation is not None and organisation.is_office:
        return "The office does not record its own money here."
    if funder is not None and not funder.strip():
        return "Say who gave the money."
    if purpose is not None and not purpose.strip():
        return "Say what it is for."
    if amount is not None and amount <= 0:
        return "Enter a sum above £0, or leave it empty where it is not known."
    return "That day is still to come." if won_on is not None and won_on > on else ""


def why_not_correct_funding(row, *, user, on, reason=None, **asked):
    """Why an entry of money won elsewhere cannot be corrected; "" when it can."""
    if why := why_not_record_funding(row.organisation, user=user, on=on, **asked):
        return why
    return "Say why it is corrected." if reason is not None and not reason.strip() else ""
