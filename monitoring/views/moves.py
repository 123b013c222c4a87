"""The buttons of a return: what each person can do next, or the sentence that says why not."""

from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from accounts import access
from accounts.roles import Permission

from .. import rules
from ..enums import ReturnStatus, Verdict

S = ReturnStatus


def move(monitoring_return, name, label, why_not="", **more):
    """One button leading to the page of the same name."""
    url = reverse(f"monitoring:{name}", kwargs={"reference": monitoring_return.reference})
    return {"label": label, "url": url, "method": "get", "why_not": why_not, **more}


def moves_for(monitoring_return, user, on, *, gaps=None, unspent=None):
    """Everything this person could ever do here and what stands in the way today."""
    asked = {"user": user, "on": on}
    found = []
    if access.may(user, Permission.RETURN_REVIEW):
        found += _officer(monitoring_return, asked, unspent)
    organisation = monitoring_return.organisation
    if access.may(user, Permission.RETURN_CERTIFY, organisation):
        found += _certifier(monitoring_return, asked)
    if access.may(user, Permission.RETURN_WRITE, organisation):
        found += _writer(monitoring_return, asked, gaps)
    return found


def _officer(monitoring_return, asked, unspent):
    status = monitoring_return.status
    if status in {S.SUBMITTED, S.QUERIED}:
        return [
            move(
                monitoring_return, "return_review", "Give a verdict", rules.why_not_review(monitoring_return, **asked)
            ),
            move(
                monitoring_return,
                "return_query",
                "Ask questions",
                rules.why_not_query(monitoring_return, **asked),
                style="secondary",
            ),
        ]
    if status in {S.OPEN, S.CERTIFYING, S.CERTIFIED}:
        why_not = rules.why_not_waive(monitoring_return, **asked)
        return [move(monitoring_return, "return_waive", "Waive this return", why_not, style="secondary")]
    return [repayment(monitoring_return, unspent)] if asks_money_back(monitoring_return, unspent) else []


def asks_money_back(monitoring_return, unspent):
    """After a satisfactory return on the whole award with money left: suggest asking for it."""
    satisfied = monitoring_return.verdict == Verdict.SATISFACTORY and monitoring_return.covers_the_award
    return satisfied and unspent is not None and Decimal(unspent) > 0


def repayment(monitoring_return, unspent):
    """The way to the page that asks unspent money back, the sum filled in."""
    url = reverse("grants:repayment_request", kwargs={"reference": monitoring_return.award.reference})
    given = urlencode({"amount": unspent, "return": monitoring_return.reference})
    return {
        "label": "Ask for the unspent money back",
        "url": f"{url}?{given}",
        "method": "get",
        "hint": "You can change the sum and give the reason on the next page.",
    }


def _certifier(monitoring_return, asked):
    if monitoring_return.status != S.CERTIFYING:
        return []
    return [
        move(
            monitoring_return,
            "return_certify",
            "Read and certify",
            rules.why_not_certify(monitoring_return, **asked),
        ),
        move(
            monitoring_return,
            "return_decline",
            "Decline to certify",
            rules.why_not_decline_certification(monitoring_return, **asked),
            style="secondary",
        ),
    ]


def _writer(monitoring_return, asked, gaps):
    status = monitoring_return.status
    if status == S.OPEN:
        return [move(monitoring_return, "return_check", "Check your answers")]
    if status == S.QUERIED:
        why_not = rules.why_not_answer(monitoring_return, gaps=gaps, **asked)
        return [move(monitoring_return, "return_answer", "Answer the questions", why_not)]
    if status not in {S.CERTIFYING, S.CERTIFIED}:
        return []
    found = []
    if status == S.CERTIFIED:
        why_not = rules.why_not_submit(monitoring_return, gaps=[], **asked)
        found.append(move(monitoring_return, "return_check", "Check and submit", why_not))
    why_not = rules.why_not_take_back(monitoring_return, **asked)
    return [
        *found,
        move(monitoring_return, "return_take_back", "Take it back to change it", why_not, style="secondary"),
    ]
