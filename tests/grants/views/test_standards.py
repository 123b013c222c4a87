"""Pages of the register of standards and of new terms: who sees what, in how many questions."""

from datetime import UTC, date, datetime

import pytest
from django.test import override_settings
from django.urls import reverse

from grants.models import TermsChange
from plans.actions import standards as plan_actions
from tests.kept import kept
from tests.make import awards as make
from tests.make import standards

pytestmark = pytest.mark.django_db
AT = datetime(2020, 5, 4, 9, 0, tzinfo=UTC)
FAR = date(2099, 3, 31)


@pytest.fixture(scope="module")
def kept_world(django_db_setup, django_db_blocker, tmp_path_factory):
    """The world with one live award that asks for DBS checks, never committed."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files")), kept(django_db_blocker):
        world = make.world()
        standards.ask(world.csp_rules)
        world.award = make.live_award(world)
        yield world


@pytest.fixture
def signed_in(client, settings, tmp_path):
    """Sign somebody in and give the client."""
    settings.SECOND_FACTOR_REQUIRED, settings.MEDIA_ROOT = False, tmp_path

    def sign_in(person):
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


def text_of(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("rows", [1, 3])
def test_standard_list_asks_the_same_for_one_row_and_three(world, signed_in, django_assert_num_queries, rows):
    for organisation, person in [(world.yot, world.yot_lead), (world.swale, world.swale_lead)][: rows - 1]:
        standards.held(organisation, sender=person, checker=world.officer, expires_on=FAR)
    officer = signed_in(world.officer)
    officer.get("/standards/kinds/")

    with django_assert_num_queries(10):
        page = officer.get("/standards/")
    with django_assert_num_queries(8):
        table = officer.get("/standards/?format=csv").content.decode().splitlines()

    assert page.context["count"] == rows
    assert len(table) == rows + 1
    assert f"Maidstone Borough Council,DBS checks,Missing,,,no,{world.award.reference}" in table


def test_standard_list_is_filtered_by_how_it_stands(world, signed_in):
    standards.sent(world.council, by=world.maidstone_lead, expires_on=FAR)
    standards.held(world.yot, sender=world.yot_lead, checker=world.officer, expires_on=FAR)
    officer = signed_in(world.officer)

    def found(query):
        lines = officer.get(f"/standards/?{query}").context["page_obj"].object_list
        return [line.organisation.name for line in lines]

    assert found("state=WAITING") == ["Maidstone Borough Council"]
    assert found("state=HELD") == found("words=youth") == ["Youth Offending Team"]
    assert found("state=EXPIRED") == []
    assert found("state=nonsense") == ["Maidstone Borough Council", "Youth Offending Team"]


def test_standard_show_keeps_notes_and_payee_checks_in_the_office(world, signed_in):
    plan_actions.note_due_diligence(
        organisation=world.council, on=AT.date(), looked_at="Accounts", found="Late twice", is_worry=True,
        by=world.officer, at=AT,
    )  # fmt: skip
    plan_actions.verify_payee(organisation=world.council, on=AT.date(), how="Called back", by=world.finance, at=AT)
    address = reverse("grants:standard_show", args=[world.council.key])

    office = text_of(signed_in(world.reader).get(address))
    partner = text_of(signed_in(world.maidstone_lead).get(address))

    assert "Late twice" in office and "Called back" in office and "A worry" in office
    assert "Late twice" not in partner and "Called back" not in partner
    assert "Send evidence" in partner and "Send evidence" not in office
    assert signed_in(world.swale_lead).get(address).status_code == 404


def test_standard_show_asks_no_more_for_more_evidence(world, signed_in, django_assert_num_queries):
    officer = signed_in(world.officer)
    officer.get("/standards/kinds/")
    for number in (1, 3):
        for _ in range(number):
            standards.held(world.council, sender=world.maidstone_lead, checker=world.officer, expires_on=FAR)
        with django_assert_num_queries(13):
            officer.get(f"/standards/{world.council.key}/")


def test_evidence_is_sent_with_its_file_and_read_by_the_office(world, signed_in):
    address = reverse("plans:standard_send", args=[world.council.key, "dbs"])
    given = {"title": "Register", "expires_on": "2099-03-31"}
    lead = signed_in(world.maidstone_lead)

    without = text_of(lead.post(address, given))
    lead.post(address, {**given, "uploads": standards.file()})

    assert "There is a problem" in without
    held = world.council.standards.get()
    assert (held.title, held.expires_on) == ("Register", FAR)
    shown = text_of(signed_in(world.officer).get(held.get_absolute_url()))
    assert "dbs.csv" in shown and "Check this evidence" in shown


def test_new_terms_are_put_answered_and_shown_with_the_award(world, signed_in):
    terms = standards.next_terms(world.terms, by=world.officer)
    officer = signed_in(world.officer)
    put = {"awards": [world.award.pk], "reason": "Receipts", "answer_by": "2099-03-31"}

    officer.post(reverse("grants:terms_put", args=[terms.key]), put)
    change = TermsChange.objects.get()
    signatory = signed_in(world.maidstone_signatory)
    asked = text_of(signatory.get(change.get_absolute_url() + "answer/"))
    signatory.post(change.get_absolute_url() + "answer/", {"choice": "accept", "position": "Head"})

    assert '<ins class="terms-word">approved, and keep receipts.</ins>' in asked
    page = text_of(signed_in(world.officer).get(world.award.get_absolute_url()))
    assert "New terms since the award was accepted" in page and "Grant terms, version 2" in page
    assert "Sig Natory, Head" in page
