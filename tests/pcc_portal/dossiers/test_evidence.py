"""The evidence pack: every figure is that of the rows behind it, and what is frozen stays."""

import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Max, Sum

from grants.models import Award
from monitoring.models import MonitoringReturn
from pcc_portal import actions, dossiers
from pcc_portal.dossiers import pack as parts
from pcc_portal.models import EvidencePack
from plans.models import CommitmentLine, Stream
from records import papers
from records.enums import PaperKind
from records.models import Event, Paper
from records.refusals import Refused
from services.enums import ExtensionStatus
from services.models import (
    Contract,
    ContractPayment,
    ContractValue,
    ExtensionCase,
    ImprovementPlan,
    KpiResult,
    MeetingAction,
)
from tests.make import evidence, extensions

from .reading import Page, sum_in

pytestmark = pytest.mark.django_db
ON = date(2021, 6, 1)
AT = datetime(2021, 6, 1, 8, 0, tzinfo=UTC)
ADVICE = {"recommended": "OFFER", "lapse_effect": "Nobody would\nsupport them.", "advice": "Extend it <for a year>."}


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """A decision with all its evidence, made once for this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield evidence.decision_world()
        transaction.set_rollback(True)


@pytest.fixture
def case(made):
    extensions.forget(made.cast.officer)
    return ExtensionCase.objects.select_related("contract__provider", "contract__stream__plan__body", "option").get(
        pk=made.case.pk
    )


@pytest.fixture
def paper(made, case):
    return dossiers.freeze_pack(
        dossiers.with_advice(case, **ADVICE, by=made.cast.officer, at=AT), made.cast.officer, AT
    )


@pytest.fixture
def page(paper):
    return Page(paper.html)


def sections(case, on=ON):
    return {section["key"]: section for section in dossiers.evidence_of(case, on).plain["sections"]}


def facts(section):
    return {fact["label"]: fact["cell"]["shown"] for fact in section["facts"]}


def scalar(sql, *given):
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchone()[0]


def test_money_equals_the_rows_to_the_penny(made, page):
    known = scalar("SELECT sum(amount) FROM services_contractvalue WHERE contract_id = %s", made.contract.pk)
    paid = scalar(
        "SELECT sum(amount) FROM services_contractpayment WHERE contract_id = %s AND paid_on <= %s",
        made.contract.pk,
        ON,
    )

    assert sum_in(page.fact("money", "Value of the agreed term")) == known == Decimal("510000.35")
    assert page.fact("money", "Value of the agreed term")[1] == "At least £510,000.35 (1 not published)"
    assert sum_in(page.fact("money", "Paid so far")) == paid == Decimal("125000.08")
    assert sum_in(page.fact("money", "Value left")) == known - paid
    assert page.fact("money", "Payments") == ("2", "2")
    year = scalar("SELECT annual_value FROM services_contract WHERE id = %s", made.contract.pk)
    assert sum_in(page.fact("money", "Value of option 1, as the records have it")) == year  # it has twelve months


def test_money_by_period_equals_the_rows_and_sums_to_the_whole(made, page):
    rows = page.table("money", "Value and payments by period")

    values = ContractValue.objects.filter(contract=made.contract).order_by("starts_on")
    assert [(row[0][0], row[1][0], sum_in(row[3])) for row in rows] == [
        (value.starts_on.isoformat(), value.ends_on.isoformat(), value.amount) for value in values
    ]
    paid = [
        ContractPayment.objects.filter(
            contract=made.contract, paid_on__lte=ON, covers_from__range=(value.starts_on, value.ends_on)
        ).aggregate(sum=Sum("amount"))["sum"]
        or 0
        for value in values
    ]
    assert [sum_in(row[4]) for row in rows] == paid
    assert sum(paid) == sum_in(page.fact("money", "Paid so far"))
    [source] = page.table("money", "Sources of funds")
    assert (source[0][1], sum_in(source[2])) == ("Victims grant", Decimal("200000"))


def test_kpis_equal_the_results_and_say_their_colour_in_words(made, page):
    tables = page.sections["kpis"]["tables"]

    for kpi, (caption, rows) in zip(made.kpis, tables.items(), strict=True):
        results = KpiResult.objects.filter(kpi=kpi, superseded_at=None).order_by("starts_on")
        assert caption.startswith(kpi.name)
        assert [None if row[1][0] is None else Decimal(row[1][0]) for row in rows] == [row.value for row in results]
    first, second = tables.values()
    assert [(row[1][1], row[2][1], row[3][1]) for row in first] == [
        ("91.25%", "90%", "Green"),
        ("62.5%", "90%", "Red"),
        ("61%", "90%", "Red"),
    ]
    assert [(row[1][1], row[2][1], row[3][1]) for row in second] == [
        ("4 days", "No target", "No target"),
        ("Not reported", "No target", "Not reported"),
        ("6.5 days", "No target", "No target"),
    ]
    assert page.fact("kpis", "Red in their latest period") == ("1", "1")


def test_kpis_count_no_period_that_ended_later(case):
    [seen, _wait] = sections(case, on=date(2020, 9, 30))["kpis"]["kpis"]

    assert [point["ends_on"] for point in seen["points"]] == ["2020-06-30", "2020-09-30"]


def test_kpis_are_drawn_from_the_figures_of_the_pack(case):
    shown = dossiers.presented(dossiers.evidence_of(case, ON).plain)

    charts = [table["chart"] for section in shown if section["key"] == "kpis" for table in section["tables"]]
    assert [chart["drawn"].title for chart in charts] == [
        "Seen within five days: figures and target",
        "Days to the first meeting: figures and target",
    ]
    assert [len(chart["drawn"].marks) for chart in charts] == [3, 2]


def test_returns_equal_the_rows_with_verdict_and_reply(made, page):
    [row, *_others] = page.table("returns", "Returns")

    told = made.reviewed
    assert [cell[1] for cell in row] == [
        told.reference,
        "Quarterly return",
        "1 January 2020",
        "31 March 2020",
        "30 April 2020",
        "14 April 2020",
        "Satisfactory",
        "Thank you. All is clear.",
    ]
    assert page.fact("returns", "Returns handed in")[0] == str(
        MonitoringReturn.objects.filter(contract=made.contract, submitted_at__isnull=False).count()
    )


def test_returns_that_are_late_are_counted_from_the_diary(made, page):
    late = scalar(
        "SELECT count(*) FROM records_obligation WHERE kind = 'RETURN' AND subject_type = 'services.Contract' "
        "AND subject_id = %s AND closed_at IS NULL AND due_on < %s",
        made.contract.pk,
        ON,
    )

    assert late > 0
    assert page.fact("returns", "Late now") == (str(late), str(late))
    assert len(page.table("returns", "Late returns")) == late


def test_improvement_plans_and_open_actions_are_those_of_the_rows(made, page):
    [plan] = ImprovementPlan.objects.filter(contract=made.contract)
    [row] = page.table("improvement", "Improvement plans")
    [action] = page.table("improvement", "Actions still to do")

    assert [cell[1] for cell in row[:4]] == ["Plan 1", "Seen within five days", "Asked of the provider", plan.because]
    assert [cell[1] for cell in action] == ["Send the rota", "Example Provider", "30 April 2021"]


def test_options_left_and_variations_are_those_of_the_rows(made, page):
    left = page.table("options", "Options left")

    assert [[cell[1] for cell in row] for row in left] == [
        ["Option 1", "1 April 2022", "31 March 2023", "12 months", "30 September 2021", "Open"],
        ["Option 2", "1 April 2023", "31 March 2024", "12 months", "30 September 2022", "Open"],
    ]
    assert page.fact("options", "Options left") == ("2", "2")
    [change] = page.table("variations", "Variations")
    assert [cell[1] for cell in change][:4] == [
        "Variation 1",
        "Scope: Support in court is added",
        "Approved",
        "1 October 2020",
    ]


def test_nearby_lists_what_runs_today_and_says_why(made, page):
    [row] = page.table("nearby", "Contracts")

    assert [cell[1] for cell in row] == [
        made.neighbour.reference,
        "Youth service",
        "Youth Offending Team",
        "1 April 2019",
        "31 March 2022",
        "£81,234.56",
        "Same funding stream",
    ]
    assert sum_in(row[5]) == scalar("SELECT annual_value FROM services_contract WHERE id = %s", made.neighbour.pk)
    assert page.table("nearby", "Awards") == []


def test_none_is_said_only_of_what_was_asked_for_and_not_found(paper):
    said = re.findall(r"<p><strong>([^<]+):</strong> ([^<]+)</p>", paper.html)

    assert said == [
        ("Open complaints", "None is open."),
        ("Awards", "None runs on this day."),
        ("Activities of partnerships", "None is proposed or live on this day."),
        ("Other commitments", "None stands on this day."),
        ("Possible overlaps", "None was found."),
    ]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"starts_on": date(2021, 4, 1), "ends_on": date(2022, 3, 31)}, "Same provider"),
        ({"starts_on": date(2021, 6, 1), "ends_on": date(2021, 6, 1)}, "Same provider"),
        ({"starts_on": date(2021, 6, 2), "ends_on": date(2022, 3, 31)}, None),
        ({"starts_on": date(2020, 4, 1), "ends_on": date(2021, 5, 31)}, None),
        ({}, None),
    ],
)
def test_nearby_counts_an_award_by_its_days(made, case, changes, why):
    other = Stream.objects.create(
        key="other", plan=made.plan.plan, number="9", order=9, code="O", name="Other", purpose="OTHER"
    )
    Award.objects.create(
        reference="AW-2021-900",
        status="RECORDED",
        is_recorded=True,
        stream=other,
        recipient=made.cast.provider,
        payee=made.cast.provider,
        title="Counselling",
        recorded_amount=Decimal("1234.50"),
        **changes,
    )

    [table] = [table for table in sections(case)["nearby"]["tables"] if table["caption"] == "Awards"]

    found = [(row["cells"][0]["value"], row["cells"][5]["value"], row["cells"][6]["shown"]) for row in table["rows"]]
    assert found == ([("AW-2021-900", "1234.50", why)] if why else [])


def test_nearby_by_area_and_commitments_without_a_published_recipient(made, case):
    made.cast.provider.areas = ["Ashford"]
    made.cast.provider.save()
    made.cast.swale.areas = ["Ashford", "Swale"]
    made.cast.swale.save()
    Contract.objects.filter(pk=made.neighbour.pk).update(provider=made.cast.swale)
    CommitmentLine.objects.create(key="post", stream=made.plan.csps, title="A post", year="2020/21", source="The plan")
    case.contract.provider.refresh_from_db()

    tables = {table["caption"]: table["rows"] for table in sections(case, on=date(2021, 3, 31))["nearby"]["tables"]}

    assert [row["cells"][6]["shown"] for row in tables["Contracts"]] == ["Same funding stream, same area (Ashford)"]
    [post] = tables["Other commitments"]
    assert [cell["shown"] for cell in post["cells"]][1:6] == [
        "A post",
        "Not published",
        "1 April 2020",
        "31 March 2021",
        "Not published",
    ]


def test_lapse_says_when_it_ends_and_who_would_be_without(made, page):
    content = made.reviewed.versions.order_by("-number").first().content
    asked = next(
        section for section in content["indicator_sections"] if section["title"] == "People referred and supported"
    )
    counts = [
        (question["label"], question["rows"][0]["value"])
        for question in asked["questions"]
        if question["kind"] == "COUNT" and question["unit"] == "people"
    ]
    rows = page.table("lapse", "People in the last accepted returns")

    assert [(row[2][1], row[3][0]) for row in rows] == counts
    assert len(counts) == 4
    assert page.fact("lapse", "The service would end on") == ("2022-03-31", "31 March 2022")
    assert page.fact("lapse", "Notice must be given by") == ("2021-09-30", "30 September 2021")
    assert page.fact("lapse", "What it would mean")[1] == "Nobody wouldsupport them."  # two lines, broken by a tag


def test_sections_in_the_order_they_are_read_and_advice_comes_with_its_day(case, page):
    assert [section["key"] for section in dossiers.evidence_of(case, ON).plain["sections"]] == [
        "term",
        "options",
        "money",
        "kpis",
        "returns",
        "improvement",
        "complaints",
        "audits",
        "variations",
        "nearby",
        "overlaps",
        "lapse",
    ]
    assert page.fact("advice", "Recommended")[1] == "Offer the whole option"
    assert page.fact("advice", "Advice")[1] == "Extend it <for a year>."
    assert page.fact("advice", "Given by")[1] == "Ola Officer"
    assert "finance" not in page.sections


def test_freeze_pack_keeps_paper_content_and_hash(made, case, paper):
    kept = EvidencePack.objects.get(paper=paper)

    assert (paper.kind, paper.subject_type, paper.subject_id) == (
        PaperKind.EVIDENCE_PACK,
        "services.ExtensionCase",
        case.pk,
    )
    assert (paper.reference, kept.as_at) == (case.reference, ON)
    assert kept.digest == parts.digest_of(kept.content)
    assert f"SHA-256 {kept.digest}" in paper.html
    assert "As at 1 June 2021" in paper.html
    assert Event.objects.filter(verb="paper_made", subject_id=case.pk, subject_type="services.ExtensionCase").exists()


def test_freeze_pack_never_changes_though_the_rows_do(made, case, paper):
    before = (paper.html, json.dumps(EvidencePack.objects.get(paper=paper).content))

    ContractPayment.objects.filter(contract=made.contract, paid_on=None).update(paid_on=date(2021, 5, 28))
    ContractValue.objects.filter(contract=made.contract, amount=None).update(amount=Decimal("1.01"))
    Contract.objects.filter(pk=made.contract.pk).update(name="Another name")
    MeetingAction.objects.filter(meeting=made.meeting).delete()

    again = Paper.objects.get(pk=paper.pk)
    frozen = EvidencePack.objects.get(paper=paper).content
    case.refresh_from_db()
    case.contract.refresh_from_db()
    changes = {
        (change.section, change.what): (change.was, change.now)
        for change in dossiers.changed_since(frozen, dossiers.evidence_of(case, ON).plain)
    }
    assert (again.html, json.dumps(frozen)) == before
    assert changes["Money so far", "Paid so far"] == ("£125,000.08", "£195,000.08")
    assert changes["Money so far", "Value of the agreed term"] == (
        "At least £510,000.35 (1 not published)",
        "£510,001.36",
    )
    assert changes["Improvement plans and open actions", "Actions still to do, Send the rota"] == (
        "Who: Example Provider; Due: 30 April 2021",
        "",
    )
    assert changes["Money so far", "Value and payments by period, 1 April 2021"] == (
        "Value: Not published; Paid: £0; Left: Not published",
        "Value: £1.01; Paid: £70,000; Left: -£69,998.99",
    )


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE pcc_portal_evidencepack SET as_at = '2020-01-01' WHERE paper_id = %s",
        "UPDATE pcc_portal_evidencepack SET content = '{}' WHERE paper_id = %s",
        "DELETE FROM pcc_portal_evidencepack WHERE paper_id = %s",
        "UPDATE records_paper SET html = 'nothing' WHERE id = %s",
        "UPDATE records_paper SET kind = 'AWARD_LETTER' WHERE id = %s",
        "DELETE FROM records_paper WHERE id = %s",
    ],
)
def test_database_refuses_to_change_a_frozen_pack(paper, sql):
    with pytest.raises(IntegrityError, match="is frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [paper.pk])

    assert Paper.objects.get(pk=paper.pk).html == paper.html


def test_database_lets_the_pdf_of_a_pack_come_once(paper):
    Paper.objects.filter(pk=paper.pk, pdf=None).update(pdf=b"%PDF-1")

    with pytest.raises(IntegrityError, match="is frozen"), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(pdf=b"%PDF-2")


def test_changed_since_says_nothing_where_nothing_changed(case):
    plain = dossiers.evidence_of(case, ON).plain

    assert dossiers.changed_since(plain, json.loads(json.dumps(plain))) == []


def test_digest_is_the_same_for_the_same_content_and_another_for_a_penny_more(made, case):
    before = parts.digest_of(dossiers.evidence_of(case, ON).plain)
    again = parts.digest_of(dossiers.evidence_of(case, ON).plain)
    last = ContractPayment.objects.filter(contract=made.contract).aggregate(last=Max("pk"))["last"]
    ContractPayment.objects.filter(pk=last).update(amount=Decimal("70000.01"), paid_on=date(2021, 5, 1))

    assert before == again
    assert parts.digest_of(dossiers.evidence_of(case, ON).plain) != before


def test_advise_on_extension_freezes_and_advises_in_one_breath(made, case):
    advised = actions.advise_on_extension(case=case, **ADVICE, by=made.cast.officer, at=AT)

    kept = EvidencePack.objects.get(paper=advised.pack)
    told = {section["key"]: facts(section) for section in kept.content["sections"]}
    assert advised.status == ExtensionStatus.ADVISED
    assert told["advice"]["Advice"] == ADVICE["advice"] == advised.advice
    assert told["lapse"]["What it would mean"] == ADVICE["lapse_effect"]


@pytest.mark.parametrize(
    ("changes", "by", "sentence"),
    [
        ({"advice": " "}, "officer", "Write the advice."),
        ({"recommended": "OUTSIDE"}, "officer", "This contract still has an option."),
        ({}, "reader", "Only commissioning officers and the head of commissioning prepare an extension decision."),
    ],
)
def test_advise_on_extension_refused_leaves_no_pack(made, case, changes, by, sentence):
    before = Paper.objects.count()

    with pytest.raises(Refused) as refused:
        actions.advise_on_extension(case=case, **{**ADVICE, **changes}, by=getattr(made.cast, by), at=AT)

    assert str(refused.value).startswith(sentence)
    assert (Paper.objects.count(), EvidencePack.objects.count()) == (before, 0)


def test_cfo_comment_and_later_rows_are_told_as_changes(made, case):
    advised = actions.advise_on_extension(case=case, **ADVICE, by=made.cast.officer, at=AT)
    extensions.forget(made.cast.cfo)
    extensions.actions.comment(case=advised, words="Within the budget.", by=made.cast.cfo, at=AT)

    frozen = EvidencePack.objects.get(paper=advised.pack).content
    found = dossiers.changed_since(frozen, dossiers.evidence_of(extensions.fresh(case), ON).plain)

    told = [(change.section, change.what, change.was, change.now) for change in found]
    assert ("Chief finance officer’s comment", "Comment", "", "Within the budget.") in told
    assert {section for section, *_rest in told} == {"Chief finance officer’s comment"}


@pytest.mark.pdf
def test_pdf_carries_the_hash_on_every_page_and_the_same_figures(paper):
    from io import BytesIO

    from pypdf import PdfReader

    digest = EvidencePack.objects.get(paper=paper).digest
    pages = PdfReader(BytesIO(papers.pdf_of(paper))).pages
    words = [" ".join(page.extract_text().split()) for page in pages]

    assert len(pages) >= 3
    assert [digest in page for page in words] == [True] * len(pages)
    assert [f"As at 1 June 2021. SHA-256 {digest}" in page for page in words] == [True] * len(pages)
    whole = " ".join(words)
    assert all(sum_ in whole for sum_ in ("£125,000.08", "At least £510,000.35", "£81,234.56"))
