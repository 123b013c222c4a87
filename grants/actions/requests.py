"""A change of an award that its recipient asks for: written, sent, answered, applied by itself (X3)."""

from decimal import Decimal

from django.db import transaction

from plans.enums import ApprovalLevel
from plans.models import RuleSet
from plans.rules import why_not_decide_as
from records import obligations, workflow
from records.actions import log, next_reference, record_decision
from records.calendar import add_working_days, london_day
from records.enums import DecisionOutcome, ObligationKind
from records.models import Decision
from records.refusals import refuse_if

from ..enums import REQUEST_MOVES, RequestStatus
from ..letters import requests as letters
from ..models import VariationRequest
from ..notices import requests as notices
from ..queries import changes, effects
from ..rules import requests as rules
from . import changes as applying
from .locks import lock_award

ANSWER, QUESTION = ObligationKind.REQUEST_ANSWER, ObligationKind.REQUEST_QUESTION


def lock(request):
    """The award, then the request, both as they now are."""
    award = lock_award(request.award)
    request = VariationRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    request.award = award
    return request


@transaction.atomic
def start_request(*, award, kind, reason, after, by, at):
    """Begin to ask for a change: a draft that only the recipient sees."""
    award = lock_award(award)
    refuse_if(rules.why_not_request(award, user=by, kind=kind), award)
    before = changes.standing(award, kind)
    refuse_if(rules.why_not_so(award, kind, before, after, reason=reason, on=london_day(at)), award)
    request = VariationRequest.objects.create(
        reference=next_reference("RQ", at.year),
        award=award,
        kind=kind,
        reason=reason.strip(),
        before=before,
        after=after,
        started_at=at,
        started_by=by,
    )
    log(request, "started", by=by, at=at, summary=f"Request started: {request.get_kind_display().lower()}")
    return request


@transaction.atomic
def save_request(*, request, reason, after, version, by, at):
    """Write a draft, or a request sent back, anew; what stands now is read again."""
    request = lock(request)
    refuse_if(rules.why_not_write(request, user=by), request)
    refuse_if(workflow.STALE if version != request.version else "", request)
    before = changes.standing(request.award, request.kind)
    wrong = rules.why_not_so(request.award, request.kind, before, after, reason=reason, on=london_day(at))
    refuse_if(wrong, request)
    request.reason, request.before, request.after = reason.strip(), before, after
    request.version += 1
    request.save(update_fields=["reason", "before", "after", "version"])
    log(request, "saved", by=by, at=at, summary="Request written anew")
    return request


@transaction.atomic
def submit_request(*, request, by, at):
    """Send a request to the office with its effect as worked out now; the office owes an answer."""
    request = lock(request)
    on = london_day(at)
    refuse_if(rules.why_not_submit(request, user=by, on=on), request)
    effect = effects.effect_of(request.award, request.kind, request.before, request.after, on=on)
    obligations.close(request, QUESTION, by=by, at=at, closing="Answered")
    _move(
        request,
        RequestStatus.SUBMITTED,
        "submitted",
        "Request sent to the office",
        by=by,
        at=at,
        effect=effect,
        level=rules.level_for(request.award, request.kind, effect),
        submitted_at=at,
        submitted_by=by,
    )
    _owe_answer(request, on)
    notices.request_submitted(request, at=at)
    return request


def _rules(request):
    """The rules of the award; those every rule set begins with where it has none."""
    return request.award.rule_set or RuleSet()


def _owe_answer(request, on):
    obligations.owe(
        request,
        ANSWER,
        title=f"Answer {request.reference} of {request.award.recipient.name}: {request.get_kind_display()}"[:300],
        due_on=add_working_days(on, _rules(request).review_working_days),
        link=request.get_absolute_url(),
        anchor="request sent",
    )


@transaction.atomic
def ask_about_request(*, request, question, by, at):
    """Send a request back with a question; its people may write it anew."""
    request = lock(request)
    refuse_if(rules.why_not_ask(request, user=by), request)
    refuse_if("" if question.strip() else "Write the question.", request)
    obligations.close(request, ANSWER, by=by, at=at, closing="Sent back with a question")
    _move(request, RequestStatus.RETURNED, "returned", "Sent back with a question", by=by, at=at,
          reason=question, question=question.strip())  # fmt: skip
    owed = obligations.owe(
        request,
        QUESTION,
        title=f"Answer the question about {request.reference}",
        organisation=request.award.recipient,
        due_on=add_working_days(london_day(at), _rules(request).query_working_days),
        link=request.get_absolute_url(),
        anchor="question asked",
    )
    notices.request_returned(request, owed, at=at)
    return request


