"""Where a return stands with the office: its review, its corrections, the money that waits for it."""

from django.db.models import OuterRef, Q, Subquery

from grants.enums import Direction, InstalmentStatus
from grants.models import Instalment
from plans.enums import ConditionKind
from records import calendar
from records.enums import ObligationKind
from records.models import Obligation

from ..enums import ReturnStatus, Verdict
from ..models import MonitoringReturn, ReturnReview

BY_A_RETURN = (ConditionKind.MID_YEAR_SATISFACTORY, ConditionKind.YEAR_END_SATISFACTORY)
WAITING = (InstalmentStatus.SCHEDULED, InstalmentStatus.WITHHELD)


def with_clocks(returns):
    """Returns with the day by which the office owes its review, and the recipient a correction or an answer.

    Each is None while nothing of the kind is owed.
    """
    return returns.annotate(
        review_due_on=_due(ObligationKind.RETURN_REVIEW),
        again_due_on=_due(ObligationKind.RETURN, ObligationKind.RETURN_QUERY),
    )


def _due(*kinds):
    owed = Obligation.objects.open().filter(
        subject_type=MonitoringReturn._meta.label, subject_id=OuterRef("pk"), kind__in=kinds
    )
    return Subquery(owed.order_by("due_on").values("due_on")[:1])


def days_to_review(monitoring_return):
    """Working days from submission to verdict, or None before one is given."""
    if monitoring_return.reviewed_at is None:
        return None
    days = (calendar.london_day(moment) for moment in (monitoring_return.submitted_at, monitoring_return.reviewed_at))
    return calendar.working_days_between(*days)


def reviews_of(monitoring_return):
    """Every verdict given on the return, newest first, with the version it was given on."""
    rows = ReturnReview.objects.filter(version__monitoring_return=monitoring_return)
    return rows.select_related("version", "by").order_by("-version__number")


def failed_before(monitoring_return, kinds):
    """Whether a return of these kinds of the same award was waived, or failed before this one was sent."""
    failed = Q(status=ReturnStatus.REVIEWED, verdict=Verdict.UNSATISFACTORY) & Q(
        reviewed_at__lt=monitoring_return.submitted_at
    )
    others = MonitoringReturn.objects.filter(award_id=monitoring_return.award_id, kind__in=kinds)
    return others.exclude(pk=monitoring_return.pk).filter(failed | Q(status=ReturnStatus.WAIVED)).exists()


def waiting_for_a_return(award):
    """Instalments of the award that wait for a satisfactory return."""
    return _instalments(award_id=award.pk if award else None).filter(
        condition__in=BY_A_RETURN, condition_met_at__isnull=True, status__in=WAITING, direction=Direction.OUT
    )


def met_by(monitoring_return):
    """Instalments whose condition this return has met."""
    return _instalments(
        condition_row_type=MonitoringReturn._meta.label,
        condition_row_id=monitoring_return.pk,
        award_id=monitoring_return.award_id,
    )


def _instalments(**which):
    return Instalment.objects.filter(**which).select_related("award__recipient", "award__payee").order_by("number")
