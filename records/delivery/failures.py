"""What could not be delivered: the address is marked, and the office is told, once."""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction

from .. import notices
from ..actions import log
from ..enums import Audience, MessageStatus
from ..models import BadAddress, Message
from ..words import day_in_words, day_of

# An address that refuses for good is tried with one letter a day: often enough to notice that it
# works again, seldom enough not to be taken for a sender of spam.
NEXT_TRY = timedelta(days=1)
ALERTS = frozenset({"address_failed", "letter_failed"})
AT_ONCE = 200
LISTED = 20


def mark_address(message, answer, *, at):
    """Note that an address refuses for good; a second refusal keeps the day of the first."""
    bad, is_new = BadAddress.objects.get_or_create(
        address=message.to,
        defaults={"since": at, "answer": answer, "next_try_at": at + NEXT_TRY, "message": message},
    )
    if is_new:
        summary = f"E-mail to {message.to} could not be delivered: {answer}"
        log(message.person, "address_failed", by=None, at=at, summary=summary[:500])
    elif bad.answer != answer:
        BadAddress.objects.filter(pk=bad.pk).update(answer=answer)


def clear_address(message, *, at):
    """A letter has arrived: the address is good again, and what waits for it may go."""
    if BadAddress.objects.filter(address=message.to).delete()[0]:
        summary = f"E-mail to {message.to} arrives again"
        log(message.person, "address_reached", by=None, at=at, summary=summary[:500])


def take_the_try(message, *, at):
    """Take the one try of the day to a bad address; False where another carrier has."""
    rows = BadAddress.objects.filter(address=message.to, next_try_at__lte=at)
    return rows.update(next_try_at=at + NEXT_TRY) == 1


def alert_failures(*, at, people_for):
    """Tell the officers of every failure they have not heard of; returns how many failed messages.

    Once for an address until it works again, once for a letter that was refused for its own sake.
    Whoever cannot be reached is not asked to see to it. `people_for` is given by the caller, since
    the record does not know people. Twice at once, or again after a crash, tells once: the keys are unique.
    """
    told = 0
    while some := _alert_some(at, people_for):
        told += some
    return told


@transaction.atomic
def _alert_some(at, people_for):
    rows = Message.objects.filter(status=MessageStatus.FAILED, alerted_at__isnull=True).select_related("person")
    failed = list(rows.order_by("created_at", "pk").select_for_update(skip_locked=True, of=("self",))[:AT_ONCE])
    bad = {row.address: row for row in BadAddress.objects.filter(address__in={message.to for message in failed})}
    of_address = defaultdict(list)
    for message in failed:
        if message.to in bad:
            of_address[message.person, bad[message.to]].append(message)
        elif not message.notices.filter(rule__in=ALERTS).exists():  # a refused alert is not alerted of in turn
            _tell_of_letter(message, at, people_for)
    for (person, address), messages in of_address.items():
        _tell_of_address(person, address, messages, at, people_for)
    Message.objects.filter(pk__in=[message.pk for message in failed]).update(alerted_at=at)
    return len(failed)


def _to_tell(person, people_for):
    """The officers but for the person themselves and those who cannot be reached; else the head, else the
    commissioner's office; where nobody at all can be reached, the officers all the same."""
    asked = [list(people_for(audience)) for audience in (Audience.OFFICER, Audience.HEAD, Audience.COMMISSIONER)]
    everybody = {one.email for people in asked for one in people}
    unreached = set(BadAddress.objects.filter(address__in=everybody).values_list("address", flat=True))
    for people in asked:
        if found := [one for one in people if one.pk != person.pk and one.email not in unreached]:
            return found
    return next((people for people in asked if people), [])


def _tell_of_address(person, bad, messages, at, people_for):
    lines = [f"- {message.heading}, of {day_in_words(day_of(message.created_at))}" for message in messages[:LISTED]]
    if len(messages) > LISTED:
        lines.append(f"- and {len(messages) - LISTED} more")
    listed = "\n".join(lines)
    notices.tell(
        people=_to_tell(person, people_for),
        rule="address_failed",
        subject=person,
        heading=f"We cannot reach {person.full_name} by e-mail",
        body=(
            f"E-mail to {person.full_name} at {bad.address} could not be delivered. The answer was: {bad.answer}\n\n"
            f"Not delivered:\n{listed}\n\n"
            "Please ask them for an address that works, by telephone or through a colleague, and send an invitation "
            "to it. What else is written to this address is tried once a day; you are told again only after it has "
            "worked in between."
        ),
        link=person.get_absolute_url(),
        occurrence=str(bad.pk),
        at=at,
    )


def _tell_of_letter(message, at, people_for):
    notices.tell(
        people=_to_tell(message.person, people_for),
        rule="letter_failed",
        subject=message.person,
        heading=f"A letter to {message.person.full_name} could not be delivered",
        body=(
            f"The letter “{message.heading}” to {message.person.full_name} at {message.to} could not be delivered. "
            f"The answer was: {message.answer}\n\nThe answer speaks of the letter, not of the address. "
            "Read it under “Reminders and mail”, where it can be sent again."
        ),
        link="/notices/?standing=failed",
        occurrence=f"{message.pk}:{message.tries}:{message.dated_at:%Y%m%d%H%M%S}",
        at=at,
    )
