"""Steps of example activity about opportunities: from the horizon to a source of funds."""

from decimal import Decimal

from accounts.models import Organisation
from plans.actions import bids, opportunities
from plans.models import Opportunity, OpportunityTask, Stream

from .days import written_day
from .replay_cases import number_of

WORDS = ("funder", "fund", "description", "purpose", "fit")


def opportunity_of(play, step):
    return Opportunity.objects.get(pk=play.opportunities[step["opportunity"]])


def day(step, name):
    return written_day(step[name]) if step[name] else None


def enter_opportunity(play, step, *, by, at):
    opportunity = opportunities.enter_opportunity(
        plan=play.plan,
        stream=Stream.objects.get(key=step["stream"]) if step["stream"] else None,
        **{name: step[name] for name in WORDS},
        opens_on=day(step, "opens_on"),
        closes_on=day(step, "closes_on"),
        amount=number_of(step["amount"]),
        match_needed=number_of(step["match_needed"]),
        lead=play.people[step["lead"]] if step["lead"] else None,
        source="Example data",
        is_example=True,
        by=by,
        at=at,
    )
    play.opportunities[step["opportunity"]] = opportunity.pk


def pursue_opportunity(play, step, *, by, at):
    opportunities.pursue_opportunity(opportunity=opportunity_of(play, step), reason=step["reason"], by=by, at=at)


def add_partner(play, step, *, by, at):
    bids.save_partner(
        opportunity=opportunity_of(play, step),
        organisation=Organisation.objects.get(key=step["organisation"]),
        name="",
        part=step["part"],
        brings=number_of(step["brings"]),
        agreed_on=day(step, "agreed_on"),
        by=by,
        at=at,
    )


def add_task(play, step, *, by, at):
    bids.save_task(
        opportunity=opportunity_of(play, step),
        task=step["task"],
        owner=step["owner"],
        due_on=written_day(step["due_on"]),
        by=by,
        at=at,
    )


def finish_task(play, step, *, by, at):
    row = OpportunityTask.objects.select_related("opportunity").get(
        opportunity=opportunity_of(play, step), number=step["task"]
    )
    bids.finish_task(row=row, done_on=written_day(step["on"]), result=step["result"], by=by, at=at)


def send_bid(play, step, *, by, at):
    opportunities.send_bid(
        opportunity=opportunity_of(play, step),
        submitted_on=written_day(step["on"]),
        bid_amount=Decimal(step["amount"]),
        by=by,
        at=at,
    )


def win_opportunity(play, step, *, by, at):
    opportunity = opportunity_of(play, step)
    opportunities.win_opportunity(
        opportunity=opportunity,
        outcome_on=written_day(step["on"]),
        amount=Decimal(step["amount"]),
        name=step["name"],
        starts_on=written_day(step["starts_on"]),
        ends_on=written_day(step["ends_on"]),
        purpose=opportunity.purpose,
        streams=list(Stream.objects.filter(key__in=step["streams"])),
        lessons=step["lessons"],
        source="Example data",
        by=by,
        at=at,
    )


VERBS = {
    verb.__name__: verb
    for verb in [
        enter_opportunity,
        pursue_opportunity,
        add_partner,
        add_task,
        finish_task,
        send_bid,
        win_opportunity,
    ]
}
