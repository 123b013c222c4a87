"""Whom we tell about a business case, and in what words."""

from accounts.queries import people_for
from records import notices
from records import queries as record
from records.enums import Audience, ObligationKind
from records.words import day_in_words, pounds

from ..queries.case_content import total_of
from .rounds import writers


def business_case_submitted(case, *, snapshot, again, at):
    """A receipt to the organisation, with the paper; a line to the officers."""
    asked = pounds(total_of(snapshot.content["projects"]))
    word = "sent in again" if again else "sent in"
    notices.tell(
        people=writers(case.organisation),
        rule="business_case_receipt",
        subject=case,
        heading=f"Receipt: business case {case.reference} was {word}",
        body=(
            f"We have your business case “{case.title}”, asking for {asked}. The receipt holds everything you "
            "sent. An officer reads it next; you will be told if anything should change."
        ),
        at=at,
        link=case.get_absolute_url(),
        paper=snapshot.paper,
    )
    notices.tell(
        people=people_for(Audience.OFFICER),
        rule="business_case_submitted",
        subject=case,
        heading=f"{case.organisation}: business case {case.reference} {word}",
        body=f"“{case.title}” in {case.round.name} asks for {asked}.",
        at=at,
        link=case.get_absolute_url(),
    )


def business_case_returned(case, *, requests, due_on, at):
    lines = []
    for request in requests:
        section = request.heading
        where = f"Project {request.project.number}, {section.lower()}" if request.project_id else section
        lines.append(f"{where}: {request.asked}")
    notices.tell(
        people=writers(case.organisation),
        rule="business_case_returned",
        subject=case,
        heading=f"Changes asked to business case {case.reference}",
        body=f"Please answer by {day_in_words(due_on)}.\n\n" + "\n".join(lines),
        at=at,
        link=case.get_absolute_url(),
        sets_dates_of=[record.owed_about(case, ObligationKind.CASE_CHANGES)],
    )


def _everybody(case):
    people = [*writers(case.organisation), *people_for(Audience.OFFICER)]
    return list({person.pk: person for person in people}.values())


def business_case_withdrawn(case, *, reason, by, at):
    notices.tell(
        people=[person for person in _everybody(case) if by is None or person.pk != by.pk],
        rule="business_case_withdrawn",
        subject=case,
        heading=f"Business case {case.reference} was withdrawn",
        body=f"“{case.title}” of {case.organisation} was withdrawn. Reason: {reason}",
        at=at,
        link=case.get_absolute_url(),
    )


def business_case_reopened(case, *, reason, by, at):
    people = _everybody(case) if case.first_submitted_at else writers(case.organisation)
    notices.tell(
        people=[person for person in people if by is None or person.pk != by.pk],
        rule="business_case_reopened",
        subject=case,
        heading=f"Business case {case.reference} was reopened",
        body=f"“{case.title}” of {case.organisation} is a draft again. Reason: {reason}",
        at=at,
        link=case.get_absolute_url(),
    )
