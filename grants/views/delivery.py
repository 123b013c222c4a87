"""Schedules of delivery: days planned, delivered, re-arranged, cancelled (E1)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.roles import Permission
from records import lists
from records import queries as record
from records.refusals import refuse_if
from records.words import day_in_words

from ..actions import delivery as actions
from ..enums import SessionStatus
from ..forms import delivery as forms
from ..forms.acting import ReasonForm
from ..models import DeliverySession
from ..queries import delivery as queries
from ..rules import delivery as rules
from .acting import act_page, attempt, move
from .awards import get_award

EDITING = ["GET", "POST"]
CSV_HEADER = ["Day", "Place", "District", "For whom", "Block", "Status", "People reached", "Note", "In place of"]


def get_schedule(request, reference):
    """The schedule of an award the person may see."""
    schedule = queries.schedule_of(get_award(request, reference))
    if schedule is None:
        raise Http404("This award has no schedule.")
    return schedule


def get_session(request, reference, number):
    """One day of a schedule."""
    schedule = get_schedule(request, reference)
    session = get_object_or_404(DeliverySession, schedule=schedule, number=number)
    session.schedule = schedule
    return session


def named(session):
    """A day as people call it."""
    return f"{day_in_words(session.on)}, {session.place}"


@access.require(Permission.AWARD_READ)
@require_safe
def schedule_show(request, reference):
    """What was promised, every day of it, and what to expect; or the days as CSV."""
    schedule = get_schedule(request, reference)
    user, on = request.user, timezone.localdate()
    sessions = queries.sessions_of(schedule)
    if request.GET.get("format") == "csv":
        return lists.csv_response(f"schedule-{reference}", CSV_HEADER, (csv_row(row) for row in sessions))
    may_report = not rules.why_not_report(schedule.award, user=user)
    for session in sessions:
        session.moves = session_moves(schedule, session, on) if may_report else []
        session.is_silent = session.status == SessionStatus.PLANNED and session.on < on
    whole, sentence = queries.standing_of(schedule, sessions, on=on)
    context = {
        "award": schedule.award,
        "schedule": schedule,
        "sessions": sessions,
        "whole": whole,
        "sentence": sentence,
        "blocks": queries.blocks_of(schedule, sessions, on=on),
        "moves": schedule_moves(schedule, user),
        "events": record.history(schedule, *sessions),
        "today": on,
    }
    return render(request, "grants/schedule_show.html", context)


def csv_row(session):
    return [
        session.on,
        session.place,
        session.area,
        session.audience,
        session.block.name if session.block else "",
        session.get_status_display(),
        session.people,
        session.note,
        session.instead_of.on if session.instead_of else None,
    ]


def schedule_moves(schedule, user):
    args = [schedule.award.reference]
    why = rules.why_not_report(schedule.award, user=user)
    moves = [] if why else [move("Plan a day", "session_new", args, "")]
    if access.may(user, Permission.AWARD_OFFER):
        why = rules.why_not_write_schedule(schedule.award, user=user)
        moves.append(move("Change the schedule", "schedule_edit", args, why, style="secondary"))
    return moves


def session_moves(schedule, session, on):
    """The small buttons of one day."""
    args = [schedule.award.reference, session.number]
    if session.status == SessionStatus.PLANNED:
        delivered = [move("Report as delivered", "session_deliver", args, "")] if session.on <= on else []
        return [
            *delivered,
            move("Move", "session_rearrange", args, "", style="secondary"),
            move("Cancel", "session_cancel", args, "", style="secondary"),
        ]
    if session.status in (SessionStatus.DELIVERED, SessionStatus.CANCELLED):
        return [move("Take back", "session_reopen", args, "", style="secondary")]
    return []


@access.require(Permission.AWARD_OFFER)
@require_http_methods(EDITING)
def schedule_edit(request, reference):
    """What the award promises, by number and block."""
    award = get_award(request, reference)
    refuse_if(rules.why_not_write_schedule(award, user=request.user), award)
    schedule = queries.schedule_of(award)
    form = forms.ScheduleForm(request.POST if request.method == "POST" else None, schedule=schedule)
    if request.method == "POST" and form.is_valid():
        said = {**form.said(), "by": request.user, "at": timezone.now()}
        if (saved := attempt(form, actions.write_schedule, award=award, **said)) is not None:
            messages.success(request, "The schedule is saved.")
            return redirect(saved)
    back = (schedule or award).get_absolute_url()
    return act_page(request, form, title="Schedule of delivery", caption=str(award), back=back)


@access.require(Permission.AWARD_REPORT, Permission.AWARD_OFFER)
@require_http_methods(EDITING)
def session_new(request, reference):
    """Plan one day."""
    schedule = get_schedule(request, reference)
    refuse_if(rules.why_not_report(schedule.award, user=request.user), schedule)
    form = forms.SessionForm(request.POST if request.method == "POST" else None)
    return _act(request, form, actions.plan_session, schedule, "Plan a day", "The day is planned.", schedule=schedule)


@access.require(Permission.AWARD_REPORT, Permission.AWARD_OFFER)
@require_http_methods(EDITING)
def session_deliver(request, reference, number):
    """A day took place."""
    session = get_session(request, reference, number)
    refuse_if(rules.why_not_deliver(session, user=request.user, on=timezone.localdate()), session.schedule)
    form = forms.DeliveredForm(request.POST if request.method == "POST" else None)
    return _act_on(request, form, actions.deliver_session, session, "Delivered", "Recorded as delivered.")


@access.require(Permission.AWARD_REPORT, Permission.AWARD_OFFER)
@require_http_methods(EDITING)
def session_rearrange(request, reference, number):
    """A planned day moves to another."""
    session = get_session(request, reference, number)
    refuse_if(rules.why_not_rearrange(session, user=request.user), session.schedule)
    form = forms.RearrangeForm(request.POST if request.method == "POST" else None)
    done = "The day has moved. The old one stays in the record."
    return _act_on(request, form, actions.rearrange_session, session, "Move", done)


@access.require(Permission.AWARD_REPORT, Permission.AWARD_OFFER)
@require_http_methods(EDITING)
def session_cancel(request, reference, number):
    """A planned day does not take place."""
    session = get_session(request, reference, number)
    refuse_if(rules.why_not_cancel(session, user=request.user), session.schedule)
    form = _reason(request, "Cancel the day", "Why does it not take place?", "govuk-button--warning")
    return _act_on(request, form, actions.cancel_session, session, "Cancel", "The day is cancelled.")


@access.require(Permission.AWARD_REPORT, Permission.AWARD_OFFER)
@require_http_methods(EDITING)
def session_reopen(request, reference, number):
    """What was reported of a day is taken back."""
    session = get_session(request, reference, number)
    refuse_if(rules.why_not_reopen(session, user=request.user), session.schedule)
    form = _reason(request, "Take it back", "Why is it taken back?")
    return _act_on(request, form, actions.reopen_session, session, "Take back", "The day is planned again.")


def _reason(request, button, label, style=""):
    data = request.POST if request.method == "POST" else None
    return ReasonForm(data, button=button, label=label, style=style)


def _act_on(request, form, action, session, word, done):
    return _act(request, form, action, session.schedule, f"{word}: {named(session)}", done, session=session)


def _act(request, form, act, of, title, done, **subject):
    """One form, one action, back to the schedule."""
    if request.method == "POST" and form.is_valid():
        said = {**form.cleaned_data, **subject, "by": request.user, "at": timezone.now()}
        if attempt(form, act, **said) is not None:
            messages.success(request, done)
            return redirect(of)
    return act_page(request, form, title=title, caption=str(of.award), back=of.get_absolute_url())
