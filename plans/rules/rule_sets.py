"""When rules, question sets and terms may change, and when a round may open under them (X1)."""

from records.calendar import london_day
from records.words import day_in_words

from .. import queries
from ..models import QuestionSet, RuleSet, TermsVersion
from .faults import faults_of_questions, faults_of_rules
from .plan import why_not_edit


def why_not_change_rules(subject, *, user, reason=None):
    """Say why nothing of this rule set, question set or terms may change, or nothing: frozen stays frozen."""
    return why_not_edit(user) or why_frozen(subject) or why_no_reason(reason)


def why_frozen(subject):
    """Say since when it stays as it is, or nothing."""
    if isinstance(subject, RuleSet):
        frozen, by_what = subject, "these rules"
    else:
        frozen, by_what = frozen_user_of(subject), "rules that use them"
    if frozen is None or frozen.frozen_at is None:
        return ""
    what = {RuleSet: "Make a new version to change something.", QuestionSet: "Copy the set to change something."}
    advice = what.get(type(subject), "Start a new version of the terms to change something.")
    day = day_in_words(london_day(frozen.frozen_at))
    return f"Money was offered under {by_what} on {day}, so they stay as they are. {advice}"


def frozen_user_of(subject):
    """The first frozen rule set that asks these questions or uses these terms; None without one."""
    used = {"terms": subject} if isinstance(subject, TermsVersion) else {"asked__question_set": subject}
    return RuleSet.objects.filter(frozen_at__isnull=False, **used).order_by("frozen_at", "pk").first()


def why_no_reason(reason):
    return "" if reason is None or reason.strip() else "Say why this changes. It stays in the history."


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
