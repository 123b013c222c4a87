"""KPIs of a contract, its returns quarter by quarter, improvement plans and meetings: all by the real actions."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from monitoring import actions as returns
from monitoring.enums import Verdict
from monitoring.models import MonitoringReturn
from plans import actions as plans_actions
from services.actions import improvement, kpis, meetings
from services.models import ImprovementPlan

from . import monitoring, services, templates

DEFINED = datetime(2020, 4, 7, 10, 0, tzinfo=UTC)
FIRST_DAY = date(2020, 1, 1)
ASKED = datetime(2020, 8, 10, 9, 0, tzinfo=UTC)
NOT_KNOWN = "The counter was broken."


def kpi(contract, *, by, at=DEFINED, **changes):
    """A KPI: answered calls in per cent, 90 or more is green, 80 or more amber."""
    wishes = {
        "name": "Calls answered in time",
        "definition": "Calls answered within 30 seconds, of all calls.",
        "kind": "PERCENTAGE",
        "direction": "HIGHER",
        "starts_on": FIRST_DAY,
        "target": Decimal(90),
        "amber": Decimal(80),
    }
    return kpis.define_kpi(contract=contract, **{**wishes, **changes}, by=by, at=at)


def short_template(cast, *, place=False):
    """A template of one count beside the usual sections; with `place`, the one for KPIs has a title of its own."""
    version = plans_actions.start_template(
        name="Short return", for_purpose=(), source="", like=None, by=cast.officer, at=templates.AT
    )
    draft = {"version": version, "by": cast.officer, "at": templates.AT}
    usual = version.sections.get(part="KPIS")
    if place:
        words = {"title": "How the service did", "guidance": "", "part": "KPIS"}
        plans_actions.save_section(**draft, **words, section=usual)
    else:
        plans_actions.remove_section(section=usual, by=cast.officer, at=templates.AT)
    section = plans_actions.save_section(**draft, title="People", guidance="Count once.")
    people = {"label": "People helped", "kind": "COUNT", "unit": "people"}
    plans_actions.save_indicator(section=section, **people, by=cast.officer, at=templates.AT)
    return plans_actions.put_to_use(**draft).template


def contract(cast, plan, *, place=False, **changes):
    """A contract with a short quarterly return and two KPIs: calls answered in per cent, and days to first contact."""
    rules = services.provider_rules(plan)
    rules.reporting_rules.update(template=short_template(cast, place=place))
    made = services.contract(cast, plan, **{"rule_set": rules, **changes})
    kpi(made, by=cast.officer)
    days = {"name": "Days to first contact", "kind": "DAYS", "direction": "LOWER", "definition": ""}
    kpi(made, by=cast.officer, **days, target=Decimal(5), amber=Decimal(8))
    return made


def opened(made, ends_on):
    """The quarter's return after the sweep a week later."""
    at = datetime(ends_on.year, ends_on.month, ends_on.day, 6, 0, tzinfo=UTC) + timedelta(days=8)
    returns.open_due_returns(on=at.date(), at=at)
    return MonitoringReturn.objects.with_parents().get(contract=made, ends_on=ends_on, kind="QUARTERLY")


def filled(cast, row, figures):
    """Everything of the return answered: `figures` by number of KPI, None for one not known."""
    at = row.opened_at + timedelta(days=6)
    whole = monitoring.whole_answers(row)
    entries = {**whole["entries"], **monitoring.kpi_answers(row, figures)}
    for told in entries.get("KPIS", {}).values():
        told["comment"] = NOT_KNOWN if told["value"] is None else "As counted."
    returns.save_return(monitoring_return=row, entries=entries, texts=whole["texts"], by=cast.provider_lead, at=at)
    monitoring.explain(row, by=cast.provider_lead, at=at)
    return row


def submitted(cast, made, ends_on, figures):
    """The quarter's return, handed in."""
    row = filled(cast, opened(made, ends_on), figures)
    at = row.opened_at + timedelta(days=7)
    return returns.submit_return(monitoring_return=row, by=cast.provider_lead, at=at)


def accepted(cast, made, ends_on, figures, *, verdict=Verdict.SATISFACTORY):
    """The quarter's return, handed in and reviewed."""
    row = submitted(cast, made, ends_on, figures)
    return monitoring.reviewed(row, by=cast.officer, at=row.opened_at + timedelta(days=9), verdict=verdict)


QUARTERS = (date(2020, 3, 31), date(2020, 6, 30), date(2020, 9, 30), date(2020, 12, 31))


def asked_plan(cast, made):
    """The improvement plan of the first KPI after two red quarters."""
    for ends_on in QUARTERS[:2]:
        accepted(cast, made, ends_on, {1: Decimal(70), 2: Decimal(4)})
    return ImprovementPlan.objects.select_related("contract__provider", "kpi").get(contract=made)


STEPS = [
    {"does": "Take on two call handlers", "owner": "Head of service", "due_on": date(2020, 9, 30)},
    {"does": "Train them", "owner": "", "due_on": date(2020, 10, 30)},
]


def proposed_plan(cast, plan, *, at=ASKED):
    """The plan with its cause and two steps, sent."""
    return improvement.propose_plan(plan=plan, cause="Two people left.", steps=STEPS, by=cast.provider_lead, at=at)


def agreed_plan(cast, plan, *, at=ASKED):
    """The same, agreed."""
    return improvement.agree_plan(plan=proposed_plan(cast, plan, at=at), by=cast.officer, at=at)


def planned(cast, made, *, kind="QUARTERLY", first_on=date(2020, 5, 5), count=1, at=DEFINED):
    """Meetings in the diary."""
    return meetings.plan_meetings(contract=made, kind=kind, first_on=first_on, count=count, by=cast.officer, at=at)


def held(cast, meeting, *, at=datetime(2020, 5, 5, 15, 0, tzinfo=UTC), **changes):
    """The meeting with its notes."""
    wishes = {"held_on": meeting.planned_on, "present": "Ola Officer\nPro Lead", "notes": "All went well."}
    return meetings.hold_meeting(meeting=meeting, **{**wishes, **changes}, by=cast.officer, at=at)


def action(cast, meeting, *, organisation=None, at=datetime(2020, 5, 5, 16, 0, tzinfo=UTC), **changes):
    """Something promised at the meeting; the office's unless said."""
    wishes = {"does": "Send the leaflet", "due_on": date(2020, 5, 29), "organisation": organisation}
    return meetings.give_action(meeting=meeting, **{**wishes, **changes}, by=cast.officer, at=at)
