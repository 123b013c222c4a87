"""Whom we tell what about a complaint. What is restricted is told to its handlers alone (P2)."""

from accounts import queries as people
from plans.enums import StageAnsweredBy
from records import notices, words
from records.enums import Audience

from ..queries import concern_links as links
from ..queries import concerns as queries

ANSWERERS = {
    StageAnsweredBy.PROVIDER: Audience.LEAD,
    StageAnsweredBy.OFFICER: Audience.OFFICER,
    StageAnsweredBy.HEAD: Audience.HEAD,
    StageAnsweredBy.COMMISSIONER: Audience.COMMISSIONER,
}


def _tell(concern, audience, rule, heading, body, at):
    told = queries.handlers_of(concern)
    notices.tell(
        people=told if told is not None else people.people_for(audience, concern.organisation),
        rule=rule,
        subject=concern,
        heading=f"{concern.reference}: {heading}",
        body=body,
        at=at,
        link=concern.get_absolute_url(),
    )


def concern_received(concern, *, due_on, at):
    """Those who take it up learn that it is there."""
    by = words.day_in_words(due_on)
    _tell(
        concern,
        Audience.OFFICER,
        "concern_received",
        f"a complaint has come in; acknowledge it by {by}",
        "Read it, say what it is about, and take it up. The complainant gets your acknowledgement.",
        at,
    )


def stage_begun(concern, stage, *, at):
    """Whoever answers the stage learns of it, with the reason why it came to them."""
    why = f"\n\nWhy it came to you: {stage.reason}" if stage.reason and stage.number > 1 else ""
    _tell(
        concern,
        ANSWERERS[StageAnsweredBy(stage.level.answered_by)],
        "concern_stage_begun",
        f"answer a complaint by {words.day_in_words(stage.answer_by)}",
        f"The complaint is at the stage “{stage.level.name}”. Answer it on its page.{why}",
        at,
    )


def stage_asked_for(concern, stage, *, at):
    """Officers learn that the complainant took it further, and that this is to be acknowledged."""
    _tell(
        concern,
        Audience.OFFICER,
        "concern_stage_asked_for",
        f"the complainant asks for the next stage; acknowledge it by {words.day_in_words(stage.acknowledge_by)}",
        f"It is now at the stage “{stage.level.name}”. The complainant says: {stage.reason}",
        at,
    )


def concern_answered(concern, stage, *, at):
    """Officers learn what was answered."""
    _tell(
        concern,
        Audience.OFFICER,
        "concern_answered",
        f"answered at the stage “{stage.level.name}”: {stage.get_outcome_display().lower()}",
        "The complainant has been told, and can ask for the next stage.",
        at,
    )


def concern_ended(concern, *, words_of_it, at):
    """The organisation that was told of a complaint learns that it is over; a restricted one it never knew of."""
    if concern.shared_at is not None and not concern.is_restricted:
        _tell(concern, Audience.LEAD, "concern_ended", "this complaint is over", words_of_it, at)


def handlers_named(concern, handlers, *, at):
    """The people who now deal with a restricted complaint."""
    notices.tell(
        people=handlers,
        rule="concern_handlers_named",
        subject=concern,
        heading=f"{concern.reference}: a restricted complaint for you",
        body="You are one of the two people who can see it. Speak of it to nobody else.",
        at=at,
        link=concern.get_absolute_url(),
    )


def learning_agreed(learning, *, at):
    """The organisation learns what it is to change."""
    if not learning.by_office:
        _tell(
            learning.concern,
            Audience.LEAD,
            "concern_learning_agreed",
            f"a change agreed, to be made by {words.day_in_words(learning.due_on)}",
            learning.action,
            at,
        )


def to_complainant(concern, *, heading, body, at, paper=None):
    """Write to whoever complained, where they gave an e-mail address; their own link stands below."""
    if not concern.email:
        return None
    link = links.link_of(concern)
    follow = f"\n\nSee where your complaint stands, and answer us:\n{link}" if link else ""
    greeting = f"Dear {concern.name}" if concern.name else "Hello"
    return notices.write_to(
        address=concern.email,
        subject=concern,
        heading=heading,
        body=f"{greeting},\n\n{body}{follow}\n",
        paper=paper,
        at=at,
    )
