"""Schedules of delivery: what is promised, days planned, delivered, re-arranged, cancelled (E1)."""

from django.db import transaction

from records import obligations, workflow
from records.actions import log
from records.calendar import london_day
from records.enums import ObligationKind
from records.refusals import refuse_if
from records.words import day_in_words

from ..enums import SESSION_MOVES, SessionStatus
from ..models import DeliveryBlock, DeliverySchedule, DeliverySession
from ..queries import delivery as queries
from ..rules import awards as award_rules
from ..rules import delivery as rules
from .locks import lock_award

REPORT = ObligationKind.DELIVERY_REPORT
BLOCK_FIELDS = ("name", "starts_on", "ends_on", "promised")


@transaction.atomic
def write_schedule(*, award, unit, promised, guidance="", blocks=(), source="", reason, by, at):
    """Say what an award promises by number, and in which blocks; each block a mapping with its number."""
    award = lock_award(award)
    refuse_if(rules.why_not_write_schedule(award, user=by), award)
    refuse_if(award_rules.why_no_reason(reason), award)
    schedule = queries.schedule_of(award)
    kept = set(schedule.sessions.exclude(block=None).values_list("block__number", flat=True)) if schedule else set()
    refuse_if(rules.why_not_this_schedule(promised=promised, blocks=blocks, kept=kept), schedule or award)
    was = _told(schedule)
    fields = {"unit": unit.strip() or "day", "promised": promised, "guidance": guidance.strip(), "source": source}
    schedule, made = DeliverySchedule.objects.update_or_create(award=award, defaults=fields)
    for block in blocks:
        said = {name: block[name] for name in BLOCK_FIELDS}
        DeliveryBlock.objects.update_or_create(schedule=schedule, number=block["number"], defaults=said)
    schedule.blocks.exclude(number__in=[block["number"] for block in blocks]).delete()
    schedule = queries.schedule_of(award)
    now = _told(schedule)
    changes = {name: [was.get(name, ""), value] for name, value in now.items() if was.get(name, "") != value}
    verb, words = ("schedule_set", "Schedule of delivery set") if made else ("schedule_changed", "Schedule changed")
    told = {"by": by, "at": at, "reason": reason.strip(), "changes": changes}
    for subject in (award, schedule):
        log(subject, verb, summary=f"{words}: {schedule.promised} of “{schedule.unit}” promised", **told)
    return schedule


def _told(schedule):
    """A schedule as the log keeps it."""
    if schedule is None:
        return {}
    blocks = "; ".join(
        f"{block.name}, {day_in_words(block.starts_on)} to {day_in_words(block.ends_on)}, "
        f"{'not said' if block.promised is None else block.promised}"
        for block in schedule.blocks.all()
    )
    return {"unit": schedule.unit, "promised": schedule.promised, "guidance": schedule.guidance, "blocks": blocks}


def _locked(schedule):
    """The schedule with its award locked, so that numbers never collide."""
    return queries.schedule_of(lock_award(schedule.award))


@transaction.atomic
def plan_session(*, schedule, on, place, area="", audience="", school=None, block=None, by, at):
    """Plan one day; the recipient owes a report once it has passed."""
    schedule = _locked(schedule)
    refuse_if(rules.why_not_plan(schedule, user=by, on=on, place=place, school=school), schedule)
    where = {"place": place.strip(), "area": area, "school": school}
    return _plan(schedule, on=on, audience=audience, block=block, by=by, at=at, **where)


def _plan(schedule, *, by, at, **fields):
    last = schedule.sessions.order_by("-number").values_list("number", flat=True).first()
    fields["block"] = fields["block"] or queries.block_for(schedule, fields["on"])
    session = DeliverySession.objects.create(schedule=schedule, number=(last or 0) + 1, **fields)
    _owe(session)
    log(session, "planned", by=by, at=at, summary=f"Planned for {day_in_words(session.on)}: {session.place}")
    return session


def _owe(session):
    award = session.schedule.award
    obligations.owe(
        session,
        REPORT,
        title=f"What became of {session.schedule.unit} {session.number}, {session.place}: {award.title}"[:300],
        organisation=award.recipient,
        due_on=session.on,
        link=session.schedule.get_absolute_url(),
        anchor="planned day",
    )


def _lock_session(session):
    schedule = _locked(session.schedule)
    session = DeliverySession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    session.schedule = schedule
    return session


def _move(session, to, verb, words, *, by, at, reason="", **stamps):
    schedule = session.schedule
    moved = {"moves": SESSION_MOVES, "verb": verb, "by": by, "at": at, "reason": reason.strip()}
    summary = f"{day_in_words(session.on)}, {session.place}: {words}"
    workflow.move(session, to, summary=summary, **moved, **stamps)
    session.schedule = schedule
    log(schedule.award, f"session_{verb}", by=by, at=at, reason=reason.strip(), summary=summary)
    return session


@transaction.atomic
def deliver_session(*, session, people=None, note="", by, at):
    """Report a day as delivered; `people` None is not counted."""
    session = _lock_session(session)
    refuse_if(rules.why_not_deliver(session, user=by, on=london_day(at)), session.schedule)
    obligations.close(session, REPORT, by=by, at=at, closing="Delivered")
    reached = "people not counted" if people is None else f"{people} people reached"
    words = f"delivered, {reached}"
    return _move(session, SessionStatus.DELIVERED, "delivered", words, by=by, at=at, people=people, note=note.strip())


@transaction.atomic
def rearrange_session(*, session, new_on, place="", reason, by, at):
    """Move a planned day to another: the old one stays in the record, the new one names it."""
    session = _lock_session(session)
    refuse_if(rules.why_not_rearrange(session, user=by, new_on=new_on, reason=reason), session.schedule)
    obligations.close(session, REPORT, by=by, at=at, closing="Re-arranged")
    words = f"re-arranged to {day_in_words(new_on)}"
    _move(session, SessionStatus.REARRANGED, "rearranged", words, by=by, at=at, reason=reason, note=reason.strip())
    place = place.strip() or session.place
    school = session.school if place == session.place else None
    said = {"area": session.area, "audience": session.audience, "instead_of": session, "block": None, "school": school}
    return _plan(session.schedule, on=new_on, place=place, by=by, at=at, **said)


@transaction.atomic
def cancel_session(*, session, reason, by, at):
    """A planned day does not take place, and none comes in its stead."""
    session = _lock_session(session)
    refuse_if(rules.why_not_cancel(session, user=by, reason=reason), session.schedule)
    obligations.close(session, REPORT, by=by, at=at, closing="Cancelled")
    said = {"reason": reason, "note": reason.strip()}
    return _move(session, SessionStatus.CANCELLED, "cancelled", "cancelled", by=by, at=at, **said)


@transaction.atomic
def reopen_session(*, session, reason, by, at):
    """Take back what was reported of a day; it is planned again, and a report is owed."""
    session = _lock_session(session)
    refuse_if(rules.why_not_reopen(session, user=by, reason=reason), session.schedule)
    _move(session, SessionStatus.PLANNED, "reopened", "planned again", by=by, at=at, reason=reason, people=None)
    _owe(session)
    return session
