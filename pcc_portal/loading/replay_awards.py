"""Steps of example activity about direct awards, claims, changes asked for, days of delivery, and funds that ended."""

from copy import deepcopy
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Organisation
from grants.actions import claims, delivery, direct, requests, sustainability
from grants.models import Claim, DeliverySession, DirectAward, SustainabilityPlan, VariationRequest
from grants.queries import changes
from plans.enums import RequestKind
from plans.models import FundingSource, Priority, RuleSet, Stream

from .days import written_day
from .replay_cases import award_of, instalment_of, number_of

WORDS = ("title", "purpose", "reason", "outcomes")


def proposal_of(play, step):
    return DirectAward.objects.get(pk=play.proposals[step["case"]])


def propose_direct_award(play, step, *, by, at):
    """Write a proposal; money without days is for its whole time."""
    starts_on, ends_on = written_day(step["starts_on"]), written_day(step["ends_on"])
    sources = {row.key: row for row in FundingSource.objects.all()}
    money = [
        (
            sources[row["funding_source"]],
            written_day(row["starts_on"]) if row["starts_on"] else starts_on,
            written_day(row["ends_on"]) if row["ends_on"] else ends_on,
            Decimal(row["amount"]),
        )
        for row in step["money"]
    ]
    proposal = direct.propose_direct_award(
        money=money,
        priorities=list(Priority.objects.filter(key__in=step["priorities"])),
        stream=Stream.objects.get(key=step["stream"]),
        rule_set=RuleSet.objects.get(key=step["rule_set"]),
        recipient=Organisation.objects.get(key=step["recipient"]),
        starts_on=starts_on,
        ends_on=ends_on,
        is_example=True,
        **{name: step[name] for name in WORDS},
        by=by,
        at=at,
    )
    play.proposals[step["case"]] = proposal.pk


def advise_direct_award(play, step, *, by, at):
    direct.advise_on_direct_award(
        proposal=proposal_of(play, step), outcome=step["outcome"], advice=step["advice"], by=by, at=at
    )


def comment_on_direct_award(play, step, *, by, at):
    direct.comment_on_direct_award(proposal=proposal_of(play, step), comment=step["comment"], by=by, at=at)


def send_direct_award(play, step, *, by, at):
    direct.send_direct_award(proposal=proposal_of(play, step), by=by, at=at)


def decide_direct_award(play, step, *, by, at):
    direct.decide_direct_award(
        proposal=proposal_of(play, step),
        outcome=step["outcome"],
        amount=number_of(step["amount"]),
        purpose=step["purpose"],
        reason=step["reason"],
        by=by,
        at=at,
    )


def claim(play, step, *, by, at):
    """Claim with one receipt, a list of what was bought."""
    words = f"what,pounds\r\n{step['description']},{step['amount']}\r\n"
    claims.submit_claim(
        instalment=instalment_of(play, step),
        covers_from=written_day(step["covers_from"]),
        covers_to=written_day(step["covers_to"]),
        amount=Decimal(step["amount"]),
        description=step["description"],
        receipts=[SimpleUploadedFile("example-receipts.csv", words.encode(), "text/csv")],
        by=by,
        at=at,
    )


def accept_claim(play, step, *, by, at):
    claims.accept_claim(
        claim=Claim.objects.filter(instalment=instalment_of(play, step)).latest("pk"),
        amount=Decimal(step["amount"]),
        answer=step["answer"],
        by=by,
        at=at,
    )


def ask_for_change(play, step, *, by, at):
    """Draft a change: another last day, or other sums for the first lines of the first project's budget."""
    award = award_of(play, step)
    after = deepcopy(changes.standing(award, step["kind"]))
    if step["ends_on"]:
        after["ends_on"] = step["ends_on"]
    if step["kind"] == RequestKind.MONEY:
        for row, given in zip(after["lines"][0]["rows"], step["amounts"], strict=False):
            row["value"] = given["amount"]
    requests.start_request(award=award, kind=step["kind"], reason=step["reason"], after=after, by=by, at=at)


def send_change(play, step, *, by, at):
    request = VariationRequest.objects.filter(award=award_of(play, step), kind=step["kind"]).latest("pk")
    requests.submit_request(request=request, by=by, at=at)


def set_schedule(play, step, *, by, at):
    blocks = [
        {
            **block,
            "number": number,
            **{name: written_day(block[name]) if block[name] else None for name in ("starts_on", "ends_on")},
        }
        for number, block in enumerate(step["blocks"], start=1)
    ]
    delivery.write_schedule(
        award=award_of(play, step),
        **{name: step[name] for name in ("unit", "promised", "guidance", "reason")},
        blocks=blocks,
        source="Example data",
        by=by,
        at=at,
    )


def session_of(play, step):
    rows = DeliverySession.objects.select_related("schedule__award")
    return rows.get(schedule__award=award_of(play, step), number=step["number"])


def plan_day(play, step, *, by, at):
    delivery.plan_session(
        schedule=award_of(play, step).schedule,
        on=written_day(step["day"]),
        **{name: step[name] for name in ("place", "area", "audience")},
        by=by,
        at=at,
    )


def deliver_day(play, step, *, by, at):
    delivery.deliver_session(session=session_of(play, step), people=step["people"], note=step["note"], by=by, at=at)


def rearrange_day(play, step, *, by, at):
    delivery.rearrange_session(
        session=session_of(play, step), new_on=written_day(step["day"]), reason=step["reason"], by=by, at=at
    )


def plan_for(step):
    return SustainabilityPlan.objects.select_related("award__recipient").get(award__key=step["award"])


def record_contact(play, step, *, by, at):
    sustainability.add_contact(
        plan=plan_for(step), on=written_day(step["on"]), who=step["who"], note=step["note"], by=by, at=at
    )


def agree_action(play, step, *, by, at):
    sustainability.add_action(
        plan=plan_for(step),
        action=step["action"],
        due_on=written_day(step["due_on"]),
        by_office=step["by_office"],
        by=by,
        at=at,
    )


VERBS = {
    verb.__name__: verb
    for verb in [
        propose_direct_award,
        advise_direct_award,
        comment_on_direct_award,
        send_direct_award,
        decide_direct_award,
        claim,
        accept_claim,
        ask_for_change,
        send_change,
        set_schedule,
        plan_day,
        deliver_day,
        rearrange_day,
        record_contact,
        agree_action,
    ]
}
