"""Every write of standards: evidence sent and checked, waivers, notes, payees, kinds (P1).

What an organisation is asked for is one obligation for each standard, however many awards ask for it.
"""

from django.db import transaction

from records import documents, obligations, workflow
from records.actions import log
from records.calendar import add_working_days, london_day
from records.enums import ObligationKind
from records.models import Obligation
from records.refusals import refuse_if
from records.words import day_in_words

from .. import notices
from ..enums import STANDARD_MOVES, StandardStatus
from ..models import DueDiligenceNote, HeldStandard, PayeeCheck, StandardKind, StandardWaiver
from ..queries import standards as queries
from ..rules import standards as rules
from .rule_sets import change
from .templates import free_key

K = ObligationKind


def register_address(organisation):
    return f"/standards/{organisation.key}/"


def owed_by(organisation, kind):
    """The open request for evidence of a kind, or None."""
    rows = Obligation.objects.open().about(organisation).filter(kind=K.STANDARD_NEEDED, period=kind.key)
    return rows.first()


def ask_for_standard(*, organisation, kind, due_on, why, at, by=None, recipient=None, tells=True):
    """Ask an organisation for evidence of a standard by a day; who was asked already keeps the earlier day."""
    owed = owed_by(organisation, kind)
    if owed is not None:
        return owed
    owed = obligations.owe(
        organisation,
        K.STANDARD_NEEDED,
        title=f"Evidence of {kind.name}",
        organisation=organisation,
        recipient=recipient,
        due_on=due_on,
        link=register_address(organisation),
        period=kind.key,
        anchor="asked",
    )
    if tells:
        notices.standard_needed(organisation, kind, why=why, sets=owed, at=at)
    return owed


def note_as_held(*, organisation, kind, due_on, closing, at, recipient=None):
    """Keep that a standard was asked for, where nothing needs to be sent: it is held, or waived."""
    ask_for_standard(
        organisation=organisation, kind=kind, due_on=due_on, why="", at=at, recipient=recipient, tells=False
    )
    settle(organisation, kind, closing=closing, at=at)


def recipient_of(organisation, kind):
    """The partnership for which a body that is paid was asked for a standard: its people are reminded too."""
    rows = Obligation.objects.about(organisation).filter(kind=K.STANDARD_NEEDED, period=kind.key)
    asked = rows.exclude(recipient=None).select_related("recipient").order_by("-pk").first()
    return asked.recipient if asked else organisation.accountable_for.in_service().order_by("pk").first()


def settle(organisation, kind, *, closing, at, by=None):
    """Nothing is asked for any more."""
    obligations.close(organisation, K.STANDARD_NEEDED, period=kind.key, closing=closing, at=at, by=by)


@transaction.atomic
def send_standard(*, organisation, kind, title, uploads, by, at, starts_on=None, expires_on=None, note=""):
    """Send evidence of a standard with its files; an officer who did not send it checks it."""
    on = london_day(at)
    refuse_if(rules.why_not_send_standard(organisation, user=by), organisation)
    facts = {"starts_on": starts_on, "expires_on": expires_on}
    refuse_if(rules.why_not_this_evidence(kind, **facts, has_file=bool(uploads), on=on), organisation)
    held = HeldStandard.objects.create(
        organisation=organisation,
        kind=kind,
        title=title.strip() or kind.name,
        note=note.strip(),
        sent_at=at,
        sent_by=by,
        is_example=organisation.is_example,
        **facts,
    )
    log(held, "sent", by=by, at=at, summary=f"Evidence of {kind.name} sent for {organisation.name}"[:500])
    for upload in uploads:
        documents.store(upload=upload, subject=held, by=by, at=at)
    obligations.owe(
        held,
        K.STANDARD_CHECK,
        title=f"Check {kind.name} of {organisation.name}"[:300],
        due_on=add_working_days(on, rules.CHECK_WORKING_DAYS),
        link=held.get_absolute_url(),
        anchor="sent",
    )
    notices.standard_sent(held, at=at)
    return held


def locked(held):
    """The evidence as it is now, held until the end."""
    rows = HeldStandard.objects.select_related("organisation", "kind").select_for_update(of=("self",))
    return rows.get(pk=held.pk)


@transaction.atomic
def accept_standard(*, held, answer="", by, at):
    """Accept evidence: it counts from now on, and its end is owed as a renewal."""
    held = locked(held)
    refuse_if(rules.why_not_accept_standard(held, user=by, on=london_day(at)), held)
    move(held, StandardStatus.ACCEPTED, "accepted", by=by, at=at, checked_at=at, checked_by=by, answer=answer.strip())
    obligations.close(held, K.STANDARD_CHECK, closing="Accepted", at=at, by=by)
    settle(held.organisation, held.kind, closing="Evidence accepted", at=at, by=by)
    renew(held, by=by, at=at)
    notices.standard_accepted(held, at=at)
    return held


