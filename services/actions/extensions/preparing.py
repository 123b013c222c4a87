"""What leads to an extension decision: the provider asked, the evidence, the advice, the comment on the money."""

from django.db import transaction

from records import obligations, workflow
from records.actions import log
from records.calendar import add_working_days, london_day
from records.enums import ObligationKind
from records.refusals import refuse_if

from ...enums import EXTENSION_MOVES, ExtensionStatus, ExtensionStepKind
from ...letters import extensions as letters
from ...models import ExtensionCase
from ...notices import extensions as notices
from ...queries import change_notices, extensions
from ...queries import steps as dating
from ...rules import extensions as rules
from .. import steps
from .locks import lock

K = ExtensionStepKind
ANSWER = ObligationKind.EXTENSION_ANSWER


@transaction.atomic
def ask_provider(*, case, words, by, at):
    """Ask the provider, by letter, whether it is willing to go on; it owes an answer. Returns the case."""
    case, on = lock(case), london_day(at)
    refuse_if(rules.why_not_ask_provider(case, user=by, on=on), case)
    refuse_if("" if words.strip() else "Write what you ask the provider.", case)
    ExtensionCase.objects.filter(pk=case.pk).update(
        asked_at=at, asked_by=by, provider_willing=None, provider_answer="", answered_at=None, answered_by=None
    )
    answer_by = _answer_by(case, on)
    owed = obligations.owe(
        case,
        ANSWER,
        title=f"Say whether you are willing to go on: {case.contract.name}"[:300],
        organisation=case.contract.provider,
        due_on=answer_by,
        link=case.get_absolute_url(),
        period="willing",
        anchor="asked",
    )
    line = rules.option_term(case) if case.option else None
    paper = letters.question(case, words=words.strip(), answer_by=answer_by, line=line, by=by, at=at)
    steps.meet(case, K.PROVIDER_ASKED, by=by, at=at, note="The provider was asked by letter")
    log(case, "provider_asked", by=by, at=at, summary=f"{case}: the provider was asked whether it is willing")
    notices.provider_asked(case, words.strip(), paper=paper, owed=owed, at=at)
    case.refresh_from_db()
    return case


def _answer_by(case, on):
    """So many working days from now, but not after the decide-by day while that is ahead."""
    usual, last = add_working_days(on, dating.ANSWER_DAYS), dating.last_working_day(case.decide_by)
    return min(usual, last) if last > on else usual


@transaction.atomic
def answer_ask(*, case, willing, words, by, at):
    """A lead or signatory of the provider says whether it is willing to go on."""
    case = lock(case)
    refuse_if(rules.why_not_answer_ask(case, user=by, on=london_day(at)), case)
    refuse_if("" if willing or words.strip() else "Say why you are not willing to go on.", case)
    ExtensionCase.objects.filter(pk=case.pk).update(
        provider_willing=willing, provider_answer=words.strip(), answered_at=at, answered_by=by
    )
    case.refresh_from_db()
    obligations.close(case, ANSWER, by=by, at=at, period="willing", closing="Answered")
    said = "is willing to go on" if willing else "is not willing to go on"
    summary = f"{case}: {case.contract.provider.name} {said}"
    log(case, "provider_answered", by=by, at=at, reason=words.strip(), summary=summary)
    notices.provider_answered(case, at=at)
    return case


@transaction.atomic
def ready_evidence(*, case, lapse_effect, by, at):
    """The evidence is complete, with what it would mean if the contract were not extended."""
    case = lock(case)
    refuse_if(rules.why_not_ready_evidence(case, user=by, on=london_day(at)), case)
    refuse_if("" if lapse_effect.strip() else "Write what it would mean if the contract were not extended.", case)
    ExtensionCase.objects.filter(pk=case.pk).update(lapse_effect=lapse_effect.strip())
    case.refresh_from_db()
    steps.meet(case, K.EVIDENCE, by=by, at=at, note="What a lapse would mean was written down")
    log(case, "evidence_ready", by=by, at=at, summary=f"{case}: evidence ready")
    return case


