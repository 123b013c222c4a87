"""Certifying, submitting and waiving through the pages."""

import pytest

from tests.make import monitoring

pytestmark = pytest.mark.django_db


def test_return_send_moves_to_the_certifier(world, cast, signed_in):
    row = monitoring.fill_in(world.row("OPEN"), by=cast.maidstone_lead)

    answer = signed_in(cast.maidstone_contributor).post(f"/returns/{row.reference}/send/", follow=True)

    assert world.row("OPEN").status == "CERTIFYING"
    assert "Sent for certification. The certifier has been told by mail." in answer.content.decode()


def test_return_certify_needs_the_declaration(world, cast, signed_in):
    row = world.row("CERTIFYING")

    page = signed_in(cast.maidstone_certifier).post(f"/returns/{row.reference}/certify/").content.decode()

    assert page.count("Tick the box to sign the declaration, or decline with a reason") == 2
    assert world.row("CERTIFYING").status == "CERTIFYING"


def test_return_certify_signs(world, cast, signed_in):
    row = world.row("CERTIFYING")

    signed_in(cast.maidstone_certifier).post(f"/returns/{row.reference}/certify/", {"declaration": "on"})

    assert (world.row("CERTIFYING").status, world.row("CERTIFYING").certified_by) == (
        "CERTIFIED",
        cast.maidstone_certifier,
    )


@pytest.mark.parametrize(
    ("status", "who", "verb", "after"),
    [
        ("CERTIFYING", "maidstone_certifier", "decline", "OPEN"),
        ("CERTIFIED", "maidstone_lead", "take-back", "OPEN"),
        ("OPEN", "officer", "waive", "WAIVED"),
    ],
)
def test_return_moves_back_only_with_a_reason(world, cast, signed_in, status, who, verb, after):
    row = world.row(status)
    client = signed_in(getattr(cast, who))
    address = f"/returns/{row.reference}/{verb}/"

    empty = client.post(address, {"reason": ""})
    assert empty.content.decode().count("Enter the reason") == 2
    assert world.row(status).status == status

    assert client.post(address, {"reason": "It must be so."}).headers["Location"] == f"/returns/{row.reference}/"
    assert world.row(status).status == after


def test_return_submit_confirms_with_reference_and_receipt(world, cast, signed_in):
    row = world.row("CERTIFIED")

    page = signed_in(cast.maidstone_lead).post(f"/returns/{row.reference}/submit/", follow=True).content.decode()

    assert world.row("CERTIFIED").status == "SUBMITTED"
    assert "Return submitted" in page
    assert row.reference in page
    assert "Read or print the receipt" in page


def test_return_submit_twice_says_why_not(world, cast, signed_in):
    row = world.row("SUBMITTED")

    page = signed_in(cast.maidstone_lead).post(f"/returns/{row.reference}/submit/", follow=True).content.decode()

    assert "This return was submitted." in page
    assert row.versions.count() == 1


@pytest.mark.parametrize(
    ("who", "verb", "status"),
    [
        ("swale_lead", "submit", 404),
        ("maidstone_contributor", "submit", 403),
        ("swale_certifier", "certify", 404),
        ("maidstone_lead", "certify", 403),
        ("maidstone_lead", "waive", 403),
        ("finance", "waive", 403),
    ],
)
def test_return_doors_of_sending(world, cast, signed_in, who, verb, status):
    row = world.row("CERTIFIED")

    assert signed_in(getattr(cast, who)).post(f"/returns/{row.reference}/{verb}/").status_code == status
