"""The page of a return, its versions, and the list."""

from datetime import timedelta
from decimal import Decimal

import pytest

from monitoring import actions, queries
from monitoring.enums import ReturnSection
from tests.make import monitoring

pytestmark = pytest.mark.django_db


def show(client, row):
    return client.get(f"/returns/{row.reference}/").content.decode()


def test_return_show_is_a_task_list_for_its_writers(world, cast, signed_in):
    page = show(signed_in(cast.maidstone_contributor), world.row("OPEN"))

    for words in ("What to write", "Not started", "Optional", "Check your answers"):
        assert words in page


def test_return_show_tells_the_office_nothing_of_a_draft(world, cast, signed_in):
    row = monitoring.fill_in(world.row("OPEN"), by=cast.maidstone_lead)

    page = show(signed_in(cast.officer), row)

    assert "The recipient has not submitted this return yet." in page
    assert "Patrols ran every weekend." not in page
    assert "Waive this return" in page


def test_return_show_puts_everything_side_by_side(world, cast, signed_in):
    page = show(signed_in(cast.officer), world.row("SUBMITTED"))

    for words in ("£9,900", "£4,950", "Ledger line 12", "Fewer assaults at night", "Not yet met", "Give a verdict"):
        assert words in page


def test_return_show_of_a_queried_return_keeps_the_correction_from_the_office(world, cast, signed_in):
    row = world.row("QUERIED")
    line = row.spend_lines.order_by("pk").first()
    actions.save_return(
        monitoring_return=row,
        entries={ReturnSection.SPEND: {line.pk: {"spent": Decimal("4321")}}},
        by=cast.maidstone_lead,
        at=monitoring.QUERIED,
    )

    assert "£4,321" not in show(signed_in(cast.officer), row)


@pytest.mark.parametrize(
    ("who", "offered"), [("finance", True), ("officer", False), ("maidstone_lead", None), ("auditor", None)]
)
def test_return_show_suggests_to_ask_unspent_money_back(world, cast, signed_in, who, offered):
    award = world.row("REVIEWED").award
    monitoring.awards.instalments.mark_paid(
        instalment=monitoring.awards.instalment(award),
        paid_on=monitoring.YEAR_END - timedelta(days=300),
        payment_reference="BACS 1",
        by=cast.finance,
        at=monitoring.CLOSED,
    )
    row = monitoring.monitoring_return(
        cast, world.plan, award=award, status="REVIEWED", on=monitoring.YEAR_END, at=monitoring.CLOSED,
        share=Decimal("0.4"),
    )  # fmt: skip

    page = show(signed_in(getattr(cast, who)), row)

    assert ("Ask for £1,000 back" in page) is (offered is not None)
    assert (f"/awards/{award.reference}/repayments/new/?amount=1000.00" in page or "amount=1000" in page) is (
        offered is True
    )


def test_return_show_is_404_for_a_stranger(world, cast, signed_in):
    assert signed_in(cast.swale_lead).get(f"/returns/{world.row('OPEN').reference}/").status_code == 404


def test_return_version_shows_what_a_correction_changed(world, cast, signed_in):
    row = world.row("QUERIED")
    line = row.spend_lines.order_by("pk").first()
    at = monitoring.QUERIED + timedelta(days=1)
    lead = {"by": cast.maidstone_lead, "at": at}
    actions.save_return(
        monitoring_return=row, entries={ReturnSection.SPEND: {line.pk: {"spent": Decimal("4321")}}}, **lead
    )
    actions.answer_queries(monitoring_return=row, answers={row.queries.get().pk: "An invoice was double."}, **lead)
    actions.certify_return(monitoring_return=row, by=cast.maidstone_certifier, at=at)
    actions.submit_return(monitoring_return=row, **lead)

    page = signed_in(cast.officer).get(f"/returns/{row.reference}/versions/2/").content.decode()

    for words in ("£4,950", "£4,321", "An invoice was double.", "What changed from the version before"):
        assert words in page
    assert signed_in(cast.officer).get(f"/returns/{row.reference}/versions/3/").status_code == 404


