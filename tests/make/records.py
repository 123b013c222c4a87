"""Obligations with their ladders, the record's only way to owe a reminder."""

import importlib
from datetime import UTC, date, datetime, time

from django.apps import apps

from records import delivery, notices, obligations
from records.delivery import failures
from records.enums import MessageStatus, ObligationKind
from records.models import LadderStep, Obligation

DUE = date(2020, 10, 30)  # a Friday
LADDERS = (
    "0003_default_ladders",
    "0008_ladders_for_every_kind",
    "0011_ladders_of_contract_work",
    "0013_ladders_of_grant_work",
    "0015_ladders_of_assurance",
)


def ladders():
    """The default ladders. A test that empties tables takes them away; this puts them back."""
    if not LadderStep.objects.exists():
        for name in LADDERS:
            importlib.import_module(f"records.migrations.{name}").write_ladders(apps, None)


def moment(day, hour=6):
    """A moment on a day."""
    return datetime.combine(day, time(hour), tzinfo=UTC)


def obligation(cast, *, subject=None, kind=ObligationKind.RETURN, organisation=..., due_on=DUE, **fields):
    """Something the partnership owes by a day; by default a return of the award it stands for."""
    ladders()
    return obligations.owe(
        subject or cast.maidstone,
        kind,
        **{"title": "Mid-year return for Youth work", "link": "/awards/AW-2020-001/", **fields},
        organisation=cast.maidstone if organisation is ... else organisation,
        due_on=due_on,
    )


def hold_all(cast, *, until, at):
    """The reminders of everything open are held."""
    for owed in Obligation.objects.open():
        obligations.hold(owed, until=until, reason="The office is being moved", by=cast.officer, at=at)


def come_back(person, *, at):
    """A letter to the person has come back for good: their address is marked."""
    answer = f"550 5.1.1 <{person.email}>: Recipient address rejected: User unknown in virtual mailbox table"
    notices.tell(people=[person], rule="test", subject=person, heading="Your award", body="Hello", at=at)
    delivery.compose(at=at)
    letter = person.notices.get(rule="test").message
    letter.status, letter.answer = MessageStatus.FAILED, answer
    letter.save()
    failures.mark_address(letter, answer, at=at)
