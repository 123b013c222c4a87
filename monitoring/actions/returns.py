"""What a recipient does with a return: writes, certifies, submits (C6, C8, X5, X6)."""

from datetime import timedelta

from django.db import transaction

from records import workflow
from records.actions import log
from records.calendar import london_day
from records.models import Event
from records.refusals import Refused, refuse_if

from .. import rules
from ..enums import RETURN_MOVES, ReturnSection, ReturnStatus
from ..models import IndicatorValue, KpiLine, MonitoringReturn, OutcomeResult, OutputResult, ProjectReport, SpendLine
from ..notices import returns as notices
from ..queries.returns import plain
from .submitting import hand_in

TEXTS = ("narrative", "learning", "risks", "underspend_reason")
ENTRIES = {
    ReturnSection.INDICATORS: (IndicatorValue, ("number", "words")),
    ReturnSection.SPEND: (SpendLine, ("spent", "forecast", "evidence")),
    ReturnSection.OUTCOMES: (OutcomeResult, ("value", "comment")),
    ReturnSection.OUTPUTS: (OutputResult, ("delivered", "comment")),
    ReturnSection.KPIS: (KpiLine, ("value", "comment")),
    ReturnSection.PROJECTS: (ProjectReport, ("standing", "narrative")),
}
STALE = "Somebody else has saved this part of the return since you opened it. Compare both versions, then choose."


class Stale(Refused):
    """Somebody else has saved since this person opened the page; nothing of either is lost."""


def lock(monitoring_return):
    """Read the return afresh under a row lock, so that two people never act on one state."""
    monitoring_return.refresh_from_db(from_queryset=MonitoringReturn.objects.select_for_update(of=("self",)))


@transaction.atomic
def save_return(*, monitoring_return, by, at, version=None, entries=None, texts=None, quietly=False):
    """Save a draft: `entries` is {section: {row id: {field: value}}}, `texts` {field: words}.

    An empty figure stays unknown (None) and is not nought. `version` is the one the writer opened;
    `quietly` is the autosave, which leaves one line of history an hour. Raises `Stale` when
    somebody else saved in between.
    """
    lock(monitoring_return)
    refuse_if(rules.why_not_edit(monitoring_return, user=by, on=london_day(at)), monitoring_return)
    if version is not None and version != monitoring_return.version:
        raise Stale(STALE, monitoring_return)
    changes = _write_texts(monitoring_return, texts or {})
    for section, rows in (entries or {}).items():
        changes.update(_write_rows(monitoring_return, ReturnSection(section), rows))
    if not changes:
        return monitoring_return
    monitoring_return.version += 1
    monitoring_return.save(update_fields=["version"])
    summary = f"Saved: {', '.join(ReturnSection(section).label.lower() for section in entries or {}) or 'words'}"
    if not (quietly and _saved_within_the_hour(monitoring_return, summary, by=by, at=at)):
        log(monitoring_return, "saved", by=by, at=at, summary=summary, changes={} if quietly else changes)
    return monitoring_return


def _saved_within_the_hour(monitoring_return, summary, *, by, at):
    return Event.objects.filter(
        subject_type=monitoring_return._meta.label,
        subject_id=monitoring_return.pk,
        verb="saved",
        summary=summary,
        by=by,
        at__gt=at - timedelta(hours=1),
    ).exists()


def _write_texts(monitoring_return, texts):
    changes = {}
    for name, words in texts.items():
        if name not in TEXTS:
            raise Refused("That is not part of this return.", monitoring_return)
        if (was := getattr(monitoring_return, name)) != words:
            changes[name] = [was, words]
            setattr(monitoring_return, name, words)
    if changes:
        monitoring_return.save(update_fields=list(changes))
    return changes


