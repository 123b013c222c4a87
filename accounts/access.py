"""The one question about permission: may this person do this, in this organisation?"""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db.models import Exists

from records.models import BadAddress

from .enums import OrganisationKind, RoleName
from .roles import ROLES


def memberships_of(user):
    """Current memberships of the person with their organisations, read once per request.

    Each says with `unreached` whether the person's e-mail address refuses our letters: every page asks, and
    so it costs no question of its own.
    """
    if not user.is_authenticated or not user.is_active:
        return []
    if not hasattr(user, "_current_memberships"):
        rows = user.memberships.current().select_related("organisation").order_by("pk")
        rows = rows.annotate(unreached=Exists(BadAddress.objects.filter(address=user.email)))
        user._current_memberships = list(rows)
    return user._current_memberships


def may(user, permission, organisation=None):
    """Say whether the person holds `permission`.

    With an organisation: through a role in it, in the body accountable for it, or in the office.
    Without one: through any role at all.
    """
    for membership in memberships_of(user):
        if permission not in ROLES[RoleName(membership.role)].permissions:
            continue
        if organisation is None or membership.organisation.kind == OrganisationKind.OFFICE:
            return True
        if membership.organisation_id in (organisation.pk, organisation.accountable_body_id):
            return True
    return False


def is_office(user):
    """Say whether the person works in the commissioner's office."""
    return any(m.organisation.kind == OrganisationKind.OFFICE for m in memberships_of(user))


def posts_of(user):
    """The person's roles in the office."""
    return {m.role for m in memberships_of(user) if m.organisation.kind == OrganisationKind.OFFICE}


def organisation_ids(user):
    """Ids of the organisations the person belongs to."""
    return [m.organisation_id for m in memberships_of(user)]


def belongs_to(user, organisation):
    """Say whether the person has a role in the organisation or in the body accountable for it."""
    ids = organisation_ids(user)
    return organisation.pk in ids or organisation.accountable_body_id in ids


def require(*permissions):
    """View decorator: 403 unless the person holds one of `permissions` in some organisation.

    It answers the wrong role. Strangers are answered 404 by `visible_to`.
    """

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not any(may(request.user, permission) for permission in permissions):
                raise PermissionDenied("Your role does not let you do this.")
            return view(request, *args, **kwargs)

        return guarded

    return decorate
