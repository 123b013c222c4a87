"""The history of unspent money of a recipient, shown wherever an award to it is decided (the hold-back policy)."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import DecimalField, OuterRef, Prefetch, Q, Subquery, Sum

from records.words import day_in_words, pounds

from ..enums import Direction, InstalmentStatus
from ..models import Award, Instalment, ReportedSpend
from .money import LET_GO, ZERO

TENTH = Decimal("0.1")
WHOLE = Decimal(100)
APRIL = 4
SUM = DecimalField(max_digits=12, decimal_places=2)


@dataclass(frozen=True)
class PastSpend:
    """What one award says of unspent money, in pounds; None is unknown. `is_final` once the whole award is told."""

    reference: str
    title: str
    ends_on: date | None
    period: str
    released: Decimal | None
    spent: Decimal | None
    returned: Decimal
    spent_to: date | None
    is_final: bool
    reason: str = ""

    @property
    def unspent(self):
        return None if self.released is None or self.spent is None else self.released - self.spent

    @property
    def share(self):
        return share_of(self.unspent, self.released)

    @property
    def still_held(self):
        """Unspent money that has not come back."""
        return None if self.unspent is None else self.unspent - self.returned


@dataclass(frozen=True)
class YearOfSpend:
    """The final figures of the awards that ended in one financial year, together; `label` is 2020/21."""

    label: str
    released: Decimal
    unspent: Decimal

    @property
    def share(self):
        return share_of(self.unspent, self.released)


def share_of(unspent, released):
    """The unspent part of what was released, in per cent to one place."""
    if unspent is None or not released:
        return None
    return (unspent * WHOLE / released).quantize(TENTH, ROUND_HALF_UP)


def history_of(organisation):
    """`PastSpend` of each award of the recipient of which anything is known, newest first; two queries.

    Final figures are set against all that was released, also after the return; those of a return in
    between against what had been released by then.
    """
    return histories_of([organisation]).get(organisation.pk, [])


def histories_of(organisations):
    """{organisation id: its history}; two queries however many there are."""
    told = ReportedSpend.objects.filter(award__recipient__in=organisations).values("award_id")
    awards = (
        Award.objects.filter(recipient__in=organisations)
        .filter(Q(pk__in=told) | Q(recorded_returned__isnull=False))
        .annotate(
            went_out=_sum_of(direction=Direction.OUT, status__in=LET_GO),
            came_back=_sum_of(direction=Direction.IN, status=InstalmentStatus.PAID),
        )
        .prefetch_related(Prefetch("reported_spend", ReportedSpend.objects.order_by("ends_on", "reported_at")))
        .order_by("-ends_on", "-starts_on", "-pk")
    )
    found: dict[int, list[PastSpend]] = {}
    for award in awards:
        found.setdefault(award.recipient_id, []).append(_past(award))
    return found


def _sum_of(**which):
    """A subquery that sums these instalments of the outer award."""
    rows = Instalment.objects.filter(award=OuterRef("pk"), **which).order_by().values("award")
    return Subquery(rows.annotate(total=Sum("amount")).values("total"), output_field=SUM)


def _past(award):
    newest = next(reversed(award.reported_spend.all()), None)
    released = award.went_out or ZERO if newest and newest.covers_the_award else newest and newest.released
    returned = award.recorded_returned if award.is_recorded else award.came_back
    return PastSpend(
        reference=award.reference,
        title=award.title,
        ends_on=award.ends_on,
        period=period_of(award),
        released=released if newest else award.recorded_amount,
        spent=newest.spent if newest else None,
        returned=returned or ZERO,
        spent_to=newest.ends_on if newest else None,
        is_final=bool(newest and newest.covers_the_award),
        reason=newest.reason if newest else "",
    )


def period_of(award):
    """The award's days in words, or its period as printed."""
    if award.starts_on and award.ends_on:
        return f"{day_in_words(award.starts_on)} to {day_in_words(award.ends_on)}"
    return award.period_label or "not published"


def by_year(history):
    """Final figures summed by the financial year in which the awards ended, newest first."""
    sums: dict[int, list[Decimal]] = {}
    for row in history:
        if row.is_final and row.unspent is not None and row.ends_on:
            year = sums.setdefault(row.ends_on.year - (row.ends_on.month < APRIL), [ZERO, ZERO])
            year[0] += row.released
            year[1] += row.unspent
    return [
        YearOfSpend(f"{year}/{(year + 1) % 100:02d}", released, unspent)
        for year, (released, unspent) in sorted(sums.items(), reverse=True)
    ]


def repeated(history, *, years, percent):
    """The newest years one after another with more than `percent` unspent; none where they are fewer than `years`."""
    found = []
    for year in by_year(history):
        if year.share is None or year.share <= percent:
            break
        found.append(year)
    return found if len(found) >= years else []


def warning_of(history, *, years, percent):
    """A plain sentence where underspend repeats, else nothing."""
    found = repeated(history, years=years, percent=percent)
    if not found:
        return ""
    told = "; ".join(
        f"{pounds(year.unspent)} ({year.share} %) of {pounds(year.released)} in {year.label}" for year in found
    )
    return (
        f"Money stayed unspent {in_a_row(len(found))}: {told}. The rules of this round point this out once more "
        f"than {plain(percent)} % stays unspent {in_a_row(years)}. Think about a lower sum, or about holding "
        f"part of it back."
    )


def in_a_row(years):
    """In one year, 2 years in a row."""
    return "in one year" if years == 1 else f"{years} years in a row"


def plain(percent):
    """5 rather than 5.00."""
    text = f"{percent:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def frozen(history):
    """The history as a record fit for JSON, kept with the advice it was read for."""
    return [
        {
            **{name: told(value) for name, value in asdict(row).items()},
            "unspent": told(row.unspent),
            "share": told(row.share),
            "still_held": told(row.still_held),
        }
        for row in history
    ]


def told(value):
    """A sum or a day as text; everything else as it is."""
    return str(value) if isinstance(value, Decimal | date) else value
