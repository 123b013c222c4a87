"""Figures of a template on the pages of a return, and the reasons of what stands out."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from monitoring import actions
from monitoring.enums import ReturnSection
from monitoring.models import IndicatorValue, MonitoringReturn, WarningReason
from monitoring.queries import parts_of
from plans.enums import IndicatorKind, Required, TemplateStatus
from plans.models import Indicator
from tests.make import monitoring, templates

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def row(world):
    return world.row("OPEN")


def address(row, slug, end=""):
    return f"/returns/{row.reference}/write/{slug}/{end}"


def box(row, key, part="", name="number"):
    """The name of the box of one answer, as the page posts it."""
    answer = row.indicator_values.get(indicator__key=key, part=part)
    return f"row-{answer.pk}-{name}"


def answer(row, key, part=""):
    found = row.indicator_values.get(indicator__key=key, part=part)
    return found.number if found.number is not None else found.words


@pytest.fixture
def every_kind(world, cast):
    """The open return, asking for one indicator of each kind the usual template has not."""
    row = world.row("OPEN")
    version = templates.draft(cast.officer, name="Every kind")
    section = version.sections.get(title="People")
    for number, (kind, fields) in enumerate(
        [
            (IndicatorKind.PERCENTAGE, {}),
            (IndicatorKind.SCORE, {"lowest": 1, "highest": 10}),
            (IndicatorKind.YES_NO, {}),
            (IndicatorKind.FILE, {"label": "Signed accounts"}),
        ],
        start=10,
    ):
        fields = {"label": kind.label, "required": Required.ALWAYS} | fields
        Indicator.objects.create(
            section=section, number=number, key=kind.lower().replace("_", "-"), kind=kind, **fields
        )
    type(version).objects.filter(pk=version.pk).update(status=TemplateStatus.IN_USE, put_to_use_at=templates.AT)
    MonitoringReturn.objects.filter(pk=row.pk).update(template_version=version)
    row.indicator_values.all().delete()
    IndicatorValue.objects.bulk_create(
        IndicatorValue(monitoring_return=row, indicator=one, part=part)
        for one in section.indicators.all()
        for part in parts_of(one)
    )
    return world.row("OPEN")


def test_return_show_lists_a_task_for_each_sheet(row, cast, signed_in):
    page = signed_in(cast.maidstone_contributor).get(f"/returns/{row.reference}/")

    labels = [task["label"] for task in page.context["tasks"]]
    assert labels == [
        "Spend", "Outcomes", "Outputs", "People and activity", "What the grant made possible",
        "How each project stands", "The period as a whole", "Unspent money", "Files",
    ]  # fmt: skip
    assert page.context["tasks"][3]["hint"] == "6 questions"


def test_return_edit_saves_figures_of_the_template_and_goes_on(row, cast, signed_in):
    typed = {"version": row.version, box(row, "people-reached"): "1,250", box(row, "by-age", "Under 10"): "250"}

    answered = signed_in(cast.maidstone_contributor).post(address(row, "i-people"), typed)

    assert answered.headers["Location"] == address(row, "i-difference")
    assert (answer(row, "people-reached"), answer(row, "by-age", "Under 10")) == (Decimal(1250), Decimal(250))
    assert answer(row, "sessions") == ""


def test_return_edit_says_what_is_wrong_with_a_figure_and_keeps_it(row, cast, signed_in):
    typed = {"version": row.version, box(row, "people-reached"): "about 20", box(row, "by-age", "Under 10"): "2.5"}

    page = signed_in(cast.maidstone_lead).post(address(row, "i-people"), typed).content.decode()

    assert (
        "“about 20” is not one exact figure; enter the figure alone, without words or signs. (People reached)" in page
    )
    assert "“2.5” is not a whole number; enter a whole number. (People reached, by age group: Under 10)" in page
    assert 'value="about 20"' in page and 'value="2.5"' in page
    assert answer(row, "people-reached") == ""


def test_return_edit_of_figures_shows_both_versions_when_stale(row, cast, signed_in):
    client = signed_in(cast.maidstone_lead)
    client.post(address(row, "i-people"), {"version": row.version, box(row, "people-reached"): "10"})

    stale = client.post(address(row, "i-people"), {"version": row.version, box(row, "people-reached"): "20"})

    assert stale.status_code == 409
    assert stale.context["stale"] == [{"label": "People reached", "before": "10.00", "after": "20"}]
    assert answer(row, "people-reached") == Decimal(10)


def test_return_autosave_keeps_figures(row, cast, signed_in):
    typed = {"version": row.version, box(row, "people-reached"): "7"}

    assert signed_in(cast.maidstone_lead).post(address(row, "i-people", "autosave/"), typed).status_code == 200
    assert answer(row, "people-reached") == Decimal(7)


def test_return_edit_shows_the_last_return_beside_each_question(world, cast, signed_in):
    year_end = monitoring.opened(world.row("REVIEWED").award, on=monitoring.YEAR_END, at=monitoring.CLOSED)

    page = signed_in(cast.maidstone_lead).get(address(year_end, "i-people")).content.decode()

    assert "Last return: 12." in page
    assert 'data-label="Last return"> 12</td>' in page


def test_return_edit_takes_every_kind_of_answer(every_kind, cast, signed_in):
    row, slug = every_kind, "i-people"
    typed = {
        "version": row.version,
        box(row, "percentage"): "45%",
        box(row, "score", "PEOPLE"): "12",
        box(row, "score", "BEFORE"): "3.5",
        box(row, "score", "AFTER"): "10",
        box(row, "yes-no", name="words"): "YES",
    }
    client = signed_in(cast.maidstone_lead)
    page = client.get(address(row, slug)).content.decode()
    client.post(address(row, slug), typed)

    for words in ("People asked", "Average score after", "Signed accounts", "No file yet.", 'aria-hidden="true">%<'):
        assert words in page
    assert [answer(row, "percentage"), answer(row, "yes-no"), answer(row, "score", "AFTER")] == [45, "YES", 10]


def test_return_files_about_a_question_of_the_template(every_kind, cast, signed_in, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    row, client = every_kind, signed_in(cast.maidstone_lead)
    check = client.get(f"/returns/{row.reference}/check/").context["gaps"]
    (url,) = [gap["href"] for gap in check if gap["text"] == "Add a file for “Signed accounts”"]
    page = client.get(url)
    about = page.context["form"].initial["section"]

    client.post(url, {"section": about, "file": SimpleUploadedFile("accounts.pdf", PDF)})

    assert "About: Signed accounts (People)" in client.get(url).content.decode()
    again = client.get(f"/returns/{row.reference}/check/").context["gaps"]
    assert [gap for gap in again if "Signed accounts" in gap["text"]] == []
    assert "accounts.pdf" in client.get(address(row, "i-people")).content.decode()


def over(row, cast):
    """The return filled in, with more spent than was released."""
    lead = {"by": cast.maidstone_lead, "at": monitoring.WRITTEN}
    actions.save_return(monitoring_return=row, **monitoring.whole_answers(row), **lead)
    line = row.spend_lines.order_by("pk").first()
    entries = {ReturnSection.SPEND: {line.pk: {"spent": Decimal(6000)}}}
    actions.save_return(monitoring_return=row, entries=entries, **lead)
    return row


STANDS_OUT = "£6,050 is spent, and £5,000 was released so far"


def test_return_check_asks_why_and_takes_the_reason(row, cast, signed_in):
    client, check = signed_in(cast.maidstone_lead), f"/returns/{over(row, cast).reference}/check/"
    page = client.get(check)
    (warning,) = page.context["warnings"]
    (gap,) = page.context["gaps"]

    assert gap == {"text": f"Say why: {STANDS_OUT}", "href": f"#id_{warning['field'].html_name}"}
    assert f"Why is this right? {STANDS_OUT}" in page.content.decode()
    assert 'action="/returns/' not in page.content.decode()

    told = client.post(check, {warning["field"].html_name: "The van came early."}, follow=True).content.decode()

    assert WarningReason.objects.get().reason == "The van came early."
    assert f'action="/returns/{row.reference}/send/"' in told
    assert "Your reasons were saved." in told


def test_return_check_refuses_a_reason_without_end(row, cast, signed_in):
    client, check = signed_in(cast.maidstone_lead), f"/returns/{over(row, cast).reference}/check/"
    name = client.get(check).context["warnings"][0]["field"].html_name

    page = client.post(check, {name: "x" * 2001})

    assert "Ensure this value has at most 2000 characters" in page.content.decode()
    assert WarningReason.objects.count() == 0


def test_return_check_of_another_organisation_is_not_there(row, cast, signed_in):
    assert signed_in(cast.swale_lead).post(f"/returns/{row.reference}/check/").status_code == 404
    assert signed_in(cast.maidstone_certifier).post(f"/returns/{row.reference}/check/").status_code == 403


def test_return_show_gives_the_officer_figures_and_reasons(row, cast, signed_in):
    monitoring.explain(over(row, cast), by=cast.maidstone_lead, reason="The van came early.")
    lead = {"by": cast.maidstone_lead, "at": monitoring.SUBMITTED}
    actions.send_for_certification(monitoring_return=row, **lead)
    certified = signed_in(cast.maidstone_certifier).get(f"/returns/{row.reference}/certify/").content.decode()
    actions.certify_return(monitoring_return=row, by=cast.maidstone_certifier, at=monitoring.SUBMITTED)
    actions.submit_return(monitoring_return=row, **lead)

    for page in (certified, *(signed_in(cast.officer).get(url).content.decode() for url in (
        f"/returns/{row.reference}/", f"/returns/{row.reference}/review/", f"/returns/{row.reference}/versions/1/"
    ))):  # fmt: skip
        for words in (STANDS_OUT, "The van came early.", "People and activity", "Under 10"):
            assert words in page


def test_return_version_names_a_figure_that_was_corrected(world, cast, signed_in):
    row = world.row("QUERIED")
    lead = {"by": cast.maidstone_lead, "at": monitoring.QUERIED}
    people = row.indicator_values.get(indicator__key="sessions")
    actions.save_return(
        monitoring_return=row, entries={ReturnSection.INDICATORS: {people.pk: {"number": Decimal(14)}}}, **lead
    )

    page = signed_in(cast.maidstone_lead).get(f"/returns/{row.reference}/answer/")

    assert [(line["label"], line["before"], line["after"]) for line in page.context["changes"]] == [
        ("People and activity: Sessions held", "12", "14")
    ]
    assert page.context["certifies"] is True


@pytest.mark.parametrize(("slug", "queries"), [("i-people", 13), ("spend", 13), ("overall", 13)])
def test_return_edit_keeps_to_its_queries(row, cast, signed_in, slug, queries, django_assert_num_queries):
    client = signed_in(cast.maidstone_lead)

    with django_assert_num_queries(queries):
        client.get(address(row, slug))


@pytest.mark.parametrize("projects", [1, 3])
def test_return_pages_cost_the_same_for_any_number_of_projects(
    world, cast, signed_in, projects, django_assert_num_queries
):
    award = monitoring.live_award(cast, world.plan, amounts=(Decimal(8000),) * projects)
    row, client = monitoring.opened(award), signed_in(cast.maidstone_lead)

    for page, queries in ((address(row, "spend"), 13), (f"/returns/{row.reference}/check/", 16)):
        with django_assert_num_queries(queries):
            client.get(page)
    assert row.spend_lines.count() == 2 * projects
