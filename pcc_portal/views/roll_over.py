"""Rolling the year over: what goes along, a check of what will be made, one action, and what changed."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.roles import Permission
from grants.actions.roll_over import RoundChoice
from grants.queries.roll_over import rounds_to_carry
from plans.queries import roll_over as queries
from plans.rules import roll_over as rules
from records.refusals import refuse_if

from ..actions.roll_over import roll_over_year
from ..forms.roll_over import RollOverForm
from ..queries import roll_over as reads
from .living_plan import crumbs, plan_or_404

USUAL = ["SOURCES", "SECTIONS", "LEARNING", "COMMITMENTS"]


def initial_of(plan, rounds):
    """What the form says at first: a year on, everything but the sums."""
    starts_on, ends_on = queries.next_days(plan)
    months = queries.months_between(plan, starts_on)
    first = {
        "title": queries.relabelled(plan.title, months),
        "starts_on": starts_on,
        "ends_on": ends_on,
        "keep": USUAL,
    }
    for row in rounds:
        first |= {
            f"round_{row.pk}": bool(row.opens_on and row.deadline_on),
            f"opens_{row.pk}": queries.moved_to_work(row.opens_on, months),
            f"deadline_{row.pk}": queries.moved_to_work(row.deadline_on, months),
            f"money_{row.pk}": "AFRESH" if row.rule_set.money_set_by == "FORMULA" else "SAME",
        }
    return first


def chosen(form):
    """The rounds that go along, each with what was chosen for it."""
    given = form.cleaned_data
    return [
        RoundChoice(row, given[f"opens_{row.pk}"], given[f"deadline_{row.pk}"], given[f"money_{row.pk}"])
        for row in form.rounds
        if given[f"round_{row.pk}"]
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.PLAN_MANAGE)
def roll_over_start(request, key):
    """Choose what goes along; checked, then done on the second press of a button."""
    plan = plan_or_404(key)
    refuse_if(rules.why_not_roll_over(plan, user=request.user), plan)
    rounds = list(rounds_to_carry(plan))
    posted = request.POST if request.method == "POST" else None
    form = RollOverForm(posted, rounds=rounds, initial=initial_of(plan, rounds))
    context = {"plan": plan, "form": form, "breadcrumbs": crumbs(plan)}
    if not (form.is_bound and form.is_valid()):
        return render(request, "pcc_portal/roll_over_start.html", context)
    given = {name: form.cleaned_data[name] for name in ("title", "starts_on", "ends_on", "keep")}
    if why := rules.why_not_roll_over(
        plan, user=request.user, **{name: given[name] for name in given if name != "keep"}
    ):
        form.add_error(None, why)
        return render(request, "pcc_portal/roll_over_start.html", context)
    if "confirm" not in request.POST:
        return check(request, context, given, chosen(form))
    made = roll_over_year(plan=plan, **given, rounds=chosen(form), by=request.user, at=timezone.now())
    messages.success(request, f"{made.title} was started. Nothing of it is open yet.")
    return redirect("roll_over_show", made.key)


def check(request, context, given, rounds):
    """What will be made and what needs a person; what was chosen goes along hidden."""
    plan, keep = context["plan"], given["keep"]
    context |= {
        "given": given,
        "made": list(reads.will_be_made(plan, keep=keep, rounds=rounds)),
        "needs": list(reads.needs_before(plan, keep=keep, rounds=rounds)),
        "hidden": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in {"csrfmiddlewaretoken", "change"}
            for value in values
        ],
    }
    template = "roll_over_start" if "change" in request.POST else "roll_over_check"
    return render(request, f"pcc_portal/{template}.html", context)


@require_safe
@access.require(Permission.PLAN_READ)
def roll_over_show(request, key):
    """What changed between the years, and what is still to be done."""
    plan = plan_or_404(key)
    context = {
        "plan": plan,
        "between": [(title, rows) for title, rows in reads.between(plan) if rows],
        "needs": list(reads.needs_after(plan)),
        "breadcrumbs": crumbs(plan),
    }
    return render(request, "pcc_portal/roll_over_show.html", context)
