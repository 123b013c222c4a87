"""Writes of what a contract is: its entry, and what stands beside it (S1, S3). What hangs on its dates follows."""

from django.db import transaction

from records import workflow
from records.actions import log, next_reference
from records.calendar import london_day
from records.refusals import refuse_if

from .. import queries
from ..enums import CONTRACT_MOVES, OPTION_MOVES, ContractStatus, MeetingStatus, OptionStatus, PlanStatus
from ..models import (
    AdditionalService,
    Contract,
    ContractParty,
    ContractReference,
    ContractSource,
    ContractValue,
    ExtensionOption,
    Lot,
)
from ..rules import details as rules
from . import improvement, meetings
from .contracts import arm_extension_decision
from .returns import owe_returns


@transaction.atomic
def enter_contract(*, name, starts_on, initial_months, by, at, reason="", **columns):
    """Enter a contract on screen; its options and the rest are added beside it. `columns` are its own."""
    on = london_day(at)
    refuse_if(rules.why_not_enter(user=by, on=on))
    refuse_if(_wrong_sums(columns))
    reference = next_reference("CT", starts_on.year)
    contract = Contract.objects.create(
        reference=reference,
        key=reference.lower(),
        name=name,
        starts_on=starts_on,
        initial_months=initial_months,
        **columns,
    )
    log(contract, "entered", by=by, at=at, reason=reason.strip(), summary=f"Contract entered: {name}"[:500])
    return contract


def _wrong_sums(columns):
    return rules.why_not_these_sums(
        estimated_value=columns.get("estimated_value"),
        estimated_value_source=columns.get("estimated_value_source") or "",
    )


@transaction.atomic
def change_contract(*, contract, reason, by, at, **columns):
    """Set right what the entry of a contract says, with a reason; what it owes follows its dates."""
    contract = Contract.objects.select_for_update().get(pk=contract.pk)
    refuse_if(rules.why_not_edit(contract, user=by, on=london_day(at), reason=reason), contract)
    refuse_if(_wrong_sums(columns), contract)
    refuse_if(rules.why_not_this_entry(contract, columns), contract)
    dates = {name: columns.get(name, getattr(contract, name)) for name in ("starts_on", "initial_months")}
    refuse_if(rules.why_not_move_start(contract, **dates), contract)
    changes = _differences(contract, columns)
    if not changes:
        return contract
    for name, value in columns.items():
        setattr(contract, name, value)
    contract.save(update_fields=sorted(columns))
    log(contract, "changed", by=by, at=at, reason=reason.strip(), summary="Entry changed", changes=changes)
    if {"starts_on", "initial_months"} & set(changes):
        _follow_dates(contract, by=by, at=at, reason=reason.strip())
    return contract


def _follow_dates(contract, *, by, at, reason):
    arm_extension_decision(contract=contract, by=by, at=at, reason=reason)
    owe_returns(contract=contract, by=by, at=at, reason=reason)


def _differences(row, columns):
    """Column by column what changes, in words for the history."""
    pairs = {name: [plain(getattr(row, name)), plain(value)] for name, value in columns.items()}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def plain(value):
    """A value as the history and a variation keep it."""
    if value is None or isinstance(value, str | bool | int):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


@transaction.atomic
def write_party(*, contract, party=None, reason, by, at, **columns):
    """Add or change an organisation that delivers with the provider."""
    return _write(ContractParty, contract, party, columns, rules.why_not_party, reason=reason, by=by, at=at)


@transaction.atomic
def write_lot(*, contract, lot=None, reason, by, at, **columns):
    """Add or change a lot; a new one takes the next number."""
    return _write(Lot, contract, lot, columns, None, reason=reason, by=by, at=at, numbered=contract.lots)


@transaction.atomic
def write_service(*, contract, service=None, reason, by, at, **columns):
    """Add or change a service inside the contract (S3)."""
    return _write(AdditionalService, contract, service, columns, None, reason=reason, by=by, at=at)


@transaction.atomic
def write_option(*, contract, option=None, reason, by, at, **columns):
    """Add an option to extend, or set right one that is not settled; the next decision follows."""
    numbered = contract.options
    row = _write(
        ExtensionOption, contract, option, columns, rules.why_not_option, reason=reason, by=by, at=at, numbered=numbered
    )
    _follow_dates(Contract.objects.get(pk=contract.pk), by=by, at=at, reason=reason.strip())
    return row


@transaction.atomic
def write_value(*, contract, value=None, reason, by, at, **columns):
    """Add or change what the contract is worth in one period; nothing where no source says."""
    return _write(ContractValue, contract, value, columns, rules.why_not_value, reason=reason, by=by, at=at)


@transaction.atomic
def write_source(*, contract, funding=None, reason, by, at, **columns):
    """Add or change a source of funds the contract is paid from; one whose purpose does not cover it is refused."""
    return _write(ContractSource, contract, funding, columns, rules.why_not_source, reason=reason, by=by, at=at)


