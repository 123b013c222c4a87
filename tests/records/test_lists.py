"""Pages beyond the end, sorting by agreed names only, CSV without live formulas."""

import csv
import io
from decimal import Decimal

import pytest
from django.test import RequestFactory

from accounts.models import User
from records import lists


def asked(**query):
    return RequestFactory().get("/", query)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("1", 1),
        ("3", 3),
        ("4", 4),
        ("5", 4),
        ("999999999999999999999999", 4),
        ("0", 1),
        ("-1", 1),
        ("-99", 1),
        ("rubbish", 1),
        ("1.5", 1),
        ("", 1),
        ("2; DROP TABLE", 1),
        ("٢", 2),
        ("\x00", 1),
    ],
)
def test_paginate_answers_any_page_number(page, expected):
    found = lists.paginate(asked(page=page), list(range(100)))

    assert found.number == expected


def test_paginate_of_nothing_is_one_empty_page():
    found = lists.paginate(asked(page="7"), [])

    assert (found.number, list(found)) == (1, [])


ALLOWED = {"name": "full_name", "both": ["full_name", "-email"]}


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", ("full_name", "pk")),
        ("-name", ("-full_name", "pk")),
        ("both", ("full_name", "-email", "pk")),
        ("-both", ("-full_name", "email", "pk")),
        ("password", ("full_name", "pk")),
        ("-password", ("full_name", "pk")),
        ("full_name", ("full_name", "pk")),
        ("?", ("full_name", "pk")),
        ("", ("full_name", "pk")),
    ],
)
def test_sort_takes_only_agreed_names(sort, expected):
    found = lists.sort(asked(sort=sort), User.objects.all(), ALLOWED, default="name")

    assert found.query.order_by == expected


def test_sort_without_a_default_leaves_the_order_alone():
    found = lists.sort(asked(sort="password"), User.objects.order_by("email"), ALLOWED)

    assert found.query.order_by == ("email",)


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+44 1622 000000",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1+1)",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        " =1+1",
        "\u00a0=1+1",
        "\ufeff=1+1",
        "|cmd",
        "%0A=1",
        "＝1+1",
        '=HYPERLINK("http://x","y")',
    ],
)
def test_csv_response_defuses(cell):
    response = lists.csv_response("rows", ["Cell"], [[cell]])

    text = response.content.decode("utf-8-sig")
    [_, [written]] = list(csv.reader(io.StringIO(text, newline="")))
    assert written == f"'{cell}"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (Decimal("-156.00"), "-156.00"),
        (-3, "-3"),
        (None, ""),
        (True, "yes"),
        ("Safer Maidstone", "Safer Maidstone"),
        ("a=b", "a=b"),
        ('a "quoted", b', 'a "quoted", b'),
        ("", ""),
    ],
)
def test_csv_response_leaves_the_harmless_alone(cell, expected):
    response = lists.csv_response("rows", ["Cell"], [[cell, "end"]])

    [_, [written, _]] = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    assert written == expected


def test_csv_response_is_a_download_with_the_mark_spreadsheets_look_for():
    response = lists.csv_response("awards", ["Reference", "=Head"], [])

    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response["Content-Disposition"] == 'attachment; filename="awards.csv"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"'=Head" in response.content
