"""Pages of an improvement plan: what stands, what the provider writes, what the office answers (S4)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access
from accounts.roles import Permission
from records import queries as records_queries
from records.models import Obligation
from records.refusals import refuse_if

from ..actions import improvement as actions
from ..enums import PlanStatus
from ..forms import improvement as forms
from ..models import ImprovementPlan
from ..queries import kpis as reads
from ..rules import improvement as rules
from .hub import frame
from .kpis import HERE, fetch_contract


def _fetch(request, reference, number):
    contract = fetch_contract(request, reference)
    plan = get_object_or_404(
        ImprovementPlan.objects.select_related("kpi", "agreed_by", "closed_by"), contract=contract, number=number
    )
    plan.contract = contract
    return plan


def _page(request, plan, **more):
    return {**frame(plan.contract, request.user, here=HERE), "plan": plan, "today": timezone.localdate(), **more}


@require_safe
@access.require(Permission.CONTRACT_READ)
def plan_show(request, reference, number):
    """Why the plan is asked for, what it says, and how far it is."""
    plan = _fetch(request, reference, number)
    on = timezone.localdate()
    steps = list(plan.steps.all())
    for step in steps:
        step.plan = plan
        step.may_tick = not rules.why_not_tick(step, user=request.user, on=on)
    owed = Obligation.objects.open().about(plan).filter(period="").order_by("due_on").first()
    history = next(one for one in reads.history_of(plan.contract) if one.kpi.pk == plan.kpi_id)
    points = [(point, reads.shown(plan.kpi, point.value), _target(plan.kpi, point)) for point in history.points[-6:]]
    context = _page(
        request,
        plan,
        steps=steps,
        owed=owed,
        points=points,
        moves=_moves(request, plan, on),
        history=records_queries.history(plan),
    )
    return render(request, "services/plan_show.html", context)


def _target(kpi, point):
    return "" if point.target is None else reads.shown(kpi, point.target)


def _moves(request, plan, on):
    """The buttons of those whose turn it is."""
    user, args = request.user, {"reference": plan.contract.reference, "number": plan.number}
    if access.is_office(user):
        if not access.may(user, Permission.CONTRACT_MANAGE) or plan.status == PlanStatus.CLOSED:
            return []
        found = []
        if plan.status == PlanStatus.PROPOSED:
            found = [
                {"label": "Agree the plan", "url": reverse("services:plan_agree", kwargs=args)},
                _link("Send it back", "services:plan_send_back", args, "secondary"),
            ]
        return [*found, _link("Close the plan", "services:plan_close", args, "secondary")]
    if rules.why_not_propose(plan, user=user, on=on):
        return []
    return [_link("Write the plan", "services:plan_write", args, "")]


def _link(label, name, args, style):
    return {"label": label, "url": reverse(name, kwargs=args), "method": "get", "style": style}


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.RETURN_SUBMIT)
def plan_write(request, reference, number):
    """The provider's cause and steps, sent to the office at once."""
    plan = _fetch(request, reference, number)
    on = timezone.localdate()
    refuse_if(rules.why_not_propose(plan, user=request.user, on=on), plan)
    known = [{"does": step.does, "owner": step.owner, "due_on": step.due_on} for step in plan.steps.all()]
    data = request.POST if request.method == "POST" else None
    form = forms.CauseForm(data, initial={"cause": plan.cause})
    formset = forms.StepFormSet(data, initial=known, prefix="steps")
    if data is not None and all([form.is_valid(), formset.is_valid()]):
        given = {"cause": form.cleaned_data["cause"], "steps": formset.steps()}
        if why := rules.why_not_propose(plan, user=request.user, on=on, **given):
            form.add_error(None, why)
        else:
            actions.propose_plan(plan=plan, **given, by=request.user, at=timezone.now())
            messages.success(request, "The plan was sent to the office.")
            return redirect(plan)
    return render(request, "services/plan_write.html", _page(request, plan, form=form, formset=formset))


@require_POST
@access.require(Permission.CONTRACT_MANAGE)
def plan_agree(request, reference, number):
    """The office agrees the plan."""
    plan = _fetch(request, reference, number)
    actions.agree_plan(plan=plan, by=request.user, at=timezone.now())
    messages.success(request, "The plan is agreed. Its steps are in the provider’s diary.")
    return redirect(plan)


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.CONTRACT_MANAGE)
def plan_send_back(request, reference, number):
    """The office says what the plan lacks."""
    plan = _fetch(request, reference, number)
    on = timezone.localdate()
    refuse_if(rules.why_not_send_back(plan, user=request.user, on=on), plan)
    form = forms.SendBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if why := rules.why_not_send_back(plan, user=request.user, on=on, **form.cleaned_data):
            form.add_error("due_on", why)
        else:
            actions.send_back_plan(plan=plan, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, "The plan went back to the provider.")
            return redirect(plan)
    return _form(request, plan, form, "Send the plan back")


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.RETURN_WRITE, Permission.CONTRACT_MANAGE)
def plan_tick(request, reference, number, step):
    """A step is done."""
    plan = _fetch(request, reference, number)
    row = get_object_or_404(plan.steps.all(), number=step)
    row.plan = plan
    on = timezone.localdate()
    refuse_if(rules.why_not_tick(row, user=request.user, on=on), plan)
    form = forms.TickForm(request.POST or None, initial={"done_on": on})
    if request.method == "POST" and form.is_valid():
        if why := rules.why_not_tick(row, user=request.user, on=on, **form.cleaned_data):
            form.add_error("done_on", why)
        else:
            actions.tick_step(step=row, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, f"Step {step} is done.")
            return redirect(plan)
    return _form(request, plan, form, f"Step {step}: {row.does}")


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.CONTRACT_MANAGE)
def plan_close(request, reference, number):
    """The office closes the plan with a verdict."""
    plan = _fetch(request, reference, number)
    refuse_if(rules.why_not_close(plan, user=request.user, on=timezone.localdate()), plan)
    form = forms.ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.close_plan(plan=plan, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The plan is closed.")
        return redirect(plan)
    left = plan.steps.filter(done_on__isnull=True).count()
    lead = f"{left} step{' is' if left == 1 else 's are'} not marked as done." if left else ""
    return _form(request, plan, form, "Close the plan", lead)


def _form(request, plan, form, title, lead=""):
    return render(request, "services/plan_form.html", _page(request, plan, form=form, title=title, lead=lead))
