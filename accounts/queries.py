"""Reads about people and organisations."""

from records.enums import Audience

from .enums import OrganisationKind, RoleName
from .models import Organisation, User

ROLES_OF = {
    Audience.CONTRIBUTOR: [RoleName.CONTRIBUTOR],
    Audience.LEAD: [RoleName.LEAD],
    Audience.CERTIFIER: [RoleName.CERTIFIER],
    Audience.SIGNATORY: [RoleName.SIGNATORY],
    Audience.OFFICER: [RoleName.COMMISSIONING_OFFICER],
    Audience.FINANCE: [RoleName.FINANCE_OFFICER],
    Audience.HEAD: [RoleName.HEAD_OF_COMMISSIONING],
    Audience.COMMISSIONER: [RoleName.COMMISSIONER, RoleName.CHIEF_EXECUTIVE],
}
IN_OFFICE = {Audience.OFFICER, Audience.FINANCE, Audience.HEAD, Audience.COMMISSIONER}


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


def office():
    """The commissioner's office as an organisation, or None before a plan is loaded."""
    return Organisation.objects.in_service().filter(kind=OrganisationKind.OFFICE).order_by("pk").first()
