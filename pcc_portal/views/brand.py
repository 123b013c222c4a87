"""The office's colours, served as a style sheet so that no page needs a style of its own."""

import hashlib
import re

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from pcc_portal.context import portal

BRAND, ACCENT = "#16233f", "#d9a441"
WHITE, INK = "#ffffff", "#0b0c0c"


def channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def six_digits(colour, otherwise: str) -> str:
    """A colour as #rrggbb; anything else gives the house's own, so that data can never write style."""
    colour = str(colour or "").strip().lower()
    if re.fullmatch(r"#[0-9a-f]{3}", colour):
        return "#" + "".join(digit * 2 for digit in colour[1:])
    return colour if re.fullmatch(r"#[0-9a-f]{6}", colour) else otherwise


def luminance(colour: str) -> float:
    def linear(channel):
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(channel) for channel in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable_on(colour: str) -> str:
    return WHITE if contrast(colour, WHITE) >= contrast(colour, INK) else INK


def palette(brand, accent) -> dict[str, str]:
    """The custom properties the style sheet reads; text colours are chosen for contrast, never taken from data."""
    brand, accent = six_digits(brand, BRAND), six_digits(accent, ACCENT)
    red, green, blue = channels(brand)
    text = readable_on(brand)
    link = brand if contrast(brand, WHITE) >= 7 else "#1a4480"
    return {
        "--portal-brand": brand,
        "--portal-brand-text": text,
        "--portal-accent": accent,
        "--portal-on-brand-accent": accent if contrast(accent, brand) >= 3 else text,
        "--portal-heading": brand if contrast(brand, WHITE) >= 7 else INK,
        "--portal-active": link,
        "--portal-tint": f"rgb({red} {green} {blue} / 5%)",
    }


@login_not_required
@require_safe
@cache_control(public=True, max_age=300)
@condition(
    etag_func=lambda request: '"' + "".join(colours_of(request).values()).replace(" ", "").replace("#", "") + '"'
)
def brand_css(request):
    """/brand.css."""
    rules = "".join(f"{name}:{value};" for name, value in colours_of(request).items())
    return HttpResponse(f":root{{{rules}}}\n", content_type="text/css; charset=utf-8")


def sum_of_colours(request) -> str:
    return hashlib.sha256(repr(colours_of(request)).encode()).hexdigest()[:16]


def colours_of(request) -> dict[str, str]:
    frame = portal(request)["portal"]
    return palette(frame.brand_colour, frame.accent_colour)
