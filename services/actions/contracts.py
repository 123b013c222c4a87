"""Writes of commissioned services: contracts come in, and the next extension decision is kept in the diary."""

from django.db import transaction

from plans.models import MovableEvent
from plans.queries import reporting_record
from records import calendar, obligations
from records.actions import log, next_reference
from records.enums import ObligationKind
from records.models import Obligation
from records.refusals import refuse_if

from .. import queries, rules
from ..enums import ContractStatus, OptionStatus, ServiceState
from ..models import AdditionalService, Contract, ExtensionOption
from .returns import owe_returns
from .steps import redate

KIND = ObligationKind.EXTENSION_DECISION


@transaction.atomic
def import_contract(
    *,
    key,
    stream,
    provider,
    rule_set=None,
    name,
    starts_on,
    initial_months,
    options=(),
    additional_services=(),
    by=None,
    at,
    **details,
):
    """Write a contract from a plan file once per key, with its options and services; a second time changes nothing.

    Options taken up in the past are recorded facts: nobody is told of them. Where it names a rule
    set, the returns that are still to come are owed. `details` are its further columns.
    """
    if known := Contract.objects.filter(key=key).first():
        return known
    contract = Contract.objects.create(
        reference=next_reference("CT", starts_on.year),
        key=key,
        stream=stream,
        provider=provider,
        rule_set=rule_set,
        reporting=reporting_record(rule_set) if rule_set else None,
        name=name,
        starts_on=starts_on,
        initial_months=initial_months,
        **details,
    )
    ExtensionOption.objects.bulk_create(_option(contract, number, row) for number, row in enumerate(options, start=1))
    AdditionalService.objects.bulk_create(
        AdditionalService(
            contract=contract,
            name=row["name"],
            state=row.get("state") or ServiceState.DELIVERED,
            source=row.get("source") or "",
        )
        for row in additional_services
    )
    log(contract, "loaded", by=by, at=at, summary=f"Contract entered: {name}")
    arm_extension_decision(contract=contract, by=by, at=at)
    owe_returns(contract=contract, by=by, at=at)
    return contract


def _option(contract, number, row):
    status = row.get("status") or OptionStatus.AVAILABLE
    return ExtensionOption(
        contract=contract,
        number=row.get("number") or number,
        months=row.get("months") or 12,
        notice_months=row.get("notice_months"),
        printed_window=row.get("printed_window") or "",
        window_starts_on=row.get("window_starts_on"),
        window_ends_on=row.get("window_ends_on"),
        status=status,
        is_recorded=status != OptionStatus.AVAILABLE,
        inferred=bool(row.get("inferred")),
        source=row.get("source") or "",
    )


@transaction.atomic
def arm_extension_decision(*, contract, by=None, at, reason="The dates of the contract changed", late=False):
    """Keep one open obligation for the next option to decide, due on its decide-by day; return it or None.

    None is written where no source gives a date, where the contract has ended, or where the day had
    passed before we knew of it: a past fact reminds nobody. `late`: it is no past fact, owe it all the same.
    The steps of a case that is open follow the day.
    """
    ahead = queries.term(contract).next_option if contract.status == ContractStatus.LIVE else None
    due_on = ahead.decide_by if ahead else None
    subject_ids = list(contract.options.values_list("pk", flat=True))
    rows = Obligation.objects.open().filter(
        kind=KIND, subject_type=ExtensionOption._meta.label, subject_id__in=subject_ids
    )
    for row in rows.select_for_update():
        if ahead and due_on and row.subject_id == ahead.option.pk:
            if row.due_on != due_on:
                obligations.move_due(row, due_on=due_on, by=by, at=at, reason=reason)
            Obligation.objects.filter(pk=row.pk).update(anchor=ahead.why[:120])
            redate(contract, by=by, at=at, reason=reason)
            return row
        option = next(option for option in contract.options.all() if option.pk == row.subject_id)
        obligations.close(option, KIND, at=at, by=by, closing="No longer the next decision")
    redate(contract, by=by, at=at, reason=reason)
    on = calendar.london_day(at)
    if not ahead or not due_on or on >= ahead.starts_on or (due_on < on and not late):
        return None
    return obligations.owe(
        ahead.option,
        KIND,
        title=f"Decide whether to extend {contract.name} (option {ahead.option.number})"[:300],
        due_on=due_on,
        link=contract.get_absolute_url(),
        period=f"option {ahead.option.number}",
        starts_on=ahead.starts_on,
        ends_on=ahead.ends_on,
        anchor=ahead.why[:120],
        source=ahead.option.source,
    )


@transaction.atomic
def set_decide_by(
    *,
    option,
    notice_months,
    printed_window,
    window_starts_on,
    window_ends_on,
    event=None,
    event_days=None,
    reason,
    by,
    at,
):
    """Set what the time of a decision follows from, with a reason; its reminders and steps follow the new date."""
    Contract.objects.select_for_update().get(pk=option.contract_id)
    option = ExtensionOption.objects.select_for_update().select_related("contract").get(pk=option.pk)
    refuse_if(rules.why_not_set_decide_by(option, user=by, on=calendar.london_day(at)), option)
    refuse_if(
        rules.why_not_this_window(
            option,
            notice_months=notice_months,
            window_starts_on=window_starts_on,
            window_ends_on=window_ends_on,
            event=event,
            event_days=event_days,
        ),
        option,
    )
    wanted = {
        "notice_months": notice_months,
        "printed_window": printed_window,
        "window_starts_on": window_starts_on,
        "window_ends_on": window_ends_on,
        "event": event,
        "event_days": event_days,
    }
    changes = {
        name: [_plain(getattr(option, name)), _plain(value)]
        for name, value in wanted.items()
        if getattr(option, name) != value
    }
    if not changes:
        return option
    ExtensionOption.objects.filter(pk=option.pk).update(**wanted)
    option.refresh_from_db()
    contract = Contract.objects.get(pk=option.contract_id)
    summary = f"Option {option.number}: time of the decision changed"
    for subject in (contract, option):
        log(subject, "date_moved", by=by, at=at, reason=reason, summary=summary, changes=changes)
    redate(contract, by=by, at=at, reason=reason, anew=True)
    arm_extension_decision(contract=contract, by=by, at=at, reason=reason)
    return option


def _plain(value):
    if isinstance(value, MovableEvent):
        return value.name
    return value.isoformat() if hasattr(value, "isoformat") else value
