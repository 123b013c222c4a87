"""The steps of example activity about stages, time to come, direct awards, changes, delivery and opportunities."""

from grants.enums import ContinuationChoice, MatchKind
from plans.enums import Purpose, RequestKind
from records.enums import DecisionOutcome

from .entries import Items
from .kinds import Day, Matching, Sum, Text, Whole, Word, YesNo
from .references import Reference, References

LONG = Text(limit=10_000)
SAID = Text(limit=10_000, required=True)
LABEL = Matching(limit=80, required=True)
NUMBER = Whole(required=True, low=1, high=99)
DAY = Day(required=True)
POUNDS = Sum(required=True)
CASE = {"case": LABEL}
STAGE = {**CASE, "stage": NUMBER}
YEAR = {**CASE, "year": Whole(low=2, high=20)}
OPPORTUNITY = {"opportunity": LABEL}
ENDED = {"award": Reference(required=True, section="awards")}
SOURCE = Reference(required=True, section="funding_sources")
MATCH_LINES = Items(
    fields={
        "who": Text(limit=200, required=True),
        "kind": Word(required=True, words=MatchKind),
        "amount": POUNDS,
        "is_confirmed": YesNo(),
    }
)
STREAM_STEPS = {
    "answer_questions": {
        **CASE,
        "set": LABEL,
        "answers": Items(required=True, fields={"ask": LABEL, "answer": Text(limit=2000, required=True, numbers=True)}),
    },
    "ask_for_exception": {**CASE, "reason": SAID},
    "give_exception": {**CASE, "reason": SAID},
    "declare_no_interest": CASE,
    "score_case": {
        **STAGE,
        "scores": Items(required=True, short="score", fields={"score": Whole(required=True, high=100)}),
        "comment": Text(limit=2000, required=True),
    },
    "pass_gate": {**STAGE, "comment": Text(limit=2000, required=True)},
    "settle_stage": {"round": Reference(required=True, section="rounds"), "stage": NUMBER},
    "agree_scores": {
        **STAGE,
        "scores": Items(required=True, short="score", fields={"score": Whole(required=True, high=100)}),
        "reason": SAID,
    },
    "advise_case": {**CASE, "outcome": Word(required=True, words=DecisionOutcome), "amount": Sum(), "advice": SAID},
    "open_what_follows": {},
    "write_continuation": {**YEAR, "need": SAID, "changes": LONG, "plans": SAID, "amount": Sum()},
    "send_continuation": YEAR,
    "advise_continuation": {
        **YEAR,
        "choice": Word(required=True, words=ContinuationChoice),
        "amount": Sum(),
        "advice": SAID,
    },
    "comment_on_continuation": {**YEAR, "comment": SAID},
    "propose_direct_award": {
        **CASE,
        "stream": Reference(required=True, section="streams"),
        "rule_set": Reference(required=True, section="rule_sets"),
        "recipient": Reference(required=True, section="organisations"),
        "title": Text(limit=300, required=True),
        "purpose": SAID,
        "reason": SAID,
        "outcomes": LONG,
        "priorities": References(section="priorities"),
        "starts_on": DAY,
        "ends_on": DAY,
        "money": Items(
            required=True,
            fields={"funding_source": SOURCE, "amount": POUNDS, "starts_on": Day(), "ends_on": Day()},
        ),
    },
    "advise_direct_award": {**CASE, "outcome": Word(required=True, words=DecisionOutcome), "advice": SAID},
    "comment_on_direct_award": {**CASE, "comment": SAID},
    "send_direct_award": CASE,
    "decide_direct_award": {
        **CASE,
        "outcome": Word(required=True, words=DecisionOutcome),
        "amount": Sum(),
        "purpose": SAID,
        "reason": SAID,
    },
    "claim": {
        **CASE,
        "instalment": NUMBER,
        "covers_from": DAY,
        "covers_to": DAY,
        "amount": POUNDS,
        "description": SAID,
    },
    "accept_claim": {**CASE, "instalment": NUMBER, "amount": POUNDS, "answer": LONG},
    "ask_for_change": {
        **CASE,
        "kind": Word(required=True, words=RequestKind),
        "reason": SAID,
        "ends_on": Day(),
        "amounts": Items(short="amount", fields={"amount": POUNDS}),
    },
    "send_change": {**CASE, "kind": Word(required=True, words=RequestKind)},
    "set_schedule": {
        **CASE,
        "unit": Text(limit=60, required=True),
        "promised": Whole(required=True, low=1),
        "guidance": LONG,
        "blocks": Items(
            fields={"name": Text(limit=100, required=True), "starts_on": Day(), "ends_on": Day(), "promised": Whole()}
        ),
        "reason": SAID,
    },
    "plan_day": {
        **CASE,
        "day": DAY,
        "place": Text(limit=200, required=True),
        "area": Text(limit=200),
        "audience": Text(limit=200),
    },
    "deliver_day": {**CASE, "number": NUMBER, "people": Whole(), "note": LONG},
    "rearrange_day": {**CASE, "number": NUMBER, "day": DAY, "reason": SAID},
    "record_contact": {**ENDED, "who": Text(limit=200, required=True), "note": SAID},
    "agree_action": {**ENDED, "action": Text(limit=300, required=True), "due_on": DAY, "by_office": YesNo()},
    "enter_opportunity": {
        **OPPORTUNITY,
        "stream": Reference(section="streams"),
        "funder": Text(limit=200, required=True),
        "fund": Text(limit=200, required=True),
        "description": LONG,
        "purpose": Word(words=Purpose, default=Purpose.ANY.value),
        "fit": LONG,
        "opens_on": Day(),
        "closes_on": Day(),
        "amount": Sum(),
        "match_needed": Sum(),
        "lead": Reference(section="people"),
    },
    "pursue_opportunity": {**OPPORTUNITY, "reason": SAID},
    "add_partner": {
        **OPPORTUNITY,
        "organisation": Reference(required=True, section="organisations"),
        "part": Text(limit=300, required=True),
        "brings": Sum(),
        "agreed_on": Day(),
    },
    "add_task": {
        **OPPORTUNITY,
        "task": Text(limit=300, required=True),
        "owner": Text(limit=120, required=True),
        "due_on": DAY,
    },
    "finish_task": {**OPPORTUNITY, "task": NUMBER, "result": SAID},
    "send_bid": {**OPPORTUNITY, "amount": POUNDS},
    "win_opportunity": {
        **OPPORTUNITY,
        "name": Text(limit=200, required=True),
        "amount": POUNDS,
        "starts_on": DAY,
        "ends_on": DAY,
        "streams": References(section="streams"),
        "lessons": LONG,
    },
}
