"""Why a story of outcomes may not be written, agreed to, shared or written about now (P6)."""

from accounts import access
from accounts.roles import Permission
from plans import rules as plan_rules

from .. import queries
from ..enums import ReturnStatus, StoryStatus, Verdict
from ..queries import stories
from .personal import looks_personal
from .returns import no_reason

S = StoryStatus
CONTACTS_A_DAY = 5
FOR_OFFICERS = "Only a commissioning officer of the office may do this."
FOR_LEADS = "Only a lead of the organisation or a commissioning officer may do this."
NOT_SHARED = "This story is not in the library."
NOT_DRAFT = "This story is {status}. Take it out of the library and open it again before you change it."


def text_of(story):
    """All the words that readers get to see."""
    return "\n".join([story.title, story.story, story.what_worked, story.advice, *story.themes, *story.areas])


def certain_of(story):
    """What surely points at a person and must go."""
    return [row for row in looks_personal(text_of(story)) if row.surely]


def not_an_officer(user, organisation):
    """Officers, and nobody about an organisation they belong to."""
    if not access.may(user, Permission.OUTCOME_PUBLISH):
        return FOR_OFFICERS
    if access.belongs_to(user, organisation):
        return f"You belong to {organisation}, so a colleague has to do this."
    return ""


def speaks_for(user, organisation):
    """Whether the person is a lead of the organisation (or of the body accountable for it)."""
    return not access.is_office(user) and access.may(user, Permission.RETURN_SUBMIT, organisation)


def why_not_draft(monitoring_return, *, user, on):
    """A story begins with a return that was found satisfactory, and each return has one."""
    if sentence := not_an_officer(user, monitoring_return.organisation):
        return sentence
    if monitoring_return.status != ReturnStatus.REVIEWED or monitoring_return.verdict != Verdict.SATISFACTORY:
        return "Only a return that was reviewed and found satisfactory can become a story."
    if story := stories.story_of(monitoring_return):
        return f"There is a story of this return already: {story.reference}."
    return ""


def why_not_edit(story, *, user, on, title=None, words=None):
    """Officers write it while it is in preparation."""
    if sentence := _not_a_draft(story) or not_an_officer(user, story.organisation):
        return sentence
    if title is not None and not title.strip():
        return "Give the story a title."
    return "Write what happened." if words is not None and not words.strip() else ""


def _not_a_draft(story):
    if story.status == S.DRAFT:
        return ""
    if story.status == S.WITHDRAWN:
        return "This story is withdrawn. Open it again first."
    return NOT_DRAFT.format(status=story.get_status_display().lower())


def why_not_check(story, *, user, on, confirmed=None):
    """A named officer confirms that nobody can be recognised; what surely points at somebody must go first."""
    if sentence := why_not_edit(story, user=user, on=on):
        return sentence
    if found := certain_of(story):
        listed = ", ".join(f"“{row.words}” ({row.kind.lower()})" for row in found)
        return f"Take this out of the story first: {listed}."
    if confirmed is not None and not confirmed:
        return "Confirm that nobody can be recognised from the story and its figures."
    return ""


def why_not_consent(story, *, user, on, consent_from=None, consent_on=None):
    """A lead agrees on screen, or an officer writes down who agreed and when."""
    if story.status == S.WITHDRAWN:
        return "This story is withdrawn. It has to be opened again before anybody can agree to it."
    if not speaks_for(user, story.organisation) and (sentence := not_an_officer(user, story.organisation)):
        return FOR_LEADS if sentence == FOR_OFFICERS else sentence
    if consent_from is not None and not consent_from.strip():
        return "Say who agreed for the organisation."
    return "The day of the consent must not lie ahead." if consent_on and consent_on > on else ""


def why_not_withdraw_consent(story, *, user, on, reason=None):
    """Consent can be taken back at any time, and the story goes at once."""
    if not story.is_consented:
        return "No consent is recorded for this story."
    if not speaks_for(user, story.organisation) and (sentence := not_an_officer(user, story.organisation)):
        return FOR_LEADS if sentence == FOR_OFFICERS else sentence
    return no_reason(reason)


