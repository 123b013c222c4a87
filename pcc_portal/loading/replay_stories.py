"""Steps of example activity about stories of outcomes: written, agreed to, checked, shared, written about."""

from accounts.models import Organisation
from monitoring.actions import stories
from monitoring.models import OutcomeStory
from monitoring.queries import story_content
from plans.enums import ReportKind

from .days import written_day
from .kinds import Matching, Text, Texts, Word, YesNo
from .references import Reference
from .replay_returns import return_of

LONG = Text(limit=10_000)
SAID = Text(limit=10_000, required=True)
RETURN = {"case": Matching(limit=80, required=True), "return": Word(required=True, words=ReportKind)}
STORY_STEPS = {
    "write_story": {
        **RETURN,
        "title": Text(limit=200, required=True),
        "story": SAID,
        "what_worked": LONG,
        "advice": LONG,
        "themes": Texts(limit=120),
        "areas": Texts(limit=80),
    },
    "ask_for_story": RETURN,
    "agree_to_story": {**RETURN, "public": YesNo(), "open_to_contact": YesNo()},
    "check_story": RETURN,
    "share_story": RETURN,
    "write_to_project": {**RETURN, "organisation": Reference(required=True, section="organisations"), "message": SAID},
}


def story_of(play, step):
    return OutcomeStory.objects.get(monitoring_return=return_of(play, step))


def write_story(play, step, *, by, at):
    """Begin it from its return and give it words of its own; every figure is shown."""
    story = stories.draft_story(monitoring_return=return_of(play, step), by=by, at=at)
    blocks = story_content.blocks_of(story.monitoring_return)
    stories.save_story(
        story=story,
        texts={name: step[name] for name in stories.TEXTS},
        themes=step["themes"],
        areas=step["areas"],
        shown={block.key for block in blocks},
        counting={block.key for block in blocks if block.counts_people},
        by=by,
        at=at,
    )


def ask_for_story(play, step, *, by, at):
    stories.ask_consent(story=story_of(play, step), by=by, at=at)


def agree_to_story(play, step, *, by, at):
    stories.give_consent(
        story=story_of(play, step),
        consent_from=by.full_name,
        consent_on=written_day(step["on"]),
        public=bool(step["public"]),
        open_to_contact=bool(step["open_to_contact"]),
        by=by,
        at=at,
    )


def check_story(play, step, *, by, at):
    stories.check_story(story=story_of(play, step), confirmed=True, by=by, at=at)


def share_story(play, step, *, by, at):
    stories.share_story(story=story_of(play, step), by=by, at=at)


def write_to_project(play, step, *, by, at):
    organisation = Organisation.objects.get(key=step["organisation"])
    story = story_of(play, step)
    stories.contact_project(story=story, organisation=organisation, message=step["message"], by=by, at=at)


VERBS = {
    verb.__name__: verb
    for verb in [write_story, ask_for_story, agree_to_story, check_story, share_story, write_to_project]
}
