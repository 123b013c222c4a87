"""Lists: pages, sorting by an allow-list, CSV that no spreadsheet takes for a formula."""

import csv

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import HttpResponse

RISKY = ("=", "+", "-", "@", "\t", "\r")


def paginate(request, rows, per_page=25):
    """The page asked for; a number out of range gives the last page, rubbish the first."""
    paginator = Paginator(rows, per_page)
    try:
        return paginator.page(request.GET.get("page", 1))
    except PageNotAnInteger:
        return paginator.page(1)
    except EmptyPage:
        return paginator.page(paginator.num_pages)


def sort(request, rows, allowed):
    """Order `rows` by the `sort` asked for; `allowed` maps words of the address to fields."""
    asked = request.GET.get("sort", "")
    field = allowed.get(asked.removeprefix("-"))
    if not field:
        return rows
    return rows.order_by(f"-{field}" if asked.startswith("-") else field, "pk")


def safe_cell(value):
    """A cell that stays text: a leading sign that would start a formula is quoted."""
    if isinstance(value, str) and value.startswith(RISKY):
        return f"'{value}"
    return "" if value is None else value


def csv_response(name, header, rows):
    """A CSV file for spreadsheets (UTF-8 with mark), safe from formulas."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(header)
    for row in rows:
        writer.writerow([safe_cell(value) for value in row])
    return response
