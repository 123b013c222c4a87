"""When rule sets, sets of questions and terms are started, used and followed (X1)."""

from .. import queries
from ..models import RuleSet, TermsVersion
from .faults import faults_of_questions, faults_of_rules
from .plan import why_not_edit


def why_not_freeze(rule_set):
    """Say why no money can be offered under these rules yet, or nothing: what is wrong in them comes first."""
    if rule_set.frozen_at is not None:
        return ""
    whole = queries.whole_rule_sets().get(pk=rule_set.pk)
    found = [*faults_of_rules(queries.parts_of(whole)), *faults_of_asked(whole)]
    return f"The rules “{rule_set.name}” cannot be used yet. {found[0][1]}" if found else ""


def faults_of_asked(rule_set):
    """What is wrong in the sets of questions that the rules ask, as (field, sentence)."""
    for place, asked in enumerate(rule_set.asked.all()):
        for _, sentence in faults_of_questions(queries.rows_of(asked.question_set, queries.QUESTIONS)):
            yield f"asked.{place}.question_set", f"{asked.question_set.title}: {sentence}"


def why_not_make_version(rule_set, *, user, plan=None):
    """Say why no new version of the rules can be made, or nothing.

    Within its plan only frozen rules need one; another plan takes its copy in any case.
    """
    if why := why_not_edit(user):
        return why
    if follower := RuleSet.objects.filter(follows=rule_set).first():
        return f"Version {follower.version} follows these rules already. Change that one, or make a version of it."
    if rule_set.frozen_at is None and plan in (None, rule_set.plan):
        return "No round has opened under these rules, so they can be changed as they are."
    return ""


def why_not_start_rule_set(name, *, user):
    """Say why no rules of this name can be started, or nothing."""
    return why_not_edit(user) or ("" if name.strip() else "Give the rules a name.")


def why_not_start_question_set(title, *, user):
    """Say why no set of questions of this title can be started, or nothing."""
    return why_not_edit(user) or ("" if title.strip() else "Give the questions a title.")


def why_not_start_terms(title, version, *, user):
    """Say why there cannot be this version of these terms, or nothing."""
    if why := why_not_edit(user):
        return why
    if not (title.strip() and version.strip()):
        return "Give the terms a title and a version."
    if TermsVersion.objects.filter(title=title.strip(), version=version.strip()).exists():
        return f"There is a version {version.strip()} of these terms already. Give this one another."
    return ""
