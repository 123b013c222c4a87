"""Reads about reviews of what a stream asks of its recipients (C10)."""

from django.db.models import Count, Q

from ..models import RequirementReview, TermsVersion


def reviews():
    """Every review with its stream, how many findings it has, and how many became conditions."""
    return RequirementReview.objects.select_related("stream__plan").annotate(
        found=Count("findings"), became=Count("findings", filter=Q(findings__terms__isnull=False))
    )


def findings_of(review):
    """The findings of a review in order, each with the terms it became part of."""
    return list(review.findings.select_related("terms"))


def waiting_of(review):
    """Findings whose condition stands in no terms yet."""
    return review.findings.filter(terms__isnull=True).exclude(condition="")


def terms_under(stream):
    """Versions of terms that may be built upon: those of the rule sets of the stream's plan first, then all others."""
    return TermsVersion.objects.annotate(
        near=Count("rule_sets", filter=Q(rule_sets__plan=stream.plan), distinct=True)
    ).order_by("-near", "title", "-version", "pk")


def next_number(terms):
    """The number after the highest whole one among the conditions of the terms."""
    whole = [int(number) for number in terms.conditions.values_list("number", flat=True) if number.isdigit()]
    return max(whole, default=0) + 1
