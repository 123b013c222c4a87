"""Acts on offers of support, sessions, sign-ups, suggestions and money won elsewhere (B1)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts import access
from accounts.roles import Permission
from records import documents
from records.refusals import Refused, refuse_if

from ..actions import capacity as actions
from ..actions import joining, outside_funding, suggesting
from ..enums import SignUpStatus, TriggerKind
from ..forms import capacity as forms
from ..models import OfferTrigger, SignUp
from ..queries import capacity as reads
from ..rules import capacity as rules
from .capacity import crumbs, fetch_offer, fetch_session

FORM = ["GET", "HEAD", "POST"]
MANAGES = access.require(Permission.SUPPORT_MANAGE)
JOINS = access.require(Permission.SUPPORT_JOIN)


def _page(request, form, title, back, *, offer=None, lead="", caption=""):
    context = {
        "form": form,
        "title": title,
        "back": back,
        "lead": lead,
        "caption": caption,
        "offer": offer,
        "breadcrumbs": crumbs(offer or False),
    }
    return render(request, "monitoring/support_form.html", context)


def _act(form, action, **given):
    """Call the action; None and an error on the form when it is refused, so that nothing typed is lost."""
    try:
        return action(**given)
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        return None


def _sent(request, form):
    return request.method == "POST" and form.is_valid()


def _by(request):
    return {"by": request.user, "at": timezone.now()}


# ---------------------------------------------------------------- offers


@require_http_methods(FORM)
@MANAGES
def support_new(request):
    """Write down an offer."""
    form = forms.OfferForm(request.POST or None)
    if _sent(request, form) and (offer := _act(form, actions.draft_offer, **form.cleaned_data, **_by(request))):
        messages.success(request, "The offer was saved. Nobody outside the office sees it before you open it.")
        return redirect(offer)
    return _page(request, form, "Offer support", "/support/")


@require_http_methods(FORM)
@MANAGES
def support_edit(request, reference):
    """Other words for an offer."""
    offer = fetch_offer(request, reference)
    initial = {name: getattr(offer, name) for name in ("title", "description", "for_whom")}
    form = forms.OfferWordsForm(request.POST or None, initial=initial)
    if _sent(request, form) and _act(form, actions.change_offer, offer=offer, **form.cleaned_data, **_by(request)):
        messages.success(request, "The words were changed.")
        return redirect(offer)
    return _page(request, form, "Change the words", offer.get_absolute_url(), offer=offer, caption=offer)


@require_POST
@MANAGES
def support_open(request, reference):
    """Organisations may see it."""
    offer = actions.open_offer(offer=fetch_offer(request, reference), **_by(request))
    messages.success(request, "The offer is open. Organisations whose record calls for it have been told.")
    return redirect(offer)


@require_http_methods(FORM)
@MANAGES
def support_close(request, reference):
    """The offer ends."""
    offer = fetch_offer(request, reference)
    refuse_if(rules.why_not_close(offer, user=request.user, at=timezone.now()), offer)
    form = forms.ReasonForm(request.POST or None, button="Close the offer", style="govuk-button--warning")
    if _sent(request, form) and _act(form, actions.close_offer, offer=offer, **form.cleaned_data, **_by(request)):
        messages.success(request, "The offer is closed.")
        return redirect(offer)
    return _page(request, form, "Close the offer", offer.get_absolute_url(), offer=offer, caption=offer)


@require_http_methods(FORM)
@MANAGES
def support_file_new(request, reference):
    """A file that goes with the offer."""
    offer = fetch_offer(request, reference)
    form = forms.FileForm(request.POST or None, request.FILES or None)
    if _sent(request, form):
        upload = form.cleaned_data["upload"]
        if _act(form, actions.add_offer_file, offer=offer, upload=upload, **_by(request)):
            messages.success(request, "The file was added.")
            return redirect(offer)
    return _page(request, form, "Add a file", offer.get_absolute_url(), offer=offer, caption=offer)


@require_POST
@MANAGES
def support_file_remove(request, reference, pk):
    """Take a file off the offer."""
    offer = fetch_offer(request, reference)
    document = get_object_or_404(documents.about(offer), pk=pk)
    actions.remove_offer_file(offer=offer, document=document, **_by(request))
    messages.success(request, f"{document.name} was removed.")
    return redirect(offer)


# ---------------------------------------------------------------- what suggests it


@require_http_methods(FORM)
@MANAGES
def support_trigger_new(request, reference, kind):
    """One more thing in an organisation's record that suggests the offer."""
    offer = fetch_offer(request, reference)
    if kind not in TriggerKind.values:
        raise Http404("There is no such kind.")
    form = forms.TRIGGER_FORMS[TriggerKind(kind)](request.POST or None)
    if _sent(request, form):
        given = {**form.cleaned_data, "kind": kind}
        if _act(form, actions.add_trigger, offer=offer, **given, **_by(request)):
            messages.success(request, "Saved. It is suggested to those whose record calls for it.")
            return redirect(offer)
    lead = "The offer is suggested to an organisation when its record of the last two years holds this."
    title = TriggerKind(kind).label
    return _page(request, form, title, offer.get_absolute_url(), offer=offer, caption=offer, lead=lead)


