"""What a template says of itself to whoever writes a return."""

import pytest

from plans.enums import IndicatorKind, Required
from plans.models import Indicator
from plans.queries import needed_words

LAST = "Needed only in the return that covers the whole award."


def asked(key, kind=IndicatorKind.COUNT, required=Required.ALWAYS, required_if=""):
    return Indicator(key=key, label=f"The {key}", kind=kind, required=required, required_if=required_if)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (IndicatorKind.YES_NO, "Needed only if you answer Yes to “The leader”."),
        (IndicatorKind.COUNT, "Needed only if “The leader” is more than 0."),
        (IndicatorKind.MONEY, "Needed only if “The leader” is more than 0."),
        (IndicatorKind.COUNTS, "Needed only if “The leader” adds up to more than 0."),
        (IndicatorKind.SCORE, "Needed only if anybody was asked for “The leader”."),
    ],
)
def test_needed_words_name_the_answer_it_depends_on(kind, sentence):
    rows = [asked("leader", kind), asked("follower", required=Required.WHEN, required_if="leader")]

    assert needed_words(rows, at_the_end=False) == {"follower": sentence}


@pytest.mark.parametrize(
    ("required", "at_the_end", "words"),
    [
        (Required.ALWAYS, False, {}),
        (Required.NEVER, False, {}),
        (Required.AT_THE_END, True, {}),
        (Required.AT_THE_END, False, {"sessions": LAST}),
    ],
)
def test_needed_words_are_silent_where_nothing_hangs_on_another_answer(required, at_the_end, words):
    assert needed_words([asked("sessions", required=required)], at_the_end=at_the_end) == words
