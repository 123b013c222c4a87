"""What is still to fill in. An unknown figure is empty; none at all is an explicit 0."""

from plans.enums import IndicatorKind, Required
from records import documents

from ...enums import CellKind, FaultClass, ReturnSection
from ...queries import file_section
from ...queries.sheet import PARTS_OF_SCORE, PEOPLE
from .fault import MUST_MEND, STILL_MISSING, Fault, code_of, name_of

UNKNOWN = "Enter {what} “{row}” ({project}), or say in the comment why it is not known"
NO_WORDS = {
    "narrative": "Say what happened over the whole period",
}


def missing(answers):
    """Everything a return still lacks, sheet by sheet."""
    found = []
    for sheet in answers.sheets:
        if sheet.section == ReturnSection.INDICATORS:
            found += _indicators(answers, sheet)
        else:
            for line in sheet.lines:
                found += LACKS[sheet.section](answers, sheet, line)
    return [*found, *_files(answers)]


def _lack(sheet, line, name, sentence, mend, cls=FaultClass.VALUE, level=STILL_MISSING):
    key = line.key if line else ""
    return Fault(cls, level, sheet.slug, key, name, sentence, mend, code_of("missing", key or sheet.slug, name))


def _spend(answers, sheet, line):
    spent, where = answers.named(line, "spent"), name_of(line)
    if spent is None:
        mend = f"Enter what was spent on {where}; enter 0 if nothing was"
        return [_lack(sheet, line, "spent", f"Spend on {where} is empty", mend)]
    shown = answers.named(line, "evidence").strip()
    if spent and answers.monitoring_return.rules.spend_evidence_required and not shown:
        mend = f"Say what shows the spend on {where}: an invoice, a ledger line, a payroll record"
        return [_lack(sheet, line, "evidence", f"Spend on {where} is shown by nothing", mend, FaultClass.ROW)]
    return []


def _result(name, what):
    def lacks(answers, sheet, line):
        if answers.named(line, name) is not None or answers.named(line, "comment").strip():
            return []
        mend = UNKNOWN.format(what=what, row=line.label, project=line.group)
        return [_lack(sheet, line, name, f"{name_of(line)} has neither a figure nor a comment", mend, FaultClass.ROW)]

    return lacks


def _kpi(answers, sheet, line):
    """A figure that is not known needs words why (S4)."""
    if answers.named(line, "value") is not None or answers.named(line, "comment").strip():
        return []
    mend = f"Enter the figure for “{name_of(line)}”, or say in the comment why it is not known"
    return [_lack(sheet, line, "value", f"“{name_of(line)}” has neither a figure nor a comment", mend, FaultClass.ROW)]


def _project(answers, sheet, line):
    found = []
    if not answers.named(line, "standing"):
        mend = f"Say how “{line.label}” stands against its plan"
        found.append(_lack(sheet, line, "standing", f"“{line.label}” has no standing", mend))
    if not answers.named(line, "narrative").strip():
        found.append(
            _lack(sheet, line, "narrative", f"“{line.label}” has no words", f"Say what happened in “{line.label}”")
        )
    return found


def _overall(answers, sheet, line):
    name = line.cells[0].name
    if name not in NO_WORDS or answers.first(line).strip():
        return []
    return [_lack(sheet, line, name, f"“{line.label}” is not answered", NO_WORDS[name])]


def _underspend(answers, sheet, line):
    """At the end of an award, money left over needs a reason (C6, C8)."""
    monitoring_return = answers.monitoring_return
    if not monitoring_return.covers_the_award or not monitoring_return.award_id or answers.first(line).strip():
        return []
    spent = answers.spent([spend for _sheet, spend in answers.lines(ReturnSection.SPEND)])
    if spent is None or answers.released <= spent:
        return []
    sentence = "Money is left unspent without a reason"
    name = line.cells[0].name
    return [_lack(sheet, line, name, sentence, "Say why money is left unspent", FaultClass.CROSS_SECTION)]


