"""Versions of terms: compared, issued, followed by another."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.roles import Permission
from records.refusals import Refused, refuse_if

from ..actions import terms as actions
from ..forms import terms as forms
from ..models import TermsVersion
from ..queries import terms as queries
from ..rules import terms as rules
from .plan import EDITING, READERS, posted
from .rule_sets import crumbs, page


def terms_moves(terms, user):
    """What an officer can do with a version as a whole."""
    if not access.may(user, Permission.TERMS_MANAGE):
        return []
    args = {"key": terms.key}
    issued = rules.is_issued(terms)
    follow = {"label": "Start the next version", "url": reverse("plans:terms_follow", kwargs=args)}
    found = [{**follow, "why_not": rules.why_not_follow_terms(terms, user=user)}]
    if issued:
        found.append({"label": "Put it to live awards", "url": f"/awards/terms/{terms.key}/", "why_not": ""})
    else:
        why = rules.why_not_issue_terms(terms, user=user)
        found.insert(
            0, {"label": "Issue this version", "url": reverse("plans:terms_issue", kwargs=args), "why_not": why}
        )
    return [{**move, "method": "get", "style": "secondary"} for move in found]


@require_safe
@access.require(*READERS)
def terms_compare(request, key):
    """Two versions beside one another, condition by condition."""
    terms = get_object_or_404(TermsVersion.objects.select_related("follows"), key=key)
    others = queries.versions_beside(terms)
    wanted = request.GET.get("with", "")
    other = next((row for row in others if row.key == wanted), None)
    if wanted and other is None:
        raise Http404
    other = other or terms.follows or next(iter(others), None)
    found = queries.differences(other, terms) if other else []
    context = {
        "terms": terms,
        "other": other,
        "others": others,
        "differences": found,
        "counted": queries.counted(found),
        "breadcrumbs": crumbs({"label": str(terms), "url": terms.get_absolute_url()}),
    }
    return render(request, "plans/terms_compare.html", context)


@require_http_methods(EDITING)
@access.require(Permission.TERMS_MANAGE)
def terms_issue(request, key):
    """Keep a version for good."""
    terms = get_object_or_404(TermsVersion, key=key)
    refuse_if(rules.why_not_issue_terms(terms, user=request.user), terms)
    form = forms.IssueTermsForm(posted(request))
    if form.is_bound and form.is_valid():
        actions.issue_terms(terms=terms, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "Issued. It stays as it is from now on, and can be put to live awards.")
        return redirect(terms)
    lead = "Once issued, no word of this version changes any more. A later change is a new version."
    context = page(form, "Issue this version", str(terms), terms.get_absolute_url(), lead)
    return render(request, "plans/plan_edit.html", context)


@require_http_methods(EDITING)
@access.require(Permission.TERMS_MANAGE)
def terms_follow(request, key):
    """Start the version that follows, as a copy."""
    terms = get_object_or_404(TermsVersion, key=key)
    refuse_if(rules.why_not_follow_terms(terms, user=request.user), terms)
    form = forms.FollowTermsForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            copy = actions.follow_terms(terms=terms, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error("version", refused.reason)
        else:
            messages.success(request, "Started. Every condition was copied and can now be changed.")
            return redirect(copy)
    lead = "Every condition is copied. What was accepted stays accepted as it was."
    context = page(form, "Start the next version", str(terms), terms.get_absolute_url(), lead)
    return render(request, "plans/plan_edit.html", context)
