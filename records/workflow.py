"""The one door through which a status changes."""

from . import actions
from .refusals import Refused

STALE = "Someone else has just changed this. Look at it again, then decide what to do."


def move(subject, to, *, moves, verb, by, at, reason="", summary="", changes=None, **stamps):
    """Move `subject` to status `to` if the table `moves` allows it and nobody was faster.

    The row changes only while its status is still the one we read (compare-and-swap). Writes the
    event and refreshes the subject. Raises `Refused` for a move not in the table or a stale copy.
    """
    was = subject.status
    if to not in moves.get(was, ()):
        word = type(subject)._meta.get_field("status").choices
        label = dict(word).get(was, was)
        raise Refused(f"This is {label.lower()}, so it cannot be changed that way.", subject)
    rows = type(subject)._base_manager.filter(pk=subject.pk, status=was)
    if not rows.update(status=to, **stamps):
        raise Refused(STALE, subject)
    subject.refresh_from_db()
    actions.log(
        subject,
        verb,
        by=by,
        at=at,
        reason=reason,
        summary=summary,
        changes={"status": [was, to], **(changes or {})},
    )
    return subject
