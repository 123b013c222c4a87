"""The returns a provider owes under its contract: owed by the pattern of its rule set, moved with its days (S4)."""

import logging

from django.db import transaction

from plans import queries as reporting
from plans.actions import owing
from records import calendar
from records.actions import log
from records.enums import ObligationKind
from records.models import Obligation
from records.refusals import refuse_if

from .. import notices, queries, rules
from ..enums import ContractStatus
from ..models import Contract

logger = logging.getLogger(__name__)
ENTERED = "The contract was entered, or its dates changed"
EVENT_MOVED = "The event the day is counted from has moved"


def owe_returns(*, contract, by=None, at, reason=ENTERED, anew=False):
    """Owe what the pattern of the contract asks for and is still to come, and move what is owed; gives the changes.

    `anew`: the contract keeps the pattern of its rule set as it stands now, in place of the one it had.
    What was due before the portal knew of it is past: nobody owes it now. The provider's writers are
    told when a day moves, or when somebody in the office asks for returns; a plan file tells nobody.
    """
    if anew:
        contract.reporting = reporting.reporting_record(contract.rule_set)
        contract.save(update_fields=["reporting"])
    if contract.status != ContractStatus.LIVE or not contract.provider_id:
        return []
    on = calendar.london_day(at)
    known = set(Obligation.objects.about(contract).filter(kind=ObligationKind.RETURN).values_list("period", flat=True))
    wanted = reporting.owed_under(
        reporting.patterns_kept(contract),
        starts_on=contract.starts_on,
        ends=queries.ends_of(contract),
        made_on=contract.starts_on,
    )
    changes = owing.redate(
        contract,
        [row for row in wanted if row.due_on >= on or row.period in known],
        name=contract.name,
        organisation=contract.provider,
        by=by,
        at=at,
        reason=reason,
    )
    if changes:
        told = {change.obligation.period: [_day(change.was), _day(change.now)] for change in changes}
        log(contract, "returns_owed", by=by, at=at, reason=reason, summary="Returns owed or moved", changes=told)
    if by or any(change.was for change in changes):
        notices.returns_owed(contract, changes, reason=reason, at=at)
    return changes


def _day(day):
    return day.isoformat() if day else ""


@transaction.atomic
def give_rule_set(*, contract, rule_set, reason, by, at):
    """Put a contract under a rule set: its returns are owed by that set's pattern as it stands now."""
    contract = Contract.objects.select_for_update().get(pk=contract.pk)
    on = calendar.london_day(at)
    refuse_if(rules.why_not_give_rule_set(contract, user=by, on=on, rule_set=rule_set, reason=reason), contract)
    was = contract.rule_set.key if contract.rule_set else ""
    contract.rule_set = rule_set
    contract.save(update_fields=["rule_set"])
    changes = {"rule_set": [was, rule_set.key]}
    summary = f"Contract put under the rules “{rule_set.name}”"
    log(contract, "rules_given", by=by, at=at, reason=reason.strip(), summary=summary, changes=changes)
    owe_returns(contract=contract, by=by, at=at, reason=reason.strip(), anew=True)
    return contract


def redate_event_returns(*, at):
    """Move what is counted from an event whose day has moved, for each contract; see the same of awards."""
    moved = []
    for pk in list(queries.counting_from_events().values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                contract = queries.counting_from_events().select_for_update(of=("self",)).get(pk=pk)
                changes = owe_returns(contract=contract, at=at, reason=EVENT_MOVED)
        except Exception:  # whatever is wrong with one contract, the others are owed their days
            logger.exception("The returns of contract %s could not follow an event; it is tried again tomorrow.", pk)
            continue
        moved += [contract] if changes else []
    return moved
