"""The library of outcomes: searched, read, with what resembles each story (P6)."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import access
from accounts.roles import Permission
from records import lists
from records import queries as record

from ..enums import StoryStatus
from ..filters.stories import StoryFilter
from ..models import OutcomeStory
from ..queries import stories as reads
from ..rules import stories as rules

S = StoryStatus
HEADER = [
    "Reference", "Title", "Organisation", "Stream", "Themes", "Areas", "Period ends", "Figure", "Part", "Unit", "Value",
    "Target", "Example data",
]  # fmt: skip


def crumbs(*more):
    """The way back to the library, and from an inner page to the story."""
    found = [
        {"label": "Home", "url": reverse("home")},
        {"label": "Assurance", "url": reverse("assurance")},
        {"label": "Library of outcomes", "url": reverse("monitoring:story_list")},
    ]
    return [*found, *more]


def crumb_of(story):
    return {"label": story.reference, "url": story.get_absolute_url()}


def fetch(request, reference):
    """The story, if this person may see it."""
    rows = OutcomeStory.objects.visible_to(request.user).with_parents()
    return get_object_or_404(rows.select_related("checked_by", "shared_by"), reference=reference)


def filtered(request):
    """The stories a person asked for; without words the newest first."""
    rows = OutcomeStory.objects.visible_to(request.user).order_by("-period_ends_on", "-pk")
    with_status = access.is_office(request.user) or rows.exclude(status__in=[S.SHARED, S.PUBLIC]).exists()
    return StoryFilter(request.GET or None, queryset=rows, with_status=with_status)


@require_safe
@access.require(Permission.OUTCOME_READ)
def story_list(request):
    """Every story this person may read, with the years that have a report."""
    found = filtered(request)
    page = lists.paginate(request, found.qs.with_parents(), per_page=12)
    context = {
        "filter": found,
        "page_obj": page,
        "years": [(year, reads.year_in_words(year)) for year in reads.years_of(OutcomeStory.objects.readable())],
        "in_office": access.is_office(request.user),
        "may_write": access.may(request.user, Permission.OUTCOME_PUBLISH),
        "breadcrumbs": crumbs()[:2],
    }
    return render(request, "monitoring/story_list.html", context)


@require_safe
@access.require(Permission.OUTCOME_READ)
def story_list_csv(request):
    """The figures of the library as everybody sees them: a line for each."""
    rows = OutcomeStory.objects.readable().order_by("-period_ends_on", "-pk")
    found = StoryFilter(request.GET or None, queryset=rows)
    return csv_of(list(found.qs.with_parents()), "library-of-outcomes")


def csv_of(stories, name):
    """Stories as a download; what is hidden on screen is hidden here."""
    blocks = reads.figures_by_story(stories)
    lines = [line for story in stories for line in _lines(story, blocks[story.pk])]
    return lists.csv_response(name, HEADER, lines)


def _lines(story, blocks):
    about = [
        story.reference, story.title, story.organisation.name, story.stream.name if story.stream else "",
        "; ".join(story.themes), "; ".join(story.areas), story.period_ends_on.isoformat(),
    ]  # fmt: skip
    example = "yes" if story.is_example else "no"
    figures = [(block, row) for block in blocks for row in block.figures]
    if not figures:
        return [[*about, "", "", "", "", "", example]]
    return [
        [*about, block.title or row.label, row.label if block.title else "", row.unit,
         reads.HIDDEN_SHORT if row.is_hidden else row.value, row.target, example]
        for block, row in figures
    ]  # fmt: skip


@require_safe
@access.require(Permission.OUTCOME_READ)
def story_show(request, reference):
    """One story with its figures, what is like it, and what each reader can do with it."""
    story = fetch(request, reference)
    in_office, on = access.is_office(request.user), timezone.localdate()
    inside = in_office or access.belongs_to(request.user, story.organisation)
    context = {
        "story": story,
        "blocks": reads.figures_by_story([story])[story.pk],
        "similar": reads.similar_to_story(story),
        "inside": inside,
        "in_office": in_office,
        "why_not_stand": rules.why_not_stand(story) if inside and story.status in {S.SHARED, S.PUBLIC} else "",
        "moves": moves_of(story, request.user, on, inside=inside),
        "contacts": list(reads.contacts_of(story, request.user)),
        "events": record.history(story)[:30] if in_office else [],
        "breadcrumbs": crumbs(),
    }
    return render(request, "monitoring/story_show.html", context)


def move(story, name, label, why_not="", **more):
    """One button leading to the page, or the act, of the same name."""
    url = reverse(f"monitoring:{name}", kwargs={"reference": story.reference})
    return {"label": label, "url": url, "why_not": why_not, "method": "get", **more}


def moves_of(story, user, on, *, inside):
    """Everything this person could do with the story, and what stands in the way today."""
    asked = {"user": user, "on": on}
    if access.may(user, Permission.OUTCOME_PUBLISH) and not access.belongs_to(user, story.organisation):
        return _officer(story, asked)
    if rules.speaks_for(user, story.organisation):
        return _lead(story, asked)
    if inside or not access.may(user, Permission.OUTCOME_CONTACT):
        return []
    why_not = rules.why_not_contact(story, **asked)
    return [move(story, "story_contact", "Contact this project", why_not)]


def _officer(story, asked):
    post, second = {"method": "post"}, {"style": "secondary"}
    if story.status == S.WITHDRAWN:
        return [move(story, "story_reopen", "Open it again", rules.why_not_reopen(story, **asked), **second)]
    found = []
    if story.status == S.DRAFT:
        found.append(move(story, "story_edit", "Change the story", rules.why_not_edit(story, **asked)))
        if not story.checked_at:
            found.append(move(story, "story_check", "Check that nobody can be recognised"))
        if not story.is_consented:
            found.append(move(story, "story_consent_ask", "Ask for consent", **post, **second))
        share = rules.why_not_share(story, **asked)
        found.append(move(story, "story_share", "Share in the library", share, **post))
    found.append(_consent(story, asked))
    if story.status == S.PUBLIC:
        found.append(move(story, "story_share", "Keep to the library", **post, **second))
    else:
        found.append(move(story, "story_publish", "Publish", rules.why_not_publish(story, **asked), **post))
    withdraw = rules.why_not_withdraw(story, **asked)
    return [*found, move(story, "story_withdraw", "Withdraw the story", withdraw, style="warning")]


def _consent(story, asked):
    label = "Change what is agreed" if story.is_consented else "Record the consent"
    return move(story, "story_consent", label, rules.why_not_consent(story, **asked), style="secondary")


def _lead(story, asked):
    found = []
    if story.status != S.WITHDRAWN:
        label = "Change what we agreed" if story.is_consented else "Say whether it may be shared"
        found.append(move(story, "story_consent", label, rules.why_not_consent(story, **asked)))
    if story.is_consented:
        found.append(move(story, "story_consent_withdraw", "Take our consent back", style="warning"))
    return found
