"""Versions of terms: what differs, issued for good, followed by a copy (P1)."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction

from plans import actions as plan_actions
from plans import queries as plan_queries
from plans.actions import terms as actions
from plans.models import TermsCondition, TermsVersion
from plans.queries import terms as queries
from plans.rules import frozen
from plans.rules import terms as rules
from records.models import Event
from records.refusals import Refused

pytestmark = pytest.mark.django_db
AT = datetime(2020, 5, 4, 9, 0, tzinfo=UTC)


def shown(words):
    return "".join(f"[{part.text}]" if part.is_other else part.text for part in words)


@pytest.mark.parametrize(
    ("before", "after", "left", "right"),
    [
        ("Keep a register.", "Keep a register.", "Keep a register.", "Keep a register."),
        ("Keep a register.", "Keep a full register.", "Keep a register.", "Keep a [full ]register."),
        ("Send returns late.", "Send returns on time.", "Send returns [late.]", "Send returns [on time.]"),
        ("", "New words", "", "[New words]"),
    ],
)
def test_marked_tells_the_words_the_other_side_does_not_have(before, after, left, right):
    found = queries.marked(before, after)

    assert (shown(found[0]), shown(found[1])) == (left, right)


def terms(key, *conditions, title="Grant terms", version="9"):
    made = TermsVersion.objects.create(key=key, title=title, version=version)
    for order, (number, text) in enumerate(conditions, start=1):
        TermsCondition.objects.create(terms=made, order=order, number=number, text=text)
    return made


def test_differences_tell_what_is_new_changed_gone_and_moved():
    before = terms("a", ("1", "Spend well."), ("2", "Report in time."), ("3", "Keep records."), version="8")
    after = terms("b", ("1", "Spend very well."), ("2", "Keep records."), ("4", "Be kind."))

    found = queries.differences(before, after)

    assert [(row.number, row.change) for row in found] == [
        ("1", "CHANGED"),
        ("2", "CHANGED"),
        ("3", "GONE"),
        ("4", "ADDED"),
    ]
    assert queries.counted(found) == "1 new, 2 changed, 1 gone"
    assert queries.counted(queries.differences(before, before)) == "no difference"


def test_differences_follow_a_condition_that_got_another_number():
    before = terms("a", ("1", "Spend well."), ("2", "Keep records."), version="8")
    after = terms("b", ("1", "Spend well."), ("5", "Keep records."))

    assert [(row.number, row.change) for row in queries.differences(before, after)] == [
        ("1", "SAME"),
        ("5 (was 2)", "CHANGED"),
    ]


def test_differences_see_other_streams(world):
    before, after = terms("a", ("1", "Spend well."), version="8"), terms("b", ("1", "Spend well."))
    after.conditions.get().streams.add(world.plan.csps)

    assert [row.change for row in queries.differences(before, after)] == ["CHANGED"]


def test_follow_terms_copies_every_condition_with_its_streams(world):
    first = world.plan.terms
    first.conditions.get().streams.add(world.plan.csps)

    copy = actions.follow_terms(terms=first, version=" 2 ", reason="Receipts", by=world.cast.officer, at=AT)

    assert (copy.title, copy.version, copy.follows, copy.frozen_at) == ("Grant terms", "2", first, None)
    assert plan_queries.rows_of(copy, plan_queries.CONDITIONS) == plan_queries.rows_of(first, plan_queries.CONDITIONS)
    assert copy.conditions.get().streams.get() == world.plan.csps
    assert Event.objects.filter(subject_type="plans.TermsVersion", subject_id=copy.pk).get().verb == "started"


def test_issue_terms_keeps_every_word_even_against_raw_sql(world):
    issued = actions.issue_terms(terms=world.plan.terms, reason="Agreed", by=world.cast.officer, at=AT)

    assert frozen.why_frozen(issued).startswith("These terms were issued on 4 May 2020, so they stay as they are.")
    for change in (
        lambda: TermsVersion.objects.filter(pk=issued.pk).update(introduction="Other"),
        lambda: issued.conditions.update(text="Other"),
        lambda: issued.conditions.get().streams.add(world.plan.csps),
        lambda: TermsCondition.objects.create(terms=issued, number="2", text="More"),
    ):
        with pytest.raises(DatabaseError, match="were issued"), transaction.atomic():
            change()
    with pytest.raises(Refused, match="were issued"):
        plan_actions.edit_terms(
            terms=issued, fields={"introduction": "Other"}, reason="R", by=world.cast.officer, at=AT
        )


@pytest.mark.parametrize(
    ("person", "before", "sentence"),
    [
        ("officer", lambda world: None, ""),
        ("reader", lambda world: None, rules.NOT_A_KEEPER),
        ("officer", lambda world: world.plan.terms.conditions.all().delete(), "Terms without a condition"),
        (
            "officer",
            lambda world: actions.issue_terms(terms=world.plan.terms, reason="R", by=world.cast.officer, at=AT),
            "This version was issued on 4 May 2020.",
        ),
        (
            "officer",
            lambda world: plan_actions.freeze_rules(rule_set=world.plan.third_rules, at=AT),
            "Money was offered under this version, so it counts as issued.",
        ),
    ],
)
def test_why_not_issue_terms(world, person, before, sentence):
    before(world)
    found = rules.why_not_issue_terms(TermsVersion.objects.get(), user=getattr(world.cast, person))

    assert found.startswith(sentence) and bool(found) == bool(sentence)


@pytest.mark.parametrize(
    ("person", "version", "sentence"),
    [
        ("officer", "2", ""),
        ("finance", "2", rules.NOT_A_KEEPER),
        ("officer", " ", "Give the new version a number or a name."),
        ("officer", "1", "There is a version 1 of these terms already."),
    ],
)
def test_why_not_follow_terms(world, person, version, sentence):
    found = rules.why_not_follow_terms(world.plan.terms, version, user=getattr(world.cast, person))

    assert found.startswith(sentence) and bool(found) == bool(sentence)


def test_terms_are_followed_once(world):
    actions.follow_terms(terms=world.plan.terms, version="2", reason="R", by=world.cast.officer, at=AT)

    with pytest.raises(Refused, match="Version 2 follows these terms already"):
        actions.follow_terms(terms=world.plan.terms, version="3", reason="R", by=world.cast.officer, at=AT)


def test_terms_pages_compare_and_count_their_questions(world, signed_in, django_assert_num_queries):
    copy = actions.follow_terms(terms=world.plan.terms, version="2", reason="R", by=world.cast.officer, at=AT)
    copy.conditions.update(text="Spend only as agreed.")
    officer = signed_in(world.cast.officer)
    officer.get("/plan/")

    with django_assert_num_queries(10):
        page = officer.get(f"/plan/terms/{copy.key}/compare/?with=terms-1").content.decode()

    assert '<del class="terms-word">approved.</del>' in page and '<ins class="terms-word">agreed.</ins>' in page
    assert officer.get(f"/plan/terms/{copy.key}/compare/?with=nothing").status_code == 404
