"""Reminders held until a day, and let go again."""

from django.db import transaction

from ..actions import log
from ..calendar import london_day
from ..models import Notice, Obligation
from ..refusals import refuse_if
from ..rules import why_not_hold, why_not_let_go
from ..words import day_in_words


def locked(obligation):
    """The obligation as it stands now, ours until the transaction ends."""
    rows = Obligation.objects.select_for_update(of=("self",)).select_related("organisation", "recipient")
    return rows.get(pk=obligation.pk)


@transaction.atomic
def hold(obligation, *, until, reason, by, at):
    """Send no reminders of an open obligation before `until`; from that day the newest step passed is owed.

    What waits to be sent is withdrawn; what the mail carrier has in hand goes out.
    """
    obligation = locked(obligation)
    refuse_if(why_not_hold(obligation, until=until, reason=reason, on=london_day(at)), obligation)
    was = obligation.held_until
    obligation.held_until, obligation.held_reason = until, reason.strip()
    obligation.save(update_fields=["held_until", "held_reason"])
    Notice.objects.filter(obligation=obligation, message__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=at
    )
    log(
        obligation,
        "reminders_held",
        by=by,
        at=at,
        reason=reason.strip(),
        summary=f"{obligation.title}: reminders held until {day_in_words(until)}"[:500],
        changes={"held_until": [was.isoformat() if was else None, until.isoformat()]},
    )
    return obligation


@transaction.atomic
def let_go(obligation, *, by, at):
    """Send the reminders of a held obligation again from today: the newest step passed is owed at once."""
    obligation = locked(obligation)
    today = london_day(at)
    refuse_if(why_not_let_go(obligation, on=today), obligation)
    was = obligation.held_until
    obligation.held_until = today
    obligation.save(update_fields=["held_until"])
    log(
        obligation,
        "reminders_let_go",
        by=by,
        at=at,
        summary=f"{obligation.title}: reminders go out again"[:500],
        changes={"held_until": [was.isoformat(), today.isoformat()]},
    )
    return obligation
