"""Reviews of what a stream asks of its recipients (C10)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access
from accounts.roles import Permission
from records import lists
from records import queries as record
from records.refusals import Refused, refuse_if

from ..actions import reviews as actions
from ..forms import reviews as forms
from ..models import RequirementReview, ReviewFinding
from ..queries import reviews as queries
from ..rules import reviews as rules
from .plan import EDITING, posted

SORTS = {"reference": "reference", "stream": "stream__order", "opened": "opened_on", "status": "status"}


def get_review(reference):
    return get_object_or_404(RequirementReview.objects.select_related("stream__plan"), reference=reference)


@access.require(Permission.PLAN_READ)
@require_safe
def requirement_review_list(request):
    """Every review, newest first."""
    page = lists.paginate(request, lists.sort(request, queries.reviews(), SORTS, default="-opened"))
    context = {"page_obj": page, "manages": access.may(request.user, Permission.PLAN_MANAGE)}
    return render(request, "plans/requirement_review_list.html", context)


@access.require(Permission.PLAN_READ)
@require_safe
def requirement_review_show(request, reference):
    """One review: findings, what they became, its conclusion."""
    review = get_review(reference)
    findings = queries.findings_of(review)
    writes = not rules.why_not_write_review(review, user=request.user)
    context = {
        "review": review,
        "findings": findings,
        "writes": writes,
        "moves": review_moves(review, request.user),
        "events": record.history(review),
    }
    return render(request, "plans/requirement_review_show.html", context)


def review_moves(review, user):
    """The buttons of a review, for those who change the plan."""
    if not access.may(user, Permission.PLAN_MANAGE):
        return []
    on, moves = timezone.localdate(), []

    def add(label, name, why, style="secondary"):
        url = reverse(f"plans:{name}", args=[review.reference])
        moves.append({"label": label, "url": url, "why_not": why, "method": "get", "style": style})

    if not rules.why_not_write_review(review, user=user):
        add("Add a finding", "requirement_review_finding_new", "", style="")
        add("Change the review", "requirement_review_edit", "")
        add("Conclude it", "requirement_review_conclude", rules.why_not_conclude(review, user=user, on=on))
    add("Make new terms of the findings", "requirement_review_terms", rules.why_not_make_terms(review, user=user))
    return moves


@access.require(Permission.PLAN_MANAGE)
@require_http_methods(EDITING)
def requirement_review_new(request):
    """Open a review."""
    form = forms.OpenReviewForm(posted(request), initial={"opened_on": timezone.localdate()})
    back = reverse("plans:requirement_review_list")
    return _page(request, form, actions.open_review, "Open a review of requirements", back, "The review is open.")


@access.require(Permission.PLAN_MANAGE)
@require_http_methods(EDITING)
def requirement_review_edit(request, reference):
    """Title and scope."""
    review = get_review(reference)
    refuse_if(rules.why_not_write_review(review, user=request.user), review)
    form = forms.ReviewForm(posted(request), initial={"title": review.title, "scope": review.scope})
    return _page_of(request, review, form, actions.write_review, "Change the review", "Saved.", review=review)


@access.require(Permission.PLAN_MANAGE)
@require_http_methods(EDITING)
def requirement_review_finding_new(request, reference):
    """One finding."""
    review = get_review(reference)
    refuse_if(rules.why_not_write_review(review, user=request.user), review)
    form = forms.FindingForm(posted(request))
    done = "The finding is saved."
    return _page_of(request, review, form, actions.write_finding, "Add a finding", done, review=review)


@access.require(Permission.PLAN_MANAGE)
@require_http_methods(EDITING)
def requirement_review_finding_edit(request, reference, number):
    """One finding, written anew."""
    review = get_review(reference)
    row = get_object_or_404(ReviewFinding.objects.select_related("terms"), review=review, number=number)
    refuse_if(rules.why_not_write_finding(review, user=request.user, finding=row.finding, row=row), review)
    initial = {name: getattr(row, name) for name in ("finding", "condition", "checked_by")}
    form = forms.FindingForm(posted(request), initial=initial)
    title, done = f"Finding {row.number}", "The finding is saved."
    return _page_of(request, review, form, actions.write_finding, title, done, review=review, row=row)


@access.require(Permission.PLAN_MANAGE)
@require_POST
def requirement_review_finding_drop(request, reference, number):
    """A finding taken out."""
    review = get_review(reference)
    row = get_object_or_404(ReviewFinding.objects.select_related("terms"), review=review, number=number)
    row.review = review
    actions.drop_finding(row=row, by=request.user, at=timezone.now())
    messages.success(request, "The finding is taken out. It stays in the history.")
    return redirect(review)


@access.require(Permission.PLAN_MANAGE)
@require_http_methods(EDITING)
def requirement_review_terms(request, reference):
    """New terms of the findings' conditions."""
    review = get_review(reference)
    refuse_if(rules.why_not_make_terms(review, user=request.user), review)
    choices = queries.terms_under(review.stream)
    like = choices.first()
    initial = {"like": like, "title": like.title if like else ""}
    form = forms.TermsOfReviewForm(posted(request), choices=choices, initial=initial)
    done = "The terms are made. Name them in the rules of the next year."
    return _page_of(request, review, form, actions.make_terms, "Make new terms of the findings", done, review=review)


@access.require(Permission.PLAN_MANAGE)
@require_http_methods(EDITING)
def requirement_review_conclude(request, reference):
    """What the review comes to."""
    review, on = get_review(reference), timezone.localdate()
    refuse_if(rules.why_not_conclude(review, user=request.user, on=on), review)
    form = forms.ConcludeForm(posted(request), initial={"concluded_on": on})
    done = "The review is concluded."
    return _page_of(request, review, form, actions.conclude_review, "Conclude the review", done, review=review)


def _page_of(request, of, form, action, title, done, **subject):
    return _page(request, form, action, title, of.get_absolute_url(), done, caption=str(of), **subject)


def _page(request, form, action, title, back, done, caption="", **subject):
    """One form, one action, back to the review."""
    if request.method == "POST" and form.is_valid():
        try:
            made = action(**form.cleaned_data, **subject, by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, done)
            return redirect(subject.get("review") or made)
    context = {"form": form, "title": title, "caption": caption, "back": back, "events": []}
    return render(request, "plans/plan_edit.html", context)
