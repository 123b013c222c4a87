"""Every write of the plan as a document: its words, sections and dated changes, each with its reason (P7)."""

from django.db import transaction
from django.db.models import Max

from records.actions import log
from records.refusals import refuse_if

from ..models import Plan, PlanChange, PlanSection, SectionText
from ..queries import living as queries
from ..rules import living as rules
from .plan import _change
from .templates import free_key

KEPT_AS_FIRST = "The words as they stood when the sections were written down."


def lock_plan(plan):
    """The plan as it now is, locked, so that two people never number or order at once."""
    return Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)


@transaction.atomic
def edit_plan(*, plan, title, purpose, reason, by, at):
    """Change the title of the plan, or what it is for."""
    refuse_if(rules.why_not_edit(by) or rules.why_no_reason(reason))
    return _change(plan, {"title": title, "purpose": purpose}, by=by, at=at, reason=reason)


@transaction.atomic
def set_out_sections(*, plan, by, at, service_streams=()):
    """Write the usual sections down, so that words can be put to each and their order can be changed."""
    plan = lock_plan(plan)
    refuse_if(rules.why_not_set_out(plan, user=by), plan)
    streams = list(plan.streams.order_by("order", "number"))
    rows = queries.derived(plan, streams, service_streams, plan.opportunities.exists())
    for order, row in enumerate(rows, start=1):
        section = PlanSection.objects.create(
            plan=plan, key=row.key, order=order, number=row.number, title=row.title, kind=row.kind, stream=row.stream
        )
        log(section, "added", by=by, at=at, summary=f"Section written down: {section}")
        if row.words:
            SectionText.objects.create(section=section, words=row.words, reason=KEPT_AS_FIRST, at=at, by=by)
    log(plan, "sections_set_out", by=by, at=at, summary=f"{len(rows)} sections of the plan written down")
    return plan


@transaction.atomic
def add_section(*, plan, number, title, kind, stream, order, words, reason, by, at):
    """Add a section; `order` None puts it at the end."""
    plan = lock_plan(plan)
    refuse_if(rules.why_not_this_section(plan, user=by, kind=kind, stream=stream, title=title), plan)
    refuse_if(rules.why_no_reason(reason), plan)
    known = PlanSection.objects.filter(plan=plan)
    last = known.aggregate(last=Max("order"))["last"] or 0
    section = PlanSection.objects.create(
        plan=plan,
        key=free_key(title, known.values_list("key", flat=True)),
        order=last + 1 if order is None else order,
        number=number,
        title=title,
        kind=kind,
        stream=stream,
    )
    log(section, "added", by=by, at=at, reason=reason, summary=f"Section added to the plan: {section}")
    if words.strip():
        SectionText.objects.create(section=section, words=words.strip(), reason=reason, at=at, by=by)
    return section


@transaction.atomic
def edit_section(*, section, number, title, order, reason, by, at):
    """Change the number, the heading or the place of a section."""
    refuse_if(rules.why_not_edit(by) or rules.why_no_reason(reason), section.plan)
    refuse_if("" if title.strip() else "Give the section a heading.", section.plan)
    return _change(section, {"number": number, "title": title, "order": order}, by=by, at=at, reason=reason)


@transaction.atomic
def write_words(*, section, words, reason, seen, by, at):
    """Give a section new words; those before stay, and every day can be read with the words it had."""
    section = PlanSection.objects.select_for_update(of=("self",)).select_related("plan").get(pk=section.pk)
    newest = queries.newest_text(section)
    refuse_if(
        rules.why_not_write_words(section, user=by, newest=newest, seen=seen, words=words, reason=reason), section.plan
    )
    text = SectionText.objects.create(section=section, words=words.strip(), reason=reason.strip(), at=at, by=by)
    was = newest.words if newest else ""
    log(
        section,
        "words_changed",
        by=by,
        at=at,
        reason=reason.strip(),
        summary=f"Words changed: {section}",
        changes={"words": [was, text.words]},
    )
    return text


@transaction.atomic
def remove_section(*, section, reason, by, at):
    """Take a section out of the plan; the log keeps it, so earlier days still show it."""
    plan = lock_plan(section.plan)
    refuse_if(rules.why_not_remove_section(section, user=by, reason=reason), plan)
    was = queries.section_record(section)
    log(
        plan,
        "section_removed",
        by=by,
        at=at,
        reason=reason.strip(),
        summary=f"Section removed from the plan: {section}"[:500],
        changes={f"{queries.REMOVED}{section.key}": [was, None]},
    )
    section.delete()
    return plan


@transaction.atomic
def record_change(*, plan, on, title, reason, section, by, at):
    """Record a dated variation of the plan (P7); it is never edited, a later one puts it right."""
    plan = lock_plan(plan)
    refuse_if(rules.why_not_record_change(plan, user=by, on=on, section=section, reason=reason), plan)
    last = PlanChange.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0
    change = PlanChange.objects.create(
        plan=plan, number=last + 1, on=on, title=title, reason=reason.strip(), section=section, at=at, by=by
    )
    log(
        plan, "varied", by=by, at=at, reason=change.reason, summary=f"Change {change.number} of the plan: {title}"[:500]
    )
    return change
