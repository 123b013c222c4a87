"""Whom we tell about exceptions to limits, and in what words."""

from accounts.enums import RoleName
from accounts.models import User
from accounts.roles import ROLES, Permission
from records import notices

from ..queries.exceptions import url_of
from .rounds import writers

MAY_GIVE = [name for name, role in ROLES.items() if Permission.EXCEPTION_APPROVE in role.permissions]


def exception_asked(case, *, told, reason, at):
    """Tell the posts that may give it, but for the commissioner, who hears of what waits for a decision."""
    posts = [name for name in MAY_GIVE if name != RoleName.COMMISSIONER]
    people = User.objects.filter(memberships__role__in=posts, memberships__ended_at__isnull=True, is_active=True)
    notices.tell(
        people=list(people.distinct()),
        rule="exception_asked",
        subject=case.round,
        heading=f"{case.organisation}: an exception is asked for {case.reference}",
        body=f"{told} Reason given: {reason}",
        at=at,
        link=url_of(case),
        occurrence=f"{case.pk}:{at.isoformat()}",
    )


def exception_answered(case, *, given, told, reason, at):
    """Tell the organisation what was decided, and why."""
    word = "given" if given else "refused"
    notices.tell(
        people=writers(case.organisation),
        rule="exception_answered",
        subject=case,
        heading=f"{case.reference}: the exception was {word}",
        body=f"{told}. Reason: {reason}" if given else f"Reason: {reason} Ask for less, then send the business case.",
        at=at,
        link=case.get_absolute_url(),
        occurrence=at.isoformat(),
    )
