"""The ladders delivered with the portal: for each kind of obligation its steps, as
(working days, audiences, (heading, wording)). An office changes its own copy, the rows; this is what
"back to the wording delivered with the portal" goes back to. Migrations wrote the first rows.
"""

from . import assurance, money

LADDERS = {**money.LADDERS, **assurance.LADDERS}


def delivered(kind):
    """The steps delivered for a kind: {working days: (audiences, heading, wording)}."""
    return {days: (list(audiences), heading, wording) for days, audiences, (heading, wording) in LADDERS[kind]}
