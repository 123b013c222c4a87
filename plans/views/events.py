"""The page on which it is recorded that an event has happened (V5)."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import access
from accounts.roles import Permission
from records.refusals import refuse_if

from ..actions.events import event_happened
from ..forms.events import HappenedForm
from ..models import MovableEvent
from ..rules import events as rules
from .plan import EDITING, edit_page, posted

LEAD = (
    "What waits for this event goes on with the next morning: payments that wait for it, decisions and returns "
    "counted from its day. Once recorded, its day no longer moves."
)


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def movable_event_happened(request, key):
    """Record that the event has happened, with the day and how that is known."""
    event = get_object_or_404(MovableEvent, key=key)
    refuse_if(rules.why_not_record_happening(event, user=request.user, on=timezone.localdate()))
    form = HappenedForm(posted(request), initial={"happened_on": event.expected_on})

    def act(**fields):
        return event_happened(event=event, **fields)

    return edit_page(request, form, act, title="Record that it has happened", caption=event.name, lead=LEAD, row=event)
