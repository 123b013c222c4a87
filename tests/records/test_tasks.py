"""Celery is only the bell: no ETA, no countdown, beat in UTC, thin tasks, a sweep that needs no message."""

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest
from celery import current_app
from celery.schedules import crontab
from django.conf import settings
from django.utils import timezone
from kombu.exceptions import OperationalError

from pcc_portal import tasks as portal_tasks
from records import bell, delivery, notices, tasks
from records.enums import MailChoice
from records.models import Message, Notice
from tests.make import accounts as make_accounts
from tests.make import records as make
from tests.records import sink

ROOT = Path(__file__).resolve().parents[2]
APPS = ["records", "accounts", "plans", "grants", "services", "monitoring", "pcc_portal"]
AT = datetime(2020, 4, 7, 9, 0, tzinfo=UTC)


def each_alone(person):
    """Reminders to this person wait for no hour, so that the test may run at any."""
    person.mail_choice = MailChoice.SINGLE
    person.save()


def sources():
    return [path for app in APPS for path in (ROOT / app).rglob("*.py")]


def test_no_task_is_ever_given_a_time_of_its_own():
    """An ETA longer than the broker's visibility timeout runs again and again; due times are rows."""
    faults = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.keyword) and node.arg in {"eta", "countdown"}:
                faults.append(f"{path}:{node.value.lineno}")
            if isinstance(node, ast.Attribute) and node.attr in {"apply_async", "retry"}:
                faults.append(f"{path}:{node.lineno}")

    assert faults == []


def test_beat_keeps_utc_and_names_tasks_that_exist():
    assert (settings.CELERY_TIMEZONE, settings.CELERY_ENABLE_UTC) == ("UTC", True)
    current_app.loader.import_default_modules()
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        assert entry["task"] in current_app.tasks
        assert "args" not in entry and "kwargs" not in entry


def test_beat_runs_nothing_only_in_the_hour_before_midnight_utc():
    """In summer that hour belongs to the next London day."""
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        if isinstance(entry["schedule"], crontab):
            assert entry["schedule"].hour != {23}


def test_the_morning_sweep_is_in_the_london_morning_all_year():
    schedule = settings.CELERY_BEAT_SCHEDULE["morning-sweep"]["schedule"]
    [hour], [minute] = schedule.hour, schedule.minute
    for day in (datetime(2026, 1, 15, hour, minute, tzinfo=UTC), datetime(2026, 7, 15, hour, minute, tzinfo=UTC)):
        assert timezone.localtime(day).date() == day.date()
        assert 5 <= timezone.localtime(day).hour <= 7


@pytest.mark.django_db
def test_deliver_messages_composes_and_sends(settings):
    cast = make_accounts.cast()
    notices.tell(people=[cast.officer], rule="test", subject=cast.officer, heading="Thing", body="Words", at=AT)

    with sink.listening(settings) as keeper:
        tasks.deliver_messages()
        tasks.deliver_messages()

    assert keeper.addresses == [cast.officer.email]


@pytest.mark.django_db
def test_deliver_messages_sends_what_waits_even_when_composing_fails(settings, monkeypatch):
    cast = make_accounts.cast()
    notices.tell(people=[cast.officer], rule="test", subject=cast.officer, heading="Thing", body="Words", at=AT)
    delivery.compose(at=AT)
    monkeypatch.setattr(delivery, "compose", lambda at: 1 / 0)

    with sink.listening(settings) as keeper, pytest.raises(ZeroDivisionError):
        tasks.deliver_messages()

    assert keeper.addresses == [cast.officer.email]


@pytest.mark.django_db
def test_alert_failures_tells_the_officers_of_a_refused_address(settings):
    cast = make_accounts.cast()
    notices.tell(people=[cast.head], rule="test", subject=cast.head, heading="Thing", body="Words", at=AT)

    with sink.listening(settings) as keeper:
        keeper.refusals[cast.head.email] = "550 5.1.1 No such person"
        tasks.deliver_messages()
        portal_tasks.alert_failures()
        portal_tasks.alert_failures()
        tasks.deliver_messages()

    assert sorted(keeper.addresses) == sorted([cast.officer.email, cast.other_officer.email])


@pytest.mark.django_db
def test_climb_ladders_tells_and_sends_in_one_go(settings):
    cast = make_accounts.cast()
    each_alone(cast.maidstone_lead)
    make.obligation(cast, due_on=timezone.localdate())

    with sink.listening(settings) as keeper:
        portal_tasks.climb_ladders()
        portal_tasks.climb_ladders()

    assert keeper.addresses == [cast.maidstone_lead.email]


@pytest.mark.django_db
def test_morning_sweep_goes_on_when_one_part_fails(settings, monkeypatch):
    cast = make_accounts.cast()
    each_alone(cast.maidstone_lead)
    make.obligation(cast, due_on=timezone.localdate())
    monkeypatch.setattr(portal_tasks.monitoring_actions, "open_due_returns", lambda **_: 1 / 0)

    with sink.listening(settings) as keeper, pytest.raises(ZeroDivisionError):
        portal_tasks.morning_sweep()

    assert keeper.addresses == [cast.maidstone_lead.email]


@pytest.mark.django_db
def test_ring_with_a_dead_broker_loses_nothing(monkeypatch, caplog, django_capture_on_commit_callbacks):
    cast = make_accounts.cast()

    def dead(*args, **kwargs):
        raise OperationalError("no broker")

    monkeypatch.setattr(bell.current_app, "send_task", dead)
    with django_capture_on_commit_callbacks(execute=True):
        notices.tell(people=[cast.officer], rule="test", subject=cast.officer, heading="Thing", body="Words", at=AT)

    assert Notice.objects.count() == 1
    assert "The broker did not answer" in caplog.text
    assert delivery.compose(at=AT) == 1
    assert Message.objects.get().status == "QUEUED"
