"""Return templates of a plan file: told by the sentences the screen uses, each with its line."""

from plans.rules import faults_in

from .sections.templates import rows_of


def check_templates(plan_file, say):
    """Every fault of each template; and a purpose is served by one of them."""
    served = {}
    for row in plan_file.section("return_templates").values():
        place = say.inside(row.section).inside(row.key)
        for purpose in row["for_purpose"]:
            if purpose in served:
                words = f"{purpose} is served by {served[purpose]} already. A purpose has one usual template."
                place.inside("for_purpose")(row.line_of("for_purpose"), words)
            served.setdefault(purpose, row.key)
        check_version(row, place)


def check_version(row, place):
    """Faults between the parts of a version; where a part was not understood, that is told already."""
    sections = items_of(row.node.get("sections"))
    checks = items_of(row.node.get("checks"))
    if not sections or checks is None or not all(given["key"] and given["part"] for given in row["sections"]):
        return
    if not all(given["key"] and given["kind"] for part in row["sections"] for given in part["indicators"]):
        return
    told = {problem.line for problem in place.check.problems}
    for number, question, check, sentence in faults_in(*rows_of(row)):
        if not sentence:
            continue
        if check is not None:
            inner, line = place.inside("checks").inside(f"item {check + 1}"), checks[check].line
        else:
            inner, line = place_in_section(place, sections[number], number, question)
        if line not in told:  # what was not understood there is told already
            inner(line, sentence)


def place_in_section(place, node, number, question):
    inner = place.inside("sections").inside(f"item {number + 1}")
    if question is None:
        return inner, node.line
    return inner.inside("indicators").inside(f"item {question + 1}"), items_of(node.get("indicators"))[question].line


def items_of(node):
    """The nodes of a list; empty where there is none, None where it is no list of groups."""
    if node is None:
        return []
    if node.kind != "list" or any(item.kind != "entries" for item in node.value):
        return None
    return node.value
