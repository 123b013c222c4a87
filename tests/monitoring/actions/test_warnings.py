"""A reason for what stands out: kept with its figure, asked for again when the figure changes, frozen at the end."""

from decimal import Decimal

import pytest

from monitoring import actions, rules
from monitoring.enums import ReturnSection
from monitoring.models import WarningReason
from monitoring.queries import sheets_of
from records.models import Event
from records.refusals import Refused
from tests.make import monitoring

pytestmark = pytest.mark.django_db
WHY = "Two patrols were bought ahead of the summer."


@pytest.fixture
def row(cast, plan):
    """A whole return that has spent more than was released."""
    row = monitoring.monitoring_return(cast, plan)
    actions.save_return(
        monitoring_return=row, by=cast.maidstone_lead, at=monitoring.WRITTEN, **monitoring.whole_answers(row)
    )
    spend(row, cast, "6000")
    return row


def spend(row, cast, amount):
    line = row.spend_lines.order_by("pk").first()
    entries = {ReturnSection.SPEND: {line.pk: {"spent": Decimal(amount)}}}
    actions.save_return(monitoring_return=row, entries=entries, by=cast.maidstone_lead, at=monitoring.WRITTEN)


def codes(row):
    return [fault.code for fault in rules.warnings_of(rules.faults_of(row, sheets_of(row), {}))]


def confirm(row, cast, reasons):
    return actions.confirm_warnings(
        monitoring_return=row, reasons=reasons, by=cast.maidstone_lead, at=monitoring.WRITTEN
    )


def kept():
    return list(WarningReason.objects.values_list("code", "reason"))


def test_confirm_warnings_keeps_who_why_and_the_history(row, cast):
    (code,) = codes(row)

    confirm(row, cast, {code: f" {WHY} "})

    reason = WarningReason.objects.get()
    assert (reason.code, reason.reason, reason.by, reason.at) == (code, WHY, cast.maidstone_lead, monitoring.WRITTEN)
    assert reason.sentence == "£6,050 is spent, and £5,000 was released so far"
    event = Event.objects.filter(verb="explained").get()
    assert event.changes == {reason.sentence: ["", WHY]}


def test_confirm_warnings_twice_changes_nothing(row, cast):
    (code,) = codes(row)
    confirm(row, cast, {code: WHY})
    confirm(row, cast, {code: WHY})

    assert (kept(), Event.objects.filter(verb="explained").count()) == ([(code, WHY)], 1)


def test_confirm_warnings_asks_again_for_another_figure(row, cast):
    (code,) = codes(row)
    confirm(row, cast, {code: WHY})
    assert rules.why_not_send_for_certification(row, user=cast.maidstone_lead, on=monitoring.HALF_YEAR) == ""

    spend(row, cast, "6100")

    assert rules.why_not_send_for_certification(row, user=cast.maidstone_lead, on=monitoring.HALF_YEAR) == (
        "The return is not complete. Say why: £6,150 is spent, and £5,000 was released so far."
    )
    confirm(row, cast, {code: "For the figure that was."})
    assert kept() == []


def test_confirm_warnings_takes_a_reason_back(row, cast):
    (code,) = codes(row)
    confirm(row, cast, {code: WHY})

    confirm(row, cast, {code: "  "})

    assert kept() == []


def test_confirm_warnings_refuses_what_is_sent_already_and_what_is_too_long(row, cast):
    (code,) = codes(row)
    with pytest.raises(Refused, match=r"A reason may be 2,000 letters long\."):
        confirm(row, cast, {code: "x" * 2001})
    confirm(row, cast, {code: WHY})
    actions.send_for_certification(monitoring_return=row, by=cast.maidstone_lead, at=monitoring.WRITTEN)

    with pytest.raises(Refused, match="This return is with the certifier"):
        confirm(row, cast, {code: "Later words"})
    assert kept() == [(code, WHY)]


def test_submit_return_freezes_the_reasons_and_prints_them(row, cast):
    (code,) = codes(row)
    confirm(row, cast, {code: WHY})
    by = {"by": cast.maidstone_lead, "at": monitoring.SUBMITTED}
    actions.send_for_certification(monitoring_return=row, **by)
    actions.certify_return(monitoring_return=row, by=cast.maidstone_certifier, at=monitoring.CERTIFIED)
    actions.submit_return(monitoring_return=row, **by)

    version = row.versions.get()
    assert version.content["warnings"] == [
        {
            "section": "Spend",
            "sentence": "£6,050 is spent, and £5,000 was released so far",
            "reason": WHY,
            "by": cast.maidstone_lead.full_name,
        }
    ]
    assert version.content["indicators"]["people/people-reached/"] == "12"
    for words in (WHY, "People reached, by age group: Under 10", "Figures that stand out, and why"):
        assert words in version.paper.html
