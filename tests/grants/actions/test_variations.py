"""The end of an award moves, and its returns follow (V5, V7, X4)."""

from datetime import UTC, date, datetime

import pytest

from grants.actions import schedules, variations
from grants.actions.schedules import redate_event_returns
from grants.models import Award, Variation
from monitoring.actions import open_due_returns
from monitoring.models import MonitoringReturn
from plans.enums import Anchor, Timing, WhenExtended
from plans.models import MovableEvent, ReportingRule
from records.enums import ObligationKind
from records.models import Event, Notice, Obligation
from records.refusals import Refused
from tests.make import awards as make
from tests.make import frozen
from tests.make import monitoring as make_monitoring

pytestmark = pytest.mark.django_db
AGREED = datetime(2020, 8, 3, 9, 0, tzinfo=UTC)
LATER = datetime(2021, 4, 12, 9, 0, tzinfo=UTC)
HALF = date(2020, 9, 30)
WHOLE = date(2021, 3, 31)
WHY = "The office extends the award until the election"


def award_under(world, *rules, ends_on=WHOLE):
    """A live award whose round asks for these returns and ends on the day."""
    frozen.thaw()
    world.csp_rules.reporting_rules.all().delete()
    for rule in rules:
        ReportingRule.objects.create(rule_set=world.csp_rules, **rule)
    type(world.round).objects.filter(pk=world.round.pk).update(ends_on=ends_on)
    world.round.refresh_from_db()
    return make.live_award(world)


def owed(award):
    """Open returns: key, period, due day."""
    rows = Obligation.objects.open().about(award).filter(kind=ObligationKind.RETURN).order_by("period_ends_on", "pk")
    return [(row.period, row.period_starts_on, row.period_ends_on, row.due_on) for row in rows]


def move(world, award, ends_on, *, at=AGREED, by=None):
    return variations.vary_award_end(award=award, ends_on=ends_on, reason=WHY, by=by or world.officer, at=at)


QUARTERLY = {"kind": "QUARTERLY", "timing": Timing.REPEATED, "period_months": 3, "due_working_days": 10}
AT_THE_END = {"kind": "END_OF_AWARD", "due_days": 30}


def test_owe_returns_owes_every_period(world):
    award = award_under(world, QUARTERLY)

    assert owed(award) == [
        ("QUARTERLY:20200401", date(2020, 4, 1), date(2020, 6, 30), date(2020, 7, 14)),
        ("QUARTERLY:20200701", date(2020, 7, 1), HALF, date(2020, 10, 14)),
        ("QUARTERLY:20201001", date(2020, 10, 1), date(2020, 12, 31), date(2021, 1, 15)),
        ("QUARTERLY:20210101", date(2021, 1, 1), WHOLE, date(2021, 4, 16)),
    ]
    titles = Obligation.objects.about(award).filter(kind=ObligationKind.RETURN).values_list("title", flat=True)
    assert f"Quarterly return to 30 June 2020 for {award.title}" in titles


def test_owe_returns_keeps_to_the_rules_the_award_was_made_under(world):
    award = award_under(world, AT_THE_END, ends_on=HALF)
    ReportingRule.objects.create(rule_set=world.csp_rules, **QUARTERLY)
    frozen.thaw()
    world.csp_rules.reporting_rules.filter(kind="END_OF_AWARD").update(due_days=5)

    move(world, award, WHOLE)

    assert [row[0] for row in owed(award)] == ["END_OF_AWARD", "EXTENSION:20201001"]
    assert owed(award)[1][3] == date(2021, 4, 30)


def test_vary_award_end_adds_a_return_for_the_extension(world):
    award = award_under(world, AT_THE_END, ends_on=HALF)

    move(world, award, WHOLE)

    assert owed(award) == [
        ("END_OF_AWARD", date(2020, 4, 1), HALF, date(2020, 10, 30)),
        ("EXTENSION:20201001", date(2020, 10, 1), WHOLE, date(2021, 4, 30)),
    ]
    assert Award.objects.get(pk=award.pk).ends_on == WHOLE
    varied = Variation.objects.get(award=award)
    assert (varied.kind, varied.reason, varied.by) == ("END_MOVED", WHY, world.officer)
    assert (varied.before, varied.after) == ({"ends_on": "2020-09-30"}, {"ends_on": "2021-03-31"})


