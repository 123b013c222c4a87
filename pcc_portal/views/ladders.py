"""Ladders of reminders: read by the office, edited with a preview of what would go out."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access
from accounts.roles import Permission
from pcc_portal.forms import LadderStepForm
from pcc_portal.queries import ladders
from records import actions, lists, rules
from records.calendar import london_day
from records.enums import ObligationKind
from records.models import LadderStep

PAGE = require_http_methods(["GET", "HEAD", "POST"])
EVENTS = 20


@require_safe
@access.require(Permission.PLAN_READ)
def ladder_list(request):
    """The ladder of every kind of thing that is owed."""
    context = {
        "ladders": ladders.all_ladders(),
        "may_read_log": access.may(request.user, Permission.NOTICE_LOG_READ),
    }
    return render(request, "pcc_portal/ladder_list.html", context)


@require_safe
@access.require(Permission.PLAN_READ)
def ladder_show(request, kind):
    """The steps of one ladder, and what was changed on it."""
    ladder = _ladder(kind)
    steps = [
        {"step": step, "why_not_remove": rules.why_not_remove(step, others=_others(ladder, step))}
        for step in ladder.steps
    ]
    context = {
        "ladder": ladder,
        "steps": steps,
        "page_obj": lists.paginate(request, ladders.events_of(kind), per_page=EVENTS),
        "may_edit": access.may(request.user, Permission.PLAN_MANAGE),
        "breadcrumbs": _breadcrumbs(),
    }
    return render(request, "pcc_portal/ladder_show.html", context)


def _ladder(kind):
    if kind not in ObligationKind.values:
        raise Http404
    return ladders.ladder(kind)


def _others(ladder, step):
    return [other for other in ladder.steps if other.pk != step.pk]


def _breadcrumbs(ladder=None):
    crumbs = [{"label": "Ladders of reminders", "url": reverse("ladder_list")}]
    return [*crumbs, {"label": ladder.label, "url": reverse("ladder_show", args=[ladder.kind])}] if ladder else crumbs


@PAGE
@access.require(Permission.PLAN_MANAGE)
def ladder_step_new(request, kind):
    """Add a step; "Preview" shows it without saving."""
    ladder = _ladder(kind)
    form = LadderStepForm(request.POST or None, kind=kind, others=ladder.steps)
    if _to_save(request, form):
        typed = form.step()
        step = actions.add_step(kind=kind, **_fields(typed), by=request.user, at=timezone.now())
        messages.success(request, f"Reminder added: {step.when.lower()}.")
        return redirect(step)
    return _step_page(request, ladder, form)


@PAGE
@access.require(Permission.PLAN_MANAGE)
def ladder_step_edit(request, kind, pk):
    """Change a step; "Preview" shows it without saving."""
    step = get_object_or_404(LadderStep, kind=kind, pk=pk)
    ladder = _ladder(kind)
    form = LadderStepForm(request.POST or None, kind=kind, step=step, others=_others(ladder, step))
    if _to_save(request, form):
        seen = form.cleaned_data["seen"]
        step = actions.change_step(step=step, **_fields(form.step()), by=request.user, at=timezone.now(), seen=seen)
        messages.success(request, f"Reminder saved: {step.when.lower()}.")
        return redirect(step)
    return _step_page(request, ladder, form, step)


def _to_save(request, form):
    return request.method == "POST" and form.is_valid() and "preview" not in request.POST


def _fields(step):
    return {name: getattr(step, name) for name in ("working_days", "audiences", "heading", "wording")}


def _step_page(request, ladder, form, step=None):
    context = {"ladder": ladder, "form": form, "step": step, "breadcrumbs": _breadcrumbs(ladder)}
    if form.is_bound and form.is_valid():
        on = london_day(timezone.now())
        typed = form.step()
        others = [other for other in ladder.steps if step is None or other.pk != step.pk]
        context["preview"] = ladders.preview(typed, on)
        context["effect"] = ladders.effect(ladder.kind, [*others, typed], on)
    if step is not None:
        context["why_not_restore"] = rules.why_not_restore(step)
    return render(request, "pcc_portal/ladder_step.html", context)


@PAGE
@access.require(Permission.PLAN_MANAGE)
def ladder_step_remove(request, kind, pk):
    """Take a step off the ladder, after its effect was shown."""
    step = get_object_or_404(LadderStep, kind=kind, pk=pk)
    if request.method == "POST":
        actions.remove_step(step=step, by=request.user, at=timezone.now(), seen=request.POST.get("seen", ""))
        messages.success(request, f"Reminder removed: {step.when.lower()}.")
        return redirect("ladder_show", kind=kind)
    ladder = _ladder(kind)
    others = _others(ladder, step)
    context = {
        "ladder": ladder,
        "step": step,
        "why_not": rules.why_not_remove(step, others=others),
        "effect": ladders.effect(kind, others, london_day(timezone.now())),
        "breadcrumbs": _breadcrumbs(ladder),
    }
    return render(request, "pcc_portal/ladder_step_remove.html", context)


@require_POST
@access.require(Permission.PLAN_MANAGE)
def ladder_step_restore(request, kind, pk):
    """Put one step back as delivered."""
    step = get_object_or_404(LadderStep, kind=kind, pk=pk)
    step = actions.restore_step(step=step, by=request.user, at=timezone.now())
    messages.success(request, f"The reminder {step.when.lower()} is back as delivered with the portal.")
    return redirect(step)


@PAGE
@access.require(Permission.PLAN_MANAGE)
def ladder_restore(request, kind):
    """Put a whole ladder back as delivered, after what that means was shown."""
    ladder = _ladder(kind)
    if request.method == "POST":
        actions.restore_ladder(kind=kind, by=request.user, at=timezone.now())
        messages.success(request, f"{ladder.label}: the ladder is back as delivered with the portal.")
        return redirect("ladder_show", kind=kind)
    delivered = ladders.delivered_steps(kind)
    context = {
        "ladder": ladder,
        "delivered": delivered,
        "effect": ladders.effect(kind, delivered, london_day(timezone.now())),
        "breadcrumbs": _breadcrumbs(ladder),
    }
    return render(request, "pcc_portal/ladder_restore.html", context)
