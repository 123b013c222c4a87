"""Many returns at once: each row done or refused with its sentence, people told once."""

from datetime import UTC, datetime, timedelta

import pytest

from monitoring import actions, queries, rules
from monitoring.enums import OwedState
from records.models import Event, Notice, Obligation
from tests.make import monitoring
from tests.make import records as make_records

pytestmark = pytest.mark.django_db
AT = datetime(2020, 11, 9, 9, 0, tzinfo=UTC)
ON = AT.date()
WHY = "The council's ledger closes late."


@pytest.fixture
def _django_db_helper(world):
    """The rows of the module stand in a transaction of their own, so no test opens another."""


@pytest.fixture
def cast(world):
    return world.cast


def owed(world, *states):
    """What is owed of the returns in these statuses."""
    return [world.row(state).obligation for state in states]


def words(outcomes):
    return [(row.done, row.words) for row in outcomes]


def test_owed_returns_stand_as_their_returns_do(world):
    states = {row.status: row.state for row in queries.owed_returns(ON) if row.status}

    assert states == {
        "OPEN": OwedState.LATE,
        "CERTIFYING": OwedState.LATE,
        "CERTIFIED": OwedState.LATE,
        "SUBMITTED": OwedState.SUBMITTED,
        "QUERIED": OwedState.QUERIED,
        "REVIEWED": OwedState.ACCEPTED,
        "WAIVED": OwedState.WAIVED,
    }
    rest = queries.owed_returns(ON).filter(status__isnull=True)
    assert {(row.state, row.period) for row in rest} == {(OwedState.UPCOMING, "YEAR_END")}
    counts = {row["state"]: row["count"] for row in queries.counts_of(queries.owed_returns(ON))}
    assert counts == {
        OwedState.UPCOMING: 7, OwedState.DUE: 0, OwedState.LATE: 3, OwedState.SUBMITTED: 1,
        OwedState.QUERIED: 1, OwedState.ACCEPTED: 1, OwedState.WAIVED: 1,
    }  # fmt: skip


def test_owed_returns_tell_clocks_and_lateness_in_working_days(world):
    rows = {row.status: row for row in queries.owed_returns(ON) if row.status}

    late, sent, asked = rows["OPEN"], rows["SUBMITTED"], rows["QUERIED"]
    assert (late.due_on.isoformat(), queries.working_days_late(late, ON)) == ("2020-10-30", 6)
    assert (sent.review_due_on.isoformat(), queries.working_days_late(sent, ON)) == ("2020-10-28", 0)
    assert (asked.owed_on.isoformat(), queries.working_days_late(asked, ON)) == ("2020-10-23", 11)
    award = world.row("OPEN").award
    assert (late.subject_reference, late.subject_title, late.stream_key) == (
        award.reference,
        award.title,
        award.stream_id,
    )


def test_owed_returns_leave_out_what_no_longer_stands(world):
    award = world.row("OPEN").award
    award.status = "TERMINATED"
    award.save()

    assert world.row("OPEN").obligation not in queries.owed_returns(ON)
    assert queries.owed_returns(ON).count() == 12


def test_remind_returns_sends_to_who_owes_and_refuses_the_rest(world, cast):
    make_records.ladders()
    rows = owed(world, "OPEN", "QUERIED", "SUBMITTED", "REVIEWED", "WAIVED")
    later = queries.owed_returns(ON).filter(status__isnull=True).first()

    outcomes = actions.remind_returns(owed=[*rows, later], by=cast.officer, at=AT)

    assert [row.done for row in outcomes] == [True, True, False, False, False, False]
    assert [row.words for row in outcomes[2:]] == [
        "It has been submitted, so the recipient owes nothing just now.",
        "It has been reviewed, so nothing is owed.",
        "It was waived, so nothing is owed.",
        "It is not open yet, so nobody is reminded of it.",
    ]
    assert Notice.objects.filter(obligation=rows[0], rule__startswith="reminder").exists()
    again = Obligation.objects.open().about(world.row("QUERIED")).get(kind="RETURN_QUERY")
    assert Notice.objects.filter(obligation=again).exists()
    reminded = queries.owed_returns(ON).get(pk=rows[0].pk).reminded_at
    assert reminded == AT
    twice = actions.remind_returns(owed=rows[:1], by=cast.officer, at=AT + timedelta(hours=1))
    assert [row.done for row in twice] == [False]


