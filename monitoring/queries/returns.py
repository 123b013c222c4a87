"""What one return holds: its rows by project, and the same as a record that can be frozen (X6)."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q, Sum

from grants.enums import Direction, InstalmentStatus
from grants.models import AwardLine, Instalment
from records import words

from ..models import ProjectReport, ReturnVersion

NOUGHT = Decimal("0.00")
GONE_OUT = [InstalmentStatus.RELEASED, InstalmentStatus.PAID]


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


def plain(number):
    """A figure as text without useless noughts, for a record; None stays None."""
    if number is None:
        return None
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def content_of(monitoring_return, parts):
    """The return as a record fit for JSON: what is shown before sending and frozen after."""
    released, returned = released_to(monitoring_return.award_id)
    spent = total_spent(parts)
    return {
        "projects": [_project(part) for part in parts],
        "narrative": monitoring_return.narrative,
        "learning": monitoring_return.learning,
        "risks": monitoring_return.risks,
        "underspend_reason": monitoring_return.underspend_reason,
        "totals": {
            "planned": plain(sum((row.planned or NOUGHT for part in parts for row in part.spend), NOUGHT)),
            "approved": plain(sum((part.line.amount for part in parts), NOUGHT)),
            "released": plain(released),
            "returned": plain(returned),
            "spent": plain(spent),
            "unspent": None if spent is None else plain(released - spent),
        },
        "spent_by_line": {str(part.line.pk): plain(spent_of(part.spend)) for part in parts},
    }


def _project(part):
    spent = spent_of(part.spend)
    return {
        "line": part.line.number,
        "title": part.line.title,
        "approved": plain(part.line.amount),
        "planned": plain(sum((row.planned or NOUGHT for row in part.spend), NOUGHT)),
        "spent": plain(spent),
        "left": None if spent is None else plain(part.line.amount - spent),
        "standing": part.report.standing,
        "standing_label": part.report.get_standing_display(),
        "narrative": part.report.narrative,
        "spend": [_spend(row) for row in part.spend],
        "outcomes": [_outcome(row) for row in part.outcomes],
        "outputs": [_output(row) for row in part.outputs],
    }


def _spend(row):
    known = row.spent is not None and row.planned is not None
    return {
        "key": row.budget_line_id,
        "heading": row.heading,
        "planned": plain(row.planned),
        "spent": plain(row.spent),
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
        "target": plain(planned.target),
        "value": plain(row.value),
        "met": None if row.value is None else is_met(planned, row.value),
        "comment": row.comment,
    }


def is_met(planned, value):
    """Whether a figure reaches the target, in the direction the measure should move."""
    return value <= planned.target if planned.direction == "DOWN" else value >= planned.target


def _output(row):
    return {
        "key": row.planned_id,
        "output": row.planned.output,
        "unit": row.planned.unit,
        "target": plain(row.planned.target),
        "value": plain(row.delivered),
        "met": None if row.delivered is None else row.delivered >= row.planned.target,
        "comment": row.comment,
    }


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


def with_previous(content, previous):
    """The content with the last return's figure beside each of its own (`last`)."""
    known = {}
    for project in (previous or {}).get("projects", []):
        for kind, name in (("spend", "spent"), ("outcomes", "value"), ("outputs", "value")):
            known.update({(kind, row["key"]): row[name] for row in project[kind]})
    for project in content["projects"]:
        for kind in ("spend", "outcomes", "outputs"):
            for row in project[kind]:
                row["last"] = known.get((kind, row["key"]))
    return content


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
    found.update({("text", name): (label, content[name], "") for name, label in WORDS})
    return found
