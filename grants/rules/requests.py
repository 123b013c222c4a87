"""When a recipient may ask for a change of an award, who approves it, and when it can be approved (X3)."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from accounts import access
from accounts.enums import RoleName
from accounts.roles import Permission
from plans import rules as plan_rules
from plans.enums import ApprovalLevel, RequestKind
from records.enums import DecisionOutcome
from records.words import day_in_words, pounds

from ..enums import AwardStatus, RequestStatus
from ..models import VariationRequest
from ..queries import changes
from . import variations

LEVELS = [ApprovalLevel.OFFICER, ApprovalLevel.HEAD, ApprovalLevel.COMMISSIONER]
OPEN = frozenset(
    {RequestStatus.DRAFT, RequestStatus.SUBMITTED, RequestStatus.RETURNED, RequestStatus.AWAITING_DECISION}
)
WRITABLE = frozenset({RequestStatus.DRAFT, RequestStatus.RETURNED})


DECIDES = {
    ApprovalLevel.OFFICER: "A commissioning officer decides",
    ApprovalLevel.HEAD: "The head of commissioning decides",
    ApprovalLevel.COMMISSIONER: "The commissioner, or a post with a delegation, decides",
}


class Fit(NamedTuple):
    """One row of who approves: a level up to a size; None is any size."""

    level: str
    up_to_percent: Decimal | None = None
    up_to_days: int | None = None


# Where a rule set says nothing about a kind of change.
USUAL = {
    RequestKind.PARTNER: [Fit(ApprovalLevel.OFFICER)],
    RequestKind.OUTPUTS: [Fit(ApprovalLevel.OFFICER)],
    RequestKind.MONEY: [Fit(ApprovalLevel.HEAD, up_to_percent=Decimal(10))],
}


def level_of(kind, rows, *, percent, days):
    """The lowest level whose row fits a change of this size; the commissioner where none does.

    `rows` are the rule set's own for this kind; `percent` None is not known and fits no limit.
    """
    fitting = {row.level for row in rows or USUAL.get(RequestKind(kind), []) if _fits(row, percent, days)}
    return next((level for level in LEVELS if level in fitting), ApprovalLevel.COMMISSIONER)


def _fits(row, percent, days):
    within = row.up_to_percent is None or (percent is not None and percent <= row.up_to_percent)
    return within and (row.up_to_days is None or days <= row.up_to_days)


def level_for(award, kind, effect):
    """Who approves a change of the award with this effect."""
    rows = list(award.rule_set.approval_rules.filter(kind=kind)) if award.rule_set else []
    percent = None if effect["percent"] is None else Decimal(effect["percent"])
    return level_of(kind, rows, percent=percent, days=effect["days"])


def higher(one, other):
    """The higher of two levels; an empty one counts for nothing."""
    return max(filter(None, (one, other)), key=lambda level: LEVELS.index(ApprovalLevel(level)))


def why_not_request(award, *, user, kind=None):
    """Say why this person cannot ask for a change of the award, or nothing."""
    if not access.may(user, Permission.AWARD_REPORT, award.recipient) or access.is_office(user):
        return f"Only people of {award.recipient.name} ask for a change of this award."
    if award.is_recorded:
        return "This is a recorded past award; nothing about it changes."
    if award.status not in variations.MAY_VARY:
        return "Only an award whose terms are accepted, and which has not ended, can be changed."
    if kind == RequestKind.SUSPENSION and award.status != AwardStatus.LIVE:
        return "This award is suspended already."
    asked = VariationRequest.objects.filter(award=award, kind=kind, status__in=OPEN).first() if kind else None
    return f"{asked.reference} asks for such a change already. Finish or withdraw it first." if asked else ""


def why_not_write(request, *, user):
    """Say why this person cannot change what is asked for now, or nothing."""
    award = request.award
    if not access.may(user, Permission.AWARD_REPORT, award.recipient) or access.is_office(user):
        return f"Only people of {award.recipient.name} write this request."
    if request.status not in WRITABLE:
        return f"This request is {request.get_status_display().lower()}, so its words stay as they are."
    return ""


def why_not_so(award, kind, before, after, *, reason, on):
    """Say what is wrong with the change as it is asked for, or nothing."""
    if not reason.strip():
        return "Say why the change is needed."
    return CHECKS[RequestKind(kind)](award, before, after, on)


def _why_not_longer(award, before, after, on):
    ends_on = _day(after, "ends_on")
    if ends_on is None:
        return "Enter the day the award should end on."
    if ends_on < award.ends_on:
        return f"The award ends on {day_in_words(award.ends_on)}. For an earlier day, ask for an earlier end."
    return variations.why_not_end_on(award, ends_on, on=on)


def _why_not_earlier(award, before, after, on):
    ends_on = _day(after, "ends_on")
    if ends_on is None:
        return "Enter the day the award should end on."
    if ends_on < on:
        return "That day has passed. Enter today or a later day."
    if ends_on > award.ends_on:
        return f"The award ends on {day_in_words(award.ends_on)}. For a later day, ask for more time."
    return variations.why_not_end_on(award, ends_on, on=on)


def _why_not_pause(award, before, after, on):
    until = _day(after, "until")
    if until is None:
        return "Enter the day until which the award should be paused."
    if until <= on:
        return "The pause must last until a day in the future."
    if until >= award.ends_on:
        return f"The award ends on {day_in_words(award.ends_on)}. A pause must be over before that."
    return ""


def _day(after, name):
    return date.fromisoformat(after[name]) if after.get(name) else None


def _why_not_money(award, before, after, on):
    if not after.get("lines"):
        return "This award has no budget by line, so there is nothing to move."
    for line in after["lines"]:
        if line in before.get("lines", []):
            continue  # a budget above the lower sum approved for it waits for a request of its own
        total = sum((Decimal(row["value"]) for row in line["rows"]), Decimal(0))
        if total != Decimal(line["amount"]):
            return (
                f"{line['title']}: the lines make {pounds(total)}. "
                f"They must make {pounds(line['amount'])}, the sum approved for it."
            )
    return _why_nothing(before, after)


def _why_not_figures(award, before, after, on):
    for line in after.get("lines", []):
        if line["rows"] and all(row.get("gone") for row in line["rows"]):
            return f"{line['title']}: keep at least one output or outcome, or ask for an earlier end."
    return _why_nothing(before, after)


def _why_nothing(before, after, *_):
    return "Change at least one thing." if before == after else ""


def _why_not_purpose(award, before, after, on):
    words = after.get("purpose", "").strip()
    if not words:
        return "Say what the money should be spent on instead."
    return "Change at least one thing." if words == before.get("purpose", "").strip() else ""


CHECKS = {
    RequestKind.TIME: _why_not_longer,
    RequestKind.EARLY_END: _why_not_earlier,
    RequestKind.SUSPENSION: _why_not_pause,
    RequestKind.MONEY: _why_not_money,
    RequestKind.OUTPUTS: _why_not_figures,
    RequestKind.PARTNER: lambda award, before, after, on: _why_nothing(before, after),
    RequestKind.PURPOSE: _why_not_purpose,
}


def why_not_submit(request, *, user, on):
    """Say why the request cannot be sent now, or nothing."""
    award = request.award
    if not access.may(user, Permission.AWARD_REQUEST, award.recipient) or access.is_office(user):
        return f"Only a lead of {award.recipient.name} sends a request."
    if why := why_not_write(request, user=user):
        return why
    if award.status not in variations.MAY_VARY:
        return "Only an award whose terms are accepted, and which has not ended, can be changed."
    return why_stale(request) or why_not_so(
        award, request.kind, request.before, request.after, reason=request.reason, on=on
    )


def why_stale(request):
    """Say whether what the request changes has itself changed since it was written."""
    if changes.standing(request.award, request.kind) == request.before:
        return ""
    return "What this request changes has itself changed since it was written. It has to be written again."


def why_not_withdraw(request, *, user):
    """Say why the request cannot be taken back now, or nothing."""
    if not access.may(user, Permission.AWARD_REQUEST, request.award.recipient) or access.is_office(user):
        return f"Only a lead of {request.award.recipient.name} withdraws a request."
    return "" if request.status in OPEN else f"This request is {request.get_status_display().lower()}."


def _why_not_officer(request, user):
    if not access.may(user, Permission.AWARD_OFFER):
        return "Only commissioning officers work on requests."
    if access.belongs_to(user, request.award.recipient):
        return f"You belong to {request.award.recipient.name}, so somebody else does this."
    return ""


def why_not_ask(request, *, user):
    """Say why the request cannot be sent back with a question now, or nothing."""
    if why := _why_not_officer(request, user):
        return why
    return "" if request.status == RequestStatus.SUBMITTED else "This request is not with the officers."


def why_not_advise(request, *, user):
    """Say why the request cannot be put to a decision now, or nothing."""
    if why := why_not_ask(request, user=user):
        return why
    return "" if request.level != ApprovalLevel.OFFICER else "An officer decides on this request. No advice is needed."


def why_not_send_back(request, *, user):
    """Say why the request cannot be given back to the officers now, or nothing."""
    if request.status != RequestStatus.AWAITING_DECISION:
        return "This request does not wait for a decision."
    return _why_not_at(request, request.level, user, None)


def why_not_decide(request, *, user, on, effect=None):
    """Say why this person cannot decide on the request now, or nothing; `effect` as worked out now."""
    level = higher(request.level, level_for(request.award, request.kind, effect) if effect else "")
    waits = RequestStatus.SUBMITTED if level == ApprovalLevel.OFFICER else RequestStatus.AWAITING_DECISION
    if request.status != waits:
        if level != ApprovalLevel.OFFICER and request.status == RequestStatus.SUBMITTED:
            return f"{DECIDES[ApprovalLevel(level)]} on this. Put it to a decision with your advice."
        return f"This request is {request.get_status_display().lower()}, so there is nothing to decide."
    if access.belongs_to(user, request.award.recipient):
        return f"You belong to {request.award.recipient.name}, so somebody else decides."
    if why := _why_not_at(request, level, user, on, amount=Decimal((effect or request.effect).get("amount", "0"))):
        return why
    return plan_rules.why_not_decide_after(user, {request.advised_by_id} - {None})


def level_in_words(level):
    """Who decides, at the beginning of a sentence."""
    return ApprovalLevel(level).label


def _why_not_at(request, level, user, on, amount=Decimal(0)):
    """Say why this person is not of the level that approves, or nothing."""
    if level == ApprovalLevel.OFFICER:
        return _why_not_officer(request, user)
    if level == ApprovalLevel.HEAD and RoleName.HEAD_OF_COMMISSIONING in access.posts_of(user):
        return ""
    if on is None:
        return "" if access.may(user, Permission.DECISION_MAKE) else "Only who decides on it gives it back."
    return plan_rules.why_not_decide_as(user, stream=request.award.stream, amount=amount, on=on)[0]


def why_not_decide_so(request, *, outcome, answer, on):
    """Say what is wrong with the decision as worded, or why the change cannot be approved any more, or nothing."""
    if outcome not in (DecisionOutcome.APPROVED, DecisionOutcome.DECLINED):
        return "Choose whether you approve the change."
    if not answer.strip():
        return "Write the reason. The recipient reads it."
    if outcome == DecisionOutcome.DECLINED:
        return ""
    award = request.award
    if award.status not in variations.MAY_VARY:
        return "This award is not in force any more, so nothing about it can change."
    return why_stale(request) or why_not_so(
        award, request.kind, request.before, request.after, reason=request.reason, on=on
    )
