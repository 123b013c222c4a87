"""Doors of changes recipients ask for, schedules of delivery, what follows the funding, and reviews of requirements."""

from datetime import UTC, date, datetime

from grants.actions import delivery, requests, sustainability
from plans.actions import reviews
from plans.enums import RequestKind
from plans.models import Delegation, Stream
from tests.make import awards as make
from tests.make import requests as asking

from . import door

AT = datetime(2020, 5, 4, 9, 0, tzinfo=UTC)


def apart(world):
    """A round of its own, so that each state has its one award."""
    return make.world(world.cast, world.plan)


def asked(step, kind=RequestKind.TIME, after=None):
    """A request walked to a state in a round of its own; its last day never passes."""

    def made(world):
        here = apart(world)
        award = make.live_award(here)
        return step(here, award, kind, after or {"ends_on": "2099-03-31"})

    return made


def scheduled_award(world):
    """An award with two planned days, one of them long past, and one cancelled."""
    here = apart(world)
    award = make.live_award(here)
    schedule = delivery.write_schedule(award=award, unit="day", promised=25, reason="Agreed", by=here.officer, at=AT)
    for day in (date(2020, 6, 1), date(2020, 6, 2)):
        delivery.plan_session(schedule=schedule, on=day, place="Example School", by=here.officer, at=AT)
    second = schedule.sessions.get(number=2)
    delivery.cancel_session(session=second, reason="Shut", by=here.officer, at=AT)
    return award


def plan_after(world):
    """A plan for what follows, with one action of the recipient."""
    here = apart(world)
    plan = sustainability.start_plan(award=make.live_award(here), by=here.officer, at=AT)
    sustainability.add_action(plan=plan, action="Look for money", due_on=date(2020, 6, 1), by=here.officer, at=AT)
    return plan


def idle_plan(world):
    """A plan without actions."""
    here = apart(world)
    return sustainability.start_plan(award=make.live_award(here), by=here.officer, at=AT)


def closed_plan(world):
    here = apart(world)
    plan = sustainability.start_plan(award=make.live_award(here), by=here.officer, at=AT)
    return sustainability.close_plan(plan=plan, outcome="ENDED", closed_on=date(2020, 5, 4), by=here.officer, at=AT)


def ended_stream(world):
    """A stream that has ended, beside the others."""
    return Stream.objects.create(
        key="ended", plan=world.plan.plan, number="9", order=9, code="END", name="Ended", standing="DISCONTINUED"
    )


def review(world):
    said = {"stream": world.plan.thirds, "title": "Requirements", "scope": "", "opened_on": date(2020, 5, 4)}
    made = reviews.open_review(**said, by=world.cast.officer, at=AT)
    finding = {"finding": "No register", "condition": "Keep a register."}
    reviews.write_finding(review=made, **finding, by=world.cast.officer, at=AT)
    return made


def decided_back(here, award, kind, after):
    """A request that the office sent back with a question."""
    request = asking.sent(here, award, kind, after)
    return requests.ask_about_request(request=request, question="Why?", by=here.officer, at=asking.ASKED_AT)


WORLD = {
    "draft_request": asked(asking.started),
    "sent_request": asked(asking.sent),
    "returned_request": asked(decided_back),
    "waiting_request": asked(asking.advised),
    "partner_request": asked(
        lambda here, award, kind, _: asking.sent(here, award, kind, asking.partners(award, joins="Example Mentors")),
        RequestKind.PARTNER,
    ),
    "asking_award": lambda world: make.live_award(apart(world)),
    "scheduled_award": scheduled_award,
    "plan_after": plan_after,
    "idle_plan": idle_plan,
    "closed_plan": closed_plan,
    "ended_stream": ended_stream,
    "requirement_review": review,
}


def one(key):
    """The address of a request."""
    return lambda world: {
        "reference": getattr(world, key).award.reference,
        "number": getattr(world, key).reference,
    }


def of_plan(key, number=None):
    def found(world):
        kwargs = {"reference": getattr(world, key).award.reference}
        return kwargs if number is None else {**kwargs, "number": number}

    return found


