"""Offers of support: what is offered, who comes, what is suggested to whom, and money won elsewhere (B1)."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q, Sum

from accounts import access
from accounts.models import Membership, Organisation
from accounts.roles import Permission
from records.calendar import add_working_days, london_day
from records.ical import Appointment
from records.models import Event
from records.words import pounds

from ..enums import OfferStatus, SignUpStatus
from ..models import CapacityOffer, CapacitySession, CapacitySuggestion, OfferTrigger, OutsideFunding, SignUp

BOOKED, WAITING = SignUpStatus.BOOKED, SignUpStatus.WAITING
FEEDBACK_DAYS = 5  # working days after the session
CHANGED = ("session_changed", "session_cancelled")


def offers_for(user, at):
    """Offers this person may read, with their next session and how many suggestions of them stand."""
    upcoming = Q(sessions__starts_at__gt=at, sessions__cancelled_at__isnull=True)
    standing = Q(suggestions__set_aside_at__isnull=True)
    if not access.is_office(user):
        standing &= Q(suggestions__organisation__in=Organisation.objects.of_user(user))
    return CapacityOffer.objects.visible_to(user).annotate(
        next_at=Min("sessions__starts_at", filter=upcoming),
        suggested=Count("suggestions__organisation", filter=standing, distinct=True),
    )


def with_places(sessions):
    """Sessions with how many are booked, wait and came."""
    booked = Q(sign_ups__status=BOOKED)
    return sessions.annotate(
        booked=Count("sign_ups", filter=booked, distinct=True),
        waiting=Count("sign_ups", filter=Q(sign_ups__status=WAITING), distinct=True),
        came=Count("sign_ups", filter=booked & Q(sign_ups__attended=True), distinct=True),
        unrecorded=Count("sign_ups", filter=booked & Q(sign_ups__attended__isnull=True), distinct=True),
    )


def sessions_of(offer):
    """All sessions of an offer, the next first."""
    return with_places(CapacitySession.objects.filter(offer=offer)).select_related("offer").order_by("starts_at", "pk")


def places_left(session):
    """How many may still be booked; None where there is room for all. The session is locked by who books."""
    if session.places is None:
        return None
    return max(session.places - session.sign_ups.filter(status=BOOKED).count(), 0)


def sign_ups_of(session, user):
    """Who is signed up, as far as this person may see it: booked first, then the waiting list in its order."""
    rows = SignUp.objects.visible_to(user).filter(session=session).exclude(status=SignUpStatus.CANCELLED)
    return rows.select_related("person", "organisation").order_by("status", "signed_up_at", "pk")


def signed_up_ids(session):
    """The people who are signed up for a session, with a place or waiting."""
    rows = SignUp.objects.filter(session=session).exclude(status=SignUpStatus.CANCELLED)
    return set(rows.values_list("person_id", flat=True))


def waiting_list(session):
    """Who moves up next."""
    rows = SignUp.objects.filter(session=session, status=WAITING).select_related("person", "organisation", "session")
    return rows.order_by("signed_up_at", "pk")


def may_join_for(user):
    """The organisations this person may sign people of up."""
    mine = Organisation.objects.of_user(user).in_service().select_related("accountable_body").order_by("name")
    return [body for body in mine if access.may(user, Permission.SUPPORT_JOIN, body)]


def colleagues(organisations):
    """{organisation: its people}, each once, for those who have a role there now."""
    people: dict = {body.pk: {} for body in organisations}
    rows = Membership.objects.current().filter(organisation__in=people, user__is_active=True).select_related("user")
    for row in rows.order_by("user__full_name", "pk"):
        people[row.organisation_id][row.user_id] = row.user
    return {body: list(people[body.pk].values()) for body in organisations}


def appointment_of(session):
    """The session as a calendar keeps it; each change that was told makes the next sequence."""
    told = Event.objects.filter(subject_type=session._meta.label, subject_id=session.pk, verb__in=CHANGED)
    return Appointment(
        uid=f"support-session-{session.pk}",
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        title=session.offer.title,
        place=session.place,
        sequence=told.count(),
        is_cancelled=session.cancelled_at is not None,
    )


def feedback_due(session):
    """The day by which those who came say what they thought."""
    return add_working_days(london_day(session.ends_at), FEEDBACK_DAYS)


def feedback_on(offer):
    """Average rating and the number of answers over all sessions of an offer, in one question."""
    rows = SignUp.objects.filter(session__offer=offer, feedback_at__isnull=False)
    counted = rows.aggregate(total=Sum("rating"), answers=Count("pk"), ratings=Count("rating"))
    if not counted["ratings"]:
        return {"average": None, **counted}
    average = (Decimal(counted["total"]) / counted["ratings"]).quantize(Decimal("0.1"))
    return {"average": average, **counted}


# ---------------------------------------------------------------- suggestions


def standing_suggestions():
    """Suggestions that nobody has set aside, of offers that are open; `taken` where the organisation took the offer up.

    Taken up: somebody of it has signed up since, and was not absent.
    """
    joined = SignUp.objects.filter(
        session__offer=OuterRef("offer"),
        organisation=OuterRef("organisation"),
        status__in=[BOOKED, WAITING],
        session__cancelled_at__isnull=True,
        session__starts_at__gte=OuterRef("suggested_at"),
    ).exclude(attended=False)
    rows = CapacitySuggestion.objects.filter(set_aside_at__isnull=True, offer__status=OfferStatus.OPEN)
    return rows.annotate(taken=Exists(joined)).select_related("offer", "organisation")


def suggestions_for(organisation):
    """What is suggested to an organisation and was neither set aside nor taken up, the newest first."""
    rows = standing_suggestions().filter(organisation=organisation, taken=False)
    return rows.order_by("-suggested_at", "pk")


def suggestions_visible_to(user):
    """All suggestions, set aside or not: the office's view; an organisation sees its own."""
    rows = CapacitySuggestion.objects.select_related("offer", "organisation")
    return rows if access.is_office(user) else rows.filter(organisation__in=Organisation.objects.of_user(user))


