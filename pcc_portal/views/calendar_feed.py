"""The private calendar: the address is the key, so it answers without signing in, and gives nothing else away."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import queries as people
from accounts.actions import contact, invitations
from pcc_portal.proxies import client_ip
from pcc_portal.queries import owed
from records import ical

# A calendar program asks every few hours; a person pressing "refresh" a little oftener.
READS_AN_HOUR = 60
# Nobody finds an address by trying; whoever tries shall not keep the database busy either.
MISSES_AN_HOUR = 100
HOUR = 60 * 60
NAME = "Due days"


@login_not_required
@require_safe
def calendar_feed(request, token):
    """The days by which something is owed, as one person may see them."""
    at = timezone.now()
    reads, misses = _counter("read", invitations.hash_of(token), at), _counter("miss", client_ip(request), at)
    if cache.get(reads, 0) >= READS_AN_HOUR or cache.get(misses, 0) >= MISSES_AN_HOUR:
        return _answer("Too often. Ask again in an hour.", status=429)
    feed = people.calendar_feed_by(invitations.hash_of(token))
    if feed is None:
        _count(misses)
        return _answer("There is no such calendar.", status=404)
    _count(reads)
    contact.note_calendar_read(feed=feed, at=at)
    rows = owed.calendar_of(feed.person, timezone.localdate())
    return _answer(ical.feed(rows, name=NAME, at=at), content_type="text/calendar; charset=utf-8")


def _answer(content, *, status=200, content_type="text/plain; charset=utf-8"):
    """An answer nobody keeps a copy of and no search engine lists; the same words for every address that fails."""
    response = HttpResponse(content, status=status, content_type=content_type)
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    if status == 200:
        response["Content-Disposition"] = 'inline; filename="due-days.ics"'
    if status == 429:
        response["Retry-After"] = str(HOUR)
    return response


def _counter(what, whom, at):
    """The name of a count in the shared cache, a new one each hour."""
    return f"calendar:{what}:{whom}:{at:%Y%m%d%H}"


def _count(counter):
    cache.set(counter, cache.get(counter, 0) + 1, HOUR)
