"""Money by stream, in pounds. Each figure and the rows behind it come from the same querysets (X2).

A figure is a list of parts; a part is a queryset with `stream_id`, `value`, `example` and the words of a row.
Totals over unknown values count them apart, so that a page can say "at least".
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import (
    BooleanField,
    Count,
    DecimalField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    Subquery,
    Sum,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from grants.enums import AwardStatus, Direction, InstalmentStatus, RoundStatus
from grants.models import Allocation, Award, AwardLine, Instalment
from monitoring.models import ReturnVersion
from plans.queries import sources as plan_sources

NOUGHT = Decimal("0.00")
POUNDS = DecimalField(max_digits=12, decimal_places=2)
NO_LONGER = [AwardStatus.LAPSED, AwardStatus.DECLINED, AwardStatus.TERMINATED]
GONE_OUT = [InstalmentStatus.RELEASED, InstalmentStatus.PAID]
WORDS = {
    "allocated": ("Allocated", "Set aside in opened rounds, as it stands now."),
    "committed": ("Committed", "Approved project by project, recorded past awards and other commitments."),
    "released": ("Released", "Instalments released or paid to recipients."),
    "spent": ("Spent", "Spend that recipients reported in their latest submitted return."),
    "returned": ("Returned", "Unspent money that came back."),
    "unspent": ("Unspent", "Released, less reported spend, less returned. It falls as returns come in."),
}


@dataclass(frozen=True)
class MoneySum:
    """A total in pounds and how many rows beneath it have no published value."""

    total: Decimal = NOUGHT
    unknown: int = 0
    rows: int = 0
    examples: int = 0

    @property
    def nothing_known(self):
        return bool(self.rows) and self.rows == self.unknown

    def __add__(self, other):
        return MoneySum(
            self.total + other.total,
            self.unknown + other.unknown,
            self.rows + other.rows,
            self.examples + other.examples,
        )


@dataclass(frozen=True)
class MoneyRow:
    """One row behind a figure."""

    reference: str
    title: str
    organisation: str
    value: Decimal | None
    link: str
    is_example: bool


def _described(rows, *, stream, value, reference, title, organisation, path, example):
    """Give a queryset the words and the value that every part of a figure shares."""
    return rows.annotate(
        row_stream=F(stream),
        row_value=value if hasattr(value, "resolve_expression") else F(value),
        row_reference=F(reference) if reference else Value(""),
        row_title=F(title),
        row_organisation=F(organisation),
        row_path=F(path) if path else Value(""),
        row_example=ExpressionWrapper(example, output_field=BooleanField()),
    )


def allocated():
    rows = Allocation.objects.exclude(round__status=RoundStatus.DRAFT)
    return [
        (
            "/rounds/",
            _described(
                rows,
                stream="round__stream_id",
                value="amount",
                reference="round__reference",
                title="round__name",
                organisation="organisation__name",
                path="round__reference",
                example=Q(round__is_example=True) | Q(organisation__is_example=True),
            ),
        )
    ]


def committed():
    lines = AwardLine.objects.exclude(award__status__in=NO_LONGER)
    recorded = Award.objects.filter(is_recorded=True)
    other = plan_sources.standing()
    return [
        (
            "/awards/",
            _described(
                lines,
                stream="award__stream_id",
                value="amount",
                reference="award__reference",
                title="title",
                organisation="award__recipient__name",
                path="award__reference",
                example=Q(award__recipient__is_example=True),
            ),
        ),
        (
            "/awards/",
            _described(
                recorded,
                stream="stream_id",
                value="recorded_amount",
                reference="reference",
                title="title",
                organisation="recipient__name",
                path="reference",
                example=Q(recipient__is_example=True),
            ),
        ),
        (
            "/money/commitments/",
            _described(
                other,
                stream="stream_id",
                value="amount",
                reference="",
                title="title",
                organisation="recipient__name",
                path="key",
                example=Q(basis="EXAMPLE"),
            ),
        ),
    ]


def _instalments(rows):
    return (
        "/awards/",
        _described(
            rows,
            stream="award__stream_id",
            value="amount",
            reference="award__reference",
            title="award__title",
            organisation="award__payee__name",
            path="award__reference",
            example=Q(award__recipient__is_example=True),
        ),
    )


def released():
    return [_instalments(Instalment.objects.filter(direction=Direction.OUT, status__in=GONE_OUT))]


def returned():
    back = Instalment.objects.filter(direction=Direction.IN, status=InstalmentStatus.PAID)
    recorded = Award.objects.filter(is_recorded=True, recorded_returned__isnull=False)
    return [
        _instalments(back),
        (
            "/awards/",
            _described(
                recorded,
                stream="stream_id",
                value="recorded_returned",
                reference="reference",
                title="title",
                organisation="recipient__name",
                path="reference",
                example=Q(recipient__is_example=True),
            ),
        ),
    ]


class TextAt(Func):
    """The text at a key of a JSON object."""

    function = "jsonb_extract_path_text"
    output_field = TextField()


def reported_lines():
    """Award lines with `reported`: the newest figure of spend that was submitted for the line, counted since the
    award began. It comes from what was frozen at submission, so a correction counts once it is sent."""
    newest = (
        ReturnVersion.objects.filter(monitoring_return__award=OuterRef("award"))
        .annotate(text=TextAt(F("content"), Value("spent_by_line"), Cast(OuterRef("pk"), TextField())))
        .filter(text__isnull=False)
        .order_by("-monitoring_return__ends_on", "-monitoring_return_id", "-number")
        .annotate(sum=Cast("text", POUNDS))
        .values("sum")[:1]
    )
    return AwardLine.objects.annotate(reported=Subquery(newest))


def spent():
    return [
        (
            "/awards/",
            _described(
                reported_lines().filter(reported__isnull=False),
                stream="award__stream_id",
                value="reported",
                reference="award__reference",
                title="title",
                organisation="award__recipient__name",
                path="award__reference",
                example=Q(award__recipient__is_example=True),
            ),
        )
    ]


def _sum_of(rows, field):
    total = rows.values("award_key").annotate(total=Sum(field)).values("total")
    return Coalesce(Subquery(total), Value(NOUGHT), output_field=POUNDS)


def unspent():
    own = Instalment.objects.filter(award=OuterRef("pk")).annotate(award_key=F("award_id"))
    out = own.filter(direction=Direction.OUT, status__in=GONE_OUT)
    back = own.filter(direction=Direction.IN, status=InstalmentStatus.PAID)
    reported = reported_lines().filter(award=OuterRef("pk")).annotate(award_key=F("award_id"))
    awards = Award.objects.filter(Exists(out))
    left = _sum_of(out, "amount") - _sum_of(reported, "reported") - _sum_of(back, "amount")
    return [
        (
            "/awards/",
            _described(
                awards,
                stream="stream_id",
                value=left,
                reference="reference",
                title="title",
                organisation="recipient__name",
                path="reference",
                example=Q(recipient__is_example=True),
            ),
        )
    ]


FIGURES = {
    "allocated": allocated,
    "committed": committed,
    "released": released,
    "spent": spent,
    "returned": returned,
    "unspent": unspent,
}


def totals(figure, *, with_examples=True):
    """The figure by stream id; one query for each part of it."""
    by_stream = defaultdict(MoneySum)
    for _prefix, rows in FIGURES[figure]():
        if not with_examples:
            rows = rows.filter(row_example=False)
        grouped = (
            rows.order_by()
            .values("row_stream")
            .annotate(
                total=Sum("row_value"),
                unknown=Count("pk", filter=Q(row_value__isnull=True)),
                rows=Count("pk"),
                examples=Count("pk", filter=Q(row_example=True)),
            )
        )
        for line in grouped:
            by_stream[line["row_stream"]] += MoneySum(
                line["total"] or NOUGHT, line["unknown"], line["rows"], line["examples"]
            )
    return by_stream


def rows_behind(figure, *, stream_ids=None, with_examples=True):
    """The rows beneath a figure, largest first, unknown last."""
    found = []
    for prefix, rows in FIGURES[figure]():
        if stream_ids is not None:
            rows = rows.filter(row_stream__in=stream_ids)
        if not with_examples:
            rows = rows.filter(row_example=False)
        for row in rows.order_by().values(
            "pk", "row_reference", "row_title", "row_organisation", "row_value", "row_path", "row_example"
        ):
            found.append(
                MoneyRow(
                    row["row_reference"],
                    row["row_title"],
                    row["row_organisation"] or "Not published",
                    row["row_value"],
                    f"{prefix}{row['row_path']}/" if row["row_path"] else "",
                    bool(row["row_example"]),
                )
            )
    return sorted(found, key=lambda row: (row.value is None, -(row.value or NOUGHT), row.reference, row.title))
