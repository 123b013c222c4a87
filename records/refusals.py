"""The third way to say no: the right person, the wrong moment."""


class Refused(Exception):
    """Raised by an action when a rule answers with a sentence.

    `reason` is fit to show to the user; `subject` is where to send them back to.
    One middleware (`pcc_portal.middleware`) turns it into a message and a redirect.
    """

    def __init__(self, reason, subject=None):
        super().__init__(reason)
        self.reason = reason
        self.subject = subject


def refuse_if(reason, subject=None):
    """Raise `Refused` when `reason` is a sentence; do nothing when it is empty."""
    if reason:
        raise Refused(reason, subject)
