"""Pages of the workspace of a bid: partners, tasks and files (O2)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts import access
from accounts.roles import Permission
from records import documents
from records.refusals import refuse_if

from ..actions import bids as actions
from ..forms import opportunities as forms
from ..models import OpportunityPartner, OpportunityTask
from ..queries import opportunities as reads
from ..rules import opportunities as rules
from .opportunities import EDITING, act_with, found, posted

PARTNER = ("organisation", "name", "part", "brings", "agreed_on")


def workspace(request, reference):
    """The opportunity, if its workspace may be changed now."""
    opportunity = found(reference)
    refuse_if(rules.why_not_work_on(opportunity, user=request.user), opportunity)
    return opportunity


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def partner_new(request, reference):
    """Add who bids with the office."""
    opportunity = workspace(request, reference)

    def save(**fields):
        return actions.save_partner(opportunity=opportunity, **fields)

    page = {"title": "Add a partner", "opportunity": opportunity, "done": "The partner is saved."}
    return act_with(request, forms.PartnerForm(posted(request)), save, **page)


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def partner_edit(request, reference, pk):
    """Change what a partner does or brings."""
    opportunity = workspace(request, reference)
    partner = get_object_or_404(OpportunityPartner, opportunity=opportunity, pk=pk)
    start = {name: getattr(partner, name) for name in PARTNER}
    start["name"] = "" if partner.organisation_id else partner.name
    form = forms.PartnerForm(posted(request), initial=start)

    def save(**fields):
        return actions.save_partner(opportunity=opportunity, partner=partner, **fields)

    return act_with(request, form, save, done="The partner is saved.", title=partner.name, opportunity=opportunity)


@require_POST
@access.require(Permission.PLAN_MANAGE)
def partner_remove(request, reference, pk):
    """Take a partner off the bid."""
    rows = OpportunityPartner.objects.select_related("opportunity")
    partner = get_object_or_404(rows, opportunity__reference=reference, pk=pk)
    opportunity = actions.remove_partner(partner=partner, by=request.user, at=timezone.now())
    messages.success(request, f"{partner.name} is off the bid. The history keeps it.")
    return redirect(opportunity)


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def task_new(request, reference):
    """Add something to be done for the bid."""
    opportunity = workspace(request, reference)

    def save(**fields):
        return actions.save_task(opportunity=opportunity, **fields)

    page = {"title": "Add a task", "opportunity": opportunity, "done": "The task is saved. Reminders follow its day."}
    return act_with(request, forms.TaskForm(posted(request)), save, **page)


def _task(opportunity, number, user):
    row = get_object_or_404(OpportunityTask, opportunity=opportunity, number=number)
    refuse_if(rules.why_not_finish_task(opportunity, row, user=user), opportunity)
    return row


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def task_edit(request, reference, number):
    """Change a task or its day."""
    opportunity = workspace(request, reference)
    row = _task(opportunity, number, request.user)
    start = {"task": row.task, "owner": row.owner, "due_on": row.due_on}

    def save(**fields):
        return actions.save_task(opportunity=opportunity, row=row, **fields)

    form = forms.TaskForm(posted(request), initial=start)
    return act_with(request, form, save, done="The task is saved.", title="Change a task", opportunity=opportunity)


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def task_finish(request, reference, number):
    """Mark a task as done."""
    opportunity = workspace(request, reference)
    row = _task(opportunity, number, request.user)
    form = forms.FinishTaskForm(posted(request), initial={"done_on": timezone.localdate()})

    def save(**fields):
        return actions.finish_task(row=row, **fields)

    page = {"title": f"Done: {row.task}", "opportunity": opportunity, "done": "Done. Its reminders stop."}
    return act_with(request, form, save, **page)


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def file_new(request, reference):
    """Keep a file of the bid."""
    opportunity = found(reference)
    form = forms.BidDocumentForm(posted(request), request.FILES or None)

    def save(**fields):
        return actions.add_document(opportunity=opportunity, **fields)

    return act_with(request, form, save, done="The file is kept.", title="Add a file", opportunity=opportunity)


@require_POST
@access.require(Permission.PLAN_MANAGE)
def file_remove(request, reference, pk):
    """Take a file off the bid."""
    opportunity = workspace(request, reference)
    document = get_object_or_404(documents.about(opportunity, reads.SECTION), pk=pk)
    actions.remove_document(opportunity=opportunity, document=document, by=request.user, at=timezone.now())
    messages.success(request, "The file is removed. The history keeps it.")
    return redirect(opportunity)
