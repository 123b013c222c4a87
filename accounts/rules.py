"""What may be done with people and organisations: a sentence says why not, nothing says yes."""

from records.enums import MailChoice

from . import access, queries
from .enums import OrganisationKind, RoleName
from .models import Invitation, Membership, User
from .roles import ROLES, Permission

MOST_OPEN_INVITATIONS = 50
# Without anybody in these roles an organisation stands still.
NEVER_EMPTY = {RoleName.LEAD, RoleName.HEAD_OF_COMMISSIONING}


def may_manage(user, organisation):
    """Whether the person brings people into the organisation and gives them roles."""
    needed = Permission.OFFICE_PEOPLE if organisation.is_office else Permission.PEOPLE_INVITE
    return access.may(user, needed, organisation)


def why_not_manage(organisation, *, user):
    """Leads look after their own organisation, officers after all but the office (duties.md, 17)."""
    if may_manage(user, organisation):
        return ""
    if organisation.is_office:
        return "Only the head of commissioning or the chief executive may say who works in the office."
    return f"Only a lead of {organisation} or a commissioning officer may say who acts for it."


def why_not_role_in(organisation, role):
    """Posts belong to the office, the other roles to organisations."""
    role = RoleName(role)
    if ROLES[role].in_office == organisation.is_office:
        return ""
    if organisation.is_office:
        return f"{role.label} is a role of other organisations. Choose a post in the office."
    return f"{role.label} is a post in the office. Choose one of the roles of {organisation}."


def why_not_invite(organisation, *, email, role, user, at):
    """An invitation is lawful, needed, and not one of too many."""
    return (
        why_not_manage(organisation, user=user)
        or _why_not_join(organisation, role)
        or _why_not_this_person(organisation, email.strip().lower(), role, user, at)
        or _why_not_one_more(organisation, at)
    )


def _why_not_join(organisation, role):
    if organisation.closed_on:
        return f"{organisation} is closed. Invite people to the organisation that followed it."
    return why_not_role_in(organisation, role)


def _why_not_this_person(organisation, email, role, user, at):
    label = RoleName(role).label.lower()
    if user.email == email:
        return "You cannot invite yourself. Ask somebody else who looks after people to give you the role."
    if queries.current_memberships(organisation).filter(user__email=email, role=role).exists():
        return f"{email} is already {label} of {organisation}."
    if Invitation.objects.waiting(at).filter(organisation=organisation, email=email, role=role).exists():
        return f"{email} has an open invitation as {label}. Send it again from the list of invitations."
    if is_closed(email) and not access.may(user, Permission.ORGANISATION_MANAGE):
        return "The account of this person was closed. Ask a commissioning officer to invite them again."
    return ""


def _why_not_one_more(organisation, at):
    if Invitation.objects.waiting(at).filter(organisation=organisation).count() < MOST_OPEN_INVITATIONS:
        return ""
    return (
        f"{organisation} has {MOST_OPEN_INVITATIONS} open invitations, which is the most allowed. "
        "Withdraw those no longer needed, or wait until some are answered."
    )


def is_closed(email):
    """Whether the account was used once and closed; an invited person who never came has no membership."""
    return User.objects.filter(email=email, is_active=False, memberships__isnull=False).exists()


def why_not_accept_invitation(invitation, *, at):
    """A link works once, for a week."""
    again = "Ask the person who invited you to send it again."
    if invitation.accepted_at:
        return "This invitation has been used. Sign in with your e-mail address and password."
    if invitation.withdrawn_at:
        return f"This invitation was withdrawn. {again}"
    if invitation.expires_at <= at:
        return f"This invitation ran out on {invitation.expires_at:%-d %B %Y}. {again}"
    if invitation.organisation.closed_on:
        return f"{invitation.organisation} is closed, so nobody can join it."
    return ""


def why_not_set_up_account(invitation, *, at):
    """Whoever has an account signs in to it; a link never changes a password in use."""
    if User.objects.filter(email=invitation.email, is_active=True).exists():
        return "You already have an account. Sign in, then open the link again."
    return why_not_accept_invitation(invitation, at=at)


def why_not_join_by_invitation(invitation, *, user, at):
    """A signed-in person takes up only an invitation of their own."""
    if user.email != invitation.email:
        return "This invitation is for another person. Sign out, then open the link again."
    return why_not_accept_invitation(invitation, at=at)


def why_not_withdraw_invitation(invitation, *, user):
    """Open invitations may be taken back by those who may invite."""
    if invitation.accepted_at:
        return "This invitation has been accepted. End the person's role instead."
    if invitation.withdrawn_at:
        return "This invitation has been withdrawn already."
    return why_not_manage(invitation.organisation, user=user)


def why_not_resend_invitation(invitation, *, user):
    """A new link takes the place of the old one."""
    return why_not_withdraw_invitation(invitation, user=user) or _why_not_join(invitation.organisation, invitation.role)


