"""What pages need beyond Django's own tags: money, dates, statuses, form controls, sorting and charts.

Nothing here reads the clock or the database; "today" is always given by the view.
"""

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import QueryDict
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from .. import words
from . import portal_forms

register = template.Library()
register.tags.update(portal_forms.register.tags)
register.filters.update(portal_forms.register.filters)

# ---------------------------------------------------------------- words: money, dates, people


@register.filter
def money(amount):
    """£1,250 or £1,250.50; nothing known gives "not published"."""
    if amount is None or amount == "":
        return "not published"
    try:
        sum_ = Decimal(str(amount))
    except InvalidOperation:
        return str(amount)
    sign = "−" if sum_ < 0 else ""
    sum_ = abs(sum_)
    figures = f"{sum_:,.0f}" if sum_ == sum_.to_integral_value() else f"{sum_:,.2f}"
    return f"{sign}£{figures}"


@register.simple_tag
def money_total(total, unknown_count=0):
    """A total that owns up to what it leaves out: "at least £6,250 (2 not published)"."""
    if not unknown_count:
        return money(total)
    if total is None:
        return f"not published ({unknown_count} not published)"
    return f"at least {money(total)} ({unknown_count} not published)"


@register.filter
def gov_date(day):
    """7 April 2020."""
    if not day:
        return ""
    if isinstance(day, datetime.datetime):
        day = timezone.localtime(day) if timezone.is_aware(day) else day
    return f"{day.day} {formats.date_format(day, 'F Y')}"


@register.filter
def gov_datetime(moment):
    """7 April 2020 at 10:42am."""
    if not moment:
        return ""
    if not isinstance(moment, datetime.datetime):
        return gov_date(moment)
    if timezone.is_aware(moment):
        moment = timezone.localtime(moment)
    return f"{gov_date(moment)} at {words.time_in_words(moment)}"


@register.filter
def gov_time(moment):
    """10:42am: the hour of a moment, where its day stands beside it."""
    return words.time_in_words(timezone.localtime(moment) if timezone.is_aware(moment) else moment)


