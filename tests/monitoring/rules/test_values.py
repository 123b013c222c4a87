"""What people type and what spreadsheets hold, read as one answer or refused with a sentence."""

from datetime import date
from decimal import Decimal

import pytest

from monitoring.enums import CellKind, Standing
from monitoring.queries.sheet import MOST, YES_NO, Cell
from monitoring.rules.values import read_parts, read_value

D, K = Decimal, CellKind
DECIMALS = {K.COUNT: 0}
HIGHEST = {K.PERCENTAGE: D(100)}
CHOICES = {K.YES_NO: YES_NO, K.CHOICE: tuple(Standing.choices)}


def cell(kind, **limits):
    """A cell as the sheets of a return make it."""
    usual = {"lowest": D(0), "highest": HIGHEST.get(kind, MOST), "decimals": DECIMALS.get(kind, 2)}
    return Cell("it", kind, "Answer", None, choices=CHOICES.get(kind, ()), **{**usual, **limits})


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (K.MONEY, "£1,234.50", D("1234.50")),
        (K.MONEY, "1 234", D("1234.00")),
        (K.MONEY, "1\u00a0234.5", D("1234.50")),
        (K.MONEY, "1\u202f234", D("1234.00")),
        (K.MONEY, "  £ 12 ", D("12.00")),
        (K.MONEY, "１２３．４５", D("123.45")),
        (K.MONEY, "￡１２", D("12.00")),
        (K.MONEY, "٣٤", D("34.00")),
        (K.MONEY, "+5", D("5.00")),
        (K.MONEY, ".5", D("0.50")),
        (K.MONEY, "5.", D("5.00")),
        (K.MONEY, "5.10000", D("5.10")),
        (K.MONEY, "-0", D("0.00")),
        (K.MONEY, "0", D("0.00")),
        (K.MONEY, "\u200b7", D("7.00")),
        (K.MONEY, 12, D("12.00")),
        (K.MONEY, D("12.5"), D("12.50")),
        (K.MONEY, D("4949.999999999999"), D("4950.00")),
        (K.MONEY, D("0.30000000000000004"), D("0.30")),
        (K.MONEY, D("9999999999.99"), D("9999999999.99")),
        (K.MONEY, "", None),
        (K.MONEY, " \u00a0 ", None),
        (K.MONEY, None, None),
        (K.COUNT, "12", D(12)),
        (K.COUNT, "12.0", D(12)),
        (K.COUNT, D("12.00"), D(12)),
        (K.COUNT, "1,250", D(1250)),
        (K.COUNT, 0, D(0)),
        (K.NUMBER, "12.25", D("12.25")),
        (K.PERCENTAGE, "12%", D("12.00")),
        (K.PERCENTAGE, "12 %", D("12.00")),
        (K.PERCENTAGE, "12", D("12.00")),
        (K.PERCENTAGE, "１２％", D("12.00")),
        (K.PERCENTAGE, D("0.12"), D("0.12")),
        (K.PERCENTAGE, 100, D("100.00")),
        (K.YES_NO, "Yes", "YES"),
        (K.YES_NO, "y", "YES"),
        (K.YES_NO, "TRUE", "YES"),
        (K.YES_NO, True, "YES"),
        (K.YES_NO, " no\u00a0", "NO"),
        (K.YES_NO, "N", "NO"),
        (K.YES_NO, False, "NO"),
        (K.YES_NO, "", ""),
        (K.YES_NO, None, ""),
        (K.CHOICE, "On track", "ON_TRACK"),
        (K.CHOICE, "on_TRACK", "ON_TRACK"),
        (K.CHOICE, "behind  plan", "BEHIND"),
        (K.CHOICE, "", ""),
        (K.TEXT, " Some words \n", "Some words"),
        (K.TEXT, "one\r\ntwo\x0bthree\rfour", "one\ntwo\nthree\nfour"),
        (K.TEXT, "a ½ £5 café", "a ½ £5 café"),
        (K.TEXT, "=HYPERLINK(1)", "=HYPERLINK(1)"),
        (K.TEXT, 12, "12"),
        (K.TEXT, True, "Yes"),
        (K.TEXT, date(2020, 4, 5), "5 April 2020"),
        (K.TEXT, None, ""),
    ],
)
def test_read_value_takes(kind, raw, value):
    assert read_value(cell(kind), raw) == (value, "")


