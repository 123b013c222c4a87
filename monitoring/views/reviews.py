"""What officers do with a return, and how the recipient answers them."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import access
from accounts.roles import Permission
from records.refusals import refuse_if

from .. import actions, queries, rules
from ..forms import AnswerForm, QuestionFormSet, ReviewForm, sections_of
from .fetch import asked_about, fetch, page


def _content(monitoring_return):
    """The newest version with the last return beside it."""
    previous = queries.previous_version(monitoring_return)
    latest = queries.latest_version(monitoring_return)
    return queries.with_previous(latest.content, previous.content if previous else None)


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.RETURN_REVIEW)
def return_query(request, reference):
    """Ask the recipient questions, each about a named section."""
    monitoring_return = fetch(request, reference)
    refuse_if(rules.why_not_query(monitoring_return, user=request.user, on=timezone.localdate()), monitoring_return)
    sections = sections_of(queries.sheets_of(monitoring_return, previous={}))
    posted = request.POST if request.method == "POST" else None
    formset = QuestionFormSet(posted, prefix="questions", form_kwargs={"sections": sections})
    if formset.is_bound and formset.is_valid():
        actions.query_return(
            monitoring_return=monitoring_return, questions=formset.questions(), by=request.user, at=timezone.now()
        )
        messages.success(request, "The questions were sent. The recipient has been told by mail.")
        return redirect(monitoring_return)
    context = page(request, monitoring_return, formset=formset, content=_content(monitoring_return))
    return render(request, "monitoring/return_query.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.RETURN_SUBMIT)
def return_answer(request, reference):
    """Answer every open question and send the return back."""
    monitoring_return = fetch(request, reference)
    refuse_if(rules.why_not_answer(monitoring_return, user=request.user, on=timezone.localdate()), monitoring_return)
    asked = list(monitoring_return.queries.filter(answered_at__isnull=True).order_by("pk"))
    form = AnswerForm(request.POST if request.method == "POST" else None, queries=asked)
    if form.is_bound and form.is_valid():
        actions.answer_queries(
            monitoring_return=monitoring_return, answers=form.answers(), by=request.user, at=timezone.now()
        )
        messages.success(request, f"Your answers were sent. The return is now {_where(monitoring_return)}.")
        return redirect(monitoring_return)
    latest = queries.latest_version(monitoring_return)
    now = queries.content_of(monitoring_return, queries.figures_of(monitoring_return))
    changes = queries.before_and_after(latest.content, now)
    context = page(
        request,
        monitoring_return,
        form=form,
        changes=changes,
        certifies=rules.needs_certifier(monitoring_return) and any(row["is_figure"] for row in changes),
    )
    return render(request, "monitoring/return_answer.html", context)


def _where(monitoring_return):
    return monitoring_return.get_status_display().lower()


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.RETURN_REVIEW)
def return_review(request, reference):
    """Give the verdict, with a reply."""
    monitoring_return = fetch(request, reference)
    refuse_if(rules.why_not_review(monitoring_return, user=request.user, on=timezone.localdate()), monitoring_return)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        actions.review_return(
            monitoring_return=monitoring_return,
            verdict=form.cleaned_data["verdict"],
            reply=form.cleaned_data["reply"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, "The verdict was recorded and the recipient has been told.")
        return redirect(monitoring_return)
    versions = list(monitoring_return.versions.order_by("-number")[:2])
    context = page(
        request,
        monitoring_return,
        form=form,
        content=_content(monitoring_return),
        version=versions[0],
        changes=queries.before_and_after(versions[1].content, versions[0].content) if len(versions) > 1 else [],
        asked=asked_about(monitoring_return),
        met=list(queries.met_by(monitoring_return)) if len(versions) > 1 else [],
    )
    return render(request, "monitoring/return_review.html", context)
