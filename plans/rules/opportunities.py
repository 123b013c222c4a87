"""When an opportunity is looked at, bid for, sent, won or left, and what a bid needs first (O1, O2)."""

from accounts import access
from accounts.roles import Permission
from records.words import day_in_words, pounds

from ..enums import OpportunityStatus as Status
from ..queries.opportunities import match_agreed

NOT_YOURS = "Only commissioning officers and the head of commissioning look after opportunities. Ask one of them."
OPEN = frozenset({Status.HORIZON, Status.BIDDING, Status.SUBMITTED})


def why_not_enter(user):
    """Why this person cannot enter an opportunity; "" when they can."""
    return "" if access.may(user, Permission.PLAN_MANAGE) else NOT_YOURS


def _why_not_in(opportunity, user, *statuses):
    """Why not now: the wrong person, or the wrong moment."""
    if why := why_not_enter(user):
        return why
    if opportunity.status in statuses:
        return ""
    return f"This opportunity is {_lower(opportunity.get_status_display())}, so it cannot be changed that way."


def _lower(words):
    return words[:1].lower() + words[1:]


def why_not_edit(opportunity, *, user):
    """Why what is known of the opportunity cannot be changed now; "" when it can."""
    return _why_not_in(opportunity, user, *OPEN)


def why_not_these_facts(*, opens_on, closes_on, stream, purpose):
    """What is wrong with the facts as typed; "" when they can stand together."""
    if opens_on and closes_on and closes_on < opens_on:
        return "The last day must be on or after the first day."
    return why_not_for_stream(purpose, stream)


def why_not_for_stream(purpose, stream):
    """Why money of this purpose cannot pay for the stream; "" when it can, or none is named (X2)."""
    if stream is None or purpose in ("ANY", stream.purpose):
        return ""
    return f"Money with this purpose may not be spent on {stream.name}. Choose another purpose or stream."


def why_not_pursue(opportunity, *, user):
    """Why no bid can be begun now; "" when it can."""
    if why := _why_not_in(opportunity, user, Status.HORIZON):
        return why
    return "" if opportunity.lead_id else "Say first who leads the bid. Change the facts to name the lead."


def why_not_leave(opportunity, *, user):
    """Why the opportunity cannot be left alone now; "" when it can."""
    return _why_not_in(opportunity, user, Status.HORIZON, Status.BIDDING)


def why_not_look_again(opportunity, *, user):
    """Why the opportunity cannot come back to the horizon; "" when it can."""
    return _why_not_in(opportunity, user, Status.NOT_PURSUED)


def why_not_send(opportunity, *, user):
    """Why the bid cannot be recorded as sent now; "" when it can."""
    if why := _why_not_in(opportunity, user, Status.BIDDING):
        return why
    return why_not_match(opportunity.match_needed, match_agreed(opportunity.partners.all()))


def why_not_match(needed, agreed):
    """Why the match is not enough; "" where it is, or none is asked for."""
    if needed is None or agreed >= needed:
        return ""
    return (
        f"The fund asks for {pounds(needed)} of match and {pounds(agreed)} is agreed. "
        f"Add who brings the other {pounds(needed - agreed)} and when they agreed."
    )


def why_not_sent_so(opportunity, *, submitted_on, bid_amount, on):
    """What is wrong with the bid as recorded; "" when it can stand."""
    if submitted_on > on:
        return "The bid cannot have been sent on a day still to come."
    if opportunity.opens_on and submitted_on < opportunity.opens_on:
        return f"The fund opens on {day_in_words(opportunity.opens_on)}, so the bid cannot have been sent before."
    if opportunity.closes_on and submitted_on > opportunity.closes_on:
        return (
            f"The fund closed on {day_in_words(opportunity.closes_on)}. If the funder gave more time, "
            "change its last day first."
        )
    if opportunity.amount is not None and bid_amount > opportunity.amount:
        return f"The fund gives at most {pounds(opportunity.amount)} and this bid is for {pounds(bid_amount)}."
    return ""


def why_not_outcome(opportunity, *, user):
    """Why no outcome can be recorded now; "" when it can."""
    return _why_not_in(opportunity, user, Status.SUBMITTED)


def why_not_won_so(opportunity, *, outcome_on, starts_on, ends_on, purpose, streams, key_taken, on):
    """What is wrong with the outcome and the source it becomes; "" when both can stand."""
    if outcome_on > on:
        return "The outcome cannot have come on a day still to come."
    if opportunity.submitted_on and outcome_on < opportunity.submitted_on:
        return (
            f"The bid was sent on {day_in_words(opportunity.submitted_on)}, so its outcome came on or after that day."
        )
    if ends_on < starts_on:
        return "The money’s last day must be on or after its first day."
    if key_taken:
        return "There is a source of funds with this name already. Give this one another name."
    return next(filter(None, (why_not_for_stream(purpose, stream) for stream in streams)), "")


def why_not_lost_so(opportunity, *, outcome_on, on):
    """What is wrong with the day of the outcome; "" when it can stand."""
    if outcome_on > on:
        return "The outcome cannot have come on a day still to come."
    if opportunity.submitted_on and outcome_on < opportunity.submitted_on:
        return (
            f"The bid was sent on {day_in_words(opportunity.submitted_on)}, so its outcome came on or after that day."
        )
    return ""


def why_not_work_on(opportunity, *, user):
    """Why partners, tasks and documents cannot be changed now; "" when they can."""
    return _why_not_in(opportunity, user, *OPEN)


def why_not_partner_so(*, organisation, name):
    """What is wrong with a partner as typed; "" when it can stand."""
    if organisation and name:
        return "Choose the partner from the list or type its name, not both."
    return "" if organisation or name else "Choose the partner from the list or type its name."


def why_not_task_so(opportunity, *, due_on):
    """Why a task cannot be due then; "" when it can: the funder's last day does not wait."""
    if opportunity.closes_on and opportunity.status != Status.SUBMITTED and due_on > opportunity.closes_on:
        return f"The fund closes on {day_in_words(opportunity.closes_on)}. Give a day on or before it."
    return ""


def why_not_finish_task(opportunity, task, *, user):
    """Why the task cannot be marked as done; "" when it can."""
    if why := why_not_work_on(opportunity, user=user):
        return why
    return "This task is done already." if task.done_on else ""


def why_no_reason(reason):
    """Every choice says why."""
    return "" if reason.strip() else "Say why. It stays in the history of the opportunity."