def why_not_start_membership(organisation, *, person, role, user):
    """Roles are given by somebody else, to people with a live account."""
    if person == user:
        return "Nobody changes their own roles. Ask somebody else who looks after people."
    if not person.is_active:
        return "This account is not in use. Send an invitation instead."
    refusal = why_not_manage(organisation, user=user) or _why_not_join(organisation, role)
    if refusal:
        return refusal
    if queries.current_memberships(organisation).filter(user=person, role=role).exists():
        return f"{person} is already {RoleName(role).label.lower()} of {organisation}."
    return ""


def why_not_end_membership(membership, *, user):
    """Nobody ends their own role, and the last lead or head has a successor first."""
    if membership.ended_at:
        return "This role has ended already."
    if membership.user == user:
        return "Nobody changes their own roles. Ask somebody else who looks after people."
    return why_not_manage(membership.organisation, user=user) or why_not_leave(membership)


def why_not_leave(membership):
    """The last lead or head of commissioning stays until there is another."""
    role = RoleName(membership.role)
    if role not in NEVER_EMPTY:
        return ""
    others = queries.current_memberships(membership.organisation).filter(role=role).exclude(user=membership.user)
    if others.exists():
        return ""
    return (
        f"{membership.user} is the only {role.label.lower()} of {membership.organisation}. "
        "Give somebody else that role first, so that its work can go on."
    )


def why_not_close_person(person, *, user):
    """Whoever looks after all the organisations of somebody who has left closes the account; never their own."""
    if person == user:
        return "You cannot close your own account. Ask somebody else who looks after people."
    if not person.is_active:
        return "This account is not in use."
    if not any(access.may(user, needed) for needed in (Permission.ORGANISATION_MANAGE, Permission.OFFICE_PEOPLE)):
        return "Only a commissioning officer may close an account. You may end the person's roles."
    current = Membership.objects.current().filter(user=person).select_related("organisation", "user")
    refusals = (why_not_manage(m.organisation, user=user) or why_not_leave(m) for m in current)
    return next(filter(None, refusals), "")


def why_not_forget_second_step(person, *, has_one, user):
    """Whoever may close an account may also help somebody who has lost their telephone; never themselves."""
    if person == user:
        return "You cannot do this for yourself. Turn the app off on the page of how you sign in."
    if not has_one:
        return f"{person} has not set up a second step."
    if not any(access.may(user, needed) for needed in (Permission.ORGANISATION_MANAGE, Permission.OFFICE_PEOPLE)):
        return "Only a commissioning officer may do this."
    current = Membership.objects.current().filter(user=person).select_related("organisation")
    return next(filter(None, (why_not_manage(m.organisation, user=user) for m in current)), "")


OWN_ALONE = "Everybody chooses this for themselves."


def why_not_change_mail_choice(person, *, choice, user):
    """Everybody chooses for themselves; to hear nothing is no choice."""
    if person != user:
        return OWN_ALONE
    return "" if choice in MailChoice.values else "Choose one of the two ways."


def why_not_make_calendar_feed(person, *, user):
    """Everybody makes their own: the address is a key to what they may see."""
    return "" if person == user and person.is_active else OWN_ALONE


def why_not_revoke_calendar_feed(person, *, has_one, user):
    """Everybody revokes their own; closing an account revokes it too."""
    if person != user:
        return OWN_ALONE
    return "" if has_one else "You have no calendar address in use."


def why_not_make_first_person(office, *, role):
    """An office whose people nobody looks after yet gets its first; everybody after that is invited."""
    if office is None:
        return "No office is known yet. Load a plan file first."
    caretakers = [name for name, entry in ROLES.items() if Permission.OFFICE_PEOPLE in entry.permissions]
    if role not in caretakers:
        return f"The first person is one of: {', '.join(caretakers)}."
    first = queries.current_memberships(office).filter(role__in=caretakers, user__is_example=False).first()
    if first:
        return f"{first.user} looks after the people of the office already. Ask them for an invitation."
    return ""


def why_not_add_organisation(*, kind, user):
    """Officers add organisations; the office itself comes from the plan."""
    if kind == OrganisationKind.OFFICE:
        return "The office comes from the plan file. Choose another kind."
    if not access.may(user, Permission.ORGANISATION_MANAGE):
        return "Only a commissioning officer may add or change organisations."
    return ""


def why_not_change_organisation(organisation, *, kind, user):
    """The office stays the office; everything else an officer may put right."""
    if organisation.is_office != (kind == OrganisationKind.OFFICE):
        return "An organisation cannot become the office, nor the office another organisation."
    if not access.may(user, Permission.ORGANISATION_MANAGE):
        return "Only a commissioning officer may add or change organisations."
    return ""
