"""The commissioning plan as it stands, and each of its streams."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import access
from accounts.roles import Permission
from plans import queries as plan_queries
from plans import rules as plan_rules
from plans.models import Stream
from records import queries as records_queries

from ..queries import plan as reads

READERS = (Permission.PLAN_READ, Permission.CASE_READ, Permission.AWARD_READ)


@require_safe
@access.require(*READERS)
def plan_show(request):
    """Purpose, learning, priorities, sources of funds, streams with their money, contracts."""
    user = request.user
    plan = plan_queries.plan_on(timezone.localdate())
    if plan is None:
        return render(request, "pcc_portal/plan_show.html", {"plan": None})
    lines, totals = reads.stream_lines(plan, user)
    office = access.is_office(user)
    sources = plan.sources.order_by("is_example", "funder", "starts_on", "pk")
    real = {} if office else {"is_example": False}
    context = {
        "plan": plan,
        "year": plan_queries.year_label(plan),
        "learning": plan.learning.order_by("order"),
        "priorities": plan.priorities.order_by("order"),
        "sources": sources if office else sources.filter(is_example=False),
        "lines": lines,
        "totals": totals,
        "contracts": reads.contracts_of(plan, user),
        "events": plan_queries.movable_events().filter(**real),
        "periods": plan_queries.sensitive_periods().filter(**real),
        "delegations": plan_queries.delegations(plan) if office else [],
        "rule_sets": plan.rule_sets.filter(**real).order_by("pk"),
        "office": office,
        "may_change": access.may(user, Permission.PLAN_MANAGE),
        "may_delegate": not plan_rules.why_not_delegate(user),
    }
    return render(request, "pcc_portal/plan_show.html", context)


@require_safe
@access.require(*READERS)
def stream_show(request, key):
    """One stream: what it is for, who is funded, and where each figure is printed."""
    streams = Stream.objects.select_related("plan", "parent").prefetch_related("sources", "priorities", "parts")
    stream = get_object_or_404(streams, key=key)
    office = access.is_office(request.user)
    context = {
        "stream": stream,
        "years": reads.stream_years(stream, request.user),
        "contracts": [
            row for row in reads.contracts_of(stream.plan, request.user) if row.contract.stream_id == stream.pk
        ],
        "events": records_queries.history(stream)[:20] if office else [],
        "office": office,
        "may_change": access.may(request.user, Permission.PLAN_MANAGE),
        "breadcrumbs": [{"label": "Plan", "url": reverse("plan_show")}],
    }
    return render(request, "pcc_portal/stream_show.html", context)
