"""Reads about what follows the funding (M1)."""


def summary_of(award, user):
    """What stands on the page of the award, or nothing."""
    return {}
