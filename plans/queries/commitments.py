"""Reads of commitment lines: money promised without an award, and its costs (V8)."""

from django.db.models import Max, Sum

from records.models import Event

from ..models import CommitmentCost, CommitmentLine
from .sources import ENTERED, NOUGHT, with_costs

ADDED, CHANGED, COMMENTED = ENTERED, "changed", "finance_commented"


def commitments():
    """Every line with its costs so far, in the order of the plan."""
    rows = CommitmentLine.objects.select_related(
        "stream__plan", "funding_source", "recipient", "rule_set", "decision__made_by"
    )
    return with_costs(rows).order_by("-stream__plan__starts_on", "stream__order", "pk")


def costs_of(commitment):
    """What arose case by case, newest first."""
    return CommitmentCost.objects.filter(commitment=commitment).select_related("by").order_by("-on", "-number")


def paid(commitment):
    """(what arose so far in pounds, the last day of a cost or None)."""
    found = CommitmentCost.objects.filter(commitment=commitment).aggregate(total=Sum("amount"), last=Max("on"))
    return found["total"] or NOUGHT, found["last"]


def _events(commitment, *verbs):
    rows = Event.objects.filter(subject_type=commitment._meta.label, subject_id=commitment.pk, verb__in=verbs)
    return rows.select_related("by").order_by("-at", "-pk")


def proposers_of(commitment):
    """Who entered the line or changed it: they never decide on it nor pay from it."""
    return {event.by_id for event in _events(commitment, ADDED, CHANGED) if event.by_id}


def comment_on(commitment):
    """The chief finance officer's newest comment on the line since it was last changed, as an event; else None."""
    newest = _events(commitment, ADDED, CHANGED, COMMENTED).first()
    return newest if newest is not None and newest.verb == COMMENTED else None


def advisers_of(commitment):
    """Everybody who proposed the line or commented on it."""
    return proposers_of(commitment) | {event.by_id for event in _events(commitment, COMMENTED) if event.by_id}
