"""Every write about a project of a business case, while the case is a draft or returned."""

from django.db import transaction

from plans.models import Priority
from records import documents
from records.actions import log
from records.calendar import london_day
from records.refusals import refuse_if

from ..enums import CaseSection
from ..models import (
    BudgetLine,
    DeliveryPartner,
    MatchLine,
    PlannedOutcome,
    PlannedOutput,
    ProfileLine,
    Project,
)
from ..queries import business_cases as queries
from ..queries import case_content
from ..queries.bidding import AskedSet
from ..rules import business_cases as rules
from . import results, school_parts
from .answers import write_answers
from .business_cases import STALE, Stale, claim, lock, log_save, reply_to_request, save_overview

PLAIN = (
    "title",
    "description",
    "starts_on",
    "ends_on",
    "need",
    "evidence",
    "evidence_strength",
    "evidence_source",
    "no_priority_reason",
    "no_outputs_reason",
    "areas",
)
ROWS = {
    "outcomes": PlannedOutcome,
    "outputs": PlannedOutput,
    "budget_lines": BudgetLine,
    "partners": DeliveryPartner,
    "match_lines": MatchLine,
    "profile_lines": ProfileLine,
}


@transaction.atomic
def write_project(*, case, by, at, version=None, project=None, quietly=False, what="", **answers):
    """Add a project (no `project`) or save the answers given about one; answers not given stay as they are.

    `answers`: the plain fields, `priorities` (rows or keys), `lot` (its number), and lists of mappings for
    `outcomes`, `outputs`, `budget_lines`, `partners`, `match_lines`, `profile_lines`; about schools:
    `school_parts.ANSWERS`.
    """
    unknown = set(answers) - {*PLAIN, *ROWS, *school_parts.ANSWERS, "priorities", "lot"}
    if unknown:
        raise TypeError(f"A project has no {', '.join(sorted(unknown))}.")
    claim(case, version, by=by, at=at)
    plain = {name: answers[name] for name in PLAIN if name in answers}
    if "lot" in answers:
        plain["lot"] = case.round.rule_set.lots.get(number=answers["lot"]) if answers["lot"] else None
    if project is None:
        project = Project.objects.create(case=case, number=queries.next_project_number(case), **plain)
        log(case, "project_added", by=by, at=at, summary=f"Project {project.number} added: {project.title}")
        results.fill_in_prior_results(case)
    else:
        for name, value in plain.items():
            setattr(project, name, value)
        project.save(update_fields=list(plain))
        log_save(case, what or f"project {project.number}", by=by, at=at, quietly=quietly)
    for name in ROWS:
        if name in answers:
            _rewrite(project, name, answers[name])
    school_parts.write_school_answers(project=project, answers=answers)
    if "priorities" in answers:
        project.priorities.set(_priorities(answers["priorities"]))
    return project


@transaction.atomic
def save_section(
    *,
    case,
    section,
    answers,
    by,
    at,
    project=None,
    version=None,
    revision="",
    replies=None,
    upload=None,
    quietly=False,
):
    """Save one section as a page sends it, with replies to what the office asked there.

    A save is stale only where this very section changed since it was opened (`revision`).
    """
    lock(case)
    if version is not None and case.version != version:
        number = project.number if project else None
        now = case_content.section_of(case_content.content_of(case), section, number)
        if case_content.revision_of(now) != revision:
            raise Stale(STALE, case)
        version = case.version
    if isinstance(section, AskedSet):
        write_answers(
            case=case, project=project, asked=section, version=version, by=by, at=at, quietly=quietly, **answers
        )
    elif project is None:
        save_overview(case=case, version=version, by=by, at=at, quietly=quietly, **answers)
    else:
        what = f"project {project.number}, {CaseSection(section).label.lower()}"
        write_project(case=case, project=project, version=version, by=by, at=at, quietly=quietly, what=what, **answers)
    if upload:
        documents.store(upload=upload, subject=project, section=section, by=by, at=at)
    for request, reply in (replies or {}).items():
        if request.reply != reply:
            reply_to_request(request=request, reply=reply, by=by, at=at)
    return case


@transaction.atomic
def remove_document(*, project, document, by, at):
    """Take a file off a project that is being written; what was sent in before still names it."""
    claim(project.case, None, by=by, at=at)
    return documents.remove(document=document, by=by, at=at)


def _rewrite(project, name, rows):
    """Replace the rows of one kind, numbered in the order given."""
    model = ROWS[name]
    getattr(project, name).all().delete()
    numbered = model is not DeliveryPartner
    model._default_manager.bulk_create(
        [
            model(project=project, **({"number": number} if numbered else {}), **row)
            for number, row in enumerate(rows, start=1)
        ]
    )


def _priorities(given):
    """Priorities given as rows or as keys."""
    keys = [priority if isinstance(priority, str) else priority.key for priority in given]
    return Priority.objects.filter(key__in=keys)


@transaction.atomic
def remove_project(*, project, by, at, version=None):
    """Take a project out of a case that is being written; its number is never used again once sent in."""
    case = project.case
    refuse_if(rules.why_not_remove_project(project, user=by, on=london_day(at)), case)
    claim(case, version, by=by, at=at)
    log(case, "project_removed", by=by, at=at, summary=f"Project {project.number} removed: {project.title}")
    project.delete()
    return case
