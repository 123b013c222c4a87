"""The plan as a plan file, for those who keep the plan."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts import access
from accounts.roles import Permission
from plans.models import Plan

from ..loading import exporting


@require_safe
@access.require(Permission.PLAN_MANAGE)
def plan_export(request, key):
    """Everything the plan holds, without people, as a file that loads to the same rows."""
    plan = get_object_or_404(Plan.objects.select_related("body"), key=key)
    response = HttpResponse(exporting.plan_text(plan), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{plan.key}.yaml"'
    return response
