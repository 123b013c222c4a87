"""Every write of a claim: sent with receipts, accepted whole or in part, refused (X2)."""

from django.db import transaction

from plans.enums import ConditionKind
from records import documents, obligations, workflow
from records.actions import log, next_reference
from records.calendar import add_working_days, london_day
from records.enums import ObligationKind
from records.refusals import refuse_if
from records.words import pounds

from ..enums import CLAIM_MOVES, INSTALMENT_MOVES, ClaimStatus, InstalmentStatus
from ..models import Claim, Instalment, InstalmentLine
from ..notices import claims as notices
from ..rules import awards as award_rules
from ..rules import claims as rules
from . import instalments, schedules


@transaction.atomic
def submit_claim(*, instalment, covers_from, covers_to, amount, description, receipts, by, at):
    """Claim money spent, with its receipts; the office owes an answer from now."""
    instalment, on = instalments.locked(instalment), london_day(at)
    award = instalment.award
    refuse_if(rules.why_not_claim(instalment, user=by, on=on), award)
    written = {"covers_from": covers_from, "covers_to": covers_to, "amount": amount, "description": description}
    refuse_if(rules.why_not_claim_so(instalment, receipts=receipts, on=on, **written), award)
    claim = Claim.objects.create(
        reference=next_reference("CL", on.year),
        award=award,
        instalment=instalment,
        submitted_at=at,
        submitted_by=by,
        **written,
    )
    log(claim, "submitted", by=by, at=at, summary=f"{pounds(amount)} claimed")
    log(award, "claimed", by=by, at=at, summary=f"{claim.reference}: {pounds(amount)} claimed")
    for upload in receipts:
        documents.store(upload=upload, subject=claim, section="receipts", by=by, at=at)
    due_on = add_working_days(on, award.rule_set.review_working_days)
    obligations.owe(
        claim,
        ObligationKind.CLAIM_ANSWER,
        title=f"Answer {claim.reference}: {award.recipient.name} claims {pounds(amount)}"[:300],
        due_on=due_on,
        link=claim.get_absolute_url(),
        anchor="claimed",
    )
    notices.claim_submitted(claim, due_on=due_on, at=at)
    return claim


def _locked(claim):
    """The claim as it now is; its award and instalment are locked first."""
    instalment = instalments.locked(claim.instalment)
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    claim.instalment, claim.award = instalment, instalment.award
    return claim


@transaction.atomic
def accept_claim(*, claim, amount, answer="", by, at):
    """Accept the claim, whole or in part: the instalment becomes what was accepted, the rest stays to be claimed."""
    claim, on = _locked(claim), london_day(at)
    refuse_if(rules.why_not_answer(claim, user=by, on=on), claim)
    refuse_if(rules.why_not_accept(claim, amount=amount, answer=answer), claim)
    instalment = claim.instalment
    _answer(claim, ClaimStatus.ACCEPTED, answer, f"{pounds(amount)} accepted", by=by, at=at, accepted_amount=amount)
    rest = instalment.amount - amount
    if rest:
        _split(instalment, rest, by=by, at=at)
    instalment.due_on = min(instalment.due_on, on)
    instalment.save(update_fields=["due_on"])
    instalments.meet(instalment, claim, by=by, at=at)
    notices.claim_answered(claim, rest=rest, at=at)
    return claim


def _split(instalment, rest, *, by, at):
    """What was not accepted stands as an instalment of its own, on the same condition and day."""
    award = instalment.award
    line = instalment.lines.get()
    instalment.amount -= rest
    instalment.save(update_fields=["amount"])
    row = Instalment.objects.create(
        award=award,
        number=schedules.next_number(award),
        amount=rest,
        due_on=instalment.due_on,
        covers_from=instalment.covers_from,
        covers_to=instalment.covers_to,
        condition=ConditionKind.RECEIPTS_ACCEPTED,
    )
    line.amount -= rest
    line.save(update_fields=["amount"])
    InstalmentLine.objects.create(instalment=row, award_line_id=line.award_line_id, amount=rest)
    summary = f"Instalment {row.number}: {pounds(rest)} of instalment {instalment.number} is still to be claimed"
    log(row, "split_off", by=by, at=at, summary=summary)
    return row


@transaction.atomic
def refuse_claim(*, claim, answer, by, at):
    """Refuse the claim and say why; the instalment stays to be claimed."""
    claim = _locked(claim)
    refuse_if(rules.why_not_answer(claim, user=by, on=london_day(at)), claim)
    refuse_if(rules.why_not_refuse(answer), claim)
    _answer(claim, ClaimStatus.REFUSED, answer, "Claim refused", by=by, at=at)
    notices.claim_answered(claim, rest=claim.instalment.amount, at=at)
    return claim


def _answer(claim, to, answer, summary, *, by, at, **fields):
    workflow.move(
        claim,
        to,
        moves=CLAIM_MOVES,
        verb=to.lower(),
        by=by,
        at=at,
        reason=answer.strip(),
        summary=summary,
        answer=answer.strip(),
        answered_at=at,
        answered_by=by,
        **fields,
    )
    log(
        claim.award, f"claim_{to.lower()}", by=by, at=at, reason=answer.strip(), summary=f"{claim.reference}: {summary}"
    )
    obligations.close(claim, ObligationKind.CLAIM_ANSWER, at=at, by=by, closing=summary)


@transaction.atomic
def end_claims(*, instalment, reason, by, at):
    """Take off the schedule what nobody claimed in time; it stays with the office."""
    instalment = instalments.locked(instalment)
    refuse_if(rules.why_not_end_claims(instalment, user=by, on=london_day(at)), instalment.award)
    refuse_if(award_rules.why_no_reason(reason), instalment.award)
    return workflow.move(
        instalment,
        InstalmentStatus.CANCELLED,
        moves=INSTALMENT_MOVES,
        verb="cancelled",
        by=by,
        at=at,
        reason=reason.strip(),
        summary=f"Instalment {instalment.number}: {pounds(instalment.amount)} was not claimed",
    )