def _write_rows(monitoring_return, section, given):
    model, fields = ENTRIES[section]
    rows = {row.pk: row for row in model._default_manager.filter(monitoring_return=monitoring_return, pk__in=given)}
    if len(rows) != len(given):
        raise Refused("That line is not part of this return.", monitoring_return)
    changes, changed, names = {}, {}, set()
    for pk, values in given.items():
        row = rows[pk]
        for name in fields:
            if name in values and getattr(row, name) != values[name]:
                changes[f"{section.lower()} {pk} {name}"] = [_told(getattr(row, name)), _told(values[name])]
                setattr(row, name, values[name])
                changed[pk] = row
                names.add(name)
    if changed:  # one statement over the rows by their key; bulk_update takes ten times as long for 2,000 of them
        model._default_manager.bulk_create(
            changed.values(), update_conflicts=True, unique_fields=["id"], update_fields=sorted(names)
        )
    return changes


def _told(value):
    return value if isinstance(value, str) else plain(value)


@transaction.atomic
def send_for_certification(*, monitoring_return, by, at):
    """Ask the organisation's certifiers to sign (X5)."""
    lock(monitoring_return)
    refuse_if(
        rules.why_not_send_for_certification(monitoring_return, user=by, on=london_day(at)),
        monitoring_return,
    )
    workflow.move(
        monitoring_return,
        ReturnStatus.CERTIFYING,
        moves=RETURN_MOVES,
        verb="sent_for_certification",
        by=by,
        at=at,
        summary="Sent for certification",
    )
    notices.certification_asked(monitoring_return, at=at)
    return monitoring_return


@transaction.atomic
def certify_return(*, monitoring_return, by, at):
    """The certifier signs that the figures are true."""
    lock(monitoring_return)
    refuse_if(rules.why_not_certify(monitoring_return, user=by, on=london_day(at)), monitoring_return)
    workflow.move(
        monitoring_return,
        ReturnStatus.CERTIFIED,
        moves=RETURN_MOVES,
        verb="certified",
        by=by,
        at=at,
        summary="Certified: the figures agree with the accounts",
        certified_at=at,
        certified_by=by,
    )
    notices.return_certified(monitoring_return, at=at)
    return monitoring_return


@transaction.atomic
def decline_certification(*, monitoring_return, reason, by, at):
    """The certifier sends the return back to its writers with a reason."""
    lock(monitoring_return)
    refuse_if(
        rules.why_not_decline_certification(monitoring_return, user=by, on=london_day(at), reason=reason),
        monitoring_return,
    )
    _move_back(monitoring_return, "certification_declined", "Certification declined", reason=reason, by=by, at=at)
    notices.certification_declined(monitoring_return, reason=reason, at=at)
    return monitoring_return


@transaction.atomic
def take_back_return(*, monitoring_return, reason, by, at):
    """A lead takes the return back from certification to change it."""
    lock(monitoring_return)
    refuse_if(rules.why_not_take_back(monitoring_return, user=by, on=london_day(at), reason=reason), monitoring_return)
    _move_back(monitoring_return, "taken_back", "Taken back to be changed", reason=reason, by=by, at=at)
    return monitoring_return


def _move_back(monitoring_return, verb, summary, *, reason, by, at):
    """Back to its writers: to the officer's questions where there are any, else to the draft."""
    asked = monitoring_return.submitted_at and not monitoring_return.is_corrected
    workflow.move(
        monitoring_return,
        ReturnStatus.QUERIED if asked else ReturnStatus.OPEN,
        moves=RETURN_MOVES,
        verb=verb,
        by=by,
        at=at,
        reason=reason,
        summary=summary,
        certified_at=None,
        certified_by=None,
    )


@transaction.atomic
def submit_return(*, monitoring_return, by, at):
    """A lead sends the return to the office; it is frozen, and the receipt follows by mail."""
    lock(monitoring_return)
    refuse_if(rules.why_not_submit(monitoring_return, user=by, on=london_day(at)), monitoring_return)
    return hand_in(monitoring_return, by=by, at=at, reason=_why_again(monitoring_return))


def _why_again(monitoring_return):
    """The reason of the next version: why it was opened again, or the answers that explain a correction."""
    if monitoring_return.is_corrected:
        return monitoring_return.correction_reason
    asked = (
        monitoring_return.queries.filter(answered_at__gte=monitoring_return.submitted_at)
        if (monitoring_return.submitted_at)
        else []
    )
    return "\n".join(query.answer for query in asked)
