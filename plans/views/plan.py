"""Pages of the plan's own rows: everything of it to put right."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import access
from accounts.roles import Permission
from records import queries as records_queries
from records.refusals import Refused

from .. import actions, forms, queries, rules
from ..models import (
    Delegation,
    FundingSource,
    LearningArea,
    MovableEvent,
    Plan,
    Priority,
    SensitivePeriod,
    Stream,
)

READERS = (Permission.PLAN_READ, Permission.CASE_READ, Permission.AWARD_READ)
EDITING = ["GET", "HEAD", "POST"]


def edit_page(request, form, act, *, title, caption="", lead="", row=None, back="plan_show", back_to=None):
    """Show the form, or do the one act of the page and go back to the plan."""
    url = back_to or reverse(back)
    if request.method == "POST" and form.is_valid():
        try:
            act(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, "Saved. The history of the plan shows what changed.")
            return redirect(url)
    context = {
        "form": form,
        "title": title,
        "caption": caption,
        "lead": lead,
        "back": url,
        "events": records_queries.history(row)[:20] if row else [],
    }
    return render(request, "plans/plan_edit.html", context)


def posted(request):
    return request.POST if request.method == "POST" else None


def initial_of(row, form_class):
    return {name: getattr(row, name) for name in form_class.base_fields if hasattr(row, name)}


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def learning_edit(request, pk):
    """One row of the learning review."""
    learning = get_object_or_404(LearningArea.objects.select_related("plan"), pk=pk)
    form = forms.LearningForm(posted(request), initial=initial_of(learning, forms.LearningForm))

    def act(**fields):
        return actions.edit_learning(learning=learning, **fields)

    return edit_page(
        request, form, act, title="What we learnt", caption=learning.plan.title, lead=learning.area, row=learning
    )


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def priority_edit(request, key):
    """One priority."""
    priority = get_object_or_404(Priority.objects.select_related("plan"), key=key)
    form = forms.PriorityForm(posted(request), initial=initial_of(priority, forms.PriorityForm))

    def act(**fields):
        return actions.edit_priority(priority=priority, **fields)

    return edit_page(request, form, act, title="Change a priority", caption=priority.plan.title, row=priority)


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def stream_edit(request, key):
    """What the plan says of one stream."""
    stream = get_object_or_404(Stream, key=key)
    form = forms.StreamForm(posted(request), initial=initial_of(stream, forms.StreamForm))

    def act(**fields):
        return actions.edit_stream(stream=stream, **fields)

    return edit_page(
        request,
        form,
        act,
        title="Change this stream",
        caption=str(stream),
        row=stream,
        back_to=stream.get_absolute_url(),
    )


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def funding_source_edit(request, key):
    """What is known of one source of funds."""
    source = get_object_or_404(FundingSource, key=key)
    form = forms.FundingSourceForm(posted(request), initial=initial_of(source, forms.FundingSourceForm))

    def act(**fields):
        return actions.edit_funding_source(funding_source=source, **fields)

    return edit_page(request, form, act, title="Change a source of funds", caption=source.name, row=source)


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def movable_event_edit(request, key):
    """Move the day of an event that decisions wait for."""
    event = get_object_or_404(MovableEvent, key=key)
    form = forms.MoveEventForm(posted(request), initial={"expected_on": event.expected_on})

    def act(**fields):
        return actions.move_event(event=event, **fields)

    lead = "Returns whose due day is counted from it follow with the next morning; those who write them are told."
    return edit_page(request, form, act, title="Move the day of an event", caption=event.name, lead=lead, row=event)


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def sensitive_period_new(request):
    """Add a time in which publicity waits."""
    form = forms.SensitivePeriodForm(posted(request))
    lead = "Publicity waits until it has passed. Offers, payments and publication required by law do not."
    return edit_page(request, form, actions.write_sensitive_period, title="Add a sensitive period", lead=lead)


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def sensitive_period_edit(request, key):
    """Change such a time."""
    period = get_object_or_404(SensitivePeriod, key=key)
    form = forms.SensitivePeriodForm(posted(request), initial=initial_of(period, forms.SensitivePeriodForm))

    def act(**fields):
        return actions.write_sensitive_period(period=period, **fields)

    return edit_page(request, form, act, title="Change a sensitive period", caption=period.name, row=period)


def refuse_others(request):
    """403 with the sentence of the rule for everybody who may not say who decides."""
    if why := rules.why_not_delegate(request.user):
        raise PermissionDenied(why)


@require_http_methods(EDITING)
@access.require(Permission.PLAN_READ)
def delegation_new(request):
    """Record who may decide beside the commissioner."""
    refuse_others(request)
    plan = queries.plan_on(timezone.localdate())
    form = forms.DelegationForm(posted(request), plan=plan)

    def act(**fields):
        return actions.write_delegation(body=plan.body, **fields)

    return edit_page(request, form, act, title="Record a delegation", caption=plan.title if plan else "")


@require_http_methods(EDITING)
@access.require(Permission.PLAN_READ)
def delegation_edit(request, reference):
    """Change such a record."""
    refuse_others(request)
    row = get_object_or_404(Delegation.objects.select_related("body", "stream"), reference=reference)
    plan = Plan.objects.filter(body=row.body).order_by(*queries.NEWEST_FIRST).first()
    form = forms.DelegationForm(posted(request), plan=plan, known=row, initial=initial_of(row, forms.DelegationForm))

    def act(**fields):
        return actions.write_delegation(body=row.body, row=row, **fields)

    return edit_page(request, form, act, title="Change a delegation", caption=row.reference, row=row)