def test_extend_returns_moves_each_day_and_tells_each_person_once(world, cast):
    rows = owed(world, "OPEN", "CERTIFYING", "SUBMITTED")

    outcomes = actions.extend_returns(owed=rows, reason=WHY, working_days=20, by=cast.officer, at=AT)

    assert words(outcomes) == [
        (True, "Now due 27 November 2020"),
        (True, "Now due 27 November 2020"),
        (False, "It has been submitted, so the recipient owes nothing just now."),
    ]
    moved = world.row("OPEN").obligation
    assert (moved.due_on.isoformat(), moved.first_due_on.isoformat()) == ("2020-11-27", "2020-10-30")
    assert Event.objects.filter(verb="date_moved", reason=WHY, subject_type="monitoring.MonitoringReturn").count() == 2
    told = Notice.objects.filter(rule="return_dates_moved")
    assert sorted(notice.person.full_name for notice in told) == ["Lee Lead", "Mo Contributor"]
    assert {notice.heading for notice in told} == {"More time for 2 returns"}
    assert told[0].body.count("now due 27 November 2020") == 2
    assert WHY in told[0].body


def test_extend_returns_moves_a_correction_and_what_is_not_open_yet(world, cast):
    row = world.row("SUBMITTED")
    actions.correct_return(monitoring_return=row, reason="Wrong line.", by=cast.maidstone_lead, at=AT)
    later = queries.owed_returns(ON).filter(status__isnull=True).first()
    day = later.due_on + timedelta(days=7)

    outcomes = actions.extend_returns(owed=[row.obligation, later], reason=WHY, due_on=day, by=cast.officer, at=AT)

    assert [row.done for row in outcomes] == [True, True]
    assert Obligation.objects.open().about(row).get(kind="RETURN").due_on == day
    assert Obligation.objects.get(pk=later.pk).due_on == day


@pytest.mark.parametrize(
    ("who", "given", "sentence"),
    [
        ("officer", {"due_on": ON - timedelta(days=1)}, "The new day has passed already."),
        ("officer", {"working_days": 1}, "The new day has passed already."),
        ("officer", {"reason": " ", "due_on": ON}, "Give a reason, so that the others understand."),
        ("maidstone_lead", {"due_on": ON}, "Only a commissioning officer of the office may do this."),
    ],
)
def test_extend_returns_refuses_with_a_sentence(world, cast, who, given, sentence):
    asked = {"owed": owed(world, "OPEN"), "reason": WHY, "by": getattr(cast, who), "at": AT, **given}

    outcomes = actions.extend_returns(**asked)

    assert words(outcomes) == [(False, sentence)]
    assert world.row("OPEN").obligation.due_on.isoformat() == "2020-10-30"
    assert not Notice.objects.filter(rule="return_dates_moved").exists()


def test_extend_returns_to_an_earlier_day_is_refused(world, cast):
    later = queries.owed_returns(ON).filter(status__isnull=True).first()

    outcomes = actions.extend_returns(owed=[later], reason=WHY, due_on=ON, by=cast.officer, at=AT)

    assert words(outcomes) == [(False, "The new day is not later than the one that stands.")]


def test_waive_returns_waives_what_is_open_and_says_why_not_the_rest(world, cast):
    later = queries.owed_returns(ON).filter(status__isnull=True).first()

    outcomes = actions.waive_returns(
        owed=[*owed(world, "OPEN", "CERTIFYING"), later], reason="Overtaken.", by=cast.officer, at=AT
    )

    assert words(outcomes) == [
        (True, "Waived"),
        (False, "This return is with the certifier. It can be waived only while it is being written."),
        (False, "It is not open yet. It can be waived once it is open; its date can be moved now."),
    ]
    assert world.row("OPEN").waived_reason == "Overtaken."


def test_bulk_acts_leave_out_whom_an_officer_belongs_to(world, cast):
    both = monitoring.with_role(cast.officer, "CONTRIBUTOR", cast.maidstone)
    rows = owed(world, "OPEN")
    said = (False, "You belong to Safer Maidstone Partnership, so a colleague has to do this.")

    assert words(actions.remind_returns(owed=rows, by=both, at=AT)) == [said]
    assert words(actions.waive_returns(owed=rows, reason=WHY, by=both, at=AT)) == [said]


ACTS = {
    "remind": lambda **given: actions.remind_returns(**given),
    "extend": lambda **given: actions.extend_returns(working_days=500, reason=WHY, **given),
    "waive": lambda **given: actions.waive_returns(reason=WHY, **given),
}


@pytest.mark.parametrize("verb", ACTS)
def test_what_the_page_leaves_out_is_what_the_act_refuses(world, cast, verb):
    make_records.ladders()
    signing = {"CERTIFYING", "CERTIFIED"}
    rows = [row for row in queries.owed_returns(ON).order_by("pk") if row.status not in signing]
    assert {row.state for row in rows} == set(OwedState) - {OwedState.DUE}

    foretold = [rules.why_left_out(row.state, verb) for row in rows]
    outcomes = ACTS[verb](owed=rows, by=cast.officer, at=AT)

    assert [("" if row.done else row.words) for row in outcomes] == foretold
