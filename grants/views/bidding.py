"""Pages of a round by bids or formula: invitations, shares of sources, figures, exceptions (C1, R1, V1, X2)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts import access
from accounts.roles import Permission
from records.refusals import refuse_if

from ..actions import exceptions as exception_actions
from ..actions import formulas as formula_actions
from ..actions import invitations as actions
from ..forms.bidding import AnswerExceptionForm, FiguresForm, InviteForm, SourcesForm
from ..forms.business_cases import ReasonForm
from ..queries import case_content, exceptions
from ..rules import applying, formulas, sharing
from ..rules import business_cases as case_rules
from ..rules import exceptions as exception_rules
from ..rules import rounds as rules
from .business_cases import get_case
from .round_moves import form_page, try_action
from .rounds import get_round


@access.require(Permission.ROUND_MANAGE)
@require_http_methods(["GET", "POST"])
def round_invite(request, reference):
    """Invite one organisation to bid (V1)."""
    round_ = get_round(request, reference)
    refuse_if(applying.why_not_change_invitations(round_, user=request.user, on=timezone.localdate()), round_)
    form = InviteForm(request.POST if request.method == "POST" else None, round=round_)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "round": round_, "by": request.user, "at": timezone.now()}
        if try_action(form, actions.invite, **given):
            messages.success(request, f"{form.cleaned_data['organisation']} is invited")
            return redirect(round_)
    return form_page(request, round_, form, "Invite an organisation", button="Invite it")


@access.require(Permission.ROUND_MANAGE)
@require_POST
def round_invite_recipients(request, reference):
    """Invite every current recipient of the stream that the rules fit (V1)."""
    round_ = get_round(request, reference)
    made = actions.invite_current_recipients(round=round_, by=request.user, at=timezone.now())
    count = f"{len(made)} organisation{'' if len(made) == 1 else 's'}"
    messages.success(request, f"{count} with an award of this stream now, or in the year before, invited")
    return redirect(round_)


@access.require(Permission.ROUND_MANAGE)
@require_POST
def round_invite_remove(request, reference, key):
    """Take an organisation off the list of those invited."""
    round_ = get_round(request, reference)
    invitation = get_object_or_404(round_.invitations.select_related("organisation"), organisation__key=key)
    invitation.round = round_
    actions.take_invitation_back(invitation=invitation, by=request.user, at=timezone.now())
    messages.success(request, f"{invitation.organisation} is not invited any more")
    return redirect(round_)


@access.require(Permission.ROUND_MANAGE)
@require_http_methods(["GET", "POST"])
def round_sources(request, reference):
    """How much of each award which source pays (X2)."""
    round_ = get_round(request, reference)
    refuse_if(rules.why_not_edit_round(round_, user=request.user, on=timezone.localdate()), round_)
    form = SourcesForm(request.POST if request.method == "POST" else None, round=round_)
    if request.method == "POST" and form.is_valid():
        given = {"round": round_, "shares": form.pairs(), "by": request.user, "at": timezone.now()}
        if try_action(form, actions.set_sources, **given) is not None:
            messages.success(request, "The shares of the sources are set")
            return redirect(round_)
    lead = "Each award of the round is split by these shares, to the penny. Leave all empty for the round’s one source."
    return form_page(request, round_, form, "Sources that share each award", lead=lead)


@access.require(Permission.ROUND_MANAGE)
@require_http_methods(["GET", "POST"])
def round_formula(request, reference):
    """The figures a formula counts, with their sources, and what it gives (C1)."""
    round_ = get_round(request, reference)
    formula = sharing.formula_of(round_)
    if formula is None:
        raise Http404("These rules have no formula.")
    claimants = sharing.claimants_of(round_, formula)
    form = FiguresForm(request.POST if request.method == "POST" else None, formula=formula, claimants=claimants)
    if request.method == "POST" and form.is_valid():
        given = {"round": round_, **form.given(), "by": request.user, "at": timezone.now()}
        if try_action(form, formula_actions.save_figures, **given):
            messages.success(request, "Figures saved. Work out the sums next.")
            return redirect("grants:round_formula", reference=round_.reference)
    why, shares = sharing.worked_out(round_, formula)
    context = {
        "round": round_,
        "formula": formula,
        "form": form,
        "why_not": rules.why_not_set_allocation(round_, user=request.user, on=timezone.localdate()) or why,
        "shares": shares,
        "left_over": formulas.left_over(round_.budget, [share for _, share in shares]) if shares else None,
    }
    return render(request, "grants/round_formula.html", context)


@access.require(Permission.ROUND_MANAGE)
@require_POST
def round_formula_work_out(request, reference):
    """Give each organisation what the formula says."""
    round_ = get_round(request, reference)
    shares = formula_actions.work_out_formula(round=round_, by=request.user, at=timezone.now())
    count = f"{len(shares)} organisation{'' if len(shares) == 1 else 's'}"
    messages.success(request, f"The formula is worked out for {count}")
    return redirect(round_)


@access.require(Permission.CASE_SUBMIT)
@require_http_methods(["GET", "POST"])
def business_case_exception(request, reference):
    """Ask the office to let the case go over a limit (R1)."""
    case = get_case(request, reference)
    content = case_content.content_of(case)
    refuse_if(exception_rules.why_not_ask(case, content=content, user=request.user, on=timezone.localdate()), case)
    hint = "The office sees the sums, the limit and this reason."
    form = ReasonForm(
        request.POST if request.method == "POST" else None, label="Why should this case go over the limit?", hint=hint
    )
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        exception_actions.ask_for_exception(case=case, reason=reason, by=request.user, at=timezone.now())
        messages.success(request, "The office has been asked. You will be told what it decides.")
        return redirect(case)
    over = [sentence for sentence, _ in case_rules.excesses(case, content).values()]
    return render(request, "grants/business_case_exception.html", {"case": case, "form": form, "over": over})


@access.require(Permission.EXCEPTION_APPROVE)
@require_http_methods(["GET", "POST"])
def round_exception_answer(request, reference, case_reference):
    """Give or refuse an exception; it shows the sums alone, as the case may not have been sent in yet (R1)."""
    round_ = get_round(request, reference)
    rows = round_.cases.select_related("organisation", "round__rule_set", "round__stream__plan", "allocation")
    case = get_object_or_404(rows, reference=case_reference)
    asked = exceptions.last_asked(case)
    if asked is None:
        raise Http404("No exception has been asked for this business case.")
    refuse_if(
        exception_rules.why_not_refuse(case, user=request.user, on=timezone.localdate()) if request.POST else "", round_
    )
    form = AnswerExceptionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        gives = form.cleaned_data["answer"] == "give"
        act = exception_actions.give_exception if gives else exception_actions.refuse_exception
        given = {"case": case, "reason": form.cleaned_data["reason"], "by": request.user, "at": timezone.now()}
        if try_action(form, act, **given):
            messages.success(request, f"{case.organisation} has been told")
            return redirect(round_)
    context = {
        "round": round_,
        "case": case,
        "asked": asked,
        "over": case_rules.excesses(case, case_content.content_of(case)).values(),
        "why_not": exception_rules.why_not_refuse(case, user=request.user, on=timezone.localdate()),
        "form": form,
    }
    return render(request, "grants/round_exception_answer.html", context)
