"""Decisions: making one, the register, one decision, publication, and the applicant's answer."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access
from accounts.roles import Permission
from records import lists, papers
from records.enums import APPROVING, DecisionOutcome
from records.models import Decision
from records.refusals import refuse_if

from ..actions import decisions as actions
from ..filters.awards import DecisionFilter
from ..forms.decisions import AnswerForm, DecisionForm
from ..queries import decisions as queries
from ..queries import money, retaining
from ..rules import decisions as rules
from ..rules import limits, reaching
from .acting import act_page, attempt, move
from .evaluations import back_to, get_project, page_of, past_spend

SORTS = {"reference": "reference", "made": "made_at", "title": "title", "amount": "amount", "outcome": "outcome"}
CSV_HEADER = [
    "Reference", "Title", "Outcome", "Amount", "Made on", "Made by", "Post", "Delegation", "Purpose", "Reason",
    "Key decision notice", "Told on", "Published on",
]  # fmt: skip


@access.require(Permission.DECISION_MAKE)
@require_http_methods(["GET", "POST"])
def decision_make(request, reference, number):
    """Decide on one project: write, check, then make. A decision made is never changed."""
    project = get_project(request, reference, number)
    on = timezone.localdate()
    refuse_if(rules.why_not_decide(project, user=request.user, on=on), project.case)
    standing = rules.standing_if_staged(project)
    asked = {"asked": project.amount_requested, "initial": first_words(standing)}
    form = DecisionForm(request.POST, **asked) if request.method == "POST" else DecisionForm(**asked)
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        worded = {name: value for name, value in form.cleaned_data.items() if name not in ("interests", "is_key")}
        why = rules.why_not_decide_so(project, user=request.user, on=on, **worded)
        if why:
            form.add_error(None, why)
        elif "confirm" not in request.POST:
            return decision_check(request, project, form)
        else:
            made = {"project": project, "by": request.user, "at": timezone.now(), **form.cleaned_data}
            decision = attempt(form, actions.decide_project, **made)
            if decision is not None:
                words = f"{decision.reference}: project {number}, {decision.get_outcome_display().lower()}."
                messages.success(request, words)
                return back_to(project.case)
    pot = money.pot_of(project.case.allocation) if project.case.allocation else None
    project.stages = [{"step": step} for step in standing.steps] if standing else []
    return act_page(
        request,
        form,
        title=f"Decide: {project.title}",
        caption=f"{project.case.reference}, project {number}",
        back=page_of(project.case),
        template="grants/decision_make.html",
        project=project,
        case=project.case,
        pot=pot,
        part=pot.part(project.case.window) if pot else None,
        **past_spend(project.case),
    )


def first_words(standing):
    """What stands on the form at first: a project that failed a stage can only be declined, for that reason."""
    if standing is None or standing.failed is None:
        return {}
    return {"outcome": DecisionOutcome.DECLINED, "reason": f"{reaching.went_no_further(standing)}."}


def decision_check(request, project, form):
    """Show the decision once more before it is made for good."""
    outcome = dict(form.fields["outcome"].choices)[form.cleaned_data["outcome"]]
    names = ("conditions", "question", "purpose", "reason", "interests")
    rows = [{"key": form.fields[name].label, "value": form.cleaned_data[name]} for name in names]
    context = {
        "form": form,
        "project": project,
        "case": project.case,
        "outcome": outcome,
        "amount": form.cleaned_data["amount"],
        "rows": [row for row in rows if row["value"]],
        "is_key": form.cleaned_data["is_key"],
        "warning": over_words(project, form.cleaned_data),
    }
    return render(request, "grants/decision_check.html", context)


def over_words(project, decided):
    """A warning where the sum goes beyond the budget of the round, within what its rules allow."""
    approves = decided["outcome"] in APPROVING and decided["amount"]
    return limits.over_words(project, decided["amount"]) if approves else ""


@access.require(Permission.CASE_WRITE)
@require_http_methods(["GET", "POST"])
def decision_answer(request, reference, number):
    """The applicant answers the question of a deferral."""
    project = get_project(request, reference, number)
    refuse_if(rules.why_not_answer(project, user=request.user, on=timezone.localdate()), project.case)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data["answer"]
        said = {"project": project, "answer": answer, "by": request.user, "at": timezone.now()}
        if attempt(form, actions.answer_question, **said) is not None:
            messages.success(request, "Your answer has been sent. The decision follows.")
            return redirect(project.case)
    return act_page(
        request,
        form,
        title=f"A question about {project.title}",
        caption=f"{project.case.reference}, project {number}",
        lead=project.decision.question,
        back=project.case.get_absolute_url(),
    )


@access.require(Permission.DECISION_READ)
@require_safe
def decision_list(request):
    """The register of decisions: filtered, sorted, in pages, or as CSV."""
    found = DecisionFilter(request.GET, queryset=queries.register())
    rows = lists.sort(request, found.qs, SORTS, default="-made")
    if request.GET.get("format") == "csv":
        return lists.csv_response("decisions", CSV_HEADER, (csv_row(decision) for decision in rows))
    page = lists.paginate(request, rows)
    context = {"filter": found, "page_obj": page, "count": page.paginator.count}
    return render(request, "grants/decision_list.html", context)


def day(moment):
    return timezone.localtime(moment).date().isoformat() if moment else ""


def csv_row(decision):
    return [
        decision.reference,
        decision.title,
        decision.get_outcome_display(),
        decision.amount,
        day(decision.made_at),
        decision.made_by.full_name if decision.made_by else "",
        decision.post,
        decision.delegation_reference,
        decision.purpose,
        decision.reason,
        decision.notice_number,
        day(decision.offered_at),
        day(decision.published_at),
    ]


@access.require(Permission.DECISION_READ)
@require_safe
def decision_show(request, reference):
    """One decision: what, why, by whom, on what advice, and what followed."""
    decision = get_object_or_404(
        Decision.objects.select_related("made_by", "offered_by", "published_by"), reference=reference
    )
    why = rules.why_not_publish(decision, user=request.user, on=timezone.localdate())
    may_publish = access.may(request.user, Permission.DECISION_PUBLISH)
    args = [decision.reference]
    context = {
        "decision": decision,
        "project": queries.project_of(decision),
        "retain_proposal": retaining.proposal_of(decision),
        "papers": papers.about(decision),
        "events": queries.history(decision),
        "moves": [move("Publish this decision", "decision_publish", args, why, method="post")] if may_publish else [],
    }
    return render(request, "grants/decision_show.html", context)


@access.require(Permission.DECISION_PUBLISH)
@require_POST
def decision_publish(request, reference):
    """Publish a decision the recipient already knows."""
    decision = get_object_or_404(Decision, reference=reference)
    decision = actions.publish_decision(decision=decision, by=request.user, at=timezone.now())
    messages.success(request, f"{decision.reference} is published.")
    return redirect(decision)
