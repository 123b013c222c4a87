"""Stories of outcomes, walked by the real actions to the status asked for."""

from datetime import date, datetime, timedelta

from monitoring.actions import stories as actions
from monitoring.enums import ReturnStatus, StoryStatus
from monitoring.queries import story_content

from . import monitoring

DRAFTED = datetime.fromisoformat("2020-10-20T09:00:00+00:00")
CHECKED = DRAFTED + timedelta(hours=1)
SHARED = DRAFTED + timedelta(hours=2)
LATER = DRAFTED + timedelta(days=1)
WORDS = {
    "title": "Evening patrols by volunteers",
    "story": "Volunteers walked the town every weekend and fewer residents felt unsafe.",
    "what_worked": "Train the volunteers together with the wardens.",
    "advice": "Begin before the dark months.",
}


def accepted(cast, plan, **fields):
    """A return found satisfactory."""
    return monitoring.monitoring_return(cast, plan, status=ReturnStatus.REVIEWED, **fields)


def written(row, cast, *, at=DRAFTED, **words):
    """The story with words of its own and all figures of its return."""
    blocks = story_content.blocks_of(row.monitoring_return)
    return actions.save_story(
        story=row, texts=WORDS | words, themes=["Safer streets"], areas=["Maidstone"],
        shown={block.key for block in blocks}, counting={block.key for block in blocks if block.counts_people},
        by=cast.officer, at=at,
    )  # fmt: skip


def agreed(story, cast, *, public=True, contact=True, at=DRAFTED):
    """The story with the consent of a lead."""
    return actions.give_consent(
        story=story, consent_from="Lee Lead", consent_on=date(2020, 10, 20), public=public, open_to_contact=contact,
        by=cast.maidstone_lead, at=at,
    )  # fmt: skip


def story(cast, plan, *, status=StoryStatus.DRAFT, monitoring_return=None, public=True, contact=True, **words):
    """A story of an accepted return; SHARED, PUBLIC and WITHDRAWN were agreed to and checked."""
    made = actions.draft_story(monitoring_return=monitoring_return or accepted(cast, plan), by=cast.officer, at=DRAFTED)
    written(made, cast, **words)
    if status == StoryStatus.DRAFT:
        return made
    agreed(made, cast, public=public, contact=contact)
    actions.check_story(story=made, confirmed=True, by=cast.officer, at=CHECKED)
    share = actions.publish_story if status == StoryStatus.PUBLIC else actions.share_story
    share(story=made, by=cast.officer, at=SHARED)
    if status == StoryStatus.WITHDRAWN:
        actions.withdraw_story(story=made, reason="The project has ended.", by=cast.officer, at=LATER)
    return made
