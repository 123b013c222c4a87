"""Returns, walked by the real actions to the state asked for."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

from accounts.models import User
from grants.actions import awards as award_actions
from grants.actions import evaluations
from grants.enums import AwardStatus, Window
from grants.models import Award
from monitoring import actions, rules
from monitoring.enums import ReturnSection, ReturnStatus, Verdict
from monitoring.models import MonitoringReturn
from monitoring.queries import figures_of, sheets_of, to_save
from plans.enums import CheckKind, IndicatorKind

from . import accounts, awards, cases

HALF_YEAR = date(2020, 9, 30)
YEAR_END = date(2021, 3, 31)
OPENED = datetime(2020, 9, 30, 6, 0, tzinfo=UTC)
CLOSED = datetime(2021, 3, 31, 6, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def live_award(cast, plan, *, amounts=(Decimal("10000"),), third=False, status=AwardStatus.LIVE, tactical_at=None):
    """An award of the round for partnerships (or third parties), every project approved in full.

    With `tactical_at` it is an award of tactical money alone, approved at that moment.
    """
    round_ = cases.round_(cast, plan, third=third)
    case = cases.business_case(
        cast,
        round_,
        organisation=cast.yot if third else cast.maidstone,
        amounts=amounts,
        window=Window.TACTICAL if tactical_at else Window.MAIN,
        at=tactical_at and tactical_at - 5 * DAY,
    )
    made = approved(cast, case, at=tactical_at or awards.DECIDED_AT)
    if status == AwardStatus.MADE:
        return made
    award_actions.offer_award(award=made, by=cast.officer, at=awards.OFFERED_AT)
    signatory = cast.yot_signatory if third else cast.maidstone_signatory
    if status == AwardStatus.DECLINED:
        award_actions.decline_award(award=made, reason="No longer needed.", by=signatory, at=awards.ACCEPTED_AT)
    if status == AwardStatus.LIVE:
        award_actions.accept_award(award=made, position="Head of service", by=signatory, at=awards.ACCEPTED_AT)
    return Award.objects.select_related("recipient", "payee", "rule_set", "stream").get(pk=made.pk)


def approved(cast, case, *, at=awards.DECIDED_AT):
    """The award of a submitted case after every project of it was approved on the day."""
    world = SimpleNamespace(**vars(cast))
    evaluations.declare_interest(case=case, has_interest=False, by=cast.officer, at=at - DAY)
    evaluations.begin_evaluation(case=case, by=cast.officer, at=at - DAY)
    for project in awards.projects(case):
        awards.advise(world, project, at=at - DAY)
    evaluations.send_for_decision(case=case, by=cast.officer, at=at - DAY)
    for project in awards.projects(case):
        awards.approve(world, project, at=at)
    return Award.objects.get(lines__project=awards.projects(case)[0])


def tactical(cast, award, *, at, amount=Decimal("2000")):
    """A tactical project approved into the award on the day."""
    case = cases.business_case(
        cast,
        award.round,
        organisation=award.recipient,
        window=Window.TACTICAL,
        amounts=(amount,),
        title="Tactical",
        at=at - 5 * DAY,
    )
    return approved(cast, case, at=at)


def released(cast, award, number=1, *, at=awards.RELEASED_AT):
    """The award with one instalment released."""
    awards.instalments.release_instalment(instalment=awards.instalment(award, number), by=cast.finance, at=at)
    return award


WRITTEN = datetime(2020, 10, 5, 9, 0, tzinfo=UTC)
CERTIFIED = datetime(2020, 10, 6, 9, 0, tzinfo=UTC)
SUBMITTED = datetime(2020, 10, 7, 9, 0, tzinfo=UTC)
QUERIED = datetime(2020, 10, 9, 9, 0, tzinfo=UTC)
REVIEWED = datetime(2020, 10, 14, 9, 0, tzinfo=UTC)
QUESTION = (ReturnSection.SPEND, "Which volunteers were trained?")


def writers_of(cast, award):
    """The lead and the certifier of the award's recipient."""
    return {
        cast.maidstone.pk: (cast.maidstone_lead, cast.maidstone_certifier),
        cast.swale.pk: (cast.swale_lead, cast.swale_certifier),
        cast.yot.pk: (cast.yot_lead, cast.yot_certifier),
    }[award.recipient_id]


def opened(award, *, on=HALF_YEAR, at=OPENED):
    """The newest return of the award after a sweep on the day."""
    actions.open_due_returns(on=on, at=at)
    return MonitoringReturn.objects.with_parents().filter(award=award).order_by("-ends_on", "-pk").first()


def whole_answers(monitoring_return, *, share=Decimal("0.5"), evidence="Ledger line 12"):
    """Every figure and every word a return asks for: each budget line spent by `share`."""
    parts = figures_of(monitoring_return)
    spend = [row for part in parts for row in part.spend]
    return {
        "entries": {
            **indicator_answers(monitoring_return),
            **kpi_answers(monitoring_return),
            ReturnSection.SPEND: {
                row.pk: {"spent": (row.planned * share).quantize(Decimal("0.01")), "evidence": evidence}
                for row in spend
            },
            ReturnSection.OUTCOMES: {
                row.pk: {"value": Decimal("105"), "comment": "Falling."} for part in parts for row in part.outcomes
            },
            ReturnSection.OUTPUTS: {
                row.pk: {"delivered": Decimal("25"), "comment": ""} for part in parts for row in part.outputs
            },
            ReturnSection.PROJECTS: {
                part.report.pk: {"standing": "ON_TRACK", "narrative": "Patrols ran every weekend."} for part in parts
            },
        },
        "texts": {
            "narrative": "The half year went to plan.",
            "learning": "Start the training earlier.",
            "risks": "Fewer volunteers in winter.",
            "underspend_reason": "The last invoice came after the year.",
        },
    }


