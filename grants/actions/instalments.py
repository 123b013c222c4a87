"""Every write of money: conditions met, release, withholding, payment, repayment (C4, X2)."""

from django.db import transaction

from plans.enums import ConditionKind
from records import obligations, workflow
from records.actions import log
from records.calendar import add_working_days, london_day
from records.enums import ObligationKind
from records.refusals import refuse_if
from records.words import day_in_words, pounds

from ..enums import INSTALMENT_MOVES, Direction, InstalmentStatus
from ..models import Instalment
from ..notices import awards as notices
from ..rules import instalments as rules
from . import schedules
from .locks import lock_award

WORD = {ConditionKind.OFFICER_CONFIRMED: "condition", ConditionKind.MATCH_CONFIRMED: "match funding"}
UNRELEASED = (InstalmentStatus.SCHEDULED, InstalmentStatus.WITHHELD)


def locked(instalment):
    """Lock the award, then give back the instalment as it now is."""
    award = lock_award(instalment.award)
    fresh = Instalment.objects.select_for_update().get(pk=instalment.pk)
    fresh.award = award
    return fresh


@transaction.atomic
def meet_condition(*, award, condition, row, by, at):
    """Note the row that meets a condition on every instalment of the award that waits for it.

    Of several years or quarters, only those whose year or period the row is about.
    """
    award = lock_award(award)
    refuse_if(rules.why_not_meet(award, condition, row), award)
    waiting = award.instalments.filter(
        condition=condition, condition_met_at__isnull=True, status__in=UNRELEASED, direction=Direction.OUT
    )
    fitting = [instalment for instalment in waiting.order_by("number") if rules.meets(instalment, row)]
    return [meet(instalment, row, by=by, at=at) for instalment in fitting]


@transaction.atomic
def meet_instead(*, instalment, row, reason, by, at):
    """A satisfactory return of another kind meets the condition in place of one that failed; the reason is logged."""
    instalment = locked(instalment)
    refuse_if(rules.why_not_meet_instead(instalment, row, user=by, on=london_day(at), reason=reason), instalment.award)
    log(
        instalment,
        "condition_met_instead",
        by=by,
        at=at,
        reason=reason.strip(),
        summary=f"Instalment {instalment.number}: {row.reference} meets the condition instead",
    )
    return stamp(instalment, row, at=at)


def meet(instalment, row, *, by, at):
    """Note on a locked instalment the row that meets its condition."""
    words = instalment.get_condition_display().lower()
    log(instalment, "condition_met", by=by, at=at, summary=f"Instalment {instalment.number}: {words}")
    return stamp(instalment, row, at=at)


def stamp(instalment, row, *, at):
    """Name the row that meets the condition of a locked instalment; finance is told."""
    instalment.condition_met_at = at
    instalment.condition_row_type = row._meta.label
    instalment.condition_row_id = row.pk
    instalment.save(update_fields=["condition_met_at", "condition_row_type", "condition_row_id"])
    notices.condition_met(instalment, at=at)
    return instalment


@transaction.atomic
def confirm_condition(*, instalment, evidence, by, at):
    """A named officer confirms a condition or the match funding with evidence; the line of the log is the row."""
    instalment = locked(instalment)
    refuse_if(rules.why_not_confirm(instalment, user=by, on=london_day(at)), instalment.award)
    refuse_if("" if evidence.strip() else "Write the evidence you have seen.", instalment.award)
    row = log(
        instalment,
        rules.CONFIRMED[instalment.condition],
        by=by,
        at=at,
        reason=evidence.strip(),
        summary=f"Instalment {instalment.number}: {WORD[instalment.condition]} confirmed by {by.full_name}",
    )
    return meet(instalment, row, by=by, at=at)


@transaction.atomic
def release_instalment(*, instalment, by, at):
    """Release the money of an instalment whose condition is met (C4)."""
    instalment = locked(instalment)
    refuse_if(rules.why_not_release(instalment, user=by, on=london_day(at)), instalment.award)
    workflow.move(
        instalment,
        InstalmentStatus.RELEASED,
        moves=INSTALMENT_MOVES,
        verb="released",
        by=by,
        at=at,
        summary=f"Instalment {instalment.number} released: {pounds(instalment.amount)}",
        released_at=at,
        released_by=by,
    )
    notices.instalment_released(instalment, at=at)
    return instalment


@transaction.atomic
def withhold_instalment(*, instalment, reason, by, at):
    """Hold an instalment back, and say why."""
    instalment = locked(instalment)
    refuse_if(rules.why_not_withhold(instalment, user=by, on=london_day(at)), instalment.award)
    refuse_if("" if reason.strip() else "Give the reason; the recipient is told.", instalment.award)
    workflow.move(
        instalment,
        InstalmentStatus.WITHHELD,
        moves=INSTALMENT_MOVES,
        verb="withheld",
        by=by,
        at=at,
        reason=reason,
        summary=f"Instalment {instalment.number} withheld",
        held_reason=reason,
    )
    notices.instalment_withheld(instalment, reason=reason, at=at)
    return instalment


