"""Reads of the plan itself."""

from django.db.models import Case, Exists, OuterRef, When

from records.models import Event

from ..models import Delegation, MovableEvent, Plan, RuleSet, SensitivePeriod
from .events import HAPPENED

NEWEST_FIRST = ("-starts_on", "pk")


def plan_on(day):
    """The plan in force on the day, else the newest there is; None before any is loaded."""
    in_force = Case(When(starts_on__lte=day, ends_on__gte=day, then=0), default=1)
    return Plan.objects.select_related("body").order_by(in_force, *NEWEST_FIRST).first()


def year_label(plan):
    """The year of a plan as figures are labelled: 2020/21, or 2020 within one calendar year."""
    first, last = plan.starts_on.year, plan.ends_on.year
    return f"{first}/{last % 100:02d}" if last > first else str(first)


def rule_sets():
    """Rule sets with everything a reader sees of them."""
    return RuleSet.objects.select_related("terms", "plan").prefetch_related(
        "terms__conditions", "instalment_rules", "reporting_rules__event", "limits"
    )


def delegations(plan):
    return Delegation.objects.filter(body=plan.body_id).select_related("stream").order_by("reference")


def movable_events():
    """Events whose day may move, each with whether it has `happened`."""
    told = Event.objects.filter(subject_type=MovableEvent._meta.label, subject_id=OuterRef("pk"), verb=HAPPENED)
    return MovableEvent.objects.annotate(happened=Exists(told)).order_by("expected_on", "pk")


def sensitive_periods():
    return SensitivePeriod.objects.order_by("starts_on", "pk")