def with_triggers(offers):
    """Offers with what suggests them, each with the row it names."""
    rows = OfferTrigger.objects.select_related("criterion", "standard").order_by("pk")
    return offers.prefetch_related(Prefetch("triggers", rows))


# ---------------------------------------------------------------- money won elsewhere


def funding_visible_to(user):
    """Money won elsewhere: the office sees all, an organisation its own."""
    rows = OutsideFunding.objects.select_related("organisation", "offer", "recorded_by")
    return rows if access.is_office(user) else rows.filter(organisation__in=Organisation.objects.of_user(user))


@dataclass(frozen=True)
class WonElsewhere:
    """Money won elsewhere, added up in pounds; `unknown` is how many sums are not known."""

    known: Decimal
    unknown: int
    rows: int

    @property
    def words(self):
        """ "£12,000", "At least £12,000: the sum of 2 is not known", or that nothing is recorded."""
        if not self.rows:
            return "Nothing recorded yet"
        if not self.unknown:
            return pounds(self.known)
        of = "the sum of 1 is not known" if self.unknown == 1 else f"the sums of {self.unknown} are not known"
        return f"At least {pounds(self.known)}: {of}" if self.known else f"Not known: {of}"


def won_elsewhere(rows):
    """The total of money won elsewhere over some rows, in one question."""
    found = rows.order_by().aggregate(
        known=Sum("amount"), unknown=Count("pk", filter=Q(amount__isnull=True)), rows=Count("pk")
    )
    return WonElsewhere(found["known"] or Decimal("0.00"), found["unknown"], found["rows"])


# ---------------------------------------------------------------- what waits


def to_record(at):
    """Sessions that are over and of which nobody has said who came, in one question."""
    rows = CapacitySession.objects.filter(ends_at__lt=at, cancelled_at__isnull=True)
    return with_places(rows).filter(unrecorded__gt=0).select_related("offer").order_by("starts_at", "pk")


def organisations_for_funding(user):
    """The organisations this person may record money for: the office any, others their own."""
    bodies = Organisation.objects.in_service().exclude(kind="OFFICE").order_by("name")
    return bodies if access.may(user, Permission.SUPPORT_MANAGE) else bodies & Organisation.objects.of_user(user)
