"""Every write about a business case: started, saved, sent in, returned, withdrawn, reopened (C2, C3, C5, X6)."""

from django.db import IntegrityError, transaction

from plans.models import QuestionSet
from records import obligations, workflow
from records.actions import log, next_reference
from records.calendar import add_working_days, london_day
from records.enums import ObligationKind
from records.refusals import Refused, refuse_if
from records.words import pounds

from ..enums import CASE_MOVES, CaseSection, CaseStatus, Window
from ..letters import business_cases as letters
from ..models import Allocation, BusinessCase, CaseSnapshot, ChangeRequest, Round
from ..notices import business_cases as notices
from ..queries import bidding, case_content
from ..queries import business_cases as queries
from ..queries import rounds as round_queries
from ..queries.bidding import AskedSet
from ..rules import business_cases as rules
from . import results, school_parts, schools
from .case_owing import close_business_case, owe_business_case
from .staging import owe_stage_work

CHANGES_WORKING_DAYS = 10


class Stale(Refused):
    """Somebody else has saved since this person opened the page; nothing of either is lost."""


STALE = "Somebody else has saved this business case since you opened it. Compare both versions, then choose."


def claim(case, version, *, by, at):
    """Lock the case, ask whether it may be saved, and count one version up (X6)."""
    lock(case)
    refuse_if(rules.why_not_save(case, user=by, on=london_day(at)), case)
    if version is not None and case.version != version:
        raise Stale(STALE, case)
    case.version += 1
    case.save(update_fields=["version"])


def lock(case):
    """Read the case afresh under a row lock, so that two people never act on one state."""
    case.refresh_from_db(from_queryset=BusinessCase.objects.select_for_update())


def lock_money(case):
    """Lock the allocation before the case: the one order of locks wherever money is counted."""
    if case.allocation_id:
        Allocation.objects.select_for_update().get(pk=case.allocation_id)
    lock(case)


@transaction.atomic
def start_business_case(*, round, organisation, window, title, by, at):
    """Start a draft in the main or the tactical window of a round."""
    allocation = round_queries.allocation_for(round, organisation)
    if allocation:
        Allocation.objects.select_for_update().get(pk=allocation.pk)
    else:
        Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    refuse_if(
        rules.why_not_start(round, organisation=organisation, window=window, user=by, on=london_day(at)),
        round,
    )
    case = BusinessCase.objects.create(
        reference=next_reference("BC", round.starts_on.year),
        round=round,
        allocation=allocation,
        organisation=organisation,
        window=window,
        title=title,
        continues=_goes_on_from(round, organisation),
        started_at=at,
        started_by=by,
    )
    if allocation is None and bidding.owed_about(case) == case:
        owe_business_case(case, due_on=_last_day(case))
    log(case, "started", by=by, at=at, summary=f"Business case started: {Window(window).label.lower()}")
    return case


def _goes_on_from(round, organisation):
    """The award that the case continues: as the invitation says, or the one that lets the organisation apply (V1)."""
    invitation = bidding.invitation_for(round, organisation)
    if invitation and invitation.continues:
        return invitation.continues
    return bidding.award_held(round, organisation) if round.rule_set.current_recipients_only else None


def _last_day(case):
    """The last day on which the case may come in: the deadline, or a later exception."""
    until = round_queries.late_until(case.round, case.organisation)
    return max(case.round.deadline_on, until or case.round.deadline_on)


@transaction.atomic
def save_overview(*, case, by, at, version=None, title=None, summary=None, serving_officers=None, quietly=False):
    """Save what the case is about; `quietly` is the autosave, which leaves one line of history an hour."""
    claim(case, version, by=by, at=at)
    given = {"title": title, "summary": summary, "serving_officers": serving_officers}
    for name, value in given.items():
        if value is not None:
            setattr(case, name, value)
    case.save(update_fields=list(given))
    log_save(case, CaseSection.OVERVIEW.label, by=by, at=at, quietly=quietly)
    return case


def log_save(case, what, *, by, at, quietly):
    """One line of history per save; an autosave writes one only when none of that hour is there."""
    summary = f"Saved: {what}"
    if quietly and queries.saved_within_the_hour(case, summary, by=by, at=at):
        return
    log(case, "saved", by=by, at=at, summary=summary)


@transaction.atomic
def reply_to_request(*, request, reply, by, at):
    """Answer an officer's request in words, beside or instead of a change."""
    refuse_if(rules.why_not_save(request.case, user=by, on=london_day(at)), request.case)
    request.reply = reply
    request.save(update_fields=["reply"])
    return request


@transaction.atomic
def submit_business_case(*, case, by, at):
    """Send the case in: frozen as sent, receipt on paper, the obligation met, the office told (C3, C5, X6)."""
    lock_money(case)
    results.fill_in_prior_results(case)
    content = case_content.content_of(case)
    refuse_if(rules.why_not_submit(case, user=by, on=london_day(at), content=content), case)
    school_parts.drop_unused_inputs(case=case)
    again = case.status == CaseStatus.RETURNED
    first = case.first_submitted_at or at
    asked = pounds(case_content.total_of(content["projects"]))
    workflow.move(
        case,
        CaseStatus.SUBMITTED,
        moves=CASE_MOVES,
        verb="resubmitted" if again else "submitted",
        by=by,
        at=at,
        summary=f"Business case {'sent in again' if again else 'sent in'}: {asked}",
        submitted_at=at,
        submitted_by=by,
        first_submitted_at=first,
    )
    snapshot = freeze(case, content, by=by, at=at)
    close_what_was_owed(case, by=by, at=at, snapshot=snapshot)
    owe_stage_work(case.round, at=at)
    notices.business_case_submitted(case, snapshot=snapshot, again=again, at=at)
    schools.tell_of_clashes(case, at=at)
    return case


