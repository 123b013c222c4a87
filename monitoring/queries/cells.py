"""A return as sheets of lines and cells: the one description that web form and workbook are made from (X5)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from plans.enums import IndicatorKind, ReturnPart
from plans.queries import needed_words

from ..enums import CellKind, ReturnSection, Standing
from .kpis import kpi_lines, kpi_rows
from .returns import figures_of, previous_version
from .sheet import MOST, PARTS_OF_SCORE, PEOPLE, SCORE_PARTS, YES_NO, Cell, Line, Sheet, money, words

KIND_OF = {
    IndicatorKind.COUNT: CellKind.COUNT,
    IndicatorKind.COUNTS: CellKind.COUNT,
    IndicatorKind.NUMBER: CellKind.NUMBER,
    IndicatorKind.MONEY: CellKind.MONEY,
    IndicatorKind.PERCENTAGE: CellKind.PERCENTAGE,
    IndicatorKind.YES_NO: CellKind.YES_NO,
    IndicatorKind.TEXT: CellKind.TEXT,
}


def sheets_of(monitoring_return, parts=None, previous=None, answers=None, kpis=None):
    """The whole return as sheets, in the order of its template; with the last return's figures beside.

    `parts` are `figures_of`, `previous` the content of the return before, `answers` those to indicators,
    `kpis` the rows of `kpi_rows`, where the caller has them.
    """
    parts = figures_of(monitoring_return) if parts is None else parts
    previous = last_content(monitoring_return) if previous is None else previous
    period = period_of(previous)
    made = {
        ReturnPart.SPEND: lambda: _spend(monitoring_return, parts, previous, period),
        ReturnPart.OUTCOMES: lambda: _outcomes(parts, previous, period),
        ReturnPart.OUTPUTS: lambda: _outputs(parts, previous, period),
        ReturnPart.KPIS: lambda: kpi_lines(kpi_rows(monitoring_return) if kpis is None else kpis, previous, period),
        ReturnPart.PROJECTS: lambda: _projects(parts),
        ReturnPart.OVERALL: lambda: _overall(monitoring_return),
        ReturnPart.UNDERSPEND: lambda: _underspend(monitoring_return),
    }
    sheets = []
    answers = answers_of(monitoring_return) if answers is None else answers
    rows = sections_of_template(monitoring_return)
    asked = [one for row in rows if row.part == ReturnPart.INDICATORS for one in row.indicators.all()]
    needed = needed_words(asked, at_the_end=monitoring_return.covers_the_award)
    for row in rows:
        if row.part == ReturnPart.INDICATORS:
            lines = _indicators(row, answers, previous, period, needed)
            files = tuple(one for one in row.indicators.all() if one.kind == IndicatorKind.FILE)
            slug = f"i-{row.key}"
            sheets.append(Sheet(slug, ReturnSection.INDICATORS, row.title, row.guidance, lines, files, needed))
        elif row.part in made and (lines := made[row.part]()):
            section = ReturnSection(row.part)
            sheets.append(Sheet(section.lower(), section, row.title, row.guidance, lines))
    return sheets


def last_content(monitoring_return):
    """What the return before said, as last submitted, with the days of its period; empty for the first."""
    version = previous_version(monitoring_return)
    if not version:
        return {}
    before = version.monitoring_return
    return version.content | {"starts_on": before.starts_on.isoformat(), "ends_on": before.ends_on.isoformat()}


def period_of(content):
    """The first and last day a record tells of, or None where it does not say."""
    days = content.get("starts_on"), content.get("ends_on")
    return (date.fromisoformat(days[0]), date.fromisoformat(days[1])) if all(days) else None


def file_section(indicator):
    """What a file answering an indicator is kept under."""
    return f"indicator-{indicator.pk}"


@dataclass(frozen=True)
class _Usual:
    """A section of a return that has no template."""

    part: ReturnPart
    title: str
    key: str = ""
    guidance: str = ""


def sections_of_template(monitoring_return):
    """The sections of the return's template version; without one, every part that follows from the award.

    A contract's return asks for its KPIs whatever the template says: in the template's own place for
    them, or after its sections.
    """
    if monitoring_return.template_version_id:
        rows = list(monitoring_return.template_version.sections.prefetch_related("indicators"))
        if monitoring_return.contract_id and all(row.part != ReturnPart.KPIS for row in rows):
            rows.append(_Usual(ReturnPart.KPIS, ReturnSection.KPIS.label))
        return rows
    return [_Usual(part, ReturnSection(part).label) for part in ReturnPart if part != ReturnPart.INDICATORS]


def answers_of(monitoring_return):
    """The rows of answers to indicators, by (indicator, part); none without a query where no template is."""
    if not monitoring_return.template_version_id:
        return {}
    return {(row.indicator_id, row.part): row for row in monitoring_return.indicator_values.all()}


def parts_of(indicator):
    """The parts an indicator is answered in: its categories, those of a score, or one without a name."""
    if indicator.kind == IndicatorKind.COUNTS:
        return list(indicator.categories)
    if indicator.kind == IndicatorKind.SCORE:
        return list(PARTS_OF_SCORE)
    return [] if indicator.kind == IndicatorKind.FILE else [""]


def _indicators(row, answers, previous, period, needed):
    known = previous.get("indicators", {})
    lines = []
    for indicator in row.indicators.all():
        for part in parts_of(indicator):
            if answer := answers.get((indicator.pk, part)):
                last = known.get(f"{row.key}/{indicator.key}/{part}")
                beside = {"needed": needed.get(indicator.key, ""), "last": last}
                lines.append(_indicator(row, indicator, part, answer, beside, period))
    return tuple(lines)


def _indicator(row, indicator, part, answer, beside, period):
    score = indicator.kind == IndicatorKind.SCORE
    label = SCORE_PARTS[part] if score else part or indicator.label
    kind = KIND_OF[IndicatorKind(indicator.kind)] if not score else _kind_of_score(part)
    figure = kind not in {CellKind.YES_NO, CellKind.TEXT}
    people = score and part == PEOPLE
    lowest = Decimal(0) if indicator.lowest is None or people else indicator.lowest
    highest = MOST if indicator.highest is None or people else indicator.highest
    if kind == CellKind.PERCENTAGE:
        highest = min(highest, Decimal(100))
    cell = Cell(
        "number" if figure else "words",
        kind,
        "Answer",
        answer.number if figure else answer.words,
        lowest=lowest if figure else None,
        highest=highest if figure else None,
        decimals=0 if kind == CellKind.COUNT else 2,
        longest=indicator.longest,
        choices=YES_NO if kind == CellKind.YES_NO else (),
    )
    beside = {"unit": indicator.unit, "target": indicator.target, "help": indicator.help, **beside}
    return Line(
        f"i/{row.key}/{indicator.key}/{part}",
        ReturnSection.INDICATORS,
        answer.pk,
        label,
        (cell,),
        group=indicator.label if part else "",
        beside=beside,
        indicator=indicator,
        part=part,
        last_period=period,
    )


def _kind_of_score(part):
    return CellKind.COUNT if part == PEOPLE else CellKind.NUMBER


def _last(previous, kind, name):
    """The figures of the return before by the id of budget line, outcome or output."""
    return {row["key"]: row[name] for project in previous.get("projects", []) for row in project[kind]}


def _spend(monitoring_return, parts, previous, period):
    last = _last(previous, "spend", "spent")
    return tuple(
        Line(
            f"spend/{row.pk}",
            ReturnSection.SPEND,
            row.pk,
            row.heading,
            (
                money("spent", "Spent since the award began (£)", row.spent),
                *(
                    ()
                    if monitoring_return.covers_the_award
                    else (money("forecast", "Expected by the end of the award (£)", row.forecast),)
                ),
                words("evidence", "Evidence", row.evidence, 300),
            ),
            group=part.line.title,
            beside={"planned": row.planned, "last": last.get(row.budget_line_id) if row.budget_line_id else None},
            project=part.line.pk,
            approved=part.line.amount,
            last_period=period,
        )
        for part in parts
        for row in part.spend
    )


def _outcomes(parts, previous, period):
    last = _last(previous, "outcomes", "value")
    return tuple(
        Line(
            f"outcomes/{row.pk}",
            ReturnSection.OUTCOMES,
            row.pk,
            row.planned.outcome,
            (
                Cell("value", CellKind.NUMBER, "Result", row.value, lowest=-MOST, highest=MOST),
                words("comment", "Comment", row.comment),
            ),
            group=part.line.title,
            beside={
                "measure": row.planned.measure,
                "unit": row.planned.unit,
                "direction": row.planned.get_direction_display(),
                "baseline": row.planned.baseline,
                "target": row.target_then,
                "last": last.get(row.planned_id),
            },
            project=part.line.pk,
            last_period=period,
        )
        for part in parts
        for row in part.outcomes
    )


def _outputs(parts, previous, period):
    last = _last(previous, "outputs", "value")
    return tuple(
        Line(
            f"outputs/{row.pk}",
            ReturnSection.OUTPUTS,
            row.pk,
            row.planned.output,
            (
                Cell("delivered", CellKind.NUMBER, "Delivered", row.delivered, lowest=Decimal(0), highest=MOST),
                words("comment", "Comment", row.comment),
            ),
            group=part.line.title,
            beside={
                "unit": row.planned.unit,
                "target": row.target_then,
                "last": last.get(row.planned_id),
            },
            project=part.line.pk,
            last_period=period,
        )
        for part in parts
        for row in part.outputs
    )


def _projects(parts):
    return tuple(
        Line(
            f"projects/{part.report.pk}",
            ReturnSection.PROJECTS,
            part.report.pk,
            part.line.title,
            (
                Cell(
                    "standing",
                    CellKind.CHOICE,
                    "How it stands against its plan",
                    part.report.standing,
                    choices=tuple(Standing.choices),
                ),
                words("narrative", "What happened", part.report.narrative),
            ),
            project=part.line.pk,
        )
        for part in parts
    )


def _text(name, label, monitoring_return, section):
    cell = words(name, "Your words", getattr(monitoring_return, name))
    return Line(f"texts/{name}", section, 0, label, (cell,))


def _overall(monitoring_return):
    asked = {
        "narrative": "What happened over the whole period?",
        "learning": "What did you learn? (optional)",
        "risks": "What could go wrong from here? (optional)",
    }
    return tuple(_text(name, label, monitoring_return, ReturnSection.OVERALL) for name, label in asked.items())


def _underspend(monitoring_return):
    """Money is left over from awards; a contract is paid for what it delivers."""
    if not monitoring_return.award_id:
        return ()
    label = "Why is money left unspent, and what should happen with it?"
    return (_text("underspend_reason", label, monitoring_return, ReturnSection.UNDERSPEND),)


def to_save(sheets, values):
    """What `save_return` takes, from {(line key, cell name): value}: (entries, texts)."""
    entries: dict[ReturnSection, dict[int, dict[str, Any]]] = {}
    texts: dict[str, Any] = {}
    for sheet in sheets:
        for line in sheet.lines:
            given = {cell.name: values[line.key, cell.name] for cell in line.cells if (line.key, cell.name) in values}
            if line.pk and given:
                entries.setdefault(line.section, {})[line.pk] = given
            else:
                texts.update(given)
    return entries, texts
