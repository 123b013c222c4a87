"""The complainant's own link: only a hash of it is kept; the portal works it out again when it writes to them."""

import hashlib

from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "monitoring.concern_links"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another, since people write it down
GROUPS, EACH = 6, 4


def token_of(concern):
    """The word in the link; made from the portal's secret key, so that nobody finds it in the database."""
    said = f"{concern.pk}:{concern.received_at.isoformat()}"
    drawn = salted_hmac(SALT, said, algorithm="sha256").digest()[: GROUPS * EACH]
    letters = "".join(LETTERS[byte % len(LETTERS)] for byte in drawn)
    return "-".join(letters[start : start + EACH] for start in range(0, GROUPS * EACH, EACH))


def hash_of(token):
    """What is kept of the word."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_of(concern):
    """The whole address; empty where the kept hash is of another secret key: the complainant has the old link."""
    token = token_of(concern)
    return f"{settings.BASE_URL}/complain/follow/{token}/" if hash_of(token) == concern.follow_hash else ""
