"""A return as a record fit for JSON: what is shown before sending, frozen after, and compared (X6).

It names everything in words of its own, so that an old version can be read whatever became of its template.
"""

from decimal import Decimal

from plans.enums import IndicatorKind
from records import words

from ..enums import CellKind, ReturnSection
from .cells import sheets_of
from .kpis import kpis_told, with_last_kpis
from .returns import NOUGHT, is_met, number_of, plain, released_to, spent_of, total_spent
from .sheet import PEOPLE

WORDY = {CellKind.TEXT, CellKind.YES_NO, CellKind.CHOICE}


def content_of(monitoring_return, parts, sheets=None):
    """The whole return; `sheets` where the caller has them."""
    sheets = sheets_of(monitoring_return, parts, previous={}) if sheets is None else sheets
    asks = {sheet.section for sheet in sheets}
    released, returned = released_to(monitoring_return.award_id)
    spent = total_spent(parts) if ReturnSection.SPEND in asks else None
    approved = sum((part.line.amount for part in parts), NOUGHT)
    forecast = forecast_of([row for part in parts for row in part.spend])
    return {
        "starts_on": monitoring_return.starts_on.isoformat(),
        "ends_on": monitoring_return.ends_on.isoformat(),
        "asks_spend": ReturnSection.SPEND in asks,
        "projects": [_project(part, asks) for part in parts],
        "narrative": monitoring_return.narrative,
        "learning": monitoring_return.learning,
        "risks": monitoring_return.risks,
        "underspend_reason": monitoring_return.underspend_reason,
        "totals": {
            "planned": plain(sum((row.planned or NOUGHT for part in parts for row in part.spend), NOUGHT)),
            "approved": plain(approved),
            "released": plain(released),
            "returned": plain(returned),
            "spent": plain(spent),
            "forecast": plain(forecast),
            "expected_left": None if forecast is None else plain(approved - forecast),
            "unspent": None if spent is None else plain(released - spent),
        },
        "indicators": _indicators(sheets),
        "kpis": kpis_told(sheets),
        "indicator_sections": [_section(sheet) for sheet in sheets if sheet.section == ReturnSection.INDICATORS],
        "spent_by_line": {str(part.line.pk): plain(spent_of(part.spend)) for part in parts},
    }


def forecast_of(rows):
    """What will have been spent at the end, or None while a line has no forecast."""
    return None if any(row.forecast is None for row in rows) else sum((row.forecast for row in rows), NOUGHT)


def _project(part, asks):
    spent, forecast = spent_of(part.spend), forecast_of(part.spend)
    return {
        "line": part.line.number,
        "title": part.line.title,
        "approved": plain(part.line.amount),
        "planned": plain(sum((row.planned or NOUGHT for row in part.spend), NOUGHT)),
        "spent": plain(spent),
        "left": None if spent is None else plain(part.line.amount - spent),
        "forecast": plain(forecast),
        "expected_left": None if forecast is None else plain(part.line.amount - forecast),
        "standing": part.report.standing,
        "standing_label": part.report.get_standing_display(),
        "narrative": part.report.narrative,
        "spend": [_spend(row) for row in part.spend if ReturnSection.SPEND in asks],
        "outcomes": [_outcome(row) for row in part.outcomes if ReturnSection.OUTCOMES in asks],
        "outputs": [_output(row) for row in part.outputs if ReturnSection.OUTPUTS in asks],
    }


def _spend(row):
    known = row.spent is not None and row.planned is not None
    return {
        "key": row.budget_line_id,
        "heading": row.heading,
        "planned": plain(row.planned),
        "spent": plain(row.spent),
        "forecast": plain(row.forecast),
        "left": plain(row.planned - row.spent) if known else None,
        "evidence": row.evidence,
    }


def _outcome(row):
    planned = row.planned
    return {
        "key": planned.pk,
        "outcome": planned.outcome,
        "measure": planned.measure,
        "unit": planned.unit,
        "direction": planned.direction,
        "baseline": plain(planned.baseline),
        "target": plain(row.target_then),
        "value": plain(row.value),
        "met": None if row.value is None else is_met(planned, row.value, row.target_then),
        "comment": row.comment,
    }


def _output(row):
    return {
        "key": row.planned_id,
        "output": row.planned.output,
        "unit": row.planned.unit,
        "target": plain(row.target_then),
        "value": plain(row.delivered),
        "met": None if row.delivered is None else row.delivered >= row.target_then,
        "comment": row.comment,
    }


def _indicators(sheets):
    """Every answer as plain text by "<section key>/<indicator key>/<part>"."""
    lines = [line for sheet in sheets if sheet.section == ReturnSection.INDICATORS for line in sheet.lines]
    return {line.key.removeprefix("i/"): _told(line.cells[0]) for line in lines}


def _told(cell):
    return plain(cell.value) if cell.is_figure else cell.value


def _section(sheet):
    """One section of figures: each question with its answers in words, and how it stands to its target."""
    questions: dict[int, dict] = {}
    for line in sheet.lines:
        asked = questions.setdefault(line.indicator.pk, _question(line.indicator))
        cell = line.cells[0]
        asked["rows"].append(
            {
                "key": line.key.removeprefix("i/"),
                "label": line.label if line.part else "",
                "kind": str(cell.kind),
                "value": _told(cell),
                "shown": shown_as(cell.kind, _told(cell)),
            }
        )
        if line.part in {"", PEOPLE} or line.indicator.kind == IndicatorKind.COUNTS:
            asked["figures"].append(cell.value if cell.is_figure else None)
    return {
        "slug": sheet.slug,
        "title": sheet.title,
        "has_target": has_target(questions.values()),
        "questions": [_judged(asked) for asked in questions.values()],
        "files": [indicator.label for indicator in sheet.files],
    }


