"""Figures against what was reported before and against the time that has passed; every one a question.

Spend and outputs are counted since the award began, so their pace is compared: what this period
added against what came before it, day for day. Indicators and KPIs are counted by period; a count or a sum
of money is compared day for day where both periods are known.
"""

from decimal import Decimal

from records.words import pounds

from ...enums import CellKind, FaultClass, ReturnSection
from ...queries.returns import number_of, plain
from .agreement import warning
from .fault import code_of, name_of

HALF = Decimal("0.5")
# A change smaller than this is no jump, however large a share of a small figure it is.
SMALL = {
    CellKind.COUNT: Decimal(5),
    CellKind.NUMBER: Decimal(1),
    CellKind.MONEY: Decimal(100),
    CellKind.PERCENTAGE: Decimal(10),
}
FAR_ABOVE = Decimal("0.25")


def history(answers):
    """Jumps, figures that went back, and spend far above the share of the time that has passed."""
    return [
        *_since_the_start(answers, ReturnSection.SPEND, "spent"),
        *_since_the_start(answers, ReturnSection.OUTPUTS, "delivered"),
        *_by_period(answers),
        *_above_profile(answers),
    ]


def _since_the_start(answers, section, name):
    found = []
    for sheet, line in answers.lines(section):
        now, last = answers.named(line, name), number_of(line.beside.get("last"))
        if now is None or last is None:
            continue
        cell = next(cell for cell in line.cells if cell.name == name)
        shown = pounds if cell.kind == CellKind.MONEY else plain
        if now < last:
            sentence = f"{name_of(line)}: {shown(now)} since the award began, less than the {shown(last)} of last time"
            mend = "Enter everything since the award began, not this period alone"
            code = code_of("less", line.key, now)
        elif _jumps(answers.monitoring_return, line, cell, now, last):
            sentence = (
                f"{name_of(line)}: {shown(now - last)} in this period, over half above the pace before "
                f"({shown(last)} at the last return)"
            )
            mend = "Check the figure, or say what changed"
            code = code_of("jump", line.key, now)
        else:
            continue
        found.append(warning(FaultClass.HISTORY, sheet.slug, line.key, name, sentence, mend, code))
    return found


def _jumps(monitoring_return, line, cell, now, last):
    """Whether this period added over half more, day for day, than came before."""
    award = monitoring_return.award
    if not (line.last_period and award and award.starts_on):
        return False
    before = (line.last_period[1] - award.starts_on).days + 1
    since = (monitoring_return.ends_on - line.last_period[1]).days
    if before <= 0 or since <= 0:
        return False
    expected, added = last * since / before, now - last
    return added > expected * (1 + HALF) and added - expected >= SMALL[cell.kind]


def _by_period(answers):
    found = []
    for sheet, line in answers.by_period():
        cell = line.cells[0]
        if not cell.is_figure or (line.indicator and not line.indicator.warns_on_jump):
            continue
        now, last = answers.first(line), number_of(line.beside.get("last"))
        if now is None or last is None:
            continue
        expected = last * _longer(answers.monitoring_return, line, cell)
        if abs(now - expected) <= expected * HALF or abs(now - expected) < SMALL[cell.kind]:
            continue
        shown = pounds if cell.kind == CellKind.MONEY else plain
        way = "above" if now > expected else "below"
        sentence = f"“{name_of(line)}” is {shown(now)}, over half {way} the {shown(last)} of the last return"
        code = code_of("jump", line.key, now)
        mend = "Check the figure, or say what changed"
        found.append(warning(FaultClass.HISTORY, sheet.slug, line.key, cell.name, sentence, mend, code))
    return found


def _longer(monitoring_return, line, cell):
    """How much longer this period is than the last, for what grows with time; else 1."""
    if not line.last_period or cell.kind not in {CellKind.COUNT, CellKind.MONEY}:
        return Decimal(1)
    first, last = line.last_period
    days = (monitoring_return.ends_on - monitoring_return.starts_on).days + 1
    return Decimal(days) / ((last - first).days + 1)


def _above_profile(answers):
    """Spend far ahead of time: the share spent is over a quarter above the share of the award's days gone."""
    award = answers.monitoring_return.award
    if not (award and award.starts_on and award.ends_on):
        return []
    days = (award.ends_on - award.starts_on).days + 1
    gone = Decimal((answers.monitoring_return.ends_on - award.starts_on).days + 1) / days
    found = []
    for project, lines in answers.projects(ReturnSection.SPEND).items():
        spent, approved = answers.spent(lines), lines[0].approved
        if not spent or spent > approved or spent / approved - gone <= FAR_ABOVE:
            continue
        sentence = (
            f"{lines[0].group}: {spent / approved:.0%} of the money is spent, "
            f"and {gone:.0%} of the time of the award has passed"
        )
        mend = "Check the spend, or say why it came early"
        code = code_of("above_profile", f"project/{project}", spent)
        found.append(warning(FaultClass.HISTORY, "spend", "", "", sentence, mend, code))
    return found