def move(held, to, verb, *, by, at, reason="", **stamps):
    words = f"{held.kind.name}: evidence {verb}"
    return workflow.move(
        held, to, moves=STANDARD_MOVES, verb=verb, by=by, at=at, reason=reason, summary=words[:500], **stamps
    )


def renew(held, *, by, at):
    """The renewal is owed for the evidence that lasts longest; earlier ends and waivers are settled by it."""
    rows = HeldStandard.objects.filter(
        organisation=held.organisation, kind=held.kind, status=StandardStatus.ACCEPTED
    ).exclude(pk=held.pk)
    for row in rows.order_by("pk"):
        if held.expires_on is None or (row.expires_on is not None and row.expires_on <= held.expires_on):
            obligations.close(row, K.STANDARD_EXPIRY, closing="Renewed", at=at, by=by)
    for waiver in StandardWaiver.objects.filter(organisation=held.organisation, kind=held.kind, ended_at__isnull=True):
        obligations.close(waiver, K.WAIVER_END, closing="Evidence accepted", at=at, by=by)
    longer = [row for row in rows if row.expires_on is None or (held.expires_on and row.expires_on > held.expires_on)]
    if held.expires_on is not None and not longer:
        owe_renewal(held)


def owe_renewal(held):
    """The end of accepted evidence, owed by the organisation: reminded 60, 30 and 7 working days before."""
    obligations.owe(
        held,
        K.STANDARD_EXPIRY,
        title=f"Renew {held.kind.name}",
        organisation=held.organisation,
        recipient=recipient_of(held.organisation, held.kind),
        due_on=held.expires_on,
        link=register_address(held.organisation),
        period=held.kind.key,
        anchor="ends",
    )


@transaction.atomic
def refuse_standard(*, held, answer, by, at):
    """Refuse evidence with a reason; the organisation is asked for other evidence."""
    held = locked(held)
    refuse_if(rules.why_not_check_standard(held, user=by, on=london_day(at)), held)
    refuse_if("" if answer.strip() else "Say why the evidence is not accepted.", held)
    move(
        held, StandardStatus.REFUSED, "refused", by=by, at=at, reason=answer.strip(),
        checked_at=at, checked_by=by, answer=answer.strip(),
    )  # fmt: skip
    obligations.close(held, K.STANDARD_CHECK, closing="Not accepted", at=at, by=by)
    notices.standard_refused(held, at=at)
    return held


@transaction.atomic
def withdraw_standard(*, held, reason, by, at):
    """Evidence nobody relies on any more; where it was asked for and nothing else holds, it is asked for anew."""
    held = locked(held)
    refuse_if(rules.why_not_withdraw_standard(held, user=by), held)
    refuse_if("" if reason.strip() else "Say why nobody relies on it any more.", held)
    counted = held.status == StandardStatus.ACCEPTED
    move(held, StandardStatus.WITHDRAWN, "withdrawn", by=by, at=at, reason=reason.strip())
    for kind in (K.STANDARD_CHECK, K.STANDARD_EXPIRY):
        obligations.close(held, kind, closing="No longer relied on", at=at, by=by)
    if counted:
        ask_again(held.organisation, held.kind, by=by, at=at)
        rest = held.organisation.standards.filter(kind=held.kind, status=StandardStatus.ACCEPTED)
        last = rest.exclude(expires_on__isnull=True).order_by("-expires_on", "-pk").first()
        if last is not None and not rest.filter(expires_on__isnull=True).exists():
            obligations.close(last, K.STANDARD_EXPIRY, closing="Asked for anew", at=at, by=by)
            owe_renewal(last)
    return held


def ask_again(organisation, kind, *, by, at):
    """Ask for a standard that was asked for before and now neither holds nor is waived."""
    on = london_day(at)
    if not queries.was_asked(organisation, kind):
        return
    if not queries.evidence_of([organisation.pk]).standing(organisation.pk, kind, on).is_met:
        due_on = add_working_days(on, rules.NEEDED_WORKING_DAYS)
        why = f"{kind.name} is asked of {organisation.name} and is not held any more. Please send evidence."
        given = {"organisation": organisation, "kind": kind, "recipient": recipient_of(organisation, kind)}
        ask_for_standard(**given, due_on=due_on, why=why, by=by, at=at)


