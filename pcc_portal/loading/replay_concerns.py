"""Steps of example activity about complaints: received, taken up, answered, taken further, learned from."""

from accounts.models import Organisation
from monitoring.actions import concerns
from monitoring.enums import ConcernOutcome, ConcernTheme, Restriction
from monitoring.models import Concern, ConcernLearning
from plans.models import ConcernLevel
from services.models import Contract

from .days import written_day
from .kinds import Day, Matching, Text, Whole, Word, YesNo
from .references import Reference

LONG = Text(limit=8_000)
SAID = Text(limit=8_000, required=True)
COMPLAINT = {"complaint": Matching(limit=80, required=True)}
NUMBER = Whole(required=True, low=1, high=99)
PERSON = Reference(required=True, section="people")
CONCERN_STEPS = {
    "name_restricted_contacts": {
        "restriction": Word(required=True, words=Restriction),
        "officer": PERSON,
        "deputy": PERSON,
    },
    "receive_complaint": {
        **COMPLAINT,
        "about": Text(limit=300, required=True),
        "what_happened": SAID,
        "wanted": LONG,
        "name": Text(limit=150),
        "may_tell_provider": YesNo(),
        "restriction": Word(words=Restriction, default=Restriction.NONE.value),
    },
    "take_up_complaint": {
        **COMPLAINT,
        "stage": NUMBER,
        "theme": Word(required=True, words=ConcernTheme),
        "organisation": Reference(section="organisations"),
        "contract": Reference(section="contracts"),
        "words": LONG,
    },
    "answer_complaint": {**COMPLAINT, "outcome": Word(required=True, words=ConcernOutcome), "answer": SAID},
    "take_complaint_further": {**COMPLAINT, "reason": SAID},
    "close_complaint": {**COMPLAINT, "reason": SAID},
    "agree_change": {
        **COMPLAINT,
        "action": Text(limit=300, required=True),
        "office": YesNo(),
        "due_on": Day(required=True),
    },
    "make_change": {**COMPLAINT, "change": NUMBER, "result": SAID},
}


def concern_of(play, step):
    return Concern.objects.get(pk=play.complaints[step["complaint"]])


def name_restricted_contacts(play, step, *, by, at):
    two = {name: play.people[step[name]] for name in ("officer", "deputy")}
    concerns.set_contact(restriction=step["restriction"], **two, by=by, at=at)


def receive_complaint(play, step, *, by, at):
    said = {name: step[name] for name in ("about", "what_happened", "wanted", "name", "restriction")}
    concern = concerns.receive_concern(
        **said, may_tell_provider=bool(step["may_tell_provider"]), is_example=True, at=at
    )
    play.complaints[step["complaint"]] = concern.pk


def take_up_complaint(play, step, *, by, at):
    key, contract = step["organisation"], step["contract"]
    concerns.take_up(
        concern=concern_of(play, step),
        level=ConcernLevel.objects.get(number=step["stage"]),
        theme=step["theme"],
        organisation=Organisation.objects.get(key=key) if key else None,
        contract=Contract.objects.get(key=contract) if contract else None,
        words=step["words"],
        by=by,
        at=at,
    )


def answer_complaint(play, step, *, by, at):
    said = {"answer": step["answer"], "outcome": step["outcome"]}
    concerns.answer_stage(concern=concern_of(play, step), **said, by=by, at=at)


def take_complaint_further(play, step, *, by, at):
    concerns.ask_next_stage(concern=concern_of(play, step), reason=step["reason"], at=at)


def close_complaint(play, step, *, by, at):
    concerns.close_concern(concern=concern_of(play, step), reason=step["reason"], by=by, at=at)


def agree_change(play, step, *, by, at):
    concerns.agree_learning(
        concern=concern_of(play, step),
        action=step["action"],
        by_office=bool(step["office"]),
        due_on=written_day(step["due_on"]),
        by=by,
        at=at,
    )


def make_change(play, step, *, by, at):
    learning = ConcernLearning.objects.get(concern=play.complaints[step["complaint"]], number=step["change"])
    concerns.complete_learning(learning=learning, result=step["result"], by=by, at=at)


VERBS = {
    "name_restricted_contacts": name_restricted_contacts,
    "receive_complaint": receive_complaint,
    "take_up_complaint": take_up_complaint,
    "answer_complaint": answer_complaint,
    "take_complaint_further": take_complaint_further,
    "close_complaint": close_complaint,
    "agree_change": agree_change,
    "make_change": make_change,
}
