"""Rules under which money was offered stay as they are, with the questions and terms they use (X1)."""

from records.calendar import london_day
from records.words import day_in_words

from ..models import QuestionSet, RuleSet, TermsVersion
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
    if isinstance(subject, TermsVersion) and subject.frozen_at is not None:
        day = day_in_words(london_day(subject.frozen_at))
        return f"These terms were issued on {day}, so they stay as they are. Start a new version to change something."
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
