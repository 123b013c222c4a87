"""When a plan may be carried into its next year (X1)."""

from records.words import day_in_words

from ..models import Plan
from .plan import why_not_edit, why_not_these_days


def why_not_roll_over(plan, *, user, starts_on=None, ends_on=None, title=None):
    """Say why the next year of a plan cannot be started, or nothing: once is enough, and the years must not overlap."""
    if why := why_not_edit(user):
        return why
    if follower := Plan.objects.filter(follows=plan).first():
        return f"{follower} follows this plan already. Change that one."
    if title is not None and not title.strip():
        return "Give the new plan a title."
    if starts_on is None or ends_on is None:
        return ""
    if why := why_not_these_days(starts_on, ends_on):
        return why
    if starts_on == ends_on:
        return "The plan must last longer than a day."
    if starts_on <= plan.ends_on:
        return f"This plan runs to {day_in_words(plan.ends_on)}, so the next one begins after that day."
    return ""
