"""Ladders as the office writes them: steps added, changed, removed, and back to what was delivered."""

from datetime import timedelta

import pytest

from accounts.queries import people_for
from records import actions, ladders, obligations, rules
from records.enums import ObligationKind
from records.models import Event, LadderStep, Notice
from records.refusals import Refused
from tests.make import accounts as make_accounts
from tests.make import records as make

AT = make.moment(make.DUE)
WORDS = {"heading": "About {title}", "wording": "{title} of {organisation} is due {due}."}


def a_step(kind="RETURN", working_days=-7, audiences=("LEAD",), heading="H {title}", wording="W {due}"):
    return LadderStep(
        kind=kind, working_days=working_days, audiences=list(audiences), heading=heading, wording=wording
    )  # fmt: skip


def step_of(kind, working_days):
    make.ladders()
    return LadderStep.objects.get(kind=kind, working_days=working_days)


def days_of(kind):
    return list(LadderStep.objects.filter(kind=kind).order_by("working_days").values_list("working_days", flat=True))


OTHERS = [a_step(working_days=-3, audiences=["LEAD", "CERTIFIER"])]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, {}),
        ({"working_days": 0}, {}),
        ({"working_days": -3}, {"working_days": "There is a reminder on that day already."}),
        ({"working_days": 251}, {"working_days": "Give a number of working days from 1 to 250."}),
        ({"working_days": -251}, {"working_days": "Give a number of working days from 1 to 250."}),
        ({"audiences": []}, {"audiences": "Choose at least one group of people to tell."}),
        ({"kind": "DECISION"}, {"audiences": "The office itself owes this, so only people of the office"}),
        ({"heading": "  "}, {"heading": "Write the subject of the e-mail."}),
        ({"heading": "x" * 201}, {"heading": "Write the subject in one line of 200 characters or fewer."}),
        ({"heading": "a\nBcc: all@example.org"}, {"heading": "Write the subject in one line"}),
        ({"heading": "{what}"}, {"heading": "Nothing takes the place of {what}. You can use {title}, {due}, {days},"}),
        ({"wording": "\n"}, {"wording": "Write what the reminder says."}),
        ({"wording": "x" * 5001}, {"wording": "Write it in 5,000 characters or fewer."}),
        ({"wording": "{title.pk}"}, {"wording": "Nothing takes the place of {title.pk}."}),
        ({"wording": "{}"}, {"wording": "Nothing takes the place of {}."}),
        ({"wording": "{title"}, {"wording": "A brace stands alone. Write {title}, {due},"}),
        ({"wording": "", "heading": ""}, {"heading": "Write the subject", "wording": "Write what"}),
    ],
)
def test_wrong_with_names_each_field_and_what_is_wrong(changes, wrong):
    found = rules.wrong_with(a_step(**changes), others=OTHERS)

    assert list(found) == list(wrong)
    assert all(found[name].startswith(sentence) for name, sentence in wrong.items())


@pytest.mark.parametrize(
    ("kind", "kept", "sentence"),
    [
        ("RETURN", ["LEAD", "CERTIFIER"], ""),
        ("RETURN", ["LEAD"], "at least one reminder must go to “Certifier of the organisation”."),
        ("RETURN", [], "at least one reminder must go to “Lead of the organisation”."),
        ("ACCEPTANCE", ["LEAD"], "at least one reminder must go to “Authorised signatory of the payee”."),
        ("DECISION", ["HEAD"], "at least one reminder must go to “The commissioner's office”."),
        ("EXTENSION_DECISION", ["OFFICER"], "at least one reminder must go to “The commissioner's office”."),
        ("BUSINESS_CASE", ["OFFICER"], "at least one reminder must go to “Lead of the organisation”."),
        ("AUDIT_ACTION", [], ""),
    ],
)
def test_why_not_remove_never_leaves_a_signer_without_a_reminder(kind, kept, sentence):
    others = [a_step(kind=kind, working_days=days, audiences=[audience]) for days, audience in enumerate(kept)]

    answer = rules.why_not_remove(a_step(kind=kind), others=others)

    assert answer == (f"This waits for a signature: {sentence}" if sentence else "")


@pytest.mark.django_db
def test_add_step_is_climbed_and_written_down():
    cast = make_accounts.cast()
    make.obligation(cast)

    step = actions.add_step(kind="RETURN", working_days=-7, audiences=["CERTIFIER"], **WORDS, by=cast.head, at=AT)
    day = ladders.step_day(make.DUE, -7)
    obligations.climb_ladders(on=day, at=AT, people_for=people_for)

    notice = Notice.objects.get()
    assert (notice.step, notice.person, notice.heading) == (
        -7,
        cast.maidstone_certifier,
        "About Mid-year return for Youth work",
    )
    event = Event.objects.get(verb="ladder_step_added")
    assert (event.by, event.reference, event.subject_id) == (cast.head, "RETURN", step.pk)
    assert event.summary == "Reminder added. Monitoring return: 7 working days before"
    assert event.changes["to whom"] == [None, ["Certifier of the organisation"]]


