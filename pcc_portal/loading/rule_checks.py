"""Whether the rows of each rule set and set of questions in a plan file go together, by the sentences of the screen."""

from plans.rules.faults import faults_of_questions, faults_of_rules

from .entries import Items
from .sections import SECTIONS

# What a plan file calls the rows of a rule set, and what the rules call them.
NAMES = {"match": "match_rules", "questions": "asked", "approvals": "approval_rules", "reporting": "reporting_rules"}
BACK = {theirs: ours for ours, theirs in NAMES.items()}
# Checked with sentences of their own, which name the lists of the file.
TOLD_ALREADY = ("instalment_rules", "tactical_numerator", "reporting_rules")


def check_rules(plan_file, say):
    """Rows with faults of their own are left until those are mended."""
    for row in plan_file.section("rule_sets").values():
        if is_sound(row, say):
            for field, sentence in faults_of_rules(parts_of(row)):
                if field not in TOLD_ALREADY and not field.startswith("reporting_rules."):
                    tell(say, row, place_of(row, field), sentence)
    for row in plan_file.section("question_sets").values():
        if is_sound(row, say):
            questions = values_of(SECTIONS["question_sets"].fields["questions"], row["questions"])
            for field, sentence in faults_of_questions(questions):
                tell(say, row, place_of(row, field), sentence)


def is_sound(row, say):
    """Whether nothing is wrong yet inside the row, so that its values may be compared."""
    start = f"{row.section}, {row.key}"
    told = [problem.sentence for problem in say.check.problems]
    return not any(sentence.startswith((f"{start}:", f"{start},")) for sentence in told)


def as_is(section, key):
    """References stay keys."""
    return key


def values_of(items, given):
    """Checked small rows as the columns of their table would hold them."""
    return [value_of(items.fields, item) for item in given]


def value_of(fields, content):
    found = {}
    for name, kind in fields.items():
        if isinstance(kind, Items):
            found[name] = values_of(kind, content[name])
        else:
            found |= kind.attributes(name, content[name], as_is)
    return found


def parts_of(row):
    """A rule set of the file as plain values, by the names of the tables."""
    parts = {
        NAMES.get(name, name): value for name, value in value_of(SECTIONS["rule_sets"].fields, row.content).items()
    }
    main, tactical = parts.pop("instalments"), parts.pop("tactical_instalments")
    parts["instalment_rules"] = [*main, *({**item, "for_tactical": True} for item in tactical)]
    return parts


def place_of(row, field):
    """(name in the file, its line) of a fault: stages.0.criteria.2.title is inside the third criterion."""
    first, *steps = field.split(".")
    name = BACK.get(first, first)
    if first == "instalment_rules":
        name, steps = instalment_place(row, steps)
    node, words = row.node.get(name), [name]
    line = row.line_of(name)
    for step in steps:
        node = inside(node, step)
        if node is None:
            break
        line = node.line
        words.append(f"item {int(step) + 1}" if step.isdigit() else step)
    return words, line


def instalment_place(row, steps):
    """Tactical instalments are counted on after the main ones."""
    main = len(row["instalments"])
    if steps and int(steps[0]) >= main:
        return "tactical_instalments", [str(int(steps[0]) - main), *steps[1:]]
    return "instalments", steps


def inside(node, step):
    if node is None:
        return None
    if step.isdigit():
        return node.value[int(step)] if node.kind == "list" and int(step) < len(node.value) else None
    return node.get(step)


def tell(say, row, found, sentence):
    words, line = found
    place = say.inside(row.section).inside(row.key)
    for word in words:
        place = place.inside(word)
    place(line, sentence)
