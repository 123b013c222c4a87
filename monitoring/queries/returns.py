"""What one return holds: its rows by project, its money, and its versions."""

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.db.models import Q, Sum

from grants.enums import Direction, InstalmentStatus
from grants.models import AwardLine, Instalment
from plans.enums import ConditionKind

from ..models import ProjectReport, ReturnVersion

NOUGHT = Decimal("0.00")
GONE_OUT = [InstalmentStatus.RELEASED, InstalmentStatus.PAID]
AFTER_A_RETURN = {ConditionKind.MID_YEAR_SATISFACTORY, ConditionKind.YEAR_END_SATISFACTORY}


@dataclass
class ProjectPart:
    """All that a return says about one award line."""

    line: AwardLine
    report: ProjectReport
    spend: list = field(default_factory=list)
    outcomes: list = field(default_factory=list)
    outputs: list = field(default_factory=list)


def figures_of(monitoring_return):
    """The rows of a return, one part for each award line; four queries whatever its size."""
    reports = monitoring_return.project_reports.select_related("award_line").order_by("award_line__number")
    parts = {report.award_line_id: ProjectPart(report.award_line, report) for report in reports}
    for row in monitoring_return.spend_lines.order_by("budget_line__number", "pk"):
        parts[row.award_line_id].spend.append(row)
    for row in monitoring_return.outcome_results.select_related("planned").order_by("planned__number", "pk"):
        parts[row.award_line_id].outcomes.append(row)
    for row in monitoring_return.output_results.select_related("planned").order_by("planned__number", "pk"):
        parts[row.award_line_id].outputs.append(row)
    return list(parts.values())


def spent_of(rows):
    """The sum of spend lines, or None while any of them is unknown."""
    if any(row.spent is None for row in rows):
        return None
    return sum((row.spent for row in rows), NOUGHT)


def total_spent(parts):
    """What the whole return reports as spent, or None while a line is unknown."""
    return spent_of([row for part in parts for row in part.spend])


def released_to(award_id):
    """Money that went out on an award and came back, in pounds: (released, returned); nought without an award."""
    sums = Instalment.objects.filter(award_id=award_id).aggregate(
        out=Sum("amount", filter=Q(direction=Direction.OUT, status__in=GONE_OUT)),
        back=Sum("amount", filter=Q(direction=Direction.IN, status=InstalmentStatus.PAID)),
    )
    return sums["out"] or NOUGHT, sums["back"] or NOUGHT


def outgoing(award_id):
    """The instalments of an award that pay it, as (condition, status, amount)."""
    rows = Instalment.objects.filter(award_id=award_id, direction=Direction.OUT)
    return list(rows.values_list("condition", "status", "amount"))


def released_in(instalments):
    """What went out of instalments given as (condition, status, amount), in pounds."""
    return sum((amount for _condition, status, amount in instalments if status in GONE_OUT), NOUGHT)


def arrears_in(instalments):
    """What is still paid after the event, in pounds: instalments to come that wait for a return.

    The one at the end of the year is always paid after the event; the one at mid-year only where nothing is
    paid in advance.
    """
    owed = [row for row in instalments if row[1] != InstalmentStatus.CANCELLED]
    in_advance = any(condition not in AFTER_A_RETURN for condition, _status, _amount in owed)
    late = {ConditionKind.YEAR_END_SATISFACTORY} if in_advance else AFTER_A_RETURN
    return sum((amount for condition, status, amount in owed if condition in late and status not in GONE_OUT), NOUGHT)


def plain(number):
    """A figure as text without useless noughts, for a record; None stays None."""
    if number is None:
        return None
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number_of(told):
    """A figure of a record as a number again; None where it was unknown, or words."""
    try:
        return None if told in (None, "") else Decimal(told)
    except InvalidOperation:
        return None


def is_met(planned, value, target=None):
    """Whether a figure reaches the target, in the direction the measure should move; `target` as agreed later."""
    target = planned.target_now if target is None else target
    return value <= target if planned.direction == "DOWN" else value >= target


def latest_version(monitoring_return):
    """The newest frozen version, or None before anything was submitted."""
    return monitoring_return.versions.select_related("by", "paper").order_by("-number").first()


def previous_version(monitoring_return):
    """What the return before this one of the award or contract said, as last submitted, or None."""
    return (
        ReturnVersion.objects.filter(
            monitoring_return__award_id=monitoring_return.award_id,
            monitoring_return__contract_id=monitoring_return.contract_id,
            monitoring_return__ends_on__lt=monitoring_return.ends_on,
        )
        .select_related("monitoring_return")
        .order_by("-monitoring_return__ends_on", "-monitoring_return_id", "-number")
        .first()
    )
