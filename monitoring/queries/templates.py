"""A return template as the recipient will see it, before there is any return."""

from decimal import Decimal

from django.db.models import Count

from grants.models import AwardLine, PlannedOutcome, PlannedOutput
from plans.enums import ReportKind
from plans.models import TemplateVersion
from plans.queries import indicators_of

from ..models import IndicatorValue, MonitoringReturn, OutcomeResult, OutputResult, ProjectReport, SpendLine
from .cells import parts_of, sheets_of
from .returns import ProjectPart

PROJECT = "Example project"
EXAMPLE = 1


def sheets_of_version(version, *, at_the_end=True):
    """The sheets of a return of this version with nothing answered: of the last of an award, or of one before.

    What follows from an award is shown for an example project. The numbers of the lines are their own:
    no row stands behind them, and nothing of it is ever saved.
    """
    kind = ReportKind.END_OF_AWARD if at_the_end else ReportKind.MID_YEAR
    shown = MonitoringReturn(template_version=version, kind=kind, award_id=EXAMPLE)
    pairs = [(indicator, part) for indicator in indicators_of(version) for part in parts_of(indicator)]
    answers = {
        (indicator.pk, part): IndicatorValue(pk=number, indicator=indicator, part=part)
        for number, (indicator, part) in enumerate(pairs, start=1)
    }
    return sheets_of(shown, [example_part()], {}, answers)


def example_part():
    """An example project with two budget lines, an outcome and an output."""
    line = AwardLine(pk=1, number=1, title=PROJECT, amount=Decimal("12000.00"))
    budget = [("Staff", Decimal("9000.00")), ("Venue and materials", Decimal("3000.00"))]
    outcome = PlannedOutcome(
        pk=1, number=1, outcome="An outcome of the business case", measure="How it is counted", target=Decimal(100)
    )
    output = PlannedOutput(pk=1, number=1, output="An output of the business case", target=Decimal(12))
    return ProjectPart(
        line,
        ProjectReport(pk=1, award_line=line),
        [
            SpendLine(pk=number, award_line=line, heading=heading, planned=planned)
            for number, (heading, planned) in enumerate(budget, start=1)
        ],
        [OutcomeResult(pk=1, award_line=line, planned=outcome)],
        [OutputResult(pk=1, award_line=line, planned=output)],
    )


def returns_of_version(template):
    """How many returns were opened with each version of a template, by the id of the version."""
    rows = TemplateVersion.objects.filter(template=template).annotate(opened=Count("returns"))
    return dict(rows.values_list("pk", "opened"))
