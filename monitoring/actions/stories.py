"""Stories of outcomes: written from accepted returns, agreed to, checked, shared, withdrawn (P6)."""

from django.db import transaction

from records import actions as record
from records import workflow
from records.calendar import london_day
from records.refusals import refuse_if

from ..enums import STORY_MOVES, StoryStatus
from ..models import OutcomeStory, StoryFigure
from ..notices import stories as notices
from ..queries import stories as reads
from ..queries import story_content
from ..queries.suppression import WITH_COUNTS
from ..rules import stories as rules
from .returns import lock as lock_return

TEXTS = ("title", "story", "what_worked", "advice")
NO_CONSENT = {"consent_from": "", "consent_on": None, "consent_public": False, "open_to_contact": False}
UNCHECKED = {"checked_by": None, "checked_at": None}
NOT_SHARED = {"shared_by": None, "shared_at": None}


def lock(story):
    """Read the story afresh under a row lock, so that consent and sharing never cross."""
    story.refresh_from_db(from_queryset=OutcomeStory.objects.select_for_update(of=("self",)))


@transaction.atomic
def draft_story(*, monitoring_return, by, at):
    """Begin a story with what the accepted return tells, its figures and its words."""
    lock_return(monitoring_return)
    refuse_if(rules.why_not_draft(monitoring_return, user=by, on=london_day(at)), monitoring_return)
    draft = story_content.draft_of(monitoring_return)
    story = OutcomeStory.objects.create(
        reference=record.next_reference("OS", at.year),
        monitoring_return=monitoring_return,
        award=monitoring_return.award,
        contract=monitoring_return.contract,
        organisation=monitoring_return.organisation,
        stream=monitoring_return.subject.stream,
        title=draft.title,
        story=draft.story,
        what_worked=draft.what_worked,
        themes=draft.themes,
        areas=draft.areas,
        period_ends_on=monitoring_return.ends_on,
        is_example=monitoring_return.organisation.is_example,
    )
    blocks = story_content.blocks_of(monitoring_return)
    _write_figures(story, blocks, {block.key for block in blocks if block.counts_people})
    _find_by_words(story)
    summary = f"Story begun from the return {monitoring_return.reference}"
    record.log(story, "drafted", by=by, at=at, summary=summary)
    return story


def _write_figures(story, blocks, counting):
    """The figures of `blocks` in place of those before; `counting` are the keys of those that count people."""
    story.figures.all().delete()
    StoryFigure.objects.bulk_create(
        StoryFigure(
            story=story,
            number=row.number,
            label=row.label,
            unit=row.unit,
            value=row.value,
            target=row.target,
            counts_people=block.key in counting and row.unit not in WITH_COUNTS,
            group=block.group,
            is_total=row.is_total,
        )
        for block in blocks
        for row in block.rows
    )


def _find_by_words(story):
    OutcomeStory.objects.filter(pk=story.pk).update(words=reads.words_of(story))


@transaction.atomic
def save_story(*, story, texts, themes, areas, shown, counting, by, at):
    """Save the words and the choice of figures: `shown` and `counting` are keys of blocks of the return.

    Whatever was checked before has to be checked again.
    """
    lock(story)
    on = london_day(at)
    said = {"title": texts["title"], "words": texts["story"]}
    refuse_if(rules.why_not_edit(story, user=by, on=on, **said), story)
    before = {name: getattr(story, name) for name in TEXTS}
    for name in TEXTS:
        setattr(story, name, texts[name].strip())
    story.themes, story.areas = list(themes), list(areas)
    story.checked_by = story.checked_at = None
    story.save(update_fields=[*TEXTS, "themes", "areas", *UNCHECKED])
    blocks = [block for block in story_content.blocks_of(story.monitoring_return) if block.key in shown]
    _write_figures(story, blocks, set(counting))
    _find_by_words(story)
    changed = [name for name in TEXTS if before[name] != getattr(story, name)]
    changes = {name: [before[name], getattr(story, name)] for name in changed}
    record.log(story, "changed", by=by, at=at, summary="Story changed", changes=changes)
    return story


@transaction.atomic
def ask_consent(*, story, by, at):
    """Ask the organisation whether the story may be shared."""
    lock(story)
    refuse_if(rules.why_not_ask_consent(story, user=by, on=london_day(at)), story)
    record.log(story, "consent_asked", by=by, at=at, summary=f"{story.organisation} was asked for its consent")
    notices.consent_asked(story, at=at)
    return story


@transaction.atomic
def give_consent(*, story, consent_from, consent_on, public, open_to_contact, by, at):
    """Record who agreed and to what. A public story whose consent shrinks to the library leaves the public page."""
    lock(story)
    on = london_day(at)
    refuse_if(rules.why_not_consent(story, user=by, on=on, consent_from=consent_from, consent_on=consent_on), story)
    given = {
        "consent_from": consent_from.strip(),
        "consent_on": consent_on,
        "consent_public": public,
        "open_to_contact": open_to_contact,
    }
    how_far = "library and public" if public else "library only"
    summary = f"Consent of {consent_from.strip()} recorded: {how_far}"
    if story.status == StoryStatus.PUBLIC and not public:
        _move(story, StoryStatus.SHARED, "consent_narrowed", by=by, at=at, summary=summary, **given)
    else:
        for name, value in given.items():
            setattr(story, name, value)
        story.save(update_fields=list(given))
        record.log(story, "consent_given", by=by, at=at, summary=summary)
    notices.consent_given(story, at=at)
    return story


