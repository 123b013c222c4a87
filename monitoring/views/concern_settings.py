"""The procedure as data: its stages with their clocks, and who handles restricted complaints (P2)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.roles import Permission
from plans.actions import concern_levels as level_actions
from plans.models import ConcernLevel

from ..actions import concerns as actions
from ..enums import Restriction
from ..forms import concern_settings as forms
from ..queries import concerns as queries
from ..rules import concerns as rules
from .concern_fetch import EDITING, crumbs

SORTS_OF = [kind for kind in Restriction if kind != Restriction.NONE]


@require_safe
@access.require(Permission.CONCERN_READ)
def concern_levels(request):
    """The stages of the procedure: who answers, and the clocks in working days."""
    edits = access.may(request.user, Permission.PLAN_MANAGE)
    context = {"levels": queries.levels(), "edits": edits, "breadcrumbs": crumbs()}
    return render(request, "monitoring/concern_levels.html", context)


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def concern_level_edit(request, number):
    """Change a stage; complaints at it keep the days they were given."""
    return _level(request, get_object_or_404(ConcernLevel, number=number), f"Change stage {number}")


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def concern_level_new(request):
    """Add a stage after the last."""
    return _level(request, None, "Add a stage")


def _level(request, level, title):
    fields = ("name", "answered_by", "acknowledge_days", "answer_days", "guidance")
    start = {name: getattr(level, name) for name in fields} if level else None
    form = forms.LevelForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_bound and form.is_valid():
        level_actions.save_level(level=level, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "Saved. Complaints that are at a stage keep the days they were given.")
        return redirect("monitoring:concern_levels")
    up = [*crumbs(), {"label": "Stages", "url": reverse("monitoring:concern_levels")}]
    return render(request, "monitoring/concern_form.html", {"form": form, "title": title, "breadcrumbs": up})


@require_safe
@access.require(Permission.CONCERN_SETTLE)
def concern_contacts(request):
    """Who handles restricted complaints, sort by sort."""
    found = queries.contacts()
    rows = [{"kind": kind, "contact": found.get(kind.value)} for kind in SORTS_OF]
    context = {"rows": rows, "breadcrumbs": crumbs()}
    return render(request, "monitoring/concern_contacts.html", context)


@require_http_methods(EDITING)
@access.require(Permission.CONCERN_SETTLE)
def concern_contact_edit(request, restriction):
    """Name the officer and the deputy for restricted complaints of one sort."""
    kind = next((kind for kind in SORTS_OF if kind.value.lower() == restriction), None)
    if kind is None:
        raise Http404("There is nothing here that you can see.")
    contact = queries.contact_for(kind)
    start = {"officer": contact.officer_id, "deputy": contact.deputy_id} if contact else None
    form = forms.ContactForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_bound and form.is_valid():
        why_not = rules.why_not_set_contacts(user=request.user, on=timezone.localdate(), **form.cleaned_data)
        if not why_not:
            actions.set_contact(restriction=kind, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, "Saved. Complaints that are here stay with whoever has them.")
            return redirect("monitoring:concern_contacts")
        form.add_error("deputy", why_not)
    up = [*crumbs(), {"label": "Restricted complaints", "url": reverse("monitoring:concern_contacts")}]
    title = f"Who handles complaints: {kind.label.lower()}"
    return render(request, "monitoring/concern_form.html", {"form": form, "title": title, "breadcrumbs": up})
