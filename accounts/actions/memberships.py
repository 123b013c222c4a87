"""Roles: given and ended. A change holds from the person's next request."""

from django.db import transaction

from records import actions as record
from records.refusals import refuse_if

from .. import notices, rules
from ..models import Membership, Organisation


@transaction.atomic
def start_membership(*, person, organisation, role, by, at):
    """Give somebody who has an account a role in an organisation."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    refuse_if(rules.why_not_start_membership(organisation, person=person, role=role, user=by))
    membership = Membership.objects.create(user=person, organisation=organisation, role=role, started_at=at)
    record.log(
        membership,
        "role_given",
        by=by,
        at=at,
        summary=f"{person.full_name} became {membership.get_role_display().lower()} of {organisation}",
    )
    notices.role_given(membership, at=at)
    return membership


@transaction.atomic
def end_membership(*, membership, reason, by, at):
    """End a role, with the reason; the last lead or head stays."""
    # Two leads ended at once must not leave none: the organisation's row is the gate.
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    membership = Membership.objects.select_related("user", "organisation").get(pk=membership.pk)
    refuse_if(rules.why_not_end_membership(membership, user=by))
    end_now(membership, reason=reason, by=by, at=at)
    notices.role_ended(membership, reason=reason, at=at)
    return membership


def end_now(membership, *, reason, by, at):
    """Write the end of a role and its event; the caller has asked the rule."""
    membership.ended_at = at
    membership.save(update_fields=["ended_at"])
    role = membership.get_role_display().lower()
    record.log(
        membership,
        "role_ended",
        by=by,
        at=at,
        reason=reason,
        summary=f"{membership.user.full_name} is no longer {role} of {membership.organisation}",
    )
