"""What follows a decision: the provider's answer to an offer, and the notice the law asks for."""

from django.db import transaction

from records import obligations, workflow
from records.actions import log
from records.calendar import london_day
from records.refusals import refuse_if
from records.words import day_in_words

from ... import queries
from ...enums import OFFERS, OPTION_MOVES, ExtensionStepKind, OptionStatus
from ...models import ExtensionCase, ExtensionOption, ExtensionRuling
from ...notices import extensions as notices
from ...rules import extensions as rules
from .. import steps
from ..contracts import arm_extension_decision
from ..returns import owe_returns
from .locks import lock
from .opening import ANSWER, open_due_case

K = ExtensionStepKind


def _offer_of(case):
    """The offer of a locked case, or None."""
    rows = ExtensionRuling.objects.filter(case=case, outcome__in=OFFERS).select_related("decision")
    return rows.order_by("-number").first()


@transaction.atomic
def accept_offer(*, case, words="", by, at):
    """A signatory accepts: the option is taken up, the contract has a new end, and what hangs on it follows."""
    case, ruling = _answer(case, True, words, by=by, at=at)
    option, contract = case.option, case.contract
    workflow.move(
        option,
        OptionStatus.TAKEN_UP,
        moves=OPTION_MOVES,
        verb="taken_up",
        by=by,
        at=at,
        summary=f"Option {option.number} of {contract.name} is taken up",
    )
    if ruling.months != option.months:
        ExtensionOption.objects.filter(pk=option.pk).update(agreed_months=ruling.months)
    ends_on = queries.term(contract).ends_on
    reason = f"Option {option.number} taken up: the contract runs to {day_in_words(ends_on)}"
    log(contract, "extended", by=by, at=at, summary=reason)
    owe_returns(contract=contract, at=at, reason=reason)
    arm_extension_decision(contract=contract, by=by, at=at, reason=reason, late=True)
    notices.accepted(ruling, ends_on=ends_on, at=at)
    open_due_case(contract=contract, at=at)
    return case


@transaction.atomic
def refuse_offer(*, case, words, by, at):
    """A signatory refuses: the option is lost and the office hears of it at once."""
    refuse_if("" if words.strip() else "Say why you refuse.", case)
    case, ruling = _answer(case, False, words, by=by, at=at)
    option, contract = case.option, case.contract
    workflow.move(
        option,
        OptionStatus.REFUSED,
        moves=OPTION_MOVES,
        verb="refused",
        by=by,
        at=at,
        reason=words.strip(),
        summary=f"Option {option.number} of {contract.name} is refused by the provider",
    )
    log(contract, "extension_refused", by=by, at=at, reason=words.strip(), summary=f"Option {option.number} refused")
    steps.drop(case, K.NOTICE, by=by, at=at, note="The provider refused, so nothing changes")
    arm_extension_decision(contract=contract, by=by, at=at, reason="The provider refused")
    notices.refused(ruling, ends_on=queries.term(contract).ends_on, at=at)
    return case


def _answer(case, accepted, words, *, by, at):
    """Keep the answer on the offer; the locked case and its ruling."""
    case = lock(case)
    ruling = _offer_of(case)
    refuse_if(rules.why_not_reply(case, ruling, user=by, on=london_day(at)), case)
    ExtensionRuling.objects.filter(pk=ruling.pk).update(
        accepted=accepted, answered_at=at, answered_by=by, answer=words.strip()
    )
    ruling.refresh_from_db()
    ruling.case = case
    closing = "The provider accepted" if accepted else "The provider refused"
    obligations.close(case, ANSWER, by=by, at=at, period="offer", closing=closing)
    log(case, "offer_accepted" if accepted else "offer_refused", by=by, at=at, reason=words.strip(),
        summary=f"{case}: {closing.lower()}")  # fmt: skip
    return case, ruling


@transaction.atomic
def record_notice(*, case, needed, reference="", published_on=None, reason="", by, at):
    """The notice was published; or, with a reason, none is needed."""
    case, on = lock(case), london_day(at)
    refuse_if(rules.why_not_record_notice(case, user=by, on=on), case)
    wrong = rules.why_not_this_notice(
        needed=needed, reference=reference, published_on=published_on, reason=reason, on=on
    )
    refuse_if(wrong, case)
    if needed:
        said = {"notice_needed": True, "notice_reference": reference.strip(), "notice_published_on": published_on}
        note = f"Notice {reference.strip()} published"
        steps.meet(case, K.NOTICE, by=by, at=at, note=note)
    else:
        said, note = {"notice_needed": False}, "No notice is needed, as advised"
        steps.drop(case, K.NOTICE, by=by, at=at, note=note)
    ExtensionCase.objects.filter(pk=case.pk).update(**said)
    case.refresh_from_db()
    log(case, "notice_recorded", by=by, at=at, reason=reason.strip(), summary=f"{case}: {note}")
    return case
