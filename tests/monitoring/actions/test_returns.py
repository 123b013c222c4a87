"""What a recipient does with a return: row, event, notice, and nothing else."""

from datetime import timedelta
from decimal import Decimal

import pytest

from monitoring import actions
from monitoring.enums import ReturnSection, ReturnStatus
from monitoring.models import MonitoringReturn
from plans.models import RuleSet
from records.models import Event, Notice, Obligation, Paper
from records.refusals import Refused
from tests.make import frozen, monitoring

pytestmark = pytest.mark.django_db


def events(row):
    return list(
        Event.objects.filter(subject_type=row._meta.label, subject_id=row.pk)
        .order_by("pk")
        .values_list("verb", flat=True)
    )


def told(rule):
    return sorted(Notice.objects.filter(rule=rule).values_list("person__full_name", flat=True))


def first_line(row):
    return row.spend_lines.order_by("pk").first()


def test_save_return_keeps_unknown_apart_from_nought(cast, plan):
    row = monitoring.monitoring_return(cast, plan)
    staff, travel = row.spend_lines.order_by("pk")

    actions.save_return(
        monitoring_return=row,
        version=1,
        entries={
            ReturnSection.SPEND: {
                staff.pk: {"spent": Decimal("0"), "evidence": ""},
                travel.pk: {"spent": None, "evidence": ""},
            }
        },
        texts={"narrative": "A start."},
        by=cast.maidstone_contributor,
        at=monitoring.WRITTEN,
    )

    staff.refresh_from_db()
    travel.refresh_from_db()
    assert (staff.spent, travel.spent) == (Decimal("0.00"), None)
    assert (row.version, row.narrative, row.status) == (2, "A start.", ReturnStatus.OPEN)
    assert events(row) == ["opened", "saved"]
    event = Event.objects.get(verb="saved", subject_type=row._meta.label)
    assert event.changes == {"narrative": ["", "A start."], f"spend {staff.pk} spent": [None, "0"]}


def test_save_return_refuses_a_stale_copy_and_writes_nothing(cast, plan):
    row = monitoring.monitoring_return(cast, plan)
    mine = {"by": cast.maidstone_contributor, "at": monitoring.WRITTEN}
    actions.save_return(monitoring_return=row, version=1, texts={"narrative": "First."}, **mine)

    with pytest.raises(actions.Stale, match="Somebody else has saved"):
        actions.save_return(monitoring_return=row, version=1, texts={"narrative": "Second."}, **mine)

    assert MonitoringReturn.objects.get(pk=row.pk).narrative == "First."


def test_save_return_without_a_change_leaves_no_trace(cast, plan):
    row = monitoring.monitoring_return(cast, plan)

    actions.save_return(
        monitoring_return=row, version=1, texts={"narrative": ""}, by=cast.maidstone_lead, at=monitoring.WRITTEN
    )

    assert row.version == 1
    assert events(row) == ["opened"]


def test_save_return_by_itself_leaves_one_line_of_history_an_hour(cast, plan):
    row = monitoring.monitoring_return(cast, plan)
    for number, minutes in enumerate((0, 10, 70), start=1):
        actions.save_return(
            monitoring_return=row,
            version=number,
            texts={"narrative": f"Draft {number}"},
            quietly=True,
            by=cast.maidstone_lead,
            at=monitoring.WRITTEN + timedelta(minutes=minutes),
        )

    assert events(row) == ["opened", "saved", "saved"]


def test_save_return_refuses_a_line_of_another_return(cast, plan):
    award = monitoring.live_award(cast, plan)
    row = monitoring.monitoring_return(cast, plan, award=award)
    other = monitoring.opened(award, on=monitoring.YEAR_END, at=monitoring.CLOSED)

    with pytest.raises(Refused, match="not part of this return"):
        actions.save_return(
            monitoring_return=row,
            entries={ReturnSection.SPEND: {first_line(other).pk: {"spent": Decimal("1")}}},
            by=cast.maidstone_lead,
            at=monitoring.WRITTEN,
        )


def test_send_for_certification_tells_the_certifiers(cast, plan):
    row = monitoring.monitoring_return(cast, plan, status=ReturnStatus.CERTIFYING)

    assert row.status == ReturnStatus.CERTIFYING
    assert events(row) == ["opened", "saved", "sent_for_certification"]
    assert told("certification_asked") == ["Cy Certifier"]


def test_certify_return_signs_and_tells_the_lead(cast, plan):
    row = monitoring.monitoring_return(cast, plan, status=ReturnStatus.CERTIFIED)

    assert (row.status, row.certified_by, row.certified_at) == (
        ReturnStatus.CERTIFIED,
        cast.maidstone_certifier,
        monitoring.CERTIFIED,
    )
    assert events(row)[-1] == "certified"
    assert told("return_certified") == ["Lee Lead"]


