"""Figures as people type them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from monitoring.forms.sections import FigureField


@pytest.mark.parametrize(
    ("typed", "figure"),
    [("", None), ("0", Decimal("0")), ("1,250", Decimal("1250")), ("12.5", Decimal("12.5")), ("-3", Decimal("-3"))],
)
def test_figure_field_reads(typed, figure):
    assert FigureField().clean(typed) == figure


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (FigureField(), "many", "Enter a number, like 12 or 12.5"),
        (FigureField(min_value=Decimal(0)), "-1", "Enter 0 or more"),
    ],
)
def test_figure_field_refuses(field, typed, sentence):
    with pytest.raises(ValidationError, match=sentence):
        field.clean(typed)


@pytest.mark.parametrize(("figure", "shown"), [(Decimal("120.00"), "120"), (Decimal("12.50"), "12.5"), ("abc", "abc")])
def test_figure_field_shows(figure, shown):
    assert FigureField().prepare_value(figure) == shown
