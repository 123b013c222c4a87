"""How many complaints one address, and all together, may send in an hour: against floods, not against people.

Counted in the shared cache under a keyed hash of the address, gone after the hour; nobody can read who wrote.
"""

from django.core.cache import cache
from django.utils.crypto import salted_hmac

HOUR = 60 * 60
OF_ONE, OF_ALL = 5, 120


def over(address, at):
    """Whether this one is too many; it is counted."""
    hour = f"{at:%Y%m%d%H}"
    who = salted_hmac("complain", f"{hour}:{address}").hexdigest()[:32]
    counts = [_counted(f"complain:{hour}:{name}") for name in (who, "all")]
    return counts[0] > OF_ONE or counts[1] > OF_ALL


def _counted(key):
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key)
    except ValueError:  # it has just run out
        cache.set(key, 1, HOUR)
        return 1
