"""Sets of questions, as applicants will see them, and versions of terms: started, copied, changed until frozen."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.roles import Permission
from records import queries as records_queries
from records.refusals import Refused

from .. import actions, forms, queries, rules
from ..models import QuestionSet, TermsVersion
from .plan import EDITING, READERS, edit_page, posted
from .rule_sets import ADD, add_address, crumbs, lines_of, page
from .terms import terms_moves


def whole_page(request, root, part, names, more, template):
    """What a set of questions or terms shows to everybody, and what officers can do with it."""
    manages = access.may(request.user, Permission.PLAN_MANAGE)
    frozen = rules.why_frozen(root)
    edits = manages and not frozen
    context = {
        "lines": lines_of(part, root, names, edits),
        "add": add_address(part, root) if edits else "",
        "add_label": ADD[part.name],
        "edits": edits,
        "frozen": frozen if manages else "",
        "events": records_queries.history(root)[:20] if access.is_office(request.user) else [],
        "breadcrumbs": crumbs(),
    }
    return render(request, template, context | more)


@require_safe
@access.require(*READERS)
def question_set_show(request, key):
    """The questions with their rules, and how they look to whoever answers them."""
    question_set = get_object_or_404(QuestionSet.objects.prefetch_related("questions", "asked_by__rule_set"), key=key)
    questions = list(question_set.questions.all())
    names = {question.key: question.label for question in questions}
    more = {
        "question_set": question_set,
        "preview": forms.AnswersPreview(questions),
        "asked_by": [asked.rule_set for asked in question_set.asked_by.all()],
    }
    return whole_page(request, question_set, queries.QUESTIONS, names, more, "plans/question_set_show.html")


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def question_set_new(request):
    """Start a set of questions."""
    form = forms.StartQuestionSetForm(posted(request))
    if form.is_bound and form.is_valid():
        question_set = actions.start_question_set(**form.cleaned_data, by=request.user, at=timezone.now())
        return redirect(question_set.get_absolute_url())
    return render(
        request, "plans/plan_edit.html", page(form, "Start a set of questions", "", reverse("plans:rule_set_list"))
    )


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def question_set_edit(request, key):
    """Change what a set is called."""
    question_set = get_object_or_404(QuestionSet, key=key)

    def act(*, reason, by, at, **fields):
        return actions.edit_question_set(question_set=question_set, fields=fields, reason=reason, by=by, at=at)

    return change_page(request, question_set, forms.QuestionSetForm, act, "Change the set of questions")


def change_page(request, root, form_class, act, title):
    if why := rules.why_not_change_rules(root, user=request.user):
        raise Refused(why, root)
    form = form_class(posted(request), initial={name: getattr(root, name) for name in form_class.base_fields})
    return edit_page(request, form, act, title=title, caption=str(root), back_to=root.get_absolute_url())


@require_safe
@access.require(*READERS)
def terms_show(request, key):
    """A version of the terms with its conditions."""
    rows = TermsVersion.objects.select_related("follows", "followed_by").prefetch_related(
        "conditions__streams", "rule_sets"
    )
    terms = get_object_or_404(rows, key=key)
    names = {stream.key: stream.name for row in terms.conditions.all() for stream in row.streams.all()}
    more = {
        "terms": terms,
        "used_by": terms.rule_sets.all(),
        "followed_by": getattr(terms, "followed_by", None),
        "moves": terms_moves(terms, request.user),
    }
    return whole_page(request, terms, queries.CONDITIONS, names, more, "plans/terms_show.html")


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def terms_new(request):
    """Start a version of terms: empty, or like another."""
    form = forms.StartTermsForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            terms = actions.start_terms(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error("version", refused.reason)
        else:
            return redirect(terms.get_absolute_url())
    return render(request, "plans/plan_edit.html", page(form, "Start terms", "", reverse("plans:rule_set_list")))


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def terms_edit(request, key):
    """Change what stands before the conditions."""
    terms = get_object_or_404(TermsVersion, key=key)

    def act(*, reason, by, at, **fields):
        return actions.edit_terms(terms=terms, fields=fields, reason=reason, by=by, at=at)

    return change_page(request, terms, forms.TermsTextForm, act, "Change the introduction")
