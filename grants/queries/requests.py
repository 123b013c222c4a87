"""Reads about the changes a recipient asks for (X3)."""


def summary_of(award, user):
    """What stands on the page of the award, or nothing."""
    return {}
