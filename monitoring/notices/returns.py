"""Whom we tell what about a return."""

from accounts import queries as people
from records import notices, words
from records import queries as record
from records.enums import Audience, ObligationKind

from ..enums import Verdict


def named(monitoring_return):
    """ "The mid-year return for 1 April 2020 to 30 September 2020 (MR-2020-004)"."""
    kind = monitoring_return.get_kind_display()
    return (
        f"{kind} for {words.day_in_words(monitoring_return.starts_on)} to "
        f"{words.day_in_words(monitoring_return.ends_on)} ({monitoring_return.reference})"
    )


def _tell(monitoring_return, audiences, rule, heading, body, at, paper=None, sets=None):
    """`sets`: the obligation whose day this sets."""
    organisation = monitoring_return.organisation
    told = [person for audience in audiences for person in people.people_for(audience, organisation)]
    notices.tell(
        people=told,
        rule=rule,
        subject=monitoring_return,
        heading=heading,
        body=body,
        at=at,
        link=monitoring_return.get_absolute_url(),
        paper=paper,
        sets_dates_of=[sets],
    )


WRITERS = (Audience.CONTRIBUTOR, Audience.LEAD)


def return_opened(monitoring_return, *, at):
    """Contributors and leads learn that there is a return to write."""
    due = words.day_in_words(monitoring_return.obligation.due_on)
    why = f"\n\nWhy it is asked for: {monitoring_return.asked_reason}" if monitoring_return.asked_reason else ""
    _tell(
        monitoring_return,
        WRITERS,
        "return_opened",
        f"{monitoring_return.get_kind_display()} is open: due by {due}",
        f"The {named(monitoring_return)} for {monitoring_return.organisation} is open. It is due by {due}. "
        f"The projects and the budget are filled in already.{why}",
        at,
        sets=monitoring_return.obligation,
    )


def certification_asked(monitoring_return, *, at):
    """Certifiers are asked to sign or decline."""
    _tell(
        monitoring_return,
        [Audience.CERTIFIER],
        "certification_asked",
        f"Please certify {monitoring_return.reference}",
        f"The {named(monitoring_return)} is ready. Read the figures, then sign the declaration or decline with a "
        f"reason. It is due by {words.day_in_words(monitoring_return.obligation.due_on)}.",
        at,
    )


def certification_declined(monitoring_return, *, reason, at):
    """Writers learn why the certifier declined."""
    _tell(
        monitoring_return,
        WRITERS,
        "certification_declined",
        f"The certifier declined {monitoring_return.reference}",
        f"The {named(monitoring_return)} was not certified. Reason: {reason}\n\nCorrect it and send it again.",
        at,
    )


def return_certified(monitoring_return, *, at):
    """Leads learn that they can submit."""
    _tell(
        monitoring_return,
        [Audience.LEAD],
        "return_certified",
        f"{monitoring_return.reference} is certified: submit it now",
        f"The {named(monitoring_return)} was certified. A lead has to submit it; until then it has not been received.",
        at,
    )


def return_submitted(monitoring_return, *, version, review_by, at):
    """The receipt to the organisation, with the paper; word to the officers."""
    again = "" if version.number == 1 else f", version {version.number}"
    _tell(
        monitoring_return,
        (*WRITERS, Audience.CERTIFIER),
        "return_receipt",
        f"Receipt: {monitoring_return.reference} was submitted",
        f"We received the {named(monitoring_return)}{again}. An officer replies by {words.day_in_words(review_by)}.",
        at,
        paper=version.paper,
    )
    _tell(
        monitoring_return,
        [Audience.OFFICER],
        "return_submitted",
        f"{monitoring_return.organisation}: {monitoring_return.get_kind_display().lower()} submitted",
        f"The {named(monitoring_return)}{again} waits for a review by {words.day_in_words(review_by)}.",
        at,
    )


def return_queried(monitoring_return, *, questions, answer_by, at):
    """Writers get the questions word for word."""
    asked = "\n".join(f"{number}. {question}" for number, question in enumerate(questions, start=1))
    _tell(
        monitoring_return,
        WRITERS,
        "return_queried",
        f"Questions about {monitoring_return.reference}: answer by {words.day_in_words(answer_by)}",
        f"We read the {named(monitoring_return)} and ask:\n\n{asked}\n\n"
        "Answer on the page of the return. You may correct figures there.",
        at,
        sets=record.owed_about(monitoring_return, ObligationKind.RETURN_QUERY),
    )


def return_reviewed(monitoring_return, *, at):
    """The reply every return gets."""
    found = Verdict(monitoring_return.verdict).label.lower()
    _tell(
        monitoring_return,
        (*WRITERS, Audience.CERTIFIER),
        "return_reviewed",
        f"{monitoring_return.reference} was reviewed: {found}",
        f"The {named(monitoring_return)} was found {found}.\n\n{monitoring_return.reply}",
        at,
    )


def return_waived(monitoring_return, *, at):
    """Writers learn that nothing has to be sent."""
    _tell(
        monitoring_return,
        WRITERS,
        "return_waived",
        f"{monitoring_return.reference} is no longer needed",
        f"The {named(monitoring_return)} does not have to be sent. Reason: {monitoring_return.waived_reason}",
        at,
    )


def correction_begun(monitoring_return, *, due_on, at):
    """Officers stop reading; writers know that it is theirs again."""
    body = (
        f"The {named(monitoring_return)} of {monitoring_return.organisation} was taken back to be corrected. "
        f"Reason: {monitoring_return.correction_reason}"
    )
    heading = f"{monitoring_return.organisation}: {monitoring_return.reference} is being corrected"
    stops = "The clock of your review stops, and starts afresh when it is sent again."
    _tell(monitoring_return, [Audience.OFFICER], "correction_begun", heading, f"{body}\n\n{stops}", at)
    day = words.day_in_words(due_on)
    _tell(
        monitoring_return,
        WRITERS,
        "correction_begun",
        f"{monitoring_return.reference} is open again: send it by {day}",
        f"{body}\n\nCorrect it and send it again by {day}. Until then the office goes on seeing what was submitted.",
        at,
        sets=record.owed_about(monitoring_return, ObligationKind.RETURN),
    )


def return_reopened(monitoring_return, *, due_on, at):
    """Writers and certifier learn that a reviewed return is theirs again, and why."""
    day = words.day_in_words(due_on)
    _tell(
        monitoring_return,
        (*WRITERS, Audience.CERTIFIER),
        "return_reopened",
        f"{monitoring_return.reference} was opened again: send it by {day}",
        f"The office has opened the {named(monitoring_return)} again. "
        f"Reason: {monitoring_return.correction_reason}\n\nCorrect it and send it again by {day}.",
        at,
        sets=record.owed_about(monitoring_return, ObligationKind.RETURN),
    )


def dates_moved(owed, *, reason, at):
    """Whoever writes returns whose day has moved is told once, of all of theirs together."""
    theirs: dict = {}
    for row in owed:
        for audience in WRITERS:
            for person in people.people_for(audience, row.organisation):
                theirs.setdefault(person.pk, (person, {}))[1][row.pk] = row
    for person, found in theirs.values():
        rows = list(found.values())
        listed = "\n".join(f"{row.title}: now due {words.day_in_words(row.due_on)}" for row in rows)
        one = len(rows) == 1
        notices.tell(
            people=[person],
            rule="return_dates_moved",
            subject=rows[0],
            heading=f"More time: {rows[0].title}" if one else f"More time for {len(rows)} returns",
            body=f"{listed}\n\nReason: {reason}",
            at=at,
            link=rows[0].link if one else "/returns/",
            sets_dates_of=rows,
        )
