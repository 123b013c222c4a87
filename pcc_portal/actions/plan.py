"""The plan published as a paper, and its sections written down; both know what stands above the plan itself."""

from django.db import transaction

from plans.actions import living as actions
from plans.models import Plan
from plans.queries import letterhead
from plans.rules import living as rules
from records.actions import log
from records.calendar import london_day
from records.enums import PaperKind
from records.models import Paper
from records.papers import make_paper
from records.refusals import refuse_if

from ..queries import living_plan

TEMPLATE = "letters/commissioning_plan.html"


def papers_of(plan):
    """The versions of the plan that were published, newest first, without their contents."""
    rows = Paper.objects.filter(kind=PaperKind.COMMISSIONING_PLAN, subject_type=Plan._meta.label, subject_id=plan.pk)
    return rows.defer("html", "pdf").order_by("-made_at", "-pk")


@transaction.atomic
def publish_plan(*, plan, by, at):
    """Freeze the plan as the public may read it into a numbered paper (P7); returns the paper."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("body").get(pk=plan.pk)
    on = london_day(at)
    refuse_if(rules.why_not_publish_plan(user=by, on=on), plan)
    number = papers_of(plan).count() + 1
    title = f"{plan.title}, version {number}"
    paper = make_paper(
        kind=PaperKind.COMMISSIONING_PLAN,
        subject=plan,
        title=title,
        template=TEMPLATE,
        context=paper_context(plan, living_plan.document(plan), on, reference=f"Version {number}"),
        by=by,
        at=at,
        is_example=plan.is_example,
    )
    log(plan, "published", by=by, at=at, summary=f"Published: {title}"[:500])
    return paper


def paper_context(plan, document, on, *, reference=""):
    """What the paper of a plan says: the document of a day under the head of the office."""
    head = letterhead(plan.body, reference=reference or plan.title, on=on, is_example=plan.is_example)
    return {**head, "document": document, "on": on}


@transaction.atomic
def set_out_sections(*, plan, by, at):
    """Write the usual sections down: a stream with contracts is a commissioned service."""
    return actions.set_out_sections(plan=plan, by=by, at=at, service_streams=living_plan.service_streams())
