"""Rule sets on the way: rows of every kind come, change, move, go, and the log can tell it all (X1)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from plans import actions, queries, rules
from plans.models import Criterion, MovableEvent, Question, QuestionSet, RuleSet, TermsVersion
from records.models import Event
from records.refusals import Refused

AT = datetime(2020, 2, 3, 9, 0, tzinfo=UTC)
WHY = "The office asked for it"
P = queries.PARTS
D = Decimal


@pytest.fixture
def rules_of(world):
    """An empty rule set, with the poll and questions it may name."""
    found = actions.start_rule_set(plan=world.plan.plan, name="Small grants", reason=WHY, by=world.cast.officer, at=AT)
    MovableEvent.objects.create(
        key="poll", name="the poll", first_expected_on=date(2020, 5, 7), expected_on=date(2020, 5, 7)
    )
    QuestionSet.objects.create(key="about-you", title="About you")
    return found


@pytest.fixture
def save(world):
    def saved(part, parent, row=None, *, at=AT, by=world.cast.officer, reason=WHY, **fields):
        part = P[part] if isinstance(part, str) else part
        return actions.save_row(part=part, parent=parent, fields=fields, row=row, reason=reason, by=by, at=at)

    return saved


def events_of(subject):
    return list(
        Event.objects.filter(subject_type=subject._meta.label, subject_id=subject.pk).order_by("-pk").values_list(
            "verb", "summary", "reason"
        )
    )  # fmt: skip


ROWS = [
    (
        "limits",
        {"on": "CASE_YEAR", "severity": "NEEDS_EXCEPTION", "amount": D(35000), "source": ""},
        "Limit added: A business case in any one year: at most £35,000; more needs an exception.",
    ),
    (
        "match_rules",
        {"match_in": "EITHER", "percent": D("12.5"), "severity": "WARN", "source": ""},
        "Match funding added: Others bring at least 12.5% of the whole cost, in money or in kind. Less is pointed out.",
    ),
    (
        "lots",
        {"name": "Small", "guidance": "", "budget": D(50000), "floor": D(500), "cap": D(5000)},
        "Lot added: Lot 1, Small: £50,000 in all; £500 to £5,000 for a project.",
    ),
    (
        "formulas",
        {"floor": D(1000), "damping_percent": D(50), "most_loss_percent": D(5), "most_gain_percent": None, "why": ""},
        "Formula added: Formula, version 1: no factors yet. Nobody gets less than £1,000. "  # noqa: ISC004
        "It goes 50% of the way from last year’s sum to the result. Nobody loses more than 5% of last year’s sum.",
    ),
    (
        "stages",
        {"kind": "PUBLIC_VOTE", "name": "Vote", "pass_percent": D(10), "places": 4, "up_to_amount": D(5000)},
        "Stage added: 1. Vote: the result of a public vote counts. Projects need at least 10% of the votes. "  # noqa: ISC004
        "The highest 4 go on. Only for projects that ask for at most £5,000.",
    ),
    (
        "instalment_rules",
        {"share_percent": D(50), "condition": "TERMS_ACCEPTED", "due_when": "AFTER_START", "due_days": 30},
        "Instalment added: 50% of the award, 30 days after the start, once the terms are accepted.",
    ),
    (
        "approval_rules",
        {"kind": "TIME", "level": "OFFICER", "up_to_percent": None, "up_to_days": 30},
        "Approval added: More time, or another end: approved by a commissioning officer, up to 30 days.",
    ),
]


@pytest.mark.parametrize(("part", "fields", "summary"), ROWS, ids=[row[0] for row in ROWS])
def test_save_row_adds_changes_and_remove_row_takes_out_each_kind(world, rules_of, save, part, fields, summary):
    row = save(part, rules_of, **fields)
    name, value = next((n, v) for n, v in [("amount", D(1)), ("percent", D(1)), ("name", "B"), ("up_to_days", 1),
                                           ("due_days", 1), ("floor", D(1))] if n in fields)  # fmt: skip
    changed = save(part, rules_of, row, **fields | {name: value})
    actions.remove_row(part=P[part], parent=rules_of, row=changed, reason="Not needed", by=world.cast.officer, at=AT)

    assert getattr(changed, name) == value
    assert not getattr(rules_of, part).exists()
    verbs = [(verb, reason) for verb, _, reason in events_of(rules_of)]
    assert verbs == [("row_taken_out", "Not needed"), ("row_changed", WHY), ("row_added", WHY), ("started", WHY)]
    assert events_of(rules_of)[2][1] == summary


def test_save_row_keeps_numbers_and_tactical_instalments_count_apart(rules_of, save):
    paid = {"share_percent": D(50), "condition": "TERMS_ACCEPTED", "due_when": "AFTER_START", "due_days": 0}
    rows = [save("instalment_rules", rules_of, **paid, for_tactical=tactical) for tactical in (False, True, False)]
    numbers = [row.number for row in rows]

    moved = save("instalment_rules", rules_of, rows[0], **paid, for_tactical=True)

    assert numbers == [1, 1, 2]
    assert (moved.for_tactical, moved.number) == (True, 2)


def test_save_row_of_a_stage_takes_criteria_with_what_scores_mean(world, rules_of, save):
    stage = save("stages", rules_of, kind="SCORED", name="Scores", evaluators=2)
    criteria = P["stages"].children[0]
    need = {"title": "Need", "guidance": "", "weight": D(2), "highest": 3}

    row = save(criteria, stage, **need, guides=[{"score": 0, "meaning": "None"}, {"score": 3, "meaning": "Strong"}])
    save(criteria, stage, row, **need | {"title": "Evidence of need"}, guides=[{"score": 3, "meaning": "Strong"}])

    assert [(guide.score, guide.meaning) for guide in row.guides.all()] == [(3, "Strong")]
    assert [event[:2] for event in events_of(rules_of)[:2]] == [
        ("row_changed", "Criterion changed: 1. Evidence of need (3 strong)"),
        ("row_added", "Criterion added: 1. Need (0 none; 3 strong)"),
    ]
    [before], [after] = Event.objects.order_by("-pk").first().changes["stages"]
    assert (before["criteria"][0]["title"], after["criteria"][0]["title"]) == ("Need", "Evidence of need")
    assert before["criteria"][0]["guides"] == [{"score": 0, "meaning": "None"}, {"score": 3, "meaning": "Strong"}]


def test_save_row_without_a_difference_tells_nothing(rules_of, save):
    limit = {"on": "CASE_TOTAL", "severity": "BLOCK", "amount": D(10), "source": ""}
    row = save("limits", rules_of, **limit)

    save("limits", rules_of, row, **limit)

    assert [verb for verb, _, _ in events_of(rules_of)] == ["row_added", "started"]


def test_move_row_changes_places_and_stops_at_the_ends(world, rules_of, save):
    for name in ("A", "B", "C"):
        save("lots", rules_of, name=name)
    last = rules_of.lots.get(name="C")
    given = {"part": P["lots"], "parent": rules_of, "by": world.cast.officer, "at": AT}

    actions.move_row(**given, row=last, up=True)
    actions.move_row(**given, row=rules_of.lots.get(name="A"), up=True)

    assert list(rules_of.lots.values_list("name", "number")) == [("A", 1), ("C", 2), ("B", 3)]
    assert [event[0] for event in events_of(rules_of)].count("row_moved") == 1


REFUSED = [
    ("limits", {"on": "CASE_TOTAL", "severity": "BLOCK", "amount": D(0)}, "A limit must be more than £0."),
    (
        "limits",
        {"on": "PROJECT_TOTAL", "severity": "BLOCK", "amount": D(9)},
        "There is a limit of this kind and severity already. Change that one.",
    ),
    ("stages", {"kind": "OFFICER", "name": "Head"}, "Say which post decides."),
    ("instalment_rules", {"share_percent": D(101), "condition": "TERMS_ACCEPTED"}, None),
]


@pytest.mark.parametrize(("part", "fields", "sentence"), REFUSED)
def test_save_row_bites_on_what_cannot_be(rules_of, save, part, fields, sentence):
    save("limits", rules_of, on="PROJECT_TOTAL", severity="BLOCK", amount=D(10), source="")

    with pytest.raises(Refused) as refused:
        save(part, rules_of, **fields)

    assert refused.value.reason == (sentence or "A share must be more than 0 and at most 100 per cent.")


@pytest.mark.parametrize("verb", ["save", "remove", "move", "settings", "reporting", "drop"])
def test_frozen_rules_bite_at_every_verb(world, rules_of, save, verb):
    officer = world.cast.officer
    stage = save("stages", rules_of, kind="COMMISSIONER", name="Decision")
    given = {"part": P["stages"], "parent": rules_of, "row": stage, "by": officer, "at": AT}
    due = {"timing": "ONCE", "anchor": "PERIOD_END", "period_months": None, "days": [], "event": None, "due_days": 30}
    due |= {"due_working_days": None, "when_extended": "ADDS", "template": None, "by": officer, "at": AT}
    ways = {
        "save": lambda: save("stages", rules_of, stage, name="Other"),
        "remove": lambda: actions.remove_row(**given, reason=WHY),
        "move": lambda: actions.move_row(**given | {"row": rules_of.stages.first()}, up=False),
        "settings": lambda: actions.edit_rule_set(
            rule_set=rules_of, fields={"months_most": 6}, reason=WHY, by=officer, at=AT
        ),
        "reporting": lambda: actions.write_reporting_rule(rule_set=rules_of, kind="YEAR_END", reason=WHY, **due),
        "drop": lambda: actions.drop_reporting_rule(rule_set=rules_of, kind="YEAR_END", reason=WHY, by=officer, at=AT),
    }
    save("stages", rules_of, kind="SECOND_BODY", name="Board", body="Board")
    if verb == "drop":
        ways["reporting"]()
    actions.freeze_rules(rule_set=rules_of, at=AT)

    with pytest.raises(Refused) as refused:
        ways[verb]()

    assert refused.value.reason == (
        "Money was offered under these rules on 3 February 2020, so they stay as they are. "
        "Make a new version to change something."
    )


def test_edit_rule_set_tells_what_was_and_refuses_what_does_not_go_together(world, rules_of, save):
    save("lots", rules_of, name="Small")
    given = {"rule_set": rules_of, "reason": WHY, "by": world.cast.officer, "at": AT}
    poll = MovableEvent.objects.get(key="poll")

    actions.edit_rule_set(**given, fields={"money_set_by": "BIDS", "extension_months": 6, "extension_event": poll})
    with pytest.raises(Refused) as lots:
        actions.edit_rule_set(**given, fields={"money_set_by": "NEGOTIATED"})
    with pytest.raises(Refused) as wordless:
        actions.edit_rule_set(**given | {"reason": " "}, fields={"months_most": 6})

    event = Event.objects.filter(subject_type="plans.RuleSet").order_by("-pk").first()
    assert event.changes == {
        "money_set_by": ["NEGOTIATED", "BIDS"],
        "extension_months": [None, 6],
        "extension_event": [None, "poll"],
    }
    assert lots.value.reason == (
        "Lots are parts of the money of a round of bids. Set the money by bids, or take out the lots."
    )
    assert wordless.value.reason == "Say why this changes. It stays in the history."


def test_parts_at_rebuilds_the_rules_of_any_moment(world, rules_of, save):
    """After each of a dozen changes the rules are written down; later the log gives each of them back."""
    officer, day = world.cast.officer, AT
    poll = MovableEvent.objects.get(key="poll")
    known = []

    def then(step):
        nonlocal day
        day += timedelta(days=1)
        done = step({"at": day, "by": officer, "reason": WHY})
        known.append((day, queries.parts_of(RuleSet.objects.get(pk=rules_of.pk))))
        return done

    def add(part, parent=rules_of, row=None, **fields):
        part = P.get(part, part)
        return then(lambda how: actions.save_row(part=part, parent=parent, row=row, fields=fields, **how))

    limit = add("limits", on="CASE_TOTAL", severity="BLOCK", amount=D("20000.50"), source="")
    stage = add("stages", kind="SCORED", name="Scores", evaluators=2, pass_percent=D("62.5"))
    criterion = add(P["stages"].children[0], stage, title="Need", weight=D(2), highest=5, guides=[])
    add("stages", kind="COMMISSIONER", name="Decision", from_amount=D(5000))
    add(
        "instalment_rules",
        share_percent=D(100),
        condition="TERMS_ACCEPTED",
        due_when="SET_DAY",
        due_on=date(2020, 9, 1),
    )
    add("asked", question_set=QuestionSet.objects.get(), asked_of="PROJECT")
    add("limits", row=limit, on="CASE_TOTAL", severity="WARN", amount=D(1), source="")
    then(
        lambda how: actions.edit_rule_set(
            rule_set=rules_of,
            fields={
                "extension_event": poll,
                "extension_months": 6,
                "open_to_kinds": ["CHARITY"],
                "over_commitment_percent": D("2.5"),
            },
            **how,
        )
    )
    then(
        lambda how: actions.move_row(part=P["stages"], parent=rules_of, row=stage, up=False, by=how["by"], at=how["at"])
    )
    add(P["stages"].children[0], stage, criterion, title="Need", weight=D(3), highest=5,
        guides=[{"score": 0, "meaning": "None"}])  # fmt: skip
    then(lambda how: actions.remove_row(part=P["limits"], parent=rules_of, row=rules_of.limits.get(), **how))
    then(lambda how: actions.remove_row(part=P["stages"], parent=rules_of, row=stage, **how))

    rule_set = RuleSet.objects.get(pk=rules_of.pk)
    assert len(known) == 12
    assert [queries.parts_at(rule_set, moment) for moment, _ in known] == [parts for _, parts in known]
    topics = {topic.key: topic.sentences for topic in queries.rules_in_words(rule_set, at=known[0][0])}
    assert topics["limits"] == ("Total of a business case: at most £20,000.50; more is refused.",)
    assert "stages" not in topics


def test_start_rule_set_copies_the_rows_of_another(world, rules_of):
    copy = actions.start_rule_set(
        plan=world.plan.plan,
        name="Partnership rules",
        like=world.plan.csp_rules,
        reason=WHY,
        by=world.cast.officer,
        at=AT,
    )

    like = queries.parts_of(world.plan.csp_rules)
    assert (copy.key, copy.follows, copy.version) == ("partnership-rules", None, 1)
    assert queries.parts_of(copy) == like
    assert queries.parts_of(rules_of)["instalment_rules"] == []
    assert events_of(copy) == [("started", "Rules started as a copy of Partnership rules: Partnership rules", WHY)]


def test_questions_hang_together_whatever_is_done(world, save):
    officer = world.cast.officer
    with pytest.raises(Refused, match="Give the questions a title"):
        actions.start_question_set(title=" ", introduction="", reason=WHY, by=officer, at=AT)
    asked = actions.start_question_set(title="Schools", introduction="", reason=WHY, by=officer, at=AT)
    part = queries.QUESTIONS
    first = save(part, asked, label="Do you work in schools?", kind="YES_NO", required=True)
    which = {"label": "Which?", "kind": "WORDS", "shown_if": first.key, "shown_for": ["yes"]}
    second = save(part, asked, **which)
    given = {"part": part, "parent": asked, "by": officer, "at": AT}

    with pytest.raises(Refused) as later:
        actions.move_row(**given, row=second, up=True)
    with pytest.raises(Refused) as hanging:
        actions.remove_row(**given, row=first, reason=WHY)
    with pytest.raises(Refused) as kind:
        save(part, asked, first, label=first.label, kind="TEXT", key=first.key)
    actions.remove_row(**given, row=second, reason=WHY)
    copy = actions.start_question_set(title="Schools", introduction="", like=asked, reason=WHY, by=officer, at=AT)

    assert (first.key, second.key) == ("do-you-work-in-schools", "which")
    assert events_of(asked)[1][1] == (
        "Question added: 2. Which? (several sentences, must be answered) "
        "Only where “Do you work in schools?” is answered: Yes."
    )
    assert later.value.reason == (
        "There is no earlier question “do-you-work-in-schools”. A question hangs only on one before it."
    )
    assert hanging.value.reason == "“Which?” is asked only for some answers to this question. Change that one first."
    assert kind.value.reason == "“Do you work in schools?” has no list of answers, so no question can hang on it."
    assert (copy.key, [row.label for row in copy.questions.all()]) == ("schools-2", ["Do you work in schools?"])
    assert Question.objects.filter(question_set=asked).count() == 1


def test_terms_are_copied_with_their_conditions_and_changed_until_frozen(world, save):
    officer, terms = world.cast.officer, world.plan.terms
    with pytest.raises(Refused, match="There is a version 1 of these terms already"):
        actions.start_terms(title="Grant terms", version="1", introduction="", reason=WHY, by=officer, at=AT)
    second = actions.start_terms(
        title="Grant terms", version="2", introduction="Read this.", like=terms, reason=WHY, by=officer, at=AT
    )
    save(queries.CONDITIONS, second, number="2", text="Keep receipts.", why="", checked_by="")
    actions.edit_terms(terms=second, fields={"introduction": "Read all."}, reason=WHY, by=officer, at=AT)
    actions.freeze_rules(rule_set=world.plan.csp_rules, at=AT)

    with pytest.raises(Refused) as frozen:
        save(queries.CONDITIONS, terms, number="2", text="Keep receipts.", why="", checked_by="")

    assert list(second.conditions.order_by("order").values_list("number", "text")) == [
        ("1", "Spend only as approved."),
        ("2", "Keep receipts."),
    ]
    assert TermsVersion.objects.get(pk=second.pk).introduction == "Read all."
    assert frozen.value.reason == (
        "Money was offered under rules that use them on 3 February 2020, so they stay as they are. "
        "Start a new version of the terms to change something."
    )


def test_questions_asked_under_frozen_rules_stay(world, rules_of, save):
    officer = world.cast.officer
    asked = QuestionSet.objects.get(key="about-you")
    save(queries.QUESTIONS, asked, label="Why you?", kind="WORDS")
    save("asked", rules_of, question_set=asked, asked_of="CASE")
    actions.edit_question_set(question_set=asked, fields={"title": "All about you"}, reason=WHY, by=officer, at=AT)
    actions.freeze_rules(rule_set=rules_of, at=AT)

    with pytest.raises(Refused) as frozen:
        actions.edit_question_set(question_set=asked, fields={"title": "You"}, reason=WHY, by=officer, at=AT)

    assert QuestionSet.objects.get().title == "All about you"
    assert frozen.value.reason == (
        "Money was offered under rules that use them on 3 February 2020, so they stay as they are. "
        "Copy the set to change something."
    )


@pytest.mark.parametrize("person", ["finance", "reader", "pcc", "maidstone_lead"])
def test_only_officers_change_rules(world, person):
    user = getattr(world.cast, person)
    sentence = "Only a commissioning officer or the head of commissioning changes the plan. Ask one of them."

    assert rules.why_not_change_rules(world.plan.csp_rules, user=user) == sentence
    assert rules.why_not_start_rule_set("New", user=user) == sentence
    assert rules.why_not_make_version(world.plan.csp_rules, user=user) == sentence
    assert not Criterion.objects.exists()
