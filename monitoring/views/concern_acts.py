"""What is done with a complaint: each act has its form, its verb and its reason why not (P2)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from records.refusals import Refused

from ..actions import concerns as actions
from ..enums import ConcernStatus
from ..forms import concerns as forms
from ..models import ConcernLearning
from ..queries import concerns as queries
from ..rules import concerns as rules
from .concern_fetch import EDITING, READS, crumbs, fetch


@dataclass(frozen=True)
class Act:
    """One thing that is done with a complaint: its words, the form, the verb, and who asks why not."""

    label: str
    form: type
    verb: Callable
    why_not: Callable
    done: str
    lead: str = ""
    style: str = "secondary"
    who: Callable = rules.not_a_handler


ACTS = {
    "take-up": Act(
        "Take it up", forms.TakeUpForm, actions.take_up, rules.why_not_take_up, "Taken up and acknowledged.",
        "Its clocks start now. The complainant is told who answers and by when.", "",
    ),
    "acknowledge": Act(
        "Acknowledge", forms.AcknowledgeForm, actions.acknowledge_stage, rules.why_not_acknowledge, "Acknowledged.",
        style="",
    ),
    "answer": Act(
        "Answer", forms.AnswerForm, actions.answer_stage, rules.why_not_answer, "The answer has been sent.",
        "The complainant reads it in a letter, and can then ask for the next stage.", "", rules.not_the_answerer,
    ),
    "move-on": Act(
        "Move to the next stage", forms.ReasonForm, actions.move_on, rules.why_not_move_on,
        "The next stage has begun.", "Lateness alone moves nothing: say why the next stage begins.",
    ),
    "close": Act(
        "Close", forms.ReasonForm, actions.close_concern, rules.why_not_close, "The complaint is closed.",
        "For a complaint that was answered and that nobody takes further.",
    ),
    "elsewhere": Act(
        "Pass to somebody else", forms.ElsewhereForm, actions.pass_elsewhere, rules.why_not_pass_elsewhere,
        "The complainant is told for whom it is.",
    ),
    "withdraw": Act(
        "Withdraw for the complainant", forms.ReasonForm, actions.withdraw_concern, rules.why_not_withdraw,
        "The complaint is withdrawn.",
    ),
    "describe": Act(
        "Change what it is about", forms.DescribeForm, actions.describe_concern, rules.why_not_describe, "Changed.",
    ),
    "restrict": Act(
        "Restrict", forms.RestrictForm, actions.restrict_concern, rules.why_not_restrict,
        "From now on only the two of them see it.",
        "Nobody else will meet the complaint anywhere in the portal: in no list, count, search or download.",
    ),
    "lift": Act(
        "Lift the restriction", forms.ReasonForm, actions.lift_restriction, rules.why_not_lift,
        "The office sees this complaint again.", "Everybody in the office can then read it.",
    ),
    "learning": Act(
        "Agree a change", forms.LearningForm, actions.agree_learning, rules.why_not_agree_learning,
        "The change is agreed.",
    ),
    "file": Act(
        "Add a file", forms.FileForm, actions.add_file, rules.why_not_add_file, "The file is kept.",
    ),
}  # fmt: skip
# A button out of use stands there with its reason only where the reason is worth reading.
TOLD = {"answer", "move-on"}


def moves_of(concern, user, on):
    """What this person can do with the complaint now, and why not the rest of what is theirs to do."""
    found = []
    for name, act in ACTS.items():
        if act.who(concern, user):
            continue
        why_not = act.why_not(concern, user=user, on=on)
        if why_not and not (name in TOLD and concern.status == ConcernStatus.OPEN):
            continue
        url = reverse("monitoring:concern_act", args=[concern.reference, name])
        label = "Give it to other people" if name == "restrict" and concern.is_restricted else act.label
        found.append({"label": label, "url": url, "method": "get", "style": act.style, "why_not": why_not})
    return found


@sensitive_post_parameters()
@require_http_methods(EDITING)
@READS
def concern_act(request, reference, act):
    """One act: its form, then the verb."""
    concern, chosen = fetch(request, reference), ACTS.get(act)
    if chosen is None:
        raise Http404("There is nothing here that you can see.")
    may_add = act == "file" and not rules.not_the_answerer(concern, request.user)
    if chosen.who(concern, request.user) and not may_add:
        raise PermissionDenied("Your role does not let you do this.")
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = chosen.form(*given, concern=concern)
    why_not = chosen.why_not(concern, user=request.user, on=timezone.localdate())
    if form.is_bound and form.is_valid() and _done(request, chosen, concern, form, why_not):
        messages.success(request, chosen.done)
        return redirect(concern if queries.found(request.user, reference) else "monitoring:concern_list")
    context = {
        "concern": concern,
        "form": form,
        "title": chosen.label,
        "lead": chosen.lead,
        "why_not": why_not,
        "breadcrumbs": crumbs(concern),
    }
    return render(request, "monitoring/concern_act.html", context)


def _done(request, chosen, concern, form, why_not):
    """Whether the act was done. What was wrong with the form stands in it; a wrong moment is told like any other."""
    wanted = form.said() if hasattr(form, "said") else form.cleaned_data
    try:
        chosen.verb(concern=concern, **wanted, by=request.user, at=timezone.now())
    except Refused as refused:
        if why_not:
            raise
        form.add_error(None, refused.reason)
        return False
    return True


@require_http_methods(EDITING)
@READS
def concern_learning_done(request, reference, number):
    """Say that a change was made."""
    concern = fetch(request, reference)
    learning = get_object_or_404(ConcernLearning, concern=concern, number=number)
    learning.concern = concern
    why_not = rules.why_not_complete_learning(learning, user=request.user, on=timezone.localdate())
    if why_not and learning.done_on is None:
        raise PermissionDenied(why_not)
    form = forms.ResultForm(request.POST if request.method == "POST" else None, concern=concern)
    if form.is_bound and form.is_valid():
        actions.complete_learning(learning=learning, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "Marked as done.")
        return redirect(concern)
    context = {"concern": concern, "form": form, "title": "Say what was done", "lead": learning.action}
    return render(request, "monitoring/concern_act.html", {**context, "breadcrumbs": crumbs(concern)})
