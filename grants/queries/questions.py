"""Answers of a business case as people read them: beside their questions, and what changed between two."""

from datetime import date
from decimal import Decimal
from typing import Any

from plans.enums import QuestionKind, YesNo
from records.words import day_in_words, pounds

from ..enums import CaseSection, EvidenceStrength, MatchKind, MeasureDirection
from . import bidding, case_content, school_content
from .question_list import BY_SECTION

S = CaseSection


SLUGS = {section: "about" if section == S.PROJECTS else section.value.lower() for section in CaseSection}
SUMS = {"amount"}
CHOICES = {"evidence_strength": EvidenceStrength, "direction": MeasureDirection, "kind": MatchKind}
DAYS = {"starts_on", "ends_on", "lead_agreed_on"}
YES_NO = {"goes_into_schools", "dbs_checked"}
PRIOR_COLUMNS = (("what", "What was promised"), ("target", "Target"), ("result", "Result"), ("from", "Told in"))


def number_words(value):
    """A number kept as text, without idle noughts: "12.00" is 12."""
    if value in (None, ""):
        return ""
    number = Decimal(value)
    return f"{number:,.0f}" if number == number.to_integral_value() else f"{number.normalize():,f}"


def cell(name, value):
    """One cell of a row as people read it."""
    if value in (None, ""):
        return ""
    if name in SUMS:
        return pounds(Decimal(value))
    if name in ("target", "baseline", "result"):
        return number_words(value)
    if name in DAYS:
        return day_in_words(date.fromisoformat(value))
    if name == "year_groups":
        return school_content.years_words(value)
    if name == "is_confirmed":
        return "Yes" if value in (True, "True") else "No"
    return str(CHOICES[name](value).label) if name in CHOICES else str(value)


def answer_words(name, value):
    """One plain answer as people read it; rows are shown as a table instead."""
    if value in (None, "", []):
        return ""
    if name in YES_NO:
        return "Yes" if value else "No"
    if name in DAYS:
        return day_in_words(date.fromisoformat(value))
    if name == "lot":
        return f"Lot {value['number']}: {value['name']}"
    if name in CHOICES:
        return str(CHOICES[name](value).label)
    if name == "documents":
        return "\n".join(row["name"] for row in value)
    if name == "priorities":
        return "\n".join(row["name"] for row in value)
    if name == "areas":
        return "\n".join(value)
    return str(value)


def answers(part, section):
    """Question beside answer for one section: {label, value} or {label, header, rows}."""
    if isinstance(section, bidding.AskedSet):
        return [answer_of(row) for row in part.get("answers") or []]
    shown = []
    for question in BY_SECTION[CaseSection(section)]:
        if question.name in case_content.SOMETIMES and question.name not in part:
            continue
        value = part.get(question.name)
        if question.columns:
            rows = [
                [{"label": label, "text": cell(name, row.get(name))} for name, label in question.columns]
                for row in value or []
            ]
            header = [label for _, label in question.columns]
            shown.append({"name": question.name, "label": question.label, "header": header, "rows": rows})
        elif question.name == "documents":
            shown.append({"name": "documents", "label": question.label, "documents": value or []})
        elif question.name.startswith("no_") and not value:
            continue
        else:
            words = answer_words(question.name, value)
            shown.append({"name": question.name, "label": question.label, "value": words})
    return shown


def side_by_side(theirs, yours):
    """Two sets of answers, question by question, marked where they differ."""
    left = {answer["name"]: answer for answer in theirs}
    right = {answer["name"]: answer for answer in yours}
    return [
        {
            "label": {**right, **left}[name]["label"],
            "theirs": left.get(name),
            "yours": right.get(name),
            "differs": left.get(name) != right.get(name),
        }
        for name in dict.fromkeys([*left, *right])
    ]


def answer_of(row):
    """One answer to a question of a set: {name, label, value}, or its file."""
    if row["kind"] == QuestionKind.FILE:
        return {"name": row["key"], "label": row["label"], "documents": [row["value"]] if row["value"] else []}
    return {"name": row["key"], "label": row["label"], "value": set_words(row["kind"], row["value"])}


def set_words(kind, value):
    """The value of one answer as people read it."""
    if value in (None, "", []):
        return ""
    if kind == QuestionKind.MONEY:
        return pounds(Decimal(value))
    if kind == QuestionKind.NUMBER:
        return number_words(value)
    if kind == QuestionKind.YES_NO:
        return str(dict(YesNo.choices).get(value, value))
    if kind == QuestionKind.DAY:
        return day_in_words(date.fromisoformat(value))
    if kind == QuestionKind.FILE:
        return value["name"]
    return "\n".join(value) if isinstance(value, list) else str(value)


