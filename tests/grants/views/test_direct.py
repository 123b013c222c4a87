"""Pages of direct awards and of claims: what each person reads, few queries, rows added without scripts."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grants.models import Claim, DirectAward, Instalment
from tests.kept import kept
from tests.make import direct_awards as make

pytestmark = pytest.mark.django_db
IN_ARREARS = [{"number": 1, "share_percent": 100, "condition": "RECEIPTS_ACCEPTED", "due_when": "ON_RECEIPTS"}]


@pytest.fixture(scope="module")
def kept_world(django_db_setup, django_db_blocker):
    """One award paid on receipts, live, and a proposal that waits."""
    with kept(django_db_blocker):
        here = make.world(IN_ARREARS)
        here.award = make.live_award(here)
        here.waiting = make.sent(here, title="Waiting")
        yield here


def asked(client, user, path):
    """(the answer, how many queries it took) of a page."""
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get(path)
    with CaptureQueriesContext(connection) as counted:
        answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode(), len(counted)


def posted(client, user, path, data):
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.post(path, data, follow=True)


@pytest.mark.parametrize("more", [0, 2])
def test_direct_award_list_asks_the_same_of_two_and_of_four_rows(client, world, more):
    for _ in range(more):
        make.proposal(world)

    page, count = asked(client, world.officer, "/direct-awards/")
    assert (count, page.count("/direct-awards/DA-2020-")) == (6, 2 + more)


@pytest.mark.parametrize("more", [0, 2])
def test_direct_award_show_asks_the_same_of_one_source_and_of_three(client, world, more):
    first = make.YEARS[0]
    money = [(world.long, *first, "100") for _ in range(1 + more)]
    proposal = make.proposal(world, money)

    _, count = asked(client, world.officer, proposal.get_absolute_url())
    assert count == 12


def test_direct_award_show_warns_of_the_limit_the_decider_lets_it_pass(client, world):
    page, _ = asked(client, world.pcc, world.waiting.get_absolute_url())
    assert "over the limit" not in page
    rules = make.rule_set(world, key="limited", name="Limited")
    rules.limits.create(on="CASE_TOTAL", amount=Decimal("10000"), severity="NEEDS_EXCEPTION")
    page, _ = asked(client, world.pcc, make.sent(world, rule_set=rules).get_absolute_url())
    assert "This award is £2,000 over the limit of £10,000 (total of a business case)." in page


def test_direct_award_edit_adds_and_removes_rows_without_scripts(client, world):
    rows = {
        "money-TOTAL_FORMS": "2", "money-INITIAL_FORMS": "0",
        "money-0-source": "long", "money-0-amount": "1", "money-1-source": "short", "money-1-amount": "2",
    }  # fmt: skip
    more = posted(client, world.officer, "/direct-awards/new/", {**rows, "add": "1"}).content.decode()
    less = posted(client, world.officer, "/direct-awards/new/", {**rows, "remove": "0"}).content.decode()

    assert (more.count("Sum it pays"), less.count("Sum it pays")) == (3, 1)
    assert 'name="money-0-amount" value="2"' in less.replace("  ", " ")
    assert DirectAward.objects.filter(title="").count() == 0


def test_claim_new_sends_receipts_and_the_award_shows_the_claim(client, world):
    path = f"{world.award.get_absolute_url()}instalments/1/claim/"
    data = {
        "amount": "250.50", "covers_from": "2020-04-01", "covers_to": "2020-06-30", "description": "Mentors",
        "receipts": [SimpleUploadedFile(name, b"Paid", content_type="text/plain") for name in ("a.txt", "b.txt")],
    }  # fmt: skip
    page = posted(client, world.yot_lead, path, data).content.decode()

    claim = Claim.objects.get()
    assert (claim.amount, "a.txt" in page, "b.txt" in page) == (Decimal("250.50"), True, True)
    award, _ = asked(client, world.yot_lead, world.award.get_absolute_url())
    assert (f"claims/{claim.reference}/" in award, "instalments/1/claim/" in award) == (True, False)


def test_claim_answer_in_part_needs_its_reason(client, world):
    claim = Claim.objects.create(
        reference="CL-2020-777", award=world.award, instalment=Instalment.objects.get(award=world.award),
        covers_from=make.FIRST, covers_to=make.FIRST, amount=Decimal(100), description="x",
        submitted_at=make.ACCEPTED_AT, submitted_by=world.yot_lead,
    )  # fmt: skip
    path = f"{claim.get_absolute_url()}answer/"

    page = posted(client, world.officer, path, {"choice": "accept", "amount": "40"}).content.decode()
    assert "Say why less is accepted than was claimed; the recipient is told." in page
    page = posted(client, world.officer, path, {"choice": "accept", "amount": "40", "answer": "No receipt"})
    assert "£40 of £100" in page.content.decode().replace("<strong>", "").replace("</strong>", "")
