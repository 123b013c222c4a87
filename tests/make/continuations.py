"""Awards of several years and awards that wait for an event, walked by the real actions (R1, R2, V4-V7)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

from grants.actions import awards as award_actions
from grants.actions import continuation_days, continuation_decisions, evaluations
from grants.actions import continuations as actions
from grants.models import Award, Continuation
from monitoring import actions as monitoring_actions
from monitoring.enums import Verdict
from monitoring.models import MonitoringReturn
from plans import actions as plan_actions
from plans.enums import ConditionKind, ContinuationPolicy, LimitOn, ReportKind, Severity
from plans.models import InstalmentRule, Limit, MovableEvent, ReportingRule, RuleSet

from . import accounts, awards, cases, monitoring, plans

DAY = timedelta(days=1)
YEARLY_SUM = Decimal("35000")
ADVISED_AT = datetime(2021, 2, 1, 9, 0, tzinfo=UTC)
DECIDED_AT = datetime(2021, 2, 10, 9, 0, tzinfo=UTC)
WRITTEN = {
    "need": "Young people still carry knives in the town.",
    "changes": "",
    "plans_for_year": "Two more schools.",
}


def at(year, month, day):
    """Nine in the morning of a day."""
    return datetime(year, month, day, 9, 0, tzinfo=UTC)


def yearly_rules(plan, key="yearly-rules", **fields):
    """Rules of a three-year award: £35,000 in any one year, a mid-year and a year-end return each year."""
    rules = RuleSet.objects.create(
        key=key,
        plan=plan.plan,
        name="Three-year rules",
        terms=plan.terms,
        required_parts=plans.PARTS,
        continuation=ContinuationPolicy.YEARLY,
        certifier_required=False,
        **fields,
    )
    InstalmentRule.objects.create(
        rule_set=rules, number=1, share_percent=100, condition=ConditionKind.TERMS_ACCEPTED, each_year=True
    )
    ReportingRule.objects.create(
        rule_set=rules, kind=ReportKind.QUARTERLY, timing="REPEATED", period_months=6, due_days=30
    )
    Limit.objects.create(rule_set=rules, on=LimitOn.PROJECT_YEAR, amount=YEARLY_SUM, severity=Severity.NEEDS_EXCEPTION)
    return rules


def event_rules(plan, *, expected_on=date(2020, 5, 7), **fields):
    """Rules of a six-month award in one instalment, whose extension waits for an election."""
    event = MovableEvent.objects.create(
        key="election", name="The election", expected_on=expected_on, first_expected_on=expected_on
    )
    rules = RuleSet.objects.create(
        key="event-rules",
        plan=plan.plan,
        name="Six-month rules",
        terms=plan.terms,
        required_parts=plans.PARTS,
        certifier_required=False,
        **{"extension_months": 6, "extension_event": event, **fields},
    )
    InstalmentRule.objects.create(rule_set=rules, number=1, share_percent=100, condition=ConditionKind.TERMS_ACCEPTED)
    ReportingRule.objects.create(rule_set=rules, kind=ReportKind.END_OF_AWARD, due_days=30)
    return rules


def live_award(world, rules, amounts=(3 * YEARLY_SUM,), *, ends_on):
    """An award to the partnership in Maidstone under these rules, from 1 April 2020, accepted on 30 March."""
    total = sum(amounts)
    round_ = cases.round_(
        world.cast,
        world.plan,
        allocate=False,
        status="DRAFT",
        rule_set=rules,
        name=f"Round of {rules.name}",
        ends_on=ends_on,
        tactical_opens_on=None,
        tactical_closes_on=None,
    )
    cases.allocation(round_, world.cast.maidstone, by=world.cast.officer, amount=total, third=True)
    cases.rounds.open_round(round=round_, by=world.cast.officer, at=cases.OPENED)
    case = cases.business_case(world.cast, round_, amounts=amounts)
    evaluations.declare_interest(case=case, has_interest=False, by=world.cast.officer, at=awards.BEFORE)
    evaluations.begin_evaluation(case=case, by=world.cast.officer, at=awards.BEFORE)
    for project in awards.projects(case):
        awards.advise(SimpleNamespace(**vars(world.cast)), project)
    evaluations.send_for_decision(case=case, by=world.cast.officer, at=awards.BEFORE)
    for project in awards.projects(case):
        awards.approve(SimpleNamespace(**vars(world.cast)), project)
    made = Award.objects.get(round=round_)
    award_actions.offer_award(award=made, by=world.cast.officer, at=awards.OFFERED_AT)
    award_actions.accept_award(
        award=made, position="Head of service", by=world.cast.maidstone_signatory, at=awards.ACCEPTED_AT
    )
    return fresh(made)


def fresh(award):
    return Award.objects.select_related("recipient", "payee", "rule_set", "stream").get(pk=award.pk)


def world():
    """The cast and its plan."""
    cast = accounts.cast()
    return SimpleNamespace(cast=cast, plan=plans.plan(cast))


def three_years(world, **fields):
    """A live award of £105,000 from 1 April 2020 to 31 March 2023."""
    return live_award(world, yearly_rules(world.plan, **fields), ends_on=date(2023, 3, 31))


def six_months(world, **fields):
    """A live award of £20,000 from 1 April to 30 September 2020 that waits for the election."""
    return live_award(world, event_rules(world.plan, **fields), (Decimal("20000"),), ends_on=date(2020, 9, 30))


def row(award, number=None):
    """One decision on time to come, freshly read: of year `number`, or on the extension."""
    rows = Continuation.objects.filter(award=award).select_related("award__recipient", "award__rule_set", "event")
    return rows.get(kind="CONTINUATION", number=number) if number else rows.get(kind="EXTENSION")


def reported(world, award, *, on, verdict=Verdict.SATISFACTORY):
    """The newest return of the award, opened on the day, sent and reviewed with this verdict."""
    cast, sent = world.cast, datetime.combine(on, datetime.min.time(), tzinfo=UTC) + timedelta(hours=9)
    monitoring_actions.open_due_returns(on=on, at=sent)
    made = MonitoringReturn.objects.with_parents().filter(award=award, submitted_at=None).order_by("ends_on").first()
    monitoring.fill_in(made, by=cast.maidstone_lead, at=sent, share=Decimal("0.1"))
    monitoring_actions.submit_return(monitoring_return=made, by=cast.maidstone_lead, at=sent + DAY)
    return monitoring.reviewed(
        made, by=cast.other_officer, at=sent + 2 * DAY, verdict=verdict, reply="Thank you. All is clear."
    )


def swept(on):
    """The morning's work on a day."""
    continuation_days.carry_on(at=datetime.combine(on, datetime.min.time(), tzinfo=UTC) + timedelta(hours=6))


