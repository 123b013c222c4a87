"""Steps of example activity about contracts, through the actions people use on screen."""

from decimal import Decimal

from accounts.models import Organisation
from monitoring import actions as returns
from monitoring.enums import ReturnSection
from monitoring.models import MonitoringReturn
from plans.models import FundingSource, Stream
from services import actions
from services.actions import extensions, improvement, kpis, meetings, oversight
from services.enums import ActionStatus
from services.models import (
    Contract,
    ContractMeeting,
    ExtensionCase,
    ImprovementPlan,
    ImprovementStep,
    MeetingAction,
    OversightActivity,
    OversightCheckKind,
)

from .days import written_day
from .replay_returns import explain, figures_told


def figure(words):
    return None if words is None else Decimal(words)


def contract_of(step):
    """The contract a step names; its key in the file is its key in the portal."""
    return Contract.objects.select_related("provider").get(key=step["contract"])


def return_of(step):
    rows = MonitoringReturn.objects.with_parents()
    return rows.get(contract__key=step["contract"], ends_on=written_day(step["ends_on"]))


def plan_of(step):
    rows = ImprovementPlan.objects.select_related("contract__provider", "kpi")
    return rows.get(contract__key=step["contract"], number=step["number"])


def meeting_of(step):
    rows = ContractMeeting.objects.select_related("contract")
    return rows.get(contract__key=step["contract"], number=step["number"])


def define_kpi(play, step, *, by, at):
    kpis.define_kpi(
        contract=contract_of(step),
        **{name: step[name] for name in ("name", "definition", "kind", "unit", "direction")},
        starts_on=written_day(step["starts_on"]),
        target=figure(step["target"]),
        amber=figure(step["amber"]),
        by=by,
        at=at,
    )


def owe_contract_returns(play, step, *, by, at):
    """Owe the returns that were still to come on the day, as if the contract had been in the portal by then."""
    actions.owe_returns(contract=contract_of(step), at=at)


def save_contract_return(play, step, *, by, at):
    """Fill in the return of a provider: its template, its KPIs, its words."""
    row = return_of(step)
    entries = figures_told(row, step["figures"])
    lines = {line.kpi.number: line.pk for line in row.kpi_lines.select_related("kpi")}
    entries[ReturnSection.KPIS] = {
        lines[given["kpi"]]: {"value": figure(given["value"]), "comment": given["comment"]} for given in step["kpis"]
    }
    texts = {"narrative": step["narrative"]}
    returns.save_return(monitoring_return=row, entries=entries, texts=texts, by=by, at=at)
    if step["why"]:
        explain(row, step["why"], by=by, at=at)


def submit_contract_return(play, step, *, by, at):
    returns.submit_return(monitoring_return=return_of(step), by=by, at=at)


def review_contract_return(play, step, *, by, at):
    returns.review_return(monitoring_return=return_of(step), verdict=step["verdict"], reply=step["reply"], by=by, at=at)


def propose_plan(play, step, *, by, at):
    steps = [{**row, "due_on": written_day(row["due_on"])} for row in step["steps"]]
    improvement.propose_plan(plan=plan_of(step), cause=step["cause"], steps=steps, by=by, at=at)


def agree_plan(play, step, *, by, at):
    improvement.agree_plan(plan=plan_of(step), by=by, at=at)


def tick_step(play, step, *, by, at):
    rows = ImprovementStep.objects.select_related("plan__contract__provider")
    row = rows.get(plan=plan_of(step), number=step["step"])
    improvement.tick_step(step=row, done_on=written_day(step["on"]), by=by, at=at)


def plan_meetings(play, step, *, by, at):
    first_on = written_day(step["first_on"])
    contract = contract_of(step)
    meetings.plan_meetings(contract=contract, kind=step["kind"], first_on=first_on, count=step["count"], by=by, at=at)


def hold_meeting(play, step, *, by, at):
    """The meeting was held on the day of the step."""
    meetings.hold_meeting(
        meeting=meeting_of(step),
        held_on=written_day(step["on"]),
        present=step["present"],
        notes=step["notes"],
        by=by,
        at=at,
    )


def give_action(play, step, *, by, at):
    """The office's own, unless the step names an organisation."""
    key = step["organisation"]
    meetings.give_action(
        meeting=meeting_of(step),
        does=step["does"],
        owner=step["owner"],
        due_on=written_day(step["due_on"]),
        organisation=Organisation.objects.get(key=key) if key else None,
        by=by,
        at=at,
    )


def settle_action(play, step, *, by, at):
    rows = MeetingAction.objects.select_related("meeting__contract", "organisation")
    row = rows.get(meeting=meeting_of(step), number=step["action"])
    day = written_day(step["on"])
    meetings.settle_action(action=row, status=ActionStatus.DONE, words=step["words"], settled_on=day, by=by, at=at)


def case_of(step):
    """The newest extension decision about the contract a step names."""
    rows = ExtensionCase.objects.filter(contract__key=step["contract"]).select_related("contract__provider", "option")
    return rows.order_by("-number")[0]


def open_extension(play, step, *, by, at):
    """What the sweep of the day does: open the case of the next option if its day has come."""
    extensions.open_due_case(contract=contract_of(step), at=at)


def ask_about_extension(play, step, *, by, at):
    extensions.ask_provider(case=case_of(step), words=step["words"], by=by, at=at)


def answer_about_extension(play, step, *, by, at):
    extensions.answer_ask(case=case_of(step), willing=step["willing"], words=step["words"], by=by, at=at)


def ready_extension(play, step, *, by, at):
    extensions.ready_evidence(case=case_of(step), lapse_effect=step["lapse_effect"], by=by, at=at)


def register_activity(play, step, *, by, at):
    """Enter an activity in the oversight register; later steps name it by its label."""
    stream, source = Stream.objects.get(key=step["stream"]), step["funding_source"]
    activity = oversight.register_activity(
        **{name: step[name] for name in ("name", "purpose", "area", "cohort")},
        stream=stream,
        funding_source=FundingSource.objects.get(key=source) if source else None,
        provider=Organisation.objects.get(key=step["provider"]) if step["provider"] else None,
        amount=figure(step["amount"]),
        starts_on=written_day(step["starts_on"]),
        ends_on=written_day(step["ends_on"]) if step["ends_on"] else None,
        is_example=True,
        source="Example data",
        by=by,
        at=at,
    )
    play.activities[step["activity"]] = activity.pk


def check_activity(play, step, *, by, at):
    oversight.record_check(
        activity=OversightActivity.objects.get(pk=play.activities[step["activity"]]),
        kind=OversightCheckKind.objects.get(key=step["check"]),
        result=step["result"],
        evidence=step["evidence"],
        by=by,
        at=at,
    )


def activity_live(play, step, *, by, at):
    oversight.go_live(activity=OversightActivity.objects.get(pk=play.activities[step["activity"]]), by=by, at=at)


VERBS = {
    verb.__name__: verb
    for verb in [
        define_kpi,
        owe_contract_returns,
        save_contract_return,
        submit_contract_return,
        review_contract_return,
        propose_plan,
        agree_plan,
        tick_step,
        plan_meetings,
        hold_meeting,
        give_action,
        settle_action,
        open_extension,
        ask_about_extension,
        answer_about_extension,
        ready_extension,
        register_activity,
        check_activity,
        activity_live,
    ]
}
