"""New versions of terms put to live awards, and how the payees answer."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.roles import Permission
from plans.models import TermsVersion
from plans.queries.terms import counted, differences
from plans.rules.terms import is_issued
from records import queries as record
from records.calendar import add_working_days
from records.refusals import Refused, refuse_if

from ..actions import terms_changes as actions
from ..forms.terms_changes import ACCEPT, AnswerTermsForm, ProposeTermsForm
from ..models import Award
from ..queries import terms_changes as queries
from ..rules import terms_changes as rules
from .acting import act_page, attempt, move, reason_page

ACTING = ["GET", "HEAD", "POST"]
ANSWER_WORKING_DAYS = 20


def get_change(request, reference, number):
    """A change of terms of an award the person may see."""
    return get_object_or_404(queries.visible_to(request.user), award__reference=reference, number=number)


@access.require(Permission.TERMS_MANAGE)
@require_http_methods(ACTING)
def terms_put(request, key):
    """Choose the live awards a version is put to, all of a rule set or one."""
    terms = get_object_or_404(TermsVersion, key=key)
    if not is_issued(terms):
        raise Refused("This version has not been issued yet. Issue it first, so that it stays as it is.", terms)
    groups = queries.awards_to_ask(terms)
    free = [award.pk for awards in groups.values() for award in awards]
    asked = Award.objects.filter(pk__in=free).select_related("recipient", "terms", "rule_set")
    asked = asked.order_by("rule_set__name", "reference")
    wanted = request.GET.get("rule_set", "")
    started = {
        "awards": [award.pk for award in asked if wanted and award.rule_set and award.rule_set.key == wanted],
        "answer_by": add_working_days(timezone.localdate(), ANSWER_WORKING_DAYS),
    }
    form = ProposeTermsForm(request.POST if request.method == "POST" else None, awards=asked, initial=started)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "awards": list(form.cleaned_data["awards"])}
        made = attempt(form, actions.propose_terms_to_all, **given, terms=terms, by=request.user, at=timezone.now())
        if made is not None:
            words = f"{len(made)} award{'' if len(made) == 1 else 's'}"
            messages.success(request, f"Put to {words}. Each payee has its letter and owes an answer.")
            return redirect(terms)
    return act_page(
        request, form, title="Put these terms to live awards", caption=str(terms), back=terms.get_absolute_url(),
        template="grants/terms_change_put.html", groups=groups, terms=terms, free=len(free),
    )  # fmt: skip


def change_moves(change, user):
    """What this person can do with the proposal."""
    args, found = [change.award.reference, change.number], []
    if access.may(user, Permission.TERMS_ACCEPT, change.award.payee) and not access.is_office(user):
        why = rules.why_not_answer_terms(change, user=user)
        found.append(move("Answer", "terms_change_answer", args, why))
    if access.may(user, Permission.TERMS_MANAGE) and change.status == "PROPOSED":
        why = rules.why_not_withdraw_terms(change, user=user)
        found.append(move("Take it back", "terms_change_withdraw", args, why, style="secondary"))
    return found


@access.require(Permission.AWARD_READ)
@require_safe
def terms_change_show(request, reference, number):
    """One version put to an award: why, what differs, and the answer."""
    change = get_change(request, reference, number)
    found = differences(change.was, change.terms)
    context = {
        "change": change,
        "award": change.award,
        "standing": rules.standing_in_words(change),
        "differences": found,
        "counted": counted(found),
        "accepted": queries.accepted_terms(change.award),
        "moves": change_moves(change, request.user),
        "events": record.history(change),
        "in_office": access.is_office(request.user),
        "today": timezone.localdate(),
    }
    return render(request, "grants/terms_change_show.html", context)


@access.require(Permission.TERMS_ACCEPT)
@require_http_methods(ACTING)
def terms_change_answer(request, reference, number):
    """The signatory accepts or refuses for the payee."""
    change = get_change(request, reference, number)
    refuse_if(rules.why_not_answer_terms(change, user=request.user), change)
    form = AnswerTermsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = {"change": change, "by": request.user, "at": timezone.now()}
        if form.cleaned_data["choice"] == ACCEPT:
            done = attempt(form, actions.accept_terms, position=form.cleaned_data["position"], **given)
        else:
            done = attempt(form, actions.refuse_terms, reason=form.cleaned_data["reason"], **given)
        if done is not None:
            messages.success(request, "Your answer is kept. The office has been told.")
            return redirect(change)
    found = differences(change.was, change.terms)
    return act_page(
        request, form, title="Answer the new terms", caption=change.award.reference, back=change.get_absolute_url(),
        template="grants/terms_change_answer.html", change=change, award=change.award, differences=found,
        counted=counted(found),
    )  # fmt: skip


@access.require(Permission.TERMS_MANAGE)
@require_http_methods(ACTING)
def terms_change_withdraw(request, reference, number):
    """Take a proposal back."""
    change = get_change(request, reference, number)
    refuse_if(rules.why_not_withdraw_terms(change, user=request.user), change)
    return reason_page(
        request, actions.withdraw_terms, subject=change, title="Take the new terms back", caption=str(change),
        done="Taken back. The payee has been told.", change=change, by=request.user, at=timezone.now(),
    )  # fmt: skip
