"""Reads about people and organisations."""

from collections import defaultdict

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, Func, OuterRef, Prefetch, Q

from records.enums import OFFICE_AUDIENCES, Audience, MessageStatus
from records.models import BadAddress, Event, Message

from . import access
from .enums import OrganisationKind, RoleName
from .models import CalendarFeed, Invitation, Membership, Organisation, OrganisationIdentifier, OrganisationName, User
from .roles import ROLES, Permission

ROLES_OF = {
    Audience.CONTRIBUTOR: [RoleName.CONTRIBUTOR],
    Audience.LEAD: [RoleName.LEAD],
    Audience.CERTIFIER: [RoleName.CERTIFIER],
    Audience.SIGNATORY: [RoleName.SIGNATORY],
    Audience.OFFICER: [RoleName.COMMISSIONING_OFFICER],
    Audience.FINANCE: [RoleName.FINANCE_OFFICER],
    Audience.CHIEF_FINANCE: [RoleName.CHIEF_FINANCE_OFFICER],
    Audience.HEAD: [RoleName.HEAD_OF_COMMISSIONING],
    Audience.COMMISSIONER: [RoleName.COMMISSIONER, RoleName.CHIEF_EXECUTIVE],
}
IN_OFFICE = {Audience(name) for name in OFFICE_AUDIENCES}


def people_for(audience, organisation=None):
    """The people behind an audience: in the office, or in `organisation` (a signatory: its payee)."""
    people = User.objects.filter(is_active=True)
    roles = [role.value for role in ROLES_OF[Audience(audience)]]
    if audience in IN_OFFICE:
        where = {"memberships__organisation__kind": OrganisationKind.OFFICE}
    elif organisation is None:
        return people.none()
    elif audience == Audience.SIGNATORY:
        where = {"memberships__organisation_id": organisation.accountable_body_id or organisation.pk}
    else:
        where = {"memberships__organisation": organisation}
    return people.filter(memberships__role__in=roles, memberships__ended_at__isnull=True, **where).distinct()


def people_book():
    """`people_for` out of one reading of all current roles, for sweeps and forecasts over many organisations."""
    held: defaultdict[tuple, dict] = defaultdict(dict)
    roles = Membership.objects.filter(ended_at__isnull=True, user__is_active=True)
    for row in roles.select_related("user", "organisation").order_by("user_id"):
        places = [row.organisation_id] + ["office"] * (row.organisation.kind == OrganisationKind.OFFICE)
        for place in places:
            held[row.role, place][row.user_id] = row.user

    def found(audience, organisation=None):
        if audience not in IN_OFFICE and organisation is None:
            return []
        place = "office" if audience in IN_OFFICE else organisation.pk
        if audience == Audience.SIGNATORY:
            place = organisation.accountable_body_id or organisation.pk
        people = {}
        for role in ROLES_OF[Audience(audience)]:
            people |= held.get((role.value, place), {})
        return list(people.values())

    return found


def office():
    """The commissioner's office as an organisation, or None before a plan is loaded."""
    return Organisation.objects.in_service().filter(kind=OrganisationKind.OFFICE).order_by("pk").first()


def current_memberships(organisation):
    """Roles held now in the organisation."""
    return Membership.objects.current().filter(organisation=organisation)


def managed_by(user):
    """Organisations whose people the person looks after: the office's, all others, or their own."""
    everywhere = access.is_office(user) and access.may(user, Permission.PEOPLE_INVITE)
    found = Organisation.objects.in_service()
    if not access.may(user, Permission.OFFICE_PEOPLE):
        found = found.exclude(kind=OrganisationKind.OFFICE)
    if everywhere:
        return found
    own = [m.organisation_id for m in access.memberships_of(user) if Permission.PEOPLE_INVITE in permissions_of(m)]
    reach = Q(pk__in=own) | Q(accountable_body_id__in=own)
    if access.may(user, Permission.OFFICE_PEOPLE):
        reach |= Q(kind=OrganisationKind.OFFICE)
    return found.filter(reach)


def permissions_of(membership):
    """What the role of one membership allows."""
    return ROLES[RoleName(membership.role)].permissions