def day(number):
    return lambda world: {"reference": world.scheduled_award.reference, "number": number}


def without_delegations(world):
    """Other areas' rows may have recorded a delegation; here nobody has one."""
    Delegation.objects.all().delete()


SEES = "page: office contributor lead certifier signatory; 404: *"
WRITES = "page: contributor lead; 404: stranger provider; 403: *"
OURS = "page: contributor lead certifier signatory; 404: *"
OFFICERS = "page: officers; 403: *"
REPORTS = "page: officers contributor lead; 404: stranger provider; 403: *"
REASON = {"reason": "It is needed"}

DOORS = [
    door("grants:request_list", "", "page: *"),
    door("grants:request_new", "asking_award", WRITES),
    door("grants:request_new", "asking_award", WRITES, query="kind=TIME", note="of a kind"),
    door(
        "grants:request_new",
        "asking_award",
        "moved: contributor lead; 404: stranger provider; 403: *",
        method="POST",
        query="kind=TIME",
        data={"ends_on": "2099-03-31", "reason": "It takes longer"},
    ),
    door("grants:request_show", one("draft_request"), OURS, note="draft"),
    door("grants:request_show", one("sent_request"), SEES, note="sent"),
    door("grants:request_edit", one("draft_request"), WRITES),
    door(
        "grants:request_edit",
        one("draft_request"),
        "moved: contributor lead; 404: stranger provider; 403: *",
        method="POST",
        data={"ends_on": "2099-06-30", "reason": "Longer still", "version": "1"},
    ),
    door("grants:request_edit", one("sent_request"), "sentence: contributor lead; 404: stranger provider; 403: *",
         note="sent already"),
    door(
        "grants:request_submit",
        one("draft_request"),
        "moved: lead; sentence: contributor; 404: stranger provider; 403: *",
        method="POST",
    ),
    door("grants:request_withdraw", one("sent_request"),
         "page: lead; sentence: contributor; 404: stranger provider; 403: *"),
    door(
        "grants:request_withdraw",
        one("sent_request"),
        "moved: lead; sentence: contributor; 404: stranger provider; 403: *",
        method="POST",
        data=REASON,
    ),
    door("grants:request_ask", one("sent_request"), OFFICERS),
    door("grants:request_ask", one("sent_request"), "moved: officers; 403: *", method="POST", data=REASON),
    door("grants:request_advise", one("sent_request"), OFFICERS),
    door("grants:request_advise", one("sent_request"), "moved: officers; 403: *", method="POST", data=REASON),
    door("grants:request_send_back", one("waiting_request"), "page: deciders; 403: *"),
    door("grants:request_send_back", one("waiting_request"), "moved: deciders; 403: *", method="POST", data=REASON),
    door(
        "grants:request_decide",
        one("waiting_request"),
        "page: pcc; sentence: officer head cfo chief_executive; 403: *",
        given=without_delegations,
    ),
    door(
        "grants:request_decide",
        one("waiting_request"),
        "moved: pcc; sentence: officer head cfo chief_executive; 403: *",
        method="POST",
        data={"outcome": "APPROVED", "answer": "It meets the need"},
        given=without_delegations,
    ),
    door(
        "grants:request_decide",
        one("partner_request"),
        "moved: officers; sentence: cfo chief_executive pcc; 403: *",
        method="POST",
        data={"outcome": "APPROVED", "answer": "It meets the need"},
        note="of an officer's level",
    ),
    door("grants:schedule_show", "scheduled_award", SEES),
    door("grants:schedule_show", "scheduled_award", SEES, query="format=csv", note="as CSV"),
    door("grants:schedule_edit", "scheduled_award", OFFICERS),
    door(
        "grants:schedule_edit",
        "scheduled_award",
        "moved: officers; 403: *",
        method="POST",
        data={"unit": "day", "promised": "20", **REASON},
    ),
    door("grants:session_new", "scheduled_award", REPORTS),
    door(
        "grants:session_new",
        "scheduled_award",
        "moved: officers contributor lead; 404: stranger provider; 403: *",
        method="POST",
        data={"on": "2020-07-01", "place": "Example Hall"},
    ),
    *[
        row
        for name, number, data in [
            ("session_deliver", 1, {"people": "30"}),
            ("session_rearrange", 1, {"new_on": "2020-07-02", **REASON}),
            ("session_cancel", 1, REASON),
            ("session_reopen", 2, REASON),
        ]
        for row in (
            door(f"grants:{name}", day(number), REPORTS),
            door(
                f"grants:{name}",
                day(number),
                "moved: officers contributor lead; 404: stranger provider; 403: *",
                method="POST",
                data=data,
            ),
        )
    ],
    door("grants:sustainability_list", "", "page: *"),
    door("grants:sustainability_inform", lambda world: {"key": world.ended_stream.key}, OFFICERS),
    door(
        "grants:sustainability_inform",
        lambda world: {"key": world.ended_stream.key},
        "moved: officers; 403: *",
        method="POST",
        data={"told_on": "2020-02-14"},
    ),
    door("grants:sustainability_show", of_plan("plan_after"), SEES),
    door("grants:sustainability_start", "asking_award", "moved: officers; 403: *", method="POST"),
    *[
        row
        for name, of, data in [
            ("sustainability_edit", of_plan("plan_after"), {"summary": "A trust pays"}),
            ("sustainability_contact", of_plan("plan_after"), {"on": "2020-05-05", "who": "Manager", "note": "Spoke"}),
            (
                "sustainability_action",
                of_plan("plan_after"),
                {"action": "Ask", "by_office": "no", "due_on": "2099-01-01"},
            ),
            ("sustainability_move", of_plan("plan_after", 1), {"due_on": "2099-01-01", **REASON}),
            ("sustainability_close", of_plan("idle_plan"), {"outcome": "ENDED", "closed_on": "2020-05-05"}),
            ("sustainability_reopen", of_plan("closed_plan"), REASON),
        ]
        for row in (
            door(f"grants:{name}", of, OFFICERS),
            door(f"grants:{name}", of, "moved: officers; 403: *", method="POST", data=data),
        )
    ],
    door("grants:sustainability_done", of_plan("plan_after", 1), REPORTS),
    door(
        "grants:sustainability_done",
        of_plan("plan_after", 1),
        "moved: officers contributor lead; 404: stranger provider; 403: *",
        method="POST",
        data={"done_on": "2020-05-05", "result": "Granted"},
    ),
    door("plans:requirement_review_list", "", "page: office; 403: *"),
    door("plans:requirement_review_show", "requirement_review", "page: office; 403: *"),
    door("plans:requirement_review_new", "", OFFICERS),
    door(
        "plans:requirement_review_new",
        "",
        "moved: officers; 403: *",
        method="POST",
        data=lambda world: {"stream": world.plan.thirds.pk, "title": "Terms", "opened_on": "2020-05-04"},
    ),
    *[
        row
        for name, more, data in [
            ("requirement_review_edit", {}, {"title": "Other words", **REASON}),
            ("requirement_review_finding_new", {}, {"finding": "Late returns"}),
            ("requirement_review_finding_edit", {"number": 1}, {"finding": "Late returns"}),
            ("requirement_review_terms", {}, {"title": "Grant terms", "version": "77"}),
            ("requirement_review_conclude", {}, {"conclusion": "One condition more", "concluded_on": "2020-06-01"}),
        ]
        for row in (
            door(
                f"plans:{name}", lambda world, more=more: {"reference": world.requirement_review.reference, **more},
                OFFICERS,
            ),
            door(
                f"plans:{name}", lambda world, more=more: {"reference": world.requirement_review.reference, **more},
                "moved: officers; 403: *", method="POST", data=data,
            ),
        )
    ],
    door(
        "plans:requirement_review_finding_drop",
        lambda world: {"reference": world.requirement_review.reference, "number": 1},
        "moved: officers; 403: *",
        method="POST",
    ),
]  # fmt: skip
