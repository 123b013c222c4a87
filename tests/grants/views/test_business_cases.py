"""Views of business cases: walked by real requests."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from grants.models import BusinessCase
from tests.make import accounts, cases, plans

pytestmark = pytest.mark.django_db
NOW = timezone.now


def signed_in(person):
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def cast():
    return accounts.cast()


@pytest.fixture
def plan(cast):
    return plans.plan(cast)


@pytest.fixture
def open_round(cast, plan):
    """A round whose windows are open today, whatever today is."""
    return cases.round_today(cast, plan, at=NOW())


def test_every_page_answers(cast, open_round):
    case = cases.business_case(cast, open_round, status="DRAFT", at=NOW())
    lead, officer = signed_in(cast.maidstone_lead), signed_in(cast.officer)
    ref = case.reference
    for name in [
        "business_case_show",
        "business_case_overview",
        "project_new",
        "business_case_check",
        "business_case_withdraw",
    ]:
        assert lead.get(reverse(f"grants:{name}", args=[ref])).status_code == 200, name
    for slug in ["about", "need", "outcomes", "outputs", "budget", "priorities", "areas"]:
        assert lead.get(reverse("grants:project_section", args=[ref, 1, slug])).status_code == 200, slug
    assert lead.get(reverse("grants:project_remove", args=[ref, 1])).status_code == 200
    answer = lead.post(reverse("grants:business_case_submit", args=[ref]), {"agrees": "on"}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/cases/{ref}/submitted/"
    assert "Business case sent" in answer.content.decode()
    for name in ["business_case_show", "business_case_return", "business_case_withdraw"]:
        assert officer.get(reverse(f"grants:{name}", args=[ref])).status_code == 200, name
    assert officer.get("/cases/").status_code == 200
    assert officer.get(f"/cases/{ref}/submissions/1/").status_code == 200
    rref = open_round.reference
    for path in ["/rounds/", f"/rounds/{rref}/", f"/rounds/{rref}/questions/"]:
        assert officer.get(path).status_code == 200, path
        assert lead.get(path).status_code == 200, path
    for path in [
        "/rounds/new/",
        f"/rounds/{rref}/preview/",
        f"/rounds/{rref}/deadline/",
        f"/rounds/{rref}/late/",
        f"/rounds/{rref}/allocations/csp-swale/cut/",
        f"/rounds/{rref}/allocations/csp-swale/exception/",
    ]:
        assert officer.get(path).status_code == 200, path
    draft = cases.round_(cast, _plan(open_round), status="DRAFT")
    for tail in ["", "edit/", "copy/", "allocations/add/", "allocations/csp-swale/", "preview/"]:
        assert officer.get(f"/rounds/{draft.reference}/{tail}").status_code == 200, tail
    assert lead.get(f"/rounds/{rref}/start/tactical/").status_code == 200


def _plan(round_):
    from types import SimpleNamespace

    return SimpleNamespace(csps=round_.stream, csp_rules=round_.rule_set, own=round_.funding_source)
