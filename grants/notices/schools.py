"""Whom we tell what about inputs in schools (P5)."""

from accounts.queries import people_for
from records import notices
from records.enums import Audience


def clashes_found(case, sentences, *, at):
    """Officers: inputs of a case that was just sent in meet others; each needs a ruling before approval."""
    many = f"{len(sentences)} clash{'' if len(sentences) == 1 else 'es'}"
    notices.tell(
        people=people_for(Audience.OFFICER),
        rule="school_clashes_found",
        subject=case,
        heading=f"{case.reference}: {many} in schools",
        body=f"{case.organisation.name} has sent in {case.reference} {case.title}. In schools it meets what others "
        "bring:\n\n"
        + "\n".join(f"- {sentence}" for sentence in sentences)
        + "\n\nRule on each before the project is recommended for approval.",
        link=f"{case.get_absolute_url()}evaluation/",
        at=at,
    )


def input_changed(school_input, award, words, *, reason, by, at):
    """Officers, where the recipient changed an input; the recipient's people, where an officer did."""
    ours = {person.pk for person in people_for(Audience.OFFICER)}
    told = _recipient(award) if by and by.pk in ours else people_for(Audience.OFFICER)
    notices.tell(
        people=[person for person in told if by is None or person.pk != by.pk],
        rule="school_input_changed",
        subject=school_input,
        heading=f"{award.reference}: {school_input.school.name}, {words}"[:300],
        body=f"{school_input.topic.name} at {school_input.school.name}, for {award.title}: {words}.\n\nWhy: {reason}",
        link=school_input.school.get_absolute_url(),
        at=at,
    )


def _recipient(award):
    return [*people_for(Audience.CONTRIBUTOR, award.recipient), *people_for(Audience.LEAD, award.recipient)]
