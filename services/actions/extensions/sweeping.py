"""The daily look at every contract: dates followed, cases opened, options that were lost said to be lost (S2)."""

import logging

from django.db import transaction

from ...enums import ExtensionStatus, OptionStatus
from ...queries import extensions
from ..contracts import arm_extension_decision
from ..steps import redate
from .locks import lock, lock_contract
from .opening import lapse_passed_option, open_due_case, shut

logger = logging.getLogger(__name__)
OPEN = (ExtensionStatus.PREPARING, ExtensionStatus.ADVISED)
MOVED = "The day the decision hangs on has moved"


def prepare_decisions(*, at):
    """Follow dates that moved, let lapse what was not taken up in time, open the cases whose day has come.

    Right on any day and twice on the same one; what is wrong with one contract leaves the others to be
    done. Returns the cases opened.
    """
    shut_moot_cases(at=at)
    opened = []
    for contract in list(extensions.with_options_ahead()):
        try:
            with transaction.atomic():
                follow_dates(contract=contract, at=at)
                if lapse_passed_option(contract=contract, at=at) is None:
                    opened += filter(None, [open_due_case(contract=contract, at=at)])
        except Exception:  # whatever is wrong with one contract, the others are decided in time
            logger.exception("The extension decisions of contract %s could not be prepared.", contract.pk)
    return opened


@transaction.atomic
def follow_dates(*, contract, at):
    """Move the next decision, and the steps towards it, of a contract whose decision waits for an event."""
    if not any(option.event_id for option in contract.options.all()):
        return None
    contract = lock_contract(contract)
    arm_extension_decision(contract=contract, at=at, reason=MOVED)
    return redate(contract, at=at, reason=MOVED)


def shut_moot_cases(*, at):
    """Close the open cases about an option that was settled in another way, so that nobody is reminded of them."""
    for case in extensions.moot_cases():
        with transaction.atomic():
            case = lock(case)
            if case.status in OPEN and case.option.status != OptionStatus.AVAILABLE:
                shut(case, by=None, at=at, reason=f"The option is {case.option.get_status_display().lower()}")
