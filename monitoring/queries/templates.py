"""A return template as the recipient will see it, before there is any return."""

from decimal import Decimal

from django.db.models import Count

from grants.models import Award, AwardLine, PlannedOutcome, PlannedOutput
from plans.enums import IndicatorKind, ReportKind, Required
from plans.models import TemplateVersion
from plans.queries import indicators_of
from plans.rules.templates import FIGURES
from services.enums import KpiKind
from services.models import Kpi, KpiTarget

from ..models import IndicatorValue, KpiLine, MonitoringReturn, OutcomeResult, OutputResult, ProjectReport, SpendLine
from .cells import parts_of, sheets_of
from .returns import ProjectPart, plain

PROJECT = "Example project"
EXAMPLE = 1


def sheets_of_version(version, *, at_the_end=True):
    """The sheets of a return of this version with nothing answered: of the last of an award, or of one before.

    What follows from an award or a contract is shown for an example project and an example KPI. The
    numbers of the lines are their own: no row stands behind them, and nothing of it is ever saved.
    """
    kind = ReportKind.END_OF_AWARD if at_the_end else ReportKind.MID_YEAR
    shown = MonitoringReturn(template_version=version, kind=kind, award=Award(pk=EXAMPLE))
    pairs = [(indicator, part) for indicator in indicators_of(version) for part in parts_of(indicator)]
    answers = {
        (indicator.pk, part): IndicatorValue(pk=number, indicator=indicator, part=part)
        for number, (indicator, part) in enumerate(pairs, start=1)
    }
    return sheets_of(shown, [example_part()], {}, answers, example_kpis())


def example_kpis():
    """An example KPI with its target."""
    kpi = Kpi(pk=1, name="A KPI of the contract", definition="What is measured", kind=KpiKind.PERCENTAGE)
    return [(KpiLine(pk=1, kpi=kpi), KpiTarget(kpi=kpi, target=Decimal(90), amber=Decimal(80)))]


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


def returns_of_versions():
    """How many returns were opened with each version, by its id."""
    rows = TemplateVersion.objects.annotate(opened=Count("returns"))
    return dict(rows.values_list("pk", "opened"))


def facts_of(indicator, labels):
    """What is asked of an answer, in words a line each; `labels` are those of the version by key."""
    facts = [f"{indicator.get_kind_display()}{f', in {indicator.unit}' if indicator.unit else ''}"]
    if indicator.categories:
        facts.append(f"Categories: {', '.join(indicator.categories)}")
    facts.append(_need(indicator, labels))
    facts += _limits(indicator)
    if indicator.kind == IndicatorKind.TEXT:
        facts.append(f"At most {indicator.longest:,} letters")
    if indicator.fewer_is_better:
        facts.append("Fewer is better")
    if indicator.kind in FIGURES and not indicator.warns_on_jump:
        facts.append("A change of over half on the last return is not asked about")
    return facts


def _need(indicator, labels):
    if indicator.required == Required.WHEN:
        return f"Needed when “{labels.get(indicator.required_if, indicator.required_if)}” is above nought or yes"
    return {
        Required.ALWAYS: "Needed in every return",
        Required.AT_THE_END: "Needed only in the return that covers the whole award",
        Required.NEVER: "May stay empty",
    }[Required(indicator.required)]


def _limits(indicator):
    lowest, highest, target = (plain(n) for n in (indicator.lowest, indicator.highest, indicator.target))
    words = f"Between {lowest} and {highest}" if lowest and highest else ""
    words = words or (f"{lowest} or more" if lowest else f"{highest} or less" if highest else "")
    return [*([words] if words else []), *([f"Target: {target}"] if target else [])]