def people_visible_to(user):
    """The office sees everybody; a lead sees those with a role in the organisations they look after."""
    people = User.objects.all()
    if access.is_office(user):
        return people
    here = Membership.objects.filter(organisation__in=managed_by(user), ended_at__isnull=True)
    return people.filter(is_active=True, pk__in=here.values("user_id"))


def invitations_visible_to(user):
    """Invitations to the organisations the person looks after."""
    return Invitation.objects.filter(organisation__in=managed_by(user))


def roles_shown(user):
    """Current roles with their organisations, to be fetched along with people, only those `user` may see."""
    roles = Membership.objects.filter(ended_at__isnull=True).select_related("organisation").order_by("pk")
    if not access.is_office(user):
        roles = roles.filter(organisation__in=managed_by(user))
    return Prefetch("memberships", roles, to_attr="current_roles")


def events_of_person(person):
    """What happened to a person's account and roles, newest first."""
    memberships = person.memberships.values("pk")
    invitations = Invitation.objects.filter(email=person.email).values("pk")
    return Event.objects.filter(
        Q(subject_type=User._meta.label, subject_id=person.pk)
        | Q(subject_type=Membership._meta.label, subject_id__in=memberships)
        | Q(subject_type=Invitation._meta.label, subject_id__in=invitations)
    ).order_by("-at", "-pk")


def events_of_organisation(organisation):
    """What happened to the organisation's own entry, newest first."""
    return Event.objects.filter(subject_type=Organisation._meta.label, subject_id=organisation.pk).order_by(
        "-at", "-pk"
    )


def find_organisations(organisations, words):
    """Those whose name, other name, number or area holds the words."""
    other_name = OrganisationName.objects.filter(organisation=OuterRef("pk"), name__icontains=words)
    number = OrganisationIdentifier.objects.filter(organisation=OuterRef("pk"), number__icontains=words)
    return organisations.filter(
        Q(name__icontains=words) | Q(areas__icontains=words) | Exists(other_name) | Exists(number)
    )


def areas():
    """Every area an organisation serves, in order."""
    named = Organisation.objects.order_by().annotate(area=Func("areas", function="unnest"))
    return sorted(set(named.values_list("area", flat=True)))


def roles_held(role):
    """Current holders of a role, anywhere."""
    return Membership.objects.current().filter(role=role)


def organisations():
    """All organisations with what a list shows: their accountable body and how many people act for them."""
    people = Count(
        "memberships__user",
        filter=Q(memberships__ended_at__isnull=True, memberships__user__is_active=True),
        distinct=True,
    )
    return Organisation.objects.select_related("accountable_body").annotate(people=people)


def organisation_page():
    """An organisation with everything its page shows."""
    return Organisation.objects.select_related("accountable_body").prefetch_related(
        "other_names",
        "identifiers",
        "accountable_for",
        "predecessions__predecessor",
        "successions__successor",
        Prefetch(
            "memberships",
            Membership.objects.current().select_related("user").order_by("role", "user__full_name"),
            to_attr="current_roles",
        ),
    )


def has_second_step(person):
    """Whether signing in asks for more than the password."""
    return Authenticator.objects.filter(user=person).exists()


def bad_address(person):
    """The person's e-mail address as one that cannot be reached, or None."""
    return BadAddress.objects.filter(address=person.email).first()


def with_reach(people):
    """People with `unreached`: whether their e-mail address refuses our letters."""
    return people.annotate(unreached=Exists(BadAddress.objects.filter(address=OuterRef("email"))))


def undelivered(person):
    """How many letters to the person could not be delivered, or wait for their address to work."""
    lost = [MessageStatus.FAILED, MessageStatus.QUEUED]
    return Message.objects.filter(person=person, to=person.email, status__in=lost).count()


def calendar_feed_of(person):
    """The calendar address the person has in use, or None."""
    return person.calendar_feeds.filter(revoked_at__isnull=True).first()


def calendar_feed_by(token_hash):
    """The calendar behind an address, while it is in use by somebody whose account is; else None."""
    rows = CalendarFeed.objects.filter(token_hash=token_hash, revoked_at__isnull=True, person__is_active=True)
    return rows.select_related("person").first()
