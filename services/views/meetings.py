"""Pages of the meetings of a contract: planned, held, cancelled, their actions and minutes (S4)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.roles import Permission
from records import queries as records_queries
from records.refusals import refuse_if

from ..actions import meetings as actions
from ..enums import ActionStatus, MeetingStatus
from ..forms import meetings as forms
from ..models import ContractMeeting, MeetingAction
from ..queries import meetings as reads
from ..rules import meetings as rules
from .hub import frame
from .kpis import fetch_contract

HERE = "services:meeting_list"


def _fetch(request, reference, number):
    contract = fetch_contract(request, reference)
    meeting = get_object_or_404(ContractMeeting.objects.select_related("notes_by"), contract=contract, number=number)
    meeting.contract = contract
    return meeting


def _page(request, contract, **more):
    return {**frame(contract, request.user, here=HERE), "today": timezone.localdate(), **more}


@require_safe
@access.require(Permission.CONTRACT_READ)
def meeting_list(request, reference):
    """The meetings to come, those held or cancelled, and the actions still to do."""
    contract = fetch_contract(request, reference)
    rows = list(reads.meetings_of(contract))
    planned = [row for row in rows if row.status == MeetingStatus.PLANNED]
    context = _page(
        request,
        contract,
        planned=planned[::-1],
        past=[row for row in rows if row.status != MeetingStatus.PLANNED],
        actions=list(reads.actions_open(contract)),
        may_plan=not rules.why_not_plan(contract, user=request.user, on=timezone.localdate()),
    )
    return render(request, "services/meeting_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.CONTRACT_MANAGE)
def meeting_plan(request, reference):
    """A series or one meeting: first the days are shown, with those that were moved, then they are planned."""
    contract = fetch_contract(request, reference)
    on = timezone.localdate()
    refuse_if(rules.why_not_plan(contract, user=request.user, on=on), contract)
    form = forms.PlanForm(request.POST or None)
    days = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        days = reads.series(given["first_on"], kind=given["kind"], count=given["count"])
        if why := rules.why_not_plan(contract, user=request.user, on=on, days=[day.on for day in days]):
            form.add_error("first_on", why)
            days = []
        elif "confirm" in request.POST:
            made = actions.plan_meetings(contract=contract, **given, by=request.user, at=timezone.now())
            messages.success(request, f"{len(made)} meeting{'' if len(made) == 1 else 's'} planned.")
            return redirect("services:meeting_list", reference=reference)
    return render(request, "services/meeting_plan.html", _page(request, contract, form=form, days=days))


@require_safe
@access.require(Permission.CONTRACT_READ)
def meeting_show(request, reference, number):
    """One meeting: who was there, notes, its actions and those carried to it."""
    meeting = _fetch(request, reference, number)
    on = timezone.localdate()
    context = _page(
        request,
        meeting.contract,
        meeting=meeting,
        carried=_with_links(request, meeting, reads.carried_to(meeting), on),
        actions=_with_links(request, meeting, meeting.actions.select_related("organisation"), on),
        moves=_moves(request, meeting, on),
        may_give=not rules.why_not_give_action(meeting, user=request.user, on=on),
        history=records_queries.history(meeting),
    )
    return render(request, "services/meeting_show.html", context)


def _with_links(request, meeting, rows, on):
    """Actions with the way to settle each, for those who may."""
    found = list(rows)
    for action in found:
        action.meeting.contract = meeting.contract
        may = not rules.why_not_settle(action, user=request.user, on=on)
        again = not rules.why_not_reopen_action(action, user=request.user, on=on)
        args = [meeting.contract.reference, action.meeting.number, action.number]
        action.settle_url = reverse("services:action_settle", args=args) if may else ""
        action.reopen_url = reverse("services:action_reopen", args=args) if again else ""
    return found


def _moves(request, meeting, on):
    if rules.why_not_plan(meeting.contract, user=request.user, on=on) == rules.NOT_YOURS:
        return []
    args = {"reference": meeting.contract.reference, "number": meeting.number}
    if meeting.status == MeetingStatus.HELD:
        wanted = [("Correct the notes", "services:meeting_correct", "secondary")]
    elif meeting.status == MeetingStatus.PLANNED:
        wanted = [
            ("Write the notes", "services:meeting_hold", ""),
            ("Move it to another day", "services:meeting_move", "secondary"),
            ("Cancel it", "services:meeting_cancel", "secondary"),
        ]
    else:
        return []
    return [
        {"label": label, "url": reverse(name, kwargs=args), "method": "get", "style": style}
        for label, name, style in wanted
    ]


@require_safe
@access.require(Permission.CONTRACT_READ)
def meeting_minutes(request, reference, number):
    """The minutes on a page fit for printing."""
    meeting = _fetch(request, reference, number)
    context = _page(
        request,
        meeting.contract,
        meeting=meeting,
        carried=list(reads.carried_to(meeting)),
        actions=list(meeting.actions.select_related("organisation")),
    )
    return render(request, "services/meeting_minutes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.CONTRACT_MANAGE)
def meeting_hold(request, reference, number):
    """Who was there and what was said."""
    meeting = _fetch(request, reference, number)
    refuse_if(rules.why_not_hold(meeting, user=request.user, on=timezone.localdate()), meeting)
    form = forms.HoldForm(request.POST or None, initial={"held_on": meeting.planned_on})
    return _act(request, meeting, form, rules.why_not_hold, actions.hold_meeting, "held_on", "Notes of the meeting")


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.CONTRACT_MANAGE)
def meeting_correct(request, reference, number):
    """Better words for the notes, with a reason."""
    meeting = _fetch(request, reference, number)
    refuse_if(rules.why_not_correct_notes(meeting, user=request.user, on=timezone.localdate()), meeting)
    form = forms.CorrectForm(request.POST or None, initial={"present": meeting.present, "notes": meeting.notes})
    return _act(request, meeting, form, None, actions.correct_notes, "notes", "Correct the notes")


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.CONTRACT_MANAGE)
def meeting_move(request, reference, number):
    """Another day."""
    meeting = _fetch(request, reference, number)
    refuse_if(rules.why_not_move(meeting, user=request.user, on=timezone.localdate()), meeting)
    form = forms.MoveForm(request.POST or None)
    return _act(request, meeting, form, rules.why_not_move, actions.move_meeting, "planned_on", "Move the meeting")


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.CONTRACT_MANAGE)
def meeting_cancel(request, reference, number):
    """The meeting is not held."""
    meeting = _fetch(request, reference, number)
    refuse_if(rules.why_not_cancel(meeting, user=request.user, on=timezone.localdate()), meeting)
    form = forms.CancelForm(request.POST or None)
    return _act(request, meeting, form, None, actions.cancel_meeting, "reason", "Cancel the meeting")


def _act(request, meeting, form, why_not, act, field, title):
    """One form about a meeting: asked, acted on, back to the meeting."""
    if request.method == "POST" and form.is_valid():
        on = timezone.localdate()
        if why := why_not and why_not(meeting, user=request.user, on=on, **form.cleaned_data):
            form.add_error(field, why)
        else:
            act(meeting=meeting, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, "Saved.")
            return redirect(meeting)
    return render(
        request, "services/meeting_form.html", _page(request, meeting.contract, meeting=meeting, form=form, title=title)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.CONTRACT_MANAGE)
def action_new(request, reference, number):
    """Who does what by when."""
    meeting = _fetch(request, reference, number)
    on = timezone.localdate()
    refuse_if(rules.why_not_give_action(meeting, user=request.user, on=on), meeting)
    form = forms.ActionForm(request.POST or None, contract=meeting.contract)
    if request.method == "POST" and form.is_valid():
        given = form.given()
        asked = {"organisation": given["organisation"], "due_on": given["due_on"]}
        if why := rules.why_not_give_action(meeting, user=request.user, on=on, **asked):
            form.add_error("due_on", why)
        else:
            actions.give_action(meeting=meeting, **given, by=request.user, at=timezone.now())
            messages.success(request, "The action was added.")
            return redirect(meeting)
    return render(
        request,
        "services/meeting_form.html",
        _page(request, meeting.contract, meeting=meeting, form=form, title="Add an action"),
    )


def _fetch_action(request, reference, number, action):
    meeting = _fetch(request, reference, number)
    row = get_object_or_404(MeetingAction.objects.select_related("organisation"), meeting=meeting, number=action)
    row.meeting = meeting
    return row


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.RETURN_WRITE, Permission.CONTRACT_MANAGE)
def action_settle(request, reference, number, action):
    """An action is done or dropped."""
    row = _fetch_action(request, reference, number, action)
    on = timezone.localdate()
    refuse_if(rules.why_not_settle(row, user=request.user, on=on), row.meeting)
    may_drop = access.may(request.user, Permission.CONTRACT_MANAGE)
    form = forms.SettleForm(request.POST or None, may_drop=may_drop, initial={"settled_on": on})
    if request.method == "POST" and form.is_valid():
        if why := rules.why_not_settle(row, user=request.user, on=on, **form.cleaned_data):
            form.add_error("settled_on", why)
        else:
            actions.settle_action(action=row, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, f"Action {action}: {ActionStatus(form.cleaned_data['status']).label.lower()}.")
            return redirect(row.meeting)
    return _action_page(request, row, form)


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.CONTRACT_MANAGE)
def action_reopen(request, reference, number, action):
    """An action that was done is to do again."""
    row = _fetch_action(request, reference, number, action)
    refuse_if(rules.why_not_reopen_action(row, user=request.user, on=timezone.localdate()), row.meeting)
    form = forms.ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.reopen_action(action=row, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, f"Action {action} is to do again.")
        return redirect(row.meeting)
    return _action_page(request, row, form)


def _action_page(request, row, form):
    title = f"Action {row.number}: {row.does}"
    context = _page(request, row.meeting.contract, meeting=row.meeting, action=row, form=form, title=title)
    return render(request, "services/meeting_form.html", context)