def submitted(world, award, number=2, *, asked=YEARLY_SUM, on=date(2021, 1, 15), **words):
    """The business case of a year, opened by the sweep and sent in by the lead."""
    swept(on)
    moment = datetime.combine(on, datetime.min.time(), tzinfo=UTC) + timedelta(hours=9)
    lead = world.cast.maidstone_lead
    given = {**WRITTEN, "asked_amount": Decimal(asked), **words}
    actions.save_continuation(continuation=row(award, number), by=lead, at=moment, **given)
    return actions.submit_continuation(continuation=row(award, number), by=lead, at=moment)


def advised(world, continuation, *, recommended="GO_ON", amount=None, at=ADVISED_AT):
    """Advice given and the money commented on."""
    actions.advise_continuation(
        continuation=continuation,
        recommended=recommended,
        amount=amount,
        advice="The work goes well.",
        by=world.cast.officer,
        at=at,
    )
    return actions.comment_on_continuation(
        continuation=continuation, comment="Affordable.", by=world.cast.cfo, at=at + DAY
    )


def decided(world, continuation, choice="GO_ON", *, by=None, at=DECIDED_AT, **wording):
    """The commissioner's decision."""
    return continuation_decisions.decide_continuation(
        continuation=continuation,
        choice=choice,
        reason="The need remains.",
        purpose="Fewer knives carried.",
        by=by or world.cast.pcc,
        at=at,
        **wording,
    )


def decided_extension(world, choice, *, amount=None, **wording):
    """The decision on what follows a six-month award, taken on 20 August 2020."""
    row_ = advised(world, row(world.award), recommended=choice, amount=amount, at=at(2020, 8, 3))
    return decided(world, row_, choice, at=at(2020, 8, 20), **wording)


def moved(world, event, expected_on, *, at=datetime(2020, 4, 15, 9, 0, tzinfo=UTC)):
    """The event moved to another day."""
    return plan_actions.move_event(
        event=event, expected_on=expected_on, reason="Postponed by law", by=world.cast.officer, at=at
    )


def put_right(world, monitoring_return, *, at):
    """A return once found unsatisfactory opened again, corrected, and found satisfactory."""
    lead = world.cast.maidstone_lead
    monitoring_actions.reopen_return(
        monitoring_return=monitoring_return, reason="The spend was wrong", due_on=at.date() + 7 * DAY,
        by=world.cast.other_officer, at=at,
    )  # fmt: skip
    monitoring_actions.submit_return(monitoring_return=monitoring_return, by=lead, at=at + DAY)
    return monitoring.reviewed(monitoring_return, by=world.cast.other_officer, at=at + 2 * DAY)
