"""How we write to you, and your calendar: everybody's own pages."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import access, queries
from ..actions import contact
from ..forms import MailChoiceForm


@require_http_methods(["GET", "HEAD", "POST"])
def mail_choice(request):
    """Reminders once a day or each alone, and whether our letters arrive."""
    person = request.user
    form = MailChoiceForm(request.POST if request.method == "POST" else None, initial={"choice": person.mail_choice})
    if request.method == "POST" and form.is_valid():
        contact.change_mail_choice(person=person, choice=form.cleaned_data["choice"], by=person, at=timezone.now())
        messages.success(request, "Your choice is saved. It holds from the next reminder.")
        return redirect("accounts:mail_choice")
    return render(request, "accounts/mail_choice.html", {"form": form})


@require_safe
def calendar(request):
    """What the private calendar is, whether one is in use, and when it was last read."""
    content = {"feed": queries.calendar_feed_of(request.user), "in_office": access.is_office(request.user)}
    return render(request, "accounts/calendar.html", content)


@require_POST
@never_cache
def calendar_make(request):
    """Make a new address and show it: this once, since only its hash is kept."""
    replaced = queries.calendar_feed_of(request.user) is not None
    _, token = contact.make_calendar_feed(person=request.user, by=request.user, at=timezone.now())
    address = f"{settings.BASE_URL}/calendar/{token}.ics"
    subscribe = f"webcal://{address.partition('://')[2]}"
    content = {
        "address": address,
        "subscribe": subscribe,
        "replaced": replaced,
        "in_office": access.is_office(request.user),
    }
    return render(request, "accounts/calendar.html", content)


@require_POST
def calendar_revoke(request):
    """Let the address stop working."""
    contact.revoke_calendar_feed(person=request.user, by=request.user, at=timezone.now())
    messages.success(request, "The address no longer works. Calendars that use it will empty, or say that it is gone.")
    return redirect("accounts:calendar")
