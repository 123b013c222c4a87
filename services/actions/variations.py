"""Writes of agreed changes to a contract: drafted, approved, applied; or recorded as past facts (S1, S2)."""

import logging

from django.db import transaction
from django.db.models import Q

from plans.rules import why_not_decide_as
from records import obligations, workflow
from records.actions import log, record_decision
from records.calendar import add_working_days, london_day
from records.enums import DecisionOutcome, ObligationKind
from records.models import Obligation
from records.refusals import refuse_if
from records.words import day_in_words

from .. import queries, rules
from ..enums import (
    CONTRACT_MOVES,
    VARIATION_MOVES,
    WAITS_FOR_ITS_DAY,
    ContractStatus,
    OptionStatus,
    VariationKind,
    VariationStatus,
)
from ..letters import variations as letters
from ..models import AdditionalService, Contract, ContractValue, ContractVariation
from ..notices import variations as notices
from .contracts import arm_extension_decision
from .details import lapse_options
from .returns import owe_returns

KIND = ObligationKind.VARIATION_DECISION
DAYS_TO_DECIDE = 10
logger = logging.getLogger(__name__)


@transaction.atomic
def make_outside_terms(*, contract, ends_on, reason, legal_basis, decision, second_by, by, at):
    """Let a contract run on outside its original terms, decided and approved a second time; return the variation.

    The contract, if it had ended, is live again; what its provider owes and the next decision follow the new end.
    """
    contract = Contract.objects.select_for_update().get(pk=contract.pk)
    refuse_if(
        rules.why_not_outside_terms(
            contract,
            ends_on=ends_on,
            reason=reason,
            legal_basis=legal_basis,
            decision=decision,
            second_by=second_by,
        ),
        contract,
    )
    variation = ContractVariation.objects.create(
        contract=contract,
        number=next_number(contract),
        kind=VariationKind.OUTSIDE_TERMS,
        status=VariationStatus.AWAITING_SECOND,
        title=f"Extension outside the original terms to {day_in_words(ends_on)}",
        reason=reason.strip(),
        legal_basis=legal_basis.strip(),
        ends_on=ends_on,
        before=queries.variations.standing(contract, VariationKind.END, on=london_day(at)),
        after={"ends_on": ends_on.isoformat()},
        drafted_by=by,
        drafted_at=at,
        decision=decision,
    )
    stamps = {"second_approved_at": at, "second_approved_by": second_by}
    return _approve(variation, contract, by=by, at=at, **stamps)


@transaction.atomic
def record_variation(*, contract, kind, title, reason, at, **details):
    """Write down a change that was agreed before the portal knew of it: nobody decides on it here, nobody is told.

    `details` are further columns. What follows from new dates is the caller's to follow: a file has more to say.
    """
    contract = Contract.objects.select_for_update().get(pk=contract.pk)
    variation = ContractVariation.objects.create(
        contract=contract,
        number=next_number(contract),
        kind=kind,
        title=title,
        reason=reason,
        status=VariationStatus.APPROVED,
        drafted_at=at,
        applied_at=at,
        **{"is_recorded": True, **details},
    )
    log(contract, "variation_recorded", by=None, at=at, reason=reason, summary=f"Recorded change: {title}")
    return variation


def next_number(contract):
    """The number of the next variation of a contract whose row is locked."""
    last = ContractVariation.objects.filter(contract=contract).order_by("-number").first()
    return last.number + 1 if last else 1


@transaction.atomic
def draft_variation(
    *, contract, kind, title, reason, legal_basis="", takes_effect_on, ends_on=None, new_provider=None, wanted=None,
    by, at,
):  # fmt: skip
    """Draft a change of a contract; `wanted` is what stands after it, of a value or a scope (`queries.standing`)."""
    contract = Contract.objects.select_for_update().get(pk=contract.pk)
    on = london_day(at)
    refuse_if(rules.variations.why_not_draft(contract, user=by, on=on), contract)
    said = {"kind": kind, "reason": reason, "takes_effect_on": takes_effect_on, "ends_on": ends_on}
    wrong = rules.variations.why_not_this_variation(contract, **said, new_provider=new_provider, wanted=wanted, on=on)
    refuse_if(wrong, contract)
    variation = ContractVariation.objects.create(
        contract=contract,
        number=next_number(contract),
        kind=kind,
        title=title.strip(),
        reason=reason.strip(),
        legal_basis=legal_basis.strip(),
        takes_effect_on=takes_effect_on,
        ends_on=ends_on if kind == VariationKind.END else None,
        new_provider=new_provider,
        before=queries.variations.standing(contract, kind, on=on),
        after=_after(kind, ends_on, new_provider, wanted),
        drafted_by=by,
        drafted_at=at,
    )
    log(variation, "drafted", by=by, at=at, reason=reason.strip(), summary=f"Drafted: {title}"[:500])
    return variation