def test_decline_certification_goes_back_with_its_reason(cast, plan):
    row = monitoring.monitoring_return(cast, plan, status=ReturnStatus.CERTIFYING)

    actions.decline_certification(
        monitoring_return=row,
        reason="Travel is not in the ledger.",
        by=cast.maidstone_certifier,
        at=monitoring.CERTIFIED,
    )

    assert (row.status, row.certified_by) == (ReturnStatus.OPEN, None)
    assert Event.objects.get(verb="certification_declined").reason == "Travel is not in the ledger."
    assert told("certification_declined") == ["Lee Lead", "Mo Contributor"]


def test_take_back_return_forgets_the_signature(cast, plan):
    row = monitoring.monitoring_return(cast, plan, status=ReturnStatus.CERTIFIED)

    actions.take_back_return(
        monitoring_return=row, reason="A late invoice.", by=cast.maidstone_lead, at=row.certified_at
    )

    assert (row.status, row.certified_by, row.certified_at) == (ReturnStatus.OPEN, None, None)
    assert events(row)[-1] == "taken_back"


def test_submit_return_freezes_receipts_and_owes_a_review(cast, plan):
    row = monitoring.monitoring_return(cast, plan, status=ReturnStatus.SUBMITTED)

    assert (row.status, row.submitted_by, row.submitted_at) == (
        ReturnStatus.SUBMITTED,
        cast.maidstone_lead,
        monitoring.SUBMITTED,
    )
    version = row.versions.get()
    assert (version.number, version.by) == (1, cast.maidstone_lead)
    assert version.content["totals"] == {
        "planned": "10000",
        "approved": "10000",
        "released": "5000",
        "returned": "0",
        "spent": "5000",
        "forecast": None,
        "expected_left": None,
        "unspent": "0",
    }
    assert version.content["certified_by"] == "Cy Certifier"
    paper = Paper.objects.get(pk=version.paper_id)
    assert (paper.kind, paper.reference) == ("RETURN_RECEIPT", row.reference)
    assert "Ledger line 12" in paper.html
    owed = Obligation.objects.get(kind="RETURN", period="MID_YEAR")
    assert owed.closing == f"Submitted as {row.reference}, version 1"
    review = Obligation.objects.get(kind="RETURN_REVIEW")
    assert (review.organisation, review.closed_at, review.due_on.isoformat()) == (None, None, "2020-10-28")
    assert told("return_receipt") == ["Cy Certifier", "Lee Lead", "Mo Contributor"]
    assert set(Notice.objects.filter(rule="return_receipt").values_list("paper", flat=True)) == {paper.pk}
    assert told("return_submitted") == ["Ola Officer", "Olu Officer"]
    assert Obligation.objects.get(kind="RETURN", period="YEAR_END").closed_at is None


def test_submit_return_twice_is_refused(cast, plan):
    row = monitoring.monitoring_return(cast, plan, status=ReturnStatus.SUBMITTED)

    with pytest.raises(Refused, match="was submitted"):
        actions.submit_return(monitoring_return=row, by=cast.maidstone_lead, at=monitoring.SUBMITTED)

    assert row.versions.count() == 1


def test_submit_return_without_certifier_where_none_is_needed(cast, plan):
    frozen.thaw()
    RuleSet.objects.update(certifier_required=False)
    row = monitoring.monitoring_return(cast, plan)
    monitoring.fill_in(row, by=cast.maidstone_lead)

    actions.submit_return(monitoring_return=row, by=cast.maidstone_lead, at=monitoring.SUBMITTED)

    assert (row.status, row.certified_by) == (ReturnStatus.SUBMITTED, None)


def test_submit_return_of_nothing_spent_is_a_nil_return(cast, plan):
    row = monitoring.monitoring_return(cast, plan, status=ReturnStatus.SUBMITTED, share=Decimal(0))

    assert row.versions.get().content["totals"]["spent"] == "0"


@pytest.mark.parametrize(("allowed", "refused"), [(True, ""), (False, "another lead has to submit")])
def test_submit_return_by_its_certifier_only_where_the_rules_allow(cast, plan, allowed, refused):
    frozen.thaw()
    RuleSet.objects.update(one_person_may_certify_and_submit=allowed)
    row = monitoring.monitoring_return(cast, plan, status=ReturnStatus.CERTIFYING)
    both = monitoring.with_role(cast.maidstone_certifier, "LEAD", cast.maidstone)
    actions.certify_return(monitoring_return=row, by=both, at=monitoring.CERTIFIED)

    if refused:
        with pytest.raises(Refused, match=refused):
            actions.submit_return(monitoring_return=row, by=both, at=monitoring.SUBMITTED)
    else:
        actions.submit_return(monitoring_return=row, by=both, at=monitoring.SUBMITTED)
        assert row.versions.get().content["one_person"] is True
