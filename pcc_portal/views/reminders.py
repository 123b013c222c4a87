"""Reminders for staff: coming, failed and held; sent by hand, held, let go."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access
from accounts.queries import people_for
from accounts.roles import Permission
from pcc_portal.forms import HoldForm
from pcc_portal.queries import reminders
from records import ladders, lists, obligations, rules
from records.calendar import london_day
from records.models import Obligation

PER_PAGE = 50
CSV_HEADER = ["Day", "What is owed", "Title", "Reference", "Who owes it", "Due", "Reminder", "To whom"]


def _today():
    return london_day(timezone.now())


@require_safe
@access.require(Permission.NOTICE_LOG_READ)
def reminder_list(request):
    """What will be sent in the next 14 days, if nothing else happens; as CSV with `?format=csv`."""
    on = _today()
    forecast = reminders.coming(request.GET, on)
    rows = forecast.rows
    if request.GET.get("format") == "csv":
        return lists.csv_response("reminders", CSV_HEADER, (_csv_row(row) for row in rows))
    page = lists.paginate(request, rows, per_page=PER_PAGE)
    days = reminders.by_day(rows)
    context = {
        "filter": forecast.filter,
        "page_obj": page,
        "rows": [{"coming": row, "day": days[row.day], "to": forecast.by_audience(row)} for row in page.object_list],
        "count": len(rows),
        "days": reminders.DAYS,
        "today": on,
    }
    return render(request, "pcc_portal/reminder_list.html", context)


def _csv_row(row):
    owed = row.obligation
    return [
        row.day.isoformat(),
        owed.get_kind_display(),
        owed.title,
        owed.reference,
        owed.organisation.name if owed.organisation else "The office",
        owed.due_on.isoformat(),
        row.step.when,
        "; ".join(person.full_name for person in row.people),
    ]


@require_safe
@access.require(Permission.NOTICE_LOG_READ)
def reminder_failed(request):
    """What could not be delivered, with the mail server's answer, and addresses that are refused."""
    page = lists.paginate(request, reminders.failed())
    context = {
        "page_obj": page,
        "count": page.paginator.count,
        "bad_addresses": reminders.bad_addresses()[:PER_PAGE],
        "may_see_people": access.may(request.user, Permission.PEOPLE_INVITE),
        "may_try_again": access.may(request.user, Permission.ORGANISATION_MANAGE),
    }
    return render(request, "pcc_portal/reminder_failed.html", context)


@require_safe
@access.require(Permission.NOTICE_LOG_READ)
def reminder_held(request):
    """What is held, until when and why."""
    found = reminders.HeldFilter(request.GET, queryset=reminders.held(_today()))
    page = lists.paginate(request, found.qs)
    context = {
        "filter": found,
        "page_obj": page,
        "count": page.paginator.count,
        "may_let_go": access.may(request.user, Permission.ORGANISATION_MANAGE),
    }
    return render(request, "pcc_portal/reminder_held.html", context)


def _obligation(pk):
    return get_object_or_404(Obligation.objects.select_related("organisation", "recipient"), pk=pk)


@require_safe
@access.require(Permission.NOTICE_LOG_READ)
def reminder_show(request, pk):
    """One obligation: its ladder with days and people, who was told, what can be done."""
    obligation, on = _obligation(pk), _today()
    rungs = reminders.rungs(obligation)
    context = {
        "obligation": obligation,
        "held": obligation.held_until is not None and obligation.held_until > on,
        "rungs": rungs,
        "today": on,
        "notices": reminders.notices_of(obligation)[:PER_PAGE],
        "events": reminders.events_of(obligation)[:PER_PAGE],
        "moves": _moves(obligation, [rung.step for rung in rungs], on) if _may(request.user) else [],
        "breadcrumbs": [{"label": "Reminders", "url": reverse("reminder_list")}],
    }
    return render(request, "pcc_portal/reminder_show.html", context)


def _may(user):
    return access.may(user, Permission.ORGANISATION_MANAGE)


def _move(label, name, obligation, **more):
    return {"label": label, "url": reverse(name, args=[obligation.pk]), **more}


def _moves(obligation, steps, on):
    """What an officer can do with the reminders of an obligation."""
    moves = [_move("Send a reminder now", "reminder_send", obligation)]
    moves[0]["why_not"] = rules.why_not_send_now(obligation, steps=steps, on=on)
    if not rules.why_not_let_go(obligation, on=on):
        moves.append(_move("Let reminders go", "reminder_let_go", obligation, style="secondary"))
    if obligation.closed_at is None:
        label = "Hold reminders until another day" if len(moves) > 1 else "Hold reminders"
        moves.append(_move(label, "reminder_hold", obligation, style="secondary", method="get"))
    return moves


@require_POST
@access.require(Permission.ORGANISATION_MANAGE)
def reminder_send(request, pk):
    """Remind of one obligation now."""
    obligation = _obligation(pk)
    told = obligations.send_now(obligation, by=request.user, at=timezone.now(), people_for=people_for)
    messages.success(request, f"A reminder goes to {told} {'person' if told == 1 else 'people'} within minutes.")
    return redirect(obligation)


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.ORGANISATION_MANAGE)
def reminder_hold(request, pk):
    """Hold the reminders of one obligation until a day, with a reason."""
    obligation = _obligation(pk)
    form = HoldForm(request.POST or None, obligation=obligation, on=_today())
    if request.method == "POST" and form.is_valid():
        obligations.hold(obligation, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, f"Reminders are held until {ladders.say(form.cleaned_data['until'])}.")
        return redirect(obligation)
    context = {
        "obligation": obligation,
        "form": form,
        "breadcrumbs": [{"label": "Reminders", "url": reverse("reminder_list")}],
    }
    return render(request, "pcc_portal/reminder_hold.html", context)


@require_POST
@access.require(Permission.ORGANISATION_MANAGE)
def reminder_let_go(request, pk):
    """Send the reminders of one obligation again from today."""
    obligation = obligations.let_go(_obligation(pk), by=request.user, at=timezone.now())
    messages.success(request, "Reminders go out again from today.")
    return redirect(obligation)