def test_vary_award_end_moves_the_return_where_the_rules_say_so(world):
    award = award_under(world, {**AT_THE_END, "when_extended": WhenExtended.MOVES}, ends_on=HALF)

    move(world, award, WHOLE)

    assert owed(award) == [("END_OF_AWARD", date(2020, 4, 1), WHOLE, date(2021, 4, 30))]
    row = Obligation.objects.get(kind=ObligationKind.RETURN)
    assert (row.first_due_on, row.opens_on) == (date(2020, 10, 30), WHOLE)
    moved = Event.objects.get(subject_type="records.Obligation", subject_id=row.pk, verb="date_moved")
    assert (moved.reason, moved.changes) == (WHY, {"due_on": ["2020-10-30", "2021-04-30"]})


def test_vary_award_end_tells_writers_once_with_old_and_new_days(world):
    award = award_under(world, {**AT_THE_END, "when_extended": WhenExtended.MOVES}, QUARTERLY, ends_on=HALF)

    move(world, award, date(2020, 12, 31))

    lead = Notice.objects.get(rule="returns_moved", person=world.maidstone_lead)
    assert Notice.objects.filter(rule="returns_moved").count() == 2  # the lead and the contributor
    assert f"End of award return for {award.title}: due by 30 January 2021, not by 30 October 2020" in lead.body
    assert f"Quarterly return to 31 December 2020 for {award.title}: new, due by 15 January 2021" in lead.body
    assert WHY in lead.body
    ends = Notice.objects.get(rule="award_end_moved", person=world.maidstone_signatory)
    assert "was to end on 30 September 2020" in ends.body
    history = Event.objects.get(subject_type="grants.Award", subject_id=award.pk, verb="returns_moved")
    assert history.changes["END_OF_AWARD"] == ["2020-10-30", "2021-01-30"]


def test_vary_award_end_shortened_closes_what_vanished_and_brings_it_back(world):
    award = award_under(world, QUARTERLY, AT_THE_END)

    move(world, award, date(2020, 11, 30))

    assert [(row[0], row[2]) for row in owed(award)] == [
        ("QUARTERLY:20200401", date(2020, 6, 30)),
        ("QUARTERLY:20200701", HALF),
        ("QUARTERLY:20201001", date(2020, 11, 30)),
        ("END_OF_AWARD", date(2020, 11, 30)),
    ]
    gone = Obligation.objects.get(period="QUARTERLY:20210101")
    assert (gone.closing, gone.closed_by, gone.closed_at) == (f"No longer owed: {WHY}", world.officer, AGREED)

    move(world, award, WHOLE)

    assert [(row[0], row[2]) for row in owed(award)] == [
        ("QUARTERLY:20200401", date(2020, 6, 30)),
        ("QUARTERLY:20200701", HALF),
        ("END_OF_AWARD", date(2020, 11, 30)),
        ("QUARTERLY:20201001", date(2020, 12, 31)),
        ("QUARTERLY:20210101", WHOLE),
        ("EXTENSION:20201201", WHOLE),
    ]


def test_vary_award_end_leaves_the_period_of_an_open_return(world):
    """A last short quarter that is open keeps its days; the rest of the quarter is owed by itself."""
    award = award_under(
        world, QUARTERLY, {**AT_THE_END, "when_extended": WhenExtended.MOVES}, ends_on=date(2021, 1, 31)
    )
    open_due_returns(on=date(2021, 2, 1), at=datetime(2021, 2, 1, 6, 0, tzinfo=UTC))
    before = {row.period: (row.due_on, row.link) for row in Obligation.objects.about(award)}

    move(world, award, WHOLE, at=datetime(2021, 2, 2, 9, 0, tzinfo=UTC))

    short, whole, rest, extension = owed(award)[-4:]
    assert short == ("QUARTERLY:20210101", date(2021, 1, 1), date(2021, 1, 31), before["QUARTERLY:20210101"][0])
    assert whole == ("END_OF_AWARD", date(2020, 4, 1), date(2021, 1, 31), date(2021, 4, 30))
    assert {rest, extension} == {
        ("QUARTERLY:20210201", date(2021, 2, 1), WHOLE, date(2021, 4, 16)),
        ("EXTENSION:20210201", date(2021, 2, 1), WHOLE, date(2021, 4, 30)),
    }
    returned = MonitoringReturn.objects.select_related("obligation").get(award=award, kind="END_OF_AWARD")
    assert (returned.ends_on, returned.obligation.due_on) == (date(2021, 1, 31), date(2021, 4, 30))


