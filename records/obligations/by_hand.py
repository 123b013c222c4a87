"""A reminder sent by hand, between the steps of the ladder."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from .. import bell, ladders
from ..actions import log
from ..calendar import DAY, end_of_day, london_day
from ..enums import OFFICE_AUDIENCES, MessageStatus
from ..models import BadAddress, Message, Notice
from ..refusals import refuse_if
from ..rules import why_not_send_now
from .climbing import notice_of, step_notices, write
from .holding import locked

RULE = "reminder_by_hand"
ALL_TOLD = "Everybody who owes this was reminded of it today already. The next reminder can go tomorrow."
ON_ITS_WAY = "A reminder of this is on its way already. It goes as soon as the mail server takes it."
UNSENT = frozenset({None, MessageStatus.QUEUED, MessageStatus.SENDING})


@transaction.atomic
def send_now(obligation, *, by, at, people_for):
    """Remind of an open obligation now; returns how many people are told.

    What is written and waits, for tomorrow's digest or for the mail server, goes at once. Beside it the
    newest step passed, if it was not told: the ladder then goes on from it. If it was, or speaks to
    the office alone, an extra reminder to those who owe it, in the words of the newest step passed that
    speaks to them (before the first, in the words of the first); to nobody whom a reminder of it has
    reached on the same day. Who was written to in vain is written to again.
    """
    obligation = locked(obligation)
    on = london_day(at)
    steps = ladders.load().get(obligation.kind, [])
    refuse_if(why_not_send_now(obligation, steps=steps, on=on), obligation)
    people = ladders.People(people_for)
    standing = _standing(obligation, steps, on)
    hastened = _hasten(standing, at)
    notices = _owed_step(obligation, steps, people, on, at)
    if not any(_speaks_to_ower(step, obligation) for step in steps if notices and step.working_days == notices[0].step):
        spared = _reached(obligation, on) | _unsent(standing) | {notice.person_id for notice in notices}
        notices += _extra(obligation, steps, people, on, at, but=spared)
    if not notices and not hastened:
        refuse_if(ON_ITS_WAY if _unsent(standing) else ALL_TOLD, obligation)
    for notice in notices:
        notice.rule = RULE  # goes at once, also to those who have one letter a day
    write(notices)
    told = len(hastened | {notice.person_id for notice in notices})
    log(
        obligation,
        "reminded_by_hand",
        by=by,
        at=at,
        summary=f"{obligation.title}: reminder sent by hand to {told} {'person' if told == 1 else 'people'}"[:500],
    )
    bell.ring()
    return told


def _standing(obligation, steps, on):
    """The reminders of an obligation that still hold: of its day, and of no step that a later one has overtaken."""
    newest = max((step.working_days for step in _passed(obligation, steps, on)), default=None)
    rows = Notice.objects.filter(
        obligation=obligation, due_on=obligation.due_on, withdrawn_at__isnull=True, person__is_active=True
    )
    return rows if newest is None else rows.filter(Q(step__isnull=True) | Q(step__gte=newest))


def _hasten(standing, at):
    """Let what is written go at once; the ids of the people it is for.

    What the mail carrier has in its hand is passed by: it is on its way.
    """
    unwritten = standing.filter(message__isnull=True).exclude(rule=RULE).select_for_update(of=("self",))
    person_of = dict(unwritten.values_list("pk", "person_id"))
    Notice.objects.filter(pk__in=person_of).update(rule=RULE)
    bad = BadAddress.objects.filter(address=OuterRef("to"), next_try_at__gt=at)
    put_back = Message.objects.filter(
        Q(next_try_at__gt=at) | Exists(bad), status=MessageStatus.QUEUED, pk__in=standing.values("message")
    )
    letters = list(put_back.select_for_update(of=("self",), skip_locked=True).values_list("pk", "person_id", "to"))
    Message.objects.filter(pk__in=[pk for pk, _, _ in letters]).update(next_try_at=at)
    # Whoever asks by hand need not wait a day.
    BadAddress.objects.filter(address__in=[to for _, _, to in letters]).update(next_try_at=at)
    return {*person_of.values(), *(person for _, person, _ in letters)}


def _unsent(standing):
    """Ids of the people for whom a reminder is written and not sent."""
    rows = standing.values_list("person_id", "message__status")
    return {person for person, status in rows if status in UNSENT}


def _reached(obligation, on):
    """Ids of the people whom a reminder of it has reached on a day."""
    rows = Notice.objects.filter(
        obligation=obligation,
        message__status=MessageStatus.SENT,
        message__sent_at__gt=end_of_day(on - DAY),
        message__sent_at__lte=end_of_day(on),
    )
    return set(rows.values_list("person_id", flat=True))


def _owed_step(obligation, steps, people, on, at):
    """The notices of the newest step passed, where it was not told."""
    row = ladders.owed({obligation.kind: steps}, on).filter(pk=obligation.pk).first()
    return step_notices(row, steps, ladders.told([row])[row.pk], people, on, at) if row is not None else []


def _extra(obligation, steps, people, on, at, *, but):
    """The notices of an extra reminder, each with a key of its own for the day and the time of asking."""
    reminder = ladders.reminder(_step_by_hand(obligation, steps, on), obligation, on, people)
    key = f"{RULE}:{obligation.pk}:{obligation.due_on}:{on}"
    used = set(Notice.objects.filter(obligation=obligation, key__startswith=f"{key}:").values_list("key", flat=True))
    return [
        notice_of(obligation, reminder, person, at, key=_unused(f"{key}:{person.pk}", used), rule=RULE)
        for person in reminder.people
        if person.pk not in but
    ]


def _unused(key, used):
    """The key, with a number at its end where it was used for a letter that did not arrive."""
    times = sum(one == key or one.startswith(f"{key}:") for one in used)
    return f"{key}:{times + 1}" if times else key


def _speaks_to_ower(step, obligation):
    """Whether a step tells anybody but the office of what an organisation owes."""
    return obligation.organisation_id is None or not OFFICE_AUDIENCES.issuperset(step.audiences)


def _passed(obligation, steps, on):
    """The steps whose day has come."""
    return [step for step in steps if ladders.step_day(obligation.due_on, step.working_days) <= on]


def _step_by_hand(obligation, steps, on):
    """The newest step passed, else the first, that speaks to those who owe it."""
    steps = [step for step in steps if _speaks_to_ower(step, obligation)] or steps
    passed = _passed(obligation, steps, on)
    return passed[-1] if passed else steps[0]
