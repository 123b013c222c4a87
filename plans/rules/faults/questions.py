"""What is wrong in a set of questions: keys, lists, limits, and what a question hangs on."""

from ...enums import QuestionKind, YesNo
from .rows import above, found_in

Q = QuestionKind
FROM_A_LIST = frozenset({Q.CHOICE, Q.CHOICES})
COUNTED = frozenset({Q.NUMBER, Q.MONEY})
MAY_LEAD = FROM_A_LIST | {Q.YES_NO}


def faults_of_questions(questions):
    """Every fault of a set of questions in order: [(field, sentence)], such as ("questions.1.shown_if", ...)."""
    if not questions:
        return [("questions", "There are no questions yet. Add at least one.")]
    faults, before = [], {}
    for place, question in enumerate(questions):
        faults += [(f"questions.{place}.{field}", sentence) for field, sentence in faults_of_question(question, before)]
        before[question.get("key")] = question
    return faults


def faults_of_question(question, before):
    """The faults of one question; `before` are those asked earlier, by key."""
    return found_in([*of_wording(question, before), *of_condition(question, before)])


def of_wording(question, before):
    kind, key = question.get("kind"), question.get("key")
    options = [str(option).strip() for option in question.get("options") or []]
    lowest, highest = question.get("lowest"), question.get("highest")
    listed, counted = kind in FROM_A_LIST, kind in COUNTED
    twice = len(options) != len({option.casefold() for option in options})
    bounded = lowest is not None or highest is not None
    return [
        (not str(question.get("label") or "").strip(), "label", "Write the question."),
        (key in before, "key", f"The key “{key}” is used by an earlier question. Choose another."),
        (listed and len(options) < 2, "options", "Give at least two answers to choose from."),
        (twice, "options", "An answer stands in the list twice. Keep it once."),
        (
            not listed and options,
            "options",
            "Only a question with a list has answers to choose from. Take them out.",
        ),
        (above(lowest, highest), "highest", "The highest number is below the lowest. Correct one of the two."),
        (not counted and bounded, "lowest", "Only a number or a sum has a lowest or highest. Take them out."),
    ]


def of_condition(question, before):
    """A question hangs only on an earlier one, and on answers that can be given there."""
    key = question.get("shown_if") or ""
    wanted = [str(answer) for answer in question.get("shown_for") or []]
    if not key:
        words = "Say which earlier question these answers belong to, or take them out."
        return [(wanted, "shown_for", words)]
    leading = before.get(key)
    if leading is None:
        return [(True, "shown_if", f"There is no earlier question “{key}”. A question hangs only on one before it.")]
    if leading.get("kind") not in MAY_LEAD:
        words = f"“{leading.get('label')}” has no list of answers, so no question can hang on it."
        return [(True, "shown_if", words)]
    known = YesNo.values if leading["kind"] == Q.YES_NO else [str(option) for option in leading.get("options") or []]
    unknown = [answer for answer in wanted if answer not in known]
    words = f"“{unknown[0] if unknown else ''}” is no answer to “{leading.get('label')}”. Take one of its answers."
    return [
        (not wanted, "shown_for", "Say for which answers this question is asked."),
        (unknown, "shown_for", words),
    ]
