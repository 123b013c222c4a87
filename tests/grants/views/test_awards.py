"""Awards on screen: the list, one award, the offer, the terms and their acceptance."""

import pytest
from django.urls import reverse

from grants.enums import AwardStatus
from grants.models import Award
from tests.make import awards as make

pytestmark = pytest.mark.django_db


def page(client, user, name, *args, **data):
    client.force_login(user)
    address = reverse(f"grants:{name}", args=args)
    return client.post(address, data, follow=True) if data else client.get(address)


@pytest.mark.parametrize("rows", [1, 3])
def test_award_list_reads_the_same_number_of_queries(client, world, rows, django_assert_num_queries):
    for number in range(rows):
        make.recorded_award(world, number)
    client.force_login(world.auditor)

    with django_assert_num_queries(7):
        response = client.get(reverse("grants:award_list"))

    assert response.context["count"] == rows


def test_award_list_adds_lines_and_releases_to_the_penny(client, world):
    make.released_award(world, ("1000.01", "500"))

    response = page(client, world.auditor, "award_list")

    award = response.context["page_obj"][0]
    assert (str(award.awarded), str(award.released)) == ("1500.01", "750.01")
    assert "£1,500.01" in response.text


def test_award_list_shows_an_unknown_sum_as_not_published(client, world):
    make.recorded_award(world, 1, amount=None)

    assert "not published" in page(client, world.auditor, "award_list").text


def test_award_list_of_a_partner_holds_only_its_own_offers(client, world):
    make.made_award(world)
    assert page(client, world.maidstone_lead, "award_list").context["count"] == 0

    make.offered_award(world, organisation=world.swale)
    assert page(client, world.maidstone_lead, "award_list").context["count"] == 0
    assert page(client, world.swale_lead, "award_list").context["count"] == 1


def test_award_list_filters_and_downloads(client, world):
    make.live_award(world)
    make.recorded_award(world, 1)
    client.force_login(world.auditor)
    address = reverse("grants:award_list")

    live = client.get(address, {"status": "LIVE"})
    words = client.get(address, {"words": "maidstone"})
    rows = client.get(address, {"format": "csv"}).content.decode("utf-8-sig").splitlines()

    assert [row.status for row in live.context["page_obj"]] == ["LIVE"]
    assert [row.status for row in words.context["page_obj"]] == ["LIVE"]
    assert len(rows) == 3


def test_award_show_has_everything_on_one_page(client, world):
    award = make.paid_award(world, ("10000",))

    response = page(client, world.finance, "award_show", award.reference)

    for words in (
        "Instalment 1: £5,000",
        "Sig Natory, Head of community safety",
        "Waits for this condition: satisfactory mid-year return.",
        "BACS 1",
        "Mid-year return",
        "Award letter",
        "Own budget",
    ):
        assert words in response.text, words
    assert response.context["sums"].paid == 5000


def test_award_show_is_hidden_from_strangers_and_until_it_is_offered(client, world):
    award = make.made_award(world)

    assert page(client, world.maidstone_lead, "award_show", award.reference).status_code == 404
    assert page(client, world.swale_lead, "award_show", award.reference).status_code == 404
    assert page(client, world.reader, "award_show", award.reference).status_code == 200


def test_award_offer_tells_and_moves_on(client, world):
    award = make.made_award(world)

    response = page(client, world.officer, "award_offer", award.reference, go="1")
    again = page(client, world.officer, "award_offer", award.reference, go="1")

    assert "is offered. The recipient and the payee have been told." in response.text
    assert "This award has already been offered." in again.text
    assert page(client, world.pcc, "award_offer", award.reference, go="1").status_code == 403


def test_award_accept_shows_the_numbered_terms_then_accepts(client, world):
    award = make.offered_award(world)

    shown = page(client, world.maidstone_signatory, "award_accept", award.reference)
    empty = page(client, world.maidstone_signatory, "award_accept", award.reference, position="")
    done = page(client, world.maidstone_signatory, "award_accept", award.reference, position="Head", agrees="on")

    award = Award.objects.get(pk=award.pk)
    assert "Spend only as approved." in shown.text
    assert set(empty.context["form"].errors) == {"position", "agrees"}
    assert "The terms are accepted and the award is live." in done.text
    assert (award.status, award.acceptance.position) == (AwardStatus.LIVE, "Head")


def test_award_accept_is_for_the_payees_signatory_alone(client, world):
    award = make.offered_award(world)

    assert page(client, world.maidstone_lead, "award_accept", award.reference).status_code == 403
    assert page(client, world.officer, "award_accept", award.reference).status_code == 403
    assert page(client, world.swale_signatory, "award_accept", award.reference).status_code == 404


def test_award_decline_needs_a_reason(client, world):
    award = make.offered_award(world)

    empty = page(client, world.maidstone_signatory, "award_decline", award.reference, reason="")
    page(client, world.maidstone_signatory, "award_decline", award.reference, reason="We cannot deliver it")

    assert "reason" in empty.context["form"].errors
    assert Award.objects.get(pk=award.pk).status == AwardStatus.DECLINED


@pytest.mark.parametrize(
    ("name", "make_award", "to"),
    [
        ("award_lapse", make.offered_award, AwardStatus.LAPSED),
        ("award_suspend", make.live_award, AwardStatus.SUSPENDED),
        ("award_end_early", make.live_award, AwardStatus.TERMINATED),
    ],
)
def test_award_ends_with_a_reason(client, world, name, make_award, to):
    award = make_award(world)

    page(client, world.officer, name, award.reference, reason="Agreed")

    assert Award.objects.get(pk=award.pk).status == to


def test_award_resume_lifts_a_suspension(client, world):
    award = make.live_award(world)
    page(client, world.officer, "award_suspend", award.reference, reason="A concern")

    page(client, world.officer, "award_resume", award.reference, reason="Settled")

    assert Award.objects.get(pk=award.pk).status == AwardStatus.LIVE


def test_award_close_says_what_is_still_open(client, world):
    award = make.live_award(world)

    response = page(client, world.officer, "award_close", award.reference, go="1")

    assert "Some instalments are neither paid nor cancelled." in response.text
