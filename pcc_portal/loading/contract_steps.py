"""The steps of example activity about contracts: KPIs, returns, plans, meetings, extensions; the oversight register."""

from monitoring.enums import Verdict
from services.enums import CheckResult, KpiDirection, KpiKind, MeetingKind

from .entries import Items
from .kinds import Day, Matching, Sum, Text, Whole, Word, YesNo
from .references import Reference

SAID = Text(limit=10_000, required=True)
LONG = Text(limit=10_000)
FIGURE = Sum(noun="a number")
LABEL = Matching(limit=80, required=True)
CONTRACT = {"contract": Reference(required=True, section="contracts")}
NUMBERED = {**CONTRACT, "number": Whole(required=True, low=1, high=99)}
QUARTER = {**CONTRACT, "ends_on": Day(required=True)}
DUE = {"does": Text(limit=300, required=True), "owner": Text(limit=120), "due_on": Day(required=True)}
CONTRACT_STEPS = {
    "define_kpi": {
        **CONTRACT,
        "name": Text(limit=200, required=True),
        "definition": LONG,
        "kind": Word(required=True, words=KpiKind),
        "unit": Text(limit=40),
        "direction": Word(words=KpiDirection, default=KpiDirection.HIGHER.value),
        "starts_on": Day(required=True),
        "target": FIGURE,
        "amber": FIGURE,
    },
    "owe_contract_returns": CONTRACT,
    "save_contract_return": {
        **QUARTER,
        "narrative": SAID,
        "figures": Items(
            fields={
                "ask": Matching(limit=60, required=True),
                "of": Text(limit=80, numbers=True),
                "answer": Text(limit=2000, required=True, numbers=True),
            }
        ),
        "kpis": Items(
            fields={"kpi": Whole(required=True, low=1, high=99), "value": FIGURE, "comment": Text(limit=2000)},
        ),
        "why": LONG,
    },
    "submit_contract_return": QUARTER,
    "review_contract_return": {**QUARTER, "verdict": Word(required=True, words=Verdict), "reply": SAID},
    "propose_plan": {**NUMBERED, "cause": SAID, "steps": Items(required=True, fields=DUE)},
    "agree_plan": NUMBERED,
    "tick_step": {**NUMBERED, "step": Whole(required=True, low=1, high=99)},
    "plan_meetings": {
        **CONTRACT,
        "kind": Word(required=True, words=MeetingKind),
        "first_on": Day(required=True),
        "count": Whole(empty=1, low=1, high=36),
    },
    "hold_meeting": {**NUMBERED, "present": SAID, "notes": SAID},
    "give_action": {**NUMBERED, **DUE, "organisation": Reference(section="organisations")},
    "settle_action": {**NUMBERED, "action": Whole(required=True, low=1, high=99), "words": SAID},
    "open_extension": CONTRACT,
    "ask_about_extension": {**CONTRACT, "words": SAID},
    "answer_about_extension": {**CONTRACT, "willing": YesNo(), "words": SAID},
    "ready_extension": {**CONTRACT, "lapse_effect": SAID},
    "register_activity": {
        "activity": LABEL,
        "name": Text(limit=300, required=True),
        "stream": Reference(required=True, section="streams"),
        "funding_source": Reference(section="funding_sources"),
        "purpose": SAID,
        "area": Text(limit=200),
        "cohort": Text(limit=200),
        "provider": Reference(section="organisations"),
        "amount": Sum(),
        "starts_on": Day(required=True),
        "ends_on": Day(),
    },
    "check_activity": {
        "activity": LABEL,
        "check": LABEL,
        "result": Word(required=True, words=CheckResult),
        "evidence": SAID,
    },
    "activity_live": {"activity": LABEL},
}
