"""When a review of requirements may be written, concluded, and made into terms (C10)."""

from records.words import day_in_words

from ..enums import RequirementReviewStatus
from ..queries import reviews
from .plan import why_not_edit
from .rule_sets import why_not_start_terms


def why_not_open_review(*, user, title, opened_on, on):
    """Say why no such review can be opened, or nothing."""
    if why := why_not_edit(user):
        return why
    if not title.strip():
        return "Give the review a title."
    return f"{day_in_words(opened_on)} has not come yet. Enter a day that has." if opened_on > on else ""


def why_not_write_review(review, *, user):
    """Say why the review cannot be changed now, or nothing."""
    if why := why_not_edit(user):
        return why
    if review.status == RequirementReviewStatus.CONCLUDED:
        return f"This review was concluded on {day_in_words(review.concluded_on)}. Its findings stay as they are."
    return ""


def why_not_write_finding(review, *, user, finding, row=None):
    """Say why a finding cannot be written so, or nothing."""
    if why := why_not_write_review(review, user=user):
        return why
    if row is not None and row.terms_id:
        return f"This finding is part of {row.terms} already."
    return "" if finding.strip() else "Write what was found."


def why_not_drop_finding(row, *, user):
    """Say why a finding cannot be taken out, or nothing."""
    if why := why_not_write_review(row.review, user=user):
        return why
    return f"This finding is part of {row.terms} already." if row.terms_id else ""


def why_not_make_terms(review, *, user, title=None, version=None):
    """Say why the findings cannot become conditions of new terms, or nothing."""
    if why := why_not_edit(user):
        return why
    if not reviews.waiting_of(review).exists():
        return "No finding has a condition that is not part of terms yet."
    return "" if title is None else why_not_start_terms(title, version, user=user)


def why_not_conclude(review, *, user, on, conclusion=None, concluded_on=None):
    """Say why the review cannot be concluded, or nothing."""
    if why := why_not_write_review(review, user=user):
        return why
    if not review.findings.exists():
        return "Write at least one finding first."
    if conclusion is not None and not conclusion.strip():
        return "Write the conclusion."
    if concluded_on and concluded_on > on:
        return f"{day_in_words(concluded_on)} has not come yet. Enter a day that has."
    if concluded_on and concluded_on < review.opened_on:
        return f"The review was opened on {day_in_words(review.opened_on)}. Enter that day or a later one."
    return ""
