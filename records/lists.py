"""Long lists: pages, sorting by agreed columns, CSV that no spreadsheet takes for formulas."""

import csv
from decimal import Decimal

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import HttpResponse

PER_PAGE = 25
BLANKS = " \u00a0\u200b\ufeff"  # a spreadsheet skips these before it looks for a formula
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")


def paginate(request, rows, per_page=PER_PAGE):
    """The page asked for by `?page=`; beyond the end, or nonsense beyond counting, gives the last page.

    Words, fractions and nothing give the first page.
    """
    paginator = Paginator(rows, per_page)
    asked = request.GET.get("page") or "1"
    try:
        return paginator.page(asked)
    except PageNotAnInteger:
        return paginator.page(1)
    except EmptyPage:
        below_one = asked.strip().startswith("-") or not asked.strip().strip("0")
        return paginator.page(1 if below_one else paginator.num_pages)


def sort(request, rows, allowed, default=""):
    """Order a queryset by the column named in `?sort=`, a leading "-" meaning downwards.

    `allowed` maps a column's public name to the field or fields it sorts by, so that no field name
    ever comes from the request; anything else falls back to `default`, itself a public name.
    The primary key settles ties, so that pages never overlap.
    """
    asked = request.GET.get("sort", "")
    name = asked if asked.removeprefix("-") in allowed else default
    if name.removeprefix("-") not in allowed:
        return rows
    fields = allowed[name.removeprefix("-")]
    fields = [fields] if isinstance(fields, str) else list(fields)
    if name.startswith("-"):
        fields = [field.removeprefix("-") if field.startswith("-") else f"-{field}" for field in fields]
    return rows.order_by(*fields, "pk")


def safe_cell(value):
    """A value fit for a CSV cell: text that a spreadsheet might run gets an apostrophe before it.

    Numbers stay numbers, unknown stays empty.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float, Decimal)):
        return str(value)
    text = str(value)
    return f"'{text}" if text.lstrip(BLANKS).startswith(FORMULA_STARTS) else text


def csv_response(name, header, rows):
    """A CSV download that opens rightly in Excel: UTF-8 with its mark, every cell made safe."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name.removesuffix(".csv")}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    writer = csv.writer(response)
    writer.writerow([safe_cell(cell) for cell in header])
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
    return response