@require_POST
@MANAGES
def support_trigger_remove(request, reference, pk):
    """It suggests the offer no more."""
    offer = fetch_offer(request, reference)
    trigger = get_object_or_404(OfferTrigger.objects.select_related("criterion", "standard"), offer=offer, pk=pk)
    trigger.offer = offer
    actions.remove_trigger(trigger=trigger, **_by(request))
    messages.success(request, "Removed. What was suggested already stays until it is set aside.")
    return redirect(offer)


# ---------------------------------------------------------------- sessions


@require_http_methods(FORM)
@MANAGES
def support_session_new(request, reference):
    """One more session."""
    offer = fetch_offer(request, reference)
    refuse_if(rules.why_not_add_session(offer, user=request.user, at=timezone.now()), offer)
    form = forms.SessionForm(request.POST or None)
    if _sent(request, form) and _act(form, actions.add_session, offer=offer, **form.given(), **_by(request)):
        messages.success(request, "The session was added.")
        return redirect(offer)
    return _page(request, form, "Add a session", offer.get_absolute_url(), offer=offer, caption=offer)


@require_http_methods(FORM)
@MANAGES
def support_session_edit(request, reference, number):
    """Other hours, another place, more places."""
    session = fetch_session(request, reference, number)
    refuse_if(rules.why_not_change_session(session, user=request.user, at=timezone.now()), session)
    form = forms.SessionForm(request.POST or None, initial=forms.session_initial(session))
    if _sent(request, form) and _act(form, actions.change_session, session=session, **form.given(), **_by(request)):
        messages.success(request, "The session was changed, and those signed up are told.")
        return redirect(session)
    back = session.get_absolute_url()
    return _page(request, form, "Change the session", back, offer=session.offer, caption=session)


@require_http_methods(FORM)
@MANAGES
def support_session_cancel(request, reference, number):
    """The session is not held."""
    session = fetch_session(request, reference, number)
    refuse_if(rules.why_not_cancel_session(session, user=request.user, at=timezone.now()), session)
    form = forms.ReasonForm(
        request.POST or None,
        button="Cancel the session",
        label="Why is it not held?",
        help_text="Those signed up read these words.",
        style="govuk-button--warning",
    )
    if _sent(request, form) and _act(
        form, actions.cancel_session, session=session, **form.cleaned_data, **_by(request)
    ):
        messages.success(request, "The session is cancelled, and those signed up are told.")
        return redirect(session)
    return _page(request, form, "Cancel the session", session.get_absolute_url(), offer=session.offer, caption=session)


@require_http_methods(FORM)
@JOINS
def support_join(request, reference, number):
    """Sign oneself or colleagues up."""
    session = fetch_session(request, reference, number)
    refuse_if(rules.why_not_join(session, user=request.user, at=timezone.now()), session)
    there = reads.signed_up_ids(session)
    people = {
        body: [person for person in found if person.pk not in there]
        for body, found in reads.colleagues(reads.may_join_for(request.user)).items()
    }
    form = forms.JoinForm(request.POST or None, people=people)
    if _sent(request, form) and (
        made := _act(form, joining.sign_up, session=session, who=form.given(), **_by(request))
    ):
        waiting = sum(row.status == SignUpStatus.WAITING for row in made)
        messages.success(request, _joined(len(made), waiting))
        return redirect(session)
    left = reads.places_left(session)
    lead = "" if left is None else _places(left)
    return _page(
        request, form, "Sign up", session.get_absolute_url(), offer=session.offer, caption=session.offer, lead=lead
    )


def _places(left):
    if not left:
        return "This session is full. Whoever you sign up goes on the waiting list."
    return f"{left} {'place is' if left == 1 else 'places are'} left. Others go on the waiting list."


