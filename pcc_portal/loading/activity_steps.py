"""The steps of example activity: who did what on which day. Checked here, replayed by `activity`."""

from dataclasses import dataclass

from grants.enums import CaseSection, EvidenceStrength, MeasureDirection, Window
from monitoring.enums import Standing, Verdict
from plans.enums import ReportKind
from records.enums import DecisionOutcome

from .contract_steps import CONTRACT_STEPS
from .entries import Items, clean_entries
from .kinds import Day, Matching, Sum, Text, Texts, Whole, Word, nearest, shown
from .references import Reference, References
from .replay_audits import AUDIT_STEPS
from .replay_concerns import CONCERN_STEPS
from .replay_overlaps import OVERLAP_STEPS
from .replay_schools import SCHOOL_STEPS
from .replay_standards import STANDARD_STEPS
from .replay_stories import STORY_STEPS
from .replay_support import SUPPORT_STEPS
from .stream_steps import MATCH_LINES, STREAM_STEPS

LONG = Text(limit=10_000)
SAID = Text(limit=10_000, required=True)
LABEL = Matching(limit=80, required=True)
ROUND = Reference(required=True, section="rounds")
NUMBER = Whole(required=True, low=1, high=99)
COUNT = Sum(required=True, noun="a number")
KIND = Word(required=True, words=ReportKind)
PROJECT = {
    "title": Text(limit=200, required=True),
    "description": SAID,
    "need": SAID,
    "evidence": SAID,
    "evidence_strength": Word(required=True, words=EvidenceStrength),
    "evidence_source": Text(limit=300),
    "outcomes": Items(
        fields={
            "outcome": Text(limit=300, required=True),
            "measure": Text(limit=300, required=True),
            "unit": Text(limit=60),
            "direction": Word(words=MeasureDirection, default=MeasureDirection.UP.value),
            "baseline": Sum(noun="a number"),
            "target": COUNT,
        }
    ),
    "outputs": Items(
        fields={"output": Text(limit=300, required=True), "target": COUNT, "unit": Text(limit=60)},
    ),
    "budget": Items(fields={"heading": Text(limit=200, required=True), "amount": Sum(required=True)}),
    "priorities": References(section="priorities"),
    "areas": Texts(limit=80),
    "partners": Items(fields={"name": Text(limit=200, required=True), "part": Text(limit=300)}, short="name"),
    "lot": Whole(low=1, high=99),
    "match": MATCH_LINES,
}
CASE = {"case": LABEL}
RETURN = {"case": LABEL, "return": KIND}
STEPS = {
    "open_round": {"round": ROUND},
    "close_round": {"round": ROUND},
    "write_case": {
        "case": LABEL,
        "round": ROUND,
        "organisation": Reference(required=True, section="organisations"),
        "window": Word(words=Window, default=Window.MAIN.value),
        "title": Text(limit=200, required=True),
        "summary": SAID,
        "projects": Items(required=True, fields=PROJECT),
    },
    "submit_case": CASE,
    "return_case": {
        "case": LABEL,
        "requests": Items(
            required=True,
            fields={"section": Word(required=True, words=CaseSection), "project": Whole(low=1), "asked": SAID},
        ),
    },
    "evaluate_case": {
        "case": LABEL,
        "need": SAID,
        "outcomes": SAID,
        "value_for_money": SAID,
        "risks": LONG,
        "advice": Items(
            fields={
                "project": NUMBER,
                "outcome": Word(required=True, words=DecisionOutcome),
                "amount": Sum(),
                "advice": SAID,
                "conditions": LONG,
            }
        ),
    },
    "comment_on_finance": {"case": LABEL, "comment": SAID},
    "send_for_decision": CASE,
    "decide": {
        "case": LABEL,
        "project": NUMBER,
        "outcome": Word(required=True, words=DecisionOutcome),
        "amount": Sum(),
        "purpose": LONG,
        "reason": SAID,
        "conditions": LONG,
        "question": LONG,
    },
    "offer_award": CASE,
    "publish_decisions": CASE,
    "accept_award": {"case": LABEL, "position": Text(limit=120, required=True)},
    "release": {"case": LABEL, "instalment": NUMBER},
    "mark_paid": {"case": LABEL, "instalment": NUMBER, "reference": Text(limit=60, required=True, numbers=True)},
    "open_returns": {},
    "save_return": {
        **RETURN,
        "narrative": SAID,
        "learning": LONG,
        "risks": LONG,
        "underspend_reason": LONG,
        "why": LONG,
        "figures": Items(
            fields={
                "ask": Matching(limit=60, required=True),
                "of": Text(limit=80, numbers=True),
                "answer": Text(limit=2000, required=True, numbers=True),
            }
        ),
        "projects": Items(
            required=True,
            fields={
                "standing": Word(required=True, words=Standing),
                "narrative": LONG,
                "spent": Items(fields={"amount": Sum(required=True)}, short="amount"),
                "outcomes": Items(fields={"value": COUNT}, short="value"),
                "outputs": Items(fields={"value": COUNT}, short="value"),
            },
        ),
    },
    "send_for_certification": RETURN,
    "certify_return": RETURN,
    "submit_return": RETURN,
    "query_return": {
        **RETURN,
        "questions": Items(required=True, fields={"section": Text(limit=120, required=True), "question": SAID}),
    },
    "answer_queries": {**RETURN, "answer": SAID},
    "review_return": {**RETURN, "verdict": Word(required=True, words=Verdict), "reply": SAID},
    **STREAM_STEPS,
    **CONTRACT_STEPS,
    **CONCERN_STEPS,
    **STORY_STEPS,
    **SCHOOL_STEPS,
    **STANDARD_STEPS,
    **SUPPORT_STEPS,
    **OVERLAP_STEPS,
    **AUDIT_STEPS,
}
BY_THE_PORTAL = (
    "compare_work",
    "open_returns",
    "owe_contract_returns",
    "open_what_follows",
    "receive_complaint",
    "take_complaint_further",
)
BEGINS = ("offer_support", "write_case", "propose_direct_award", "enter_opportunity", "receive_complaint")
LABELLED = ("offer", "opportunity", "complaint", "case")


