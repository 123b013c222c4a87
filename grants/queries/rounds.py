"""Reads about rounds and the money set aside in them."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import Count, Q, Sum

from records.models import Event, Obligation

from ..enums import AwardStatus, CaseStatus, MovementKind, ProjectStatus, StageOutcome, Window
from ..models import Allocation, AllocationMovement, BudgetLine, LateAcceptance, Project, StageResult

ZERO = Decimal("0.00")
OUT_OF_FORCE = [AwardStatus.LAPSED, AwardStatus.DECLINED]
NOT_IN_PLAY = [CaseStatus.DRAFT, CaseStatus.WITHDRAWN]


def exceptions(allocation, window):
    """Pounds of recorded exceptions for one window of an allocation."""
    rows = AllocationMovement.objects.filter(allocation=allocation, window=window, kind=MovementKind.EXCEPTION)
    return rows.aggregate(total=Sum("amount"))["total"] or ZERO


def tactical_ceiling(allocation, rule_set):
    """The most the tactical pot may ever be: its share of the allocation as opened (C5); None while unknown."""
    opened = allocation.opened_amount if allocation.opened_amount is not None else allocation.amount
    return None if opened is None else rule_set.tactical_limit(opened)


def pot(allocation, window, rule_set=None):
    """Pounds that cases of one window may come to: the part, with its exceptions, under its ceiling."""
    part = allocation.main_amount if window == Window.MAIN else allocation.tactical_amount
    if part is None:
        return None
    part += exceptions(allocation, window)
    if window == Window.TACTICAL:
        ceiling = tactical_ceiling(allocation, rule_set or allocation.round.rule_set)
        part = min(part, ceiling if ceiling is not None else ZERO)
    return part


def approved_total(allocation, window):
    """Pounds approved out of one window, leaving out awards that lapsed or were turned down."""
    rows = Project.objects.filter(case__allocation=allocation, case__window=window, status=ProjectStatus.APPROVED)
    rows = rows.exclude(award_line__award__status__in=OUT_OF_FORCE).exclude(pk__in=not_agreed())
    return rows.aggregate(total=Sum("decision__amount"))["total"] or ZERO


def not_agreed():
    """Projects that went no further in a stage: approved ones to which a second body did not agree hold no money."""
    return StageResult.objects.filter(outcome=StageOutcome.FAILED).values("project")


def asked_total(allocation, window, besides=None):
    """Pounds asked for in cases that were sent in and not yet decided."""
    rows = BudgetLine.objects.filter(
        project__case__allocation=allocation,
        project__case__window=window,
        project__status__in=[ProjectStatus.PROPOSED, ProjectStatus.DEFERRED],
    ).exclude(project__case__status__in=NOT_IN_PLAY)
    if besides is not None:
        rows = rows.exclude(project__case=besides)
    return rows.aggregate(total=Sum("amount"))["total"] or ZERO


def in_use(allocation, window, besides=None):
    """Pounds approved or asked for out of one window; `besides` leaves one case's open projects out."""
    return approved_total(allocation, window) + asked_total(allocation, window, besides)


def cut_total(allocation):
    """Pounds cut out of an allocation since it was opened."""
    rows = AllocationMovement.objects.filter(allocation=allocation, kind=MovementKind.CUT)
    return rows.aggregate(total=Sum("amount"))["total"] or ZERO


def tactical_excess(allocation, rule_set, cut=None):
    """By how many pounds a later cut left the tactical pot above its share of what remains (C5).

    `cut` saves the reading where it was read before.
    """
    if None in (allocation.amount, allocation.tactical_amount, allocation.opened_amount):
        return ZERO
    if allocation.amount >= allocation.opened_amount:
        return ZERO
    cut = cut_total(allocation) if cut is None else cut
    if not cut:
        return ZERO
    return max(ZERO, allocation.tactical_amount - rule_set.tactical_limit(allocation.opened_amount - cut))


def late_until(round, organisation):
    """The last day a late case of the organisation is accepted, or None."""
    return LateAcceptance.objects.filter(round=round, organisation=organisation).values_list("until", flat=True).first()


def default_split(amount, rule_set):
    """(main, tactical) as proposed for an amount: the whole pounds of the tactical share, and the rest."""
    if amount is None:
        return None, None
    tactical = Decimal(int(rule_set.tactical_limit(amount)))
    return amount - tactical, tactical


def unknown_amounts(round):
    """Names of the organisations whose sum, or a part of it, is not known."""
    rows = round.allocations.filter(Q(amount=None) | Q(main_amount=None) | Q(tactical_amount=None))
    return list(rows.order_by("organisation__name").values_list("organisation__name", flat=True))


def allocations_of(round):
    """The allocations of a round by name, with their organisations."""
    return round.allocations.select_related("organisation", "copied_from__round").order_by("organisation__name")


def allocation_for(round, organisation):
    """The allocation of an organisation in a round, or None where it is not invited."""
    return Allocation.objects.filter(round=round, organisation=organisation).first()