@transaction.atomic
def write_reference(*, contract, reference=None, reason, by, at, **columns):
    """Add or change a number somebody else knows the contract by."""
    return _write(ContractReference, contract, reference, columns, rules.why_not_reference, reason=reason, by=by, at=at)


def _write(model, contract, row, columns, rule, *, reason, by, at, numbered=None):
    """One row beside a contract whose own row is locked; `rule` says why its values cannot stand."""
    contract = Contract.objects.select_for_update().get(pk=contract.pk)
    refuse_if(rules.why_not_edit(contract, user=by, on=london_day(at), reason=reason), contract)
    refuse_if(rule(contract, row, **columns) if rule else "", contract)
    if row is None:
        if numbered is not None:
            last = numbered.order_by("-number").first()
            columns = {**columns, "number": last.number + 1 if last else 1}
        row = model.objects.create(contract=contract, **columns)
        told = {name: ["", plain(value)] for name, value in columns.items() if value not in (None, "")}
        _log_beside(contract, row, "added", told, by=by, at=at, reason=reason)
        return row
    changes = _differences(row, columns)
    if changes:
        for name, value in columns.items():
            setattr(row, name, value)
        row.save(update_fields=sorted(columns))
        _log_beside(contract, row, "changed", changes, by=by, at=at, reason=reason)
    return row


def _log_beside(contract, row, verb, changes, *, by, at, reason):
    """The change in the history of the contract, where each field says whose it is, and in that of the row itself."""
    noun = row._meta.verbose_name
    words = f"{verb.capitalize()}: {noun}, {row}"[:500]
    told = {f"{noun}: {name.replace('_', ' ')}": pair for name, pair in changes.items()}
    log(contract, verb, by=by, at=at, reason=reason.strip(), summary=words, changes=told)
    log(row, verb, by=by, at=at, reason=reason.strip(), summary=words, changes=changes)


@transaction.atomic
def remove_row(*, contract, row, reason, by, at):
    """Take away a row beside the contract that was entered by mistake, with a reason; the history keeps it."""
    contract = Contract.objects.select_for_update().get(pk=contract.pk)
    refuse_if(rules.why_not_edit(contract, user=by, on=london_day(at), reason=reason), contract)
    refuse_if(rules.why_not_remove(row), contract)
    words = f"Removed: {row._meta.verbose_name}, {row}"[:500]
    is_option = isinstance(row, ExtensionOption)
    row.delete()
    log(contract, "removed", by=by, at=at, reason=reason.strip(), summary=words)
    if is_option:
        _follow_dates(contract, by=by, at=at, reason=reason.strip())
    return contract


@transaction.atomic
def end_contract(*, contract, reason, by, at):
    """Mark a contract as ended once its term is over: options left lapse, and nothing more is decided or met about.

    Meetings planned for later are cancelled and improvement plans closed, with the same reason.
    """
    contract = Contract.objects.select_for_update().get(pk=contract.pk)
    ends_on = queries.term(contract).ends_on
    wrong = rules.why_not_end(contract, user=by, on=london_day(at), reason=reason, ends_on=ends_on)
    refuse_if(wrong, contract)
    lapse_options(contract, by=by, at=at, reason=reason.strip())
    _settle_beside(contract, ends_on, f"The contract has ended. {reason.strip()}", by=by, at=at)
    workflow.move(
        contract,
        ContractStatus.ENDED,
        moves=CONTRACT_MOVES,
        verb="ended",
        by=by,
        at=at,
        reason=reason.strip(),
        summary=f"Ended: {contract.name}"[:500],
        ended_on=ends_on,
        ended_reason=reason.strip(),
    )
    arm_extension_decision(contract=contract, by=by, at=at, reason=reason.strip())
    return contract


def _settle_beside(contract, ends_on, words, *, by, at):
    """Cancel meetings planned after the last day and close improvement plans; notes of earlier ones stay owed."""
    for meeting in contract.meetings.filter(status=MeetingStatus.PLANNED, planned_on__gt=ends_on).order_by("number"):
        meetings.cancel_meeting(meeting=meeting, reason=words, by=by, at=at)
    for plan in contract.improvement_plans.exclude(status=PlanStatus.CLOSED).order_by("number"):
        improvement.close_plan(plan=plan, closing=words, by=by, at=at)


def lapse_options(contract, *, by, at, reason):
    """Options that nobody can take up any more lapse."""
    for option in contract.options.filter(status=OptionStatus.AVAILABLE).order_by("number"):
        words = f"Option {option.number} lapsed"
        workflow.move(
            option,
            OptionStatus.LAPSED,
            moves=OPTION_MOVES,
            verb="lapsed",
            by=by,
            at=at,
            reason=reason,
            summary=words,
        )
