"""One check of an activity in the oversight register, beside what is funded near it (R3)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import access
from accounts.roles import Permission
from records.refusals import refuse_if
from services import queries as services_queries
from services.actions import oversight as actions
from services.rules import oversight as rules

from .. import forms
from ..queries import near


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.OVERSIGHT_MANAGE)
def oversight_check(request, reference, key):
    """Answer one check; what was listed as funded near it is kept with the answer."""
    activity = get_object_or_404(services_queries.oversight.activities(), reference=reference)
    kind = get_object_or_404(services_queries.oversight.check_kinds(), key=key)
    refuse_if(rules.why_not_record_check(activity, user=request.user, on=timezone.localdate(), kind=kind), activity)
    place, days = near.Place(activity.stream, activity.provider), (activity.starts_on, activity.ends_on)
    nearby = near.near(place, starts_on=days[0], ends_on=days[1], leave_out={activity.reference})
    was = next((check for check in activity.checks.all() if check.kind_id == kind.pk), None)
    start = {"result": was.result, "evidence": was.evidence} if was else None
    form = forms.CheckForm(*((request.POST, request.FILES) if request.method == "POST" else ()), initial=start)
    if form.is_bound and form.is_valid():
        actions.record_check(
            activity=activity,
            kind=kind,
            **form.cleaned_data,
            looked_at=nearby.as_record,
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, f"“{kind.name}” is saved.")
        return redirect(activity)
    context = {"form": form, "activity": activity, "kind": kind, "near": nearby}
    return render(request, "pcc_portal/oversight_check.html", context)
