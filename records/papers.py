"""Papers: letters, receipts and notices, frozen as HTML when they are made. The PDF of a paper is drawn from those
very words when somebody first asks for it, or when the mail carries it: drawing takes a second, which nobody who
sends a form should wait for while rows are locked."""

from django.conf import settings
from django.template.loader import render_to_string

from . import calendar, pdf
from .actions import log, rows_about, seal
from .models import Paper


def make_paper(*, kind, subject, title, template, context, by, at, is_example=False):
    """Render `template` (one that extends papers/base.html), freeze it and return the Paper.

    `context` brings the office and what
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
    paper = Paper.everything.create(
        **seal(subject),
        kind=kind,
        subject_type=subject._meta.label,
        subject_id=subject.pk,
        reference=reference[:60],
        title=title[:300],
        made_at=at,
        made_by=by,
        html=html,
        is_example=is_example,
    )
    log(subject, "paper_made", by=by, at=at, summary=f"{paper.get_kind_display()} made: {title}"[:500])
    return paper


def about(subject):
    """The papers about a subject, newest first, without their contents."""
    rows = rows_about(Paper, subject).filter(subject_type=subject._meta.label, subject_id=subject.pk)
    return rows.defer("html", "pdf").order_by("-made_at", "-pk")


def pdf_of(paper):
    """The PDF of a paper, drawn once and kept; None where Pango is missing (the HTML twin is the paper then)."""
    if paper.pdf is None and (drawn := pdf.render(paper.html)) is not None:
        Paper.everything.filter(pk=paper.pk, pdf__isnull=True).update(pdf=drawn)
        paper.refresh_from_db(fields=["pdf"])
    return None if paper.pdf is None else bytes(paper.pdf)
