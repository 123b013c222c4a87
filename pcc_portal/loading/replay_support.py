"""Steps of example activity about offers of support: offered, joined, held, answered, and money won elsewhere."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from accounts.models import Organisation
from monitoring.actions import capacity, joining, outside_funding
from monitoring.enums import HelpGiven, OfferKind, TriggerKind
from monitoring.models import CapacityOffer, CapacitySession, SignUp
from records.calendar import add_working_days, is_working_day

from .days import written_day
from .kinds import Day, Matching, Sum, Text, Whole, Word, WordList
from .references import Reference, References
from .replay_cases import number_of

SAID = Text(limit=10_000, required=True)
OFFER = {"offer": Matching(limit=80, required=True)}
SESSION = {**OFFER, "session": Whole(required=True, low=1, high=99)}
SUPPORT_STEPS = {
    "offer_support": {
        **OFFER,
        "kind": Word(required=True, words=OfferKind),
        "title": Text(limit=200, required=True),
        "description": SAID,
        "for_whom": Text(limit=300),
    },
    "add_support_session": {
        **OFFER,
        "held_on": Day(required=True),
        "hour": Whole(required=True, low=7, high=20),
        "hours": Whole(required=True, low=1, high=8),
        "place": Text(limit=300, required=True),
        "places": Whole(low=1, high=1000),
    },
    "suggest_support_after": {
        **OFFER,
        "kind": Word(required=True, words=TriggerKind),
        "section": Text(limit=60),
        "words": Text(limit=120, numbers=True),
        "below_percent": Whole(low=1, high=100),
    },
    "open_support": OFFER,
    "sign_up_for_support": {
        **SESSION,
        "organisation": Reference(required=True, section="organisations"),
        "people": References(required=True, section="people"),
    },
    "record_who_came": {**SESSION, "people": References(section="people")},
    "give_session_feedback": {**SESSION, "rating": Whole(required=True, low=1, high=5), "words": Text(limit=4000)},
    "record_won_elsewhere": {
        "organisation": Reference(required=True, section="organisations"),
        "offer": Matching(limit=80),
        "funder": Text(limit=200, required=True),
        "purpose": Text(limit=300, required=True),
        "amount": Sum(),
        "won_on": Day(required=True),
        "helped_by": WordList(words=HelpGiven),
    },
}


def offer_of(play, step):
    return CapacityOffer.objects.get(pk=play.offers[step["offer"]])


def session_of(play, step):
    return CapacitySession.objects.select_related("offer").get(offer=play.offers[step["offer"]], number=step["session"])


def offer_support(play, step, *, by, at):
    words = {name: step[name] for name in ("kind", "title", "description", "for_whom")}
    play.offers[step["offer"]] = capacity.draft_offer(**words, is_example=True, by=by, at=at).pk


def add_support_session(play, step, *, by, at):
    day = written_day(step["held_on"])
    day = day if is_working_day(day) else add_working_days(day, 1)
    starts = timezone.make_aware(datetime.combine(day, time(step["hour"])))
    capacity.add_session(
        offer=offer_of(play, step),
        starts_at=starts,
        ends_at=starts + timedelta(hours=step["hours"]),
        place=step["place"],
        places=step["places"],
        by=by,
        at=at,
    )


def suggest_support_after(play, step, *, by, at):
    words = {name: step[name] for name in ("kind", "section", "words", "below_percent")}
    capacity.add_trigger(offer=offer_of(play, step), **words, by=by, at=at)


def open_support(play, step, *, by, at):
    capacity.open_offer(offer=offer_of(play, step), by=by, at=at)


def sign_up_for_support(play, step, *, by, at):
    organisation = Organisation.objects.get(key=step["organisation"])
    who = [(organisation, play.people[key]) for key in step["people"]]
    joining.sign_up(session=session_of(play, step), who=who, by=by, at=at)


def record_who_came(play, step, *, by, at):
    session = session_of(play, step)
    rows = SignUp.objects.filter(session=session, person__in=[play.people[key] for key in step["people"]])
    joining.record_attendance(session=session, came=set(rows.values_list("pk", flat=True)), by=by, at=at)


def give_session_feedback(play, step, *, by, at):
    row = SignUp.objects.get(session=session_of(play, step), person=by)
    joining.give_feedback(sign_up=row, rating=step["rating"], feedback=step["words"], by=by, at=at)


def record_won_elsewhere(play, step, *, by, at):
    outside_funding.record_funding(
        organisation=Organisation.objects.get(key=step["organisation"]),
        funder=step["funder"],
        purpose=step["purpose"],
        amount=number_of(step["amount"]),
        won_on=written_day(step["won_on"]),
        offer=offer_of(play, step) if step["offer"] else None,
        how_it_helped=step["helped_by"],
        by=by,
        at=at,
    )


VERBS = {
    verb.__name__: verb
    for verb in [
        offer_support,
        add_support_session,
        suggest_support_after,
        open_support,
        sign_up_for_support,
        record_who_came,
        give_session_feedback,
        record_won_elsewhere,
    ]
}
