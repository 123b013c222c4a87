"""Exceptions to limits: what was asked for and waits, what was given (R1)."""

from records.enums import ObligationKind
from records.models import Event, Obligation

from ..models import BusinessCase, LimitException

ASKED = "exception_asked"
KIND = ObligationKind.REQUEST_ANSWER


def url_of(case):
    """The page on which an exception is answered; the office may open it before the case was sent in."""
    return f"{case.round.get_absolute_url()}exceptions/{case.reference}/"


def is_asked(case):
    """Whether an exception has been asked for and not been answered."""
    return Obligation.objects.open().about(case).filter(kind=KIND).exists()


def last_asked(case):
    """What was asked for last, as the log has it; None where nothing was."""
    rows = Event.objects.filter(subject_type=case._meta.label, subject_id=case.pk, verb=ASKED)
    return rows.select_related("by").order_by("-at", "-pk").first()


def waiting(round):
    """Cases of the round whose exception waits for an answer."""
    ids = Obligation.objects.open().filter(kind=KIND, subject_type=BusinessCase._meta.label).values("subject_id")
    return list(round.cases.filter(pk__in=ids).select_related("organisation").order_by("organisation__name", "pk"))


def given_in(round):
    """Exceptions given in the round, newest first."""
    rows = LimitException.objects.filter(case__round=round).select_related("case__organisation", "by")
    return list(rows.order_by("-at", "-pk"))
