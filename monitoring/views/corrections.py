"""What was submitted is opened again with a reason; versions are compared; a return stands in for a failed one."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.roles import Permission
from records.refusals import refuse_if

from .. import actions, queries, rules
from ..forms import InsteadForm, ReasonForm, ReopenForm
from .fetch import fetch, page


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.RETURN_SUBMIT)
def return_correct(request, reference):
    """A lead takes back what was submitted, to correct it before it is reviewed."""
    monitoring_return = fetch(request, reference)
    refuse_if(rules.why_not_correct(monitoring_return, user=request.user, on=timezone.localdate()), monitoring_return)
    hint = "The office reads these words, and they stand with the next version."
    given = request.POST if request.method == "POST" else None
    form = ReasonForm(given, label="What has to be corrected, and why?", hint=hint)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.correct_return(monitoring_return=monitoring_return, reason=reason, by=request.user, at=timezone.now())
        messages.success(request, "The return is open again. Correct it, then send it once more.")
        return redirect(monitoring_return)
    words = {"title": "Take it back to correct it", "button": "Take it back"}
    return render(request, "monitoring/return_reason.html", page(request, monitoring_return, form=form, **words))


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.RETURN_REVIEW)
def return_reopen(request, reference):
    """An officer opens a reviewed return again, with a reason and a day."""
    monitoring_return = fetch(request, reference)
    on = timezone.localdate()
    refuse_if(rules.why_not_reopen(monitoring_return, user=request.user, on=on), monitoring_return)
    given = request.POST if request.method == "POST" else None
    form = ReopenForm(given, on=on, initial={"due_on": rules.correction_due(monitoring_return, on=on)})
    if form.is_bound and form.is_valid():
        answers = {"by": request.user, "at": timezone.now(), **form.cleaned_data}
        actions.reopen_return(monitoring_return=monitoring_return, **answers)
        messages.success(request, "The return is open again. The recipient has been told why.")
        return redirect(monitoring_return)
    words = {"title": "Open the return again", "button": "Open it again"}
    met = list(queries.met_by(monitoring_return))
    context = page(request, monitoring_return, form=form, met=met, **words)
    return render(request, "monitoring/return_reason.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.RETURN_REVIEW)
def return_meets(request, reference):
    """This satisfactory return meets the condition of an instalment in place of one that failed or was waived."""
    monitoring_return = fetch(request, reference)
    waiting = list(queries.waiting_for_a_return(monitoring_return.award))
    refuse_if("" if waiting else "No instalment of this award waits for a return.", monitoring_return)
    on = timezone.localdate()
    refuse_if(rules.why_not_meet_instead(monitoring_return, waiting[0], user=request.user, on=on), monitoring_return)
    form = InsteadForm(request.POST if request.method == "POST" else None, waiting=waiting)
    if form.is_bound and form.is_valid():
        answers = {"by": request.user, "at": timezone.now(), **form.cleaned_data}
        actions.meet_instead(monitoring_return=monitoring_return, **answers)
        messages.success(request, "The condition is met. Finance can release the instalment.")
        return redirect(monitoring_return)
    words = {"title": "Let this return meet a condition", "button": "Record that the condition is met"}
    return render(request, "monitoring/return_reason.html", page(request, monitoring_return, form=form, **words))


@require_safe
@access.require(Permission.RETURN_READ)
def return_compare(request, reference):
    """What differs between any two versions."""
    monitoring_return = fetch(request, reference)
    rows = monitoring_return.versions.select_related("by", "review").order_by("number")
    versions = {version.number: version for version in rows}
    refuse_if("" if len(versions) > 1 else "There are no two versions to compare.", monitoring_return)
    asked = _asked_for(request, "before", versions), _asked_for(request, "after", versions)
    before, after = sorted(asked, key=lambda version: version.number)
    changes = queries.before_and_after(before.content, after.content)
    context = page(request, monitoring_return, versions=rows, before=before, after=after, changes=changes)
    return render(request, "monitoring/return_compare.html", context)


def _asked_for(request, name, versions):
    """The version named in the address; without one, the last but one and the last."""
    numbers = list(versions)
    asked = request.GET.get(name, str(numbers[-2] if name == "before" else numbers[-1]))
    if not (asked.isdecimal() and len(asked) < 6 and int(asked) in versions):
        raise Http404("There is no such version.")
    return versions[int(asked)]
