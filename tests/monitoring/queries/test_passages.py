"""Passages side by side: what both say is marked, by stems, and nothing is lost (C7)."""

import pytest

from monitoring.queries.passages import marked, side_by_side


@pytest.mark.parametrize(
    ("text", "other", "shared"),
    [
        ("Mentors for pupils", "Mentoring of a pupil", ["Mentors", "pupils"]),
        ("A play about knives", "A talk about drones", []),
        ("Theatre; theatre!", "the THEATRE", ["Theatre", "theatre"]),
        ("", "anything", []),
        ("Support for people", "Support of people", []),
    ],
)
def test_marked_marks_the_words_both_say(text, other, shared):
    pieces = marked(text, other)

    assert [piece.text for piece in pieces if piece.shared] == shared
    assert "".join(piece.text for piece in pieces) == text


def test_side_by_side_marks_both():
    left, right = side_by_side("Patrols at night", "Night patrols")

    assert [piece.text for piece in left if piece.shared] == ["Patrols", "night"]
    assert [piece.text for piece in right if piece.shared] == ["Night", "patrols"]