def case_obligations(round):
    """Open obligations to send a main business case in this round, whatever they are about."""
    about = Q()
    for rows in (round.allocations, round.invitations, round.cases):
        ids = list(rows.values_list("pk", flat=True))
        about |= Q(subject_type=rows.model._meta.label, subject_id__in=ids)
    return Obligation.objects.open().filter(about, kind="BUSINESS_CASE")


@dataclass(frozen=True)
class Payment:
    """One planned payment, as applicants are told before they start."""

    number: int
    share: Decimal
    amount: Decimal | None
    due_on: object
    condition: str
    for_tactical: bool


def payments(round, allocation=None):
    """When money will flow: each instalment of the rule set with its day, share and condition."""
    rules = sorted(round.rule_set.instalment_rules.all(), key=lambda rule: (rule.for_tactical, rule.number))
    main = allocation.main_amount if allocation else None
    return [
        Payment(
            number=rule.number,
            share=rule.share_percent.normalize(),
            amount=None
            if rule.for_tactical or main is None
            else (main * rule.share_percent / 100).quantize(Decimal("0.01")),
            due_on=round.starts_on + timedelta(days=rule.due_days),
            condition=rule.get_condition_display(),
            for_tactical=rule.for_tactical,
        )
        for rule in rules
    ]


def for_list(rows):
    """Rounds with their stream and how many are invited and have sent a case in."""
    sent = Q(cases__first_submitted_at__isnull=False) & ~Q(cases__status=CaseStatus.WITHDRAWN)
    return rows.select_related("stream", "rule_set").annotate(
        invited=Count("allocations", distinct=True) + Count("invitations", distinct=True),
        sent=Count("cases", filter=sent, distinct=True),
    )


@dataclass(frozen=True)
class Line:
    """One allocation with what is used of each part, as the round's page shows it."""

    allocation: Allocation
    main_used: Decimal
    tactical_used: Decimal
    excepted: Decimal
    excess: Decimal
    late_until: object = None


def allocation_lines(round, changes):
    """Every allocation of a round with its use, in four queries however many there are; `changes` are its movements."""
    approved = _grouped(
        Project.objects.filter(case__round=round, status=ProjectStatus.APPROVED)
        .exclude(award_line__award__status__in=OUT_OF_FORCE)
        .exclude(pk__in=not_agreed()),
        "case__allocation",
        "case__window",
        "decision__amount",
    )
    asked = _grouped(
        BudgetLine.objects.filter(
            project__case__round=round, project__status__in=[ProjectStatus.PROPOSED, ProjectStatus.DEFERRED]
        ).exclude(project__case__status__in=NOT_IN_PLAY),
        "project__case__allocation",
        "project__case__window",
        "amount",
    )
    excepted, cuts = moved(changes, MovementKind.EXCEPTION), moved(changes, MovementKind.CUT)
    late = dict(LateAcceptance.objects.filter(round=round).values_list("organisation", "until"))
    return [
        Line(
            allocation=row,
            main_used=approved.get((row.pk, Window.MAIN), ZERO) + asked.get((row.pk, Window.MAIN), ZERO),
            tactical_used=approved.get((row.pk, Window.TACTICAL), ZERO) + asked.get((row.pk, Window.TACTICAL), ZERO),
            excepted=excepted.get(row.pk, ZERO),
            excess=tactical_excess(row, round.rule_set, cuts.get(row.pk, ZERO)),
            late_until=late.get(row.organisation_id),
        )
        for row in allocations_of(round)
    ]


def moved(changes, kind):
    """{allocation: pounds} of the movements of one kind."""
    found = {}
    for row in changes:
        if row.kind == kind:
            found[row.allocation_id] = found.get(row.allocation_id, ZERO) + row.amount
    return found


def _grouped(rows, allocation, window, amount):
    """{(allocation, window): pounds} of some rows."""
    found = rows.order_by().values_list(allocation, window).annotate(total=Sum(amount))
    return {(key, which): total or ZERO for key, which, total in found}


def totals(lines):
    """The sums under the table of allocations, and how many amounts are not known."""
    known = [line.allocation for line in lines if line.allocation.amount is not None]
    return {
        "amount": sum((row.amount for row in known), ZERO),
        "main": sum((row.main_amount or ZERO for row in known), ZERO),
        "tactical": sum((row.tactical_amount or ZERO for row in known), ZERO),
        "main_used": sum((line.main_used for line in lines), ZERO),
        "tactical_used": sum((line.tactical_used for line in lines), ZERO),
        "unknown": len(lines) - len(known),
    }


def history(round, limit=50):
    """The newest lines of the log about the round."""
    rows = Event.objects.filter(subject_type=round._meta.label, subject_id=round.pk)
    return list(rows.select_related("by").order_by("-at", "-pk")[:limit])


def movements(round):
    """Cuts and exceptions of the round, newest first."""
    rows = AllocationMovement.objects.filter(allocation__round=round).select_related("allocation__organisation", "by")
    return list(rows.order_by("-at", "-pk"))