@transaction.atomic
def waive_standard(*, organisation, kind, reason, starts_on, ends_on, by, at, rule_set=None):
    """Let a standard rest until a day, for everything funded or under one set of rules."""
    on = london_day(at)
    refuse_if(rules.why_not_waive_standard(organisation, user=by), organisation)
    refuse_if("" if reason.strip() else "Give the reason; the organisation is told.", organisation)
    running = rules.running_waivers(organisation, kind, rule_set, on)
    refuse_if(rules.why_not_these_days(starts_on=starts_on, ends_on=ends_on, on=on, running=running), organisation)
    waiver = StandardWaiver.objects.create(
        organisation=organisation, kind=kind, rule_set=rule_set, reason=reason.strip(), starts_on=starts_on,
        ends_on=ends_on, given_at=at, given_by=by,
    )  # fmt: skip
    words = f"{kind.name} waived for {organisation.name} until {day_in_words(ends_on)}"
    log(waiver, "waived", by=by, at=at, reason=waiver.reason, summary=words[:500])
    log(organisation, "standard_waived", by=by, at=at, reason=waiver.reason, summary=words[:500])
    if rule_set is None and starts_on <= on:
        settle(organisation, kind, closing=f"Waived until {day_in_words(ends_on)}", at=at, by=by)
    obligations.owe(
        waiver,
        K.WAIVER_END,
        title=f"The waiver of {kind.name} ends",
        organisation=organisation,
        recipient=recipient_of(organisation, kind),
        due_on=ends_on,
        link=register_address(organisation),
        period=kind.key,
        anchor="ends",
    )
    notices.standard_waived(waiver, at=at)
    return waiver


@transaction.atomic
def end_waiver(*, waiver, reason, by, at):
    """End a waiver early; the standard is asked for again where nothing else holds."""
    rows = StandardWaiver.objects.select_related("organisation", "kind").select_for_update(of=("self",))
    waiver = rows.get(pk=waiver.pk)
    refuse_if(rules.why_not_end_waiver(waiver, user=by, on=london_day(at)), waiver.organisation)
    refuse_if("" if reason.strip() else "Say why the waiver ends now.", waiver.organisation)
    waiver.ended_at, waiver.ended_by = at, by
    waiver.save(update_fields=["ended_at", "ended_by"])
    words = f"Waiver of {waiver.kind.name} for {waiver.organisation.name} ended early"
    log(waiver, "ended", by=by, at=at, reason=reason.strip(), summary=words[:500])
    log(waiver.organisation, "waiver_ended", by=by, at=at, reason=reason.strip(), summary=words[:500])
    obligations.close(waiver, K.WAIVER_END, closing="Ended early", at=at, by=by)
    notices.waiver_ended(waiver, reason=reason.strip(), at=at)
    ask_again(waiver.organisation, waiver.kind, by=by, at=at)
    return waiver


@transaction.atomic
def note_due_diligence(*, organisation, on, looked_at, found, by, at, is_worry=False):
    """Write down what was looked into about an organisation; a note is never edited."""
    refuse_if(rules.why_not_note(organisation, user=by), organisation)
    refuse_if("" if looked_at.strip() and found.strip() else "Say what was looked at and what was found.", organisation)
    note = DueDiligenceNote.objects.create(
        organisation=organisation, on=on, looked_at=looked_at.strip(), found=found.strip(), is_worry=is_worry,
        by=by, at=at,
    )  # fmt: skip
    log(note, "noted", by=by, at=at, summary=f"Due diligence noted about {organisation.name}"[:500])
    return note


@transaction.atomic
def verify_payee(*, organisation, on, how, by, at, finance_reference=""):
    """A finance officer verified the body that is paid; its bank details stay in the finance system."""
    refuse_if(rules.why_not_verify_payee(organisation, user=by, on=london_day(at), checked_on=on), organisation)
    refuse_if("" if how.strip() else "Say how the payee was verified.", organisation)
    check = PayeeCheck.objects.create(
        organisation=organisation, on=on, how=how.strip(), finance_reference=finance_reference.strip(), by=by, at=at
    )
    log(check, "verified", by=by, at=at, summary=f"Payee verified: {organisation.name}"[:500])
    return check


@transaction.atomic
def start_kind(*, name, guidance, must_expire, lasts_months, order, reason, by, at):
    """Add a kind of standard that rules may ask for."""
    refuse_if(rules.why_not_edit_kind(user=by, name=name))
    key = free_key(name, ["new", *StandardKind.objects.values_list("key", flat=True)])
    kind = StandardKind.objects.create(
        key=key[:60], name=name.strip(), guidance=guidance, must_expire=must_expire, lasts_months=lasts_months,
        order=order or 0,
    )  # fmt: skip
    log(kind, "started", by=by, at=at, reason=reason.strip(), summary=f"Kind of standard added: {kind.name}"[:500])
    return kind


@transaction.atomic
def edit_kind(*, kind, fields, reason, by, at):
    """Change a kind of standard, with one event."""
    kind = StandardKind.objects.select_for_update().get(pk=kind.pk)
    refuse_if(rules.why_not_edit_kind(user=by, name=fields.get("name", kind.name), row=kind), kind)
    refuse_if("" if reason.strip() else "Say why this changes. It stays in the history.", kind)
    return change(kind, fields, reason=reason, by=by, at=at)
