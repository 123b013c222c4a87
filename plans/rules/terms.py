"""When a version of the terms is issued, and followed by another (P1)."""

from accounts import access
from accounts.roles import Permission
from records.calendar import london_day
from records.words import day_in_words

from ..models import TermsVersion
from .frozen import frozen_user_of

NOT_A_KEEPER = "Only commissioning officers look after terms and conditions."


def why_not_issue_terms(terms, *, user):
    """Say why a version cannot be issued, or nothing: issued, nothing of it changes any more."""
    if not access.may(user, Permission.TERMS_MANAGE):
        return NOT_A_KEEPER
    if terms.frozen_at is not None:
        return f"This version was issued on {day_in_words(london_day(terms.frozen_at))}."
    if frozen_user_of(terms) is not None:
        return "Money was offered under this version, so it counts as issued."
    return "" if terms.conditions.exists() else "Terms without a condition cannot be issued. Add one first."


def why_not_follow_terms(terms, version=None, *, user):
    """Say why no version can follow these terms, under that name where one is given, or nothing."""
    if not access.may(user, Permission.TERMS_MANAGE):
        return NOT_A_KEEPER
    if follower := getattr(terms, "followed_by", None):
        return f"Version {follower.version} follows these terms already. Change that one, or make a version of it."
    if version is None:
        return ""
    if not version.strip():
        return "Give the new version a number or a name."
    if TermsVersion.objects.filter(title=terms.title, version=version.strip()).exists():
        return f"There is a version {version.strip()} of these terms already. Give this one another."
    return ""


def is_issued(terms):
    """Whether a version stays as it is, so that it can be put to somebody to accept."""
    return terms.frozen_at is not None or frozen_user_of(terms) is not None
