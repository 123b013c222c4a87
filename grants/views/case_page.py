"""What the page of one case shows to the person who asks: tasks, answers, buttons, history."""

from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from accounts import access
from accounts.roles import Permission
from records.enums import DecisionOutcome

from ..enums import CaseSection, CaseStatus, ProjectStatus
from ..queries import bidding, case_content, questions, retaining, spend
from ..queries import business_cases as queries
from ..rules import answers, bid_parts, case_parts, school_parts
from ..rules import business_cases as rules
from ..rules import spend as spend_rules
from ..rules.rounds import may_manage

OPEN_TO_APPLICANTS = frozenset(
    [
        "started",
        "saved",
        "project_added",
        "project_removed",
        "submitted",
        "resubmitted",
        "returned",
        "exception_asked",
        "exception_given",
        "exception_refused",
        "withdrawn",
        "reopened",
        "paper_made",
        "document_added",
        "document_removed",
    ]
)
NOT_STARTED, IN_PROGRESS, ASKED = "not_started", "in_progress", "returned"


def context(request, case):
    """Everything the template needs, read in a handful of queries."""
    user, on = request.user, timezone.localdate()
    in_office = access.is_office(user)
    asks = bidding.asks_of(case.round.rule_set)
    rows = case_content.project_rows(case, asks)
    content = case_content.content_of(case, rows, asks)
    requests = list(case.change_requests.select_related("project", "question_set", "by").order_by("pk"))
    pending = [row for row in requests if row.answered_at is None]
    writes = case.is_editable and rules.may_write(user, case.organisation)
    events = queries.history(case)
    past = spend.history_of(case.organisation) if in_office else []
    return {
        "case": case,
        "content": content,
        "parts": parts(content, rows, in_office),
        "total": case_content.total_of(content["projects"]),
        "in_office": in_office,
        "manages_cases": rules.may_evaluate(user),
        "answers_questions": not in_office and rules.may_write(user, case.organisation),
        "writes": writes,
        "pending": pending,
        "tasks": task_groups(case, content, pending, asks) if writes else [],
        "moves": moves(case, user, on, in_office, content),
        "snapshots": snapshots(case),
        "letters": retaining.letters_of(rows),
        "events": events if in_office else [event for event in events if event.verb in OPEN_TO_APPLICANTS],
        "past_spend": past,
        "past_spend_warning": spend_rules.hold_back_warning(past, case.round.rule_set),
        "today": on,
    }


def parts(content, rows, in_office):
    """The headed answers, each project with how it stands now; applicants see a decision once they were told."""
    by_number = {row["number"]: row for row in rows}
    shown = questions.parts_of(content)
    for part in shown:
        if row := by_number.get(part["number"]):
            part["justification"] = row["officer_justification"]
            part["needs_justification"] = case_parts.needs_justification(row) and not row["officer_justification"]
            part["answer"] = row["answer"]
            if row["decision_outcome"] and (in_office or row["decision_told_at"]):
                part["decision"] = decision_of(row)
    return shown


def decision_of(row):
    """The newest decision on a project, in words."""
    waits = row["status"] == ProjectStatus.DEFERRED
    return {
        "reference": row["decision_reference"],
        "status": row["status"],
        "label": str(DecisionOutcome(row["decision_outcome"]).label),
        "amount": row["decision_amount"],
        "conditions": row["decision_conditions"],
        "question": row["decision_question"],
        "waits": waits,
        "settled": waits or case_content.is_final(row),
    }


def snapshots(case):
    """The submissions, newest first, without their contents."""
    rows = case.snapshots.select_related("by").defer("content").order_by("-number")
    return list(rows)


def task_groups(case, content, pending, asks):
    """The task list: the case first, then each project."""
    asked = {(row.section, row.question_set_id, row.project.number if row.project_id else None) for row in pending}
    overview = [task(case, content, CaseSection.OVERVIEW, None, asked)]
    overview += [set_task(case, content, each, None, asked) for each in asks.of_case]
    groups = [{"heading": "The business case", "number": 0, "prefix": "task-0", "tasks": overview}]
    for project in content["projects"]:
        number = project["number"]
        tasks = [
            task(case, project, section, number, asked, bid_faults(case, project, section, asks))
            for section in case_content.sections_of(project, number)
        ]
        tasks += [set_task(case, project, each, number, asked) for each in asks.of_project]
        groups.append(
            {
                "heading": f"Project {number}: {project['title']}",
                "number": number,
                "prefix": f"task-{number}",
                "total": Decimal(project["total"]),
                "tasks": tasks,
                "prior": questions.prior_section(project),
            }
        )
    return groups


