"""Who may decide, when publicity waits, and who must be somebody else (C4, X3)."""

from django.db.models import Q

from accounts import access
from accounts.enums import RoleName
from accounts.roles import Permission
from records.words import day_in_words, pounds

from ..models import Delegation, SensitivePeriod, Stream
from ..queries import events


def ancestors(stream):
    """The ids of a stream and of every stream it is a part of."""
    ids = [stream.pk]
    parent = stream.parent_id
    while parent and parent not in ids:
        ids.append(parent)
        parent = Stream.objects.filter(pk=parent).values_list("parent_id", flat=True).first()
    return ids


def delegations_of(posts, on):
    """Recorded delegations of these posts in force on the day, the widest first."""
    rows = Delegation.objects.filter(post__in=posts, starts_on__lte=on)
    rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
    return sorted(rows, key=lambda row: (row.limit is not None, -(row.limit or 0), row.reference))


def why_not_decide_as(user, *, stream, amount, on):
    """Return (sentence, delegation): may this person decide on this sum of this stream (X3)?

    The commissioner needs no delegation. `amount` None asks about no sum in particular.
    """
    if not access.may(user, Permission.DECISION_MAKE):
        return "Only the commissioner, or a post with a recorded delegation, decides on spend.", None
    posts = access.posts_of(user)
    if RoleName.COMMISSIONER in posts:
        return "", None
    held = delegations_of(posts, on)
    if not held:
        return "No delegation is recorded for your post on this day, so the commissioner decides.", None
    covered = ancestors(stream)
    fitting = [row for row in held if row.stream_id is None or row.stream_id in covered]
    if not fitting:
        return f"Your delegation does not cover {stream.name}, so the commissioner decides.", None
    for row in fitting:
        if row.limit is None or amount is None or amount <= row.limit:
            return "", row
    top = fitting[0]
    return (
        f"Your delegation {top.reference} goes up to {pounds(top.limit)} and this is {pounds(amount)}, "
        "so the commissioner decides."
    ), None


def why_not_publish_on(day):
    """Say why publicity waits on this day (a sensitive period), or nothing."""
    period = SensitivePeriod.objects.filter(starts_on__lte=day, ends_on__gte=day).order_by("-ends_on").first()
    if period is None:
        return ""
    return (
        f"Publicity waits until {day_in_words(period.ends_on)} has passed because of {period.name}. "
        "Offers and payments do not wait."
    )


def why_not_decide_after(user, advisers):
    """Separation of duties: who evaluated, recommended or advised does not decide."""
    if user.pk in advisers:
        return "You evaluated or advised on this, so somebody else decides it."
    return ""


def why_not_release_after(user, advisers, deciders):
    """Separation of duties: who advised or decided does not release the money."""
    if user.pk in deciders:
        return "You decided on this spend, so somebody else releases the money."
    if user.pk in advisers:
        return "You evaluated or advised on this spend, so somebody else releases the money."
    return ""


def why_not_edit(user):
    """Say why this person may not change the plan on screen, or nothing."""
    if access.may(user, Permission.PLAN_MANAGE):
        return ""
    return "Only a commissioning officer or the head of commissioning changes the plan. Ask one of them."


def why_not_delegate(user):
    """Say why this person may not write a delegation, or nothing: nobody else says who may decide (C4)."""
    if access.posts_of(user) & {RoleName.HEAD_OF_COMMISSIONING, RoleName.CHIEF_EXECUTIVE}:
        return ""
    return "Only the head of commissioning or the chief executive writes a delegation. Ask one of them."


def why_not_these_days(starts_on, ends_on):
    """Say why two days cannot be the first and the last, or nothing."""
    if starts_on and ends_on and ends_on < starts_on:
        return "The last day must be on or after the first day."
    return ""


def why_not_move(event, *, user, expected_on, reason):
    """Say why the event cannot be moved to that day, or nothing (V5)."""
    if why := why_not_edit(user):
        return why
    if events.happening_of(event.pk):
        return f"{event.name} has happened, so its day no longer moves."
    if expected_on == event.expected_on:
        return f"{event.name} is expected on {day_in_words(expected_on)} already. Enter another day."
    return "" if reason.strip() else "Say why the day moves. It stays in the history."
