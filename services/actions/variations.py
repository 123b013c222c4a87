"""Writes of agreed changes to a contract: drafted, approved, applied; or recorded as past facts (S1, S2)."""

from django.db import transaction

from records import workflow
from records.actions import log
from records.refusals import refuse_if
from records.words import day_in_words

from .. import queries, rules
from ..enums import CONTRACT_MOVES, VARIATION_MOVES, ContractStatus, OptionStatus, VariationKind, VariationStatus
from ..models import Contract, ContractVariation
from .contracts import arm_extension_decision
from .returns import owe_returns


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


def _approve(variation, contract, *, by, at, **stamps):
    """Make a variation of a locked contract part of it: what it changes, then what follows from that."""
    before = _standing(contract)
    workflow.move(
        variation,
        VariationStatus.APPROVED,
        moves=VARIATION_MOVES,
        verb="approved",
        by=by,
        at=at,
        reason=variation.reason,
        summary=f"Variation {variation.number} approved: {variation.title}",
        before=before,
        after_options=contract.options.filter(status=OptionStatus.TAKEN_UP).count(),
        applied_at=at,
        **stamps,
    )
    if contract.status == ContractStatus.ENDED:
        _run_on(contract, variation, by=by, at=at)
    contract = Contract.objects.get(pk=contract.pk)
    after = _standing(contract)
    ContractVariation.objects.filter(pk=variation.pk).update(after=after)
    log(
        contract,
        "varied",
        by=by,
        at=at,
        reason=variation.reason,
        summary=variation.title,
        changes=_changes(before, after),
    )
    owe_returns(contract=contract, by=by, at=at, reason=variation.title)
    arm_extension_decision(contract=contract, by=by, at=at, reason=variation.title)
    variation.refresh_from_db()
    return variation


def _standing(contract):
    """What a variation may change of a contract, as it stands, in plain words for the page and the letter."""
    return {"ends_on": queries.term(contract).ends_on.isoformat()}


def _changes(before, after):
    return {name: [was, after[name]] for name, was in before.items() if was != after[name]}


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