def _after(kind, ends_on, new_provider, wanted):
    if kind == VariationKind.END:
        return {"ends_on": ends_on.isoformat()}
    if kind in (VariationKind.PROVIDER, VariationKind.OFFICE):
        return {"provider" if kind == VariationKind.PROVIDER else "office": new_provider.name}
    return wanted


@transaction.atomic
def submit_variation(*, variation, by, at):
    """Put a variation before who may decide; the office owes a decision within ten working days."""
    variation, contract = lock(variation)
    on = london_day(at)
    refuse_if(rules.variations.why_not_submit(variation, user=by, on=on), variation)
    _move(variation, VariationStatus.SUBMITTED, "submitted", "Submitted for a decision", by=by, at=at)
    obligations.owe(
        variation,
        KIND,
        title=f"Decide on variation {variation.number} of {contract.name}"[:300],
        due_on=add_working_days(on, DAYS_TO_DECIDE),
        link=variation.get_absolute_url(),
    )
    notices.variation_submitted(variation, at=at)
    return variation


@transaction.atomic
def withdraw_variation(*, variation, reason, by, at):
    """Take a variation back before it is decided; nobody outside the office was told of it."""
    variation, _ = lock(variation)
    wrong = rules.variations.why_not_withdraw(variation, user=by, on=london_day(at), reason=reason)
    refuse_if(wrong, variation)
    _move(variation, VariationStatus.WITHDRAWN, "withdrawn", "Withdrawn", by=by, at=at, reason=reason.strip())
    obligations.close(variation, KIND, by=by, at=at, closing="Withdrawn")
    return variation


@transaction.atomic
def decide_variation(*, variation, outcome, reason, is_key=False, by, at):
    """Agree to a variation or decline it (X3): in the register, and at once part of the contract or on its day.

    The provider is told of what was agreed, with the letter; of what was declined only the officers.
    """
    variation, contract = lock(variation)
    wrong = rules.variations.why_not_decide(variation, user=by, on=london_day(at), outcome=outcome, reason=reason)
    refuse_if(wrong, variation)
    provider = contract.provider
    decision = _register(variation, contract, outcome, reason, is_key, by=by, at=at)
    obligations.close(variation, KIND, by=by, at=at, closing="Decided")
    if outcome == DecisionOutcome.DECLINED:
        words = "Declined"
        _move(variation, VariationStatus.DECLINED, "declined", words, by=by, at=at, reason=reason, decision=decision)
    else:
        _agree(variation, contract, decision, reason, by=by, at=at)
    notices.variation_decided(variation, {provider, variation.new_provider} - {None}, at=at)
    return variation


def _register(variation, contract, outcome, reason, is_key, *, by, at):
    """The entry of the register: what was decided, by whom, under which delegation."""
    amount = rules.variations.amount_of(variation)
    delegation = None
    if contract.stream:
        _, delegation = why_not_decide_as(by, stream=contract.stream, amount=amount, on=london_day(at))
    return record_decision(
        title=f"{contract.reference} {contract.name}: {variation.title}"[:300],
        outcome=outcome,
        amount=amount if outcome == DecisionOutcome.APPROVED else None,
        purpose=variation.reason,
        reason=reason.strip(),
        advice=variation.reason,
        is_key=is_key,
        post=delegation.get_post_display() if delegation else letters.post_of(by, contract, on=london_day(at)),
        delegation_reference=delegation.reference if delegation else "",
        by=by,
        at=at,
    )


def _agree(variation, contract, decision, reason, *, by, at):
    waits = variation.kind in WAITS_FOR_ITS_DAY and variation.takes_effect_on > london_day(at)
    if waits:
        words = f"Agreed, from {day_in_words(variation.takes_effect_on)}"
        _move(variation, VariationStatus.APPROVED, "approved", words, by=by, at=at, reason=reason, decision=decision)
    else:
        _approve(variation, contract, by=by, at=at, decision=decision)
    letter = letters.variation_letter(variation, by=by, at=at)
    ContractVariation.objects.filter(pk=variation.pk).update(letter=letter)
    variation.refresh_from_db()


def _move(variation, to, verb, words, *, by, at, reason="", **stamps):
    summary = f"Variation {variation.number} of {variation.contract.name}: {words.lower()}"[:500]
    moved = {"moves": VARIATION_MOVES, "verb": verb, "by": by, "at": at, "reason": reason.strip(), "summary": summary}
    return workflow.move(variation, to, **moved, **stamps)