def as_day(value):
    if isinstance(value, datetime.datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


@register.filter
def days_until(day, today):
    """Days from today to the day: negative once it has passed; empty where either is unknown."""
    day, today = as_day(day), as_day(today)
    if not day or not today:
        return ""
    return (day - today).days


@register.filter
def days_words(day, today):
    """ "due today", "due in 5 days", "3 days overdue"."""
    left = days_until(day, today)
    if left == "":
        return ""
    if left < 0:
        return f"{-left} day{'' if left == -1 else 's'} overdue"
    if left < 2:
        return "due tomorrow" if left else "due today"
    return f"due in {left} days"


@register.filter
def working_days(day, today):
    """ "5 working days left", "due today", "2 working days over"; empty where either is unknown."""
    day, today = as_day(day), as_day(today)
    return words.working_days_left(day, today) if day and today else ""


@register.filter
def deadline_state(day, today):
    """overdue, soon (within a week) or later; empty where unknown."""
    left = days_until(day, today)
    if left == "":
        return ""
    return "overdue" if left < 0 else "soon" if left <= 7 else "later"


@register.filter
def person_name(person):
    """How a person is called on a page, whatever kind of record they are; nobody is "the system"."""
    if not person:
        return "the system"
    if isinstance(person, str):
        return person
    for attribute in ("display_name", "full_name", "name", "get_full_name", "email"):
        name = getattr(person, attribute, "")
        name = name() if callable(name) else name
        if name:
            return str(name)
    return str(person)


@register.filter
def file_size(size):
    """12 KB, 3.4 MB."""
    if size in (None, ""):
        return ""
    size = int(size)
    if size < 1000:
        return f"{size} bytes"
    if size < 1_000_000:
        return f"{size / 1000:.0f} KB"
    return f"{size / 1_000_000:.1f} MB"


@register.filter
def count(number):
    """1,250."""
    return "not published" if number is None else intcomma(number, use_l10n=False)


@register.filter
def time_span(span):
    """A length of time in words: "15 minutes", "2 hours"."""
    minutes = round(span.total_seconds() / 60)
    if minutes >= 120 and minutes % 60 == 0:
        return f"{minutes // 60} hours"
    return "1 hour" if minutes == 60 else f"{minutes} minute{'' if minutes == 1 else 's'}"


# ---------------------------------------------------------------- papers: nothing from data may write style


@register.filter
def css_colour(colour):
    """A colour fit for a style sheet: #rrggbb or the house's own."""
    return mark_safe(colour) if re.fullmatch(r"#[0-9a-fA-F]{6}", str(colour or "")) else mark_safe("#16233f")


@register.filter
def css_text(words):
    """Words fit to stand inside quotes in a style sheet."""
    return mark_safe(re.sub(r"[^\w ./:,()£&-]", "", str(words)))


# ---------------------------------------------------------------- statuses

STATUS_COLOURS = {
    "grey": "draft closed withdrawn superseded lapsed cancelled archived not_required inactive retained waived ended"
            " expired not_started planned dropped replaced rearranged",
    "blue": "open submitted proposed offered scheduled active in_progress started invited sent queued requested ready",
    "teal": "under_evaluation certifying reviewing evaluating reviewed in_review",
    "purple": "awaiting_decision advised with_commissioner recommended",
    "yellow": "returned queried deferred withheld suspended due needs_attention incomplete partial pending due_soon"
              " variation found",
    "green": "approved live accepted paid released decided satisfactory published completed complete taken_up agreed"
             " met resolved done delivered available compliant current up_to_date low applied in_use",
    "red": "declined refused terminated unsatisfactory overdue rejected failed escalated breached high not_met missed"
           " faulty",
    "orange": "at_risk medium warning late concern confirmed",
}  # fmt: skip
COLOUR_OF_STATUS = {status: colour for colour, line in STATUS_COLOURS.items() for status in line.split()}


@register.filter
def status_colour(status):
    """The tag colour of a status value (DRAFT, under_evaluation, "Under evaluation"): grey where unknown."""
    key = str(getattr(status, "value", status) or "").strip().lower().replace(" ", "_").replace("-", "_")
    return COLOUR_OF_STATUS.get(key, "grey")


@register.filter
def status_words(status):
    """A readable label for a status value given without one."""
    label = getattr(status, "label", None)
    return str(label) if label else str(status or "").replace("_", " ").capitalize()


@register.inclusion_tag("parts/status_tag.html")
def status_tag(subject, label=None, colour=None):
    """{% status_tag case %}, {% status_tag case.status case.get_status_display %} or {% status_tag "LIVE" %}."""
    status = subject
    if not isinstance(subject, str) and hasattr(subject, "status"):
        status = subject.status
        label = label or (subject.get_status_display() if hasattr(subject, "get_status_display") else None)
    return {"value": status, "label": label or status_words(status), "colour": colour}


# ---------------------------------------------------------------- lists: sorting and pages


@register.simple_tag(takes_context=True)
def sort_header(context, key, label, numeric=False, param="sort"):
    """A column heading that sorts by `key`, keeping the rest of the query string and going back to page one."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    current = query.get(param, "")
    direction = "ascending" if current == key else "descending" if current == f"-{key}" else "none"
    if request:
        query[param] = f"-{key}" if current == key else key
        query.pop("page", None)
    href = f"?{query.urlencode()}" if request else f"?{param}={key}"
    return format_html(
        '<th scope="col" class="govuk-table__header{}" aria-sort="{}"><a class="portal-sort" href="{}">{}'
        '<span class="portal-sort__mark" aria-hidden="true"></span></a></th>',
        mark_safe(" govuk-table__header--numeric") if numeric else "",
        direction,
        href,
        label,
    )


@register.filter
def elided_pages(page_obj):
    """The page numbers to offer: 1, …, 4, 5, 6, …, 20."""
    return page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)


@register.simple_tag(takes_context=True)
def keep_query(context, *without):
    """Hidden inputs that carry the present query string through a GET form, but for the names given."""
    request = context.get("request")
    if not request:
        return ""
    return mark_safe(
        "".join(
            format_html('<input type="hidden" name="{}" value="{}">', name, value)
            for name, values in request.GET.lists()
            if name not in {*without, "page"}
            for value in values
        )
    )


@register.filter
def filters_in_use(filter_set):
    """How many of a filter form's fields the reader has filled in."""
    form = filter_set.form
    if not form.is_bound:
        return 0
    names = (bound.name for bound in form.visible_fields())
    if not form.is_valid():
        return sum(1 for name in names if form.data.get(name))
    return sum(1 for name in names if has_something(form.cleaned_data.get(name)))


def has_something(value) -> bool:
    if isinstance(value, slice):
        return value.start is not None or value.stop is not None
    return bool(value) if hasattr(value, "__len__") else value is not None


# ---------------------------------------------------------------- before and after, charts


@register.filter
def change_rows(before, after):
    """What differs between two records kept as mappings: {label, before, after} in the order they were written."""
    before, after = before or {}, after or {}
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        return [{"label": "Value", "before": show(before), "after": show(after)}]
    names = list(dict.fromkeys([*before, *after]))
    return [
        {"label": name.replace("_", " ").capitalize(), "before": show(before.get(name)), "after": show(after.get(name))}
        for name in names
        if before.get(name) != after.get(name)
    ]


@register.filter
def event_changes(event):
    """What one line of the log changed, whether kept as {field: [before, after]} or as two mappings."""
    changes = getattr(event, "changes", None) or (event.get("changes") if isinstance(event, Mapping) else None)
    if changes:
        return [
            {"label": name.replace("_", " ").capitalize(), "before": show(pair[0]), "after": show(pair[1])}
            for name, pair in changes.items()
            if isinstance(pair, (list, tuple)) and len(pair) == 2
        ]
    sides = [
        event.get(side) if isinstance(event, Mapping) else getattr(event, side, None) for side in ("before", "after")
    ]
    return change_rows(*sides) if any(sides) else []


def show(value) -> str:
    if value is None or value == "" or value == {}:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):  # a whole row: what of it is filled in
        given = {name.replace("_", " "): part for name, part in value.items() if part not in (None, "", [], {})}
        return ", ".join(f"{name} {show(part)}" for name, part in given.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(show(part) for part in value) or "nothing"
    text = str(value)
    if re.fullmatch(r"[A-Z]+(_[A-Z]+)*", text) and len(text) > 3:  # a status as the record keeps it
        return status_words(text)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return gov_date(datetime.date.fromisoformat(text))
    return text


@register.inclusion_tag("parts/bar.html")
def stacked_bar(segments, caption, unit="money", id="bar", url=""):
    """A horizontal bar of {label, value}, drawn to scale, beside a table of the same figures."""
    total = sum((Decimal(str(part["value"] or 0)) for part in segments), Decimal(0))
    rows, left = [], Decimal(0)
    for number, part in enumerate(segments, start=1):
        value = Decimal(str(part["value"] or 0))
        width = (value / total * 1000) if total else Decimal(0)
        rows.append(
            {
                **part,
                "x": f"{left:.1f}",
                "width": f"{width:.1f}",
                "tone": (number - 1) % 6 + 1,
                "shown": money(part["value"]) if unit == "money" else count(part["value"]),
                "share": f"{value / total * 100:.0f}%" if total else "0%",
            }
        )
        left += width
    return {
        "rows": rows,
        "caption": caption,
        "total": money(total) if unit == "money" else count(total),
        "id": id,
        "url": url,
        "empty": not total,
    }
