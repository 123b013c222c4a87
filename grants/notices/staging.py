"""Whom we tell about the stages of a decision."""

from accounts.queries import people_for
from records import notices
from records.enums import Audience


def project_not_agreed(project, *, note, at):
    """The applicant, in confidence: a second body did not agree to what was approved."""
    case = project.case
    people = [*people_for(Audience.LEAD, case.organisation), *people_for(Audience.CONTRIBUTOR, case.organisation)]
    notices.tell(
        people=people,
        rule="project_not_agreed",
        subject=project,
        heading=f"{project.reference}: not funded",
        body=f"{project.title} was approved on condition that a second body agrees. It did not agree, "
        f"so the project is not funded. Its reason: {note}",
        link=case.get_absolute_url(),
        at=at,
    )