def test_read_value_takes_minus_signs_where_a_figure_may_be_below_nought():
    change = cell(K.NUMBER, lowest=-MOST)

    assert [read_value(change, raw)[0] for raw in ("-3", "−3", "–3", "(3)", "-(3)", "--3")] == [D(-3)] * 4 + [None] * 2


LIKE_MONEY = "enter an amount in pounds, like 1250 or 1250.50"
FORMAT = "in a spreadsheet, format the cell as a number"
LIKE_COUNT = "enter a whole number, like 12"


@pytest.mark.parametrize(
    ("kind", "raw", "sentence"),
    [
        (K.MONEY, "-5", "“-5” is below nought; enter £0 or more"),
        (K.MONEY, "£-5", "“£-5” is below nought; enter £0 or more"),
        (K.MONEY, "-£5", "“-£5” is below nought; enter £0 or more"),
        (K.MONEY, "−5", "“-5” is below nought; enter £0 or more"),
        (K.MONEY, "(500)", "“(500)” is below nought; enter £0 or more"),
        (K.MONEY, D(-1), "“-1” is below nought; enter £0 or more"),
        (K.MONEY, "n/a", "“n/a” is not a number; enter 0 for none, or leave it empty while it is not known"),
        (K.MONEY, "Nil", "“Nil” is not a number; enter 0 for none, or leave it empty while it is not known"),
        (K.MONEY, "-", "“-” is not a number; enter 0 for none, or leave it empty while it is not known"),
        (K.COUNT, "TBC", "“TBC” is not a number; enter 0 for none, or leave it empty while it is not known"),
        (K.COUNT, "about 20", "“about 20” is not one exact figure; enter the figure alone, without words or signs"),
        (K.COUNT, "~20", "“~20” is not one exact figure; enter the figure alone, without words or signs"),
        (K.COUNT, "<5", "“<5” is not one exact figure; enter the figure alone, without words or signs"),
        (K.COUNT, "20+", "“20+” is not one exact figure; enter the figure alone, without words or signs"),
        (K.COUNT, "12-15", "“12-15” is a range; enter one figure, the best you know"),
        (K.COUNT, "12 – 15", "“12 - 15” is a range; enter one figure, the best you know"),
        (K.COUNT, "12 to 15", "“12 to 15” is a range; enter one figure, the best you know"),
        (K.COUNT, "12.5", "“12.5” is not a whole number; enter a whole number"),
        (K.COUNT, D("2.5"), "“2.5” is not a whole number; enter a whole number"),
        (K.COUNT, "12 people", f"“12 people” is not a whole number; {LIKE_COUNT}"),
        (K.COUNT, "1,2345", f"“1,2345” is not a whole number; {LIKE_COUNT}"),
        (K.COUNT, "1 23", f"“1 23” is not a whole number; {LIKE_COUNT}"),
        (K.COUNT, "£5", f"“£5” is money, where a whole number belongs; {LIKE_COUNT}"),
        (K.COUNT, "5%", f"“5%” is a percentage, where a whole number belongs; {LIKE_COUNT}"),
        (K.COUNT, True, f"“True” is not a number; {LIKE_COUNT}"),
        (K.COUNT, "05/04/2020", f"“05/04/2020” looks like a date, where a whole number belongs; {LIKE_COUNT}"),
        (K.COUNT, "1e3", "“1e3” is shortened; write it out in full: a whole number, like 12"),
        (K.COUNT, "twelve", f"“twelve” is not a whole number; {LIKE_COUNT}"),
        (
            K.COUNT,
            date(2020, 4, 5),
            f"This is a date, 5 April 2020, where a whole number belongs; {LIKE_COUNT}; {FORMAT}",
        ),
        (K.MONEY, "1.5k", f"“1.5k” is shortened; write it out in full: {LIKE_MONEY.removeprefix('enter ')}"),
        (K.MONEY, "12,5", "“12,5” has a comma where a point belongs; write 12.5"),
        (K.MONEY, "1.234,50", f"“1.234,50” is not an amount in pounds; {LIKE_MONEY}"),
        (K.MONEY, "1/2", f"“1/2” is not an amount in pounds; {LIKE_MONEY}"),
        (K.MONEY, "£", f"“£” is not an amount in pounds; {LIKE_MONEY}"),
        (K.MONEY, "1.2.3", f"“1.2.3” looks like a date, where an amount in pounds belongs; {LIKE_MONEY}"),
        (
            K.MONEY,
            "1.234",
            "“1.234” has too many decimals: pounds and pence have two decimals; round it to £1.23",
        ),
        (
            K.MONEY,
            D("33.333333"),
            "“33.333333” has too many decimals: pounds and pence have two decimals; round it to £33.33",
        ),
        (K.NUMBER, "1.005", "“1.005” has too many decimals: two decimals can be kept; round it to 1"),
        (K.MONEY, "NaN", f"“NaN” is not an amount in pounds; {LIKE_MONEY}"),
        (K.MONEY, D("NaN"), f"“NaN” is not a number; {LIKE_MONEY}"),
        (K.MONEY, D("sNaN"), f"“sNaN” is not a number; {LIKE_MONEY}"),
        (K.MONEY, D("-Infinity"), f"“-Infinity” is not a number; {LIKE_MONEY}"),
        (K.MONEY, "1e999", f"“1e999” is shortened; write it out in full: {LIKE_MONEY.removeprefix('enter ')}"),
        (K.MONEY, D("1E+999"), "The figure is too large to be right; check how many digits it has"),
        (K.MONEY, "9" * 5000, "The figure is too large to be right; check how many digits it has"),
        (K.MONEY, 10**400, "The figure is too large to be right; check how many digits it has"),
        (K.PERCENTAGE, "101%", "“101%” is above 100%, the highest that can be; enter 100% or less"),
        (K.YES_NO, "1", "“1” is neither yes nor no; enter Yes or No"),
        (K.YES_NO, "perhaps", "“perhaps” is neither yes nor no; enter Yes or No"),
        (
            K.CHOICE,
            "fine",
            "“fine” is not one of the choices; choose Ahead of plan, On track, Behind plan or Stopped",
        ),
        (
            K.TEXT,
            "abc\x07def",
            "Letter 4 is a control character, which cannot be kept; delete it, or type the words again",
        ),
        (K.TEXT, "a\x00", "Letter 2 is a control character, which cannot be kept; delete it, or type the words again"),
        (K.TEXT, "\ud800", "Letter 1 is a control character, which cannot be kept; delete it, or type the words again"),
        (K.TEXT, "x" * 10_012, "The text is 10,012 letters long, and 10,000 fit; shorten it by 12"),
    ],
)  # fmt: skip
def test_read_value_refuses(kind, raw, sentence):
    assert read_value(cell(kind), raw) == (None, sentence)


@pytest.mark.parametrize(
    ("limits", "raw", "sentence"),
    [
        ({"lowest": D(1), "highest": D(10)}, "0.5", "“0.5” is below 1, the lowest that can be; enter 1 or more"),
        ({"lowest": D(1), "highest": D(10)}, "11", "“11” is above 10, the highest that can be; enter 10 or less"),
        ({"highest": D(2500)}, "3000", "“3000” is above 2,500, the highest that can be; enter 2,500 or less"),
    ],
)
def test_read_value_keeps_the_limits_of_its_cell(limits, raw, sentence):
    assert read_value(cell(K.NUMBER, **limits), raw) == (None, sentence)


def test_read_parts_says_what_is_wrong_and_how_to_mend_it_apart():
    assert read_parts(cell(K.COUNT), "12-15") == (None, "“12-15” is a range", "Enter one figure, the best you know")
    assert read_parts(cell(K.COUNT), "12") == (D(12), "", "")


def test_read_value_quotes_no_more_than_a_line_of_what_was_typed():
    _value, sentence = read_value(cell(K.COUNT), "word " * 400)

    assert sentence == f"“{'word word word word word word word word'[:37]}...” is not a whole number; {LIKE_COUNT}"
