"""The buttons of a return: what each person can do next, or the sentence that says why not."""

from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from accounts import access
from accounts.roles import Permission
from grants.queries import money
from grants.rules import instalments
from records import words

from .. import rules
from ..enums import ReturnStatus, Verdict

S = ReturnStatus


def move(monitoring_return, name, label, why_not="", **more):
    """One button leading to the page of the same name."""
    url = reverse(f"monitoring:{name}", kwargs={"reference": monitoring_return.reference})
    return {"label": label, "url": url, "method": "get", "why_not": why_not, **more}


def moves_for(monitoring_return, user, on, *, gaps=None, spent=None, waiting=()):
    """Everything this person could ever do here and what stands in the way today."""
    asked = {"user": user, "on": on}
    found = []
    if access.may(user, Permission.RETURN_REVIEW):
        found += _officer(monitoring_return, asked, waiting)
    if access.may(user, Permission.RETURN_REVIEW) or access.may(user, Permission.INSTALMENT_RELEASE):
        found += _repayment(monitoring_return, asked, spent)
    organisation = monitoring_return.organisation
    if access.may(user, Permission.RETURN_CERTIFY, organisation):
        found += _certifier(monitoring_return, asked)
    if access.may(user, Permission.RETURN_WRITE, organisation):
        found += _writer(monitoring_return, asked, gaps)
    return found


def _officer(monitoring_return, asked, waiting):
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
        waive = move(monitoring_return, "return_waive", "Waive this return", why_not, style="secondary")
        return [] if monitoring_return.is_corrected else [waive]
    return _after_review(monitoring_return, asked, waiting)


def _after_review(monitoring_return, asked, waiting):
    """What is left to do once a verdict was given, so that no money is stuck behind it."""
    if monitoring_return.status != S.REVIEWED:
        return []
    found = []
    if waiting and monitoring_return.verdict == Verdict.SATISFACTORY:
        why_not = rules.why_not_meet_instead(monitoring_return, waiting[0], **asked)
        label = f"Let it meet the condition of instalment {waiting[0].number}"
        found += [] if why_not else [move(monitoring_return, "return_meets", label)]
    if monitoring_return.verdict == Verdict.SATISFACTORY and access.may(asked["user"], Permission.OUTCOME_PUBLISH):
        found.append(move(monitoring_return, "story_new", "Story of its outcomes", style="secondary"))
    why_not = rules.why_not_reopen(monitoring_return, **asked)
    found.append(move(monitoring_return, "return_reopen", "Open it again", why_not, style="secondary"))
    if monitoring_return.verdict == Verdict.UNSATISFACTORY and monitoring_return.award_id:
        url = reverse("monitoring:return_ask", kwargs={"reference": monitoring_return.award.reference})
        why_not = rules.why_not_ask(monitoring_return.award, **asked)
        ask = {"label": "Ask for a further return", "url": url, "method": "get", "why_not": why_not}
        found.append({**ask, "style": "secondary"})
    return found


def _repayment(monitoring_return, asked, spent):
    """After a satisfactory return on the whole award, finance may ask back what is left."""
    satisfied = monitoring_return.verdict == Verdict.SATISFACTORY and monitoring_return.covers_the_award
    if not (satisfied and spent is not None and monitoring_return.award_id):
        return []
    award = monitoring_return.award
    sums = money.money_of(award)
    left = sums.released - Decimal(spent) - sums.called_back
    if left <= 0:
        return []
    url = reverse("grants:repayment_request", kwargs={"reference": award.reference})
    return [
        {
            "label": f"Ask for {words.pounds(left)} back",
            "url": f"{url}?{urlencode({'amount': left})}",
            "method": "get",
            "why_not": instalments.why_not_request_repayment(award, **asked),
            "hint": "The unspent money. You can change the sum on the next page.",
        }
    ]


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
    if status == S.SUBMITTED:
        why_not = rules.why_not_correct(monitoring_return, **asked)
        return [move(monitoring_return, "return_correct", "Take it back to correct it", why_not, style="secondary")]
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
