"""Every write of an opportunity, from the horizon to its outcome; won, it becomes a source of funds (O1, O2)."""

from django.db import transaction
from django.utils.text import slugify

from records import obligations, workflow
from records.actions import log, next_reference
from records.calendar import london_day
from records.enums import ObligationKind
from records.models import Obligation
from records.refusals import refuse_if
from records.words import day_in_words, pounds

from ..enums import OPPORTUNITY_MOVES, Basis
from ..enums import OpportunityStatus as Status
from ..models import FundingSource, Opportunity
from ..rules import opportunities as rules
from .plan import free_key, told

DEADLINE, TASK = ObligationKind.OPPORTUNITY_DEADLINE, ObligationKind.OPPORTUNITY_TASK


def lock(opportunity):
    """The opportunity as it now is, locked."""
    return Opportunity.objects.select_for_update(of=("self",)).get(pk=opportunity.pk)


@transaction.atomic
def enter_opportunity(*, plan, funder, fund, by, at, priorities=(), is_example=False, **facts):
    """Put a fund on the horizon; its last day is owed an answer from then on.

    `facts` are columns of the opportunity.
    """
    refuse_if(rules.why_not_enter(by))
    refuse_if(_why_not_facts(facts))
    opportunity = Opportunity.objects.create(
        reference=next_reference("OP", london_day(at).year),
        plan=plan,
        funder=funder,
        fund=fund,
        is_example=is_example,
        **facts,
    )
    opportunity.priorities.set(priorities)
    log(opportunity, "entered", by=by, at=at, summary=f"On the horizon: {opportunity}"[:500])
    owe_deadline(opportunity)
    return opportunity


def _why_not_facts(facts):
    names = ("opens_on", "closes_on", "stream")
    return rules.why_not_these_facts(**{name: facts.get(name) for name in names}, purpose=facts.get("purpose", "ANY"))


def owe_deadline(opportunity):
    if opportunity.closes_on:
        obligations.owe(
            opportunity,
            DEADLINE,
            title=f"Last day of {opportunity.fund}"[:300],
            due_on=opportunity.closes_on,
            link=opportunity.get_absolute_url(),
        )


@transaction.atomic
def edit_opportunity(*, opportunity, reason, by, at, priorities=None, **facts):
    """Change what is known of it; a moved last day moves its reminders."""
    opportunity = lock(opportunity)
    refuse_if(rules.why_not_edit(opportunity, user=by), opportunity)
    refuse_if(_why_not_facts(facts) or rules.why_no_reason(reason), opportunity)
    changes = {
        name: [_named(getattr(opportunity, name)), _named(value)]
        for name, value in facts.items()
        if getattr(opportunity, name) != value
    }
    if priorities is not None and set(priorities) != set(opportunity.priorities.all()):
        changes["priorities"] = [_names(opportunity.priorities.all()), _names(priorities)]
        opportunity.priorities.set(priorities)
    for name, value in facts.items():
        setattr(opportunity, name, value)
    opportunity.save(update_fields=sorted(facts))
    if changes:
        log(opportunity, "changed", by=by, at=at, reason=reason, summary="What is known changed", changes=changes)
    if opportunity.status in (Status.HORIZON, Status.BIDDING):
        _move_deadline(opportunity, by=by, at=at, reason=reason)
    return opportunity


def _named(value):
    return str(value) if hasattr(value, "pk") else told(value)


def _names(rows):
    return ", ".join(sorted(str(row) for row in rows))


def _move_deadline(opportunity, *, by, at, reason):
    owed = Obligation.objects.open().about(opportunity).filter(kind=DEADLINE).first()
    if owed is None:
        owe_deadline(opportunity)
    elif opportunity.closes_on is None:
        obligations.close(opportunity, DEADLINE, by=by, at=at, closing="The last day is not known any more")
    elif owed.due_on != opportunity.closes_on:
        obligations.move_due(owed, due_on=opportunity.closes_on, by=by, at=at, reason=reason)


def _move(opportunity, to, *, verb, by, at, reason, summary, **stamps):
    return workflow.move(
        opportunity, to, moves=OPPORTUNITY_MOVES, verb=verb, by=by, at=at, reason=reason, summary=summary, **stamps
    )


@transaction.atomic
def pursue_opportunity(*, opportunity, reason, by, at):
    """Decide to bid, with the reason; the workspace is the lead's from then on."""
    opportunity = lock(opportunity)
    refuse_if(rules.why_not_pursue(opportunity, user=by), opportunity)
    refuse_if(rules.why_no_reason(reason), opportunity)
    words = f"Decided to bid; {opportunity.lead.full_name} leads"
    return _move(opportunity, Status.BIDDING, verb="pursued", by=by, at=at, reason=reason, summary=words)