LACKS = {
    ReturnSection.SPEND: _spend,
    ReturnSection.OUTCOMES: _result("value", "the result for"),
    ReturnSection.OUTPUTS: _result("delivered", "the number delivered of"),
    ReturnSection.KPIS: _kpi,
    ReturnSection.PROJECTS: _project,
    ReturnSection.OVERALL: _overall,
    ReturnSection.UNDERSPEND: _underspend,
}


def is_required(answers, indicator):
    """Whether this return must answer the indicator, as its other answers stand."""
    if indicator.required == Required.ALWAYS:
        return True
    if indicator.required == Required.AT_THE_END:
        return answers.monitoring_return.covers_the_award
    return indicator.required == Required.WHEN and _holds(answers, indicator.required_if)


def _holds(answers, key):
    """Whether the other answer is yes or above nought: counts as their sum, empty ones as none."""
    lines = answers.by_indicator.get(key, [])
    if not lines:
        return False
    if lines[0].cells[0].is_figure:
        return sum(answers.first(line) or 0 for line in lines if line.part not in PARTS_OF_SCORE[1:]) > 0
    return answers.first(lines[0]) not in ("", "NO")


def _indicators(answers, sheet):
    found, seen = [], {}
    for line in sheet.lines:
        seen.setdefault(line.indicator, []).append(line)
    for indicator, lines in seen.items():
        required = is_required(answers, indicator)
        if indicator.kind == IndicatorKind.SCORE:
            found += _score(answers, sheet, lines, required=required)
            continue
        empty = [line for line in lines if answers.first(line) in (None, "")]
        begun = indicator.kind == IndicatorKind.COUNTS and len(empty) < len(lines)
        if required or begun:
            found += [_unanswered(sheet, line, FaultClass.ROW if begun else FaultClass.VALUE) for line in empty]
    return found


def _unanswered(sheet, line, cls=FaultClass.VALUE):
    cell, name = line.cells[0], name_of(line)
    mends = {
        CellKind.COUNT: f"Enter “{name}”; enter 0 if there were none",
        CellKind.MONEY: f"Enter “{name}”; enter 0 if it was nothing",
        CellKind.YES_NO: f"Answer “{name}” with yes or no",
        CellKind.TEXT: f"Write something under “{name}”",
    }
    mend = mends.get(cell.kind, f"Enter “{name}”")
    return _lack(sheet, line, cell.name, f"“{name}” is not answered", mend, cls)


def _score(answers, sheet, lines, *, required):
    """People asked, then both averages; averages without people make no sense."""
    people = next(line for line in lines if line.part == PEOPLE)
    averages = [line for line in lines if line.part != PEOPLE]
    asked = answers.first(people)
    given = [line for line in averages if answers.first(line) is not None]
    if asked is None and (required or given):
        return [_unanswered(sheet, people, FaultClass.ROW if given else FaultClass.VALUE)]
    if asked == 0 and given:
        line = given[0]
        sentence = f"“{name_of(line)}” has a score, and nobody was asked"
        mend = "Empty the scores, or enter how many people were asked"
        return [_lack(sheet, line, line.cells[0].name, sentence, mend, FaultClass.ROW, MUST_MEND)]
    return [_unanswered(sheet, line, FaultClass.ROW) for line in averages if asked and answers.first(line) is None]


def _files(answers):
    """Indicators that ask for a file and have none yet; one query where there are any."""
    asked = [(sheet, one) for sheet in answers.sheets for one in sheet.files if is_required(answers, one)]
    if not asked:
        return []
    kept = {row.section for row in documents.about(answers.monitoring_return)}
    return [
        Fault(
            FaultClass.VALUE,
            STILL_MISSING,
            sheet.slug,
            "",
            file_section(one),
            f"“{one.label}” has no file",
            f"Add a file for “{one.label}”",
            code_of("missing", file_section(one)),
        )
        for sheet, one in asked
        if file_section(one) not in kept
    ]
