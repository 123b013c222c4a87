"""Whom we tell about rounds, and in what words."""

from accounts.queries import people_for
from records import notices
from records import queries as record
from records.enums import Audience, ObligationKind
from records.words import day_in_words, pounds

from ..queries.bidding import owers


def writers(organisation):
    """Leads and contributors of an organisation, each once."""
    people = [*people_for(Audience.LEAD, organisation), *people_for(Audience.CONTRIBUTOR, organisation)]
    return list({person.pk: person for person in people}.values())


def round_opened(round, *, allocation, at):
    """Tell those invited what they are allocated and by when to write."""
    tactical = (
        f" Up to {pounds(allocation.tactical_amount)} is kept for tactical cases through the year."
        if allocation.tactical_amount
        else ""
    )
    notices.tell(
        people=writers(allocation.organisation),
        rule="round_opened",
        subject=round,
        heading=f"{round.name} is open",
        body=(
            f"{allocation.organisation} is allocated {pounds(allocation.amount)}, of which "
            f"{pounds(allocation.main_amount)} is for the main business case, due by "
            f"{day_in_words(round.deadline_on)}.{tactical} You can read every question before you start."
        ),
        at=at,
        link=round.get_absolute_url(),
        occurrence=f"{allocation.pk}:{at.isoformat()}",
        sets_dates_of=[record.owed_about(allocation, ObligationKind.BUSINESS_CASE)],
    )


def invited(round, *, invitation, at):
    """Tell those invited to bid by when to write, and which award of theirs it would follow."""
    follows = f" It would follow {invitation.continues.reference}." if invitation.continues_id else ""
    notices.tell(
        people=writers(invitation.organisation),
        rule="round_opened",
        subject=round,
        heading=f"{round.name} is open",
        body=(
            f"{invitation.organisation} is invited to send a business case by {day_in_words(round.deadline_on)}."
            f"{follows} You can read every question before you start."
        ),
        at=at,
        link=round.get_absolute_url(),
        occurrence=f"invited:{invitation.pk}:{at.isoformat()}",
        sets_dates_of=[record.owed_about(invitation, ObligationKind.BUSINESS_CASE)],
    )


def deadline_moved(round, *, reason, at):
    """Tell those invited, each once, with the day of every case that was moved."""
    day = day_in_words(round.deadline_on)
    for subject in owers(round):
        notices.tell(
            people=writers(subject.organisation),
            rule="deadline_moved",
            subject=round,
            heading=f"{round.name}: the deadline is now {day}",
            body=f"The deadline for main business cases has moved to {day}. Reason: {reason}",
            at=at,
            link=round.get_absolute_url(),
            sets_dates_of=[record.owed_about(subject, ObligationKind.BUSINESS_CASE, due_on=round.deadline_on)],
        )


def late_accepted(round, *, organisation, until, reason, at):
    notices.tell(
        people=writers(organisation),
        rule="late_accepted",
        subject=round,
        heading=f"{round.name}: your case is accepted until {day_in_words(until)}",
        body=f"The office will take a business case of {organisation} until {day_in_words(until)}. Reason: {reason}",
        at=at,
        link=round.get_absolute_url(),
        occurrence=f"{organisation.pk}:{at.isoformat()}",
        sets_dates_of=[
            record.owed_about(subject, ObligationKind.BUSINESS_CASE)
            for subject in owers(round)
            if subject.organisation_id == organisation.pk
        ],
    )


def allocation_changed(allocation, *, summary, reason, at):
    notices.tell(
        people=writers(allocation.organisation),
        rule="allocation_changed",
        subject=allocation.round,
        heading=f"{allocation.round.name}: your allocation has changed",
        body=f"{summary}. The allocation is now {pounds(allocation.amount)}. Reason: {reason}",
        at=at,
        link=allocation.round.get_absolute_url(),
        occurrence=f"{allocation.pk}:{at.isoformat()}",
    )