def _move(story, to, verb, *, by, at, summary, reason="", **stamps):
    workflow.move(story, to, moves=STORY_MOVES, verb=verb, by=by, at=at, summary=summary, reason=reason, **stamps)


@transaction.atomic
def withdraw_consent(*, story, reason, by, at):
    """Take the consent back: the story leaves the library and the public page at once."""
    lock(story)
    refuse_if(rules.why_not_withdraw_consent(story, user=by, on=london_day(at), reason=reason), story)
    said = {"by": by, "at": at, "reason": reason.strip(), "summary": "Consent withdrawn"}
    if story.status in {StoryStatus.SHARED, StoryStatus.PUBLIC}:
        gone = {**NO_CONSENT, "withdrawn_reason": reason.strip()}
        _move(story, StoryStatus.WITHDRAWN, "consent_withdrawn", **said, **gone)
    else:
        for name, value in NO_CONSENT.items():
            setattr(story, name, value)
        story.save(update_fields=list(NO_CONSENT))
        record.log(story, "consent_withdrawn", **said)
    notices.consent_withdrawn(story, reason=reason.strip(), at=at)
    return story


@transaction.atomic
def check_story(*, story, confirmed, by, at):
    """Confirm by name that nobody can be recognised from the story."""
    lock(story)
    refuse_if(rules.why_not_check(story, user=by, on=london_day(at), confirmed=confirmed), story)
    story.checked_by, story.checked_at = by, at
    story.save(update_fields=["checked_by", "checked_at"])
    record.log(story, "checked", by=by, at=at, summary=f"{by.full_name} confirmed that nobody can be recognised")
    return story


@transaction.atomic
def share_story(*, story, by, at):
    """Put the story into the library, or keep a public one to the library from now on."""
    lock(story)
    _lock_its_return(story)
    refuse_if(rules.why_not_share(story, user=by, on=london_day(at)), story)
    if story.status == StoryStatus.PUBLIC:
        _move(story, StoryStatus.SHARED, "kept_to_library", by=by, at=at, summary="Kept to the library")
        return story
    shared = {"shared_by": by, "shared_at": at, "withdrawn_reason": ""}
    _move(story, StoryStatus.SHARED, "shared", by=by, at=at, summary="Shared in the library", **shared)
    notices.story_shared(story, at=at)
    return story


@transaction.atomic
def publish_story(*, story, by, at):
    """Let everybody read the story."""
    lock(story)
    _lock_its_return(story)
    refuse_if(rules.why_not_publish(story, user=by, on=london_day(at)), story)
    shared = {"shared_by": by, "shared_at": at, "withdrawn_reason": ""}
    _move(story, StoryStatus.PUBLIC, "published", by=by, at=at, summary="Published for everybody to read", **shared)
    notices.story_shared(story, at=at)
    return story


def _lock_its_return(story):
    """The return as it stands, which nobody may reopen while its story is being shared."""
    lock_return(story.monitoring_return)


@transaction.atomic
def withdraw_story(*, story, reason, by, at):
    """Take the story out of the library and off the public page at once."""
    lock(story)
    refuse_if(rules.why_not_withdraw(story, user=by, on=london_day(at), reason=reason), story)
    said = {"reason": reason.strip(), "summary": "Withdrawn", "withdrawn_reason": reason.strip()}
    _move(story, StoryStatus.WITHDRAWN, "withdrawn", by=by, at=at, **said)
    notices.story_withdrawn(story, at=at)
    return story


@transaction.atomic
def reopen_story(*, story, reason, by, at):
    """Write a withdrawn story anew: its figures are taken afresh, and it is checked and agreed to again."""
    lock(story)
    refuse_if(rules.why_not_reopen(story, user=by, on=london_day(at), reason=reason), story)
    fresh = {**NO_CONSENT, **UNCHECKED, **NOT_SHARED}
    said = {"reason": reason.strip(), "summary": "Opened again"}
    _move(story, StoryStatus.DRAFT, "reopened", by=by, at=at, **said, **fresh)
    blocks = story_content.blocks_of(story.monitoring_return)
    _write_figures(story, blocks, {block.key for block in blocks if block.counts_people})
    return story


@transaction.atomic
def contact_project(*, story, organisation, message, by, at):
    """Send a message of `organisation` to the project behind a story; its leads are told."""
    lock(story)
    on = london_day(at)
    sent = reads.contacts_sent_on([organisation.pk], on)
    refuse_if(rules.why_not_contact(story, user=by, on=on, message=message, sent=sent), story)
    contact = story.contacts.create(organisation=organisation, person=by, message=message.strip(), sent_at=at)
    record.log(story, "contacted", by=by, at=at, summary=f"{organisation} wrote to {story.organisation}")
    notices.contact_sent(contact, at=at)
    return contact


@transaction.atomic
def answer_contact(*, contact, message, by, at):
    """Answer a message through the portal; who wrote it is told."""
    lock(contact.story)
    refuse_if(rules.why_not_answer_contact(contact, user=by, on=london_day(at), message=message), contact)
    story = contact.story
    answer = story.contacts.create(
        organisation=story.organisation, person=by, message=message.strip(), answers=contact, sent_at=at
    )
    record.log(story, "contact_answered", by=by, at=at, summary=f"{story.organisation} answered {contact.organisation}")
    notices.contact_answered(answer, at=at)
    return answer
