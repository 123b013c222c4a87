"""The oversight register: nothing goes live with an empty check, by any way (R3)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from records.enums import ObligationKind
from records.models import Obligation
from records.queries import history
from records.refusals import Refused
from services import queries
from services.actions import oversight as actions
from services.enums import CheckResult, OversightStatus
from services.models import OversightActivity, OversightCheck
from services.rules import oversight as rules
from tests.make import accounts as make_accounts
from tests.make import oversight as make
from tests.make import plans as make_plans

pytestmark = pytest.mark.django_db
LATER = make.AT + timedelta(days=1)
ON = date(2020, 6, 2)


@pytest.fixture
def cast():
    return make_accounts.cast()


@pytest.fixture
def plan(cast):
    return make_plans.plan(cast)


def verbs(activity):
    return list(history(activity).order_by("pk").values_list("verb", flat=True))


def owed(activity):
    rows = Obligation.objects.open().about(activity).filter(kind=ObligationKind.OVERSIGHT_CHECKS)
    return list(rows.values_list("due_on", flat=True))


def test_register_activity_owes_its_checks_by_the_day_it_is_to_go_live(cast, plan):
    activity = make.activity(cast, plan, partners=[cast.yot])

    assert activity.reference == "OA-2020-001"
    assert activity.status == OversightStatus.PROPOSED
    assert list(activity.partners.all()) == [cast.yot]
    assert owed(activity) == [date(2020, 9, 1)]
    assert verbs(activity) == ["registered"]


EMPTY = "Nothing goes live with an empty check. Still to be checked:"
NAMES = "Process followed, Governance approval, Complementary to existing provision and Opportunity to work together"


@pytest.mark.parametrize(
    ("checked", "result", "who", "sentence"),
    [
        (4, "MET", "officer", ""),
        (4, "MET", "head", ""),
        (0, "MET", "officer", f"{EMPTY} {NAMES}."),
        (
            3,
            "MET",
            "officer",
            "Nothing goes live with an empty check. Still to be checked: Opportunity to work together.",
        ),
        (4, "NOT_MET", "officer", f"Nothing goes live with a check that is not met: {NAMES}."),
        (4, "MET", "pcc", rules.NOT_YOURS),
        (4, "MET", "maidstone_lead", rules.NOT_YOURS),
    ],
)
def test_why_not_go_live(cast, plan, checked, result, who, sentence):
    activity = make.activity(cast, plan, checked=checked, result=result)

    assert rules.why_not_go_live(activity, user=getattr(cast, who), on=ON) == sentence


def test_why_not_go_live_where_no_check_is_asked(cast, plan):
    activity = make.activity(cast, plan)
    for kind in make.kinds():
        type(kind).objects.filter(pk=kind.pk).update(retired_at=make.AT)

    found = rules.why_not_go_live(activity, user=cast.officer, on=ON)
    assert found == "No checks are set up, so nothing can go live. Add the checks first."


def test_why_not_of_an_activity_that_is_live(cast, plan):
    activity = make.live(cast, plan)

    assert rules.why_not_go_live(activity, user=cast.officer, on=ON) == "This activity is live."
    assert rules.why_not_change_activity(activity, user=cast.officer, on=ON) == (
        "This activity is live, so its entry stays as it was checked."
    )
    assert rules.why_not_record_check(activity, user=cast.officer, on=ON) == (
        "This activity is live, so its checks stay as they were."
    )
    assert rules.why_not_stop(activity, user=cast.officer, on=ON, reason=" ") == (
        "Say why. It stays in the history of the activity."
    )


def test_go_live_moves_it_and_closes_what_was_owed(cast, plan):
    activity = make.activity(cast, plan, checked=4)

    actions.go_live(activity=activity, by=cast.head, at=LATER)

    activity.refresh_from_db()
    assert (activity.status, activity.live_at, activity.live_by) == (OversightStatus.LIVE, LATER, cast.head)
    assert owed(activity) == []
    assert verbs(activity)[-1] == "went_live"


def test_go_live_refuses_with_a_check_missing_and_changes_nothing(cast, plan):
    activity = make.activity(cast, plan, checked=3)

    with pytest.raises(Refused, match="empty check"):
        actions.go_live(activity=activity, by=cast.officer, at=LATER)

    activity.refresh_from_db()
    assert (activity.status, activity.live_at) == (OversightStatus.PROPOSED, None)
    assert owed(activity) == [date(2020, 9, 1)]


@pytest.mark.parametrize(("checked", "result"), [(0, "MET"), (3, "MET"), (4, "NOT_MET")])
def test_database_refuses_an_activity_live_with_a_check_empty_or_not_met(cast, plan, checked, result):
    activity = make.activity(cast, plan, checked=checked, result=result)
    statement = "UPDATE services_oversightactivity SET status = 'LIVE', live_at = now(), live_by_id = %s WHERE id = %s"

    with (
        pytest.raises(IntegrityError, match="empty or not met"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [cast.officer.pk, activity.pk])

    assert OversightActivity.objects.get(pk=activity.pk).status == OversightStatus.PROPOSED


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE services_oversightcheck SET result = 'NOT_MET' WHERE activity_id = %s",
        "DELETE FROM services_oversightcheck WHERE activity_id = %s",
    ],
)
def test_database_keeps_the_checks_an_activity_went_live_with(cast, plan, statement):
    activity = make.live(cast, plan)

    with (
        pytest.raises(IntegrityError, match="stays as the activity went live"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [activity.pk])

    assert OversightCheck.objects.filter(activity=activity, result=CheckResult.MET).count() == 4


def test_record_check_replaces_the_answer_and_the_history_keeps_both(cast, plan):
    activity = make.activity(cast, plan, checked=1, result=CheckResult.NOT_MET)
    kind = make.kinds()[0]
    near = [["AW-2020-001", "Mentors", "the same provider"]]

    check = actions.record_check(
        activity=activity, kind=kind, result="MET", evidence=" Minute 4 ", looked_at=near, by=cast.head, at=LATER
    )

    assert (check.result, check.evidence, check.looked_at) == ("MET", "Minute 4", near)
    assert (check.checked_by, check.checked_at) == (cast.head, LATER)
    assert OversightCheck.objects.filter(activity=activity).count() == 1
    event = history(activity).order_by("-pk").first()
    assert event.summary == "Process followed: met"
    assert event.changes == {"process": ["Not met: Seen.", "Minute 4"]}


def test_record_check_wants_evidence(cast, plan):
    activity = make.activity(cast, plan)

    with pytest.raises(Refused, match="Say what you looked at"):
        actions.record_check(
            activity=activity, kind=make.kinds()[0], result="MET", evidence="  ", by=cast.officer, at=LATER
        )

    assert not OversightCheck.objects.exists()


def test_change_activity_asks_its_checks_again_and_moves_what_is_owed(cast, plan):
    activity = make.activity(cast, plan, checked=2)

    actions.change_activity(
        activity=activity, starts_on=date(2020, 10, 1), cohort="Aged 13", reason="Later", by=cast.officer, at=LATER
    )

    activity.refresh_from_db()
    assert (activity.cohort, activity.starts_on) == ("Aged 13", date(2020, 10, 1))
    assert OversightCheck.objects.filter(activity=activity).count() == 0
    assert owed(activity) == [date(2020, 10, 1)]
    event = history(activity).get(verb="changed")
    assert event.summary == "Entry changed; its checks are asked again"
    assert event.changes == {"starts_on": ["2020-09-01", "2020-10-01"], "cohort": ["", "Aged 13"]}


def test_change_activity_of_the_days_alone_keeps_its_checks(cast, plan):
    activity = make.activity(cast, plan, checked=2)

    actions.change_activity(activity=activity, starts_on=date(2020, 10, 1), reason="Later", by=cast.officer, at=LATER)

    assert OversightCheck.objects.filter(activity=activity).count() == 2


@pytest.mark.parametrize(("make_one", "status"), [(make.activity, "STOPPED"), (make.live, "ENDED")])
def test_stop_activity_keeps_it_with_its_reason(cast, plan, make_one, status):
    activity = make_one(cast, plan)

    actions.stop_activity(activity=activity, reason="The money went elsewhere", by=cast.officer, at=LATER)

    activity.refresh_from_db()
    assert (activity.status, activity.closed_reason) == (status, "The money went elsewhere")
    assert owed(activity) == []


def test_a_new_check_is_asked_of_what_is_proposed_and_not_of_what_is_live(cast, plan):
    proposed, live = make.activity(cast, plan, checked=4), make.live(cast, plan)

    kind = actions.save_check_kind(name="Data shared lawfully", question="Is it agreed?", by=cast.head, at=LATER)

    rows = {row.activity: row for row in queries.oversight.rows(queries.oversight.activities())}
    assert [part.kind for part in rows[proposed].missing] == [kind]
    assert (rows[live].met, len(rows[live].checks)) == (4, 4)


def test_retire_check_kind_never_takes_off_the_last(cast, plan):
    first, *others = make.kinds()
    for kind in others:
        actions.retire_check_kind(kind=kind, by=cast.head, at=LATER)

    with pytest.raises(Refused, match="The last check cannot be taken off"):
        actions.retire_check_kind(kind=first, by=cast.head, at=LATER)

    assert make.kinds() == [first]
    assert rules.why_not_retire_check(others[0], user=cast.head, on=ON) == "This check is no longer asked already."
    assert rules.why_not_retire_check(first, user=cast.finance, on=ON) == rules.NOT_YOURS


def test_register_activity_bites_on_the_purpose_of_its_source(cast, plan):
    with pytest.raises(Refused, match="Victims grant may not be spent on Community Safety Partnerships"):
        make.activity(cast, plan, funding_source=plan.victims)
    activity = make.activity(cast, plan, funding_source=plan.own)

    with pytest.raises(Refused, match="Victims grant may not be spent on Community Safety Partnerships"):
        actions.change_activity(
            activity=activity, funding_source=plan.victims, reason="Other money", by=cast.officer, at=LATER
        )

    assert OversightActivity.objects.get().funding_source == plan.own
