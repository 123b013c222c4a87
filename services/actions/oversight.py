"""Every write of the register of what a partnership commissions (R3)."""

from django.db import transaction

from records import documents, obligations, workflow
from records.actions import log, next_reference
from records.calendar import london_day
from records.enums import ObligationKind
from records.models import Obligation
from records.refusals import refuse_if
from records.words import day_in_words

from .. import queries
from ..enums import OVERSIGHT_MOVES, OversightStatus
from ..models import OversightActivity, OversightCheck, OversightCheckKind
from ..rules import oversight as rules

KIND = ObligationKind.OVERSIGHT_CHECKS
SHOWN = ("name", "stream", "funding_source", "purpose", "area", "cohort", "provider", "provider_name", "amount")
CHANGED = (*SHOWN, "starts_on", "ends_on")


@transaction.atomic
def register_activity(*, stream, name, purpose, starts_on, by, at, partners=(), is_example=False, source="", **details):
    """Enter an activity; the office owes its checks by the day it is to go live."""
    on = london_day(at)
    refuse_if(rules.why_not_register(user=by, on=on))
    refuse_if(rules.why_not_these_days(starts_on=starts_on, ends_on=details.get("ends_on")))
    refuse_if(rules.why_not_this_source(stream=stream, funding_source=details.get("funding_source")))
    activity = OversightActivity.objects.create(
        reference=next_reference("OA", on.year),
        stream=stream,
        name=name,
        purpose=purpose,
        starts_on=starts_on,
        is_example=is_example,
        source=source,
        **details,
    )
    activity.partners.set(partners)
    log(activity, "registered", by=by, at=at, summary=f"Entered in the oversight register: {name}"[:500])
    obligations.owe(
        activity,
        KIND,
        title=f"Check {activity.reference} {name} before it goes live"[:300],
        due_on=starts_on,
        link=activity.get_absolute_url(),
    )
    return activity


@transaction.atomic
def change_activity(*, activity, reason, by, at, partners=None, **details):
    """Change what an activity is while it is proposed; checks already made of something else are asked again.

    A change of the days alone leaves them. `details` are columns of the activity.
    """
    activity = OversightActivity.objects.select_for_update().get(pk=activity.pk)
    refuse_if(rules.why_not_change_activity(activity, user=by, on=london_day(at)), activity)
    days = {name: details.get(name, getattr(activity, name)) for name in ("starts_on", "ends_on")}
    refuse_if(rules.why_not_these_days(**days), activity)
    paid = {name: details.get(name, getattr(activity, name)) for name in ("stream", "funding_source")}
    refuse_if(rules.why_not_this_source(**paid), activity)
    refuse_if("" if reason.strip() else "Say why. It stays in the history of the activity.", activity)
    changes = {name: [_plain(getattr(activity, name)), _plain(value)] for name, value in details.items()}
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    if partners is not None and set(partners) != set(activity.partners.all()):
        changes["partners"] = [_names(activity.partners.all()), _names(partners)]
        activity.partners.set(partners)
    for name, value in details.items():
        setattr(activity, name, value)
    activity.save(update_fields=sorted(details))
    asked_again = 0
    if set(changes) - {"starts_on", "ends_on"}:
        asked_again, _ = OversightCheck.objects.filter(activity=activity).delete()
    summary = "Entry changed; its checks are asked again" if asked_again else "Entry changed"
    log(activity, "changed", by=by, at=at, reason=reason.strip(), summary=summary, changes=changes)
    for row in Obligation.objects.open().about(activity).filter(kind=KIND).exclude(due_on=activity.starts_on):
        obligations.move_due(row, due_on=activity.starts_on, by=by, at=at, reason=reason.strip())
    return activity


def _plain(value):
    if value is None or isinstance(value, (str, bool)):
        return value or ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _names(organisations):
    return ", ".join(sorted(organisation.name for organisation in organisations))


