"""Why a row of a rule set, a set of questions or terms cannot be so, come, go or change its place (X1)."""

from .. import queries
from ..models import QuestionSet
from .faults import faults_of_questions, faults_of_row, faults_of_rules
from .frozen import why_not_change_rules


def why_not_save_row(root, part, parent, fields, *, user, row=None, reason=None):
    """Say why a row of this kind cannot stand so under its parent, or nothing."""
    if why := why_not_change_rules(root, user=user, reason=reason):
        return why
    values = {name: queries.plain(value) for name, value in fields.items()}
    if found := faults_of_row(part.name, values):
        return found[0][1]
    if why := why_not_again(part, parent, values, row):
        return why
    if isinstance(root, QuestionSet):
        return why_not_these_questions(with_question(root, values, row))
    return ""


def why_not_again(part, parent, values, row):
    """What tells the rows of a kind apart is there once."""
    others = [other for other in getattr(parent, part.name).all() if row is None or other.pk != row.pk]
    wanted = tuple(folded(values.get(name)) for name in part.once)
    if not part.once or wanted not in {tuple(folded(getattr(row, name)) for name in part.once) for row in others}:
        return ""
    return AGAIN.get(part.name, "There is one of these already. Change that one.")


def folded(value):
    return str(queries.plain(value)).casefold()


AGAIN = {
    "limits": "There is a limit of this kind and severity already. Change that one.",
    "match_rules": "There is a rule for this kind of match funding already. Change that one.",
    "lots": "There is a lot of this name already. Give it another.",
    "weights": "This formula has a factor of this name already. Change that one.",
    "approval_rules": "This level stands there for this kind of change already. Change that one.",
    "asked": "These rules ask this set of questions already.",
    "questions": "This set has a question with this key already. Choose another.",
    "required_standards": "These rules ask for this standard already. Change that row.",
    "conditions": "The terms have a condition of this number already. Give it another.",
}


def with_question(question_set, values, row):
    """The questions as they would be with one saved, as plain values in order."""
    now = list(question_set.questions.all())
    if row is None:
        return [*(queries.row_of(question, queries.QUESTIONS) for question in now), values]
    known = {question.pk: queries.row_of(question, queries.QUESTIONS) for question in now}
    known[row.pk] = known[row.pk] | values
    return list(known.values())


def why_not_these_questions(questions):
    """The first fault of a set as it would be; a set that has become empty is none yet."""
    found = faults_of_questions(questions) if questions else []
    return found[0][1] if found else ""


def why_not_remove_row(root, part, row, *, user, reason=None):
    """Say why a row cannot be taken out, or nothing: a question stays while others hang on it."""
    if why := why_not_change_rules(root, user=user, reason=reason):
        return why
    if not isinstance(root, QuestionSet):
        return ""
    hanging = [question for question in root.questions.all() if question.shown_if == row.key]
    if hanging:
        return f"“{hanging[0].label}” is asked only for some answers to this question. Change that one first."
    return ""


def why_not_move_row(root, part, order, *, user):
    """Say why rows cannot stand in this order, or nothing: a question stands before those that hang on it."""
    if why := why_not_change_rules(root, user=user):
        return why
    if isinstance(root, QuestionSet):
        return why_not_these_questions([queries.row_of(question, part) for question in order])
    return ""


def why_not_edit_settings(rule_set, fields, *, user, reason=None):
    """Say why the set's own fields cannot be so, or nothing: only what is said of these fields counts here."""
    if why := why_not_change_rules(rule_set, user=user, reason=reason):
        return why
    parts = queries.parts_of(queries.whole_rule_sets().get(pk=rule_set.pk))
    parts |= {name: queries.plain(value) for name, value in fields.items()}
    found = [sentence for field, sentence in faults_of_rules(parts) if field in fields]
    return found[0] if found else ""