@transaction.atomic
def give_advice(*, case, recommended, months=None, ends_on=None, legal_basis="", lapse_effect, advice, pack, by, at):
    """Give the officer's advice with the evidence frozen in `pack`; the case then waits for its decision."""
    case, on = lock(case), london_day(at)
    refuse_if(rules.why_not_give_advice(case, user=by, on=on), case)
    worded = {"recommended": recommended, "months": months, "ends_on": ends_on, "legal_basis": legal_basis}
    wrong = rules.why_not_advise_so(case, **worded, advice=advice, lapse_effect=lapse_effect, on=on)
    refuse_if(wrong, case)
    need = need_of(case, outcome=recommended, months=months, ends_on=ends_on)
    workflow.move(
        case,
        ExtensionStatus.ADVISED,
        moves=EXTENSION_MOVES,
        verb="advised",
        by=by,
        at=at,
        summary=f"{case}: advice given",
        recommended=recommended,
        recommended_months=months,
        recommended_ends_on=ends_on,
        legal_basis=legal_basis.strip(),
        lapse_effect=lapse_effect.strip(),
        advice=advice.strip(),
        advised_at=at,
        advised_by=by,
        pack=pack,
        notice_needed=need.needed,
        notice_working=need.words,
        cfo_comment="",
        cfo_commented_at=None,
        cfo_commented_by=None,
    )
    steps.meet(case, K.EVIDENCE, by=by, at=at, note="The evidence was frozen with the advice")
    steps.meet(case, K.ADVICE, by=by, at=at, note="Advice was given")
    notices.advised(case, at=at)
    return case


def need_of(case, *, outcome, months, ends_on, amount=None):
    """Whether the law asks for a notice before this outcome; without an amount, the value as the records have it."""
    period = extensions.period_of(case, outcome=outcome, months=months, ends_on=ends_on)
    starts_on, ends_on = period or (None, None)
    if period and amount is None:
        amount = extensions.value_of(case.contract, starts_on, ends_on)
    return change_notices.notice_need(
        case.contract, outcome=outcome, starts_on=starts_on, ends_on=ends_on, amount=amount
    )


@transaction.atomic
def comment(*, case, words, by, at):
    """The chief finance officer comments on the money; the decision can then be made."""
    case = lock(case)
    refuse_if(rules.why_not_comment(case, user=by, on=london_day(at)), case)
    refuse_if("" if words.strip() else "Write the comment.", case)
    ExtensionCase.objects.filter(pk=case.pk).update(cfo_comment=words.strip(), cfo_commented_at=at, cfo_commented_by=by)
    case.refresh_from_db()
    steps.meet(case, K.FINANCE, by=by, at=at, note="The chief finance officer commented")
    log(case, "finance_commented", by=by, at=at, summary=f"{case}: comment on the money")
    notices.ready_to_decide(case, at=at)
    return case


@transaction.atomic
def take_back(*, case, reason, by, at):
    """Send a case back to be prepared again; what was advised and commented stays in its history."""
    case, on = lock(case), london_day(at)
    refuse_if(rules.why_not_take_back(case, user=by, on=on), case)
    refuse_if("" if reason.strip() else "Say why the case goes back.", case)
    was = {"advice": [case.advice, ""], "cfo_comment": [case.cfo_comment, ""]}
    workflow.move(
        case,
        ExtensionStatus.PREPARING,
        moves=EXTENSION_MOVES,
        verb="taken_back",
        by=by,
        at=at,
        reason=reason.strip(),
        summary=f"{case}: back to be prepared again",
        changes=was,
        cfo_comment="",
        cfo_commented_at=None,
        cfo_commented_by=None,
    )
    steps.reopen(case, K.ADVICE, K.FINANCE, on=on)
    notices.taken_back(case, reason.strip(), by=by, at=at)
    return case