def bid_faults(case, project, section, asks):
    """What the rules of a bid find wanting in one section, but for match, which is weighed before sending."""
    rule_set = case.round.rule_set
    if section == CaseSection.MATCH and not project["match_lines"]:
        return ["Say what others bring to the project."]
    found = [
        *bid_parts.lot_faults(project, asks.lots),
        *bid_parts.duration_faults(project, least=rule_set.months_least, most=rule_set.months_most),
        *bid_parts.profile_faults(project, asks.profile_months),
        *school_parts.faults(project, asks),
    ]
    return [sentence for where, sentence in found if where == section]


def task(case, part, section, number, asked, more=()):
    """One line of the task list, with how far it has come; `more` is what the rules of a bid find wanting."""
    needed = case_parts.is_required(section, case.round.rule_set.required_parts)
    lacks = case_parts.missing_overview(part) if number is None else case_parts.missing_in(part, section)
    names = [name for name in case_content.SECTION_FIELDS[section] if name != "title"]
    label = "About the project" if section == CaseSection.PROJECTS else section.label
    line = {
        "label": label if needed else f"{label} (optional)",
        "url": section_url(case, section, number),
        "hint": "",
        "done": False,
    }
    was_asked = (section.value, None, number) in asked
    return {**line, **how_far([*lacks, *more], not any(part.get(name) for name in names), was_asked)}


def set_task(case, part, asked_set, number, asked):
    """One set of questions as a line of the task list."""
    values = case_content.section_of({"projects": [part], **part}, asked_set, number).get("values", {})
    lacks = answers.missing(asked_set.questions, values)
    line = {"label": asked_set.label, "url": section_url(case, asked_set, number), "hint": "", "done": False}
    was_asked = (CaseSection.QUESTIONS.value, asked_set.id, number) in asked
    return {**line, **how_far(lacks, not values, was_asked)}


def how_far(lacks, is_empty, was_asked):
    """How far one section has come, as the task list says it."""
    if was_asked:
        return {"status": ASKED, "status_label": "Changes asked", "hint": "The office asked for changes here"}
    if not lacks:
        return {"done": True, "status_label": "Completed"}
    if is_empty:
        return {"status": NOT_STARTED, "status_label": "Not started"}
    return {"status": IN_PROGRESS, "status_label": "In progress", "hint": lacks[0]}


def section_url(case, section, number):
    """The page on which a section is written; a set of questions is one too."""
    if isinstance(section, bidding.AskedSet):
        if number is None:
            return reverse("grants:case_questions", args=[case.reference, section.key])
        return reverse("grants:project_questions", args=[case.reference, number, section.key])
    if number is None:
        return reverse("grants:business_case_overview", args=[case.reference])
    return reverse("grants:project_section", args=[case.reference, number, questions.SLUGS[CaseSection(section)]])


def moves(case, user, on, in_office, content):
    """The buttons of the page, each with its sentence where it is out of use."""
    return office_moves(case, user, on) if in_office else applicant_moves(case, user, on, content)


def office_moves(case, user, on):
    """What officers do with a case; nothing for those who only read."""
    if not (rules.may_evaluate(user) or may_manage(user)):
        return []
    shown = [
        button("Return for changes", "return", case, rules.why_not_return(case, user=user, on=on), style="secondary")
    ]
    if case.status == CaseStatus.WITHDRAWN:
        why = rules.why_not_reopen(case, user=user, on=on)
        return [button("Reopen", "reopen", case, why, style="secondary")]
    shown.append(button("Withdraw", "withdraw", case, rules.why_not_withdraw(case, user=user, on=on), style="warning"))
    return shown


def applicant_moves(case, user, on, content):
    """What the organisation's own people do."""
    if not access.may(user, Permission.CASE_WRITE, case.organisation):
        return []
    shown = []
    if case.is_editable:
        words = (
            "Check your answers and send" if case.status == CaseStatus.DRAFT else "Check your changes and send again"
        )
        shown.append(button(words, "check", case, ""))
    if case.status in (CaseStatus.WITHDRAWN, CaseStatus.SUBMITTED):
        why = rules.why_not_reopen(case, user=user, on=on)
        words = "Reopen" if case.status == CaseStatus.WITHDRAWN else "Take it back to change it"
        shown.append(button(words, "reopen", case, why, style="secondary"))
    if case.status != CaseStatus.WITHDRAWN:
        why = rules.why_not_withdraw(case, user=user, on=on)
        shown.append(button("Withdraw", "withdraw", case, why, style="secondary"))
    return shown


def button(label, verb, case, why_not, style=""):
    return {
        "label": label,
        "url": reverse(f"grants:business_case_{verb}", args=[case.reference]),
        "why_not": why_not,
        "method": "get",
        "style": style,
    }
