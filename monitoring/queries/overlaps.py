"""Pairs of work that may overlap, and the index they are found in (C7)."""

from django.db.models import Q

from ..enums import PairStatus
from ..models import OverlapPair


def pairs_of(kind, subject_ids):
    """Pairs that hold any of these pieces of work, surest first, without those an officer dismissed."""
    ids = list(subject_ids)
    return (
        OverlapPair.objects.exclude(status=PairStatus.DISMISSED)
        .filter(Q(first__kind=kind, first__subject_id__in=ids) | Q(second__kind=kind, second__subject_id__in=ids))
        .select_related("first", "second")
        .order_by("-is_structured", "-score", "pk")
    )
