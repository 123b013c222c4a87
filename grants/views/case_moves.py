"""Moves of a business case that ask for words: return, withdraw, reopen, justify."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import access
from accounts.roles import Permission
from records.refusals import refuse_if

from ..actions import business_cases as actions
from ..enums import CaseStatus
from ..forms.business_cases import ReasonForm
from ..forms.case_moves import JustifyForm, ReturnForm
from ..queries import case_content
from ..rules import business_cases as rules
from .business_cases import get_case


@access.require(Permission.CASE_EVALUATE)
@require_http_methods(["GET", "POST"])
def business_case_return(request, reference):
    """Return named sections, each with what should change."""
    case = get_case(request, reference)
    refuse_if(rules.why_not_return(case, user=request.user, on=timezone.localdate()), case)
    content = case_content.content_of(case)
    form = ReturnForm(request.POST if request.method == "POST" else None, content=content)
    if request.method == "POST" and form.is_valid():
        projects = {project.number: project for project in case.projects.all()}
        requests = [(section, projects.get(number), asked) for section, number, asked in form.requests()]
        actions.return_business_case(case=case, requests=requests, by=request.user, at=timezone.now())
        messages.success(request, f"{case.reference} was returned. {case.organisation} has been told.")
        return redirect(case)
    titles = {project["number"]: project["title"] for project in content["projects"]}
    groups = [
        {"heading": f"Project {number}: {titles[number]}" if number else "The business case", "fields": fields}
        for number, fields in form.groups()
    ]
    return render(request, "grants/business_case_return.html", {"case": case, "form": form, "groups": groups})


@access.require(Permission.CASE_SUBMIT, Permission.ROUND_MANAGE)
@require_http_methods(["GET", "POST"])
def business_case_withdraw(request, reference):
    """Withdraw the case, with the reason."""
    case = get_case(request, reference)
    refuse_if(rules.why_not_withdraw(case, user=request.user, on=timezone.localdate()), case)
    hint = "It is kept in the history, and told to the officers and the organisation."
    form = ReasonForm(request.POST if request.method == "POST" else None, label="Why is it withdrawn?", hint=hint)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.withdraw_business_case(case=case, reason=reason, by=request.user, at=timezone.now())
        messages.success(request, f"{case.reference} was withdrawn")
        return redirect(case)
    return render(request, "grants/business_case_withdraw.html", {"case": case, "form": form})


@access.require(Permission.CASE_SUBMIT, Permission.ROUND_MANAGE)
@require_http_methods(["GET", "POST"])
def business_case_reopen(request, reference):
    """Make it a draft again, with the reason."""
    case = get_case(request, reference)
    refuse_if(rules.why_not_reopen(case, user=request.user, on=timezone.localdate()), case)
    hint = "It is kept in the history, and told to the officers and the organisation."
    form = ReasonForm(request.POST if request.method == "POST" else None, label="Why is it reopened?", hint=hint)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.reopen_business_case(case=case, reason=reason, by=request.user, at=timezone.now())
        messages.success(request, f"{case.reference} is a draft again")
        return redirect(case)
    taken_back = case.status == CaseStatus.SUBMITTED
    return render(request, "grants/business_case_reopen.html", {"case": case, "form": form, "taken_back": taken_back})


@access.require(Permission.CASE_EVALUATE)
@require_http_methods(["GET", "POST"])
def project_justify(request, reference, number):
    """An officer's justification of a project with neither priority nor evidence (C2)."""
    case = get_case(request, reference)
    project = get_object_or_404(case.projects.select_related("case__organisation"), number=number)
    refuse_if(rules.why_not_justify(project, user=request.user, on=timezone.localdate()), case)
    initial = {"justification": project.officer_justification}
    form = JustifyForm(request.POST) if request.method == "POST" else JustifyForm(initial=initial)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["justification"]
        actions.justify_project(project=project, justification=words, by=request.user, at=timezone.now())
        messages.success(request, f"Project {number} is justified")
        return redirect(project)
    return render(request, "grants/project_justify.html", {"case": case, "project": project, "form": form})
