"""Whom we tell what about stories of outcomes and the messages they bring."""

from accounts import queries as people
from records import notices
from records.enums import Audience


def _leads(organisation):
    """Leads of the organisation; where it has none, its contributors."""
    leads = people.people_for(Audience.LEAD, organisation)
    return leads if leads.exists() else people.people_for(Audience.CONTRIBUTOR, organisation)


def consent_asked(story, *, at):
    """Leads are asked whether the story may be shared."""
    notices.tell(
        people=_leads(story.organisation),
        rule="story_consent_asked",
        subject=story,
        heading=f"May we share what you achieved? {story.title}",
        body=f"We have written a story from your return {story.monitoring_return.reference}, so that other projects "
        "can learn from it. Read it, then say whether it may stand in the library, and whether the public may read it. "
        "You can take your consent back at any time.",
        at=at,
        link=story.get_absolute_url(),
    )


def consent_given(story, *, at):
    """Officers learn that the organisation agrees."""
    how_far = "in the library and in public" if story.consent_public else "in the library"
    notices.tell(
        people=people.people_for(Audience.OFFICER),
        rule="story_consent_given",
        subject=story,
        heading=f"{story.organisation} agrees to {story.reference}",
        body=f"“{story.title}” may be shared {how_far}. Consent of {story.consent_from}.",
        at=at,
        link=story.get_absolute_url(),
    )


def consent_withdrawn(story, *, reason, at):
    """Officers learn that a story is gone, and why."""
    notices.tell(
        people=people.people_for(Audience.OFFICER),
        rule="story_consent_withdrawn",
        subject=story,
        heading=f"{story.organisation} no longer agrees to {story.reference}",
        body=f"“{story.title}” is out of the library and of the public page. Reason: {reason}",
        at=at,
        link=story.get_absolute_url(),
    )


def story_shared(story, *, at):
    """Leads learn where their story can be read."""
    where = "in the library and by the public" if story.status == "PUBLIC" else "in the library"
    notices.tell(
        people=_leads(story.organisation),
        rule="story_shared",
        subject=story,
        heading=f"Your story can be read: {story.title}",
        body=f"“{story.title}” can now be read {where}. You can take your consent back at any time.",
        at=at,
        link=story.get_absolute_url(),
    )


def story_withdrawn(story, *, at):
    """Leads learn that the office took it out."""
    notices.tell(
        people=_leads(story.organisation),
        rule="story_withdrawn",
        subject=story,
        heading=f"Your story is no longer shared: {story.title}",
        body=f"The office took “{story.title}” out of the library. Reason: {story.withdrawn_reason}",
        at=at,
        link=story.get_absolute_url(),
    )


def contact_sent(contact, *, at):
    """Leads of the project get the message with the way to answer; no address is given away."""
    story = contact.story
    notices.tell(
        people=_leads(story.organisation),
        rule="story_contact",
        subject=contact,
        heading=f"{contact.organisation} writes about “{story.title}”",
        body=f"{contact.person.full_name} of {contact.organisation} writes:\n\n{contact.message}\n\n"
        "Answer through the portal. Your e-mail address is not shown.",
        at=at,
        link=contact.get_absolute_url(),
    )


def contact_answered(answer, *, at):
    """Who wrote gets the answer."""
    notices.tell(
        people=[answer.answers.person],
        rule="story_contact_answered",
        subject=answer,
        heading=f"{answer.organisation} answers about “{answer.story.title}”",
        body=f"{answer.person.full_name} of {answer.organisation} answers:\n\n{answer.message}",
        at=at,
        link=answer.answers.get_absolute_url(),
    )
