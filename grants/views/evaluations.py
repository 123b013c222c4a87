"""The evaluation of a business case: interests, findings, recommendations, sending for decision."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access
from accounts.roles import Permission
from records.refusals import refuse_if

from ..actions import evaluations as actions
from ..enums import CaseStatus, ProjectStatus
from ..forms.evaluations import EvaluationForm, FinanceCommentForm, InterestForm, RecommendationForm
from ..models import BusinessCase
from ..queries import decisions as queries
from ..queries import duties, money, spend, staging
from ..queries import schools as clashes
from ..rules import decisions as decision_rules
from ..rules import evaluations as rules
from ..rules import reaching
from ..rules import schools as school_rules
from ..rules import spend as spend_rules
from .acting import act_page, attempt, move, reason_page
from .closed_papers import refuse_closed
from .stage_steps import stage_steps


def get_case(request, reference):
    """The case, if the person may see it."""
    return get_object_or_404(
        duties.with_papers_for(queries.case_with_joins(BusinessCase.objects.visible_to(request.user)), request.user),
        reference=reference,
    )


def get_project(request, reference, number):
    """A project of a case the person may see, with its joins."""
    case = refuse_closed(get_case(request, reference))
    project = queries.projects_of(case).filter(number=number).first()
    if project is None:
        raise Http404("There is no such project.")
    project.case = case
    show_clashes([project], request.user)
    return project


def show_clashes(projects, user):
    """Give each project what it meets in schools, and whether this person may rule on it."""
    going = [project for project in projects if getattr(project, "school_part", None) and project.school_part.goes]
    found = clashes.clashes_among(going) if going else {}
    for project in projects:
        project.clashes = found.get(project.pk, [])
        project.may_rule = bool(project.clashes) and not school_rules.why_not_rule(project, user=user)


@access.require(Permission.DECISION_READ)
@require_safe
def evaluation_show(request, reference):
    """Everything a person of the office does with a case until it is decided, project by project."""
    case = get_case(request, reference)
    user, on = request.user, timezone.localdate()
    rows = queries.projects_of(case)
    stages = staging.stages_of(case.round.rule_set_id) if case.is_staged else []
    projects = list(staging.with_work(rows) if stages else rows)
    interests = list(case.interests.select_related("user").order_by("at"))
    mine = next((row for row in interests if row.user_id == user.pk), None)
    case.interest_known = (user, mine)
    for project in projects:
        project.case = case
        project.standing = staging.standing_of(project, stages) if stages else None
        project.moves = project_moves(project, user, on)
        project.stages = stage_steps(project, project.standing, user, on) if stages else []
    show_clashes([] if case.is_closed else projects, user)
    pot = money.pot_of(case.allocation) if case.allocation else None
    context = {
        "case": case,
        "closed": reaching.why_closed(case),
        "projects": projects,
        "requested": sum(project.amount_requested for project in projects),
        "recommended": sum(_recommended(project) for project in projects),
        "approved": sum(_approved(project) for project in projects),
        "pot": pot,
        "part": pot.part(case.window) if pot else None,
        "mine": mine,
        "interests": interests,
        "award": money.award_of(case.round, case.organisation),
        "moves": case_moves(case, user, on),
        "today": on,
        **past_spend(case),
    }
    return render(request, "grants/evaluation_show.html", context)


def past_spend(case):
    """The applicant's history of unspent money, and the sentence where it repeats (the hold-back policy)."""
    past = spend.history_of(case.organisation)
    return {"past_spend": past, "past_spend_warning": spend_rules.hold_back_warning(past, case.round.rule_set)}


def _recommended(project):
    advice = getattr(project, "recommendation", None)
    return advice.amount if advice and advice.amount else money.ZERO


def _approved(project):
    approved = project.status == ProjectStatus.APPROVED
    return project.decision.amount if approved else money.ZERO


def case_moves(case, user, on):
    """The buttons of the whole case."""
    args, moves = [case.reference], []
    declare = rules.why_not_declare_interest(case, user=user, on=on)
    if not declare:
        moves.append(move("Declare your interests", "evaluation_declare", args, ""))
    if access.may(user, Permission.CASE_EVALUATE):
        if case.status == CaseStatus.SUBMITTED:
            why = rules.why_not_begin(case, user=user, on=on)
            moves.append(move("Begin the evaluation", "evaluation_begin", args, why, method="post"))
        if case.status == CaseStatus.UNDER_EVALUATION:
            why = rules.why_not_send_for_decision(case, user=user, on=on)
            moves.append(move("Send for decision", "evaluation_send", args, why, method="post"))
        if case.status == CaseStatus.AWAITING_DECISION:
            why = rules.why_not_take_back(case, user=user, on=on)
            moves.append(move("Take it back", "evaluation_take_back", args, why, style="secondary"))
    return moves


def project_moves(project, user, on):
    """The buttons of one project: what this person's role could do at this stage."""
    args = [project.case.reference, project.number]
    moves = []
    if project.status != ProjectStatus.PROPOSED:
        return moves
    if project.case.status == CaseStatus.UNDER_EVALUATION:
        if access.may(user, Permission.CASE_EVALUATE):
            if not project.case.is_staged:
                why = rules.why_not_evaluate(project, user=user, on=on)
                moves.append(move("Evaluate", "evaluation_edit", args, why, style="secondary"))
            why = rules.why_not_recommend(project, user=user, on=on)
            moves.append(move("Recommend", "evaluation_recommend", args, why, style="secondary"))
        if access.may(user, Permission.DECISION_ADVISE_FINANCE):
            why = rules.why_not_comment_on_finance(project, user=user, on=on)
            moves.append(move("Comment on the money", "evaluation_comment", args, why))
    elif project.case.status == CaseStatus.AWAITING_DECISION and access.may(user, Permission.DECISION_MAKE):
        why = decision_rules.why_not_decide(project, user=user, on=on)
        moves.append(move("Decide", "decision_make", args, why))
    return moves


