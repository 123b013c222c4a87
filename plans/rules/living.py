"""When the words, the sections and the dated changes of the plan may be written (P7)."""

from records.words import day_in_words

from ..enums import SectionKind
from ..models import PlanSection
from .frozen import why_no_reason
from .plan import why_not_edit, why_not_publish_on

STALE = "Somebody else has changed these words since you opened them. Look at the newest words, then write yours."
NAMES_A_STREAM = frozenset({SectionKind.STREAM, SectionKind.SERVICES})


def why_not_write_words(section, *, user, newest, seen, words, reason):
    """Say why these words cannot become those of the section, or nothing.

    `newest` is the text that counts now and `seen` the id of the one the person had before them, as text.
    """
    if why := why_not_edit(user) or why_no_reason(reason):
        return why
    if str(newest.pk if newest else "") != str(seen or ""):
        return STALE
    if words.strip() == (newest.words.strip() if newest else ""):
        return "These words stand in the section already. Change something, or leave it."
    return ""


def why_not_this_section(plan, *, user, kind, stream, title, known=None):
    """Say why a section cannot be so, or nothing: it has a heading, and one of a stream names the stream."""
    if why := why_not_edit(user):
        return why
    if not title.strip():
        return "Give the section a heading."
    if kind in NAMES_A_STREAM and stream is None:
        return "Choose the stream that this section tells of."
    if kind not in NAMES_A_STREAM and stream is not None:
        return "Only a section of a stream or of a commissioned service names a stream."
    if stream is None:
        return ""
    if stream.plan_id != plan.pk:
        return f"{stream} belongs to another plan."
    told = [row for row in PlanSection.objects.filter(plan=plan, stream=stream) if row != known]
    return f"The section “{told[0]}” tells of this stream already." if told else ""


def why_not_set_out(plan, *, user):
    """Say why the usual sections cannot be written down, or nothing."""
    if why := why_not_edit(user):
        return why
    if PlanSection.objects.filter(plan=plan).exists():
        return "The sections of this plan are written down already."
    return ""


def why_not_remove_section(section, *, user, reason):
    """Say why a section cannot go, or nothing: dated changes of the plan may name it."""
    if why := why_not_edit(user) or why_no_reason(reason):
        return why
    if section.changes.exists():
        return "A dated change of the plan names this section, so it stays."
    return ""


def why_not_record_change(plan, *, user, on, section, reason):
    """Say why this dated change cannot be recorded, or nothing."""
    if why := why_not_edit(user) or why_no_reason(reason):
        return why
    if on > plan.ends_on:
        return (
            f"The plan ends on {day_in_words(plan.ends_on)}. Give a day before that, or change the plan that follows."
        )
    if section is not None and section.plan_id != plan.pk:
        return "This section belongs to another plan."
    return ""


def why_not_publish_plan(*, user, on):
    """Say why the plan cannot be published on this day, or nothing: it is publicity, so it waits out a quiet time."""
    return why_not_edit(user) or why_not_publish_on(on)
