"""Claims: money a recipient has spent and asks for, with receipts, and the office's answer (X2)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.roles import Permission
from records.refusals import refuse_if

from ..actions import claims as actions
from ..forms.claims import ACCEPT, ClaimAnswerForm, ClaimForm
from ..queries import claims as queries
from ..rules import claims as rules
from .acting import act_page, attempt, reason_page
from .instalments import get_instalment, instalment_page

ACTING = ["GET", "HEAD", "POST"]


def get_claim(request, reference, claim):
    """The claim, if the person may see its award."""
    rows = queries.with_joins(queries.visible_to(request.user))
    return get_object_or_404(rows, award__reference=reference, reference=claim)


@access.require(Permission.AWARD_REQUEST)
@require_http_methods(ACTING)
def claim_new(request, reference, number):
    """Claim money spent on one instalment."""
    instalment = get_instalment(request, reference, number)
    refuse_if(rules.why_not_claim(instalment, user=request.user, on=timezone.localdate()), instalment.award)
    form = ClaimForm(request.POST or None, request.FILES or None, left=instalment.amount)
    if request.method == "POST" and form.is_valid():
        sent = {"instalment": instalment, "by": request.user, "at": timezone.now(), **form.cleaned_data}
        claim = attempt(form, actions.submit_claim, **sent)
        if claim is not None:
            messages.success(request, f"{claim.reference} is sent. The office has been told.")
            return redirect(claim)
    return instalment_page(request, instalment, form, "Claim money you have spent")


@access.require(Permission.AWARD_READ)
@require_safe
def claim_show(request, reference, claim):
    """One claim with its receipts and what became of it."""
    claim = get_claim(request, reference, claim)
    answers = access.may(request.user, Permission.AWARD_OFFER)
    context = {
        "claim": claim,
        "award": claim.award,
        "receipts": queries.receipts_of(claim),
        "owed": queries.owed(claim),
        "events": queries.history(claim),
        "in_office": access.is_office(request.user),
        "answers": answers and not rules.why_not_answer(claim, user=request.user, on=timezone.localdate()),
    }
    return render(request, "grants/claim_show.html", context)


@access.require(Permission.AWARD_OFFER)
@require_http_methods(ACTING)
def claim_answer(request, reference, claim):
    """Accept the claim, whole or in part, or refuse it."""
    claim = get_claim(request, reference, claim)
    refuse_if(rules.why_not_answer(claim, user=request.user, on=timezone.localdate()), claim)
    given = {"amount": claim.amount}
    form = ClaimAnswerForm(request.POST or None, claimed=claim.amount, initial=given)
    if request.method == "POST" and form.is_valid():
        said = {"claim": claim, "answer": form.cleaned_data["answer"], "by": request.user, "at": timezone.now()}
        accepts = form.cleaned_data["choice"] == ACCEPT
        if accepts:
            said["amount"] = form.cleaned_data["amount"]
        if attempt(form, actions.accept_claim if accepts else actions.refuse_claim, **said) is not None:
            messages.success(request, "The claim is answered. The recipient has been told.")
            return redirect(claim)
    return act_page(
        request, form, title="Answer the claim", caption=claim.reference, back=claim.get_absolute_url(),
        template="grants/claim_answer.html", claim=claim, award=claim.award, receipts=queries.receipts_of(claim),
    )  # fmt: skip


@access.require(Permission.AWARD_OFFER)
@require_http_methods(ACTING)
def claims_end(request, reference, number):
    """Take off the schedule what nobody claimed in time."""
    instalment = get_instalment(request, reference, number)
    refuse_if(rules.why_not_end_claims(instalment, user=request.user, on=timezone.localdate()), instalment.award)
    return reason_page(
        request, actions.end_claims, subject=instalment.award, title="Take what was not claimed off the schedule",
        caption=instalment.reference, done="It is off the schedule.", instalment=instalment, by=request.user,
        at=timezone.now(),
    )  # fmt: skip