def kpi_answers(monitoring_return, figures=None):
    """A figure for every KPI of a contract's return, by the number of the KPI where `figures` says; else 12."""
    if not monitoring_return.contract_id:
        return {}
    rows = monitoring_return.kpi_lines.select_related("kpi")
    given = figures or {}
    told = {row.pk: {"value": given.get(row.kpi.number, Decimal(12)), "comment": "As counted."} for row in rows}
    return {ReturnSection.KPIS: told} if told else {}


def indicator_answers(monitoring_return):
    """An answer to every indicator of the template, as `save_return` takes them; they agree with its checks."""
    if not monitoring_return.template_version_id:
        return {}
    sheets = sheets_of(monitoring_return)
    lines = [line for sheet in sheets if sheet.section == ReturnSection.INDICATORS for line in sheet.lines]
    totals = totals_that_agree(monitoring_return.template_version, {line.indicator.key for line in lines})
    values = {(line.key, line.cells[0].name): answer_to(line, totals[line.indicator.key]) for line in lines}
    return to_save(sheets, values)[0]


def answer_to(line, total):
    """An answer fit for the line; counts by category all stand in the first category."""
    cell, indicator = line.cells[0], line.indicator
    if not cell.is_figure:
        return "YES" if cell.choices else "It went well."
    if line.part in {"BEFORE", "AFTER"}:
        return cell.lowest + 1
    if indicator.kind == IndicatorKind.COUNTS and line.part != indicator.categories[0]:
        return Decimal(0)
    return total


def totals_that_agree(version, keys, usual=Decimal(12)):
    """A figure for each indicator by its key: sums are sums, and what is part of a figure is no more than it."""
    totals = dict.fromkeys(keys, usual)
    checks = sorted(version.checks.all(), key=lambda check: (check.kind != CheckKind.SUM_IS, -len(check.left)))
    for _again in checks:
        for check in checks:
            whole = totals[check.right]
            if check.kind == CheckKind.SUM_IS and len(check.left) > 1:
                totals[check.right] = sum(totals[key] for key in check.left)
            elif check.kind == CheckKind.SUM_IS:
                totals[check.left[0]] = whole
            else:
                totals.update({key: min(totals[key], whole // len(check.left)) for key in check.left})
    return totals


def fill_in(monitoring_return, *, by, at=WRITTEN, **answers):
    """Answer everything, and say why of every figure that stands out."""
    actions.save_return(
        monitoring_return=monitoring_return, by=by, at=at, **whole_answers(monitoring_return, **answers)
    )
    return explain(monitoring_return, by=by, at=at)


def explain(monitoring_return, *, by, at=WRITTEN, reason="It was agreed with the officer."):
    """The same reason for every figure that stands out."""
    faults = rules.faults_of(monitoring_return, sheets_of(monitoring_return), {})
    codes = [fault.code for fault in rules.warnings_of(faults)]
    return actions.confirm_warnings(
        monitoring_return=monitoring_return, reasons=dict.fromkeys(codes, reason), by=by, at=at
    )


def monitoring_return(cast, plan, *, status=ReturnStatus.OPEN, award=None, on=HALF_YEAR, at=OPENED, **answers):
    """A return of an award (the mid-year one, unless `on` says otherwise), walked to `status`.

    OPEN is still empty; every later status has every answer filled in. REVIEWED is satisfactory.
    """
    held = award or released(cast, live_award(cast, plan))
    lead, certifier = writers_of(cast, held)
    made = opened(held, on=on, at=at)
    later = at - OPENED
    if status == ReturnStatus.OPEN:
        return made
    if status == ReturnStatus.WAIVED:
        return actions.waive_return(monitoring_return=made, reason="Not needed.", by=cast.officer, at=at)
    fill_in(made, by=lead, at=WRITTEN + later, **answers)
    steps = [
        (ReturnStatus.CERTIFYING, actions.send_for_certification, {"by": lead, "at": WRITTEN + later}),
        (ReturnStatus.CERTIFIED, actions.certify_return, {"by": certifier, "at": CERTIFIED + later}),
        (ReturnStatus.SUBMITTED, actions.submit_return, {"by": lead, "at": SUBMITTED + later}),
    ]
    for reached, act, given in steps:
        act(monitoring_return=made, **given)
        if reached == status:
            return made
    if status == ReturnStatus.QUERIED:
        return queried(made, by=cast.officer, at=QUERIED + later)
    return reviewed(made, by=cast.officer, at=REVIEWED + later)


def queried(monitoring_return, *, by, at=QUERIED, questions=(QUESTION,)):
    """The return with questions asked."""
    return actions.query_return(monitoring_return=monitoring_return, questions=list(questions), by=by, at=at)


def reviewed(monitoring_return, *, by, at=REVIEWED, verdict=Verdict.SATISFACTORY, reply="Thank you. All is clear."):
    """The return with its verdict."""
    return actions.review_return(monitoring_return=monitoring_return, verdict=verdict, reply=reply, by=by, at=at)


def with_role(user, role, organisation):
    """The person with one more role, read afresh."""
    accounts.person(user.email, user.full_name, role, organisation)
    return User.objects.get(pk=user.pk)
