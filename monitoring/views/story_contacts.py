"""Messages between projects about a story, carried by the portal: no address is shown (P6)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import access
from accounts.roles import Permission
from records.refusals import refuse_if

from ..actions import stories as actions
from ..forms.stories import MessageForm
from ..models import StoryContact
from ..queries import stories as reads
from ..rules import stories as rules
from .stories import crumb_of, crumbs, fetch
from .story_writing import posted


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.OUTCOME_CONTACT)
def story_contact(request, reference):
    """A message to the project behind a story."""
    story = fetch(request, reference)
    refuse_if(rules.why_not_contact(story, user=request.user, on=timezone.localdate()), story)
    form = MessageForm(posted(request), organisations=reads.writes_for(request.user))
    if form.is_bound and form.is_valid():
        given = {"organisation": form.chosen(), "message": form.cleaned_data["message"]}
        contact = actions.contact_project(story=story, by=request.user, at=timezone.now(), **given)
        messages.success(request, f"Your message went to {story.organisation}. You will be told of an answer.")
        return redirect(contact)
    context = {"story": story, "form": form, "a_day": rules.CONTACTS_A_DAY, "breadcrumbs": crumbs(crumb_of(story))}
    return render(request, "monitoring/story_contact.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.OUTCOME_READ)
def story_contact_show(request, pk):
    """A message and its answer, for the two organisations and the office."""
    rows = StoryContact.objects.visible_to(request.user).filter(answers__isnull=True)
    contact = get_object_or_404(rows.select_related("story__organisation", "organisation", "person").distinct(), pk=pk)
    why_not = rules.why_not_answer_contact(contact, user=request.user, on=timezone.localdate())
    form = MessageForm(posted(request), label="Your answer")
    if form.is_bound and form.is_valid():
        actions.answer_contact(
            contact=contact, message=form.cleaned_data["message"], by=request.user, at=timezone.now()
        )  # fmt: skip
        messages.success(request, f"Your answer went to {contact.organisation}.")
        return redirect(contact)
    context = {
        "contact": contact,
        "replies": contact.replies.select_related("organisation", "person"),
        "form": form,
        "why_not": why_not,
        "breadcrumbs": crumbs(),
    }
    return render(request, "monitoring/story_contact_show.html", context)