def test_return_list_shows_ones_own(world, cast, signed_in):
    monitoring.monitoring_return(cast, world.plan, award=monitoring.live_award(cast, world.plan, third=True))

    assert signed_in(cast.yot_lead).get("/returns/").content.decode().count('<th scope="row"') == 0
    assert signed_in(cast.swale_lead).get("/returns/").context["page_obj"].paginator.count == 0
    assert signed_in(cast.maidstone_signatory).get("/returns/").context["page_obj"].paginator.count == 7
    assert signed_in(cast.officer).get("/returns/").context["page_obj"].paginator.count == 7


@pytest.mark.parametrize(
    ("asked", "found"),
    [("status=SUBMITTED", 1), ("late=yes", 3), ("kind=YEAR_END", 0), ("sort=-reference", 7), ("page=99", 7)],
)
def test_return_list_is_filtered(world, cast, signed_in, asked, found):
    answer = signed_in(cast.officer).get(f"/returns/?{asked}")

    assert (answer.status_code, answer.context["page_obj"].paginator.count) == (200, found)


@pytest.mark.parametrize(("asked", "rows"), [("?status=OPEN", 1), ("?late=yes", 3), ("?status=", 7)])
def test_return_list_asks_the_same_queries_for_any_length(
    world, cast, signed_in, asked, rows, django_assert_num_queries
):
    client = signed_in(cast.officer)

    with django_assert_num_queries(8):
        answer = client.get(f"/returns/{asked}")

    assert answer.context["page_obj"].paginator.count == rows


@pytest.mark.parametrize(
    ("who", "status", "queries"),
    [("officer", "SUBMITTED", 11), ("officer", "REVIEWED", 12), ("maidstone_lead", "OPEN", 17)],
)
def test_return_show_keeps_to_its_queries(world, cast, signed_in, who, status, queries, django_assert_num_queries):
    client, address = signed_in(getattr(cast, who)), f"/returns/{world.row(status).reference}/"

    with django_assert_num_queries(queries):
        client.get(address)


def test_return_list_csv_hides_drafts_from_the_office(world, cast, signed_in):
    monitoring.fill_in(world.row("OPEN"), by=cast.maidstone_lead)

    text = signed_in(cast.officer).get("/returns/returns.csv").content.decode("utf-8-sig")

    rows = {line.split(",")[8]: line.split(",")[-1] for line in text.splitlines()[1:]}
    assert rows["Open"] == ""
    assert rows["Submitted"] == "5000.00"


def test_report_has_columns_for_targets_and_the_last_return_only_where_there_are_any(world, cast, signed_in):
    row = world.row("SUBMITTED")
    bare = show(signed_in(cast.officer), row).partition("People and activity</h2>")[2].partition("</table>")[0]
    version = row.versions.get()
    version.content["indicator_sections"][0]["questions"][0]["target"] = "30"
    del version.content["indicator_sections"][0]["has_target"]
    told = queries.with_previous(version.content, version.content)

    assert (">Target</th>" in bare, ">Last return</th>" in bare, ">Answer</th>" in bare) == (False, False, True)
    assert (told["has_last"], [section["has_target"] for section in told["indicator_sections"]]) == (
        True,
        [True, False],
    )


def test_report_says_how_far_spend_runs_ahead_of_the_money(world, cast, signed_in):
    row = world.row("OPEN")
    monitoring.fill_in(row, by=cast.maidstone_lead, share=Decimal("0.6"))

    page = signed_in(cast.maidstone_lead).get(f"/returns/{row.reference}/check/").content.decode()
    unspent = signed_in(cast.maidstone_lead).get(f"/returns/{row.reference}/write/underspend/").content.decode()

    assert "spent ahead of release" in page and "£1,000" in page and "−£" not in page
    assert "Nothing: £1,000 more is spent than was released" in unspent
