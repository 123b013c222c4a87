"""Stories written, agreed to, checked, shared and withdrawn (P6)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access
from accounts import queries as people
from accounts.roles import Permission
from records import lists
from records.refusals import refuse_if

from ..actions import stories as actions
from ..forms import ReasonForm
from ..forms.stories import LIBRARY, PUBLIC, CheckForm, ConsentForm, StoryForm
from ..models import MonitoringReturn, OutcomeStory
from ..queries import stories as reads
from ..queries import story_content
from ..rules import stories as rules
from ..rules.personal import looks_personal
from .stories import crumb_of, crumbs, fetch


def posted(request):
    return request.POST if request.method == "POST" else None


@require_safe
@access.require(Permission.OUTCOME_PUBLISH)
def story_choose(request):
    """Accepted returns that no story tells of yet."""
    page = lists.paginate(request, reads.tellable())
    return render(request, "monitoring/story_choose.html", {"page_obj": page, "breadcrumbs": crumbs()})


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.OUTCOME_PUBLISH)
def story_new(request, reference):
    """What a story would take from a return; begun with one button."""
    rows = MonitoringReturn.objects.visible_to(request.user).with_parents()
    monitoring_return = get_object_or_404(rows, reference=reference)
    if request.method != "POST" and (told := reads.story_of(monitoring_return)):
        return redirect(told)
    on = timezone.localdate()
    refuse_if(rules.why_not_draft(monitoring_return, user=request.user, on=on), monitoring_return)
    if request.method == "POST":
        story = actions.draft_story(monitoring_return=monitoring_return, by=request.user, at=timezone.now())
        messages.success(request, "The story is begun. Choose its words and figures, then ask for consent.")
        return redirect("monitoring:story_edit", reference=story.reference)
    context = {
        "monitoring_return": monitoring_return,
        "draft": story_content.draft_of(monitoring_return),
        "figures": story_content.blocks_of(monitoring_return),
        "breadcrumbs": crumbs(),
    }
    return render(request, "monitoring/story_new.html", context)


def _form(request, story, blocks):
    shown, counting = story_content.chosen_of(story, blocks)
    initial = {name: getattr(story, name) for name in actions.TEXTS}
    initial |= {"themes": "\n".join(story.themes), "areas": "\n".join(story.areas)}
    initial |= {"shown": shown, "counting": counting}
    known = reads.themes_of(OutcomeStory.objects.readable())
    return StoryForm(posted(request), blocks=blocks, known_themes=known, initial=initial)


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.OUTCOME_PUBLISH)
def story_edit(request, reference):
    """The words of a story and the figures it shows."""
    story = fetch(request, reference)
    refuse_if(rules.why_not_edit(story, user=request.user, on=timezone.localdate()), story)
    form = _form(request, story, story_content.blocks_of(story.monitoring_return))
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        actions.save_story(
            story=story,
            texts={name: given[name] for name in actions.TEXTS},
            themes=given["themes"],
            areas=given["areas"],
            shown=given.get("shown", []),
            counting=given.get("counting", []),
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, "Saved. Check next that nobody can be recognised.")
        return redirect(story)
    return _page(request, story, "monitoring/story_edit.html", form=form)


def _page(request, story, template, **more):
    return render(request, template, {"story": story, "breadcrumbs": crumbs(crumb_of(story)), **more})


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.OUTCOME_PUBLISH)
def story_check(request, reference):
    """What may point at a person, and the named confirmation that nothing does."""
    story = fetch(request, reference)
    refuse_if(rules.why_not_edit(story, user=request.user, on=timezone.localdate()), story)
    form = CheckForm(posted(request))
    if form.is_bound and form.is_valid():
        actions.check_story(
            story=story, confirmed=form.cleaned_data["confirmed"], by=request.user, at=timezone.now()
        )  # fmt: skip
        messages.success(request, "Your check stands with the story.")
        return redirect(story)
    names = [row.user.full_name for row in people.current_memberships(story.organisation).select_related("user")]
    found = looks_personal(rules.text_of(story), names=names)
    blocks = reads.figures_by_story([story])[story.pk]
    surely = [row for row in found if row.surely]
    perhaps = [row for row in found if not row.surely]
    return _page(
        request, story, "monitoring/story_check.html", form=form, surely=surely, perhaps=perhaps, blocks=blocks
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.OUTCOME_PUBLISH, Permission.RETURN_SUBMIT)
def story_consent(request, reference):
    """A lead agrees on screen; an officer records who agreed."""
    story = fetch(request, reference)
    on, in_person = timezone.localdate(), rules.speaks_for(request.user, story.organisation)
    refuse_if(rules.why_not_consent(story, user=request.user, on=on), story)
    initial = {
        "consent_from": story.consent_from,
        "consent_on": story.consent_on,
        "how_far": (PUBLIC if story.consent_public else LIBRARY) if story.is_consented else None,
        "open_to_contact": story.open_to_contact,
    }
    form = ConsentForm(posted(request), on=on, in_person=in_person, initial=initial)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        actions.give_consent(
            story=story,
            consent_from=request.user.full_name if in_person else given["consent_from"],
            consent_on=on if in_person else given["consent_on"],
            public=given["how_far"] == PUBLIC,
            open_to_contact=given["open_to_contact"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, "The consent is recorded. It can be taken back at any time.")
        return redirect(story)
    return _page(request, story, "monitoring/story_consent.html", form=form, in_person=in_person)


@require_POST
@access.require(Permission.OUTCOME_PUBLISH)
def story_consent_ask(request, reference):
    """The leads are asked."""
    story = fetch(request, reference)
    actions.ask_consent(story=story, by=request.user, at=timezone.now())
    messages.success(request, f"The leads of {story.organisation} have been asked.")
    return redirect(story)


@require_POST
@access.require(Permission.OUTCOME_PUBLISH)
def story_share(request, reference):
    """Into the library, or back to the library alone."""
    story = fetch(request, reference)
    actions.share_story(story=story, by=request.user, at=timezone.now())
    messages.success(request, "The story stands in the library.")
    return redirect(story)


@require_POST
@access.require(Permission.OUTCOME_PUBLISH)
def story_publish(request, reference):
    """For everybody to read."""
    story = fetch(request, reference)
    actions.publish_story(story=story, by=request.user, at=timezone.now())
    messages.success(request, "Everybody can read the story now.")
    return redirect(story)


def _with_reason(request, story, act, *, title, button, label, hint, done, warning=False):
    """A page that asks for a reason, then acts."""
    form = ReasonForm(posted(request), label=label, hint=hint)
    if form.is_bound and form.is_valid():
        act(story=story, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        messages.success(request, done)
        return redirect(story)
    words = {"title": title, "button": button, "warning": warning}
    return _page(request, story, "monitoring/story_reason.html", form=form, **words)


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.OUTCOME_PUBLISH, Permission.RETURN_SUBMIT)
def story_consent_withdraw(request, reference):
    """The story goes at once."""
    story = fetch(request, reference)
    on = timezone.localdate()
    refuse_if(rules.why_not_withdraw_consent(story, user=request.user, on=on), story)
    return _with_reason(
        request, story, actions.withdraw_consent,
        title="Take the consent back", button="Take the consent back", label="Why is it taken back?",
        hint="The office reads these words.", warning=True,
        done="The consent is taken back. The story is out of the library and off the public page.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.OUTCOME_PUBLISH)
def story_withdraw(request, reference):
    """The office takes a story out."""
    story = fetch(request, reference)
    refuse_if(rules.why_not_withdraw(story, user=request.user, on=timezone.localdate()), story)
    return _with_reason(
        request, story, actions.withdraw_story,
        title="Withdraw the story", button="Withdraw", label="Why is it withdrawn?",
        hint="The organisation reads these words.", done="The story is withdrawn.", warning=True,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.OUTCOME_PUBLISH)
def story_reopen(request, reference):
    """A withdrawn story is written anew."""
    story = fetch(request, reference)
    refuse_if(rules.why_not_reopen(story, user=request.user, on=timezone.localdate()), story)
    return _with_reason(
        request, story, actions.reopen_story,
        title="Open the story again", button="Open it again", label="Why is it opened again?",
        hint="Its figures are taken afresh from the return. It has to be agreed to and checked again.",
        done="The story is in preparation again.",
    )  # fmt: skip
