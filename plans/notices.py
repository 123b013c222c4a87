"""Whom we tell about standards."""

from accounts.queries import people_for
from records import notices
from records import queries as record
from records.enums import Audience, ObligationKind
from records.words import day_in_words


def _tell(subject, people, *, rule, heading, body, link, at, sets=None):
    notices.tell(
        people=people, rule=rule, subject=subject, heading=heading, body=body, link=link, at=at, sets_dates_of=[sets]
    )


def _of(organisation, sender=None):
    """The leads of the organisation and of the partnerships it is paid for, and whoever sent the evidence."""
    found = [*people_for(Audience.LEAD, organisation), *([sender] if sender and sender.is_active else [])]
    for partnership in organisation.accountable_for.in_service().order_by("pk"):
        found += people_for(Audience.LEAD, partnership)
    return found


def standard_sent(held, *, at):
    """Officers: evidence waits to be checked."""
    _tell(
        held,
        people_for(Audience.OFFICER),
        rule="standard_sent",
        heading=f"{held.organisation.name}: evidence of {held.kind.name}",
        body="It waits to be checked by an officer who did not send it.",
        link=held.get_absolute_url(),
        sets=record.owed_about(held, ObligationKind.STANDARD_CHECK),
        at=at,
    )


def standard_accepted(held, *, at):
    """The organisation's leads: the evidence counts, until when."""
    until = f" It counts until {day_in_words(held.expires_on)}." if held.expires_on else ""
    _tell(
        held,
        _of(held.organisation, held.sent_by),
        rule="standard_accepted",
        heading=f"{held.kind.name}: evidence accepted",
        body=f"The evidence of {held.organisation.name} was accepted.{until}",
        link=held.get_absolute_url(),
        sets=record.owed_about(held, ObligationKind.STANDARD_EXPIRY),
        at=at,
    )


def standard_refused(held, *, at):
    """The organisation's leads: why the evidence was not accepted."""
    _tell(
        held,
        _of(held.organisation, held.sent_by),
        rule="standard_refused",
        heading=f"{held.kind.name}: evidence not accepted",
        body=f"Reason: {held.answer} Please send other evidence.",
        link=held.get_absolute_url(),
        at=at,
    )


def standard_needed(organisation, kind, *, why, sets, at):
    """The organisation's leads: evidence is asked for."""
    _tell(
        organisation,
        _of(organisation),
        rule=f"standard_needed_{kind.key}",
        heading=f"{kind.name}: evidence needed",
        body=why,
        link=f"/standards/{organisation.key}/",
        sets=sets,
        at=at,
    )


def standard_waived(waiver, *, at):
    """The organisation's leads: until when it need not hold the standard."""
    _tell(
        waiver,
        _of(waiver.organisation),
        rule="standard_waived",
        heading=f"{waiver.kind.name}: waived until {day_in_words(waiver.ends_on)}",
        body=f"Reason: {waiver.reason} Please have evidence accepted by then.",
        link=f"/standards/{waiver.organisation.key}/",
        sets=record.owed_about(waiver, ObligationKind.WAIVER_END),
        at=at,
    )


def waiver_ended(waiver, *, reason, at):
    """The organisation's leads: the waiver was ended early."""
    _tell(
        waiver,
        _of(waiver.organisation),
        rule="waiver_ended",
        heading=f"{waiver.kind.name}: the waiver has ended",
        body=f"Reason: {reason}",
        link=f"/standards/{waiver.organisation.key}/",
        at=at,
    )
