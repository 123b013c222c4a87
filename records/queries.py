"""Reads of the record: what happened to a subject, and who was told."""

from django.db.models import Q

from .models import Event, Notice, Obligation


def _about(subjects):
    wanted = Q(pk__in=[])
    for subject in subjects:
        wanted |= Q(subject_type=subject._meta.label, subject_id=subject.pk)
    return wanted


def history(*subjects):
    """The events of one or several subjects, newest first."""
    return Event.objects.filter(_about(subjects)).select_related("by").order_by("-at", "-pk")


def notices_about(*subjects):
    """Who was told what about one or several subjects, newest first, with the mail that carried it."""
    rows = Notice.objects.filter(_about(subjects)).select_related("person", "message")
    return rows.order_by("-created_at", "-pk")


def moves_of(obligations):
    """The events by which the due days of obligations were moved."""
    ids = [owed.pk for owed in obligations]
    return Event.objects.filter(subject_type=Obligation._meta.label, subject_id__in=ids, verb="date_moved")


def owed_about(subject, kind, **which):
    """The open obligation of a kind about a subject, the soonest due; None where nothing is owed."""
    return Obligation.objects.open().about(subject).filter(kind=kind, **which).order_by("due_on", "pk").first()
