"""Dates in three boxes and sums in pounds: what is understood, and what is said about the rest."""

import datetime
from decimal import Decimal

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from records.formfields import SUM_MESSAGE, GovDateField, GovForm, MoneyField
from records.templatetags.portal import money


class Sample(GovForm):
    starts_on = GovDateField(
        label="Start date", earliest=datetime.date(2020, 1, 1), latest=datetime.date(2029, 12, 31), required=False
    )
    amount = MoneyField(label="Amount asked for", required=False, max_value=Decimal(100_000))


def of_date(day, month, year):
    form = Sample({"starts_on_day": day, "starts_on_month": month, "starts_on_year": year})
    return form.cleaned_data["starts_on"] if form.is_valid() else form.errors["starts_on"][0]


def of_sum(typed):
    form = Sample({"amount": typed})
    return form.cleaned_data["amount"] if form.is_valid() else form.errors["amount"][0]


@pytest.mark.parametrize(
    "typed, understood",
    [
        (("7", "4", "2020"), datetime.date(2020, 4, 7)),
        (("07", "April", "2020"), datetime.date(2020, 4, 7)),
        ((" 29 ", "feb", "2024"), datetime.date(2024, 2, 29)),
        (("", "", ""), None),
        (("29", "2", "2021"), "Start date must be a real date"),
        (("0", "2", "2021"), "Start date must be a real date"),
        (("one", "2", "2021"), "Start date must be a real date"),
        (("1", "Ju", "2021"), "Start date must be a real date"),
        (("1", "", "2021"), "Start date must include a month"),
        (("1", "", ""), "Start date must include a month and year"),
        (("1", "4", "21"), "Start date: the year must have 4 numbers, like 2021"),
        (("31", "12", "2019"), "Start date must be on or after 1 January 2020"),
        (("1", "1", "2030"), "Start date must be on or before 31 December 2029"),
    ],
)
def test_date_field(typed, understood):
    assert of_date(*typed) == understood


def test_date_field_asks_by_name_when_empty():
    class One(GovForm):
        starts_on = GovDateField(label="Start date")

    assert One({}).errors["starts_on"] == ["Enter the start date"]


def test_date_field_reads_one_iso_value_and_shows_a_date():
    assert Sample({"starts_on": "2020-04-07"}).is_valid()
    html = str(Sample(initial={"starts_on": datetime.date(2020, 4, 7)})["starts_on"])
    assert 'name="starts_on_month" type="text" inputmode="numeric" autocomplete="off" value="4"' in html


def test_date_field_knows_whether_it_changed():
    initial = {"starts_on": datetime.date(2020, 4, 7)}
    same = {"starts_on_day": "07", "starts_on_month": "Apr", "starts_on_year": "2020"}

    assert Sample(same, initial=initial).changed_data == []
    assert Sample({**same, "starts_on_day": "8"}, initial=initial).changed_data == ["starts_on"]


@pytest.mark.parametrize(
    "typed, understood",
    [
        ("9 507", Decimal("9507.00")),
        ("9\u2009507", Decimal("9507.00")),
        ("9\u202f507", Decimal("9507.00")),
        ("£1,234.50", Decimal("1234.50")),
        ("£ 1 234.50 ", Decimal("1234.50")),
        ("1250", Decimal("1250.00")),
        ("0", Decimal("0.00")),
        ("0.5", Decimal("0.50")),
        ("", None),
        ("£", None),
        ("about 5", SUM_MESSAGE),
        ("1,25", SUM_MESSAGE),
        ("12 50", SUM_MESSAGE),
        ("1.234,50", SUM_MESSAGE),
        ("1.505", SUM_MESSAGE),
        ("1e3", SUM_MESSAGE),
        ("NaN", SUM_MESSAGE),
        ("٣", SUM_MESSAGE),
        ("-5", "Amount asked for must be £0 or more"),
        ("100,000.01", "Amount asked for must be £100,000 or less"),
    ],
)
def test_money_field(typed, understood):
    assert of_sum(typed) == understood


def test_money_field_asks_by_name_when_empty():
    class One(GovForm):
        amount = MoneyField(label="Amount asked for")

    assert One({}).errors["amount"] == ["Enter the amount asked for"]


@given(st.decimals(min_value=0, max_value=100_000, places=2))
def test_money_shown_is_money_understood(sum_):
    shown = money(sum_)

    assert of_sum(shown) == sum_


def test_messages_say_what_to_do():
    class Asked(GovForm):
        title = forms.CharField(label="Project title")
        stream = forms.ChoiceField(label="Funding stream", choices=[("a", "A")])
        need = forms.CharField(label="Why is it needed?")
        evidence = forms.FileField(label="Evidence of need")
        agrees = forms.BooleanField(label="The board agrees")

    errors = {name: messages[0] for name, messages in Asked({}).errors.items()}

    assert errors == {
        "title": "Enter the project title",
        "stream": "Select the funding stream",
        "need": "Answer the question “Why is it needed?”",
        "evidence": "Select a file: evidence of need",
        "agrees": "Tick the box to go on: The board agrees",
    }