def back_to(case):
    return redirect("grants:evaluation_show", reference=case.reference)


def page_of(case):
    return f"{case.get_absolute_url()}evaluation/"


@access.require(*rules.MAY_DECLARE, Permission.DECISION_READ)
@require_http_methods(["GET", "POST"])
def evaluation_declare(request, reference):
    """Declare what ties the person has to the applicant; in stages, whoever wants to open the papers."""
    case = get_case(request, reference)
    if not case.is_staged and not any(access.may(request.user, permission) for permission in rules.MAY_DECLARE):
        raise PermissionDenied("Your role does not let you do this.")
    refuse_if(rules.why_not_declare_interest(case, user=request.user, on=timezone.localdate()), case)
    form = InterestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, actions.declare_interest, case=case, by=request.user, at=timezone.now(), **form.declared())
        if done is not None:
            messages.success(request, "Your declaration is recorded.")
            return back_to(case)
    return act_page(request, form, title="Declare your interests", caption=str(case), back=page_of(case))


@access.require(Permission.CASE_EVALUATE)
@require_POST
def evaluation_begin(request, reference):
    """Take the case into evaluation."""
    case = actions.begin_evaluation(case=get_case(request, reference), by=request.user, at=timezone.now())
    messages.success(request, "Evaluation begun. The applicant can no longer change the business case.")
    return back_to(case)


@access.require(Permission.CASE_EVALUATE)
@require_http_methods(["GET", "POST"])
def evaluation_edit(request, reference, number):
    """One officer's findings on one project."""
    project = get_project(request, reference, number)
    refuse_if(rules.why_not_evaluate(project, user=request.user, on=timezone.localdate()), project.case)
    mine = next((row for row in project.evaluations.all() if row.by_id == request.user.pk), None)
    names = ("outcomes", "value_for_money", "risks")
    initial = {"need_found": mine.need, **{name: getattr(mine, name) for name in names}} if mine else None
    form = EvaluationForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        found = {"project": project, "by": request.user, "at": timezone.now(), **form.found()}
        if attempt(form, actions.record_evaluation, **found) is not None:
            messages.success(request, f"Your evaluation of project {number} is saved.")
            return back_to(project.case)
    return project_page(request, project, form, "Evaluate")


def project_page(request, project, form, verb):
    """An act on one project, with what the applicant wrote beside it."""
    return act_page(
        request,
        form,
        title=f"{verb}: {project.title}",
        caption=f"{project.case.reference}, project {project.number}",
        back=page_of(project.case),
        template="grants/evaluation_project.html",
        project=project,
        case=project.case,
        **past_spend(project.case),
    )


@access.require(Permission.CASE_EVALUATE)
@require_http_methods(["GET", "POST"])
def evaluation_recommend(request, reference, number):
    """The officers' advice on one project."""
    project = get_project(request, reference, number)
    refuse_if(rules.why_not_recommend(project, user=request.user, on=timezone.localdate()), project.case)
    advice = getattr(project, "recommendation", None)
    names = ("outcome", "amount", "conditions", "advice")
    initial = {name: getattr(advice, name) for name in names} if advice else {"amount": project.amount_requested}
    needed = {"asked": project.amount_requested, "justify": rules.needs_justification(project)}
    initial["justification"] = project.officer_justification
    form = RecommendationForm(request.POST if request.method == "POST" else None, initial=initial, **needed)
    if request.method == "POST" and form.is_valid():
        advised = {"project": project, "by": request.user, "at": timezone.now(), **form.cleaned_data}
        if attempt(form, actions.recommend, **advised) is not None:
            messages.success(request, f"The recommendation on project {number} is saved.")
            return back_to(project.case)
    return project_page(request, project, form, "Recommend")


@access.require(Permission.DECISION_ADVISE_FINANCE)
@require_http_methods(["GET", "POST"])
def evaluation_comment(request, reference, number):
    """The chief finance officer's comment on one project."""
    project = get_project(request, reference, number)
    refuse_if(rules.why_not_comment_on_finance(project, user=request.user, on=timezone.localdate()), project.case)
    initial = {"comment": project.recommendation.cfo_comment}
    form = FinanceCommentForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = {"project": project, "comment": form.cleaned_data["comment"], "by": request.user, "at": timezone.now()}
        if attempt(form, actions.comment_on_finance, **said) is not None:
            messages.success(request, f"Your comment on project {number} is saved.")
            return back_to(project.case)
    return project_page(request, project, form, "Comment on the money")


@access.require(Permission.CASE_EVALUATE)
@require_POST
def evaluation_send(request, reference):
    """Hand the case to the commissioner."""
    case = actions.send_for_decision(case=get_case(request, reference), by=request.user, at=timezone.now())
    messages.success(request, "Sent for decision. The commissioner’s office has been told.")
    return back_to(case)


@access.require(Permission.CASE_EVALUATE)
@require_http_methods(["GET", "POST"])
def evaluation_take_back(request, reference):
    """Take the case back from the commissioner, with a reason."""
    case = get_case(request, reference)
    refuse_if(rules.why_not_take_back(case, user=request.user, on=timezone.localdate()), case)
    return reason_page(
        request,
        actions.take_back,
        subject=case,
        title="Take back for evaluation",
        caption=str(case),
        done="Taken back. The commissioner’s office has been told.",
        case=case,
        by=request.user,
        at=timezone.now(),
    )
