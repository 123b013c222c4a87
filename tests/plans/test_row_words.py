"""How rows of rules read in words."""

import pytest

from plans.queries.row_words import figure, row_in_words


@pytest.mark.parametrize(
    ("number", "words"), [("5000.00", "5,000"), ("2.50", "2.5"), ("2", "2"), ("100", "100"), ("0.00", "0")]
)
def test_figure_has_no_idle_noughts(number, words):
    assert figure(number) == words


def test_row_in_words_names_criteria_and_their_weights_where_they_differ():
    stage = {
        "number": 1, "kind": "SCORED", "name": "Scores", "evaluators": 2, "pass_percent": None, "places": None,
        "from_amount": None, "up_to_amount": None, "post": "", "body": "",
    }  # fmt: skip
    alike = [{"title": "Need", "weight": "1.00"}, {"title": "Value", "weight": "1"}]
    apart = [{"title": "Need", "weight": "30.00"}, {"title": "Value", "weight": "2.5"}]

    assert row_in_words("stages", {**stage, "criteria": alike}, {}).endswith("each alone. Criteria: Need; Value.")
    assert row_in_words("stages", {**stage, "criteria": apart}, {}).endswith(
        "Criteria: Need (weight 30); Value (weight 2.5)."
    )
