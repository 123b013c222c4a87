"""The questions a rule set asks: which are shown, which still want an answer. Plain values only (X1)."""

from plans.enums import QuestionKind, YesNo

CHOSEN = {QuestionKind.CHOICE, QuestionKind.CHOICES, QuestionKind.YES_NO}


def is_empty(value):
    """Whether a value is no answer; nought is one."""
    return value is None or (isinstance(value, str) and not value.strip()) or value == []


def shown(questions, values):
    """The questions that are asked, given the answers so far; `values` is {key: value}.

    A question follows an earlier one: it is asked where that was asked too and answered as it says.
    """
    asked: list[dict] = []
    for question in questions:
        if not question["shown_if"] or _leads_to(question, asked, values):
            asked.append(question)
    return asked


def _leads_to(question, asked, values):
    earlier = next((row for row in asked if row["key"] == question["shown_if"]), None)
    if earlier is None:
        return False
    value = values.get(earlier["key"])
    given = value if isinstance(value, list) else [value]
    return bool({str(each).casefold() for each in given} & {each.casefold() for each in question["shown_for"]})


def kept(questions, values):
    """The answers worth keeping: those of questions that are asked, without the empty ones."""
    return {
        question["key"]: values[question["key"]]
        for question in shown(questions, values)
        if not is_empty(values.get(question["key"]))
    }


def missing(questions, values):
    """Sentences for required questions that are asked and not answered."""
    return [
        f"Answer “{question['label']}”."
        for question in shown(questions, values)
        if question["required"] and is_empty(values.get(question["key"]))
    ]


def condition_words(question, questions):
    """When a question is asked, in words; nothing where it always is."""
    earlier = next((row for row in questions if row["key"] == question["shown_if"]), None)
    if earlier is None:
        return ""
    labels = dict(YesNo.choices) if earlier["kind"] == QuestionKind.YES_NO else {}
    wanted = " or ".join(f"“{labels.get(each.casefold(), each)}”" for each in question["shown_for"])
    return f"Only if you answered {wanted} to “{earlier['label']}”."
