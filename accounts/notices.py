"""Whom we tell about people and their roles, and in what words."""

from django.conf import settings

from records import notices

# The body of this notice holds a key to the door: pages for staff never show it.
SECRET_RULES = frozenset({"invitation"})


def invitation(invitation, *, person, token, at):
    """Send the one-use link; it stands in the body of the mail and nowhere else."""
    address = f"{settings.BASE_URL}/invitations/{token}/"
    notices.tell(
        people=[person],
        rule="invitation",
        subject=invitation,
        heading=f"You are invited to join {invitation.organisation}",
        body=(
            f"{invitation.invited_by.full_name} invites you to use the commissioning portal for "
            f"{invitation.organisation}, as {invitation.get_role_display().lower()}.\n\n"
            f"Open this link to accept. It works once, until {invitation.expires_at:%-d %B %Y}:\n{address}\n\n"
            "If you did not expect this, you need do nothing."
        ),
        at=at,
    )


def invitation_accepted(invitation, *, person, at):
    """Tell whoever invited."""
    notices.tell(
        people=[invitation.invited_by],
        rule="invitation_accepted",
        subject=invitation,
        heading=f"{person.full_name} has joined {invitation.organisation}",
        body=(
            f"{person.full_name} accepted your invitation and is now {invitation.get_role_display().lower()} "
            f"of {invitation.organisation}."
        ),
        at=at,
    )


def role_given(membership, *, at):
    """Tell the person what they may do now."""
    role = membership.get_role_display().lower()
    notices.tell(
        people=[membership.user],
        rule="role_given",
        subject=membership,
        heading=f"You are now {role} of {membership.organisation}",
        body=f"You have been given the role of {role} in {membership.organisation}. It holds from now on.",
        at=at,
        link="/",
    )


def role_ended(membership, *, reason, at):
    """Tell the person what they may no longer do, and why."""
    role = membership.get_role_display().lower()
    notices.tell(
        people=[membership.user],
        rule="role_ended",
        subject=membership,
        heading=f"You are no longer {role} of {membership.organisation}",
        body=f"Your role of {role} in {membership.organisation} has ended. Reason: {reason}",
        at=at,
        link="/",
    )


def second_step_forgotten(person, *, by, reason, at):
    """Tell the person, in case it was not they who asked."""
    notices.tell(
        people=[person],
        rule="second_step_forgotten",
        subject=person,
        heading="Your second step for signing in was taken away",
        body=(
            f"{by.full_name} took away the second step of your account. Reason: {reason}\n\n"
            "Sign in with your password and set it up again. If you did not ask for this, tell the office at once."
        ),
        at=at,
        link="/",
    )
