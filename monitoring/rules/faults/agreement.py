"""Figures that must agree: inside a section, between sections, with what was approved and released."""

from decimal import Decimal

from plans.enums import CheckKind
from records.words import pounds

from ...enums import CellKind, FaultClass, ReturnSection
from ...queries.returns import plain
from .fault import MAY_CONFIRM, MUST_MEND, Fault, code_of, name_of


def agreement(answers):
    """Every disagreement, most of them questions that may be answered with a reason."""
    return [
        *_fractions(answers),
        *_checks(answers),
        *_forecasts(answers),
        *_approved(answers),
        *_released(answers),
        *_nothing_delivered(answers),
    ]


def warning(cls, section, line, name, sentence, mend, code):
    return Fault(cls, MAY_CONFIRM, section, line, name, sentence, mend, code)


def _fractions(answers):
    """0.45 in a box for per cent is nearly always 45."""
    found = []
    for sheet, line in answers.by_period():
        cell, value = line.cells[0], answers.first(line)
        if cell.kind == CellKind.PERCENTAGE and value and 0 < value < 1:
            sentence = f"“{name_of(line)}” is {plain(value)}%, less than one in a hundred"
            mend = f"Enter {plain(value * 100)} if you mean {plain(value * 100)}%"
            code = code_of("fraction", line.key, value)
            found.append(warning(FaultClass.VALUE, sheet.slug, line.key, cell.name, sentence, mend, code))
    return found


def _checks(answers):
    """The template's own checks: sums that are another figure, or no more than it."""
    version = answers.monitoring_return.template_version
    found = []
    for check in version.checks.all() if version else []:
        figures = [answers.of_indicator(key) for key in check.left]
        right = answers.of_indicator(check.right)
        if right is None or any(figure is None for figure in figures):
            continue
        left = sum(figures)
        if left == right or (check.kind == CheckKind.SUM_NOT_ABOVE and left < right):
            continue
        found.append(_disagrees(answers, check, left, right))
    return found


def _disagrees(answers, check, left, right):
    """Shown at the figure they should agree with."""
    line = answers.by_indicator[check.right][0]
    sheet = next(sheet for sheet in answers.sheets if line in sheet.lines)
    names = [indicator_name(answers, key) for key in check.left]
    whole = indicator_name(answers, check.right)
    should = "no more than" if check.kind == CheckKind.SUM_NOT_ABOVE else "exactly"
    together = f"{_list(names)} together are" if len(names) > 1 else f"{names[0]} is"
    same = all(answers.by_indicator[key][0] in sheet.lines for key in check.left)
    return Fault(
        FaultClass.SECTION if same else FaultClass.CROSS_SECTION,
        MAY_CONFIRM if check.only_warns else MUST_MEND,
        sheet.slug,
        line.key,
        line.cells[0].name,
        f"{together} {plain(left)}, and {whole} is {plain(right)}",
        f"Check the figures: {_list(names)} should be {should} {whole}",
        code_of("check", f"{check.kind}/{'+'.join(check.left)}/{check.right}", plain(left), plain(right)),
    )


def indicator_name(answers, key):
    return f"“{answers.by_indicator[key][0].indicator.label}”"


def _list(names):
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _forecasts(answers):
    """What will have been spent is no less than what is, and no more than was approved."""
    found = []
    for lines in answers.projects(ReturnSection.SPEND).values():
        for line in lines:
            spent, forecast = answers.named(line, "spent"), answers.named(line, "forecast")
            if spent is not None and forecast is not None and forecast < spent:
                sentence = f"{name_of(line)}: {pounds(forecast)} is expected, and {pounds(spent)} is spent already"
                mend = "Enter the whole spend at the end of the award, or leave it empty"
                code = code_of("forecast_below", line.key, forecast, spent)
                found.append(warning(FaultClass.ROW, "spend", line.key, "forecast", sentence, mend, code))
        expected = [answers.named(line, "forecast") for line in lines]
        approved, title = lines[0].approved, lines[0].group
        if None not in expected and sum(expected) > approved:
            sentence = f"{title}: {pounds(sum(expected))} is expected to be spent, and {pounds(approved)} was approved"
            mend = "Check the forecasts, or say who pays for the rest"
            code = code_of("forecast_above", f"project/{lines[0].project}", sum(expected))
            found.append(warning(FaultClass.HISTORY, "spend", "", "", sentence, mend, code))
    return found


def _approved(answers):
    """No project spends more than was approved for it; nor do all of them together."""
    found, spent_of_all, approved_of_all = [], Decimal(0), Decimal(0)
    projects = answers.projects(ReturnSection.SPEND)
    for project, lines in projects.items():
        spent, approved = answers.spent(lines), lines[0].approved
        if spent is None:
            return found
        spent_of_all, approved_of_all = spent_of_all + spent, approved_of_all + approved
        if spent > approved:
            sentence = f"{lines[0].group}: {pounds(spent)} is spent, and {pounds(approved)} was approved"
            mend = "Check the spend of each line, or say who pays for the rest"
            code = code_of("above_approved", f"project/{project}", spent)
            found.append(warning(FaultClass.CROSS_SECTION, "spend", "", "", sentence, mend, code))
    if len(projects) > 1 and spent_of_all > approved_of_all:
        sentence = f"All projects: {pounds(spent_of_all)} is spent, and {pounds(approved_of_all)} was approved"
        mend = "Check the spend of each project, or say who pays for the rest"
        code = code_of("above_approved", "all", spent_of_all)
        found.append(warning(FaultClass.CROSS_SECTION, "spend", "", "", sentence, mend, code))
    return found


def _released(answers):
    """More spent than the office has sent, and than it sends after a return."""
    spent = answers.spent([line for _sheet, line in answers.lines(ReturnSection.SPEND)])
    if not spent or not answers.monitoring_return.award_id:
        return []
    released = answers.released
    if spent <= released + (later := answers.in_arrears):
        return []
    so_far = f"{pounds(released)} was released so far" if released else "no money was released yet"
    after = f"; {pounds(later)} follows after a return" if later else ""
    sentence = f"{pounds(spent)} is spent, and {so_far}{after}"
    mend = "Check the spend, or say who paid for the rest in the meantime"
    code = code_of("above_released", "all", spent)
    return [warning(FaultClass.CROSS_SECTION, "spend", "", "", sentence, mend, code)]


def _nothing_delivered(answers):
    """Money went out on a project and none of its outputs came."""
    found = []
    outputs = answers.projects(ReturnSection.OUTPUTS)
    for project, lines in answers.projects(ReturnSection.SPEND).items():
        spent = answers.spent(lines)
        delivered = [answers.named(line, "delivered") for line in outputs.get(project, [])]
        if spent and delivered and all(number == 0 for number in delivered):
            sentence = f"{lines[0].group}: {pounds(spent)} is spent, and nothing was delivered"
            mend = "Check the spend and the numbers delivered, or say what the money went on"
            code = code_of("nothing_delivered", f"project/{project}", spent)
            found.append(warning(FaultClass.CROSS_SECTION, "outputs", "", "", sentence, mend, code))
    return found
