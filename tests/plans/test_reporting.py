"""What a rule set asks to be reported: changed on screen, tried before it is saved, and for awards to come."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from plans import actions, queries, rules
from plans.enums import Anchor, Timing, WhenExtended
from plans.models import MovableEvent, ReportingRule, patterns
from records.models import Event
from records.refusals import Refused

AT = datetime(2020, 6, 1, 9, 0, tzinfo=UTC)
QUARTERLY = {
    "kind": "QUARTERLY",
    "timing": Timing.REPEATED,
    "anchor": Anchor.PERIOD_END,
    "period_months": 3,
    "days": [],
    "event": None,
    "due_days": 30,
    "due_working_days": 10,
    "when_extended": WhenExtended.ADDS,
    "template": None,
}
POSTED = {
    "kind": "QUARTERLY",
    "timing": "REPEATED",
    "anchor": "PERIOD_END",
    "period_months": "3",
    "days": "",
    "event": "",
    "due_days": "",
    "due_working_days": "10",
    "when_extended": "ADDS",
    "template": "",
}
WHY = "The office asks every quarter now"


def text_of(response):
    return " ".join(response.content.decode().split())


def write(world, **changes):
    given = {**QUARTERLY, "reason": WHY, **changes}
    return actions.write_reporting_rule(rule_set=world.plan.csp_rules, **given, by=world.cast.officer, at=AT)


def test_write_reporting_rule_adds_then_changes_with_events(world):
    write(world)
    row = write(world, period_months=1, reason="Every month")

    added, changed = Event.objects.filter(subject_type="plans.RuleSet").order_by("pk")
    assert (row.kind, row.period_months, row.due_working_days) == ("QUARTERLY", 1, 10)
    assert ReportingRule.objects.filter(rule_set=world.plan.csp_rules).count() == 3
    quarterly = {
        "kind": "QUARTERLY", "timing": "REPEATED", "period_months": 3, "days": [], "anchor": "PERIOD_END",
        "event": None, "due_days": 30, "due_working_days": 10, "when_extended": "ADDS", "template": None,
    }  # fmt: skip
    monthly = quarterly | {"period_months": 1}
    assert (added.verb, added.reason) == ("reporting_added", WHY)
    assert added.changes == {"reporting_rules": [[], [quarterly]]}
    assert (changed.verb, changed.reason) == ("reporting_changed", "Every month")
    assert changed.changes == {"reporting_rules": [[quarterly], [monthly]]}


def test_write_reporting_rule_without_a_difference_writes_nothing(world):
    write(world)
    write(world)

    assert Event.objects.filter(subject_type="plans.RuleSet").count() == 1


def test_drop_reporting_rule_keeps_what_it_was_in_the_history(world):
    given = {"rule_set": world.plan.csp_rules, "kind": "MID_YEAR", "by": world.cast.officer, "at": AT}

    actions.drop_reporting_rule(**given, reason="Once a year is enough")

    told = Event.objects.get(verb="reporting_dropped")
    assert list(world.plan.csp_rules.reporting_rules.values_list("kind", flat=True)) == ["YEAR_END"]
    [before], after = told.changes["reporting_rules"]
    assert (told.reason, before["kind"], before["period_months"], after) == (
        "Once a year is enough", "MID_YEAR", 6, [],
    )  # fmt: skip
    with pytest.raises(Refused, match="do not ask for that return any more"):
        actions.drop_reporting_rule(**given, reason="Again")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"period_months": None}, "A return asked for again and again needs the months of each period."),
        (
            {"timing": Timing.FIXED_DAYS, "period_months": None},
            "Give the days on which the periods end.",
        ),
        ({"days": [date(2020, 9, 30)]}, "Days are given only where periods end on set days."),
        (
            {"timing": Timing.AFTER_ANCHOR},
            "Months are given only for a return asked for once, or again and again.",
        ),
        (
            {"anchor": Anchor.START},
            "Where there are several periods, each return is due after the end of its own period.",
        ),
        (
            {"timing": Timing.ONCE, "anchor": Anchor.EVENT},
            "Say which event the due day is counted from.",
        ),
        ({"event": MovableEvent()}, "An event is named only where the due day is counted from it."),
        ({"reason": " "}, "Say why this changes. It stays in the history."),
        ({}, ""),
    ],
)
def test_why_not_write_reporting(world, changes, sentence):
    given = {name: QUARTERLY[name] for name in ("kind", "timing", "anchor", "period_months", "days", "event")}

    found = rules.why_not_write_reporting(
        world.plan.csp_rules, **{"user": world.cast.officer, "reason": WHY, **given, **changes}
    )

    assert found == sentence


def test_why_not_write_reporting_is_for_officers_and_once_a_kind(world):
    given = {name: QUARTERLY[name] for name in ("timing", "anchor", "period_months", "days", "event")}
    ask = {"rule_set": world.plan.csp_rules, **given}

    assert "changes the plan" in rules.why_not_write_reporting(**ask, user=world.cast.finance, kind="QUARTERLY")
    assert rules.why_not_write_reporting(**ask, user=world.cast.officer, kind="MID_YEAR") == (
        "These rules ask for this kind of return already. Change that one, or choose another kind."
    )
    assert "changes the plan" in rules.why_not_drop_reporting(world.plan.csp_rules, user=world.cast.finance)


@pytest.mark.parametrize(
    ("pattern", "sentence", "extension"),
    [
        (
            patterns.Pattern("QUARTERLY", Timing.REPEATED, period_months=3, due_working_days=10),
            "every 3 months, due 10 working days after the end of the period",
            "An extension adds the periods that follow.",
        ),
        (
            patterns.Pattern("ON_SET_DAYS", Timing.FIXED_DAYS, days=(date(2020, 12, 31), date(2020, 7, 31))),
            (
                "for periods that end on 31 July 2020, 31 December 2020 and at the end, "
                "due 30 days after the end of the period"
            ),
            "An extension adds the periods that follow.",
        ),
        (
            patterns.Pattern("MID_YEAR", period_months=6, due_days=1),
            "once, for the first 6 months, due 1 day after the end of the period",
            "An extension leaves it as it is, unless its months would run past the end.",
        ),
        (
            patterns.Pattern("END_OF_AWARD", due_days=0, when_extended=WhenExtended.MOVES),
            "once, for the whole time, due on the day of the end of the period",
            "An extension moves it to the new end.",
        ),
        (
            patterns.Pattern("YEAR_END"),
            "once, for the whole time, due 30 days after the end of the period",
            "It stays due as it was, and an extension adds a return of its own.",
        ),
        (
            patterns.Pattern("AFTERWARDS", Timing.AFTER_ANCHOR, Anchor.EVENT, event=1, due_days=20),
            "once, for the whole time, due 20 days after The poll",
            "An extension leaves its due day as it is.",
        ),
    ],
)
def test_in_words_and_at_an_extension(pattern, sentence, extension):
    assert queries.in_words(pattern, event="The poll") == sentence
    assert queries.at_an_extension(pattern) == extension


def test_reporting_new_shows_what_it_gives_before_it_is_saved(world, signed_in):
    url = reverse("plans:reporting_new", args=["csp-rules"])
    days = {"first_day": "2020-10-01", "last_day": "2021-09-30"}

    page = text_of(signed_in(world.cast.officer).post(url, {**POSTED, **days, "preview": "Show what it gives"}))

    assert "1 October 2020 to 31 December 2020" in page
    assert "1 July 2021 to 30 September 2021" in page
    assert "14 October 2021" in page
    assert "Nothing is saved yet." in page
    assert not ReportingRule.objects.filter(kind="QUARTERLY").exists()


def test_reporting_new_saves_and_goes_back(world, signed_in):
    url = reverse("plans:reporting_new", args=["csp-rules"])
    days = "31/7/2026\n31 December 2026\n\n2026-12-31"
    posted = {**POSTED, "kind": "ON_SET_DAYS", "timing": "FIXED_DAYS", "period_months": "", "days": days, "reason": WHY}

    response = signed_in(world.cast.officer).post(url, posted)

    row = ReportingRule.objects.get(kind="ON_SET_DAYS")
    assert response.url == reverse("plans:reporting_show", args=["csp-rules"])
    assert row.days == [date(2026, 7, 31), date(2026, 12, 31)]


def test_reporting_new_says_what_is_wrong_and_keeps_what_was_typed(world, signed_in):
    url = reverse("plans:reporting_new", args=["csp-rules"])

    page = text_of(
        signed_in(world.cast.officer).post(
            url, {**POSTED, "kind": "MID_YEAR", "due_working_days": "", "days": "soon", "reason": ""}
        )
    )

    assert "“soon” is not a day. Write it like 30/9/2026" in page
    assert "Say why this changes" in page
    page = text_of(signed_in(world.cast.officer).post(url, {**POSTED, "due_working_days": "", "reason": WHY}))
    assert "Say how many days, or working days, later the return is due" in page
    page = text_of(signed_in(world.cast.officer).post(url, {**POSTED, "kind": "MID_YEAR", "reason": WHY}))
    assert "These rules ask for this kind of return already." in page


def test_reporting_edit_begins_with_what_stands_and_changes_it(world, signed_in):
    url = reverse("plans:reporting_edit", args=["csp-rules", "mid-year"])
    client = signed_in(world.cast.officer)
    before = text_of(client.get(url))

    response = client.post(
        url, {**POSTED, "timing": "ONCE", "period_months": "7", "due_days": "10", "due_working_days": "", "reason": WHY}
    )

    row = ReportingRule.objects.get(rule_set=world.plan.csp_rules, kind="MID_YEAR")
    assert 'value="6"' in before
    assert (row.period_months, row.due_days, row.due_working_days) == (7, 10, None)
    assert response.status_code == 302


def test_reporting_drop_asks_for_a_reason(world, signed_in):
    url = reverse("plans:reporting_drop", args=["csp-rules", "mid-year"])
    client = signed_in(world.cast.officer)

    assert "Say why this changes" in text_of(client.post(url, {}))
    assert client.post(url, {"reason": WHY}).url == reverse("plans:reporting_show", args=["csp-rules"])
    assert not ReportingRule.objects.filter(rule_set=world.plan.csp_rules, kind="MID_YEAR").exists()


@pytest.mark.parametrize("count", [1, 3])
def test_reporting_show_tries_the_whole_pattern_with_as_many_queries(
    world, signed_in, count, django_assert_num_queries
):
    world.plan.csp_rules.reporting_rules.all().delete()
    for kind in ["YEAR_END", "MID_YEAR", "END_OF_AWARD"][:count]:
        write(world, kind=kind, timing=Timing.ONCE, period_months=6 if kind == "MID_YEAR" else None)
    client = signed_in(world.cast.officer)

    with django_assert_num_queries(10):
        page = text_of(client.get("/plan/rule-sets/csp-rules/reporting/?first_day=2020-10-01&last_day=2021-09-30"))

    assert page.count("Counted from the end of the period") == count
    assert "1 October 2020 to 30 September 2021" in page
    assert "A change here is for those made from now on." in page
