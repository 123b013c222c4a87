"""Due days as calendar entries (RFC 5545): for the private feeds, and beside letters that set a date.

All-day entries need no time zone: a London day is that day everywhere. The entry of one obligation has
the same UID wherever it appears, so a letter and a feed speak of one thing.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.mime.text import MIMEText
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, Timezone, vCalAddress

from . import queries
from .enums import ObligationKind
from .words import day_in_words

PRODUCT = "-//Commissioning portal//Due days//EN"
ASK_AGAIN_AFTER = timedelta(hours=6)
ONE_DAY = timedelta(days=1)
# A calendar is read by whoever keeps it for the person. Of these nothing is told but the kind and the reference;
# of those with a sum in their title, no title.
IN_FEW_WORDS = frozenset({ObligationKind.COMPLAINT_STAGE})
WITHOUT_TITLE = frozenset({ObligationKind.REPAYMENT})

# A calendar must hold a component (RFC 5545, 3.6): that of somebody who owes nothing says where it is kept.
LONDON = b"""BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19810329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
"""


def feed(obligations, *, name, at):
    """The calendar of these obligations as bytes; moved days are counted in one question."""
    calendar, moves = _calendar(name), _moves_of(obligations)
    for owed in obligations:
        calendar.add_component(_entry(owed, due_on=owed.due_on, moves=moves[owed.pk], at=at))
    if not calendar.subcomponents:
        calendar.add_component(Timezone.from_ical(LONDON))
    return calendar.to_ical()


@dataclass(frozen=True)
class Appointment:
    """A meeting at an hour: `uid` names it for good, a higher `sequence` replaces what was told before."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str = ""
    sequence: int = 0
    is_cancelled: bool = False


def appointment(meeting, *, link, at):
    """The calendar file of one meeting as bytes, as it stands at the moment."""
    calendar = _calendar()
    calendar.add_component(_meeting(meeting, link=link, at=at))
    return calendar.to_ical()


def attachments(notices):
    """The calendar files of a letter: the days its notices set, and the meetings they tell of."""
    return [*_day_files(notices), *_meeting_files(notices)]


def _meeting_files(notices):
    """A file for each meeting; what two notices of one letter say of it stands in the file of the later."""
    last = {meeting.uid: (notice, meeting) for notice in notices for meeting in notice.appointments.all()}
    found = []
    for notice, meeting in last.values():
        content = appointment(meeting, link=notice.link, at=notice.created_at)
        found.append(_attached(content, f"{notice.reference or 'meeting'}-{meeting.starts_at:%Y-%m-%d}"))
    return found


def _day_files(notices):
    """A calendar file for each notice whose act set days, as they were told then; a later move has its own letter.

    A day that two notices of one letter speak of stands in the file of the later.
    """
    last = {date.obligation_id: date for notice in notices for date in notice.dates.all()}
    told = [(notice, [date for date in notice.dates.all() if last[date.obligation_id] is date]) for notice in notices]
    return [_file(notice, dates) for notice, dates in told if dates]


def _file(notice, dates):
    calendar, moves = _calendar(), _moves_of([date.obligation for date in dates])
    for date in dates:
        before = [moved_at for moved_at in moves[date.obligation_id] if moved_at <= notice.created_at]
        entry = _entry(date.obligation, due_on=date.due_on, moves=before, at=notice.created_at)
        calendar.add_component(entry)
    return _attached(calendar.to_ical(), _file_name(notice, dates))


def _attached(content, name):
    """The calendar as part of a letter, its name fit for any disk."""
    file = MIMEText(content.decode(), "calendar", "utf-8")
    file.set_param("method", "PUBLISH")
    file.add_header("Content-Disposition", "attachment", filename=re.sub(r"[^\w.-]+", "-", f"{name}.ics"))
    return file


def _moves_of(obligations):
    """{obligation: the moments at which its day was moved}."""
    moves = defaultdict(list)
    for move in queries.moves_of(obligations):
        moves[move.subject_id].append(move.at)
    return moves


def _file_name(notice, dates):
    owed = dates[0].obligation
    name = f"{owed.reference or owed.get_kind_display()}-due-{dates[0].due_on}"
    if len(dates) > 1:
        name = f"{notice.reference or owed.get_kind_display()}-{len(dates)}-days"
    return name


def _calendar(name=""):
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", ASK_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT6H")
    return calendar


def _entry(owed, *, due_on, moves, at):
    """One all-day entry that keeps nobody busy and rings no bell: reminders come by mail."""
    entry = Event()
    entry.add("uid", f"obligation-{owed.pk}@{urlsplit(settings.BASE_URL).hostname}")
    entry.add("dtstamp", at)
    entry.add("dtstart", due_on)
    entry.add("dtend", due_on + ONE_DAY)
    entry.add("organizer", _office())
    entry.add("summary", _summary(owed))
    entry.add("description", _description(owed, due_on))
    if owed.link:
        entry.add("url", f"{settings.BASE_URL}{owed.link}")
    entry.add("categories", [owed.get_kind_display()])
    entry.add("sequence", len(moves))
    if moves:
        entry.add("last-modified", max(moves))
    entry.add("status", "CONFIRMED")
    entry.add("class", "PRIVATE")
    entry.add("transp", "TRANSPARENT")
    return entry


def _meeting(meeting, *, link, at):
    """One entry at its hours, in UTC so that no zone is needed; it keeps the person busy."""
    entry = Event()
    entry.add("uid", f"{meeting.uid}@{urlsplit(settings.BASE_URL).hostname}")
    entry.add("dtstamp", at)
    entry.add("dtstart", meeting.starts_at.astimezone(UTC))
    entry.add("dtend", meeting.ends_at.astimezone(UTC))
    entry.add("organizer", _office())
    entry.add("summary", meeting.title)
    if meeting.place:
        entry.add("location", meeting.place)
    if link:
        entry.add("url", f"{settings.BASE_URL}{link}")
    entry.add("sequence", meeting.sequence)
    entry.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    entry.add("class", "PRIVATE")
    entry.add("transp", "OPAQUE")
    return entry


def _office():
    """Whoever writes our letters: what is published must say by whom (RFC 5546, 3.2.1)."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    office = vCalAddress(f"mailto:{address}")
    if name:
        office.params["cn"] = name
    return office


def _in_few_words(owed):
    """Whether title and organisation stay out: a complaint, or a body whose address is a secret."""
    hidden = owed.organisation is not None and owed.organisation.public_address_hidden
    return hidden or owed.kind in IN_FEW_WORDS


def _summary(owed):
    if _in_few_words(owed) or owed.kind in WITHOUT_TITLE:
        return f"Due: {owed.get_kind_display()} {owed.reference}".strip()
    return f"Due: {owed.title}"


def _description(owed, due_on):
    lines = [f"{owed.get_kind_display()}, due by {day_in_words(due_on)}."]
    if owed.organisation is not None and not _in_few_words(owed):
        lines.append(f"Owed by {owed.organisation.name}.")
    if owed.reference:
        lines.append(f"Reference {owed.reference}.")
    if due_on != owed.first_due_on:
        lines.append(f"First due by {day_in_words(owed.first_due_on)}.")
    if owed.link:
        lines.append(f"Open it in the portal: {settings.BASE_URL}{owed.link}")
    return "\n".join(lines)
