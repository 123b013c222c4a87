"""The mail carrier: notices become messages, messages are leased, sent and settled.

The database is the queue. A message is leased before it is sent and settled after the server's
answer, each in a transaction of its own; its Message-ID and Date are committed with the first lease.
A carrier that dies in between leaves a lease that runs out; the letter is then sent again as the
same letter, and marked as perhaps doubled. Nothing is ever lost.
"""

from .carrying import GIVE_UP_AFTER, LEASE, NOT_NEEDED, Tally, deliver, try_again
from .composing import AT_LATEST, FROM_HOUR, GATHERED, compose
from .failures import alert_failures

__all__ = [
    "AT_LATEST",
    "FROM_HOUR",
    "GATHERED",
    "GIVE_UP_AFTER",
    "LEASE",
    "NOT_NEEDED",
    "Tally",
    "alert_failures",
    "compose",
    "deliver",
    "try_again",
]