def _joined(number, waiting):
    booked = number - waiting
    words = [f"{booked} signed up"] if booked else []
    words += [f"{waiting} on the waiting list"] if waiting else []
    return f"{', '.join(words)}. They are told by e-mail."


@require_http_methods(FORM)
@MANAGES
def support_attendance(request, reference, number):
    """Who came."""
    session = fetch_session(request, reference, number)
    refuse_if(rules.why_not_record(session, user=request.user, at=timezone.now()), session)
    rows = [row for row in reads.sign_ups_of(session, request.user) if row.status == SignUpStatus.BOOKED]
    form = forms.AttendanceForm(request.POST or None, sign_ups=rows)
    if _sent(request, form):
        _act(form, joining.record_attendance, session=session, came=form.given(), **_by(request))
        if not form.errors:
            messages.success(request, "Saved. Those who came are asked what they thought.")
            return redirect(session)
    return _page(request, form, "Record who came", session.get_absolute_url(), offer=session.offer, caption=session)


# ---------------------------------------------------------------- one sign-up


def _sign_up(request, pk):
    rows = SignUp.objects.visible_to(request.user).select_related("session__offer", "person", "organisation")
    return get_object_or_404(rows, pk=pk)


@require_POST
@access.require(Permission.SUPPORT_READ)
def support_leave(request, pk):
    """Take a sign-up back."""
    row = joining.leave(sign_up=_sign_up(request, pk), **_by(request))
    messages.success(request, "The sign-up was taken back.")
    return redirect(row.session)


@require_http_methods(FORM)
@access.require(Permission.SUPPORT_READ)
def support_feedback(request, pk):
    """What somebody who came thought."""
    row = _sign_up(request, pk)
    refuse_if(rules.why_not_give_feedback(row, user=request.user), row.session)
    form = forms.FeedbackForm(request.POST or None)
    if _sent(request, form) and _act(form, joining.give_feedback, sign_up=row, **form.cleaned_data, **_by(request)):
        messages.success(request, "Thank you. The office reads what you wrote.")
        return redirect(row.session)
    title = "What did you think?"
    return _page(request, form, title, row.get_absolute_url(), offer=row.session.offer, caption=row.session.offer)


# ---------------------------------------------------------------- suggestions, money won elsewhere


@require_http_methods(FORM)
@access.require(Permission.SUPPORT_JOIN, Permission.SUPPORT_MANAGE)
def support_set_aside(request, pk):
    """A suggestion is not wanted."""
    row = get_object_or_404(reads.suggestions_visible_to(request.user), pk=pk)
    refuse_if(rules.why_not_set_aside(row, user=request.user), row)
    form = forms.ReasonForm(request.POST or None, button="Set it aside", label="Why is it not of use?")
    if _sent(request, form) and _act(form, suggesting.set_aside, suggestion=row, **form.cleaned_data, **_by(request)):
        messages.success(request, "The suggestion was set aside. It does not come back for the same reason.")
        return redirect("monitoring:support_list")
    return _page(request, form, "Set the suggestion aside", row.get_absolute_url(), caption=row.offer, lead=row.reason)


@require_http_methods(FORM)
@access.require(Permission.SUPPORT_JOIN, Permission.SUPPORT_MANAGE)
def support_funding_new(request):
    """Write down money won elsewhere."""
    form = forms.FundingForm(request.POST or None, organisations=reads.organisations_for_funding(request.user))
    if _sent(request, form) and _act(form, outside_funding.record_funding, **form.cleaned_data, **_by(request)):
        messages.success(request, "Saved.")
        return redirect("monitoring:support_funding_list")
    lead = "Money from another funder, won with help from the office."
    return _page(request, form, "Record money won elsewhere", "/support/funding/", lead=lead)


@require_http_methods(FORM)
@access.require(Permission.SUPPORT_JOIN, Permission.SUPPORT_MANAGE)
def support_funding_edit(request, pk):
    """Correct an entry, with a reason."""
    row = get_object_or_404(reads.funding_visible_to(request.user), pk=pk)
    names = ("funder", "purpose", "amount", "won_on", "offer", "how_it_helped", "note")
    form = forms.FundingForm(request.POST or None, initial={name: getattr(row, name) for name in names})
    if _sent(request, form) and _act(
        form, outside_funding.correct_funding, row=row, **form.cleaned_data, **_by(request)
    ):
        messages.success(request, "Corrected.")
        return redirect("monitoring:support_funding_list")
    return _page(request, form, "Correct the entry", "/support/funding/", caption=row.organisation)
