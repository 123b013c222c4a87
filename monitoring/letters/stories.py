"""The yearly report of outcomes as a paper. It is drawn when asked for and never kept, so that a story whose consent
is taken back stands in no copy of the portal."""

from django.conf import settings
from django.template.loader import render_to_string

from plans.models import CommissioningBody
from plans.queries.letterhead import letterhead
from records import pdf


def outcomes_report(context, *, on):
    """The PDF of a report, or None where PDF cannot be made here."""
    report = context["report"]
    body = CommissioningBody.objects.order_by("starts_on", "pk").last()
    head = letterhead(body, reference="", on=on, is_example=report.has_example) if body else {"office": {}}
    html = render_to_string(
        "letters/outcomes_report.html",
        {**context, **head, "title": report.title, "font_base": f"{settings.STATIC_URL}fonts"},
    )
    return pdf.render_once(html)
