"""Whom we tell about evaluation and decisions."""

from accounts.queries import people_for
from records import notices
from records import queries as record
from records.enums import Audience, ObligationKind
from records.words import pounds


def case_sent_for_decision(case, *, at):
    """The commissioner's office: a case waits."""
    notices.tell(
        people=people_for(Audience.COMMISSIONER),
        rule="case_sent_for_decision",
        subject=case,
        heading=f"{case.reference}: waiting for your decision",
        body=f"{case.organisation.name} asks for money for {case.title}. "
        "Officers have recommended on each project and the chief finance officer has commented.",
        link=case.get_absolute_url(),
        at=at,
    )


def case_taken_back(case, *, reason, at):
    """The commissioner's office: officers took the case back."""
    notices.tell(
        people=people_for(Audience.COMMISSIONER),
        rule="case_taken_back",
        subject=case,
        heading=f"{case.reference}: taken back by officers",
        body=f"Officers are evaluating this business case again. Reason: {reason}",
        link=case.get_absolute_url(),
        at=at,
    )


def _tell_applicant(project, *, rule, heading, body, at, sets=None, paper=None):
    """`sets`: the obligation whose day this sets."""
    case = project.case
    people = [*people_for(Audience.LEAD, case.organisation), *people_for(Audience.CONTRIBUTOR, case.organisation)]
    notices.tell(
        people=people,
        rule=rule,
        subject=project,
        heading=heading,
        body=body,
        link=case.get_absolute_url(),
        sets_dates_of=[sets],
        paper=paper,
        at=at,
    )


def project_deferred(project, decision, *, due_on, at):
    """The applicant: the commissioner asks a question."""
    _tell_applicant(
        project,
        rule="project_deferred",
        heading=f"{project.reference}: a question before the decision",
        body=f"The decision on {project.title} waits for your answer to this question: {decision.question} "
        f"Please answer by {due_on.day} {due_on:%B %Y}.",
        sets=record.owed_about(project, ObligationKind.DEFERRED_QUESTION),
        at=at,
    )


def project_declined(project, decision, *, at):
    """The applicant, in confidence: declined."""
    _tell_applicant(
        project,
        rule="project_declined",
        heading=f"{project.reference}: not funded",
        body=f"In confidence: {project.title} was not approved. Reason: {decision.reason} "
        "Please do not make this public before the office does.",
        at=at,
    )


def project_retained(project, decision, *, amount, paper, at):
    """The applicant, in confidence: the office keeps the money of this project."""
    _tell_applicant(
        project,
        rule="project_retained",
        heading=f"{project.reference}: money retained by the office",
        body=f"In confidence: the office retains {pounds(amount)} of your allocation instead of funding "
        f"{project.title}. Reason: {decision.reason}",
        paper=paper,
        at=at,
    )


def question_answered(project, *, at):
    """The commissioner's office and the officers: the answer is in."""
    notices.tell(
        people=[*people_for(Audience.COMMISSIONER), *people_for(Audience.OFFICER)],
        rule="question_answered",
        subject=project,
        heading=f"{project.reference}: the applicant has answered",
        body=f"{project.case.organisation.name} answered the question about {project.title}: {project.answer}",
        link=project.case.get_absolute_url(),
        at=at,
    )


def case_decided(case, *, at):
    """The officers: every project of the case is decided, so the award can be offered."""
    notices.tell(
        people=people_for(Audience.OFFICER),
        rule="case_decided",
        subject=case,
        heading=f"{case.reference}: decided",
        body=f"Every project of {case.title} ({case.organisation.name}) has been decided. "
        "Offer the award now; an offer waits for nothing.",
        link=case.get_absolute_url(),
        at=at,
    )
