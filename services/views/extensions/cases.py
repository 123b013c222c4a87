"""The extension decisions of a contract, and one case as a line of steps."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import access
from accounts.roles import Permission
from records import queries as records_queries

from ... import queries
from ...enums import OFFERS, ExtensionOutcome, ExtensionStatus
from ...queries import extensions, steps
from ...rules import extensions as rules
from ..hub import frame
from .acting import HERE, fetch

S = ExtensionStatus


@require_safe
@access.require(Permission.CONTRACT_READ)
def extension_list(request, reference):
    """Every extension decision of a contract, with what was decided in each."""
    contract = get_object_or_404(queries.contracts_for(request.user), reference=reference)
    inside, on = access.is_office(request.user), timezone.localdate()
    is_party = inside or access.belongs_to(request.user, contract.provider)
    cases = [case for case in extensions.cases_of(contract) if inside or (is_party and extensions.told_of(case))]
    context = {
        **frame(contract, request.user, here=HERE),
        "cases": cases,
        "term": queries.term(contract),
        "inside": inside,
        "is_party": is_party,
        "letters": extensions.letters_of(contract) if is_party else [],
        "moves": _list_moves(contract, request.user, on) if inside else [],
        "opens_on": _opens_on(contract, on),
        "today": on,
    }
    return render(request, "services/extension_list.html", context)


def _opens_on(contract, on):
    """The day the work on the next decision begins, if that is still to come."""
    ahead = extensions.usable_option(contract, on)
    if ahead is None or ahead.decide_by is None or extensions.open_case_of(contract):
        return None
    day = steps.opens_on(ahead.decide_by, ahead.evidence_by)
    return day if day > on else None


def _list_moves(contract, user, on):
    if not access.may(user, Permission.CONTRACT_MANAGE):
        return []
    ahead = extensions.usable_option(contract, on)
    label = f"Prepare the decision on option {ahead.option.number}" if ahead else "Extend outside the original terms"
    url = reverse("services:extension_open", args=[contract.reference])
    why = rules.why_not_open(contract, user=user, on=on)
    return [{"label": label, "url": url, "why_not": why, "method": "get", "style": "secondary"}]


@require_safe
@access.require(Permission.CONTRACT_READ)
def extension_show(request, reference, number):
    """One case: its steps, who acts next, what was said and decided. A provider sees what concerns it."""
    case = fetch(request, reference, number)
    inside, on = access.is_office(request.user), timezone.localdate()
    rulings = list(extensions.rulings_of(case))
    offer = next((ruling for ruling in reversed(rulings) if ruling.outcome in OFFERS), None)
    outside = next((ruling for ruling in reversed(rulings) if ruling.outcome == ExtensionOutcome.OUTSIDE), None)
    known = extensions.steps_of(case) if inside else []
    context = {
        **frame(case.contract, request.user, here=HERE),
        "case": case,
        "inside": inside,
        "line": rules.option_term(case) if case.option_id else None,
        "term": queries.term(case.contract),
        "steps": known,
        "rulings": rulings if inside else extensions.told_rulings(rulings),
        "offer": offer,
        "moves": _moves(case, offer, outside, request.user, on, inside),
        "squeezed": any(row.step.note == steps.SQUEEZED for row in known if not row.done),
        "question": extensions.question_of(case),
        "safe": _safe(case),
        "who_seconds": rules.WHO_SECONDS if case.status == S.AWAITING_SECOND else "",
        "history": records_queries.history(case) if inside else [],
        "today": on,
    }
    return render(request, "services/extension_show.html", context)


def _safe(case):
    if case.status not in (S.PREPARING, S.ADVISED):
        return None
    return steps.last_safe_day(case.decide_by, notice_needed=case.notice_needed)


def _moves(case, offer, outside, user, on, inside):
    """What this person can do, or why not: only acts of their post, or of their organisation."""
    asked = {"user": user, "on": on}
    may = {permission: access.may(user, permission) for permission in Permission}
    if not inside:
        found = [
            ("Say whether you are willing", "extension_answer", rules.why_not_answer_ask(case, **asked), case.asked_at),
            ("Accept or refuse the offer", "extension_accept", rules.why_not_reply(case, offer, **asked), offer),
        ]
        return [_move(case, label, name, why) for label, name, why, shown in found if shown and not why]
    manages, decides = may[Permission.CONTRACT_MANAGE], may[Permission.DECISION_MAKE]
    preparing, advised = case.status == S.PREPARING, case.status == S.ADVISED
    advise = f"/contracts/{case.contract.reference}/extensions/{case.number}/advise/"
    advice = {"url": advise, "hint": "The evidence is gathered, and frozen with your advice."}
    rows = [
        (manages and preparing, "Ask the provider", "extension_ask", rules.why_not_ask_provider(case, **asked), {}),
        (manages and preparing, "Say that the evidence is ready", "extension_ready",
         rules.why_not_ready_evidence(case, **asked), {}),
        (manages and preparing, "Give advice", "extension_show",
         rules.why_not_give_advice(case, **asked), advice),
        (may[Permission.DECISION_ADVISE_FINANCE] and case.status in (S.PREPARING, S.ADVISED), "Comment on the money",
         "extension_comment", rules.why_not_comment(case, **asked), {}),
        (decides and case.status in (S.PREPARING, S.ADVISED), "Decide", "extension_decide",
         rules.why_not_decide(case, **asked), {}),
        ((manages or decides) and advised, "Send it back to be prepared again", "extension_return",
         rules.why_not_take_back(case, **asked), {}),
        (case.status == S.AWAITING_SECOND and decides, "Approve a second time, or not", "extension_second",
         rules.why_not_second(case, outside, **asked), {}),
        (manages and case.status == S.DECIDED and case.notice_needed is not False and not case.notice_published_on,
         "Record the notice", "extension_notice", rules.why_not_record_notice(case, **asked), {}),
        (manages and (preparing or advised) and not rules.why_not_close(case, **asked), "Close this case",
         "extension_close", "", {}),
    ]  # fmt: skip
    return [_move(case, label, name, why, **more) for shown, label, name, why, more in rows if shown]


def _move(case, label, name, why, *, url="", hint=""):
    url = url or reverse(f"services:{name}", args=[case.contract.reference, case.number])
    style = "" if name in PRIMARY or url.endswith("/advise/") else "secondary"
    return {"label": label, "url": url, "why_not": why, "method": "get", "style": style, "hint": hint}


PRIMARY = {"extension_comment", "extension_decide", "extension_second", "extension_answer", "extension_accept"}
