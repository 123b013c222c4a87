"""Pages of the rules: the hub, every kind of row through its form, questions as applicants see them."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans import actions, forms, queries
from plans.models import MovableEvent, QuestionSet, RuleSet, StandardKind, Stream, TermsVersion
from tests.plans.test_rule_sets_frozen import fill

AT = datetime(2020, 2, 3, 9, 0, tzinfo=UTC)
WHY = {"reason": "The office asked for it"}


def text_of(response):
    return " ".join(response.content.decode().split())


def new_address(part, parent):
    return reverse("plans:rule_row_new", args=[part.replace("_", "-"), parent.pk])


def address(name, part, row):
    return reverse(f"plans:{name}", args=[part.replace("_", "-"), row.pk])


@pytest.fixture
def officer(world, signed_in):
    return signed_in(world.cast.officer)


# What is typed for each kind of row, and the sentence the hub then shows.
TYPED = {
    "limits": (
        {"on": "CASE_YEAR", "amount": "£35,000", "severity": "NEEDS_EXCEPTION", "source": "The plan"},
        "A business case in any one year: at most £35,000; more needs an exception.",
    ),
    "match_rules": (
        {"match_in": "MONEY", "percent": "20", "severity": "BLOCK"},
        "Others bring at least 20% of the whole cost, in money. Less is refused.",
    ),
    "lots": (
        {"name": "Small", "budget": "50,000", "cap": "5,000"},
        "Lot 1, Small: £50,000 in all; at most £5,000 for a",
    ),
    "formulas": (
        {"floor": "1,000", "damping_percent": "50", "most_loss_percent": "5", "most_gain_percent": ""},
        "Formula, version 1: no factors yet. Nobody gets less than £1,000. It goes 50% of the way",
    ),
    "stages": (
        {"kind": "SCORED", "name": "Scores", "evaluators": "2", "pass_percent": "60", "places": "10"},
        "1. Scores: 2 evaluators score 0 criteria, each alone. Projects need at least 60% of the best possible score.",
    ),
    "instalment_rules": (
        {
            "share_percent": "40",
            "due_when": "AFTER_EVENT",
            "due_days": "5",
            "condition": "EVENT_HAPPENED",
            "event": "poll",
        },
        "40% of the award, 5 days after the poll, once the poll has happened.",
    ),
    "approval_rules": (
        {"kind": "MONEY", "level": "OFFICER", "up_to_percent": "10"},
        "Money moved between budget lines: approved by a commissioning officer, up to 10% of the award.",
    ),
    "asked": ({"question_set": "about-you", "asked_of": "PROJECT"}, "“About you” is answered for each project."),
    "required_standards": (
        {"kind": "dbs", "holds": "EVERY", "for_kinds": ["CHARITY", "CSP"]},
        "DBS checks (asked of: Charity and Community Safety Partnership). Without it every instalment waits.",
    ),
}


@pytest.fixture
def fresh(world):
    """Rules without rows, with an event and questions to name."""
    MovableEvent.objects.create(key="poll", name="the poll", first_expected_on=AT.date(), expected_on=AT.date())
    QuestionSet.objects.create(key="about-you", title="About you")
    StandardKind.objects.create(key="dbs", name="DBS checks")
    given = {"reason": WHY["reason"], "by": world.cast.officer, "at": AT}
    return actions.start_rule_set(plan=world.plan.plan, name="Small grants", **given)


def typed(part):
    data = dict(TYPED[part][0])
    for name, model in (("event", MovableEvent), ("question_set", QuestionSet), ("kind", StandardKind)):
        if name == "kind" and part != "required_standards":
            continue
        if name in data:
            data[name] = model.objects.get(key=data[name]).pk
    return data | WHY


def test_every_kind_of_row_has_a_form():
    rows = {name for name in queries.PARTS if name != "reporting_rules"}  # these have pages of their own

    assert set(forms.ROW_FORMS) == rows | {"criteria", "weights", "questions", "conditions"}
    assert rows == set(TYPED)


@pytest.mark.parametrize("part", TYPED)
def test_rule_row_is_added_changed_and_taken_out_on_screen(officer, fresh, part):
    added = officer.post(new_address(part, fresh), typed(part))
    row = getattr(fresh, part).get()
    hub = text_of(officer.get(fresh.get_absolute_url()))
    shown = officer.get(address("rule_row_edit", part, row))
    again = officer.post(address("rule_row_edit", part, row), {**typed(part), "reason": ""})
    officer.post(address("rule_row_edit", part, row), typed(part))
    taken_out = officer.post(address("rule_row_remove", part, row), WHY)

    assert added.url == f"{fresh.get_absolute_url()}#{part}-{row.pk}"
    assert TYPED[part][1] in hub
    assert shown.status_code == 200
    assert "Say why this changes" in text_of(again)
    assert taken_out.url == fresh.get_absolute_url()
    assert not getattr(fresh, part).exists()


def test_rule_row_says_at_the_field_what_is_wrong(officer, fresh):
    given = typed("stages") | {"kind": "OFFICER", "evaluators": "2"}

    page = text_of(officer.post(new_address("stages", fresh), given))

    assert not fresh.stages.exists()
    assert "Say which post decides" in page
    assert "Only a gate or a scored stage has evaluators. Take the number out" in page
    assert "Only scores, a panel or a vote have places. Take them out" in page


def test_criteria_stand_under_their_stage_with_what_scores_mean(officer, fresh):
    officer.post(new_address("stages", fresh), typed("stages"))
    stage = fresh.stages.get()
    given = {"title": "Need", "weight": "2", "highest": "3", **WHY}

    wrong = [
        text_of(officer.post(new_address("criteria", stage), given | {"guides": guides}))
        for guides in ("None shown", "0 None\n0 Nothing", "4 Beyond")
    ]
    officer.post(new_address("criteria", stage), given | {"guides": "3: Strong evidence\n0 - None"})
    criterion = stage.criteria.get()
    page = text_of(officer.get(address("rule_row_edit", "criteria", criterion)))
    hub = text_of(officer.get(fresh.get_absolute_url()))

    assert "“None shown” has no score and meaning. Write it like 0 No evidence" in wrong[0]
    assert "The score 0 stands there twice. Keep it once" in wrong[1]
    assert "The score 4 is above the highest, 3. Take it out" in wrong[2]
    assert "0 None 3 Strong evidence" in page
    assert "1. Need (0 none; 3 strong evidence)" in hub


def test_formula_takes_factors_and_the_hub_counts_their_weights(officer, fresh):
    officer.post(new_address("formulas", fresh), typed("formulas"))
    formula = fresh.formulas.get()

    officer.post(new_address("weights", formula), {"name": "People", "weight": "60", **WHY})
    hub = text_of(officer.get(fresh.get_absolute_url()))

    assert [(row.key, row.weight) for row in formula.weights.all()] == [("people", Decimal("60"))]
    assert "The weights of the formula make 60, not 100." in hub
    assert "There is a formula, but the money is not set by one. Change one of the two." in hub


def test_rule_set_hub_tells_readers_and_offers_nothing_to_them(world, signed_in, fresh):
    page = text_of(signed_in(world.cast.maidstone_lead).get(world.plan.csp_rules.get_absolute_url()))

    assert "50% of the award, 210 days after the start, once the mid-year return is satisfactory." in page
    assert "The office agrees each sum with the organisation and enters it." in page
    assert "Take out" not in page
    assert "What has happened" not in page


def test_frozen_rules_offer_a_new_version_and_no_change(world, officer):
    rules = actions.freeze_rules(rule_set=world.plan.csp_rules, at=AT)

    hub = text_of(officer.get(rules.get_absolute_url()))
    made = officer.post(reverse("plans:rule_set_version", args=[rules.key]), WHY)
    version = RuleSet.objects.get(follows=rules)
    after = text_of(officer.get(rules.get_absolute_url()))

    assert "Money was offered under these rules on 3 February 2020, so they stay as they are." in hub
    assert "Make a new version" in hub
    assert "Take out" not in hub
    assert made.url == version.get_absolute_url()
    assert "Version 2</a> follows them." in after


SETTINGS = {
    "name": ({"name": "Smaller grants"}, {"name": "Smaller grants"}),
    "applying": (
        {"open_to_kinds": ["CHARITY", "CIC"], "open_to_areas": "North\nSouth\nNorth", "current_recipients_only": "on"},
        {"open_to_kinds": ["CHARITY", "CIC"], "open_to_areas": ["North", "South"], "invited_only": False},
    ),
    "money": (
        {
            "money_set_by": "BIDS",
            "over_commitment_percent": "2.5",
            "tactical_numerator": "0",
            "tactical_denominator": "1",
        },
        {"money_set_by": "BIDS", "over_commitment_percent": Decimal("2.50")},
    ),
    "duration": (
        {"months_least": "6", "months_most": "36", "profile_months": "3"},
        {"months_least": 6, "months_most": 36, "profile_months": 3},
    ),
    "case": ({"required_parts": ["NEED", "BUDGET"]}, {"required_parts": ["NEED", "BUDGET"]}),
    "reporting": (
        {
            "certifier_required": "on",
            "acceptance_working_days": "10",
            "review_working_days": "11",
            "query_working_days": "12",
            "repayment_working_days": "13",
            "hold_back_percent": "5",
            "hold_back_years": "1",
        },
        {"certifier_required": True, "acceptance_working_days": 10, "repayment_working_days": 13},
    ),
    "later": (
        {
            "continuation": "YEARLY",
            "continuation_due_days": "45",
            "extension_months": "6",
            "extension_event": "poll",
            "safe_working_days": "15",
        },
        {"continuation": "YEARLY", "continuation_due_days": 45, "extension_months": 6, "safe_working_days": 15},
    ),
    "terms": ({"terms": "terms-1"}, {"terms_id": "terms-1"}),
}


@pytest.mark.parametrize("topic", SETTINGS)
def test_rule_settings_edit_changes_each_topic(officer, fresh, topic):
    data, expected = SETTINGS[topic]
    named = {"extension_event": MovableEvent, "terms": TermsVersion}
    data = {name: named[name].objects.get(key=value).pk if name in named else value for name, value in data.items()}
    expected = {
        name: TermsVersion.objects.get(key=value).pk if name == "terms_id" else value
        for name, value in expected.items()
    }
    url = reverse("plans:rule_settings_edit", args=[fresh.key, topic])

    shown = officer.get(url)
    saved = officer.post(url, {**data, **WHY})

    fresh.refresh_from_db()
    assert set(SETTINGS) == set(forms.SETTINGS_FORMS)
    assert shown.status_code == 200
    assert saved.url == fresh.get_absolute_url()
    assert {name: getattr(fresh, name) for name in expected} == expected


def test_question_set_is_written_and_shown_as_applicants_see_it(officer):
    officer.post(reverse("plans:question_set_new"), {"title": "Schools", "introduction": "Only if you teach.", **WHY})
    asked = QuestionSet.objects.get()
    url = new_address("questions", asked)
    officer.post(url, {"label": "Do you work in schools?", "kind": "YES_NO", "required": "on", **WHY})
    which = {
        "label": "Which?",
        "kind": "CHOICES",
        "options": "Primary\nSecondary",
        "shown_if": "do-you-work-in-schools",
    }
    early = officer.post(url, {**which, "shown_for": "perhaps", **WHY})
    officer.post(url, {**which, "shown_for": "Yes", **WHY})
    for kind in ("TEXT", "WORDS", "NUMBER", "MONEY", "DAY", "FILE"):
        officer.post(url, {"label": f"A {kind.lower()}", "kind": kind, **WHY})
    officer.post(url, {"label": "Size", "kind": "CHOICE", "options": "Small\nLarge", **WHY})

    page = text_of(officer.get(asked.get_absolute_url()))

    assert "“perhaps” is no answer to “Do you work in schools?”. Take one of its answers" in text_of(early)
    assert asked.questions.count() == 9
    assert [row.shown_for for row in asked.questions.filter(label="Which?")] == [["yes"]]
    assert "2. Which? (any of a list, may be left out) Answers: Primary, Secondary." in page
    assert "Only where “Do you work in schools?” is answered: Yes." in page
    assert "Which? (optional)" in page
    assert page.count("Secondary") >= 2
    assert 'type="file"' in page


def test_terms_are_started_from_others_and_say_what_is_taken(world, officer):
    given = {"title": "Grant terms", "version": "2", "like": world.plan.terms.pk, **WHY}

    taken = text_of(officer.post(reverse("plans:terms_new"), given | {"version": "1"}))
    made = officer.post(reverse("plans:terms_new"), given)
    page = text_of(officer.get(made.url))

    assert "There is a version 1 of these terms already. Give this one another." in taken
    assert "1 Spend only as approved." in page


def test_funding_source_says_what_may_be_carried_over_and_promised_twice(world, officer):
    url = reverse("plans:funding_source_edit", args=["own"])
    given = {"amount": "500,000", "source": "Budget book", **WHY}

    wrong = text_of(officer.post(url, given | {"carry_over_percent": "10"}))
    officer.post(
        url, given | {"carry_over_allowed": "on", "carry_over_percent": "10", "carry_over_needs_consent": "on",
                      "over_commitment_percent": "2.5"},
    )  # fmt: skip

    world.plan.own.refresh_from_db()
    own = world.plan.own
    assert "Say that money may be carried over, or take this out" in wrong
    assert (own.carry_over_allowed, own.carry_over_percent, own.carry_over_needs_consent) == (True, Decimal(10), True)
    assert own.over_commitment_percent == Decimal("2.5")


@pytest.mark.parametrize("copies", [1, 3])
def test_rule_pages_ask_the_same_for_one_row_and_three(world, officer, copies):
    """The literal numbers: the hub gathers every kind of rule."""
    rules = fill(world.plan.csp_rules)
    stage, formula = rules.stages.first(), rules.formulas.first()
    for number in range(2, copies + 1):
        rules.lots.create(number=number, name=f"Lot {number}")
        stage.criteria.create(number=number, title=f"Criterion {number}")
        formula.weights.create(number=number, key=f"factor-{number}", name="Factor", weight=1)
        actions.start_rule_set(
            plan=world.plan.plan, name=f"More {number}", like=rules, reason="More", by=world.cast.officer, at=AT
        )
    asked = QuestionSet.objects.get()
    pages = {
        reverse("plans:rule_set_list"): 10,
        rules.get_absolute_url(): 29,
        asked.get_absolute_url(): 10,
        world.plan.terms.get_absolute_url(): 12,
    }

    found = {}
    for url in pages:
        with CaptureQueriesContext(connection) as caught:
            assert officer.get(url).status_code == 200
        found[url] = len(caught)

    assert found == pages
    assert Stream.objects.count() == 3