@transaction.atomic
def leave_opportunity(*, opportunity, reason, by, at):
    """Decide not to bid, with the reason; nothing more is owed."""
    opportunity = lock(opportunity)
    refuse_if(rules.why_not_leave(opportunity, user=by), opportunity)
    refuse_if(rules.why_no_reason(reason), opportunity)
    _move(opportunity, Status.NOT_PURSUED, verb="left", by=by, at=at, reason=reason, summary="Decided not to bid")
    _settle(opportunity, by=by, at=at, closing="Not pursued")
    return opportunity


@transaction.atomic
def look_again(*, opportunity, reason, by, at):
    """Bring an opportunity that was left back to the horizon."""
    opportunity = lock(opportunity)
    refuse_if(rules.why_not_look_again(opportunity, user=by), opportunity)
    refuse_if(rules.why_no_reason(reason), opportunity)
    _move(opportunity, Status.HORIZON, verb="looked_again", by=by, at=at, reason=reason, summary="On the horizon again")
    owe_deadline(opportunity)
    return opportunity


def _settle(opportunity, *, by, at, closing, kinds=(DEADLINE, TASK)):
    for kind in kinds:
        obligations.close(opportunity, kind, by=by, at=at, closing=closing)


@transaction.atomic
def send_bid(*, opportunity, submitted_on, bid_amount, by, at):
    """Record that the bid was sent: the match must be agreed and the fund still open."""
    opportunity = lock(opportunity)
    refuse_if(rules.why_not_send(opportunity, user=by), opportunity)
    sent = {"submitted_on": submitted_on, "bid_amount": bid_amount}
    refuse_if(rules.why_not_sent_so(opportunity, **sent, on=london_day(at)), opportunity)
    words = f"Bid for {pounds(bid_amount)} sent on {day_in_words(submitted_on)}"
    _move(opportunity, Status.SUBMITTED, verb="sent", by=by, at=at, reason="", summary=words, **sent)
    _settle(opportunity, by=by, at=at, closing="Bid sent", kinds=(DEADLINE,))
    return opportunity


@transaction.atomic
def win_opportunity(
    *, opportunity, outcome_on, amount, name, starts_on, ends_on, by, at, purpose, streams=(), lessons="", source="",
    **carry_over
):  # fmt: skip
    """Record the bid as won: it becomes a source of funds that awards may draw on.

    `amount` in pounds, None where the funder has not said it yet. `carry_over` are the columns of the
    source that begin so, and its `over_commitment_percent`.
    """
    opportunity = lock(opportunity)
    refuse_if(rules.why_not_outcome(opportunity, user=by), opportunity)
    wrong = rules.why_not_won_so(
        opportunity, outcome_on=outcome_on, starts_on=starts_on, ends_on=ends_on, purpose=purpose, streams=streams,
        key_taken=FundingSource.objects.filter(key=slugify(name)[:80]).exists(), on=london_day(at),
    )  # fmt: skip
    refuse_if(wrong, opportunity)
    won = FundingSource.objects.create(
        key=free_key(FundingSource, name),
        plan=opportunity.plan,
        name=name,
        funder=opportunity.funder,
        purpose=purpose,
        amount=amount,
        basis=Basis.AWARD if amount is not None else "",
        starts_on=starts_on,
        ends_on=ends_on,
        is_example=opportunity.is_example,
        source=source or f"Bid {opportunity.reference}",
        **carry_over,
    )
    for stream in streams:
        stream.sources.add(won)
        log(stream, "source_added", by=by, at=at, summary=f"{won.name} pays for this stream from now on")
    log(won, "added", by=by, at=at, summary=f"Source of funds won with bid {opportunity.reference}: {pounds(amount)}")
    stamps = {"outcome_on": outcome_on, "won_amount": amount, "funding_source": won, "lessons": lessons}
    words = f"Won: {pounds(amount)} from {opportunity.funder}"
    _move(opportunity, Status.WON, verb="won", by=by, at=at, reason="", summary=words, **stamps)
    _settle(opportunity, by=by, at=at, closing="Won")
    return opportunity


@transaction.atomic
def lose_opportunity(*, opportunity, outcome_on, lessons, by, at, withdrawn=False):
    """Record that the bid was not won, or was taken back, and what was learnt from it."""
    opportunity = lock(opportunity)
    refuse_if(rules.why_not_outcome(opportunity, user=by), opportunity)
    refuse_if(rules.why_not_lost_so(opportunity, outcome_on=outcome_on, on=london_day(at)), opportunity)
    refuse_if("" if lessons.strip() else "Say what was learnt. The next bid begins there.", opportunity)
    to, verb, words = (
        (Status.WITHDRAWN, "withdrawn", "Bid taken back") if withdrawn else (Status.LOST, "lost", "Not won")
    )
    stamps = {"outcome_on": outcome_on, "lessons": lessons}
    _move(opportunity, to, verb=verb, by=by, at=at, reason=lessons, summary=words, **stamps)
    _settle(opportunity, by=by, at=at, closing=words)
    return opportunity