def prior_section(project):
    """What earlier awards achieved, as their accepted returns say; read-only (V2). None where there is nothing."""
    results = project.get("prior_results")
    if not results:
        return None
    rows = [[{"label": label, "text": _prior_cell(name, row)} for name, label in PRIOR_COLUMNS] for row in results]
    header = [label for _, label in PRIOR_COLUMNS]
    label = "What your earlier award achieved, as your accepted returns say"
    return {
        "section": "PRIOR_RESULTS",
        "slug": "",
        "heading": "Results so far",
        "answers": [{"name": "prior_results", "label": label, "header": header, "rows": rows}],
    }


def _prior_cell(name, row):
    if name == "what":
        return f"{row['what']} ({row['measure']})" if row["measure"] else row["what"]
    if name == "from":
        return f"{row['return_reference']}, award {row['award']}"
    if name == "result" and row["result"] is None:
        return row["words"] or "Not told"
    unit = f" {row['unit']}" if row["unit"] and row[name] is not None else ""
    return f"{number_words(row[name])}{unit}"


def parts_of(content):
    """A content as headed parts of questions and answers: the case first, then each project."""
    parts: list[dict[str, Any]] = [
        {
            "heading": "The business case",
            "number": None,
            "sections": [_section(content, S.OVERVIEW), *_sets(content)],
        }
    ]
    for project in content["projects"]:
        standing = [_section(project, section) for section in case_content.sections_of(project, project["number"])]
        prior = prior_section(project)
        parts.append(
            {
                "heading": f"Project {project['number']}: {project['title']}",
                "number": project["number"],
                "total": Decimal(project["total"]),
                "sections": [*standing, *_sets(project), *([prior] if prior else [])],
            }
        )
    return parts


def _sets(part):
    """The sets of questions of a case or project, each as a section."""
    rows = {row["key"]: row for row in part.get("question_sets") or []}
    return [
        {
            "section": asked.value,
            "slug": f"questions/{asked.key}",
            "set_key": asked.key,
            "heading": asked.label,
            "answers": answers(rows[asked.key], asked),
        }
        for asked in case_content.sets_of(part)
    ]


def _section(part, section):
    heading = "About the project" if section == S.PROJECTS else section.label
    return {
        "section": section.value,
        "slug": SLUGS[section],
        "heading": heading,
        "answers": answers(part, section),
    }


def differences(before, after):
    """What changed between two contents: (where, [{label, before, after}]) in the order of the questions."""
    found = []
    rows = _changed(before, after, S.OVERVIEW) + _changed_sets(before, after)
    if rows:
        found.append((S.OVERVIEW.label, rows))
    was = {project["number"]: project for project in before["projects"]}
    now = {project["number"]: project for project in after["projects"]}
    for number in sorted({*was, *now}):
        pair = was.get(number, {}), now.get(number, {})
        sections = [*case_content.sections_of(pair[0], number), *case_content.sections_of(pair[1], number)]
        rows = [row for section in dict.fromkeys(sections) for row in _changed(*pair, section)]
        rows += _changed_sets(*pair)
        if rows:
            title = {**was, **now}[number]["title"]
            fate = " (added)" if number not in was else " (removed)" if number not in now else ""
            found.append((f"Project {number}: {title}{fate}", rows))
    return found


def _changed(before, after, section):
    rows = []
    for question in BY_SECTION[section]:
        pair = [_in_words(question, side.get(question.name)) for side in (before, after)]
        if pair[0] != pair[1]:
            rows.append({"label": question.label, "before": pair[0] or "nothing", "after": pair[1] or "nothing"})
    return rows


def _changed_sets(before, after):
    """Answers to questions of sets that differ, by set and question."""
    told: dict[tuple[str, str], list[Any]] = {}
    for side, part in enumerate((before, after)):
        for each in part.get("question_sets") or []:
            for row in each["answers"]:
                pair = told.setdefault((each["key"], row["key"]), [row["label"], "", ""])
                pair[side + 1] = set_words(row["kind"], row["value"])
    return [
        {"label": label, "before": was or "nothing", "after": now or "nothing"}
        for label, was, now in told.values()
        if was != now
    ]


def _in_words(question, value):
    if not question.columns:
        return answer_words(question.name, value)
    lines = []
    for row in value or []:
        cells = [f"{label}: {cell(name, row.get(name))}" for name, label in question.columns if row.get(name)]
        lines.append("; ".join(cells))
    return "\n".join(lines)
