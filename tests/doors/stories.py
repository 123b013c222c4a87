"""Doors of the library of outcomes, of its public half and of the report of a year."""

from monitoring.actions import stories as actions
from monitoring.models import OutcomeStory
from tests.doors import door
from tests.make import monitoring
from tests.make import stories as make


def a_story(status, **fields):
    """A story of a return of its own, walked to the status."""
    return lambda world: make.story(world.cast, world.plan, status=status, **fields)


def written_to(world):
    """A message to the project of the shared story, not answered."""
    return actions.contact_project(
        story=world.story_shared, organisation=world.cast.swale, message="How?", by=world.cast.swale_lead, at=make.LATER
    )


def checked(world):
    """The draft is agreed to and checked."""
    story = OutcomeStory.objects.get(pk=world.story_draft.pk)
    make.agreed(story, world.cast)
    actions.check_story(story=story, confirmed=True, by=world.cast.officer, at=world.now)


WORLD = {
    "story_draft": a_story("DRAFT"),
    "story_shared": a_story("SHARED"),
    "story_public": a_story("PUBLIC"),
    "story_withdrawn": a_story("WITHDRAWN"),
    "story_contact": written_to,
    "return_untold": lambda world: monitoring.monitoring_return(world.cast, world.plan, status="REVIEWED"),
}
EVERYBODY = "page: *"
OFFICERS, PUT = "page: officers; 403: *", "moved: officers; 403: *"
INSIDE = "page: office maidstone; 404: outsiders"
NOT_NOW = "sentence: officers; 403: *"
ANSWERED = "moved: writers; sentence: office certifier signatory stranger; 404: *"
REASON = {"reason": "It has to be so."}
WORDS = {"title": "A title", "story": "It went well.", "what_worked": "", "advice": "", "themes": "", "areas": ""}
AGREED = {
    "consent_from": "Lee Lead", "consent_on_day": "1", "consent_on_month": "10", "consent_on_year": "2020",
    "how_far": "PUBLIC",
}  # fmt: skip
YEAR = {"year": 2020}


def contact_of(world):
    return {"pk": world.story_contact.pk}


def year(world):
    return YEAR


DOORS = [
    door("monitoring:story_list", "", EVERYBODY),
    door("monitoring:story_list_csv", "", EVERYBODY),
    door("monitoring:story_show", "story_draft", INSIDE),
    door("monitoring:story_show", "story_shared", EVERYBODY, note="shared"),
    door("monitoring:story_show", "story_withdrawn", INSIDE, note="withdrawn"),
    door("monitoring:story_choose", "", OFFICERS),
    door("monitoring:story_new", "return_untold", OFFICERS),
    door("monitoring:story_new", "return_untold", PUT, method="POST"),
    door("monitoring:story_new", lambda world: {"reference": world.story_draft.monitoring_return.reference}, PUT,
         note="with a story"),
    door("monitoring:story_edit", "story_draft", OFFICERS),
    door("monitoring:story_edit", "story_draft", PUT, method="POST", data=WORDS),
    door("monitoring:story_edit", "story_shared", NOT_NOW, note="shared"),
    door("monitoring:story_check", "story_draft", OFFICERS),
    door("monitoring:story_check", "story_draft", PUT, method="POST", data={"confirmed": "on"}),
    door("monitoring:story_consent", "story_draft", "page: officers lead; 404: outsiders; 403: *"),
    door("monitoring:story_consent", "story_draft", "moved: officers lead; 404: outsiders; 403: *", method="POST",
         data=AGREED),
    door("monitoring:story_consent", "story_withdrawn", "sentence: officers lead; 404: outsiders; 403: *",
         note="withdrawn"),
    door("monitoring:story_consent_ask", "story_draft", PUT, method="POST"),
    door("monitoring:story_consent_ask", "story_shared", NOT_NOW, method="POST", note="shared"),
    door("monitoring:story_consent_withdraw", "story_shared", "page: officers lead; sentence: outsiders; 403: *"),
    door("monitoring:story_consent_withdraw", "story_shared", "moved: officers lead; sentence: outsiders; 403: *",
         method="POST", data=REASON),
    door("monitoring:story_share", "story_draft", PUT, method="POST", given=checked),
    door("monitoring:story_share", "story_draft", NOT_NOW, method="POST", note="not ready"),
    door("monitoring:story_publish", "story_shared", PUT, method="POST"),
    door("monitoring:story_publish", "story_public", NOT_NOW, method="POST", note="public"),
    door("monitoring:story_withdraw", "story_shared", OFFICERS),
    door("monitoring:story_withdraw", "story_shared", PUT, method="POST", data=REASON),
    door("monitoring:story_reopen", "story_withdrawn", OFFICERS),
    door("monitoring:story_reopen", "story_withdrawn", PUT, method="POST", data=REASON),
    door("monitoring:story_contact", "story_shared", "page: outsiders; sentence: writers; 403: *"),
    door("monitoring:story_contact", "story_shared", "moved: outsiders; sentence: writers; 403: *", method="POST",
         data={"message": "How?"}),
    door("monitoring:story_contact_show", contact_of, "page: office maidstone stranger; 404: *"),
    door("monitoring:story_contact_show", contact_of, ANSWERED,
         method="POST", data={"message": "So."}),
    door("monitoring:outcomes_report", year, EVERYBODY),
    door("monitoring:outcomes_report_pdf", year, EVERYBODY),
    door("monitoring:outcomes_report_csv", year, EVERYBODY),
    door("monitoring:outcome_list", "", "page: everybody"),
    door("monitoring:outcome_list_csv", "", "page: everybody"),
    door("monitoring:outcome_show", "story_public", "page: everybody"),
    door("monitoring:outcome_show", "story_shared", "404: everybody", note="of the library alone"),
]  # fmt: skip
