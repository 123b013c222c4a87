"""Doors of what follows a year or the end of an award."""

from datetime import date

from grants.actions import continuations as actions
from grants.models import Continuation
from plans.models import Delegation
from tests.make import continuations as make

from . import door

REASON = {"reason": "Because"}
DRAFT = {"need": "Still there", "plans_for_year": "More", "asked_amount": "35000", "changes": ""}


def years(world):
    """A three-year award whose first half year was found satisfactory."""
    award = make.three_years(world)
    make.reported(world, award, on=date(2020, 10, 1))
    return award


def opened(world):
    award = world.years_award
    make.swept(date(2021, 1, 15))
    return make.row(award, 2)


def draft(world):
    """Another year, so that each state has its row."""
    award = world.years_award
    make.swept(date(2022, 1, 15))
    lead, now = world.cast.maidstone_lead, make.at(2022, 1, 15)
    row = make.row(award, 3)
    return actions.save_continuation(continuation=row, **make.WRITTEN, asked_amount=make.YEARLY_SUM, by=lead, at=now)


def of(key):
    def arguments(world):
        row = Continuation.objects.select_related("award").get(pk=getattr(world, key).pk)
        return {"reference": row.award.reference, "number": row.reference}

    return arguments


def waits_for_event(world):
    return make.row(make.six_months(world))


def sent(world):
    """The business case is in, in the place of the open one."""
    row = Continuation.objects.get(pk=world.opened_next.pk)
    lead, now = world.cast.maidstone_lead, make.at(2021, 1, 20)
    actions.save_continuation(continuation=row, **make.WRITTEN, asked_amount=36814, by=lead, at=now)
    Continuation.objects.filter(pk=row.pk).update(changes="More schools")
    actions.submit_continuation(continuation=row, by=lead, at=now)


def ready(world):
    """It can be decided: advised on and commented on; nobody holds a delegation."""
    Delegation.objects.all().delete()
    sent(world)
    make.advised(world, Continuation.objects.get(pk=world.opened_next.pk), amount=35000)


def advised(world):
    """Advice is given, the comment is not."""
    sent(world)
    actions.advise_continuation(
        continuation=world.opened_next, recommended="END", advice="No", by=world.cast.officer, at=make.at(2021, 2, 1)
    )


def still_safe(world):
    """The latest safe day is still to come for those who ask today."""
    Continuation.objects.filter(pk=world.extension_next.pk).update(safe_by=date(2100, 1, 4))


WORLD = {
    "years_award": years,
    "opened_next": opened,
    "draft_next": draft,
    "extension_next": waits_for_event,
}
OFFICERS, OFFICERS_ACT = "page: officers; 403: *", "moved: officers; 403: *"
THEIRS = "page: writers; 403: *; 404: outsiders"
LEADS = "page: lead; 403: *; 404: outsiders"
DECIDERS = "page: pcc; sentence: deciders; 403: *"
CHOICE = {"choice": "END", "reason": "No need", "confirm": "yes"}
DOORS = [
    door("grants:continuation_list", "", "page: *"),
    door("grants:continuation_show", of("opened_next"), "page: office maidstone; 404: *"),
    door("grants:continuation_write", of("opened_next"), THEIRS),
    door(
        "grants:continuation_write", of("opened_next"), "moved: writers; 403: *; 404: outsiders", method="POST",
        data=DRAFT,
    ),
    door("grants:continuation_submit", of("draft_next"), LEADS),
    door(
        "grants:continuation_submit", of("draft_next"), "moved: lead; 403: *; 404: outsiders", method="POST",
        data={"agrees": "on"},
    ),
    door("grants:continuation_ask", of("extension_next"), OFFICERS),
    door("grants:continuation_ask", of("extension_next"), OFFICERS_ACT, method="POST", data={"due_on": "2099-08-03"},
         given=still_safe),
    door("grants:continuation_return", of("opened_next"), OFFICERS, given=sent),
    door("grants:continuation_return", of("opened_next"), OFFICERS_ACT, method="POST", data=REASON, given=sent),
    door("grants:continuation_advise", of("opened_next"), OFFICERS, given=sent),
    door(
        "grants:continuation_advise", of("opened_next"), OFFICERS_ACT, method="POST", given=sent,
        data={"recommended": "END", "advice": "Not shown"},
    ),
    door("grants:continuation_take_back", of("opened_next"), "page: officers deciders; 403: *", given=advised),
    door(
        "grants:continuation_take_back", of("opened_next"), "moved: officers deciders; 403: *", method="POST",
        data=REASON, given=advised,
    ),
    door("grants:continuation_comment", of("opened_next"), "page: cfo; 403: *", given=advised),
    door(
        "grants:continuation_comment", of("opened_next"), "moved: cfo; 403: *", method="POST", given=advised,
        data={"comment": "Affordable"},
    ),
    door("grants:continuation_except", of("opened_next"), "page: head chief_executive pcc; 403: *", given=sent),
    door(
        "grants:continuation_except", of("opened_next"), "moved: head chief_executive pcc; 403: *", method="POST",
        data=REASON, given=sent,
    ),
    door("grants:continuation_decide", of("opened_next"), DECIDERS, given=ready),
    door(
        "grants:continuation_decide", of("opened_next"), "moved: pcc; sentence: deciders; 403: *", method="POST",
        data=CHOICE, given=ready,
    ),
]  # fmt: skip