def why_not_ask_consent(story, *, user, on):
    """The organisation is asked while the story is in preparation and it has not agreed."""
    if sentence := why_not_edit(story, user=user, on=on):
        return sentence
    return "The organisation has agreed already." if story.is_consented else ""


def why_not_share(story, *, user, on):
    """Into the library: agreed to, checked, and of a return that still stands."""
    if story.status == S.PUBLIC:
        return not_an_officer(user, story.organisation)
    return _not_a_draft(story) or _not_ready(story, user)


def why_not_publish(story, *, user, on):
    """For everybody to read: as for the library, agreed to in public, no example, and no quiet time."""
    if story.status == S.PUBLIC:
        return "Everybody can read this story already."
    if story.status == S.WITHDRAWN:
        return _not_a_draft(story)
    if sentence := _not_ready(story, user):
        return sentence
    if not story.consent_public:
        return "The organisation has agreed to the library only. Ask for its consent to publish the story."
    if story.is_example or story.organisation.is_example:
        return "This is example data, which is never published."
    return plan_rules.why_not_publish_on(on)


def _not_ready(story, user):
    if sentence := not_an_officer(user, story.organisation):
        return sentence
    if not story.is_consented:
        return "The organisation has not agreed yet. Record its consent first."
    if story.checked_at is None:
        return "Nobody has checked yet that no person can be recognised."
    if found := certain_of(story):
        return f"“{found[0].words}” looks like a {found[0].kind.lower()}. Take it out of the story first."
    return why_not_stand(story)


def why_not_stand(story):
    """The return has been opened or judged again since the story was checked, so nobody reads it now."""
    row = story.monitoring_return
    if row.status != ReturnStatus.REVIEWED or row.verdict != Verdict.SATISFACTORY:
        return f"The return {row.reference} is no longer a satisfactory one. The story has to wait for it."
    if story.checked_at and row.reviewed_at > story.checked_at:
        return f"The return {row.reference} was reviewed again since. Open the story again to take its figures afresh."
    return ""


def why_not_withdraw(story, *, user, on, reason=None):
    """The office takes a story out with a reason."""
    if story.status == S.WITHDRAWN:
        return "This story is withdrawn already."
    return not_an_officer(user, story.organisation) or no_reason(reason)


def why_not_reopen(story, *, user, on, reason=None):
    """A withdrawn story is written anew, from the figures of its return as they stand."""
    if story.status != S.WITHDRAWN:
        return "Only a withdrawn story can be opened again."
    if sentence := not_an_officer(user, story.organisation) or no_reason(reason):
        return sentence
    return "" if queries.latest_version(story.monitoring_return) else "The return of this story was never submitted."


def why_not_contact(story, *, user, on, message=None, sent=None):
    """Any organisation writes to a project that is open to it; a few messages a day. `sent`: how many today."""
    if story.status not in {S.SHARED, S.PUBLIC} or why_not_stand(story):
        return NOT_SHARED
    if not access.may(user, Permission.OUTCOME_CONTACT):
        return "Only contributors and leads write to other projects."
    if access.belongs_to(user, story.organisation):
        return "This is a story of your own organisation."
    if not story.open_to_contact:
        return f"{story.organisation} does not take messages about this story."
    if sent is not None and sent >= CONTACTS_A_DAY:
        return f"Your organisation has sent {CONTACTS_A_DAY} messages today. Try again tomorrow."
    return "Write a message." if message is not None and not message.strip() else ""


def why_not_answer_contact(contact, *, user, on, message=None):
    """A lead or contributor of the project answers once, through the portal."""
    if contact.answers_id:
        return "This is itself an answer."
    organisation = contact.story.organisation
    if access.is_office(user) or not access.may(user, Permission.OUTCOME_CONTACT, organisation):
        return f"Only contributors and leads of {organisation} answer this."
    if contact.replies.exists():
        return "This message has been answered."
    return "Write an answer." if message is not None and not message.strip() else ""
