"""Reads about what follows a year or the end of an award (R2, V5)."""


def summary_of(award, user):
    """What stands on the page of the award, or nothing."""
    return {}
