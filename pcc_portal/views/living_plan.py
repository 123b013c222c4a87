"""The commissioning plan as a document: read as it stands or as at any day, as PDF, published, with its history."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access
from accounts.roles import Permission
from plans.models import Plan
from plans.queries import living
from plans.rules import living as rules
from records import lists, pdf
from records.calendar import london_day
from records.formfields import GovDateField, GovForm

from ..actions import plan as actions
from ..queries import living_plan
from .plan import READERS


class DayForm(GovForm):
    """The day as at which the plan is read."""

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"] = GovDateField(label="Day", required=False, help_text="For example, 30 9 2020.", latest=today)


def plan_or_404(key):
    return get_object_or_404(Plan.objects.select_related("body", "follows", "followed_by"), key=key)


def asked_day(request, today):
    """The form of the day, and the day it names; None for the plan as it stands."""
    form = DayForm(request.GET or None, today=today)
    day = form.cleaned_data["on"] if form.is_bound and form.is_valid() else None
    return form, None if day == today else day


@require_safe
@access.require(*READERS)
def plan_list(request):
    """Every plan the portal holds, the newest first."""
    plans = living.plans_in_order()
    context = {
        "plans": plans,
        "may_change": access.may(request.user, Permission.PLAN_MANAGE),
        "breadcrumbs": [{"label": "Plan", "url": reverse("plan_show")}],
    }
    return render(request, "pcc_portal/plan_list.html", context)


@require_safe
@access.require(*READERS)
def plan_document(request, key):
    """The whole plan, section by section, with what its rows say."""
    plan = plan_or_404(key)
    today = timezone.localdate()
    form, day = asked_day(request, today)
    may_change = access.may(request.user, Permission.PLAN_MANAGE) and day is None
    context = {
        "document": living_plan.document(plan, user=request.user, day=day),
        "plan": plan,
        "form": form,
        "day": day,
        "on": day or today,
        "office": access.is_office(request.user),
        "may_change": may_change,
        "why_not_publish": rules.why_not_publish_plan(user=request.user, on=today) if may_change else "",
        "versions": actions.papers_of(plan)[:10],
        "breadcrumbs": [{"label": "Plan", "url": reverse("plan_show")}],
    }
    return render(request, "pcc_portal/plan_document.html", context)


@require_safe
@access.require(*READERS)
def plan_document_pdf(request, key):
    """The same as a tagged PDF; nothing is kept of it."""
    plan = plan_or_404(key)
    today = timezone.localdate()
    _form, day = asked_day(request, today)
    document = living_plan.document(plan, user=request.user, day=day)
    context = actions.paper_context(plan, document, day or today)
    context |= {"title": plan.title, "font_base": f"{settings.STATIC_URL}fonts"}
    content = pdf.render_once(render_to_string(actions.TEMPLATE, context))
    if content is None:
        packages = " and ".join(pdf.WHAT_TO_INSTALL)
        messages.error(request, f"No PDF can be made on this machine. Whoever runs the portal can install {packages}.")
        return redirect(plan)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{plan.key}-as-at-{day or today:%Y-%m-%d}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.PLAN_MANAGE)
def plan_publish(request, key):
    """Freeze the plan as the public may read it."""
    plan = plan_or_404(key)
    if request.method == "POST":
        paper = actions.publish_plan(plan=plan, by=request.user, at=timezone.now())
        messages.success(request, f"Published: {paper.title}. It stays as it is; the plan lives on.")
        return redirect(plan)
    context = {
        "plan": plan,
        "why_not": rules.why_not_publish_plan(user=request.user, on=timezone.localdate()),
        "versions": actions.papers_of(plan)[:10],
        "breadcrumbs": crumbs(plan),
    }
    return render(request, "pcc_portal/plan_publish.html", context)


@require_safe
@access.require(Permission.PLAN_READ)
def plan_history(request, key):
    """What changed in the plan, drawn from the log; each line leads to the plan as at the day before and after."""
    plan = plan_or_404(key)
    page = lists.paginate(request, living_plan.changes_in_log(plan))
    context = {
        "plan": plan,
        "page_obj": page,
        "events": list(page.object_list),
        "days": sorted({london_day(event.at) for event in page.object_list}, reverse=True),
        "changes": living.changes_of(plan),
        "breadcrumbs": crumbs(plan),
    }
    return render(request, "pcc_portal/plan_history.html", context)


@require_POST
@access.require(Permission.PLAN_MANAGE)
def plan_set_out(request, key):
    """Write the usual sections down, so that they can be worded and moved."""
    plan = plan_or_404(key)
    actions.set_out_sections(plan=plan, by=request.user, at=timezone.now())
    messages.success(request, "The sections are written down. Each can now have words of its own.")
    return redirect(plan)


def crumbs(plan):
    return [{"label": "Plan", "url": reverse("plan_show")}, {"label": plan.title, "url": plan.get_absolute_url()}]