@transaction.atomic
def resume_instalment(*, instalment, reason, by, at):
    """Put a withheld instalment back on the schedule."""
    instalment = locked(instalment)
    refuse_if(rules.why_not_resume(instalment, user=by, on=london_day(at)), instalment.award)
    refuse_if("" if reason.strip() else "Give the reason for putting it back.", instalment.award)
    return workflow.move(
        instalment,
        InstalmentStatus.SCHEDULED,
        moves=INSTALMENT_MOVES,
        verb="resumed",
        by=by,
        at=at,
        reason=reason,
        summary=f"Instalment {instalment.number} back on the schedule",
        held_reason="",
    )


@transaction.atomic
def mark_paid(*, instalment, paid_on, payment_reference, by, at):
    """Record the bank's act on a released instalment."""
    instalment = locked(instalment)
    refuse_if(rules.why_not_mark_paid(instalment, user=by, on=london_day(at)), instalment.award)
    wrong = rules.why_not_paid_on(instalment, paid_on=paid_on, payment_reference=payment_reference, on=london_day(at))
    refuse_if(wrong, instalment.award)
    return workflow.move(
        instalment,
        InstalmentStatus.PAID,
        moves=INSTALMENT_MOVES,
        verb="paid",
        by=by,
        at=at,
        summary=f"Instalment {instalment.number} paid on {day_in_words(paid_on)}",
        paid_on=paid_on,
        paid_by=by,
        payment_reference=payment_reference.strip(),
    )


@transaction.atomic
def request_repayment(*, award, amount, reason, by, at):
    """Ask unspent money back: an instalment in, called for at once, and an obligation of the payee."""
    award = lock_award(award)
    refuse_if(rules.why_not_request_repayment(award, user=by, on=london_day(at)), award)
    refuse_if(rules.why_not_request_sum(award, amount, reason), award)
    due_on = add_working_days(london_day(at), award.rule_set.repayment_working_days)
    row = Instalment.objects.create(
        award=award,
        number=schedules.next_number(award),
        direction=Direction.IN,
        amount=amount,
        due_on=due_on,
        status=InstalmentStatus.RELEASED,
        released_at=at,
        released_by=by,
    )
    log(row, "repayment_requested", by=by, at=at, reason=reason, summary=f"Repayment of {pounds(amount)} asked for")
    _owe_repayment(row)
    notices.repayment_requested(row, reason=reason, at=at)
    return row


def _owe_repayment(row):
    obligations.owe(
        row.award,
        ObligationKind.REPAYMENT,
        title=f"Repay {pounds(row.amount)} of {row.award.title}"[:300],
        organisation=row.award.payee,
        recipient=row.award.recipient,
        due_on=row.due_on,
        period=_repayment_period(row),
        link=row.award.get_absolute_url(),
        anchor="repayment asked for",
    )


def _repayment_period(instalment):
    return f"repayment {instalment.number}"


@transaction.atomic
def record_repayment(*, instalment, received_on, payment_reference, amount=None, by, at):
    """Record that a repayment arrived, whole or (`amount`) in part.

    After a part the rest stands as a repayment of its own, still due on the day the whole was.
    """
    instalment = locked(instalment)
    asked = instalment.amount
    amount = asked if amount is None else amount
    refuse_if(rules.why_not_record_repayment(instalment, user=by, on=london_day(at)), instalment.award)
    wrong = rules.why_not_received(instalment, amount) or rules.why_not_paid_on(
        instalment, paid_on=received_on, payment_reference=payment_reference, on=london_day(at)
    )
    refuse_if(wrong, instalment.award)
    workflow.move(
        instalment,
        InstalmentStatus.PAID,
        moves=INSTALMENT_MOVES,
        verb="repaid",
        by=by,
        at=at,
        summary=f"Repayment of {pounds(amount)} received on {day_in_words(received_on)}"
        + (f"; {pounds(asked - amount)} of {pounds(asked)} still to come" if amount < asked else ""),
        amount=amount,
        paid_on=received_on,
        paid_by=by,
        payment_reference=payment_reference.strip(),
    )
    obligations.close(
        instalment.award,
        ObligationKind.REPAYMENT,
        period=_repayment_period(instalment),
        at=at,
        by=by,
        closing="Repayment received" if amount == asked else "Part of the repayment received",
    )
    if amount < asked:
        _ask_for_the_rest(instalment, asked - amount, by=by, at=at)
    notices.repayment_received(instalment, remaining=asked - amount, at=at)
    return instalment


def _ask_for_the_rest(instalment, amount, *, by, at):
    """What did not arrive stays asked for, since the same moment and by the same person."""
    rest = Instalment.objects.create(
        award=instalment.award,
        number=schedules.next_number(instalment.award),
        direction=Direction.IN,
        amount=amount,
        due_on=instalment.due_on,
        status=InstalmentStatus.RELEASED,
        released_at=instalment.released_at,
        released_by=instalment.released_by,
    )
    summary = f"{pounds(amount)} of the repayment is still to come"
    log(rest, "repayment_remaining", by=by, at=at, summary=summary)
    _owe_repayment(rest)
    return rest
