"""Papers: letters, receipts and notices, frozen as HTML with, where it can be made, the PDF of it."""

from django.conf import settings
from django.template.loader import render_to_string

from . import calendar, pdf
from .actions import log
from .models import Paper


def make_paper(*, kind, subject, title, template, context, by, at, is_example=False):
    """Render `template` (one that extends papers/base.html), freeze it and return the Paper.

    Without Pango `pdf` stays null: the HTML twin is the paper. `context` brings the office and what
    the letter says; title, reference, date and the example mark are added here.
    """
    reference = getattr(subject, "reference", "") or f"{subject._meta.verbose_name} {subject.pk}"
    html = render_to_string(
        template,
        {
            "dated_on": calendar.london_day(at),
            "font_base": f"{settings.STATIC_URL}fonts",
            **context,
            "title": title,
            "reference": context.get("reference", reference),
            "is_example": is_example,
        },
    )
    paper = Paper.objects.create(
        kind=kind,
        subject_type=subject._meta.label,
        subject_id=subject.pk,
        reference=reference[:60],
        title=title[:300],
        made_at=at,
        made_by=by,
        html=html,
        pdf=pdf.render(html),
        is_example=is_example,
    )
    log(subject, "paper_made", by=by, at=at, summary=f"{paper.get_kind_display()} made: {title}"[:500])
    return paper


def about(subject):
    """The papers about a subject, newest first, without their contents."""
    rows = Paper.objects.filter(subject_type=subject._meta.label, subject_id=subject.pk)
    return rows.defer("html", "pdf").order_by("-made_at", "-pk")
