"""What one return says was reached, in plain rows that grants can keep without knowing returns (R2, V2)."""

from plans.enums import IndicatorKind

from .content import WORDY

WORDS = (("narrative", "What happened"), ("learning", "What was learned"))
UNITS = {IndicatorKind.MONEY: "pounds", IndicatorKind.PERCENTAGE: "%"}
NOT_SHOWN = {IndicatorKind.FILE}


def reached(content):
    """Rows of what, measure, unit, target, result, met and words from a frozen version; `key` tells things apart."""
    rows = [row for project in content["projects"] for row in _of_project(project, len(content["projects"]) > 1)]
    for section in content.get("indicator_sections", []):
        rows += [_of_question(question) for question in section["questions"] if question["kind"] not in NOT_SHOWN]
    rows += [_row(f"text/{name}", label, words=content[name]) for name, label in WORDS if content.get(name, "").strip()]
    return [row for row in rows if row["result"] is not None or row["words"]]


def _row(key, what, *, measure="", unit="", target=None, result=None, met=None, words=""):
    return {
        "key": key, "what": what, "measure": measure, "unit": unit or "", "target": target, "result": result,
        "met": met, "words": words or "",
    }  # fmt: skip


def _of_project(project, named):
    """Outcomes and outputs of one project; its name stands before them where there are several."""
    start = f"{project['title']}: " if named else ""
    for row in project["outcomes"]:
        yield _row(
            f"outcome/{row['key']}", start + row["outcome"], measure=row["measure"], unit=row["unit"],
            target=row["target"], result=row["value"], met=row["met"], words=row["comment"],
        )  # fmt: skip
    for row in project["outputs"]:
        yield _row(
            f"output/{row['key']}", start + row["output"], unit=row["unit"], target=row["target"],
            result=row["value"], met=row["met"], words=row["comment"],
        )  # fmt: skip


def _of_question(question):
    """One question of the template: its figure, or its total, or its answers in words."""
    rows = question["rows"]
    key = "indicator/" + "/".join(rows[0]["key"].split("/")[:2])
    figure = question.get("total")
    if len(rows) == 1 and rows[0]["kind"] not in WORDY:
        figure = rows[0]["value"]
    words = "" if figure is not None else "; ".join(_told(row) for row in rows if row["shown"])
    return _row(
        key, question["label"], unit=UNITS.get(question["kind"], question["unit"]),
        target=question["target"], result=figure,
        met=question.get("met"), words=words,
    )  # fmt: skip


def _told(row):
    return f"{row['label']}: {row['shown']}" if row["label"] else row["shown"]
