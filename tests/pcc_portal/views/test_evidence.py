"""Pages of the evidence of an extension decision, and of the advice given on it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pcc_portal.models import EvidencePack
from records.models import Paper
from services.enums import ExtensionStatus
from services.models import ContractPayment, ContractValue, ExtensionCase
from tests.make import evidence, extensions
from tests.pcc_portal.dossiers.reading import Page, sum_in

pytestmark = pytest.mark.django_db
QUERIES = {"evidence/": 34, "advise/": 33}
POSTED = {
    "recommended": "OFFER_SHORTER",
    "months": "6",
    "lapse_effect": "Nobody would support them.",
    "advice": "Half a year is enough.",
}


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """A decision with all its evidence, made once for this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield evidence.decision_world()
        transaction.set_rollback(True)


@pytest.fixture
def paths(made):
    start = f"/contracts/{made.contract.reference}/extensions/{made.case.number}/"
    return {name: f"{start}{name}" for name in ("evidence/", "evidence.pdf", "advise/")}


def signed_in(made, name="officer"):
    client = Client()
    client.force_login(getattr(made.cast, name), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_evidence_show_is_live_before_advice_and_its_figures_are_those_of_the_rows(made, paths):
    page = Page(signed_in(made, "pcc").get(paths["evidence/"]).content.decode())

    ContractPayment.objects.filter(contract=made.contract, paid_on=None).update(paid_on=date(2021, 5, 28))
    after = Page(signed_in(made, "pcc").get(paths["evidence/"]).content.decode())

    assert sum_in(page.fact("money", "Paid so far")) == Decimal("125000.08")
    assert sum_in(after.fact("money", "Paid so far")) == Decimal("195000.08")
    assert [row[1][1] for row in page.table("kpis", "Seen within five days: higher is better")][-1] == "61%"


def test_evidence_show_offers_advice_to_officers_alone(made, paths):
    assert f'href="{paths["advise/"]}"' in signed_in(made).get(paths["evidence/"]).content.decode()
    assert paths["advise/"] not in signed_in(made, "pcc").get(paths["evidence/"]).content.decode()


def test_extension_advise_shows_the_evidence_beside_the_form_and_freezes_both(made, paths):
    client = signed_in(made)
    page = Page(client.get(paths["advise/"]).content.decode())

    answer = client.post(paths["advise/"], POSTED)

    case = ExtensionCase.objects.get(pk=made.case.pk)
    kept = EvidencePack.objects.get(paper=case.pack)
    assert sum_in(page.fact("money", "Value of the agreed term")) == Decimal("510000.35")
    assert answer.url == paths["evidence/"]
    assert (case.status, case.recommended, case.recommended_months) == (ExtensionStatus.ADVISED, "OFFER_SHORTER", 6)
    assert case.advice == POSTED["advice"]
    assert [section["key"] for section in kept.content["sections"]][-1] == "advice"


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"months": "12"}, "months", "Give a length in months, from 1 to 11."),
        ({"months": ""}, "months", "Give a length in months, from 1 to 11."),
        ({"recommended": ""}, "recommended", "Choose what you recommend"),
        (
            {"recommended": "OUTSIDE"},
            "recommended",
            "Choose one of the outcomes listed",
        ),
        ({"advice": ""}, "advice", "Write the advice"),
        ({"lapse_effect": " "}, "lapse_effect", "Write what it would mean"),
    ],
)
def test_extension_advise_says_what_is_wrong_and_freezes_nothing(made, paths, changes, field, sentence):
    answer = signed_in(made).post(paths["advise/"], {**POSTED, **changes})

    assert answer.status_code == 200
    assert answer.context["form"].errors == {field: [sentence]}
    assert Paper.objects.filter(kind="EVIDENCE_PACK").count() == 0


def test_evidence_show_after_advice_stays_and_says_what_changed(made, paths):
    client = signed_in(made)
    client.post(paths["advise/"], POSTED)
    before = Page(client.get(paths["evidence/"]).content.decode())
    assert "Nothing has changed in the records" in client.get(paths["evidence/"]).content.decode()

    ContractValue.objects.filter(contract=made.contract, amount=None).update(amount=Decimal("265000.40"))
    answer = client.get(paths["evidence/"])

    page = Page(answer.content.decode())
    assert page.sections["money"] == before.sections["money"]
    assert sum_in(page.fact("money", "Value of the agreed term")) == Decimal("510000.35")
    changes = {change.what: (change.was, change.now) for change in answer.context["changes"]}
    assert changes["Value of the agreed term"] == ("At least £510,000.35 (1 not published)", "£775,000.75")
    assert client.get(paths["evidence.pdf"]).url == ExtensionCase.objects.get(pk=made.case.pk).pack.pdf_url
    assert client.get(paths["advise/"]).status_code == 302


def test_evidence_taken_back_is_live_again_and_keeps_the_pack_before(made, paths):
    client = signed_in(made)
    client.post(paths["advise/"], POSTED)
    case = extensions.fresh(made.case)
    first = case.pack
    extensions.actions.take_back(case=case, reason="New figures came", by=made.cast.officer, at=case.advised_at)

    answer = client.get(paths["evidence/"])

    assert answer.context["frozen"] is None
    assert [paper.pk for paper in answer.context["earlier"]] == [first.pk]
    assert "advice" not in Page(answer.content.decode()).sections
    assert client.get(paths["advise/"]).context["form"]["advice"].value() == POSTED["advice"]


def test_the_paper_of_a_pack_is_the_offices_alone(made, paths):
    signed_in(made).post(paths["advise/"], POSTED)
    paper = Paper.objects.get(kind="EVIDENCE_PACK")

    assert signed_in(made, "auditor").get(paper.get_absolute_url()).status_code == 200
    assert signed_in(made, "provider_lead").get(paper.get_absolute_url()).status_code == 404
    assert signed_in(made, "provider_lead").get(paper.pdf_url).status_code == 404


@pytest.mark.pdf
def test_evidence_pdf_before_advice_is_a_draft_that_is_not_kept(made, paths):
    answer = signed_in(made).get(paths["evidence.pdf"])

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert Paper.objects.filter(kind="EVIDENCE_PACK").count() == 0


@pytest.mark.parametrize("page", QUERIES)
def test_evidence_pages_ask_the_same_for_more_rows_of_each_kind(made, paths, page):
    client = signed_in(made)

    def asked():
        with CaptureQueriesContext(connection) as caught:
            client.get(paths[page])
        return len(caught)

    before = asked()
    for number in range(3):
        ContractPayment.objects.create(
            contract=made.contract,
            amount=Decimal("1"),
            covers_from=date(2020, 4, 1),
            covers_to=date(2020, 4, 30),
            invoice=f"N-{number}",
            paid_on=date(2020, 5, 1),
        )
        evidence.add_kpi(made, f"KPI {number}")

    assert (before, asked()) == (QUERIES[page], QUERIES[page])