@transaction.atomic
def withdraw_request(*, request, reason="", by, at):
    """Take a request back before it is decided."""
    request = lock(request)
    refuse_if(rules.why_not_withdraw(request, user=by), request)
    was_sent = request.submitted_at is not None
    _move(request, RequestStatus.WITHDRAWN, "withdrawn", "Request withdrawn", by=by, at=at, reason=reason)
    for kind in (ANSWER, QUESTION):
        obligations.close(request, kind, by=by, at=at, closing="Withdrawn")
    if was_sent:
        notices.request_withdrawn(request, at=at)
    return request


@transaction.atomic
def advise_on_request(*, request, advice, by, at):
    """Put a request before who decides on it, with an officer's advice."""
    request = lock(request)
    refuse_if(rules.why_not_advise(request, user=by), request)
    refuse_if("" if advice.strip() else "Write your advice.", request)
    stamps = {"advice": advice.strip(), "advised_by": by, "advised_at": at}
    _move(request, RequestStatus.AWAITING_DECISION, "advised", "Put to a decision", by=by, at=at, **stamps)
    notices.request_waits(request, at=at)
    return request


@transaction.atomic
def send_back_request(*, request, reason, by, at):
    """Who decides gives the request back to the officers, to ask or to advise anew."""
    request = lock(request)
    refuse_if(rules.why_not_send_back(request, user=by), request)
    refuse_if("" if reason.strip() else "Say what the officers should look at.", request)
    _move(request, RequestStatus.SUBMITTED, "given_back", "Given back to the officers", by=by, at=at, reason=reason)
    notices.request_given_back(request, reason=reason.strip(), at=at)
    return request


@transaction.atomic
def decide_request(*, request, outcome, answer, by, at):
    """Approve the change, which is then part of the award, or refuse it; the recipient is told with a letter."""
    request = lock(request)
    on = london_day(at)
    effect = effects.effect_of(request.award, request.kind, request.before, request.after, on=on)
    refuse_if(rules.why_not_decide(request, user=by, on=on, effect=effect), request)
    refuse_if(rules.why_not_decide_so(request, outcome=outcome, answer=answer, on=on), request)
    level = rules.higher(request.level, rules.level_for(request.award, request.kind, effect))
    decision = _register(request, level, outcome, answer, effect, by=by, at=at)
    approved = outcome == DecisionOutcome.APPROVED
    stamps = {"effect": effect, "level": level, "outcome": outcome, "answer": answer.strip(), "decision": decision}
    if approved:
        stamps["variation"] = applying.apply_change(request, decision=decision, by=by, at=at)
    to, verb = (RequestStatus.APPROVED, "approved") if approved else (RequestStatus.REFUSED, "refused")
    _move(request, to, verb, f"Request {verb}", by=by, at=at, reason=answer, decided_at=at, decided_by=by, **stamps)
    obligations.close(request, ANSWER, by=by, at=at, closing=f"Request {verb}")
    paper = letters.request_letter(request, by=by, at=at)
    notices.request_decided(request, paper=paper, at=at)
    return request


def _register(request, level, outcome, answer, effect, *, by, at):
    """The entry of the register: no change gives new money. What an officer agrees to stands with the award alone."""
    if level == ApprovalLevel.OFFICER:
        return None
    amount = Decimal(effect["amount"])
    _, delegation = why_not_decide_as(by, stream=request.award.stream, amount=amount, on=london_day(at))
    decision = record_decision(
        title=f"{request.award.reference} {request.award.recipient.name}: {request.get_kind_display().lower()}"[:300],
        outcome=outcome,
        amount=Decimal(0) if outcome == DecisionOutcome.APPROVED else None,
        purpose=request.reason,
        reason=answer.strip(),
        advice=request.advice,
        post=delegation.get_post_display() if delegation else letters.post_of(by, request.award),
        delegation_reference=delegation.reference if delegation else "",
        by=by,
        at=at,
    )
    Decision.objects.filter(pk=decision.pk).update(offered_at=at, offered_by=by)
    return decision


def _move(request, to, verb, words, *, by, at, reason="", **stamps):
    award = request.award
    summary = f"{words}: {request.get_kind_display().lower()}"
    moved = {"moves": REQUEST_MOVES, "verb": verb, "by": by, "at": at, "reason": reason.strip(), "summary": summary}
    workflow.move(request, to, **moved, **stamps)
    request.award = award
    log(award, f"request_{verb}", by=by, at=at, summary=f"{request.reference}: {summary.lower()}")
