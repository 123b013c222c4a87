"""What a source of funds may still promise: its purpose, what it holds, its over-commitment (X2)."""

from plans.queries import sources as held
from records.words import pounds

from ..queries import sources as queries


def why_not_promise(funding_source, *, stream, amount):
    """Why the source cannot promise this sum to the stream, or nothing; ask with the source locked.

    A source whose amount nobody has published has no ceiling of its own.
    """
    if not funding_source.may_pay_for(stream):
        return f"{funding_source.name} may not be spent on {stream.name}. Choose another source."
    has = held.held(funding_source)
    if has is None or amount is None:
        return ""
    return why_not_above(funding_source, amount=amount, held_now=has, used=queries.used(funding_source))


def why_not_above(funding_source, *, amount, held_now, used):
    """Why this sum is more than the source can still promise, or nothing. Plain values, for pages and rules alike."""
    most = held.ceiling(funding_source, held_now)
    if used + amount <= most:
        return ""
    left = max(most - used, queries.ZERO)
    more = f" (promises may come to {pounds(most)})" if most != held_now else ""
    return (
        f"{funding_source.name} holds {pounds(held_now)}{more} and {pounds(used)} is promised from it already, "
        f"so only {pounds(left)} can still be promised."
    )


def why_not_promise_in(round, *, amount):
    """Why the sources of a round cannot promise the sum between them, or nothing."""
    shares = queries.sources_of(round)
    parts = queries.split(amount, [share for _, share in shares])
    for (source, _), part in zip(shares, parts, strict=True):
        if why := why_not_promise(source, stream=round.stream, amount=part):
            return why
    return ""
