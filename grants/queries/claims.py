"""Reads about claims for money spent (X2)."""


def summary_of(award, user):
    """What stands on the page of the award, or nothing."""
    return {}