@pytest.mark.django_db
def test_add_step_in_the_past_is_owed_only_where_it_is_the_newest_passed():
    cast = make_accounts.cast()
    early = make.obligation(cast, period="early", due_on=make.DUE)
    later = make.obligation(cast, period="later", due_on=make.DUE + timedelta(days=3))
    on = make.DUE - timedelta(days=1)
    obligations.climb_ladders(on=on, at=AT, people_for=people_for)
    Notice.objects.all().update(created_at=AT)

    actions.add_step(kind="RETURN", working_days=-2, audiences=["LEAD"], **WORDS, by=cast.head, at=AT)
    actions.add_step(kind="RETURN", working_days=-7, audiences=["LEAD"], **WORDS, by=cast.head, at=AT)
    obligations.climb_ladders(on=on, at=AT, people_for=people_for)

    told = list(Notice.objects.order_by("pk").values_list("obligation", "step").distinct())
    assert set(told) == {(early.pk, -3), (later.pk, -3), (early.pk, -2), (later.pk, -2)}


@pytest.mark.django_db
def test_change_step_says_before_and_after_and_tells_nobody_twice():
    cast = make_accounts.cast()
    make.obligation(cast)
    step = step_of("RETURN", -14)
    on = ladders.step_day(make.DUE, -14)
    assert obligations.climb_ladders(on=on, at=AT, people_for=people_for) == 2

    fields = {"working_days": -14, "audiences": ["LEAD"], "heading": "New", "wording": step.wording}
    actions.change_step(step=step, **fields, by=cast.officer, at=AT, seen=step.mark)

    assert obligations.climb_ladders(on=on, at=AT, people_for=people_for) == 0
    event = Event.objects.get(verb="ladder_step_changed")
    assert event.changes == {
        "to whom": [["Contributors of the organisation", "Lead of the organisation"], ["Lead of the organisation"]],
        "subject": ["{title}: due {due}", "New"],
    }


@pytest.mark.django_db
def test_change_step_that_changes_nothing_writes_nothing():
    cast = make_accounts.cast()
    step = step_of("RETURN", -14)

    same = {"working_days": -14, "audiences": step.audiences, "heading": step.heading, "wording": step.wording}
    actions.change_step(step=step, **same, by=cast.officer, at=AT)

    assert not Event.objects.filter(subject_type="records.LadderStep").exists()


@pytest.mark.django_db
def test_change_step_of_somebody_who_saw_an_older_one_is_refused():
    cast = make_accounts.cast()
    step = step_of("RETURN", -14)
    seen = step.mark
    fields = {"working_days": -14, "audiences": ["LEAD"], "wording": step.wording}
    actions.change_step(step=step, heading="First", **fields, by=cast.head, at=AT, seen=seen)

    with pytest.raises(Refused, match="Somebody else has just changed this reminder"):
        actions.change_step(step=step, heading="Second", **fields, by=cast.officer, at=AT, seen=seen)

    assert step_of("RETURN", -14).heading == "First"


@pytest.mark.django_db
def test_remove_step_takes_it_off_and_keeps_what_it_said():
    cast = make_accounts.cast()
    step = step_of("RETURN", -28)

    actions.remove_step(step=step, by=cast.officer, at=AT)

    assert days_of("RETURN") == [-14, -3, 0, 1, 5, 10]
    event = Event.objects.get(verb="ladder_step_removed")
    assert event.changes["subject"] == ["{title}: due {due}", None]
    with pytest.raises(Refused, match="Somebody else has just removed"):
        actions.remove_step(step=step, by=cast.officer, at=AT)


@pytest.mark.django_db
def test_remove_step_keeps_the_last_that_tells_a_signer():
    cast = make_accounts.cast()
    make.ladders()
    LadderStep.objects.filter(kind="DECISION").exclude(working_days=0).delete()

    with pytest.raises(Refused, match="waits for a signature"):
        actions.remove_step(step=step_of("DECISION", 0), by=cast.officer, at=AT)

    assert days_of("DECISION") == [0]


@pytest.mark.django_db
def test_restore_step_goes_back_to_what_was_delivered():
    cast = make_accounts.cast()
    step = step_of("RETURN", 5)
    was = step.content
    changed = {"working_days": 5, "audiences": ["HEAD"], **WORDS}
    actions.change_step(step=step, **changed, by=cast.head, at=AT)

    restored = actions.restore_step(step=step, by=cast.head, at=AT)

    assert restored.content == was
    assert Event.objects.filter(verb="ladder_step_restored").count() == 1
    added = actions.add_step(kind="RETURN", working_days=7, audiences=["HEAD"], **WORDS, by=cast.head, at=AT)
    with pytest.raises(Refused, match="delivered without a reminder on this day"):
        actions.restore_step(step=added, by=cast.head, at=AT)


@pytest.mark.django_db
def test_restore_ladder_brings_back_every_step_and_nothing_else():
    cast = make_accounts.cast()
    actions.remove_step(step=step_of("RETURN", -28), by=cast.head, at=AT)
    actions.add_step(kind="RETURN", working_days=7, audiences=["HEAD"], **WORDS, by=cast.head, at=AT)
    actions.change_step(step=step_of("RETURN", 0), working_days=0, audiences=["LEAD"], **WORDS, by=cast.head, at=AT)
    LadderStep.objects.filter(kind="RETURN").exclude(working_days=7).delete()

    actions.restore_ladder(kind=ObligationKind.RETURN, by=cast.head, at=AT)

    rows = LadderStep.objects.filter(kind="RETURN")
    assert {row.working_days: (row.audiences, row.heading, row.wording) for row in rows} == ladders.delivered("RETURN")
