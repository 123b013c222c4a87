"""What changed in the plan, drawn from the log (P7)."""

from django.db.models import Q

from plans.models import FundingSource, LearningArea, Plan, PlanSection, Priority, RuleSet, Stream
from records.models import Event

OF_THE_PLAN = (FundingSource, LearningArea, PlanSection, Priority, RuleSet, Stream)


def changes_in_log(plan):
    """The events about the plan and its own rows, newest first: words, streams, sources, priorities, rules."""
    wanted = Q(subject_type=Plan._meta.label, subject_id=plan.pk)
    for model in OF_THE_PLAN:
        ids = model.objects.filter(plan=plan).values("pk")
        wanted |= Q(subject_type=model._meta.label, subject_id__in=ids)
    return Event.objects.filter(wanted).exclude(verb="loaded").select_related("by").order_by("-at", "-pk")


def known_from(document):
    """The sentence that says from when the portal itself kept the record of this plan."""
    return document.record_from
