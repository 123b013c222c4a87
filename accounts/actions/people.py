"""A person's own entry, and the end of an account."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from records import actions as record
from records.refusals import Refused, refuse_if

from .. import notices, rules
from ..models import Invitation, Membership, Organisation, User
from .memberships import end_now


@transaction.atomic
def change_profile(*, person, full_name, telephone, by, at):
    """Somebody puts right their own name and telephone number."""
    was = {"full_name": person.full_name, "telephone": person.telephone}
    changes = {
        name: [was[name], value]
        for name, value in {"full_name": full_name, "telephone": telephone}.items()
        if was[name] != value
    }
    if changes:
        person.full_name, person.telephone = full_name, telephone
        person.save(update_fields=["full_name", "telephone"])
        record.log(person, "changed", by=by, at=at, summary="Name or telephone number changed", changes=changes)
    return person


@transaction.atomic
def close_person(*, person, reason, by, at):
    """Close the account of somebody who has left: out on the next request, with no way back but an invitation.

    Roles end, invitations are withdrawn, the calendar address stops working, the password and the second
    step are forgotten. Sessions die with the password: they are bound to it.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    current = Membership.objects.current().filter(user=person).select_related("user", "organisation")
    list(Organisation.objects.select_for_update().filter(memberships__in=current).order_by("pk"))
    refuse_if(rules.why_not_close_person(person, user=by), person)
    for membership in current:
        end_now(membership, reason=reason, by=by, at=at)
    Invitation.objects.unanswered().filter(email=person.email).update(withdrawn_at=at)
    person.calendar_feeds.filter(revoked_at__isnull=True).update(revoked_at=at)
    Authenticator.objects.filter(user=person).delete()
    person.is_active = False
    person.set_unusable_password()
    person.save(update_fields=["is_active", "password"])
    record.log(person, "closed", by=by, at=at, reason=reason, summary=f"Account of {person.full_name} closed")
    return person


@transaction.atomic
def forget_second_step(*, person, reason, by, at):
    """Take away a lost second step and its recovery codes; the password stays, and is asked for."""
    authenticators = Authenticator.objects.filter(user=person)
    has_one = authenticators.exists()
    refuse_if(rules.why_not_forget_second_step(person, has_one=has_one, user=by), person)
    authenticators.delete()
    record.log(
        person, "second_step_forgotten", by=by, at=at, reason=reason, summary=f"Second step of {person} forgotten"
    )
    notices.second_step_forgotten(person, by=by, reason=reason, at=at)
    return person


@transaction.atomic
def make_first_person(*, office, email, full_name, role, at):
    """Make the first person of an office, who chooses a password by "I have forgotten my password"."""
    refuse_if(rules.why_not_make_first_person(office, role=role))
    email = email.strip().lower()
    person = User.objects.filter(email=email).first() or User.objects.create_user(email, None, full_name=full_name)
    membership = Membership.objects.create(user=person, organisation=office, role=role, started_at=at)
    record.log(
        membership,
        "role_given",
        by=None,
        at=at,
        summary=f"{person.full_name} became {membership.get_role_display().lower()} of {office}",
    )
    return person


@transaction.atomic
def make_demo_person(*, email, full_name, password, roles, at):
    """Make, or bring back to its password, an invented person of the demonstration, with [(organisation, role)]."""
    person = User.objects.filter(email=email).first()
    if person and not person.is_example:
        raise Refused(f"{email} belongs to a real person, so no demonstration account is made of it.")
    if person is None:
        person = User.objects.create_user(email, password, full_name=full_name, is_example=True)
        record.log(person, "made", by=None, at=at, summary=f"Demonstration account of {full_name} made")
    elif not (person.is_active and person.check_password(password)):
        person.is_active = True
        person.set_password(password)
        person.save(update_fields=["is_active", "password"])
    for organisation, role in roles:
        Membership.objects.get_or_create(
            user=person, organisation=organisation, role=role, ended_at=None, defaults={"started_at": at}
        )
    return person
