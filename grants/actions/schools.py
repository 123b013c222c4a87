"""Writes about inputs in schools: rulings on clashes, and what becomes of planned inputs (P5)."""

from django.db import transaction

from records import obligations, workflow
from records.actions import log
from records.calendar import london_day
from records.enums import ObligationKind
from records.models import Obligation
from records.refusals import refuse_if

from ..enums import SCHOOL_INPUT_MOVES, ProjectStatus, SchoolInputStatus
from ..models import ClashRuling, Project, SchoolInput
from ..notices import schools as notices
from ..queries import schools as queries
from ..rules import schools as rules
from .locks import lock_award

REPORT = ObligationKind.SCHOOL_REPORT
JOINS = ("school", "topic", "project__case", "project__award_line__award__recipient")


@transaction.atomic
def rule_on_clash(*, project, school_input, other=None, reason, by, at):
    """An officer says why a clash, or too many inputs (`other` None), may stand; both given by their ids."""
    Project.objects.select_for_update().get(pk=project.pk)
    refuse_if(rules.why_not_rule(project, user=by), project.case)
    found = {(clash.own.pk, clash.other and clash.other.pk): clash for clash in queries.clashes_of(project)}
    refuse_if(rules.why_not_rule_so(found.get((school_input, other)), reason), project.case)
    clash = found[school_input, other]
    ruling = ClashRuling.objects.create(school_input=clash.own, other=clash.other, reason=reason.strip(), by=by, at=at)
    words = f"Project {project.number}, schools: may stand. {clash.sentence}"
    log(project, "clash_ruled", by=by, at=at, reason=reason.strip(), summary=words)
    return ruling


def tell_of_clashes(case, *, at):
    """Officers hear at once what a case that was sent in meets in schools."""
    found = queries.clashes_among(list(case.projects.order_by("number")))
    sentences = [clash.sentence for clashes in found.values() for clash in clashes if clash.ruling is None]
    if sentences:
        notices.clashes_found(case, sentences, at=at)


def owe_school_reports(award):
    """The recipient owes word of each planned input of the award; those owed already stay as they are."""
    rows = SchoolInput.objects.filter(
        project__award_line__award=award, project__school_part__goes=True, status=SchoolInputStatus.PLANNED
    )
    owed = set(
        Obligation.objects.open()
        .filter(kind=REPORT, subject_type=SchoolInput._meta.label)
        .values_list("subject_id", flat=True)
    )
    for row in rows.select_related(*JOINS).order_by("pk"):
        if row.pk not in owed:
            _owe(row, award)


def _owe(row, award):
    obligations.owe(
        row,
        REPORT,
        title=f"{row.topic.name} at {row.school.name}: {row.project.title}"[:300],
        organisation=award.recipient,
        due_on=row.ends_on,
        link=row.get_absolute_url(),
        anchor="last day at the school",
    )


def _locked(school_input):
    """The input with its award locked, freshly read."""
    award = rules.award_of(school_input)
    if award is not None:
        lock_award(award)
    SchoolInput.objects.select_for_update().get(pk=school_input.pk)
    return SchoolInput.objects.select_related(*JOINS).get(pk=school_input.pk)


def _move(row, to, verb, words, *, by, at, reason="", **stamps):
    summary = f"{row.topic.name} at {row.school.name}: {words}"
    award = rules.award_of(row)
    said = {"by": by, "at": at, "reason": reason.strip()}
    workflow.move(row, to, moves=SCHOOL_INPUT_MOVES, verb=verb, summary=summary, **said, **stamps)
    log(award, f"school_input_{verb}", summary=summary, **said)
    return row