def test_vary_award_end_lets_the_last_return_tell_of_money_left_over(world):
    award = award_under(world, AT_THE_END, ends_on=HALF)
    [first] = open_due_returns(on=HALF, at=datetime(2020, 9, 30, 6, 0, tzinfo=UTC))
    before = first.covers_the_award

    move(world, award, WHOLE, at=datetime(2020, 10, 5, 9, 0, tzinfo=UTC))
    open_due_returns(on=WHOLE, at=datetime(2021, 3, 31, 6, 0, tzinfo=UTC))

    returns = MonitoringReturn.objects.filter(award=award).order_by("ends_on")
    assert (before, [(row.kind, row.covers_the_award) for row in returns]) == (
        True,
        [("END_OF_AWARD", False), ("EXTENSION", True)],
    )


def test_redate_returns_never_changes_what_was_submitted(world):
    award = make_monitoring.released(world.cast, make.live_award(world))
    sent = make_monitoring.monitoring_return(world.cast, world, award=award, status="SUBMITTED")
    before = Obligation.objects.filter(pk=sent.obligation_id).values().get()

    move(world, award, date(2021, 9, 30), at=LATER)

    assert Obligation.objects.filter(pk=sent.obligation_id).values().get() == before


def test_redate_returns_twice_changes_nothing(world):
    award = award_under(world, QUARTERLY, AT_THE_END, ends_on=date(2021, 1, 31))
    open_due_returns(on=date(2021, 2, 1), at=datetime(2021, 2, 1, 6, 0, tzinfo=UTC))
    move(world, award, WHOLE, at=datetime(2021, 2, 2, 9, 0, tzinfo=UTC))
    before = owed(award)
    events = Event.objects.count()

    again = schedules.redate_returns(Award.objects.get(pk=award.pk), by=world.officer, at=LATER, reason=WHY)

    assert (again, owed(award), Event.objects.count()) == ([], before, events)


def test_redate_returns_keeps_a_day_given_by_hand_while_its_anchor_stands(world):
    award = award_under(world, QUARTERLY)
    Obligation.objects.filter(period="QUARTERLY:20200701").update(due_on=date(2020, 11, 2))

    move(world, award, date(2021, 6, 30))

    assert {row[0]: row[3] for row in owed(award)}["QUARTERLY:20200701"] == date(2020, 11, 2)


def test_redate_returns_after_the_start_moved(world):
    award = award_under(world, {"kind": "MID_YEAR", "period_months": 6}, {"kind": "YEAR_END", "anchor": Anchor.START})
    Award.objects.filter(pk=award.pk).update(starts_on=date(2020, 5, 1))

    schedules.redate_returns(Award.objects.get(pk=award.pk), by=world.officer, at=AGREED, reason="It began later")

    assert owed(award) == [
        ("MID_YEAR", date(2020, 5, 1), date(2020, 10, 31), date(2020, 11, 30)),
        ("YEAR_END", date(2020, 5, 1), WHOLE, date(2020, 9, 2)),
    ]


def test_redate_event_returns_follows_the_event_and_only_once(world):
    poll = MovableEvent.objects.create(
        key="poll", name="The poll", first_expected_on=date(2020, 5, 7), expected_on=date(2020, 5, 7)
    )
    rule = {"kind": "AFTERWARDS", "timing": Timing.AFTER_ANCHOR, "anchor": Anchor.EVENT, "event": poll, "due_days": 20}
    award = award_under(world, rule, AT_THE_END)
    assert redate_event_returns(at=AGREED) == []
    MovableEvent.objects.filter(pk=poll.pk).update(expected_on=date(2021, 5, 6))

    assert redate_event_returns(at=AGREED) == [award]

    assert {row[0]: row[3] for row in owed(award)} == {
        "AFTERWARDS": date(2021, 5, 26),
        "END_OF_AWARD": date(2021, 4, 30),
    }
    assert redate_event_returns(at=LATER) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ends_on": WHOLE}, "This award ends on 31 March 2021 already. Enter another day."),
        ({"ends_on": date(2020, 4, 1)}, "The award must end after the day it starts, 1 April 2020."),
        (
            {"ends_on": date(2020, 8, 2)},
            "An award cannot be made to end on a day that has passed. To stop it now, end it early.",
        ),
        ({"by": "finance"}, "Only commissioning officers manage awards."),
        ({"reason": " "}, "Give the reason; it is kept with the award."),
    ],
)
def test_vary_award_end_says_why_not(world, change, sentence):
    award = make.live_award(world)
    by = getattr(world, change.pop("by", "officer"))

    with pytest.raises(Refused) as refused:
        variations.vary_award_end(
            **{"award": award, "ends_on": date(2021, 9, 30), "reason": WHY, "by": by, "at": AGREED, **change}
        )

    assert refused.value.reason == sentence
    assert not Variation.objects.exists()