@dataclass
class Step:
    """One checked step."""

    line: int
    do: str
    content: dict

    def __getitem__(self, name):
        return self.content[name]


def check_activity(node, plan_file, say):
    """The steps of an example file in the order of their days (and, on one day, as written)."""
    if node is None:
        return []
    if not plan_file.is_example:
        say(node.line, "only an example file may replay activity. Say example: yes, or take the section out.")
        return []
    if node.kind != "list":
        say(node.line, f"{shown(node)} should be a list of steps, each beginning with a hyphen.")
        return []
    checked = [check_step(item, say.inside(f"step {number}")) for number, item in enumerate(node.value, start=1)]
    steps = sorted((step for step in checked if step), key=lambda step: step["on"] or "")
    labels = set()
    for step in steps:
        check_label(step, labels, say)
    return steps


def check_step(node, say):
    verb = node.get("do") if node.kind == "entries" else None
    if verb is None or verb.value not in STEPS:
        hint = nearest(str(verb.value), STEPS) if verb else ""
        say(verb.line if verb else node.line, f"do should be one of {', '.join(STEPS)}.{hint}")
        return None
    fields = {
        "do": Text(),
        "on": Day(required=True),
        "by": Reference(required=verb.value not in BY_THE_PORTAL, section="people"),
        **STEPS[verb.value],
    }
    return Step(node.line, verb.value, clean_entries(node, fields, say))


def check_label(step, labels, say):
    """What a label means is written, once, before anything is done with it."""
    name = next((name for name in LABELLED if name in step.content), "case")
    label = step.content.get(name)
    if step.do in BEGINS:
        if label in labels:
            say(step.line, f'the {name} "{label}" is written twice. Give the second another name.')
        labels.add(label)
    elif label and label not in labels:
        say(step.line, f'no step on this day or before it writes the {name} "{label}".{nearest(label, labels)}')
    other = step.content.get("other")
    if other and other not in labels:
        say(step.line, f'no step on this day or before it writes the case "{other}".{nearest(other, labels)}')
