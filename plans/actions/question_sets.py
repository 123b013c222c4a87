"""Sets of questions and versions of terms as wholes: started, copied, put right until frozen (X1)."""

from django.db import transaction

from records.actions import log
from records.refusals import refuse_if

from .. import queries, rules
from ..models import QuestionSet, TermsVersion
from .rule_sets import change, copy_rows
from .templates import free_key


@transaction.atomic
def start_question_set(*, title, introduction, reason, by, at, like=None):
    """Start a set of questions: empty, or with the questions of another."""
    refuse_if(rules.why_not_start_question_set(title, user=by))
    key = free_key(title, ["new", *QuestionSet.objects.values_list("key", flat=True)])
    question_set = QuestionSet.objects.create(key=key, title=title.strip(), introduction=introduction)
    if like:
        copy_rows([queries.QUESTIONS], like, question_set)
    words = f"Questions started as a copy of {like}" if like else "Questions started"
    log(question_set, "started", by=by, at=at, reason=reason.strip(), summary=f"{words}: {title.strip()}"[:500])
    return question_set


@transaction.atomic
def edit_question_set(*, question_set, fields, reason, by, at):
    """Change the title, the introduction or the source of a set."""
    question_set = QuestionSet.objects.select_for_update().get(pk=question_set.pk)
    refuse_if(rules.why_not_change_rules(question_set, user=by, reason=reason), question_set)
    return change(question_set, fields, reason=reason, by=by, at=at)


@transaction.atomic
def start_terms(*, title, version, introduction, reason, by, at, like=None):
    """Start a version of terms and conditions: empty, or with the conditions of another."""
    refuse_if(rules.why_not_start_terms(title, version, user=by))
    key = free_key(f"{title} {version}", TermsVersion.objects.values_list("key", flat=True))
    terms = TermsVersion.objects.create(
        key=key, title=title.strip(), version=version.strip(), introduction=introduction
    )
    if like:
        copy_rows([queries.CONDITIONS], like, terms)
    words = f"Terms started as a copy of {like}" if like else "Terms started"
    log(terms, "started", by=by, at=at, reason=reason.strip(), summary=f"{words}: {terms}"[:500])
    return terms


@transaction.atomic
def edit_terms(*, terms, fields, reason, by, at):
    """Change the introduction or the source of terms that nobody was offered money under yet."""
    terms = TermsVersion.objects.select_for_update().get(pk=terms.pk)
    refuse_if(rules.why_not_change_rules(terms, user=by, reason=reason), terms)
    return change(terms, fields, reason=reason, by=by, at=at)