def freeze(case, content, *, by, at):
    """Keep the submission as it is, and the receipt of it."""
    number = case.snapshots.count() + 1
    paper = letters.receipt(case, content=content, number=number, by=by, at=at)
    return CaseSnapshot.objects.create(case=case, number=number, content=content, at=at, by=by, paper=paper)


def close_what_was_owed(case, *, by, at, snapshot):
    """The case itself, or the changes that were asked for, are no longer owed."""
    close_business_case(case, at=at, by=by, closing=f"Sent in as {case.reference}")
    obligations.close(case, ObligationKind.CASE_CHANGES, at=at, by=by, closing="Sent in again")
    queries.open_requests(case).update(answered_at=at, snapshot=snapshot)


@transaction.atomic
def return_business_case(*, case, requests, by, at):
    """Return named sections: `requests` are (section, project or None, what is asked)."""
    lock(case)
    refuse_if(rules.why_not_return(case, user=by, on=london_day(at), requests=requests), case)
    due_on = add_working_days(london_day(at), CHANGES_WORKING_DAYS)
    rows = [
        ChangeRequest(case=case, project=project, asked=asked.strip(), by=by, at=at, **_section_asked(section))
        for section, project, asked in requests
    ]
    ChangeRequest.objects.bulk_create(rows)
    workflow.move(
        case,
        CaseStatus.RETURNED,
        moves=CASE_MOVES,
        verb="returned",
        by=by,
        at=at,
        reason="\n".join(f"{place(row)}: {row.asked}" for row in rows),
        summary=f"Returned for changes to {len(rows)} section{'' if len(rows) == 1 else 's'}",
    )
    obligations.owe(
        case,
        ObligationKind.CASE_CHANGES,
        title=f"Changes to business case {case.reference}",
        due_on=due_on,
        organisation=case.organisation,
        link=case.get_absolute_url(),
        anchor=f"{CHANGES_WORKING_DAYS} working days after it was returned",
    )
    notices.business_case_returned(case, requests=rows, due_on=due_on, at=at)
    return case


def _section_asked(section):
    """The columns of a request about a section, or about a set of questions."""
    if isinstance(section, AskedSet):
        return {"section": CaseSection.QUESTIONS, "question_set": QuestionSet.objects.get(key=section.key)}
    return {"section": section}


def place(request):
    """The section a request is about, in words."""
    section = request.heading
    return f"Project {request.project.number}, {section.lower()}" if request.project_id else section


@transaction.atomic
def withdraw_business_case(*, case, reason, by, at):
    """Take the case out of the round, with the reason; what it asked for is free again."""
    lock_money(case)
    refuse_if(rules.why_not_withdraw(case, user=by, on=london_day(at), reason=reason), case)
    known_to_office = case.first_submitted_at is not None
    workflow.move(
        case,
        CaseStatus.WITHDRAWN,
        moves=CASE_MOVES,
        verb="withdrawn",
        by=by,
        at=at,
        reason=reason,
        summary="Business case withdrawn",
    )
    closing = "The business case was withdrawn"
    for kind in (ObligationKind.CASE_CHANGES, ObligationKind.EVALUATION, ObligationKind.DECISION):
        obligations.close(case, kind, at=at, by=by, closing=closing)
    close_business_case(case, at=at, by=by, closing=closing)
    owe_stage_work(case.round, at=at)
    if known_to_office:
        notices.business_case_withdrawn(case, reason=reason, by=by, at=at)
    return case


def owe_again(case):
    """A main case that is a draft again is owed again, by the deadline or its later exception."""
    if not case.is_tactical:
        owe_business_case(bidding.owed_about(case), due_on=_last_day(case))


@transaction.atomic
def reopen_business_case(*, case, reason, by, at):
    """Bring a withdrawn case back, or take back one sent in, while its window is open."""
    lock_money(case)
    refuse_if(rules.why_not_reopen(case, user=by, on=london_day(at), reason=reason), case)
    was = case.get_status_display().lower()
    try:
        with transaction.atomic():
            workflow.move(
                case,
                CaseStatus.DRAFT,
                moves=CASE_MOVES,
                verb="reopened",
                by=by,
                at=at,
                reason=reason,
                summary=f"Business case reopened (it was {was})",
            )
    except IntegrityError:
        raise Refused("Your organisation has started another main business case in this round.", case) from None
    obligations.close(case, ObligationKind.EVALUATION, at=at, by=by, closing="The business case was reopened")
    owe_again(case)
    notices.business_case_reopened(case, reason=reason, by=by, at=at)
    return case


@transaction.atomic
def justify_project(*, project, justification, by, at):
    """Record why a project with neither priority nor evidence may go on (C2)."""
    lock(project.case)
    refuse_if(rules.why_not_justify(project, user=by, on=london_day(at), justification=justification), project.case)
    project.officer_justification = justification
    project.save(update_fields=["officer_justification"])
    log(
        project.case,
        "justified",
        by=by,
        at=at,
        reason=justification,
        summary=f"Project {project.number} justified without a priority or evidence",
    )
    return project
