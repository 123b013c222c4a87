"""Invitations: sent, sent again, withdrawn, accepted. A link works once, for a week; only its hash is kept."""

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from records import actions as record
from records.refusals import refuse_if

from .. import notices, rules
from ..models import Invitation, Membership, Organisation, User

VALID_FOR = timedelta(days=7)


def hash_of(token):
    """What is kept of a token: long random tokens need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite_person(*, organisation, email, full_name, role, by, at):
    """Invite somebody into a role. Their account is made now, out of use until they accept."""
    email = email.strip().lower()
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)  # the count holds in a race
    refuse_if(rules.why_not_invite(organisation, email=email, role=role, user=by, at=at))
    person, _ = User.objects.get_or_create(
        email=email,
        defaults={
            "full_name": full_name,
            "password": make_password(None),
            "is_active": False,
            "is_example": organisation.is_example,
        },
    )
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        full_name=full_name,
        organisation=organisation,
        role=role,
        token_hash=hash_of(token),
        invited_by=by,
        invited_at=at,
        expires_at=at + VALID_FOR,
    )
    record.log(
        invitation,
        "invited",
        by=by,
        at=at,
        summary=f"{email} invited to {organisation} as {invitation.get_role_display().lower()}",
    )
    notices.invitation(invitation, person=person, token=token, at=at)
    return invitation


@transaction.atomic
def resend_invitation(*, invitation, by, at):
    """Send a new link, good for another week; the old one no longer works."""
    invitation = _locked(invitation)
    refuse_if(rules.why_not_resend_invitation(invitation, user=by))
    token = secrets.token_urlsafe(32)
    invitation.token_hash, invitation.expires_at = hash_of(token), at + VALID_FOR
    invitation.save(update_fields=["token_hash", "expires_at"])
    record.log(invitation, "sent_again", by=by, at=at, summary=f"Invitation to {invitation.email} sent again")
    notices.invitation(invitation, person=User.objects.get(email=invitation.email), token=token, at=at)
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation, by, at):
    """Take an open invitation back; its link stops working at once."""
    invitation = _locked(invitation)
    refuse_if(rules.why_not_withdraw_invitation(invitation, user=by))
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    record.log(invitation, "withdrawn", by=by, at=at, summary=f"Invitation to {invitation.email} withdrawn")
    return invitation


@transaction.atomic
def set_up_account(*, invitation, full_name, password, at):
    """A new person accepts: the account comes into use with their name and password. Returns the person."""
    invitation = _locked(invitation)
    refuse_if(rules.why_not_set_up_account(invitation, at=at))
    person = User.objects.select_for_update().get(email=invitation.email)
    person.full_name, person.is_active = full_name, True
    person.set_password(password)
    person.save(update_fields=["full_name", "is_active", "password"])
    _join(invitation, person, at)
    return person


@transaction.atomic
def join_by_invitation(*, invitation, by, at):
    """Somebody who has an account already takes up a further role."""
    invitation = _locked(invitation)
    refuse_if(rules.why_not_join_by_invitation(invitation, user=by, at=at))
    _join(invitation, by, at)
    return by


def _locked(invitation):
    rows = Invitation.objects.select_for_update(of=["self"]).select_related("organisation", "invited_by")
    return rows.get(pk=invitation.pk)


def _join(invitation, person, at):
    invitation.accepted_at, invitation.accepted_by = at, person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    Membership.objects.get_or_create(
        user=person,
        organisation=invitation.organisation,
        role=invitation.role,
        ended_at=None,
        defaults={"started_at": at},
    )
    record.log(
        invitation,
        "accepted",
        by=person,
        at=at,
        summary=f"{person.full_name} joined {invitation.organisation} as {invitation.get_role_display().lower()}",
    )
    notices.invitation_accepted(invitation, person=person, at=at)
