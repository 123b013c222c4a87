"""Certifying and submitting a return."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access
from accounts.roles import Permission
from records.enums import ObligationKind
from records.models import Obligation
from records.refusals import refuse_if

from .. import actions, rules
from ..forms import CertifyForm, ReasonForm
from .fetch import fetch, files_of, page, written


@require_POST
@access.require(Permission.RETURN_WRITE)
def return_send(request, reference):
    """Send the return to the certifier."""
    monitoring_return = fetch(request, reference)
    actions.send_for_certification(monitoring_return=monitoring_return, by=request.user, at=timezone.now())
    messages.success(request, "Sent for certification. The certifier has been told by mail.")
    return redirect(monitoring_return)


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.RETURN_CERTIFY)
def return_certify(request, reference):
    """The certifier reads every figure and signs."""
    monitoring_return = fetch(request, reference)
    refuse_if(rules.why_not_certify(monitoring_return, user=request.user, on=timezone.localdate()), monitoring_return)
    declaration = monitoring_return.rules.declaration
    form = CertifyForm(request.POST if request.method == "POST" else None, declaration=declaration)
    if form.is_bound and form.is_valid():
        actions.certify_return(monitoring_return=monitoring_return, by=request.user, at=timezone.now())
        messages.success(request, "Certified. A lead has been told to submit the return.")
        return redirect(monitoring_return)
    now = written(monitoring_return)
    documents = files_of(request, monitoring_return, sheets=now.sheets)
    context = page(request, monitoring_return, form=form, content=now.content, documents=documents)
    return render(request, "monitoring/return_certify.html", context)


def _with_reason(request, monitoring_return, *, act, label, hint, title, button, done):
    """A page that asks for a reason and then does one thing."""
    form = ReasonForm(request.POST if request.method == "POST" else None, label=label, hint=hint)
    if form.is_bound and form.is_valid():
        act(
            monitoring_return=monitoring_return,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, done)
        return redirect(monitoring_return)
    context = page(request, monitoring_return, form=form, title=title, button=button)
    return render(request, "monitoring/return_reason.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.RETURN_CERTIFY)
def return_decline(request, reference):
    """The certifier declines and says why."""
    monitoring_return = fetch(request, reference)
    why_not = rules.why_not_decline_certification(monitoring_return, user=request.user, on=timezone.localdate())
    refuse_if(why_not, monitoring_return)
    return _with_reason(
        request,
        monitoring_return,
        act=actions.decline_certification,
        title="Decline to certify",
        label="Why do you decline?",
        hint="The people who wrote the return read these words.",
        button="Decline and send it back",
        done="Declined. The return is back with the people who write it.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.RETURN_SUBMIT)
def return_take_back(request, reference):
    """A lead takes the return back before it is submitted."""
    monitoring_return = fetch(request, reference)
    refuse_if(rules.why_not_take_back(monitoring_return, user=request.user, on=timezone.localdate()), monitoring_return)
    return _with_reason(
        request,
        monitoring_return,
        act=actions.take_back_return,
        title="Take the return back",
        label="Why do you take it back?",
        hint="It has to be certified again afterwards.",
        button="Take it back",
        done="The return can be changed again.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.RETURN_REVIEW)
def return_waive(request, reference):
    """An officer says that nothing has to be sent."""
    monitoring_return = fetch(request, reference)
    refuse_if(rules.why_not_waive(monitoring_return, user=request.user, on=timezone.localdate()), monitoring_return)
    return _with_reason(
        request,
        monitoring_return,
        act=actions.waive_return,
        title="Waive this return",
        label="Why is it not needed?",
        hint="The recipient reads these words. Reminders stop. This cannot be undone.",
        button="Waive the return",
        done="Waived. The recipient has been told.",
    )


@require_POST
@access.require(Permission.RETURN_SUBMIT)
def return_submit(request, reference):
    """Send the return to the office."""
    monitoring_return = fetch(request, reference)
    actions.submit_return(monitoring_return=monitoring_return, by=request.user, at=timezone.now())
    return redirect("monitoring:return_sent", reference=reference)


@require_safe
@access.require(Permission.RETURN_WRITE)
def return_sent(request, reference):
    """The confirmation: what we hold, and when an answer comes."""
    monitoring_return = fetch(request, reference)
    version = monitoring_return.versions.order_by("-number").first()
    refuse_if("" if version else "This return has not been submitted yet.", monitoring_return)
    review = Obligation.objects.open().about(monitoring_return).filter(kind=ObligationKind.RETURN_REVIEW).first()
    context = page(
        request,
        monitoring_return,
        version=version,
        review_by=review and review.due_on,
        paper_url=version.paper_id and reverse("paper_show", kwargs={"pk": version.paper_id}),
    )
    return render(request, "monitoring/return_sent.html", context)
