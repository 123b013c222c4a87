"""The pages on which a case is written: rows without scripts, two editors, the autosave (X6)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from grants.actions.business_cases import submit_business_case
from grants.enums import CaseSection, CaseStatus
from grants.models import BusinessCase, Project
from grants.rules.business_cases import why_not_submit
from records.models import Document
from tests.make import accounts, cases, plans

pytestmark = pytest.mark.django_db


def signed_in(person):
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def cast():
    return accounts.cast()


@pytest.fixture
def case(cast):
    open_round = cases.round_today(cast, plans.plan(cast), at=timezone.now())
    return cases.business_case(cast, open_round, status=CaseStatus.DRAFT, at=timezone.now())


def text(answer):
    return " ".join(answer.content.decode().split())


def url(case, slug):
    return f"/cases/{case.reference}/projects/1/{slug}/"


def marks(client, address):
    """The version and revision that the page sends back."""
    context = client.get(address).context
    return {"version": context["version"], "revision": context["revision"]}


def rows(name, *given):
    """Posted rows of a formset."""
    posted = {f"{name}-TOTAL_FORMS": str(len(given)), f"{name}-INITIAL_FORMS": "0"}
    for number, row in enumerate(given):
        posted.update({f"{name}-{number}-{field}": value for field, value in row.items()})
    return posted


OUTCOME = {
    "outcome": "Fewer thefts",
    "measure": "Recorded thefts",
    "unit": "thefts",
    "direction": "DOWN",
    "baseline": "1,200",
    "target": "1,000",
}
PAGES = {
    "about": ({"title": "New", "description": "What", "starts_on": "2020-04-01", "ends_on": "2021-03-31"}, "ends_on"),
    "need": ({"need": "N", "evidence": "E", "evidence_strength": "STRONG", "evidence_source": "S"}, "need"),
    "outcomes": (rows("outcomes", OUTCOME), "outcomes"),
    "outputs": (
        rows("outputs", {"output": "Talks", "target": "12", "unit": ""}) | {"no_outputs_reason": ""},
        "outputs",
    ),
    "budget": (rows("budget_lines", {"heading": "Hall", "amount": "£1,250.50"}), "budget_lines"),
    "priorities": ({"priorities": ["asb"], "no_priority_reason": ""}, "priorities"),
    "areas": (rows("partners", {"name": "Council", "part": "Lends staff"}) | {"areas": "North\n South \n\n"}, "areas"),
}


@pytest.mark.parametrize("slug", PAGES)
def test_project_section_shows_and_saves(cast, case, slug):
    client = signed_in(cast.maidstone_contributor)
    answers, _ = PAGES[slug]
    answer = client.post(url(case, slug), {**marks(client, url(case, slug)), **answers}, follow=True)

    assert answer.redirect_chain == [(f"/cases/{case.reference}/", 302)]
    assert "saved" in text(answer)
    project = Project.objects.get()
    found = {
        "about": (project.title, str(project.ends_on)),
        "need": (project.need, project.evidence_strength),
        "outcomes": list(project.outcomes.values_list("outcome", "baseline", "target")),
        "outputs": list(project.outputs.values_list("output", "target")),
        "budget": list(project.budget_lines.values_list("heading", "amount")),
        "priorities": list(project.priorities.values_list("key", flat=True)),
        "areas": (project.areas, list(project.partners.values_list("name", "part"))),
    }
    assert (
        found[slug]
        == {
            "about": ("New", "2021-03-31"),
            "need": ("N", "STRONG"),
            "outcomes": [("Fewer thefts", 1200, 1000)],
            "outputs": [("Talks", 12)],
            "budget": [("Hall", 1250.5)],
            "priorities": ["asb"],
            "areas": (["North", "South"], [("Council", "Lends staff")]),
        }[slug]
    )


def test_project_section_goes_on_to_the_next_one(cast, case):
    client = signed_in(cast.maidstone_lead)
    answer = client.post(url(case, "need"), {**marks(client, url(case, "need")), **PAGES["need"][0], "next": "1"})
    assert answer["Location"] == url(case, "outcomes")


def test_project_section_adds_a_row_and_loses_nothing(cast, case):
    client = signed_in(cast.maidstone_lead)
    typed = rows("outcomes", {**OUTCOME, "target": "not a number"}, {"outcome": "Half written"})
    answer = client.post(url(case, "outcomes"), {**marks(client, url(case, "outcomes")), **typed, "add": "1"})
    page = text(answer)

    assert page.count("<fieldset") == 3
    assert 'value="not a number"' in page
    assert 'value="Half written"' in page
    assert "There is a problem" not in page
    assert Project.objects.get().outcomes.get().outcome == "Fewer assaults at night"


def test_project_section_removes_the_row_asked_for(cast, case):
    client = signed_in(cast.maidstone_lead)
    typed = rows("budget_lines", {"heading": "One", "amount": "1"}, {"heading": "Two", "amount": "2"})
    page = text(client.post(url(case, "budget"), {**marks(client, url(case, "budget")), **typed, "remove": "0"}))

    assert 'value="One"' not in page
    assert 'value="Two"' in page
    assert page.count("<fieldset") == 1


def test_project_section_leaves_empty_rows_out(cast, case):
    client = signed_in(cast.maidstone_lead)
    typed = rows("budget_lines", {"heading": "", "amount": ""}, {"heading": "Two", "amount": "2"})
    client.post(url(case, "budget"), {**marks(client, url(case, "budget")), **typed})
    assert list(Project.objects.get().budget_lines.values_list("number", "heading")) == [(1, "Two")]


@pytest.mark.parametrize(
    "slug, typed, message",
    [
        ("budget", rows("budget_lines", {"heading": "Hall", "amount": ""}), "Enter the amount"),
        ("budget", rows("budget_lines", {"heading": "Hall", "amount": "lots"}), "Enter an amount in pounds"),
        ("outcomes", rows("outcomes", {**OUTCOME, "target": "many"}), "Enter a number, like 12 or 1,250"),
        ("about", {"title": "", "starts_on_day": "31", "starts_on_month": "2", "starts_on_year": "2020"}, "real date"),
        ("about", {"title": "T", "starts_on": "2021-01-01", "ends_on": "2020-01-01"}, "on or after the start date"),
        ("areas", {**rows("partners"), "areas": "x" * 81}, "in 80 characters or fewer"),
    ],
)
def test_project_section_shows_each_error_at_the_field_and_in_the_summary(cast, case, slug, typed, message):
    client = signed_in(cast.maidstone_lead)
    answer = client.post(url(case, slug), {**marks(client, url(case, slug)), **typed})
    page = text(answer)

    assert page.count(message) == 2
    assert "There is a problem" in page
    assert "<title>Error: " in page
    for name, value in typed.items():
        assert value in page or name.endswith("_on")


def test_project_section_of_a_case_that_was_sent_in(cast, case):
    BusinessCase.objects.filter(pk=case.pk).update(status="WITHDRAWN")
    answer = signed_in(cast.maidstone_lead).get(url(case, "need"), follow=True)
    assert "This business case is withdrawn, so it cannot be changed now." in text(answer)


def test_project_section_there_is_no_such_one(cast, case):
    assert signed_in(cast.maidstone_lead).get(url(case, "nonsense")).status_code == 404


def test_two_editors_of_one_section_see_both_versions_and_choose(cast, case):
    one, two = signed_in(cast.maidstone_lead), signed_in(cast.maidstone_contributor)
    address = url(case, "need")
    first, second = marks(one, address), marks(two, address)
    typed = {"evidence": "E", "evidence_strength": "GOOD", "evidence_source": ""}
    one.post(address, {**first, **typed, "need": "Theirs"})
    answer = two.post(address, {**second, **typed, "need": "Mine"})
    page = text(answer)

    assert answer.status_code == 409
    assert "Somebody else has saved this section" in page
    assert "Lee Lead saved this business case on" in page
    assert "Theirs" in page
    assert "Mine" in page
    assert Project.objects.get().need == "Theirs"

    hidden = dict(answer.context["fields"])
    again = {**hidden, "version": answer.context["version"], "revision": answer.context["revision"]}
    edited = text(two.post(address, {**again, "edit": "1"}))
    assert "Mine</textarea>" in edited
    two.post(address, again)
    assert Project.objects.get().need == "Mine"


def test_two_editors_of_different_sections_do_not_meet(cast, case):
    one, two = signed_in(cast.maidstone_lead), signed_in(cast.maidstone_contributor)
    need, budget = marks(one, url(case, "need")), marks(two, url(case, "budget"))
    one.post(url(case, "need"), {**need, **PAGES["need"][0]})
    answer = two.post(url(case, "budget"), {**budget, **PAGES["budget"][0]})

    assert answer.status_code == 302
    project = Project.objects.get()
    assert (project.need, project.budget_lines.get().heading) == ("N", "Hall")


def test_autosave_saves_and_gives_the_new_marks(cast, case):
    client = signed_in(cast.maidstone_contributor)
    address = url(case, "need")
    given = {**marks(client, address), **PAGES["need"][0]}
    answer = client.post(f"{address}autosave", given, headers={"X-Autosave": "1"})

    assert answer.status_code == 200
    told = answer.json()
    assert set(told) == {"saved_at", "version", "revision"}
    assert {"version": told["version"], "revision": told["revision"]} == marks(client, address)
    assert Project.objects.get().need == "N"
    again = {**PAGES["need"][0], "version": told["version"], "revision": told["revision"], "need": "More"}
    assert client.post(f"{address}autosave", again).status_code == 200
    assert client.post(f"{address}autosave", {**given, "need": "Old"}).status_code == 409
    assert Project.objects.get().need == "More"


def test_autosave_keeps_nothing_that_is_half_written(cast, case):
    client = signed_in(cast.maidstone_contributor)
    address = url(case, "budget")
    typed = rows("budget_lines", {"heading": "Hall", "amount": "1 fortune"})
    answer = client.post(f"{address}autosave", {**marks(client, address), **typed})

    assert answer.status_code == 422
    assert Project.objects.get().budget_lines.count() == 2


def test_autosave_of_the_overview(cast, case):
    client = signed_in(cast.maidstone_lead)
    address = f"/cases/{case.reference}/overview/"
    answer = client.post(f"{address}autosave", {**marks(client, address), "title": "T", "summary": "S"})
    case.refresh_from_db()
    assert (answer.status_code, case.title, case.summary) == (200, "T", "S")


def test_project_section_takes_a_reply_to_the_office(cast, case):
    submit_business_case(case=case, by=cast.maidstone_lead, at=timezone.now())
    cases.returned(case, by=cast.officer, at=timezone.now())
    client = signed_in(cast.maidstone_lead)
    page = client.get(url(case, "outcomes"))
    assert "Say how assaults are counted." in text(page)
    request = case.change_requests.get()
    stored = rows("outcomes", {**OUTCOME})
    client.post(
        url(case, "outcomes"), {**marks(client, url(case, "outcomes")), **stored, f"reply-{request.pk}": "Done."}
    )

    request.refresh_from_db()
    assert request.reply == "Done."
    assert "Say how" not in text(client.get(url(case, "need")))


def test_project_new_and_remove(cast, case):
    client = signed_in(cast.maidstone_contributor)
    answer = client.post(f"/cases/{case.reference}/projects/new/", {"title": "Second"})
    assert answer["Location"] == f"/cases/{case.reference}/projects/2/about/"
    client.post(f"/cases/{case.reference}/projects/1/remove/")
    assert list(case.projects.values_list("number", "title")) == [(2, "Second")]


def test_project_section_takes_a_file_shows_it_and_takes_it_off(cast, case, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = signed_in(cast.maidstone_contributor)
    address = url(case, "need")
    upload = SimpleUploadedFile("Assessment.csv", b"area,assaults\nNorth,12\n")
    client.post(address, {**marks(client, address), **PAGES["need"][0], "file": upload})
    document = Document.objects.get()
    assert (document.name, document.subject_type) == ("Assessment.csv", "grants.Project")
    assert "Assessment.csv" in text(client.get(f"/cases/{case.reference}/check/"))
    assert client.get(f"/documents/{document.pk}/").status_code == 200
    assert signed_in(cast.swale_lead).get(f"/documents/{document.pk}/").status_code == 404

    typed = {**marks(client, address), **PAGES["need"][0], "need": "Half typed"}
    page = client.post(address, {**typed, "remove-document": document.pk})
    assert "Half typed" in text(page)
    assert "Assessment.csv" not in text(page)
    again = {"version": page.context["version"], "revision": page.context["revision"]}
    assert client.post(address, {**typed, **again}).status_code == 302


def test_project_section_refuses_a_file_that_is_not_what_it_says(cast, case):
    client = signed_in(cast.maidstone_contributor)
    address = url(case, "need")
    upload = SimpleUploadedFile("Assessment.pdf", b"not a pdf")
    page = text(client.post(address, {**marks(client, address), **PAGES["need"][0], "file": upload}))
    assert page.count("The selected file is not a real PDF file.") == 2
    assert "N</textarea>" in page
    assert Document.objects.count() == 0


def test_a_file_answers_a_request_for_more_evidence(cast, case, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    lead, now = cast.maidstone_lead, timezone.now()
    submit_business_case(case=case, by=lead, at=now)
    cases.returned(case, by=cast.officer, at=now, section=CaseSection.NEED, asked="Send the figures.")
    assert "The office asked for changes" in why_not_submit(case, user=lead, on=now.date())
    client = signed_in(lead)
    address = url(case, "need")
    stored = {name: cases.NEED[name] for name in cases.NEED}
    upload = SimpleUploadedFile("Figures.csv", b"area,assaults\nNorth,12\n")
    client.post(address, {**marks(client, address), **stored, "file": upload})
    assert why_not_submit(case, user=lead, on=now.date()) == ""
