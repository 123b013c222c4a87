"""The office's colours: safe whatever the data says, and readable."""

import pytest

from pcc_portal.views import brand


@pytest.mark.parametrize("colour", ["", None, "red", "#12345", "#16233f;}body{display:none}", "url(x)"])
def test_palette_takes_nothing_but_a_colour(colour):
    assert brand.palette(colour, colour)["--portal-brand"] == brand.BRAND


@pytest.mark.parametrize("colour", ["#1d2b53", "#fff", "#ffdd00", "#00703c", "#7f7f7f"])
def test_palette_is_readable_whatever_the_office_chose(colour):
    chosen = brand.palette(colour, colour)

    assert brand.contrast(chosen["--portal-brand"], chosen["--portal-brand-text"]) >= 4.5
    assert brand.contrast(chosen["--portal-active"], "#f5f7fa") >= 4.5
    assert brand.contrast(chosen["--portal-on-brand-accent"], chosen["--portal-brand"]) >= 3


@pytest.mark.django_db
def test_brand_css_is_public_and_kept(client):
    first = client.get("/brand.css")

    assert first.status_code == 200
    assert first["Content-Type"] == "text/css; charset=utf-8"
    assert "public" in first["Cache-Control"]
    assert client.get("/brand.css", headers={"if-none-match": first["ETag"]}).status_code == 304