def lock(variation):
    """The variation and its contract, both locked, the contract first."""
    contract = Contract.objects.select_for_update().get(pk=variation.contract_id)
    variation = ContractVariation.objects.select_for_update(of=("self",)).get(pk=variation.pk)
    variation.contract = contract
    return variation, contract


def apply_due_variations(*, at):
    """Make each agreed change part of its contract whose day has come; one that cannot be stays for tomorrow."""
    applied = []
    for row in list(queries.variations.due_to_apply(london_day(at))):
        try:
            with transaction.atomic():
                variation, contract = lock(row)
                if variation.applied_at is None:
                    ContractVariation.objects.filter(pk=variation.pk).update(applied_at=at)
                    _apply(variation, contract, by=None, at=at)
                    applied.append(variation)
        except Exception:  # whatever is wrong with one, the others take effect on their day
            logger.exception("Variation %s could not take effect; it is tried again tomorrow.", row.reference)
    return applied


def _approve(variation, contract, *, by, at, **stamps):
    """Agree to a variation of a locked contract and make it part of it at once."""
    _move(
        variation,
        VariationStatus.APPROVED,
        "approved",
        f"Agreed: {variation.title}",
        by=by,
        at=at,
        reason=variation.reason,
        after_options=contract.options.filter(status=OptionStatus.TAKEN_UP).count(),
        applied_at=at,
        **stamps,
    )
    return _apply(variation, contract, by=by, at=at)


def _apply(variation, contract, *, by, at):
    """What a variation changes of a locked contract, then what follows from that: returns owed, the next decision."""
    if contract.status == ContractStatus.ENDED:
        _run_on(contract, variation, by=by, at=at)
    if change := CHANGES.get(variation.kind):
        change(contract, variation, by=by, at=at)
    contract = Contract.objects.get(pk=contract.pk)
    pairs = {row.label: [row.before, row.after] for row in queries.variations.rows_of(variation)}
    log(contract, "varied", by=by, at=at, reason=variation.reason, summary=variation.title[:500], changes=pairs)
    owe_returns(contract=contract, by=by, at=at, reason=variation.title)
    arm_extension_decision(contract=contract, by=by, at=at, reason=variation.title)
    variation.refresh_from_db()
    return variation


def _change_values(contract, variation, *, by, at):
    """The profile as agreed; each period that changes names the variation as its source."""
    was = {first: amount for first, _, amount in variation.before["values"]}
    for first, last, amount in variation.after["values"]:
        if was.get(first) != amount:
            ContractValue.objects.update_or_create(
                contract=contract,
                starts_on=first,
                defaults={"ends_on": last, "amount": amount, "basis": "", "source": _source(variation)},
            )


def _source(variation):
    return f"Variation {variation.reference}, decision {variation.decision.reference}"


def _change_scope(contract, variation, *, by, at):
    """The description and the services as agreed; a new service stands among them."""
    Contract.objects.filter(pk=contract.pk).update(description=variation.after["description"])
    for pk, name, state in variation.after["services"]:
        if pk is None:
            AdditionalService.objects.create(
                contract=contract,
                name=name,
                state=state,
                starts_on=variation.takes_effect_on,
                source=_source(variation),
            )
        else:
            AdditionalService.objects.filter(pk=pk, contract=contract).update(state=state)


def _change_end(contract, variation, *, by, at):
    """Options that would have followed the old end lapse."""
    lapse_options(contract, by=by, at=at, reason=variation.title)


def _change_provider(contract, variation, *, by, at):
    """What the old provider still owed under the contract is owed by the new one; nothing owed is lost."""
    was = contract.provider_id
    Contract.objects.filter(pk=contract.pk).update(provider=variation.new_provider)
    if was:
        moved = Obligation.objects.open().filter(organisation=was)
        ours = Q(subject_type=Contract._meta.label, subject_id=contract.pk) | Q(
            subject_type__startswith="services.", reference__startswith=f"{contract.reference}/"
        )
        moved.filter(ours).update(organisation=variation.new_provider)


CHANGES = {
    VariationKind.VALUE: _change_values,
    VariationKind.SCOPE: _change_scope,
    VariationKind.END: _change_end,
    VariationKind.PROVIDER: _change_provider,
}


def _run_on(contract, variation, *, by, at):
    """A contract that had ended is live again, outside its original terms."""
    workflow.move(
        contract,
        ContractStatus.LIVE,
        moves=CONTRACT_MOVES,
        verb="reopened",
        by=by,
        at=at,
        reason=variation.reason,
        summary=f"{contract.name} runs on outside its original terms",
        ended_on=None,
        ended_reason="",
    )
