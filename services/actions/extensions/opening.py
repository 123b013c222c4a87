"""A case opens, by the sweep or by hand, and closes when there is nothing left to decide."""

from django.db import transaction

from records import calendar, obligations, workflow
from records.actions import log
from records.enums import ObligationKind
from records.refusals import refuse_if
from records.words import day_in_words

from ... import queries
from ...enums import EXTENSION_MOVES, OPTION_MOVES, ContractStatus, ExtensionStatus, OptionStatus
from ...models import ExtensionCase
from ...notices import extensions as notices
from ...queries import extensions, steps
from ...rules import extensions as rules
from .. import steps as stepping
from ..contracts import arm_extension_decision
from .locks import lock, lock_contract

ANSWER, DECISION = ObligationKind.EXTENSION_ANSWER, ObligationKind.EXTENSION_DECISION
SECOND = ObligationKind.VARIATION_DECISION
PASSED = "Its first day came before it was taken up"


@transaction.atomic
def open_case(*, contract, decide_by=None, reason, by, at):
    """Open a case by hand: for the next option, or outside the original terms once none is left.

    An option whose first day has passed unused is recorded as lapsed first.
    """
    contract, on = lock_contract(contract), calendar.london_day(at)
    refuse_if(rules.why_not_open(contract, user=by, on=on), contract)
    refuse_if(rules.why_not_open_so(contract, decide_by=decide_by, reason=reason, on=on), contract)
    ahead = extensions.usable_option(contract, on)
    if ahead is None and (passed := queries.term(contract).next_option):
        lapse(passed.option, contract, by=by, at=at, reason=f"{PASSED}. {reason.strip()}")
    case = _open(contract, ahead, decide_by=decide_by, by=by, at=at, reason=reason.strip())
    if ahead is None:
        obligations.owe(
            case,
            DECISION,
            title=f"Decide whether to extend {contract.name} outside its original terms"[:300],
            due_on=case.decide_by,
            link=case.get_absolute_url(),
            period="outside",
            anchor="Set by the office",
        )
    return case


def _open(contract, ahead, *, decide_by=None, by, at, reason=""):
    last = ExtensionCase.objects.filter(contract=contract).order_by("-number").first()
    case = ExtensionCase.objects.create(
        contract=contract,
        option=ahead.option if ahead else None,
        number=last.number + 1 if last else 1,
        decide_by=(ahead.decide_by if ahead else None) or decide_by,
        opened_at=at,
    )
    evidence_by = ahead.evidence_by if ahead else None
    stepping.owe_steps(case, on=calendar.london_day(at), evidence_by=evidence_by)
    summary = f"{case}: opened, to be decided by {day_in_words(case.decide_by)}"
    log(case, "opened", by=by, at=at, reason=reason, summary=summary)
    log(contract, "extension_opened", by=by, at=at, reason=reason, summary=summary)
    notices.case_opened(case, at=at)
    return case


@transaction.atomic
def open_due_case(*, contract, at):
    """Open the case about the next option of a contract if its day has come and none was opened; else None.

    Only a decision that stands in the diary: what was past when it was entered asks nobody for anything.
    """
    contract, on = lock_contract(contract), calendar.london_day(at)
    ahead = extensions.usable_option(contract, on)
    if ahead is None or ahead.decide_by is None or not contract.provider_id:
        return None
    if on < steps.opens_on(ahead.decide_by, ahead.evidence_by):
        return None
    if extensions.open_case_of(contract) or extensions.case_of(ahead.option) or not extensions.in_diary(ahead.option):
        return None
    return _open(contract, ahead, by=None, at=at)


@transaction.atomic
def close_case(*, case, reason, by, at):
    """Close a case opened by hand that is no longer needed, with the reason."""
    case = lock(case)
    refuse_if(rules.why_not_close(case, user=by, on=calendar.london_day(at)), case)
    refuse_if("" if reason.strip() else "Say why the case is closed.", case)
    return shut(case, by=by, at=at, reason=reason.strip())


def shut(case, *, by, at, reason):
    """Close a locked case that needs no decision any more; nothing about it is owed from then on."""
    workflow.move(
        case,
        ExtensionStatus.CLOSED,
        moves=EXTENSION_MOVES,
        verb="closed",
        by=by,
        at=at,
        reason=reason,
        summary=f"{case}: closed without a decision",
    )
    stepping.drop(case, by=by, at=at, note="The case was closed")
    settle(case, by=by, at=at, closing="The case was closed")
    return case


def settle(case, *, by, at, closing):
    """Close what stands in the diary about the decision of a case: the decision, an answer, a second approval."""
    for subject, kind in ((case, DECISION), (case, ANSWER), (case, SECOND), (case.option, DECISION)):
        if subject is not None:
            obligations.close(subject, kind, by=by, at=at, closing=closing)


def lapse(option, contract, *, by, at, reason):
    """A locked contract's option is lost; its open case closes, and the head and the commissioner's office are told."""
    was_offered = option.status == OptionStatus.OFFERED
    option.contract = contract
    workflow.move(
        option,
        OptionStatus.LAPSED,
        moves=OPTION_MOVES,
        verb="lapsed",
        by=by,
        at=at,
        reason=reason,
        summary=f"Option {option.number} of {contract.name} has lapsed",
    )
    option.contract = contract
    log(contract, "option_lapsed", by=by, at=at, reason=reason, summary=f"Option {option.number} has lapsed")
    case = extensions.case_of(option)
    if case and case.status in (ExtensionStatus.PREPARING, ExtensionStatus.ADVISED):
        shut(lock(case), by=by, at=at, reason=reason)
    elif case:
        settle(case, by=by, at=at, closing="The option has lapsed")
    ends_on = queries.term(contract).ends_on
    arm_extension_decision(contract=contract, by=by, at=at, reason=reason)
    notices.lapsed(option, was_offered=was_offered, ends_on=ends_on, at=at)


@transaction.atomic
def lapse_passed_option(*, contract, at):
    """Let the next option of a contract lapse if its first day has come and it had been in the diary; else None."""
    contract, on = lock_contract(contract), calendar.london_day(at)
    line = next((line for line in queries.term(contract).options if line.option.status != OptionStatus.TAKEN_UP), None)
    if contract.status != ContractStatus.LIVE or line is None or line.option.status not in extensions.WAITING:
        return None
    if on < line.starts_on or not extensions.in_diary(line.option):
        return None
    lapse(line.option, contract, by=None, at=at, reason=PASSED)
    return line.option
