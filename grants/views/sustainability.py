"""Pages of what follows the funding (M1)."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access
from accounts.roles import Permission
from records import lists
from records import queries as record
from records.refusals import refuse_if

from ..actions import sustainability as actions
from ..enums import SustainabilityStatus
from ..filters.sustainability import SustainabilityFilter
from ..forms import sustainability as forms
from ..forms.acting import ReasonForm
from ..models import SustainabilityAction
from ..queries import sustainability as queries
from ..rules import sustainability as rules
from .acting import act_page, attempt, move
from .awards import get_award

EDITING = ["GET", "POST"]
SORTS = {
    "recipient": "award__recipient__name",
    "told": "told_on",
    "contact": "last_contact",
    "due": "next_due",
    "status": "status",
}
CSV_HEADER = [
    "Award", "Recipient", "Stream", "Informed on", "Last contact", "Open actions", "Next due", "Status", "Outcome",
]  # fmt: skip


@access.require(Permission.AWARD_READ)
@require_safe
def sustainability_list(request):
    """Every plan the person may see, and the streams that have ended with who was informed."""
    plans = queries.for_list(queries.visible_plans(request.user))
    found = SustainabilityFilter(request.GET, queryset=plans)
    rows = lists.sort(request, found.qs, SORTS, default="recipient")
    if request.GET.get("format") == "csv":
        return lists.csv_response("after-the-funding", CSV_HEADER, (csv_row(plan) for plan in rows))
    page = lists.paginate(request, rows)
    in_office = access.is_office(request.user)
    context = {
        "filter": found,
        "page_obj": page,
        "count": page.paginator.count,
        "streams": queries.discontinued_streams() if in_office else [],
        "may_write": access.may(request.user, Permission.AWARD_OFFER),
        "today": timezone.localdate(),
    }
    return render(request, "grants/sustainability_list.html", context)


def csv_row(plan):
    return [
        plan.award.reference,
        plan.award.recipient.name,
        str(plan.award.stream),
        plan.told_on,
        plan.last_contact,
        plan.open_actions,
        plan.next_due,
        plan.get_status_display(),
        plan.get_outcome_display(),
    ]


@access.require(Permission.AWARD_OFFER)
@require_http_methods(EDITING)
def sustainability_inform(request, key):
    """The day on which the recipients of a stream were informed that it ends."""
    stream = next(iter(queries.discontinued_streams(key=key)), None)
    if stream is None:
        raise Http404("No such stream has ended.")
    data = request.POST if request.method == "POST" else None
    form = forms.InformForm(data, initial={"told_on": stream.informed_on})
    back = reverse("grants:sustainability_list")
    if request.method == "POST" and form.is_valid():
        said = {**form.cleaned_data, "by": request.user, "at": timezone.now()}
        if (told := attempt(form, actions.inform_recipients, stream=stream, **said)) is not None:
            messages.success(request, f"Recorded for {len(told)} recipient{'' if len(told) == 1 else 's'}.")
            return redirect(back)
    left = stream.recipients - stream.told
    lead = f"It is recorded for the {left} recipient{'' if left == 1 else 's'} without such a day. Others keep theirs."
    return act_page(request, form, title="Recipients were informed", caption=stream.name, back=back, lead=lead)


def get_plan(request, reference):
    """The plan of an award the person may see."""
    plan = queries.visible_plans(request.user).filter(award__reference=reference).first()
    if plan is None:
        raise Http404("This award has no such plan.")
    return plan


def get_action(request, reference, number):
    """One action of a plan."""
    plan = get_plan(request, reference)
    action = get_object_or_404(SustainabilityAction, plan=plan, number=number)
    action.plan = plan
    return action


@access.require(Permission.AWARD_READ)
@require_safe
def sustainability_show(request, reference):
    """One plan: contacts, actions, outcome, history."""
    plan = get_plan(request, reference)
    user, on = request.user, timezone.localdate()
    steps = queries.actions_of(plan)
    for action in steps:
        action.moves = action_moves(action, user, on)
    context = {
        "plan": plan,
        "award": plan.award,
        "actions": steps,
        "contacts": plan.contacts.select_related("by") if access.is_office(user) else plan.contacts.all(),
        "moves": plan_moves(plan, user, on),
        "in_office": access.is_office(user),
        "events": record.history(plan),
        "today": on,
    }
    return render(request, "grants/sustainability_show.html", context)


def plan_moves(plan, user, on):
    """The buttons of a plan, for officers."""
    if not access.may(user, Permission.AWARD_OFFER):
        return []
    args = [plan.award.reference]
    if plan.status == SustainabilityStatus.CLOSED:
        return [move("Open again", "sustainability_reopen", args, "", style="secondary")]
    return [
        move("Record a contact", "sustainability_contact", args, ""),
        move("Add an action", "sustainability_action", args, ""),
        move("Write the plan", "sustainability_edit", args, "", style="secondary"),
        move("Close with its outcome", "sustainability_close", args, rules.why_not_close(plan, user=user, on=on),
             style="secondary"),
    ]  # fmt: skip


def action_moves(action, user, on):
    """The small buttons of an action."""
    args, moves = [action.plan.award.reference, action.number], []
    if not rules.why_not_finish(action, user=user, on=on):
        moves.append(move("Done", "sustainability_done", args, ""))
    if not rules.why_not_move(action, user=user):
        moves.append(move("Move the day", "sustainability_move", args, "", style="secondary"))
    return moves


@access.require(Permission.AWARD_OFFER)
@require_POST
def sustainability_start(request, reference):
    """Begin a plan for an award."""
    plan = actions.start_plan(award=get_award(request, reference), by=request.user, at=timezone.now())
    return redirect(plan)


@access.require(Permission.AWARD_OFFER)
@require_http_methods(EDITING)
def sustainability_edit(request, reference):
    """How the project is to go on."""
    plan = get_plan(request, reference)
    refuse_if(rules.why_not_write(plan, user=request.user), plan)
    initial = {"told_on": plan.told_on, "summary": plan.summary}
    form = forms.PlanForm(request.POST if request.method == "POST" else None, initial=initial)
    return _act(request, form, actions.write_plan, plan, "Write the plan", "The plan is saved.", plan=plan)


@access.require(Permission.AWARD_OFFER)
@require_http_methods(EDITING)
def sustainability_contact(request, reference):
    """One contact with the recipient."""
    plan = get_plan(request, reference)
    refuse_if(rules.why_not_write(plan, user=request.user), plan)
    form = forms.ContactForm(request.POST if request.method == "POST" else None)
    return _act(request, form, actions.add_contact, plan, "Record a contact", "The contact is recorded.", plan=plan)


@access.require(Permission.AWARD_OFFER)
@require_http_methods(EDITING)
def sustainability_action(request, reference):
    """Something to be done."""
    plan = get_plan(request, reference)
    refuse_if(rules.why_not_write(plan, user=request.user), plan)
    form = forms.ActionForm(request.POST if request.method == "POST" else None)
    done = "Added. Reminders follow."
    return _act(request, form, actions.add_action, plan, "Add an action", done, plan=plan)


@access.require(Permission.AWARD_OFFER)
@require_http_methods(EDITING)
def sustainability_move(request, reference, number):
    """Another day for an action."""
    action = get_action(request, reference, number)
    refuse_if(rules.why_not_move(action, user=request.user), action.plan)
    form = forms.MoveForm(request.POST if request.method == "POST" else None)
    return _act(request, form, actions.move_action, action.plan, "Move the day", "The day has moved.", action=action)


@access.require(Permission.AWARD_REPORT, Permission.AWARD_OFFER)
@require_http_methods(EDITING)
def sustainability_done(request, reference, number):
    """What came of an action."""
    action = get_action(request, reference, number)
    refuse_if(rules.why_not_finish(action, user=request.user, on=timezone.localdate()), action.plan)
    form = forms.DoneForm(request.POST if request.method == "POST" else None)
    done = "Recorded as done."
    return _act(request, form, actions.finish_action, action.plan, action.action, done, action=action)


@access.require(Permission.AWARD_OFFER)
@require_http_methods(EDITING)
def sustainability_close(request, reference):
    """How the project stands now."""
    plan = get_plan(request, reference)
    refuse_if(rules.why_not_close(plan, user=request.user, on=timezone.localdate()), plan)
    form = forms.OutcomeForm(request.POST if request.method == "POST" else None)
    return _act(request, form, actions.close_plan, plan, "Close with its outcome", "The plan is closed.", plan=plan)


@access.require(Permission.AWARD_OFFER)
@require_http_methods(EDITING)
def sustainability_reopen(request, reference):
    """Go on with a closed plan."""
    plan = get_plan(request, reference)
    refuse_if(rules.why_not_reopen(plan, user=request.user), plan)
    form = ReasonForm(request.POST if request.method == "POST" else None, button="Open it again")
    return _act(request, form, actions.reopen_plan, plan, "Open the plan again", "The plan is open again.", plan=plan)


def _act(request, form, act, of, title, done, **subject):
    """One form, one action, back to the plan."""
    if request.method == "POST" and form.is_valid():
        said = {**form.cleaned_data, **subject, "by": request.user, "at": timezone.now()}
        if attempt(form, partial(act, **said)) is not None:
            messages.success(request, done)
            return redirect(of)
    return act_page(request, form, title=title, caption=str(of.award), back=of.get_absolute_url())