@transaction.atomic
def record_check(*, activity, kind, result, evidence, by, at, upload=None, looked_at=()):
    """Record one check with its evidence; a second answer replaces the first, and the history keeps both.

    `looked_at` is what was shown as funded already when the question was answered, as references.
    """
    activity = OversightActivity.objects.select_for_update().get(pk=activity.pk)
    wrong = rules.why_not_record_check(activity, user=by, on=london_day(at), kind=kind, evidence=evidence)
    refuse_if(wrong, activity)
    was = OversightCheck.objects.filter(activity=activity, kind=kind).first()
    document = documents.store(upload=upload, subject=activity, section=kind.key, by=by, at=at) if upload else None
    told = {
        "result": result,
        "evidence": evidence.strip(),
        "document": document or (was.document if was else None),
        "looked_at": list(looked_at),
        "checked_at": at,
        "checked_by": by,
    }
    check, _ = OversightCheck.objects.update_or_create(activity=activity, kind=kind, defaults=told)
    changes = {kind.key: [f"{was.get_result_display()}: {was.evidence}" if was else "", check.evidence]}
    summary = f"{kind.name}: {check.get_result_display().lower()}"
    log(activity, "checked", by=by, at=at, summary=summary, changes=changes)
    return check


@transaction.atomic
def go_live(*, activity, by, at):
    """Let an activity go live once every check is met; the database refuses it otherwise, too."""
    activity = OversightActivity.objects.select_for_update().get(pk=activity.pk)
    refuse_if(rules.why_not_go_live(activity, user=by, on=london_day(at)), activity)
    summary = "Went live: every check met"
    stamps = {"live_at": at, "live_by": by}
    moved = {"moves": OVERSIGHT_MOVES, "verb": "went_live", "by": by, "at": at, "summary": summary}
    workflow.move(activity, OversightStatus.LIVE, **moved, **stamps)
    obligations.close(activity, KIND, at=at, by=by, closing="Every check met")
    return activity


@transaction.atomic
def stop_activity(*, activity, reason, by, at):
    """Stop an activity before it goes live, or end a live one, with the reason."""
    activity = OversightActivity.objects.select_for_update().get(pk=activity.pk)
    refuse_if(rules.why_not_stop(activity, user=by, on=london_day(at), reason=reason), activity)
    live = activity.status == OversightStatus.LIVE
    workflow.move(
        activity,
        OversightStatus.ENDED if live else OversightStatus.STOPPED,
        moves=OVERSIGHT_MOVES,
        verb="ended" if live else "stopped",
        by=by,
        at=at,
        reason=reason.strip(),
        summary=f"{'Ended' if live else 'Stopped before it went live'} on {day_in_words(london_day(at))}",
        closed_reason=reason.strip(),
    )
    obligations.close(activity, KIND, at=at, by=by, closing="Stopped")
    return activity


@transaction.atomic
def save_check_kind(*, kind=None, name, question, guidance="", by, at):
    """Add a check that every activity must pass from now on, or change the words of one."""
    refuse_if(rules.why_not_change_checks(user=by, on=london_day(at)))
    wording = {"name": name, "question": question, "guidance": guidance}
    if kind is None:
        last = OversightCheckKind.objects.order_by("-order").values_list("order", flat=True).first() or 0
        key = f"check-{OversightCheckKind.objects.count() + 1}"
        kind = OversightCheckKind.objects.create(key=key, order=last + 10, **wording)
        log(kind, "added", by=by, at=at, summary=f"Check added: {name}")
        return kind
    changes = {field: [getattr(kind, field), value] for field, value in wording.items()}
    OversightCheckKind.objects.filter(pk=kind.pk).update(**wording)
    kind.refresh_from_db()
    log(kind, "changed", by=by, at=at, summary=f"Check changed: {name}", changes=changes)
    return kind


@transaction.atomic
def retire_check_kind(*, kind, by, at):
    """Ask a check no longer; activities that are live keep their answer to it."""
    list(queries.oversight.check_kinds().select_for_update())  # two at once could retire the last two
    kind.refresh_from_db()
    refuse_if(rules.why_not_retire_check(kind, user=by, on=london_day(at)), kind)
    OversightCheckKind.objects.filter(pk=kind.pk).update(retired_at=at)
    kind.refresh_from_db()
    log(kind, "retired", by=by, at=at, summary=f"Check no longer asked: {kind.name}")
    return kind
