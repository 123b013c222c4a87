"""The second approval of an extension outside the original terms, by somebody else (S2)."""

from django.db import transaction

from records import obligations, workflow
from records.actions import record_decision
from records.calendar import london_day
from records.enums import DecisionOutcome
from records.refusals import refuse_if

from ... import queries
from ...enums import EXTENSION_MOVES, ExtensionOutcome, ExtensionStatus, ExtensionStepKind
from ...letters import extensions as letters
from ...models import ExtensionRuling
from ...notices import extensions as notices
from ...queries.change_notices import NoticeNeed
from ...rules import extensions as rules
from .. import steps
from ..variations import make_outside_terms
from .deciding import decided, keep_letter, next_number, returns_of, title_of
from .locks import lock
from .opening import SECOND

O = ExtensionOutcome  # noqa: E741 (the outcomes, many times over)
K = ExtensionStepKind


def waiting_ruling(case):
    """The ruling of a locked case that waits for its second approver, or None."""
    rows = ExtensionRuling.objects.filter(case=case, outcome=O.OUTSIDE, second_approved_at__isnull=True)
    return rows.select_related("decision__made_by").order_by("-number").first()


@transaction.atomic
def approve_second(*, case, by, at):
    """The second approver agrees: the contract runs on outside its original terms. Returns the ruling."""
    case = lock(case)
    ruling = waiting_ruling(case)
    refuse_if(rules.why_not_second(case, ruling, user=by, on=london_day(at)), case)
    was, decision, contract = queries.term(case.contract).ends_on, ruling.decision, case.contract
    stamps = {"second_approved_at": at, "second_approved_by": by}
    ExtensionRuling.objects.filter(pk=ruling.pk).update(**stamps)
    make_outside_terms(
        contract=contract,
        ends_on=ruling.ends_on,
        reason=decision.reason,
        legal_basis=ruling.legal_basis,
        decision=decision,
        second_by=by,
        by=decision.made_by,
        at=at,
    )
    case = lock(case)
    ruling.refresh_from_db()
    ruling.case = case
    decided(case, ruling, need=NoticeNeed(case.notice_needed, ()), by=by, at=at)
    paper = letters.outside_terms(ruling, was=was, returns=returns_of(case.contract), by=by, at=at)
    keep_letter(ruling, paper, by=by, at=at)
    notices.runs_on(ruling, paper=paper, at=at)
    ruling.refresh_from_db()
    return ruling


@transaction.atomic
def refuse_second(*, case, reason, by, at):
    """The second approver does not agree: the register says so, and the case is prepared again or closed."""
    case = lock(case)
    ruling = waiting_ruling(case)
    refuse_if(rules.why_not_second(case, ruling, user=by, on=london_day(at)), case)
    refuse_if("" if reason.strip() else "Say why you do not agree.", case)
    decision = record_decision(
        title=f"{title_of(case)}: second approval of {ruling.decision.reference} refused"[:300],
        outcome=DecisionOutcome.DECLINED,
        reason=reason.strip(),
        post=letters.post_of(by, case.contract, on=london_day(at)),
        advice=case.advice,
        cfo_comment=case.cfo_comment,
        by=by,
        at=at,
    )
    second = ExtensionRuling.objects.create(case=case, number=next_number(case), outcome=O.DECLINE, decision=decision)
    workflow.move(
        case,
        ExtensionStatus.PREPARING,
        moves=EXTENSION_MOVES,
        verb="second_refused",
        by=by,
        at=at,
        reason=reason.strip(),
        summary=f"{case}: the second approver did not agree",
        cfo_comment="",
        cfo_commented_at=None,
        cfo_commented_by=None,
    )
    obligations.close(case, SECOND, by=by, at=at, closing="The second approver did not agree")
    steps.reopen(case, K.ADVICE, K.FINANCE, K.DECISION, on=london_day(at))
    notices.second_refused(ruling, reason.strip(), by=by, at=at)
    return second
