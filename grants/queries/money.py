"""Sums of allocations, awards and instalments: every figure of money on a page comes from here (X2)."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, Sum

from ..enums import AwardStatus, Direction, InstalmentStatus, MovementKind, Window
from ..models import AllocationMovement, Award, AwardLine, Instalment

ZERO = Decimal("0.00")
FALLEN = (AwardStatus.LAPSED, AwardStatus.DECLINED)
LET_GO = (InstalmentStatus.RELEASED, InstalmentStatus.PAID)


def total(rows, field="amount"):
    """The sum of a column, zero when there are no rows."""
    return rows.aggregate(total=Sum(field))["total"] or ZERO


@dataclass(frozen=True)
class Part:
    """One part of an allocation (main, tactical or the whole): what there is and what is taken."""

    amount: Decimal | None
    exceptions: Decimal
    awarded: Decimal

    @property
    def limit(self):
        return None if self.amount is None else self.amount + self.exceptions

    @property
    def left(self):
        return None if self.amount is None else max(self.amount + self.exceptions - self.awarded, ZERO)

    @property
    def excess(self):
        """What is awarded beyond the part, after a later cut (C5)."""
        return ZERO if self.amount is None else max(self.awarded - self.amount - self.exceptions, ZERO)


@dataclass(frozen=True)
class Pot:
    """An allocation as parts."""

    main: Part
    tactical: Part
    whole: Part

    def part(self, window):
        return self.tactical if window == Window.TACTICAL else self.main


def lines_of(allocation):
    """Approved projects that draw on the allocation; an award that lapsed or was declined gives its money back.

    What follows an award is decided on its own and is no part of the allocation.
    """
    lines = AwardLine.objects.filter(award__allocation=allocation, project__isnull=False)
    return lines.exclude(award__status__in=FALLEN)


def pot_of(allocation):
    """Read an allocation's parts with what is awarded from each; one query each for lines and exceptions."""
    return pots_of([allocation])[allocation.pk]


def pots_of(allocations):
    """The parts of several allocations by their ids; two queries however many there are."""
    sums = {"tactical": Sum("amount", filter=Q(window=Window.TACTICAL)), "whole": Sum("amount")}
    lines = AwardLine.objects.filter(award__allocation__in=allocations, project__isnull=False)
    lines = lines.exclude(award__status__in=FALLEN)
    by_award = lines.values("award__allocation").order_by("award__allocation").annotate(**sums)
    more = AllocationMovement.objects.filter(allocation__in=allocations, kind=MovementKind.EXCEPTION)
    by_exception = more.values("allocation").order_by("allocation").annotate(**sums)
    taken = {row["award__allocation"]: row for row in by_award}
    extra = {row["allocation"]: row for row in by_exception}
    return {row.pk: _pot(row, taken.get(row.pk, {}), extra.get(row.pk, {})) for row in allocations}


def _pot(allocation, lines, more):
    """The allocation as parts, from the sums of its lines and exceptions."""
    taken, taken_tactical = lines.get("whole") or ZERO, lines.get("tactical") or ZERO
    extra, extra_tactical = more.get("whole") or ZERO, more.get("tactical") or ZERO
    return Pot(
        main=Part(allocation.main_amount, extra - extra_tactical, taken - taken_tactical),
        tactical=Part(allocation.tactical_amount, extra_tactical, taken_tactical),
        whole=Part(allocation.amount, extra, taken),
    )


@dataclass(frozen=True)
class AwardMoney:
    """What was awarded, released, paid and returned; `awarded` is None where nobody published it."""

    awarded: Decimal | None
    released: Decimal
    paid: Decimal
    called_back: Decimal
    returned: Decimal

    @property
    def unreleased(self):
        return None if self.awarded is None else self.awarded - self.released


def money_of(award):
    """The money of one award, from its lines and instalments, or as recorded."""
    if award.is_recorded:
        return AwardMoney(award.recorded_amount, ZERO, ZERO, ZERO, award.recorded_returned or ZERO)
    out, back = Q(direction=Direction.OUT), Q(direction=Direction.IN)
    paid = Q(status=InstalmentStatus.PAID)
    sums = Instalment.objects.filter(award=award).aggregate(
        released=Sum("amount", filter=out & Q(status__in=LET_GO)),
        paid=Sum("amount", filter=out & paid),
        called_back=Sum("amount", filter=back & ~Q(status=InstalmentStatus.CANCELLED)),
        returned=Sum("amount", filter=back & paid),
    )
    return AwardMoney(
        total(award.lines), *(sums[name] or ZERO for name in ("released", "paid", "called_back", "returned"))
    )


def awarded_totals(awards):
    """Return (total, how many are not published) of a set of awards."""
    recorded = awards.filter(is_recorded=True)
    known = total(recorded, "recorded_amount")
    unknown = recorded.filter(recorded_amount__isnull=True).count()
    live = awards.filter(is_recorded=False).exclude(status__in=FALLEN)
    return known + total(AwardLine.objects.filter(award__in=live.order_by().values("pk"))), unknown


def award_of(round, organisation):
    """The award in force (made, offered, live, suspended or closed) of a recipient in a round, or None."""
    gone = [*FALLEN, AwardStatus.TERMINATED]
    return Award.objects.filter(round=round, recipient=organisation, is_recorded=False).exclude(status__in=gone).first()