@transaction.atomic
def deliver_input(*, school_input, delivered_on, sessions_delivered, pupils_reached=None, note="", by, at):
    """Report an input as delivered; `pupils_reached` None is not counted."""
    row = _locked(school_input)
    said = {"delivered_on": delivered_on, "sessions_delivered": sessions_delivered}
    refuse_if(rules.why_not_deliver(row, user=by, on=london_day(at), **said), row)
    obligations.close(row, REPORT, by=by, at=at, closing="Delivered")
    reached = "pupils not counted" if pupils_reached is None else f"{pupils_reached} pupils reached"
    words = f"delivered, {sessions_delivered} of {row.sessions} sessions, {reached}"
    stamps = {**said, "pupils_reached": pupils_reached, "note": note.strip()}
    return _move(row, SchoolInputStatus.DELIVERED, "delivered", words, by=by, at=at, **stamps)


@transaction.atomic
def cancel_input(*, school_input, reason, by, at):
    """A planned input does not take place."""
    row = _locked(school_input)
    refuse_if(rules.why_not_cancel(row, user=by, reason=reason), row)
    obligations.close(row, REPORT, by=by, at=at, closing="Cancelled")
    said = {"reason": reason, "by": by, "at": at}
    _move(row, SchoolInputStatus.CANCELLED, "cancelled", "cancelled", note=reason.strip(), **said)
    notices.input_changed(row, rules.award_of(row), "cancelled", **said)
    return row


@transaction.atomic
def plan_input_again(*, school_input, reason, by, at):
    """A cancelled input is planned again on its days; word of it is owed."""
    row = _locked(school_input)
    refuse_if(rules.why_not_plan_again(row, user=by, reason=reason), row)
    said = {"reason": reason, "by": by, "at": at}
    _move(row, SchoolInputStatus.PLANNED, "planned_again", "planned again", note="", **said)
    _owe(row, rules.award_of(row))
    notices.input_changed(row, rules.award_of(row), "planned again", **said)
    return row


@transaction.atomic
def move_input(*, school_input, starts_on, ends_on, lead_post="", lead_agreed_on=None, reason, by, at):
    """Other days for a planned input, and with whom safeguarding was agreed; the report is owed on the new last day."""
    row = _locked(school_input)
    refuse_if(rules.why_not_move(row, user=by, starts_on=starts_on, ends_on=ends_on, reason=reason), row)
    was, days = queries.days_words(row), {"starts_on": starts_on, "ends_on": ends_on}
    agreed = {"lead_post": lead_post.strip() or row.lead_post, "lead_agreed_on": lead_agreed_on or row.lead_agreed_on}
    SchoolInput.objects.filter(pk=row.pk).update(**days, **agreed)
    row = SchoolInput.objects.select_related(*JOINS).get(pk=row.pk)
    words = f"moved from {was} to {queries.days_words(row)}"
    for owed in Obligation.objects.open().about(row).filter(kind=REPORT).exclude(due_on=ends_on):
        obligations.move_due(owed, due_on=ends_on, by=by, at=at, reason=reason.strip())
    summary = f"{row.topic.name} at {row.school.name}: {words}"
    for subject in (row, rules.award_of(row)):
        log(subject, "school_input_moved", by=by, at=at, reason=reason.strip(), summary=summary)
    met = [clash.sentence for clash in queries.clashes_of(row.project) if clash.own.pk == row.pk and not clash.ruling]
    told = f"{words}. It now meets: {' '.join(met)}" if met else words
    notices.input_changed(row, rules.award_of(row), told.rstrip("."), reason=reason.strip(), by=by, at=at)
    return row


def cancel_inputs_after(award, *, reason, by, at):
    """When an award ends early: inputs that have not begun do not take place."""
    rows = SchoolInput.objects.filter(
        project__award_line__award=award,
        project__status=ProjectStatus.APPROVED,
        status=SchoolInputStatus.PLANNED,
        starts_on__gt=london_day(at),
    )
    for row in rows.select_related(*JOINS).order_by("pk"):
        obligations.close(row, REPORT, by=by, at=at, closing="The award ended early")
        said = {"by": by, "at": at, "reason": reason, "note": reason.strip()}
        _move(row, SchoolInputStatus.CANCELLED, "cancelled", "cancelled, since the award ended early", **said)
