"""Findings, the actions they ask for, the report, the reply (P4)."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts import access
from accounts.roles import Permission
from records.refusals import refuse_if

from ...actions import audits as actions
from ...enums import VisitStatus
from ...forms import audits as forms
from ...models import AuditCheck
from ...queries import audits as queries
from ...rules import audits as rules
from .fetch import act_page, fetch_action, fetch_finding, fetch_visit


def _checks(visit):
    return AuditCheck.objects.filter(visit=visit).select_related("condition").order_by("condition__order", "pk")


def _was_sent(visit):
    """Whether the organisation has read it, so that a change needs its reason."""
    return visit.status == VisitStatus.REPORTED


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.AUDIT_MANAGE)
def finding_new(request, reference):
    """What was found."""
    visit = fetch_visit(request, reference)
    refuse_if(rules.why_not_change_finding(visit, user=request.user), visit)
    about = _checks(visit).filter(condition__number=request.GET.get("about", "")).first()
    form = forms.FindingForm(
        request.POST or None, checks=_checks(visit), with_reason=_was_sent(visit), initial={"check_row": about}
    )
    if request.method == "POST" and form.is_valid():
        made = actions.write_finding(visit=visit, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, f"Finding {made.number} was added.")
        return redirect(visit)
    return act_page(request, form, title="Add a finding", caption=visit.reference, rows=[visit])


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.AUDIT_MANAGE)
def finding_edit(request, reference, number):
    """Other words or another grade."""
    finding = fetch_finding(request, reference, number)
    visit = finding.visit
    refuse_if(rules.why_not_change_finding(visit, user=request.user), visit)
    stands = {"check_row": finding.check_row_id, "grade": finding.grade, "text": finding.text}
    form = forms.FindingForm(request.POST or None, checks=_checks(visit), with_reason=_was_sent(visit), initial=stands)
    if request.method == "POST" and form.is_valid():
        actions.change_finding(finding=finding, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, f"Finding {number} was changed.")
        return redirect(visit)
    return act_page(request, form, title=f"Change finding {number}", caption=visit.reference, rows=[visit])


def _remove(request, visit, row, *, title, lead, act):
    """Ask for the reason, then take a finding or an action out."""
    form = forms.WordsForm(request.POST or None, label="Why is it taken out?", button="Take it out", rows=3)
    if request.method == "POST" and form.is_valid():
        act(reason=form.cleaned_data["words"], by=request.user, at=timezone.now())
        messages.success(request, "It was taken out. The history keeps its words.")
        return redirect(visit)
    return act_page(request, form, title=title, caption=visit.reference, inset=lead, rows=[visit])


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.AUDIT_MANAGE)
def finding_remove(request, reference, number):
    """Take a finding out, with its actions."""
    finding = fetch_finding(request, reference, number)
    refuse_if(rules.why_not_remove_finding(finding, user=request.user), finding.visit)

    def act(**given):
        actions.remove_finding(finding=finding, **given)

    title = f"Take out finding {number}"
    return _remove(request, finding.visit, finding, title=title, lead=finding.text, act=act)


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.AUDIT_MANAGE)
def action_new(request, reference, number):
    """What is to be done about a finding."""
    finding = fetch_finding(request, reference, number)
    visit, on = finding.visit, timezone.localdate()
    refuse_if(rules.why_not_give_action(finding, user=request.user, on=on), visit)
    form = forms.ActionForm(request.POST or None, organisation=visit.organisation, with_reason=_was_sent(visit))
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        by_office = given.pop("whose") == forms.OFFICE
        if why := rules.why_not_give_action(finding, user=request.user, on=on, due_on=given["due_on"]):
            form.add_error("due_on", why)
        else:
            actions.give_action(finding=finding, by_office=by_office, **given, by=request.user, at=timezone.now())
            messages.success(request, "The action was added. It is owed once the report is final.")
            return redirect(visit)
    title = f"Add an action to finding {number}"
    return act_page(request, form, title=title, caption=visit.reference, inset=finding.text, rows=[visit])


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.AUDIT_MANAGE)
def action_edit(request, reference, number, action):
    """Other words or another day; once the report is final the day alone."""
    row = fetch_action(request, reference, number, action)
    visit, on = row.finding.visit, timezone.localdate()
    refuse_if(rules.why_not_change_action(row, user=request.user, on=on), visit)
    form = _action_form(request, row, visit)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        words = given.pop("action", None)
        if why := rules.why_not_change_action(row, user=request.user, on=on, due_on=given["due_on"]):
            form.add_error("due_on", why)
        else:
            actions.change_action(action=row, words=words, **given, by=request.user, at=timezone.now())
            messages.success(request, f"Action {row.reference} was changed.")
            return redirect(visit)
    final = visit.status == VisitStatus.FINAL
    title = f"{'Move the day of' if final else 'Change'} action {number}.{action}"
    return act_page(request, form, title=title, caption=visit.reference, inset=row.action, rows=[visit])


def _action_form(request, row, visit):
    posted = request.POST or None
    if visit.status == VisitStatus.FINAL:
        return forms.DayForm(posted, button="Move the day", initial={"due_on": row.due_on})
    stands = {"action": row.action, "due_on": row.due_on}
    return forms.ActionForm(
        posted, organisation=visit.organisation, with_reason=_was_sent(visit), changing=True, initial=stands
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.AUDIT_MANAGE)
def action_remove(request, reference, number, action):
    """Take an action out."""
    row = fetch_action(request, reference, number, action)
    refuse_if(rules.why_not_remove_action(row, user=request.user), row.finding.visit)

    def act(**given):
        actions.remove_action(action=row, **given)

    title = f"Take out action {number}.{action}"
    return _remove(request, row.finding.visit, row, title=title, lead=row.action, act=act)


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.AUDIT_MANAGE)
def visit_report(request, reference):
    """Send the report to the recipient, who may reply."""
    visit = fetch_visit(request, reference)
    refuse_if(rules.why_not_report(visit, user=request.user), visit)
    form = forms.ReportForm(request.POST or None, initial={"grade": queries.worst_grade(visit)})
    if request.method == "POST" and form.is_valid():
        actions.report_visit(visit=visit, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, f"The report was sent. {visit.organisation} can reply to it.")
        return redirect(visit)
    lead = "It goes out as a draft. Nothing in it changes afterwards without a reason that stays in the history."
    return act_page(request, form, title="Send the report for reply", caption=visit.reference, lead=lead, rows=[visit])


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.AUDIT_REPLY)
def visit_reply(request, reference):
    """The recipient's right of reply."""
    visit = fetch_visit(request, reference)
    refuse_if(rules.why_not_reply(visit, user=request.user), visit)
    form = forms.WordsForm(
        request.POST or None,
        label="What do you reply?",
        button="Send the reply",
        hint="Say what is wrong or missing in the report, what you have done since, or that you agree. "
        "It becomes part of the final report. You can reply once.",
        rows=10,
    )
    if request.method == "POST" and form.is_valid():
        reply = form.cleaned_data["words"]
        actions.reply_to_visit(visit=visit, reply=reply, by=request.user, at=timezone.now())
        messages.success(request, "Your reply was sent. It becomes part of the final report.")
        return redirect(visit)
    return act_page(request, form, title="Reply to the report", caption=visit.reference, rows=[visit])


@require_POST
@access.require(Permission.AUDIT_MANAGE)
def visit_finalise(request, reference):
    """The report is final; its actions are owed."""
    visit = fetch_visit(request, reference)
    actions.finalise_visit(visit=visit, by=request.user, at=timezone.now())
    messages.success(request, "The report is final. The organisation has been told what it has to do.")
    return redirect(visit)
