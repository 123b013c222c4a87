"""Standards of organisations: evidence sent, checked by another, renewed, waived, asked for again (P1)."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from accounts.queries import people_for
from plans.actions import standards as actions
from plans.enums import StandardStatus
from plans.models import HeldStandard
from plans.queries import standards as queries
from plans.rules import standards as rules
from records.enums import Audience, ObligationKind
from records.models import Document, Event, Notice, Obligation
from records.refusals import Refused
from tests.make import standards as make

pytestmark = pytest.mark.django_db
K = ObligationKind
ON = date(2020, 3, 3)
LATER = datetime(2021, 2, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def cast(world):
    return world.cast


def owed(kind, **more):
    return list(Obligation.objects.open().filter(kind=kind, **more).order_by("due_on").values_list("due_on", flat=True))


def test_send_standard_keeps_file_and_owes_a_check(cast):
    held = make.sent(cast.yot, by=cast.yot_lead)

    assert (held.status, held.sent_by, held.expires_on) == (StandardStatus.SENT, cast.yot_lead, make.ENDS_ON)
    assert Document.objects.get(subject_id=held.pk, subject_type="plans.HeldStandard").name == "dbs.csv"
    check = Obligation.objects.get(kind=K.STANDARD_CHECK)
    assert (check.organisation, check.due_on) == (None, date(2020, 3, 16))
    told = Notice.objects.filter(rule="standard_sent").values_list("person", flat=True)
    assert sorted(told) == sorted(person.pk for person in people_for(Audience.OFFICER))
    assert queries.register_of(cast.yot, ON)[0].state == queries.State.WAITING


def test_accept_standard_counts_and_owes_its_renewal(cast):
    actions.ask_for_standard(organisation=cast.yot, kind=make.kind(), due_on=ON, why="Asked", at=make.SENT_AT)
    held = make.held(cast.yot, sender=cast.yot_lead, checker=cast.officer)

    assert (held.status, held.checked_by) == (StandardStatus.ACCEPTED, cast.officer)
    assert owed(K.STANDARD_CHECK) == [] and owed(K.STANDARD_NEEDED) == []
    assert owed(K.STANDARD_EXPIRY, organisation=cast.yot) == [make.ENDS_ON]
    standing = queries.register_of(cast.yot, ON)[0]
    assert (standing.state, standing.until, standing.is_met) == (queries.State.HELD, make.ENDS_ON, True)


def test_newer_evidence_moves_the_renewal(cast):
    make.held(cast.yot, sender=cast.yot_lead, checker=cast.officer)
    make.held(cast.yot, sender=cast.yot_lead, checker=cast.officer, at=LATER, expires_on=date(2022, 3, 31))

    assert owed(K.STANDARD_EXPIRY) == [date(2022, 3, 31)]


def test_evidence_that_ends_sooner_leaves_the_renewal_alone(cast):
    make.held(cast.yot, sender=cast.yot_lead, checker=cast.officer)
    make.held(cast.yot, sender=cast.yot_lead, checker=cast.officer, expires_on=date(2020, 6, 30))

    assert owed(K.STANDARD_EXPIRY) == [make.ENDS_ON]


def test_refuse_standard_says_why_and_keeps_the_request(cast):
    actions.ask_for_standard(organisation=cast.yot, kind=make.kind(), due_on=ON, why="Asked", at=make.SENT_AT)
    held = make.sent(cast.yot, by=cast.yot_lead)

    with pytest.raises(Refused, match="Say why the evidence is not accepted"):
        actions.refuse_standard(held=held, answer=" ", by=cast.officer, at=make.CHECKED_AT)
    actions.refuse_standard(held=held, answer="It is not signed.", by=cast.officer, at=make.CHECKED_AT)

    assert HeldStandard.objects.get().answer == "It is not signed."
    assert owed(K.STANDARD_NEEDED) == [ON]
    assert "It is not signed." in Notice.objects.get(rule="standard_refused", person=cast.yot_lead).body


def test_withdraw_standard_asks_again_where_it_was_asked_for(cast):
    given = {"organisation": cast.yot, "kind": make.kind(), "due_on": ON, "at": make.SENT_AT}
    actions.note_as_held(**given, closing="Held already")
    held = make.held(cast.yot, sender=cast.yot_lead, checker=cast.officer)

    actions.withdraw_standard(held=held, reason="Replaced", by=cast.yot_lead, at=make.CHECKED_AT)

    assert owed(K.STANDARD_EXPIRY) == []
    assert owed(K.STANDARD_NEEDED, organisation=cast.yot) == [date(2020, 3, 17)]
    assert queries.register_of(cast.yot, ON)[0].state == queries.State.MISSING


def test_withdraw_standard_nobody_asked_for_asks_nothing(cast):
    held = make.held(cast.yot, sender=cast.yot_lead, checker=cast.officer)

    actions.withdraw_standard(held=held, reason="Not needed", by=cast.officer, at=make.CHECKED_AT)

    assert owed(K.STANDARD_NEEDED) == []


def test_waive_standard_lets_it_rest_and_owes_the_end(cast):
    actions.ask_for_standard(organisation=cast.yot, kind=make.kind(), due_on=ON, why="Asked", at=make.SENT_AT)
    make.waived(cast.yot, by=cast.officer)

    standing = queries.register_of(cast.yot, ON)[0]
    assert (standing.state, standing.until) == (queries.State.WAIVED, date(2020, 6, 30))
    assert queries.register_of(cast.yot, date(2020, 7, 1))[0].state == queries.State.MISSING
    assert owed(K.STANDARD_NEEDED) == [] and owed(K.WAIVER_END, organisation=cast.yot) == [date(2020, 6, 30)]
    with pytest.raises(Refused, match="A waiver for the same lasts in these days already"):
        make.waived(cast.yot, by=cast.officer)


def test_end_waiver_asks_for_the_standard_again(cast):
    actions.ask_for_standard(organisation=cast.yot, kind=make.kind(), due_on=ON, why="Asked", at=make.SENT_AT)
    waiver = make.waived(cast.yot, by=cast.officer)

    actions.end_waiver(waiver=waiver, reason="Trustees are in place", by=cast.other_officer, at=make.CHECKED_AT)

    assert owed(K.WAIVER_END) == []
    assert owed(K.STANDARD_NEEDED) == [date(2020, 3, 17)]
    assert queries.register_of(cast.yot, ON)[0].state == queries.State.MISSING


def test_waiver_under_one_set_of_rules_counts_for_those_alone(world, cast):
    make.waived(cast.yot, by=cast.officer, rule_set=world.plan.third_rules)
    evidence = queries.evidence_of([cast.yot.pk])

    states = [
        evidence.standing(cast.yot.pk, make.kind(), ON, rules_.pk).state
        for rules_ in (world.plan.third_rules, world.plan.csp_rules)
    ]
    assert states == [queries.State.WAIVED, queries.State.MISSING]


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2020, 12, 31), queries.State.HELD),
        (date(2021, 1, 7), queries.State.ENDING),
        (date(2021, 3, 31), queries.State.ENDING),
        (date(2021, 4, 1), queries.State.EXPIRED),
    ],
)
def test_register_tells_sixty_working_days_before_an_end(cast, day, state):
    make.held(cast.yot, sender=cast.yot_lead, checker=cast.officer)

    assert queries.register_of(cast.yot, day)[0].state == state


def test_missing_for_tells_what_the_rules_ask_of_such_an_organisation(world, cast):
    make.ask(world.plan.third_rules)
    make.ask(world.plan.third_rules, of=make.kind("cover", "Insurance"), for_kinds=["CHARITY"])
    make.ask(world.plan.third_rules, of=make.kind("policy", "Policy"), holds="NOTHING")

    missing = queries.missing_for(cast.yot, world.plan.third_rules, ON)
    assert [row.kind.name for row in missing] == ["DBS checks", "Policy"]

    make.held(cast.yot, sender=cast.yot_lead, checker=cast.officer)
    assert [row.kind.name for row in queries.missing_for(cast.yot, world.plan.third_rules, ON)] == ["Policy"]


@pytest.mark.parametrize(
    ("rule", "sender", "person", "sentence"),
    [
        ("why_not_check_standard", "yot_lead", "officer", ""),
        ("why_not_check_standard", "yot_lead", "finance", rules.NOT_A_CHECKER),
        ("why_not_check_standard", "yot_lead", "yot_lead", rules.NOT_A_CHECKER),
        ("why_not_check_standard", "officer", "officer", "You sent this evidence, so a colleague checks it."),
        ("why_not_check_standard", "officer", "other_officer", ""),
    ],
)
def test_who_sent_evidence_never_checks_it(cast, rule, sender, person, sentence):
    held = make.sent(cast.yot, by=getattr(cast, sender))

    assert getattr(rules, rule)(held, user=getattr(cast, person), on=ON) == sentence


def test_the_database_refuses_a_check_by_the_sender_and_any_change_of_evidence(cast):
    held = make.sent(cast.yot, by=cast.officer)
    row = HeldStandard.objects.filter(pk=held.pk)

    for words, change in [
        ("does not check it", {"status": "ACCEPTED", "checked_by": cast.officer, "checked_at": make.CHECKED_AT}),
        ("stays as it was sent", {"expires_on": date(2030, 1, 1)}),
        ("cannot go from", {"status": "NOTHING"}),
    ]:
        with pytest.raises(DatabaseError, match=words), transaction.atomic():
            row.update(**change)


@pytest.mark.parametrize(
    ("person", "sentence"),
    [
        ("maidstone_lead", ""),
        ("officer", ""),
        ("maidstone_certifier", rules.NOT_A_SENDER),
        ("swale_lead", rules.NOT_A_SENDER),
    ],
)
def test_a_partnership_sends_evidence_of_the_body_that_is_paid_for_it(cast, person, sentence):
    assert rules.why_not_send_standard(cast.council, user=getattr(cast, person)) == sentence


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, ""),
        ({"has_file": False}, "Add the file that shows it."),
        ({"expires_on": None}, "Give the day the evidence ends: DBS checks has to be renewed."),
        ({"expires_on": date(2020, 3, 2)}, "This evidence ended on 2 March 2020. Send evidence that holds today."),
        ({"starts_on": date(2021, 4, 1)}, "The evidence ends before it starts. Correct one of the two days."),
    ],
)
def test_why_not_this_evidence(cast, given, sentence):
    kind = make.kind(must_expire=True)
    usual = {"starts_on": None, "expires_on": make.ENDS_ON, "has_file": True, "on": ON}

    assert rules.why_not_this_evidence(kind, **{**usual, **given}) == sentence


def test_expired_evidence_is_not_accepted(cast):
    held = make.sent(cast.yot, by=cast.yot_lead, expires_on=ON)

    with pytest.raises(Refused, match="This evidence ended on 3 March 2020"):
        actions.accept_standard(held=held, by=cast.officer, at=LATER)


def test_notes_and_payee_checks_are_kept_with_who_and_when(cast):
    note = actions.note_due_diligence(
        organisation=cast.yot, on=ON, looked_at="Accounts", found="Sound", by=cast.finance, at=make.CHECKED_AT
    )
    check = actions.verify_payee(organisation=cast.yot, on=ON, how="Call", by=cast.finance, at=make.CHECKED_AT)

    assert list(queries.notes_of(cast.yot)) == [note] and list(queries.payee_checks_of(cast.yot)) == [check]
    assert Event.objects.filter(verb__in=["noted", "verified"]).count() == 2
    with pytest.raises(Refused, match="Only finance officers verify who is paid"):
        actions.verify_payee(organisation=cast.yot, on=ON, how="Call", by=cast.officer, at=make.CHECKED_AT)
    with pytest.raises(Refused, match="cannot be in the future"):
        actions.verify_payee(
            organisation=cast.yot, on=date(2020, 3, 4), how="Call", by=cast.finance, at=make.CHECKED_AT
        )
    with pytest.raises(Refused, match="Only commissioning and finance officers"):
        actions.note_due_diligence(
            organisation=cast.yot, on=ON, looked_at="A", found="B", by=cast.reader, at=make.CHECKED_AT
        )


def test_kinds_are_added_and_changed_with_a_reason(cast):
    made = actions.start_kind(
        name="Insurance", guidance="", must_expire=True, lasts_months=12, order=2, reason="R", by=cast.officer,
        at=make.CHECKED_AT,
    )  # fmt: skip
    changed = actions.edit_kind(kind=made, fields={"name": "Cover"}, reason="R", by=cast.officer, at=make.CHECKED_AT)

    assert (changed.key, changed.name, queries.usual_end(ON, changed)) == ("insurance", "Cover", date(2021, 3, 2))
    assert Event.objects.get(verb="changed").changes == {"name": ["Insurance", "Cover"]}
    with pytest.raises(Refused, match="There is a standard of this name already"):
        actions.start_kind(
            name="COVER", guidance="", must_expire=False, lasts_months=None, order=0, reason="R", by=cast.officer,
            at=make.CHECKED_AT,
        )  # fmt: skip