def has_target(questions):
    """Whether a column of targets would hold any; records of before do not say it themselves."""
    return any(question["target"] is not None for question in questions)


def _question(indicator):
    return {
        "label": indicator.label,
        "kind": indicator.kind,
        "unit": indicator.unit,
        "target": plain(indicator.target),
        "fewer": indicator.fewer_is_better,
        "figures": [],
        "rows": [],
    }


def _judged(asked):
    """The question with its total, and whether that reaches the target; the sums of unknown parts are unknown."""
    figures = asked.pop("figures")
    total = None if any(figure is None for figure in figures) else sum(figures, NOUGHT)
    target = asked["target"]
    met = None
    if total is not None and target is not None and figures:
        met = total <= Decimal(target) if asked["fewer"] else total >= Decimal(target)
    counted = asked["kind"] == IndicatorKind.COUNTS
    return asked | {"met": met, "total": plain(total) if counted else None}


def shown_as(kind, told):
    """An answer of a record in words: £1,250, 45%, Yes; empty where nothing was answered, or words for a figure."""
    if told in (None, ""):
        return ""
    if kind in WORDY:
        return {"YES": "Yes", "NO": "No"}.get(told, told) if kind == CellKind.YES_NO else told
    number = number_of(told)
    if number is None:
        return ""
    if kind == CellKind.MONEY:
        return words.pounds(number)
    return f"{number:,f}%" if kind == CellKind.PERCENTAGE else f"{number:,f}"


def with_previous(content, previous):
    """The content with the last return's figure beside each of its own (`last`), and which columns to show."""
    known = {}
    content["has_last"] = bool(previous)
    for section in content.get("indicator_sections", []):
        section.setdefault("has_target", has_target(section["questions"]))
    for project in (previous or {}).get("projects", []):
        for kind, name in (("spend", "spent"), ("outcomes", "value"), ("outputs", "value")):
            known.update({(kind, row["key"]): row[name] for row in project[kind]})
    for project in content["projects"]:
        for kind in ("spend", "outcomes", "outputs"):
            for row in project[kind]:
                row["last"] = known.get((kind, row["key"]))
    answers = (previous or {}).get("indicators", {})
    for row in rows_of_indicators(content):
        row["last"] = shown_as(row["kind"], answers.get(row["key"]))
    return with_last_kpis(content, previous)


def rows_of_indicators(content):
    """Every answer to an indicator in a record; none in those of before there were templates."""
    sections = content.get("indicator_sections", [])
    return [row for section in sections for question in section["questions"] for row in question["rows"]]


WORDS = (
    ("narrative", "What happened"),
    ("learning", "Learning"),
    ("risks", "Risks"),
    ("underspend_reason", "Why money is unspent"),
)


def before_and_after(before, after):
    """What a correction changed, as rows {label, before, after, is_figure}."""
    was, now = _flat(before), _flat(after)
    return [
        {"label": now[key][0], "before": shown(was.get(key)), "after": shown(now[key]), "is_figure": key[0] == "figure"}
        for key in now
        if was.get(key, ("", None, ""))[1] != now[key][1]
    ]


def shown(entry):
    """One value of a comparison in words; money in pounds."""
    if entry is None or entry[1] in (None, ""):
        return "Not given"
    return words.pounds(Decimal(entry[1])) if entry[2] == "money" else entry[1]


def _flat(content):
    found: dict[tuple, tuple] = {}
    for project in content["projects"]:
        title, line = project["title"], project["line"]
        for row in project["spend"]:
            found["figure", "spend", line, row["heading"]] = (f"{title}: {row['heading']}", row["spent"], "money")
            forecast = f"{title}: expected spend on {row['heading']}"
            found["text", "forecast", line, row["heading"]] = (forecast, row.get("forecast"), "money")
            found["text", "evidence", line, row["heading"]] = (
                f"{title}: evidence for {row['heading']}",
                row["evidence"],
                "",
            )
        for kind, noun in (("outcomes", "outcome"), ("outputs", "output")):
            for row in project[kind]:
                found["figure", kind, row["key"]] = (f"{title}: {row[noun]}", row["value"], "")
                found["text", kind, row["key"]] = (f"{title}: comment on {row[noun]}", row["comment"], "")
        found["text", "standing", line] = (f"{title}: standing", project["standing_label"], "")
        found["text", "narrative", line] = (f"{title}: what happened", project["narrative"], "")
    for section in content.get("indicator_sections", []):
        for question in section["questions"]:
            for row in question["rows"]:
                kind = "text" if row["kind"] in WORDY else "figure"
                label = f"{question['label']}: {row['label']}" if row["label"] else question["label"]
                found[kind, "indicator", row["key"]] = (f"{section['title']}: {label}", row["shown"], "")
    for row in content.get("kpis", []):
        found["figure", "kpi", row["key"]] = (f"KPI: {row['name']}", row["shown"], "")
        found["text", "kpi", row["key"]] = (f"KPI: comment on {row['name']}", row["comment"], "")
    found.update({("text", name): (label, content[name], "") for name, label in WORDS})
    return found
